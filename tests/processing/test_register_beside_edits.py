"""Reading the register while it is edited: an edit is seen as a whole or not at all, and freezing waits for it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import connection

from mktnorge.gates import hold_writers, join_writers
from processing.law.editions import ExportFormat
from processing.models import Activity
from processing.models.governed import register_edit
from processing.services.exports import RegisterChanged, export_register
from tests.builders import ASKED_AT, make_activity, make_controller
from tests.connections import two_connections

EDITED_AT = ASKED_AT + timedelta(minutes=1)
READ_AT = ASKED_AT + timedelta(minutes=2)


@contextmanager
def elsewhere(work: Callable[[], object]) -> Iterator[threading.Thread]:
    """Run `work` on another connection meanwhile. What it raises is raised here in the end."""
    failures: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    yield thread
    thread.join(timeout=30)
    assert not thread.is_alive()
    if failures:
        raise failures[0]


@two_connections
@pytest.mark.django_db(transaction=True)
def test_a_document_waits_for_the_edit_under_way_and_is_not_issued_without_it() -> None:
    make_controller()
    make_activity(name="Gammelt navn")
    begun, order = threading.Event(), []

    def slow_edit() -> None:
        with register_edit(at=EDITED_AT):
            activity = Activity.objects.get()
            activity.name = "Nytt navn"
            activity.save()
            begun.set()
            # Only the document can end this wait early, and it must not.
            assert not issued.wait(timeout=1)
            order.append("edit")

    issued = threading.Event()
    with elsewhere(slow_edit):
        begun.wait(timeout=20)
        with pytest.raises(RegisterChanged):
            export_register(format=ExportFormat.JSON, as_of=date(2026, 11, 23), by=None, at=READ_AT)
        order.append("document")
        issued.set()
    assert order == ["edit", "document"]


@two_connections
@pytest.mark.django_db(transaction=True)
def test_two_edits_do_not_wait_for_each_other() -> None:
    both = threading.Barrier(2, timeout=20)

    def edit() -> None:
        with register_edit(at=EDITED_AT):
            both.wait()

    with elsewhere(edit), elsewhere(edit):
        pass
    assert not both.broken


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("take", [hold_writers, join_writers])
def test_a_gate_without_a_transaction_would_hold_nobody(take: Callable[[int], None]) -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        take(1)
