"""The page that tells whether a document is ours: what it says, what it keeps to itself, and a clear no."""

from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from processing.law.editions import ExportFormat
from processing.models import Activity
from processing.models.governed import register_edit
from processing.services.exports import export_register
from processing.services.verifying import verify_exports
from tests.builders import ASKED_AT, make_activity, make_controller

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity():
    make_controller()
    return make_activity(name="Hemmelig aktivitet")


@pytest.fixture
def issued(activity):
    return export_register(format=ExportFormat.JSON, as_of=date(2026, 6, 30), by=None, at=ASKED_AT)


def ask(**asked):
    with time_machine.travel(ASKED_AT + timedelta(days=1), tick=False):
        return Client().get("/verifiser/", asked)


def test_a_document_of_ours_is_told_with_its_hashes(issued):
    found = ask(dokument=issued.document.document_id)
    html = found.content.decode()
    assert found.status_code == 200
    assert issued.document.file_sha256 in html
    assert issued.document.content_sha256 in html
    assert "Registeret er ikke endret siden." in html
    assert "<dd>JSON</dd>" in html


def test_nothing_of_the_register_is_on_the_page(issued, activity):
    html = ask(dokument=issued.document.document_id).content.decode()
    assert activity.name not in html
    assert "Systemet" not in html


def test_it_says_how_often_the_register_changed_since(issued, activity):
    for hours in (1, 2):
        with register_edit(at=ASKED_AT + timedelta(hours=hours), reason="Retting"):
            activity.owner = f"Rolle {hours}"
            activity.save()
    assert "Registeret er endret 2 ganger siden." in ask(dokument=issued.document.document_id).content.decode()


def test_an_id_is_read_as_people_write_it(issued):
    written = f" {issued.document.document_id.lower()[:5]} {issued.document.document_id.lower()[5:]} "
    assert ask(dokument=written).status_code == 200


@pytest.mark.parametrize(
    "asked", ["MKT-2026-AAAAAA", "<script>alert(1)</script>", "' OR 1=1 --", "x" * 5000, "\x00", "%", "MKT"]
)
def test_an_id_that_is_not_ours_gets_a_clear_no(issued, asked):
    found = ask(dokument=asked)
    assert found.status_code == 404
    html = found.content.decode()
    assert "Vi kjenner ikke dette dokumentet" in html
    assert "<script>alert" not in html
    assert issued.document.file_sha256 not in html


def test_it_asks_for_an_id_first():
    assert ask().status_code == 200
    empty = ask(dokument="  ")
    assert empty.status_code == 400
    assert "Skriv dokument-id-en." in empty.content.decode()


def test_few_queries(issued, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        ask(dokument=issued.document.document_id)


def test_a_row_of_history_that_was_changed_behind_our_back_is_found(issued, activity):
    assert verify_exports() == []
    past = Activity.history.model.objects.filter(id=activity.pk)
    past.update(name="Skrevet om")
    (problem,) = verify_exports()
    assert issued.document.document_id in problem
    with pytest.raises(SystemExit):
        call_command("verify_chain", stdout=StringIO())
