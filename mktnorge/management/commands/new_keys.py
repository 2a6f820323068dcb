from django.core.management.base import BaseCommand

from mktnorge.keys import print_new_keys


class Command(BaseCommand):
    help = "Skriver nye nøkler til .env. De lagres ikke noe sted."
    requires_system_checks: list[str] = []

    def handle(self, *args: object, **options: object) -> None:
        print_new_keys()
