"""How long our own cases are kept. Pure: asked with what is known of a case, and a date.

No law says how long. The periods are the company's decision, a proposal where it states none
(`processing.law.case_periods`); docs/law.md (R-CASE-1 to R-CASE-5) has the reasons.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from processing.law.case_periods import case_period
from processing.law.records import ControllerRecord
from processing.law.sources import gdpr, statute
from processing.law.terms import N_, LawTerm
from rights.law.deadlines import months_after


@dataclass(frozen=True)
class KeepingPeriods:
    """Counted from the day the case ended. What is due on a day is erased that day.

    Those in force on the day that is asked about decide, also for a case that ended under others: whether data are
    kept longer than they are needed is a question of every day (art. 5(1)(e)), and one register gives one answer.
    Whoever was told a shorter one is kept longer than we said; the field warns the clerk who raises it.
    """

    content_days: int
    withdrawn_days: int
    answers_months: int
    line_years: int


def periods_of(company: ControllerRecord | None) -> KeepingPeriods:
    """Return the periods `company` states, each by itself the proposal where it states none."""
    return KeepingPeriods(
        content_days=case_period(company, "case_content_days"),
        withdrawn_days=case_period(company, "case_withdrawn_days"),
        answers_months=case_period(company, "case_answers_months"),
        line_years=case_period(company, "case_line_years"),
    )


class ErasureRule(LawTerm):
    """What is erased together, in the order it goes."""

    CONTENT = (
        "content",
        N_("Det personen skrev, og hvordan vi nådde dem"),
        "",
        gdpr("art. 5 nr. 1 bokstav e"),
    )
    ANSWERS = "answers", N_("Brev, begrunnelser og notater"), "", gdpr("art. 5 nr. 1 bokstav e")
    # A claim for damages lapses after three years; until then the line shows that we kept the law (art. 5(2)).
    LINE = "line", N_("Saken selv, med datoer og logg"), "", statute("Foreldelsesloven", "§§ 2 og 9")


class HoldReason(LawTerm):
    """Why nothing of a case may be erased yet."""

    COMPLAINT = "complaint", N_("Personen har klaget")
    DISPUTE = "dispute", N_("Det er en navngitt tvist")


@dataclass(frozen=True, kw_only=True)
class KeptCase:
    """What the rules ask of a case. `unproven`: it was no request, or nobody could tell who sent it (R-CASE-5)."""

    ended_on: date | None
    withdrawn: bool = False
    unproven: bool = False
    held: bool = False


def erased_from(rule: ErasureRule, case: KeptCase, *, periods: KeepingPeriods) -> date | None:
    """Return the first day on which `rule` erases, or None while the case is open or held."""
    if case.ended_on is None or case.held:
        return None
    content_on = case.ended_on + timedelta(days=periods.withdrawn_days if case.withdrawn else periods.content_days)
    if rule is ErasureRule.CONTENT:
        return content_on
    if rule is ErasureRule.ANSWERS:
        return content_on if case.unproven else months_after(case.ended_on, periods.answers_months)
    return months_after(case.ended_on, 12 * periods.line_years)


def due_for_erasure(case: KeptCase, *, on: date, periods: KeepingPeriods) -> frozenset[ErasureRule]:
    """Return every rule whose day has come on `on`, those carried out before among them."""
    days = {rule: erased_from(rule, case, periods=periods) for rule in ErasureRule}
    return frozenset(rule for rule, day in days.items() if day is not None and day <= on)


def soonest(rule: ErasureRule, *, periods: KeepingPeriods) -> timedelta:
    """Return how long after its ending a case can at the earliest be due under `rule`, for a search by date."""
    if rule is ErasureRule.LINE:
        return timedelta(days=365 * periods.line_years)
    content = min(periods.content_days, periods.withdrawn_days)
    # No month is shorter than 28 days.
    answers = min(periods.content_days, 28 * periods.answers_months)
    return timedelta(days=content if rule is ErasureRule.CONTENT else answers)
