"""Documents that take time: asked for, made by the worker, kept a while, and never half."""

import hashlib
import re
from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError
from django.urls import reverse

from mktnorge.apart import Limits
from mktnorge.roles import Role
from processing.exports.archive import packed
from processing.law.editions import Edition, ExportFormat
from processing.models import ExportFile, ExportJob, ExportState, RegisterExport
from processing.services import export_jobs
from processing.services.export_jobs import (
    KEPT_DAYS,
    LOST_AFTER,
    ask_for_export,
    make_next_export,
    progress_of,
    remove_old_files,
)
from processing.services.exports import AsOfInFuture, export_of, export_register, remake_export
from processing.services.verifying import verify_exports
from tests.builders import ASKED_AT, fill_register, make_controller, make_person

pytestmark = pytest.mark.django_db
TODAY = ASKED_AT.date()
SOON = ASKED_AT + timedelta(seconds=10)


@pytest.fixture
def register():
    make_controller()
    fill_register(2)


@pytest.fixture
def nothing_small(monkeypatch):
    monkeypatch.setattr(export_jobs, "SMALL", dict.fromkeys(ExportFormat, 0))


def asked(**over) -> ExportJob:
    return ask_for_export(
        **{"format": ExportFormat.JSON, "as_of": TODAY, "by": make_person(Role.AUDITOR), "at": ASKED_AT, **over}
    )


def again(job: ExportJob) -> ExportJob:
    return ExportJob.objects.get(pk=job.pk)


def test_the_worker_makes_what_was_asked_for_and_keeps_it(register):
    job = asked(edition=Edition.EXTERNAL)
    said = make_next_export(SOON)
    job = again(job)
    assert job.state == ExportState.DONE
    assert job.document.document_id in said
    assert (job.document.exported_by, job.document.edition, job.document.moment) == (job.asked_by, "external", SOON)
    content = bytes(job.document.file.content)
    assert hashlib.sha256(content).hexdigest() == job.document.file_sha256
    assert content == remake_export(document=job.document)
    assert job.document.file.kept_until == TODAY + timedelta(days=KEPT_DAYS)
    assert make_next_export(SOON) == ""


def test_the_same_bytes_come_out_whichever_process_draws_them(register):
    """A PDF is the hardest: fonts, order of objects and the identifier."""
    job = asked(format=ExportFormat.PDF)
    make_next_export(SOON)
    document = again(job).document
    assert bytes(document.file.content) == remake_export(document=document)


def test_a_long_pdf_comes_as_its_volumes_in_one_file(register):
    document = export_register(format=ExportFormat.PDF, as_of=TODAY, by=None, at=ASKED_AT).document
    export = export_of(document, packed([("a.pdf", b"%PDF-"), ("b.pdf", b"%PDF-")]))
    assert (export.content_type, export.filename[-4:]) == ("application/zip", ".zip")
    assert export_of(document, b"%PDF-").content_type == "application/pdf"


def test_one_is_made_at_a_time_in_the_order_they_were_asked(register):
    first, second = asked(), asked(as_of=date(2026, 6, 30))
    assert progress_of(second, at=SOON).ahead == 1
    taken = export_jobs._claimed(SOON)
    assert taken == first
    assert export_jobs._claimed(SOON) is None, "another worker finds one at work"
    assert progress_of(again(first), at=SOON + timedelta(seconds=7)).seconds == 7


def test_asking_twice_for_the_same_is_asking_once(register):
    assert asked() == asked()
    assert asked() != asked(format=ExportFormat.CSV)
    assert ExportJob.objects.count() == 2
    with pytest.raises(AsOfInFuture):
        asked(as_of=TODAY + timedelta(days=1))


def test_what_a_lost_worker_left_is_made_by_the_next_and_given_up_the_second_time(register):
    job = asked()
    export_jobs._claimed(SOON)
    later = SOON + LOST_AFTER + timedelta(seconds=1)
    assert export_jobs._claimed(later) == job
    assert again(job).attempts == 2
    assert export_jobs._claimed(later + LOST_AFTER + timedelta(seconds=1)) is None
    assert again(job).state == ExportState.FAILED
    assert "stoppet to ganger" in again(job).problem


@pytest.mark.parametrize(
    ("limits", "sentence"),
    [
        (Limits(seconds=0, megabytes=2_048), "Det tok mer enn"),
        (Limits(seconds=60, megabytes=512), "mer minne"),
        (Limits(seconds=60, megabytes=64), "Noe gikk galt"),
    ],
)
def test_at_a_limit_it_fails_with_a_sentence_and_leaves_nothing(register, monkeypatch, limits, sentence):
    monkeypatch.setattr(export_jobs, "LIMITS", limits)
    monkeypatch.setattr(export_jobs, "DRAW", f"tests.site.test_apart:{'fail' if limits.megabytes == 64 else 'hog'}")
    job = asked()
    make_next_export(SOON)
    assert again(job).state == ExportState.FAILED
    assert sentence in again(job).problem
    assert not RegisterExport.objects.exists()
    assert not ExportFile.objects.exists()
    assert asked() != job, "it can be asked for again"


def test_files_go_when_their_day_has_passed_and_the_ledger_stays(register):
    job = asked()
    make_next_export(SOON)
    assert remove_old_files(ASKED_AT + timedelta(days=KEPT_DAYS)) == ""
    assert remove_old_files(ASKED_AT + timedelta(days=KEPT_DAYS + 1)) == "1 fil er tatt bort."
    assert RegisterExport.objects.get() == again(job).document


def test_a_byte_of_a_kept_file_is_found(register):
    asked()
    make_next_export(SOON)
    assert verify_exports() == []
    ExportFile.objects.update(content=b"{}")
    (problem,) = verify_exports()
    assert "filen vi har, er ikke den som ble laget" in problem


@pytest.mark.parametrize("bad", [{"state": ExportState.DONE}, {"state": ExportState.FAILED}, {"problem": "Noe"}])
def test_a_job_is_done_with_a_document_and_failed_with_a_reason(register, bad):
    with pytest.raises(IntegrityError, match="exportjob"):
        ExportJob.objects.filter(pk=asked().pk).update(**bad)


# --- The pages


def post(client, **over):
    with time_machine.travel(ASKED_AT, tick=False):
        return client.post(
            "/admin/protokoll/eksport/",
            {"as_of": "2026-06-30", "format": "json", "edition": "internal", "law_on": "", **over},
        )


def test_a_small_register_is_given_at_once(register, sign_in):
    assert post(sign_in(Role.AUDITOR))["Content-Disposition"].startswith("attachment")
    assert not ExportJob.objects.exists()


def test_a_large_one_is_waited_for_on_a_page_that_asks_by_itself(register, nothing_small, sign_in):
    client = sign_in(Role.AUDITOR)
    address = post(client)["Location"]
    waiting = client.get(address)
    assert waiting["Refresh"] == "5"
    assert "Dokumentet er det neste som blir laget." in waiting.content.decode()
    assert client.get(f"{address}fil/").status_code == 404
    call_command("work", "--once", stderr=StringIO())
    done = client.get(address)
    assert "Refresh" not in done
    html = done.content.decode()
    document = RegisterExport.objects.get()
    assert document.file_sha256 in html
    (link,) = re.findall(r'href="([^"]+/fil/)"', html)
    file = client.get(link)
    assert hashlib.sha256(file.content).hexdigest() == document.file_sha256
    assert document.document_id in file["Content-Disposition"]
    ExportFile.objects.all().delete()
    assert "er tatt bort" in client.get(address).content.decode()


def test_what_failed_says_why_and_can_be_tried_again(register, nothing_small, sign_in, monkeypatch):
    client = sign_in(Role.LEADER)
    address = post(client)["Location"]
    monkeypatch.setattr(export_jobs, "LIMITS", Limits(seconds=0, megabytes=64))
    make_next_export(SOON)
    html = client.get(address).content.decode()
    assert "Dokumentet ble ikke laget." in html
    fields = dict(re.findall(r'type="hidden" name="(as_of|law_on|format|edition)" value="([^"]*)"', html))
    assert post(client, **fields).status_code == 302
    assert ExportJob.objects.filter(state=ExportState.WAITING).count() == 1


def test_only_who_may_export_sees_a_job(register, sign_in):
    address = reverse("admin:processing_export_job", args=[asked().public_id])
    assert sign_in(Role.AUDITOR).get(address).status_code == 200
    assert sign_in(Role.CASE_HANDLER).get(address).status_code == 403
    unknown = reverse("admin:processing_export_job", args=["00000000-0000-4000-8000-000000000000"])
    assert sign_in(Role.AUDITOR).get(unknown).status_code == 404
