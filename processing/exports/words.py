"""What the tables of the register and their columns are called on paper. The words are given, not known here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from processing.exports.tables import Column, Kind, Table


@dataclass(frozen=True)
class ColumnWords:
    heading: str
    help: str = ""
    longest: int | None = None
    """Characters, for a text."""
    choices: tuple[tuple[str, str], ...] = ()
    """Code and label of each value, for a column of terms."""


@dataclass(frozen=True)
class Words:
    titles: Mapping[str, str]
    """What the sheet of a table is called, by the name of the table."""
    columns: Mapping[tuple[str, str], ColumnWords]
    """By the name of the table and of the column. Headings of one table differ."""

    def value(self, table: Table, column: Column, value: Any) -> str | int | date | None:
        """Return what a cell says: a term by its label, a truth as yes or no, everything else as it is."""
        if column.kind is Kind.TRUTH:
            return _("Ja") if value else _("Nei")
        if column.kind is Kind.TERM and value is not None:
            return dict(self.columns[table.name, column.name].choices)[value.value]
        return value  # type: ignore[no-any-return]
