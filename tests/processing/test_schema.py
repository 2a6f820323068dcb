"""The published schema is that of the program, every export is as it says, and it lets nothing unknown through."""

import json
from copy import deepcopy
from dataclasses import fields

import pytest
from hypothesis import given

from processing.exports.editions import edition_of
from processing.exports.json import canonical_json
from processing.exports.schema import register_schema
from processing.law.article_30 import ASKED_FOR
from processing.law.editions import Edition
from processing.law.records import ActivityRecord, PurposeRecord, Register
from processing.register import register_as_of
from processing.services.table_words import table_words
from tests.builders import ASKED_AT, make_register
from tests.company import load_company
from tests.corrected import corrected
from tests.processing.registers import registers
from tests.processing.spreadsheets import EMPTY
from tests.repository.tree import ROOT, text
from tests.sampling import sampled
from tests.schema_checker import UnknownKeyword, misfits

PUBLISHED = {
    edition: json.loads(text(ROOT / "docs" / "schema" / f"register-{edition.value}.schema.json")) for edition in Edition
}


def written(register: Register, which: Edition = Edition.INTERNAL) -> dict:
    return json.loads(canonical_json(edition_of(register, which).register, edition=which))


def assert_fits(register: Register) -> None:
    for which, schema in PUBLISHED.items():
        assert list(misfits(written(register, which), schema)) == []


@pytest.mark.parametrize("edition", Edition)
def test_what_is_published_is_what_the_program_writes(edition):
    """After a change: `.venv/bin/python docs/register_schema.py`."""
    assert PUBLISHED[edition] == json.loads(json.dumps(register_schema(edition, words=table_words())))


@pytest.mark.django_db
def test_the_companys_register_fits_as_it_is_and_with_every_gap_closed():
    load_company(ASKED_AT)
    register = register_as_of(ASKED_AT)
    assert_fits(register)
    assert_fits(corrected(register))


@pytest.mark.parametrize("register", [make_register(), EMPTY], ids=["everything stated", "before it existed"])
def test_registers_of_the_tests_fit(register):
    assert_fits(register)


@sampled(40, 1000)
@given(registers())
def test_any_register_fits(register):
    assert_fits(register)


def _without(path: str) -> dict:
    payload = written(make_register())
    *way, last = path.split(".")
    found = payload
    for step in way:
        found = found[int(step)] if step.isdigit() else found[step]
    del found[last]
    return payload


def _with(path: str, value: object) -> dict:
    payload = written(make_register())
    *way, last = path.split(".")
    found = payload
    for step in way:
        found = found[int(step)] if step.isdigit() else found[step]
    found[last] = value
    return payload


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        (_with("unknown", ""), "$.unknown is unknown"),
        (_with("activities.0.purpose", ""), "$.activities[0].purpose is unknown"),
        (_with("activities.0.retention.0.unknown", 1), "$.activities[0].retention[0].unknown is unknown"),
        (_with("edition", "external"), "$.edition is unknown"),
        (_without("controller"), "$.controller is missing"),
        (_without("activities.0.owner"), "$.activities[0].owner is missing"),
        (_with("version", 2), "$.version: 2 is not"),
        (_with("activities.0.special_categories", "maybe"), "$.activities[0].special_categories: 'maybe' is not"),
        (_with("activities.0.owner", None), "$.activities[0].owner: None is no string"),
        (_with("activities.0.data.0.retention", -1), "$.activities[0].data[0].retention: none of 2"),
        (_with("activities.0.valid_from", "2026-02-30"), "$.activities[0].valid_from: none of 2"),
        (_with("as_of.date", "1. mai"), "$.as_of.date: '1. mai' is"),
        (_with("parties.0.role", ["processor"]), "$.parties[0].role: ['processor'] is not"),
    ],
)
def test_what_does_not_fit_is_told(payload, said):
    assert any(line.startswith(said) for line in misfits(payload, PUBLISHED[Edition.INTERNAL])), said


def test_an_external_edition_is_not_an_internal_one():
    register = make_register()
    assert list(misfits(written(register, Edition.EXTERNAL), PUBLISHED[Edition.INTERNAL]))
    assert list(misfits(written(register), PUBLISHED[Edition.EXTERNAL]))


def test_every_field_of_the_records_is_there_and_says_which_article_asks():
    schema = PUBLISHED[Edition.INTERNAL]
    activity = schema["$defs"]["Activity"]["properties"]
    assert activity.keys() == {field.name for field in fields(ActivityRecord)}
    assert schema["$defs"]["Purpose"]["properties"].keys() == {field.name for field in fields(PurposeRecord)}
    for name, letter in ASKED_FOR[ActivityRecord].items():
        assert not letter or f"art. 30 nr. 1 bokstav {letter}" in activity[name]["description"], name
    assert "art. 6 nr. 1" in activity["legal_grounds"]["description"]
    assert "art. 35" in activity["impact_assessments"]["description"]
    for defined in schema["$defs"].values():
        assert all("title" in form for form in defined["properties"].values())


def test_the_checker_overlooks_no_keyword():
    schema = deepcopy(PUBLISHED[Edition.INTERNAL])
    schema["properties"]["activities"]["uniqueItems"] = True
    with pytest.raises(UnknownKeyword):
        list(misfits(written(make_register()), schema))
