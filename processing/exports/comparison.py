"""What tells the register of one day from that of another, row by row and field by field, with the words marked.

Two rows are the same row as long as what people know it by is the same: an activity its number, a shared row its
code, a row of a list the columns that the caller names. What only moved within its list is no difference here.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from processing.exports.cells import CellReader, Said
from processing.exports.json import SHARED
from processing.exports.tables import ACTIVITY, CODE, Table, rows_of, tables
from processing.exports.words import Words
from processing.law.records import Register
from processing.notices.changes import Piece, told_apart

COMPANY = "controller"
ACTIVITIES = "activities"

Ways = Mapping[str, Iterable[tuple[str, ...]]]
"""By which columns a row of a table is found again, by the table's name: the first way that fits."""


class Happened(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True)
class ComparedField:
    """A field whose text differs. Nothing in `before` or `after`: it was not stated, or there was no row."""

    label: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


@dataclass(frozen=True)
class ComparedRow:
    """A row of a table. A new one or one that is gone has the fields it states."""

    table: str
    title: str
    """What the table is called."""
    name: str
    """What tells the row from its neighbours, in words."""
    happened: Happened
    fields: tuple[ComparedField, ...]


@dataclass(frozen=True)
class ComparedSubject:
    """The company (`controller`), an activity (`activities`) or a shared row (the list it is in), and what differs.

    `key` is the number of the activity or the code of the row, and empty for the company.
    """

    section: str
    key: str
    title: str
    happened: Happened
    rows: tuple[ComparedRow, ...]

    @property
    def is_activity(self) -> bool:
        return self.section == ACTIVITIES

    @property
    def field_count(self) -> int:
        return sum(len(row.fields) for row in self.rows)


Place = tuple[str, str]
Rows = dict[str, list[Said]]


def compare(before: Register, after: Register, *, words: Words, ways: Ways) -> tuple[ComparedSubject, ...]:
    """Return what differs: the company first, then activities by number, then what several of them share."""
    reader = CellReader(after, words, earlier=before)
    old, new = _subjects(before, reader.with_rules_of(before)), _subjects(after, reader)
    headings = {table.name: reader.headings(table) for table in tables()}
    found = []
    for place in sorted({*old, *new}, key=_order):
        was, now = old.get(place, {}), new.get(place, {})
        rows = [
            row
            for table in tables()
            for row in _rows(
                table,
                was.get(table.name, []),
                now.get(table.name, []),
                words,
                headings[table.name],
                tuple(ways[table.name]),
            )
        ]
        if rows:
            happened = Happened.CHANGED if was and now else Happened.ADDED if now else Happened.REMOVED
            found.append(ComparedSubject(*place, _title(place, now or was), happened, tuple(rows)))
    return tuple(found)


def _order(place: Place) -> tuple[int, int, str]:
    sections = [COMPANY, ACTIVITIES, *SHARED]
    return sections.index(place[0]), len(place[1]), place[1]


def _subjects(register: Register, reader: CellReader) -> dict[Place, Rows]:
    """The texts of each row, under what it belongs to."""
    found: defaultdict[Place, Rows] = defaultdict(dict)
    for table in tables():
        for row in rows_of(register, table):
            if table.name == ACTIVITIES:
                place = (ACTIVITIES, row["number"])
            elif table.name in SHARED:
                place = (table.name, row[CODE])
            else:
                place = (ACTIVITIES, row[ACTIVITY]) if row.get(ACTIVITY) else (COMPANY, "")
            found[place].setdefault(table.name, []).append(reader.said(table, row))
    return found


def _title(place: Place, rows: Rows) -> str:
    section, key = place
    if section == COMPANY:
        return ""
    (own,) = rows[section]
    if section == ACTIVITIES:
        return f"{key} {own['name']}"
    return ": ".join(text for text in (own.get("service", ""), own["name"]) if text)


def _rows(
    table: Table,
    before: Sequence[Said],
    after: Sequence[Said],
    words: Words,
    headings: Mapping[str, str],
    ways: tuple[tuple[str, ...], ...],
) -> Iterable[ComparedRow]:
    names = tuple(column.name for column in table.own_columns)
    found = paired(before, after, (names, *ways))
    pairs: list[tuple[Said | None, Said | None]] = [
        (None if place is None else before[place], row) for place, row in zip(found, after, strict=True)
    ]
    pairs += [(row, None) for place, row in enumerate(before) if place not in set(found)]
    for was, now in pairs:
        if was == now:
            continue
        row: Said = now or was or {}
        # A shared row is the subject itself.
        known_by = ways[0] if ways and table.name not in SHARED else ()
        yield ComparedRow(
            table=table.name,
            title=words.titles[table.name],
            name=" · ".join(row[name] for name in known_by if row.get(name)),
            happened=Happened.CHANGED if was and now else Happened.ADDED if now else Happened.REMOVED,
            fields=tuple(_fields(names, was or {}, now or {}, headings)),
        )


def _fields(names: Iterable[str], was: Said, now: Said, headings: Mapping[str, str]) -> Iterable[ComparedField]:
    for name in names:
        before, after = was.get(name, ""), now.get(name, "")
        if before != after:
            yield ComparedField(headings[name], *told_apart(before, after))


def paired(
    before: Sequence[Mapping[str, Any]], wanted: Sequence[Mapping[str, Any]], ways: Iterable[tuple[str, ...]]
) -> list[int | None]:
    """Return which of the rows `before` each of `wanted` is, or None where it is none of them.

    The first way is tried for all rows before the next, so that a row that is the same is never taken for another.
    """
    found: list[int | None] = [None] * len(wanted)
    left = set(range(len(before)))
    for way in ways:
        waiting: defaultdict[tuple[Any, ...], deque[int]] = defaultdict(deque)
        for number in sorted(left):
            waiting[tuple(before[number][name] for name in way)].append(number)
        for place, values in enumerate(wanted):
            same = waiting.get(tuple(values[name] for name in way))
            if found[place] is None and same:
                found[place] = same.popleft()
                left.discard(found[place])
    return found
