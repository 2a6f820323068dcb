from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from rights.services.erasing import erase_expired, sentence


class Command(BaseCommand):
    help = "Sletter det i sakene som har ligget lenge nok, og skriver bevis for det. Kan kjøres så ofte du vil."

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(sentence(erase_expired(at=timezone.now())) or _("Ingenting skal slettes nå."))
