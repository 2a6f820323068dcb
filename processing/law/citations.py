"""Whether the laws a register cites are law on the day that is asked.

A provision that the program knows has ended has a rule of its own, which says what to do instead. Other statutes are
only known to be in force or not.
"""

from collections.abc import Callable, Iterable

from processing.law.findings import Severity
from processing.law.records import ActivityRecord
from processing.law.rules import ActivityRule, Reading, Where, positions
from processing.law.sources import LegalSource, gdpr
from processing.law.statutes import COOKIES_2003, JOURNAL_KEPT_TEN_YEARS, Citation, Provision, recognise
from processing.law.terms import N_

Texts = Callable[[ActivityRecord], Iterable[str]]
"""The text of each row of a field in which laws are cited."""

NOT_IN_FORCE = N_("Loven som er oppgitt, gjelder ikke denne dagen. Før opp den som gjelder.")


def _bases(activity: ActivityRecord) -> Iterable[str]:
    return (f"{ground.national_law}\n{ground.scope}" for ground in activity.legal_grounds)


def _conditions(activity: ActivityRecord) -> Iterable[str]:
    return (ground.national_law for ground in activity.special_grounds)


def _times(activity: ActivityRecord) -> Iterable[str]:
    return (rule.statute for rule in activity.retention)


def _ended(code: str, provision: Provision, *, field: str, texts: Texts, severity: Severity) -> ActivityRule:
    def where(activity: ActivityRecord, reading: Reading) -> Where:
        if not provision.has_ended_by(reading.law_on):
            return ()
        return positions(
            any(citation.cites(provision.statute, provision.section) for citation in recognise(text))
            for text in texts(activity)
        )

    return ActivityRule(
        code=code,
        severity=severity,
        field=field,
        message=provision.advice,
        source=LegalSource(
            provision.statute.name, f"({provision.statute.year}) § {provision.section}", provision.source
        ),
        gaps=provision.gaps,
        where=where,
    )


def _not_in_force(*, field: str, texts: Texts, source: LegalSource) -> ActivityRule:
    def told_by_its_own_rule(citation: Citation, reading: Reading) -> bool:
        return any(
            citation.cites(provision.statute, provision.section) and provision.has_ended_by(reading.law_on)
            for provision in (COOKIES_2003, JOURNAL_KEPT_TEN_YEARS)
        )

    def where(activity: ActivityRecord, reading: Reading) -> Where:
        return positions(
            any(
                not citation.statute.holds_on(reading.law_on) and not told_by_its_own_rule(citation, reading)
                for citation in recognise(text)
            )
            for text in texts(activity)
        )

    return ActivityRule(
        code="law-not-in-force",
        severity=Severity.WARNING,
        field=field,
        message=NOT_IN_FORCE,
        source=source,
        where=where,
    )


ACTIVITY_RULES = (
    _ended("law-ended-cookies", COOKIES_2003, field="legal_grounds", texts=_bases, severity=Severity.ERROR),
    _ended(
        "law-ended-journal-regulation",
        JOURNAL_KEPT_TEN_YEARS,
        field="retention",
        texts=_times,
        severity=Severity.WARNING,
    ),
    _not_in_force(field="legal_grounds", texts=_bases, source=gdpr("art. 6 nr. 3")),
    _not_in_force(field="special_grounds", texts=_conditions, source=gdpr("art. 9 nr. 2")),
    _not_in_force(field="retention", texts=_times, source=gdpr("art. 5 nr. 1 bokstav e")),
)
