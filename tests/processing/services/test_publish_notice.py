"""Publishing freezes the register as it is, with a reason for each error, and refuses with a sentence."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from mktnorge.models import User
from mktnorge.roles import Role
from processing.exports.json import payload_hash
from processing.imports.json import read_payload
from processing.law.findings import Severity
from processing.models import Activity, NoticeVersion
from processing.models.governed import register_edit
from processing.notices.body import body_hash
from processing.register import register_as_of
from processing.services.notices import (
    FindingsUnexplained,
    InForceTooEarly,
    NothingToPublish,
    StaleDraft,
    draft_hash,
    findings_at_publication,
    publish_demonstration,
    publish_notice,
)
from tests.builders import ASKED_AT, make_activity, make_controller, make_person

pytestmark = pytest.mark.django_db

TODAY = ASKED_AT.date()


@pytest.fixture
def leader() -> User:
    return make_person(Role.LEADER)


def publish(by: User, *, at: datetime = ASKED_AT, in_force_from: date | None = None, **over: object) -> NoticeVersion:
    """Publish with a reason for whatever stands open."""
    day = in_force_from or at.date()
    found = findings_at_publication(register_as_of(at), in_force_from=day)
    reasons = {finding.key: "Avklares i januar." for finding in found}
    given = {"summary": "Første utgave.", "reasons": reasons, **over}
    return publish_notice(by=by, at=at, in_force_from=day, **given)  # type: ignore[arg-type]


def test_a_version_holds_the_text_the_register_and_the_person(leader: User) -> None:
    make_controller()
    make_activity(number="A01", public_name="Journal")

    version = publish(leader)

    version.refresh_from_db()
    assert (version.number, version.publisher_name, version.published_at) == (1, leader.name, ASKED_AT)
    assert [card.title for card in version.notice.cards] == ["Journal"]
    assert version.body_sha256 == body_hash(version.notice)
    assert version.register_sha256 == payload_hash(register_as_of(version.register_moment))
    assert read_payload(version.facts).register == register_as_of(version.register_moment)
    assert not version.is_demonstration


def test_a_complete_register_is_published_without_a_reason(leader: User) -> None:
    make_controller()
    make_activity()
    found = findings_at_publication(register_as_of(ASKED_AT), in_force_from=TODAY)
    assert [finding for finding in found if finding.severity is Severity.ERROR] == []
    frozen = publish(leader, reasons={}).findings
    assert [finding["key"] for finding in frozen] == [finding.key for finding in found]
    assert "error" not in {finding["severity"] for finding in frozen}


def test_an_error_without_a_reason_stops_publishing_and_is_named(leader: User) -> None:
    make_controller()
    make_activity(bare=True, number="A07")
    with pytest.raises(FindingsUnexplained, match="uten begrunnelse") as refusal:
        publish(leader, reasons={})
    assert {finding.subject for finding in refusal.value.findings} == {"A07"}
    assert not NoticeVersion.objects.exists()


def test_a_blank_reason_is_no_reason(leader: User) -> None:
    make_controller()
    make_activity(bare=True)
    found = findings_at_publication(register_as_of(ASKED_AT), in_force_from=TODAY)
    blank = {finding.key: "  " for finding in found}
    with pytest.raises(FindingsUnexplained):
        publish(leader, reasons=blank)


def test_the_findings_are_frozen_each_with_its_reason(leader: User) -> None:
    make_controller()
    make_activity(bare=True)
    frozen = publish(leader).findings
    errors = [finding for finding in frozen if finding["severity"] == "error"]
    assert errors
    assert {finding["reason"] for finding in errors} == {"Avklares i januar."}
    assert len({finding["key"] for finding in frozen}) == len(frozen)


def test_an_edit_after_publishing_changes_no_version(leader: User) -> None:
    make_controller()
    activity = make_activity(public_name="Gammelt navn")
    version = publish(leader)
    with register_edit(at=ASKED_AT + timedelta(hours=1)):
        activity.public_name = "Nytt navn"
        activity.save()
    version.refresh_from_db()
    assert version.notice.cards[0].title == "Gammelt navn"
    assert publish(leader, at=ASKED_AT + timedelta(hours=2)).notice.cards[0].title == "Nytt navn"


def test_numbers_follow_each_other(leader: User) -> None:
    make_controller()
    make_activity()
    assert [publish(leader).number, publish(leader).number] == [1, 2]


def test_an_empty_register_is_not_published(leader: User) -> None:
    with pytest.raises(NothingToPublish, match="ingen aktiviteter i bruk"):
        publish(leader, reasons={})


def test_a_register_with_drafts_alone_is_not_published(leader: User) -> None:
    make_controller()
    make_activity(status="draft")
    with pytest.raises(NothingToPublish):
        publish(leader)


def test_a_version_cannot_come_into_force_in_the_past(leader: User) -> None:
    make_controller()
    make_activity()
    with pytest.raises(InForceTooEarly, match=r"23\.11\.2026"):
        publish(leader, in_force_from=TODAY - timedelta(days=1))


def test_a_version_cannot_come_into_force_before_the_one_it_follows(leader: User) -> None:
    make_controller()
    make_activity()
    publish(leader, in_force_from=TODAY + timedelta(days=10))
    with pytest.raises(InForceTooEarly, match=r"03\.12\.2026"):
        publish(leader, in_force_from=TODAY + timedelta(days=9))


def test_a_draft_that_has_been_overtaken_is_refused(leader: User) -> None:
    make_controller()
    activity = make_activity(public_name="Som lest")
    read = draft_hash(register_as_of(ASKED_AT), on=TODAY)
    with register_edit(at=ASKED_AT + timedelta(minutes=1)):
        activity.public_name = "Endret av en annen"
        activity.save()
    with pytest.raises(StaleDraft, match="endret etter at du åpnet"):
        publish(leader, at=ASKED_AT + timedelta(minutes=2), draft_sha256=read)
    assert publish(leader, at=ASKED_AT, draft_sha256=read).number == 1


def test_in_force_is_the_latest_whose_day_has_come(leader: User) -> None:
    make_controller()
    make_activity()
    publish(leader)
    publish(leader, in_force_from=TODAY + timedelta(days=7))
    in_force = NoticeVersion.objects.in_force
    assert in_force(TODAY - timedelta(days=1)) is None
    assert in_force(TODAY).number == 1  # type: ignore[union-attr]
    assert in_force(TODAY + timedelta(days=6)).number == 1  # type: ignore[union-attr]
    assert in_force(TODAY + timedelta(days=7)).number == 2  # type: ignore[union-attr]


def test_the_demonstration_is_published_once_and_marked(leader: User) -> None:
    make_controller()
    make_activity(bare=True)
    version = publish_demonstration(by=leader, at=ASKED_AT)
    assert version is not None
    assert version.is_demonstration
    assert {finding["reason"] for finding in version.findings} == {"Demonstrasjon"}
    assert publish_demonstration(by=leader, at=ASKED_AT) is None
    assert NoticeVersion.objects.count() == 1


def test_the_version_of_a_moment_is_the_one_that_could_be_read_then(leader: User) -> None:
    make_controller()
    make_activity()
    publish(leader)
    publish(leader, at=ASKED_AT + timedelta(hours=3))
    readable = NoticeVersion.objects.in_force_at
    assert readable(ASKED_AT - timedelta(seconds=1)) is None
    assert readable(ASKED_AT + timedelta(hours=2)).number == 1  # type: ignore[union-attr]
    assert readable(ASKED_AT + timedelta(hours=3)).number == 2  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "stated",
    [
        {"is_material": True, "material_reason": "Nytt formål."},
        {"is_material": True, "who_is_told": "Alle klienter, i e-post."},
        {"is_material": False},
        {"is_material": False, "material_reason": "Retting av skrivefeil.", "who_is_told": "Alle klienter"},
        {"material_reason": "Nytt formål."},
    ],
)
def test_material_or_not_is_stated_with_its_reason(stated: dict[str, object], leader: User) -> None:
    make_controller()
    make_activity()
    version = publish(leader)
    version.pk, version.number = None, 2
    for name, value in stated.items():
        setattr(version, name, value)
    with pytest.raises(IntegrityError, match="processing_noticeversion_material_has_reason"), transaction.atomic():
        version.save(force_insert=True)


@pytest.mark.parametrize(
    "change",
    [
        lambda: NoticeVersion.objects.update(summary="Omskrevet"),
        lambda: NoticeVersion.objects.update(facts=None),
        lambda: NoticeVersion.objects.update(is_material=False, material_reason="Retting"),
        lambda: NoticeVersion.objects.update(changed_by=[], alone_reason="Én person"),
        lambda: connection.cursor().execute("UPDATE processing_noticeversion SET facts = NULL"),
        lambda: connection.cursor().execute("UPDATE processing_noticeversion SET in_force_from = '2020-01-01'"),
        lambda: NoticeVersion.objects.all().delete(),
        lambda: NoticeVersion.objects.get().delete(),
        lambda: connection.cursor().execute("UPDATE processing_noticeversion SET number = 9"),
        lambda: connection.cursor().execute("DELETE FROM processing_noticeversion"),
    ],
)
def test_the_database_refuses_to_change_or_delete_a_version(change, leader: User) -> None:  # type: ignore[no-untyped-def]
    make_controller()
    make_activity()
    publish(leader)
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        change()
    assert NoticeVersion.objects.get().summary == "Første utgave."


def test_activities_that_end_before_the_day_are_not_in_it(leader: User) -> None:
    make_controller()
    make_activity(number="A01")
    make_activity(number="A02", code="a02", valid_to=TODAY)
    version = publish(leader, in_force_from=TODAY + timedelta(days=1))
    assert [card.number for card in version.notice.cards] == ["A01"]
    assert Activity.objects.count() == 2
