"""Translations on the page of an activity: the clerk chooses a text the public reads, and writes the other."""

from datetime import datetime

import pytest
from django.urls import reverse

from mktnorge.roles import Role
from processing.admin.translations import key_of
from processing.models import Activity, Translation
from processing.models.governed import register_edit
from processing.register import register_as_of
from tests.builders import OSLO, make_activity, make_controller
from tests.processing.admin.pages import fields_of, words_of

NOW = datetime(2026, 11, 23, 14, 5, tzinfo=OSLO)
REASON = {"change_reason": "Oversatt"}
PREFIX = "translation_set"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now(time_machine) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def activity() -> Activity:
    make_controller()
    return make_activity(public_access="bare\nbehandleren din")


@pytest.fixture
def page(activity) -> str:
    return reverse("admin:processing_activity_change", args=[activity.pk])


def form_at(client, page: str, form_id: str = "activity_form") -> dict[str, str]:
    return fields_of(client.get(page).content.decode(), form_id)


def add(form: dict[str, str], **values: str) -> dict[str, str]:
    place = int(form[f"{PREFIX}-TOTAL_FORMS"])
    form[f"{PREFIX}-TOTAL_FORMS"] = str(place + 1)
    return form | {f"{PREFIX}-{place}-{name}": value for name, value in values.items()} | REASON


def test_a_text_is_chosen_from_those_the_public_reads(activity, page, registrar):
    words = words_of(registrar.get(page).content.decode())
    assert "Et formål: For å hjelpe deg." in words
    assert "Navnet: Journalen din" in words
    assert "Føres av behandleren samme dag." not in [line for line in words.splitlines() if "Beskrivelsen" in line]
    form = add(form_at(registrar, page), language="en", original=key_of("For å hjelpe deg."), text="To help you.")
    assert registrar.post(page, form).status_code == 302
    kept = register_as_of(NOW).activities[0].translations[-1]
    assert (kept.language, kept.original, kept.text) == ("en", "For å hjelpe deg.", "To help you.")


def test_a_text_of_several_lines_comes_back_as_it_was(page, registrar):
    form = add(form_at(registrar, page), language="en", original=key_of("bare\nbehandleren din"), text="only\r\nyours")
    assert registrar.post(page, form).status_code == 302
    kept = Translation.objects.order_by("pk").last()
    assert (kept.original, kept.text) == ("bare\nbehandleren din", "only\nyours")


def test_saving_without_a_change_writes_nothing(page, registrar):
    before = Translation.history.count()
    registrar.post(page, form_at(registrar, page) | REASON)
    assert Translation.history.count() == before


@pytest.mark.parametrize("original", ["", "made up", key_of("Noe helt annet")])
def test_a_text_nobody_reads_cannot_be_translated(page, registrar, original):
    answer = registrar.post(page, add(form_at(registrar, page), language="en", original=original, text="x"))
    assert answer.status_code == 200
    assert Translation.objects.filter(text="x").count() == 0


def test_the_same_text_is_not_translated_twice_to_one_language(page, registrar):
    again = add(form_at(registrar, page), language="en", original=key_of("Vi skriver journal."), text="Twice.")
    answer = registrar.post(page, again)
    assert "Denne raden står der allerede." in answer.content.decode()
    assert not Translation.objects.filter(text="Twice.").exists()


def test_when_the_text_has_changed_the_page_says_so_and_the_row_can_still_be_kept(activity, page, registrar):
    with register_edit(at=NOW, reason="Ny tekst"):
        activity.public_description = "Vi fører journal."
        activity.save()
    words = words_of(registrar.get(page).content.decode())
    assert "Endret siden: Vi skriver journal." in words
    assert "så erklæringen viser bokmål" in words
    assert registrar.post(page, form_at(registrar, page) | REASON).status_code == 302
    assert Translation.objects.filter(original="Vi skriver journal.").count() == 2


def test_what_several_activities_share_is_translated_for_the_company(activity, registrar):
    page = reverse("admin:processing_translation_add")
    assert "Et slag opplysninger: navn" in words_of(registrar.get(page).content.decode())
    form = form_at(registrar, page, "translation_form")
    form |= {"language": "en", "original": key_of("navn"), "text": "name", **REASON}
    assert registrar.post(page, form).status_code == 302
    assert [row.text for row in register_as_of(NOW).translations] == ["name"]
    assert "alt oversatt" in registrar.post(page, form).content.decode()
    assert Translation.objects.filter(activity=None).count() == 1


def test_whoever_may_only_read_changes_nothing(page, sign_in):
    auditor = sign_in(Role.AUDITOR)
    form = add({f"{PREFIX}-TOTAL_FORMS": "0"}, language="en", original=key_of("For å hjelpe deg."), text="x")
    assert auditor.get(page).status_code == 200
    assert auditor.post(page, form).status_code == 403
