from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from processing.services.reviews import open_due_reviews


class Command(BaseCommand):
    help = "Åpner en gjennomgang av hver aktivitet som er på tide. Kan kjøres så ofte du vil."

    def handle(self, *args: object, **options: object) -> None:
        opened = open_due_reviews(at=timezone.now(), by=None)
        if not opened:
            self.stdout.write(_("Ingen aktiviteter er på tide nå."))
            return
        said = ngettext("{count} gjennomgang er åpnet:", "{count} gjennomganger er åpnet:", len(opened))
        self.stdout.write(said.format(count=len(opened)))
        for review in opened:
            self.stdout.write(f"  {review.activity}")
