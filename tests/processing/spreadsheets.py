"""Workbooks for tests: ours with cells put in by hand, and broken ones made part by part."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl

from processing.exports.editions import edition_of
from processing.exports.ledger import ExportLedger
from processing.exports.xlsx import register_workbook, template_workbook
from processing.imports.json import Reading
from processing.imports.xlsx import read_register
from processing.law.editions import Edition
from processing.law.records import Register
from processing.services.columns import misfits
from processing.services.table_words import table_words

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
LEDGER = ExportLedger(
    document_id="MKT-2026-PRVPRV", as_of=date(2026, 11, 22), law_on=date(2026, 11, 22), printed_at=NOW
)
EMPTY = Register(moment=NOW)


def exported(register: Register) -> bytes:
    return register_workbook(edition_of(register, Edition.INTERNAL), words=table_words(), ledger=LEDGER)


def template(register: Register = EMPTY) -> bytes:
    return template_workbook(register, words=table_words())


def opened(content: bytes) -> Any:
    """The workbook as another program reads it."""
    return openpyxl.load_workbook(BytesIO(content))


def filled(rows: dict[str, list[dict[str, Any]]], content: bytes | None = None) -> bytes:
    """Write rows below the headings of a workbook of ours, as a person does: sheet, then heading and value."""
    book = opened(content or template())
    for title, found in rows.items():
        sheet = book[title]
        columns = {cell.value: cell.column for cell in sheet[1]}
        for row in found:
            number = sheet.max_row + 1
            for heading, value in row.items():
                sheet.cell(number, columns[heading]).value = value
    return saved(book)


def saved(book: Any) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def read(content: bytes, present: Register = EMPTY) -> Reading:
    return read_register(content, words=table_words(), present=present, misfits=misfits)


def problems(content: bytes, present: Register = EMPTY) -> list[str]:
    reading = read(content, present)
    assert reading.register is None
    return [str(problem) for problem in reading.problems]


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The file with one of its parts changed. A part that is not there is made of nothing."""
    file = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part, old.read(part))
        new.writestr(name, change(old.read(name) if name in old.namelist() else b""))
    return file.getvalue()


def part_of(content: bytes, title: str) -> str:
    """The name of the part that holds a sheet."""
    with ZipFile(BytesIO(content)) as archive:
        titles = re.findall(r'<sheet [^>]*name="([^"]+)"', archive.read("xl/workbook.xml").decode())
    return f"xl/worksheets/sheet{titles.index(title) + 1}.xml"
