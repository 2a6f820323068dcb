"""What is deleted is gone from the file of SQLite and from its write-ahead log, with the settings of the site."""

import sqlite3

import pytest
from django.conf import settings
from django.db import connection

from mktnorge.scrubbing import scrub_on_commit

CANARY = b"kanarifuglen sang her"


def written(folder, pragmas: str):
    """A file to which the canary was written and from which it was deleted, over several pages."""
    path = folder / "site.sqlite3"
    database = sqlite3.connect(path, isolation_level=None)
    database.executescript(pragmas)
    database.execute("CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT)")
    database.executemany("INSERT INTO texts (text) VALUES (?)", [(CANARY.decode() * 400,) for _ in range(20)])
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.execute("UPDATE texts SET text = '' WHERE id % 2")
    database.execute("DELETE FROM texts WHERE text <> ''")
    return path, database


def lies_in(path) -> bool:
    return any(CANARY in file.read_bytes() for file in path.parent.glob(path.name + "*"))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite's file")
def test_nothing_of_an_erased_text_is_left_in_the_file(tmp_path):
    pragmas = settings.DATABASES["default"]["OPTIONS"]["init_command"]
    path, database = written(tmp_path, pragmas)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert not lies_in(path)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite's file")
def test_without_the_setting_it_would_be(tmp_path):
    path, database = written(tmp_path, "PRAGMA journal_mode=WAL; PRAGMA secure_delete=OFF;")
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert lies_in(path)


@pytest.mark.django_db
def test_the_log_is_emptied_when_the_erasure_is_in(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        scrub_on_commit()
    assert len(callbacks) == (1 if connection.vendor == "sqlite" else 0)
