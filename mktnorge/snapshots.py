"""Reading many tables as of one instant, and holding writers back where a document is frozen.

Without the first, a read of twenty tables beside somebody's save may see half of it. Without the second, a document
may be frozen while a save that was begun before it is still on its way.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

# In SQLite a reader begins like this and never waits; `atomic()` takes the lock of a writer (see the settings).
_BEGIN = {"sqlite": "BEGIN DEFERRED", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}


@contextmanager
def one_snapshot() -> Iterator[None]:
    """Let every query inside see the database as the first of them does. Nothing is written, and nobody waits.

    Inside a transaction this does nothing: there the transaction decides, and `hold_writers` makes it safe to read.
    """
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN[connection.vendor])
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def join_writers(gate: int) -> None:
    """Write beside others who have joined `gate`, but not before whoever holds them back is done. In a transaction."""
    _take("pg_advisory_xact_lock_shared", gate)


def hold_writers(gate: int) -> None:
    """Wait for those who have joined `gate` to be done, and hold back others until this transaction ends.

    Two who hold them back take turns.
    """
    _take("pg_advisory_xact_lock", gate)


def _take(lock: str, gate: int) -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("A gate is held by a transaction, and there is none.")
    if connection.vendor == "sqlite":
        return  # a transaction begins by taking the one lock of a writer
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(%s)", [gate])
