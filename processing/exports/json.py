"""The register as canonical JSON: one text for one register, so that its hash is evidence of what it said.

The form is that of RFC 8785 for values without fractions: keys in order, no white space, UTF-8, no newline at the
end. Every field of every record is there, also the empty ones. What several activities share (recipients, categories,
measures, systems, situations) stands once, and an activity names it by its code; a data row names its retention rule
by its place in the activity's list, counted from 0.

What a version wrote, every later program can write again: the hash of an issued document is of the text of its time.
"""

import dataclasses
import hashlib
import json
from datetime import UTC, date
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from processing.law.article_30 import asked_for
from processing.law.editions import Edition
from processing.law.records import (
    ActivityRecord,
    CollectionSituationRecord,
    ControllerRecord,
    DataCategoryRecord,
    MeasureRecord,
    PartyRecord,
    Register,
    SubjectCategoryRecord,
    SystemRecord,
    TransferRecord,
)

SCHEMA = "mktnorge/register"
VERSION = 4
"""Raised with the first field that is added after a release."""

# What each version added, by the record it stands on. An older file lacks it, and states nothing there.
ADDED: dict[int, dict[type, frozenset[str]]] = {
    2: {
        ControllerRecord: frozenset({"publishing_rule"}),
        Register: frozenset({"transfer_assessments"}),
        ActivityRecord: frozenset(
            {
                "balancing_tests",
                "impact_assessments",
                "reviews",
                "screened_on",
                "screening",
                "screening_owner",
                "screening_review_on",
                "trackers",
                "transfer_assessments",
            }
        ),
        PartyRecord: frozenset(
            {"agreement_contents", "agreement_owner", "agreement_review_on", "agreement_sub_processors"}
        ),
        TransferRecord: frozenset({"checked_on"}),
    },
    3: {Register: frozenset({"translations"}), ActivityRecord: frozenset({"translations"})},
    4: {
        ControllerRecord: frozenset(
            {"case_answers_months", "case_content_days", "case_line_years", "case_withdrawn_days"}
        )
    },
}

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


class UnknownVersion(ValueError):
    """A version of the form that this program has not heard of: a newer one wrote it."""


def canonical_json(register: Register, *, version: int = VERSION, edition: Edition = Edition.INTERNAL) -> bytes:
    """Return the one text of `register`: equal registers give the same bytes.

    An older `version` gives the text that it gave, without what came later, so that a hash made then can be made again.
    Raises UnknownVersion for one that this program has not heard of.
    """
    return _text(register_payload(register, version=version, edition=edition))


def payload_hash(register: Register, *, version: int = VERSION, edition: Edition = Edition.INTERNAL) -> str:
    """Return the SHA-256 of the canonical JSON of a version, in hexadecimal. Raises UnknownVersion."""
    return hashlib.sha256(canonical_json(register, version=version, edition=edition)).hexdigest()


def hash_of_payload(payload: dict[str, Any]) -> str:
    """Return the SHA-256 of JSON values as they were written, in hexadecimal. They need not be a register any more."""
    return hashlib.sha256(_text(payload)).hexdigest()


def register_payload(
    register: Register, *, version: int = VERSION, edition: Edition = Edition.INTERNAL
) -> dict[str, Any]:
    """Return the register as JSON values. Nothing is added but the form's name and version.

    Nothing is left out but what came after `version`, and from the external edition, which says that it is one, what
    Art. 30(1) does not ask for. Raises UnknownVersion.
    """
    if not 1 <= version <= VERSION:
        raise UnknownVersion(version)
    payload = _Writer(added_after(version), edition).object(register)
    del payload["moment"]
    return {
        "schema": SCHEMA,
        "version": version,
        **({} if edition is Edition.INTERNAL else {"edition": edition.value}),
        "as_of": {
            "moment": register.moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"),
            "date": register.moment.astimezone(OSLO).date().isoformat(),
        },
        **payload,
    }


def added_after(version: int) -> dict[type, frozenset[str]]:
    """Return the fields that a file of `version` cannot hold, by record."""
    later: dict[type, frozenset[str]] = {}
    for number, fields in ADDED.items():
        if number > version:
            later |= {record: names | later.get(record, frozenset()) for record, names in fields.items()}
    return later


def _text(payload: dict[str, Any]) -> bytes:
    return json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


class _Writer:
    """Writes records as JSON values, without the fields of `later`, by record, and without what the edition lacks."""

    def __init__(self, later: dict[type, frozenset[str]], edition: Edition) -> None:
        self.later = later
        self.edition = edition
        self.names: dict[type, list[str]] = {}

    def object(self, record: Any) -> dict[str, Any]:
        kind = type(record)
        if kind not in self.names:
            self.names[kind] = self._names(kind)
        names = self.names[kind]
        if isinstance(record, Register):
            return {name: self._of_register(record, name) for name in names}
        if isinstance(record, ActivityRecord):
            return {name: self._of_activity(record, name) for name in names}
        return {name: self._value(getattr(record, name)) for name in names}

    def _names(self, record: type) -> list[str]:
        later = self.later.get(record, frozenset())
        names = [field.name for field in dataclasses.fields(record) if field.name not in later]
        return [name for name in names if self.edition is Edition.INTERNAL or asked_for(record, name)]

    def _value(self, value: Any) -> Any:
        if isinstance(value, StrEnum):
            return value.value
        if value is None or isinstance(value, str | int):
            return value
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, tuple):
            return [self._value(item) for item in value]
        if type(value) in _SHARED_TYPES:
            return value.code
        return self.object(value)

    def _of_register(self, register: Register, name: str) -> Any:
        rows = getattr(register, name)
        if name in SHARED:
            return [self.object(row) for row in rows]
        return self._value(rows) if name != "moment" else None

    def _of_activity(self, activity: ActivityRecord, name: str) -> Any:
        if name != "data":
            return self._value(getattr(activity, name))
        places = {rule: place for place, rule in reversed(list(enumerate(activity.retention)))}
        return [
            {**self.object(row), "retention": places[row.retention] if row.retention else None} for row in activity.data
        ]


_SHARED_TYPES = frozenset(SHARED.values())
