"""When our own cases are erased: R-CASE-1, R-CASE-2 and R-CASE-5 of docs/law.md, decisions 18 and 29."""

import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest

from rights.law.keeping import PERIODS, ErasureRule, KeptCase, due_for_erasure, erased_from, soonest

CONTENT, ANSWERS, LINE = ErasureRule.CONTENT, ErasureRule.ANSWERS, ErasureRule.LINE
TEMPLATE = Path(__file__).resolve().parents[3] / "processing" / "seed" / "templates" / "rights_requests.toml"

# What kind of case, the day it ended → the first day its content, its answers and its line are erased.
DAYS = [
    ("answered", {}, "2027-01-15", "2027-04-15", "2028-01-15", "2030-01-15"),
    ("answered on a leap day", {}, "2028-02-29", "2028-05-29", "2029-02-28", "2031-02-28"),
    ("before a leap day", {}, "2027-12-01", "2028-02-29", "2028-12-01", "2030-12-01"),
    ("withdrawn", {"withdrawn": True}, "2027-01-15", "2027-02-14", "2028-01-15", "2030-01-15"),
    ("no request, or nobody", {"unproven": True}, "2027-01-15", "2027-04-15", "2027-04-15", "2030-01-15"),
]


@pytest.mark.parametrize(
    ("over", "ended", "content", "answers", "line"), [r[1:] for r in DAYS], ids=[r[0] for r in DAYS]
)
def test_each_rule_has_its_day(over, ended, content, answers, line):
    case = KeptCase(ended_on=date.fromisoformat(ended), **over)
    assert [str(erased_from(rule, case)) for rule in ErasureRule] == [content, answers, line]


@pytest.mark.parametrize(
    ("on", "due"),
    [
        ("2027-01-15", set()),
        ("2027-04-14", set()),
        ("2027-04-15", {CONTENT}),
        ("2028-01-14", {CONTENT}),
        ("2028-01-15", {CONTENT, ANSWERS}),
        ("2030-01-14", {CONTENT, ANSWERS}),
        ("2030-01-15", {CONTENT, ANSWERS, LINE}),
        ("2060-01-01", {CONTENT, ANSWERS, LINE}),
    ],
)
def test_a_rule_is_due_from_its_day_on(on, due):
    assert due_for_erasure(KeptCase(ended_on=date(2027, 1, 15)), on=date.fromisoformat(on)) == due


@pytest.mark.parametrize("case", [KeptCase(ended_on=None), KeptCase(ended_on=date(2020, 1, 1), held=True)])
def test_an_open_case_and_a_held_one_are_never_due(case):
    assert due_for_erasure(case, on=date(2099, 1, 1)) == frozenset()


@pytest.mark.parametrize("rule", ErasureRule)
@pytest.mark.parametrize("over", [{}, {"withdrawn": True}, {"unproven": True}])
def test_the_search_by_date_misses_no_case(rule, over):
    for days in range(1500):
        ended = date(2027, 1, 1) + timedelta(days=days)
        due = erased_from(rule, KeptCase(ended_on=ended, **over))
        assert due is not None
        assert ended <= due - soonest(rule)


def test_the_register_says_the_periods_the_program_keeps():
    proposals = tomllib.loads(TEMPLATE.read_text("utf-8"))["proposals"]
    said = next(one["value"] for one in proposals if one["field"] == "retention")
    assert said == (
        f"Det du skrev: {PERIODS.content_days} dager etter at saken er lukket, "
        f"{PERIODS.withdrawn_days} dager når kravet er trukket. "
        f"Brev og begrunnelser: {PERIODS.answers_months} måneder. Saken med datoer: {PERIODS.line_years} år."
    )
