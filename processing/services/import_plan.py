"""What an import will write: rows to add, to change and to remove, each with its words, before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db import models

from processing.imports.problems import Problem

Values = dict[str, Any]
"""Column: what it holds, in a form that two rows can be compared by."""


class Action(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True)
class FieldChange:
    """A field of a row before and after, as plain values, and as words to show. Empty where there is no row."""

    name: str
    label: str
    before: str | int | bool | None
    after: str | int | bool | None
    before_words: str
    after_words: str


@dataclass(frozen=True)
class RowChange:
    """What happens to one row. `subject` is the number of an activity, or empty for what belongs to the company.

    `section` is the name of its list in the file, `controller` or `activities` for a row of its own. A row that only
    moves is changed in the field `position`.
    """

    subject: str
    section: str
    action: Action
    kind: str
    """The kind of row, in words."""
    key: str
    """The number of an activity, the code of a row that has one, and empty for the others."""
    name: str
    """What tells the row from others of its kind, in words."""
    fields: tuple[FieldChange, ...]


@dataclass
class Write:
    """One row to save or to delete."""

    row: models.Model
    change: RowChange
    values: Values = field(default_factory=dict)
    """Columns to set, rows that it names among them."""

    def carry_out(self) -> None:
        if self.change.action is Action.REMOVED:
            self.row.delete()
            return
        for name, value in self.values.items():
            setattr(self.row, name, value)
        self.row.save()


@dataclass(frozen=True)
class Plan:
    """What must be written for the tables to say what a register says, or why that cannot be."""

    writes: tuple[Write, ...] = ()
    """In the order to carry them out."""
    left_alone: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What the tables have and the register does not name, by list: numbers of activities, codes of shared rows."""
    problems: tuple[Problem, ...] = ()
    """Where one of these is, nothing else is."""

    @property
    def changes(self) -> tuple[RowChange, ...]:
        return tuple(write.change for write in self.writes)
