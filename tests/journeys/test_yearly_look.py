"""A year has passed. The leader opens the reviews, sees what has changed in an activity since the last one, by whom and
why, concludes with an outcome and a name, and takes the report to the board.
"""

import json
from datetime import datetime

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from mktnorge.roles import Role
from processing.law.facts import ReviewOutcome
from processing.models import Activity, Purpose, Review
from processing.models.governed import register_edit
from processing.services.loading import load_register
from processing.services.reviews import conclude_review, open_due_reviews
from tests.builders import OSLO, PASSWORD, make_person
from tests.pdf_reader import TaggedPdf
from tests.processing.admin.pages import fields_of, words_of

LOADED_AT = datetime(2025, 11, 18, 9, 0, tzinfo=OSLO)
FIRST_REVIEW_AT = datetime(2025, 11, 20, 9, 0, tzinfo=OSLO)
CONFIRMED_AT = datetime(2026, 3, 3, 14, 15, tzinfo=OSLO)
REVIEWED_AT = datetime(2026, 11, 23, 10, 30, tzinfo=OSLO)


def register_on(client: Client, day: str) -> dict:
    """The register as the page hands it out for `day`."""
    answer = client.post("/admin/protokoll/eksport/", {"as_of": day, "format": "json", "edition": "internal"})
    assert answer.status_code == 200
    return json.loads(answer.content)


def words_at(client: Client, page: str) -> str:
    return words_of(client.get(page).content.decode()).replace("\u00a0", " ")


@pytest.mark.django_db
def test_the_leader_looks_the_register_over_after_a_year(client: Client, time_machine, capsys) -> None:
    registrar, leader = make_person(Role.REGISTRAR), make_person(Role.LEADER)

    # In November 2025 every activity is looked over for the first time.
    load_register(at=LOADED_AT)
    for review in open_due_reviews(at=FIRST_REVIEW_AT, by=leader):
        conclude_review(
            review=review, outcome=ReviewOutcome.UNCHANGED, note="Hullene er kjent.", by=leader, at=FIRST_REVIEW_AT
        )

    # In March a registrar confirms the regime of the health record, and takes out a purpose, by the admin's own form.
    time_machine.move_to(CONFIRMED_AT, tick=False)
    record = Activity.objects.get(number="A03")
    page = reverse("admin:processing_activity_change", args=[record.pk])
    assert client.login(username=registrar.email, password=PASSWORD)
    form = fields_of(client.get(page).content.decode(), "activity_form")
    form |= {"regime": "health_record", "change_reason": "Journalen føres av helsepersonell"}
    assert "ble endret" in words_of(client.post(page, form, follow=True).content.decode())
    with register_edit(at=CONFIRMED_AT, by=registrar, reason="Formålet dekkes av de andre"):
        Purpose.objects.filter(activity=record).order_by("position").last().delete()  # type: ignore[union-attr]

    # In November the worker opens what is on time. It finds each activity once, however often it runs.
    time_machine.move_to(REVIEWED_AT, tick=False)
    call_command("open_due_reviews")
    assert "14 gjennomganger er åpnet:" in capsys.readouterr().out
    call_command("open_due_reviews")
    assert Review.objects.filter(concluded_on=None).count() == 14

    # The leader meets them on the front page, and sees which of them has changed.
    assert client.login(username=leader.email, password=PASSWORD)
    assert "14 aktiviteter er ikke gått gjennom så ofte som de skal." in words_at(client, "/admin/")
    listed = client.get("/admin/protokoll/gjennomgang/")
    assert [one.review.activity.number for one in listed.context["open"] if one.has_changed] == ["A03"]
    assert "20. november 2025" in words_at(client, "/admin/protokoll/gjennomgang/")

    # The page of the review says what changed since, who did it, when and why.
    review = Review.objects.get(activity=record, concluded_on=None)
    look = reverse("admin:processing_review", args=[review.pk])
    words = words_at(client, look)
    for expected in (
        "Sist gått gjennom 20. november 2025.",
        "3. mars 2026 kl. 14.15",
        str(registrar),
        "«Journalen føres av helsepersonell»",
        "«Formålet dekkes av de andre»",
        "Helsejournal",
    ):
        assert expected in words

    # The leader concludes. The register says so from that moment, with the outcome and the name.
    form = fields_of(client.get(look).content.decode(), "conclude_form")
    form |= {"outcome": "changed", "note": "Regimet er bekreftet. Resten rettes i vinter."}
    assert "A03 Pasientjournal er gått gjennom." in words_of(client.post(look, form, follow=True).content.decode())
    then, now = register_on(client, "2025-11-23"), register_on(client, "2026-11-23")
    assert [row["outcome"] for row in then["activities"][2]["reviews"]] == ["unchanged"]
    assert now["activities"][2]["reviews"][1] == {
        "opened_on": "2026-11-23",
        "concluded_on": "2026-11-23",
        "outcome": "changed",
        "reviewer": leader.name,
        "note": "Regimet er bekreftet. Resten rettes i vinter.",
    }
    activities = words_at(client, reverse("admin:processing_activity_changelist"))
    assert "Gått gjennom 23. november 2026" in activities
    assert "Gått gjennom 20. november 2025" in activities

    # The report of the year holds the review, what had changed, and what still waits.
    answer = client.get("/admin/protokoll/gjennomgang/rapport.pdf", {"fra": "2026-01-01", "til": "2026-12-31"})
    report = " ".join(TaggedPdf(answer.content).text.split())
    for expected in (
        "1 gjennomgang: 1 endret.",
        "A03 Pasientjournal",
        f"23. november 2026, {leader.name}",
        "Regimet er bekreftet. Resten rettes i vinter.",
        "Journalen føres av helsepersonell",
        "A14 Kommentarfelt Åpnet 23. november 2026",
    ):
        assert expected in report, expected
