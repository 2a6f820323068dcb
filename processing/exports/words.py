"""What the tables of the register and their columns are called on paper. The words are given, not known here."""

from collections.abc import Mapping
from dataclasses import dataclass


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
