"""The edits of a row as a person reads them: who, when, why, and each field before and after."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Field, Model
from django.utils.formats import date_format
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from processing.register import Change, Edit, edits_of


@dataclass(frozen=True)
class ShownField:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ShownChange:
    """One row. `verb` says what happened to it; `fields` hold what changed, or all it said when it came or went."""

    kind: str
    name: str
    verb: str
    fields: tuple[ShownField, ...]

    was_there: bool
    is_there: bool

    @property
    def is_edit(self) -> bool:
        """True when the row was there before and after, so that its fields differ."""
        return self.was_there and self.is_there


@dataclass(frozen=True)
class ShownEdit:
    at: datetime
    by: str
    reason: str
    changes: tuple[ShownChange, ...]

    @property
    def is_long(self) -> bool:
        return len(self.changes) > 10


def shown_edits(row: Model, *, after: datetime | None = None, until: datetime | None = None) -> list[ShownEdit]:
    """Return the edits of `row` and its parts, the newest first: all, or those after `after` up to and with `until`.

    The number of queries does not grow with them.
    """
    edits = [
        edit for edit in edits_of(row) if (after is None or edit.at > after) and (until is None or edit.at <= until)
    ]
    people = get_user_model().objects.in_bulk({edit.by for edit in edits if edit.by})
    reader = _Reader(row, edits)
    return [
        ShownEdit(
            at=edit.at,
            by=str(people[edit.by]) if edit.by in people else _("Systemet"),
            reason=edit.reason,
            changes=tuple(shown for change in edit.changes if (shown := reader.shown(change)).fields),
        )
        for edit in edits
    ]


class _Reader:
    """Turns columns into words. Lives for one page."""

    def __init__(self, row: Model, edits: Iterable[Edit]) -> None:
        self.row = row
        self.names: dict[type[Model], dict[int, str]] = defaultdict(dict)
        wanted: dict[type[Model], set[int]] = defaultdict(set)
        for edit in edits:
            for change in edit.changes:
                for entry in (change.before, change.after):
                    if entry:
                        self._note(change, entry, wanted)
        for model, keys in wanted.items():
            now = model._default_manager.in_bulk(keys)
            self.names[model] |= {key: Truncator(str(row)).chars(90) for key, row in now.items()}

    def _note(self, change: Change, entry: dict[str, Any], wanted: dict[type[Model], set[int]]) -> None:
        """Remember whose names must be looked up, and the name of the row itself in case it is deleted since."""
        for field in self._fields(change.model):
            value = entry.get(field.attname)
            if field.is_relation and value is not None:
                wanted[_named_by(field)].add(value)
            elif value and not field.choices and change.key not in self.names[change.model]:
                self.names[change.model][change.key] = Truncator(str(value)).chars(90)

    def _fields(self, model: type[Model]) -> "list[Field[Any, Any]]":
        """What a person fills in: not keys, not the order, not the row it all is part of."""
        return [
            field
            for field in model._meta.concrete_fields
            if not field.primary_key and field.name != "position" and field.related_model is not type(self.row)
        ]

    def shown(self, change: Change) -> ShownChange:
        before, after = change.before or {}, change.after or {}
        fields = tuple(
            ShownField(str(capfirst(field.verbose_name)), self._words(field, before), self._words(field, after))
            for field in self._fields(change.model)
            if before.get(field.attname) != after.get(field.attname)
            and (self._is_stated(field, before) or self._is_stated(field, after))
        )
        if change.before is None:
            verb = _("lagt til")
        elif change.after is None:
            verb = _("fjernet")
        else:
            verb = _("endret")
        itself = change.model is type(self.row)
        return ShownChange(
            kind="" if itself else str(capfirst(change.model._meta.verbose_name)),
            name="" if itself else self._name(change),
            verb=verb,
            fields=fields,
            was_there=change.before is not None,
            is_there=change.after is not None,
        )

    def _name(self, change: Change) -> str:
        """The first thing the row states."""
        entry = change.after or change.before or {}
        stated = (self._words(field, entry) for field in self._fields(change.model) if self._is_stated(field, entry))
        return Truncator(next(stated, "")).chars(90)

    def _is_stated(self, field: "Field[Any, Any]", entry: dict[str, Any]) -> bool:
        return entry.get(field.attname) not in (None, "")

    def _words(self, field: "Field[Any, Any]", entry: dict[str, Any]) -> str:
        """What the column says. Empty when there is no row, «ikke oppgitt» when the row says nothing."""
        if not entry:
            return ""
        value = entry.get(field.attname)
        if value in (None, ""):
            return _("ikke oppgitt")
        if field.is_relation:
            return self.names[_named_by(field)].get(value, _("en rad som er slettet siden"))
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        if isinstance(value, bool):
            return _("ja") if value else _("nei")
        if isinstance(value, date):
            return date_format(value)
        return str(value)


def _named_by(field: "Field[Any, Any]") -> type[Model]:
    """The model whose rows a relation names."""
    model = field.related_model
    assert isinstance(model, type)
    return model
