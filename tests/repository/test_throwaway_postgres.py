"""The PostgreSQL of the tests: it is real, it answers its own socket only, and it leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.repository.tree import ROOT

SAY_URL = "import os; print(os.environ['TEST_DATABASE_URL'], flush=True)"
ASK = """
import os, psycopg, urllib.parse
host = urllib.parse.parse_qs(urllib.parse.urlsplit(os.environ["TEST_DATABASE_URL"]).query)["host"][0]
with psycopg.connect(host=host, user="test", dbname="postgres") as connection:
    for name in ("server_encoding", "listen_addresses", "fsync"):
        print(name, "=", connection.execute("SELECT current_setting(%s)", [name]).fetchone()[0])
    print(connection.execute("SELECT datcollate FROM pg_database WHERE datname = 'postgres'").fetchone()[0])
print(host)
"""


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "tests.postgres", *arguments]


def environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "TEST_DATABASE_URL"}


def run(*arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments),
        cwd=ROOT,
        env={**environment(), **extra},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def directory_in(url: str) -> Path:
    return Path(url.strip().split("host=")[1])


def test_it_is_a_server_on_a_socket_and_then_gone():
    outcome = run(sys.executable, "-c", ASK)
    assert outcome.returncode == 0, outcome.stderr
    *facts, directory = outcome.stdout.splitlines()
    assert facts == ["server_encoding = UTF8", "listen_addresses = ", "fsync = off", "C.UTF-8"]
    assert not Path(directory).exists()


def test_the_commands_exit_code_is_ours():
    assert run(sys.executable, "-c", "raise SystemExit(7)").returncode == 7


def test_a_given_server_is_used_as_it_is():
    outcome = run(sys.executable, "-c", SAY_URL, TEST_DATABASE_URL="postgres://given@/somewhere")
    assert outcome.stdout.strip() == "postgres://given@/somewhere"


def test_ended_from_outside_it_still_cleans_up():
    process = subprocess.Popen(
        command(sys.executable, "-c", f"{SAY_URL}; import time; time.sleep(60)"),
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    directory = directory_in(process.stdout.readline())
    assert (directory / "data" / "postmaster.pid").exists()
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=60) == 128 + signal.SIGTERM
    process.stdout.close()
    assert time.monotonic() - began < 30
    assert not directory.exists()


def test_without_a_command_it_explains_itself():
    outcome = run()
    assert outcome.returncode == 2
    assert "python -m tests.postgres COMMAND" in outcome.stderr


def test_where_there_are_no_binaries_it_says_what_to_do(monkeypatch):
    import pytest

    from tests import postgres

    monkeypatch.setattr(postgres.shutil, "which", lambda name: None)
    monkeypatch.setattr(postgres, "find_spec", lambda name: None)
    monkeypatch.setattr(postgres.Path, "glob", lambda self, pattern: iter(()))
    with pytest.raises(postgres.NoPostgres, match="apt-get install postgresql"):
        postgres.binaries()
