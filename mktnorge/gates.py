"""Holding writers back where a document is frozen: a save that was begun before it may still be on its way."""

from django.db import connection


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
