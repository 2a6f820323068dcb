"""The pages of the yearly review: what is open, what changed, who may conclude, what is refused, and the report."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mktnorge.roles import Role
from processing.models import Activity, Review
from processing.models.governed import register_edit
from processing.services.reviews import open_due_reviews
from tests.builders import ASKED_AT, make_activity, make_controller, make_person
from tests.pdf_reader import TaggedPdf
from tests.processing.admin.pages import ENGLISH, fields_of, words_of

LIST = "/admin/protokoll/gjennomgang/"
REPORT = f"{LIST}rapport.pdf"


@pytest.fixture(autouse=True)
def today(time_machine) -> None:
    time_machine.move_to(ASKED_AT, tick=False)


@pytest.fixture
def review(db) -> Review:
    make_controller()
    make_activity(bare=True, owner="Fagansvarlig")
    return open_due_reviews(at=ASKED_AT - timedelta(days=1), by=None)[0]


def page_of(review: Review) -> str:
    return reverse("admin:processing_review", args=[review.pk])


def conclude(client, review: Review, **over):
    form = fields_of(client.get(page_of(review)).content.decode(), "conclude_form")
    return client.post(page_of(review), form | {"outcome": "unchanged", "note": "Lest."} | over, follow=True)


def test_the_list_leads_to_the_review_and_the_review_to_the_activity(review, registrar):
    words = words_of(registrar.get(LIST).content.decode())
    assert "Venter på deg" in words
    assert "Fagansvarlig" in words
    assert ENGLISH.findall(words) == []

    page = registrar.get(page_of(review)).content.decode()
    assert "Aldri gått gjennom." in page
    assert reverse("admin:processing_activity_change", args=[review.activity_id]) in page
    assert ENGLISH.findall(words_of(page)) == []


def test_a_person_concludes_and_the_lists_say_so(review, registrar):
    words = words_of(conclude(registrar, review).content.decode()).replace("\u00a0", " ")
    assert "A01 Taus aktivitet er gått gjennom." in words
    assert "Ingen gjennomganger er åpne" in words
    assert "23. november 2026" in words

    activities = words_of(registrar.get(reverse("admin:processing_activity_changelist")).content.decode())
    assert "Gått gjennom 23. november 2026" in activities.replace("\u00a0", " ")
    page = registrar.get(page_of(review)).content.decode()
    assert "Utfall: Uendret" in page
    assert "conclude_form" not in page


def test_an_activity_that_nobody_has_reviewed_says_so_in_the_list(review, registrar):
    words = words_of(registrar.get(reverse("admin:processing_activity_changelist")).content.decode())
    assert "Aldri gått gjennom" in words


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"outcome": ""}, "Velg hva du kom til."),
        ({"outcome": "perfect"}, "perfect er ikke et av de tilgjengelige valgene."),
        ({"note": ""}, "Rett dem først, eller skriv hva dere gjør med dem."),
        ({"outcome": "changed"}, "Ingenting er endret siden sist."),
        ({"seen": "0"}, "Aktiviteten er endret etter at du åpnet siden."),
        ({"note": "x" * 2001}, "2000"),
    ],
)
def test_what_is_wrong_stands_on_the_page_and_nothing_is_written(review, registrar, sent, sentence):
    answer = conclude(registrar, review, **sent)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Review.objects.get().concluded_on is None


def test_after_a_refusal_the_page_is_about_what_it_now_shows(review, registrar):
    refused = conclude(registrar, review, seen="0").content.decode()
    form = fields_of(refused, "conclude_form") | {"outcome": "unchanged"}
    assert registrar.post(page_of(review), form).status_code == 302


def test_what_somebody_else_has_concluded_is_told(review, registrar, sign_in):
    form = fields_of(registrar.get(page_of(review)).content.decode(), "conclude_form")
    conclude(sign_in(Role.LEADER), review)
    answer = registrar.post(page_of(review), form | {"outcome": "unchanged", "note": "Jeg også."})
    assert answer.status_code == 422
    assert Review.objects.get().note == "Lest."


@pytest.mark.parametrize(
    ("role", "may"),
    [(Role.LEADER, True), (Role.REGISTRAR, True), (Role.CASE_HANDLER, False), (Role.AUDITOR, False)],
)
def test_who_may_open_and_conclude(review, sign_in, role, may):
    client = sign_in(role)
    assert client.get(LIST).status_code == client.get(page_of(review)).status_code == 200
    assert ("conclude_form" in client.get(page_of(review)).content.decode()) is may
    form = {"outcome": "unchanged", "note": "Lest.", "seen": "1"}
    assert client.post(page_of(review), form).status_code == (302 if may else 403)
    assert client.post(f"{LIST}apne/").status_code == (302 if may else 403)
    assert client.get(REPORT, {"fra": "2026-01-01", "til": "2026-12-31"}).status_code == 200
    assert (Review.objects.get().concluded_on is not None) is may


def test_looking_opens_nothing_and_a_button_does(registrar, db):
    make_controller()
    make_activity(bare=True)
    registrar.get(LIST)
    assert registrar.get(f"{LIST}apne/").status_code == 405
    assert not Review.objects.exists()
    answer = registrar.post(f"{LIST}apne/", follow=True)
    assert "1 gjennomgang er åpnet." in words_of(answer.content.decode())
    answer = registrar.post(f"{LIST}apne/", follow=True)
    assert "Ingen flere aktiviteter er på tide nå." in words_of(answer.content.decode())
    assert Review.objects.count() == 1


def test_a_stranger_is_asked_to_sign_in(review, client):
    for page in (LIST, page_of(review), REPORT, f"{LIST}apne/"):
        assert client.get(page)["Location"].startswith("/admin/login/")


def test_a_review_that_is_not_there(registrar):
    assert registrar.get(f"{LIST}999/").status_code == 404


def test_the_report_is_a_tagged_document_that_says_it_all(review, registrar):
    activity = Activity.objects.get()
    with register_edit(at=ASKED_AT - timedelta(hours=2), by=make_person(Role.REGISTRAR), reason="Ny rolle"):
        activity.owner = "Klinikkleder"
        activity.save()
    conclude(registrar, review, outcome="changed", note="Ny ansvarlig er satt inn.")

    answer = registrar.get(REPORT, {"fra": "2026-11-01", "til": "2026-11-30"})
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="gjennomgang-2026-11-01-2026-11-30.pdf"'
    pdf = TaggedPdf(answer.content)
    text = " ".join(pdf.text.split())
    for said in (
        "Rapport fra gjennomgangen",
        "1 gjennomgang: 1 endret.",
        "A01 Taus aktivitet",
        "Den er endret, og stemmer nå",
        "23. november 2026, Test Testesen, registerfører",
        "Ny ansvarlig er satt inn.",
        "Ny rolle",
        "Ansvarlig internt: fra «Fagansvarlig» til «Klinikkleder»",
        "Ingen gjennomganger er åpne. Alle er gått gjennom minst én gang.",
    ):
        assert said in text, said


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({}, "Feltet er påkrevet."),
        ({"fra": "i går", "til": "2026-11-30"}, "Oppgi en gyldig dato."),
        ({"fra": "2026-11-30", "til": "2026-11-01"}, "Siste dag kan ikke være før den første."),
    ],
)
def test_a_report_of_no_days_is_refused_with_what_is_wrong(registrar, asked, sentence):
    make_controller()
    answer = registrar.get(REPORT, asked)
    assert answer.status_code == 400
    assert sentence in answer.content.decode()


def test_the_list_asks_as_many_queries_for_twenty_as_for_one(review, registrar):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert registrar.get(LIST).status_code == 200
        return len(captured)

    registrar.get(LIST)
    one = queries()
    for _number in range(19):
        make_activity(bare=True)
    open_due_reviews(at=ASKED_AT, by=None)
    assert queries() == one
