"""`manage.py work`: what nobody waits for at a screen. Mail on its way out, and the work that comes round.

Two of them do no harm: each mail and each sweep is claimed in the database before it is done. One line on standard
error tells of each thing done, without a name, an address or a word that somebody wrote. SIGTERM and Ctrl-C end it
when the mail at hand is settled.
"""

import os
import signal
import threading
from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import Error, connections
from django.utils.translation import gettext as _

from mktnorge.clock import database_now
from mktnorge.jobs import run_next_jobs
from mktnorge.outbox import Settled, send_next, settle_interrupted
from mktnorge.sweeps import run_due_sweeps

PAUSE_SECONDS = 3.0
PAUSE_WITHOUT_DATABASE_SECONDS = 10.0


class Command(BaseCommand):
    help = "Sender e-post og gjør det som går av seg selv. Kjører til den blir stoppet."

    _jobs = threading.Thread()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="Gjør det som venter nå, og avslutt.")
        parser.add_argument("--beside", type=int, metavar="PID", help="Avslutt når denne prosessen er borte.")

    def handle(self, *args: object, once: bool, beside: int | None, **options: object) -> None:
        stopped = threading.Event()
        if not once:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_args: stopped.set())
        if settings.EMAIL_FILE_PATH:
            self._say(_("E-post blir skrevet til %(folder)s, ikke sendt.") % {"folder": settings.EMAIL_FILE_PATH})
        while not stopped.is_set() and (beside is None or os.getppid() == beside):
            pause = PAUSE_SECONDS
            try:
                self._work(stopped, once=once)
            except Error as error:
                if once:
                    raise
                # The database is restarting, or its disk is full. What was claimed is settled when it is back.
                self._say(_("Databasen svarer ikke (%(kind)s). Prøver igjen.") % {"kind": type(error).__name__})
                connections.close_all()
                pause = PAUSE_WITHOUT_DATABASE_SECONDS
            if once:
                return
            stopped.wait(pause)

    def _work(self, stopped: threading.Event, *, once: bool) -> None:
        for settled in settle_interrupted(at=database_now()):
            self._say(_sentence(settled))
        while not stopped.is_set() and (settled := send_next(at=database_now())):
            self._say(_sentence(settled))
        for swept in run_due_sweeps(at=database_now()):
            if swept.outcome:
                self._say(f"{swept.name}: {swept.outcome}")
        if once:
            self._do_jobs()
        elif not self._jobs.is_alive():
            # Beside the mail: a document may take minutes. A worker that is stopped leaves it to the next one.
            self._jobs = threading.Thread(target=self._do_jobs, daemon=True)
            self._jobs.start()

    def _do_jobs(self) -> None:
        try:
            for said in run_next_jobs(at=database_now()):
                self._say(said)
        finally:
            if threading.current_thread() is not threading.main_thread():
                connections.close_all()

    def _say(self, line: str) -> None:
        self.stderr.write(line, lambda text: text)
        self.stderr.flush()


def _sentence(settled: Settled) -> str:
    about = f"{settled.kind} {settled.reference}".strip()
    problem = f" {settled.problem.label}" if settled.problem else ""
    return _("E-post %(about)s: %(state)s.%(problem)s") % {
        "about": about,
        "state": settled.state.label,
        "problem": problem,
    }
