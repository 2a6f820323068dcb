"""What is due for deletion or for a look, by the register's own rules on a day (Art. 5(1)(e)).

The program does not hold the company's data. It says which holdings the rules have come to, and a person confirms
what was done with them. A patient's journal is always looked at and never listed for deletion: § 25 of
pasientjournalloven asks whether it will be used again, and gives no date (G12).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from processing.law.facts import ActivityStatus
from processing.law.kinds import keeps_journal
from processing.law.least_times import LeastTime, counts_from_year_end, least_time
from processing.law.records import ActivityRecord, Register, RetentionRecord
from processing.law.regimes import LegalRegime
from processing.law.retention import (
    AT_ONCE,
    NoEnd,
    PeriodUnit,
    RetentionKind,
    RetentionTrigger,
    add_months,
    retention_ends,
    why_no_end,
)
from processing.law.terms import N_, LawTerm

ONE_YEAR = 12
"""Months between two looks where no rule asks for more: the yearly review."""


class DueAction(LawTerm):
    DELETE = "delete", N_("Til sletting")
    REVIEW = "review", N_("Til gjennomgang")


class RetentionOutcome(LawTerm):
    """What a person says was done. `plain` is what the person reads when choosing."""

    DELETED = "deleted", N_("Slettet"), N_("Slettet, det som skulle slettes")
    REVIEWED = "reviewed", N_("Gått gjennom"), N_("Gått gjennom og vurdert")
    KEPT = "kept", N_("Beholdt"), N_("Beholdt, av en grunn jeg skriver under")
    NOTHING = "nothing", N_("Ingenting der"), N_("Det var ingenting der")


class NotListed(LawTerm):
    """Why a rule never comes on the list."""

    AT_ONCE = "at_once", N_("Blir slettet når det skjer. Her er det ingen tid å vente på.")
    NO_KIND = "no_kind", N_("Regelen sier ikke om tiden er den korteste eller den lengste.")


@dataclass(frozen=True, kw_only=True)
class Confirmed:
    """What somebody has confirmed: for which rule of which activity, for which period, and on which Oslo date."""

    activity: str
    covers: str
    action: DueAction
    period: str
    on: date


@dataclass(frozen=True, kw_only=True)
class DueItem:
    """Holdings that a rule has come to.

    `year` is the newest financial year the rule has come to, `until` the last day of the event for those it has come
    to; a look at everything has neither. `due_on` is the first day it was on the list, or None where nobody has
    confirmed it before and the register does not say when the activity began. `period` tells this time from the next.
    """

    activity: ActivityRecord
    rule: RetentionRecord
    action: DueAction
    period: str
    due_on: date | None
    is_journal: bool
    every_months: int = ONE_YEAR
    """How many months there are from one time to the next."""

    year: int | None = None
    until: date | None = None
    kept_to: date | None = None
    """The last day that what is from `year` is kept."""

    least: LeastTime | None = None
    """The least time of a statute, where that is what has it kept so long."""

    @property
    def key(self) -> str:
        """Tells one item from another on a page and in a form."""
        return ":".join((self.activity.number, str(self.activity.retention.index(self.rule)), self.period))

    def accepts(self, outcome: RetentionOutcome) -> bool:
        return not (self.is_journal and outcome is RetentionOutcome.DELETED)


@dataclass(frozen=True, kw_only=True)
class Undated:
    """A rule that never comes on the list, and why."""

    activity: ActivityRecord
    rule: RetentionRecord
    reason: NoEnd | NotListed


def due_on(register: Register, day: date, confirmed: Iterable[Confirmed] = ()) -> tuple[DueItem, ...]:
    """Return what the rules of `register` have come to on `day`, an Oslo date, and nobody has confirmed.

    In the order of the register. Drafts have no holdings; what has ended still has. The law asked is that of `day`.
    """
    done = tuple(confirmed)
    found = (
        _due(activity, rule, day, done)
        for activity in register.activities
        if activity.status is not ActivityStatus.DRAFT
        for rule in activity.retention
    )
    return tuple(item for item in found if item is not None)


def undated(register: Register) -> tuple[Undated, ...]:
    """Return the rules from which no day can be computed, in the order of the register."""
    return tuple(
        Undated(activity=activity, rule=rule, reason=reason)
        for activity in register.activities
        if activity.status is not ActivityStatus.DRAFT
        for rule in activity.retention
        if (reason := _never_listed(rule)) is not None
    )


def _never_listed(rule: RetentionRecord) -> NoEnd | NotListed | None:
    if counts_from_year_end(rule):
        return NoEnd.NO_PERIOD if rule.period is None else None
    if reason := why_no_end(rule):
        return reason
    if rule.period == 0 or (rule.period is None and rule.trigger in AT_ONCE):
        return NotListed.AT_ONCE
    return NotListed.NO_KIND if rule.kind is None else None


def _due(
    activity: ActivityRecord, rule: RetentionRecord, day: date, confirmed: tuple[Confirmed, ...]
) -> DueItem | None:
    if _never_listed(rule) is not None:
        return None
    # The log of who has read a journal is kept as long as the journal.
    is_journal = keeps_journal(activity) or activity.regime is LegalRegime.HEALTH_RECORD
    looked_at = is_journal or rule.kind is RetentionKind.REVIEW
    item = DueItem(
        activity=activity,
        rule=rule,
        action=DueAction.REVIEW if looked_at else DueAction.DELETE,
        period="",
        due_on=None,
        is_journal=is_journal,
    )
    same = [
        one
        for one in confirmed
        if (one.activity, one.covers, one.action) == (activity.number, rule.covers, item.action)
    ]
    return _year(item, day, same) if counts_from_year_end(rule) else _look(item, day, same)


def _year(item: DueItem, day: date, confirmed: list[Confirmed]) -> DueItem | None:
    """The newest financial year whose time is over: what is older is over too, and is confirmed with it."""
    rule = replace(item.rule, trigger=RetentionTrigger.FINANCIAL_YEAR_END)
    least = least_time(rule, law_on=day)
    first = item.activity.valid_from.year if item.activity.valid_from else date.min.year
    for year in range(day.year - 1, first - 1, -1):
        stated = retention_ends(rule, date(year, 12, 31)) or date.min
        by_law = least.last_day(date(year, 12, 31)) if least else date.min
        kept_to = max(stated, by_law)
        if kept_to < day:
            if any(one.period.isdigit() and int(one.period) >= year for one in confirmed):
                return None
            return replace(
                item,
                period=str(year),
                due_on=kept_to + timedelta(days=1),
                year=year,
                kept_to=kept_to,
                least=least if by_law == kept_to else None,
            )
    return None


def _look(item: DueItem, day: date, confirmed: list[Confirmed]) -> DueItem | None:
    """A look that comes again: what the rule has come to by now, or will have before the next."""
    rule = item.rule
    every, ahead = _rhythm(rule)
    last = max((one.on for one in confirmed), default=None)
    start = last or item.activity.valid_from
    since = add_months(start, every) if start else None
    if since is not None and since > day:
        return None
    until = None
    if rule.trigger not in {None, RetentionTrigger.REVIEW}:
        until = min(day, _back(add_months(day, every) if ahead else day - timedelta(days=1), rule))
        if item.activity.valid_from and until < item.activity.valid_from:
            return None
    period = last.isoformat() if last else ""
    return replace(item, period=period, due_on=since, until=until, every_months=every)


def _rhythm(rule: RetentionRecord) -> tuple[int, bool]:
    """Months between two looks, and whether a look takes what comes to its end before the next.

    A longest time is not to be passed between two looks, so they come twice in it, at least once a year and at most
    once a month: what may live for days only is for a machine to delete.
    """
    months = max(1, _months(rule))
    if rule.kind is RetentionKind.REVIEW and rule.trigger in {None, RetentionTrigger.REVIEW}:
        return months, False
    if rule.kind is RetentionKind.MAXIMUM:
        return min(ONE_YEAR, max(1, months // 2)), True
    return ONE_YEAR, False


def _months(rule: RetentionRecord) -> int:
    period = rule.period or 0
    if rule.unit is PeriodUnit.DAYS:
        return period // 30
    return period * (12 if rule.unit is PeriodUnit.YEARS else 1)


def _back(day: date, rule: RetentionRecord) -> date:
    """The last day of an event whose time is over on `day`."""
    period = rule.period or 0
    if rule.unit is PeriodUnit.DAYS:
        return day - timedelta(days=min(period, (day - date.min).days))
    return add_months(day, -_months(rule))
