"""`manage.py explain_deadline`: called inside the test, and as the process a script would start."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

ROOT = Path(__file__).parents[2]
WORKED = json.loads((ROOT / "tests" / "data" / "deadlines.json").read_text())
KEYS = ["received_on", "nominal_on", "statutory_on", "promised_on", "client_on", "staff_on", "extended_on", "steps"]


def printed(*arguments: str) -> str:
    out = io.StringIO()
    call_command("explain_deadline", *arguments, stdout=out)
    return out.getvalue()


def give_standard_input(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


def run(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "manage.py", "explain_deadline", *arguments],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONIOENCODING": "utf-8"},
        input=given,
        capture_output=True,
        timeout=60,
        check=False,
    )


def test_one_date_is_one_object() -> None:
    answer = json.loads(printed("2027-01-31", "--format", "json"))
    assert list(answer) == KEYS
    assert {key: answer[key] for key in KEYS[:-1]} == {
        "received_on": "2027-01-31",
        "nominal_on": "2027-02-28",
        "statutory_on": "2027-03-01",
        "promised_on": "2027-03-02",
        "client_on": "2027-03-01",
        "staff_on": "2027-03-01",
        "extended_on": "2027-04-30",
    }
    assert answer["steps"][0] == (
        "Kravet kom søndag 31. januar 2027. Den dagen telles ikke med. (FOR-1992-12-04-910 (forordning 1182/71) art. 3)"
    )
    assert all(step.endswith(")") for step in answer["steps"])


def test_worked_examples_come_one_object_a_line_in_the_order_asked() -> None:
    lines = printed(*(worked["received"] for worked in WORKED["vectors"]), "--format=json").splitlines()
    assert len(lines) == len(WORKED["vectors"])
    for line, worked in zip(lines, WORKED["vectors"], strict=True):
        answer = json.loads(line)
        del answer["steps"]
        assert list(answer.values()) == [
            worked[key] for key in ("received", "nominal", "statutory", "plus30", "client", "staff_last", "ext")
        ]


def test_text_has_the_dates_in_words_and_the_numbered_reasons() -> None:
    lines = printed("2027-02-25").splitlines()
    assert lines[:7] == [
        "Kravet kom              torsdag 25. februar 2027",
        "Måneden går ut          torsdag 25. mars 2027",
        "Lovens frist            tirsdag 30. mars 2027",
        "Løftet, 30 dager        lørdag 27. mars 2027",
        "Vises for den som spør  lørdag 27. mars 2027",
        "Siste virkedag for oss  onsdag 24. mars 2027",
        "Frist hvis forlenget    tirsdag 25. mai 2027",
    ]
    assert " 4. 25. mars 2027 er en fridag: skjærtorsdag." in lines
    assert lines[lines.index(" 4. 25. mars 2027 er en fridag: skjærtorsdag.") + 1] == "    Helligdagsfredloven § 2"


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("2027-02-30", "«2027-02-30» er ikke en dato"),
        ("2027-13-01", "«2027-13-01» er ikke en dato"),
        ("31.01.2027", "«31.01.2027» er ikke en dato"),
        ("20270131", "«20270131» er ikke en dato"),
        ("2027-W04-7", "«2027-W04-7» er ikke en dato"),
        ("2027-01-31T12:00", "«2027-01-31T12:00» er ikke en dato"),
        ("2027-1-31", "«2027-1-31» er ikke en dato"),
        ("\u0662\u0660\u0662\u0667-\u0660\u0661-\u0663\u0661", "er ikke en dato"),
        ("0000-01-01", "«0000-01-01» er ikke en dato"),
        ("i dag", "«i dag» er ikke en dato"),
        ("", "«» er ikke en dato"),
        ("2027\x1b[31m", r"«2027\x1b[31m» er ikke en dato"),
        ("9" * 100_000, f"«{'9' * 40}…» er ikke en dato"),
        ("9999-12-31", "Kalenderen slutter med år 9999"),
    ],
    ids=lambda value: value[:20],
)
@pytest.mark.parametrize("format", ["json", "text"])
def test_what_is_no_date_is_named_and_nothing_is_printed(written: str, sentence: str, format: str) -> None:
    out = io.StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("explain_deadline", written, "--format", format, stdout=out)
    assert sentence in str(refused.value)
    assert "Linje" not in str(refused.value)
    assert refused.value.returncode == 2
    assert out.getvalue() == ""


def test_lines_of_standard_input_are_answered_and_the_bad_ones_named(monkeypatch: pytest.MonkeyPatch) -> None:
    give_standard_input(
        monkeypatch, b"\xef\xbb\xbf2027-01-31\r\n\n  2027-02-01  \nhei\n\xe5\xff\n2027-02-30\n2028-01-31"
    )
    out = io.StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("explain_deadline", "-", "--format=json", stdout=out)
    answered = [json.loads(line)["received_on"] for line in out.getvalue().splitlines()]
    assert answered == ["2027-01-31", "2027-02-01", "2028-01-31"]
    told = str(refused.value).splitlines()
    assert [sentence.split(":")[0] for sentence in told] == ["Linje 4", "Linje 5", "Linje 6"]
    assert "«hei»" in told[0]
    assert "«2027-02-30»" in told[2]


def test_dates_of_both_kinds_keep_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    give_standard_input(monkeypatch, b"2027-02-02\n2027-02-03\n")
    lines = printed("2027-02-01", "-", "2027-02-04", "--format=json").splitlines()
    assert [json.loads(line)["received_on"] for line in lines] == [f"2027-02-0{number}" for number in (1, 2, 3, 4)]


def test_no_dates_on_standard_input_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    give_standard_input(monkeypatch, b"\n\n")
    assert printed("-", "--format=json") == ""


def test_process_answers_lines_on_stdout_and_ends_with_0() -> None:
    done = run("-", "--format", "json", given=b"2027-01-31\n2027-02-25\n")
    assert done.returncode == 0
    assert done.stderr == b""
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["client_on"] for answer in answers] == ["2027-03-01", "2027-03-27"]


def test_process_names_the_bad_line_on_stderr_and_ends_with_2() -> None:
    done = run("-", "--format", "json", given=b"2027-01-31\n2027-02-30\n")
    assert done.returncode == 2
    assert [json.loads(line)["received_on"] for line in done.stdout.splitlines()] == ["2027-01-31"]
    assert "Linje 2: «2027-02-30» er ikke en dato." in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_process_explains_its_own_use() -> None:
    done = run("--help")
    assert done.returncode == 0
    assert "Viser når et krav må besvares" in done.stdout.decode()
    assert run().returncode == 2
