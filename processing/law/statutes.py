"""Norwegian statutes and regulations that registers cite: their names as people write them, and when they are law.

`recognise("Bokføringsloven § 13")` finds what a text cites, so that a rule can ask whether it is in force on a day.
What is not recognised is not judged.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from processing.law.dated import COMPILED_ON, CONSOLIDATED_TEXT_READ_ON, DatedFact
from processing.law.terms import N_


@dataclass(frozen=True, kw_only=True)
class Statute(DatedFact):
    """A statute or regulation. `names` are what people call it, in lower case; `year` tells two of one name apart.

    In a `chaptered` statute a hyphen is part of a section's number (§ 3-15); in others it may mean «to».
    """

    names: tuple[str, ...]
    year: int
    chaptered: bool = False


@dataclass(frozen=True, kw_only=True)
class Provision(DatedFact):
    """A section that the program knows something about. `advice`, a source string, is what to do once it has ended."""

    statute: Statute
    section: str
    advice: str = ""
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Citation:
    """What a text cites: a statute, and its sections as written there («13», «3-15», «2 e»), ranges spelled out."""

    statute: Statute
    sections: tuple[str, ...] = ()

    def cites(self, statute: Statute, *sections: str) -> bool:
        """True when it is `statute`, and one of `sections` where some are asked for."""
        return self.statute is statute and (not sections or any(section in self.sections for section in sections))


def _statute(
    name: str, year: int, path: str, since: date, *names: str, read: bool = False, **more: bool | date
) -> Statute:
    return Statute(
        name=name,
        names=(name.lower(), *names),
        year=year,
        source=f"https://lovdata.no/{path}",
        checked_on=CONSOLIDATED_TEXT_READ_ON if read else COMPILED_ON,
        valid_from=since,
        certain=read,
        **more,  # type: ignore[arg-type]
    )


BOOKKEEPING = _statute("Bokføringsloven", 2004, "lov/2004-11-19-73", date(2005, 1, 1), "bokføringslova", read=True)
HEALTH_PERSONNEL = _statute(
    "Helsepersonelloven", 1999, "lov/1999-07-02-64", date(2001, 1, 1), "helsepersonellova", "hpl.", "hlspl.", read=True
)
JOURNALS = _statute(
    "Pasientjournalloven", 2014, "lov/2014-06-20-42", date(2015, 1, 1), "pasientjournallova", "pjl.", read=True
)
PATIENTS_RIGHTS = _statute(
    "Pasient- og brukerrettighetsloven",
    1999,
    "lov/1999-07-02-63",
    date(2001, 1, 1),
    "pasient- og brukerrettighetslova",
    "pasientrettighetsloven",
    "pbrl.",
    chaptered=True,
)
PERSONAL_DATA = _statute(
    "Personopplysningsloven",
    2018,
    "lov/2018-06-15-38",
    date(2018, 7, 20),
    "personopplysningslova",
    "pol.",
    "popplyl.",
    read=True,
)
MARKETING = _statute(
    "Markedsføringsloven", 2009, "lov/2009-01-09-2", date(2009, 6, 1), "markedsføringslova", "mfl.", read=True
)
COMMUNICATIONS_2003 = _statute(
    "Ekomloven",
    2003,
    "lov/2003-07-04-83",
    date(2003, 7, 25),
    "ekomlova",
    "ekoml.",
    "lov om elektronisk kommunikasjon",
    valid_to=date(2024, 12, 31),
    chaptered=True,
)
COMMUNICATIONS_2024 = _statute(
    "Ekomloven",
    2024,
    "lov/2024-12-13-76",
    date(2025, 1, 1),
    "ekomlova",
    "ekoml.",
    "lov om elektronisk kommunikasjon",
    chaptered=True,
)
TAX = _statute("Skatteloven", 1999, "lov/1999-03-26-14", date(2000, 1, 1), "skattelova")
TAX_ADMINISTRATION = _statute(
    "Skatteforvaltningsloven", 2016, "lov/2016-05-27-14", date(2017, 1, 1), "skatteforvaltningslova", chaptered=True
)
VALUE_ADDED_TAX = _statute(
    "Merverdiavgiftsloven", 2009, "lov/2009-06-19-58", date(2010, 1, 1), "merverdiavgiftslova", "mva-loven"
)
PAYROLL_REPORTING = _statute("A-opplysningsloven", 2012, "lov/2012-06-22-43", date(2014, 1, 1), "a-opplysningslova")
WORKING_ENVIRONMENT = _statute(
    "Arbeidsmiljøloven", 2005, "lov/2005-06-17-62", date(2006, 1, 1), "arbeidsmiljølova", "aml.", chaptered=True
)
JOURNAL_REGULATION_2000 = _statute(
    "Forskrift om pasientjournal",
    2000,
    "forskrift/2000-12-21-1385",
    date(2001, 1, 1),
    "pasientjournalforskriften",
    "journalforskriften",
    valid_to=date(2019, 6, 30),
)
JOURNAL_REGULATION_2019 = _statute(
    "Pasientjournalforskriften", 2019, "forskrift/2019-03-01-168", date(2019, 7, 1), "journalforskriften"
)

STATUTES = (
    BOOKKEEPING,
    HEALTH_PERSONNEL,
    JOURNALS,
    PATIENTS_RIGHTS,
    PERSONAL_DATA,
    MARKETING,
    COMMUNICATIONS_2003,
    COMMUNICATIONS_2024,
    TAX,
    TAX_ADMINISTRATION,
    VALUE_ADDED_TAX,
    PAYROLL_REPORTING,
    WORKING_ENVIRONMENT,
    JOURNAL_REGULATION_2000,
    JOURNAL_REGULATION_2019,
)


def _provision(
    statute: Statute,
    section: str,
    what: str,
    *,
    since: date | None = None,
    until: date | None = None,
    certain: bool | None = None,
    advice: str = "",
    gaps: tuple[str, ...] = (),
) -> Provision:
    return Provision(
        statute=statute,
        section=section,
        name=what,
        source=statute.source,
        checked_on=statute.checked_on,
        valid_from=since or statute.valid_from,
        valid_to=until or statute.valid_to,
        certain=statute.certain if certain is None else certain,
        advice=advice,
        gaps=gaps,
    )


COOKIES_2003 = _provision(
    COMMUNICATIONS_2003,
    "2-7b",
    N_("Informasjonskapsler, med nettleserens valg som samtykke"),
    since=date(2013, 7, 1),
    advice=N_(
        "Paragrafen gjelder ikke lenger. Et valg i nettleseren er ikke samtykke. "
        "Be om et aktivt ja etter ekomloven § 3-15."
    ),
    gaps=("G04",),
)
COOKIES_2024 = _provision(
    COMMUNICATIONS_2024, "3-15", N_("Informasjonskapsler og annen sporing krever et aktivt samtykke")
)
VOUCHERS_KEPT = _provision(
    BOOKKEEPING,
    "13",
    N_("Bilag skal tas vare på i fem år, avtaler og brev i tre år og seks måneder, etter at regnskapsåret er slutt"),
    since=date(2014, 2, 1),
    # The text was read as of 2026; from which day the shorter times apply was not.
    certain=False,
)
JOURNAL_KEPT = _provision(JOURNALS, "25", N_("Journalen tas vare på så lenge det ventes bruk for den"))
JOURNAL_KEPT_TEN_YEARS = _provision(
    JOURNAL_REGULATION_2000,
    "14",
    N_("Journalen tas vare på i minst ti år etter siste innføring"),
    advice=N_(
        "Forskriften gjelder ikke lenger. Etter pasientjournalloven § 25 teller det om det blir bruk for notatene."
    ),
    gaps=("G12",),
)

PROVISIONS = (
    COOKIES_2003,
    COOKIES_2024,
    VOUCHERS_KEPT,
    JOURNAL_KEPT,
    JOURNAL_KEPT_TEN_YEARS,
    _provision(JOURNALS, "2", N_("Hva en journal er, og hvem som er dataansvarlig")),
    _provision(JOURNALS, "6", N_("Behandling av helseopplysninger når det gis helsehjelp")),
    _provision(JOURNALS, "8", N_("Virksomheten skal ha et system for journal")),
    _provision(JOURNALS, "9", N_("Skriftlig avtale når flere deler journal")),
    _provision(JOURNALS, "18", N_("Innsyn i journal og i hvem som har lest")),
    _provision(JOURNALS, "22", N_("Tilgangsstyring og logg")),
    # Known from commentary. It also keeps «journalforskriften § 14» from being taken for the paragraph of 2000.
    _provision(JOURNAL_REGULATION_2019, "14", N_("Logg over hvem som har sett journalen")),
    _provision(HEALTH_PERSONNEL, "21", N_("Taushetsplikt")),
    _provision(HEALTH_PERSONNEL, "39", N_("Plikt til å føre journal")),
    _provision(HEALTH_PERSONNEL, "40", N_("Hva journalen skal inneholde")),
    _provision(HEALTH_PERSONNEL, "42", N_("Retting i journal")),
    _provision(HEALTH_PERSONNEL, "43", N_("Sletting i journal")),
    _provision(HEALTH_PERSONNEL, "44", N_("Journal på feil person")),
    _provision(PATIENTS_RIGHTS, "3-4", N_("Informasjon når pasienten er under 18 år")),
    _provision(PATIENTS_RIGHTS, "4-3", N_("Helserettslig myndighetsalder er 16 år")),
    _provision(PATIENTS_RIGHTS, "5-1", N_("Innsyn i journal")),
    _provision(PATIENTS_RIGHTS, "5-2", N_("Retting og sletting i journal")),
    # A bill to raise the age to 15 was on hearing; its outcome is not known.
    _provision(PERSONAL_DATA, "5", N_("Barn kan samtykke til nettjenester fra 13 år"), certain=False),
    _provision(PERSONAL_DATA, "6", N_("Særlige kategorier når arbeidsretten krever det")),
    _provision(PERSONAL_DATA, "11", N_("Opplysninger om straffedommer og lovbrudd")),
    _provision(PERSONAL_DATA, "12", N_("Fødselsnummer krever saklig behov for sikker identifisering")),
    _provision(PERSONAL_DATA, "16", N_("Unntak fra innsyn og informasjon")),
    _provision(MARKETING, "15", N_("Reklame på e-post krever samtykke, med unntak for dem som alt er kunder")),
)

STATUTE_FACTS = (*STATUTES, *PROVISIONS)

_BY_NAME: dict[str, tuple[Statute, ...]] = {
    name: tuple(statute for statute in STATUTES if name in statute.names)
    for name in sorted({name for statute in STATUTES for name in statute.names}, key=len, reverse=True)
}
_NAME = re.compile(rf"(?<![\wæøå-])({'|'.join(map(re.escape, _BY_NAME))})(?![\wæøå])", re.IGNORECASE)
_YEAR = re.compile(r"[»\"”]?\s*(?:\(|av\s|fra\s)?\s*(\d{4})\)?")
_SIGN = re.compile(r"[»\"”]?\s*§{1,2}\s*")
_SECTION = re.compile(r"(\d+(?:-\d+)?)(?:\s?([a-zA-Z])(?![\wæøå]))?")
_BETWEEN = re.compile(r"\s*(–|-|,?\s*(?:og|eller|samt|til|jf\.|jfr\.)|,)\s*(?:§{1,2}\s*)?")
_LONGEST_RANGE = 100


@lru_cache(maxsize=4096)
def recognise(text: str) -> tuple[Citation, ...]:
    """Return the statutes that `text` cites by name, each with the sections named right after it, in the order written.

    Two statutes of one name are told apart by the year, else by a section only one of them has. Where neither helps,
    the newest is meant.
    """
    found = []
    for match in _NAME.finditer(text):
        candidates = _BY_NAME[match[1].lower()]
        place = match.end()
        if year := _YEAR.match(text, place):
            place = year.end()
            candidates = tuple(one for one in candidates if one.year == int(year[1])) or candidates
        sections = _sections(text, place, chaptered=candidates[0].chaptered)
        known = tuple(
            one for one in candidates if any(row.statute is one and row.section in sections for row in PROVISIONS)
        )
        statute = (known or candidates)[0] if len(known) == 1 else max(candidates, key=lambda one: one.year)
        found.append(Citation(statute, sections))
    return tuple(found)


def _sections(text: str, place: int, *, chaptered: bool) -> tuple[str, ...]:
    sign = _SIGN.match(text, place)
    if not sign:
        return ()
    place, sections, upwards = sign.end(), [], False
    while section := _SECTION.match(text, place):
        number, letter = section[1], section[2] or ""
        first, dash, last = number.partition("-")
        if dash and not chaptered:
            sections += _range(first, last)
        elif upwards and sections and sections[-1].isdigit() and number.isdigit():
            sections += _range(sections.pop(), number)
        else:
            # «2-7 b» and «2-7b» are one section of a chaptered statute; «2 e» is a letter within a section.
            sections.append(f"{number}{letter.lower()}" if chaptered else number)
        between = _BETWEEN.match(text, section.end())
        if not between:
            break
        upwards = between[1] in {"–", "-", "til"}
        place = between.end()
    return tuple(dict.fromkeys(sections))


def _range(first: str, last: str) -> list[str]:
    low, high = int(first), int(last)
    return [str(number) for number in range(low, high + 1)] if low <= high < low + _LONGEST_RANGE else [first, last]
