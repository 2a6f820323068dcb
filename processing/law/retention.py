"""How long data is kept: what starts the clock, how long it runs, what the length means, and the day it ends."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING

from processing.law.terms import N_, LawTerm

if TYPE_CHECKING:
    from processing.law.records import RetentionRecord


class RetentionTrigger(LawTerm):
    """The event from which a retention period is counted."""

    COLLECTED = "collected", N_("Da opplysningen ble samlet inn")
    LAST_CONTACT = "last_contact", N_("Siste kontakt")
    LAST_ENTRY = "last_entry", N_("Siste innføring i journalen")
    CONTRACT_ENDED = "contract_ended", N_("Avtalen er slutt")
    COOPERATION_ENDED = "cooperation_ended", N_("Samarbeidet er slutt")
    POSITION_FILLED = "position_filled", N_("Stillingen er besatt")
    FINANCIAL_YEAR_END = "financial_year_end", N_("Utgangen av regnskapsåret")
    CONSENT_WITHDRAWN = "consent_withdrawn", N_("Samtykket er trukket")
    UNSUBSCRIBED = "unsubscribed", N_("Avmelding fra nyhetsbrevet")
    OBJECTION = "objection", N_("Personen har protestert")
    SESSION_ENDED = "session_ended", N_("Videosamtalen er slutt")
    ROOM_CLOSED = "room_closed", N_("Videorommet er lukket")
    CASE_CLOSED = "case_closed", N_("Saken er avsluttet")
    REVIEW = "review", N_("Gjennomgang")


class PeriodUnit(LawTerm):
    DAYS = "days", N_("dager")
    MONTHS = "months", N_("måneder")
    YEARS = "years", N_("år")


class RetentionKind(LawTerm):
    """What the period is: a shortest time, a longest time, or the longest time between two looks at the data."""

    MINIMUM = "minimum", N_("Minst så lenge")
    MAXIMUM = "maximum", N_("Høyst så lenge")
    REVIEW = "review", N_("Vurderes minst så ofte")


AT_ONCE = frozenset(
    {
        RetentionTrigger.CONSENT_WITHDRAWN,
        RetentionTrigger.UNSUBSCRIBED,
        RetentionTrigger.OBJECTION,
        RetentionTrigger.SESSION_ENDED,
        RetentionTrigger.ROOM_CLOSED,
    }
)
"""Events that end the keeping by themselves, so that no period is needed after them."""


class NoEnd(LawTerm):
    """Why no day can be computed from a rule."""

    NOTHING_STATED = "nothing_stated", N_("Regelen sier ikke hvor lenge.")
    NO_PERIOD = "no_period", N_("Regelen sier hva tiden regnes fra, men ikke hvor lang den er.")
    NO_TRIGGER = "no_trigger", N_("Regelen sier ikke hva tiden regnes fra.")


def retention_ends(rule: RetentionRecord, trigger_date: date) -> date | None:
    """Return the last day of the time that `rule` gives what the event on `trigger_date` started the clock for.

    A least time is over after that day, a longest time does not reach beyond it, and a review is due by it. Both are
    Oslo dates. A time from the end of the financial year runs from 31 December of the year of the event: the year is
    the calendar year (regnskapsloven § 1-7). Months end on the same day of the month, or on its last day where there
    is no such day, and years as twelve months. What would end after the last day there is, ends on it.

    None where the rule does not say enough: `why_no_end` says what is missing.
    """
    if why_no_end(rule) is not None:
        return None
    from_year_end = rule.trigger is RetentionTrigger.FINANCIAL_YEAR_END
    start = date(trigger_date.year, 12, 31) if from_year_end else trigger_date
    if rule.period is None or rule.unit is None:
        return start
    if rule.unit is PeriodUnit.DAYS:
        return start + timedelta(days=min(rule.period, (date.max - start).days))
    return add_months(start, rule.period * (12 if rule.unit is PeriodUnit.YEARS else 1))


def why_no_end(rule: RetentionRecord) -> NoEnd | None:
    """Return what keeps a day from being computed from `rule`, or None where nothing does."""
    if rule.trigger is None:
        # What is deleted at once, or looked at every so often, needs no event.
        if rule.period is not None and (rule.period == 0 or rule.kind is RetentionKind.REVIEW):
            return None
        return NoEnd.NOTHING_STATED if rule.period is None else NoEnd.NO_TRIGGER
    if (rule.period is None or rule.unit is None) and rule.trigger not in AT_ONCE:
        return NoEnd.NO_PERIOD
    return None


def add_months(day: date, months: int) -> date:
    """Return the same day of the month `months` later, or earlier, or the last day of that month where there is none.

    What lies outside the calendar becomes its first or last day.
    """
    month = day.year * 12 + day.month - 1 + months
    year, month = divmod(month, 12)
    if year < date.min.year:
        return date.min
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
