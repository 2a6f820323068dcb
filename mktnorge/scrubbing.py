"""Having an erased text leave the file too, and not only the table."""

from django.db import connection, transaction


def scrub_on_commit() -> None:
    """Once the open transaction is in, empty SQLite's write-ahead log, where the pages before the erasure may lie.

    `secure_delete` (settings) has then overwritten the pages themselves. PostgreSQL keeps a dead row until the next
    vacuum, which it runs by itself. Backups are outside: they have a life of their own.
    """
    if connection.vendor == "sqlite":
        transaction.on_commit(_empty_write_ahead_log, robust=True)


def _empty_write_ahead_log() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
