"""Cases that end without an answer on the matter: one by one, and many that were no request at all."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from mktnorge.roles import Role
from processing.law.rights import Right
from rights.desk import StepRefused
from rights.law.outcomes import Outcome
from rights.models import RequestEvent, RightsRequest
from rights.services import answering, handling
from rights.services.ending import end_as_no_request, end_case
from rights.workflow import Ending, EventKind, RequestStatus
from tests.builders import make_controller, make_person
from tests.processing.admin.pages import fields_of, words_of
from tests.rights.at_the_desk import NOON, Desk
from tests.rights.builders import RECEIVED_AT, make_request

pytestmark = pytest.mark.django_db

LIST = "/admin/rights/rightsrequest/"


@pytest.fixture
def handler(db):
    return make_person(Role.CASE_HANDLER)


@pytest.fixture
def desk(handler):
    with time_machine.travel(NOON, tick=False):
        client = Client()
        client.force_login(handler)
        yield client


def test_a_duplicate_points_to_the_older_case_whose_clock_goes_on(handler):
    older = make_request(rights=[Right.ACCESS, Right.ERASURE], at=RECEIVED_AT - timedelta(days=2))
    desk = Desk(handler)
    due, version = older.statutory_on, older.version
    with pytest.raises(StepRefused, match="Skriv saksnummeret"):
        desk.do(end_case, ending=Ending.DUPLICATE, same_as=desk.case.case_number)
    desk.do(end_case, ending=Ending.DUPLICATE, same_as=f" {older.case_number.lower()} ")
    assert (desk.case.ending, desk.case.duplicate_of) == (Ending.DUPLICATE, older)
    older.refresh_from_db()
    assert (older.statutory_on, older.version, older.state) == (due, version, RequestStatus.RECEIVED)
    assert RequestEvent.objects.get(request=older, kind=EventKind.DUPLICATE_ENDED).by == handler
    assert not desk.case.letters.exists()
    with pytest.raises(StepRefused, match="kom ikke først"):
        end_case(case=older.pk, version=1, ending=Ending.DUPLICATE, same_as=desk.case.case_number, by=handler, at=NOON)
    desk.do(answering.reopen_case)
    assert desk.case.duplicate_of is None


def test_many_are_put_away_each_by_itself(handler):
    spam = [make_request() for _ in range(3)]
    danger = make_request(message="Jeg vil ta livet mitt.")
    changed = make_request()
    handling.take_case(case=changed.pk, version=1, by=handler, at=NOON)
    decided = Desk(handler).ready_to_answer()
    decided.do(handling.decide_right, right=Right.ACCESS, outcome=Outcome.GRANTED)
    seen = [
        *((case.pk, 1) for case in spam),
        (danger.pk, 1),
        (changed.pk, 1),
        (decided.pk, decided.case.version),
        (0, 1),
    ]
    done = end_as_no_request(cases=seen, by=handler, at=NOON)
    assert done.ended == tuple(case.case_number for case in spam)
    assert [number for number, _why in done.kept] == [
        danger.case_number, changed.case_number, decided.case.case_number, "0",
    ]  # fmt: skip
    for sentence, (_number, why) in zip(["akutt fare", "lagret", "alt avgjort", "finnes ikke"], done.kept, strict=True):
        assert sentence in why
    assert RequestEvent.objects.filter(kind=EventKind.CLOSED).count() == 3
    assert end_as_no_request(cases=seen[:1], by=handler, at=NOON).kept[0][0] == spam[0].case_number


def test_the_clerk_sees_which_they_are_before_they_are_ended(desk, handler):
    first, second, other = make_request(), make_request(), make_request()
    page = desk.post(LIST, {"action": "put_away", "_selected_action": [first.pk, second.pk]})
    words = words_of(page.content.decode())
    assert first.case_number in words
    assert "slettet etter 90 dager" in words
    assert other.case_number not in words
    assert not RightsRequest.objects.exclude(ending="").exists()
    handling.take_case(case=second.pk, version=1, by=handler, at=NOON)
    sent = fields_of(page.content.decode(), "avslutt-mange")
    assert "csrfmiddlewaretoken" in sent
    answer = desk.post(f"{LIST}avslutt/", {"case": [f"{first.pk}:1", f"{second.pk}:1", "tull", "1:x"]}, follow=True)
    said = words_of(answer.content.decode())
    assert "1 sak er avsluttet." in said
    assert second.case_number in said
    assert list(RightsRequest.objects.exclude(ending="").values_list("pk", "ending")) == [(first.pk, "not_a_request")]
    assert desk.get(f"{LIST}avslutt/").status_code == 405


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.AUDITOR])
def test_nobody_else_puts_cases_away(role):
    case = make_request()
    client = Client()
    client.force_login(make_person(role))
    assert client.post(f"{LIST}avslutt/", {"case": f"{case.pk}:1"}).status_code == 403
    assert client.post(LIST, {"action": "put_away", "_selected_action": [case.pk]}).status_code == 403
    case.refresh_from_db()
    assert case.ending == ""


def test_who_may_not_ask_for_another_learns_nothing(handler):
    make_controller()
    desk = Desk(handler)
    letter = desk.do(end_case, ending=Ending.NOT_ENTITLED, words="Vi har ikke fått noen fullmakt.")
    assert "verken bekrefter eller avkrefter" in letter.body
    assert "klient" not in letter.body.lower()
