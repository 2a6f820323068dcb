"""manage.py publish_notice: the draft as JSON, and a version only with --apply, in the name of somebody who may."""

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from mktnorge.roles import Role
from processing.models import NoticeVersion
from processing.models.governed import register_edit
from tests.builders import ASKED_AT, make_activity, make_controller, make_person, make_version

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(time_machine) -> None:
    time_machine.move_to(ASKED_AT + timedelta(hours=1), tick=False)


def run(*arguments: str) -> dict[str, object]:
    told = StringIO()
    call_command("publish_notice", *arguments, stdout=told, stderr=StringIO())
    return json.loads(told.getvalue())


def test_without_apply_it_says_what_would_change_and_writes_nothing() -> None:
    make_controller()
    activity = make_activity(number="A01", public_name="Journalen din")
    make_version()
    with register_edit(at=ASKED_AT + timedelta(minutes=1)):
        activity.owner, activity.public_name = "En annen", "Journalen"
        activity.save()
    told = run()
    assert (told["published"], told["follows"]) == (False, 1)
    assert {"place": "Journalen", "label": "Navn", "before": "Journalen din", "after": "Journalen"} in told["changes"]  # type: ignore[operator]
    assert {(one["field"], one["is_visible"]) for one in told["differences"]} == {  # type: ignore[attr-defined, index]
        ("owner", False),
        ("public_name", True),
    }
    assert NoticeVersion.objects.count() == 1


def test_it_publishes_in_the_name_of_a_person_with_reasons_by_code(tmp_path: Path) -> None:
    make_controller(has_dpo="not_stated")
    make_activity()
    leader, reasons = make_person(Role.LEADER), tmp_path / "grunner.json"
    asked = ["--apply", "--by", leader.email, "--summary", "Første utgave."]
    with pytest.raises(CommandError, match="30-1-a-dpo-not-stated"):
        run(*asked)
    reasons.write_text(json.dumps({"30-1-a-dpo-not-stated": "Avklares i januar."}))
    told = run(*asked, "--reasons", str(reasons), "--in-force-from", "2026-12-01")
    version = NoticeVersion.objects.get()
    assert (told["version"], told["in_force_from"], told["sha256"]) == (1, "2026-12-01", version.body_sha256)
    assert version.published_by == leader
    assert "Avklares i januar." in {finding["reason"] for finding in version.findings}


def test_a_version_after_the_first_says_whether_it_is_material() -> None:
    make_controller()
    make_activity()
    make_version()
    asked = ["--apply", "--by", make_person(Role.LEADER).email, "--summary", "Rettelser."]
    with pytest.raises(CommandError, match="vesentlig"):
        run(*asked)
    with pytest.raises(CommandError, match="hvem som får beskjed"):
        run(*asked, "--material", "Ny mottaker.")
    run(*asked, "--material", "Ny mottaker.", "--told", "Alle klienter, i e-post.")
    version = NoticeVersion.objects.get(number=2)
    assert (version.is_material, version.who_is_told) == (True, "Alle klienter, i e-post.")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "Oppgi hvem som publiserer"),
        (["--by", "ingen@prove.example"], "Oppgi hvem som publiserer"),
        (["--by", "registrar@prove.example"], "har ikke lov til å publisere"),
        (["--reasons", "finnes-ikke.json"], "kan ikke leses som JSON"),
        (["--in-force-from", "2026-02-30"], "er ikke en dato"),
    ],
)
def test_what_it_refuses(arguments: list[str], words: str) -> None:
    make_controller()
    make_activity()
    make_person(Role.REGISTRAR)
    with pytest.raises(CommandError, match=words):
        run("--apply", "--summary", "Første utgave.", *arguments)
    assert not NoticeVersion.objects.exists()


def test_an_empty_register_is_told_as_such() -> None:
    with pytest.raises(CommandError, match="ingen aktiviteter i bruk"):
        run()
