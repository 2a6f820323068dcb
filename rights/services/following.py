"""What the person does with their own case. Nobody else is told who they are, and the log says that it was them."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from rights.desk import OutOfOrder
from rights.law.deadlines import local_date
from rights.models import RequestEvent, RightsRequest
from rights.services.steps import CaseGone, step
from rights.workflow import Action, Ending, EventKind


def withdraw_own_case(*, case: UUID, at: datetime) -> RightsRequest:
    """Take the request back, whatever we have done with it meanwhile. Raises CaseGone, or OutOfOrder when it has ended.

    No letter is made: the page says it, and the letter the desk makes needs somebody who answers for it.
    """
    with step(Action.WITHDRAW, case=_row_of(case), version=None, by=None, at=at) as row:
        row.ending, row.ended_on = Ending.WITHDRAWN, local_date(at)
        row.call_wanted_at = None
    return row


@transaction.atomic
def want_call(*, case: UUID, at: datetime) -> RightsRequest:
    """Ask us to call the number we have. Asked twice, it is one wish. Raises CaseGone, or OutOfOrder when it has ended.

    The version stays: a clerk with the case open loses nothing they wrote.
    """
    row = RightsRequest.objects.without_personal_text().select_for_update(of=("self",)).filter(public_id=case).first()
    if row is None:
        raise CaseGone(_("Saken finnes ikke lenger."))
    if not row.state.is_open:
        raise OutOfOrder(_("Saken er avsluttet."))
    if row.call_wanted_at is None:
        row.call_wanted_at = at
        row.save(update_fields=["call_wanted_at"])
        RequestEvent.record(row, EventKind.CALL_WANTED, by=None, at=at)
    return row


def _row_of(case: UUID) -> int:
    found = RightsRequest.objects.filter(public_id=case).values_list("pk", flat=True).first()
    if found is None:
        raise CaseGone(_("Saken finnes ikke lenger."))
    return found
