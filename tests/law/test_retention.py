"""The day a time ends: worked examples with their source, and why some rules give none."""

from datetime import date

import pytest

from processing.law.least_times import AGREEMENTS, VOUCHERS, LeastTime, least_time
from processing.law.records import RetentionRecord
from processing.law.retention import (
    NoEnd,
    PeriodUnit,
    RetentionKind,
    RetentionTrigger,
    add_months,
    retention_ends,
    why_no_end,
)

DAYS, MONTHS, YEARS = PeriodUnit
MINIMUM, MAXIMUM, REVIEW = RetentionKind
YEAR_END = RetentionTrigger.FINANCIAL_YEAR_END
COLLECTED = RetentionTrigger.COLLECTED


def rule(period: int | None = None, unit: PeriodUnit | None = None, trigger=COLLECTED, **more) -> RetentionRecord:
    return RetentionRecord(trigger=trigger, period=period, unit=unit, **more)


@pytest.mark.parametrize(
    ("of", "event", "ends", "source"),
    [
        (rule(5, YEARS, YEAR_END), date(2022, 3, 10), date(2027, 12, 31), "G10: voucher, bokføringsloven § 13"),
        (rule(60, MONTHS, YEAR_END), date(2022, 3, 10), date(2027, 12, 31), "the same in months"),
        (rule(42, MONTHS, YEAR_END), date(2022, 12, 31), date(2026, 6, 30), "G10: agreement, bokføringsloven § 13"),
        (rule(42, MONTHS, YEAR_END), date(2022, 1, 1), date(2026, 6, 30), "the whole year ends together"),
        (rule(6, MONTHS), date(2026, 1, 31), date(2026, 7, 31), "same day of the month"),
        (rule(1, MONTHS), date(2026, 1, 31), date(2026, 2, 28), "no 31 February"),
        (rule(1, MONTHS), date(2028, 1, 31), date(2028, 2, 29), "leap year"),
        (rule(1, YEARS), date(2024, 2, 29), date(2025, 2, 28), "no 29 February"),
        (rule(4, YEARS), date(2024, 2, 29), date(2028, 2, 29), "the next one there is"),
        (rule(12, MONTHS), date(2024, 2, 29), date(2025, 2, 28), "a year is twelve months"),
        (rule(30, DAYS), date(2026, 2, 1), date(2026, 3, 3), "days are days"),
        (rule(0, DAYS), date(2026, 2, 1), date(2026, 2, 1), "at once"),
        (rule(24, MONTHS, RetentionTrigger.REVIEW, kind=REVIEW), date(2026, 3, 3), date(2028, 3, 3), "A01, facts"),
        (rule(10, YEARS, RetentionTrigger.LAST_ENTRY, kind=MINIMUM), date(2016, 5, 1), date(2026, 5, 1), "A03, facts"),
        (rule(12, MONTHS, RetentionTrigger.UNSUBSCRIBED, kind=MAXIMUM), date(2025, 3, 1), date(2026, 3, 1), "A11"),
        (rule(trigger=RetentionTrigger.CONSENT_WITHDRAWN), date(2026, 2, 1), date(2026, 2, 1), "A10: ends with it"),
        (rule(2, YEARS, None, kind=REVIEW), date(2026, 2, 1), date(2028, 2, 1), "every so often, from the last time"),
        (rule(32767, YEARS), date(2026, 2, 1), date.max, "what ends after the calendar"),
        (rule(32767, DAYS), date(9999, 2, 1), date.max, "and in days"),
    ],
)
def test_the_last_day(of: RetentionRecord, event: date, ends: date, source: str) -> None:
    assert why_no_end(of) is None
    assert retention_ends(of, event) == ends, source


@pytest.mark.parametrize("kind", [None, *RetentionKind])
def test_the_day_is_the_same_whatever_the_length_means(kind: RetentionKind | None) -> None:
    assert retention_ends(rule(5, YEARS, YEAR_END, kind=kind), date(2022, 3, 10)) == date(2027, 12, 31)


@pytest.mark.parametrize(
    ("of", "reason"),
    [
        (rule(trigger=None), NoEnd.NOTHING_STATED),
        (rule(trigger=None, statement="Slettes ikke systematisk"), NoEnd.NOTHING_STATED),
        (rule(trigger=RetentionTrigger.POSITION_FILLED), NoEnd.NO_PERIOD),
        (rule(trigger=YEAR_END), NoEnd.NO_PERIOD),
        (rule(5, YEARS, None, kind=MAXIMUM), NoEnd.NO_TRIGGER),
    ],
)
def test_a_rule_that_says_too_little_gives_no_day_and_the_reason(of: RetentionRecord, reason: NoEnd) -> None:
    assert retention_ends(of, date(2022, 3, 10)) is None
    assert why_no_end(of) is reason
    assert reason.label.endswith(".")


@pytest.mark.parametrize(
    ("statute", "period", "unit", "on", "found"),
    [
        ("Bokføringsloven § 13", 5, YEARS, date(2026, 11, 23), VOUCHERS),
        ("Bokføringsloven", 60, MONTHS, date(2026, 11, 23), VOUCHERS),
        ("Bokføringsloven § 13", 42, MONTHS, date(2026, 11, 23), AGREEMENTS),
        ("Bokføringsloven § 13", 3, YEARS, date(2026, 11, 23), VOUCHERS),
        ("Bokføringsloven § 13", 42, DAYS, date(2026, 11, 23), VOUCHERS),
        ("Bokføringsloven § 13", None, None, date(2026, 11, 23), VOUCHERS),
        ("Bokføringsloven § 13", 5, YEARS, date(2014, 1, 31), None),
        ("Pasientjournalloven § 25", 10, YEARS, date(2026, 11, 23), None),
        ("", 5, YEARS, date(2026, 11, 23), None),
    ],
)
def test_the_least_time_of_the_statute(
    statute: str, period: int | None, unit: PeriodUnit | None, on: date, found: LeastTime | None
) -> None:
    assert least_time(rule(period, unit, statute=statute), law_on=on) is found


@pytest.mark.parametrize(
    ("least", "of", "last_day"),
    [
        (VOUCHERS, date(2022, 3, 10), date(2027, 12, 31)),
        (VOUCHERS, date(2020, 12, 31), date(2025, 12, 31)),
        (AGREEMENTS, date(2022, 6, 1), date(2026, 6, 30)),
    ],
)
def test_the_law_has_it_kept_to_the_end_of_that_day(least: LeastTime, of: date, last_day: date) -> None:
    assert least.last_day(of) == last_day


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(1, 1, 1), -1, date.min),
        (date(9999, 12, 1), 1, date.max),
    ],
)
def test_months_are_counted_both_ways_and_stay_in_the_calendar(day: date, months: int, then: date) -> None:
    assert add_months(day, months) == then
