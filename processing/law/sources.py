"""The legal sources the program cites, named once.

A finding, a right or a deadline points at one of these, so that every sentence the program says about the
law can be traced to the provision it rests on. The rule numbers (R-…) and gap numbers (G…) used beside them
are explained in `docs/law.md`.
"""

from dataclasses import dataclass

GDPR_URL = "https://eur-lex.europa.eu/eli/reg/2016/679/oj"


@dataclass(frozen=True)
class LegalSource:
    """A provision: `str()` gives it as a lawyer would write it in Norwegian, «Personvernforordningen art. 12 nr. 3»."""

    instrument: str
    provision: str
    url: str = ""

    def __str__(self) -> str:
        return f"{self.instrument} {self.provision}".strip()


def gdpr(provision: str) -> LegalSource:
    """Return a provision of Regulation (EU) 2016/679, `provision` written in the Norwegian way: «art. 12 nr. 3»."""
    return LegalSource("Personvernforordningen", provision, GDPR_URL)


def statute(name: str, section: str, url: str = "") -> LegalSource:
    """Return a section of a Norwegian statute or regulation: `statute("Bokføringsloven", "§ 13")`."""
    return LegalSource(name, section, url)


TIME_LIMITS_REGULATION = statute(
    "FOR-1992-12-04-910", "(forordning 1182/71) art. 3", "https://lovdata.no/forskrift/1992-12-04-910"
)
PUBLIC_HOLIDAYS_ACT = statute("Helligdagsfredloven", "§ 2", "https://lovdata.no/lov/1995-02-24-12")
NATIONAL_DAYS_ACT = statute("Lov om 1 og 17 mai", "§ 1", "https://lovdata.no/lov/1947-04-26-1")
