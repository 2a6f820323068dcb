"""All formats of one edition say the same, field by field: each is read back by a program that is not ours."""

import dataclasses
import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from openpyxl.utils.escape import unescape
from rdflib import RDF, BNode, Graph, Namespace

from processing.exports.csv import register_csv
from processing.exports.dpv import own_term, register_jsonld
from processing.exports.dpv_terms import DESCRIBED, NAMESPACE, PREFIXES
from processing.exports.editions import RegisterEdition, edition_of
from processing.exports.json import canonical_json
from processing.exports.pdf import register_pdf
from processing.exports.tables import CODE, Column, Kind, Table, rows_of, tables
from processing.exports.xlsx import register_workbook
from processing.law.editions import Edition
from processing.law.facts import Fact
from processing.law.records import ControllerRecord, Register
from processing.register import register_as_of
from processing.services.table_words import table_words
from tests.builders import ASKED_AT, make_register
from tests.company import load_company
from tests.corrected import corrected
from tests.processing.linked import graph_of
from tests.processing.registers import registers
from tests.processing.spreadsheets import EMPTY, LEDGER, opened
from tests.processing.zipped import tables_of
from tests.sampling import sampled

Rows = dict[str, list[tuple[str, ...]]]
"""The cells of each row as text, by the name of the table: activity first where the row has one, empty where silent."""

REG = Namespace(NAMESPACE)
words = cache(table_words)


def columns(table: Table) -> list[Column]:
    """What is compared: not the number of a rule's place, which is where it stands."""
    return [column for column in table.columns if column.kind is not Kind.PLACE]


def as_text(value: Any) -> str:
    if value is None or value is Fact.NOT_STATED:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def labels(table: Table, column: Column) -> dict[str, str]:
    return dict(words().columns[table.name, column.name].choices)


def of_register(edition: RegisterEdition) -> Rows:
    """What the edition says: the register itself, with codes for terms."""
    return {
        table.name: [
            tuple(as_text(row.get(column.name)) for column in columns(table))
            for row in rows_of(edition.register, table)
        ]
        for table in tables(edition.which)
    }


def coded(table: Table, column: Column, shown: str) -> str:
    """The code or the value behind what a person reads in a cell."""
    if column.kind is Kind.TRUTH:
        return {"Ja": "True", "Nei": "False"}[shown]
    if column.kind is not Kind.TERM or not shown:
        return shown
    code = {label: code for code, label in labels(table, column).items()}[shown]
    return "" if code == Fact.NOT_STATED.value else code


def of_xlsx(edition: RegisterEdition, ledger: Any) -> Rows:
    book = opened(register_workbook(edition, words=words(), ledger=ledger))
    found: Rows = {}
    for table in tables(edition.which):
        sheet = book[words().titles[table.name]]
        heads = {cell.value: place for place, cell in enumerate(sheet[1])}
        found[table.name] = [
            tuple(
                coded(table, column, _cell(row[heads[words().columns[table.name, column.name].heading]]))
                for column in columns(table)
            )
            for row in sheet.iter_rows(min_row=2, values_only=True)
        ]
    return found


def _cell(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return unescape(value) if isinstance(value, str) else as_text(value)


def of_csv(edition: RegisterEdition, ledger: Any) -> Rows:
    read = list(tables_of(register_csv(edition, words=words(), ledger=ledger)).values())
    return {
        table.name: [
            tuple(
                coded(table, column, row[words().columns[table.name, column.name].heading]) for column in columns(table)
            )
            for row in rows
        ]
        for table, rows in zip(tables(edition.which), read, strict=False)
    }


def of_json(edition: RegisterEdition, ledger: Any) -> Rows:
    payload = json.loads(canonical_json(edition.register, edition=edition.which))
    return {
        table.name: [
            tuple(_of_json(column, row, owner) for column in columns(table))
            for owner, row in _rows_of_json(payload, table)
        ]
        for table in tables(edition.which)
    }


def _rows_of_json(payload: dict[str, Any], table: Table) -> Iterator[tuple[str, dict[str, Any]]]:
    if table.owner is ControllerRecord:
        yield from (("", row) for row in (payload["controller"] or {}).get(table.section, ()))
    elif table.owner is Register:
        found = payload[table.section]
        yield from (("", row) for row in (found if table.is_list else [found] if found else []))
    else:
        if table.of_company_too:
            yield from (("", row) for row in payload[table.section])
        for activity in payload["activities"]:
            for row in activity[table.section]:
                yield activity["number"], {CODE: row} if table.codes_only else row


def _of_json(column: Column, row: dict[str, Any], owner: str) -> str:
    if column.kind is Kind.ACTIVITY:
        return owner
    value = row[column.name]
    if column.kind is Kind.RULE and value is not None:
        return str(value + 1)
    return "" if value == Fact.NOT_STATED.value and column.term is Fact else as_text(value)


def of_jsonld(edition: RegisterEdition, ledger: Any) -> Rows:
    graph = graph_of(register_jsonld(edition, words=words(), ledger=ledger))
    numbers = {
        node: str(graph.value(node, _term("dct:identifier"))) for node in graph.subjects(RDF.type, REG["activities"])
    }
    found: Rows = {}
    for table in tables(edition.which):
        if table.codes_only:
            found[table.name] = sorted(_codes_in(graph, table, numbers))
            continue
        rows = []
        for node in graph.subjects(RDF.type, REG[table.name]):
            owner = next((numbers[one] for one in graph.subjects(None, node) if one in numbers), "")
            place = graph.value(node, REG["place"])
            cells = tuple(_said(graph, node, table, column, owner) for column in columns(table))
            rows.append((owner, int(place) if place is not None else 0, cells))
        found[table.name] = [cells for _owner, _place, cells in sorted(rows, key=_in_order)]
    return found


def _in_order(row: tuple[str, int, tuple[str, ...]]) -> tuple[int, str, int, tuple[str, ...]]:
    return len(row[0]), row[0], row[1], row[2]


def _codes_in(graph: Graph, table: Table, numbers: dict[Any, str]) -> Iterator[tuple[str, str]]:
    described = DESCRIBED.get(table.name)
    link = _term(described.link if described else f"reg:has.{table.name}")
    for node, number in numbers.items():
        for row in graph.objects(node, link):
            yield number, str(graph.value(row, _term("dct:identifier")))


def _said(graph: Graph, node: Any, table: Table, column: Column, owner: str) -> str:
    if column.kind is Kind.ACTIVITY:
        return owner
    described = DESCRIBED.get(table.name)
    term = _term((described.columns if described else {}).get(column.name, own_term(table, column.name)))
    values = list(graph.objects(node, term))
    assert len(values) <= 1, (term, values)
    if not values:
        return ""
    if isinstance(values[0], BNode):
        told = REG["place"] if column.kind is Kind.RULE else _term("dct:identifier")
        return str(graph.value(values[0], told))
    return str(values[0]).capitalize() if column.kind is Kind.TRUTH else str(values[0])


def _term(compact: str) -> Any:
    prefix, _colon, name = compact.partition(":")
    return Namespace(PREFIXES[prefix])[name]


def _by_activity(row: tuple[str, ...]) -> tuple[int, str]:
    """The order of the numbers of activities. Rows that belong to none have no number, and keep the order they have."""
    return (len(row[0]), row[0]) if re.fullmatch("A[0-9]+", row[0]) else (0, "")


READERS = {"xlsx": of_xlsx, "csv": of_csv, "json": of_json, "jsonld": of_jsonld}


def assert_agree(register: Register) -> None:
    for which in Edition:
        edition = edition_of(register, which)
        ledger = replace(LEDGER, edition=which)
        said = of_register(edition)
        assert said.keys() == {table.name for table in tables(which)}
        for name, read in READERS.items():
            found = read(edition, ledger)
            for table in tables(which):
                expected = said[table.name]
                if name == "jsonld":
                    # RDF has no order but that of `place`, and none for what is named by its code alone.
                    order = None if table.codes_only or table.owner is Register else _by_activity
                    expected = sorted(expected, key=order)
                    found[table.name] = sorted(found[table.name], key=order)
                assert found[table.name] == expected, (name, which, table.name)


@pytest.mark.django_db
@pytest.mark.parametrize("answered", [False, True], ids=["as it is loaded", "with every gap closed"])
def test_of_the_companys_register(answered):
    load_company(ASKED_AT)
    register = register_as_of(ASKED_AT)
    assert len(register.activities) == 14
    assert_agree(corrected(register) if answered else register)


@pytest.mark.parametrize("register", [make_register(), EMPTY], ids=["everything stated", "before it existed"])
def test_of_a_register_of_the_tests(register):
    assert_agree(register)


@sampled(12, 300)
@given(registers())
def test_of_any_register(register):
    assert_agree(register)


# The PDF is for people: it says what is stated in words, and a text once where it stands in several places.


def marked(register: Register) -> tuple[Register, dict[str, str]]:
    """The register with a word of its own for every text, and the texts by their words."""
    given: dict[str, str] = {}

    def told(value: Any, name: str, record: type) -> Any:
        if isinstance(value, tuple):
            return tuple(told(row, "", type(row)) for row in value)
        if dataclasses.is_dataclass(value):
            return replace(value, **{
                field.name: told(getattr(value, field.name), field.name, type(value))
                for field in dataclasses.fields(value)
            })  # fmt: skip
        if type(value) is str and value and name not in UNTOUCHED:
            return given.setdefault(value, f"ord{len(given)}slutt")
        return value

    return told(register, "", Register), given


UNTOUCHED = {"code", "number", "country", "gap", "field", "purpose", "value"}
"""What is not free text: codes, and texts that repeat another or are shown as the words of a code."""


def pdf_text(edition: RegisterEdition, ledger: Any) -> str:
    content = register_pdf(edition.register, ledger=ledger, findings=edition.findings)
    run = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
    return run.stdout.decode()


def assert_the_pdf_agrees(register: Register) -> None:
    register, given = marked(register)
    for which in Edition:
        edition = edition_of(register, which)
        text = re.sub(r"[\s\u00ad-]", "", pdf_text(edition, replace(LEDGER, edition=which)))
        said = {
            cell
            for name, rows in of_register(edition).items()
            for row in rows
            for cell in row
            if re.fullmatch(r"ord\d+slutt", cell)
        }
        assert {word for word in said if word not in text} == set(), which
        outside = set(given.values()) - said
        assert {word for word in outside if word in text} == set(), which


def test_the_pdf_says_every_text_of_a_full_register():
    assert_the_pdf_agrees(make_register())


@sampled(2, 40)
@given(registers())
def test_the_pdf_says_every_text_of_any_register(register):
    assert_the_pdf_agrees(register)
