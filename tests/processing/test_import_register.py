"""`import_register FILE` shows what a file changes, and writes it with `--apply`."""

import io
import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
import time_machine
from django.core.management import CommandError, call_command

from processing.exports.json import canonical_json, register_payload
from processing.imports.json import LARGEST_FILE
from processing.law.facts import RemarkKind
from processing.law.records import ProposalRecord, PurposeRecord, Register, RemarkRecord
from processing.law.regimes import LegalRegime
from processing.management.commands.import_register import LONGEST_TEXT, _short_pair
from processing.models import Activity, Controller
from processing.register import edits_of, register_as_of
from processing.services.loading import load_register
from tests.repository.tree import ROOT

pytestmark = pytest.mark.django_db

LOADED_AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
NOW = LOADED_AT + timedelta(days=1)


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def loaded() -> Register:
    load_register(at=LOADED_AT)
    return register_as_of(LOADED_AT)


def write(path: Path, register: Register) -> Path:
    path.write_bytes(canonical_json(register))
    return path


def change(register: Register, number: str, **over: object) -> Register:
    return replace(
        register,
        activities=tuple(replace(row, **over) if row.number == number else row for row in register.activities),
    )


def run(file: object, *options: str) -> tuple[str, str]:
    """Run the command and return what it wrote to standard output and standard error."""
    out, err = io.StringIO(), io.StringIO()
    call_command("import_register", str(file), *options, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def refused(file: object, *options: str) -> tuple[str, int]:
    with pytest.raises(CommandError) as refusal:
        run(file, *options)
    return str(refusal.value), refusal.value.returncode


# Preview first


def test_the_preview_can_be_read_and_writes_nothing(tmp_path, loaded):
    third = next(row for row in loaded.activities if row.number == "A03")
    changed = change(loaded, "A03", regime=LegalRegime.HEALTH_RECORD, purposes=third.purposes[1:])
    doubt = RemarkRecord(field="owner", kind=RemarkKind.VAGUE, text="Hvem?")
    changed = change(changed, "A01", remarks=(*loaded.activities[0].remarks, doubt))
    changed = replace(changed, activities=changed.activities[:-1])
    out, err = run(write(tmp_path / "protokoll.json", changed))
    assert "Filen viser registeret slik det var 2026-11-22 kl. 10.30." in out
    assert "0 aktiviteter kommer til, 2 aktiviteter endres, 3 rader i alt." in out
    lines = out.splitlines()
    at = lines.index(f"A03 {third.name}")
    assert lines[at + 1] == f"  regime: ikke bekreftet → {LegalRegime.HEALTH_RECORD.label}"
    assert any(line.startswith("  formål «") and line.endswith("» fjernes") for line in lines[at:])
    assert "  merknad «ansvarlig internt» kommer til" in lines
    assert "Dette står ikke i filen, og blir stående som det er:" in lines
    assert "  aktiviteter: A14" in lines
    assert lines[-1] == "Ingenting er skrevet ennå. Kjør kommandoen med --apply for å skrive."
    assert err.splitlines() == ["Leser protokoll.json …", "Sammenligner med registeret …"]
    assert register_as_of(NOW).activities == loaded.activities


def test_apply_writes_as_one_edit_that_names_the_file(tmp_path, loaded):
    changed = change(loaded, "A03", regime=LegalRegime.HEALTH_RECORD)
    out, err = run(write(tmp_path / "protokoll.json", changed), "--apply")
    assert out.splitlines()[-1] == "1 rad er skrevet."
    assert "Skriver 1 rad …" in err
    assert register_as_of(NOW) == replace(changed, moment=NOW)
    edit = edits_of(Activity.objects.get(number="A03"))[0]
    assert (edit.at, edit.by, edit.reason) == (NOW, None, "Import av protokoll.json")


def test_the_same_file_again_changes_nothing_and_says_so(tmp_path, loaded):
    file = write(tmp_path / "protokoll.json", loaded)
    for options in ((), ("--apply",)):
        out, _err = run(file, *options)
        assert "Registeret sier det samme som filen. Ingenting blir endret." in out
        assert "skrevet" not in out
    assert len(edits_of(Activity.objects.get(number="A03"))) == 1


def test_an_empty_register_is_filled_from_standard_input(tmp_path, loaded, monkeypatch):
    # Another installation: the same register under other numbers is not there yet.
    fresh = replace(
        loaded,
        activities=tuple(
            replace(row, number=f"A5{place}", code=f"other-{place}") for place, row in enumerate(loaded.activities[:2])
        ),
    )
    content = json.dumps(register_payload(fresh), indent=1).encode()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content)))
    out, _err = run("-", "--apply")
    assert "2 aktiviteter kommer til, 0 aktiviteter endres" in out
    assert any(line.startswith("A50 ") and "kommer til, med " in line for line in out.splitlines())
    assert edits_of(Activity.objects.get(number="A50"))[0].reason == "Import av standard inn"


def test_a_file_older_than_the_last_edit_is_warned_about(tmp_path, loaded):
    write(tmp_path / "ny.json", change(loaded, "A01", owner="Mottaket"))
    run(tmp_path / "ny.json", "--apply")
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        out, _err = run(write(tmp_path / "gammel.json", loaded))
    assert "Obs: Registeret er endret etter det." in out
    assert "  ansvarlig internt: Mottaket → ikke oppgitt" in out.splitlines()


def test_the_json_preview_holds_every_change_in_whole(tmp_path, loaded):
    long = PurposeRecord(description="Å svare " * 200)
    changed = replace(
        change(loaded, "A01", purposes=(long,), legal_grounds=()), proposals=(ProposalRecord(field="phone", value="1"),)
    )
    payload = json.loads(run(write(tmp_path / "p.json", changed), "--format", "json")[0])
    assert payload["moment"] == "2026-11-22T09:30:00+00:00"
    assert (payload["applied"], payload["edited_since"], payload["left_alone"]) == (False, False, {})
    assert sum(payload["counts"].values()) == len(payload["changes"])
    row = next(row for row in payload["changes"] if row["section"] == "purposes" and row["action"] == "changed")
    assert (row["subject"], row["fields"][0]["after"]) == ("A01", long.description)
    applied = json.loads(run(tmp_path / "p.json", "--format", "json", "--apply")[0])
    assert applied == payload | {"applied": True}


def test_where_two_long_texts_part_is_shown():
    before, after = _short_pair("Samme ord. " * 50 + "Ti år.", "Samme ord. " * 50 + "Fem år.")
    assert before.endswith("Ti år.")
    assert after.endswith("Fem år.")
    assert before.startswith("…")
    assert max(len(before), len(after)) < LONGEST_TEXT
    assert _short_pair("Ti\n år\x1b", "Fem") == ("Ti år�", "Fem")


# Refusals


def test_a_wrong_file_is_refused_with_all_that_is_wrong(tmp_path, loaded):
    payload = register_payload(loaded)
    payload["activities"][2]["regime"] = "journal"
    payload["activities"][3]["owner"] = "x" * 151
    file = tmp_path / "feil.json"
    file.write_text(json.dumps(payload))
    sentence, code = refused(file, "--apply")
    assert code == 1
    heading, *problems = sentence.splitlines()
    assert heading == "Ingenting er lest inn. 2 feil:"
    assert problems[0].startswith("  activities[2].regime: «journal» finnes ikke. Disse finnes: health_record")
    assert problems[1] == "  activities[3].owner: Er for lang: 151 tegn. Det er plass til 150."
    assert register_as_of(NOW).activities == loaded.activities


def test_more_problems_than_anyone_reads_are_counted(tmp_path, loaded):
    payload = register_payload(loaded)
    payload["statements"] = [7] * 250
    file = tmp_path / "feil.json"
    file.write_text(json.dumps(payload))
    sentence, _code = refused(file)
    assert sentence.splitlines()[0] == "Ingenting er lest inn. 250 feil:"
    assert sentence.splitlines()[-1] == "  … og 150 til."
    assert len(sentence.splitlines()) == 102


def test_a_wrong_file_as_json_is_one_object_and_exits_with_1(tmp_path):
    file = tmp_path / "feil.json"
    file.write_bytes(b'{"schema":')
    out = io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("import_register", str(file), "--format", "json", stdout=out, stderr=io.StringIO())
    assert stopped.value.code == 1
    assert json.loads(out.getvalue()) == {
        "applied": False,
        "problem_count": 1,
        "problems": [{"place": "", "text": "Linje 1, tegn 11: Filen er ikke gyldig JSON."}],
    }


def test_a_file_that_cannot_be_opened_is_refused_with_2(tmp_path):
    assert refused(tmp_path / "borte.json") == (f"{tmp_path}/borte.json: Filen finnes ikke.", 2)
    assert refused(tmp_path) == (f"{tmp_path}: Dette er en mappe, ikke en fil.", 2)
    assert refused("x\x00y") == ("x\\x00y: Filen kan ikke leses.", 2)
    assert refused("x" * 5000)[1] == 2


def test_a_file_that_is_too_large_is_refused(tmp_path):
    file = tmp_path / "stor.json"
    with file.open("wb") as sparse:
        sparse.write(b"{")
        sparse.truncate(LARGEST_FILE + 1)
    assert refused(file) == (
        "Ingenting er lest inn. 1 feil:\n  Filen er for stor: den kan være på høyst 50 MB.",
        1,
    )


def test_an_edit_with_a_later_moment_is_refused(tmp_path, loaded):
    changed = change(loaded, "A01", owner="Mottaket")
    with time_machine.travel(LOADED_AT - timedelta(hours=1), tick=False):
        sentence, code = refused(write(tmp_path / "p.json", changed), "--apply")
    assert code == 1
    assert "senere tidspunkt" in sentence
    assert register_as_of(NOW).activities == loaded.activities


def test_a_name_of_any_length_and_kind_fits_the_reason(tmp_path, loaded):
    file = write(tmp_path / ("é\x1b" + "x" * 200 + ".json"), change(loaded, "A01", owner="Mottaket"))
    run(file, "--apply")
    reason = edits_of(Activity.objects.get(number="A01"))[0].reason
    assert reason.isprintable()
    assert len(reason) <= 300


def test_wrong_options_exit_with_2():
    for options in ([], ["x.json", "--format", "xml"], ["a", "b"]):
        finished = subprocess.run(
            [sys.executable, "manage.py", "import_register", *options],
            cwd=ROOT, env={"DJANGO_SETTINGS_MODULE": "tests.settings", "PATH": ""}, capture_output=True, check=False,
        )  # fmt: skip
        assert finished.returncode == 2


def test_a_register_without_a_company_can_be_imported(tmp_path):
    register = Register(moment=LOADED_AT, statements=())
    assert "Registeret sier det samme" in run(write(tmp_path / "tom.json", register))[0]
    assert not Controller.objects.exists()
