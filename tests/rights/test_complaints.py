"""A complaint about our answer: who may try it, what we do first, and that nothing is erased while it lives."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from mktnorge.roles import Role
from processing.law.rights import Right
from rights.desk import NotOnThatDay, StepRefused, bodies_open_to, check_can_settle, next_step
from rights.law.complaints import (
    Complainant,
    ComplaintResult,
    ComplaintStage,
    complain_by,
    explain_complaint,
    reconsider_by,
)
from rights.law.outcomes import ComplaintBody, Outcome, RefusalGround
from rights.letters.body import Delivery, LetterKind, letter_from_json
from rights.models import Complaint, RightsRequest
from rights.services import answering, complaints, handling, holds
from rights.services.erasing import erase_expired
from rights.services.steps import facts_of
from rights.workflow import Action, RequestStatus
from tests.builders import make_person
from tests.company import load_company
from tests.processing.admin.pages import words_of
from tests.rights.at_the_desk import GENERAL, JOURNAL, NOON, Desk
from tests.rights.builders import RECEIVED_AT, in_state
from tests.rights.test_desk_rules import answered, facts

S, A, B = ComplaintStage, Action, ComplaintBody
TOLD = answered(delivered=True, letter=1)


@pytest.mark.parametrize(
    ("regimes", "bodies"),
    [
        # Decision 11: a decision on a journal goes to both, and everything to the courts.
        (JOURNAL, (B.COUNTY_GOVERNOR, B.DATA_PROTECTION_AUTHORITY, B.COURTS)),
        (GENERAL, (B.DATA_PROTECTION_AUTHORITY, B.COURTS)),
    ],
)
def test_who_may_try_it_follows_the_rules_of_the_case(regimes, bodies):
    assert bodies_open_to(facts(TOLD, status=RequestStatus.ANSWERED, regimes=frozenset(regimes))) == bodies
    assert bodies_open_to(facts(regimes=frozenset(regimes))) == ()
    ended = facts(status=RequestStatus.CLOSED, regimes=frozenset(regimes))
    assert bodies_open_to(ended) == (B.DATA_PROTECTION_AUTHORITY, B.COURTS)


@pytest.mark.parametrize(
    ("stage", "status", "step"),
    [
        (S.RECEIVED, RequestStatus.ANSWERED, A.UPHOLD),
        (S.TO_FORWARD, RequestStatus.ANSWERED, A.FORWARD),
        (S.WITH_BODY, RequestStatus.ANSWERED, None),
        (S.CHANGED, RequestStatus.IN_PROGRESS, A.MAKE_LETTER),
        (S.CHANGED, RequestStatus.ANSWERED, A.SETTLE),
    ],
)
def test_the_next_step_of_a_complaint(stage, status, step):
    assert next_step(facts(TOLD, status=status, complaint=stage, held=True)) is step


@pytest.mark.parametrize(
    ("stage", "status", "result", "sentence"),
    [
        (None, RequestStatus.ANSWERED, ComplaintResult.STANDS, "ingen klage"),
        (S.RECEIVED, RequestStatus.ANSWERED, ComplaintResult.STANDS, "Vurder svaret på nytt"),
        (S.TO_FORWARD, RequestStatus.ANSWERED, ComplaintResult.STANDS, "Send klagen videre"),
        (S.CHANGED, RequestStatus.IN_PROGRESS, ComplaintResult.OVERTURNED, "Gi det nye svaret"),
        (S.CHANGED, RequestStatus.ANSWERED, ComplaintResult.STANDS, "selv gjort om"),
    ],
)
def test_a_complaint_is_not_settled_before_we_have_done_our_part(stage, status, result, sentence):
    with pytest.raises(StepRefused, match=sentence):
        check_can_settle(facts(TOLD, status=status, complaint=stage), result)
    if stage:
        check_can_settle(facts(TOLD, status=status, complaint=stage), ComplaintResult.WITHDRAWN)


@pytest.mark.parametrize(
    ("answered_on", "last"),
    [
        (date(2026, 11, 24), date(2026, 12, 22)),
        # Four weeks end on Christmas Day, a Friday: moved to Monday.
        (date(2026, 11, 27), date(2026, 12, 28)),
    ],
)
def test_four_weeks_to_complain_of_an_answer_about_a_journal(answered_on, last):
    """Pbrl § 7-5."""
    assert complain_by(answered_on) == last
    for received_on, said in ((last, "kom i tide"), (last + timedelta(days=1), "Statsforvalteren avgjør")):
        _ours, theirs = explain_complaint(received_on=received_on, body=B.COUNTY_GOVERNOR, answered_on=answered_on)
        assert said in theirs.sentence
        assert "§ 7-5" in str(theirs.source)


def test_our_own_days_are_called_our_own():
    [ours] = explain_complaint(received_on=date(2026, 12, 5), body=B.COURTS, answered_on=None)
    # Fourteen days later is a Saturday: the working day before it.
    assert reconsider_by(date(2026, 12, 5)) == date(2026, 12, 18)
    assert "fredag 18. desember 2026" in ours.sentence
    assert str(ours.source) == "Egen rutine"


@pytest.fixture
def handler(db):
    return make_person(Role.CASE_HANDLER)


@pytest.fixture
def refused(handler) -> Desk:
    """A deletion in a journal that was refused, and told the person."""
    load_company(at=RECEIVED_AT - timedelta(days=30))
    desk = Desk(handler, rights=[Right.ERASURE]).ready_to_answer(regimes=JOURNAL)
    desk.do(
        handling.decide_right, right=Right.ERASURE, outcome=Outcome.REFUSED, ground=RefusalGround.JOURNAL_KEPT,
        reason="Notatet er riktig.",
    )  # fmt: skip
    desk.do(answering.make_answer, journal_noted=True)
    desk.do(answering.record_delivery, on=NOON.date(), delivery=Delivery.REGISTERED)
    desk.at = NOON + timedelta(days=3)
    return desk


def complain(desk, **over):
    said = {
        "received_on": desk.at.date(),
        "complainant": Complainant.PERSON,
        "body": B.COUNTY_GOVERNOR,
        "text": "Jeg vil ha det slettet.",
    }
    return desk.do(complaints.receive_complaint, **{**said, **over})


def test_upheld_and_sent_to_the_county_governor(refused):
    letter = complain(refused)
    assert letter.kind == LetterKind.COMPLAINT
    text = str(letter_from_json(letter.body).parts)
    assert "Vi ser på svaret på nytt, senest torsdag 10. desember 2026." in text
    assert "Vi sletter ingenting i saken" in text
    case = refused.case
    assert (case.complaint_stage, case.held_for, case.status) == (S.RECEIVED, "complaint", "answered")
    with pytest.raises(StepRefused, match="Skriv hva dere kom til"):
        refused.do(complaints.uphold_answer, reason=" ")
    refused.do(complaints.uphold_answer, reason="Notatet trengs for å hjelpe deg videre.")
    with pytest.raises(NotOnThatDay, match="før dere hadde sett på svaret"):
        refused.do(complaints.forward_complaint, on=refused.at.date() - timedelta(days=1))
    letter = refused.do(complaints.forward_complaint, on=refused.at.date())
    text = str(letter_from_json(letter.body).parts)
    assert "Notatet trengs for å hjelpe deg videre." in text
    assert "sendt til Statsforvalteren torsdag 26. november 2026" in text
    assert "datatilsynet.no" in text
    refused.at += timedelta(days=60)
    refused.do(complaints.settle_complaint, result=ComplaintResult.STANDS, on=refused.at.date())
    case = refused.case
    assert (case.complaint_stage, case.held_for, case.held_on) == ("", "", None)
    assert refused.log()[-4:] == ["complaint_received", "answer_upheld", "complaint_forwarded", "complaint_settled"]


def test_changed_and_answered_anew(refused):
    complain(refused)
    refused.do(complaints.change_answer, reason="Notatet gjaldt en annen.")
    assert refused.case.state is RequestStatus.IN_PROGRESS
    refused.do(handling.decide_right, right=Right.ERASURE, outcome=Outcome.GRANTED, reason="Notatet er slettet.")
    refused.do(answering.make_answer)
    refused.do(answering.record_delivery, on=refused.at.date(), delivery=Delivery.REGISTERED)
    refused.do(complaints.settle_complaint, result=ComplaintResult.OVERTURNED, on=refused.at.date())
    assert (refused.case.state, refused.case.complaint_stage) == (RequestStatus.ANSWERED, "")


def test_an_early_answer_may_be_changed_while_the_rest_is_worked_on(handler):
    load_company(at=RECEIVED_AT - timedelta(days=30))
    desk = Desk(handler, rights=[Right.ERASURE, Right.RESTRICTION]).ready_to_answer()
    refuse = {"right": Right.ERASURE, "outcome": Outcome.REFUSED, "ground": RefusalGround.STILL_NEEDED}
    desk.do(handling.decide_right, reason="Vi trenger det.", **refuse)
    desk.do(answering.answer_part, parts=[(Right.ERASURE, 0)])
    desk.do(answering.record_part_delivery, on=NOON.date(), delivery=Delivery.LETTER)
    with pytest.raises(StepRefused, match="alt fått dette svaret"):
        desk.do(handling.decide_right, right=Right.ERASURE, outcome=Outcome.GRANTED)
    with pytest.raises(StepRefused, match="prøver bare svar om journal"):
        complain(desk)
    complain(desk, body=B.DATA_PROTECTION_AUTHORITY)
    desk.do(complaints.change_answer, reason="Vi trenger det ikke likevel.")
    desk.do(handling.decide_right, right=Right.ERASURE, outcome=Outcome.GRANTED)
    assert [one.delivered for one in facts_of(desk.case).rights] == [False, False]


@pytest.mark.parametrize(
    ("over", "error", "sentence"),
    [
        ({"received_on": NOON.date() - timedelta(days=1)}, NotOnThatDay, "kan ikke ha kommet før"),
        ({"received_on": NOON.date() + timedelta(days=4)}, NotOnThatDay, "fram i tid"),
    ],
)
def test_a_complaint_comes_between_the_answer_and_today(refused, over, error, sentence):
    with pytest.raises(error, match=sentence):
        complain(refused, **over)
    assert not Complaint.objects.exists()
    assert refused.case.held_on is None


def test_there_is_nothing_to_complain_of_before_an_answer(handler):
    with pytest.raises(StepRefused, match="ikke svart på noe ennå"):
        complain(Desk(handler))


def test_one_complaint_at_a_time_and_no_erasure_meanwhile(refused):
    complain(refused)
    with pytest.raises(StepRefused, match="alt en klage"):
        complain(refused)
    with pytest.raises(StepRefused, match="Klagen er ikke avgjort"):
        refused.do(holds.lift_hold, words="Ferdig")
    ten_years = NOON + timedelta(days=3650)
    assert erase_expired(at=ten_years).content == 0
    refused.do(complaints.settle_complaint, result=ComplaintResult.WITHDRAWN, on=refused.at.date())
    assert erase_expired(at=ten_years).lines == 1
    assert not Complaint.objects.exists()


def test_a_complaint_after_the_content_is_erased_is_handled_without_a_letter(refused):
    refused.at = NOON + timedelta(days=100)
    erase_expired(at=refused.at)
    assert complain(refused, body=B.DATA_PROTECTION_AUTHORITY) is None
    refused.do(complaints.uphold_answer, reason="Svaret var riktig.")
    assert refused.case.complaint_stage == S.WITH_BODY
    with pytest.raises(StepRefused):
        refused.do(complaints.change_answer, reason="Nei.")


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"result": "stands"}, "rights_complaint_settled_how"),
        ({"forwarded_on": NOON.date()}, "rights_complaint_reconsidered_first"),
    ],
)
def test_the_database_knows_the_order(refused, values, constraint):
    complain(refused)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Complaint.objects.update(**values)
    with pytest.raises(IntegrityError, match="rights_request_complaint_is_held"), transaction.atomic():
        RightsRequest.objects.update(held_for="", held_on=None)


def test_the_desk_shows_a_complaint_in_a_case_that_is_closed(refused, handler):
    complain(refused)
    with time_machine.travel(refused.at, tick=False):
        client = Client()
        client.force_login(handler)
        front = words_of(client.get("/admin/").content.decode())
        assert "Klager" in front
        assert "Skal vurderes på nytt" in front
        page = client.get(f"/admin/rights/rightsrequest/{refused.pk}/change/")
        words = words_of(page.content.decode())
        assert page.context["first"].action is A.UPHOLD
        assert "Personen kunne klage til mandag 21. desember 2026. Klagen kom i tide." in words
        assert "pasient- og brukerrettighetsloven § 7-5" in words.lower()
        assert "Jeg vil ha det slettet." not in words
        listed = client.get("/admin/rights/rightsrequest/", {"status": "klage"})
        assert [case.pk for case in listed.context["cl"].result_list] == [refused.pk]
        answer = client.post(
            f"/admin/rights/rightsrequest/{refused.pk}/steg/uphold/",
            {"version": refused.case.version, "reason": "Svaret er riktig."},
        )
    assert answer.status_code == 302
    assert refused.case.complaint_stage == S.TO_FORWARD


def test_a_withdrawn_case_has_nothing_to_complain_of(handler):
    case = in_state(RequestStatus.WITHDRAWN)
    assert bodies_open_to(facts_of(case)) == ()
