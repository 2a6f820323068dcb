"""How much one visitor may try, and everybody together: counted with the clock standing still."""

from datetime import timedelta

import pytest
import time_machine

from mktnorge.models import Bucket, OutgoingMail
from rights.law.terms import Channel
from rights.models import RightsRequest
from tests.builders import make_controller
from tests.rights.builders import RECEIVED_AT, make_receipt
from tests.rights.pages import CASE, CHECK, MY_CASE, RECEIPT, WHAT, press_send, send, submit, walk, words

pytestmark = pytest.mark.django_db

WRONG = "0" * 26
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(RECEIVED_AT, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def limits(settings):
    """The limits as they are when nobody has set any."""
    settings.MAX_CODES_AN_HOUR = 10
    settings.MAX_CODES_AN_HOUR_IN_ALL = 600
    settings.MAX_REQUESTS_AN_HOUR = 20
    settings.MAX_NEW_CASES_A_DAY = 200
    return settings


def enter(client, code, address="192.0.2.1"):
    client.defaults["REMOTE_ADDR"] = address
    return send(client, CASE, {"kode": code})


def test_the_eleventh_wrong_code_from_an_address_has_to_wait(client, clock):
    assert [enter(client, WRONG).status_code for _ in range(11)] == [422] * 10 + [429]
    response = enter(client, WRONG)
    assert response["Retry-After"] == "360"
    assert "Vent 6 minutter, og prøv igjen. Har du en sak hos oss, er den trygg." in words(response)
    clock.shift(6 * MINUTE)
    assert [enter(client, WRONG).status_code for _ in range(2)] == [422, 429]


def test_a_right_code_waits_too_where_many_were_tried_but_not_elsewhere(client):
    code = make_receipt().code
    for _ in range(10):
        enter(client, WRONG)
    assert enter(client, code).status_code == 429
    assert enter(client, code, "192.0.2.2")["Location"] == MY_CASE


def test_a_right_code_costs_nothing(client):
    code = make_receipt().code
    assert {enter(client, code).status_code for _ in range(30)} == {303}


def test_six_hundred_wrong_codes_from_everywhere_and_the_right_person_still_gets_in(client, limits):
    limits.MAX_CODES_AN_HOUR_IN_ALL = 20
    code = make_receipt().code
    tried = [enter(client, WRONG, f"198.51.100.{place}").status_code for place in range(30)]
    assert tried == [422] * 20 + [429] * 10
    assert enter(client, code, "192.0.2.2")["Location"] == MY_CASE


def test_behind_a_proxy_each_visitor_is_counted_by_what_the_proxy_says(client, limits):
    limits.HTTPS = True
    for _ in range(10):
        client.post(CASE, {"kode": WRONG}, headers={"X-Forwarded-For": "203.0.113.9, 192.0.2.1"}, secure=True)
    forged = {"X-Forwarded-For": "203.0.113.77, 192.0.2.1"}
    assert client.post(CASE, {"kode": WRONG}, headers=forged, secure=True).status_code == 429
    other = {"X-Forwarded-For": "192.0.2.1, 203.0.113.77"}
    assert client.post(CASE, {"kode": WRONG}, headers=other, secure=True).status_code != 429


def test_no_address_is_kept(client):
    enter(client, WRONG, "192.0.2.123")
    assert Bucket.objects.exists()
    assert "192.0.2.123" not in str(list(Bucket.objects.values()))


def test_an_address_may_begin_so_many_requests_and_is_told_at_the_first_question(client, clock, limits):
    limits.MAX_REQUESTS_AN_HOUR = 2
    for _ in range(2):
        assert submit(client)["Location"] == RECEIPT
    refused = send(client, WHAT, {"rett": ["access"]})
    assert (refused.status_code, refused["Retry-After"]) == (429, "1800")
    clock.shift(30 * MINUTE)
    assert submit(client)["Location"] == RECEIPT


def test_when_the_day_is_full_the_form_says_where_else_and_keeps_the_answers(client, limits):
    limits.MAX_NEW_CASES_A_DAY = 1
    make_controller(phone="22 00 00 00")
    make_receipt()
    full = submit(client, kanal="email", epost="test@example.com")
    assert full.status_code == 503
    assert "Ring oss, eller send brev. Det teller like mye, og du får svar innen samme frist: en måned." in words(full)
    assert "22 00 00 00" in full.content.decode()
    assert RightsRequest.objects.count() == 1
    assert not OutgoingMail.objects.exists()
    limits.MAX_NEW_CASES_A_DAY = 2
    assert press_send(client, client.get(CHECK))["Location"] == RECEIPT


def test_only_the_form_has_a_full_day_and_tomorrow_is_another(client, clock, limits):
    limits.MAX_NEW_CASES_A_DAY = 1
    make_receipt(channel=Channel.PHONE)
    assert submit(client)["Location"] == RECEIPT
    make_receipt(channel=Channel.PHONE)
    assert submit(client).status_code == 503
    clock.shift(timedelta(hours=6))
    assert submit(client)["Location"] == RECEIPT


def test_pressing_again_on_a_full_day_still_shows_the_receipt(client, limits):
    limits.MAX_NEW_CASES_A_DAY = 1
    page = walk(client)
    assert press_send(client, page)["Location"] == RECEIPT
    assert press_send(client, page)["Location"] == RECEIPT
