"""The yearly look at each activity (Art. 5(2)): how often, when the next is due, and whether it is late."""

from datetime import date

from processing.law.findings import Severity
from processing.law.records import ActivityRecord, ControllerRecord
from processing.law.retention import add_months
from processing.law.rules import ActivityRule, Reading, Where, once
from processing.law.sources import gdpr
from processing.law.terms import N_

ROUTINE = "annual_gdpr_review"
"""The code of the company's routine that says how often its register is looked over."""

ONE_YEAR = 12


def review_months(company: ControllerRecord | None) -> int:
    """Return how many months there are at the most between two reviews: what the routine states, else twelve."""
    stated = [row.every_months for row in company.review_routines if row.code == ROUTINE] if company else []
    return next((months for months in stated if months), ONE_YEAR)


def next_review_on(activity: ActivityRecord, *, months: int) -> date | None:
    """Return the Oslo date the next review is due: so long after the last, or after the activity began.

    None where nobody has reviewed it and the register does not say when it began: then it is due at once.
    """
    start = activity.last_reviewed_on or activity.valid_from
    return add_months(start, months) if start else None


def is_review_due(activity: ActivityRecord, *, months: int, on: date) -> bool:
    """True from the day the next review is due, an Oslo date."""
    due = next_review_on(activity, months=months)
    return due is None or due <= on


def _is_late(activity: ActivityRecord, reading: Reading) -> Where:
    due = next_review_on(activity, months=review_months(reading.register.controller))
    return once(due is None or due < reading.law_on)


ACTIVITY_RULES = (
    ActivityRule(
        code="5-2-review-overdue",
        severity=Severity.WARNING,
        field="reviews",
        message=N_("Det er på tide å gå gjennom aktiviteten. Se over alt som står her, og skriv hva du kom til."),
        source=gdpr("art. 5 nr. 2"),
        where=_is_late,
    ),
)
