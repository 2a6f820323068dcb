"""Statutes are recognised as people write them, and known to be law from one day to another."""

from datetime import date

import pytest

from processing.law.statutes import (
    COMMUNICATIONS_2003,
    COMMUNICATIONS_2024,
    COOKIES_2003,
    COOKIES_2024,
    HEALTH_PERSONNEL,
    JOURNAL_KEPT_TEN_YEARS,
    JOURNALS,
    PROVISIONS,
    STATUTES,
    Statute,
    recognise,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bokføringsloven § 13", [("Bokføringsloven", 2004, ("13",))]),
        ("bokføringsloven", [("Bokføringsloven", 2004, ())]),
        (
            "Bokføringsloven og «skatteloven» (begge gitt som eksempler)",
            [("Bokføringsloven", 2004, ()), ("Skatteloven", 1999, ())],
        ),
        ("skatteforvaltningsloven § 8-1", [("Skatteforvaltningsloven", 2016, ("8-1",))]),
        ("Helsepersonelloven § 40", [("Helsepersonelloven", 1999, ("40",))]),
        ("helsepersonelloven §§ 39–44", [("Helsepersonelloven", 1999, ("39", "40", "41", "42", "43", "44"))]),
        ("hpl. §§ 42-43", [("Helsepersonelloven", 1999, ("42", "43"))]),
        ("hpl. §§ 39 til 41", [("Helsepersonelloven", 1999, ("39", "40", "41"))]),
        ("helsepersonelloven § 40, jf. § 39", [("Helsepersonelloven", 1999, ("40", "39"))]),
        ("pasientjournalloven §§ 2 e, 8 og 9", [("Pasientjournalloven", 2014, ("2", "8", "9"))]),
        ("pbrl. §§ 3-4, 4-3 og 5-1", [("Pasient- og brukerrettighetsloven", 1999, ("3-4", "4-3", "5-1"))]),
        ("Personopplysningsloven § 12", [("Personopplysningsloven", 2018, ("12",))]),
        ("Ekomloven § 2-7b", [("Ekomloven", 2003, ("2-7b",))]),
        ("ekomloven § 2-7 b", [("Ekomloven", 2003, ("2-7b",))]),
        ("Ekomloven § 3-15", [("Ekomloven", 2024, ("3-15",))]),
        ("ekomloven (2003) § 1-1", [("Ekomloven", 2003, ("1-1",))]),
        ("Ekomloven av 2024", [("Ekomloven", 2024, ())]),
        ("Ekomloven", [("Ekomloven", 2024, ())]),
        ("Forskrift om pasientjournal § 14", [("Forskrift om pasientjournal", 2000, ("14",))]),
        ("pasientjournalforskriften (2000) § 14", [("Forskrift om pasientjournal", 2000, ("14",))]),
        ("pasientjournalforskriften § 14", [("Pasientjournalforskriften", 2019, ("14",))]),
        ("Markedsføringslova § 15", [("Markedsføringsloven", 2009, ("15",))]),
        ("BOKFØRINGSLOVEN § 13", [("Bokføringsloven", 2004, ("13",))]),
        # What is no statute of ours, or only looks like one
        ("Personvernforordningen art. 6", []),
        ("Mellombokføringsloven § 3", []),
        ("skattelovens rammer", []),
        ("Loven § 13", []),
        ("", []),
        # What somebody may write, and must not stop the program
        ("Bokføringsloven §", [("Bokføringsloven", 2004, ())]),
        ("Bokføringsloven §§ 1-99999", [("Bokføringsloven", 2004, ("1", "99999"))]),
        ("Bokføringsloven §§ 9–2", [("Bokføringsloven", 2004, ("9", "2"))]),
    ],
)
def test_what_a_text_cites(text: str, expected: list[tuple[str, int, tuple[str, ...]]]) -> None:
    assert [(one.statute.name, one.statute.year, one.sections) for one in recognise(text)] == expected


def test_a_long_text_is_read_in_one_go() -> None:
    text = "bokføringsloven § 13, " * 5000
    assert len(recognise(text)) == 5000


@pytest.mark.parametrize("statute", STATUTES, ids=lambda statute: f"{statute.name}-{statute.year}")
def test_every_statute_is_recognised_by_each_of_its_names(statute: Statute) -> None:
    for name in statute.names:
        found = recognise(f"{name} ({statute.year})")
        assert [one.statute for one in found] == [statute], name


@pytest.mark.parametrize(
    ("fact", "day", "holds", "source"),
    [
        (COOKIES_2003, date(2024, 12, 31), True, "ekomloven (2003) § 2-7b, to the end of 2024"),
        (COOKIES_2003, date(2025, 1, 1), False, "replaced by ekomloven (2024) § 3-15"),
        (COOKIES_2024, date(2024, 12, 31), False, "in force 1 January 2025"),
        (COOKIES_2024, date(2025, 1, 1), True, "in force 1 January 2025"),
        (COMMUNICATIONS_2003, date(2025, 1, 1), False, "replaced by act of 13 December 2024 no. 76"),
        (COMMUNICATIONS_2024, date(2025, 1, 1), True, "act of 13 December 2024 no. 76"),
        (JOURNALS, date(2014, 12, 31), False, "in force 1 January 2015"),
        (JOURNALS, date(2015, 1, 1), True, "in force 1 January 2015"),
        (HEALTH_PERSONNEL, date(2026, 11, 22), True, "in force 1 January 2001"),
        (JOURNAL_KEPT_TEN_YEARS, date(2019, 6, 30), True, "regulation of 2000 § 14"),
        (JOURNAL_KEPT_TEN_YEARS, date(2019, 7, 1), False, "replaced by the regulation of 2019"),
    ],
)
def test_the_days_a_law_is_law(fact: Statute, day: date, holds: bool, source: str) -> None:
    assert fact.holds_on(day) is holds, source
    assert fact.has_ended_by(day) is (not holds and fact.valid_to is not None and fact.valid_to < day)


@pytest.mark.parametrize("provision", PROVISIONS, ids=lambda row: f"{row.statute.name}-{row.section}")
def test_a_provision_lies_within_its_statute(provision) -> None:  # type: ignore[no-untyped-def]
    statute = provision.statute
    assert statute in STATUTES
    assert provision.valid_from >= statute.valid_from
    assert statute.valid_to is None or provision.valid_to <= statute.valid_to
    (citation,) = recognise(f"{statute.name} ({statute.year}) § {provision.section}")
    assert citation.cites(statute, provision.section)
    # Somebody whose register cites what has ended is told what to do.
    assert bool(provision.advice) is (provision.valid_to is not None)
