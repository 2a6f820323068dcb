"""Art. 13 and 14 (docs/law.md, C2): without any one required fact, the corrected register is not published silently."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import transaction

from processing.law.checks import RULES, check_register
from processing.law.coverage import CODES, ELEMENTS, needs_reason, notice_coverage
from processing.law.facts import Fact, StatementTopic
from processing.law.records import ActivityRecord, Register, TransferRecord
from processing.law.transfers import TransferTool
from processing.register import register_as_of
from tests.company import load_company
from tests.corrected import change, change_company, corrected

# The company's register is read from the database, once.
pytestmark = pytest.mark.django_db

LOADED_AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 22)
Facts = dict[str, Any]


@pytest.fixture(scope="module")
def complete(django_db_setup, django_db_blocker) -> Register:
    """The company's register as it would be once every gap is closed."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_company(at=LOADED_AT)
        found = register_as_of(LOADED_AT)
        transaction.set_rollback(True)
    return corrected(found)


def missing_in(register: Register) -> dict[str, set[str]]:
    """What is missing, by provision: the activities (empty for the company) it is missing for."""
    found = notice_coverage(check_register(register, law_on=TODAY))
    return {
        str(part.element.source).removeprefix("Personvernforordningen "): {row.subject for row in part.missing}
        for part in found
        if part.missing
    }


def test_the_corrected_register_lacks_nothing(complete: Register) -> None:
    assert missing_in(complete) == {}


# What is taken from the company, and the provision that asks for it.
OF_THE_COMPANY: list[tuple[str, Facts]] = [
    ("art. 13 nr. 1 bokstav a", {"legal_name": ""}),
    ("art. 13 nr. 1 bokstav a", {"email": "", "phone": "", "street": "", "postcode": "", "city": ""}),
    ("art. 13 nr. 1 bokstav b", {"has_dpo": Fact.NOT_STATED}),
    ("art. 13 nr. 1 bokstav b", {"has_dpo": Fact.YES, "dpo_name": "Test Testesen", "dpo_contact": ""}),
    ("art. 13 nr. 2 bokstav d", {"supervisory_authority": ""}),
]


@pytest.mark.parametrize(("provision", "facts"), OF_THE_COMPANY)
def test_a_fact_the_company_no_longer_states_is_missed(provision: str, facts: Facts, complete: Register) -> None:
    assert missing_in(change_company(complete, **facts)) == {provision: {""}}


def without(name: str) -> Callable[[ActivityRecord], Facts]:
    return lambda activity: {name: ()}


def silent_grounds(name: str) -> Callable[[ActivityRecord], Facts]:
    """The grounds without one of their texts; nothing to take where none of them has it."""

    def taken(activity: ActivityRecord) -> Facts:
        stated = [ground for ground in activity.legal_grounds if getattr(ground, name)]
        return {"legal_grounds": tuple(replace(row, **{name: ""}) for row in activity.legal_grounds)} if stated else {}

    return taken


def no_recipients(activity: ActivityRecord) -> Facts:
    said = tuple(row for row in activity.statements if row.topic is not StatementTopic.SHARING)
    return {"disclosures": (), "statements": said}


def silent_transfers(name: str) -> Callable[[ActivityRecord], Facts]:
    empty = None if name == "tool" else ""

    def taken(activity: ActivityRecord) -> Facts:
        rows = tuple(replace(row, **{name: empty}) for row in activity.transfers)
        return {"transfers": rows} if rows else {}

    return taken


def silent_retention(activity: ActivityRecord) -> Facts:
    rows = tuple(replace(row, trigger=None, period=None, statement="", public_wording="") for row in activity.retention)
    return {"retention": rows}


def provision_not_stated(activity: ActivityRecord) -> Facts:
    # Art. 13 asks those who give the data themselves.
    asked = any(source.kind.is_the_person for source in activity.sources)
    return {"provision_required": Fact.NOT_STATED} if asked else {}


# What is taken from each activity in turn, and the provision that asks for it.
OF_AN_ACTIVITY: dict[str, tuple[str, Callable[[ActivityRecord], Facts]]] = {
    "purposes": ("art. 13 nr. 1 bokstav c", without("purposes")),
    "bases": ("art. 13 nr. 1 bokstav c", without("legal_grounds")),
    "the interest": ("art. 13 nr. 1 bokstav d", silent_grounds("legitimate_interest")),
    "recipients": ("art. 13 nr. 1 bokstav e", no_recipients),
    "whether it leaves the EEA": (
        "art. 13 nr. 1 bokstav f",
        lambda activity: {"transfers_outside_eea": Fact.NOT_STATED, "transfers": ()},
    ),
    "the country": ("art. 13 nr. 1 bokstav f", silent_transfers("country")),
    "the tool": ("art. 13 nr. 1 bokstav f", silent_transfers("tool")),
    "data": ("art. 14 nr. 1 bokstav d", without("data")),
    "retention": ("art. 13 nr. 2 bokstav a", without("retention")),
    "how long": ("art. 13 nr. 2 bokstav a", silent_retention),
    "the regime, and so the rights": ("art. 13 nr. 2 bokstav b", lambda activity: {"regime": None}),
    "how consent is withdrawn": ("art. 13 nr. 2 bokstav c", silent_grounds("consent_withdrawal")),
    "whether data must be given": ("art. 13 nr. 2 bokstav e", provision_not_stated),
    "what follows without": (
        "art. 13 nr. 2 bokstav e",
        lambda activity: {"provision_required": Fact.YES, "provision_consequence": ""},
    ),
    "the logic": (
        "art. 13 nr. 2 bokstav f",
        lambda activity: {"automated_decisions": Fact.YES, "automated_decisions_note": ""},
    ),
    "sources": ("art. 14 nr. 2 bokstav f", without("sources")),
}


@pytest.mark.parametrize(("provision", "taken"), OF_AN_ACTIVITY.values(), ids=OF_AN_ACTIVITY)
def test_a_fact_an_activity_no_longer_states_is_missed(
    provision: str, taken: Callable[[ActivityRecord], Facts], complete: Register
) -> None:
    asked = {found.number: facts for found in complete.activities if (facts := taken(found))}
    assert asked
    for number, facts in asked.items():
        assert number in missing_in(change(complete, number, **facts)).get(provision, set()), number


def test_silence_of_both_on_machines_is_missed(complete: Register) -> None:
    silent = change_company(complete, automated_decisions=Fact.NOT_STATED)
    number = silent.activities[0].number
    silent = change(silent, number, automated_decisions=Fact.NOT_STATED)
    assert number in missing_in(silent)["art. 13 nr. 2 bokstav f"]


def test_safeguards_nobody_may_see_are_missed(complete: Register) -> None:
    contract = TransferRecord(country="US", tool=TransferTool.SCC, documentation="Mappe 8")
    register = change(complete, "A02", transfers=(contract,), transfers_outside_eea=Fact.YES)
    assert missing_in(register) == {}
    assert missing_in(change_company(register, transfers_documented_on_request=Fact.NOT_STATED)) == {
        "art. 13 nr. 1 bokstav f": {""}
    }


def test_what_is_missing_needs_a_reason_whatever_its_severity(complete: Register) -> None:
    silent = change_company(complete, has_dpo=Fact.NOT_STATED)
    assert [finding.code for finding in check_register(silent, law_on=TODAY) if needs_reason(finding)] == [
        "30-1-a-dpo-not-stated"
    ]


def test_every_element_names_rules_that_exist_and_is_taken_away_above() -> None:
    assert {rule.code for rule in RULES} >= CODES
    taken = {provision for provision, _ in [*OF_THE_COMPANY, *OF_AN_ACTIVITY.values()]}
    assert taken == {element.source.provision for element in ELEMENTS}
