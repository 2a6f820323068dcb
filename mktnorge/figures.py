"""Figures that go out with another app's document. Each app adds its own, so that the site needs no word of theirs.

    register_figures(10, case_figures)

    def case_figures(at: datetime) -> FigureTable | None:
        \"\"\"Return the figures as they are at `at`, or None where there is nothing to count.\"\"\"

A table holds finished words and no person: whoever makes it hides what could point at somebody. It is stored with the
document it stands in, so it can be written to JSON and read back.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, kw_only=True)
class FigureRow:
    """What was counted, and its figures with a label each. `group` is the heading the row stands under."""

    group: str
    label: str
    figures: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class FigureTable:
    title: str
    lead: str
    rows: tuple[FigureRow, ...]


Source = Callable[[datetime], FigureTable | None]

_registered: dict[Source, int] = {}


def register_figures(order: int, source: Source) -> None:
    """Add a source. Low `order` stands first."""
    _registered[source] = order


def figures_at(at: datetime) -> tuple[FigureTable, ...]:
    """Return every app's figures as they are at `at`, in order."""
    tables = (source(at) for source in sorted(_registered, key=lambda source: _registered[source]))
    return tuple(table for table in tables if table is not None)


def figures_json(tables: Iterable[FigureTable]) -> list[dict[str, Any]]:
    return [asdict(table) for table in tables]


def figures_from_json(stored: Sequence[Mapping[str, Any]]) -> tuple[FigureTable, ...]:
    """Return the tables that `figures_json` wrote."""
    return tuple(
        FigureTable(
            title=table["title"],
            lead=table["lead"],
            rows=tuple(
                FigureRow(
                    group=row["group"],
                    label=row["label"],
                    figures=tuple((label, figure) for label, figure in row["figures"]),
                )
                for row in table["rows"]
            ),
        )
        for table in stored
    )
