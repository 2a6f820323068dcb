"""All rules on a whole register, under the law of one day."""

from collections.abc import Iterable, Iterator
from datetime import date

from processing.law import (
    abroad,
    balancing,
    categories,
    citations,
    clarity,
    completeness,
    consistency,
    impact,
    keeping,
    lawbook,
    lawfulness,
    notices,
    people,
    remarks,
    renewal,
    reviews,
    suppliers,
    tracking,
    translations,
)
from processing.law.facts import ActivityStatus
from processing.law.findings import Finding
from processing.law.records import ActivityRecord, Register
from processing.law.rules import ActivityRule, CompanyRule, Reading, Rule

COMPANY_RULES: tuple[CompanyRule, ...] = (
    *completeness.COMPANY_RULES,
    *notices.COMPANY_RULES,
    *categories.COMPANY_RULES,
    *people.COMPANY_RULES,
    *suppliers.COMPANY_RULES,
    *abroad.COMPANY_RULES,
    *renewal.COMPANY_RULES,
    *consistency.COMPANY_RULES,
    *lawbook.COMPANY_RULES,
    *translations.COMPANY_RULES,
)

ACTIVITY_RULES: tuple[ActivityRule, ...] = (
    *completeness.ACTIVITY_RULES,
    *lawfulness.ACTIVITY_RULES,
    *balancing.ACTIVITY_RULES,
    *citations.ACTIVITY_RULES,
    *tracking.ACTIVITY_RULES,
    *categories.ACTIVITY_RULES,
    *people.ACTIVITY_RULES,
    *abroad.ACTIVITY_RULES,
    *keeping.ACTIVITY_RULES,
    *notices.ACTIVITY_RULES,
    *impact.ACTIVITY_RULES,
    *renewal.ACTIVITY_RULES,
    *reviews.ACTIVITY_RULES,
    *clarity.ACTIVITY_RULES,
    *translations.ACTIVITY_RULES,
)

RULES: tuple[Rule, ...] = (*COMPANY_RULES, *ACTIVITY_RULES)

ARTICLE_30_ORDER = (
    # nr. 1 bokstav a
    "legal_name",
    "named_as_controller",
    "trading_name",
    "org_no",
    "email",
    "website",
    "contact_person",
    "joint_controllers",
    "has_representative",
    "has_dpo",
    # the list of activities, then bokstav b
    "activities",
    "purposes",
    "legal_grounds",
    "legitimate_interest",
    "consent_withdrawal",
    "balancing_tests",
    # bokstav c
    "situations",
    "subject_categories",
    "special_categories",
    "special_grounds",
    "professional_secrecy",
    "data",
    # bokstav d, e, f, g
    "parties",
    "disclosures",
    "transfers",
    "transfers_outside_eea",
    "transfer_assessments",
    "retention",
    "safeguards",
    "measures",
    "internal_access",
)
"""Fields in the order of Art. 30(1). Others, the additions, come after."""

_PLACE = {field: place for place, field in enumerate(ARTICLE_30_ORDER)}
_VAGUE_CODES = frozenset(rule.code for rule in RULES if rule.tells_of_vagueness)


def check_register(register: Register, *, law_on: date) -> tuple[Finding, ...]:
    """Return everything the rules find, company first, then by activity number, each in the order of Art. 30.

    `law_on` is an Oslo date: the day whose law is asked, from 20 July 2018 on. Activities that are retired, or had
    ended by then, are not judged: nobody can put them right. An empty register has nothing to find.
    """
    if register.is_empty:
        return ()
    reading = Reading(register=register, law_on=law_on)
    findings = _ordered(_about_company(reading))
    for activity in sorted(register.activities, key=lambda one: (len(one.number), one.number)):
        if is_judged(activity, law_on=law_on):
            findings += _ordered(_about_activity(activity, reading))
    return tuple(findings)


def _about_company(reading: Reading) -> Iterator[Finding]:
    found = [finding for rule in COMPANY_RULES for finding in rule.findings(reading)]
    yield from found
    yield from remarks.doubts(reading.register.remarks, subject="", found=found, vague_fields=_called_vague(found))


def _about_activity(activity: ActivityRecord, reading: Reading) -> Iterator[Finding]:
    found = [finding for rule in ACTIVITY_RULES for finding in rule.findings(activity, reading)]
    yield from found
    yield from remarks.doubts(activity.remarks, subject=activity.number, found=found, vague_fields=_called_vague(found))


def is_judged(activity: ActivityRecord, *, law_on: date) -> bool:
    """False for an activity that is retired, or had ended by `law_on`, an Oslo date."""
    return activity.status is not ActivityStatus.RETIRED and (activity.valid_to is None or law_on <= activity.valid_to)


def _called_vague(found: Iterable[Finding]) -> frozenset[str]:
    return frozenset(finding.field for finding in found if finding.code in _VAGUE_CODES)


def _ordered(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: _PLACE.get(finding.field, len(_PLACE)))
