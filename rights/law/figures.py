"""Figures of the cases without persons: per quarter and right, and never a number that could point at somebody.

A count of one or two is not shown, and neither is a part that leaves one or two: whoever knows that two did not get
their answer in time may know who they are.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median

from processing.law.rights import Right

LEAST = 3


@dataclass(frozen=True, kw_only=True)
class AnsweredRight:
    """One right asked for. `answered_on` is None while no answer is delivered; `due_on` is the law's own day."""

    right: Right
    received_on: date
    due_on: date
    answered_on: date | None = None
    extended: bool = False
    refused: bool = False


@dataclass(frozen=True, kw_only=True)
class FigureRow:
    """One right in one quarter. None is a figure that may not be shown. `refused` counts only whole refusals."""

    year: int
    quarter: int
    right: Right
    received: int | None
    answered: int | None
    in_time: int | None
    median_days: int | None
    extended: int | None
    refused: int | None


def figures(rights: Iterable[AnsweredRight]) -> tuple[FigureRow, ...]:
    """Return a row for each quarter and right that was asked for, by the day of receipt, the latest quarter first."""
    groups: defaultdict[tuple[int, int, Right], list[AnsweredRight]] = defaultdict(list)
    for one in rights:
        groups[one.received_on.year, (one.received_on.month + 2) // 3, one.right].append(one)
    order = list(Right)
    keys = sorted(groups, key=lambda key: (-key[0], -key[1], order.index(key[2])))
    return tuple(_row(key, groups[key]) for key in keys)


def _row(key: tuple[int, int, Right], asked: list[AnsweredRight]) -> FigureRow:
    year, quarter, right = key
    answered = [one for one in asked if one.answered_on]
    days = [(one.answered_on - one.received_on).days for one in asked if one.answered_on]
    in_time = sum(1 for one in asked if one.answered_on and one.answered_on <= one.due_on)
    return FigureRow(
        year=year,
        quarter=quarter,
        right=right,
        received=_whole(len(asked)),
        answered=_part(len(answered), len(asked)),
        in_time=_part(in_time, len(answered)),
        median_days=round(median(days)) if len(days) >= LEAST else None,
        extended=_part(sum(one.extended for one in asked), len(asked)),
        refused=_part(sum(one.refused for one in answered), len(answered)),
    )


def _whole(count: int) -> int | None:
    return count if count >= LEAST else None


def _part(count: int, whole: int) -> int | None:
    rest = whole - count
    return count if count >= LEAST and (rest == 0 or rest >= LEAST) else None
