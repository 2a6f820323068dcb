"""What the person does with their own case: takes it back, and asks to be called."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from mktnorge.roles import Role
from processing.law.rights import Right
from rights.desk import OutOfOrder, StepRefused
from rights.models import Letter, RightsRequest
from rights.services import answering, following, handling
from rights.services.steps import CaseGone
from rights.workflow import Ending, EventKind, RequestStatus
from tests.builders import make_controller, make_person
from tests.rights.builders import RECEIVED_AT, in_state, make_receipt, make_request
from tests.rights.pages import CASE, MY_CASE, SIGN_OUT, send, words

pytestmark = pytest.mark.django_db

WITHDRAW = "/sak/min/trekk/"
CALL_ME = "/sak/min/ring/"
LATER = RECEIVED_AT + timedelta(days=2)


@pytest.fixture
def clock():
    with time_machine.travel(RECEIVED_AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def mine(client, clock) -> RightsRequest:
    receipt = make_receipt(rights=[Right.ERASURE])
    send(client, CASE, {"kode": receipt.code})
    return receipt.request


@pytest.fixture
def handler(db):
    return make_person(Role.CASE_HANDLER)


def kinds(case) -> list[str]:
    return list(case.events.order_by("at", "pk").values_list("kind", flat=True))


def test_a_person_is_asked_once_more_and_then_the_request_is_withdrawn(client, mine):
    assert "Trekk kravet" in words(client.get(MY_CASE))
    asked = words(client.get(WITHDRAW))
    assert "Vil du trekke kravet? Da stopper vi, og du får ikke svar på det." in asked
    assert "slettet etter 30 dager" in asked
    mine.refresh_from_db()
    assert mine.state is RequestStatus.RECEIVED
    assert send(client, WITHDRAW, {})["Location"] == MY_CASE
    mine.refresh_from_db()
    assert (mine.state, mine.ending, mine.ended_on) == (RequestStatus.WITHDRAWN, Ending.WITHDRAWN, date(2026, 11, 22))
    event = mine.events.get(kind=EventKind.WITHDRAWN)
    assert (event.by, event.at) == (None, RECEIVED_AT)
    assert not Letter.objects.exists()
    page = words(client.get(MY_CASE))
    assert "Min sak Kravet er trukket" in page
    assert "Du trakk kravet søndag 22. november 2026" in page
    assert "Trekk kravet" not in page


def test_what_they_are_told_about_erasing_is_what_the_company_states(
    client, mine, handler, django_assert_max_num_queries
):
    make_controller(case_withdrawn_days=14)
    with django_assert_max_num_queries(7):
        asked = words(client.get(WITHDRAW))
    assert "slettet etter 14 dager" in asked
    letter = answering.withdraw_case(case=mine.pk, version=mine.version, by=handler, at=RECEIVED_AT)
    assert "Det du skrev, blir slettet etter 14 dager." in letter.body


def test_pressed_twice_it_is_withdrawn_once(client, mine):
    for _ in range(2):
        assert send(client, WITHDRAW, {})["Location"] == MY_CASE
    assert kinds(mine).count(EventKind.WITHDRAWN) == 1


def test_it_is_the_persons_to_decide_whatever_we_have_done_meanwhile(handler):
    case = make_request()
    handling.take_case(case=case.pk, version=case.version, by=handler, at=LATER)
    following.withdraw_own_case(case=case.public_id, at=LATER)
    case.refresh_from_db()
    assert case.state is RequestStatus.WITHDRAWN
    with pytest.raises(StepRefused, match=r"lagret denne saken|endret etter at du åpnet"):
        handling.write_note(case=case.pk, version=2, text="Ring først", by=handler, at=LATER)


@pytest.mark.parametrize("status", [status for status in RequestStatus if not status.is_open])
def test_what_has_ended_can_neither_be_withdrawn_nor_called_about(status):
    case = in_state(status)
    for act in (following.withdraw_own_case, following.want_call):
        with pytest.raises(OutOfOrder):
            act(case=case.public_id, at=LATER)
    assert kinds(case) == [EventKind.SUBMITTED]


def test_a_case_that_is_gone_is_said_to_be_gone():
    case = make_request()
    public_id = case.public_id
    with pytest.raises(CaseGone):
        following.want_call(case=type(public_id)(int=public_id.int ^ 1), at=LATER)
    with pytest.raises(CaseGone):
        following.withdraw_own_case(case=type(public_id)(int=public_id.int ^ 1), at=LATER)


def test_asking_for_a_call_is_one_wish_that_the_desk_sees_first(client, mine, handler):
    for _ in range(2):
        assert send(client, CALL_ME, {})["Location"] == MY_CASE
    assert kinds(mine) == [EventKind.SUBMITTED, EventKind.CALL_WANTED]
    page = words(client.get(MY_CASE))
    assert "Du har bedt oss ringe. Vi ringer nummeret vi har fra før." in page
    assert "Du ba oss ringe søndag 22. november 2026" in page
    assert "Be oss ringe deg" not in page
    handling.take_case(case=mine.pk, version=mine.version, by=handler, at=LATER)
    desk = Client()
    desk.force_login(handler)
    for address in ("/admin/", "/admin/rights/rightsrequest/"):
        assert "Vil bli ringt" in desk.get(address).content.decode()
    case_page = words(desk.get(f"/admin/rights/rightsrequest/{mine.pk}/change/"))
    assert "Personen ber oss ringe." in case_page
    assert "Gjør nå Ring personen" in case_page
    sent = desk.post(f"/admin/rights/rightsrequest/{mine.pk}/steg/called/", {"version": 2})
    assert sent.status_code == 302
    mine.refresh_from_db()
    assert mine.call_wanted_at is None
    assert "Vi ringte deg" in words(client.get(MY_CASE))
    with pytest.raises(StepRefused, match="ikke bedt oss ringe"):
        handling.record_call(case=mine.pk, version=mine.version, by=handler, at=LATER)


def test_the_wish_does_not_take_from_a_clerk_what_they_were_writing(handler):
    case = make_request()
    following.want_call(case=case.public_id, at=LATER)
    handling.write_note(case=case.pk, version=case.version, text="Leser nå", by=handler, at=LATER)


def test_the_timeline_tells_what_concerns_the_person_and_where_the_case_stands(client, mine, handler):
    handling.take_case(case=mine.pk, version=1, by=handler, at=LATER)
    handling.write_note(case=mine.pk, version=2, text="Et notat", by=handler, at=LATER)
    page = words(client.get(MY_CASE))
    expected = (
        "Dette har skjedd Kravet kom søndag 22. november 2026 Noen hos oss leser det tirsdag 24. november 2026 "
        "Vi arbeider med kravet Svaret er klart senest tirsdag 22. desember 2026"
    )
    assert expected in page
    assert "otat" not in page


@pytest.mark.parametrize("address", [WITHDRAW, CALL_ME])
def test_without_the_code_nothing_is_done(client, address):
    case = make_request()
    assert send(client, address, {})["Location"] == CASE
    assert kinds(case) == [EventKind.SUBMITTED]


@pytest.mark.parametrize("address", [SIGN_OUT, CALL_ME])
def test_an_address_that_only_a_button_leads_to_gets_a_page(client, address):
    response = client.get(address)
    assert response.status_code == 405
    assert "Denne siden åpnes med en knapp" in words(response)


def test_a_form_with_an_old_token_leads_back_to_the_page_it_stood_on(clock):
    visitor = Client(enforce_csrf_checks=True)
    from_us = {"Referer": f"http://testserver{MY_CASE}"}
    refused = visitor.post(SIGN_OUT, headers=from_us)
    assert refused.status_code == 403
    assert f'href="http://testserver{MY_CASE}"' in refused.content.decode()
    elsewhere = visitor.post(SIGN_OUT, headers={"Referer": "https://elsewhere.example/"}).content.decode()
    assert not re.search(r'href="[^"]*elsewhere', elsewhere)
