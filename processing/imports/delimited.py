"""Splits a text file into cells, as it was written by a program or saved anew by a spreadsheet."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from processing.imports.workbook import Unreadable

LARGEST_FILE = 10 * 1024 * 1024
"""Bytes."""
DELIMITERS = (";", ",", "\t")
# A cell as JSON writes it, and as spreadsheets do. Neither takes back what it has read, so that time is bounded.
JSON_CELL = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
QUOTED_CELL = re.compile(r'"[^"]*+(?:""[^"]*+)*+"')


@dataclass(frozen=True)
class Lines:
    """The rows of a file, the headings first, each a list of cells. Rows without a text are left out."""

    rows: list[tuple[int, list[str]]]
    """Number of the row as a spreadsheet counts, from 1, and its cells."""
    guess: str = ""
    """What was guessed about the file as a whole, in a sentence."""


def read_lines(content: bytes, *, fits: Callable[[list[str]], int], most: int) -> Lines:
    """Return the cells of a text file. `fits` tells how well a row of headings is understood, for each way to split.

    Raises Unreadable, also for a file with more than `most` rows below the headings.
    """
    if len(content) > LARGEST_FILE:
        raise Unreadable(
            _("Filen er for stor: den kan være på høyst {limit} MB.").format(limit=LARGEST_FILE // 1024**2)
        )
    text, guess = _decoded(content)
    if not text.strip():
        raise Unreadable(_("Filen er tom."))
    start = text[: text.find("\n") + 1] or text
    delimiter = max(DELIMITERS, key=lambda mark: fits(_Splitter(start, mark).row()))
    splitter = _Splitter(text, delimiter)
    rows, number = [], 0
    while not splitter.at_end:
        number += 1
        cells = splitter.row()
        if any(cell.strip() for cell in cells):
            rows.append((number, cells))
        if len(rows) > most + 1:
            raise Unreadable(
                _("Rad {row}: Filen har for mange rader. Den kan ha høyst {limit}.").format(row=number, limit=most)
            )
    return Lines(rows, guess)


def _decoded(content: bytes) -> tuple[str, str]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16"), _("Filen er skrevet med tegnsettet UTF-16, og er lest slik.")
        except UnicodeDecodeError as error:
            raise Unreadable(_("Filen er ødelagt, eller skrevet med et ukjent tegnsett.")) from error
    try:
        return content.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        pass
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            _("Linje {line}: Filen er skrevet med et ukjent tegnsett. Lagre den som CSV UTF-8.").format(line=line)
        ) from error
    return text, _("Filen er ikke skrevet med UTF-8. Den er lest som Windows-1252: se over æ, ø og å.")


class _Splitter:
    """Goes through a text once, row by row."""

    def __init__(self, text: str, delimiter: str) -> None:
        self.text = text
        self.delimiter = delimiter
        self.plain = re.compile(rf"[^{re.escape(delimiter)}\r\n]*")
        self.at = 0

    @property
    def at_end(self) -> bool:
        return self.at >= len(self.text)

    def row(self) -> list[str]:
        cells = [self._cell()]
        while self.text.startswith(self.delimiter, self.at):
            self.at += 1
            cells.append(self._cell())
        # Whatever ends the row: CRLF, LF or CR.
        self.at += 2 if self.text.startswith("\r\n", self.at) else 1
        return cells

    def _cell(self) -> str:
        if self.text.startswith('"', self.at):
            for pattern in (JSON_CELL, QUOTED_CELL):
                found = pattern.match(self.text, self.at)
                if found and self._ends_cell(found.end()):
                    cell = _unquoted(found[0], as_json=pattern is JSON_CELL)
                    if cell is not None:
                        self.at = found.end()
                        return cell
        found = self.plain.match(self.text, self.at)
        assert found is not None
        self.at = found.end()
        return found[0]

    def _ends_cell(self, at: int) -> bool:
        return at >= len(self.text) or self.text[at] in f"{self.delimiter}\r\n"


def _unquoted(quoted: str, *, as_json: bool) -> str | None:
    if not as_json:
        return quoted[1:-1].replace('""', '"')
    if "\\" not in quoted:
        return quoted[1:-1]
    try:
        return str(json.loads(quoted, strict=False))
    except ValueError:
        # A backslash that is only a backslash: a spreadsheet wrote it.
        return None
