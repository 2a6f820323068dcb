"""What the cells of the register's tables say to a person, with rows called by their names and not by their codes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from processing.exports.json import SHARED
from processing.exports.register_document.wording import day_words, printable
from processing.exports.tables import ACTIVITY, NUMBER, Column, Kind, Row, Table
from processing.exports.words import Words
from processing.law.facts import Fact
from processing.law.records import Register

Said = dict[str, str]
"""Text by column, in the order of the table. Empty where nothing is stated."""


class CellReader:
    """Reads the rows of one register aloud. Knows what shared rows and the rules of each activity are called."""

    def __init__(self, register: Register, words: Words, *, earlier: Register | None = None) -> None:
        """Shared rows are called what they are in `register`, and else in `earlier`: a new name is no new row."""
        self.words = words
        self.called = {
            (section, row.code): ": ".join(text for text in (getattr(row, "service", ""), row.name) if text)
            for one in (earlier, register)
            if one is not None
            for section in SHARED
            for row in getattr(one, section)
        }
        self.rules: dict[str, tuple[str, ...]] = {
            activity.number: tuple(rule.covers or rule.statement for rule in activity.retention)
            for activity in register.activities
        }

    def with_rules_of(self, register: Register) -> "CellReader":
        """Return a reader of the rows of `register` that calls shared rows what this one does."""
        reader = CellReader(register, self.words)
        reader.called = self.called
        return reader

    def said(self, table: Table, row: Row) -> Said:
        """Return what `row` says, without the columns that only say where it stands."""
        return {
            column.name: printable(self._text(table, column, row))
            for column in table.columns
            if column.name not in {ACTIVITY, NUMBER}
        }

    def headings(self, table: Table) -> Mapping[str, str]:
        return {column.name: self.words.columns[table.name, column.name].heading for column in table.columns}

    def _text(self, table: Table, column: Column, row: Row) -> str:
        value: Any = row.get(column.name)
        if value is None or value == "" or value is Fact.NOT_STATED:
            return ""
        if column.kind is Kind.TRUTH:
            return _("ja") if value else _("nei")
        if column.kind is Kind.TERM:
            return dict(self.words.columns[table.name, column.name].choices).get(value.value, str(value.value))
        if column.kind is Kind.SHARED:
            return self.called.get((column.section, value)) or str(value)
        if column.kind is Kind.RULE:
            return self.rules[row[ACTIVITY]][value - 1] or _("hele aktiviteten")
        return day_words(value) if isinstance(value, date) else str(value)
