"""«Ny sak»: a request that came by telephone or post, with the day it truly came, and a receipt to hand over."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from mktnorge.roles import Role
from processing.law.rights import Right
from rights.law.codes import new_code
from rights.law.terms import Channel, ContactWay, Relation
from rights.models import RequestPoint, RightsRequest
from rights.services.intake import RECEIPT_LIFE
from rights.services.registering import NotReceivedThen, register_request
from tests.builders import make_controller, make_person
from tests.pdf_reader import TaggedPdf
from tests.processing.admin.pages import fields_of, words_of
from tests.rights.builders import OSLO, RECEIVED_AT

pytestmark = pytest.mark.django_db

NOW = RECEIVED_AT + timedelta(days=3)
PAGE = "/admin/rights/rightsrequest/ny/"

TOLD = {
    "received_on": "22.11.2026",
    "received_time": "18:04",
    "channel": "phone",
    "rights": ["access", "erasure"],
    "relation": "client",
    "name": "Test Testesen",
    "contact_way": "call",
    "points_erasure": "Notatet fra mai\n\nTelefonnummeret",
    "copy_first": "yes",
    "message": "Ring etter klokken fire. Nummer 01020312345.",
}


@pytest.fixture
def clerk(db):
    return make_person(Role.CASE_HANDLER)


@pytest.fixture
def desk(clerk):
    with time_machine.travel(NOW, tick=False):
        client = Client()
        client.force_login(clerk)
        yield client


def told(desk: Client, **over) -> dict[str, object]:
    ticket = fields_of(desk.get(PAGE).content.decode(), "ny-sak")["ticket"]
    return {name: value for name, value in {**TOLD, "ticket": ticket, **over}.items() if value is not None}


def test_the_clock_counts_from_the_day_it_came(desk, clerk):
    answer = desk.post(PAGE, told(desk))
    case = RightsRequest.objects.get()
    assert answer["Location"] == f"/admin/rights/rightsrequest/{case.pk}/kvittering/"
    assert (case.received_at, case.channel) == (RECEIVED_AT, Channel.PHONE)
    assert str(case.statutory_on) == "2026-12-22"
    assert {row.right for row in case.requested_rights.all()} == {"access", "erasure"}
    points = RequestPoint.objects.order_by("number")
    assert [(point.number, point.text) for point in points] == [(1, "Notatet fra mai"), (2, "Telefonnummeret")]
    assert "01020312345" not in case.message
    assert case.copy_first == "yes"
    log = [(event.kind, event.at, event.by) for event in case.events.order_by("pk")]
    assert log == [("submitted", RECEIVED_AT, None), ("registered", NOW, clerk)]


def test_two_clicks_are_one_case_with_one_code(desk):
    sent = told(desk)
    pages = [desk.get(desk.post(PAGE, sent)["Location"]) for _click in range(2)]
    assert RightsRequest.objects.count() == 1
    assert pages[0].context["code"] == pages[1].context["code"] != ""


def test_the_code_is_shown_for_a_quarter_of_an_hour_or_until_it_is_handed_over(desk):
    case_page = desk.post(PAGE, told(desk))["Location"]
    code = desk.get(case_page).context["code"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT code_hash FROM rights_rightsrequest")
        assert code not in str(cursor.fetchall())
    assert all(code not in str(session.get_decoded()) for session in Session.objects.all())
    done = desk.post(case_page.replace("kvittering", "overlevert"))
    assert done["Location"].endswith("/change/")
    gone = desk.get(case_page)
    assert gone.context["code"] == ""
    assert "Koden kan ikke vises igjen" in words_of(gone.content.decode())
    assert desk.get(case_page.replace("kvittering/", "kvittering.pdf"))["Location"] == case_page


def test_a_quarter_of_an_hour_later_it_is_gone(desk):
    case_page = desk.post(PAGE, told(desk))["Location"]
    with time_machine.travel(NOW + timedelta(minutes=15), tick=False):
        assert desk.get(case_page).context["code"] == ""


def test_the_receipt_can_be_printed_for_the_person(desk):
    make_controller()
    case_page = desk.post(PAGE, told(desk))["Location"]
    code = desk.get(case_page).context["code"]
    printed = desk.get(case_page.replace("kvittering/", "kvittering.pdf"))
    assert printed["Content-Type"] == "application/pdf"
    text = TaggedPdf(printed.content).text.replace("\u00a0", " ")
    assert "Test Testesen" in text
    assert "22. november 2026" in text
    assert code in text.replace(" ", "").replace("\n", "")


@pytest.mark.parametrize(
    ("over", "sentence"),
    [
        ({"received_on": "26.11.2026", "received_time": None}, "fram i tid"),
        ({"received_on": "25.11.2026", "received_time": "18:05"}, "fram i tid"),
        ({"received_on": "19.07.2018"}, "20. juli 2018"),
        ({"received_on": "31.02.2026"}, "gyldig dato"),
        ({"received_on": None}, "fylles ut"),
        ({"received_time": "25:00"}, "gyldig tidspunkt"),
        ({"rights": [], "points_erasure": ""}, "Velg hva du vil"),
        ({"name": " "}, "fylles ut"),
        ({"contact_way": "letter"}, "Adresse må fylles ut"),
        ({"contact_way": "email", "email": "ikke en adresse"}, "navn@eksempel.no"),
        ({"channel": "web"}, "gyldig valg"),
        ({"rights": ["access"]}, "Kryss også av for retten"),
        ({"points_erasure": "\n".join(f"Punkt {number}" for number in range(11))}, "plass til 10 punkter"),
        ({"ticket": "v1.tull.tull"}, "Send en gang til"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_stored(desk, over, sentence):
    answer = desk.post(PAGE, told(desk, **over))
    assert answer.status_code == 422
    page = words_of(answer.content.decode()).replace("\u00a0", " ")
    assert sentence in page
    assert not RightsRequest.objects.exists()


def test_after_a_ticket_that_cannot_be_opened_the_same_words_can_be_sent_again(desk):
    answer = desk.post(PAGE, told(desk, ticket="v1.tull.tull"))
    again = {**TOLD, "ticket": fields_of(answer.content.decode(), "ny-sak")["ticket"]}
    assert desk.post(PAGE, again).status_code == 302


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.AUDITOR])
def test_the_registers_people_write_no_case_in(role):
    client = Client()
    client.force_login(make_person(role))
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, TOLD).status_code == 403


def test_the_list_and_the_front_page_lead_there(desk):
    for page in ("/admin/", "/admin/rights/rightsrequest/"):
        assert f'href="{PAGE}"' in desk.get(page).content.decode()


def test_the_code_comes_with_a_second_call_for_an_hour_after_it_was_written_in(clerk):
    told = {
        "received_at": RECEIVED_AT,
        "channel": Channel.LETTER,
        "rights": [Right.ACCESS],
        "unsure": False,
        "relation": Relation.OTHER,
        "name": "Test Testesen",
        "contact_way": ContactWay.FOLLOW,
        "code": new_code(),
        "by": clerk,
    }
    assert register_request(**told, at=NOW).code == told["code"]
    assert register_request(**told, at=NOW + RECEIPT_LIFE - timedelta(seconds=1)).code == told["code"]
    assert register_request(**told, at=NOW + RECEIPT_LIFE).code is None
    with pytest.raises(NotReceivedThen):
        register_request(**{**told, "code": new_code(), "received_at": datetime(2030, 1, 1, tzinfo=OSLO)}, at=NOW)
