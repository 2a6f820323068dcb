"""The page of figures: who may see it, what it counts, and what it asks of the database."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mktnorge.roles import Role
from rights.workflow import Ending, RequestStatus
from tests.builders import make_person
from tests.processing.admin.pages import words_of
from tests.rights.builders import in_state, make_request

pytestmark = pytest.mark.django_db

PAGE = "/admin/tall/"


def page_as(role: Role):
    client = Client()
    client.force_login(make_person(role))
    return client.get(PAGE)


@pytest.mark.parametrize(("role", "status"), [(Role.LEADER, 200), (Role.CASE_HANDLER, 200), (Role.AUDITOR, 200),
                                              (Role.REGISTRAR, 403)])  # fmt: skip
def test_figures_are_for_those_who_answer_and_those_who_audit(role, status):
    assert page_as(role).status_code == status


def test_what_is_counted():
    for _case in range(3):
        in_state(RequestStatus.ANSWERED)
    for _case in range(3):
        make_request()
    spam = in_state(RequestStatus.CLOSED)
    spam.ending = Ending.NOT_A_REQUEST
    spam.save()
    [row] = page_as(Role.AUDITOR).context["rows"]
    assert (row.received, row.answered, row.in_time, row.median_days) == (6, 3, 3, 0)


def test_no_case_and_no_person_stands_on_it_and_it_asks_as_much_for_many():
    counts = []
    client = Client()
    client.force_login(make_person(Role.AUDITOR))
    for _round in range(2):
        case = make_request(name="Kanari Fuglesen")
        with CaptureQueriesContext(connection) as queries:
            page = client.get(PAGE)
        counts.append(len(queries))
        assert case.case_number not in page.content.decode()
        assert "Kanari" not in page.content.decode()
    assert counts[0] == counts[1]
    assert "vises ikke" in words_of(page.content.decode())


def test_the_auditor_finds_it_from_the_front_page():
    client = Client()
    client.force_login(make_person(Role.AUDITOR))
    assert f'href="{PAGE}"' in client.get("/admin/").content.decode()
