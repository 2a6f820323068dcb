"""The register as tables: one a kind of row, described by the records themselves.

A new list in the records becomes a table by itself, and gets a short title in `TITLES` where its name is too long for
a sheet. Rows that belong to an activity name it by its number; an empty number means the company as a whole. What
several activities share is named by its code, and a retention rule by its place in the activity's list, from 1.
"""

import dataclasses
import types
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, replace
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from processing.exports.json import SHARED
from processing.law.article_30 import asked_for
from processing.law.editions import Edition
from processing.law.records import ActivityRecord, ControllerRecord, DataRecord, Register, RetentionRecord
from processing.law.terms import N_, LawTerm

TITLES = {
    "controller": N_("Virksomheten"),
    "activities": N_("Aktiviteter"),
    "purposes": N_("Formål"),
    "legal_grounds": N_("Grunnlag art. 6"),
    "special_grounds": N_("Vilkår art. 9"),
    "data": N_("Opplysninger"),
    "retention": N_("Lagringstider"),
    "disclosures": N_("Hvem som får"),
    "transfers": N_("Overføringer"),
    "transfer_assessments": N_("Vurdering av overføring"),
    "balancing_tests": N_("Interesseavveiinger"),
    "screening": N_("Trengs DPIA"),
    "impact_assessments": N_("DPIA"),
    "safeguards": N_("Egne tiltak"),
    "systems_in_use": N_("Systemer i bruk"),
    "trackers": N_("Informasjonskapsler"),
    "sources": N_("Kilder"),
    "collection": N_("Innsamling"),
    "statements": N_("Utsagn"),
    "remarks": N_("Merknader"),
    "proposals": N_("Forslag"),
    "reviews": N_("Gjennomganger"),
    "translations": N_("Oversettelser"),
    "joint_controllers": N_("Felles ansvar"),
    "review_routines": N_("Rutiner"),
    "subject_categories": N_("Grupper av personer"),
    "data_categories": N_("Slag opplysninger"),
    "parties": N_("Mottakere"),
    "measures": N_("Sikkerhetstiltak"),
    "systems": N_("Systemer"),
    "situations": N_("Situasjoner"),
}
"""What the sheet of a table is called: at most 31 characters."""

ACTIVITY = "activity"
NUMBER = "nr"
CODE = "code"

REQUIRED: Any = object()
"""The default of a column that must be stated."""


class Kind(Enum):
    """What a cell of a column holds."""

    TEXT = "text"
    WHOLE = "whole"
    DATE = "date"
    TRUTH = "truth"
    TERM = "term"
    SHARED = "shared"
    """The code of a row that several activities share."""
    RULE = "rule"
    """The place of a retention rule of the same activity, from 1."""
    PLACE = "place"
    """The place of the row itself, from 1, for others to name."""
    ACTIVITY = "activity"
    """The number of the activity the row belongs to."""


@dataclass(frozen=True)
class Column:
    name: str
    """The field of the record."""
    kind: Kind
    term: type[LawTerm] | None = None
    section: str = ""
    """The list that the code is in, for `SHARED`."""
    optional: bool = False
    """The record has None where nothing is stated."""
    default: Any = REQUIRED
    """What the record says when nothing is stated."""

    @property
    def is_required(self) -> bool:
        """True when the record must say something here."""
        return self.default is REQUIRED and not self.optional and self.kind is not Kind.PLACE


@dataclass(frozen=True)
class Table:
    name: str
    """Unique: `systems` are all there are, `systems_in_use` those of an activity."""
    section: str
    """The name of the list in the record that it is part of."""
    owner: type
    """`Register`, `ControllerRecord` or `ActivityRecord`."""
    record: type
    """What each row is."""
    columns: tuple[Column, ...]
    is_list: bool = True
    of_company_too: bool = False
    """Rows without an activity are a list of the register."""
    codes_only: bool = False
    """The list holds shared rows, and the table their codes."""

    @property
    def own_columns(self) -> tuple[Column, ...]:
        """The columns that are fields of the record."""
        return tuple(column for column in self.columns if column.kind not in {Kind.ACTIVITY, Kind.PLACE})


Row = dict[str, Any]
"""A value for each column: text, a whole number, a date, true or false, a term, or None where nothing is stated."""


@cache
def tables(edition: Edition = Edition.INTERNAL) -> tuple[Table, ...]:
    """Return the tables in the order in which they are read: the company, the activities, their lists, what is shared.

    An edition has those tables, and in them those columns, that it does not leave out.
    Raises TypeError for a field of a record that fits no cell.
    """
    if edition is Edition.INTERNAL:
        return _all_tables()
    found = []
    for table in _all_tables():
        if asked_for(table.owner, table.section):
            columns = tuple(column for column in table.columns if _is_asked_for(table, column))
            found.append(replace(table, columns=columns))
    return tuple(found)


def _is_asked_for(table: Table, column: Column) -> bool:
    places = column.kind in {Kind.ACTIVITY, Kind.PLACE}
    return places or asked_for(table.record, column.name)


def _all_tables() -> tuple[Table, ...]:
    register, activity, controller = (_hints(record) for record in (Register, ActivityRecord, ControllerRecord))
    lists = {name for name in register if name in activity}
    found = [
        Table("controller", "controller", Register, ControllerRecord, _columns(ControllerRecord), is_list=False),
        Table("activities", "activities", Register, ActivityRecord, _columns(ActivityRecord)),
    ]
    number = Column(ACTIVITY, Kind.ACTIVITY)
    for name, item in _lists_of(activity):
        own = (Column(CODE, Kind.SHARED, section=_SECTIONS[item]),) if item in _SECTIONS else _columns(item)
        place = (Column(NUMBER, Kind.PLACE),) if item is RetentionRecord else ()
        found.append(
            Table(
                f"{name}_in_use" if name in SHARED else name,
                name,
                ActivityRecord,
                item,
                (number, *place, *own),
                of_company_too=name in lists and name not in SHARED,
                codes_only=item in _SECTIONS,
            )
        )
    found += [Table(name, name, ControllerRecord, item, _columns(item)) for name, item in _lists_of(controller)]
    known = {"activities", *SHARED} | {table.section for table in found if table.of_company_too}
    found += [
        Table(name, name, Register, item, _columns(item)) for name, item in _lists_of(register) if name not in known
    ]
    return (*found, *(Table(name, name, Register, record, _columns(record)) for name, record in SHARED.items()))


def rows_of(register: Register, table: Table) -> Iterator[Row]:
    """Yield the rows of a table. What belongs to the company stands before what belongs to an activity."""
    if table.owner is ControllerRecord:
        for record in getattr(register.controller, table.section) if register.controller else ():
            yield _row(table, record)
    elif not table.is_list:
        record = getattr(register, table.section)
        if record is not None:
            yield _row(table, record)
    elif table.owner is Register:
        for record in getattr(register, table.section):
            yield _row(table, record)
    else:
        for record in getattr(register, table.section) if table.of_company_too else ():
            yield {ACTIVITY: "", **_row(table, record)}
        for activity in register.activities:
            for place, record in enumerate(getattr(activity, table.section), start=1):
                yield {ACTIVITY: activity.number, NUMBER: place, **_row(table, record, activity)}


def _row(table: Table, record: Any, activity: ActivityRecord | None = None) -> Row:
    if table.codes_only:
        return {CODE: record.code}
    row = {}
    for column in table.own_columns:
        value = getattr(record, column.name)
        if column.kind is Kind.SHARED:
            value = value.code if value is not None else None
        elif column.kind is Kind.RULE and value is not None and activity is not None:
            value = activity.retention.index(value) + 1
        row[column.name] = value
    return row


def _lists_of(hints: Mapping[str, Any]) -> Iterator[tuple[str, type]]:
    for name, hint in hints.items():
        if get_origin(hint) is tuple:
            yield name, get_args(hint)[0]


def _columns(record: type) -> tuple[Column, ...]:
    """The fields of a record that are one cell each."""
    defaults = {
        field.name: REQUIRED if field.default is MISSING else field.default for field in dataclasses.fields(record)
    }
    found = []
    for name, hint in _hints(record).items():
        if get_origin(hint) is tuple:
            continue
        optional = get_origin(hint) is types.UnionType
        item = get_args(hint)[0] if optional else hint
        kind = _kind(record, item)
        found.append(
            Column(
                name,
                kind,
                term=item if kind is Kind.TERM else None,
                section=_SECTIONS[item] if kind is Kind.SHARED else "",
                optional=optional,
                default=defaults[name],
            )
        )
    return tuple(found)


def _kind(record: type, item: Any) -> Kind:
    if record is DataRecord and item is RetentionRecord:
        return Kind.RULE
    if item in _SECTIONS:
        return Kind.SHARED
    if isinstance(item, type) and issubclass(item, LawTerm):
        return Kind.TERM
    kinds = {str: Kind.TEXT, int: Kind.WHOLE, date: Kind.DATE, bool: Kind.TRUTH}
    if item not in kinds:
        raise TypeError(f"{record.__name__} has a field of {item!r}, and no cell holds that.")
    return kinds[item]


_SECTIONS = {record: name for name, record in SHARED.items()}


@cache
def _hints(record: type) -> dict[str, Any]:
    return get_type_hints(record)
