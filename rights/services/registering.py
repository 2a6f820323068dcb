"""Writing in a request that came by telephone, in a letter, by e-mail or in person."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from mktnorge.models import User
from processing.law.rights import Right
from processing.register import register_as_of
from rights.law.calendar import spelled
from rights.law.deadlines import PERIODS, local_date
from rights.law.terms import Channel, ContactWay, Relation
from rights.letters import compose
from rights.letters.body import LetterBody
from rights.models import RightsRequest
from rights.services.answering import heading_of
from rights.services.intake import NO_PARTICULARS, Particulars, Receipt, SubmissionRefused, submit_request

ACT_IN_FORCE_ON = PERIODS[-1].valid_from
"""The day the Regulation began to apply in Norway. An earlier request is none under it."""


class NotReceivedThen(SubmissionRefused):
    """The request cannot have come at that moment."""


def register_request(
    *,
    received_at: datetime,
    channel: Channel,
    rights: Iterable[Right],
    unsure: bool,
    relation: Relation,
    name: str,
    contact_way: ContactWay,
    email: str = "",
    address: str = "",
    no_voicemail: bool = False,
    neutral_envelope: bool = False,
    particulars: Particulars = NO_PARTICULARS,
    code: str,
    follow_at: str = "",
    by: User,
    at: datetime,
) -> Receipt:
    """Open a case for a request that reached us at `received_at`, and that `by` writes in at `at`.

    The clock starts on the day it reached us, in whatever channel (R-DL-1). One case a `code`: written in twice it is
    still one, and the second call's receipt has the code for as long as `submit_request` shows it.

    Raises NotReceivedThen for a moment to come or before the law applied, and what `submit_request` raises.
    """
    if received_at > at:
        raise NotReceivedThen(_("Tidspunktet ligger fram i tid. Skriv når kravet kom til oss."))
    if local_date(received_at) < ACT_IN_FORCE_ON:
        raise NotReceivedThen(
            _("Personvernforordningen gjelder i Norge fra {day}. Se om året er riktig.").format(
                day=spelled(ACT_IN_FORCE_ON)
            )
        )
    return submit_request(
        rights=rights,
        unsure=unsure,
        relation=relation,
        name=name,
        contact_way=contact_way,
        email=email,
        address=address,
        no_voicemail=no_voicemail,
        neutral_envelope=neutral_envelope,
        particulars=particulars,
        idempotency_key=f"desk {code}",
        at=received_at,
        code=code,
        follow_at=follow_at,
        channel=channel,
        by=by,
        written_at=at,
    )


def receipt_letter(case: RightsRequest, *, code: str, follow_url: str, at: datetime) -> LetterBody:
    """Return the receipt with the follow-up code, to print and hand over. Nothing of it is stored."""
    return compose.receipt(
        heading_of(case, register_as_of(at), at),
        rights=[requested.as_right for requested in case.requested_rights.order_by("pk")],
        deadline=case.deadline,
        follow_url=follow_url,
        code=code,
    )
