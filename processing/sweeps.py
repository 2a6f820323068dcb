"""What comes round in the register by itself."""

from datetime import datetime

from django.utils.translation import gettext as _

from processing.services.reviews import open_due_reviews


def open_reviews(at: datetime) -> str:
    """Open the reviews whose time has come, and say how many."""
    opened = len(open_due_reviews(at=at, by=None))
    return _("Åpnet {count} gjennomganger av aktiviteter.").format(count=opened) if opened else ""
