"""How long the company keeps the cases it gets: what may be stated, and what is used where nothing is.

No law says how long. The periods are the company's decision (art. 5 nr. 1 e), and the proposal is what the program
follows until it is made; docs/law.md (R-CASE-1 to R-CASE-5) has the reasons for both.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from processing.law.records import ControllerRecord
from processing.law.retention import PeriodUnit


@dataclass(frozen=True)
class CasePeriod:
    """Counted from the day the case ended. `least` and `most` may be stated, and all between them."""

    unit: PeriodUnit
    proposed: int
    least: int
    most: int


# The least: time to read the answer and ask again; to regret; to complain; and until a claim for damages lapses
# (foreldelsesloven §§ 2 and 9). The most: nothing outlives the line of its case, and the line no claim (§ 9).
CASE_PERIODS: Mapping[str, CasePeriod] = {
    "case_content_days": CasePeriod(PeriodUnit.DAYS, proposed=90, least=30, most=3 * 365),
    "case_withdrawn_days": CasePeriod(PeriodUnit.DAYS, proposed=30, least=7, most=3 * 365),
    "case_answers_months": CasePeriod(PeriodUnit.MONTHS, proposed=12, least=3, most=36),
    "case_line_years": CasePeriod(PeriodUnit.YEARS, proposed=3, least=3, most=20),
}
"""By the field of the company's record that states it."""


def case_period(company: ControllerRecord | None, field: str) -> int:
    """Return the period `company` states in `field`, in the unit of the field, or the proposal where it states none."""
    stated: int | None = getattr(company, field) if company else None
    return CASE_PERIODS[field].proposed if stated is None else stated
