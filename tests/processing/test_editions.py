"""The external edition holds what Art. 30(1) asks for, in every format, and lets nothing else slip."""

import json
from dataclasses import fields, is_dataclass, replace

import pytest
from hypothesis import given

from processing.exports.csv import README, register_csv
from processing.exports.editions import edition_of
from processing.exports.imprint import left_out
from processing.exports.json import SHARED, canonical_json, payload_hash, register_payload
from processing.exports.pdf import register_pdf
from processing.exports.tables import tables
from processing.exports.xlsx import register_workbook
from processing.imports.json import read_register
from processing.law import records
from processing.law.article_30 import ASKED_FOR, source_of
from processing.law.checks import check_register
from processing.law.editions import Edition
from processing.law.facts import StatementTopic
from processing.law.records import ActivityRecord, PartyRecord, Register, RemarkRecord, StatementRecord
from processing.services.table_words import table_words
from tests.builders import JOURNAL_SUPPLIER, make_activity_record, make_controller_record, make_register
from tests.pdf_reader import TaggedPdf
from tests.processing.registers import registers
from tests.processing.spreadsheets import LEDGER, opened, problems
from tests.processing.zipped import files_of, raw_cells
from tests.sampling import sampled

OUTSIDE = replace(LEDGER, edition=Edition.EXTERNAL)
FULL = make_register()
SHOWN = edition_of(FULL, Edition.EXTERNAL, findings=check_register(FULL, law_on=LEDGER.law_on))

# Art. 30(1), letter by letter: a field that must be in the external edition.
ASKED = [
    ("a", records.ControllerRecord, "legal_name"),
    ("a", records.ControllerRecord, "email"),
    ("a", records.ControllerRecord, "dpo_name"),
    ("a", records.ControllerRecord, "representative"),
    ("a", records.JointControllerRecord, "name"),
    ("b", records.PurposeRecord, "description"),
    ("c", records.SubjectCategoryRecord, "name"),
    ("c", records.DataCategoryRecord, "name"),
    ("d", PartyRecord, "service"),
    ("e", records.TransferRecord, "country"),
    ("e", records.TransferRecord, "documentation"),
    ("f", records.RetentionRecord, "period"),
    ("g", records.MeasureRecord, "name"),
]
# What the article does not ask for, and an outsider has no business with.
NOT_ASKED = [
    (ActivityRecord, "legal_grounds"),
    (ActivityRecord, "balancing_tests"),
    (ActivityRecord, "impact_assessments"),
    (ActivityRecord, "internal_access"),
    (ActivityRecord, "owner"),
    (ActivityRecord, "reviews"),
    (ActivityRecord, "remarks"),
    (PartyRecord, "agreement_reference"),
    (Register, "statements"),
    (Register, "proposals"),
]


@pytest.mark.parametrize(("letter", "record", "field"), ASKED)
def test_what_the_article_asks_for_is_shown_with_its_letter(letter, record, field):
    assert source_of(record, field).provision == f"art. 30 nr. 1 bokstav {letter}"


@pytest.mark.parametrize(("record", "field"), NOT_ASKED)
def test_what_it_does_not_ask_for_is_not(record, field):
    assert field not in ASKED_FOR[record]
    assert source_of(record, field) is None


def test_the_table_names_fields_that_exist():
    for record, names in ASKED_FOR.items():
        assert names.keys() <= {field.name for field in fields(record)}


def test_the_internal_edition_is_the_register_itself():
    findings = check_register(FULL, law_on=LEDGER.law_on)
    edition = edition_of(FULL, Edition.INTERNAL, findings=findings)
    assert edition.register is FULL
    assert edition.findings == findings
    assert [annex.title for annex in edition.annexes] == ["Funn"]


def _stated(value, path=()):
    """Every field that says something, by record and name."""
    if isinstance(value, tuple):
        for row in value:
            yield from _stated(row, path)
    elif is_dataclass(value):
        for field in fields(value):
            found = getattr(value, field.name)
            if found != field.default and found not in ("", ()):
                yield type(value), field.name
                yield from _stated(found)


@sampled(30, 300)
@given(registers())
def test_no_field_outside_the_table_says_anything(register):
    edition = edition_of(register, Edition.EXTERNAL, findings=check_register(register, law_on=LEDGER.law_on))
    assert {
        (record, name) for record, name in _stated(edition.register) if name not in ASKED_FOR.get(record, {})
    } == set()
    assert (edition.findings, edition.annexes) == ((), ())
    assert [row.number for row in edition.register.activities] == [row.number for row in register.activities]
    # What is left can be written in every format, and names nothing that is not there.
    payload = register_payload(edition.register, edition=Edition.EXTERNAL)
    codes = {name: {row["code"] for row in payload.get(name, [])} for name in SHARED}
    for activity in payload["activities"]:
        assert {row["party"] for row in activity["disclosures"]} <= codes["parties"]
        assert {row["category"] for row in activity["data"]} <= codes["data_categories"]
        assert set(activity["safeguards"]) <= codes["measures"]


def test_shared_rows_that_nothing_names_are_left_out():
    unused = PartyRecord(code="unused", role=JOURNAL_SUPPLIER.role, service="Ingen bruker den")
    register = replace(FULL, parties=(*FULL.parties, unused))
    assert "unused" not in {row.code for row in edition_of(register, Edition.EXTERNAL).register.parties}
    assert JOURNAL_SUPPLIER.code in {row.code for row in edition_of(register, Edition.EXTERNAL).register.parties}


def test_the_json_lacks_the_keys_and_says_which_edition_it_is():
    payload = json.loads(canonical_json(SHOWN.register, edition=Edition.EXTERNAL))
    assert payload["edition"] == "external"
    assert payload["controller"].keys() == ASKED_FOR[records.ControllerRecord].keys()
    assert payload["activities"][0].keys() == ASKED_FOR[ActivityRecord].keys()
    assert "edition" not in register_payload(FULL)
    assert payload_hash(SHOWN.register, edition=Edition.EXTERNAL) != payload_hash(FULL)


def test_an_external_edition_is_not_read_as_a_register():
    """It would empty every field that it leaves out."""
    said = "Dette er en ekstern utgave."
    reading = read_register(canonical_json(SHOWN.register, edition=Edition.EXTERNAL))
    assert reading.register is None
    assert str(reading.problems[0]).startswith(said)
    assert problems(register_workbook(SHOWN, words=table_words(), ledger=OUTSIDE))[0].startswith(said)


SECRETS = ["Navneliste", "Hemmelig mappe 7", "Vurderingen av barnet", "Bare for ledelsen", "Sagt i det stille"]


def _secretive():
    """A register with something the article does not ask for in every corner."""
    names, folder, weighed, remarked, stated = SECRETS
    party = replace(JOURNAL_SUPPLIER, agreement_reference=folder)
    activity = make_activity_record(
        internal_access=names,
        description=names,
        owner=names,
        public_description=names,
        dpia_note=weighed,
        remarks=(RemarkRecord(field="owner", kind=records.RemarkKind.NOTE, text=remarked),),
        statements=(StatementRecord(topic=StatementTopic.SECURITY, text=stated),),
        disclosures=(records.DisclosureRecord(party=party, reason=names),),
        systems=(),
    )
    return make_register(
        controller=make_controller_record(),
        activities=[activity],
        parties=(party,),
        systems=(),
        statements=(StatementRecord(topic=StatementTopic.SECURITY, text=stated),),
    )


def test_nothing_else_is_in_any_format():
    register = _secretive()
    findings = check_register(register, law_on=LEDGER.law_on)
    texts = {}
    for which in Edition:
        ledger = replace(LEDGER, edition=which)
        edition = edition_of(register, which, findings=findings)
        book = opened(register_workbook(edition, words=table_words(), ledger=ledger))
        pdf = register_pdf(edition.register, ledger=ledger, findings=edition.findings)
        texts[which] = {
            "json": canonical_json(edition.register, edition=which).decode(),
            "csv": repr(raw_cells(register_csv(edition, words=table_words(), ledger=ledger))),
            "xlsx": repr([[cell.value for cell in row] for sheet in book for row in sheet]),
            "pdf": " ".join(TaggedPdf(pdf).text.split()),
        }
    for name, text in texts[Edition.INTERNAL].items():
        assert all(secret in text for secret in SECRETS), name
    for name, text in texts[Edition.EXTERNAL].items():
        assert not any(secret in text for secret in SECRETS), name
        assert "Prøveklinikken AS" in text, name
        assert register.activities[0].purposes[0].description in text, name


def test_each_format_says_that_it_is_the_external_edition_and_what_is_left_out():
    words = table_words()
    said = left_out(Edition.EXTERNAL, words)
    assert "Interesseavveiinger" in " ".join(said)
    assert "avtale" in " ".join(said)
    assert left_out(Edition.INTERNAL, words) == ()
    readme = files_of(register_csv(SHOWN, words=words, ledger=OUTSIDE))[README]
    assert "Ekstern utgave" in readme
    assert all(sentence in readme for sentence in said)
    book = opened(register_workbook(SHOWN, words=words, ledger=OUTSIDE))
    assert book.sheetnames == ["Om filen", *(words.titles[table.name] for table in tables(Edition.EXTERNAL))]
    about = [cell.value for row in book["Om filen"] for cell in row if cell.value]
    assert set(said) <= set(about)
    pdf = TaggedPdf(register_pdf(SHOWN.register, ledger=OUTSIDE, findings=())).text
    assert "Ekstern utgave" in pdf
    assert "Utelatt er grunnlag" in " ".join(pdf.split())
    assert "Tillegg" not in pdf
    assert payload_hash(SHOWN.register, edition=Edition.EXTERNAL) in pdf.replace(" ", "").replace("\n", "")
