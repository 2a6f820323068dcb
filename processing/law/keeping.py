"""How long (Art. 5(1)(e)): whether a stated time can be used to delete by, and whether it is the time the law gives.

A row that says nothing at all is found by `completeness`.
"""

import re

from processing.law.findings import Severity
from processing.law.kinds import keeps_journal
from processing.law.least_times import AGREEMENTS, VOUCHERS, is_bookkeeping
from processing.law.records import ActivityRecord, RetentionRecord
from processing.law.retention import AT_ONCE, PeriodUnit, RetentionKind, RetentionTrigger
from processing.law.rules import ActivityRule, Reading, Where, positions
from processing.law.sources import gdpr, statute
from processing.law.statutes import BOOKKEEPING, JOURNALS, VOUCHERS_KEPT
from processing.law.terms import N_

OPEN_WORDS = re.compile(
    r"\b(særlige grunner|som regel|normalt|etter behov|ved behov|så lenge (det|vi) (trengs|er nødvendig|trenger)"
    r"|så lenge formålet|så lenge det er bruk|ikke systematisk|eventuelt|inntil videre|på ubestemt tid)",
    re.IGNORECASE,
)
"""«As long as needed» is neither a time nor a criterion (WP260 rev.01)."""


def months(rule: RetentionRecord) -> int | None:
    """Return the period in months, or None when it is not stated or is counted in days."""
    if rule.period is None or rule.unit is None or rule.unit is PeriodUnit.DAYS:
        return None
    return rule.period * (12 if rule.unit is PeriodUnit.YEARS else 1)


def _is_vague(rule: RetentionRecord) -> bool:
    if not rule.is_stated or rule.kind is RetentionKind.REVIEW:
        return False
    if rule.trigger is None and rule.period is None:
        return True
    return rule.period is None and bool(OPEN_WORDS.search(f"{rule.statement} {rule.public_wording}"))


def _period_missing(rule: RetentionRecord) -> bool:
    return rule.trigger is not None and rule.trigger not in AT_ONCE and rule.period is None and not _is_vague(rule)


def _trigger_missing(rule: RetentionRecord) -> bool:
    counted = rule.period is not None and rule.period > 0 and rule.trigger is None
    return counted and not is_bookkeeping(rule)


def _is_legal_time(rule: RetentionRecord) -> bool:
    """True for one of the two times of § 13, from the end of the year, and not as a longest time."""
    return (
        rule.trigger is RetentionTrigger.FINANCIAL_YEAR_END
        and rule.kind is not RetentionKind.MAXIMUM
        and months(rule) in {VOUCHERS.months, AGREEMENTS.months}
    )


def _is_longer_than_law(rule: RetentionRecord) -> bool:
    length = months(rule)
    return length is not None and length > VOUCHERS.months


def _bookkeeping_wrong(activity: ActivityRecord, reading: Reading) -> Where:
    if not VOUCHERS_KEPT.holds_on(reading.law_on):
        return ()
    return positions(
        is_bookkeeping(rule) and not _is_legal_time(rule) and not _is_longer_than_law(rule)
        for rule in activity.retention
    )


def _bookkeeping_exceeded(activity: ActivityRecord, reading: Reading) -> Where:
    if not VOUCHERS_KEPT.holds_on(reading.law_on):
        return ()
    return positions(is_bookkeeping(rule) and _is_longer_than_law(rule) for rule in activity.retention)


def _journal_by_date(activity: ActivityRecord, reading: Reading) -> Where:
    if not keeps_journal(activity):
        return ()
    return positions(
        rule.period is not None and rule.kind is not RetentionKind.REVIEW and not is_bookkeeping(rule)
        for rule in activity.retention
    )


ACTIVITY_RULES = (
    ActivityRule(
        code="5-1-e-retention-vague",
        field="retention",
        message=N_("Dette er verken en tid eller et kriterium. Oppgi for eksempel «seks måneder etter siste kontakt»."),
        source=gdpr("art. 5 nr. 1 bokstav e"),
        gaps=("G09",),
        tells_of_vagueness=True,
        where=lambda activity, reading: positions(_is_vague(rule) for rule in activity.retention),
    ),
    ActivityRule(
        code="5-1-e-period-missing",
        severity=Severity.WARNING,
        field="retention",
        message=N_("Det står hva tiden regnes fra, men ikke hvor lang den er. Oppgi hvor fort det blir slettet."),
        source=gdpr("art. 5 nr. 1 bokstav e"),
        gaps=("G09",),
        tells_of_vagueness=True,
        where=lambda activity, reading: positions(_period_missing(rule) for rule in activity.retention),
    ),
    ActivityRule(
        code="5-1-e-trigger-missing",
        severity=Severity.WARNING,
        field="retention",
        message=N_("Det står hvor lenge, men ikke hva tiden regnes fra. Oppgi hendelsen."),
        source=gdpr("art. 5 nr. 1 bokstav e"),
        where=lambda activity, reading: positions(_trigger_missing(rule) for rule in activity.retention),
    ),
    ActivityRule(
        code="bookkeeping-time-wrong",
        severity=Severity.WARNING,
        field="retention",
        message=N_(
            "Bilag skal tas vare på i minst fem år etter at regnskapsåret er slutt. "
            "De fleste avtaler og brev har tre år og seks måneder. Rett tiden, og det den regnes fra."
        ),
        source=statute("Bokføringsloven", "§ 13", BOOKKEEPING.source),
        gaps=("G10",),
        where=_bookkeeping_wrong,
    ),
    ActivityRule(
        code="bookkeeping-time-exceeded",
        severity=Severity.WARNING,
        field="retention",
        message=N_(
            "Loven krever høyst fem år etter at regnskapsåret er slutt. Kort tiden ned, eller oppgi en annen grunn."
        ),
        source=statute("Bokføringsloven", "§ 13", BOOKKEEPING.source),
        where=_bookkeeping_exceeded,
    ),
    ActivityRule(
        code="journal-time-fixed",
        severity=Severity.WARNING,
        field="retention",
        message=N_(
            "Loven har ingen fast tid for journaler. Det som teller, er om det ventes bruk for den. "
            "Gjør tiden om til en dag for vurdering, så ingenting slettes av seg selv."
        ),
        source=statute("Pasientjournalloven", "§ 25", JOURNALS.source),
        gaps=("G12",),
        where=_journal_by_date,
    ),
)
