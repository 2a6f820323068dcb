"""The register as canonical JSON: one text for one register, so that its hash is evidence of what it said.

The form is that of RFC 8785 for values without fractions: keys in order, no white space, UTF-8, no newline at the
end. Every field of every record is there, also the empty ones. What several activities share (recipients, categories,
measures, systems, situations) stands once, and an activity names it by its code; a data row names its retention rule
by its place in the activity's list, counted from 0.
"""

import dataclasses
import hashlib
import json
import types
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from processing.law.records import (
    ActivityRecord,
    CollectionSituationRecord,
    DataCategoryRecord,
    DataRecord,
    MeasureRecord,
    PartyRecord,
    Register,
    SubjectCategoryRecord,
    SystemRecord,
)

SCHEMA = "mktnorge/register"
VERSION = 1
"""Raised when a reader of the old form could no longer read the new one."""

OSLO = ZoneInfo("Europe/Oslo")

# Rows that others name by their code, in the order they can be read back: a system names a party.
SHARED: dict[str, type] = {
    "subject_categories": SubjectCategoryRecord,
    "data_categories": DataCategoryRecord,
    "parties": PartyRecord,
    "measures": MeasureRecord,
    "systems": SystemRecord,
    "situations": CollectionSituationRecord,
}


class NotARegister(Exception):
    """The payload is not a register in the form that `register_payload` writes. The message says what is wrong."""


def canonical_json(register: Register) -> bytes:
    """Return the one text of `register`: equal registers give the same bytes."""
    payload = register_payload(register)
    return json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def payload_hash(register: Register) -> str:
    """Return the SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical_json(register)).hexdigest()


def register_payload(register: Register) -> dict[str, Any]:
    """Return the register as JSON values. Nothing is left out and nothing is added but the form's name and version."""
    payload = _object(register)
    del payload["moment"]
    return {
        "schema": SCHEMA,
        "version": VERSION,
        "as_of": {
            "moment": register.moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"),
            "date": register.moment.astimezone(OSLO).date().isoformat(),
        },
        **payload,
    }


def register_from_payload(payload: Mapping[str, Any]) -> Register:
    """Return the register that `register_payload` made the payload of. Raises NotARegister."""
    if payload.get("schema") != SCHEMA or payload.get("version") != VERSION:
        raise NotARegister(
            _("Filen er ikke et register i formen {schema}, versjon {version}.").format(schema=SCHEMA, version=VERSION)
        )
    try:
        reader = _Reader()
        shared: dict[str, Any] = {}
        for name, record in SHARED.items():
            shared[name] = tuple(reader.record(record, row) for row in payload[name])
            reader.known[record] = {row.code: row for row in shared[name]}
        hints = _hints(Register)
        rest = {
            name: reader.value(hint, payload[name])
            for name, hint in hints.items()
            if name not in SHARED and name != "moment"
        }
        return Register(moment=datetime.fromisoformat(payload["as_of"]["moment"]), **shared, **rest)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        raise NotARegister(_("Registeret i filen kan ikke leses: {problem}.").format(problem=repr(error))) from error


def _object(record: Any) -> dict[str, Any]:
    return {field.name: _WRITERS.get(type(record), _plain)(record, field.name) for field in dataclasses.fields(record)}


def _plain(record: Any, name: str) -> Any:
    return _value(getattr(record, name))


def _value(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_value(item) for item in value]
    if type(value) in _SHARED_TYPES:
        return value.code
    return _object(value)


def _of_register(register: Register, name: str) -> Any:
    rows = getattr(register, name)
    return [_object(row) for row in rows] if name in SHARED else _value(rows) if name != "moment" else None


def _of_activity(activity: ActivityRecord, name: str) -> Any:
    if name != "data":
        return _plain(activity, name)
    places = {rule: place for place, rule in reversed(list(enumerate(activity.retention)))}
    return [{**_object(row), "retention": places[row.retention] if row.retention else None} for row in activity.data]


_SHARED_TYPES = frozenset(SHARED.values())
_WRITERS: dict[type, Callable[[Any, str], Any]] = {Register: _of_register, ActivityRecord: _of_activity}


class _Reader:
    """Builds records from JSON values. `known` holds the shared rows read so far, by code."""

    def __init__(self) -> None:
        self.known: dict[type, dict[str, Any]] = {}

    def record(self, record: type, row: Mapping[str, Any], **given: Any) -> Any:
        hints = _hints(record)
        if unknown := row.keys() - hints.keys():
            raise ValueError(", ".join(sorted(unknown)))
        return record(**{name: given[name] if name in given else self.value(hints[name], row[name]) for name in hints})

    def value(self, hint: Any, value: Any) -> Any:
        if get_origin(hint) is types.UnionType:
            hint, optional = get_args(hint)[0], True
        else:
            optional = False
        if value is None:
            if not optional:
                raise ValueError(value)
            return None
        if get_origin(hint) is tuple:
            return tuple(self.value(get_args(hint)[0], item) for item in value)
        if hint in _SHARED_TYPES:
            return self.known[hint][value]
        if hint is ActivityRecord:
            return self._activity(value)
        if dataclasses.is_dataclass(hint):
            return self.record(hint, value)  # type: ignore[arg-type]
        if hint is date:
            return date.fromisoformat(value)
        if issubclass(hint, StrEnum):
            return hint(value)
        if type(value) is not hint:
            raise TypeError(value)
        return value

    def _activity(self, row: Mapping[str, Any]) -> ActivityRecord:
        rules = self.value(_hints(ActivityRecord)["retention"], row["retention"])
        data = tuple(
            self.record(
                DataRecord, pair, retention=None if pair["retention"] is None else rules[_place(pair["retention"])]
            )
            for pair in row["data"]
        )
        return self.record(ActivityRecord, row, retention=rules, data=data)  # type: ignore[no-any-return]


def _place(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError(value)
    return value


@cache
def _hints(record: type) -> dict[str, Any]:
    return get_type_hints(record)
