"""Taking a request in: from what a person typed to a case with a clock."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mktnorge.models import User
from mktnorge.outbox import queue_mail
from mktnorge.sealing import keyed_hash
from processing.context import current_site_facts
from processing.law.rights import Right
from rights import mails
from rights.law import limits
from rights.law.answers import Point
from rights.law.codes import case_number_candidates, new_code, normalise_code
from rights.law.danger import speaks_of_danger
from rights.law.deadlines import local_date, response_deadline
from rights.law.languages import LetterLanguage
from rights.law.masking import mask_identity_numbers
from rights.law.terms import Channel, ChildAge, ContactWay, CopyFirst, CopyScope, OnBehalf, Relation
from rights.law.texts import clean_line, clean_text
from rights.models import RequestedRight, RequestEvent, RequestPoint, RightsRequest
from rights.services.danger import tell_danger_contacts
from rights.workflow import EventKind, RequestStatus

logger = logging.getLogger(__name__)

CODE_PURPOSE = "rights.follow-up code"
SUBMISSION_PURPOSE = "rights.submission"

# How long the person can be shown the receipt, and with it the code.
RECEIPT_LIFE = timedelta(minutes=60)


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


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """What a request holds beyond the rights and how to answer. All of it is voluntary, and empty means not stated."""

    on_behalf: OnBehalf | None = None
    child_age: ChildAge | None = None
    copy_first: CopyFirst | None = None
    scope: Sequence[CopyScope] = ()
    from_year: int | None = None
    to_year: int | None = None
    explain_words: bool = False
    go_through: bool = False
    points: Sequence[Point] = ()
    consents: Sequence[str] = ()
    all_consents: bool = False
    file_to: str = ""
    message: str = ""
    activity_number: str = ""
    language: LetterLanguage = LetterLanguage.BOKMAL


NO_PARTICULARS = Particulars()


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
    particulars: Particulars = NO_PARTICULARS,
    idempotency_key: str,
    at: datetime,
    code: str | None = None,
    channel: Channel = Channel.WEB,
    by: User | None = None,
    written_at: datetime | None = None,
    follow_at: str = "",
) -> Receipt:
    """Open a case for a request that reached us at `at`, and return it with its follow-up code.

    The clock starts at once, on the date `at` is in Norway, whatever is unclear about the request. Texts are cleaned
    and identity numbers masked before anything is stored; an address that the chosen `contact_way` does not need is
    not stored. Text that speaks of acute danger is flagged, and changes nothing else (R-ID-10).

    One case a key: a second call with the same `idempotency_key` changes nothing and returns the first call's case,
    also when both run at once. Its code comes along only if the caller gives the same `code` again within
    RECEIPT_LIFE of the first call: the case knows no more than the code's hash. Without `code`, one is made.

    A request that came another way is written in by `by` at `written_at`, after it reached us.

    Whoever wants the answer by e-mail gets a receipt by mail, once; `follow_at` is the address in it where the code is
    typed.

    Raises NothingAsked, NameMissing, ContactMissing or TooLong, and then nothing is stored.
    """
    said = particulars
    asked = set(rights)
    if Right.ERASURE in asked and said.copy_first is CopyFirst.YES:
        # A copy before deletion is access (art. 15(3)), and gets an answer of its own.
        asked.add(Right.ACCESS)
    chosen = sorted(asked, key=list(Right).index)
    if not (chosen or unsure):
        raise NothingAsked(_("Velg hva du vil. Er du usikker, velg «Jeg er ikke sikker»."))
    if len(said.points) > limits.POINTS:
        raise TooLong(_("Det er plass til %(limit)d punkter.") % {"limit": limits.POINTS})
    points = [Point(point.right, _masked(clean_text(point.text), limits.POINT)) for point in said.points]
    request = RightsRequest(
        status=RequestStatus.RECEIVED,
        channel=channel,
        received_at=at,
        relation=relation,
        unsure=unsure,
        activity_number=said.activity_number,
        on_behalf=said.on_behalf or "",
        child_age=said.child_age or "",
        copy_first=said.copy_first or "",
        scope=[scope.value for scope in said.scope],
        from_year=said.from_year,
        to_year=said.to_year,
        explain_words=said.explain_words,
        go_through=said.go_through,
        consents=list(said.consents),
        all_consents=said.all_consents,
        language=said.language,
        contact_way=contact_way,
        no_voicemail=no_voicemail,
        neutral_envelope=neutral_envelope,
        name=_masked(clean_line(name), limits.NAME),
        email=_masked(clean_line(email), limits.EMAIL) if contact_way is ContactWay.EMAIL else "",
        address=_masked(clean_text(address), limits.ADDRESS) if contact_way is ContactWay.LETTER else "",
        message=_masked(clean_text(said.message), limits.MESSAGE),
        file_to=_masked(clean_text(said.file_to), limits.FILE_TO),
    )
    request.speaks_of_danger = speaks_of_danger(
        [request.message, request.file_to, request.name, request.address, *(point.text for point in points)]
    )
    request.deadline = response_deadline(local_date(at))
    _check_reachable(request)
    code = normalise_code(code) if code else new_code()
    request.code_hash = keyed_hash(code, purpose=CODE_PURPOSE)
    request.idempotency_hash = keyed_hash(idempotency_key, purpose=SUBMISSION_PURPOSE)
    return _open_case(request, chosen, points, code=code, by=by, written_at=written_at or at, follow_at=follow_at)


@transaction.atomic
def _open_case(
    request: RightsRequest,
    chosen: list[Right],
    points: list[Point],
    *,
    code: str,
    by: User | None,
    written_at: datetime,
    follow_at: str,
) -> Receipt:
    earlier = _store(request)
    if earlier is not None:
        fresh = earlier.code_hash == request.code_hash and written_at < _opened_at(earlier) + RECEIPT_LIFE
        return Receipt(earlier, code if fresh else None)
    requested = {right: RequestedRight(request=request, right=right) for right in chosen}
    for row in requested.values():
        row.deadline = request.deadline
    RequestedRight.objects.bulk_create(requested.values())
    RequestPoint.objects.bulk_create(
        RequestPoint(requested_right=requested[point.right], number=number, text=point.text)
        for right in chosen
        for number, point in enumerate((point for point in points if point.right is right and point.text), start=1)
    )
    RequestEvent.record(request, EventKind.SUBMITTED, by=None, at=request.received_at)
    if by is not None:
        RequestEvent.record(request, EventKind.REGISTERED, by=by, at=written_at)
    if request.speaks_of_danger:
        RequestEvent.record(request, EventKind.DANGER_SEEN, by=None, at=written_at)
        tell_danger_contacts(case=request, at=written_at)
    if request.email:
        _queue_receipt(request, follow_at=follow_at, at=written_at)
    logger.info("Case %s opened", request.case_number)
    return Receipt(request, code)


def _opened_at(case: RightsRequest) -> datetime:
    """When the case was made here: later than it was received, where somebody wrote it in."""
    registered = case.events.filter(kind=EventKind.REGISTERED).first()
    return registered.at if registered else case.received_at


def _queue_receipt(case: RightsRequest, *, follow_at: str, at: datetime) -> None:
    words = mails.receipt(
        case_number=case.case_number,
        received_on=case.received_on,
        answer_on=case.client_on,
        follow_at=follow_at,
        phone=current_site_facts().phone,
    )
    queue_mail(
        to=case.email,
        subject=words.subject,
        body=words.body,
        kind="receipt",
        once=f"receipt/{case.case_number}",
        reference=case.case_number,
        at=at,
    )


def _store(request: RightsRequest) -> RightsRequest | None:
    """Insert the case under a free case number, or return the one that an earlier call with the same key made.

    Tried first and asked afterwards: nearly every case is the first of its key, and its number is free.
    """
    numbers = case_number_candidates()
    for number in numbers:
        request.case_number = number
        try:
            with transaction.atomic():
                request.save(force_insert=True)
        except IntegrityError:
            # Either the other click was first, or the number is taken.
            cases = RightsRequest.objects.without_personal_text()
            earlier = cases.filter(idempotency_hash=request.idempotency_hash).first()
            if earlier is not None:
                return earlier
            if number == numbers[-1]:
                raise
        else:
            return None
    raise AssertionError("There is always a number to try.")


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
    if request.email:
        try:
            validate_email(request.email)
        except ValidationError:
            raise ContactMissing(_("E-postadresse må ha formen navn@eksempel.no.")) from None
    if request.contact_way == ContactWay.LETTER and not request.address:
        raise ContactMissing(_("Adresse må fylles ut når du velger brev."))
