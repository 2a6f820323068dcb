"""Law as data: what holds from one day to another, where it says so, and when somebody last checked.

A rule never knows by itself what the law is. It asks a dated fact about a day, so that an old register can be read
under the law of its own time (decision 12).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from processing.law.terms import N_

CONSOLIDATED_TEXT_READ_ON = date(2026, 5, 31)
"""Norwegian statutes that were read as text were read as consolidated in May 2026."""

COMPILED_ON = date(2026, 11, 22)
"""Everything else was put together from authorities' pages, and general knowledge, on this day."""

GDPR_IN_NORWAY_FROM = date(2018, 7, 20)
"""The first day of the GDPR in Norway (personopplysningsloven). The rules here are not asked about days before."""

CERTAIN, UNCERTAIN = N_("Sikkert"), N_("Bør sjekkes")


@dataclass(frozen=True, kw_only=True)
class DatedFact:
    """Something that is law for a time. `valid_to` is the last day it is: a judgment's own day is no longer in it.

    `certain` is False for what rests on general knowledge, or may have changed since it was checked; it is shown as
    «bør sjekkes». `source` is an address.
    """

    name: str
    source: str
    checked_on: date
    valid_from: date | None = None
    valid_to: date | None = None
    certain: bool = True

    @property
    def certainty(self) -> str:
        """How sure the program is, as a source string."""
        return CERTAIN if self.certain else UNCERTAIN

    def holds_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    def has_ended_by(self, day: date) -> bool:
        return self.valid_to is not None and self.valid_to < day

    def is_stale(self, on: date) -> bool:
        """True when it was last checked more than twelve months before `on`."""
        return a_year_after(self.checked_on) < on


def stale(facts: Iterable[DatedFact], *, on: date) -> tuple[DatedFact, ...]:
    """Return the facts that were last checked more than twelve months before `on`, in the order given."""
    return tuple(fact for fact in facts if fact.is_stale(on))


def a_year_after(day: date) -> date:
    """Return the same day of the next year, 28 February for 29 February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
