"""Whether what was assessed, and agreed, is looked at again: the day that was set, and that one was set at all.

A measure that shows that the law is kept is reviewed and updated (Art. 24(1)); a review without a day, and without
anyone to do it, does not happen.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from processing.law.facts import Fact
from processing.law.findings import Severity
from processing.law.impact import calls_for_screening
from processing.law.records import ActivityRecord, AssessmentRecord, PartyRecord
from processing.law.rules import ActivityRule, CompanyRule, Reading, RegisterRule, Where, once, positions
from processing.law.sources import LegalSource, gdpr
from processing.law.standing import of_part, of_purpose, of_receiver, where_standing
from processing.law.terms import N_

A = TypeVar("A", bound=AssessmentRecord)


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of assessment: its field, the article that begins its codes, and what to say of it."""

    field: str
    prefix: str
    source: LegalSource
    overdue: str
    unplanned: str


BALANCING = Kind(
    field="balancing_tests",
    prefix="6-1-f",
    source=gdpr("art. 24 nr. 1"),
    overdue=N_("Interesseavveiningen skulle vært sett på igjen. Gjør det, og sett en ny dag."),
    unplanned=N_("Skriv hvem som svarer for interesseavveiningen, og når dere ser på den igjen."),
)
IMPACT = Kind(
    field="impact_assessments",
    prefix="35",
    source=gdpr("art. 35 nr. 11"),
    overdue=N_("Vurderingen av konsekvenser skulle vært sett på igjen. Gjør det, og sett en ny dag."),
    unplanned=N_("Skriv hvem som svarer for vurderingen av konsekvenser, og når dere ser på den igjen."),
)
TRANSFER = Kind(
    field="transfer_assessments",
    prefix="46",
    source=gdpr("art. 24 nr. 1"),
    overdue=N_("Vurderingen av landet skulle vært sett på igjen. Gjør det, og sett en ny dag."),
    unplanned=N_("Skriv hvem som svarer for vurderingen av landet, og når dere ser på den igjen."),
)


def _has_passed(day: date | None, reading: Reading) -> bool:
    """True after the day: on the day itself there is still time."""
    return day is not None and day < reading.law_on


def _overdue(rows: Iterable[A], about: Callable[[A], Hashable], reading: Reading) -> Where:
    return where_standing(rows, about, lambda row: _has_passed(row.next_review_on, reading))


def _unplanned(rows: Iterable[A], about: Callable[[A], Hashable]) -> Where:
    return where_standing(
        rows, about, lambda row: row.concluded_on is not None and not (row.owner and row.next_review_on)
    )


def _of_activity(
    kind: Kind, rows: Callable[[ActivityRecord], Iterable[A]], about: Callable[[A], Hashable]
) -> tuple[ActivityRule, ActivityRule]:
    return (
        ActivityRule(
            code=f"{kind.prefix}-review-overdue",
            severity=Severity.WARNING,
            field=kind.field,
            message=kind.overdue,
            source=kind.source,
            where=lambda activity, reading: _overdue(rows(activity), about, reading),
        ),
        ActivityRule(
            code=f"{kind.prefix}-review-unplanned",
            severity=Severity.INFO,
            field=kind.field,
            message=kind.unplanned,
            source=kind.source,
            where=lambda activity, reading: _unplanned(rows(activity), about),
        ),
    )


def _agreement_unplanned(party: PartyRecord) -> bool:
    return party.agreement_on is not None and not (party.agreement_owner and party.agreement_review_on)


def _screening_unplanned(activity: ActivityRecord) -> bool:
    answered = activity.dpia_needed is not Fact.NOT_STATED and calls_for_screening(activity)
    return answered and not (activity.screening_owner and activity.screened_on and activity.screening_review_on)


ACTIVITY_RULES = (
    *_of_activity(BALANCING, lambda activity: activity.balancing_tests, of_purpose),
    ActivityRule(
        code="35-screening-review-overdue",
        severity=Severity.WARNING,
        field="dpia_needed",
        message=N_("Svaret på om konsekvensene må vurderes, skulle vært sett på igjen. Gjør det, og sett en ny dag."),
        source=gdpr("art. 35 nr. 11"),
        where=lambda activity, reading: once(_has_passed(activity.screening_review_on, reading)),
    ),
    ActivityRule(
        code="35-screening-unplanned",
        severity=Severity.INFO,
        field="dpia_needed",
        message=N_("Skriv hvem som svarte på om konsekvensene må vurderes, når, og når dere ser på det igjen."),
        source=gdpr("art. 24 nr. 1"),
        where=lambda activity, reading: once(_screening_unplanned(activity)),
    ),
    *_of_activity(IMPACT, lambda activity: activity.impact_assessments, of_part),
    *_of_activity(TRANSFER, lambda activity: activity.transfer_assessments, of_receiver),
)

COMPANY_RULES: tuple[CompanyRule, ...] = (
    RegisterRule(
        code=f"{TRANSFER.prefix}-review-overdue",
        severity=Severity.WARNING,
        field=TRANSFER.field,
        message=TRANSFER.overdue,
        source=TRANSFER.source,
        where=lambda reading: _overdue(reading.register.transfer_assessments, of_receiver, reading),
    ),
    RegisterRule(
        code=f"{TRANSFER.prefix}-review-unplanned",
        severity=Severity.INFO,
        field=TRANSFER.field,
        message=TRANSFER.unplanned,
        source=TRANSFER.source,
        where=lambda reading: _unplanned(reading.register.transfer_assessments, of_receiver),
    ),
    RegisterRule(
        code="28-review-overdue",
        severity=Severity.WARNING,
        field="parties",
        message=N_("Avtalen skulle vært sett på igjen. Se om den fortsatt holder, og sett en ny dag."),
        source=gdpr("art. 28 nr. 1"),
        where=lambda reading: positions(
            _has_passed(party.agreement_review_on, reading) for party in reading.register.parties
        ),
    ),
    RegisterRule(
        code="28-review-unplanned",
        severity=Severity.INFO,
        field="parties",
        message=N_("Skriv hvem som følger opp avtalen, og når dere ser på den igjen."),
        source=gdpr("art. 28 nr. 1"),
        where=lambda reading: positions(_agreement_unplanned(party) for party in reading.register.parties),
    ),
)
