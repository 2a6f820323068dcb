"""The yearly review: opened when it is time and never twice, concluded by a person who saw what they sign for."""

import json
from datetime import date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from mktnorge.roles import Role
from processing.exports.json import canonical_json, register_payload
from processing.imports.json import read_register
from processing.law.facts import ReviewOutcome
from processing.models import Activity, Controller, Review, ReviewRoutine
from processing.models.governed import register_edit
from processing.register import register_as_of, version_of
from processing.services.columns import misfits
from processing.services.reviews import (
    ChangedMeanwhile,
    NoteMissing,
    NothingChanged,
    ReviewConcluded,
    changes_since_last,
    conclude_review,
    open_due_reviews,
    open_reviews,
    review_report,
)
from tests.builders import OSLO, WRITTEN_AT, make_activity, make_controller, make_person

pytestmark = pytest.mark.django_db

MARCH = datetime(2026, 3, 2, 9, 0, tzinfo=OSLO)
NEXT_MARCH = datetime(2027, 3, 4, 9, 0, tzinfo=OSLO)


def bare(**over) -> Activity:
    """An activity of which nobody has stated anything, so that the rules find errors in it."""
    return make_activity(bare=True, **over)


@pytest.fixture
def activity() -> Activity:
    make_controller()
    return bare()


@pytest.fixture
def review(activity) -> Review:
    return open_due_reviews(at=MARCH, by=None)[0]


def conclude(review: Review, outcome=ReviewOutcome.UNCHANGED, **over) -> Review:
    given = {"note": "Lest.", "by": make_person(Role.LEADER), "at": MARCH + timedelta(days=1)}
    return conclude_review(review=review, outcome=outcome, **given | over)


def rename(activity: Activity, at: datetime, name: str = "Nytt navn") -> None:
    activity.name = name
    with register_edit(at=at, by=make_person(Role.REGISTRAR), reason="Rettet navnet"):
        activity.save()


# --- Opening


def test_one_is_opened_for_each_activity_whose_time_has_come():
    make_controller()
    never, young, reviewed = bare(), bare(valid_from=date(2025, 6, 1)), make_activity()
    retired = bare(status="retired")
    ended = bare(valid_to=date(2026, 1, 1))

    opened = open_due_reviews(at=MARCH, by=None)
    assert [row.activity for row in opened] == [never]
    assert (opened[0].opened_on, opened[0].concluded_on, opened[0].outcome) == (MARCH.date(), None, "")

    assert [row.activity for row in open_due_reviews(at=NEXT_MARCH, by=None)] == [young, reviewed]
    assert not Review.objects.filter(activity__in=[retired, ended]).exists()


def test_opening_again_opens_nothing(activity):
    assert len(open_due_reviews(at=MARCH, by=None)) == 1
    assert open_due_reviews(at=MARCH, by=None) == ()
    assert open_due_reviews(at=NEXT_MARCH + timedelta(days=900), by=None) == ()
    assert Review.objects.count() == 1


def test_it_comes_back_a_year_after_it_was_concluded(review):
    conclude(review)
    assert open_due_reviews(at=datetime(2027, 3, 2, 9, 0, tzinfo=OSLO), by=None) == ()
    assert len(open_due_reviews(at=datetime(2027, 3, 3, 9, 0, tzinfo=OSLO), by=None)) == 1


def test_the_companys_routine_says_how_often(review):
    conclude(review)
    with register_edit(at=MARCH):
        ReviewRoutine.objects.create(
            controller=Controller.objects.get(), code="annual_gdpr_review", description="To ganger", every_months=6
        )
    assert len(open_due_reviews(at=datetime(2026, 9, 3, 9, 0, tzinfo=OSLO), by=None)) == 1


def test_the_database_holds_to_one_open_review_an_activity(review):
    with (
        pytest.raises(IntegrityError, match=r"processing_review(_one_open|\.activity_id)"),
        transaction.atomic(),
        register_edit(at=MARCH),
    ):
        Review.objects.create(activity=review.activity, opened_on=MARCH.date())


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"concluded_on": date(2026, 3, 3)}, "concluded_whole"),
        ({"outcome": "unchanged"}, "concluded_whole"),
        ({"concluded_on": date(2026, 3, 3), "outcome": "unchanged"}, "concluded_whole"),
        ({"concluded_on": date(2026, 3, 1), "outcome": "unchanged", "reviewer": "Test"}, "opened_first"),
    ],
)
def test_a_review_is_concluded_whole_and_after_it_was_opened(review, fields, constraint):
    for name, value in fields.items():
        setattr(review, name, value)
    with pytest.raises(IntegrityError, match=constraint), register_edit(at=MARCH):
        review.save()


def test_opening_is_no_edit_of_the_activity(activity):
    before = version_of(activity)
    open_due_reviews(at=MARCH, by=None)
    assert version_of(activity) == before


def test_opening_takes_as_many_queries_for_ten_activities_as_for_one_but_for_the_rows_written(activity):
    def queries(at: datetime) -> int:
        with CaptureQueriesContext(connection) as captured:
            open_due_reviews(at=at, by=None)
        return len(captured)

    open_due_reviews(at=MARCH, by=None)
    at_one = queries(MARCH)
    for _number in range(9):
        bare(valid_from=date(2026, 1, 1))
    assert queries(MARCH) == at_one


def test_the_command_opens_and_says_what(activity, capsys, time_machine):
    time_machine.move_to(MARCH, tick=False)
    call_command("open_due_reviews")
    assert capsys.readouterr().out == "1 gjennomgang er åpnet:\n  A01 Taus aktivitet\n"
    call_command("open_due_reviews")
    assert capsys.readouterr().out == "Ingen aktiviteter er på tide nå.\n"


# --- Concluding


def test_a_person_concludes_with_an_outcome_and_the_register_says_so(review):
    leader = make_person(Role.LEADER)
    done = conclude(review, note="  Lest sammen med fagansvarlig. ", by=leader)

    assert (done.concluded_on, done.outcome, done.reviewer) == (date(2026, 3, 3), "unchanged", leader.name)
    [record] = register_as_of(MARCH + timedelta(days=1)).activities[0].reviews
    assert record.note == "Lest sammen med fagansvarlig."
    assert record.outcome is ReviewOutcome.UNCHANGED
    [before] = register_as_of(MARCH).activities[0].reviews
    assert before.concluded_on is None


def test_it_is_concluded_once(review):
    conclude(review)
    with pytest.raises(ReviewConcluded, match="Noen har avsluttet"):
        conclude(review)


def test_nobody_signs_for_what_they_have_not_seen(review):
    seen = version_of(review.activity).number
    rename(review.activity, MARCH + timedelta(hours=1))
    with pytest.raises(ChangedMeanwhile, match="endret etter at du åpnet siden"):
        conclude(review, seen=seen)
    conclude(review, seen=seen + 1)


def test_an_activity_that_nobody_changed_is_not_called_changed(review):
    with pytest.raises(NothingChanged, match="Ingenting er endret siden sist"):
        conclude(review, ReviewOutcome.CHANGED)
    rename(review.activity, MARCH + timedelta(hours=1))
    assert conclude(review, ReviewOutcome.CHANGED).outcome == "changed"


@pytest.mark.parametrize(
    ("outcome", "sentence"),
    [
        (ReviewOutcome.UNCHANGED, "Reglene har .* feil her. Rett dem først"),
        (ReviewOutcome.CHANGED, "Skriv kort hva som er endret"),
        (ReviewOutcome.TO_BE_ENDED, "Skriv hvorfor aktiviteten skal avsluttes"),
    ],
)
def test_what_needs_a_word_is_refused_without_one(review, outcome, sentence):
    rename(review.activity, MARCH + timedelta(hours=1))
    with pytest.raises(NoteMissing, match=sentence):
        conclude(review, outcome, note=" ")
    assert Review.objects.get().concluded_on is None


def test_an_activity_without_errors_needs_no_word():
    make_controller()
    make_activity()
    [review] = open_due_reviews(at=NEXT_MARCH, by=None)
    assert conclude(review, note="", at=NEXT_MARCH).note == ""


# --- What has changed since


def test_what_changed_is_counted_from_the_last_review(review):
    activity = review.activity
    rename(activity, MARCH + timedelta(hours=1), "Første navn")
    assert [edit.reason for edit in changes_since_last(review)] == ["Rettet navnet"]
    conclude(review, ReviewOutcome.CHANGED)
    # On the same day, after it was concluded: that is for the next one.
    rename(activity, MARCH + timedelta(days=1, hours=1), "Andre navn")
    [again] = open_due_reviews(at=NEXT_MARCH, by=None)

    [edit] = changes_since_last(again)
    assert [(field.before, field.after) for field in edit.changes[0].fields] == [("Første navn", "Andre navn")]
    [then] = changes_since_last(Review.objects.get(pk=review.pk))
    assert [(field.before, field.after) for field in then.changes[0].fields] == [("Taus aktivitet", "Første navn")]


def test_the_list_says_when_it_was_last_done_and_whether_anything_changed(review):
    on = MARCH.date()
    [shown] = open_reviews(register=register_as_of(MARCH), on=on)
    assert (shown.last_on, shown.has_changed) == (None, False)
    assert shown.errors > 0
    conclude(review)
    open_due_reviews(at=NEXT_MARCH, by=None)
    [shown] = open_reviews(register=register_as_of(NEXT_MARCH), on=NEXT_MARCH.date())
    assert (shown.last_on, shown.has_changed) == (date(2026, 3, 3), False)
    rename(review.activity, NEXT_MARCH)
    [shown] = open_reviews(register=register_as_of(NEXT_MARCH), on=NEXT_MARCH.date())
    assert shown.has_changed


# --- Out and in again


def test_reviews_go_out_and_in_again_byte_for_byte(review):
    conclude(review)
    open_due_reviews(at=NEXT_MARCH, by=None)
    content = canonical_json(register_as_of(NEXT_MARCH))
    reading = read_register(content, misfits=misfits)
    assert reading.register is not None
    assert len(reading.register.activities[0].reviews) == 2
    assert canonical_json(reading.register) == content


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ([{}, {}], "activities[0].reviews[1]"),
        ([{"outcome": "unchanged"}], "activities[0].reviews[0]"),
        ([{"concluded_on": "2020-01-01", "outcome": "unchanged", "reviewer": "Test"}], "activities[0].reviews[0]"),
        ([{"concluded_on": "2026-02-30", "outcome": "unchanged", "reviewer": "Test"}], "reviews[0].concluded_on"),
    ],
)
def test_a_file_with_reviews_that_cannot_be_is_refused_with_the_place(activity, rows, place):
    payload = register_payload(register_as_of(WRITTEN_AT))
    silent = {"opened_on": "2026-03-01", "concluded_on": None, "outcome": None, "reviewer": "", "note": ""}
    payload["activities"][0]["reviews"] = [silent | row for row in rows]
    reading = read_register(json.dumps(payload).encode(), misfits=misfits)
    assert reading.register is None
    assert place in str(reading.problems[0])


# --- The report


def test_the_report_says_who_reviewed_what_and_what_had_changed(review):
    rename(review.activity, MARCH + timedelta(hours=1))
    conclude(review, ReviewOutcome.CHANGED, note="Nytt navn.")
    waiting = bare(name="Venter")
    open_due_reviews(at=MARCH + timedelta(days=2), by=None)

    report = review_report(first=date(2026, 3, 1), last=date(2026, 3, 31), at=MARCH + timedelta(days=3))
    [done] = report.reviews
    assert (done.activity, done.outcome, done.note) == ("A01 Nytt navn", ReviewOutcome.CHANGED, "Nytt navn.")
    assert done.reviewer == make_person(Role.LEADER).name
    assert [change.fields for change in done.changes] == [(("Navn", "Taus aktivitet", "Nytt navn"),)]
    assert report.open == ((str(waiting), date(2026, 3, 4)),)
    assert report.never == (str(waiting),)
    assert report.next_on == date(2027, 3, 3)
    assert review_report(first=date(2026, 3, 4), last=date(2026, 3, 31), at=MARCH).reviews == ()
