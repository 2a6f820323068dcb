from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from mktnorge.people import NotADemonstration
from rights.demonstration.loading import DeskNotEmpty, RegisterEmpty, load_demo


class Command(BaseCommand):
    help = "Lager oppdiktede saker i alle statuser, der ingen saker finnes. Bare på en demonstrasjon."

    def handle(self, *args: object, **options: object) -> None:
        try:
            loaded = load_demo(at=timezone.now())
        except (NotADemonstration, DeskNotEmpty, RegisterEmpty) as refused:
            raise CommandError(str(refused)) from None
        for login in loaded.logins:
            self.stdout.write(f"{login.role.value:<15} {login.email:<28} {login.password}")
        self.stderr.write(_("%(count)d oppdiktede saker er laget.") % {"count": loaded.cases}, lambda line: line)
