"""`manage.py start` as a newcomer meets it: a process of its own, in a checkout where nothing is made."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest
from django.db import connection

from mktnorge.keys import new_keys
from tests.site.checkout import environment, make_checkout, manage

SECONDS = 90


@pytest.fixture
def checkout(tmp_path):
    return make_checkout(tmp_path / "checkout")


@pytest.fixture
def database(django_db_blocker):
    """Settings that name an empty database of the kind this run tests; none for SQLite, which is the default."""
    if connection.vendor == "sqlite":
        yield {}
        return
    with django_db_blocker.unblock():
        parameters = {**connection.get_connection_params(), "dbname": "postgres"}
    known = {key: parameters[key] for key in ("host", "port", "user", "password", "dbname") if parameters.get(key)}
    name = f"start_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(**known, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        base, _, query = os.environ["TEST_DATABASE_URL"].partition("?")
        yield {"DATABASE_URL": f"{base.rsplit('/', 1)[0]}/{name}?{query}"}
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def started(checkout: Path, port: int, **settings: str):
    """Run start until it answers, give its two outputs as they stand, and stop it as Ctrl-C does."""
    out, err = checkout.parent / "out", checkout.parent / "err"
    with out.open("w") as stdout, err.open("w") as stderr:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "start", "--port", str(port)],
            cwd=checkout,
            env=environment(**settings),
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
        )
    try:
        give_up = time.monotonic() + SECONDS
        while "Siden er klar" not in err.read_text():
            assert process.poll() is None, err.read_text()
            assert time.monotonic() < give_up, err.read_text()
            time.sleep(0.1)
        yield out.read_text(), err.read_text()
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=SECONDS)
    assert process.returncode == 0
    assert "Traceback" not in err.read_text()


def status_of(url: str) -> int:
    with urllib.request.urlopen(url, timeout=20) as answer:
        return answer.status


def front_page(site: str, email: str, password: str) -> str:
    """Sign in as a newcomer does, with what start printed, and return what they meet."""
    cookies = CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies))
    form = browser.open(f"{site}/admin/login/?next=/admin/", timeout=20).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)[1]
    given = {"csrfmiddlewaretoken": token, "login": email, "password": password, "next": "/admin/"}
    return browser.open(f"{site}/admin/login/", data=urlencode(given).encode(), timeout=20).read().decode()


@pytest.mark.database
def test_start_twice(checkout, database):
    port = free_port()
    with started(checkout, port, **database) as (out, err):
        lines = err.splitlines()
        total = len(lines)
        assert [line.split(" ")[0] for line in lines] == [f"{number}/{total}" for number in range(1, total + 1)]
        assert all(re.search(r"\(\d+,\d s\)$", line) for line in lines[:-1])
        assert f"http://127.0.0.1:{port}/" in lines[-1]
        for path in ("/", "/personvern/krav/", "/sak/", "/admin/login/", "/helse/klar"):
            assert status_of(f"http://127.0.0.1:{port}{path}") == 200
        page = urllib.request.urlopen(f"http://127.0.0.1:{port}/admin/login/", timeout=20).read().decode()
        style_sheet = re.search(r'href="(/static/[^"]+\.css)"', page)[1]
        assert status_of(f"http://127.0.0.1:{port}{style_sheet}") == 200
        assert re.findall(r"^  (\S+) +(\S+@demo\.example) +(\S{20,})$", out, flags=re.MULTILINE)
        passwords = re.findall(r"\S+@demo\.example +(\S{20,})$", out, flags=re.MULTILINE)
        assert len(passwords) == 4
        assert "Saker i dag" in front_page(f"http://127.0.0.1:{port}", "leder@demo.example", passwords[0])

        # A second one on the same port is refused in a sentence, and the first goes on.
        refused = manage(checkout, "start", "--port", str(port), **database)
        assert refused.returncode == 1
        assert f"Port {port} er i bruk" in refused.stderr
        assert status_of(f"http://127.0.0.1:{port}/admin/login/") == 200

    with started(checkout, port, **database) as (out, err):
        assert out == ""
        assert all("finnes allerede" in line for line in err.splitlines()[:-1]), err
    made = [path for path in checkout.rglob("*") if path.is_file() and path.stat().st_size < 10_000_000]
    assert [path for path in made if any(word.encode() in path.read_bytes() for word in passwords)] == []


def test_a_port_in_use_stops_before_anything_is_made(checkout):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        outcome = manage(checkout, "start", "--port", str(other.getsockname()[1]))
    assert outcome.returncode == 1
    assert "er i bruk" in outcome.stderr
    assert [path.name for path in (checkout / "var").iterdir()] == ["embedded.env"]


def test_an_impossible_port_is_refused(checkout):
    outcome = manage(checkout, "start", "--port", "70000")
    assert outcome.returncode == 1
    assert "70000 er ikke en port" in outcome.stderr


@pytest.mark.database
def test_a_configured_site_gets_no_login_and_nothing_published(checkout, database):
    settings = {**new_keys(), "ALLOWED_HOSTS": "127.0.0.1", **database}
    with started(checkout, free_port(), **settings) as (out, err):
        assert out == ""
        assert [line.split(" ", 1)[0] for line in err.splitlines()] == ["1/4", "2/4", "3/4", "4/4"]
    people = manage(checkout, "shell", "-v", "0", "-c",
                    "from mktnorge.models import User; print(User.objects.count())", **settings)  # fmt: skip
    assert people.stdout.strip() == "0", people.stderr


@pytest.mark.database
def test_a_register_file_that_is_wrong_is_named(checkout, database):
    with (checkout / "processing" / "seed" / "company.toml").open("a") as file:
        file.write("x =\n")
    outcome = manage(checkout, "start", "--port", str(free_port()), **database)
    assert outcome.returncode == 1
    assert "company.toml, linje" in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_a_file_that_is_no_database_is_said(checkout):
    (checkout / "var").mkdir()
    (checkout / "var" / "personvern.sqlite3").write_bytes(b"not a database, but long enough to be read as one" * 40)
    outcome = manage(checkout, "start", "--port", str(free_port()))
    assert outcome.returncode == 1
    assert "Databasen svarer ikke: file is not a database" in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_a_database_that_does_not_answer_is_said(checkout):
    settings = {**new_keys(), "DATABASE_URL": f"postgres://nobody@/nothing?host={checkout}"}
    outcome = manage(checkout, "start", "--port", str(free_port()), **settings)
    assert outcome.returncode == 1
    assert "Databasen svarer ikke" in outcome.stderr
    assert "Traceback" not in outcome.stderr
