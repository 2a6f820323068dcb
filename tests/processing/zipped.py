"""Reads our zip of CSV files as another program does: with the standard library, and the rule of LESMEG.txt."""

import csv
from io import BytesIO, StringIO
from zipfile import ZipFile

from processing.exports.csv import plain


def files_of(content: bytes) -> dict[str, str]:
    """The text of each file, by its name."""
    with ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        # A byte order mark is not text.
        return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def raw_cells(content: bytes) -> dict[str, list[list[str]]]:
    """The rows of each table with its headings, by the name of the file without number and ending."""
    return {
        name[3:-4]: list(csv.reader(StringIO(text, newline=""), delimiter=";", strict=True))
        for name, text in files_of(content).items()
        if name.endswith(".csv")
    }


def tables_of(content: bytes) -> dict[str, list[dict[str, str]]]:
    """The rows of each table by heading, as the texts that were written."""
    found = {}
    for name, (headings, *rows) in raw_cells(content).items():
        found[name] = [dict(zip(headings, map(plain, row), strict=True)) for row in rows]
    return found
