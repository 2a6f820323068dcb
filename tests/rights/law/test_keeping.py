"""When our own cases are erased: R-CASE-1, R-CASE-2 and R-CASE-5 of docs/law.md, decisions 18 and 29."""

import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest

from processing.law.case_periods import CASE_PERIODS
from rights.law.keeping import (
    ErasureRule,
    KeepingPeriods,
    KeptCase,
    due_for_erasure,
    erased_from,
    periods_of,
    soonest,
)
from tests.builders import make_controller_record

CONTENT, ANSWERS, LINE = ErasureRule.CONTENT, ErasureRule.ANSWERS, ErasureRule.LINE
PROPOSED = periods_of(None)
TEMPLATE = Path(__file__).resolve().parents[3] / "processing" / "seed" / "templates" / "rights_requests.toml"

EXTREMES = [
    PROPOSED,
    KeepingPeriods(*(period.least for period in CASE_PERIODS.values())),
    KeepingPeriods(*(period.most for period in CASE_PERIODS.values())),
    KeepingPeriods(content_days=1095, withdrawn_days=1095, answers_months=3, line_years=3),
]

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
    assert [str(erased_from(rule, case, periods=PROPOSED)) for rule in ErasureRule] == [content, answers, line]


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
    assert due_for_erasure(KeptCase(ended_on=date(2027, 1, 15)), on=date.fromisoformat(on), periods=PROPOSED) == due


@pytest.mark.parametrize("case", [KeptCase(ended_on=None), KeptCase(ended_on=date(2020, 1, 1), held=True)])
def test_an_open_case_and_a_held_one_are_never_due(case):
    assert due_for_erasure(case, on=date(2099, 1, 1), periods=PROPOSED) == frozenset()


@pytest.mark.parametrize("rule", ErasureRule)
@pytest.mark.parametrize("over", [{}, {"withdrawn": True}, {"unproven": True}])
@pytest.mark.parametrize("periods", EXTREMES, ids=["proposed", "least", "most", "letters go first"])
def test_the_search_by_date_misses_no_case(rule, over, periods):
    for days in range(1500):
        ended = date(2027, 1, 1) + timedelta(days=days)
        due = erased_from(rule, KeptCase(ended_on=ended, **over), periods=periods)
        assert due is not None
        assert ended <= due - soonest(rule, periods=periods)


@pytest.mark.parametrize("periods", EXTREMES, ids=["proposed", "least", "most", "letters go first"])
@pytest.mark.parametrize("over", [{}, {"withdrawn": True}, {"unproven": True}])
def test_nothing_may_outlive_the_line_of_its_case(periods, over):
    shortest = KeepingPeriods(
        periods.content_days, periods.withdrawn_days, periods.answers_months, CASE_PERIODS["case_line_years"].least
    )
    for days in range(1500):
        case = KeptCase(ended_on=date(2027, 1, 1) + timedelta(days=days), **over)
        content, answers, line = (erased_from(rule, case, periods=shortest) for rule in ErasureRule)
        assert max(content, answers) <= line


def test_what_is_not_stated_is_the_proposal_each_by_itself():
    assert KeepingPeriods(content_days=90, withdrawn_days=30, answers_months=12, line_years=3) == PROPOSED
    assert periods_of(make_controller_record()) == PROPOSED
    stated = make_controller_record(case_content_days=45, case_line_years=5)
    assert periods_of(stated) == KeepingPeriods(content_days=45, withdrawn_days=30, answers_months=12, line_years=5)


def test_the_register_says_the_periods_the_program_keeps():
    proposals = tomllib.loads(TEMPLATE.read_text("utf-8"))["proposals"]
    said = next(one["value"] for one in proposals if one["field"] == "retention")
    assert said == (
        f"Det du skrev: {PROPOSED.content_days} dager etter at saken er lukket, "
        f"{PROPOSED.withdrawn_days} dager når kravet er trukket. "
        f"Brev og begrunnelser: {PROPOSED.answers_months} måneder. Saken med datoer: {PROPOSED.line_years} år."
    )
