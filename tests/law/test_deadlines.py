"""Deadlines. Expected dates come from the law, from the worked examples, and from an oracle that walks day by day."""

import json
import re
from dataclasses import FrozenInstanceError
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rights.law import deadlines
from rights.law.calendar import NORWAY, DateBeyondCalendar, WorkingCalendar
from rights.law.deadlines import (
    PROMISED_DAYS,
    AlreadyExtended,
    Deadline,
    ExtensionRefused,
    ExtensionTooEarly,
    ExtensionTooLate,
    MomentWithoutZone,
    StatutoryPeriods,
    Step,
    WaitNotDefensible,
    breach_deadline,
    case_answered_on,
    case_deadline,
    check_can_extend,
    defensible_on,
    due_reminder,
    explain,
    extended_deadline,
    local_date,
    periods_on,
    refusal_due_on,
    response_deadline,
    warning_days,
)

WORKED = json.loads((Path(__file__).parents[1] / "data" / "deadlines.json").read_text())
OSLO = ZoneInfo("Europe/Oslo")
SEEDED = settings(derandomize=True, deadline=None)
RECEIPTS = st.dates(date(1, 1, 1), date(9999, 9, 27))
ONE_DAY = timedelta(days=1)
MONTHS = ["januar", "februar", "mars", "april", "mai", "juni"]
MONTHS += ["juli", "august", "september", "oktober", "november", "desember"]


def day(iso: str) -> date:
    return date.fromisoformat(iso)


# The table of R-DL-1 to R-DL-5: received, nominal, statutory, +30, shown to the client, last working day for staff.
TABLE = [
    ("2026-11-22", "2026-12-22", "2026-12-22", "2026-12-22", "2026-12-22", "2026-12-22", "receipt on a Sunday counts"),
    ("2026-11-24", "2026-12-24", "2026-12-24", "2026-12-24", "2026-12-24", "2026-12-24", "Christmas Eve is worked"),
    ("2026-11-25", "2026-12-25", "2026-12-28", "2026-12-25", "2026-12-25", "2026-12-24", "25, 26 holidays, Sunday"),
    ("2026-12-01", "2027-01-01", "2027-01-04", "2026-12-31", "2026-12-31", "2026-12-31", "New Year and weekend"),
    ("2026-12-31", "2027-01-31", "2027-02-01", "2027-01-30", "2027-01-30", "2027-01-29", "weekend"),
    ("2027-01-29", "2027-02-28", "2027-03-01", "2027-02-28", "2027-02-28", "2027-02-26", "no 29 February"),
    ("2027-01-31", "2027-02-28", "2027-03-01", "2027-03-02", "2027-03-01", "2027-03-01", "30 days would be late"),
    ("2027-02-01", "2027-03-01", "2027-03-01", "2027-03-03", "2027-03-01", "2027-03-01", "30 days would be late"),
    ("2027-02-25", "2027-03-25", "2027-03-30", "2027-03-27", "2027-03-27", "2027-03-24", "Easter"),
    ("2027-03-05", "2027-04-05", "2027-04-05", "2027-04-04", "2027-04-04", "2027-04-02", "EDPB 01/2022: 5 March"),
    ("2027-04-01", "2027-05-01", "2027-05-03", "2027-05-01", "2027-05-01", "2027-04-30", "1 May"),
    ("2027-04-06", "2027-05-06", "2027-05-07", "2027-05-06", "2027-05-06", "2027-05-05", "Ascension Day"),
    ("2027-04-16", "2027-05-16", "2027-05-18", "2027-05-16", "2027-05-16", "2027-05-14", "Whit Sunday, then 17 May"),
    ("2027-04-17", "2027-05-17", "2027-05-18", "2027-05-17", "2027-05-17", "2027-05-14", "17 May"),
    ("2027-08-31", "2027-09-30", "2027-09-30", "2027-09-30", "2027-09-30", "2027-09-30", "EDPB 01/2022: 31 August"),
    ("2028-01-31", "2028-02-29", "2028-02-29", "2028-03-01", "2028-02-29", "2028-02-29", "leap year"),
]


@pytest.mark.parametrize(("received", "nominal", "statutory", "promised", "client", "staff", "point"), TABLE)
def test_dates_of_the_table(
    received: str, nominal: str, statutory: str, promised: str, client: str, staff: str, point: str
) -> None:
    deadline = response_deadline(day(received))
    assert deadline.received_on == day(received)
    assert deadline.nominal_on == day(nominal), point
    assert deadline.statutory_on == day(statutory), point
    assert deadline.promised_on == day(promised), point
    assert deadline.client_on == day(client), point
    assert deadline.staff_on == day(staff), point


@pytest.mark.parametrize("worked", WORKED["vectors"], ids=lambda worked: worked["received"])
def test_worked_examples(worked: dict[str, str]) -> None:
    assert response_deadline(day(worked["received"])) == Deadline(
        received_on=day(worked["received"]),
        nominal_on=day(worked["nominal"]),
        statutory_on=day(worked["statutory"]),
        promised_on=day(worked["plus30"]),
        client_on=day(worked["client"]),
        staff_on=day(worked["staff_last"]),
        extended_on=day(worked["ext"]),
    )


@pytest.mark.parametrize(
    ("received", "nominal", "statutory", "source"),
    [
        (
            "2026-01-31",
            "2026-02-28",
            "2026-03-02",
            "Regulation 1182/71 art. 3(2)(c) and (4): 28 February is a Saturday",
        ),
        ("2026-03-05", "2026-04-05", "2026-04-07", "5 April is Easter Sunday, 6 April Easter Monday"),
        ("2025-11-25", "2025-12-25", "2025-12-29", "25 and 26 December, then a weekend"),
        ("2028-01-31", "2028-02-29", "2028-02-29", "the last day of a leap February"),
        ("2000-01-31", "2000-02-29", "2000-02-29", "2000 is a leap year"),
        ("2100-01-31", "2100-02-28", "2100-03-01", "2100 is not, and 28 February is a Sunday"),
        ("2026-12-15", "2027-01-15", "2027-01-15", "over the year"),
    ],
)
def test_month_is_counted_as_the_regulation_says(received: str, nominal: str, statutory: str, source: str) -> None:
    deadline = response_deadline(day(received))
    assert (deadline.nominal_on, deadline.statutory_on) == (day(nominal), day(statutory)), source


def test_thirty_days_would_have_been_late_on_44_days_of_receipt() -> None:
    """Counted by hand for the law notes: November 2026 to December 2028."""
    receipts = (day("2026-11-01") + days * ONE_DAY for days in range((day("2029-01-01") - day("2026-11-01")).days))
    counted = [response_deadline(received) for received in receipts]
    assert sum(deadline.promised_on > deadline.statutory_on for deadline in counted) == 44


def test_each_receipt_day_agrees_with_a_day_by_day_walk() -> None:
    days_off = frozenset(holidays.country_holidays("NO", years=range(2024, 2042)))
    received = day("2024-01-01")
    while received <= day("2040-12-31"):
        assert response_deadline(received) == walked(received, days_off), received
        received += ONE_DAY


def walked(received_on: date, days_off: frozenset[date]) -> Deadline:
    """The same dates without arithmetic: one step a day, with another calendar of holidays."""

    def works(on: date) -> bool:
        return on.isoweekday() <= 5 and on not in days_off

    def step_until_works(on: date, step: timedelta) -> date:
        while not works(on):
            on += step
        return on

    def months_on(months: int) -> date:
        on, turns = received_on, 0
        while turns < months:
            on += ONE_DAY
            turns += on.day == 1
        while on.day != received_on.day and (on + ONE_DAY).day != 1:
            on += ONE_DAY
        return on

    statutory_on = step_until_works(months_on(1), ONE_DAY)
    promised_on = received_on
    for _ in range(30):
        promised_on += ONE_DAY
    client_on = promised_on if promised_on < statutory_on else statutory_on
    return Deadline(
        received_on=received_on,
        nominal_on=months_on(1),
        statutory_on=statutory_on,
        promised_on=promised_on,
        client_on=client_on,
        staff_on=step_until_works(client_on, -ONE_DAY),
        extended_on=step_until_works(months_on(3), ONE_DAY),
    )


@SEEDED
@given(received_on=RECEIPTS)
def test_dates_stand_in_their_order(received_on: date) -> None:
    deadline = response_deadline(received_on)
    assert received_on < deadline.staff_on <= deadline.client_on <= deadline.statutory_on < deadline.extended_on
    assert NORWAY.is_working_day(deadline.staff_on)
    assert NORWAY.is_working_day(deadline.statutory_on)
    assert NORWAY.is_working_day(deadline.extended_on)
    assert deadline.client_on in (deadline.promised_on, deadline.statutory_on)
    assert deadline.promised_on - received_on == timedelta(days=30)
    assert 28 <= (deadline.nominal_on - received_on).days <= 31
    assert not deadline.is_extended
    passed_over = (
        deadline.staff_on + days * ONE_DAY for days in range(1, (deadline.client_on - deadline.staff_on).days + 1)
    )
    assert not any(map(NORWAY.is_working_day, passed_over))


@SEEDED
@given(received_on=RECEIPTS, later=st.integers(0, 400))
def test_a_later_receipt_never_has_an_earlier_date(received_on: date, later: int) -> None:
    other = min(received_on.toordinal() + later, date(9999, 9, 27).toordinal())
    earlier, later_one = response_deadline(received_on), response_deadline(date.fromordinal(other))
    for name in Deadline.__dataclass_fields__:
        assert getattr(earlier, name) <= getattr(later_one, name), name


def test_another_calendar_moves_the_statutory_date() -> None:
    no_holidays = WorkingCalendar(lambda year: ())
    deadline = response_deadline(day("2027-02-25"), calendar=no_holidays)
    assert deadline.statutory_on == day("2027-03-25")
    assert deadline.staff_on == day("2027-03-25")


def test_a_deadline_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        response_deadline(day("2027-01-31")).statutory_on = day("2027-12-31")


# R-DL-1: the date of receipt


@pytest.mark.parametrize(
    ("moment", "expected", "point"),
    [
        ("2026-12-31T23:30:00+00:00", "2027-01-01", "R-DL-1: half past midnight in Oslo"),
        ("2026-12-31T22:59:59+00:00", "2026-12-31", "the last second of the year in Oslo"),
        ("2026-12-31T23:00:00+00:00", "2027-01-01", "midnight in Oslo belongs to the new day"),
        ("2026-06-30T21:59:59+00:00", "2026-06-30", "summer time: the last second"),
        ("2026-06-30T22:00:00+00:00", "2026-07-01", "summer time: midnight"),
        ("2027-03-28T00:30:00+00:00", "2027-03-28", "half an hour before the clocks go forward"),
        ("2027-10-31T00:30:00+00:00", "2027-10-31", "the hour that comes twice"),
        ("2027-01-31T18:00:00-08:00", "2027-02-01", "sent from another continent"),
        ("2027-01-31T12:00:00+14:00", "2027-01-30", "sent from where the day is already over"),
    ],
)
def test_receipt_is_dated_in_norway(moment: str, expected: str, point: str) -> None:
    assert local_date(datetime.fromisoformat(moment)) == day(expected), point


def test_a_moment_without_zone_is_refused_by_name() -> None:
    with pytest.raises(MomentWithoutZone, match="2026-12-31 23:30:00 mangler tidssone"):
        local_date(datetime.fromisoformat("2026-12-31T23:30"))
    with pytest.raises(MomentWithoutZone):
        breach_deadline(datetime.fromisoformat("2026-12-31T23:30"))


def test_a_moment_is_not_taken_for_a_date() -> None:
    with pytest.raises(TypeError, match="local_date"):
        response_deadline(datetime(2026, 12, 31, 23, 30, tzinfo=UTC))


# R-DL-7: extension


@pytest.mark.parametrize(
    ("decided", "point"),
    [
        ("2027-01-31", "on the day of receipt"),
        ("2027-02-28", "on the nominal day"),
        ("2027-03-01", "on the statutory day, which is inclusive"),
    ],
)
def test_extension_counts_three_months_from_receipt(decided: str, point: str) -> None:
    deadline = response_deadline(day("2027-01-31"))
    extended = extended_deadline(deadline, decided_on=day(decided), already_extended=False)
    assert extended == Deadline(
        received_on=day("2027-01-31"),
        nominal_on=day("2027-04-30"),
        statutory_on=day("2027-04-30"),
        promised_on=day("2027-03-02"),
        client_on=day("2027-04-30"),
        staff_on=day("2027-04-30"),
        extended_on=day("2027-04-30"),
    ), point
    assert extended.is_extended
    assert not extended.keeps_promise(extended.client_on)


def test_extension_is_not_two_months_from_the_moved_date() -> None:
    """R-DL-7. From 1 March two months end on 1 May, moved to 3 May; from receipt three months end on 30 April."""
    extended = extended_deadline(
        response_deadline(day("2027-01-31")), decided_on=day("2027-02-15"), already_extended=False
    )
    assert extended.statutory_on == day("2027-04-30")


@pytest.mark.parametrize("worked", WORKED["vectors"], ids=lambda worked: worked["received"])
def test_worked_extensions(worked: dict[str, str]) -> None:
    deadline = response_deadline(day(worked["received"]))
    extended = extended_deadline(deadline, decided_on=deadline.statutory_on, already_extended=False)
    assert (extended.statutory_on, extended.client_on, extended.staff_on) == (day(worked["ext"]),) * 3
    assert extended.nominal_on <= extended.statutory_on


def test_extension_after_the_statutory_date_is_too_late() -> None:
    deadline = response_deadline(day("2027-01-31"))
    with pytest.raises(ExtensionTooLate, match=r"Siste dag for å gi beskjed var mandag 1\. mars 2027"):
        check_can_extend(deadline, decided_on=day("2027-03-02"), already_extended=False)
    with pytest.raises(ExtensionTooLate):
        extended_deadline(deadline, decided_on=day("2027-03-02"), already_extended=False)


def test_extension_from_before_receipt_is_refused() -> None:
    with pytest.raises(ExtensionTooEarly, match=r"søndag 31\. januar 2027"):
        check_can_extend(response_deadline(day("2027-01-31")), decided_on=day("2027-01-30"), already_extended=False)


def test_a_deadline_is_extended_once() -> None:
    deadline = response_deadline(day("2027-01-31"))
    extended = extended_deadline(deadline, decided_on=day("2027-02-01"), already_extended=False)
    with pytest.raises(AlreadyExtended, match="alt forlenget"):
        check_can_extend(extended, decided_on=day("2027-02-02"), already_extended=False)
    with pytest.raises(AlreadyExtended):
        check_can_extend(deadline, decided_on=day("2027-02-02"), already_extended=True)
    assert issubclass(AlreadyExtended, ExtensionRefused)


def test_an_extension_does_not_move_the_last_day_to_refuse() -> None:
    """GDPR art. 12(4): one month, whatever was said about the answer."""
    deadline = response_deadline(day("2027-01-31"))
    extended = extended_deadline(deadline, decided_on=day("2027-02-01"), already_extended=False)
    assert refusal_due_on(deadline) == refusal_due_on(extended) == day("2027-03-01")


@SEEDED
@given(received_on=RECEIPTS, days=st.integers(0, 40))
def test_extension_is_open_until_the_statutory_date_and_no_longer(received_on: date, days: int) -> None:
    deadline = response_deadline(received_on)
    decided_on = received_on + days * ONE_DAY
    if decided_on <= deadline.statutory_on:
        extended = extended_deadline(deadline, decided_on=decided_on, already_extended=False)
        assert extended.statutory_on == extended.staff_on == deadline.extended_on > deadline.statutory_on
        assert extended.promised_on == deadline.promised_on
    else:
        with pytest.raises(ExtensionTooLate):
            check_can_extend(deadline, decided_on=decided_on, already_extended=False)


# R-DL-5: warnings, and reminders by calendar days


@pytest.mark.parametrize(
    ("received", "staff", "first", "last"),
    [
        ("2026-11-22", "2026-12-22", "2026-12-08", "2026-12-17"),  # no holiday between
        ("2027-02-25", "2027-03-24", "2027-03-10", "2027-03-19"),
        ("2027-03-05", "2027-04-02", "2027-03-16", "2027-03-30"),  # Easter takes three of the weekdays
        ("2026-12-01", "2026-12-31", "2026-12-16", "2026-12-28"),  # 25 December
    ],
)
def test_warnings_come_10_and_3_working_days_before(received: str, staff: str, first: str, last: str) -> None:
    deadline = response_deadline(day(received))
    assert deadline.staff_on == day(staff)
    assert warning_days(deadline) == (day(first), day(last))


@pytest.mark.parametrize(
    ("today", "left", "reminder"),
    [
        ("2026-11-22", 30, None),
        ("2026-12-07", 15, None),
        ("2026-12-08", 14, 14),
        ("2026-12-09", 13, 14),  # missed on the 8th: still the same reminder
        ("2026-12-14", 8, 14),
        ("2026-12-15", 7, 7),
        ("2026-12-18", 4, 7),
        ("2026-12-19", 3, 3),
        ("2026-12-20", 2, 3),
        ("2026-12-21", 1, 1),
        ("2026-12-22", 0, 0),
        ("2026-12-23", -1, -1),
        ("2027-01-01", -10, -10),
    ],
)
def test_days_left_and_the_reminder_due(today: str, left: int, reminder: int | None) -> None:
    deadline = response_deadline(day("2026-11-22"))
    assert deadline.days_left(day(today)) == left
    assert due_reminder(deadline, on=day(today)) == reminder


def test_days_left_counts_to_the_date_of_staff_not_of_the_client() -> None:
    deadline = response_deadline(day("2027-02-25"))
    assert deadline.client_on == day("2027-03-27")
    assert deadline.days_left(day("2027-03-23")) == 1


@pytest.mark.parametrize(
    ("answered", "law", "promise"),
    [
        ("2026-12-25", True, True),
        ("2026-12-26", True, False),
        ("2026-12-28", True, False),
        ("2026-12-29", False, False),
    ],
)
def test_law_and_promise_are_kept_or_not(answered: str, law: bool, promise: bool) -> None:
    deadline = response_deadline(day("2026-11-25"))
    assert deadline.keeps_law(day(answered)) is law
    assert deadline.keeps_promise(day(answered)) is promise


# R-DL-8: what a question may be worth


@pytest.mark.parametrize(
    ("asked", "answered", "expected", "point"),
    [
        ("2027-02-02", "2027-02-02", "2027-03-01", "answered at once"),
        ("2027-02-02", "2027-02-12", "2027-03-11", "ten days"),
        ("2027-01-31", "2027-02-05", "2027-03-06", "a Saturday: not moved"),
        ("2027-03-01", "2027-03-04", "2027-03-04", "asked on the last day"),
    ],
)
def test_days_waited_are_added_to_the_statutory_date(asked: str, answered: str, expected: str, point: str) -> None:
    deadline = response_deadline(day("2027-01-31"))
    assert defensible_on(deadline, asked_on=day(asked), answered_on=day(answered)) == day(expected), point
    assert deadline.statutory_on == day("2027-03-01")


@pytest.mark.parametrize(
    ("asked", "answered", "sentence"),
    [
        ("2027-01-30", "2027-02-05", r"Vi spurte lørdag 30\. januar 2027"),
        ("2027-03-02", "2027-03-05", r"til mandag 1\. mars 2027"),
        ("2027-02-05", "2027-02-04", r"kom torsdag 4\. februar 2027"),
    ],
)
def test_a_wait_that_cannot_be_is_refused(asked: str, answered: str, sentence: str) -> None:
    with pytest.raises(WaitNotDefensible, match=sentence):
        defensible_on(response_deadline(day("2027-01-31")), asked_on=day(asked), answered_on=day(answered))


# R-DL-10 and R-DL-11: a case of several rights


def test_a_case_is_worked_by_its_earliest_open_right() -> None:
    first = response_deadline(day("2027-01-31"))
    added_later = response_deadline(day("2027-02-10"))
    assert case_deadline([added_later, first]) == first
    assert case_deadline([added_later]) == added_later
    assert case_deadline([]) is None


def test_an_extended_right_gives_way_to_one_added_later() -> None:
    first = response_deadline(day("2027-01-31"))
    extended = extended_deadline(first, decided_on=day("2027-02-15"), already_extended=False)
    added_later = response_deadline(day("2027-02-10"))
    assert case_deadline([extended, added_later]) == added_later


def test_of_rights_with_the_same_staff_date_the_earlier_received_comes_first() -> None:
    friday, saturday = response_deadline(day("2027-04-16")), response_deadline(day("2027-04-17"))
    assert friday.staff_on == saturday.staff_on == day("2027-05-14")
    assert case_deadline([saturday, friday]) == friday


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (["2027-02-10"], "2027-02-10"),
        (["2027-02-10", "2027-02-20", "2027-02-15"], "2027-02-20"),
        (["2027-02-10", None], None),
        ([None, "2027-02-10"], None),
        ([], None),
    ],
)
def test_a_case_ends_with_the_last_right_answered(answers: list[str | None], expected: str | None) -> None:
    answered = case_answered_on(day(iso) if iso else None for iso in answers)
    assert answered == (day(expected) if expected else None)


# R-DL-12: a breach


@pytest.mark.parametrize(
    ("aware", "expected", "point"),
    [
        ("2027-01-12T09:15", "2027-01-15T09:15+01:00", "Tuesday to Friday"),
        ("2027-01-15T16:00", "2027-01-18T16:00+01:00", "over a weekend: nothing is moved"),
        ("2027-03-25T10:00", "2027-03-28T11:00+02:00", "ends on Easter Sunday, and the clocks go forward that night"),
        ("2027-03-27T12:00", "2027-03-30T13:00+02:00", "the clocks go forward: 13 o'clock is 72 hours"),
        ("2027-10-30T12:00", "2027-11-02T11:00+01:00", "the clocks go back: 11 o'clock is 72 hours"),
        ("2026-12-23T08:00", "2026-12-26T08:00+01:00", "ends on a holiday: nothing is moved"),
        ("2028-02-27T23:30", "2028-03-01T23:30+01:00", "29 February"),
    ],
)
def test_a_breach_is_notified_in_72_hours(aware: str, expected: str, point: str) -> None:
    due = breach_deadline(datetime.fromisoformat(aware).replace(tzinfo=OSLO))
    assert due.isoformat(timespec="minutes") == expected, point


@pytest.mark.parametrize(
    ("fold", "expected"), [(0, "2027-11-03T01:30+01:00"), (1, "2027-11-03T02:30+01:00")], ids=["summer", "winter"]
)
def test_the_hour_that_comes_twice_is_two_hours(fold: int, expected: str) -> None:
    aware = datetime(2027, 10, 31, 2, 30, tzinfo=OSLO, fold=fold)
    assert breach_deadline(aware).isoformat(timespec="minutes") == expected


@SEEDED
@given(
    st.datetimes(datetime.fromisoformat("1990-01-01"), datetime.fromisoformat("2060-01-01")),
    st.integers(-14, 14),
    st.integers(0, 1),
)
def test_72_hours_pass_wherever_the_breach_was_found(moment: datetime, offset: int, fold: int) -> None:
    for zone in (timezone(timedelta(hours=offset)), OSLO):
        aware = moment.replace(tzinfo=zone, fold=fold)
        due = breach_deadline(aware)
        assert due.timestamp() - aware.timestamp() == pytest.approx(72 * 3600, abs=0.001)
        assert due.tzinfo == OSLO


# Ends of the calendar


@pytest.mark.parametrize("received", ["9999-10-01", "9999-12-01", "9999-12-31"])
def test_a_receipt_whose_dates_pass_year_9999_is_refused_with_a_sentence(received: str) -> None:
    with pytest.raises(DateBeyondCalendar, match=r"9999, kan ikke regnes ut\. Kalenderen slutter med år 9999"):
        response_deadline(day(received))


def test_first_and_last_receipt_that_can_be_counted() -> None:
    assert response_deadline(date(1, 1, 1)).nominal_on == date(1, 2, 1)
    assert response_deadline(date(9999, 9, 30)).extended_on == date(9999, 12, 30)


def test_moments_at_the_ends_of_the_calendar_are_refused_with_a_sentence() -> None:
    with pytest.raises(DateBeyondCalendar, match="år 9999"):
        local_date(datetime.max.replace(tzinfo=UTC))
    with pytest.raises(DateBeyondCalendar, match="år 1"):
        local_date(datetime.min.replace(tzinfo=timezone(timedelta(hours=14))))
    with pytest.raises(DateBeyondCalendar, match="år 9999"):
        breach_deadline(datetime(9999, 12, 30, tzinfo=UTC))
    last = response_deadline(date(9999, 9, 30))
    with pytest.raises(DateBeyondCalendar, match="år 9999"):
        defensible_on(last, asked_on=last.received_on, answered_on=date.max)


def test_the_periods_are_those_of_the_regulation() -> None:
    """GDPR art. 12(3): one month, and two more. Art. 33(1): 72 hours. The notice: 30 days."""
    for on in (date(2018, 7, 20), date(2026, 11, 22), date(1990, 1, 1)):
        periods = periods_on(on)
        assert (periods.answer_months, periods.extended_months, periods.breach_hours) == (1, 3, 72)
    assert PROMISED_DAYS == 30


def test_a_case_keeps_the_periods_of_the_day_it_came_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """R-30-5: an amendment is a new row, and counts from its own day."""
    amended = StatutoryPeriods(valid_from=day("2027-06-01"), answer_months=2, extended_months=4, breach_hours=96)
    monkeypatch.setattr(deadlines, "PERIODS", (amended, *deadlines.PERIODS))
    before, after = response_deadline(day("2027-05-31")), response_deadline(day("2027-06-01"))
    assert (before.nominal_on, before.extended_on) == (day("2027-06-30"), day("2027-08-31"))
    assert (after.nominal_on, after.extended_on) == (day("2027-08-01"), day("2027-10-01"))
    assert "Loven gir oss 2 måneder på å svare." in sentences(explain(after))
    assert breach_deadline(datetime.fromisoformat("2027-05-31T21:59:59+00:00")).day == 3
    assert breach_deadline(datetime.fromisoformat("2027-05-31T22:00:00+00:00")).day == 5


# The explanation


def sentences(steps: tuple[Step, ...]) -> list[str]:
    return [step.sentence for step in steps]


def test_explanation_of_the_end_of_january() -> None:
    assert [str(step) for step in explain(response_deadline(day("2027-01-31")))] == [
        "Kravet kom søndag 31. januar 2027. Den dagen telles ikke med. "
        "(FOR-1992-12-04-910 (forordning 1182/71) art. 3)",
        "Loven gir oss én måned på å svare. (Personvernforordningen art. 12 nr. 3)",
        "Samme dag finnes ikke i den måneden. Tiden går derfor ut på månedens siste dag, søndag 28. februar 2027. "
        "(FOR-1992-12-04-910 (forordning 1182/71) art. 3)",
        "28. februar 2027 er en søndag. (FOR-1992-12-04-910 (forordning 1182/71) art. 3)",
        "Fristen flyttes til neste virkedag, mandag 1. mars 2027. (FOR-1992-12-04-910 (forordning 1182/71) art. 3)",
        "Vi har lovet svar innen 30 dager. De går ut tirsdag 2. mars 2027. Løftet flyttes ikke for helg eller fridag. "
        "(Løftet i personvernerklæringen)",
        "Den som sendte kravet, får vite den første av de to datoene: mandag 1. mars 2027. (Egen rutine)",
        "Det er en virkedag. Vi skal svare senest da. (Egen rutine)",
        "Trenger vi mer tid, må vi si fra senest mandag 1. mars 2027. Da gir loven 3 måneder fra kravet kom, "
        "men løftet om 30 dager blir brutt. (Personvernforordningen art. 12 nr. 3)",
        "Samme dag finnes ikke i den måneden. Tiden går derfor ut på månedens siste dag, fredag 30. april 2027. "
        "(FOR-1992-12-04-910 (forordning 1182/71) art. 3)",
        "Sier vi nei, må avslaget likevel sendes senest mandag 1. mars 2027. (Personvernforordningen art. 12 nr. 4)",
    ]


def test_explanation_names_every_day_off_and_its_statute() -> None:
    steps = explain(response_deadline(day("2027-02-25")))
    assert [str(step) for step in steps[3:8]] == [
        "25. mars 2027 er en fridag: skjærtorsdag. (Helligdagsfredloven § 2)",
        "26. mars 2027 er en fridag: langfredag. (Helligdagsfredloven § 2)",
        "27. mars 2027 er en lørdag. (FOR-1992-12-04-910 (forordning 1182/71) art. 3)",
        "28. mars 2027 er en fridag: 1. påskedag. (Helligdagsfredloven § 2)",
        "29. mars 2027 er en fridag: 2. påskedag. (Helligdagsfredloven § 2)",
    ]
    assert "Det er ikke en virkedag. Vi skal svare senest virkedagen før: onsdag 24. mars 2027." in sentences(steps)


@pytest.mark.parametrize(
    ("received", "sentence"),
    [
        ("2027-04-17", "17. mai 2027 er en fridag: 17. mai og 2. pinsedag."),
        (
            "2026-11-22",
            "Lovens frist og løftet faller på samme dag. Den som sendte kravet, får vite tirsdag 22. desember 2026.",
        ),
        ("2027-03-05", "Tiden går ut mandag 5. april 2027, på samme dag i måneden som kravet kom."),
        ("2027-02-01", "Fristen flyttes til neste virkedag, mandag 3. mai 2027."),
    ],
)
def test_explanation_says(received: str, sentence: str) -> None:
    assert sentence in sentences(explain(response_deadline(day(received))))


def test_explanation_of_an_extended_deadline_says_what_was_broken_and_what_was_not_moved() -> None:
    extended = extended_deadline(
        response_deadline(day("2027-02-01")), decided_on=day("2027-02-15"), already_extended=False
    )
    told = sentences(explain(extended))
    assert "Fristen er forlenget. Da gir loven 3 måneder fra kravet kom. Løftet om 30 dager er brutt." in told
    assert "Fristen flyttes til neste virkedag, mandag 3. mai 2027." in told
    assert told[-1] == "Sier vi nei, må avslaget likevel sendes senest mandag 1. mars 2027."
    assert not any(sentence.startswith("Trenger vi mer tid") for sentence in told)


@SEEDED
@given(received_on=RECEIPTS)
def test_explanation_says_every_date_and_passes_over_every_day_off(received_on: date) -> None:
    deadline = response_deadline(received_on)
    extended = extended_deadline(deadline, decided_on=received_on, already_extended=False)
    steps = explain(deadline)
    told = " ".join(sentences(steps))
    for on in (*vars(deadline).values(), extended.nominal_on):
        assert f"{on.day}. {MONTHS[on.month - 1]} {on.year}" in told
    assert "{" not in told
    moved = (deadline.statutory_on - deadline.nominal_on) + (extended.statutory_on - extended.nominal_on)
    assert len(re.findall(r"\d er en (?:lørdag|søndag|fridag)", told)) == moved.days
