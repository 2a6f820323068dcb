"""The page of one case: what to do now, forms that lose nothing, and who may see what."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mktnorge.roles import Role
from processing.law.rights import Right
from rights.models import RequestEvent, RightsRequest
from rights.services import handling
from rights.workflow import EventKind, RequestStatus
from tests.builders import make_person
from tests.company import load_company
from tests.pdf_reader import TaggedPdf
from tests.processing.admin.pages import fields_of, words_of
from tests.rights.builders import RECEIVED_AT, make_request

pytestmark = pytest.mark.django_db

NOON = RECEIVED_AT + timedelta(days=1)


@pytest.fixture
def handler(db):
    return make_person(Role.CASE_HANDLER)


@pytest.fixture
def desk(handler):
    with time_machine.travel(NOON, tick=False):
        client = Client()
        client.force_login(handler)
        yield client


def address(case: RightsRequest, rest: str = "change/") -> str:
    return f"/admin/rights/rightsrequest/{case.pk}/{rest}"


def take(desk: Client, case: RightsRequest, step: str, **values):
    case.refresh_from_db()
    return desk.post(address(case, f"steg/{step}/"), {"version": case.version, **values})


def test_a_case_is_walked_from_the_front_page_to_the_answer(desk, handler):
    load_company(at=RECEIVED_AT - timedelta(days=30))
    case = make_request(rights=[Right.ACCESS, Right.OBJECTION_MARKETING])
    front = desk.get("/admin/").content.decode()
    assert address(case) in front
    assert "Ta saken" in words_of(front)

    said = []
    for step, values in [
        ("take", {}),
        ("set_regimes", {"regimes": ["gdpr_only", "marketing"]}),
        ("ask_identity", {"reason": "Adressen er ny."}),
        ("record_identity", {"method": "in_person", "on": "23.11.2026"}),
        ("decide", {"part": "access-0", "outcome": "granted", "reason": "Du får alt."}),
        ("decide", {"part": "objection_marketing-0", "outcome": "granted"}),
        ("make_letter", {}),
        ("deliver", {"on": "23.11.2026", "delivery": "in_person"}),
    ]:
        page = desk.get(address(case))
        assert page.context["first"].action == step, said
        answer = take(desk, case, step, **values)
        assert (answer.status_code, answer["Location"]) == (302, address(case)), words_of(answer.content.decode())
        said.append(step)
    case.refresh_from_db()
    assert case.state is RequestStatus.ANSWERED
    assert desk.get(address(case)).context["first"] is None

    letters = list(case.letters.order_by("pk"))
    pdf = desk.get(address(case, f"brev/{letters[-1].pk}/"))
    assert pdf["Content-Type"] == "application/pdf"
    assert "no-store" in pdf["Cache-Control"]
    read = TaggedPdf(pdf.content)
    assert read.headings[0] == (1, "Du får det du ba om")
    assert desk.get(address(case, f"brev/{letters[-1].pk}/")).content == pdf.content


def test_who_asks_is_shown_when_asked_for_and_it_is_logged(desk, handler):
    case = make_request(name="Kanari Fuglesen", message="Kanari skrev dette")
    with CaptureQueriesContext(connection) as queries:
        page = desk.get(address(case))
    assert "Kanari" not in page.content.decode()
    assert not [query for query in queries if '"rights_rightsrequest"."message"' in query["sql"]]
    assert not RequestEvent.objects.filter(kind=EventKind.VIEWED).exists()
    shown = desk.post(address(case, "person/"))
    assert "Kanari Fuglesen" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert RequestEvent.objects.get(kind=EventKind.VIEWED).by == handler


def test_what_is_refused_comes_back_with_what_was_typed(desk):
    case = make_request()
    take(desk, case, "take")
    take(desk, case, "set_regimes", regimes=["gdpr_only"])
    answer = take(desk, case, "decide", part="access-0", outcome="refused", ground="", reason="Fordi det er slik.")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Velg den rettslige grunnen" in words_of(page)
    assert "Fordi det er slik." in page
    assert not case.requested_rights.filter(decisions__isnull=False).exists()


def test_a_conflict_shows_both_what_was_typed_and_how_the_case_stands(desk):
    case = make_request()
    take(desk, case, "take")
    other = make_person(Role.LEADER)
    handling.write_note(case=case.pk, version=2, text="Den andre var først.", by=other, at=NOON)
    answer = desk.post(address(case, "steg/note/"), {"version": 2, "text": "Min tekst"})
    assert answer.status_code == 409
    page = words_of(answer.content.decode())
    assert "lagret denne saken kl. 18.04" in page
    assert "Den andre var først." in page
    assert "Min tekst" in page
    again = fields_of(answer.content.decode(), "steg-note")
    assert desk.post(address(case, "steg/note/"), again).status_code == 302
    assert case.notes.count() == 2


def test_a_question_of_identity_shows_what_can_be_defended_and_moves_nothing(desk):
    """R-DL-8 and decision 10."""
    load_company(at=RECEIVED_AT - timedelta(days=30))
    case = make_request()
    take(desk, case, "take")
    assert "Kan forsvares" not in words_of(desk.get(address(case)).content.decode())
    take(desk, case, "ask_identity", reason="Adressen er ny.")
    with time_machine.travel(NOON + timedelta(days=9), tick=False):
        page = words_of(desk.get(address(case)).content.decode())
    assert "Kan forsvares" in page
    assert "Svarer vi senest torsdag 31. desember 2026, kan det forsvares" in page
    assert "EDPBs retningslinjer 01/2022" in page
    case.refresh_from_db()
    assert case.statutory_on == date(2026, 12, 22)


@pytest.mark.parametrize("values", [{}, {"version": "x"}, {"version": "1", "part": "tull", "outcome": "\0"}])
def test_bad_input_is_said_and_stores_nothing(desk, values):
    case = make_request()
    take(desk, case, "take")
    take(desk, case, "set_regimes", regimes=["gdpr_only"])
    assert desk.post(address(case, "steg/decide/"), values).status_code == 422


def test_only_steps_that_exist_and_only_by_post(desk):
    case = make_request()
    assert desk.post(address(case, "steg/delete/"), {"version": 1}).status_code == 404
    assert desk.get(address(case, "steg/take/")).status_code == 405
    assert desk.get(address(case, "person/")).status_code == 405
    assert desk.get(address(case, "brev/1/")).status_code == 404
    assert desk.post("/admin/rights/rightsrequest/0/steg/take/", {"version": 1}).status_code == 404


def test_every_form_on_the_page_carries_its_token(desk):
    """An include that is given nothing but its own words has no token either, and its form is refused."""
    case = make_request()
    for page in (desk.get(address(case)), desk.post(address(case, "person/"))):
        forms = page.content.decode().split("<form ")[1:]
        sent = [form for form in forms if f"/rightsrequest/{case.pk}/" in form.split(">", 1)[0]]
        assert len(sent) > 5
        assert all("csrfmiddlewaretoken" in form.split("</form>")[0] for form in sent)


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.AUDITOR])
def test_the_registers_people_see_no_case(role):
    case = make_request()
    client = Client()
    client.force_login(make_person(role))
    assert client.get(address(case)).status_code == 403
    assert client.post(address(case, "person/")).status_code == 403
    assert client.post(address(case, "steg/take/"), {"version": 1}).status_code == 403
    assert "Saker i dag" not in client.get("/admin/").content.decode()


def test_the_page_and_the_list_ask_as_much_for_many_as_for_few(desk, handler, django_assert_max_num_queries):
    small, big = make_request(), make_request(rights=list(Right))
    for number in range(8):
        handling.write_note(case=big.pk, version=number + 1, text="Notat", by=handler, at=NOON)
    counts = []
    for case in (small, big):
        with CaptureQueriesContext(connection) as queries:
            desk.get(address(case))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 25


def test_the_front_page_counts_what_is_late_soon_and_nobodys(desk):
    make_request(at=RECEIVED_AT - timedelta(days=60))
    make_request(at=RECEIVED_AT - timedelta(days=25))
    make_request()
    [panel] = [panel for panel in desk.get("/admin/").context["panels"] if panel.template == "admin/rights/today.html"]
    assert {name: panel.content[name] for name in ("open", "overdue", "soon", "unowned")} == {
        "open": 3,
        "overdue": 1,
        "soon": 1,
        "unowned": 3,
    }
    assert [row.statutory_on for row in panel.content["rows"]][-1] == date(2026, 12, 22)
