"""What the person does with their own case. Nobody else is told who they are, and the log says that it was them."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from processing.law.rights import Right
from rights.desk import OutOfOrder, StepRefused
from rights.law import limits
from rights.law.deadlines import local_date, response_deadline
from rights.law.masking import mask_identity_numbers
from rights.law.texts import clean_text
from rights.models import RequestedRight, RequestEvent, RequestPoint, RightsRequest
from rights.services.danger import flag_danger
from rights.services.steps import CaseGone, locked_case, step
from rights.workflow import OPEN_STATUSES, Action, Ending, EventKind, RequestStatus


def withdraw_own_case(*, case: UUID, at: datetime) -> RightsRequest:
    """Take the request back, whatever we have done with it meanwhile. Raises CaseGone, or OutOfOrder when it has ended.

    No letter is made: the page says it, and the letter the desk makes needs somebody who answers for it.
    """
    with step(Action.WITHDRAW, case=_row_of(case), version=None, by=None, at=at) as row:
        row.ending, row.ended_on = Ending.WITHDRAWN, local_date(at)
        row.call_wanted_at = None
    return row


@transaction.atomic
def add_to_own_case(*, case: UUID, right: Right, text: str = "", at: datetime) -> RightsRequest:
    """Ask for one thing more in the same case.

    A right that is new has its own receipt date and deadline, and the case is worked by the one that is due first
    (R-DL-11). More about a right that is there already becomes one more point of it, answered within its deadline.
    The desk is told by the version: a step begun before is refused, and the case is read again. Raises CaseGone,
    OutOfOrder when the answer is made or the case has ended, and StepRefused for text where there is room for none.
    """
    row = locked_case(case)
    text = mask_identity_numbers(clean_text(text))
    if row.state not in OPEN_STATUSES or row.state is RequestStatus.READY:
        raise OutOfOrder(_("Svaret er alt laget. Send et nytt krav, så får det sin egen frist."))
    points = RequestPoint.objects.filter(requested_right__request=row)
    if text and points.count() >= limits.POINTS:
        raise StepRefused(_("Det er ikke plass til flere punkter her. Send et nytt krav."))
    requested = row.requested_rights.filter(right=right).first()
    if requested is None:
        requested = RequestedRight(request=row, right=right)
        requested.deadline = response_deadline(local_date(at))
        requested.save()
    elif not text:
        raise StepRefused(_("Skriv hva du vil legge til."))
    if text:
        number = points.filter(requested_right=requested).count() + 1
        RequestPoint.objects.create(requested_right=requested, number=number, text=text)
    row.version += 1
    row.save(update_fields=["version"])
    RequestEvent.record(row, EventKind.ADDED_TO, by=None, at=at)
    flag_danger(case=row, texts=[text], at=at)
    return row


@transaction.atomic
def want_call(*, case: UUID, at: datetime) -> RightsRequest:
    """Ask us to call the number we have. Asked twice, it is one wish. Raises CaseGone, or OutOfOrder when it has ended.

    The version stays: a clerk with the case open loses nothing they wrote.
    """
    row = locked_case(case)
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
