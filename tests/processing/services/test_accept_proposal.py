"""Accepting a proposal: what it writes, what it leaves in history, and everything it refuses."""

from datetime import datetime

import pytest

from mktnorge.models import User
from processing.models import (
    Activity,
    Controller,
    DataSource,
    Disclosure,
    LegalGround,
    Proposal,
    Safeguard,
    SpecialGround,
)
from processing.models.governed import register_edit
from processing.register import edits_of, register_as_of, version_of
from processing.services.proposals import (
    AlreadyStated,
    ProposalGone,
    RegisterMoved,
    UnfitValue,
    UnknownField,
    accept_proposal,
    acceptable,
)
from tests.builders import ADVISER, LOCKED_DOORS, OSLO, WRITTEN_AT, make_activity, make_controller, make_person, party

ACCEPTED_AT = datetime(2026, 11, 23, 14, 5, tzinfo=OSLO)

pytestmark = pytest.mark.django_db


@pytest.fixture
def bare() -> Activity:
    """An activity of which nothing is stated, in a register with a company and a full activity beside it."""
    make_controller()
    make_activity()
    return make_activity(bare=True)


@pytest.fixture
def registrar() -> User:
    return make_person()


def propose(activity: Activity | None, field: str, value: str, **over: str) -> Proposal:
    with register_edit(at=WRITTEN_AT, reason="Prøve"):
        return Proposal.objects.create(activity=activity, field=field, value=value, **over)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("regime", "accounting"),
        ("special_categories", "no"),
        ("transfers_outside_eea", "possible"),
        ("owner", "Regnskapsansvarlig"),
    ],
)
def test_a_field_is_filled_and_the_proposal_is_gone(field: str, value: str, bare: Activity, registrar: User) -> None:
    proposal = propose(bare, field, value)

    written = accept_proposal(proposal=proposal, by=registrar, at=ACCEPTED_AT)

    assert written == bare
    bare.refresh_from_db()
    assert getattr(bare, field) == value
    assert not Proposal.objects.filter(pk=proposal.pk).exists()


@pytest.mark.parametrize(
    ("field", "value", "model", "column"),
    [
        ("legal_grounds", "a", LegalGround, "basis"),
        ("special_grounds", "9-2-h", SpecialGround, "condition"),
        ("sources", "referrer", DataSource, "kind"),
        ("disclosures", ADVISER.code, Disclosure, "party__code"),
        ("safeguards", LOCKED_DOORS.code, Safeguard, "measure__code"),
    ],
)
def test_a_code_becomes_a_row_after_those_there(field, value, model, column, bare, registrar) -> None:  # type: ignore[no-untyped-def]
    make_activity()
    first = model.objects.exclude(**{column: value}).first()
    if first:
        with register_edit(at=WRITTEN_AT):
            first.pk, first.activity, first.position = None, bare, 3
            first.purpose = None
            first.save()

    written = accept_proposal(proposal=propose(bare, field, value), by=registrar, at=ACCEPTED_AT)

    assert list(model.objects.filter(activity=bare, **{column: value})) == [written]
    assert written.position == (4 if first else 0)


def test_it_is_one_edit_with_the_moment_the_person_and_which_proposal_it_was(bare: Activity, registrar: User) -> None:
    proposal = propose(bare, "regime", "accounting", reason="Bokføringsloven § 13 styrer tidene.")

    accept_proposal(proposal=proposal, by=registrar, at=ACCEPTED_AT)

    edit, *_earlier = edits_of(bare)
    assert (edit.at, edit.by) == (ACCEPTED_AT, registrar.pk)
    assert edit.reason == "Forslag brukt. Regime: Regnskap. Bokføringsloven § 13 styrer tidene."
    changed = {change.model._meta.model_name: (change.before, change.after) for change in edit.changes}
    assert set(changed) == {"activity", "proposal"}
    assert changed["proposal"][1] is None
    before, after = (register_as_of(at).activities[1] for at in (WRITTEN_AT, ACCEPTED_AT))
    assert [one.value for one in before.proposals] == ["accounting"]
    assert (before.regime, after.regime, after.proposals) == (None, "accounting", ())


def test_a_long_reason_is_cut_to_what_history_holds(bare: Activity, registrar: User) -> None:
    accept_proposal(proposal=propose(bare, "regime", "accounting", reason="x" * 2000), by=registrar, at=ACCEPTED_AT)

    reason = edits_of(bare)[0].reason
    assert len(reason) == 300
    assert reason.startswith("Forslag brukt. Regime: Regnskap. xxx")


def test_an_answer_of_the_company_is_accepted_as_well(bare: Activity, registrar: User) -> None:
    company = make_company_silent_on("has_representative")

    accept_proposal(proposal=propose(None, "has_representative", "no"), by=registrar, at=ACCEPTED_AT)

    company.refresh_from_db()
    assert company.has_representative == "no"


def make_company_silent_on(field: str) -> Controller:
    company = Controller.objects.get()
    with register_edit(at=WRITTEN_AT):
        setattr(company, field, "not_stated")
        company.save()
    return company


REFUSED = [
    # No place where the value can stand as it is: it takes a person.
    ("retention.statute", "Bokføringsloven § 13", UnknownField),
    ("legal_grounds.national_law", "Markedsføringsloven § 15", UnknownField),
    ("data", "Fødselsnummer", UnknownField),
    ("purposes", "Følge opp avtalen", UnknownField),
    ("noe_annet", "x", UnknownField),
    ("number", "A77", UnknownField),
    ("code", "nytt", UnknownField),
    ("id", "7", UnknownField),
    ("legalground", "a", UnknownField),
    # No value that the field can have.
    ("regime", "finnes_ikke", UnfitValue),
    ("special_categories", "not_stated", UnfitValue),
    ("legal_grounds", "z", UnfitValue),
    ("disclosures", "finnes_ikke", UnfitValue),
    ("owner", "x" * 151, UnfitValue),
    ("valid_to", "snart", UnfitValue),
    # Something stands there.
    ("name", "Nytt navn", AlreadyStated),
    ("status", "active", AlreadyStated),
]


@pytest.mark.parametrize(
    ("field", "value", "error"), REFUSED, ids=[f"{field}-{value[:9]}" for field, value, _ in REFUSED]
)
def test_what_cannot_be_put_in_is_refused_and_nothing_is_written(
    field: str, value: str, error: type[Exception], bare: Activity, registrar: User
) -> None:
    proposal = propose(bare, field, value)
    before = version_of(bare)

    with pytest.raises(error) as refusal:
        accept_proposal(proposal=proposal, by=registrar, at=ACCEPTED_AT)

    assert str(refusal.value).endswith(".")
    assert version_of(bare) == before
    assert Proposal.objects.filter(pk=proposal.pk).exists()
    assert acceptable([proposal]) == frozenset()


@pytest.mark.parametrize(
    ("field", "value"),
    [("regime", "accounting"), ("legal_grounds", "c"), ("special_grounds", "9-2-h"), ("sources", "referrer")],
)
def test_what_is_stated_is_never_overwritten_or_doubled(
    field: str, value: str, bare: Activity, registrar: User
) -> None:
    full = Activity.objects.exclude(pk=bare.pk).get()
    proposal = propose(full, field, value)

    with pytest.raises(AlreadyStated):
        accept_proposal(proposal=proposal, by=registrar, at=ACCEPTED_AT)

    assert acceptable([proposal]) == frozenset()
    full.refresh_from_db()
    assert full.regime == "health_record"


def test_a_day_that_cannot_stand_beside_another_is_refused(bare: Activity, registrar: User) -> None:
    with register_edit(at=WRITTEN_AT):
        bare.valid_from = WRITTEN_AT.date()
        bare.save()

    with pytest.raises(UnfitValue, match="kan ikke være før"):
        accept_proposal(proposal=propose(bare, "valid_to", "2020-01-01"), by=registrar, at=ACCEPTED_AT)


def test_what_is_said_of_the_company_in_free_text_takes_a_person(bare: Activity, registrar: User) -> None:
    with pytest.raises(UnknownField):
        accept_proposal(proposal=propose(None, "contact_person", "Den som nå står der"), by=registrar, at=ACCEPTED_AT)


@pytest.mark.parametrize("what", ["accepted", "changed", "moved"])
def test_a_proposal_that_is_no_longer_what_the_person_saw_is_refused(
    what: str, bare: Activity, registrar: User
) -> None:
    proposal = propose(bare, "regime", "accounting")
    if what == "accepted":
        accept_proposal(proposal=Proposal.objects.get(pk=proposal.pk), by=registrar, at=ACCEPTED_AT)
    else:
        with register_edit(at=ACCEPTED_AT):
            other = Proposal.objects.get(pk=proposal.pk)
            if what == "changed":
                other.value = "marketing"
            else:
                other.activity = Activity.objects.exclude(pk=bare.pk).get()
            other.save()
    before = version_of(bare)

    with pytest.raises(ProposalGone):
        accept_proposal(proposal=proposal, by=registrar, at=ACCEPTED_AT)

    assert version_of(bare) == before


def test_an_edit_that_the_person_has_not_seen_stops_it(bare: Activity, registrar: User) -> None:
    proposal = propose(bare, "regime", "accounting")
    seen = version_of(bare).number
    with register_edit(at=ACCEPTED_AT, reason="Noe annet"):
        bare.owner = "Fagansvarlig"
        bare.save()

    with pytest.raises(RegisterMoved):
        accept_proposal(proposal=proposal, by=registrar, at=ACCEPTED_AT, seen=seen)

    accept_proposal(proposal=proposal, by=registrar, at=ACCEPTED_AT, seen=version_of(bare).number)


def test_those_that_can_be_accepted_are_told_from_the_rest_in_few_queries(
    bare: Activity, django_assert_max_num_queries
) -> None:
    with register_edit(at=WRITTEN_AT):
        party(ADVISER)
    can = [
        propose(bare, "regime", "accounting"),
        *(propose(bare, "special_grounds", code) for code in ("9-2-a", "9-2-f", "9-2-h")),
        *(propose(bare, "legal_grounds", code) for code in "abcf"),
        propose(bare, "disclosures", ADVISER.code),
    ]
    cannot = [propose(bare, "data", "Fødselsnummer"), propose(bare, "regime", "noe")]

    with django_assert_max_num_queries(5):
        assert acceptable([*can, *cannot]) == {proposal.pk for proposal in can}
    assert acceptable([]) == frozenset()
