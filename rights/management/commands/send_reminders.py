from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from rights.services.reminders import send_reminders, sentence


class Command(BaseCommand):
    help = "Legger påminnelser om frister i utboksen, hver bare én gang. Kan kjøres så ofte du vil."

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(sentence(send_reminders(at=timezone.now())) or _("Ingen skal minnes på noe nå."))
