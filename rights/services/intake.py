"""Taking a request in: from what a person typed to a case with a clock."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mktnorge.models import User
from mktnorge.sealing import keyed_hash
from processing.law.rights import Right
from rights.law import limits
from rights.law.codes import case_number_candidates, new_code, normalise_code
from rights.law.deadlines import local_date, response_deadline
from rights.law.masking import mask_identity_numbers
from rights.law.terms import Channel, ContactWay, Relation
from rights.law.texts import clean_line, clean_text
from rights.models import RequestedRight, RequestEvent, RightsRequest
from rights.workflow import EventKind, RequestStatus

logger = logging.getLogger(__name__)

CODE_PURPOSE = "rights.follow-up code"
SUBMISSION_PURPOSE = "rights.submission"

# How long the person can be shown the receipt, and with it the code.
RECEIPT_LIFE = timedelta(minutes=60)

# Two random collisions in a row do not happen; two requests for the same number at the same moment may.
ATTEMPTS = 3


class SubmissionRefused(Exception):
    """What was sent cannot become a case. The message tells the person what to do."""


class NothingAsked(SubmissionRefused):
    """No right was chosen, nor «Jeg er ikke sikker»."""


class NameMissing(SubmissionRefused):
    """Nobody to answer."""


class ContactMissing(SubmissionRefused):
    """The chosen way to be reached lacks its address."""


class TooLong(SubmissionRefused):
    """A text is longer than its limit."""


@dataclass(frozen=True)
class Receipt:
    """The case, and the code that opens it. `code` is None where the code cannot be shown (again)."""

    request: RightsRequest
    code: str | None


def submit_request(
    *,
    rights: Iterable[Right],
    unsure: bool,
    relation: Relation,
    name: str,
    contact_way: ContactWay,
    email: str = "",
    address: str = "",
    no_voicemail: bool = False,
    neutral_envelope: bool = False,
    message: str = "",
    activity_number: str = "",
    idempotency_key: str,
    at: datetime,
    code: str | None = None,
    channel: Channel = Channel.WEB,
    by: User | None = None,
) -> Receipt:
    """Open a case for a request that reached us at `at`, and return it with its follow-up code.

    The clock starts at once, on the date `at` is in Norway, whatever is unclear about the request. Texts are cleaned
    and identity numbers masked before anything is stored; an address that the chosen `contact_way` does not need is
    not stored.

    One case a key: a second call with the same `idempotency_key` changes nothing and returns the first call's case,
    also when both run at once. Its code comes along only if the caller gives the same `code` again within
    RECEIPT_LIFE of the first call: the case knows no more than the code's hash. Without `code`, one is made.

    Raises NothingAsked, NameMissing, ContactMissing or TooLong, and then nothing is stored.
    """
    chosen = sorted(set(rights), key=list(Right).index)
    if not (chosen or unsure):
        raise NothingAsked(_("Velg hva du vil. Er du usikker, velg «Jeg er ikke sikker»."))
    request = RightsRequest(
        status=RequestStatus.RECEIVED,
        channel=channel,
        received_at=at,
        relation=relation,
        unsure=unsure,
        activity_number=activity_number,
        contact_way=contact_way,
        no_voicemail=no_voicemail,
        neutral_envelope=neutral_envelope,
        name=_masked(clean_line(name), limits.NAME),
        email=_masked(clean_line(email), limits.EMAIL) if contact_way is ContactWay.EMAIL else "",
        address=_masked(clean_text(address), limits.ADDRESS) if contact_way is ContactWay.LETTER else "",
        message=_masked(clean_text(message), limits.MESSAGE),
    )
    request.deadline = response_deadline(local_date(at))
    _check_reachable(request)
    code = normalise_code(code) if code else new_code()
    request.code_hash = keyed_hash(code, purpose=CODE_PURPOSE)
    request.idempotency_hash = keyed_hash(idempotency_key, purpose=SUBMISSION_PURPOSE)
    return _open_case(request, chosen, code=code, at=at, by=by)


@transaction.atomic
def _open_case(request: RightsRequest, chosen: list[Right], *, code: str, at: datetime, by: User | None) -> Receipt:
    for attempt in range(ATTEMPTS):
        earlier = (
            RightsRequest.objects.without_personal_text().filter(idempotency_hash=request.idempotency_hash).first()
        )
        if earlier is not None:
            fresh = earlier.code_hash == request.code_hash and at < earlier.received_at + RECEIPT_LIFE
            return Receipt(earlier, code if fresh else None)
        request.case_number = _free_case_number()
        try:
            with transaction.atomic():
                request.save(force_insert=True)
            break
        except IntegrityError:
            # Either the other click was first, and the next round finds its case, or the number was just taken.
            if attempt == ATTEMPTS - 1:
                raise
    for right in chosen:
        requested = RequestedRight(request=request, right=right)
        requested.deadline = request.deadline
        requested.save()
    RequestEvent.record(request, EventKind.SUBMITTED, by=by, at=at)
    logger.info("Case %s opened", request.case_number)
    return Receipt(request, code)


def _free_case_number() -> str:
    candidates = case_number_candidates()
    taken = set(RightsRequest.objects.filter(case_number__in=candidates).values_list("case_number", flat=True))
    return next(number for number in candidates if number not in taken)


def _masked(text: str, limit: int) -> str:
    if len(text) > limit:
        raise TooLong(
            _("Teksten er for lang. Du har brukt %(length)d tegn, og det er plass til %(limit)d.")
            % {"length": len(text), "limit": limit}
        )
    return mask_identity_numbers(text)


def _check_reachable(request: RightsRequest) -> None:
    if not request.name:
        raise NameMissing(_("Navn må fylles ut. Skriv navnet vi kjenner deg under."))
    if request.contact_way == ContactWay.EMAIL and not request.email:
        raise ContactMissing(_("E-postadresse mangler. Skriv den, eller velg en annen måte å få svar på."))
    if request.contact_way == ContactWay.LETTER and not request.address:
        raise ContactMissing(_("Adresse må fylles ut når du velger brev."))
