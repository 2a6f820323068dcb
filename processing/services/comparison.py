"""The register of one day beside that of another: what differs, and who wrote it, when and why."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from processing.exports.comparison import ACTIVITIES, COMPANY, ComparedSubject, Ways, compare
from processing.exports.tables import CODE, tables
from processing.law.records import Register
from processing.models import Activity, Controller
from processing.register import OSLO, Writing, end_of_day, register_as_of, writings_between
from processing.services.loading import VOCABULARY
from processing.services.matching import FOUND_BY
from processing.services.table_words import model_of, table_words


class DaysReversed(Exception):
    """The first day comes after the last."""


class DayInFuture(Exception):
    """The register cannot be shown as it will be."""


@dataclass(frozen=True)
class WrittenEdit:
    """Who wrote, when and why. `by` is a name, or that of the system."""

    at: datetime
    by: str
    reason: str


@dataclass(frozen=True)
class ComparedDays:
    """What differs between the register at the end of `first` and at the end of `last`, Oslo dates.

    A last day that is not over is compared as it was when asked.
    """

    first: date
    last: date
    before: Register
    after: Register
    subjects: tuple[tuple[ComparedSubject, tuple[WrittenEdit, ...]], ...]
    """Each with the edits of the time between, the newest first."""
    written: int
    """How many edits there were between the two, of whatever kind."""

    @property
    def is_same(self) -> bool:
        """True when not even the order of anything differs."""
        return replace(self.before, moment=self.after.moment) == self.after


def compare_days(*, first: date, last: date, at: datetime) -> ComparedDays:
    """Compare the register at the end of `first` with that at the end of `last`, or at `at` where the day is not over.

    The number of queries does not grow with the register. Raises DaysReversed or DayInFuture.
    """
    if max(first, last) > at.astimezone(OSLO).date():
        raise DayInFuture(_("Den dagen er ikke kommet ennå. Velg i dag eller en dag som har vært."))
    if last < first:
        raise DaysReversed(_("Den første dagen er etter den siste. Bytt dem om."))
    before, after = register_as_of(min(end_of_day(first), at)), register_as_of(min(end_of_day(last), at))
    subjects = compare(before, after, words=table_words(), ways=found_by())
    writings = writings_between(before.moment, after.moment)
    edits = _edits(writings)
    return ComparedDays(
        first=first,
        last=last,
        before=before,
        after=after,
        subjects=tuple((subject, tuple(edits[subject.section, subject.key])) for subject in subjects),
        written=len({(writing.at, writing.by, writing.reason) for writing in writings}),
    )


def found_by() -> Ways:
    """Return by which columns a row of each table is found again."""
    own = {ACTIVITIES: ((),), COMPANY: ((),)}
    return {
        table.name: own.get(table.name) or (((CODE,),) if table.codes_only else FOUND_BY[model_of(table)])
        for table in tables()
    }


def _edits(writings: Iterable[Writing]) -> defaultdict[tuple[str, str], list[WrittenEdit]]:
    """The edits under what they wrote to. One query."""
    found = tuple(writings)
    sections = {model: section for section, model in VOCABULARY.items()} | {
        Activity: ACTIVITIES,
        Controller: COMPANY,
    }
    people = get_user_model().objects.in_bulk({writing.by for writing in found if writing.by})
    edits: defaultdict[tuple[str, str], list[WrittenEdit]] = defaultdict(list)
    for writing in found:
        by = str(people[writing.by]) if writing.by in people else _("Systemet")
        edits[sections[writing.model], writing.key].append(WrittenEdit(writing.at, by, writing.reason))
    return edits
