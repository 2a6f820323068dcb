"""The registry of the steps of a start."""

import pytest

from mktnorge import startup
from mktnorge.startup import register_step, registered_steps


@pytest.fixture(autouse=True)
def registry(monkeypatch):
    monkeypatch.setattr(startup, "_registered", {})


def publish(start):
    return "publish"


def migrate(start):
    return "migrate"


def test_steps_run_in_their_order_however_they_were_registered():
    register_step(50, publish)
    register_step(10, migrate, everywhere=True)
    assert registered_steps(demonstration=True) == [migrate, publish]


def test_only_steps_for_everywhere_run_outside_a_demonstration():
    register_step(50, publish)
    register_step(10, migrate, everywhere=True)
    assert registered_steps(demonstration=False) == [migrate]


def test_a_step_registered_twice_runs_once():
    register_step(50, publish)
    register_step(50, publish)
    assert registered_steps(demonstration=True) == [publish]
