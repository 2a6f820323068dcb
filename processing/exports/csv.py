"""The register as tables of plain text: a zip with a CSV file for each kind of row, and a text that explains them.

UTF-8 with a byte order mark and semicolons, because that is what a Norwegian Excel opens right on a double click, and
LibreOffice as well; every cell in quotation marks and lines ended with CRLF (RFC 4180). Nothing is packed tight, so
that the bytes depend on no library: the same edition, words and ledger give the same file.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from processing.exports.annexes import Cell
from processing.exports.archive import packed
from processing.exports.editions import RegisterEdition
from processing.exports.imprint import emptiness, imprint, left_out
from processing.exports.ledger import ExportLedger
from processing.exports.tables import ACTIVITY, CODE, NUMBER, Row, Table, rows_of, tables
from processing.exports.words import Words
from processing.law.records import ActivityRecord

README = "LESMEG.txt"

WITHOUT_NORDIC = str.maketrans("æøå", "eoa")

# Where a spreadsheet could take a character for the first of a cell: also behind what another spreadsheet, or one in
# another language, splits at.
FIRST = r"(?:\A|[,;\t\r\n])[\s\"\u200b-\u200f\u2060\ufeff]*+"
ACTIVE = re.compile(rf"\A(?=[\t\r\n])|{FIRST}(?=['=+\-@＝＋－＠])")
NEUTRALISED = re.compile(rf"({FIRST})'")


def register_csv(edition: RegisterEdition, *, words: Words, ledger: ExportLedger) -> bytes:
    """Return the edition as a zip of CSV files."""
    found = [*_tables(edition, words), *_annexes(edition)]
    found.append(_columns(edition, words, found))
    readme = _lines(_readme(edition, words, ledger, found)).encode("utf-8-sig")
    files = ((file.name(place), file.content().encode("utf-8-sig")) for place, file in enumerate(found, start=1))
    return packed([(README, readme), *files])


def neutral(text: str) -> str:
    """Return `text` with an apostrophe wherever a spreadsheet could take what follows for the start of a formula.

    An apostrophe that stands in such a place gets one too, so that `plain` gives the text back.
    """
    return ACTIVE.sub(lambda found: f"{found[0]}'", text)


def plain(cell: str) -> str:
    """Return the text that `neutral` was given."""
    return NEUTRALISED.sub(r"\1", cell)


@dataclass(frozen=True)
class _File:
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    key: tuple[str, ...]
    """The headings that tell its rows apart. None where there is but one row."""
    empty: str = ""
    """What is said of a table without rows."""

    def name(self, place: int) -> str:
        return f"{place:02}-{slugify(self.title.lower().translate(WITHOUT_NORDIC))}.csv"

    def content(self) -> str:
        text = StringIO()
        writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow([neutral(heading) for heading in self.headings])
        writer.writerows([_text(cell) for cell in row] for row in self.rows)
        return text.getvalue()


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    return neutral(cell) if isinstance(cell, str) else cell.isoformat() if isinstance(cell, date) else str(cell)


def _tables(edition: RegisterEdition, words: Words) -> Iterator[_File]:
    for table in tables(edition.which):
        columns = [words.columns[table.name, column.name].heading for column in table.columns]
        headings = dict(zip((column.name for column in table.columns), columns, strict=True))
        key = _key(table)
        if NUMBER in key:
            headings = {name: headings[name] for name in key if name in headings} | {NUMBER: _("nr.")} | headings
        rows = _numbered(rows_of(edition.register, table))
        yield _File(
            title=words.titles[table.name],
            headings=tuple(headings.values()),
            rows=tuple(tuple(_value(table, words, row, name) for name in headings) for row in rows),
            key=tuple(headings[name] for name in key),
        )


def _key(table: Table) -> tuple[str, ...]:
    """The columns that tell rows apart: a code of their own, or else the activity and a number."""
    names = {column.name for column in table.columns}
    if not table.is_list:
        return ()
    if table.owner is ActivityRecord:
        return (ACTIVITY, NUMBER)
    return next(((name,) for name in ("number", CODE) if name in names), (NUMBER,))


def _numbered(rows: Iterable[Row]) -> Iterator[Row]:
    """Number the rows of each activity, and those of the company, from 1."""
    count: Counter[str] = Counter()
    for row in rows:
        count[row.get(ACTIVITY, "")] += 1
        yield {**row, NUMBER: count[row.get(ACTIVITY, "")]}


def _value(table: Table, words: Words, row: Row, name: str) -> Cell:
    column = next((column for column in table.columns if column.name == name), None)
    return words.value(table, column, row.get(name)) if column else row[name]


def _annexes(edition: RegisterEdition) -> Iterator[_File]:
    number = _("nr.")
    for annex in edition.annexes:
        rows = tuple((place, *row) for place, row in enumerate(annex.rows, start=1))
        yield _File(annex.title, (number, *annex.headings), rows, (number,), annex.empty)


def _columns(edition: RegisterEdition, words: Words, files: Sequence[_File]) -> _File:
    """A table of the columns of the others: what stands there, and which values of a closed list it may be."""
    rows = []
    for place, (table, file) in enumerate(zip(tables(edition.which), files, strict=False), start=1):
        for column in table.columns:
            said = words.columns[table.name, column.name]
            allowed = ", ".join(f"{label} ({code})" for code, label in said.choices)
            rows.append((file.name(place), said.heading, f"{table.name}.{column.name}", said.help, allowed))
    headings = (_("fil"), _("kolonne"), _("navn i JSON"), _("hva som står der"), _("mulige svar (og koden i JSON)"))
    return _File(_("Kolonner"), headings, tuple(rows), headings[:2])


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\r\n" for line in lines)


def _readme(edition: RegisterEdition, words: Words, ledger: ExportLedger, files: Sequence[_File]) -> Iterator[str]:
    register = edition.register
    yield _("PROTOKOLL OVER BEHANDLINGSAKTIVITETER")
    if register.controller and register.controller.legal_name:
        yield " ".join(register.controller.legal_name.split())
    yield ""
    for label, value in imprint(edition, ledger):
        yield f"{label}: {value}"
    yield _("Hashen er SHA-256 av registeret som kanonisk JSON, den filen du får med formatet JSON.")
    if sentence := emptiness(edition):
        yield from ("", sentence)
    if sentences := left_out(edition.which, words):
        yield from ("", _("UTELATT"), *sentences)
    yield from ("", _("SLIK ER FILENE SKREVET"), *_form())
    yield from ("", _("FILENE"))
    for place, file in enumerate(files, start=1):
        count = ngettext("{count} rad", "{count} rader", len(file.rows)).format(count=len(file.rows))
        key = _("Nøkkel: {columns}.").format(columns=", ".join(file.key)) if file.key else _("Bare én rad.")
        said = f"{file.name(place)}: {file.title}. {count}. {key}"
        yield said if file.rows or not file.empty else f"{said} {file.empty}"


def _form() -> list[str]:
    return [
        _("Hver fil er en tabell. Den første raden er overskriftene, og hver rad etter den er én ting."),
        _("Tegnsettet er UTF-8 med BOM, skilletegnet er semikolon, og hver celle står i anførselstegn."),
        _("En norsk Excel og LibreOffice åpner filene riktig. Velg semikolon og UTF-8 om programmet spør."),
        _("En tom celle betyr «ikke oppgitt», aldri nei. Datoer står som 2026-11-23."),
        _("Rader som hører til en aktivitet, har nummeret dens først. Er det tomt, gjelder raden virksomheten."),
        _("Mottakere, slag, grupper og tiltak står i egne filer. De andre filene viser til koden."),
        _("Ingen celle kan bli kjørt som formel. Der et regneark kunne tatt et tegn for starten på en formel,"),
        _("står det en apostrof foran. Det gjelder = + - @ og apostrof, først i cellen eller etter komma,"),
        _("semikolon, tabulator og linjeskift. En celle som begynner med tabulator eller linjeskift, får den også."),
        _("Teksten blir som den var når du tar bort én apostrof hvert slikt sted. I Python:"),
        f're.sub(r"""{NEUTRALISED.pattern}""", r"\\1", celle)',
    ]
