"""docs/law.md shows the dated law as the program has it: the same days, and the same doubts."""

import re
from datetime import date

import pytest

from processing.law.adequacy import ADEQUACY_DECISIONS
from processing.law.dated import DatedFact
from processing.law.statutes import STATUTES, Statute
from processing.law.transfers import SCHREMS_II, UNITED_KINGDOM_AS_EEA, TransferTool
from tests.repository.tree import ROOT, text

ENDED_OR_DOUBTED = (TransferTool.DPF, TransferTool.PRIVACY_SHIELD, TransferTool.SAFE_HARBOR)
SHOWN: tuple[DatedFact, ...] = (
    *STATUTES,
    *ADEQUACY_DECISIONS,
    *(tool.validity for tool in ENDED_OR_DOUBTED),
    SCHREMS_II,
    UNITED_KINGDOM_AS_EEA,
)
ROW = re.compile(r"^\| (.+) \| (\S+) \| (\S+) \| (\S+) \| (\??) ?\|$", re.MULTILINE)
ROWS = {(name, *rest) for name, *rest in ROW.findall(text(ROOT / "docs" / "law.md"))}


def _day(day: date | None) -> str:
    return day.isoformat() if day else "–"


@pytest.mark.parametrize("fact", SHOWN, ids=lambda fact: f"{fact.name[:30]}-{fact.valid_from}")
def test_the_page_shows_the_fact(fact: DatedFact) -> None:
    name = f"{fact.name} ({fact.year})" if isinstance(fact, Statute) else fact.name
    scope = getattr(fact, "scope", "")
    shown = f"{name}: {scope[0].lower()}{scope[1:]}" if scope else name
    days = (_day(fact.valid_from), _day(fact.valid_to), _day(fact.checked_on))
    assert (shown, *days, "" if fact.certain else "?") in ROWS
