"""Reads an XLSX file as cells, whoever wrote it: what stands in which row and column of which sheet.

Nothing in the file is trusted and nothing in it is carried out. How large it may be when it is unpacked is known
before any of it is, each part is read piece by piece, and a formula is a fault of its cell and not its result.
"""

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import BytesIO
from posixpath import join, normpath
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _

from processing.imports.problems import echo

LARGEST_FILE = 10 * 1024 * 1024
"""Bytes."""
LARGEST_UNPACKED = 50 * 1024 * 1024
"""Bytes of all parts together. A register of 1,000 full activities takes about half of it."""
MOST_PARTS = 2_000
MOST_ROWS = 30_000
"""Rows that hold something, in all sheets together."""
LAST_ROW = 100_000
LAST_COLUMN = 200
LONGEST_CELL = 32_767
"""Characters: what the spreadsheets themselves have room for."""
PIECE = 64 * 1024

WORKBOOK = "xl/workbook.xml"
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
A_CELL = re.compile("([A-Z]{1,3})([0-9]{1,7})")
A_WHOLE = re.compile("-?[0-9]{1,15}")
# Number formats that stand for dates: those without a text of their own, and the letters of those that have one.
DATE_FORMATS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
NO_PART_OF_A_DATE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
DATE_LETTERS = re.compile("[dmyDMY]")
# What a broken or a locked archive ends in, by what is broken in it.
BROKEN = (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, KeyError, ValueError, zlib.error)


class Unreadable(Exception):
    """The file is no workbook that can be read. The message says why, and what to do."""


@dataclass(frozen=True)
class Cell:
    value: str | int | float | bool | date | None
    fault: str = ""
    """What is wrong with the cell, in a sentence. Then there is no value."""


@dataclass
class Sheet:
    title: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    """Cells by number of row, from 1, and of column, from 0. Empty ones are left out."""


def read_workbook(content: bytes, *, without: frozenset[str] = frozenset()) -> list[Sheet]:
    """Return the sheets of an XLSX file in their order, but for those whose titles are in `without`.

    Raises Unreadable.
    """
    if len(content) > LARGEST_FILE:
        raise Unreadable(
            _("Filen er for stor: den kan være på høyst {limit} MB.").format(limit=LARGEST_FILE // 1024**2)
        )
    try:
        with ZipFile(BytesIO(content)) as archive:
            return _Reader(archive).sheets(without)
    except (
        BadZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        KeyError,
        ValueError,
        zlib.error,
    ) as error:
        raise Unreadable(_("Filen er ødelagt eller låst med passord. Åpne den, og lagre den på nytt.")) from error
    except expat.ExpatError as error:
        raise Unreadable(_("Filen er ødelagt. Åpne den, og lagre den på nytt.")) from error


class _Reader:
    """Reads the parts of one file."""

    def __init__(self, archive: ZipFile) -> None:
        self.archive = archive
        parts = archive.infolist()
        # What a part unpacks to beyond what is said here is not read.
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
            raise Unreadable(
                _("Filen er for stor når den pakkes ut: den kan være på høyst {limit} MB.").format(
                    limit=LARGEST_UNPACKED // 1024**2
                )
            )
        self.names = {part.filename for part in parts}
        if WORKBOOK not in self.names:
            raise Unreadable(_("Filen er ikke en arbeidsbok i XLSX. Åpne den i et regneark, og lagre den som .xlsx."))
        self.strings: list[Cell] = []
        self.dates: list[bool] = []
        self.rows = 0

    def sheets(self, without: frozenset[str]) -> list[Sheet]:
        book = _BookPart()
        self._read(WORKBOOK, book)
        targets = _Relations()
        self._read("xl/_rels/workbook.xml.rels", targets)
        if "xl/sharedStrings.xml" in self.names:
            strings = _Strings()
            self._read("xl/sharedStrings.xml", strings)
            self.strings = strings.found
        if "xl/styles.xml" in self.names:
            styles = _Styles()
            self._read("xl/styles.xml", styles)
            self.dates = styles.dates()
        found = []
        for title, key in book.sheets:
            path = normpath(join("/xl", targets.found.get(key, ""))).lstrip("/")
            # A sheet that is a drawing has no cells.
            if title not in without and path.startswith("xl/worksheets/") and path in self.names:
                part = _Cells(Sheet(title), self, first_day=date(1904, 1, 1) if book.from_1904 else None)
                self._read(path, part)
                found.append(part.sheet)
        return found

    def _read(self, name: str, part: "_Part") -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = part.started
        parser.EndElementHandler = part.ended
        parser.CharacterDataHandler = part.text
        parser.StartDoctypeDeclHandler = _refuse_doctype
        with self.archive.open(name) as file:
            while piece := file.read(PIECE):
                parser.Parse(piece, False)
            parser.Parse(b"", True)

    def count_row(self, sheet: Sheet, number: int) -> None:
        self.rows += 1
        if self.rows > MOST_ROWS or number > LAST_ROW:
            raise Unreadable(
                _("Arket «{sheet}», rad {row}: Filen har for mange rader. Den kan ha høyst {limit}.").format(
                    sheet=echo(sheet.title), row=number, limit=f"{MOST_ROWS:,}".replace(",", " ")
                )
            )


def _refuse_doctype(*args: object) -> None:
    raise Unreadable(_("Filen er ikke en vanlig arbeidsbok. Åpne den i et regneark, og lagre den på nytt."))


class _Part:
    """One part of the file, element by element. Namespaces are left out: there are two of each."""

    def started(self, name: str, attributes: Mapping[str, str]) -> None:
        self.start(name.rpartition(" ")[2], attributes)

    def ended(self, name: str) -> None:
        self.end(name.rpartition(" ")[2])

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        raise NotImplementedError

    def end(self, name: str) -> None:
        return

    def text(self, text: str) -> None:
        return


class _BookPart(_Part):
    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.from_1904 = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            key = next((value for key, value in attributes.items() if key.endswith(" id")), "")
            self.sheets.append((attributes.get("name", ""), key))
        elif name == "workbookPr":
            self.from_1904 = attributes.get("date1904") in {"1", "true"}


class _Relations(_Part):
    def __init__(self) -> None:
        self.found: dict[str, str] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship":
            self.found[attributes.get("Id", "")] = attributes.get("Target", "")


class _Styles(_Part):
    """Which looks of a cell make its number a date."""

    def __init__(self) -> None:
        self.codes: dict[str, str] = {}
        self.used: list[str] = []
        self.inside = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt":
            self.codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self.inside = True
        elif name == "xf" and self.inside:
            self.used.append(attributes.get("numFmtId", "0"))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self.inside = False

    def dates(self) -> list[bool]:
        return [
            bool(DATE_LETTERS.search(NO_PART_OF_A_DATE.sub("", self.codes[number])))
            if number in self.codes
            else number.isdecimal() and int(number[:4]) in DATE_FORMATS
            for number in self.used
        ]


class _Gathered:
    """The text of one element, as far as a cell has room for it."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0

    def add(self, text: str) -> None:
        self.length += len(text)
        if self.length <= LONGEST_CELL * 7:
            # An escaped letter takes seven.
            self.pieces.append(text)

    def cell(self) -> Cell:
        text = _unescaped("".join(self.pieces))
        if self.length > LONGEST_CELL * 7 or len(text) > LONGEST_CELL:
            return Cell(None, _("Teksten er for lang. Det er plass til {limit} tegn.").format(limit=LONGEST_CELL))
        return Cell(text or None)


class _Strings(_Part):
    """The texts that cells name by their number."""

    def __init__(self) -> None:
        self.found: list[Cell] = []
        self.now = _Gathered()
        self.in_text = self.in_reading = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "si":
            self.now = _Gathered()
        elif name == "rPh":
            # How the text is said, in a language that asks for it.
            self.in_reading = True
        elif name == "t":
            self.in_text = not self.in_reading

    def end(self, name: str) -> None:
        if name == "si":
            self.found.append(self.now.cell())
        elif name == "rPh":
            self.in_reading = False
        elif name == "t":
            self.in_text = False

    def text(self, text: str) -> None:
        if self.in_text:
            self.now.add(text)


class _Cells(_Part):
    """The cells of one sheet."""

    def __init__(self, sheet: Sheet, reader: _Reader, *, first_day: date | None) -> None:
        self.sheet = sheet
        self.reader = reader
        self.first_day = first_day
        self.row, self.column = 0, -1
        self.kind = self.look = ""
        self.is_formula = self.in_value = False
        self.now = _Gathered()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "row":
            number = attributes.get("r", "")
            self.row = int(number[:9]) if number.isdecimal() else self.row + 1
            self.column = -1
        elif name == "c":
            place = A_CELL.fullmatch(attributes.get("r", ""))
            self.column = _column(place[1]) if place else self.column + 1
            self.kind, self.look = attributes.get("t", "n"), attributes.get("s", "0")
            self.is_formula, self.now = False, _Gathered()
        elif name == "f":
            self.is_formula = True
        elif name in {"v", "t"}:
            self.in_value = True

    def end(self, name: str) -> None:
        if name in {"v", "t"}:
            self.in_value = False
        elif name == "c":
            cell = self._cell()
            if (cell.value is not None or cell.fault) and self.column <= LAST_COLUMN:
                if self.row not in self.sheet.rows:
                    self.reader.count_row(self.sheet, self.row)
                self.sheet.rows.setdefault(self.row, {})[self.column] = cell

    def text(self, text: str) -> None:
        if self.in_value:
            self.now.add(text)

    def _cell(self) -> Cell:
        if self.is_formula:
            return Cell(None, _("Her står en formel. Skriv svaret selv i stedet."))
        if self.kind in {"str", "inlineStr"}:
            return self.now.cell()
        plain = "".join(self.now.pieces).strip()
        if not plain:
            return Cell(None)
        if self.kind == "s":
            known = plain.isdecimal() and len(plain) < 9 and int(plain) < len(self.reader.strings)
            return self.reader.strings[int(plain)] if known else Cell(None, _("Cellen er ødelagt."))
        if self.kind == "b":
            return Cell(plain == "1")
        if self.kind == "e":
            return Cell(None, _("Cellen viser en feil: {error}").format(error=echo(plain)))
        if self.kind == "d":
            return _iso_day(plain)
        return self._number(plain)

    def _number(self, plain: str) -> Cell:
        try:
            number: int | float = int(plain) if A_WHOLE.fullmatch(plain) else float(plain)
        except ValueError:
            return Cell(None, _("Cellen er ødelagt."))
        if isinstance(number, float) and number.is_integer() and abs(number) < 10**15:
            number = int(number)
        look = int(self.look) if self.look.isdecimal() and len(self.look) < 6 else 0
        if look < len(self.reader.dates) and self.reader.dates[look]:
            return self._day(number)
        return Cell(number)

    def _day(self, number: int | float) -> Cell:
        if isinstance(number, float):
            return Cell(None, _("Må være en dato uten klokkeslett."))
        first = self.first_day or (date(1899, 12, 30) if number > 59 else date(1899, 12, 31))
        try:
            return Cell(first + timedelta(days=number))
        except OverflowError:
            return Cell(None, _("Er ingen dato i kalenderen."))


def _iso_day(plain: str) -> Cell:
    try:
        return Cell(date.fromisoformat(plain[:10]))
    except ValueError:
        return Cell(None, _("Er ingen dato i kalenderen."))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def column_letters(number: int) -> str:
    """Return what spreadsheets call column `number`, counted from 0."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _unescaped(text: str) -> str:
    """Letters that XML cannot hold are written as `_x0007_` in texts."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
