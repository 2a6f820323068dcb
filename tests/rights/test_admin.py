"""The desk's list of cases: the order, the words of the clock, the filters, and what it never shows."""

from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mktnorge.access import declared_permissions, sync_roles
from mktnorge.roles import Role
from processing.law.rights import Right
from rights.access import GRANTS, NAME_CONTACTS, SEE_FIGURES, SEE_LISTS, WORK_WITH_BREACHES, WORK_WITH_CASES
from rights.clocks import desk_clock
from rights.law.terms import ContactWay, Relation
from rights.models import RightsRequest
from rights.workflow import RequestStatus
from tests.rights.builders import RECEIVED_AT, in_state, make_request

pytestmark = pytest.mark.django_db

LIST = "/admin/rights/rightsrequest/"


def page_of(case) -> str:
    return f"{LIST}{case.pk}/change/"


def client_as(role: Role) -> Client:
    sync_roles()
    person = get_user_model().objects.create_user(f"{role.name}@example.com", name=role.value, is_staff=True)
    person.groups.add(Group.objects.get(name=role.value))
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def desk():
    with time_machine.travel(RECEIVED_AT, tick=False):
        yield client_as(Role.CASE_HANDLER)


def numbers_on(response) -> list[str]:
    return [case.case_number for case in response.context["cl"].result_list]


def test_the_list_is_ordered_by_what_is_due_first(desk):
    made = {days: make_request(at=RECEIVED_AT - timedelta(days=days)).case_number for days in (5, 20, 1, 40)}
    assert numbers_on(desk.get(LIST)) == [made[40], made[20], made[5], made[1]]


@pytest.mark.parametrize(
    ("on", "words", "kind"),
    [
        # Received 22 November 2026: to be answered by Tuesday 22 December (law.md C4).
        ((2026, 11, 22), "30 dager igjen (22. des.)", "quiet"),
        ((2026, 12, 14), "8 dager igjen (22. des.)", "quiet"),
        ((2026, 12, 15), "7 dager igjen (22. des.)", "warn"),
        ((2026, 12, 21), "1 dag igjen (22. des.)", "warn"),
        ((2026, 12, 22), "I dag", "error"),
        ((2026, 12, 23), "Forfalt for 1 dag siden", "error"),
        ((2027, 1, 1), "Forfalt for 10 dager siden", "error"),
    ],
)
def test_the_clock_says_how_long_is_left(on, words, kind):
    clock = desk_clock(make_request(), on=date(*on))
    assert (clock.words, clock.kind) == (words, kind)


def test_the_clock_of_an_answered_case_has_stopped():
    clock = desk_clock(in_state(RequestStatus.ANSWERED), on=date(2030, 1, 1))
    assert (clock.words, clock.kind) == ("Besvart", "quiet")


def test_the_list_shows_what_how_long_and_where_it_stands(desk):
    make_request(rights=[Right.ACCESS, Right.ERASURE, Right.ACCESS_LOG], unsure=True, relation=Relation.APPLICANT)
    page = desk.get(LIST).content.decode()
    assert "Innsyn, innsyn i hvem som har lest, sletting og ikke sikker" in page
    assert "Jobbsøker" in page
    assert "30 dager igjen (22. des.)" in page
    assert "lovens dag 22. des." in page
    assert "Mottatt" in page


def test_the_list_shows_the_open_cases_until_others_are_chosen(desk):
    cases = {status: in_state(status).case_number for status in RequestStatus}
    opened = {number for status, number in cases.items() if status.is_open}
    assert set(numbers_on(desk.get(LIST))) == opened
    assert set(numbers_on(desk.get(LIST, {"status": "alle"}))) == set(cases.values())
    for status, number in cases.items():
        assert numbers_on(desk.get(LIST, {"status": status.value})) == [number]
    for unknown in ("tull", "\0"):
        assert numbers_on(desk.get(LIST, {"status": unknown})) == []


def test_the_filters_find_what_is_overdue_and_what_is_due_this_week(desk):
    late = make_request(at=RECEIVED_AT - timedelta(days=60)).case_number
    soon = make_request(at=RECEIVED_AT - timedelta(days=24)).case_number
    make_request()
    in_state(RequestStatus.CLOSED, at=RECEIVED_AT - timedelta(days=60))
    assert numbers_on(desk.get(LIST, {"frist": "forfalt"})) == [late]
    assert numbers_on(desk.get(LIST, {"frist": "uke"})) == [late, soon]


def test_what_may_be_about_danger_stands_first_on_the_front_page_until_it_is_taken(desk, time_machine):
    time_machine.move_to(RECEIVED_AT + timedelta(minutes=5))
    for _ in range(12):
        make_request(at=RECEIVED_AT - timedelta(days=10))
    unread = make_request(message="Jeg orker ikke mer.").case_number

    def first() -> str:
        return desk.get("/admin/").content.decode().split("<tbody>")[1].split("</tr>")[0]

    assert unread in first()
    assert "Les nå" in first()
    RightsRequest.objects.filter(case_number=unread).update(status=RequestStatus.IN_PROGRESS)
    assert unread not in desk.get("/admin/").content.decode()


def test_a_case_is_found_by_its_number_and_by_nothing_a_person_wrote(desk):
    wanted = make_request(name="Kanarifugl", message="Kanarifugl")
    make_request()
    assert numbers_on(desk.get(LIST, {"q": wanted.case_number})) == [wanted.case_number]
    assert numbers_on(desk.get(LIST, {"q": wanted.case_number[2:]})) == [wanted.case_number]
    assert numbers_on(desk.get(LIST, {"q": "Kanarifugl"})) == []


def test_the_list_neither_shows_nor_loads_what_a_person_wrote(desk):
    make_request(name="Kanarifugl", message="Kanarifugl", contact_way=ContactWay.EMAIL, email="kanarifugl@example.com")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = desk.get(LIST).content.decode()
    assert "anarifugl" not in page
    assert not [query for query in queries if '"rights_rightsrequest"."message"' in query["sql"]]


def test_the_list_asks_the_same_for_one_case_and_for_twenty(desk):
    make_request(rights=[Right.ACCESS, Right.ERASURE])
    desk.get(LIST)
    with CaptureQueriesContext(connection) as one:
        desk.get(LIST)
    for _ in range(19):
        make_request(rights=[Right.ACCESS, Right.ERASURE])
    with CaptureQueriesContext(connection) as twenty:
        assert len(numbers_on(desk.get(LIST))) == 20
    assert len(twenty) == len(one) <= 12


def test_the_code_and_its_hash_are_on_no_page(desk):
    case = make_request()
    for page in (desk.get(LIST), desk.get(page_of(case))):
        assert case.code_hash not in page.content.decode()
        assert case.idempotency_hash not in page.content.decode()


def test_nothing_is_deleted_here_and_no_field_is_written_past_the_steps(desk):
    case = make_request()
    assert desk.get(f"{LIST}{case.pk}/delete/").status_code == 403
    assert desk.post(page_of(case), {"status": "closed"}).status_code == 405
    desk.post(LIST, {"action": "delete_selected", "_selected_action": [case.pk], "post": "yes"})
    case.refresh_from_db()
    assert case.status == "received"


def test_reading_a_case_leaves_nothing_in_the_admins_log(desk):
    case = make_request(name="Kanarifugl")
    desk.get(page_of(case))
    desk.get(f"{LIST}{case.pk}/history/")
    assert not LogEntry.objects.exists()


def test_an_unknown_case_is_a_plain_answer(desk):
    assert desk.get(f"{LIST}999999/change/").status_code == 404


@pytest.mark.parametrize("role", Role)
def test_only_those_who_work_with_cases_see_them(role):
    case = make_request()
    client = client_as(role)
    expected = 200 if role in {Role.LEADER, Role.CASE_HANDLER} else 403
    assert client.get(LIST).status_code == expected
    assert client.get(page_of(case)).status_code == expected


@pytest.mark.parametrize("role", Role)
def test_each_role_has_its_grants_and_no_right_to_delete_a_case(role):
    declared = {name for name in declared_permissions(role) if name.startswith("rights.")}
    assert declared == set(GRANTS[role])
    # The leader also names whom to tell of danger, and sees which lists were handed out: no part of any case.
    assert declared - set((*NAME_CONTACTS, *SEE_LISTS) if role is Role.LEADER else ()) <= {
        *WORK_WITH_CASES,
        *WORK_WITH_BREACHES,
        *SEE_FIGURES,
    }
