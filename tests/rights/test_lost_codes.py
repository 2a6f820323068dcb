"""A lost follow-up code: the same answer to everybody, a one-time code by mail, and no more than status and dates."""

import re
import threading
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mktnorge.models import OutgoingMail
from mktnorge.outbox import send_next
from mktnorge.roles import Role
from processing.law.rights import Right
from rights.law.codes import normalise_case_number
from rights.law.terms import ContactWay
from rights.models import LostCode, RightsRequest
from rights.services.lost_codes import (
    LIFE,
    TRIES,
    WrongOneTimeCode,
    ask_for_code,
    case_by_one_time_code,
    send_lost_codes,
)
from rights.services.questions import ask_person
from rights.workflow import EventKind
from tests.builders import make_controller, make_person
from tests.connections import two_connections
from tests.rights.builders import RECEIVED_AT, make_receipt, make_request
from tests.rights.pages import ADD, CASE, LOST, MY_CASE, ONE_TIME, REPLY, SIGN_OUT, send, words

pytestmark = pytest.mark.django_db

ADDRESS = "Aase@Prove.example"
TYPED = "aase@prove.example"
LATER = RECEIVED_AT + timedelta(days=2)
SAID = "Hvis opplysningene stemmer, har vi sendt en e-post med en kode."


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(LATER, tick=False) as traveller:
        yield traveller


@pytest.fixture
def case(db) -> RightsRequest:
    case = make_request(rights=[Right.ERASURE], contact_way=ContactWay.EMAIL, email=ADDRESS)
    OutgoingMail.objects.all().delete()
    return case


def ask(client, case, address=TYPED, number=None):
    return send(client, LOST, {"saksnummer": number or case.case_number, "epost": address})


def code_in_mail() -> str:
    """Let the worker look it up and send the mail, and return the code a person reads in it."""
    send_lost_codes(LATER)
    while send_next(at=LATER):
        pass
    return re.search(r"Koden er (\S+)\.", mail.outbox[-1].body)[1]


@pytest.mark.parametrize("number", [str, str.lower, lambda number: f" {number[2:]} ", lambda n: n.replace("-", " ")])
def test_the_code_from_the_mail_opens_status_and_dates(client, case, number):
    assert ask(client, case, number=number(case.case_number))["Location"] == ONE_TIME
    assert SAID in words(client.get(ONE_TIME))
    code = code_in_mail()
    assert send(client, ONE_TIME, {"kode": code.lower()})["Location"] == MY_CASE
    page = words(client.get(MY_CASE))
    assert "Min sak Kravet er hos oss Svar senest tirsdag 22. desember 2026 28 dager igjen" in page
    assert "Kravet kom søndag 22. november 2026." in page
    assert case.case_number in page
    assert case.events.last().kind == EventKind.STATUS_SEEN


def test_it_shows_no_more_than_that_and_does_nothing(client, case):
    handler = make_person(Role.CASE_HANDLER)
    ask_person(case=case.pk, version=1, text="Gjelder det alle timene?", by=handler, at=LATER)
    ask(client, case)
    send(client, ONE_TIME, {"kode": code_in_mail()})
    page = client.get(MY_CASE).content.decode()
    for word in ("Dette har skjedd", "spurt", "timene", "Trekk", "Legg til", "ringe deg", "slett", "Test Testesen"):
        assert word not in page.split("<main")[1].split("</main>")[0], word
    before = list(case.events.values_list("pk", flat=True))
    for address, fields in (
        (ADD, {"rett": "access"}),
        (REPLY, {"svar": "Alle"}),
        ("/sak/min/trekk/", {}),
        ("/sak/min/ring/", {}),
    ):
        assert send(client, address, fields)["Location"] == MY_CASE
        if address != "/sak/min/ring/":
            assert client.get(address)["Location"] == MY_CASE
    assert list(case.events.values_list("pk", flat=True)) == before
    assert send(client, SIGN_OUT, {})["Location"] == CASE
    assert client.get(MY_CASE)["Location"] == CASE


def test_the_follow_up_code_opens_all_of_it_afterwards(client):
    receipt = make_receipt(contact_way=ContactWay.EMAIL, email=ADDRESS)
    ask(client, receipt.request)
    send(client, ONE_TIME, {"kode": code_in_mail()})
    send(client, CASE, {"kode": receipt.code})
    page = words(client.get(MY_CASE))
    assert "Trekk kravet" in page
    assert "Noen så status med en kode fra e-posten din tirsdag 24. november 2026" in page


def test_the_mail_says_a_code_and_until_when(case, client):
    make_controller(phone="900 00 000")
    ask(client, case)
    code = code_in_mail()
    sent = mail.outbox[-1]
    assert sent.subject == f"Engangskoden din ({case.case_number})"
    assert f"Koden er {code}. Den virker én gang, og bare til kl. 18.14." in sent.body
    assert "Ring 900 00 000 hvis du lurer på noe." in sent.body
    assert not re.search(r"klient|terapi|slett|innsyn|Testesen|http", sent.body, re.IGNORECASE)


def test_the_code_lies_in_clear_nowhere_while_it_waits_nor_after_it_is_sent(case, client):
    ask(client, case)
    send_lost_codes(LATER)
    waiting = OutgoingMail.objects.get()
    secret = waiting.secret
    assert secret
    assert "{secret}" in waiting.body

    def found() -> bool:
        with connection.cursor() as cursor:
            rows = []
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                rows += cursor.fetchall()
        return secret in str(rows) or secret.replace("-", "") in str(rows)

    assert not found()
    send_next(at=LATER)
    assert secret in mail.outbox[-1].body
    assert not found()
    assert OutgoingMail.objects.get().secret == ""


OTHERS = {
    "fits": lambda case: (case.case_number, TYPED),
    "another address": lambda case: (case.case_number, "en@annen.example"),
    "no such case": lambda case: ("P-1000" if case.case_number != "P-1000" else "P-1001", TYPED),
    "a case that gave no address": lambda case: (make_request().case_number, TYPED),
}


def shape(queries) -> list[str]:
    """What was asked of the database, without the values."""
    return [re.sub(r"'[^']*'|\"s\d+_x\d+\"|\b\d+\b", "?", query["sql"]) for query in queries]


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_can_tell_by_the_answer_or_by_what_it_cost_whether_it_fits(case, who):
    """The request does the same work for all: one row. What is typed is compared by the worker, with nobody waiting."""
    seen = []
    for place, (number, address) in enumerate((OTHERS["fits"](case), OTHERS[who](case))):
        visitor = Client(REMOTE_ADDR=f"192.0.2.{place}")
        with CaptureQueriesContext(connection) as asked:
            first = ask(visitor, case, address, number)
            page = visitor.get(ONE_TIME)
        send_lost_codes(LATER)
        with CaptureQueriesContext(connection) as tried:
            wrong = send(visitor, ONE_TIME, {"kode": "0000-0000"})
        seen.append((first["Location"], words(page), shape(asked), words(wrong), shape(tried)))
    assert seen[0] == seen[1]
    assert OutgoingMail.objects.filter(kind="one_time_code").count() == (2 if who == "fits" else 1)


def test_a_code_works_once(client, case):
    ask(client, case)
    code = code_in_mail()
    token = client.session["lost"]["token"]
    assert case_by_one_time_code(token=token, code=code, at=LATER) == case
    with pytest.raises(WrongOneTimeCode):
        case_by_one_time_code(token=token, code=code, at=LATER)
    assert case.events.filter(kind=EventKind.STATUS_SEEN).count() == 1


def test_a_code_works_for_ten_minutes(client, case, clock):
    ask(client, case)
    code = code_in_mail()
    clock.shift(LIFE - timedelta(seconds=1))
    assert send(client, ONE_TIME, {"kode": "0" * 8}).status_code == 422
    clock.shift(timedelta(seconds=1))
    assert send(client, ONE_TIME, {"kode": code})["Location"] == LOST
    with pytest.raises(WrongOneTimeCode):
        case_by_one_time_code(token=ask_for_code(case_number="P-1", email="", at=LATER), code=code, at=LATER)
    send_lost_codes(LATER + LIFE)
    assert not LostCode.objects.exists()


def test_five_wrong_ones_and_the_right_one_is_wrong_too(client, case):
    ask(client, case)
    code = code_in_mail()
    for _try in range(TRIES):
        wrong = send(client, ONE_TIME, {"kode": "0" * 8})
        assert (wrong.status_code, "Koden stemmer ikke, eller den virker ikke lenger." in words(wrong)) == (422, True)
    assert send(client, ONE_TIME, {"kode": code}).status_code == 422
    assert client.get(MY_CASE)["Location"] == CASE


def test_the_code_works_only_in_the_browser_that_asked(client, case):
    thief = Client()
    ask(client, case)
    code = code_in_mail()
    assert send(thief, ONE_TIME, {"kode": code})["Location"] == LOST
    ask(thief, case, "en@annen.example")
    for _try in range(TRIES):
        assert send(thief, ONE_TIME, {"kode": code}).status_code == 422
    # Nor do a stranger's tries use up those of the person.
    assert send(client, ONE_TIME, {"kode": code})["Location"] == MY_CASE


def test_the_worker_sends_nothing_twice(client, case):
    ask(client, case)
    assert send_lost_codes(LATER) == "1 engangskode er sendt."
    assert send_lost_codes(LATER) == ""
    assert OutgoingMail.objects.count() == 1


def test_one_address_may_ask_five_times_an_hour(client, case, settings):
    settings.MAX_LOST_CODES_AN_HOUR = 5
    assert [ask(client, case, "en@annen.example").status_code for _ in range(6)] == [303] * 5 + [429]
    client.defaults["REMOTE_ADDR"] = "192.0.2.9"
    assert ask(client, case).status_code == 303


def test_one_case_is_sent_five_an_hour_whoever_asks_and_strangers_use_up_none(case, settings):
    settings.MAX_LOST_CODES_AN_HOUR = 5
    for _time in range(20):
        ask_for_code(case_number=case.case_number, email="en@annen.example", at=LATER)
    for _time in range(7):
        ask_for_code(case_number=case.case_number, email=TYPED, at=LATER)
    send_lost_codes(LATER)
    assert OutgoingMail.objects.count() == 5


@pytest.mark.parametrize(
    ("typed", "number"),
    [("P-4827", "P-4827"), ("p 4827", "P-4827"), ("4827", "P-4827"), ("P-1234567", "P-1234567"), ("P-12345678", ""),
     ("P-0123", ""), ("P-482", ""), ("Q-4827", ""), ("", ""), ("PP4827", ""), ("\u0664827", "")],
)  # fmt: skip
def test_a_case_number_is_read_however_it_is_typed(typed, number):
    assert normalise_case_number(typed) == number


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, ["Saksnummeret er P og fire til sju tall", "Skriv e-postadressen du ga oss i kravet."]),
        ({"saksnummer": "abc", "epost": "a@"}, ["er P og", "E-postadresse må ha formen navn@eksempel.no."]),
        ({"saksnummer": "P-4827", "epost": "01019012345@a.no"}, ["ser ut som et fødselsnummer"]),
    ],
)
def test_what_cannot_be_right_is_told_in_words_and_asks_nothing(client, fields, said):
    response = send(client, LOST, fields)
    assert response.status_code == 422
    assert all(sentence in words(response) for sentence in said)
    assert "01019012345" not in response.content.decode()
    assert not LostCode.objects.exists()


def test_those_who_gave_no_address_are_told_the_other_way(client):
    make_controller(phone="900 00 000", email="post@prove.example", street="Testveien 1", postcode="0001", city="Oslo")
    page = words(client.get(LOST))
    assert "Ga du oss ingen e-postadresse?" in page
    for way in ("Ring 900 00 000 .", "Skriv til post@prove.example .", "Testveien 1, 0001 Oslo."):
        assert way in page
    assert "Jeg har mistet koden" in words(client.get(CASE))


def test_the_page_for_the_code_is_there_only_for_who_asked(client):
    assert client.get(ONE_TIME)["Location"] == LOST
    assert send(client, ONE_TIME, {"kode": "0" * 8})["Location"] == LOST


@pytest.mark.django_db(transaction=True)
@two_connections
def test_of_many_who_send_the_code_at_once_one_gets_in():
    case = make_request(contact_way=ContactWay.EMAIL, email=ADDRESS)
    token = ask_for_code(case_number=case.case_number, email=TYPED, at=LATER)
    send_lost_codes(LATER)
    code = OutgoingMail.objects.get(kind="one_time_code").secret
    LostCode.objects.update(tries_left=50)
    together, let_in = threading.Barrier(8), []

    def enter() -> None:
        together.wait()
        try:
            let_in.append(case_by_one_time_code(token=token, code=code, at=LATER))
        except WrongOneTimeCode:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=enter) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(let_in) == 1
    assert case.events.filter(kind=EventKind.STATUS_SEEN).count() == 1
    assert LostCode.objects.get().tries_left == 42
