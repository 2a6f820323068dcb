"""Figures of other apps, a chapter a table. They are no part of the register, and come with the internal edition."""

from collections.abc import Iterable
from itertools import groupby

from mktnorge.figures import FigureRow, FigureTable
from processing.exports.register_document.parts import Entry, Group, Part, Row
from processing.exports.register_document.rows import row_of
from processing.exports.register_document.wording import printable


def figure_parts(tables: Iterable[FigureTable]) -> tuple[Part, ...]:
    return tuple(_part(number, table) for number, table in enumerate(tables, start=1))


def _part(number: int, table: FigureTable) -> Part:
    groups = groupby(table.rows, key=lambda row: row.group)
    return Part(
        anchor=f"tall-{number}",
        title=printable(table.title),
        lead=printable(table.lead),
        groups=tuple(
            Group(title=printable(title), rows=tuple(_row(row) for row in rows), addition=True)
            for title, rows in groups
        ),
    )


def _row(row: FigureRow) -> Row:
    said = " · ".join(f"{label}: {figure}" for label, figure in row.figures)
    return row_of("figures", printable(row.label), [Entry(text=printable(said))])
