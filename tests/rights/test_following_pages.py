"""The receipt, «Min sak», signing out and leaving: what they show, for how long, and to whom."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from processing.law.rights import Right
from rights.models import RightsRequest
from rights.workflow import RequestStatus
from tests.rights.builders import RECEIVED_AT, make_receipt, make_request, put_in_state
from tests.rights.pages import CASE, LEAVE, MY_CASE, RECEIPT, SIGN_OUT, code_on, send, submit, words

pytestmark = pytest.mark.django_db

WRONG = "Koden stemmer ikke. Sjekk at alle 26 tegnene er med."
CANARY = "Kanarifugl"


@pytest.fixture
def clock():
    with time_machine.travel(RECEIVED_AT, tick=False) as traveller:
        yield traveller


def enter(client, code):
    return send(client, CASE, {"kode": code})


@pytest.fixture
def followed(client, clock):
    """A case that `client` has opened with its code."""
    receipt = make_receipt(
        rights=[Right.ERASURE], name=CANARY, message=f"{CANARY} skrev dette", unsure=True, activity_number="A03"
    )
    assert enter(client, receipt.code)["Location"] == MY_CASE
    return receipt.request


@pytest.mark.parametrize("change", [str.lower, lambda code: f" {code[:4]}-{code[4:]} ", lambda code: code + "\u200b"])
def test_the_code_opens_the_case_however_it_is_typed(client, change):
    response = enter(client, change(make_receipt().code))
    assert (response.status_code, response["Location"]) == (303, MY_CASE)


@pytest.mark.parametrize("code", ["7KQ2", "0" * 26, "0" * 27, "0" * 201, "æøå", "\x00"])
def test_a_wrong_code_gets_the_same_answer_whatever_is_wrong(client, code):
    make_receipt()
    response = enter(client, code)
    assert response.status_code == 422
    expected = "Skriv følgekoden du fikk på kvitteringen." if code == "\x00" else WRONG
    assert list(response.context["form"].errors["kode"]) == [expected]
    assert "<title>Feil: Følg saken din</title>" in response.content.decode()
    assert "okt" not in response.cookies


def test_a_code_in_the_address_opens_nothing(client):
    code = make_receipt().code
    response = client.get(CASE, {"kode": code})
    assert response.status_code == 200
    assert code not in response.content.decode()
    assert client.get(MY_CASE)["Location"] == CASE


def test_min_sak_shows_number_status_and_dates(client, followed):
    text = words(client.get(MY_CASE))
    assert followed.case_number in text
    assert "Min sak Kravet er hos oss" in text
    assert "Svar senest tirsdag 22. desember 2026 30 dager igjen" in text
    assert "Vi trenger ikke noe fra deg nå." in text
    assert "søndag 22. november 2026" in text


def test_min_sak_never_shows_who_asked_or_for_what(client, followed):
    page = client.get(MY_CASE).content.decode()
    assert "<title>Min sak</title>" in page
    for word in (CANARY, "slett", "Slett", "klient", "Klient", "A03", "sikker", str(followed.public_id)):
        assert word not in page


@pytest.mark.parametrize("status", RequestStatus)
def test_min_sak_says_each_status_in_a_sentence(client, followed, status):
    put_in_state(followed, status)
    text = words(client.get(MY_CASE))
    assert status.sentence in text
    assert (status.need in text) is status.is_open
    assert ("Svar senest" in text) is status.is_open


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "30 dager igjen"),
        (29, "1 dag igjen"),
        (30, "I dag"),
        (31, "Datoen er passert. Det er vi som er for sene."),
        (200, "Datoen er passert. Det er vi som er for sene."),
    ],
)
def test_min_sak_counts_the_days_and_owns_up_when_late(client, clock, days, said):
    code = make_receipt(at=RECEIVED_AT).code
    clock.shift(timedelta(days=days))
    enter(client, code)
    assert said in words(client.get(MY_CASE))


def test_min_sak_closes_after_a_quarter_of_an_hour_untouched(client, clock, followed):
    for _visit in range(3):
        clock.shift(timedelta(minutes=14, seconds=59))
        assert client.get(MY_CASE).status_code == 200
    clock.shift(timedelta(minutes=15))
    response = client.get(MY_CASE)
    assert (response.status_code, response["Location"]) == (303, CASE)


def test_min_sak_is_closed_to_who_has_no_code(client):
    make_request()
    assert client.get(MY_CASE)["Location"] == CASE


def test_signing_out_ends_the_session_on_the_server(client, followed):
    stolen = Client()
    stolen.cookies["okt"] = client.cookies["okt"].value
    assert stolen.get(MY_CASE).status_code == 200
    response = send(client, SIGN_OUT, {})
    assert (response.status_code, response["Location"]) == (303, CASE)
    assert response["Clear-Site-Data"] == '"cache"'
    assert stolen.get(MY_CASE)["Location"] == CASE
    assert not Session.objects.exists()


def test_following_a_case_leaves_a_desk_session_as_it_is(client, followed):
    clerk = get_user_model().objects.create_user("clerk@example.com", name="Saksbehandler", is_staff=True)
    code = make_receipt().code
    client.force_login(clerk)
    before = client.session.get_expiry_age()
    enter(client, code)
    assert client.session.get_expiry_age() == before
    send(client, SIGN_OUT, {})
    assert client.session["_auth_user_id"] == str(clerk.pk)
    assert client.get(MY_CASE)["Location"] == CASE


def test_leaving_forgets_everything_and_leads_away(client, followed, settings):
    settings.EXIT_URL = "https://weather.example/"
    response = client.post(LEAVE)
    assert response.status_code == 200
    assert response["Refresh"] == "0; url=https://weather.example/"
    assert 'href="https://weather.example/"' in response.content.decode()
    assert response["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert not Session.objects.exists()
    assert client.get(MY_CASE)["Location"] == CASE


def test_leaving_needs_neither_a_token_nor_a_session():
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post(LEAVE).status_code == 200
    assert stranger.get(LEAVE).status_code == 405


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_cannot_make_a_visitor_leave(client, followed, site):
    response = client.post(LEAVE, headers={"Sec-Fetch-Site": site})
    assert response.status_code == 403
    assert "Clear-Site-Data" not in response
    assert client.get(MY_CASE).status_code == 200


@pytest.mark.parametrize("address", [CASE, MY_CASE])
def test_no_page_may_be_kept_or_tell_others_where_it_was(client, followed, address):
    submit(client)
    response = client.get(address)
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    # Not no-referrer: with it Chromium sends `Origin: null`, and the check of the form's token refuses every form.
    assert response["Referrer-Policy"] == "same-origin"
    policy = response["Content-Security-Policy"].split("; ")
    assert {"default-src 'none'", "form-action 'self'", "script-src 'self'", "frame-ancestors 'none'"} <= set(policy)
    assert response["X-Content-Type-Options"] == "nosniff"
    title = response.content.decode().split("<title>")[1].split("</title>")[0]
    assert not re.search(r"klient|terapi|innsyn|slett|journal|P-\d", title, re.IGNORECASE)


@pytest.mark.parametrize("address", [SIGN_OUT, LEAVE])
def test_nothing_ends_by_a_link(client, address):
    assert client.get(address).status_code == 405


@pytest.mark.parametrize("address", [CASE, MY_CASE])
def test_reading_writes_nothing_but_the_visitors_own_session(client, followed, address):
    def only_the_session(execute, sql, params, many, context):
        if sql.split(None, 1)[0].upper() in {"INSERT", "UPDATE", "DELETE"}:
            assert "django_session" in sql
        return execute(sql, params, many, context)

    submit(client)
    with connection.execute_wrapper(only_the_session):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(("address", "most"), [(CASE, 1), (MY_CASE, 7)])
def test_no_page_asks_much_of_the_database(client, followed, address, most, django_assert_max_num_queries):
    # Of the seven, two are savepoints around the visitor's own session.
    submit(client)
    with django_assert_max_num_queries(most):
        client.get(address)


def test_the_log_names_the_case_and_nothing_a_person_wrote(client, caplog):
    caplog.set_level("INFO")
    submit(client, navn=CANARY, melding=CANARY, kanal="email", epost=f"{CANARY}@example.com")
    code = code_on(client.get(RECEIPT))
    enter(client, code)
    enter(client, "0" * 26)
    assert RightsRequest.objects.get().case_number in caplog.text
    assert CANARY not in caplog.text
    assert code not in caplog.text
