"""The page that tells whether a document is ours: what it says, what it keeps to itself, and a clear no."""

import json
from datetime import date, timedelta
from hashlib import sha256
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from processing.exports.json import VERSION, added_after, register_payload
from processing.law.editions import Edition, ExportFormat
from processing.law.records import ActivityRecord, ControllerRecord, PartyRecord
from processing.models import Activity, RegisterExport
from processing.models.governed import register_edit
from processing.register import register_as_of
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


def entered_by_version(version, *, hashed):
    return RegisterExport.objects.create(
        document_id="MKT-2026-EEEEEE",
        format=ExportFormat.JSON,
        edition=Edition.INTERNAL,
        as_of=ASKED_AT.date(),
        moment=ASKED_AT,
        law_on=ASKED_AT.date(),
        exported_at=ASKED_AT,
        activity_count=1,
        finding_count=0,
        json_version=version,
        content_sha256=hashed,
        file_sha256=hashed,
    )


def test_a_document_of_an_older_program_is_no_alarm(activity):
    """What later versions added is not in the hash of its time."""
    payload = register_payload(register_as_of(ASKED_AT)) | {"version": 1}
    del payload["transfer_assessments"], payload["translations"]
    later = added_after(1)
    for name in later[ControllerRecord]:
        del payload["controller"][name]
    for rows, record in (("activities", ActivityRecord), ("parties", PartyRecord)):
        payload[rows] = [
            {name: value for name, value in row.items() if name not in later[record]} for row in payload[rows]
        ]
    for row in [*payload["transfers"], *payload["activities"][0]["transfers"]]:
        del row["checked_on"]
    text = json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    entered_by_version(1, hashed=sha256(text).hexdigest())
    assert verify_exports() == []
    Activity.history.model.objects.filter(id=activity.pk).update(name="Skrevet om")
    assert ["MKT-2026-EEEEEE" in problem for problem in verify_exports()] == [True]


def test_a_document_of_a_newer_program_is_said_to_be_that(activity):
    entered_by_version(VERSION + 1, hashed="0" * 64)
    assert verify_exports() == ["MKT-2026-EEEEEE: laget av en nyere utgave av løsningen, og kan ikke sjekkes her."]
