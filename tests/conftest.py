"""Fixtures that every test may ask for. Worlds to test in are built by `tests.builders`."""

import ctypes
import os
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth import SESSION_KEY, get_user
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.backends.utils import CursorWrapper
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

# A test that neither asks for one of these nor is marked `django_db` is refused the database by pytest-django.
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server"}

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
# Chromium as root and without its own talk to the network; what a page does is not affected.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives a browser and what opens the database, so that a run chooses by name and never by accident."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if "browser" in fixtures:
            item.add_marker("browser")
        if item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES:
            item.add_marker("database")


@pytest.fixture(scope="session", autouse=True)
def emptying_between_tests() -> Iterator[None]:
    """Let Django empty the tables after a test with real transactions, the frozen ones too.

    Only that: within a test the rows stay frozen, and the triggers are back before the next one.
    """
    ops = type(connection.ops)
    empty = ops.execute_sql_flush

    def thaw_and_empty(self: BaseDatabaseOperations, statements: list[str]) -> None:
        with transaction.atomic(using=self.connection.alias), self.connection.cursor() as cursor:
            again = _disable_triggers(cursor, self.connection.vendor)
            empty(self, statements)
            for statement in again:
                cursor.execute(statement)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ops, "execute_sql_flush", thaw_and_empty)
        yield


def _disable_triggers(cursor: CursorWrapper, vendor: str) -> list[str]:
    """Put our triggers out of force, and return the statements that put them in force again."""
    if vendor == "sqlite":
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        return [sql for _, sql in triggers]
    cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
    tables = [table for (table,) in cursor.fetchall()]
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    return [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables]


@pytest.fixture(autouse=True)
def nothing_drawn_before() -> None:
    """Empty what the process keeps of public pages: versions of two tests may be told apart by nothing."""
    from processing.views.serving import PAGES

    PAGES.clear()


@pytest.fixture(scope="session", autouse=True)
def signed_in_all_the_way() -> Iterator[None]:
    """Let `force_login` and `login` of the test client stand for the whole way in: password, second factor, session.

    The door is as it is: what the way in leaves in the session is put there, by the same code. Whoever came in so stays
    in, to whatever day the clock is moved. The way itself is walked in tests/site/test_signing_in.py.
    """
    from mktnorge.signin import sessions

    login, ask = Client._login, Client.request

    def begin(client: Client) -> None:
        request = HttpRequest()
        request.session = client.session
        client.came_in_at = timezone.now()
        sessions.begin(request, get_user(request), second_factor=True, at=client.came_in_at)
        request.session.save()

    def through_the_door(self: Client, user: object, backend: str | None = None) -> None:
        login(self, user, backend)
        begin(self)

    def still_there(self: Client, **request: object) -> object:
        came_in_at = getattr(self, "came_in_at", None)
        if came_in_at and abs(timezone.now() - came_in_at) > timedelta(minutes=20) and SESSION_KEY in self.session:
            begin(self)
        return ask(self, **request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "_login", through_the_door)
        patch.setattr(Client, "request", still_there)
        yield


@pytest.fixture(scope="session", autouse=True)
def one_request_at_a_time_in_memory() -> Iterator[None]:
    """Let the requests of a live server wait for each other where they share one connection.

    That is all an SQLite database in memory has, and two transactions in it at once are an error that no real site
    meets. PostgreSQL, where each request has its own, runs the tests of clicks at once.
    """
    if not (connection.vendor == "sqlite" and connection.is_in_memory_db()):
        yield
        return
    answer, turn = WSGIHandler.__call__, threading.RLock()

    def answer_in_turn(self: WSGIHandler, environ: object, start_response: object) -> object:
        with turn:
            return answer(self, environ, start_response)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WSGIHandler, "__call__", answer_in_turn)
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Chromium, started once a worker. A test opens pages in a context of its own: `browser.new_context()`."""
    if not CHROMIUM.exists():
        pytest.fail(
            f"This test drives Chromium, and {CHROMIUM} is not there. Install it (on Debian: apt-get install "
            'chromium), name another in CHROMIUM, or leave these tests out with -m "not browser".',
            pytrace=False,
        )
    if sys.platform == "linux":
        try:
            ctypes.CDLL("libatomic.so.1")
        except OSError:
            pytest.fail("Playwright's driver needs libatomic. On Debian: apt-get install libatomic1", pytrace=False)
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread, and Django refuses queries beside one unless it is told otherwise.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=CHROMIUM_FLAGS)
            yield chromium
            chromium.close()
    finally:
        if before is None:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
        else:
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@pytest.fixture
def page(browser: object) -> Iterator[object]:
    """A new page in Norwegian, in Oslo, that shares nothing with the page of another test."""
    context = browser.new_context(locale="nb-NO", timezone_id="Europe/Oslo")
    yield context.new_page()
    context.close()
