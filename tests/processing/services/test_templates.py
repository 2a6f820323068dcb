"""Activities from templates: each is sound and honest, silences the finding it answers, and is added once."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mktnorge.roles import Role
from processing.law.checks import check_register
from processing.law.facts import ActivityStatus, Fact, RemarkKind
from processing.law.findings import Severity
from processing.law.plain_language import lix, longest_sentence
from processing.law.statutes import recognise
from processing.models import Activity, DataCategory, Proposal, SubjectCategory
from processing.register import edits_of, register_as_of
from processing.services.drafts import findings_at_publication
from processing.services.loading import load_register
from processing.services.templates import (
    AlreadyAdded,
    UnknownTemplate,
    add_from_template,
    offers,
    read_template,
    template_for,
    templates,
)
from tests.builders import ASKED_AT, make_activity, make_activity_record, make_controller, make_person, make_register

pytestmark = pytest.mark.django_db

LOADED_AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
ADDED_AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
TODAY = ASKED_AT.date()
CODES = [template.code for template in templates()]
BY_LAW = {
    # What a template states without asking: the law itself fixes it.
    "accounting": {"Bokføringsloven § 13"},
    "access_log": {"Pasientjournalloven § 22", "Pasientjournalloven § 25"},
    "breach_log": {"Personvernforordningen art. 33 nr. 5"},
    "rights_requests": {"Personvernforordningen art. 12 til 22"},
}


@pytest.fixture
def company(db):
    load_register(at=LOADED_AT)


@pytest.fixture
def registrar(db):
    return make_person(Role.REGISTRAR)


def test_every_kind_of_activity_a_practice_may_lack_has_a_template():
    assert set(CODES) == {
        "access_log",
        "accounting",
        "breach_log",
        "events",
        "existing_customers",
        "personnel",
        "rights_requests",
        "social_media",
        "staff_it",
        "supervision",
        "waiting_list",
    }


@pytest.mark.parametrize("code", CODES)
def test_a_template_asserts_only_what_makes_it_what_it_is_or_what_the_law_fixes(code):
    rows = read_template(code, number="A99")
    activity = next(row for row in rows if isinstance(row, Activity))
    template = next(one for one in templates() if one.code == code)

    assert activity.status == ActivityStatus.DRAFT
    assert not activity.regime
    assert not activity.owner
    for field in ("special_categories", "provision_required", "automated_decisions", "transfers_outside_eea"):
        assert getattr(activity, field) == Fact.NOT_STATED
    kinds = {row._meta.model_name for row in rows} - {"datacategory", "subjectcategory", "measure", "party", "system"}
    assert kinds - {"collectionsituation", "activity", "purpose", "activitydata", "remark", "proposal"} <= {
        "collection",
        "legalground",
        "retentionrule",
    }
    assert set(template.laws) == BY_LAW.get(code, set())
    assert all(recognise(law) or law.startswith("Personvernforordningen") for law in template.laws)
    unconfirmed = {row.field for row in rows if row._meta.model_name == "remark" and row.kind == RemarkKind.INFERRED}
    assert unconfirmed == {"data", "purposes"}
    assert all(row.reason for row in rows if isinstance(row, Proposal))


@pytest.mark.parametrize("code", CODES)
def test_a_template_is_easy_to_read(code):
    rows = read_template(code, number="A99")
    template = next(one for one in templates() if one.code == code)
    public = [row.public_description for row in rows if row._meta.model_name == "purpose"]
    assert all(text.startswith("For ") and text.endswith(".") for text in public)
    staff = [row.text for row in rows if row._meta.model_name == "remark"]
    staff += [row.reason for row in rows if isinstance(row, Proposal)]
    for text in ("\n".join(public), "\n".join([template.why, *staff])):
        assert lix(text) <= 40
        assert longest_sentence(text) <= 30


@pytest.mark.parametrize("code", CODES)
def test_a_template_becomes_a_draft_with_the_next_number_as_one_edit(code, registrar):
    make_controller()
    make_activity(number="A07")

    activity = add_from_template(code=code, by=registrar, at=ADDED_AT)

    assert (activity.number, activity.status) == ("A08", "draft")
    record = next(one for one in register_as_of(ADDED_AT).activities if one.number == "A08")
    template = next(one for one in templates() if one.code == code)
    assert record.name == template.name
    assert tuple(purpose.description for purpose in record.purposes) == template.purposes
    assert len(record.data_categories) == len(template.data)
    assert len(record.proposals) == template.proposal_count
    (edit,) = edits_of(activity)
    assert (edit.at, edit.by) == (ADDED_AT, registrar.pk)
    assert template.name in edit.reason


def test_the_companys_own_words_are_used_and_only_what_is_needed_is_added(company, registrar):
    words, groups = DataCategory.objects.count(), SubjectCategory.objects.count()

    add_from_template(code="events", by=registrar, at=ADDED_AT)

    assert DataCategory.objects.count() == words + 2
    assert SubjectCategory.objects.count() == groups
    last = DataCategory.objects.order_by("position").values_list("code", flat=True)
    assert list(last)[-2:] == ["event_registration", "event_needs"]


def test_drafts_silence_the_findings_they_answer_until_the_notice_is_published(company, registrar):
    answered = {code: template.code for template in templates() for code in template.answers}
    assert all(template_for(code).code == template for code, template in answered.items())
    assert template_for("30-1-b-purpose-missing") is None
    before = register_as_of(LOADED_AT)

    drafts = {add_from_template(code=code, by=registrar, at=ADDED_AT).number for code in answered.values()}

    after = register_as_of(ADDED_AT)
    now = check_register(after, law_on=TODAY)
    at_publication = findings_at_publication(after, in_force_from=TODAY)
    assert answered.keys() <= {one.code for one in check_register(before, law_on=TODAY)}
    assert not answered.keys() & {one.code for one in now}
    assert answered.keys() <= {one.code for one in at_publication}
    assert drafts <= {one.subject for one in now if one.severity is Severity.ERROR}
    assert not drafts & {one.subject for one in at_publication}


def test_a_draft_asks_for_no_reason_when_the_notice_is_published():
    in_use = make_activity_record(number="A01")
    draft = make_activity_record(
        number="A02", code="draft", status=ActivityStatus.DRAFT, purposes=(), legal_grounds=(), special_grounds=()
    )
    later = replace(
        draft, number="A03", code="later", status=ActivityStatus.ACTIVE, valid_from=TODAY.replace(year=2027)
    )
    register = make_register(activities=[in_use, draft, later])

    def errors(found):
        return {one.subject for one in found if one.severity is Severity.ERROR and one.subject}

    assert errors(check_register(register, law_on=TODAY)) == {"A02", "A03"}
    assert errors(findings_at_publication(register, in_force_from=TODAY)) == set()
    assert errors(findings_at_publication(register, in_force_from=TODAY.replace(year=2027))) == {"A03"}


def test_an_activity_is_added_once(company, registrar):
    added = add_from_template(code="events", by=registrar, at=ADDED_AT)

    with pytest.raises(AlreadyAdded, match=added.number):
        add_from_template(code="events", by=registrar, at=ADDED_AT)

    assert Activity.objects.filter(code="events").count() == 1


def test_a_template_that_does_not_exist_is_refused(company, registrar):
    for code in ("", "vocabulary", "../activities/A01-henvendelser", "EVENTS"):
        with pytest.raises(UnknownTemplate):
            add_from_template(code=code, by=registrar, at=ADDED_AT)
    assert Activity.objects.count() == 14


def test_an_offer_says_what_the_register_has_already():
    like = make_activity_record(number="A05", name="Kurs for klienter", code="courses")
    ended = make_activity_record(number="A06", name="Venteliste", code="old_list", status=ActivityStatus.RETIRED)
    same = make_activity_record(number="A07", name="Noe annet", code="accounting")
    found = {one.template.code: one for one in offers(make_register(activities=[like, ended, same]))}

    assert [one.number for one in found["events"].similar] == ["A05"]
    assert found["waiting_list"].similar == ()
    assert found["accounting"].added is not None
    assert [one.template.code for one in offers(make_register(activities=[like, ended, same]))][-2:] == [
        "events",
        "accounting",
    ]
