"""Confirming what was done: it leaves the list, it is refused with a sentence, and nobody changes it afterwards."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from mktnorge.roles import Role
from processing.law.due import DueAction, RetentionOutcome
from processing.models import Activity, Confirmation, RetentionRule
from processing.models.governed import register_edit
from processing.register import register_as_of
from processing.services.retention import (
    JournalNotDeleted,
    NoLongerDue,
    ReasonMissing,
    confirm_retention,
    due_holdings,
)
from tests.builders import ASKED_AT, WRITTEN_AT, make_activity, make_controller, make_person

pytestmark = pytest.mark.django_db

VOUCHERS = {
    "covers": "Bilag",
    "trigger": "financial_year_end",
    "kind": "minimum",
    "period": 5,
    "unit": "years",
    "statute": "Bokføringsloven § 13",
}
JOURNAL = {"covers": "Notater", "trigger": "last_entry", "kind": "minimum", "period": 10, "unit": "years"}


@pytest.fixture
def books() -> Activity:
    """An activity that keeps vouchers and a journal."""
    make_controller()
    activity = make_activity(bare=True)
    with register_edit(at=WRITTEN_AT):
        for position, rule in enumerate((VOUCHERS, JOURNAL)):
            RetentionRule.objects.create(activity=activity, position=position, **rule)
    return activity


@pytest.fixture
def vouchers() -> Activity:
    make_controller()
    activity = make_activity(bare=True)
    with register_edit(at=WRITTEN_AT):
        RetentionRule.objects.create(activity=activity, **VOUCHERS)
    return activity


def listed(at: datetime = ASKED_AT) -> dict[str, str]:
    """What is on the list, by key."""
    return {one.item.key: one.what for one in due_holdings(register_as_of(at), on=at.date())}


def confirm(key: str, outcome: RetentionOutcome = RetentionOutcome.DELETED, **over) -> Confirmation:
    given = {"note": "", "by": make_person(Role.REGISTRAR), "at": ASKED_AT}
    return confirm_retention(key=key, outcome=outcome, **given | over)


def test_what_is_confirmed_leaves_the_list_and_is_written_down(vouchers):
    assert listed() == {"A01:0:2020": "Bilag fra 2020 og før"}
    clerk = make_person(Role.REGISTRAR)

    row = confirm("A01:0:2020", note="  Makulert. ", by=clerk)

    assert listed() == {}
    assert (row.activity_number, row.covers, row.action, row.period) == ("A01", "Bilag", DueAction.DELETE, "2020")
    assert (row.what, row.due_on, row.note) == ("Bilag fra 2020 og før", date(2026, 1, 1), "Makulert.")
    assert (row.confirmed_by, row.confirmer_name, row.confirmed_at) == (clerk, clerk.name, ASKED_AT)
    assert listed(ASKED_AT + timedelta(days=60)) == {"A01:0:2021": "Bilag fra 2021 og før"}


def test_it_is_confirmed_once(vouchers):
    confirm("A01:0:2020")
    with pytest.raises(NoLongerDue, match="står ikke på listen lenger"):
        confirm("A01:0:2020")
    assert Confirmation.objects.count() == 1


@pytest.mark.parametrize("key", ["", "A01", "A01:0:2021", "A01:7:2020", "A99:0:2020", "x" * 2000])
def test_what_is_not_on_the_list_is_refused(vouchers, key):
    with pytest.raises(NoLongerDue):
        confirm(key)
    assert not Confirmation.objects.exists()


def test_a_journal_is_never_deleted_from_here(books):
    assert [one.item.action for one in due_holdings(register_as_of(ASKED_AT), on=ASKED_AT.date())] == [
        DueAction.REVIEW,
        DueAction.REVIEW,
    ]
    with pytest.raises(JournalNotDeleted, match="aldri slettet herfra"):
        confirm("A01:1:")
    assert not Confirmation.objects.exists()
    confirm("A01:1:", RetentionOutcome.REVIEWED)
    assert list(listed()) == ["A01:0:2020"]
    assert "A01:1:2026-11-23" in listed(ASKED_AT + timedelta(days=365))


def test_what_is_kept_is_kept_for_a_reason(vouchers):
    with pytest.raises(ReasonMissing, match="Skriv hvorfor"):
        confirm("A01:0:2020", RetentionOutcome.KEPT, note="  ")
    confirm("A01:0:2020", RetentionOutcome.KEPT, note="Bokettersyn pågår.")
    assert listed() == {}


def test_a_rule_that_is_changed_must_be_confirmed_anew(vouchers):
    confirm("A01:0:2020")
    rule = RetentionRule.objects.get()
    with register_edit(at=ASKED_AT):
        rule.covers = "Bilag og fakturaer"
        rule.save()
    assert listed() == {"A01:0:2020": "Bilag og fakturaer fra 2020 og før"}


def test_the_database_holds_to_one_a_time_and_a_reason(vouchers):
    row = confirm("A01:0:2020")
    again = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name != "id"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Confirmation.objects.create(**again)
    with pytest.raises(IntegrityError, match="kept_for_a_reason"), transaction.atomic():
        Confirmation.objects.create(**again | {"period": "2021", "outcome": "kept", "note": ""})


def test_a_confirmation_is_frozen(vouchers):
    row = confirm("A01:0:2020")
    row.note = "En annen historie"
    with pytest.raises(IntegrityError, match="processing_confirmation is frozen"), transaction.atomic():
        row.save()
    with pytest.raises(IntegrityError, match="is frozen"), transaction.atomic():
        row.delete()
