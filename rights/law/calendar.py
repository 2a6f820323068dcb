"""Norwegian public holidays and working days.

A working day is Monday to Friday unless the day is a public holiday. Christmas Eve, New Year's Eve and Easter Eve
are working days: the shops close early, but no statute makes them holidays, so a deadline may end on them.

Today's statutes are applied to every year, also to years before they were passed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from processing.law.sources import NATIONAL_DAYS_ACT, PUBLIC_HOLIDAYS_ACT, LegalSource
from processing.law.terms import N_

ONE_DAY = timedelta(days=1)
SATURDAY = 5

WEEKDAYS = (N_("mandag"), N_("tirsdag"), N_("onsdag"), N_("torsdag"), N_("fredag"), N_("lørdag"), N_("søndag"))
MONTHS = (
    N_("januar"),
    N_("februar"),
    N_("mars"),
    N_("april"),
    N_("mai"),
    N_("juni"),
    N_("juli"),
    N_("august"),
    N_("september"),
    N_("oktober"),
    N_("november"),
    N_("desember"),
)
DAY = N_("{day}. {month} {year}")


class DateBeyondCalendar(ValueError):
    """The answer would lie before year 1 or after year 9999, where dates end."""


@dataclass(frozen=True)
class Holiday:
    """A public holiday. `name` is written as inside a sentence: «skjærtorsdag», «Kristi himmelfartsdag»."""

    on: date
    name: str
    source: LegalSource


@dataclass(frozen=True)
class WorkingCalendar:
    """Working days, given the public holidays of a year.

    `holidays_in` takes a year and returns its holidays; a day may occur twice, under two names.
    """

    holidays_in: Callable[[int], tuple[Holiday, ...]]

    def holidays_on(self, on: date) -> tuple[Holiday, ...]:
        return tuple(holiday for holiday in self.holidays_in(on.year) if holiday.on == on)

    def holiday_names(self, on: date) -> tuple[str, ...]:
        """Return every name the day has, none on an ordinary day: 17 May 2027 is «17. mai» and «2. pinsedag»."""
        return tuple(holiday.name for holiday in self.holidays_on(on))

    def is_working_day(self, on: date) -> bool:
        return on.weekday() < SATURDAY and not self.holidays_on(on)

    def working_day_on_or_after(self, on: date) -> date:
        """Return `on` itself when it is a working day, else the next one. Raises DateBeyondCalendar."""
        while not self.is_working_day(on):
            on = _one_day_on(on, ONE_DAY)
        return on

    def working_day_on_or_before(self, on: date) -> date:
        """Return `on` itself when it is a working day, else the one before. Raises DateBeyondCalendar."""
        while not self.is_working_day(on):
            on = _one_day_on(on, -ONE_DAY)
        return on

    def next_working_day(self, on: date) -> date:
        """Return the first working day after `on`, never `on` itself. Raises DateBeyondCalendar.

        The outer bound of "at once" for a withdrawn consent or an objection to marketing that came on `on` (R-DL-9).
        """
        return self.working_day_on_or_after(_one_day_on(on, ONE_DAY))

    def working_days_before(self, on: date, days: int) -> date:
        """Return the working day that lies `days` working days before `on`; `on` itself is not counted.

        Raises ValueError unless `days` is at least 1, and DateBeyondCalendar.
        """
        if days < 1:
            raise ValueError(f"days must be at least 1, not {days}")
        for _ in range(days):
            on = self.working_day_on_or_before(_one_day_on(on, -ONE_DAY))
        return on


@lru_cache(maxsize=64)
def norwegian_holidays(year: int) -> tuple[Holiday, ...]:
    """Return the public holidays of `year`, the days of fixed date first, then those that follow Easter.

    Source: helligdagsfredloven § 2; the act on 1 and 17 May § 1. Ordinary Sundays are not among them.
    """
    easter = easter_sunday(year)
    return (
        Holiday(date(year, 1, 1), N_("1. nyttårsdag"), PUBLIC_HOLIDAYS_ACT),
        Holiday(date(year, 5, 1), N_("1. mai"), NATIONAL_DAYS_ACT),
        Holiday(date(year, 5, 17), N_("17. mai"), NATIONAL_DAYS_ACT),
        Holiday(date(year, 12, 25), N_("1. juledag"), PUBLIC_HOLIDAYS_ACT),
        Holiday(date(year, 12, 26), N_("2. juledag"), PUBLIC_HOLIDAYS_ACT),
        Holiday(easter - 3 * ONE_DAY, N_("skjærtorsdag"), PUBLIC_HOLIDAYS_ACT),
        Holiday(easter - 2 * ONE_DAY, N_("langfredag"), PUBLIC_HOLIDAYS_ACT),
        Holiday(easter, N_("1. påskedag"), PUBLIC_HOLIDAYS_ACT),
        Holiday(easter + 1 * ONE_DAY, N_("2. påskedag"), PUBLIC_HOLIDAYS_ACT),
        Holiday(easter + 39 * ONE_DAY, N_("Kristi himmelfartsdag"), PUBLIC_HOLIDAYS_ACT),
        Holiday(easter + 49 * ONE_DAY, N_("1. pinsedag"), PUBLIC_HOLIDAYS_ACT),
        Holiday(easter + 50 * ONE_DAY, N_("2. pinsedag"), PUBLIC_HOLIDAYS_ACT),
    )


def easter_sunday(year: int) -> date:
    """Return Easter Sunday in the Gregorian calendar: the Sunday after the first ecclesiastical full moon of spring.

    Years before 1583 are counted as if the Gregorian calendar had been in use.
    """
    century = year // 100
    golden = year % 19  # place in the 19-year cycle after which the moon's phases return to the same dates
    # Three leap days fall out in four centuries, and the moon gains about eight days in 25.
    lost_leap_days = century - century // 4
    moon_gain = (8 * century + 13) // 25
    age = (19 * golden + lost_leap_days - moon_gain + 15) % 30  # days from 21 March to the full moon
    # The cycle has 29 places for 30 ages: the last two share a day, so that no two full moons of a cycle coincide.
    if age == 29 or (age == 28 and golden > 10):
        age -= 1
    full_moon = date(year, 3, 21) + age * ONE_DAY
    return full_moon + (6 - full_moon.weekday() or 7) * ONE_DAY  # a full moon on a Sunday waits a week


def spelled(on: date, translate: Callable[[str], str] = str) -> str:
    """Return the date as a sentence has it, with its weekday: «mandag 1. mars 2027»."""
    return f"{translate(WEEKDAYS[on.weekday()])} {spelled_day(on, translate)}"


def spelled_day(on: date, translate: Callable[[str], str] = str) -> str:
    """Return the date as a sentence has it, without its weekday: «1. mars 2027»."""
    return translate(DAY).format(day=on.day, month=translate(MONTHS[on.month - 1]), year=on.year)


def _one_day_on(on: date, step: timedelta) -> date:
    try:
        return on + step
    except OverflowError as error:
        raise DateBeyondCalendar(
            N_("Kalenderen går fra 1. januar år 1 til 31. desember år 9999. Svaret ligger utenfor.")
        ) from error


NORWAY = WorkingCalendar(holidays_in=norwegian_holidays)
