from django.core.management.base import BaseCommand

from mktnorge.keys import new_keys


class Command(BaseCommand):
    help = "Skriver nye nøkler til .env. De lagres ikke noe sted."
    requires_system_checks: list[str] = []

    def handle(self, *args: object, **options: object) -> None:
        for name, value in new_keys().items():
            self.stdout.write(f"{name}={value}")
