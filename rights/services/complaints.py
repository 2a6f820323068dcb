"""A complaint about our answer, from the day it comes until it is settled. Meanwhile nothing of the case is erased."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from mktnorge.models import User
from processing.register import register_as_of
from rights.desk import (
    NotOnThatDay,
    StepRefused,
    check_can_change,
    check_can_forward,
    check_can_receive_complaint,
    check_can_settle,
    check_can_uphold,
    check_complained_on,
    check_day,
)
from rights.law.complaints import Complainant, ComplaintResult, ComplaintStage, reconsider_by, stage_after_upholding
from rights.law.deadlines import local_date
from rights.law.keeping import HoldReason
from rights.law.masking import mask_identity_numbers
from rights.law.outcomes import ComplaintBody
from rights.law.texts import clean_text
from rights.letters.complaints import complaint_forwarded, complaint_received
from rights.models import Complaint, Letter, RightsRequest
from rights.services.answering import drop_letters_not_delivered, heading_of, keep_letter, whole_or_refused
from rights.services.steps import facts_of, step
from rights.workflow import Action


def receive_complaint(
    *,
    case: int,
    version: int,
    received_on: date,
    complainant: Complainant,
    body: ComplaintBody,
    text: str = "",
    by: User,
    at: datetime,
) -> Letter | None:
    """Write down that somebody complains of what we told them, hold the case, and make the letter that says so.

    No letter once the person's name is erased. Raises StepRefused as `check_can_receive_complaint`, and for a day
    before the person had an answer, or to come.
    """
    with step(Action.RECEIVE_COMPLAINT, case=case, version=version, by=by, at=at) as row:
        facts = facts_of(row)
        check_can_receive_complaint(facts, body)
        check_day(received_on, facts, today=local_date(at))
        check_complained_on(received_on, told_on=told_on(row))
        Complaint.objects.create(
            request=row,
            received_on=received_on,
            complainant=complainant,
            body=body,
            text=_clean(text),
            at=at,
            by=by,
        )
        row.complaint_stage = ComplaintStage.RECEIVED
        if row.held_on is None:
            row.held_for, row.held_on = HoldReason.COMPLAINT, local_date(at)
        row.owner = row.owner or by
        if facts.content_erased:
            return None
        due = reconsider_by(received_on)
        with whole_or_refused():
            heading = heading_of(row, register_as_of(at), at)
            letter = complaint_received(heading, received_on=received_on, body=body, answer_by=due)
        return keep_letter(row, letter, by=by, at=at)


def uphold_answer(*, case: int, version: int, reason: str, by: User, at: datetime) -> RightsRequest:
    """Stand by the answer after looking at it again. A complaint to Statsforvalteren is then to be sent on.

    Raises StepRefused without a reason, or where no complaint waits.
    """
    with step(Action.UPHOLD, case=case, version=version, by=by, at=at) as row:
        check_can_uphold(facts_of(row))
        complaint = _reconsidered(row, reason, at=at)
        row.complaint_stage = stage_after_upholding(complaint.to)
    return row


def change_answer(*, case: int, version: int, reason: str, by: User, at: datetime) -> RightsRequest:
    """Open the case again to answer it anew: the person is given right, wholly or in part. Raises StepRefused."""
    with step(Action.CHANGE, case=case, version=version, by=by, at=at) as row:
        check_can_change(facts_of(row))
        _reconsidered(row, reason, at=at)
        row.complaint_stage = ComplaintStage.CHANGED
        drop_letters_not_delivered(row)
        row.ending, row.ended_on = "", None
    return row


def forward_complaint(*, case: int, version: int, on: date, by: User, at: datetime) -> Letter | None:
    """Write down when the complaint and the papers went to Statsforvalteren, and make the letter to the person.

    Raises StepRefused where none is to be sent on, and for a day before it was tried again or to come.
    """
    with step(Action.FORWARD, case=case, version=version, by=by, at=at) as row:
        facts = facts_of(row)
        check_can_forward(facts)
        complaint = _standing(row)
        check_day(on, facts, today=local_date(at))
        if complaint.reconsidered_on is not None and on < complaint.reconsidered_on:
            raise NotOnThatDay(_("Klagen kan ikke være sendt videre før dere hadde sett på svaret på nytt."))
        complaint.forwarded_on = on
        complaint.save(update_fields=["forwarded_on"])
        row.complaint_stage = ComplaintStage.WITH_BODY
        if facts.content_erased:
            return None
        with whole_or_refused():
            letter = complaint_forwarded(
                heading_of(row, register_as_of(at), at),
                received_on=complaint.received_on,
                forwarded_on=on,
                reason=complaint.reason,
            )
        return keep_letter(row, letter, by=by, at=at)


def settle_complaint(
    *, case: int, version: int, result: ComplaintResult, on: date, by: User, at: datetime
) -> RightsRequest:
    """Write down how the complaint ended. The case may be erased by the rules again. Raises StepRefused."""
    with step(Action.SETTLE, case=case, version=version, by=by, at=at) as row:
        facts = facts_of(row)
        check_can_settle(facts, result)
        complaint = _standing(row)
        check_day(on, facts, today=local_date(at))
        if on < complaint.received_on:
            raise NotOnThatDay(_("Klagen var ikke kommet den dagen."))
        complaint.result, complaint.settled_on = result, on
        complaint.save(update_fields=["result", "settled_on"])
        row.complaint_stage = ""
        if row.held_for == HoldReason.COMPLAINT:
            row.held_for, row.held_on = "", None
    return row


def told_on(case: RightsRequest) -> date | None:
    """Return the first day the person had an answer, wholly or in part, or the day the case ended without one."""
    delivered = case.letters.filter(decisions__isnull=False).exclude(delivered_on=None)
    first = delivered.order_by("delivered_on").values_list("delivered_on", flat=True).first()
    return first or case.ended_on


def _standing(case: RightsRequest) -> Complaint:
    return case.complaints.filter(settled_on=None).latest("pk")


def _reconsidered(case: RightsRequest, reason: str, *, at: datetime) -> Complaint:
    complaint = _standing(case)
    complaint.reason = _clean(reason)
    if not complaint.reason:
        raise StepRefused(_("Skriv hva dere kom til, og hvorfor."))
    complaint.reconsidered_on = local_date(at)
    complaint.save(update_fields=["reason", "reconsidered_on"])
    return complaint


def _clean(text: str) -> str:
    return mask_identity_numbers(clean_text(text))
