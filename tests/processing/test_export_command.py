"""manage.py export_register: one file, whole or not at all, and a sentence for whatever goes wrong."""

import hashlib
import json
import os
import sys
from datetime import date
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from processing.exports.json import VERSION
from processing.models import RegisterExport
from processing.services import export_files
from tests.builders import ASKED_AT, fill_register
from tests.pdf_reader import TaggedPdf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(time_machine) -> None:
    time_machine.move_to(ASKED_AT, tick=False)


def run(*arguments: str) -> str:
    """What the command tells on standard error."""
    told = StringIO()
    call_command("export_register", *arguments, stderr=told)
    return told.getvalue()


def test_a_json_file_of_a_day(tmp_path):
    fill_register(1)
    file = tmp_path / "register.json"
    told = run("--format", "json", "--as-of", "2026-06-30", "-o", str(file))
    row = RegisterExport.objects.get()
    assert json.loads(file.read_bytes())["as_of"]["date"] == "2026-06-30"
    assert hashlib.sha256(file.read_bytes()).hexdigest() == row.file_sha256
    assert (row.as_of, row.law_on, row.exported_by) == (date(2026, 6, 30), date(2026, 6, 30), None)
    assert "2026-06-30" in told
    assert f"{row.document_id}: 1 aktiviteter" in told
    assert f"SHA-256 {row.file_sha256}" in told


def test_a_pdf_of_today_under_the_law_of_another_day(tmp_path):
    fill_register(1)
    file = tmp_path / "register.pdf"
    run("--format", "pdf", "--law-on", "2021-01-01", "--edition", "internal", "-o", str(file))
    assert "slik loven var 1. januar 2021" in TaggedPdf(file.read_bytes()).text
    assert RegisterExport.objects.get().as_of == ASKED_AT.date()


def test_the_file_can_be_written_to_standard_out(monkeypatch):
    out = TextIOWrapper(BytesIO())
    monkeypatch.setattr(sys, "stdout", out)
    run("--format", "json", "-o", "-")
    assert json.loads(out.buffer.getvalue())["schema"] == "mktnorge/register"


def test_an_older_file_is_replaced_and_nothing_else_is_left(tmp_path):
    file = tmp_path / "register.json"
    file.write_text("gammel")
    run("--format", "json", "-o", str(file))
    assert json.loads(file.read_text())["version"] == VERSION
    assert list(tmp_path.iterdir()) == [file]
    assert file.stat().st_mode & 0o777 == 0o666 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--format", "json", "--as-of", "2026-11-24", "-o", "{tmp}/x"], "Datoen er ikke kommet ennå"),
        (["--format", "json", "--as-of", "i går", "-o", "{tmp}/x"], "«i går» er ikke en dato"),
        (["--format", "json", "--law-on", "2026-02-30", "-o", "{tmp}/x"], "«2026-02-30» er ikke en dato"),
        (["--format", "docx", "-o", "{tmp}/x"], "docx"),
        (["--format", "json", "--edition", "secret", "-o", "{tmp}/x"], "secret"),
        (["--format", "json"], "-o"),
        (["-o", "{tmp}/x"], "--format"),
        (["--format", "json", "-o", "{tmp}/nowhere/x"], "Mappen finnes ikke: .*nowhere"),
        (["--format", "json", "-o", "{tmp}"], "Dette er en mappe, ikke en fil"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(tmp_path, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(*(argument.format(tmp=tmp_path) for argument in arguments))
    assert list(tmp_path.iterdir()) == []
    assert not RegisterExport.objects.exists()


@pytest.mark.parametrize(("arguments", "code"), [(["--as-of", "2026-11-24"], 1), (["--as-of", "i går"], 2)])
def test_the_exit_code_tells_a_refusal_from_a_mistyped_command(tmp_path, arguments, code):
    from processing.management.commands.export_register import Command

    with pytest.raises(SystemExit) as ended:
        Command(stderr=StringIO()).run_from_argv(
            ["manage.py", "export_register", "--format", "json", "-o", str(tmp_path / "x"), *arguments]
        )
    assert ended.value.code == code


def test_a_disk_that_fails_leaves_the_older_file_and_no_half_one(tmp_path, monkeypatch):
    file = tmp_path / "register.json"
    file.write_text("gammel")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(CommandError, match=r"kan ikke skrives: No space left on device"):
        run("--format", "json", "-o", str(file))
    assert file.read_text() == "gammel"
    assert list(tmp_path.iterdir()) == [file]


def test_an_interruption_leaves_no_half_file(tmp_path, monkeypatch):
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run("--format", "json", "-o", str(tmp_path / "x"))
    assert list(tmp_path.iterdir()) == []


def test_a_missing_library_is_told(tmp_path, monkeypatch):
    def missing(*_: object, **__: object) -> bytes:
        raise exports_error("libpango-1.0-0")

    from mktnorge.pdf import PdfLibraryMissing as exports_error

    monkeypatch.setattr(export_files, "register_volumes", missing)
    with pytest.raises(CommandError, match=r"libpango-1\.0-0"):
        run("--format", "pdf", "-o", str(tmp_path / "x"))
