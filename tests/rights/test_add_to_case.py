"""One thing more in a case that is open: its own day, its own deadline, and no word of what was asked before."""

from datetime import date, timedelta

import pytest
import time_machine

from mktnorge.models import OutgoingMail
from mktnorge.roles import Role
from processing.law.rights import Right
from rights.desk import OutOfOrder, StepRefused
from rights.law import limits
from rights.law.answers import Point
from rights.models import DangerContact, RequestPoint, RightsRequest
from rights.services import following, handling
from rights.services.steps import CaseChanged
from rights.workflow import EventKind, RequestStatus
from tests.builders import make_person
from tests.rights.builders import RECEIVED_AT, in_state, make_receipt, make_request
from tests.rights.pages import ADD, CASE, MY_CASE, send, words

pytestmark = pytest.mark.django_db

LATER = RECEIVED_AT + timedelta(days=10)


@pytest.fixture
def mine(client) -> RightsRequest:
    with time_machine.travel(LATER, tick=False):
        receipt = make_receipt(rights=[Right.ERASURE], points=[Point(Right.ERASURE, "Det første")])
        send(client, CASE, {"kode": receipt.code})
        yield receipt.request


def test_a_new_right_has_its_own_day_and_deadline_and_the_case_keeps_its_own(client, mine):
    assert send(client, ADD, {"rett": "access", "tekst": "Alt fra 2024"})["Location"] == MY_CASE
    first, added = mine.requested_rights.order_by("pk")
    assert (first.received_on, first.statutory_on) == (date(2026, 11, 22), date(2026, 12, 22))
    assert (added.right, added.received_on, added.client_on) == ("access", date(2026, 12, 2), date(2027, 1, 1))
    assert added.statutory_on == date(2027, 1, 4)
    assert added.points.get().text == "Alt fra 2024"
    mine.refresh_from_db()
    assert mine.client_on == date(2026, 12, 22)
    assert "Du la til noe onsdag 2. desember 2026" in words(client.get(MY_CASE))


def test_more_about_the_same_right_is_one_more_point_within_its_deadline(client, mine):
    send(client, ADD, {"rett": "erasure", "tekst": "Det andre, 010190 12345"})
    points = RequestPoint.objects.filter(requested_right__request=mine).order_by("number")
    assert [(point.number, "12345" in point.text) for point in points] == [(1, False), (2, False)]
    assert mine.requested_rights.get().received_on == date(2026, 11, 22)


def test_the_page_shows_nothing_of_what_was_asked_before(client, mine):
    other = make_receipt(rights=[Right.ACCESS]).code
    page = words(client.get(ADD))
    send(client, CASE, {"kode": other})
    assert words(client.get(ADD)) == page
    assert "Det første" not in page


def test_nothing_chosen_and_nothing_written_are_told_in_words(client, mine):
    assert "Velg hva du vil legge til." in words(send(client, ADD, {}))
    refused = send(client, ADD, {"rett": "erasure"})
    assert (refused.status_code, "Skriv hva du vil legge til." in words(refused)) == (422, True)
    assert "010190" not in words(send(client, ADD, {"tekst": "01019012345"}))
    assert mine.events.count() == 1


def test_the_desk_reads_the_case_again(mine):
    following.add_to_own_case(case=mine.public_id, right=Right.ACCESS, at=LATER)
    handler = make_person(Role.CASE_HANDLER)
    with pytest.raises(CaseChanged):
        handling.take_case(case=mine.pk, version=mine.version, by=handler, at=LATER)


@pytest.mark.parametrize("status", [status for status in RequestStatus if not status.is_open or status == "ready"])
def test_when_the_answer_is_made_it_takes_a_new_request(status):
    case = in_state(status)
    with pytest.raises(OutOfOrder, match="Send et nytt krav"):
        following.add_to_own_case(case=case.public_id, right=Right.ERASURE, at=LATER)
    assert case.requested_rights.count() == 1


def test_there_is_room_for_as_many_points_as_in_the_form():
    case = make_request(rights=[Right.ERASURE], points=[Point(Right.ERASURE, f"Nr. {n}") for n in range(limits.POINTS)])
    with pytest.raises(StepRefused, match="ikke plass"):
        following.add_to_own_case(case=case.public_id, right=Right.ERASURE, text="En til", at=LATER)
    assert not case.events.filter(kind=EventKind.ADDED_TO).exists()


def test_acute_danger_is_seen_here_too(client, mine):
    DangerContact.objects.create(person=make_person(Role.LEADER))
    text = "Jeg orker ikke mer"
    assert "113" in words(send(client, ADD, {"tekst": text}))
    send(client, ADD, {"rett": "access", "tekst": text})
    mine.refresh_from_db()
    assert mine.speaks_of_danger
    assert OutgoingMail.objects.get().kind == "danger"
