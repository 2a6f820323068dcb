"""What the database itself holds true about cases, and which questions the list of cases answers."""

import uuid
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.exceptions import FieldError
from django.db import IntegrityError, connection, models, transaction

from processing.law.rights import Right
from rights.models import RequestedRight, RequestEvent, RightsRequest
from rights.models.dates import DATES
from rights.personal_data import CLASSIFIED
from rights.workflow import EventKind, RequestStatus
from tests.rights.builders import RECEIVED_AT, in_state, make_request

pytestmark = pytest.mark.django_db


def names_the_constraint(error: IntegrityError, name: str, *columns: str) -> bool:
    """True when the database says which constraint broke: SQLite names the columns of a unique one."""
    return name in str(error) or all(f".{column}" in str(error) for column in columns or ("?",))


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("rights_request_public_id_unique", "public_id"),
        ("rights_request_case_number_unique", "case_number"),
        ("rights_request_code_unique", "code_hash"),
        ("rights_request_submitted_once", "idempotency_hash"),
    ],
)
def test_no_two_cases_share(name, column):
    first, second = make_request(), make_request()
    setattr(second, column, getattr(first, column))
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        second.save()
    assert names_the_constraint(broken.value, name, column)


@pytest.mark.parametrize("column", ["case_number", "code_hash", "idempotency_hash"])
def test_a_case_without_what_identifies_it_is_refused(column):
    request = make_request()
    setattr(request, column, "")
    with pytest.raises(IntegrityError, match="rights_request_identified"), transaction.atomic():
        request.save()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("received_on", date(2026, 12, 22)),
        ("staff_on", date(2026, 12, 23)),
        ("client_on", date(2026, 12, 23)),
        ("nominal_on", date(2026, 12, 23)),
        ("statutory_on", date(2027, 2, 23)),
        ("promised_on", date(2026, 11, 22)),
    ],
)
@pytest.mark.parametrize("constraint", ["rights_request_dates_in_order", "rights_requested_right_dates_in_order"])
def test_dates_out_of_order_are_refused(constraint, column, value):
    request = make_request()
    row = request if constraint == "rights_request_dates_in_order" else request.requested_rights.get()
    setattr(row, column, value)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        row.save()


def test_a_right_is_asked_for_once_in_a_case():
    request = make_request()
    again = RequestedRight(request=request, right=Right.ACCESS)
    again.deadline = request.deadline
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        again.save()
    assert names_the_constraint(broken.value, "rights_requested_right_once", "request_id", "right")


def test_the_stored_dates_are_those_of_the_law():
    request = make_request()
    assert {name: getattr(request, name) for name in DATES} == {name: getattr(request.deadline, name) for name in DATES}


CHANGES = {
    "instance save": lambda event: event.save(),
    "instance delete": lambda event: event.delete(),
    "queryset update": lambda event: RequestEvent.objects.update(kind="other"),
    "queryset delete": lambda event: RequestEvent.objects.all().delete(),
    "raw update": lambda event: execute("UPDATE rights_requestevent SET kind = 'other'"),
    "raw delete": lambda event: execute("DELETE FROM rights_requestevent"),
}


def execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("change", CHANGES)
def test_an_event_is_neither_changed_nor_taken_away(change):
    event = make_request().events.get()
    with pytest.raises(IntegrityError, match="rights_requestevent is frozen"), transaction.atomic():
        CHANGES[change](event)
    assert RequestEvent.objects.get().kind == EventKind.SUBMITTED


def test_a_case_with_a_log_cannot_be_deleted():
    request = make_request()
    with pytest.raises(models.ProtectedError):
        request.delete()


def test_a_case_is_called_by_its_number_and_a_right_by_its_name():
    request = make_request(name="Hemmelig Navnesen")
    assert str(request) == request.case_number
    assert str(request.requested_rights.get()) == "Innsyn"
    assert str(request.events.get()) == "Kravet kom inn"


@pytest.mark.parametrize("field", ["name", "email", "address", "message", "file_to"])
def test_what_is_sealed_cannot_be_searched(field):
    with pytest.raises(FieldError, match=f"rights.rightsrequest.{field} is encrypted"):
        RightsRequest.objects.filter(**{f"{field}__icontains": "a"}).exists()


def test_no_history_table_keeps_what_erasure_removes():
    tables = [table for table in connection.introspection.table_names() if table.startswith("rights_")]
    models = list(apps.get_app_config("rights").get_models())
    assert sorted(tables) == sorted(model._meta.db_table for model in models)
    assert {model.__name__ for model in models} == set(CLASSIFIED)
    assert [model for model in models if hasattr(model, "history")] == []


@pytest.mark.parametrize("status", RequestStatus)
def test_a_case_is_open_while_we_owe_an_answer(status):
    in_state(status)
    expected = status in {"received", "identifying", "in_progress", "extended", "ready"}
    assert RightsRequest.objects.open().exists() is expected
    assert status.is_open is expected
    assert RightsRequest.objects.overdue(date(2030, 1, 1)).exists() is expected


@pytest.mark.parametrize(("on", "overdue"), [((2026, 12, 22), False), ((2026, 12, 23), True)])
def test_a_case_is_overdue_the_day_after_its_day(on, overdue):
    make_request()
    assert RightsRequest.objects.overdue(date(*on)).exists() is overdue


@pytest.mark.parametrize(("on", "due"), [((2026, 12, 21), False), ((2026, 12, 22), True), ((2027, 1, 1), True)])
def test_a_case_is_to_be_answered_by_its_day(on, due):
    make_request()
    assert RightsRequest.objects.answer_due_by(date(*on)).exists() is due


def test_the_most_urgent_case_comes_first_and_then_the_oldest():
    days = [3, 0, 1, 2]
    made = {day: make_request(at=RECEIVED_AT + timedelta(days=day)) for day in days}
    late = make_request(at=RECEIVED_AT + timedelta(hours=1))
    found = list(RightsRequest.objects.by_urgency())
    assert found[:3] == [made[0], late, made[1]]
    assert [request.staff_on for request in found] == sorted(request.staff_on for request in found)


def test_every_case_has_an_id_of_its_own_for_addresses():
    assert isinstance(make_request().public_id, uuid.UUID)
