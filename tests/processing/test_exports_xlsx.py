"""The register as a workbook: what is in the cells, that nothing in it can be carried out, and the same bytes."""

import re
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given

from processing.exports.editions import edition_of
from processing.exports.tables import TITLES, rows_of, tables
from processing.exports.xlsx import OURS, register_workbook
from processing.law.checks import check_register
from processing.law.editions import Edition
from processing.services.table_words import LONGEST_TITLE, model_of, table_words
from tests.builders import make_activity_record, make_controller_record, make_register
from tests.processing.registers import registers
from tests.processing.spreadsheets import EMPTY, LEDGER, exported, opened, part_of, read, template
from tests.sampling import sampled

# Whether a row holds what must be true together is asked of the database.
pytestmark = pytest.mark.django_db

HOSTILE = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "<script>", "{=1}", "'=1", "_x0041_", "_x005F_"]


def test_every_list_of_the_records_has_a_sheet_with_a_title_of_its_own():
    words = table_words()
    titles = [words.titles[table.name] for table in tables()]
    assert len({title.casefold() for title in titles}) == len(titles)
    assert all(0 < len(title) <= LONGEST_TITLE for title in titles)
    assert not set(titles) & set(OURS)
    assert {table.name for table in tables()} >= TITLES.keys()


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_the_headings_of_a_sheet_differ_and_every_column_has_help(table):
    words = [table_words().columns[table.name, column.name] for column in table.columns]
    assert len({one.heading.casefold() for one in words}) == len(words)
    assert all(one.heading for one in words)
    assert model_of(table)._meta.verbose_name


def test_the_same_register_gives_the_same_bytes():
    register = make_register()
    findings = check_register(register, law_on=LEDGER.law_on)
    assert findings
    assert exported(register) == exported(register)
    assert template(register) == template(register)
    assert exported(register) != exported(replace(register, activities=()))


def test_a_sheet_has_a_frozen_head_a_filter_help_and_lists_to_choose_from():
    book = opened(exported(make_register()))
    for table in tables():
        sheet = book[table_words().titles[table.name]]
        assert sheet.freeze_panes.endswith("2")
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.max_row - 1 == len(list(rows_of(make_register(), table)))
        assert any(cell.comment for cell in sheet[1])
    rules = {str(rule.sqref): rule for rule in book["Grunnlag art. 6"].data_validations.dataValidation}
    basis = next(rule for rule in rules.values() if rule.promptTitle == "grunnlag")
    assert (basis.type, basis.showErrorMessage, basis.prompt) == ("list", True, "Art. 6 nr. 1.")
    column, last = re.search(r"\$([A-Z])\$1:\$\1\$(\d+)", basis.formula1).groups()
    words = [book["Lister"][f"{column}{row}"].value for row in range(1, int(last) + 1)]
    assert words[:2] == ["Samtykke", "Avtale"]
    assert len(words) == 6


def test_dates_and_numbers_are_dates_and_numbers():
    book = opened(exported(make_register()))
    rule = {cell.value: column[1] for column in book["Lagringstider"].columns for cell in column[:1]}
    assert isinstance(rule["tid"].value, int)
    dated = [cell for sheet in book for row in sheet for cell in row if cell.is_date]
    assert dated


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text_in_every_cell_and_comes_back(text):
    register = make_register(
        controller=make_controller_record(legal_name=text, city=text),
        activities=[make_activity_record(name=text, description=text, owner=text, internal_access=text)],
    )
    content = exported(register)
    with ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                assert b"<f>" not in archive.read(name)
                assert b"<hyperlink" not in archive.read(name)
    assert read(content, EMPTY).register == register
    if text.startswith(("=", "+", "-", "@")):
        cell = opened(content)["Aktiviteter"]["C2"]
        assert cell.data_type == "s"
        assert cell.quotePrefix


def test_what_the_rules_say_stands_in_a_sheet_of_its_own():
    register = make_register()
    findings = check_register(register, law_on=LEDGER.law_on)

    edition = edition_of(register, Edition.INTERNAL, findings=findings)
    book = opened(register_workbook(edition, words=table_words(), ledger=LEDGER))
    assert [row[5].value for row in book["Funn"].iter_rows(min_row=2)] == [finding.code for finding in findings]
    assert book["Om filen"]["B3"].value == LEDGER.document_id


def test_the_template_is_empty_but_for_what_is_shared():
    book = opened(template(make_register()))
    shared = {"Grupper av personer", "Slag opplysninger", "Mottakere", "Sikkerhetstiltak", "Systemer", "Situasjoner"}
    for table in tables():
        title = table_words().titles[table.name]
        assert (book[title].max_row > 1) == (title in shared), title
    assert "Funn" not in book.sheetnames


@sampled(15, 300)
@given(registers())
def test_any_register_comes_back_as_it_was(register):
    reading = read(exported(register), EMPTY)
    assert [str(problem) for problem in reading.problems] == []
    assert reading.register == register


def test_the_sheet_of_a_part_can_be_found():
    assert part_of(template(), "Om filen") == "xl/worksheets/sheet1.xml"
