"""One question from the desk and one reply: read with the code, answered once, and never a reason to wait."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from mktnorge.models import OutgoingMail
from mktnorge.roles import Role
from processing.law.rights import Right
from rights.desk import OutOfOrder, StepRefused
from rights.law import limits
from rights.law.deadlines import response_deadline
from rights.law.terms import ContactWay
from rights.models import DangerContact, RightsRequest
from rights.services import handling
from rights.services.questions import RepliedBefore, ask_person, reply_to_question
from rights.services.steps import CaseChanged, CaseGone
from rights.workflow import EventKind, RequestStatus
from tests.builders import make_person
from tests.rights.builders import RECEIVED_AT, in_state, make_receipt, make_request, put_in_state
from tests.rights.pages import CASE, MY_CASE, REPLY, send, words

pytestmark = pytest.mark.django_db

LATER = RECEIVED_AT + timedelta(days=2)
QUESTION = "Gjelder det timene i 2024, eller alle?"


@pytest.fixture
def handler(db):
    return make_person(Role.CASE_HANDLER)


@pytest.fixture
def clock():
    with time_machine.travel(LATER, tick=False) as traveller:
        yield traveller


@pytest.fixture
def mine(client, clock, handler) -> RightsRequest:
    """A case that the desk has asked about and `client` follows."""
    receipt = make_receipt(rights=[Right.ERASURE], contact_way=ContactWay.EMAIL, email="test@prove.example")
    case = receipt.request
    OutgoingMail.objects.all().delete()
    ask_person(
        case=case.pk, version=1, text=QUESTION, follow_at="https://personvern.example/sak/", by=handler, at=LATER
    )
    send(client, CASE, {"kode": receipt.code})
    case.refresh_from_db()
    return case


def kinds(case) -> list[str]:
    return list(case.events.order_by("pk").values_list("kind", flat=True))


def desk(handler) -> Client:
    visitor = Client()
    visitor.force_login(handler)
    return visitor


def test_the_mail_says_that_something_is_new_and_never_what(mine):
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.recipient, mail.reference) == ("news", "test@prove.example", mine.case_number)
    assert mail.subject == f"Det er noe nytt i saken din ({mine.case_number})"
    assert "Se https://personvern.example/sak/ med koden din." in mail.body
    assert not any(word in mail.body.lower() for word in ("timene", "spør", "slett", "klient"))


@pytest.mark.parametrize("way", [ContactWay.CALL, ContactWay.FOLLOW])
def test_whoever_gave_no_address_gets_no_mail(handler, way):
    ask_person(case=make_request(contact_way=way).pk, version=1, text=QUESTION, by=handler, at=LATER)
    assert not OutgoingMail.objects.exists()


def test_the_person_reads_it_on_a_page_of_its_own_and_answers_once(client, mine):
    front = words(client.get(MY_CASE))
    assert "Vi har spurt deg om noe." in front
    assert QUESTION not in front
    assert "Vi spurte deg om noe tirsdag 24. november 2026" in front
    assert QUESTION in words(client.get(REPLY))
    for _click in range(2):
        assert send(client, REPLY, {"svar": "Bare 2024.\r\nTakk"})["Location"] == MY_CASE
    mine.refresh_from_db()
    assert (mine.reply, mine.replied_at, mine.reply_read_at) == ("Bare 2024.\nTakk", LATER, None)
    assert kinds(mine) == [EventKind.SUBMITTED, EventKind.QUESTION_ASKED, EventKind.REPLIED]
    front = words(client.get(MY_CASE))
    assert "Vi har fått svaret ditt." in front
    assert "2024" not in front.split("Dette har skjedd")[0]
    assert client.get(REPLY)["Location"] == MY_CASE


def test_another_window_is_told_that_its_words_are_not_stored(client, mine):
    send(client, REPLY, {"svar": "Bare 2024."})
    second = send(client, REPLY, {"svar": "Alle."})
    assert second.status_code == 422
    assert "Du har alt svart. Det du skrev nå, er ikke lagret." in words(second)
    assert "Alle." in second.content.decode()
    mine.refresh_from_db()
    assert mine.reply == "Bare 2024."


def test_the_clock_and_the_status_stay_where_they_were(client, mine):
    send(client, REPLY, {"svar": "Bare 2024."})
    mine.refresh_from_db()
    assert mine.deadline == response_deadline(RECEIVED_AT.date())
    assert mine.state is RequestStatus.RECEIVED
    assert mine.requested_rights.get().deadline == mine.deadline


def test_identity_numbers_are_masked_both_ways(client, clock, handler):
    receipt = make_receipt()
    ask_person(case=receipt.request.pk, version=1, text="Er du 01019012345?", by=handler, at=LATER)
    send(client, CASE, {"kode": receipt.code})
    assert "01019012345" not in words(client.get(REPLY))
    send(client, REPLY, {"svar": "Ja, 010190 12345"})
    case = RightsRequest.objects.get()
    assert (case.question, case.reply) == ("Er du [fødselsnummer fjernet]?", "Ja, [fødselsnummer fjernet]")


def test_words_of_danger_bring_the_numbers_first_once_and_flag_the_case(client, mine):
    DangerContact.objects.create(person=make_person(Role.LEADER))
    send(client, REPLY, {"svar": "Jeg orker ikke mer."})
    page = words(client.get(MY_CASE))
    assert "> Er du i fare nå?" in page.split("Min sak")[0]
    assert "Det du skrev, er kommet fram." in page
    assert "Er du i fare nå?" not in words(client.get(MY_CASE))
    mine.refresh_from_db()
    assert mine.speaks_of_danger
    assert OutgoingMail.objects.filter(kind="danger").count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Skriv svaret ditt."),
        ({"svar": " \u200b "}, "Skriv svaret ditt."),
        ({"svar": "x" * (limits.REPLY + 1)}, "Teksten er for lang. Du har brukt 2001 tegn, og det er plass til 2000."),
    ],
)
def test_what_cannot_be_stored_is_told_in_words(client, mine, typed, said):
    refused = send(client, REPLY, typed)
    assert (refused.status_code, said in words(refused)) == (422, True)
    assert kinds(mine)[-1] == EventKind.QUESTION_ASKED


def test_the_desk_is_told_first_of_all_and_reads_it_on_asking(client, mine, handler):
    handling.take_case(case=mine.pk, version=2, by=handler, at=LATER)
    send(client, REPLY, {"svar": "Bare 2024."})
    clerk = desk(handler)
    page = f"/admin/rights/rightsrequest/{mine.pk}/"
    for address in ("/admin/", "/admin/rights/rightsrequest/"):
        assert "Les svaret fra personen" in clerk.get(address).content.decode()
    before = words(clerk.get(f"{page}change/"))
    assert "Gjør nå Les svaret fra personen" in before
    assert QUESTION in before
    assert "Bare 2024." not in before
    assert "Bare 2024." in words(clerk.post(f"{page}person/"))
    after = words(clerk.get(f"{page}change/"))
    assert "Gjør nå Les svaret" not in after
    assert "Bare 2024." not in after
    mine.refresh_from_db()
    assert mine.reply_read_at == LATER
    assert kinds(mine)[-1] == EventKind.VIEWED


def test_a_step_begun_before_the_reply_is_refused(client, mine, handler):
    send(client, REPLY, {"svar": "Bare 2024."})
    with pytest.raises(CaseChanged):
        handling.take_case(case=mine.pk, version=mine.version, by=handler, at=LATER)


def test_the_desk_asks_through_its_form_once(handler, clock):
    case = make_request()
    clerk = desk(handler)
    page = f"/admin/rights/rightsrequest/{case.pk}/"
    long = clerk.post(f"{page}steg/ask_person/", {"version": 1, "text": "x" * (limits.QUESTION + 1)})
    assert long.status_code == 422
    assert clerk.post(f"{page}steg/ask_person/", {"version": 1, "text": QUESTION}).status_code == 302
    shown = words(clerk.get(f"{page}change/"))
    assert "Personen har ikke svart. Fristen går likevel." in shown
    assert "Spør personen" not in shown
    again = clerk.post(f"{page}steg/ask_person/", {"version": 2, "text": "Og en til?"})
    assert again.status_code == 422
    assert RightsRequest.objects.get().question == QUESTION


def test_a_question_without_words_is_refused(handler):
    case = make_request()
    with pytest.raises(StepRefused, match="Skriv hva du vil spørre om"):
        ask_person(case=case.pk, version=1, text=" \u200b", by=handler, at=LATER)
    assert kinds(case) == [EventKind.SUBMITTED]


@pytest.mark.parametrize("status", [RequestStatus.READY, RequestStatus.ANSWERED, RequestStatus.WITHDRAWN])
def test_nothing_is_asked_when_the_answer_is_made_or_the_case_has_ended(handler, status):
    case = in_state(status)
    with pytest.raises(OutOfOrder):
        ask_person(case=case.pk, version=case.version, text=QUESTION, by=handler, at=LATER)


def test_a_reply_is_taken_while_the_answer_is_on_its_way_and_not_when_the_case_has_ended(client, mine):
    put_in_state(mine, RequestStatus.READY)
    assert QUESTION in words(client.get(REPLY))
    put_in_state(mine, RequestStatus.ANSWERED)
    assert client.get(REPLY)["Location"] == MY_CASE
    assert "Vi har spurt deg" not in words(client.get(MY_CASE))
    refused = send(client, REPLY, {"svar": "For sent"})
    assert "Vi venter ikke på noe svar fra deg nå." in words(refused)
    assert "For sent" in refused.content.decode()


def test_nobody_answers_what_was_not_asked(client, clock):
    receipt = make_receipt()
    send(client, CASE, {"kode": receipt.code})
    assert client.get(REPLY)["Location"] == MY_CASE
    assert send(client, REPLY, {"svar": "Hei"}).status_code == 422
    with pytest.raises(OutOfOrder):
        reply_to_question(case=receipt.request.public_id, text="Hei", at=LATER)
    with pytest.raises(CaseGone):
        reply_to_question(case=type(receipt.request.public_id)(int=1), text="Hei", at=LATER)


def test_without_the_code_there_is_neither_question_nor_reply(mine):
    stranger = Client()
    assert stranger.get(REPLY)["Location"] == CASE
    assert send(stranger, REPLY, {"svar": "Hei"})["Location"] == CASE
    assert kinds(mine)[-1] == EventKind.QUESTION_ASKED


def test_a_second_reply_is_refused_by_the_service(mine):
    reply_to_question(case=mine.public_id, text="Bare 2024.", at=LATER)
    assert reply_to_question(case=mine.public_id, text="Bare 2024. ", at=LATER).version == 3
    with pytest.raises(RepliedBefore):
        reply_to_question(case=mine.public_id, text="Alle.", at=LATER)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"replied_at": LATER}, "rights_request_reply_to_a_question"),
        ({"question_asked_at": LATER, "reply_read_at": LATER}, "rights_request_read_what_came"),
    ],
)
def test_the_database_takes_no_reply_without_a_question_nor_a_reading_of_none(change, constraint):
    case = make_request()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        RightsRequest.objects.filter(pk=case.pk).update(**change)
