"""R-33, R-34 and R-DL-12: what a breach must be followed by, refused step by step. Sources: GDPR art. 33 and 34."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from rights.law.breaches import (
    BreachFacts,
    BreachRefused,
    BreachStep,
    NotToldGround,
    Risk,
    check_became_aware,
    check_can_close,
    check_can_leave_notice,
    check_can_leave_telling,
    check_can_notify,
    check_can_take_step,
    check_can_tell,
    hours_left,
    in_oslo,
    next_step,
    possible_steps,
)
from rights.law.deadlines import breach_deadline

AWARE = in_oslo(date(2026, 11, 20), 16, 30)  # a Friday afternoon
S = BreachStep


def breach(risk: Risk | None = Risk.LIKELY, **over) -> BreachFacts:
    return BreachFacts(**{"aware_at": AWARE, "due_at": breach_deadline(AWARE), "has_owner": True, "risk": risk} | over)


DONE = breach(notified_at=AWARE + timedelta(hours=5), has_measures=True)
LATE = AWARE + timedelta(hours=73)
NOW = AWARE + timedelta(days=5)


@pytest.mark.parametrize(
    ("facts", "step"),
    [
        (breach(None), S.ASSESS),
        (breach(Risk.LIKELY), S.NOTIFY),
        (breach(Risk.HIGH), S.NOTIFY),
        (breach(Risk.UNLIKELY), S.LEAVE_NOTICE),
        (breach(Risk.HIGH, notified_at=AWARE), S.TELL),
        (breach(Risk.LIKELY, notified_at=AWARE), S.ACT),
        (breach(Risk.LIKELY, notified_at=AWARE, has_owner=False), S.TAKE),
        (breach(Risk.UNLIKELY, notice_left=True, has_measures=True), S.CLOSE),
        # A decision not to notify does not outlive the risk it was made on.
        (breach(Risk.LIKELY, notice_left=True), S.NOTIFY),
        (DONE, S.CLOSE),
        (replace(DONE, closed=True), None),
    ],
)
def test_the_next_step_is_one_verb(facts, step):
    assert next_step(facts) is step
    if step:
        assert possible_steps(facts)[0] is step
        check_can_take_step(step, facts)
    else:
        assert possible_steps(facts) == (S.REOPEN,)


@pytest.mark.parametrize("step", BreachStep)
def test_a_closed_breach_is_only_opened_again(step):
    closed = replace(DONE, closed=True)
    if step is S.REOPEN:
        check_can_take_step(step, closed)
        with pytest.raises(BreachRefused, match="er åpent"):
            check_can_take_step(step, DONE)
        return
    with pytest.raises(BreachRefused, match="er avsluttet"):
        check_can_take_step(step, closed)


@pytest.mark.parametrize(
    ("facts", "at", "words", "sentence"),
    [
        (breach(None), AWARE, True, "Vurder risikoen først"),
        (breach(), AWARE - timedelta(minutes=1), True, "før dere ble klar over"),
        (breach(), NOW + timedelta(minutes=1), True, "fram i tid"),
        # Art. 33(1), second sentence: a notice after 72 hours is accompanied by reasons.
        (breach(), LATE, False, "Skriv hvorfor det tok lenger tid"),
        (replace(DONE, closed=True), AWARE, True, "er avsluttet"),
    ],
)
def test_a_notice_that_cannot_be_is_refused(facts, at, words, sentence):
    with pytest.raises(BreachRefused, match=sentence):
        check_can_notify(facts, notified_at=at, now=NOW, has_words=words)


@pytest.mark.parametrize(("at", "words"), [(AWARE, False), (AWARE + timedelta(hours=72), False), (LATE, True)])
def test_a_notice_on_the_last_minute_is_in_time(at, words):
    check_can_notify(breach(), notified_at=at, now=NOW, has_words=words)


@pytest.mark.parametrize(
    ("facts", "words", "sentence"),
    [
        (breach(None), True, "Vurder risikoen"),
        (breach(Risk.LIKELY), True, "skal Datatilsynet varsles"),
        (breach(Risk.HIGH), True, "skal Datatilsynet varsles"),
        (breach(Risk.UNLIKELY), False, "Skriv hvorfor"),
        (breach(Risk.UNLIKELY, notified_at=AWARE), True, "alt varslet"),
    ],
)
def test_only_an_unlikely_risk_is_not_notified_and_never_without_why(facts, words, sentence):
    with pytest.raises(BreachRefused, match=sentence):
        check_can_leave_notice(facts, has_words=words)
    check_can_leave_notice(breach(Risk.UNLIKELY), has_words=True)


@pytest.mark.parametrize(
    ("facts", "ground", "words", "sentence"),
    [
        (breach(None), None, True, "Vurder risikoen"),
        (breach(Risk.HIGH), None, True, "hvilket av lovens unntak"),
        (breach(Risk.HIGH), NotToldGround.UNREADABLE, False, "Skriv hvorfor"),
        (breach(Risk.LIKELY), NotToldGround.AVERTED, True, "bare når risikoen er høy"),
        (breach(Risk.HIGH, told_on=AWARE.date()), NotToldGround.AVERTED, True, "alt fått vite"),
    ],
)
def test_a_high_risk_is_kept_from_nobody_but_by_an_exception(facts, ground, words, sentence):
    with pytest.raises(BreachRefused, match=sentence):
        check_can_leave_telling(facts, ground=ground, has_words=words)


@pytest.mark.parametrize("ground", NotToldGround)
def test_each_exception_of_article_34_3_is_one(ground):
    check_can_leave_telling(breach(Risk.HIGH), ground=ground, has_words=True)
    assert ground.source is not None
    assert "art. 34 nr. 3" in str(ground.source)


@pytest.mark.parametrize(
    ("told_on", "sentence"), [(date(2026, 11, 19), "Ingen kan ha fått vite det før"), (date(2026, 12, 1), "fram i tid")]
)
def test_nobody_was_told_on_such_a_day(told_on, sentence):
    with pytest.raises(BreachRefused, match=sentence):
        check_can_tell(breach(), told_on=told_on, today=date(2026, 11, 30))
    check_can_tell(breach(), told_on=date(2026, 11, 20), today=date(2026, 11, 30))


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (breach(None, has_measures=True), "Vurder risikoen"),
        (breach(Risk.LIKELY, has_measures=True), "om Datatilsynet skal varsles"),
        (breach(Risk.UNLIKELY, has_measures=True), "om Datatilsynet skal varsles"),
        (replace(DONE, risk=Risk.HIGH), "Si fra til dem det gjelder"),
        (replace(DONE, has_measures=False), "hva dere har gjort"),
    ],
)
def test_a_breach_is_not_closed_before_the_log_is_whole(facts, sentence):
    """Art. 33(5): facts, effects and remedial action."""
    with pytest.raises(BreachRefused, match=sentence):
        check_can_close(facts)


@pytest.mark.parametrize(
    "facts",
    [
        DONE,
        breach(Risk.UNLIKELY, notice_left=True, has_measures=True),
        replace(DONE, risk=Risk.HIGH, told_on=AWARE.date()),
        replace(DONE, risk=Risk.HIGH, telling_left=True),
    ],
)
def test_a_breach_with_all_of_it_may_be_closed(facts):
    check_can_close(facts)


def test_nobody_becomes_aware_tomorrow():
    check_became_aware(AWARE, now=AWARE)
    with pytest.raises(BreachRefused, match="fram i tid"):
        check_became_aware(AWARE + timedelta(minutes=1), now=AWARE)


@pytest.mark.parametrize(
    ("now", "left"),
    [
        (AWARE, 72),
        (AWARE + timedelta(minutes=1), 71),
        (breach().due_at - timedelta(minutes=59), 0),
        (breach().due_at, 0),
        (breach().due_at + timedelta(seconds=1), -1),
        (breach().due_at + timedelta(hours=2), -2),
    ],
)
def test_the_hours_are_counted_down(now, left):
    assert hours_left(breach(), now=now) == left


def test_the_hours_are_hours_over_a_change_of_clocks():
    """R-DL-12: Saturday evening before the clocks go back ends an hour earlier on the wall."""
    aware = in_oslo(date(2026, 10, 24), 20, 0)
    facts = breach(aware_at=aware, due_at=breach_deadline(aware))
    assert facts.due_at.isoformat() == "2026-10-27T19:00:00+01:00"
    assert hours_left(facts, now=aware) == 72
    # The hour that comes twice is the first of the two: the deadline that is safe.
    assert in_oslo(date(2026, 10, 25), 2, 30).astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
