"""The steps of the desk as they are stored: whole or not at all, logged, and never on top of somebody else's work."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from mktnorge.roles import Role
from processing.law.rights import Right
from rights.desk import OutOfOrder, StepRefused
from rights.law.extensions import ExtensionReason
from rights.law.identity import IdentityMethod
from rights.law.outcomes import Outcome, RefusalGround
from rights.law.terms import Relation
from rights.letters.body import Delivery, LetterKind, letter_from_json
from rights.models import Decision, RequestEvent, RightsRequest
from rights.services import answering, handling
from rights.services.ending import end_case
from rights.services.looking import show_person
from rights.services.steps import CaseChanged, CaseGone, facts_of
from rights.workflow import Ending, EventKind, RequestStatus
from tests.builders import make_controller, make_person
from tests.company import load_company
from tests.rights.at_the_desk import JOURNAL, NOON, Desk
from tests.rights.builders import RECEIVED_AT, in_state, make_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def handler(db):
    return make_person(Role.CASE_HANDLER)


@pytest.fixture
def leader(db):
    return make_person(Role.LEADER)


@pytest.fixture
def desk(handler) -> Desk:
    return Desk(handler)


@pytest.fixture
def register(db) -> None:
    load_company(at=RECEIVED_AT - timedelta(days=30))


def test_from_taking_to_answered(desk, register):
    desk.ready_to_answer()
    desk.do(handling.decide_right, right=Right.ACCESS, outcome=Outcome.GRANTED, reason="Du får alt i kopi.")
    letter = desk.do(answering.make_answer)
    desk.do(answering.record_delivery, on=NOON.date(), delivery=Delivery.IN_PERSON)
    case = desk.case
    assert (case.state, case.ending, case.ended_on) == (RequestStatus.ANSWERED, Ending.ANSWERED, NOON.date())
    assert case.owner == desk.by
    assert desk.log() == [
        "submitted",
        "taken",
        "regime_set",
        "identity_recorded",
        "decided",
        "letter_made",
        "delivered",
    ]
    body = letter_from_json(letter.body)
    assert body.recipient == ("Test Testesen",)
    text = str(body.parts)
    assert "Du får alt i kopi." in text
    # Art. 15(1): for somebody who is a client, what the register says of clients, and nothing of job seekers.
    headings = {part.heading for part in body.parts}
    assert {"Journal", "Jobbsøknader"} & headings == {"Journal"}, headings


def test_each_step_changes_the_version_and_an_old_one_is_refused(desk, leader):
    desk.do(handling.take_case)
    with pytest.raises(CaseChanged, match=r"lagret denne saken kl\. 18\.04"):
        desk.do(handling.write_note, version=1, by=leader, text="Skrevet for sent")
    assert not desk.case.notes.exists()
    assert desk.case.version == 2


def test_a_case_that_is_gone_is_said_to_be(handler):
    with pytest.raises(CaseGone, match="finnes ikke lenger"):
        handling.take_case(case=0, version=1, by=handler, at=NOON)


def test_a_step_out_of_order_leaves_nothing(desk):
    with pytest.raises(OutOfOrder):
        desk.do(answering.record_delivery, on=NOON.date(), delivery=Delivery.IN_PERSON)
    assert (desk.case.version, desk.log()) == (1, ["submitted"])


def test_a_refused_step_leaves_nothing(desk):
    desk.do(handling.take_case)
    before = desk.case.version, desk.log()
    with pytest.raises(StepRefused, match="linje til den som overtar"):
        desk.do(handling.hand_over, to=desk.by, words="  \n")
    assert (desk.case.version, desk.log()) == before


def test_a_case_is_handed_to_those_who_work_with_cases(desk, leader):
    desk.do(handling.hand_over, to=leader, words="Ring i morgen.")
    assert desk.case.owner == leader
    assert desk.case.state is RequestStatus.IN_PROGRESS
    assert [note.text for note in desk.case.notes.all()] == ["Ring i morgen."]
    with pytest.raises(StepRefused, match="har ikke tilgang til saker"):
        desk.do(handling.hand_over, to=make_person(Role.REGISTRAR), words="Ta denne.")


def test_the_rules_do_not_change_under_a_decision(desk):
    desk.ready_to_answer()
    desk.do(handling.decide_right, right=Right.ACCESS, outcome=Outcome.GRANTED)
    with pytest.raises(StepRefused, match="alt avgjort"):
        desk.do(handling.confirm_regimes, regimes=JOURNAL)
    with pytest.raises(StepRefused, match="minst ett"):
        desk.do(handling.confirm_regimes, regimes=set())


def test_who_was_not_sure_gets_a_right_and_keeps_the_date(handler):
    desk = Desk(handler, rights=[], unsure=True)
    desk.do(handling.add_right, right=Right.ERASURE)
    [requested] = desk.case.requested_rights.all()
    assert requested.statutory_on == date(2026, 12, 22)
    with pytest.raises(StepRefused, match="alt med i saken"):
        desk.do(handling.add_right, right=Right.ERASURE)


def test_an_extension_moves_every_right_and_says_until_when(handler):
    desk = Desk(handler, rights=[Right.ACCESS, Right.ERASURE])
    desk.do(handling.take_case)
    told = date(2026, 12, 22)
    at = RECEIVED_AT + timedelta(days=31)
    desk.do(handling.extend_case, at=at, reason=ExtensionReason.COMPLEXITY, words="Arkivet er stort.", told_on=told)
    case = desk.case
    assert case.state is RequestStatus.EXTENDED
    # Receipt and three months, moved to a working day (R-DL-7): 22 February 2027 is a Monday.
    assert case.statutory_on == case.client_on == date(2027, 2, 22)
    assert {requested.statutory_on for requested in case.requested_rights.all()} == {date(2027, 2, 22)}
    with pytest.raises(OutOfOrder):
        desk.do(handling.extend_case, at=at, reason=ExtensionReason.NUMBER, words="En gang til.", told_on=told)


@pytest.mark.parametrize(
    ("told_on", "words", "sentence"),
    [
        (date(2026, 12, 23), "Arkivet er stort.", "kan ikke lenger forlenges"),
        (date(2026, 11, 21), "Arkivet er stort.", "før kravet kom"),
        (date(2027, 1, 30), "Arkivet er stort.", "fram i tid"),
        (date(2026, 12, 22), " ", "hvorfor akkurat dette kravet"),
    ],
)
def test_an_extension_that_would_be_unlawful_is_refused(desk, told_on, words, sentence):
    desk.do(handling.take_case)
    before = desk.case.statutory_on
    with pytest.raises(StepRefused, match=sentence):
        desk.do(handling.extend_case, at=RECEIVED_AT + timedelta(days=40), told_on=told_on, words=words,
                reason=ExtensionReason.COMPLEXITY)  # fmt: skip
    assert desk.case.statutory_on == before
    assert not hasattr(desk.case, "extension")


def test_a_decision_may_be_written_anew_and_loses_who_stood_behind_it(desk, leader):
    desk.ready_to_answer(regimes=JOURNAL)
    refuse = {"right": Right.ACCESS, "outcome": Outcome.REFUSED, "reason": "Det er fare for liv."}
    desk.do(handling.decide_right, ground=RefusalGround.JOURNAL_DANGER, **refuse)
    desk.do(handling.second_refusal, by=leader, right=Right.ACCESS)
    assert facts_of(desk.case).rights[0].seconded
    desk.do(handling.decide_right, ground=RefusalGround.JOURNAL_NEXT_OF_KIN, **refuse)
    assert not facts_of(desk.case).rights[0].seconded


def test_two_people_stand_behind_a_journal_that_is_kept_from_its_patient(desk, leader, register):
    desk.ready_to_answer(regimes=JOURNAL)
    desk.do(handling.decide_right, right=Right.ACCESS, outcome=Outcome.REFUSED, ground=RefusalGround.JOURNAL_DANGER,
            reason="Det er fare for liv.")  # fmt: skip
    with pytest.raises(StepRefused, match="krever to personer"):
        desk.do(answering.make_answer)
    with pytest.raises(StepRefused, match="En annen må stå bak"):
        desk.do(handling.second_refusal, right=Right.ACCESS)
    desk.do(handling.second_refusal, by=leader, right=Right.ACCESS)
    assert desk.do(answering.make_answer).kind == LetterKind.ANSWER


def test_one_alone_says_why_and_it_is_kept(desk):
    desk.ready_to_answer(regimes=JOURNAL)
    desk.do(handling.decide_right, right=Right.ACCESS, outcome=Outcome.REFUSED, ground=RefusalGround.JOURNAL_DANGER,
            reason="Det er fare for liv.")  # fmt: skip
    desk.do(handling.second_refusal, right=Right.ACCESS, alone_because="Vi er bare én i virksomheten.")
    assert Decision.objects.get().alone_because == "Vi er bare én i virksomheten."


def test_nothing_else_needs_a_second_person(desk):
    desk.ready_to_answer()
    desk.do(handling.decide_right, right=Right.ACCESS, outcome=Outcome.GRANTED)
    with pytest.raises(StepRefused, match="trenger ingen"):
        desk.do(handling.second_refusal, right=Right.ACCESS)


def test_a_refused_deletion_in_a_journal_stands_in_the_journal_first(handler, register):
    """Hpl. § 43 and decision 34."""
    desk = Desk(handler, rights=[Right.ERASURE]).ready_to_answer(regimes=JOURNAL)
    desk.do(handling.decide_right, right=Right.ERASURE, outcome=Outcome.REFUSED, ground=RefusalGround.JOURNAL_KEPT,
            reason="Vi har vurdert hvert punkt.")  # fmt: skip
    with pytest.raises(StepRefused, match="inn i journalen først"):
        desk.do(answering.make_answer)
    body = letter_from_json(desk.do(answering.make_answer, journal_noted=True).body)
    text = str(body.parts)
    assert "Statsforvalteren" in text
    assert "innen fire uker" in text
    assert "skrevet inn i journalen" in text
    assert "helsepersonelloven § 43" in text


def test_an_answer_about_health_does_not_go_by_mail(desk, register):
    """R-ID-7."""
    desk.ready_to_answer(regimes=JOURNAL)
    desk.do(handling.decide_right, right=Right.ACCESS, outcome=Outcome.GRANTED)
    desk.do(answering.make_answer)
    with pytest.raises(StepRefused, match="ikke sendes med e-post"):
        desk.do(answering.record_delivery, on=NOON.date(), delivery=Delivery.EMAIL)
    with pytest.raises(StepRefused, match="ikke laget den dagen"):
        desk.do(answering.record_delivery, on=NOON.date() - timedelta(days=1), delivery=Delivery.IN_PERSON)
    desk.do(answering.record_delivery, on=NOON.date(), delivery=Delivery.REGISTERED)


def test_access_without_a_register_to_tell_of_is_not_given(desk):
    make_controller()
    desk.ready_to_answer()
    desk.do(handling.decide_right, right=Right.ACCESS, outcome=Outcome.GRANTED)
    with pytest.raises(StepRefused, match="Registeret sier ikke"):
        desk.do(answering.make_answer)
    assert not desk.case.letters.exists()


def test_the_question_of_identity_needs_a_reason_and_moves_no_date(desk, register):
    desk.do(handling.take_case)
    before = desk.case.deadline
    with pytest.raises(StepRefused, match="hvorfor vi er i tvil"):
        desk.do(answering.ask_identity, reason="")
    letter = desk.do(answering.ask_identity, reason="Navnet er vanlig, og adressen er ny.")
    assert desk.case.state is RequestStatus.IDENTIFYING
    assert desk.case.deadline == before
    assert "Ikke send bilde av pass" in str(letter_from_json(letter.body).parts)
    desk.do(handling.record_identity, method=IdentityMethod.EID, on=NOON.date())
    assert facts_of(desk.case).identity_level == 3


def test_withdrawn_and_taken_up_again(desk, register):
    letter = desk.do(answering.withdraw_case)
    assert letter.kind == LetterKind.WITHDRAWN
    assert (desk.case.state, desk.case.ending) == (RequestStatus.WITHDRAWN, Ending.WITHDRAWN)
    dates = desk.case.deadline
    desk.do(answering.reopen_case)
    assert (desk.case.state, desk.case.ending, desk.case.ended_on) == (RequestStatus.IN_PROGRESS, "", None)
    assert desk.case.deadline == dates


@pytest.mark.parametrize("ending", [ending for ending in Ending if ending not in {Ending.ANSWERED, Ending.WITHDRAWN}])
def test_a_case_that_ends_without_an_answer_says_so_where_it_must(desk, register, ending):
    if ending is Ending.NOT_IDENTIFIED:
        desk.do(handling.take_case)
        with pytest.raises(StepRefused, match="Be om identifikasjon først"):
            desk.do(end_case, ending=ending, words="Vi kunne ikke kjenne deg igjen.")
        desk.do(answering.ask_identity, reason="Adressen er ny.")
    same_as = make_request(at=RECEIVED_AT - timedelta(days=1)).case_number if ending is Ending.DUPLICATE else ""
    letter = desk.do(end_case, ending=ending, words="Vi kunne ikke kjenne deg igjen.", same_as=same_as)
    assert (desk.case.state, desk.case.ending) == (RequestStatus.CLOSED, ending)
    assert (letter is not None) == ending.needs_words
    if ending.neither_confirms_nor_denies:
        text = str(letter_from_json(letter.body).parts)
        assert "verken bekrefter eller avkrefter" in text
        assert "klient" not in text.lower()


def test_identity_numbers_are_masked_in_what_staff_write_too(desk):
    desk.do(handling.write_note, text="Ring om 01020312345.")
    assert "01020312345" not in desk.case.notes.get().text


def test_reading_what_a_person_wrote_is_logged_and_disturbs_nobody(desk, leader):
    case = show_person(case=desk.pk, by=leader, at=NOON)
    assert case.name == "Test Testesen"
    event = RequestEvent.objects.get(kind=EventKind.VIEWED)
    assert (event.by, event.at) == (leader, NOON)
    assert desk.case.version == 1


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"status": "answered"}, "rights_request_ended_how_and_when"),
        ({"ending": "answered"}, "rights_request_ended_how_and_when"),
        ({"ended_on": date(2026, 12, 1)}, "rights_request_ended_how_and_when"),
    ],
)
def test_the_database_knows_how_and_when_a_case_ended(values, constraint):
    case = make_request()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        RightsRequest.objects.filter(pk=case.pk).update(**values)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"outcome": "refused"}, "rights_decision_refusal_has_ground"),
        ({"ground": "unfounded"}, "rights_decision_refusal_has_ground"),
        ({"seconded_at": NOON}, "rights_decision_seconded_by_whom"),
    ],
)
def test_the_database_refuses_a_decision_without_its_ground(desk, values, constraint):
    desk.ready_to_answer()
    desk.do(handling.decide_right, right=Right.ACCESS, outcome=Outcome.GRANTED)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Decision.objects.update(**values)


def test_who_may_be_a_client_is_asked_more(handler):
    for relation, needed in ((Relation.CLIENT, 2), (Relation.RELATIVE, 2), (Relation.APPLICANT, 1)):
        assert facts_of(make_request(relation=relation)).identity_needed == needed


def test_a_done_case_is_not_worked_on(handler):
    case = in_state(RequestStatus.CLOSED)
    with pytest.raises(OutOfOrder, match="avsluttet"):
        handling.decide_right(case=case.pk, version=case.version, right=Right.ACCESS, outcome=Outcome.GRANTED,
                              by=handler, at=NOON)  # fmt: skip
