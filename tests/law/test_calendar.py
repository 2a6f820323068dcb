"""Public holidays and working days. Expected days come from the statutes and from an outside calendar."""

import json
from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processing.law.sources import NATIONAL_DAYS_ACT, PUBLIC_HOLIDAYS_ACT
from rights.law.calendar import (
    NORWAY,
    DateBeyondCalendar,
    Holiday,
    WorkingCalendar,
    easter_sunday,
    norwegian_holidays,
    spelled,
    spelled_day,
)

WORKED = json.loads((Path(__file__).parents[1] / "data" / "deadlines.json").read_text())
LISTED = [(day, name) for year in WORKED["holidays"].values() for day, name in year.items()]
SEEDED = settings(derandomize=True, deadline=None)
ANY_DAY = st.dates(date(1, 2, 1), date(9999, 11, 30))


@pytest.mark.parametrize(("day", "name"), LISTED)
def test_listed_holiday_has_its_name(day: str, name: str) -> None:
    names = NORWAY.holiday_names(date.fromisoformat(day))
    assert name in [found[0].upper() + found[1:] for found in names]


@pytest.mark.parametrize("year", WORKED["holidays"])
def test_year_has_the_listed_holidays_and_no_other(year: str) -> None:
    assert {holiday.on.isoformat() for holiday in norwegian_holidays(int(year))} == WORKED["holidays"][year].keys()


def test_holidays_agree_with_an_outside_calendar_from_1990_to_2050() -> None:
    outside = holidays.country_holidays("NO", years=range(1990, 2051))
    assert len(outside) > 700
    assert {holiday.on for year in range(1990, 2051) for holiday in norwegian_holidays(year)} == set(outside)


@pytest.mark.parametrize(
    ("day", "point"),
    [
        ("1818-03-22", "the earliest there can be; next in 2285"),
        ("1943-04-25", "the latest there can be; next in 2038"),
        ("1954-04-18", "full moon cycle exception: the 29th place"),
        ("1981-04-19", "the uncorrected rule gives 26 April"),
        ("2000-04-23", "a century year that is a leap year"),
        ("2008-03-23", "the earliest of our time"),
        ("2038-04-25", "the latest again"),
        ("2049-04-18", "the uncorrected rule gives 25 April"),
        ("2100-03-28", "a century year that is not a leap year"),
        ("2285-03-22", "the earliest again"),
    ],
)
def test_easter_sunday_of_known_years(day: str, point: str) -> None:
    expected = date.fromisoformat(day)
    assert easter_sunday(expected.year) == expected, point


def test_easter_is_a_sunday_from_22_march_to_25_april_in_every_year() -> None:
    for year in range(1, 10_000):
        easter = easter_sunday(year)
        assert easter.weekday() == 6
        assert date(year, 3, 22) <= easter <= date(year, 4, 25)


def test_easter_agrees_with_the_rule_by_epacts() -> None:
    assert [easter_sunday(year) for year in range(1583, 9999)] == [by_epact(year) for year in range(1583, 9999)]


def by_epact(year: int) -> date:
    """Clavius' rule of 1582, by the age of the moon at New Year: an oracle written from the other end."""
    golden, century = year % 19 + 1, year // 100 + 1
    solar, lunar = 3 * century // 4 - 12, (8 * century + 5) // 25 - 5
    epact = (11 * golden + 20 + lunar - solar) % 30
    if epact == 24 or (epact == 25 and golden > 11):
        epact += 1
    full_moon = date(year, 3, 1) + timedelta(days=(44 - epact if epact <= 23 else 74 - epact) - 1)
    return next(day for days in range(1, 8) if (day := full_moon + timedelta(days=days)).isoweekday() == 7)


@pytest.mark.parametrize(
    ("day", "names", "point"),
    [
        ("2027-05-17", ("17. mai", "2. pinsedag"), "17 May is Whit Monday"),
        ("2008-05-01", ("1. mai", "Kristi himmelfartsdag"), "1 May is Ascension Day"),
        ("2012-05-17", ("17. mai", "Kristi himmelfartsdag"), "17 May is Ascension Day"),
        ("2024-05-17", ("17. mai",), "17 May alone"),
        ("2027-03-27", (), "Easter Eve is no holiday"),
        ("2026-12-24", (), "Christmas Eve is no holiday"),
        ("2026-12-31", (), "New Year's Eve is no holiday"),
        ("2027-05-15", (), "Whitsun Eve is no holiday"),
        ("2027-03-24", (), "Wednesday before Easter"),
        ("2027-02-28", (), "an ordinary Sunday has no name"),
    ],
)
def test_holiday_names_are_all_of_them(day: str, names: tuple[str, ...], point: str) -> None:
    assert NORWAY.holiday_names(date.fromisoformat(day)) == names, point


def test_the_national_days_rest_on_their_own_act() -> None:
    sources = {(holiday.on.month, holiday.on.day): holiday.source for holiday in norwegian_holidays(2026)}
    assert [day for day, source in sources.items() if source == NATIONAL_DAYS_ACT] == [(5, 1), (5, 17)]
    assert set(sources.values()) == {NATIONAL_DAYS_ACT, PUBLIC_HOLIDAYS_ACT}


@pytest.mark.parametrize(
    ("day", "working", "point"),
    [
        ("2026-12-24", True, "Christmas Eve, Thursday"),
        ("2026-12-31", True, "New Year's Eve, Thursday"),
        ("2027-12-24", True, "Christmas Eve, Friday"),
        ("2027-12-31", True, "New Year's Eve, Friday"),
        ("2028-12-24", False, "Christmas Eve on a Sunday"),
        ("2027-03-27", False, "Easter Eve is always a Saturday"),
        ("2026-05-01", False, "1 May, Friday"),
        ("2028-05-17", False, "17 May, Wednesday"),
        ("2026-05-14", False, "Ascension Day, Thursday"),
        ("2026-05-15", True, "the Friday between Ascension Day and the weekend"),
        ("2026-02-27", True, "Friday"),
        ("2026-02-28", False, "Saturday"),
        ("2026-03-01", False, "Sunday"),
        ("2026-03-02", True, "Monday"),
    ],
)
def test_is_working_day(day: str, working: bool, point: str) -> None:
    assert NORWAY.is_working_day(date.fromisoformat(day)) is working, point


@pytest.mark.parametrize(
    ("day", "before", "after", "strictly_after"),
    [
        ("2027-03-24", "2027-03-24", "2027-03-24", "2027-03-30"),  # Wednesday before Easter
        ("2027-03-25", "2027-03-24", "2027-03-30", "2027-03-30"),  # the five days of Easter
        ("2027-03-29", "2027-03-24", "2027-03-30", "2027-03-30"),
        ("2027-03-30", "2027-03-30", "2027-03-30", "2027-03-31"),
        ("2026-12-25", "2026-12-24", "2026-12-28", "2026-12-28"),  # Friday to Sunday
        ("2027-01-01", "2026-12-31", "2027-01-04", "2027-01-04"),  # over the year
        ("2027-05-16", "2027-05-14", "2027-05-18", "2027-05-18"),  # Whitsun and 17 May
        ("2026-11-27", "2026-11-27", "2026-11-27", "2026-11-30"),  # an ordinary Friday
    ],
)
def test_nearest_working_days(day: str, before: str, after: str, strictly_after: str) -> None:
    on = date.fromisoformat(day)
    assert NORWAY.working_day_on_or_before(on).isoformat() == before
    assert NORWAY.working_day_on_or_after(on).isoformat() == after
    assert NORWAY.next_working_day(on).isoformat() == strictly_after


@pytest.mark.parametrize(
    ("day", "days", "expected"),
    [
        ("2026-11-27", 1, "2026-11-26"),
        ("2026-11-27", 3, "2026-11-24"),
        ("2026-11-27", 5, "2026-11-20"),
        ("2026-11-27", 10, "2026-11-13"),
        ("2026-11-29", 1, "2026-11-27"),  # from a Sunday
        ("2027-03-30", 3, "2027-03-22"),  # 24, 23 and 22 March: Easter does not count
        ("2027-01-04", 3, "2026-12-29"),  # 31, 30 and 29 December
        ("2026-12-28", 2, "2026-12-23"),  # Christmas Eve counts
    ],
)
def test_working_days_before(day: str, days: int, expected: str) -> None:
    assert NORWAY.working_days_before(date.fromisoformat(day), days).isoformat() == expected


@pytest.mark.parametrize("days", [0, -1])
def test_working_days_before_refuses_less_than_one_day(days: int) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        NORWAY.working_days_before(date(2026, 11, 27), days)


@SEEDED
@given(on=ANY_DAY, days=st.integers(1, 15))
def test_working_days_before_has_that_many_working_days_up_to_the_day(on: date, days: int) -> None:
    start = NORWAY.working_days_before(on, days)
    between = [start + timedelta(days=step) for step in range((on - start).days)]
    assert NORWAY.is_working_day(start)
    assert sum(map(NORWAY.is_working_day, between)) == days


@SEEDED
@given(on=ANY_DAY)
def test_nearest_working_days_skip_no_working_day(on: date) -> None:
    before, after = NORWAY.working_day_on_or_before(on), NORWAY.working_day_on_or_after(on)
    assert before <= on <= after
    assert NORWAY.is_working_day(before)
    assert NORWAY.is_working_day(after)
    skipped = [before + timedelta(days=step) for step in range(1, (after - before).days)]
    assert not any(map(NORWAY.is_working_day, skipped))
    assert (after - before).days <= 7  # Easter 2027: Wednesday to Tuesday is 6, and no stretch is longer than a week


def test_first_and_last_day_of_the_calendar() -> None:
    assert NORWAY.working_day_on_or_after(date.max) == date.max  # a Friday
    with pytest.raises(DateBeyondCalendar, match=r"fra 1\. januar år 1 til"):
        NORWAY.next_working_day(date.max)
    with pytest.raises(DateBeyondCalendar, match=r"fra 1\. januar år 1 til"):
        NORWAY.working_day_on_or_before(date.min)  # 1 January
    with pytest.raises(DateBeyondCalendar):
        NORWAY.working_days_before(date(1, 1, 3), 2)


def test_another_calendar_counts_its_own_holidays() -> None:
    closed = WorkingCalendar(lambda year: (Holiday(date(year, 7, 1), "stengt", PUBLIC_HOLIDAYS_ACT),))
    assert closed.next_working_day(date(2026, 6, 30)) == date(2026, 7, 2)
    assert closed.is_working_day(date(2026, 12, 25))


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2027-01-31", "søndag 31. januar 2027"),
        ("2027-02-01", "mandag 1. februar 2027"),
        ("2027-03-30", "tirsdag 30. mars 2027"),
        ("2026-04-01", "onsdag 1. april 2026"),
        ("2026-05-14", "torsdag 14. mai 2026"),
        ("2026-06-05", "fredag 5. juni 2026"),
        ("2026-07-04", "lørdag 4. juli 2026"),
        ("2026-08-31", "mandag 31. august 2026"),
        ("2026-09-30", "onsdag 30. september 2026"),
        ("2026-10-01", "torsdag 1. oktober 2026"),
        ("2026-11-22", "søndag 22. november 2026"),
        ("2026-12-24", "torsdag 24. desember 2026"),
    ],
)
def test_dates_in_words(day: str, words: str) -> None:
    on = date.fromisoformat(day)
    assert spelled(on) == words
    assert words.endswith(f" {spelled_day(on)}")
