"""The one clock that several processes, and perhaps several machines, agree on."""

from datetime import UTC, datetime

from django.db import connection
from django.utils.dateparse import parse_datetime

_NOW = {
    # Not the moment the transaction began, but this one.
    "postgresql": "SELECT clock_timestamp()",
    "sqlite": "SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')",
}


def database_now() -> datetime:
    """Return the moment it is at the database (aware, UTC). For workers; a page takes the clock of its own process."""
    with connection.cursor() as cursor:
        cursor.execute(_NOW[connection.vendor])
        (now,) = cursor.fetchone()
    if isinstance(now, str):
        parsed = parse_datetime(now)
        assert parsed is not None
        return parsed.replace(tzinfo=UTC)
    return now.astimezone(UTC)
