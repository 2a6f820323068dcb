"""The figures of the cases: right sums, and nothing that points at somebody."""

from datetime import date, timedelta

import pytest

from processing.law.rights import Right
from rights.law.figures import AnsweredRight, figures

DAY = date(2026, 11, 2)


def asked(number: int, *, days: int | None = 10, **over) -> list[AnsweredRight]:
    answered_on = None if days is None else DAY + timedelta(days=days)
    fields = {"right": Right.ACCESS, "received_on": DAY, "due_on": DAY + timedelta(days=30), "answered_on": answered_on}
    return [AnsweredRight(**{**fields, **over})] * number


def shown(rights: list[AnsweredRight]) -> dict[str, int | None]:
    [row] = figures(rights)
    names = ("received", "answered", "in_time", "median_days", "extended", "refused")
    return {name: getattr(row, name) for name in names}


def test_sums():
    rights = [*asked(5), *asked(4, days=40, extended=True), *asked(3, days=None), *asked(3, days=20, refused=True)]
    assert shown(rights) == {
        "received": 15,
        "answered": 12,
        "in_time": 8,
        "median_days": 20,
        "extended": 4,
        "refused": 3,
    }


@pytest.mark.parametrize(
    ("rights", "hidden"),
    [
        (asked(2), {"received", "answered", "in_time", "median_days", "extended", "refused"}),
        # One that waits for its answer is told by the difference, and so is one that was late.
        ([*asked(5), *asked(1, days=None)], {"answered", "extended", "refused"}),
        ([*asked(5), *asked(2, days=40)], {"in_time", "extended", "refused"}),
        ([*asked(5), *asked(2, refused=True)], {"extended", "refused"}),
        ([*asked(2, extended=True), *asked(5)], {"extended", "refused"}),
    ],
)
def test_nothing_under_three_is_shown_or_can_be_reckoned(rights, hidden):
    assert {name for name, figure in shown(rights).items() if figure is None} == hidden


def test_a_row_for_each_quarter_and_right_the_latest_first():
    rights = [
        *asked(1, received_on=date(2026, 3, 31)),
        *asked(1, received_on=date(2026, 4, 1)),
        *asked(1, received_on=date(2025, 12, 31), right=Right.ERASURE),
        *asked(1, received_on=date(2025, 12, 31)),
    ]
    assert [(row.year, row.quarter, row.right) for row in figures(rights)] == [
        (2026, 2, Right.ACCESS),
        (2026, 1, Right.ACCESS),
        (2025, 4, Right.ACCESS),
        (2025, 4, Right.ERASURE),
    ]
