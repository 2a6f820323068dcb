"""Which of several assessments of the same thing stands: a later one takes the place of those before it."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from processing.law.records import (
    AssessmentRecord,
    BalancingTestRecord,
    ImpactAssessmentRecord,
    TransferAssessmentRecord,
)
from processing.law.rules import Where, positions

A = TypeVar("A", bound=AssessmentRecord)


def of_purpose(test: BalancingTestRecord) -> Hashable:
    return test.purpose


def of_part(assessment: ImpactAssessmentRecord) -> Hashable:
    return assessment.covers


def of_receiver(assessment: TransferAssessmentRecord) -> Hashable:
    return assessment.party.code if assessment.party else "", assessment.country.upper()


def where_standing(rows: Iterable[A], about: Callable[[A], Hashable], fires: Callable[[A], bool]) -> Where:
    """Return the places of the rows that stand and of which `fires` is true.

    A concluded row no longer stands when one `about` the same was concluded later, or on the same day and is further
    down. A row without a conclusion takes nobody's place, and stands.
    """
    rows = tuple(rows)
    latest = _latest(rows, about)
    return positions(
        (row.concluded_on is None or latest[about(row)] == place) and fires(row) for place, row in enumerate(rows)
    )


def _latest(rows: Sequence[A], about: Callable[[A], Hashable]) -> dict[Hashable, int]:
    days = {place: row.concluded_on for place, row in enumerate(rows) if row.concluded_on}
    return {about(rows[place]): place for place in sorted(days, key=lambda place: (days[place], place))}
