"""All rules on a whole register: the order, nothing twice, the law of the day, and what people have noted."""

import ast
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from processing import law
from processing.law.checks import ARTICLE_30_ORDER, RULES, check_register
from processing.law.facts import ActivityStatus, RemarkKind
from processing.law.findings import Severity
from processing.law.gaps import GAPS
from processing.law.plain_language import lix, longest_sentence
from processing.law.records import ActivityRecord, Register, RemarkRecord, RetentionRecord, TransferRecord
from processing.law.transfers import TransferTool
from tests.builders import (
    make_activity_record,
    make_bare_activity_record,
    make_controller_record,
    make_register,
)

TODAY = date(2026, 11, 23)
ROOM = Path(law.__file__).parent


def keys(register: Register, law_on: date = TODAY) -> list[str]:
    return [finding.key for finding in check_register(register, law_on=law_on)]


def codes(register: Register, law_on: date = TODAY) -> set[str]:
    return {finding.code for finding in check_register(register, law_on=law_on)}


def remarked(*remarks: RemarkRecord, **over: object) -> Register:
    return make_register(activities=[make_activity_record(remarks=remarks, **over)])


def test_the_company_comes_first_then_the_activities_by_number_in_the_order_of_article_30() -> None:
    numbers = ["A10", "A2", "A01"]
    register = make_register(
        controller=make_controller_record(org_no="", has_dpo="not_stated", supervisory_authority=""),
        activities=[make_bare_activity_record(number=number, code=number) for number in numbers],
    )
    findings = check_register(register, law_on=TODAY)
    subjects = list(dict.fromkeys(finding.subject for finding in findings))
    assert subjects == ["", "A2", "A01", "A10"]
    place = {field: number for number, field in enumerate(ARTICLE_30_ORDER)}
    for subject in subjects:
        places = [place.get(found.field, len(place)) for found in findings if found.subject == subject]
        assert places == sorted(places)


def test_nothing_is_found_twice_and_every_run_finds_the_same() -> None:
    register = make_register(activities=[make_bare_activity_record(), make_activity_record()])
    found = keys(register)
    assert len(found) == len(set(found))
    assert keys(register) == found


def test_an_empty_register_has_nothing_to_find() -> None:
    assert check_register(replace(make_register(activities=[]), controller=None), law_on=TODAY) == ()


def test_a_register_without_a_company_is_judged_all_the_same() -> None:
    assert {"30-1-a-controller-missing", "30-1-b-purpose-missing"} <= codes(
        replace(make_register(activities=[make_bare_activity_record()]), controller=None)
    )


@pytest.mark.parametrize(
    ("over", "judged"),
    [
        ({}, True),
        ({"status": ActivityStatus.DRAFT}, True),
        ({"status": ActivityStatus.RETIRED}, False),
        ({"valid_to": TODAY}, True),
        ({"valid_to": date(2026, 11, 22)}, False),
    ],
)
def test_what_has_ended_is_not_judged(over: dict[str, object], judged: bool) -> None:
    register = make_register(activities=[make_bare_activity_record(**over)])
    assert ("A90" in {finding.subject for finding in check_register(register, law_on=TODAY)}) is judged


# --- The law of the day

US = {
    TransferTool.PRIVACY_SHIELD: {
        2019: {"45-list-unchecked"},
        2021: {"45-tool-ended"},
        2026: {"45-tool-ended", "45-dpf-may-replace"},
    },
    TransferTool.DPF: {
        2019: {"45-tool-not-yet"},
        2021: {"45-tool-not-yet"},
        2026: {"45-list-unchecked"},
    },
    TransferTool.SCC: {2019: set(), 2021: {"46-assessment-missing"}, 2026: {"46-assessment-missing"}},
    TransferTool.ADEQUACY: {
        2019: {"45-scope-unchecked"},
        2021: {"45-wrong-country"},
        2026: {"45-scope-unchecked"},
    },
    TransferTool.SAFE_HARBOR: {
        2019: {"45-tool-ended"},
        2021: {"45-tool-ended"},
        2026: {"45-tool-ended", "45-dpf-may-replace"},
    },
    None: {2019: {"45-adequacy-not-named"}, 2021: {"46-tool-missing"}, 2026: {"45-adequacy-not-named"}},
}
UK = {
    TransferTool.ADEQUACY: {2019: {"44-not-a-transfer"}, 2021: set(), 2026: set(), 2032: {"45-wrong-country"}},
    None: {
        2019: {"44-not-a-transfer"},
        2021: {"45-adequacy-not-named"},
        2026: {"45-adequacy-not-named"},
        2032: {"46-tool-missing"},
    },
}


@pytest.mark.parametrize(
    ("country", "tool", "year", "expected"),
    [
        (country, tool, year, expected)
        for country, table in (("US", US), ("GB", UK))
        for tool, years in table.items()
        for year, expected in years.items()
    ],
)
def test_the_same_transfer_under_the_law_of_different_years(
    country: str, tool: TransferTool | None, year: int, expected: set[str]
) -> None:
    """GDPR ch. V; CJEU C-362/14, C-311/18; decisions (EU) 2016/1250, 2021/1772, 2023/1795. On 1 September."""
    row = TransferRecord(country=country, tool=tool)
    register = make_register(activities=[make_activity_record(transfers=(row,), transfer_assessments=(), remarks=())])
    about_transfers = {code for code in codes(register, date(year, 9, 1)) if code[:3] in {"44-", "45-", "46-"}}
    assert about_transfers == expected


# --- What people have noted


@pytest.mark.parametrize(
    ("kind", "gap", "code", "severity"),
    [
        (RemarkKind.VAGUE, "", "remark-vague", Severity.WARNING),
        (RemarkKind.VAGUE, "G23", "remark-vague", Severity.INFO),
        (RemarkKind.VAGUE, "G27", "remark-vague", Severity.ERROR),
        (RemarkKind.CONTRADICTORY, "G17", "remark-contradictory", Severity.WARNING),
        (RemarkKind.INFERRED, "", "remark-inferred", Severity.INFO),
        (RemarkKind.INFERRED, "G27", "remark-inferred", Severity.INFO),
        (RemarkKind.NOTE, "G27", None, None),
    ],
)
def test_a_doubt_is_a_finding_as_grave_as_its_gap(
    kind: RemarkKind, gap: str, code: str | None, severity: Severity | None
) -> None:
    remark = RemarkRecord(field="retention.statute", kind=kind, text="Avklar dette.", gap=gap)
    found = [one for one in check_register(remarked(remark), law_on=TODAY) if one.code.startswith("remark")]
    assert [(one.code, one.severity, one.field, one.message, one.subject) for one in found] == (
        [(code, severity, "retention", "Avklar dette.", "A01")] if code else []
    )
    if found and gap:
        assert (found[0].gaps, found[0].source) == ((gap,), GAPS[gap].source)


def test_a_doubt_that_a_rule_has_found_is_not_told_twice() -> None:
    remark = RemarkRecord(field="retention", kind=RemarkKind.VAGUE, text="Oppgi en tid.", gap="G09")
    silent = RetentionRecord(covers="Resten")
    vague = RetentionRecord(statement="Så lenge det trengs")
    lawful = make_activity_record().retention[0]
    assert "remark-vague" not in codes(remarked(remark, retention=(silent,)))
    assert "remark-vague" not in codes(remarked(remark, retention=(vague,)))
    assert "remark-vague" in codes(remarked(remark, retention=(lawful,)))


def test_a_doubt_without_a_gap_yields_only_to_a_rule_that_calls_the_field_vague() -> None:
    remark = RemarkRecord(field="retention", kind=RemarkKind.VAGUE, text="Avklar når.")
    vague = RetentionRecord(statement="Så lenge det trengs")
    silent = RetentionRecord(covers="Resten")
    assert "remark-vague" not in codes(remarked(remark, retention=(vague,)))
    assert "remark-vague" in codes(remarked(remark, retention=(silent,)))


def test_two_doubts_on_one_field_are_two_findings() -> None:
    remarks = [RemarkRecord(field="data", kind=RemarkKind.VAGUE, text=text) for text in ("Avklar.", "Bekreft.")]
    found = [key for key in keys(remarked(*remarks)) if "remark" in key]
    assert len(set(found)) == 2
    # The reason given for one is recognised although the other is gone.
    assert [key for key in keys(remarked(remarks[1])) if "remark" in key] == found[1:]


# --- The rules themselves


def test_no_rule_room_knows_what_time_it_is() -> None:
    asked = {
        f"{path.name}: {node.attr}"
        for path in ROOM.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"today", "now", "utcnow", "time"}
    }
    assert asked == set()


def test_codes_and_messages_are_told_apart() -> None:
    told = {(rule.code, type(rule).__name__, rule.field) for rule in RULES}
    assert len(told) == len(RULES)
    by_code: dict[str, set[str]] = {}
    for rule in RULES:
        by_code.setdefault(rule.code, set()).add(rule.message)
    assert {code: texts for code, texts in by_code.items() if len(texts) > 1} == {}
    assert len({next(iter(texts)) for texts in by_code.values()}) == len(by_code)


def test_a_rule_is_no_less_grave_than_its_gaps_but_for_the_row_it_answers() -> None:
    """G09 and G29 block publishing; a time that lacks its length, and a missing register entry, may be less."""
    order = [Severity.INFO, Severity.WARNING, Severity.ERROR]
    lenient = {
        (rule.code, gap)
        for rule in RULES
        for gap in rule.gaps
        if order.index(rule.severity) < order.index(GAPS[gap].severity)
    }
    assert lenient == {
        ("30-1-a-org-no-missing", "G01"),
        ("5-1-e-period-missing", "G09"),
        ("activity-missing-accounts", "G10"),
    }


def test_every_message_says_what_to_do_in_plain_words() -> None:
    texts = sorted({rule.message for rule in RULES})
    assert {text: longest_sentence(text) for text in texts if longest_sentence(text) > 20} == {}
    assert {text for text in texts if not text.endswith(".")} == set()
    assert lix("\n".join(texts)) <= 35


@pytest.mark.parametrize("gap", sorted(GAPS))
def test_a_gap_names_its_law(gap: str) -> None:
    assert str(GAPS[gap].source)
    assert GAPS[gap].source.url.startswith("https://")


def test_activities_are_read_and_never_changed() -> None:
    activity: ActivityRecord = make_activity_record()
    register = make_register(activities=[activity])
    before = hash(register)
    check_register(register, law_on=TODAY)
    assert hash(register) == before
