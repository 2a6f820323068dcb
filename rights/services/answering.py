"""Letters of a case, and how it ends."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime

from django.utils.translation import gettext as _

from mktnorge.models import User
from processing.law.records import ControllerRecord, Register
from processing.law.rights import Right
from processing.notices.body import Card, NoticeBody
from processing.notices.compose import compose_notice
from processing.register import register_as_of
from processing.services.languages import translators
from rights.desk import (
    CaseFacts,
    NotOnThatDay,
    RightFacts,
    StepRefused,
    check_can_answer_part,
    check_can_close,
    check_can_make_letter,
    check_can_reopen,
    check_can_show_letter,
    check_day,
)
from rights.law.deadlines import local_date
from rights.law.keeping import periods_of
from rights.law.languages import LetterLanguage
from rights.law.masking import mask_identity_numbers
from rights.law.outcomes import JOURNAL_RIGHTS, Outcome, RefusalGround
from rights.law.terms import Relation
from rights.law.texts import clean_text
from rights.letters import compose
from rights.letters.body import Delivery, LetterBody, LetterIncomplete, LetterKind, letter_json
from rights.letters.compose import Answer, Heading, is_told_in_one_language
from rights.letters.languages import translator
from rights.models import Decision, Letter, RightsRequest
from rights.services.news import tell_of_news
from rights.services.steps import facts_of, step, work_by_what_is_open
from rights.workflow import Action, Ending


def ask_identity(*, case: int, version: int, reason: str, by: User, at: datetime) -> Letter:
    """Make the letter that asks who is asking, and wait for the answer. The clock goes on (R-DL-8).

    Raises StepRefused without a reason to doubt (art. 12(6)).
    """
    with step(Action.ASK_IDENTITY, case=case, version=version, by=by, at=at) as row:
        heading = heading_of(row, register_as_of(at), at)
        with whole_or_refused():
            body = compose.identification(heading, reason=mask_identity_numbers(clean_text(reason)))
        row.identity_asked_on = local_date(at)
        return keep_letter(row, body, by=by, at=at)


def make_answer(*, case: int, version: int, journal_noted: bool = False, by: User, at: datetime) -> Letter:
    """Make the letter that answers all of the case that no delivered letter has answered.

    `journal_noted`: the request and the answer are written into the journal. Raises StepRefused while a right or a
    point is undecided, a refusal has no reason or stands on one person, the person is not known well enough, a copy
    must come first, or a refused correction or deletion in a journal is not noted there (hpl. §§ 42–43).
    """
    with step(Action.MAKE_LETTER, case=case, version=version, by=by, at=at) as row:
        facts = facts_of(row)
        check_can_make_letter(facts)
        return _answer_letter(row, facts, facts.to_answer, journal_noted=journal_noted, by=by, at=at)


def answer_part(
    *,
    case: int,
    version: int,
    parts: Collection[tuple[Right, int]],
    journal_noted: bool = False,
    by: User,
    at: datetime,
) -> Letter:
    """Make a letter that answers some of what was asked before the rest. The clock goes on (R-DL-10).

    `parts` are rights, each with the number of its point, or 0. Raises StepRefused as `make_answer`, for all that is
    left, and while an earlier letter about a part waits for its delivery.
    """
    with step(Action.ANSWER_PART, case=case, version=version, by=by, at=at) as row:
        facts = facts_of(row)
        chosen = check_can_answer_part(facts, parts)
        rest = [one.deadline.client_on for one in facts.unanswered if one not in chosen]
        return _answer_letter(row, facts, chosen, rest_due_on=min(rest), journal_noted=journal_noted, by=by, at=at)


def record_part_delivery(
    *, case: int, version: int, on: date, delivery: Delivery, follow_at: str = "", by: User, at: datetime
) -> RightsRequest:
    """Write down when and how the letter about a part reached the person. The case is worked by what is left.

    Raises StepRefused as `record_delivery`.
    """
    with step(Action.DELIVER_PART, case=case, version=version, by=by, at=at) as row:
        facts = facts_of(row)
        if facts.part_letter is None:
            raise StepRefused(_("Det er ikke laget noe delsvar som venter på å bli levert."))
        letter = row.letters.get(pk=facts.part_letter)
        _deliver(letter, facts, on=on, delivery=delivery, follow_at=follow_at, at=at)
        work_by_what_is_open(row)
    return row


def record_delivery(
    *, case: int, version: int, on: date, delivery: Delivery, follow_at: str = "", by: User, at: datetime
) -> RightsRequest:
    """Write down when and how the answer reached the person. With it the case is answered, and its clock stops.

    On «Min sak» it can be read from now on, and whoever gave an address is told that there is something new;
    `follow_at` is the address in that mail.

    Raises StepRefused for a day before the letter was made or in the future, and for e-mail where the answer may
    tell of somebody's health (R-ID-7). Raises as `check_can_show_letter` for «Min sak».
    """
    with step(Action.DELIVER, case=case, version=version, by=by, at=at) as row:
        facts = facts_of(row)
        letter = row.letters.filter(kind=LetterKind.ANSWER).order_by("-made_at", "-pk").first()
        if letter is None:
            raise StepRefused(_("Lag svarbrevet først."))
        check_can_close(facts, letter.pk)
        _deliver(letter, facts, on=on, delivery=delivery, follow_at=follow_at, at=at)
        row.ending, row.ended_on = Ending.ANSWERED, on
    return row


def withdraw_case(*, case: int, version: int, by: User, at: datetime) -> Letter:
    """Write down that the person took the request back, and make the letter that says so."""
    with step(Action.WITHDRAW, case=case, version=version, by=by, at=at) as row:
        row.ending, row.ended_on = Ending.WITHDRAWN, local_date(at)
        register = register_as_of(at)
        days = periods_of(register.controller).withdrawn_days
        heading = heading_of(row, register, at)
        with whole_or_refused():
            body = compose.withdrawn(heading, received_on=row.received_on, erased_after_days=days)
        return keep_letter(row, body, by=by, at=at)


def reopen_case(*, case: int, version: int, by: User, at: datetime) -> RightsRequest:
    """Take a case up again: something was forgotten, or a complaint came. Its dates are those it always had.

    Raises StepRefused once what the person wrote is erased.
    """
    with step(Action.REOPEN, case=case, version=version, by=by, at=at) as row:
        check_can_reopen(facts_of(row))
        drop_letters_not_delivered(row)
        row.ending, row.ended_on, row.duplicate_of = "", None, None
        row.owner = row.owner or by
    return row


def drop_letters_not_delivered(case: RightsRequest) -> None:
    """Let no decision of the case stand in a letter that never reached anybody: it answers nothing."""
    Decision.objects.filter(requested_right__request=case, letter__delivered_on=None).update(letter=None)


def cards_for(
    register: Register, relation: Relation, *, on: date, language: LetterLanguage = LetterLanguage.BOKMAL
) -> tuple[tuple[Card, ...], LetterLanguage]:
    """Return the activities that concern somebody who is `relation` to us, and the language they are told in.

    All of them for «noe annet». In bokmål where the register has not got all of it in `language`: half is not told.
    """
    if register.controller is None:
        return (), language
    body = compose_notice(register, on=on, translators=translators())
    if language in body.languages:
        chosen = _chosen(body.in_language(language), relation)
        if all(is_told_in_one_language(card) for card in chosen):
            return chosen, language
    return _chosen(body, relation), LetterLanguage.BOKMAL


def _chosen(body: NoticeBody, relation: Relation) -> tuple[Card, ...]:
    return tuple(card for card in body.cards if relation.slug in card.roles) or body.cards


def heading_of(case: RightsRequest, register: Register, at: datetime) -> Heading:
    """Return who writes to whom, and in which language. Opens the person's name and address."""
    language = LetterLanguage(case.language)
    return Heading(
        controller=register.controller or ControllerRecord(),
        name=case.name,
        address=case.address,
        case_number=case.case_number,
        dated=local_date(at),
        language=language,
        translate=translator(language),
    )


@contextmanager
def whole_or_refused() -> Iterator[None]:
    """Refuse the step where the letter lacks something, or a sentence of it in its language."""
    try:
        yield
    except LetterIncomplete as incomplete:
        raise StepRefused(str(incomplete)) from None


def _answer_letter(
    row: RightsRequest,
    facts: CaseFacts,
    parts: Iterable[RightFacts],
    *,
    journal_noted: bool,
    rest_due_on: date | None = None,
    by: User,
    at: datetime,
) -> Letter:
    chosen = {(one.right, one.point): one for one in parts}
    in_journal = {RefusalGround.JOURNAL_KEPT, RefusalGround.JOURNAL_NOT_WRONG}
    if not journal_noted and any(one.ground in in_journal for one in chosen.values()):
        raise StepRefused(_("Skriv kravet og svaret inn i journalen først. Loven krever det. Kryss så av her."))
    register = register_as_of(at)
    cards, cards_language = cards_for(
        register, Relation(row.relation), on=local_date(at), language=LetterLanguage(row.language)
    )
    standing = Decision.objects.filter(requested_right__request=row).select_related("requested_right")
    decisions = [
        decision
        for decision in standing.order_by("requested_right", "point")
        if (decision.requested_right.as_right, decision.point) in chosen
    ]
    with whole_or_refused():
        body = compose.answer(
            heading_of(row, register, at),
            received_on=row.received_on,
            answers=[_answer(decision) for decision in decisions],
            regimes=facts.regimes,
            cards=cards,
            cards_language=cards_language,
            journal_noted=journal_noted and any(right in JOURNAL_RIGHTS for right, _point in chosen),
            rest_due_on=rest_due_on,
        )
    letter = keep_letter(row, body, by=by, at=at)
    Decision.objects.filter(pk__in=[decision.pk for decision in decisions]).update(letter=letter)
    return letter


def _deliver(letter: Letter, facts: CaseFacts, *, on: date, delivery: Delivery, follow_at: str, at: datetime) -> None:
    check_day(on, facts, today=local_date(at))
    if on < local_date(letter.made_at):
        raise NotOnThatDay(_("Brevet var ikke laget den dagen."))
    told = [one for one in facts.rights if one.letter == letter.pk]
    discloses = any(one.discloses for one in told)
    if discloses and facts.identity_for(told) >= 2 and not delivery.is_safe_for_health:
        raise StepRefused(_("Svaret kan fortelle noe om helse. Da må det ikke sendes med e-post."))
    if delivery is Delivery.CASE_PAGE:
        check_can_show_letter(facts, letter.pk, on=on, today=local_date(at))
        tell_of_news(case=letter.request, occasion=f"letter-{letter.pk}", follow_at=follow_at, at=at)
    letter.delivered_on, letter.delivery = on, delivery
    letter.save(update_fields=["delivered_on", "delivery"])


def _answer(decision: Decision) -> Answer:
    return Answer(
        right=decision.requested_right.as_right,
        point=decision.point,
        outcome=Outcome(decision.outcome),
        ground=RefusalGround.of(decision.ground),
        reason=decision.reason,
    )


def keep_letter(case: RightsRequest, body: LetterBody, *, by: User, at: datetime) -> Letter:
    """Store the letter as it was made: it is printed from this, and never composed again."""
    return Letter.objects.create(request=case, kind=body.kind, body=letter_json(body), made_at=at, made_by=by)
