"""Work that comes round is done when it is due, by one worker, whole or not at all."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from mktnorge import sweeps
from mktnorge.models import Bucket, SweepRun
from mktnorge.sweeps import Swept, register_sweep, run_due_sweeps
from tests.builders import ASKED_AT

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def none_registered(monkeypatch):
    monkeypatch.setattr(sweeps, "_registered", {})


def test_a_sweep_runs_at_once_and_then_when_its_time_has_come():
    moments = []
    register_sweep("count", lambda at: moments.append(at) or "", every=HOUR)
    for passed in (0, 30, 59, 60, 61, 119, 120, 2000):
        run_due_sweeps(at=ASKED_AT + timedelta(minutes=passed))
    assert [(moment - ASKED_AT) / timedelta(minutes=1) for moment in moments] == [0, 60, 120, 2000]


def test_one_that_fails_leaves_nothing_and_comes_again_sooner():
    def half_done(at):
        Bucket.objects.create(key="x" * 64, tokens=1, counted_at=at)
        raise ZeroDivisionError("navnet til noen")

    register_sweep("broken", half_done, every=HOUR)
    register_sweep("whole", lambda at: "Ryddet.", every=HOUR)
    broken, whole = run_due_sweeps(at=ASKED_AT)
    assert broken.failed
    assert "navnet" not in broken.outcome
    assert whole == Swept("whole", "Ryddet.")
    assert not Bucket.objects.exists()
    row = SweepRun.objects.get(name="broken")
    assert (row.failures, row.due_at) == (1, ASKED_AT + timedelta(minutes=15))
    run_due_sweeps(at=row.due_at)
    assert SweepRun.objects.get(name="broken").failures == 2


def test_a_name_is_taken_once():
    register_sweep("one", len, every=HOUR)
    register_sweep("one", len, every=HOUR)
    with pytest.raises(ValueError, match="already"):
        register_sweep("one", repr, every=HOUR)


def test_sessions_that_have_run_out_are_forgotten():
    from mktnorge.signin.sessions import forget_expired_sessions

    for key, expires in (("old", ASKED_AT - HOUR), ("new", ASKED_AT + HOUR)):
        Session.objects.create(session_key=key, session_data="", expire_date=expires)
    forget_expired_sessions(ASKED_AT)
    assert [row.session_key for row in Session.objects.all()] == ["new"]
