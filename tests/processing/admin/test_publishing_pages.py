"""The pages about publishing: what would change, and a draft and a version to come, for staff alone."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mktnorge.roles import Role
from processing.law.facts import PublishingRule
from processing.models import NoticeVersion
from processing.models.governed import register_edit
from processing.notices.changes import changes_between
from tests.builders import ASKED_AT, make_activity, make_controller, make_person, make_version
from tests.processing.admin.pages import words_of

PUBLISH, DRIFT, DRAFT, LIST = (
    reverse(f"admin:processing_noticeversion_{name}") for name in ("publish", "drift", "preview", "changelist")
)
LATER = ASKED_AT + timedelta(hours=1)


@pytest.fixture(autouse=True)
def today(time_machine) -> None:
    time_machine.move_to(LATER, tick=False)


@pytest.fixture
def moved(db) -> NoticeVersion:
    """A version, and one edit after it: a name the public reads, and an owner they do not."""
    make_controller()
    activity = make_activity(number="A01", public_name="Journalen din")
    version = make_version()
    with register_edit(at=ASKED_AT + timedelta(minutes=1)):
        activity.public_name, activity.owner = "Journalen", "En annen"
        activity.save()
    return version


@pytest.mark.parametrize("address", [DRIFT, PUBLISH])
def test_it_says_what_changes_word_by_word_and_what_is_not_seen(sign_in, moved, address) -> None:
    page = sign_in(Role.LEADER).get(address).content.decode()
    assert "<del>din</del>" in page
    words = words_of(page)
    assert "2 forskjeller" in words
    assert "1 synlig for publikum." in words
    assert "Ansvarlig internt" in words
    assert "(ikke synlig for publikum)" in words


def test_the_list_and_the_front_page_lead_to_the_difference(sign_in, moved) -> None:
    sentence = "Registeret er endret siden utgave 1: 2 forskjeller, 1 synlig for publikum."
    for address in (LIST, reverse("admin:index")):
        page = sign_in(Role.AUDITOR).get(address).content.decode()
        assert sentence in words_of(page)
        assert f'href="{DRIFT}"' in page


def test_the_list_asks_as_much_of_many_activities_as_of_one(sign_in, moved) -> None:
    client = sign_in(Role.LEADER)
    client.get(LIST)
    with CaptureQueriesContext(connection) as of_one:
        client.get(LIST)
    for _place in range(20):
        make_activity(at=LATER)
    with CaptureQueriesContext(connection) as of_many:
        assert "22 forskjeller" in words_of(client.get(LIST).content.decode())
    assert len(of_many) == len(of_one)


def test_an_edit_changes_nothing_public_and_a_publication_what_was_shown(sign_in, moved, client: Client) -> None:
    before = client.get("/personvern/erklaering.json").json()["body"]
    shown = sign_in(Role.LEADER).get(PUBLISH).context["changes"]
    assert client.get("/personvern/erklaering.json").json()["body"] == before

    version = make_version(at=LATER)

    assert changes_between(moved.notice, version.notice) == shown
    assert client.get("/personvern/erklaering.json").json()["body"] == version.body
    assert sign_in(Role.LEADER).get(PUBLISH).context["changes"] == ()


def test_a_version_to_come_is_read_by_staff_and_by_nobody_else(sign_in, moved, client: Client) -> None:
    coming = make_version(at=LATER, in_force_from=LATER.date() + timedelta(days=7))
    address = reverse("admin:processing_noticeversion_read", args=[coming.pk])
    assert client.get("/personvern/versjon/2/").status_code == 404
    assert client.get(address).status_code == 302
    page = sign_in(Role.AUDITOR).get(address)
    assert "Dette er en forhåndsvisning." in words_of(page.content.decode())
    assert "Utgave 2" in words_of(page.content.decode())
    listed = sign_in(Role.AUDITOR).get(reverse("admin:processing_noticeversion_change", args=[coming.pk]))
    assert f'href="{address}"' in listed.content.decode()


def test_a_draft_of_any_day_is_read_by_staff(sign_in, moved, client: Client) -> None:
    assert client.get(DRAFT).status_code == 302
    auditor = sign_in(Role.AUDITOR)
    assert "Journalen din" not in words_of(auditor.get(DRAFT).content.decode())
    make_activity(number="A02", public_name="Fra i går", at=ASKED_AT - timedelta(days=1))
    assert "Fra i går" in words_of(auditor.get(DRAFT, {"per": "2026-11-22"}).content.decode())
    assert auditor.get(DRAFT, {"per": "2019-01-01"}).status_code == 404
    assert auditor.get(DRAFT, {"dag": "2026-02-30"}).status_code == 404
    assert NoticeVersion.objects.count() == 1


def test_an_empty_register_has_nothing_to_publish(sign_in, db) -> None:
    assert "ingen aktiviteter i bruk" in words_of(sign_in(Role.LEADER).get(PUBLISH).content.decode())
    assert "ingen aktiviteter i bruk" in words_of(sign_in(Role.LEADER).get(DRIFT).content.decode())
    assert sign_in(Role.LEADER).get(DRAFT).status_code == 404


def test_with_the_rule_of_two_the_one_who_edited_has_no_button(sign_in, db) -> None:
    make_controller(publishing_rule=PublishingRule.TWO, at=timezone.now(), by=make_person(Role.LEADER))
    make_activity()
    page = sign_in(Role.LEADER).get(PUBLISH).content.decode()
    assert "En annen må publisere denne." in words_of(page)
    assert 'value="Publiser"' not in page
