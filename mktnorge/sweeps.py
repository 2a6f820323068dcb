"""Work that comes round by itself. Each app adds its own, so that the site needs no word of theirs.

An app registers its sweeps in `ready()`:

    register_sweep("drafts", remove_old_drafts, every=timedelta(minutes=10))

    def remove_old_drafts(at: datetime) -> str:
        \"\"\"Do what is due at `at`, and return one sentence about it for staff; empty when there was nothing.\"\"\"

A sweep may be run late, twice or after a month's pause, and must do right each time: it asks what is due and never
what time has passed. It runs inside a transaction, and either all of what it did stands or nothing.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from mktnorge.models.sweeps import SweepRun

log = logging.getLogger(__name__)

AGAIN_AFTER_FAILURE = timedelta(minutes=15)


@dataclass(frozen=True)
class Sweep:
    name: str
    run: Callable[[datetime], str]
    every: timedelta


@dataclass(frozen=True)
class Swept:
    name: str
    outcome: str
    failed: bool = False


_registered: dict[str, Sweep] = {}


def register_sweep(name: str, run: Callable[[datetime], str], *, every: timedelta) -> None:
    """Have the worker call `run` at least `every` so often. Raises ValueError when another has the name."""
    known = _registered.get(name)
    if known is not None and known.run is not run:
        raise ValueError(f"{name} is already the name of a sweep")
    _registered[name] = Sweep(name, run, every)


def registered_sweeps() -> list[Sweep]:
    return sorted(_registered.values(), key=lambda sweep: sweep.name)


def run_due_sweeps(*, at: datetime) -> list[Swept]:
    """Run the sweeps whose turn it is, and tell what each did. One that fails is tried again after 15 minutes."""
    names = [sweep.name for sweep in registered_sweeps()]
    known = set(SweepRun.objects.filter(name__in=names).values_list("name", flat=True))
    for name in names:
        if name not in known:
            SweepRun.objects.get_or_create(name=name, defaults={"due_at": at})
    due = set(SweepRun.objects.filter(name__in=names, due_at__lte=at).values_list("name", flat=True))
    swept = [_run(sweep, at) for sweep in registered_sweeps() if sweep.name in due]
    return [one for one in swept if one is not None]


def _run(sweep: Sweep, at: datetime) -> Swept | None:
    with transaction.atomic():
        # Whoever else came first has moved `due_at` by the time the lock is ours, or holds the row still.
        row = SweepRun.objects.select_for_update(skip_locked=True).filter(name=sweep.name, due_at__lte=at).first()
        if row is None:
            return None
        try:
            with transaction.atomic():
                outcome, failed = sweep.run(at), False
        except Exception:
            # The trace is for the log. What staff read says only that it happened: an error may quote what was read.
            log.exception("The sweep %s failed", sweep.name)
            outcome, failed = _("Oppgaven stoppet med en feil. Se i loggen. Den prøves igjen."), True
        row.ran_at, row.outcome = at, outcome[:300]
        row.failures = row.failures + 1 if failed else 0
        row.due_at = at + (AGAIN_AFTER_FAILURE if failed else sweep.every)
        row.save(update_fields=["ran_at", "outcome", "failures", "due_at"])
    return Swept(sweep.name, row.outcome, failed)
