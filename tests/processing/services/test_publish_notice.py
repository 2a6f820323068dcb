"""Publishing freezes the register as it is, with a reason for each error, and refuses with a sentence."""

import threading
import time
from datetime import date, datetime, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction

from mktnorge.models import User
from mktnorge.roles import Role
from processing.exports.json import payload_hash
from processing.imports.json import read_payload
from processing.law.facts import PublishingRule
from processing.law.findings import Severity
from processing.models import Activity, NoticeVersion
from processing.models.governed import register_edit
from processing.notices.body import body_hash
from processing.register import register_as_of
from processing.services.drafts import NothingToPublish, draft_notice, findings_at_publication
from processing.services.notices import (
    LONGEST_TEXT,
    FindingsUnexplained,
    InForceTooEarly,
    StaleDraft,
    TextTooLong,
    TwoPeopleNeeded,
    VersionIncomplete,
    VersionOvertaken,
    publish_demonstration,
)
from tests.builders import ASKED_AT, make_activity, make_controller, make_person, make_version
from tests.connections import two_connections

pytestmark = pytest.mark.django_db

TODAY = ASKED_AT.date()


@pytest.fixture
def leader() -> User:
    return make_person(Role.LEADER)


publish = partial(make_version, summary="Første utgave.")


def token(*, at: datetime = ASKED_AT, in_force_from: date = TODAY) -> str:
    return draft_notice(at=at, in_force_from=in_force_from).token


def test_a_version_holds_the_text_the_register_and_the_person(leader: User) -> None:
    make_controller()
    make_activity(number="A01", public_name="Journal")

    version = publish(by=leader)

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
    frozen = publish(by=leader, reasons={}).findings
    assert [finding["key"] for finding in frozen] == [finding.key for finding in found]
    assert "error" not in {finding["severity"] for finding in frozen}


def test_an_error_without_a_reason_stops_publishing_and_is_named(leader: User) -> None:
    make_controller()
    make_activity(bare=True, number="A07")
    with pytest.raises(FindingsUnexplained, match="uten begrunnelse") as refusal:
        publish(by=leader, reasons={})
    assert {finding.subject for finding in refusal.value.findings} == {"A07"}
    assert not NoticeVersion.objects.exists()


def test_a_blank_reason_is_no_reason(leader: User) -> None:
    make_controller()
    make_activity(bare=True)
    found = findings_at_publication(register_as_of(ASKED_AT), in_force_from=TODAY)
    blank = {finding.key: "  " for finding in found}
    with pytest.raises(FindingsUnexplained):
        publish(by=leader, reasons=blank)


@pytest.mark.parametrize("field", ["summary", "alone_reason", "reasons"])
def test_a_text_that_no_later_edition_could_print_is_refused(leader: User, field: str) -> None:
    make_controller()
    make_activity(bare=True)
    found = findings_at_publication(register_as_of(ASKED_AT), in_force_from=TODAY)
    over = "x" * (LONGEST_TEXT + 1)
    with pytest.raises(TextTooLong, match="2001 tegn"):
        publish(by=leader, **{field: {one.key: over for one in found} if field == "reasons" else over})
    assert not NoticeVersion.objects.exists()


def test_the_findings_are_frozen_each_with_its_reason(leader: User) -> None:
    make_controller()
    make_activity(bare=True)
    frozen = publish(by=leader).findings
    errors = [finding for finding in frozen if finding["severity"] == "error"]
    assert errors
    assert {finding["reason"] for finding in errors} == {"Avklares i januar."}
    assert len({finding["key"] for finding in frozen}) == len(frozen)


def test_an_edit_after_publishing_changes_no_version(leader: User) -> None:
    make_controller()
    activity = make_activity(public_name="Gammelt navn")
    version = publish(by=leader)
    with register_edit(at=ASKED_AT + timedelta(hours=1)):
        activity.public_name = "Nytt navn"
        activity.save()
    version.refresh_from_db()
    assert version.notice.cards[0].title == "Gammelt navn"
    assert publish(by=leader, at=ASKED_AT + timedelta(hours=2)).notice.cards[0].title == "Nytt navn"


def test_numbers_follow_each_other(leader: User) -> None:
    make_controller()
    make_activity()
    assert [publish(by=leader).number, publish(by=leader).number] == [1, 2]


def test_an_empty_register_is_not_published(leader: User) -> None:
    with pytest.raises(NothingToPublish, match="ingen aktiviteter i bruk"):
        publish(by=leader, reasons={})


def test_a_register_with_drafts_alone_is_not_published(leader: User) -> None:
    make_controller()
    make_activity(status="draft")
    with pytest.raises(NothingToPublish):
        publish(by=leader)


def test_a_version_cannot_come_into_force_in_the_past(leader: User) -> None:
    make_controller()
    make_activity()
    with pytest.raises(InForceTooEarly, match=r"23\.11\.2026"):
        publish(by=leader, in_force_from=TODAY - timedelta(days=1))


def test_a_version_cannot_come_into_force_before_the_one_it_follows(leader: User) -> None:
    make_controller()
    make_activity()
    publish(by=leader, in_force_from=TODAY + timedelta(days=10))
    with pytest.raises(InForceTooEarly, match=r"03\.12\.2026"):
        publish(by=leader, in_force_from=TODAY + timedelta(days=9))


def test_a_draft_that_has_been_overtaken_is_refused(leader: User) -> None:
    make_controller()
    activity = make_activity(public_name="Som lest")
    read = token()
    with register_edit(at=ASKED_AT + timedelta(minutes=1)):
        activity.public_name = "Endret av en annen"
        activity.save()
    with pytest.raises(StaleDraft, match="endret etter at du åpnet"):
        publish(by=leader, at=ASKED_AT + timedelta(minutes=2), draft=read)
    assert publish(by=leader, at=ASKED_AT, draft=read).number == 1


def test_in_force_is_the_latest_whose_day_has_come(leader: User) -> None:
    make_controller()
    make_activity()
    publish(by=leader)
    publish(by=leader, in_force_from=TODAY + timedelta(days=7))
    in_force = NoticeVersion.objects.in_force
    assert in_force(TODAY - timedelta(days=1)) is None
    assert in_force(TODAY).number == 1  # type: ignore[union-attr]
    assert in_force(TODAY + timedelta(days=6)).number == 1  # type: ignore[union-attr]
    assert in_force(TODAY + timedelta(days=7)).number == 2  # type: ignore[union-attr]


def test_another_version_published_meanwhile_is_refused_by_name(leader: User) -> None:
    make_controller()
    make_activity()
    read = token()
    publish(by=leader, draft=read)
    with pytest.raises(VersionOvertaken, match=r"Utgave 1 er allerede publisert, av .* klokka 12.00") as refusal:
        publish(by=leader, at=ASKED_AT + timedelta(seconds=1), draft=read)
    assert refusal.value.version.number == 1
    assert NoticeVersion.objects.count() == 1


def test_another_day_that_gives_another_text_is_read_again(leader: User) -> None:
    make_controller()
    make_activity(valid_to=TODAY + timedelta(days=3))
    make_activity()
    same, other = TODAY + timedelta(days=2), TODAY + timedelta(days=4)
    with pytest.raises(StaleDraft, match="en annen den dagen"):
        publish(by=leader, in_force_from=other, draft=token())
    assert publish(by=leader, in_force_from=same, draft=token()).in_force_from == same


@pytest.mark.parametrize(
    ("missing", "field"),
    [
        ({"summary": " "}, "summary"),
        ({"is_material": None}, "is_material"),
        ({"material_reason": " "}, "material_reason"),
        ({"is_material": True}, "who_is_told"),
        ({"alone_reason": ""}, "alone_reason"),
    ],
)
def test_a_version_that_follows_another_says_what_is_asked_of_it(
    missing: dict[str, object], field: str, leader: User
) -> None:
    make_controller()
    activity = make_activity()
    publish(by=leader)
    later = ASKED_AT + timedelta(hours=1)
    with register_edit(at=later, by=leader):
        activity.public_name = "Endret av lederen selv"
        activity.save()
    with pytest.raises(VersionIncomplete) as refusal:
        publish(by=leader, at=later, **missing)
    assert refusal.value.field == field
    assert NoticeVersion.objects.count() == 1


def test_what_was_said_of_the_change_is_frozen(leader: User) -> None:
    make_controller()
    make_activity()
    first = publish(by=leader, is_material=True, who_is_told="Ingen", alone_reason="")
    assert (first.is_material, first.material_reason, first.who_is_told) == (None, "", "")
    told = "Alle klienter, i e-post innen fredag."
    second = publish(by=leader, is_material=True, material_reason="Ny mottaker.", who_is_told=told)
    assert (second.is_material, second.material_reason, second.who_is_told) == (True, "Ny mottaker.", told)


class TestTwoPeople:
    """Who has edited the register since the version before does not publish alone, unless the company says so."""

    @pytest.fixture
    def registrar(self) -> User:
        return make_person(Role.REGISTRAR)

    def test_somebody_else_publishes_without_a_reason(self, leader: User, registrar: User) -> None:
        make_controller(publishing_rule=PublishingRule.TWO, by=registrar)
        make_activity(by=registrar)
        version = publish(by=leader, alone_reason="")
        assert (version.changed_by, version.alone_reason) == ([registrar.name], "")

    def test_who_has_edited_does_not(self, leader: User, registrar: User) -> None:
        make_controller(publishing_rule=PublishingRule.TWO, by=registrar)
        make_activity(by=leader)
        with pytest.raises(TwoPeopleNeeded, match="en annen publisere"):
            publish(by=leader)
        assert not NoticeVersion.objects.exists()

    @pytest.mark.parametrize("rule", [PublishingRule.ONE, ""])
    def test_one_person_says_why(self, rule: str, leader: User) -> None:
        make_controller(publishing_rule=rule)
        make_activity(by=leader)
        with pytest.raises(VersionIncomplete):
            publish(by=leader, alone_reason=" ")
        version = publish(by=leader, alone_reason="Vi er én i administrasjonen.")
        assert (version.changed_by, version.alone_reason) == ([leader.name], "Vi er én i administrasjonen.")

    def test_an_edit_before_the_version_before_counts_no_more(self, leader: User, registrar: User) -> None:
        make_controller(publishing_rule=PublishingRule.TWO, by=leader)
        activity = make_activity(by=leader)
        publish(by=registrar)
        later = ASKED_AT + timedelta(hours=1)
        with register_edit(at=later, by=registrar):
            activity.public_name = "Nytt navn"
            activity.save()
        assert publish(by=leader, at=later, alone_reason="").changed_by == [registrar.name]


def test_what_art_13_asks_for_needs_a_reason_also_when_it_is_no_error(leader: User) -> None:
    make_controller(has_dpo="not_stated")
    make_activity()
    with pytest.raises(FindingsUnexplained, match=r"art\. 37 nr\. 1") as refusal:
        publish(by=leader, reasons={})
    assert [finding.code for finding in refusal.value.findings] == ["30-1-a-dpo-not-stated"]
    assert [finding.severity for finding in refusal.value.findings] == [Severity.WARNING]


@two_connections
@pytest.mark.django_db(transaction=True)
def test_of_two_who_publish_at_once_one_wins_and_the_other_is_told() -> None:
    make_controller()
    make_activity()
    leader, read = make_person(Role.LEADER), token()
    ready, outcomes = threading.Barrier(2), []

    def click() -> None:
        ready.wait(timeout=20)
        try:
            outcomes.append(publish(by=leader, draft=read).number)
        except VersionOvertaken as refusal:
            outcomes.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(outcomes) == 2
    assert 1 in outcomes
    assert any("Utgave 1 er allerede publisert" in str(outcome) for outcome in outcomes)
    assert NoticeVersion.objects.count() == 1


@two_connections
@pytest.mark.django_db(transaction=True)
def test_an_edit_under_way_is_in_the_version_that_waited_for_it() -> None:
    make_controller()
    activity = make_activity(public_name="Gammelt navn")
    leader, begun = make_person(Role.LEADER), threading.Event()

    def edit() -> None:
        with register_edit(at=ASKED_AT - timedelta(seconds=1)):
            activity.public_name = "Nytt navn"
            activity.save()
            begun.set()
            time.sleep(0.5)
        connection.close()

    thread = threading.Thread(target=edit)
    thread.start()
    begun.wait(timeout=20)
    version = publish(by=leader)
    thread.join(timeout=20)
    assert version.notice.cards[0].title == "Nytt navn"
    assert read_payload(version.facts).register == register_as_of(version.register_moment)


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
    publish(by=leader)
    publish(by=leader, at=ASKED_AT + timedelta(hours=3))
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
    version = publish(by=leader)
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
    publish(by=leader)
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        change()
    assert NoticeVersion.objects.get().summary == "Første utgave."


def test_activities_that_end_before_the_day_are_not_in_it(leader: User) -> None:
    make_controller()
    make_activity(number="A01")
    make_activity(number="A02", code="a02", valid_to=TODAY)
    version = publish(by=leader, in_force_from=TODAY + timedelta(days=1))
    assert [card.number for card in version.notice.cards] == ["A01"]
    assert Activity.objects.count() == 2
