"""When a rights request must be answered, and when a breach must be notified.

The rules are R-DL-1 to R-DL-12 of `docs/deadlines.md`. Every date is a calendar date in Norway and inclusive: what
is sent on the day is in time. Nothing here reads the clock, and nothing pauses a deadline.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from processing.law.sources import TIME_LIMITS_REGULATION, LegalSource, gdpr
from processing.law.terms import N_
from rights.law.calendar import NORWAY, ONE_DAY, WEEKDAYS, DateBeyondCalendar, WorkingCalendar, spelled, spelled_day

OSLO = ZoneInfo("Europe/Oslo")

ANSWER_RULE = gdpr("art. 12 nr. 3")
REFUSAL_RULE = gdpr("art. 12 nr. 4")
PUBLISHED_PROMISE = LegalSource("Løftet i personvernerklæringen", "")
OWN_ROUTINE = LegalSource("Egen rutine", "")

# What the company promises in its privacy notice. Decision of the company, not law: counted in days, never rolled.
PROMISED_DAYS = 30

# Working days before `staff_on` on which a case is shown as near its end (R-DL-5).
WARNING_WORKING_DAYS = (10, 3)

# Calendar days before `staff_on` on which the person in charge gets a mail; after that day, one every day.
REMINDER_DAYS = (14, 7, 3, 1, 0)


@dataclass(frozen=True)
class StatutoryPeriods:
    """How long the law gives, for requests received and breaches found on or after `valid_from`."""

    valid_from: date
    answer_months: int
    extended_months: int
    breach_hours: int


# The newest first. An amendment of the Regulation becomes a new first row once it is in force in Norway, and a case
# keeps the periods of the day it came in (R-30-5). The oldest row also serves earlier dates.
PERIODS = (StatutoryPeriods(valid_from=date(2018, 7, 20), answer_months=1, extended_months=3, breach_hours=72),)


class MomentWithoutZone(ValueError):
    """A moment came without its time zone, so it names no date."""


class ExtensionRefused(Exception):
    """The deadline may not be extended; the message says why."""


class ExtensionTooLate(ExtensionRefused):
    """The first period was over before the person was told."""


class ExtensionTooEarly(ExtensionRefused):
    """The decision is dated before the request came in."""


class AlreadyExtended(ExtensionRefused):
    """A deadline is extended once."""


class WaitNotDefensible(ValueError):
    """The dates of a question and its answer give no days that could be added to the deadline."""


@dataclass(frozen=True)
class Deadline:
    """The dates of one right in a request. Made by `response_deadline` and `extended_deadline`.

    received_on   the day the request came, in any channel; not counted
    nominal_on    the same day of the month in which the period ends, or the last day of that month
    statutory_on  the law's last day: `nominal_on`, moved to a working day
    promised_on   receipt and 30 days, never moved
    client_on     the one date the person is shown
    staff_on      the last working day on or before `client_on`: the date staff work towards
    extended_on   the law's last day if the deadline is, or were, extended
    """

    received_on: date
    nominal_on: date
    statutory_on: date
    promised_on: date
    client_on: date
    staff_on: date
    extended_on: date

    @property
    def is_extended(self) -> bool:
        return self.statutory_on == self.extended_on

    def days_left(self, on: date) -> int:
        """Return the calendar days from `on` to `staff_on`: 0 on the day itself, negative when it has passed."""
        return (self.staff_on - on).days

    def keeps_law(self, answered_on: date) -> bool:
        return answered_on <= self.statutory_on

    def keeps_promise(self, answered_on: date) -> bool:
        return answered_on <= self.promised_on


@dataclass(frozen=True)
class Step:
    """One sentence of an explanation, in bokmål, and what it rests on."""

    sentence: str
    source: LegalSource

    def __str__(self) -> str:
        return f"{self.sentence} ({self.source})"


def periods_on(on: date) -> StatutoryPeriods:
    """Return the periods in force on `on`."""
    return next((periods for periods in PERIODS if periods.valid_from <= on), PERIODS[-1])


def local_date(moment: datetime) -> date:
    """Return the date in Norway at `moment`: 2026-12-31 23:30 UTC is 1 January 2027 (R-DL-1).

    Raises MomentWithoutZone for a naive datetime, and DateBeyondCalendar.
    """
    return _in_oslo(moment).date()


def response_deadline(received_on: date, *, calendar: WorkingCalendar = NORWAY) -> Deadline:
    """Return the dates of a request that came on `received_on`.

    Source: GDPR art. 12(3), first sentence; counted by Regulation 1182/71 art. 3, which FOR-1992-12-04-910 makes
    Norwegian law (R-DL-2 to R-DL-5).

    Raises TypeError for a datetime: a moment is not a date until `local_date` has said which. Raises
    DateBeyondCalendar where a date would fall after year 9999.
    """
    if isinstance(received_on, datetime):
        raise TypeError("received_on is a calendar date; get it with local_date(moment)")
    periods = periods_on(received_on)
    try:
        nominal_on = months_after(received_on, periods.answer_months)
        promised_on = received_on + PROMISED_DAYS * ONE_DAY
        extended_on = calendar.working_day_on_or_after(months_after(received_on, periods.extended_months))
    except OverflowError as error:
        raise DateBeyondCalendar(
            N_("Fristen for et krav som kom {received}, kan ikke regnes ut. Kalenderen slutter med år 9999.").format(
                received=spelled_day(received_on)
            )
        ) from error
    statutory_on = calendar.working_day_on_or_after(nominal_on)
    client_on = min(promised_on, statutory_on)
    return Deadline(
        received_on=received_on,
        nominal_on=nominal_on,
        statutory_on=statutory_on,
        promised_on=promised_on,
        client_on=client_on,
        staff_on=calendar.working_day_on_or_before(client_on),
        extended_on=extended_on,
    )


def check_can_extend(deadline: Deadline, *, decided_on: date, already_extended: bool) -> None:
    """Raise an ExtensionRefused unless the person can still be told of an extension on `decided_on` (R-DL-7).

    Source: GDPR art. 12(3), third sentence: the person is told, with reasons, within the first period. Its last day,
    `statutory_on`, is inclusive. That there is a reason and that the letter is sent is for the caller to see to.
    """
    if already_extended or deadline.is_extended:
        raise AlreadyExtended(N_("Fristen er alt forlenget. Loven lar oss bare gjøre det én gang."))
    if decided_on < deadline.received_on:
        raise ExtensionTooEarly(
            N_("Kravet kom {received}. Fristen kan ikke forlenges før det.").format(
                received=spelled(deadline.received_on)
            )
        )
    if decided_on > deadline.statutory_on:
        raise ExtensionTooLate(
            N_("Fristen kan ikke lenger forlenges. Siste dag for å gi beskjed var {statutory}.").format(
                statutory=spelled(deadline.statutory_on)
            )
        )


def extended_deadline(
    deadline: Deadline, *, decided_on: date, already_extended: bool, calendar: WorkingCalendar = NORWAY
) -> Deadline:
    """Return the deadline with the law's two further months: receipt and three months, moved to a working day.

    The months are counted from receipt, since two months from a date that was already moved can give another day.
    `promised_on` stays what it was: an extension breaks the promise, and the letter must say so. The person is now
    shown the law's date.

    Source: GDPR art. 12(3), second sentence. Raises as `check_can_extend`.
    """
    check_can_extend(deadline, decided_on=decided_on, already_extended=already_extended)
    return replace(
        deadline,
        nominal_on=months_after(deadline.received_on, periods_on(deadline.received_on).extended_months),
        statutory_on=deadline.extended_on,
        client_on=deadline.extended_on,
        staff_on=calendar.working_day_on_or_before(deadline.extended_on),
    )


def refusal_due_on(deadline: Deadline, *, calendar: WorkingCalendar = NORWAY) -> date:
    """Return the last day to refuse. An extension moves the answer, not a refusal: GDPR art. 12(4) has one month."""
    return response_deadline(deadline.received_on, calendar=calendar).statutory_on


def warning_days(deadline: Deadline, *, calendar: WorkingCalendar = NORWAY) -> tuple[date, ...]:
    """Return the days from which a case is near its end: 10 and 3 working days before `staff_on` (R-DL-5)."""
    return tuple(calendar.working_days_before(deadline.staff_on, days) for days in WARNING_WORKING_DAYS)


def due_reminder(deadline: Deadline, *, on: date) -> int | None:
    """Return which reminder is the latest whose day has come on `on`, as days before `staff_on`, or None.

    14, 7, 3, 1 or 0 until `staff_on`, then -1, -2, … with a new one every day. A run that missed a day gets the
    reminder it missed, so that the number can be the key under which each is sent once.
    """
    left = deadline.days_left(on)
    return left if left < 0 else min((days for days in REMINDER_DAYS if days >= left), default=None)


def defensible_on(deadline: Deadline, *, asked_on: date, answered_on: date) -> date:
    """Return how late an answer could be defended when the person was asked for identity or clarification (R-DL-8).

    The statutory date and the days we waited, not moved to a working day. To be shown beside `statutory_on`, never
    in its place: EDPB Guidelines 01/2022 say the period *may* be suspended, art. 12(3) itself does not. While the
    question is open, `answered_on` is today.

    Raises WaitNotDefensible for a question from before the request or after the deadline, and for an answer from
    before the question.
    """
    if not deadline.received_on <= asked_on <= deadline.statutory_on:
        raise WaitNotDefensible(
            N_("Vi spurte {asked}. Det teller bare når vi spør fra {received} til {statutory}.").format(
                asked=spelled(asked_on),
                received=spelled(deadline.received_on),
                statutory=spelled(deadline.statutory_on),
            )
        )
    if answered_on < asked_on:
        raise WaitNotDefensible(
            N_("Svaret kom {answered}, men vi spurte først {asked}.").format(
                answered=spelled(answered_on), asked=spelled(asked_on)
            )
        )
    try:
        return deadline.statutory_on + (answered_on - asked_on)
    except OverflowError as error:
        raise DateBeyondCalendar(N_("Datoen kan ikke regnes ut. Kalenderen slutter med år 9999.")) from error


def case_deadline(open_deadlines: Iterable[Deadline]) -> Deadline | None:
    """Return the deadline a case is worked by: of its rights not yet answered, the one staff must meet first.

    Each right has its own receipt date, also one added later (R-DL-11). None when every right is answered.
    """
    return min(
        open_deadlines,
        key=lambda deadline: (deadline.staff_on, deadline.client_on, deadline.statutory_on, deadline.received_on),
        default=None,
    )


def case_answered_on(answers: Iterable[date | None]) -> date | None:
    """Return the day the last right of a case was answered, or None while one is open (R-DL-10).

    `answers` has the day of each right's answer, None for one not yet answered. A part of an answer stops no clock.
    """
    days: list[date] = []
    for answered_on in answers:
        if answered_on is None:
            return None
        days.append(answered_on)
    return max(days, default=None)


def breach_deadline(aware_at: datetime) -> datetime:
    """Return the moment, in Oslo time, 72 hours after the company became aware of a breach (R-DL-12).

    Source: GDPR art. 33(1). Consecutive hours: nights, weekends and holidays count, nothing is moved, and an hour
    that the clocks repeat or skip is counted as it passes.

    Raises MomentWithoutZone for a naive datetime, and DateBeyondCalendar.
    """
    hours = periods_on(local_date(aware_at)).breach_hours
    try:
        # In Oslo time Python would add hours on the dial and be an hour off over a change of clocks.
        return (aware_at.astimezone(UTC) + timedelta(hours=hours)).astimezone(OSLO)
    except OverflowError as error:
        raise DateBeyondCalendar(N_("Fristen kan ikke regnes ut. Kalenderen slutter med år 9999.")) from error


def explain(deadline: Deadline, *, calendar: WorkingCalendar = NORWAY) -> tuple[Step, ...]:
    """Return how the dates of `deadline` came about, a sentence or two a step, with what each rests on."""
    first = response_deadline(deadline.received_on, calendar=calendar)
    return (*_answer_steps(first, calendar), *_extension_steps(first, calendar, extended=deadline.is_extended))


def _answer_steps(deadline: Deadline, calendar: WorkingCalendar) -> tuple[Step, ...]:
    received = spelled(deadline.received_on)
    promised = spelled(deadline.promised_on)
    client = spelled(deadline.client_on)
    months = periods_on(deadline.received_on).answer_months
    if deadline.promised_on == deadline.statutory_on:
        shown = N_("Lovens frist og løftet faller på samme dag. Den som sendte kravet, får vite {client}.")
    else:
        shown = N_("Den som sendte kravet, får vite den første av de to datoene: {client}.")
    if deadline.staff_on == deadline.client_on:
        worked = N_("Det er en virkedag. Vi skal svare senest da.")
    else:
        worked = N_("Det er ikke en virkedag. Vi skal svare senest virkedagen før: {staff}.")
    return (
        Step(N_("Kravet kom {received}. Den dagen telles ikke med.").format(received=received), TIME_LIMITS_REGULATION),
        Step(N_("Loven gir oss {months} på å svare.").format(months=_in_words(months)), ANSWER_RULE),
        *_end_of_period(deadline.received_on, deadline.nominal_on, deadline.statutory_on, calendar),
        Step(
            N_(
                "Vi har lovet svar innen {days} dager. De går ut {promised}. Løftet flyttes ikke for helg eller fridag."
            ).format(days=PROMISED_DAYS, promised=promised),
            PUBLISHED_PROMISE,
        ),
        Step(shown.format(client=client), OWN_ROUTINE),
        Step(worked.format(staff=spelled(deadline.staff_on)), OWN_ROUTINE),
    )


def _extension_steps(deadline: Deadline, calendar: WorkingCalendar, *, extended: bool) -> tuple[Step, ...]:
    """Return the steps of the extension made, or of the one still open. `deadline` is the one before it."""
    months = periods_on(deadline.received_on).extended_months
    statutory = spelled(deadline.statutory_on)
    if extended:
        opening = N_("Fristen er forlenget. Da gir loven {months} fra kravet kom. Løftet om {days} dager er brutt.")
    else:
        opening = N_(
            "Trenger vi mer tid, må vi si fra senest {statutory}. "
            "Da gir loven {months} fra kravet kom, men løftet om {days} dager blir brutt."
        )
    return (
        Step(opening.format(statutory=statutory, months=_in_words(months), days=PROMISED_DAYS), ANSWER_RULE),
        *_end_of_period(
            deadline.received_on, months_after(deadline.received_on, months), deadline.extended_on, calendar
        ),
        Step(
            N_("Sier vi nei, må avslaget likevel sendes senest {statutory}.").format(statutory=statutory), REFUSAL_RULE
        ),
    )


def _end_of_period(received_on: date, nominal_on: date, due_on: date, calendar: WorkingCalendar) -> tuple[Step, ...]:
    """Return where the months end, a step for each day off from there, and the working day the period ends on."""
    if nominal_on.day == received_on.day:
        end = N_("Tiden går ut {nominal}, på samme dag i måneden som kravet kom.")
    else:
        end = N_("Samme dag finnes ikke i den måneden. Tiden går derfor ut på månedens siste dag, {nominal}.")
    counted = Step(end.format(nominal=spelled(nominal_on)), TIME_LIMITS_REGULATION)
    if nominal_on == due_on:
        return (counted,)
    days_off = (nominal_on + days * ONE_DAY for days in range((due_on - nominal_on).days))
    moved = N_("Fristen flyttes til neste virkedag, {due}.").format(due=spelled(due_on))
    return (counted, *(_day_off(on, calendar) for on in days_off), Step(moved, TIME_LIMITS_REGULATION))


def _day_off(on: date, calendar: WorkingCalendar) -> Step:
    """Return why `on` is no working day. A holiday on a weekend is named as the holiday."""
    holidays = calendar.holidays_on(on)
    if not holidays:
        weekend = N_("{day} er en {weekday}.").format(day=spelled_day(on), weekday=WEEKDAYS[on.weekday()])
        return Step(weekend, TIME_LIMITS_REGULATION)
    names = " og ".join(holiday.name for holiday in holidays)
    return Step(N_("{day} er en fridag: {names}.").format(day=spelled_day(on), names=names), holidays[0].source)


def _in_words(months: int) -> str:
    return N_("én måned") if months == 1 else N_("{months} måneder").format(months=months)


def months_after(on: date, months: int) -> date:
    """Return the same day `months` later, or that month's last day where it has no such day (R-DL-2).

    Raises OverflowError after year 9999.
    """
    years, month = divmod(on.month - 1 + months, 12)
    year, month = on.year + years, month + 1
    if year > date.max.year:
        raise OverflowError("date value out of range")
    return date(year, month, min(on.day, monthrange(year, month)[1]))


def _in_oslo(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise MomentWithoutZone(
            N_("Tidspunktet {moment} mangler tidssone. Da vet vi ikke hvilken dato det er i Norge.").format(
                moment=moment.isoformat(sep=" ")
            )
        )
    try:
        return moment.astimezone(OSLO)
    except OverflowError as error:
        raise DateBeyondCalendar(
            N_("Kalenderen går fra 1. januar år 1 til 31. desember år 9999. Svaret ligger utenfor.")
        ) from error
