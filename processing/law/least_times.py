"""The times statutes have something kept at least, as dated data: bokføringsloven § 13, in both lengths (G10)."""

from dataclasses import dataclass
from datetime import date

from processing.law.dated import DatedFact
from processing.law.records import RetentionRecord
from processing.law.retention import PeriodUnit, RetentionTrigger, add_months
from processing.law.statutes import BOOKKEEPING, VOUCHERS_KEPT, Provision, recognise
from processing.law.terms import N_


@dataclass(frozen=True, kw_only=True)
class LeastTime(DatedFact):
    """How many months from the end of the financial year `provision` has something kept at least."""

    provision: Provision
    months: int

    def last_day(self, of: date) -> date:
        """Return the last day that must be over for what belongs to the financial year of `of`, an Oslo date."""
        return add_months(date(of.year, 12, 31), self.months)


def _of_bookkeeping(name: str, months: int) -> LeastTime:
    return LeastTime(
        name=name,
        source=VOUCHERS_KEPT.source,
        checked_on=VOUCHERS_KEPT.checked_on,
        valid_from=VOUCHERS_KEPT.valid_from,
        valid_to=VOUCHERS_KEPT.valid_to,
        certain=VOUCHERS_KEPT.certain,
        provision=VOUCHERS_KEPT,
        months=months,
    )


VOUCHERS = _of_bookkeeping(N_("Bilag, spesifikasjoner og rapporter: fem år etter at regnskapsåret er slutt"), 60)
AGREEMENTS = _of_bookkeeping(
    N_("Avtaler, brev, pakksedler og prislister: tre år og seks måneder etter at regnskapsåret er slutt"), 42
)
LEAST_TIMES = (VOUCHERS, AGREEMENTS)


def is_bookkeeping(rule: RetentionRecord) -> bool:
    """True for a rule that rests on bokføringsloven."""
    return any(citation.statute is BOOKKEEPING for citation in recognise(rule.statute))


def least_time(rule: RetentionRecord, *, law_on: date) -> LeastTime | None:
    """Return the least time of the statute that `rule` rests on, as it is on `law_on`, or None where it has none.

    Of the two in § 13 it is the shorter for a rule that states just that, and otherwise the longer: a rule does not
    say which numbers of the section it is about, and a voucher deleted too early cannot be had back.
    """
    if not is_bookkeeping(rule):
        return None
    stated = (rule.period or 0) * (12 if rule.unit is PeriodUnit.YEARS else 1)
    months = stated if rule.unit in {PeriodUnit.MONTHS, PeriodUnit.YEARS} else None
    found = AGREEMENTS if months == AGREEMENTS.months else VOUCHERS
    return found if found.holds_on(law_on) else None


def counts_from_year_end(rule: RetentionRecord) -> bool:
    """True for a time from the end of the financial year, also where only the statute it rests on says so."""
    return rule.trigger is RetentionTrigger.FINANCIAL_YEAR_END or (rule.trigger is None and is_bookkeeping(rule))
