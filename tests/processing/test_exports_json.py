"""The canonical JSON loses nothing, and one register has one text."""

import hashlib
import json
from dataclasses import MISSING, fields, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from processing.exports.json import (
    ADDED,
    VERSION,
    UnknownVersion,
    canonical_json,
    payload_hash,
    register_payload,
)
from processing.imports.json import read_register
from processing.law.bases import LegalBasis
from processing.law.facts import StatementTopic
from processing.law.records import (
    ActivityRecord,
    ControllerRecord,
    DataRecord,
    LegalGroundRecord,
    PartyRecord,
    Register,
    RetentionRecord,
    StatementRecord,
    TransferRecord,
)
from processing.register import register_as_of
from tests.builders import (
    ASKED_AT,
    JOURNAL_SUPPLIER,
    fill_register,
    make_activity,
    make_activity_record,
    make_bare_activity_record,
    make_register,
)

TWO_RULES = (RetentionRecord(covers="Navn", period=3, statement="Tre."), RetentionRecord(covers="Helse"))
REGISTERS = {
    "everything stated": make_register(),
    "nothing stated": make_register(controller=ControllerRecord(), activities=[make_bare_activity_record()]),
    "before it existed": Register(moment=datetime(1999, 1, 1, tzinfo=UTC)),
    "the last moment there is": replace(make_register(), moment=datetime.max.replace(tzinfo=ASKED_AT.tzinfo)),
    "company statements": make_register(
        transfers=(TransferRecord(party=JOURNAL_SUPPLIER, country="US"),),
        statements=(StatementRecord(topic=StatementTopic.SECURITY, text='«Linje»\n\ttabulator \\ " 𝄞 č'),),
    ),
    "a rule for one of the pairs": make_register(
        activities=[
            make_activity_record(
                retention=TWO_RULES,
                data=(
                    replace(make_activity_record().data[0], retention=TWO_RULES[1]),
                    replace(make_activity_record().data[1], retention=None),
                ),
            )
        ]
    ),
}


@pytest.mark.parametrize("register", REGISTERS.values(), ids=REGISTERS)
def test_the_payload_gives_an_equal_register_back(register):
    assert read_register(canonical_json(register)).register == register


@pytest.mark.parametrize("register", REGISTERS.values(), ids=REGISTERS)
def test_the_text_is_canonical(register):
    text = canonical_json(register)
    again = json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert text == again
    assert not text.endswith(b"\n")
    assert payload_hash(register) == hashlib.sha256(text).hexdigest()


def test_the_text_holds_no_fractions():
    def refuse(number: str) -> None:
        raise AssertionError(number)

    json.loads(canonical_json(make_register()), parse_float=refuse, parse_constant=refuse)


@pytest.mark.django_db
def test_a_register_from_the_database_comes_back_equal():
    fill_register(2)
    make_activity(bare=True)
    register = register_as_of(ASKED_AT)
    assert len(register.activities) == 3
    assert read_register(canonical_json(register)).register == register


def test_every_field_of_every_record_is_there_when_it_is_empty():
    payload = register_payload(make_register(controller=ControllerRecord(), activities=[make_bare_activity_record()]))
    assert payload.keys() == {"schema", "version", "as_of"} | {
        field.name for field in fields(Register) if field.name != "moment"
    }
    assert payload["controller"].keys() == {field.name for field in fields(ControllerRecord)}
    assert payload["activities"][0].keys() == {field.name for field in fields(ActivityRecord)}
    assert payload["activities"][0]["owner"] == ""
    assert payload["activities"][0]["regime"] is None
    assert payload["activities"][0]["valid_from"] is None
    assert payload["activities"][0]["special_categories"] == "not_stated"


def test_a_version_names_fields_that_can_be_left_unstated():
    assert max(ADDED) == VERSION
    for added in ADDED.values():
        for record, names in added.items():
            defaults = {field.name: field.default for field in fields(record)}
            assert all(defaults[name] is not MISSING for name in names)


FILES = Path(__file__).parents[1] / "data"


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_what_a_version_wrote_can_be_written_again(version):
    """The hash of an issued document is of the text of its time. A new version brings a file of its own."""
    values = json.loads((FILES / f"register-version-{version}.json").read_bytes())
    text = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert values["version"] == version
    assert canonical_json(read_register(text).register, version=version) == text


@pytest.mark.parametrize("version", [0, -1, VERSION + 1])
def test_a_version_nobody_has_heard_of_is_refused(version):
    with pytest.raises(UnknownVersion):
        payload_hash(make_register(), version=version)


def test_what_activities_share_stands_once_and_is_named_by_its_code():
    payload = register_payload(make_register())
    activity = payload["activities"][0]
    assert activity["disclosures"][0] == {"party": "journal_supplier", "reason": "Drifter systemet."}
    assert activity["transfers"][0]["party"] == "journal_supplier"
    assert activity["systems"] == ["journal_system"]
    assert activity["safeguards"] == ["two_factor"]
    assert activity["collection"] == ["first_talk"]
    assert activity["data"] == [
        {"category": "name", "subject": "clients", "presence": "yes", "retention": None},
        {"category": "health", "subject": "clients", "presence": "possible", "retention": 0},
    ]
    assert activity["legal_grounds"][0]["purpose"] == "Dokumentere helsehjelpen"
    assert payload["systems"] == [{"code": "journal_system", "name": "Journalsystemet", "party": "journal_supplier"}]
    assert {field.name for field in fields(PartyRecord)} == payload["parties"][0].keys()


def test_as_of_is_a_moment_in_utc_and_a_date_in_oslo():
    # Half past midnight in Oslo is still the day before in UTC.
    register = make_register(moment=datetime(2026, 6, 30, 22, 30, tzinfo=UTC))
    assert register_payload(register)["as_of"] == {"moment": "2026-06-30T22:30:00.000000Z", "date": "2026-07-01"}


def test_a_changed_fact_changes_the_hash():
    register = make_register()
    for changed in (
        make_register(activities=[make_activity_record(owner="En annen")]),
        make_register(moment=datetime(2026, 11, 23, 12, 0, 1, tzinfo=ASKED_AT.tzinfo)),
    ):
        assert payload_hash(changed) != payload_hash(register)
    assert payload_hash(make_register()) == payload_hash(register)


def test_the_same_moment_in_another_zone_is_the_same_text():
    assert canonical_json(make_register(moment=ASKED_AT.astimezone(UTC))) == canonical_json(make_register())


def test_a_data_row_under_a_rule_of_another_activity_cannot_be_written():
    stray = DataRecord(**{**vars(make_activity_record().data[0]), "retention": RetentionRecord(covers="En annens")})
    with pytest.raises(KeyError):
        canonical_json(make_register(activities=[make_activity_record(data=(stray,))]))


def test_a_ground_is_written_by_its_code():
    register = make_register(
        activities=[make_activity_record(legal_grounds=(LegalGroundRecord(basis=LegalBasis.CONSENT),))]
    )
    assert register_payload(register)["activities"][0]["legal_grounds"][0]["basis"] == "a"
