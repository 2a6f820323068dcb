"""The log of breaches as it is stored and shown: whole steps, frozen events, hours that are right, and who may look."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mktnorge.roles import Role
from rights.law.breaches import BreachKind, BreachRefused, BreachStep, NotToldGround, Risk
from rights.models import Breach, BreachEvent, BreachWords, RequestEvent, RightsRequest
from rights.services import breaches
from rights.services.breaches import BreachChanged, BreachGone, verify_breaches
from rights.workflow import EventKind
from tests.builders import make_person
from tests.processing.admin.pages import fields_of, words_of
from tests.rights.builders import RECEIVED_AT, make_request

pytestmark = pytest.mark.django_db

AWARE = RECEIVED_AT
NOW = AWARE + timedelta(hours=3)
LIST = "/admin/rights/breach/"


@pytest.fixture
def handler(db):
    return make_person(Role.CASE_HANDLER)


@pytest.fixture
def desk(handler):
    with time_machine.travel(NOW, tick=False):
        client = Client()
        client.force_login(handler)
        yield client


def opened(by, **over) -> Breach:
    said = {"aware_at": AWARE, "kinds": [BreachKind.CONFIDENTIALITY], "text": "Et brev gikk til feil adresse."}
    return breaches.open_breach(**{**said, "by": by, "at": NOW, **over})


def do(service, breach, by, **values) -> Breach:
    values = {"at": NOW, "version": Breach.objects.get(pk=breach.pk).version, **values}
    return service(breach=breach.pk, by=by, **values)


def test_from_the_first_word_to_the_last(handler):
    breach = opened(handler, people=1)
    assert breach.due_at == AWARE + timedelta(hours=72)
    do(breaches.assess_risk, breach, handler, risk=Risk.HIGH, text="Mottakeren leste en journal.")
    with pytest.raises(BreachRefused, match="om Datatilsynet skal varsles"):
        do(breaches.close_breach, breach, handler)
    do(breaches.record_notice, breach, handler, notified_at=NOW)
    do(breaches.record_telling, breach, handler, told_on=NOW.date(), text="Vi ringte og forklarte.")
    do(breaches.record_measures, breach, handler, text="Adressen blir lest to ganger fra nå.")
    do(breaches.add_to_breach, breach, handler, people=2, text="Ektefellen leste det også.")
    do(breaches.close_breach, breach, handler)
    breach.refresh_from_db()
    assert (breach.closed_at, breach.people, breach.version) == (NOW, 2, 7)
    steps = [BreachStep(event.step) for event in breach.events.all()]
    assert steps == [S.OPEN, S.ASSESS, S.NOTIFY, S.TELL, S.ACT, S.ADD, S.CLOSE]
    assert [words.text for words in BreachWords.objects.order_by("pk")][-1] == "Ektefellen leste det også."
    assert verify_breaches() == []


S = BreachStep


def test_a_refused_step_leaves_nothing(handler):
    breach = opened(handler)
    for service, values in [
        (breaches.assess_risk, {"risk": Risk.HIGH, "text": " \n"}),
        (breaches.record_notice, {"notified_at": NOW}),
        (breaches.leave_notice, {"text": "Lite."}),
        (breaches.take_breach, {}),
        (breaches.record_measures, {"text": ""}),
        (breaches.reopen_breach, {"text": "Nytt."}),
    ]:
        with pytest.raises(BreachRefused):
            do(service, breach, handler, **values)
    assert Breach.objects.get().version == 1
    assert BreachEvent.objects.count() == BreachWords.objects.count() == 1


@pytest.mark.parametrize(
    ("over", "sentence"),
    [
        ({"aware_at": NOW + timedelta(minutes=1)}, "fram i tid"),
        ({"kinds": []}, "Velg hva som har skjedd"),
        ({"text": "  "}, "Skriv kort"),
    ],
)
def test_a_breach_is_not_opened_on_nothing(handler, over, sentence):
    with pytest.raises(BreachRefused, match=sentence):
        opened(handler, **over)
    assert not Breach.objects.exists()


def test_a_second_person_is_told_that_the_breach_has_changed(handler):
    breach = opened(handler)
    leader = make_person(Role.LEADER)
    do(breaches.take_breach, breach, leader)
    with pytest.raises(BreachChanged, match="ikke lagret"):
        do(breaches.add_to_breach, breach, handler, text="Noe nytt", version=1)
    with pytest.raises(BreachGone):
        breaches.take_breach(breach=0, version=1, by=handler, at=NOW)
    assert Breach.objects.get().owner == leader


def test_a_greater_risk_undoes_what_it_does_not_allow(handler):
    breach = opened(handler)
    do(breaches.assess_risk, breach, handler, risk=Risk.UNLIKELY, text="Brevet kom uåpnet tilbake.")
    do(breaches.leave_notice, breach, handler, text="Ingen har lest det.")
    do(breaches.leave_telling, breach, handler, text="Ingen er berørt.")
    do(breaches.assess_risk, breach, handler, risk=Risk.HIGH, text="Det var åpnet likevel.")
    breach.refresh_from_db()
    assert (breach.notice_left, breach.telling_left) == (False, False)
    do(breaches.leave_telling, breach, handler, ground=NotToldGround.AVERTED, text="Alt er hentet tilbake.")
    do(breaches.assess_risk, breach, handler, risk=Risk.LIKELY, text="Mindre enn vi trodde.")
    breach.refresh_from_db()
    assert (breach.telling_left, breach.not_told_ground) == (False, "")
    assert verify_breaches() == []


def test_a_breach_seen_in_a_case_stays_when_the_case_is_gone(handler):
    case = make_request()
    breach = opened(handler, case=case.pk)
    assert RequestEvent.objects.get(request=case, kind=EventKind.BREACH_SEEN).by == handler
    assert RightsRequest.objects.get().version == 1
    with transaction.atomic():
        Breach.objects.filter(pk=breach.pk).update(request=None)
    assert verify_breaches() == []


@pytest.mark.parametrize("change", ["UPDATE rights_breachevent SET step = 'close'", "DELETE FROM rights_breachevent"])
def test_the_log_is_frozen(handler, change):
    opened(handler)
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_words_and_facts_that_were_rewritten_are_found_out(handler):
    breach, other = opened(handler), opened(handler)
    words = BreachWords.objects.get(event__breach=breach)
    words.text = "Ingenting skjedde."
    words.save()
    Breach.objects.filter(pk=other.pk).update(people=0)
    assert verify_breaches() == [
        f"Loggen i avvik {breach.pk} er endret.",
        f"Avvik {other.pk} er ikke slik loggen sier.",
    ]


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"due_at": AWARE}, "rights_breach_due_after_awareness"),
        ({"notified_at": AWARE - timedelta(hours=1)}, "rights_breach_notified_or_not"),
        ({"risk": "high", "notice_left": True}, "rights_breach_risk_is_notified"),
        ({"told_on": AWARE.date(), "telling_left": True}, "rights_breach_told_or_not"),
        ({"risk": "high", "telling_left": True}, "rights_breach_high_risk_is_told"),
    ],
)
def test_the_database_knows_what_the_law_asks(handler, values, constraint):
    opened(handler)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Breach.objects.update(**values)


def test_identity_numbers_are_masked(handler):
    opened(handler, text="Brevet om 01020312345 ble borte.")
    assert "01020312345" not in BreachWords.objects.get().text


def test_a_clerk_walks_a_breach_from_the_front_page(desk, handler):
    assert f"{LIST}ny/" in desk.get("/admin/").content.decode()
    page = desk.get(f"{LIST}ny/")
    form = fields_of(page.content.decode(), "nytt-avvik")
    assert form["aware_on"] == "2026-11-22"
    late = {"aware_on": "22.11.2026", "aware_time": "23:59", "kinds": ["availability"], "text": "Sikkerhetskopi borte"}
    refused = desk.post(f"{LIST}ny/", late)
    assert refused.status_code == 422
    assert "fram i tid" in words_of(refused.content.decode())
    answer = desk.post(f"{LIST}ny/", {**late, "aware_time": "18.04"})
    breach = Breach.objects.get()
    address = f"{LIST}{breach.pk}/"
    assert answer["Location"] == f"{address}change/"

    for step, values in [
        ("assess", {"risk": "likely", "text": "Timelisten er borte."}),
        ("notify", {"notified_on": "22.11.2026", "notified_time": "20:00"}),
        ("act", {"text": "Ny sikkerhetskopi hver natt."}),
        ("close", {"text": ""}),
    ]:
        page = desk.get(f"{address}change/")
        assert page.context["first"].step == step
        done = desk.post(f"{address}steg/{step}/", {"version": Breach.objects.get().version, **values})
        assert done.status_code == 302, words_of(done.content.decode())
    page = words_of(desk.get(f"{address}change/").content.decode())
    assert "Meldt i tide" in page
    assert "Timelisten er borte." in page
    assert "Personvernforordningen art. 33 nr. 5" in page
    assert f"{address}change/" not in desk.get("/admin/").content.decode()


def test_the_clock_is_in_hours_and_says_when_it_is_late(desk, handler):
    breach = opened(handler)
    page = desk.get(f"{LIST}{breach.pk}/change/").content.decode()
    assert "69 timer igjen" in page
    assert "onsdag 25. november 2026 kl. 18.04" in words_of(page).replace("\xa0", " ")
    assert "meld-avvik-til-datatilsynet" in page
    assert "69 timer igjen" in desk.get("/admin/").content.decode()
    with time_machine.travel(AWARE + timedelta(hours=73, minutes=30), tick=False):
        assert "2 timer for sent" in desk.get(LIST).content.decode()
        do(breaches.assess_risk, breach, handler, risk=Risk.LIKELY, text="Mulig.", at=NOW)
        late = desk.post(
            f"{LIST}{breach.pk}/steg/notify/",
            {"version": 2, "notified_on": "25.11.2026", "notified_time": "19:00", "text": ""},
        )
    assert late.status_code == 422
    assert "Loven krever det" in words_of(late.content.decode())


def test_what_is_refused_and_what_collides_comes_back_with_the_words(desk, handler):
    breach = opened(handler)
    address = f"{LIST}{breach.pk}/steg/add/"
    do(breaches.add_to_breach, breach, make_person(Role.LEADER), text="Den andre var først.")
    answer = desk.post(address, {"version": 1, "text": "Min tekst"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Min tekst" in page
    assert "Den andre var først." in page
    assert desk.post(address, fields_of(page, "steg-add")).status_code == 302
    assert desk.post(address, {"version": "x"}).status_code == 422
    assert desk.get(address).status_code == 405
    assert desk.post(f"{LIST}{breach.pk}/steg/open/", {}).status_code == 404
    assert desk.post(f"{LIST}0/steg/add/", {}).status_code == 404


def test_a_breach_is_written_in_from_its_case(desk):
    case = make_request()
    page = desk.get(f"/admin/rights/rightsrequest/{case.pk}/change/").content.decode()
    address = f"{LIST}ny/?sak={case.case_number}"
    assert address in page
    assert case.case_number in desk.get(address).content.decode()
    said = {"aware_on": "22.11.2026", "aware_time": "18:04", "kinds": "confidentiality", "text": "Lest uten grunn"}
    desk.post(address, said)
    assert Breach.objects.get().request == case
    assert desk.get(f"{LIST}ny/?sak=tull\0").status_code == 404


@pytest.mark.parametrize("role", Role)
def test_only_those_who_work_with_cases_see_breaches(role):
    client = Client()
    client.force_login(make_person(role))
    breach = opened(make_person(Role.LEADER))
    expected = 200 if role in {Role.LEADER, Role.CASE_HANDLER} else 403
    for address in (LIST, f"{LIST}ny/", f"{LIST}{breach.pk}/change/"):
        assert client.get(address).status_code == expected, address
    done = client.post(f"{LIST}{breach.pk}/steg/act/", {"version": 1, "text": "Ringt mottakeren"})
    assert done.status_code == (302 if expected == 200 else 403)
    assert (f"{LIST}{breach.pk}/change/" in client.get("/admin/").content.decode()) is (expected == 200)
    assert client.post(f"{LIST}{breach.pk}/delete/").status_code == 403


def test_the_list_and_the_page_ask_as_much_for_many_as_for_few(desk, handler):
    counts = []
    for _round in range(2):
        breach = opened(handler)
        for _word in range(3):
            do(breaches.add_to_breach, breach, handler, text="Mer")
        for address in (LIST, f"{LIST}{breach.pk}/change/", "/admin/"):
            with CaptureQueriesContext(connection) as queries:
                desk.get(address)
            counts.append(len(queries))
    assert counts[:3] == counts[3:]
    assert max(counts[:2]) <= 12
