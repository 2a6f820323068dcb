"""Who may come in at all, and who may do so without a second factor."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mktnorge.models import User
from mktnorge.people import ADDRESSES

DEMONSTRATION_ADDRESSES = frozenset(ADDRESSES.values())


def why_not(user: User, *, at: datetime) -> str:
    """Return the sentence that says why this person is not let in at `at`; empty when they are."""
    if not user.is_active or not user.is_staff:
        return _("Denne kontoen er stengt. Spør lederen om du skal ha tilgang.")
    if user.access_until and timezone.localdate(at) > user.access_until:
        return _("Tilgangen din gikk ut %(day)s. Spør lederen om du skal ha den lenger.") % {
            "day": date_format(user.access_until, "j. F Y")
        }
    if user.email in DEMONSTRATION_ADDRESSES and not settings.DEMONSTRATION:
        return _("Denne kontoen virker bare på en demonstrasjon.")
    return ""


def needs_second_factor(user: User) -> bool:
    """True for everybody but the people of a demonstration, where DEMONSTRATION is true."""
    return not (settings.DEMONSTRATION and user.email in DEMONSTRATION_ADDRESSES)
