"""docs/gaps.md names the rules that find each gap, no more and no fewer, and every rule stands somewhere in it."""

import re

from processing.law.checks import RULES
from processing.law.gaps import GAPS
from processing.law.remarks import CODES
from tests.repository.tree import ROOT, text

PAGE = text(ROOT / "docs" / "gaps.md")
ROW = re.compile(r"^\| (G\d\d) \| (.*?) \| (.+) \|$", re.MULTILINE)
CODE = re.compile(r"`([\w-]+)`")
LAW_ROW = re.compile(r"^\| (G\d\d) ([EWI]) \|", re.MULTILINE)


def test_each_gap_has_one_row_with_the_rules_that_name_it() -> None:
    rows = {gap: set(CODE.findall(found)) for gap, found, _why in ROW.findall(PAGE)}
    assert rows == {gap: {rule.code for rule in RULES if gap in rule.gaps} for gap in GAPS}
    assert len(ROW.findall(PAGE)) == len(rows)


def test_a_gap_without_a_rule_says_why() -> None:
    silent = [(gap, why) for gap, found, why in ROW.findall(PAGE) if not CODE.findall(found)]
    assert silent
    assert [gap for gap, why in silent if not why.startswith("Cannot be seen: ")] == []


def test_every_rule_stands_in_the_page() -> None:
    written = set(CODE.findall(PAGE))
    assert {rule.code for rule in RULES} | set(CODES.values()) <= written


def test_a_gap_is_as_grave_in_the_code_as_in_law_md() -> None:
    letters = {gap: gaps.severity.name[0] for gap, gaps in GAPS.items()}
    assert dict(LAW_ROW.findall(text(ROOT / "docs" / "law.md"))) == letters
