"""One answer to each point and right, some of them before the rest, and the copy before the deletion."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from mktnorge.roles import Role
from processing.law.rights import Right
from rights.desk import StepRefused, check_can_answer_part, check_can_close, check_can_decide, check_can_make_letter
from rights.law.answers import Point
from rights.law.identity import IdentityMethod
from rights.law.outcomes import Outcome, RefusalGround
from rights.law.terms import CopyFirst, Relation
from rights.letters.body import Delivery, LetterKind, letter_from_json
from rights.models import Decision
from rights.services import answering, following, handling
from rights.services.steps import facts_of
from rights.workflow import RequestStatus
from tests.builders import make_person
from tests.company import load_company
from tests.rights.at_the_desk import JOURNAL, NOON, Desk
from tests.rights.builders import RECEIVED_AT
from tests.rights.test_desk_rules import DUE, answered, facts

REFUSED = Outcome.REFUSED
TWO_POINTS = [Point(Right.ERASURE, "Notatet fra mai"), Point(Right.ERASURE, "Adressen min")]


def of(right: Right, point: int = 0, outcome: Outcome | None = None, **over):
    made = answered(right, outcome or Outcome.GRANTED, point=point, deadline=DUE)
    return replace(made, **({"outcome": None, "has_reason": False} if outcome is None else {}), **over)


GRANTED = Outcome.GRANTED
ONE, TWO = of(Right.ERASURE, 1, GRANTED), of(Right.ERASURE, 2)
ACCESS = of(Right.ACCESS)


@pytest.mark.parametrize(
    ("right", "point", "over", "sentence"),
    [
        (Right.ERASURE, 0, {}, "har egne punkter"),
        (Right.ERASURE, 3, {}, "har ikke noe punkt 3"),
        (Right.ACCESS, 1, {}, "har ikke noe punkt 1"),
        (Right.RECTIFICATION, 0, {}, "ikke en del av saken"),
    ],
)
def test_an_answer_is_to_a_point_that_exists(right, point, over, sentence):
    with pytest.raises(StepRefused, match=sentence):
        check_can_decide(facts(ONE, TWO, ACCESS, **over), right, GRANTED, None, has_reason=True, point=point)


def test_what_the_person_was_told_stands_until_the_whole_case_is_opened_again():
    told = replace(ONE, letter=1, delivered=True)
    with pytest.raises(StepRefused, match="Personen har alt fått dette svaret"):
        check_can_decide(facts(told, TWO), Right.ERASURE, GRANTED, None, has_reason=False, point=1)
    again = facts(replace(told, closed=True), replace(ONE, point=2, letter=2, delivered=True, closed=True))
    check_can_decide(again, Right.ERASURE, GRANTED, None, has_reason=False, point=1)


@pytest.mark.parametrize(
    ("case", "parts", "sentence"),
    [
        (facts(ONE, TWO), [], "Velg hva"),
        (facts(ONE, TWO), [(Right.ERASURE, 2)], "Avgjør først: sletting, punkt 2"),
        (facts(ONE, replace(ONE, point=2)), [(Right.ERASURE, 1), (Right.ERASURE, 2)], "alt som gjenstår"),
        (facts(replace(ONE, letter=1, delivered=True), TWO, ACCESS), [(Right.ERASURE, 1)], "alt fått svar"),
        (facts(replace(ONE, letter=1), TWO), [(Right.ERASURE, 1)], "ikke levert"),
        (facts(ONE, TWO, identity_level=0), [(Right.ERASURE, 1)], "ikke sikkert nok"),
        (
            facts(of(Right.ERASURE, 1, REFUSED, has_reason=False), TWO),
            [(Right.ERASURE, 1)],
            "Sletting, punkt 1» mangler begrunnelse",
        ),
        (facts(ONE, TWO, status=RequestStatus.READY), [(Right.ERASURE, 1)], "Saken er «svar klart»"),
        (facts(ONE, TWO, copy_first=CopyFirst.ASK), [(Right.ERASURE, 1)], "bli spurt om kopi"),
        (facts(ONE, TWO, ACCESS, copy_first=CopyFirst.YES), [(Right.ERASURE, 1)], "kopien før noe blir slettet"),
    ],
)
def test_a_part_that_may_not_be_told_yet_is_not(case, parts, sentence):
    with pytest.raises(StepRefused, match=sentence):
        check_can_answer_part(case, parts)


def test_what_tells_nothing_is_answered_before_we_know_who_asks():
    """Decision 30: stopping marketing needs no identity, and does not wait for the journal."""
    case = facts(of(Right.OBJECTION_MARKETING, 0, GRANTED), ACCESS, identity_level=0)
    [chosen] = check_can_answer_part(case, [(Right.OBJECTION_MARKETING, 0)])
    assert chosen.right is Right.OBJECTION_MARKETING


@pytest.mark.parametrize(
    "access",
    [
        of(Right.ACCESS, 0, GRANTED),
        of(Right.ACCESS, 0, GRANTED, letter=1, delivered=True),
        of(Right.ACCESS, 0, REFUSED),
    ],
)
def test_the_copy_goes_with_the_deletion_or_before_it(access):
    check_can_make_letter(facts(ONE, access, copy_first=CopyFirst.YES))


def test_a_refused_deletion_waits_for_no_copy():
    refused = of(Right.ERASURE, 1, REFUSED)
    check_can_answer_part(facts(refused, TWO, ACCESS, copy_first=CopyFirst.YES), [(Right.ERASURE, 1)])


def test_a_case_is_answered_when_the_last_point_is():
    told = replace(ONE, letter=1, delivered=True)
    with pytest.raises(StepRefused, match="svarer ikke på alt"):
        check_can_close(facts(told, TWO, status=RequestStatus.READY), 2)
    check_can_close(facts(told, replace(ONE, point=2, letter=2), status=RequestStatus.READY), 2)


@pytest.fixture
def handler(db):
    return make_person(Role.CASE_HANDLER)


@pytest.fixture
def register(db) -> None:
    load_company(at=RECEIVED_AT - timedelta(days=30))


def test_each_point_gets_its_own_answer_in_its_own_letter(handler, register):
    desk = Desk(handler, rights=[Right.ERASURE], points=TWO_POINTS).ready_to_answer(regimes=JOURNAL)
    with pytest.raises(StepRefused, match="egne punkter"):
        desk.do(handling.decide_right, right=Right.ERASURE, outcome=GRANTED)
    desk.do(handling.decide_right, right=Right.ERASURE, point=2, outcome=GRANTED, reason="Adressen er slettet.")
    with pytest.raises(StepRefused, match="Avgjør først: sletting, punkt 1"):
        desk.do(answering.make_answer)
    early = desk.do(answering.answer_part, parts=[(Right.ERASURE, 2)])
    body = letter_from_json(early.body)
    assert (body.kind, body.title) == (LetterKind.PART, "Svar på en del av kravet ditt")
    assert "Sletting, punkt 2" in str(body.parts)
    assert "Resten får du svar på senest tirsdag 22. desember 2026." in str(body.parts)
    assert "Slik klager du" not in str(body.parts)
    desk.do(answering.record_part_delivery, on=NOON.date(), delivery=Delivery.REGISTERED)
    assert desk.case.state is RequestStatus.IN_PROGRESS
    assert desk.case.ended_on is None

    desk.do(
        handling.decide_right, right=Right.ERASURE, point=1, outcome=REFUSED, ground=RefusalGround.JOURNAL_KEPT,
        reason="Notatet er riktig, og kan trenges.",
    )  # fmt: skip
    letter = desk.do(answering.make_answer, journal_noted=True)
    text = str(letter_from_json(letter.body).parts)
    assert "Sletting, punkt 1" in text
    assert "Adressen er slettet" not in text
    assert "Statsforvalteren" in text
    desk.do(answering.record_delivery, on=NOON.date(), delivery=Delivery.REGISTERED)
    assert desk.case.state is RequestStatus.ANSWERED
    assert {decision.letter_id for decision in Decision.objects.all()} == {early.pk, letter.pk}
    assert desk.log()[-6:] == ["decided", "part_answered", "part_delivered", "decided", "letter_made", "delivered"]


def test_a_letter_that_no_longer_says_what_is_decided_is_not_delivered(handler, register):
    desk = Desk(handler, rights=[Right.ERASURE, Right.RESTRICTION]).ready_to_answer()
    desk.do(handling.decide_right, right=Right.ERASURE, outcome=GRANTED)
    desk.do(answering.answer_part, parts=[(Right.ERASURE, 0)])
    desk.do(
        handling.decide_right, right=Right.ERASURE, outcome=REFUSED, ground=RefusalGround.STILL_NEEDED, reason="Nei."
    )
    with pytest.raises(StepRefused, match="ikke laget noe delsvar"):
        desk.do(answering.record_part_delivery, on=NOON.date(), delivery=Delivery.LETTER)


def test_after_a_part_the_case_is_worked_by_what_is_left(handler, register):
    """R-DL-10 and R-DL-11: a right added later has a date of its own, and is what remains."""
    desk = Desk(handler, rights=[Right.RESTRICTION]).ready_to_answer()
    later = RECEIVED_AT + timedelta(days=10)
    following.add_to_own_case(case=desk.case.public_id, right=Right.ACCESS, at=later)
    assert desk.case.statutory_on == date(2026, 12, 22)
    desk.do(handling.decide_right, right=Right.RESTRICTION, outcome=GRANTED)
    desk.do(answering.answer_part, parts=[(Right.RESTRICTION, 0)], at=later)
    desk.do(answering.record_part_delivery, at=later, on=later.date(), delivery=Delivery.LETTER)
    assert desk.case.statutory_on == date(2027, 1, 4)


def test_a_point_added_after_the_right_was_decided_waits_for_its_own_answer(handler, register):
    desk = Desk(handler, rights=[Right.ERASURE]).ready_to_answer()
    desk.do(handling.decide_right, right=Right.ERASURE, outcome=GRANTED)
    following.add_to_own_case(case=desk.case.public_id, right=Right.ERASURE, text="Også bildet mitt", at=NOON)
    assert [(one.point, one.outcome) for one in facts_of(desk.case).rights] == [(0, GRANTED), (1, None)]
    with pytest.raises(StepRefused, match="Avgjør først: sletting, punkt 1"):
        desk.do(answering.make_answer)


def test_a_copy_before_deletion_is_a_right_of_its_own(handler):
    """Art. 15(3): it is decided, refused and delivered by itself, with the deadline of the request."""
    desk = Desk(handler, rights=[Right.ERASURE], copy_first=CopyFirst.YES)
    assert [one.right for one in facts_of(desk.case).rights] == [Right.ACCESS, Right.ERASURE]
    assert len({requested.statutory_on for requested in desk.case.requested_rights.all()}) == 1


@pytest.mark.parametrize(("wants", "rights"), [(True, 2), (False, 1)])
def test_who_wants_to_be_asked_about_a_copy_is_asked(handler, register, wants, rights):
    desk = Desk(handler, rights=[Right.ERASURE], copy_first=CopyFirst.ASK).ready_to_answer()
    desk.do(handling.decide_right, right=Right.ERASURE, outcome=GRANTED)
    with pytest.raises(StepRefused, match="bli spurt om kopi"):
        desk.do(answering.make_answer)
    desk.do(handling.record_copy_wish, wants=wants)
    assert len(facts_of(desk.case).rights) == rights
    with pytest.raises(StepRefused, match="ikke bedt om å bli spurt"):
        desk.do(handling.record_copy_wish, wants=wants)


def test_opened_again_only_what_is_decided_anew_is_told_anew(handler, register):
    desk = Desk(handler, rights=[Right.RESTRICTION, Right.ERASURE], relation=Relation.APPLICANT)
    desk.ready_to_answer(method=IdentityMethod.KNOWN_ADDRESS)
    for right in (Right.RESTRICTION, Right.ERASURE):
        desk.do(handling.decide_right, right=right, outcome=GRANTED)
    desk.do(answering.make_answer)
    desk.do(answering.record_delivery, on=NOON.date(), delivery=Delivery.LETTER)
    desk.do(answering.reopen_case)
    assert len(facts_of(desk.case).to_answer) == 2
    desk.do(
        handling.decide_right, right=Right.ERASURE, outcome=REFUSED, ground=RefusalGround.STILL_NEEDED, reason="Nei."
    )
    text = str(letter_from_json(desk.do(answering.make_answer).body).parts)
    assert "Sletting" in text
    assert "Begrensning" not in text


def test_a_point_is_decided_once_in_the_database(handler):
    desk = Desk(handler, rights=[Right.ERASURE]).ready_to_answer()
    desk.do(handling.decide_right, right=Right.ERASURE, outcome=GRANTED)
    standing = Decision.objects.get()
    standing.pk = None
    with pytest.raises(IntegrityError, match=r"rights_decision_once_a_point|UNIQUE"), transaction.atomic():
        standing.save(force_insert=True)
