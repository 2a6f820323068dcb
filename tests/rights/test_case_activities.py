"""Which activities a case is about: what follows from it, and what the desk is shown of it."""

from datetime import timedelta

import pytest
from django.test import Client

from mktnorge.roles import Role
from processing.law.regimes import LegalRegime
from processing.law.rights import Right
from processing.law.terms import LawTerm
from processing.models import Activity
from processing.models.governed import register_edit
from processing.register import register_as_of
from rights.desk import StepRefused
from rights.law.identity import level_needed
from rights.law.outcomes import Outcome
from rights.law.terms import CopyScope
from rights.models import RightsRequest
from rights.services.handling import confirm_regimes, decide_right
from rights.services.steps import facts_of
from rights.services.ticking import activities_for
from tests.builders import make_person
from tests.company import load_company
from tests.rights.builders import RECEIVED_AT, make_request

JOURNAL, ONLY = {LegalRegime.HEALTH_RECORD}, {LegalRegime.GDPR_ONLY}
MARKETING, WEBSITE = {LegalRegime.MARKETING}, {LegalRegime.WEBSITE}
AT = RECEIVED_AT + timedelta(hours=1)


@pytest.mark.parametrize(
    ("right", "regimes", "facts", "level"),
    [
        # Decision 30: journal, access log and recordings.
        (Right.ACCESS, JOURNAL, {}, 3),
        (Right.ACCESS_LOG, ONLY, {}, 3),
        (Right.ERASURE, ONLY, {"recordings": True}, 3),
        (Right.PORTABILITY, ONLY, {"recordings": True}, 3),
        (Right.ACCESS, set(), {"recordings": True, "client": False}, 3),
        # Acts that disclose nothing.
        (Right.WITHDRAW_CONSENT, ONLY, {"recordings": True}, 0),
        (Right.OBJECTION_MARKETING, JOURNAL, {}, 0),
        (Right.OBJECTION, MARKETING, {}, 0),
        (Right.ERASURE, MARKETING | WEBSITE, {}, 0),
        # Not where anything else is asked for, or nobody has said what it is about.
        (Right.ERASURE, MARKETING | ONLY, {}, 2),
        (Right.ERASURE, set(), {"client": False}, 1),
        (Right.ACCESS, MARKETING, {"client": False}, 1),
        # Who has received it, and no copy.
        (Right.ACCESS, JOURNAL, {"names_only": True}, 2),
        (Right.ACCESS, JOURNAL, {"names_only": True, "client": False}, 1),
        (Right.ACCESS_LOG, JOURNAL, {"names_only": True}, 3),
    ],
)
def test_how_sure_we_must_be(right, regimes, facts, level):
    assert level_needed(right, regimes, **{"client": True, **facts}) == level


@pytest.fixture
def clerk(db):
    load_company(at=RECEIVED_AT - timedelta(days=1))
    return make_person(Role.CASE_HANDLER)


def confirmed(number: str, regime: LawTerm) -> None:
    with register_edit(at=RECEIVED_AT, reason="Bekreftet."):
        activity = Activity.objects.get(number=number)
        activity.regime = regime
        activity.save()


def test_the_rules_and_the_identity_follow_what_the_case_is_about(clerk):
    confirmed("A06", LegalRegime.GDPR_ONLY)
    case = make_request(rights=[Right.WITHDRAW_CONSENT, Right.ERASURE])
    assert facts_of(case).identity_needed == 2
    case = confirm_regimes(case=case.pk, version=1, activities=["A06"], by=clerk, at=AT)
    assert (case.activities, case.regime_set, case.about_recordings) == (["A06"], ONLY, True)
    assert facts_of(case).identity_needed == 3
    found = activities_for(register_as_of(AT), case, on=AT.date())
    assert [activity.number for activity in found] == ["A06"]
    # Thought of again: it was about something else.
    confirmed("A01", LegalRegime.GDPR_ONLY)
    case = confirm_regimes(case=case.pk, version=2, activities=["A01"], by=clerk, at=AT)
    assert facts_of(case).identity_needed == 2


def test_rules_are_asked_for_where_the_register_has_none_confirmed(clerk):
    case = make_request()
    with pytest.raises(StepRefused, match="Registeret sier ikke"):
        confirm_regimes(case=case.pk, version=1, activities=["A06"], by=clerk, at=AT)
    case = confirm_regimes(case=case.pk, version=1, activities=["A06"], regimes=JOURNAL, by=clerk, at=AT)
    assert case.regime_set == JOURNAL


@pytest.mark.parametrize("activities", [["A99"], ["A06", "A99"], [""], ["a06"]])
def test_an_activity_nobody_has_is_refused_and_nothing_is_kept(clerk, activities):
    case = make_request()
    with pytest.raises(StepRefused, match="ikke i bruk"):
        confirm_regimes(case=case.pk, version=1, activities=activities, regimes=ONLY, by=clerk, at=AT)
    case.refresh_from_db()
    assert (case.activities, case.regimes, case.version) == ([], [], 1)


def test_other_rules_are_refused_once_something_is_decided(clerk):
    confirmed("A03", LegalRegime.HEALTH_RECORD)
    case = make_request()
    confirm_regimes(case=case.pk, version=1, regimes=ONLY, by=clerk, at=AT)
    decide_right(case=case.pk, version=2, right=Right.ACCESS, outcome=Outcome.GRANTED, by=clerk, at=AT)
    with pytest.raises(StepRefused, match="alt avgjort"):
        confirm_regimes(case=case.pk, version=3, activities=["A03"], by=clerk, at=AT)


def test_who_asks_only_for_recipients_is_recognised_by_less(clerk):
    case = make_request(scope=[CopyScope.RECIPIENTS])
    case = confirm_regimes(case=case.pk, version=1, regimes=JOURNAL, by=clerk, at=AT)
    assert facts_of(case).identity_needed == 2
    assert facts_of(make_request(scope=[CopyScope.RECIPIENTS, CopyScope.RECORD])).names_only is False
    assert facts_of(make_request(scope=[])).names_only is False


def test_the_page_offers_the_activities_and_has_ticked_what_the_person_named(clerk):
    case = make_request(rights=[Right.WITHDRAW_CONSENT], consents=["A06"], activity_number="A10")
    client = Client()
    client.force_login(clerk)
    page = client.get(f"/admin/rights/rightsrequest/{case.pk}/change/").content.decode()
    ticked = [part.split(">")[0] for part in page.split('name="activities"')[1:] if "checked" in part.split(">")[0]]
    assert [one.split('value="')[1][:3] for one in ticked] == ["A06", "A10"]
    assert "A06 Opptak av time (lyd/video) (reglene mangler)" in page
    answer = client.post(
        f"/admin/rights/rightsrequest/{case.pk}/steg/set_regimes/",
        {"version": 1, "activities": ["A06"], "regimes": ["gdpr_only"]},
    )
    assert answer.status_code == 302
    assert RightsRequest.objects.get().about_recordings
    page = client.get(f"/admin/rights/rightsrequest/{case.pk}/change/").content.decode()
    assert "<dd>A06 Opptak av time (lyd/video)</dd>" in page
