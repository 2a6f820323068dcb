"""All that the program believes the law to be, as dated facts, and the rule that asks somebody to check it."""

from datetime import date

from processing.law.adequacy import ADEQUACY_DECISIONS
from processing.law.dated import DatedFact, stale
from processing.law.findings import Severity
from processing.law.rules import CompanyRule, RegisterRule, once
from processing.law.sources import gdpr
from processing.law.statutes import STATUTE_FACTS
from processing.law.terms import N_
from processing.law.transfers import TRANSFER_FACTS

LAWBOOK: tuple[DatedFact, ...] = (*STATUTE_FACTS, *ADEQUACY_DECISIONS, *TRANSFER_FACTS)


def stale_facts(on: date) -> tuple[DatedFact, ...]:
    """Return the facts of law that were last checked more than twelve months before `on`."""
    return stale(LAWBOOK, on=on)


COMPANY_RULES: tuple[CompanyRule, ...] = (
    RegisterRule(
        code="law-not-checked",
        severity=Severity.WARNING,
        field="activities",
        message=N_("Noe av loven i programmet er ikke sjekket på over tolv måneder. La en jurist gå gjennom det."),
        source=gdpr("art. 5 nr. 2"),
        where=lambda reading: once(bool(stale_facts(reading.law_on))),
    ),
)
