"""Stopping the erasure of a case while a complaint or a dispute needs it, and letting it go on."""

from datetime import datetime

from mktnorge.models import User
from rights.desk import check_can_hold, check_can_lift_hold
from rights.law.deadlines import local_date
from rights.law.keeping import HoldReason
from rights.models import RightsRequest
from rights.services.handling import keep_note
from rights.services.steps import facts_of, step
from rights.workflow import Action


def set_hold(*, case: int, version: int, reason: HoldReason, words: str, by: User, at: datetime) -> RightsRequest:
    """Keep all that is left of the case until the hold is lifted. `words` name the complaint or the dispute.

    Raises StepRefused without words, or where it is held already.
    """
    with step(Action.HOLD, case=case, version=version, by=by, at=at) as row:
        check_can_hold(facts_of(row))
        keep_note(row, words, by=by, at=at)
        row.held_for, row.held_on = reason, local_date(at)
    return row


def lift_hold(*, case: int, version: int, words: str, by: User, at: datetime) -> RightsRequest:
    """Let the case be erased by the rules again. What is overdue goes in the next run. Raises as `set_hold`."""
    with step(Action.LIFT_HOLD, case=case, version=version, by=by, at=at) as row:
        check_can_lift_hold(facts_of(row))
        keep_note(row, words, by=by, at=at)
        row.held_for, row.held_on = "", None
    return row
