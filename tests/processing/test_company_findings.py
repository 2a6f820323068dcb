"""The company's own register: every gap that data can show is found, and none is found once it is closed."""

from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from processing.law import balancing, renewal
from processing.law.bases import LegalBasis
from processing.law.checks import check_register
from processing.law.findings import Finding, Severity
from processing.law.gaps import GAPS
from processing.law.records import Register
from processing.register import register_as_of
from tests.company import load_company
from tests.corrected import CORRECTIONS, correct, corrected

pytestmark = pytest.mark.django_db

LOADED_AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 22)
NOT_IN_DATA = {"G25", "G30"}
"""Texts beside form fields, and the date on the notice: see docs/gaps.md."""


@pytest.fixture(scope="module")
def register(django_db_setup, django_db_blocker) -> Register:
    """The company's register, loaded once: a value, so that no test can change it for another."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_company(at=LOADED_AT)
        found = register_as_of(LOADED_AT)
        transaction.set_rollback(True)
    return found


def about(gap: str, register: Register, law_on: date = TODAY) -> list[Finding]:
    return [finding for finding in check_register(register, law_on=law_on) if gap in finding.gaps]


def test_every_gap_that_data_can_show_is_found(register: Register) -> None:
    found = {gap for finding in check_register(register, law_on=TODAY) for gap in finding.gaps}
    assert found == set(GAPS) - NOT_IN_DATA


# Gap, and the activities (empty for the company) it is reported for: docs/law.md, and the remarks of the seed.
WHERE = {
    "G01": {""},
    "G02": {""},
    "G03": {""},
    "G04": {"A11", "A13"},
    "G05": {""},
    "G06": {"", "A02", "A10", "A11", "A13"},
    "G07": {"A03"},
    "G08": {"A01", "A02", "A03", "A05", "A06", "A11", "A13", "A14"},
    "G09": {"", "A02", "A04", "A05", "A06", "A07", "A08", "A13", "A14"},
    "G10": {"", "A01", "A02", "A09", "A12"},
    "G11": {"A02"},
    "G12": {"A03"},
    "G13": {"A03"},
    "G14": {"A03"},
    "G15": {"A03"},
    "G16": {""},
    "G17": {"A04"},
    "G18": {"A03"},
    "G19": {"A03"},
    "G20": {"A03"},
    "G21": {"A05"},
    "G22": {""},
    "G23": {""},
    "G24": {"A07", "A08", "A09"},
    "G26": {""},
    "G27": {"A11"},
    "G28": {"", "A10"},
    "G29": {""},
    "G31": {""},
    "G32": {"A12"},
    "G33": {""},
    "G34": {""},
    "G35": {"A10", "A11"},
    "G36": {"A03"},
}


@pytest.mark.parametrize(("gap", "subjects"), WHERE.items())
def test_a_gap_is_found_where_it_is_and_nowhere_else(register: Register, gap: str, subjects: set[str]) -> None:
    assert {finding.subject for finding in about(gap, register)} == subjects


def test_no_assessment_is_stated_and_only_what_is_asked_for_is_missed(register: Register) -> None:
    """The notice tells of no balancing test, screening or agreement: only the interest has been used without one."""
    found = check_register(register, law_on=TODAY)
    on_interest = {row.number for row in register.activities if LegalBasis.LEGITIMATE_INTEREST in row.bases}
    assert {finding.subject for finding in found if finding.code == "6-1-f-test-missing"} == on_interest
    rules = (*balancing.ACTIVITY_RULES, *renewal.ACTIVITY_RULES, *renewal.COMPANY_RULES)
    assert {finding.code for finding in found} & {rule.code for rule in rules} == {"6-1-f-test-missing"}
    assert not {"35-assessment-missing", "46-assessment-missing", "28-contents-not-confirmed"} & {
        finding.code for finding in found
    }


@pytest.mark.parametrize("gap", CORRECTIONS)
def test_a_gap_is_gone_once_it_is_closed(register: Register, gap: str) -> None:
    assert about(gap, register)
    assert about(gap, correct(register, gap)) == []


def test_every_gap_that_is_found_has_a_correction() -> None:
    assert set(CORRECTIONS) == set(WHERE) == set(GAPS) - NOT_IN_DATA


def test_the_corrected_register_is_clean(register: Register) -> None:
    assert check_register(corrected(register), law_on=TODAY) == ()


def test_the_corrected_register_is_judged_by_the_law_of_the_day(register: Register) -> None:
    clean = corrected(register)
    in_2022 = {(finding.code, finding.subject) for finding in check_register(clean, law_on=date(2022, 1, 1))}
    assert in_2022 == {
        # The DPF was not there yet, and neither was the new rule on cookies.
        *(("45-tool-not-yet", number) for number in ("A01", "A10", "A11", "A12")),
        *(("law-not-in-force", number) for number in ("A11", "A13")),
    }


@pytest.mark.parametrize(
    ("law_on", "shield_ended", "shield_followed", "cookie_rule_ended", "tracking_needs_consent"),
    [
        (date(2019, 6, 1), False, False, False, False),
        (date(2021, 6, 1), True, False, False, False),
        (date(2024, 12, 31), True, True, False, False),
        (date(2025, 1, 1), True, True, True, True),
        (TODAY, True, True, True, True),
    ],
)
def test_the_same_register_under_the_law_of_different_days(
    register: Register,
    law_on: date,
    shield_ended: bool,
    shield_followed: bool,
    cookie_rule_ended: bool,
    tracking_needs_consent: bool,
) -> None:
    codes = {finding.code for finding in check_register(register, law_on=law_on)}
    assert ("45-tool-ended" in codes) is shield_ended
    assert ("45-dpf-may-replace" in codes) is shield_followed
    assert ("law-ended-cookies" in codes) is cookie_rule_ended
    assert ("3-15-tracking-without-consent" in codes) is tracking_needs_consent


def test_the_keys_tell_the_findings_apart(register: Register) -> None:
    findings = check_register(register, law_on=TODAY)
    assert len({finding.key for finding in findings}) == len(findings)


def test_no_gap_is_graver_than_the_law_makes_it(register: Register) -> None:
    """A finding may be an error although its gap is not: a regime that nobody confirmed stops publishing by itself."""
    order = [Severity.INFO, Severity.WARNING, Severity.ERROR]
    graver = {
        (finding.code, gap)
        for finding in check_register(register, law_on=TODAY)
        for gap in finding.gaps
        if order.index(finding.severity) > order.index(GAPS[gap].severity)
    }
    assert graver == {
        ("regime-journal", "G14"),
        ("regime-journal", "G15"),
        ("regime-journal", "G36"),
        ("regime-marketing", "G35"),
    }
