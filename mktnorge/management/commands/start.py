"""`manage.py start`: everything on this machine, ready to use.

The steps: the database, the roles and people, whatever the apps have registered in `mktnorge.startup`, the static
files, and the web server. Each writes one numbered line to standard error; each sees for itself whether its work is
done already. The only thing on standard output is the logins of a demonstration, the one time they are made.

On a configured site (DEMONSTRATION is false) it migrates, sets the roles, collects the static files and serves, and
nothing else: no login is made, no register is filled and nothing is published without a person.
"""

import hashlib
import os
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from gunicorn.app.base import BaseApplication

from mktnorge.access import sync_roles
from mktnorge.people import demonstration_leader, make_demonstration_people
from mktnorge.startup import Start, register_step, registered_steps

HOST = "127.0.0.1"


class Command(BaseCommand):
    help = "Gjør alt klart på denne maskinen og viser det på http://127.0.0.1:8000/."
    requires_system_checks: list[str] = []  # run below, after the port: a port in use stops before anything is done

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="Porten siden svarer på. Standard er 8000.")

    def handle(self, *args: object, port: int, **options: object) -> None:
        check_port_is_free(port)
        self.check()
        steps = registered_steps(demonstration=settings.DEMONSTRATION)
        total = len(steps) + 1
        by = None
        for number, step in enumerate(steps, start=1):
            began = time.monotonic()
            if settings.DEMONSTRATION and step not in SITE_STEPS:
                by = by or demonstration_leader()
            sentence = step(Start(at=timezone.now(), by=by))
            self._progress(number, total, sentence, time.monotonic() - began)
        self._serve(port, ready=lambda: self._progress(total, total, where(port)))

    def _progress(self, number: int, total: int, sentence: str, seconds: float | None = None) -> None:
        took = "" if seconds is None else f" ({number_format(seconds, 1)} s)"
        self.stderr.write(f"{number}/{total} {sentence}{took}", lambda line: line)
        self.stderr.flush()

    def _serve(self, port: int, ready: Callable[[], None]) -> None:
        # A connection must not be shared by the workers that are forked from this process.
        connections.close_all()
        with worker():
            Server(port, ready).run()


@contextmanager
def worker() -> Iterator[None]:
    """Run `manage.py work` beside the web server, and end it with it. It writes to the same terminal."""
    process = subprocess.Popen(  # noqa: S603  our own program, told nothing from outside
        [sys.executable, str(settings.BASE_DIR / "manage.py"), "work", "--beside", str(os.getpid())],
        cwd=settings.BASE_DIR,
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr.fileno(),
    )
    ours = os.getpid()
    try:
        yield
    finally:
        # Gunicorn's forks leave through here as well, and they are not the ones to end it.
        if os.getpid() == ours:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()


class Server(BaseApplication):
    """Gunicorn, told everything here: it reads no file, no environment and no command line of its own."""

    def __init__(self, port: int, ready: Callable[[], None]) -> None:
        self.port = port
        self.ready = ready
        super().__init__()

    def load_config(self) -> None:
        values = {
            "bind": f"{HOST}:{self.port}",
            "workers": 2,
            # Threads, since a browser opens connections before it has anything to ask.
            "worker_class": "gthread",
            "threads": 4,
            "preload_app": True,
            # Not "warning": that is a line for every HEAD request.
            "loglevel": "error",
            # It would lie in the home directory, and nobody talks to it.
            "control_socket_disable": True,
            "when_ready": lambda arbiter: self.ready(),
        }
        for name, value in values.items():
            self.cfg.set(name, value)

    def load(self) -> Callable[..., object]:
        return get_wsgi_application()


def check_port_is_free(port: int) -> None:
    """Raise CommandError with a way out when something else listens on the port."""
    if not 0 < port < 65536:
        raise CommandError(_("%(port)d er ikke en port. Velg et tall fra 1 til 65535.") % {"port": port})
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As the server does itself: a port that was closed a moment ago counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError as error:
            raise CommandError(
                _("Du har ikke lov til å bruke port %(port)d. Velg en over 1023, for eksempel --port 8001.")
                % {"port": port}
            ) from error
        except OSError as error:
            raise CommandError(
                _("Port %(port)d er i bruk. Stopp det som bruker den, eller velg en annen: --port %(other)d.")
                % {"port": port, "other": port + 1 if port < 65535 else port - 1}
            ) from error


def where(port: int) -> str:
    return _("Siden er klar på http://%(host)s:%(port)d/ (innlogging: /admin/). Stopp med Ctrl-C.") % {
        "host": HOST,
        "port": port,
    }


def prepare_database(start: Start) -> str:
    """Bring the tables up to date, and make an SQLite file when there is none."""
    if connection.vendor == "sqlite":
        Path(connection.settings_dict["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    try:
        executor = MigrationExecutor(connection)
        existed = bool(executor.loader.applied_migrations)
        pending = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError as error:
        raise CommandError(_("Databasen svarer ikke: %(error)s") % {"error": str(error).strip()}) from error
    if not pending:
        return _("Databasen (%(vendor)s) finnes allerede.") % {"vendor": connection.display_name}
    call_command("migrate", verbosity=0, interactive=False)
    if existed:
        sentence = ngettext(
            "Databasen (%(vendor)s) er oppdatert med %(count)d endring.",
            "Databasen (%(vendor)s) er oppdatert med %(count)d endringer.",
            pending,
        )
        return sentence % {"vendor": connection.display_name, "count": pending}
    return _("Databasen (%(vendor)s) er laget.") % {"vendor": connection.display_name}


def prepare_people(start: Start) -> str:
    """Set the roles and, on a demonstration, make and show the logins that are missing."""
    changes = sync_roles()
    if not settings.DEMONSTRATION:
        return _("Rollene er satt.") if changes else _("Rollene finnes allerede.")
    logins = make_demonstration_people()
    if not logins:
        return _("Demonstrasjonsbrukerne finnes allerede. Nytt passord: manage.py changepassword %(email)s") % {
            "email": demonstration_leader().email
        }
    print(_("\nDemonstrasjonsbrukere. Passordene vises bare denne ene gangen:"))
    for login in logins:
        print(f"  {login.role.value:<15} {login.email:<28} {login.password}")
    print(flush=True)
    return ngettext(
        "%(count)d demonstrasjonsbruker er laget.", "%(count)d demonstrasjonsbrukere er laget.", len(logins)
    ) % {"count": len(logins)}


def collect_static_files(start: Start) -> str:
    """Copy style sheets, scripts and typefaces to var/static, with names that change when they do.

    Left alone when the sources are, byte for byte, those that were collected last: it is the slowest step of a start.
    """
    root = Path(settings.STATIC_ROOT)
    collected = root.with_suffix(".sha256")
    sources = static_sources()
    if (root / "staticfiles.json").exists() and collected.exists() and collected.read_text() == sources:
        return _("Stilark, skript og skrifter finnes allerede.")
    call_command("collectstatic", verbosity=0, interactive=False, clear=root.exists())
    collected.write_text(sources)
    return _("Stilark, skript og skrifter er samlet.")


def static_sources() -> str:
    """Return a SHA-256 over the name and the content of every static file of the apps."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            content = Path(storage.path(name)).read_bytes()
            digest.update(f"{name}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()


register_step(10, prepare_database, everywhere=True)
register_step(20, prepare_people, everywhere=True)
register_step(90, collect_static_files, everywhere=True)
SITE_STEPS = (prepare_database, prepare_people, collect_static_files)
