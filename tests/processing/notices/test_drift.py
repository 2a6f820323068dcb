"""How far a register has moved from another: each difference once, where it was made, and whether it is seen."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from processing.law.facts import ActivityStatus, Fact, RemarkKind
from processing.law.records import MeasureRecord, PurposeRecord, Register, RemarkRecord
from processing.notices.drift import Difference, differences_between, is_likely_material
from tests.builders import (
    JOURNAL_SUPPLIER,
    LOCKED_DOORS,
    make_activity_record,
    make_bare_activity_record,
    make_controller_record,
    make_register,
)

DAY = date(2026, 11, 23)
BEFORE = make_register(
    activities=[make_activity_record(), make_activity_record(number="A02", code="second", name="Andre")]
)


def moved(after: Register) -> list[tuple[str, str, str, bool]]:
    found = differences_between(BEFORE, after, on=DAY)
    return [(one.section, one.row, one.field, one.is_visible) for one in found]


def with_first(**over: Any) -> Register:
    first, second = BEFORE.activities
    return replace(BEFORE, activities=(replace(first, **over), second))


def with_company(**over: Any) -> Register:
    return replace(BEFORE, controller=make_controller_record(**over))


def renamed_supplier() -> Register:
    """The recipient called something else, wherever it stands."""
    other = replace(JOURNAL_SUPPLIER, name="Nytt navn AS")

    def renamed(rows: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(replace(row, party=other) if row.party == JOURNAL_SUPPLIER else row for row in rows)

    return make_register(
        activities=[
            replace(
                activity,
                disclosures=renamed(activity.disclosures),
                transfers=renamed(activity.transfers),
                systems=renamed(activity.systems),
                transfer_assessments=renamed(activity.transfer_assessments),
            )
            for activity in BEFORE.activities
        ]
    )


MOVES: dict[str, tuple[Register, list[tuple[str, str, str, bool]]]] = {
    "nothing": (BEFORE, []),
    "a text the public reads": (
        with_first(purposes=(PurposeRecord(description="Noe annet"),)),
        [("activities", "A01", "purposes", True)],
    ),
    "a text only staff read": (with_first(owner="En annen"), [("activities", "A01", "owner", False)]),
    "a name behind the public name": (with_first(name="Bare internt"), [("activities", "A01", "name", False)]),
    "two fields": (
        with_first(owner="En annen", public_name="Nytt navn"),
        [("activities", "A01", "public_name", True), ("activities", "A01", "owner", False)],
    ),
    "out of use": (with_first(status=ActivityStatus.RETIRED), [("activities", "A01", "status", True)]),
    "a fact of the company": (with_company(phone=""), [("controller", "", "phone", True)]),
    "a fact the notice keeps to itself": (
        with_company(processor_for_others=Fact.YES),
        [("controller", "", "processor_for_others", False)],
    ),
    "a shared row is one difference": (renamed_supplier(), [("parties", "journal_supplier", "name", True)]),
    "a measure for all": (
        replace(BEFORE, measures=(*BEFORE.measures, MeasureRecord(code="alarm", name="Alarm", general=True))),
        [("measures", "alarm", "", True)],
    ),
    "a measure nobody uses": (
        replace(BEFORE, measures=(*BEFORE.measures, MeasureRecord(code="alarm", name="Alarm"))),
        [("measures", "alarm", "", False)],
    ),
    "a measure less": (
        replace(BEFORE, measures=tuple(row for row in BEFORE.measures if row != LOCKED_DOORS)),
        [("measures", "locked_doors", "", True)],
    ),
    "another order": (replace(BEFORE, parties=tuple(reversed(BEFORE.parties))), [("parties", "", "order", True)]),
    "a doubt": (
        replace(BEFORE, remarks=(RemarkRecord(field="phone", kind=RemarkKind.VAGUE, text="Hvilken?"),)),
        [("remarks", "", "remarks", False)],
    ),
    "a new activity": (
        replace(BEFORE, activities=(*BEFORE.activities, make_bare_activity_record())),
        [("activities", "A90", "", True)],
    ),
    "a new draft": (
        replace(BEFORE, activities=(*BEFORE.activities, make_bare_activity_record(status=ActivityStatus.DRAFT))),
        [("activities", "A90", "", False)],
    ),
    "an activity less": (replace(BEFORE, activities=BEFORE.activities[:1]), [("activities", "A02", "", True)]),
}


@pytest.mark.parametrize(("after", "expected"), MOVES.values(), ids=MOVES)
def test_each_difference_is_told_once(after: Register, expected: list[tuple[str, str, str, bool]]) -> None:
    assert moved(after) == expected


def test_a_text_for_a_draft_is_seen_once_it_is_in_use() -> None:
    draft = replace(make_activity_record(), status=ActivityStatus.DRAFT, public_description="Gammel")
    used = replace(draft, status=ActivityStatus.ACTIVE, public_description="Ny")
    found = differences_between(make_register(activities=[draft]), make_register(activities=[used]), on=DAY)
    assert {one.field: one.is_visible for one in found} == {"public_description": True, "status": True}


@pytest.mark.parametrize(
    ("section", "field", "is_visible", "likely"),
    [
        ("activities", "purposes", True, True),
        ("activities", "", True, True),
        ("activities", "", False, False),
        ("activities", "public_description", True, False),
        ("controller", "legal_name", True, True),
        ("measures", "name", True, False),
    ],
)
def test_what_people_must_hear_of(section: str, field: str, is_visible: bool, likely: bool) -> None:
    difference = Difference(section=section, row="", field=field, before="a", after="b", is_visible=is_visible)
    assert is_likely_material(difference) is likely
