from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from mktnorge.access import UnknownPermission, sync_roles


class Command(BaseCommand):
    help = "Gir hver rolle nøyaktig de tillatelsene som koden sier. Trygt å kjøre om igjen."

    def handle(self, *args: object, **options: object) -> None:
        try:
            changes = sync_roles()
        except UnknownPermission as error:
            raise CommandError(str(error)) from error
        for line in changes or [_("Rollene er som de skal være.")]:
            self.stdout.write(line)
