"""All that the program believes the law to be, as dated facts, and the rule that asks somebody to check it."""

from dataclasses import dataclass
from datetime import date

from processing.law.adequacy import ADEQUACY_DECISIONS
from processing.law.complaints import COMPLAINT_FACTS
from processing.law.dated import DatedFact, stale
from processing.law.findings import Severity
from processing.law.least_times import LEAST_TIMES
from processing.law.rules import CompanyRule, RegisterRule, once
from processing.law.sources import gdpr
from processing.law.statutes import PROVISIONS, STATUTE_FACTS, STATUTES
from processing.law.terms import N_, LawTerm
from processing.law.transfers import TRANSFER_FACTS

LAWBOOK: tuple[DatedFact, ...] = (
    *STATUTE_FACTS,
    *LEAST_TIMES,
    *ADEQUACY_DECISIONS,
    *TRANSFER_FACTS,
    *COMPLAINT_FACTS,
)


@dataclass(frozen=True)
class Chapter:
    """Facts of law that are looked up together. `code` is stable; `heading` and `about` are source strings."""

    code: str
    heading: str
    about: str
    facts: tuple[DatedFact, ...]


def _statutes_in_order() -> tuple[DatedFact, ...]:
    """The statutes as a register of statutes has them, each with the sections that the program knows."""
    return tuple(
        fact
        for statute in sorted(STATUTES, key=lambda one: (one.name, one.year))
        for fact in (
            statute,
            *sorted(
                (row for row in PROVISIONS if row.statute is statute),
                key=lambda row: [int(number) for number in row.section.rstrip("abcdefgh").split("-")],
            ),
        )
    )


CHAPTERS = (
    Chapter(
        "lover",
        N_("Lover og paragrafer"),
        N_("Lovene som registeret viser til, og paragrafene som reglene i programmet bygger på."),
        _statutes_in_order(),
    ),
    Chapter(
        "tider",
        N_("Tider loven krever"),
        N_("Så lenge må noe tas vare på, minst. Listen over det som skal slettes, regner med dette."),
        LEAST_TIMES,
    ),
    Chapter(
        "land",
        N_("Land utenfor EØS"),
        N_("Land der EU-kommisjonen har funnet vernet godt nok. Art. 45."),
        ADEQUACY_DECISIONS,
    ),
    Chapter(
        "overforing",
        N_("Grunnlag for overføring"),
        N_("Det som kan gjøre en overføring ut av EØS lovlig, og dommene som har endret det. Art. 44 til 49."),
        TRANSFER_FACTS,
    ),
    Chapter(
        "klage",
        N_("Klage"),
        N_("Hvor den som er uenig, kan klage, og innen når. Pasient- og brukerrettighetsloven §§ 7-2 og 7-5."),
        COMPLAINT_FACTS,
    ),
)
"""The whole lawbook, as somebody looks a thing up in it."""


class Standing(LawTerm):
    """What a fact of law is on a day."""

    HOLDS = "holds", N_("Gjelder")
    ENDED = "ended", N_("Gjelder ikke lenger")
    COMING = "coming", N_("Gjelder ikke ennå")

    @classmethod
    def of_fact(cls, fact: DatedFact, *, on: date) -> "Standing":
        if fact.holds_on(on):
            return cls.HOLDS
        return cls.ENDED if fact.has_ended_by(on) else cls.COMING


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
