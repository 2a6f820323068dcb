"""Legitimate interest (Art. 6(1)(f)) is a basis only where it has been weighed against the person, and won (R-LIA)."""

from collections.abc import Iterable

from processing.law.assessments import BalancingOutcome
from processing.law.bases import LegalBasis
from processing.law.findings import Severity
from processing.law.records import ActivityRecord, BalancingTestRecord, LegalGroundRecord
from processing.law.rules import ActivityRule, Reading, Where, positions
from processing.law.sources import gdpr
from processing.law.standing import of_purpose, where_standing
from processing.law.terms import N_


def _test_of(activity: ActivityRecord, purpose: str) -> BalancingTestRecord | None:
    """Return the concluded test that decides for a purpose: one of it before one of everything, then the latest.

    Of two on one day it is the one that stands last.
    """
    decided = [(test.purpose, test.concluded_on, test) for test in activity.balancing_tests if test.concluded_on]
    covering = [found for found in reversed(decided) if found[0] in {"", purpose}]
    return max(covering, key=lambda found: (bool(found[0]), found[1]))[2] if covering else None


def _purposes_of(ground: LegalGroundRecord, activity: ActivityRecord) -> Iterable[str]:
    """What the ground carries: one purpose, or all of those the activity has."""
    return [ground.purpose] if ground.purpose else [purpose.description for purpose in activity.purposes] or [""]


def _untested(activity: ActivityRecord, reading: Reading) -> Where:
    return positions(
        ground.basis is LegalBasis.LEGITIMATE_INTEREST
        and any(_test_of(activity, purpose) is None for purpose in _purposes_of(ground, activity))
        for ground in activity.legal_grounds
    )


def _lost(activity: ActivityRecord, reading: Reading) -> Where:
    def was_lost(purpose: str) -> bool:
        test = _test_of(activity, purpose)
        return test is not None and test.conclusion is BalancingOutcome.PERSON

    return positions(
        ground.basis is LegalBasis.LEGITIMATE_INTEREST
        and any(was_lost(purpose) for purpose in _purposes_of(ground, activity))
        for ground in activity.legal_grounds
    )


def _steps_missing(activity: ActivityRecord, reading: Reading) -> Where:
    return where_standing(
        activity.balancing_tests,
        of_purpose,
        lambda test: test.concluded_on is not None and not (test.interest and test.necessity and test.balance),
    )


ACTIVITY_RULES = (
    ActivityRule(
        code="6-1-f-test-missing",
        severity=Severity.WARNING,
        field="legal_grounds",
        message=N_(
            "Berettiget interesse krever at den er veid mot hensynet til personen. "
            "Gjør en interesseavveining, og før den opp."
        ),
        source=gdpr("art. 6 nr. 1 bokstav f"),
        where=_untested,
    ),
    ActivityRule(
        code="6-1-f-person-prevails",
        field="legal_grounds",
        message=N_(
            "Avveiningen sier at hensynet til personen veier tyngst. Stans bruken, eller finn et annet grunnlag."
        ),
        source=gdpr("art. 6 nr. 1 bokstav f"),
        where=_lost,
    ),
    ActivityRule(
        code="6-1-f-step-missing",
        severity=Severity.WARNING,
        field="balancing_tests",
        message=N_("En avveining har tre steg: interessen, om den er nødvendig, og avveiningen. Skriv alle tre."),
        source=gdpr("art. 6 nr. 1 bokstav f"),
        where=_steps_missing,
    ),
)
