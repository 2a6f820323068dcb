"""manage.py check_register: what it prints, and how it ends."""

import json
from datetime import date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from processing.law.checks import check_register
from processing.law.findings import Severity
from processing.models.governed import register_edit
from processing.register import register_as_of
from tests.builders import ASKED_AT, OSLO, WRITTEN_AT, make_activity, make_controller, party

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(time_machine) -> None:
    time_machine.move_to(ASKED_AT, tick=False)


def run(*arguments: str) -> tuple[int, str]:
    """How the command ends, and what it prints."""
    out = StringIO()
    try:
        call_command("check_register", *arguments, stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_a_register_with_errors_ends_with_one() -> None:
    make_controller()
    make_activity(bare=True, number="A07", name="Taus aktivitet")
    status, text = run()
    assert status == 1
    lines = text.splitlines()
    assert lines[0] == "Registeret ved slutten av 23. november 2026, etter loven slik den var 23. november 2026."
    assert "Virksomheten" in lines
    assert lines.index("Virksomheten") < lines.index("A07 Taus aktivitet")
    told = "  Feil   Skriv hvorfor dere bruker opplysningene. Ett formål i hver rad."
    place = lines.index(told, lines.index("A07 Taus aktivitet"))
    assert lines[place + 1].split(" · ") == [
        "         purposes",
        "Personvernforordningen art. 30 nr. 1 bokstav b",
        "30-1-b-purpose-missing",
    ]


def test_a_register_without_errors_ends_with_zero() -> None:
    make_controller()
    make_activity()
    status, text = run()
    assert status == 0
    assert text.splitlines()[-1].startswith("0 feil, ")


def test_the_json_is_every_finding_in_order() -> None:
    make_controller()
    make_activity(bare=True)
    status, text = run("--format", "json", "--law-on", "2021-01-01")
    payload = json.loads(text)
    expected = check_register(register_as_of(ASKED_AT), law_on=date(2021, 1, 1))
    assert status == 1
    assert (payload["as_of"], payload["law_on"]) == ("2026-11-23", "2021-01-01")
    assert [row["key"] for row in payload["findings"]] == [finding.key for finding in expected]
    assert payload["counts"] == {
        severity.value: sum(finding.severity is severity for finding in expected) for severity in Severity
    }
    assert sum(payload["counts"].values()) == len(expected)
    (first, *_), finding = payload["findings"], expected[0]
    assert first == {
        "key": finding.key,
        "code": finding.code,
        "severity": finding.severity.value,
        "subject": finding.subject,
        "field": finding.field,
        "row": None,
        "message": finding.message,
        "source": str(finding.source),
        "source_url": finding.source.url,
        "gaps": list(finding.gaps),
    }


def test_a_row_is_named_by_its_place() -> None:
    make_controller()
    with register_edit(at=WRITTEN_AT):
        supplier = party()
        supplier.name = ""
        supplier.save()
    make_activity()
    _status, text = run("--format", "json")
    rows = [row for row in json.loads(text)["findings"] if row["code"] == "15-1-c-recipient-unnamed"]
    assert [(row["field"], row["row"]) for row in rows[:1]] == [("parties", 1)]


def test_as_of_reads_the_register_as_it_was_at_the_end_of_that_day() -> None:
    make_controller()
    activity = make_activity(bare=True)
    with register_edit(at=datetime(2026, 6, 1, 23, 59, tzinfo=OSLO)):
        activity.status = "retired"
        activity.save()
    assert "A01" in run("--as-of", "2026-05-31")[1]
    assert "A01" not in run("--as-of", "2026-06-01")[1]


def test_law_on_is_the_day_of_the_register_unless_it_is_said() -> None:
    make_controller()
    make_activity()
    _status, text = run("--as-of", "2026-02-01", "--format", "json")
    assert json.loads(text)["law_on"] == "2026-02-01"


def test_a_day_before_there_was_a_register_has_nothing_to_find() -> None:
    make_controller()
    status, text = run("--as-of", "2020-01-01")
    assert (status, text.splitlines()[1]) == (0, "Registeret var tomt da.")
    status, text = run("--as-of", "2020-01-01", "--format", "json")
    assert (status, json.loads(text)["findings"]) == (0, [])


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--as-of", "2026-13-01"], "--as-of: «2026-13-01» er ikke en dato"),
        (["--law-on", "i går"], "--law-on: «i går» er ikke en dato"),
        (["--law-on", "20261122"], "er ikke en dato"),
        (["--law-on", "x" * 5000], "xxx…» er ikke en dato"),
        (["--law-on", "2026-11-\x1b"], r"2026-11-\x1b"),
        (["--law-on", "2018-07-19"], "Personvernforordningen gjelder i Norge fra 2018-07-20"),
        (["--as-of", "2017-01-01"], "Personvernforordningen gjelder i Norge fra 2018-07-20"),
    ],
)
def test_a_day_that_cannot_be_asked_ends_with_two_and_a_sentence(arguments: list[str], sentence: str) -> None:
    with pytest.raises(CommandError) as refusal:
        run(*arguments)
    assert refusal.value.returncode == 2
    assert sentence in str(refusal.value)
    assert len(str(refusal.value)) < 300


def test_a_day_to_come_asks_the_register_as_it_is() -> None:
    make_controller()
    make_activity()
    status, text = run("--as-of", "9999-12-31")
    assert status == 0
    assert "Noe av loven i programmet er ikke sjekket på over tolv måneder." in text


def test_nothing_is_written(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    make_controller()
    make_activity()
    with django_assert_max_num_queries(30) as queries:
        run()
    assert all(query["sql"].lstrip(" (").upper().startswith("SELECT") for query in queries)
