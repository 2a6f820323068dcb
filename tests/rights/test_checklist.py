"""The checklist at the desk: ticked by the program where it can see, by hand where it cannot, and never by accident."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mktnorge.roles import Role
from processing.law.regimes import LegalRegime
from processing.law.rights import Right
from rights.desk import StepRefused
from rights.law.identity import IdentityMethod
from rights.law.outcomes import Outcome, RefusalGround
from rights.law.terms import Relation
from rights.models import ChecklistTick, RequestEvent, RightsRequest
from rights.services import handling
from rights.services.steps import CaseChanged
from rights.services.ticking import TOLD, tick_recipients, tick_steps
from tests.builders import make_person
from tests.company import load_company
from tests.processing.admin.pages import words_of
from tests.rights.builders import RECEIVED_AT, make_request

pytestmark = pytest.mark.django_db

NOON = RECEIVED_AT + timedelta(days=1)


@pytest.fixture
def clerk(db):
    return make_person(Role.CASE_HANDLER)


@pytest.fixture
def desk(clerk):
    with time_machine.travel(NOON, tick=False):
        client = Client()
        client.force_login(clerk)
        yield client


def address(case: RightsRequest, rest: str) -> str:
    return f"/admin/rights/rightsrequest/{case.pk}/{rest}"


def codes(case: RightsRequest) -> set[str]:
    return set(ChecklistTick.objects.filter(requested_right__request=case).values_list("step", flat=True))


def taken(clerk, regimes=(LegalRegime.GDPR_ONLY,), **over) -> RightsRequest:
    case = make_request(**over)
    case = handling.take_case(case=case.pk, version=1, by=clerk, at=NOON)
    return handling.confirm_regimes(case=case.pk, version=2, regimes=regimes, by=clerk, at=NOON)


def test_what_stood_keeps_who_did_it_and_what_is_taken_away_goes(clerk):
    case, leader = taken(clerk), make_person(Role.LEADER)
    tick_steps(case=case.pk, version=3, right=Right.ACCESS, steps=["search", "safe_way"], by=clerk, at=NOON)
    later = NOON + timedelta(hours=1)
    tick_steps(case=case.pk, version=4, right=Right.ACCESS, steps=["search", "others_data"], by=leader, at=later)
    rows = ChecklistTick.objects.filter(requested_right__request=case).order_by("step")
    assert [(row.step, row.by, row.at) for row in rows] == [("others_data", leader, later), ("search", clerk, NOON)]
    assert RequestEvent.objects.filter(request=case, kind="ticked").count() == 2


@pytest.mark.parametrize("step", ["take", "deliver", "record", "tull", f"{TOLD}alle"])
def test_only_what_is_on_the_list_and_not_the_programs_own_can_be_ticked(clerk, step):
    case = taken(clerk)
    with pytest.raises(StepRefused, match="hører ikke til"):
        tick_steps(case=case.pk, version=3, right=Right.ACCESS, steps=["search", step], by=clerk, at=NOON)
    assert not codes(case)


def test_nothing_new_and_a_right_nobody_asked_for_are_refused(clerk):
    case = taken(clerk)
    with pytest.raises(StepRefused, match="Ingenting er endret"):
        tick_steps(case=case.pk, version=3, right=Right.ACCESS, steps=[], by=clerk, at=NOON)
    with pytest.raises(StepRefused, match="ikke en del av saken"):
        tick_steps(case=case.pk, version=3, right=Right.ERASURE, steps=["exceptions"], by=clerk, at=NOON)
    with pytest.raises(CaseChanged):
        tick_steps(case=case.pk, version=2, right=Right.ACCESS, steps=["search"], by=clerk, at=NOON)


def test_the_page_shows_what_is_done_and_keeps_what_is_ticked(desk, clerk):
    case = taken(clerk)
    [shown] = desk.get(address(case, "change/")).context["rights"]
    done = {one.step.code: one.done for one in shown.checklist.steps}
    assert done["take"]
    assert not done["recognise"]
    assert not done["search"]
    assert "extension_told" not in done
    handling.record_identity(case=case.pk, version=3, method=IdentityMethod.IN_PERSON, on=NOON.date(), by=clerk,
                             at=NOON)  # fmt: skip
    answer = desk.post(address(case, "sjekkliste/access/"), {"version": 4, "step": ["search"]})
    assert answer.status_code == 302
    page = desk.get(address(case, "change/"))
    done = {one.step.code: one.done for one in page.context["rights"][0].checklist.steps}
    assert done["recognise"]
    assert done["search"]
    assert f"Sjekkliste: 3 av {len(done)} er gjort" in words_of(page.content.decode())


def test_a_conflict_is_said_and_stores_nothing(desk, clerk):
    case = taken(clerk)
    answer = desk.post(address(case, "sjekkliste/access/"), {"version": 2, "step": ["search"]})
    assert answer.status_code == 409
    assert "lagret denne saken" in words_of(answer.content.decode())
    assert not codes(case)


@pytest.mark.parametrize("sent", [{}, {"version": "x"}, {"version": "²"}])
def test_what_no_form_sends_is_not_found(desk, clerk, sent):
    case = taken(clerk)
    assert desk.post(address(case, "sjekkliste/access/"), sent).status_code == 404
    assert desk.post(address(case, "sjekkliste/tull/"), {"version": 3}).status_code == 404
    assert desk.get(address(case, "sjekkliste/access/")).status_code == 405
    assert desk.post(address(case, "hvor/"), {**sent, "right": "erasure"}).status_code == 404


def test_the_systems_and_recipients_come_from_the_register(desk, clerk):
    load_company(at=RECEIVED_AT - timedelta(days=30))
    case = taken(clerk, relation=Relation.APPLICANT, rights=[Right.ERASURE])
    page = desk.get(address(case, "hvor/"))
    assert [place.activity.code for place in page.context["places"]] == ["recruitment"]
    assert page.context["tellings"] == []
    assert "Ingen erklæring var publisert den dagen" in words_of(page.content.decode())


def test_the_desk_reads_what_each_activity_gives_of_what_was_asked(desk, clerk):
    """Matrix C3 with the reason for each yes, no and only if, of the rights asked for and no other."""
    load_company(at=RECEIVED_AT - timedelta(days=30))
    case = taken(clerk, rights=[Right.ERASURE, Right.OBJECTION_MARKETING])
    page = desk.get(address(case, "hvor/"))
    journal = next(place for place in page.context["places"] if place.activity.number == "A03")
    assert [one.right for one, _reach in journal.entitlements] == [Right.ERASURE, Right.OBJECTION_MARKETING]
    for one, reach in journal.entitlements:
        assert f"{reach}. {one.reason}" in words_of(page.content.decode())
    assert "Regimet er ikke bekreftet" in words_of(page.content.decode())


def test_recipients_are_told_once_something_is_deleted(desk, clerk):
    """Art. 19."""
    load_company(at=RECEIVED_AT - timedelta(days=30))
    case = taken(clerk, rights=[Right.ERASURE, Right.ACCESS])
    tell = {"case": case.pk, "right": Right.ERASURE, "by": clerk, "at": NOON}
    with pytest.raises(StepRefused, match="ikke noe å si fra om"):
        tick_recipients(**tell, version=3, told=[])
    for version, right in enumerate((Right.ACCESS, Right.ERASURE), start=3):
        handling.decide_right(case=case.pk, version=version, right=right, outcome=Outcome.GRANTED, by=clerk, at=NOON)
    page = desk.get(address(case, "hvor/"))
    [telling] = page.context["tellings"]
    assert telling.right is Right.ERASURE
    first = telling.recipients[0][0].code
    sent = {"version": 5, "right": "erasure", "told": [first]}
    assert desk.post(address(case, "hvor/"), sent)["Location"] == address(case, "hvor/")
    assert codes(case) == {f"{TOLD}{first}"}
    [telling] = desk.get(address(case, "hvor/")).context["tellings"]
    assert telling.recipients[0][1].by == clerk
    assert desk.post(address(case, "hvor/"), sent).status_code == 409
    with pytest.raises(StepRefused, match="hører ikke til"):
        tick_recipients(**tell, version=6, told=["ukjent"])


def test_a_refusal_is_told_to_nobody(desk, clerk):
    case = taken(clerk, rights=[Right.ERASURE])
    handling.decide_right(case=case.pk, version=3, right=Right.ERASURE, outcome=Outcome.REFUSED,
                          ground=RefusalGround.STILL_NEEDED, reason="Vi trenger dem.", by=clerk, at=NOON)  # fmt: skip
    assert desk.get(address(case, "hvor/")).context["tellings"] == []


def test_the_page_of_places_asks_as_much_for_many_as_for_few(desk, clerk):
    load_company(at=RECEIVED_AT - timedelta(days=30))
    counts = []
    for relation in (Relation.APPLICANT, Relation.OTHER):
        case = make_request(relation=relation)
        with CaptureQueriesContext(connection) as queries:
            desk.get(address(case, "hvor/"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.AUDITOR])
def test_the_registers_people_see_no_case(role, clerk):
    case = taken(clerk)
    client = Client()
    client.force_login(make_person(role))
    assert client.get(address(case, "hvor/")).status_code == 403
    assert client.post(address(case, "hvor/"), {"version": 3, "right": "erasure"}).status_code == 403
    assert client.post(address(case, "sjekkliste/access/"), {"version": 3}).status_code == 403
