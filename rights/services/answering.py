"""Letters of a case, and how it ends."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from mktnorge.models import User
from processing.law.records import ControllerRecord, Register
from processing.notices.body import Card
from processing.notices.compose import compose_notice
from processing.register import register_as_of
from rights.desk import StepRefused, check_can_end, check_can_make_letter, check_can_reopen, check_day
from rights.law.deadlines import local_date
from rights.law.keeping import PERIODS
from rights.law.masking import mask_identity_numbers
from rights.law.outcomes import JOURNAL_RIGHTS, Outcome, RefusalGround
from rights.law.terms import Relation
from rights.law.texts import clean_text
from rights.letters import compose
from rights.letters.body import Delivery, LetterBody, LetterKind, letter_json
from rights.letters.compose import Answer, Heading, LetterIncomplete
from rights.models import Letter, RequestedRight, RightsRequest
from rights.services.steps import facts_of, step
from rights.workflow import Action, Ending


def ask_identity(*, case: int, version: int, reason: str, by: User, at: datetime) -> Letter:
    """Make the letter that asks who is asking, and wait for the answer. The clock goes on (R-DL-8).

    Raises StepRefused without a reason to doubt (art. 12(6)).
    """
    with step(Action.ASK_IDENTITY, case=case, version=version, by=by, at=at) as row:
        heading = heading_of(row, register_as_of(at), at)
        try:
            body = compose.identification(heading, reason=mask_identity_numbers(clean_text(reason)))
        except LetterIncomplete as incomplete:
            raise StepRefused(str(incomplete)) from None
        row.identity_asked_on = local_date(at)
        return _keep(row, body, by=by, at=at)


def make_answer(*, case: int, version: int, journal_noted: bool = False, by: User, at: datetime) -> Letter:
    """Make the letter that answers every right of the case.

    `journal_noted`: the request and the answer are written into the journal. Raises StepRefused while a right is
    undecided, a refusal has no reason or stands on one person, the person is not known well enough, or a refused
    correction or deletion in a journal is not noted there (hpl. §§ 42–43).
    """
    with step(Action.MAKE_LETTER, case=case, version=version, by=by, at=at) as row:
        facts = facts_of(row)
        check_can_make_letter(facts)
        in_journal = [
            one for one in facts.rights if one.ground in {RefusalGround.JOURNAL_KEPT, RefusalGround.JOURNAL_NOT_WRONG}
        ]
        if in_journal and not journal_noted:
            raise StepRefused(_("Skriv kravet og svaret inn i journalen først. Loven krever det. Kryss så av her."))
        register = register_as_of(at)
        answers = [_answer(requested) for requested in row.requested_rights.select_related("decision").order_by("pk")]
        try:
            body = compose.answer(
                heading_of(row, register, at),
                received_on=row.received_on,
                answers=answers,
                regimes=facts.regimes,
                cards=cards_for(register, Relation(row.relation), on=local_date(at)),
                journal_noted=journal_noted and bool({one.right for one in facts.rights} & JOURNAL_RIGHTS),
            )
        except LetterIncomplete as incomplete:
            raise StepRefused(str(incomplete)) from None
        return _keep(row, body, by=by, at=at)


def record_delivery(*, case: int, version: int, on: date, delivery: Delivery, by: User, at: datetime) -> RightsRequest:
    """Write down when and how the answer reached the person. With it the case is answered, and its clock stops.

    Raises StepRefused for a day before the letter was made or in the future, and for e-mail where the answer may
    tell of somebody's health (R-ID-7).
    """
    with step(Action.DELIVER, case=case, version=version, by=by, at=at) as row:
        facts = facts_of(row)
        check_day(on, facts, today=local_date(at))
        letter = row.letters.filter(kind=LetterKind.ANSWER).order_by("-made_at", "-pk").first()
        if letter is None:
            raise StepRefused(_("Lag svarbrevet først."))
        if on < local_date(letter.made_at):
            raise StepRefused(_("Brevet var ikke laget den dagen."))
        if facts.identity_needed >= 2 and facts.discloses and not delivery.is_safe_for_health:
            raise StepRefused(_("Svaret kan fortelle noe om helse. Da må det ikke sendes med e-post."))
        letter.delivered_on, letter.delivery = on, delivery
        letter.save(update_fields=["delivered_on", "delivery"])
        row.ending, row.ended_on = Ending.ANSWERED, on
    return row


def withdraw_case(*, case: int, version: int, by: User, at: datetime) -> Letter:
    """Write down that the person took the request back, and make the letter that says so."""
    with step(Action.WITHDRAW, case=case, version=version, by=by, at=at) as row:
        row.ending, row.ended_on = Ending.WITHDRAWN, local_date(at)
        heading = heading_of(row, register_as_of(at), at)
        body = compose.withdrawn(heading, received_on=row.received_on, erased_after_days=PERIODS.withdrawn_days)
        return _keep(row, body, by=by, at=at)


def end_case(*, case: int, version: int, ending: Ending, words: str = "", by: User, at: datetime) -> Letter | None:
    """End a case without an answer on the matter, with the letter that ending needs, or none.

    Raises StepRefused as `check_can_end`.
    """
    words = mask_identity_numbers(clean_text(words))
    with step(Action.END, case=case, version=version, by=by, at=at) as row:
        check_can_end(facts_of(row), ending, has_words=bool(words))
        row.ending, row.ended_on = ending, local_date(at)
        if not ending.needs_words:
            return None
        heading = heading_of(row, register_as_of(at), at)
        return _keep(row, compose.ended(heading, ending=ending, received_on=row.received_on, words=words), by=by, at=at)


def reopen_case(*, case: int, version: int, by: User, at: datetime) -> RightsRequest:
    """Take a case up again: something was forgotten, or a complaint came. Its dates are those it always had.

    Raises StepRefused once what the person wrote is erased.
    """
    with step(Action.REOPEN, case=case, version=version, by=by, at=at) as row:
        check_can_reopen(facts_of(row))
        row.ending, row.ended_on = "", None
        row.owner = row.owner or by
    return row


def cards_for(register: Register, relation: Relation, *, on: date) -> tuple[Card, ...]:
    """Return the activities that concern somebody who is `relation` to us: all of them for «noe annet»."""
    if register.controller is None:
        return ()
    body = compose_notice(register, on=on)
    chosen = tuple(card for card in body.cards if relation.slug in card.roles)
    return chosen or body.cards


def heading_of(case: RightsRequest, register: Register, at: datetime) -> Heading:
    """Return who writes to whom. Opens the person's name and address."""
    return Heading(
        controller=register.controller or ControllerRecord(),
        name=case.name,
        address=case.address,
        case_number=case.case_number,
        dated=local_date(at),
    )


def _answer(requested: RequestedRight) -> Answer:
    decision = requested.decision
    return Answer(
        right=requested.as_right,
        outcome=Outcome(decision.outcome),
        ground=RefusalGround.of(decision.ground),
        reason=decision.reason,
    )


def _keep(case: RightsRequest, body: LetterBody, *, by: User, at: datetime) -> Letter:
    return Letter.objects.create(request=case, kind=body.kind, body=letter_json(body), made_at=at, made_by=by)
