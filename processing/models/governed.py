"""Rows the register prints: every change leaves a history row, and one edit carries one moment.

`register_edit` is the way in for writes. Within it all history rows carry the same moment, person and reason, so
that the register never shows half an edit, whatever moment it is asked about (decision 26). Only `processing.register`
reads what is written here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import models, transaction
from simple_history.models import HistoricalRecords

from mktnorge.gates import hold_writers, join_writers

REGISTER_GATE = 30_1
"""The number every edit of the register passes, and no other lock of the site has (Art. 30(1))."""


@dataclass(frozen=True)
class _Edit:
    at: datetime
    by: object | None
    reason: str


_current_edit: ContextVar[_Edit | None] = ContextVar("register_edit", default=None)


class WriteOutsideEdit(Exception):
    """A row of the register was written without a moment and a reason: wrap the write in `register_edit`."""


@contextmanager
def register_edit(*, at: datetime, by: object | None = None, reason: str = "") -> Iterator[None]:
    """Write to the register in one transaction, at one moment.

    `at` is aware and becomes the date of every history row; `by` is the person, or None for a command.
    An edit inside another edit joins it: the outer moment, person and reason hold. An edit waits while a document of
    the register is frozen (`hold_register_still`).
    """
    if _current_edit.get() is not None:
        with transaction.atomic():
            yield
        return
    token = _current_edit.set(_Edit(at, by, reason))
    try:
        with transaction.atomic():
            join_writers(REGISTER_GATE)
            yield
    finally:
        _current_edit.reset(token)


def hold_register_still() -> None:
    """Wait for the edits under way, and let no other begin before this transaction ends.

    For whoever freezes what the register says: a version of the notice, an export.
    """
    hold_writers(REGISTER_GATE)


def _of_edit(name: str) -> property:
    """An attribute the history library looks for when it writes a row. Outside an edit there is nothing to find."""

    def read(instance: models.Model) -> object:
        if name in instance.__dict__:
            return instance.__dict__[name]
        edit = _current_edit.get()
        if edit is None:
            raise WriteOutsideEdit(f"{type(instance).__name__} was written outside register_edit().")
        return {"_history_date": edit.at, "_history_user": edit.by, "_change_reason": edit.reason}[name]

    def write(instance: models.Model, value: object) -> None:
        instance.__dict__[name] = value

    return property(read, write)


class Governed(models.Model):
    """A row of the register. It is saved one by one, never in bulk: bulk writes leave no history."""

    history = HistoricalRecords(
        inherit=True,
        user_model=settings.AUTH_USER_MODEL,
        history_change_reason_field=models.CharField(max_length=300, blank=True, default=""),
    )

    _history_date = _of_edit("_history_date")
    _history_user = _of_edit("_history_user")
    _change_reason = _of_edit("_change_reason")

    class Meta:
        abstract = True
