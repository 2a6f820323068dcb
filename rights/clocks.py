"""How long is left, in words. Two readers: the person who waits, and the staff who owe the answer."""

from dataclasses import dataclass
from datetime import date

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rights.models import RightsRequest

SOON_DAYS = 7


@dataclass(frozen=True)
class Clock:
    """Words, and the kind of badge that agrees with them: error, warn, ok or quiet."""

    words: str
    kind: str


def waiting_clock(case: RightsRequest, *, on: date) -> Clock:
    """What the person sees, counted to the date they were given. Being late is ours to be sorry for."""
    days = (case.client_on - on).days
    if days < 0:
        return Clock(_("Datoen er passert. Det er vi som er for sene."), "error")
    if days == 0:
        return Clock(_("I dag"), "warn")
    return Clock(ngettext("%(days)d dag igjen", "%(days)d dager igjen", days) % {"days": days}, "ok")


def desk_clock(case: RightsRequest, *, on: date) -> Clock:
    """What staff see, counted to the working day they answer by."""
    if not case.state.is_open:
        return Clock(case.get_status_display(), "quiet")
    days = case.days_left(on)
    if days < 0:
        return Clock(
            ngettext("Forfalt for %(days)d dag siden", "Forfalt for %(days)d dager siden", -days) % {"days": -days},
            "error",
        )
    if days == 0:
        return Clock(_("I dag"), "error")
    words = ngettext("%(days)d dag igjen (%(date)s)", "%(days)d dager igjen (%(date)s)", days)
    return Clock(
        words % {"days": days, "date": format_date(case.staff_on, "j. N")}, "warn" if days <= SOON_DAYS else "quiet"
    )
