"""Taking a request in: what is stored, what is refused, and that two clicks are one case."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, connections

from mktnorge.sealing import key_id_of, keyed_hash
from processing.law.rights import Right
from rights.law.terms import Channel, ContactWay, Relation
from rights.models import RequestedRight, RequestEvent, RightsRequest
from rights.services.intake import (
    ContactMissing,
    NameMissing,
    NothingAsked,
    SubmissionRefused,
    TooLong,
    submit_request,
)
from rights.services.tracking import UnknownCode, case_by_code, case_by_public_id
from rights.workflow import EventKind, RequestStatus
from tests.connections import two_connections
from tests.rights.builders import RECEIVED_AT, make_receipt, make_request

pytestmark = pytest.mark.django_db


def stored(column: str) -> str:
    """Return the raw value of a column of the only case, past the model."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM rights_rightsrequest")
        [(value,)] = cursor.fetchall()
    return value


def test_a_request_opens_a_case_with_its_dates_and_its_event():
    request = make_request(rights=[Right.ERASURE, Right.ACCESS], activity_number="A03")
    request.refresh_from_db()
    assert request.status == RequestStatus.RECEIVED
    assert request.channel == Channel.WEB
    assert request.relation == Relation.CLIENT
    assert request.activity_number == "A03"
    # law.md C4, first row.
    assert request.received_on == date(2026, 11, 22)
    assert request.nominal_on == request.statutory_on == date(2026, 12, 22)
    assert request.promised_on == request.client_on == request.staff_on == date(2026, 12, 22)
    assert request.extended_on == date(2027, 2, 22)
    assert [(row.right, row.deadline) for row in request.requested_rights.order_by("pk")] == [
        ("access", request.deadline),
        ("erasure", request.deadline),
    ]
    event = request.events.get()
    assert (event.kind, event.at, event.by) == (EventKind.SUBMITTED, RECEIVED_AT, None)


@pytest.mark.parametrize(
    ("at", "received_on", "client_on", "statutory_on", "staff_on"),
    [
        # law.md C4: R-DL-1 (UTC evening is next day in Oslo), R-DL-3, R-DL-4, R-DL-5.
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), (2027, 1, 1), (2027, 1, 31), (2027, 2, 1), (2027, 1, 29)),
        (datetime(2027, 1, 31, 12, tzinfo=UTC), (2027, 1, 31), (2027, 3, 1), (2027, 3, 1), (2027, 3, 1)),
        (datetime(2027, 2, 25, 12, tzinfo=UTC), (2027, 2, 25), (2027, 3, 27), (2027, 3, 30), (2027, 3, 24)),
    ],
)
def test_the_clock_starts_on_the_day_it_is_in_norway(at, received_on, client_on, statutory_on, staff_on):
    request = make_request(at=at)
    assert request.received_on == date(*received_on)
    assert request.client_on == date(*client_on)
    assert request.statutory_on == date(*statutory_on)
    assert request.staff_on == date(*staff_on)


def test_not_being_sure_is_enough_and_the_clock_runs():
    request = make_request(rights=[], unsure=True)
    assert request.requested_rights.count() == 0
    assert RightsRequest.objects.open().get() == request
    assert request.client_on == date(2026, 12, 22)


@pytest.mark.parametrize(
    ("over", "refusal"),
    [
        ({"rights": []}, NothingAsked),
        ({"name": " \u200b\x00"}, NameMissing),
        ({"contact_way": ContactWay.EMAIL}, ContactMissing),
        ({"contact_way": ContactWay.LETTER, "address": "\n"}, ContactMissing),
        ({"name": "a" * 201}, TooLong),
        ({"message": "a" * 4001}, TooLong),
        ({"contact_way": ContactWay.LETTER, "address": "a" * 501}, TooLong),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_sentence_and_stores_nothing(over, refusal):
    with pytest.raises(refusal, match=r"\.$") as refused:
        make_receipt(**over)
    assert isinstance(refused.value, SubmissionRefused)
    assert RightsRequest.objects.count() == RequestEvent.objects.count() == RequestedRight.objects.count() == 0


def test_nothing_is_left_when_the_last_row_fails(monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(RequestEvent, "record", fail)
    with pytest.raises(RuntimeError):
        make_receipt()
    assert RightsRequest.objects.count() == RequestedRight.objects.count() == 0


def test_what_the_person_wrote_is_not_in_the_database_in_clear():
    request = make_request(
        name="Hemmelig Navnesen",
        contact_way=ContactWay.EMAIL,
        email="hemmelig@example.com",
        message="Et hemmelig ønske",
    )
    for column in ("name", "email", "message"):
        raw = stored(column)
        assert key_id_of(raw) == "t1"
        assert "emmelig" not in raw
    request.refresh_from_db()
    assert (request.name, request.email) == ("Hemmelig Navnesen", "hemmelig@example.com")
    assert request.message == "Et hemmelig ønske"
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM rights_rightsrequest")
        assert "emmelig" not in str(cursor.fetchall())


@pytest.mark.parametrize("number", ["01019012345", "010190 12345", "0101\u200d9012345", "41019012345"])
def test_identity_numbers_are_masked_before_storage(number):
    request = make_request(
        name=f"Test {number}",
        contact_way=ContactWay.LETTER,
        address=f"Testveien 1\n{number}",
        message=f"Jeg er {number}.",
    )
    request.refresh_from_db()
    assert request.name == "Test [fødselsnummer fjernet]"
    assert request.address == "Testveien 1\n[fødselsnummer fjernet]"
    assert request.message == "Jeg er [fødselsnummer fjernet]."


def test_a_message_full_of_identity_numbers_still_fits():
    request = make_request(message="01019012345\n" * 333)
    request.full_clean()
    assert "0101" not in request.message


@pytest.mark.parametrize(
    ("way", "kept"),
    [(ContactWay.CALL, ""), (ContactWay.FOLLOW, ""), (ContactWay.EMAIL, "email"), (ContactWay.LETTER, "address")],
)
def test_only_the_address_that_is_needed_is_stored(way, kept):
    request = make_request(contact_way=way, email="test@example.com", address="Testveien 1")
    filled = [name for name in ("email", "address") if getattr(request, name)]
    assert filled == ([kept] if kept else [])


def test_texts_are_cleaned():
    request = make_request(name="A\u030ase\u202e  Test\x00esen", message="en\r\nto\u2028tre\ud800")
    assert (request.name, request.message) == ("Åse Testesen", "en\nto\ntre")


def test_the_code_opens_the_case_and_is_stored_as_a_keyed_hash():
    receipt = make_receipt()
    assert len(receipt.code) == 26
    assert stored("code_hash") == keyed_hash(receipt.code, purpose="rights.follow-up code")
    assert case_by_code(receipt.code.lower()) == receipt.request


@pytest.mark.parametrize("code", ["", "7KQ2", "0" * 26, "0" * 27, "æ", "\x00", "\ud800", "0" * 60_000])
def test_a_code_of_no_case_is_refused_with_one_and_the_same_sentence(code):
    make_request()
    with pytest.raises(UnknownCode, match=r"^Koden stemmer ikke\. Sjekk at alle 26 tegnene er med\.$"):
        case_by_code(code)


@pytest.mark.parametrize("code", ["", "0" * 26])
def test_every_code_costs_one_query(code, django_assert_num_queries):
    right = make_receipt().code
    with django_assert_num_queries(1):
        case_by_code(right)
    with django_assert_num_queries(1), pytest.raises(UnknownCode):
        case_by_code(code)


def test_tracking_does_not_load_what_the_person_wrote():
    receipt = make_receipt()
    sealed = {"name", "email", "address", "message", "file_to", "question", "reply"}
    assert case_by_code(receipt.code).get_deferred_fields() == sealed
    assert case_by_public_id(receipt.request.public_id).get_deferred_fields() == sealed


def test_the_same_key_gives_the_same_case_and_no_code():
    first = make_receipt(idempotency_key="same")
    second = make_receipt(idempotency_key="same", name="Noen Annen", rights=[Right.ERASURE])
    assert second.request == first.request
    assert second.code is None
    assert RightsRequest.objects.get().name == "Test Testesen"
    assert RequestEvent.objects.count() == RequestedRight.objects.count() == 1
    assert case_by_code(first.code) == first.request


def test_the_same_key_and_code_give_the_receipt_again_for_an_hour():
    code = "7KQ2M9XA4TDF0WPEHJ3R8CVN1S"
    again = {"idempotency_key": "same", "code": code}
    assert make_receipt(**again).code == code
    assert make_receipt(**again, at=RECEIVED_AT + timedelta(minutes=59)).code == code
    assert make_receipt(**again, at=RECEIVED_AT + timedelta(minutes=60)).code is None
    assert make_receipt(idempotency_key="same", code="0" * 26).code is None
    assert RightsRequest.objects.count() == 1


def test_different_keys_give_different_cases_numbers_and_codes():
    receipts = [make_receipt() for _ in range(30)]
    assert len({receipt.request.case_number for receipt in receipts}) == 30
    assert len({receipt.code for receipt in receipts}) == 30


def test_a_taken_case_number_is_passed_over(monkeypatch):
    monkeypatch.setattr("rights.services.intake.case_number_candidates", lambda: ["P-1111", "P-2222", "P-33333"])
    assert [make_request().case_number for _ in range(3)] == ["P-1111", "P-2222", "P-33333"]


def test_no_free_case_number_is_an_error_and_leaves_nothing(monkeypatch):
    monkeypatch.setattr("rights.services.intake.case_number_candidates", lambda: ["P-1111"])
    make_request()
    with pytest.raises(IntegrityError):
        make_request()
    assert RightsRequest.objects.count() == RequestEvent.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@two_connections
def test_ten_clicks_at_once_are_one_case():
    start = threading.Barrier(10)
    results = []

    def click():
        start.wait()
        try:
            results.append(make_receipt(idempotency_key="same", code="7KQ2M9XA4TDF0WPEHJ3R8CVN1S"))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=click) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 10
    assert {receipt.request.pk for receipt in results} == {RightsRequest.objects.get().pk}
    assert {receipt.code for receipt in results} == {"7KQ2M9XA4TDF0WPEHJ3R8CVN1S"}
    assert RequestEvent.objects.count() == 1


def test_a_request_by_telephone_names_who_took_it_down(django_user_model):
    clerk = django_user_model.objects.create_user("clerk@example.com", name="Saksbehandler")
    request = make_request(channel=Channel.PHONE, by=clerk)
    assert request.events.get(kind=EventKind.REGISTERED).by == clerk
    assert request.channel == "phone"


def test_the_service_asks_for_its_clock():
    with pytest.raises(TypeError, match="at"):
        submit_request(
            rights=[Right.ACCESS],
            unsure=False,
            relation=Relation.CLIENT,
            name="Test",
            contact_way=ContactWay.CALL,
            idempotency_key="k",
        )
