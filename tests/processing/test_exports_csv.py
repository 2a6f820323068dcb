"""The register as CSV: tables that every program can split, and no cell that a spreadsheet can carry out."""

import csv
import re
from dataclasses import replace
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processing.exports.csv import NEUTRALISED, README, neutral, plain, register_csv
from processing.exports.editions import edition_of
from processing.exports.json import payload_hash
from processing.exports.tables import tables
from processing.law.checks import check_register
from processing.law.editions import Edition
from processing.services.table_words import table_words
from tests.builders import make_activity_record, make_controller_record, make_register
from tests.processing.spreadsheets import EMPTY, LEDGER
from tests.processing.zipped import files_of, raw_cells, tables_of
from tests.sampling import sampled

STARTS_A_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")

# What a cell says, and how it is written. The rule is that of LESMEG.txt.
NEUTRALISED_CELLS = [
    ("=1+1", "'=1+1"),
    ("+47 22 00 00 00", "'+47 22 00 00 00"),
    ("-2+3", "'-2+3"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("\t=1", "'\t'=1"),
    ("\rtekst", "'\rtekst"),
    ("  =1", "  '=1"),
    ("\ufeff=1", "\ufeff'=1"),
    ("＝1", "'＝1"),
    ("'=1", "''=1"),
    ("'", "''"),
    # Opened with commas instead of semicolons, the cell ends here and another one begins.
    ("Navn,=cmd|' /C calc'!A0", "Navn,'=cmd|' /C calc'!A0"),
    ('a;"=1', "a;\"'=1"),
    ("To linjer:\n- den ene\n- den andre", "To linjer:\n'- den ene\n'- den andre"),
    ("", ""),
    ("Formål, og så videre", "Formål, og så videre"),
    ("2 + 2 = 4", "2 + 2 = 4"),
    ("e-post", "e-post"),
]


def written(register, which=Edition.INTERNAL, ledger=LEDGER):
    return register_csv(edition_of(register, which), words=table_words(), ledger=replace(ledger, edition=which))


@pytest.mark.parametrize(("text", "cell"), NEUTRALISED_CELLS)
def test_what_could_start_a_formula_gets_an_apostrophe_and_comes_back(text, cell):
    assert neutral(text) == cell
    assert plain(cell) == text


@sampled(300, 5000)
@given(st.text("=+-@'\",;\t\r\n ab＝\u200b", max_size=12))
def test_no_cell_starts_a_formula_whatever_it_is_split_at(text):
    assert plain(neutral(text)) == text
    for separator in (None, ",", ";", "\t", "\n", "\r"):
        for piece in neutral(text).split(separator) if separator else [neutral(text)]:
            assert piece.lstrip(' "\u200b')[:1] not in {*"=+-@＝"}
    assert not STARTS_A_FORMULA.match(neutral(text))


@pytest.mark.parametrize("text", [text for text, _cell in NEUTRALISED_CELLS if text])
def test_hostile_text_is_text_in_every_cell_of_the_file(text):
    register = make_register(
        controller=make_controller_record(legal_name=text, city=text),
        activities=[make_activity_record(name=text, description=text, owner=text, internal_access=text)],
    )
    content = written(register)
    cells = [cell for rows in raw_cells(content).values() for row in rows for cell in row]
    assert [cell for cell in cells if STARTS_A_FORMULA.match(cell)] == []
    assert tables_of(content)["aktiviteter"][0]["intern beskrivelse"] == text
    assert tables_of(content)["virksomheten"][0]["poststed"] == text


def test_the_rule_in_the_readme_gives_the_text_back():
    """What LESMEG.txt tells the reader to run is run."""
    rule = next(line for line in files_of(written(make_register()))[README].splitlines() if line.startswith("re.sub"))
    for text, cell in NEUTRALISED_CELLS:
        assert eval(rule, {"re": re, "celle": cell}) == text
    assert NEUTRALISED.pattern in rule


def test_the_file_is_what_a_norwegian_excel_opens():
    with ZipFile(BytesIO(written(make_register()))) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            assert content.startswith(b"\xef\xbb\xbf")
            assert content.endswith(b"\r\n")
            assert re.fullmatch(r"LESMEG\.txt|\d\d-[a-z0-9-]+\.csv", name)
        heads = archive.read("02-aktiviteter.csv").decode("utf-8-sig").splitlines()[0]
    assert heads.startswith('"nummer";"kode";')


def test_every_table_is_there_and_its_key_tells_the_rows_apart():
    content = written(
        make_register(activities=[make_activity_record(number="A01"), make_activity_record(number="A02")])
    )
    files = files_of(content)
    names = [name for name in files if name.endswith(".csv")]
    assert len(names) == len(tables()) + 2  # findings and columns
    for name in names:
        rows = list(csv.DictReader(StringIO(files[name], newline=""), delimiter=";"))
        said = next(line for line in files[README].splitlines() if line.startswith(name))
        assert f"{len(rows)} rad" in said
        if key := re.search(r"Nøkkel: (.+)\.$", said):
            keys = [tuple(row[heading] for heading in key[1].split(", ")) for row in rows]
            assert len(set(keys)) == len(rows), name
        else:
            assert len(rows) <= 1


def test_the_same_edition_gives_the_same_bytes_and_holds_no_other_time():
    register = make_register()
    assert written(register) == written(register)
    assert written(register) != written(replace(register, activities=()))
    with ZipFile(BytesIO(written(register))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.compress_type for entry in archive.infolist()} == {0}


def test_the_readme_says_which_document_it_is():
    register = make_register()
    read = files_of(written(register))[README]
    assert f"Dokument-id: {LEDGER.document_id}\r\n" in read
    assert "Registeret slik det var: 2026-11-22\r\n" in read
    assert "Loven slik den var: 2026-11-22\r\n" in read
    assert f"Innholdets hash: {payload_hash(register)}\r\n" in read
    assert "UTELATT" not in read


def test_a_register_that_did_not_exist_says_so():
    content = written(EMPTY)
    assert "Registeret var tomt." in files_of(content)[README]
    assert all(rows == [] for name, rows in tables_of(content).items() if name != "kolonner")


def test_findings_stand_in_a_table_of_their_own():
    register = make_register()
    findings = check_register(register, law_on=LEDGER.law_on)
    edition = edition_of(register, Edition.INTERNAL, findings=findings)
    found = tables_of(register_csv(edition, words=table_words(), ledger=LEDGER))["funn"]
    assert [row["kode"] for row in found] == [finding.code for finding in findings]
    assert findings


def test_every_column_is_explained():
    content = written(make_register())
    explained = {(row["fil"], row["kolonne"]): row for row in tables_of(content)["kolonner"]}
    heads = {name: next(csv.reader(StringIO(text), delimiter=";")) for name, text in files_of(content).items()}
    for name, headings in heads.items():
        for heading in headings if name[:2].isdigit() and "funn" not in name and "kolonner" not in name else ():
            assert (name, heading) in explained or heading == "nr."
    basis = explained["04-grunnlag-art-6.csv", "grunnlag"]
    assert basis["navn i JSON"] == "legal_grounds.basis"
    assert "Samtykke (a)" in basis["mulige svar (og koden i JSON)"]
