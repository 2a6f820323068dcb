"""Whoever changes a byte of a file, a row of history or a frozen row is found out, and told which it was."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from mktnorge import evidence
from mktnorge.chains import verify_chains
from mktnorge.evidence import link_new_rows, verify_links, watched
from mktnorge.frozen import trigger_names
from mktnorge.models import ChainLink
from processing.law.editions import ExportFormat
from processing.models import Activity, NoticeFile, NoticeVersion, Safeguard
from processing.models.governed import register_edit
from processing.services.exports import export_register
from processing.services.notices import publish_demonstration
from rights.law.keeping import ErasureRule
from rights.services.proofs import record_proof
from tests.builders import ASKED_AT, make_activity, make_controller, make_person

pytestmark = pytest.mark.django_db

NEXT_DAY = ASKED_AT + timedelta(days=1)

HISTORY = "processing_historicalactivity"
PURPOSES = "processing_historicalpurpose"
EXPORTS = "processing_registerexport"
VERSIONS = "processing_noticeversion"
FILES = "processing_noticefile"
PROOFS = "rights_erasureproof"
LINKS = "mktnorge_chainlink"

# What is done behind our back, and a word of each alarm that must name it.
COPY = "number, at, tables, last_keys, previous, link"
TAMPERED = {
    "a word in history": (
        f"UPDATE {HISTORY} SET name = 'Skrevet om'",
        ["Historikken: Aktivitet, skrevet ", "(rad {history} i processing_historicalactivity) er endret"],
    ),
    "who wrote a row of history": (f"UPDATE {HISTORY} SET history_user_id = NULL", ["rad {history} i "]),
    "when a row of history was written": (
        f"UPDATE {PURPOSES} SET history_change_reason = 'En annen grunn'",
        ["i processing_historicalpurpose) er endret"],
    ),
    "a row of history is gone": (f"DELETE FROM {PURPOSES}", ["i processing_historicalpurpose er borte"]),
    "a row of history is put in": (
        f"UPDATE {PURPOSES} SET history_id = -history_id",
        ["i processing_historicalpurpose) er satt inn i ettertid"],
    ),
    "the day of an export": (f"UPDATE {EXPORTS} SET as_of = '2020-01-01'", ["Eksport {export} (rad "]),
    "the file's hash of an export": (f"UPDATE {EXPORTS} SET file_sha256 = 'ab'", ["Eksport {export} (rad "]),
    "an export is gone": (f"DELETE FROM {EXPORTS}", ["i processing_registerexport er borte"]),
    "a word of a published text": (
        f"UPDATE {VERSIONS} SET body = REPLACE(CAST(body AS TEXT), 'journal', 'dagbok'){{json}}",
        ["Utgave 1: teksten er ikke den som ble publisert"],
    ),
    "the facts under a published text": (
        f"UPDATE {VERSIONS} SET facts = REPLACE(CAST(facts AS TEXT), 'Faglig leder', 'Ingen'){{json}}",
        ["Utgave 1: registeret som ble frosset med den, er endret"],
    ),
    "who published": (f"UPDATE {VERSIONS} SET publisher_name = 'En annen'", ["i processing_noticeversion) er endret"]),
    "a byte of a published file": (
        f"UPDATE {FILES} SET content = {{bytes}}",
        ["Utgave 1: PDF-en er ikke den som ble laget", "i processing_noticefile) er endret"],
    ),
    "a proof of erasure": (f"UPDATE {PROOFS} SET count = 2", ["i rights_erasureproof) er endret"]),
    "the last proof is gone": (f"DELETE FROM {PROOFS}", ["i rights_erasureproof er borte"]),
    "a link": (f"UPDATE {LINKS} SET at = '2020-01-01' WHERE number = 1", ["Ledd 1 i kjeden er endret"]),
    "a link is gone": (f"DELETE FROM {LINKS} WHERE number = 1", ["Ledd 2 i kjeden følger ikke det forrige"]),
}


@pytest.fixture
def world():
    """A register with a published text, its file, an issued document and a proof, all in the chain."""
    leader = make_person()
    make_controller()
    activity = make_activity(by=leader)
    version = publish_demonstration(by=leader, at=ASKED_AT)
    NoticeFile.objects.create(version=version, format="pdf", content=b"%PDF et dokument", sha256=SHA256_OF_FILE)
    issued = export_register(format=ExportFormat.JSON, as_of=date(2026, 6, 30), by=leader, at=ASKED_AT)
    record_proof(rule=ErasureRule.CONTENT, cases=[1], at=ASKED_AT)
    link_new_rows(at=NEXT_DAY)
    return {
        "history": Activity.history.filter(id=activity.pk).get().history_id,
        "export": issued.document.document_id,
    }


SHA256_OF_FILE = "0fc16c686f51dceeda69e01b4ba3749bc4069c0c93cd6bc8d7b5d0918ea6d5c4"


def behind_our_back(statement: str) -> None:
    """Run `statement` as one who owns the database would: with the guards taken down."""
    postgres = connection.vendor == "postgresql"
    statement = statement.replace("{json}", "::jsonb" if postgres else "").replace(
        "{bytes}", r"'\x25'" if postgres else "X'25'"
    )
    with connection.cursor() as cursor:
        for table in (EXPORTS, VERSIONS, FILES, PROOFS, LINKS):
            if statement.split()[1 if statement.startswith("UPDATE") else 2] == table:
                for name in trigger_names(table, connection.vendor):
                    cursor.execute(f'DROP TRIGGER "{name}"' + (f' ON "{table}"' if postgres else ""))
        cursor.execute(statement)


def alarms() -> list[str]:
    return [problem for problems in verify_chains().values() for problem in problems]


def test_what_nobody_touched_is_no_alarm(world):
    assert alarms() == []


@pytest.mark.parametrize(("statement", "expected"), TAMPERED.values(), ids=TAMPERED)
def test_what_was_changed_is_named(world, statement, expected):
    behind_our_back(statement)
    found = "\n".join(alarms())
    for words in expected:
        assert words.format(**world) in found
    with pytest.raises(SystemExit):
        call_command("verify_chain", stdout=StringIO())


def test_an_edit_and_a_publication_after_a_link_are_no_alarm(world):
    with register_edit(at=NEXT_DAY, reason="Retting"):
        row = Safeguard.objects.first()
        row.position = 7
        row.save()
        row.delete()
    assert alarms() == []
    assert len(link_new_rows(at=NEXT_DAY)) == 1
    assert link_new_rows(at=NEXT_DAY) == []
    assert alarms() == []


def test_many_rows_make_several_links(world, monkeypatch):
    monkeypatch.setattr(evidence, "MOST_ROWS", 3)
    before = ChainLink.objects.count()
    with register_edit(at=NEXT_DAY, reason="Retting"):
        for number in range(7):
            activity = Activity.objects.get()
            activity.owner = f"Rolle {number}"
            activity.save()
    assert len(link_new_rows(at=NEXT_DAY)) == 3
    assert ChainLink.objects.count() == before + 3
    assert verify_links() == []


def test_a_column_that_came_later_is_no_alarm(world, monkeypatch):
    """The link tells which columns it hashed: one that the table has and the link lacks is not asked for."""
    hashed = evidence._columns
    fewer = ChainLink.objects.order_by("-number").first()
    assert set(fewer.tables[PROOFS]["columns"]) == set(hashed(watched()[PROOFS]))
    monkeypatch.setattr(evidence, "_columns", lambda model: [name for name in hashed(model) if name != "owner"])
    with register_edit(at=NEXT_DAY, reason="Retting"):
        activity = Activity.objects.get()
        activity.owner = "En annen"
        activity.save()
    link_new_rows(at=NEXT_DAY)
    monkeypatch.undo()
    assert verify_links() == []


def test_many_changed_rows_are_counted(world):
    with register_edit(at=NEXT_DAY, reason="Retting"):
        for number in range(30):
            activity = Activity.objects.get()
            activity.owner = f"Rolle {number}"
            activity.save()
    link_new_rows(at=NEXT_DAY)
    behind_our_back(f"UPDATE {HISTORY} SET name = 'Skrevet om'")
    found = verify_links()
    assert len(found) == evidence.MOST_NAMED + 1
    assert found[-1] == "… og 11 til i processing_historicalactivity."


def test_all_that_is_frozen_is_in_the_chain():
    """But the log of a case, which goes with the case, and what tells of it: those answer for each other."""
    beside = {"rights_requestevent", "rights_erasedline", LINKS}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT DISTINCT event_object_table FROM information_schema.triggers")
        else:
            cursor.execute("SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger'")
        frozen = {table for (table,) in cursor.fetchall()}
    assert frozen - beside <= watched().keys()
    assert {NoticeVersion._meta.db_table, HISTORY, PURPOSES} <= watched().keys()
