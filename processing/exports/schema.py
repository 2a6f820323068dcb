"""The form of our canonical JSON as a JSON Schema (draft 2020-12), made from the records themselves.

A field that is added to a record is in the schema the same moment; docs/schema/ holds what it was when it was
published, and a test compares the two. Every key must be there, and no other may be.
"""

import dataclasses
import types
from datetime import date
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from processing.exports.json import SCHEMA, SHARED, VERSION
from processing.exports.tables import tables
from processing.exports.words import Words
from processing.law.article_30 import asked_for, source_of
from processing.law.editions import Edition
from processing.law.records import ActivityRecord, DataRecord, Register, RetentionRecord
from processing.law.sources import LegalSource, gdpr
from processing.law.terms import LawTerm

DIALECT = "https://json-schema.org/draft/2020-12/schema"
A_DATE = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
A_MOMENT = {
    "type": "string",
    "format": "date-time",
    "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z$",
}
SCALARS: dict[type, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer", "minimum": 0},
    bool: {"type": "boolean"},
    date: A_DATE,
}

RESTS_ON: dict[str, LegalSource] = {
    "legal_grounds": gdpr("art. 6 nr. 1"),
    "special_grounds": gdpr("art. 9 nr. 2"),
    "balancing_tests": gdpr("art. 6 nr. 1 bokstav f"),
    "screening": gdpr("art. 35 nr. 1"),
    "impact_assessments": gdpr("art. 35 nr. 7"),
    "transfer_assessments": gdpr("art. 46 nr. 1"),
    "sources": gdpr("art. 14 nr. 2 bokstav f"),
    "collection": gdpr("art. 13 nr. 1"),
    "reviews": gdpr("art. 5 nr. 2"),
    "review_routines": gdpr("art. 5 nr. 2"),
}
"""What the lists that Art. 30(1) does not ask for are kept for. The others are the company's own choice."""

Schema = dict[str, Any]


def register_schema(edition: Edition, *, words: Words) -> Schema:
    """Return the schema of the current version of the JSON of `edition`."""
    form = _Form(edition, words)
    whole = form.object_of(Register)
    del whole["properties"]["moment"]
    fixed = {"schema": {"const": SCHEMA}, "version": {"const": VERSION}}
    if edition is not Edition.INTERNAL:
        fixed["edition"] = {"const": edition.value}
    about = {
        "type": "object",
        "description": "Tidspunktet i UTC, og datoen i Oslo, som registeret er vist slik det var.",
        "properties": {"moment": A_MOMENT, "date": A_DATE},
        "required": ["date", "moment"],
        "additionalProperties": False,
    }
    properties = {**fixed, "as_of": about, **whole["properties"]}
    return {
        "$schema": DIALECT,
        "title": f"Protokoll over behandlingsaktiviteter, versjon {VERSION}",
        "description": f"Personvernforordningen art. 30. {edition.label}.",
        **whole,
        "properties": properties,
        "required": sorted(properties),
        "$defs": dict(sorted(form.defined.items())),
    }


class _Form:
    """Turns records into schemas, each once, by the name of the record."""

    def __init__(self, edition: Edition, words: Words) -> None:
        self.edition = edition
        self.words = words
        self.defined: dict[str, Schema] = {}
        self.table_of = {table.record: table.name for table in reversed(tables()) if not table.codes_only}
        self.titles = {(table.owner, table.section): words.titles[table.name] for table in tables()}

    def object_of(self, record: type) -> Schema:
        properties = {
            field.name: self._described(record, field.name, self._form(record, _hints(record)[field.name]))
            for field in dataclasses.fields(record)
            if self.edition is Edition.INTERNAL or asked_for(record, field.name)
        }
        return {
            "type": "object",
            "properties": properties,
            "required": sorted(properties),
            "additionalProperties": False,
        }

    def _described(self, record: type, name: str, form: Schema) -> Schema:
        """What the field is called and what is written there, with the provision that asks for it."""
        said = self.words.columns.get((self.table_of.get(record, ""), name))
        title = said.heading if said else self.titles.get((record, name), self.titles.get((ActivityRecord, name), ""))
        source = source_of(record, name) or (None if said else RESTS_ON.get(name))
        told = [said.help if said else "", f"{source}." if source else ""]
        description = " ".join(text for text in told if text)
        return {
            **({"title": title} if title else {}),
            **({"description": description} if description else {}),
            **form,
        }

    def _form(self, record: type, hint: Any) -> Schema:
        if get_origin(hint) is types.UnionType:
            item = next(one for one in get_args(hint) if one is not types.NoneType)
            return {"anyOf": [self._form(record, item), {"type": "null"}]}
        if get_origin(hint) is tuple:
            return {"type": "array", "items": self._form(record, get_args(hint)[0])}
        if record is DataRecord and hint is RetentionRecord:
            return SCALARS[int]
        if hint in SHARED.values() and record is not Register:
            return SCALARS[str]
        if dataclasses.is_dataclass(hint):
            return self._named(hint)
        if issubclass(hint, LawTerm):
            return {"enum": [member.value for member in hint]}
        # The moment of a register is written as `as_of`.
        return SCALARS.get(hint, A_MOMENT)

    def _named(self, record: Any) -> Schema:
        name = record.__name__.removesuffix("Record")
        if name not in self.defined:
            self.defined[name] = {}
            self.defined[name] = self.object_of(record)
        return {"$ref": f"#/$defs/{name}"}


@cache
def _hints(record: type) -> dict[str, Any]:
    return get_type_hints(record)
