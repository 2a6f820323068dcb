"""Law as dated data: adequacy decisions, transfer tools, the EEA, and how old our knowledge of it is."""

from datetime import date

import pytest

from processing.law.adequacy import ADEQUACY_DECISIONS, adequacy_of
from processing.law.countries import country_name
from processing.law.dated import UNCERTAIN, DatedFact, a_year_after
from processing.law.lawbook import LAWBOOK, stale_facts
from processing.law.transfers import TransferTool, is_outside_eea

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("tool", "day", "holds", "source"),
    [
        (TransferTool.SAFE_HARBOR, date(2015, 10, 5), True, "2000/520/EC"),
        (TransferTool.SAFE_HARBOR, date(2015, 10, 6), False, "CJEU C-362/14"),
        (TransferTool.PRIVACY_SHIELD, date(2016, 7, 11), False, "(EU) 2016/1250 of 12 July 2016"),
        (TransferTool.PRIVACY_SHIELD, date(2016, 7, 12), True, "(EU) 2016/1250"),
        (TransferTool.PRIVACY_SHIELD, date(2019, 6, 1), True, "(EU) 2016/1250"),
        (TransferTool.PRIVACY_SHIELD, date(2020, 7, 15), True, "the day before C-311/18"),
        (TransferTool.PRIVACY_SHIELD, date(2020, 7, 16), False, "CJEU C-311/18"),
        (TransferTool.PRIVACY_SHIELD, TODAY, False, "CJEU C-311/18"),
        (TransferTool.DPF, date(2023, 7, 9), False, "(EU) 2023/1795 of 10 July 2023"),
        (TransferTool.DPF, date(2023, 7, 10), True, "(EU) 2023/1795"),
        (TransferTool.DPF, TODAY, True, "T-553/23; appeal pending when last known"),
        (TransferTool.SCC, date(2019, 6, 1), True, "GDPR 46(2)(c)"),
        (TransferTool.BCR, TODAY, True, "GDPR 46(2)(b)"),
    ],
)
def test_the_days_a_tool_is_law(tool: TransferTool, day: date, holds: bool, source: str) -> None:
    assert tool.validity.holds_on(day) is holds, source


@pytest.mark.parametrize(
    ("country", "day", "adequate", "source"),
    [
        ("CH", TODAY, True, "2000/518/EC"),
        ("ch", TODAY, True, "codes are read in any case"),
        ("GB", date(2021, 6, 27), False, "before (EU) 2021/1772"),
        ("GB", date(2021, 6, 28), True, "(EU) 2021/1772"),
        ("GB", TODAY, True, "renewed 19 December 2025"),
        ("GB", date(2031, 12, 1), True, "to December 2031"),
        ("GB", date(2032, 1, 1), False, "ended December 2031"),
        ("BR", date(2026, 1, 26), False, "announced 27 January 2026"),
        ("BR", date(2026, 1, 27), True, "announced 27 January 2026"),
        ("KR", date(2021, 12, 16), False, "(EU) 2022/254 of 17 December 2021"),
        ("KR", TODAY, True, "(EU) 2022/254"),
        ("US", date(2019, 6, 1), True, "Privacy Shield, listed companies"),
        ("US", date(2021, 6, 1), False, "between the Shield and the DPF"),
        ("US", TODAY, True, "DPF, listed companies"),
        ("IN", TODAY, False, "no decision"),
        ("", TODAY, False, "not stated"),
        ("KE", TODAY, False, "not known"),
    ],
)
def test_which_countries_are_adequate_on_a_day(country: str, day: date, adequate: bool, source: str) -> None:
    assert (adequacy_of(country, on=day) is not None) is adequate, source


def test_a_decision_for_listed_companies_says_so() -> None:
    for day in (date(2019, 6, 1), TODAY):
        decision = adequacy_of("US", on=day)
        assert decision is not None
        assert "listen" in decision.scope


def test_decisions_for_one_country_never_overlap() -> None:
    for one in ADEQUACY_DECISIONS:
        others = [two for two in ADEQUACY_DECISIONS if two.country == one.country and two is not one and one.country]
        assert not any(two.holds_on(one.valid_from) for two in others if one.valid_from)  # type: ignore[arg-type]


def test_every_adequate_country_has_a_name() -> None:
    assert [row.country for row in ADEQUACY_DECISIONS if row.country and country_name(row.country) == row.country] == []


@pytest.mark.parametrize(
    ("country", "day", "outside", "source"),
    [
        ("NO", TODAY, False, "EEA Agreement"),
        ("de", TODAY, False, "codes are read in any case"),
        ("US", TODAY, True, "not a party"),
        ("CH", TODAY, True, "EFTA, not EEA"),
        ("GB", date(2019, 6, 1), False, "a Member State then"),
        ("GB", date(2021, 6, 30), False, "transition, then the bridge to the end of June 2021"),
        ("GB", date(2021, 7, 1), True, "a third country since"),
        ("", TODAY, False, "not stated is not outside"),
    ],
)
def test_what_lies_outside_the_eea_on_a_day(country: str, day: date, outside: bool, source: str) -> None:
    assert is_outside_eea(country, on=day) is outside, source


@pytest.mark.parametrize("fact", LAWBOOK, ids=lambda fact: f"{fact.name[:40]}-{fact.valid_from}")
def test_every_fact_of_law_says_where_it_stands_and_when_it_was_checked(fact: DatedFact) -> None:
    assert fact.name
    assert fact.source.startswith("https://")
    assert fact.checked_on <= TODAY
    assert fact.valid_from is None or fact.valid_to is None or fact.valid_from <= fact.valid_to


def test_what_is_not_settled_is_shown_as_such() -> None:
    shown = {fact.name for fact in LAWBOOK if fact.certainty == UNCERTAIN}
    # docs/law.md, «To be checked»
    assert {"EU–US Data Privacy Framework", "Barn kan samtykke til nettjenester fra 13 år"} <= shown
    assert any(name.startswith("Informasjonskapsler og annen sporing") for name in shown)
    assert "Plikt til å føre journal" not in shown


@pytest.mark.parametrize(
    ("checked_on", "on", "stale"),
    [
        (date(2026, 11, 22), date(2027, 11, 22), False),
        (date(2026, 11, 22), date(2027, 11, 23), True),
        (date(2028, 2, 29), date(2029, 2, 28), False),
        (date(2028, 2, 29), date(2029, 3, 1), True),
        (date(2026, 11, 22), date(2019, 1, 1), False),
    ],
)
def test_a_fact_is_stale_after_twelve_months(checked_on: date, on: date, stale: bool) -> None:
    fact = DatedFact(name="Prøve", source="https://prove.example/", checked_on=checked_on)
    assert fact.is_stale(on) is stale


def test_a_year_after_a_leap_day() -> None:
    assert a_year_after(date(2028, 2, 29)) == date(2029, 2, 28)


def test_which_facts_are_stale() -> None:
    assert stale_facts(TODAY) == ()
    in_june = stale_facts(date(2027, 6, 1))
    assert in_june
    assert {fact.checked_on for fact in in_june} == {date(2026, 5, 31)}
    assert set(stale_facts(date(2028, 1, 1))) == set(LAWBOOK)
