"""How many requests a second the site takes: `python -m bench.submissions [--rate 100] [--seconds 30]`.

The real thing: `manage.py start` on a PostgreSQL of its own that waits for the disk as in production, with the worker
beside it. Each request is a filled-in draft that is sent; every tenth is sent twice at the same moment, as an impatient
finger does, and every third asks for an answer by e-mail. The load is open: what is late does not hold back the next.
Afterwards the database is counted: what was acknowledged and is not there is lost, what is there twice is doubled.

The goal is 100 a second for 30 seconds on two cores. On a machine that others use, the rate for each second of
processor time says more than the rate for each second.
"""

import argparse
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from mktnorge.keys import new_keys
from tests.postgres import OPTIONS, cluster

ROOT = Path(__file__).resolve().parents[1]
AS_IN_PRODUCTION = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "shared_buffers": "256MB"}
SENDERS = 24
TWICE, BY_MAIL = 10, 3
START_SECONDS = 300
TICKS = os.sysconf("SC_CLK_TCK")
# The processes of the database, for the second run of this module.
DATABASE = "BENCH_DATABASE"


@dataclass(frozen=True)
class Sent:
    """One press on the button: which draft, what came back, and how long after its moment."""

    draft: int
    status: int
    late: float
    took: float


@contextmanager
def served(port: int, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run `manage.py start` until it answers, and stop it afterwards."""
    command = [sys.executable, str(ROOT / "manage.py"), "start", "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    try:
        give_up = time.monotonic() + START_SECONDS
        while True:
            if server.poll() is not None or time.monotonic() > give_up:
                raise SystemExit("The site did not start.")
            try:
                if get(port, "/helse/klar")[0] == 200:
                    break
            except OSError:
                time.sleep(0.2)
        yield server
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)


def get(port: int, path: str) -> tuple[int, dict[str, str], str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    response = connection.getresponse()
    return response.status, dict(response.getheaders()), response.read().decode()


def drafts(count: int) -> list[tuple[str, str]]:
    """Store `count` filled-in drafts, and return for each its cookie and the mark of its answers."""
    from django.utils import timezone

    from mktnorge.sealing import keyed_hash
    from processing.law.rights import Right
    from rights.law.answers import Answers, Point
    from rights.law.terms import ContactWay, OnBehalf, Relation
    from rights.services.drafts import start_draft
    from rights.views.journey import CHECKED_PURPOSE

    made = []
    for number in range(count):
        by_mail = number % BY_MAIL == 0
        answers = Answers(
            rights=(Right.RECTIFICATION,),
            relation=Relation.CLIENT,
            on_behalf=OnBehalf.SELF,
            told_of=(Right.RECTIFICATION,),
            points=(Point(Right.RECTIFICATION, "Adressen min er ny"),),
            message="Jeg har flyttet.",
            name=f"Test Testesen {number}",
            contact_way=ContactWay.EMAIL if by_mail else ContactWay.FOLLOW,
            email=f"test{number}@prove.example" if by_mail else "",
        )
        token = start_draft(answers=answers, at=timezone.now())
        made.append((token, keyed_hash(answers.to_json(), purpose=CHECKED_PURPOSE)))
    return made


def send_all(port: int, made: list[tuple[str, str]], rate: float) -> list[Sent]:
    """Press «Send kravet» for every draft at its own moment, and return every answer."""
    _status, headers, page = get(port, "/personvern/krav/hva/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    cookie = headers["Set-Cookie"].partition(";")[0]
    assert token
    presses = [
        (number / rate, number) for number in range(len(made)) for _finger in range(2 if number % TWICE == 0 else 1)
    ]
    answers: list[Sent] = []
    following = iter(presses)
    turn = threading.Lock()
    began = time.monotonic() + 1

    def press() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while True:
            with turn:
                moment, number = next(following, (0.0, -1))
            if number < 0:
                return
            time.sleep(max(0.0, began + moment - time.monotonic()))
            started = time.monotonic()
            draft, seen = made[number]
            body = urlencode({"csrfmiddlewaretoken": token[1], "sett": seen})
            sent_with = {"Cookie": f"{cookie}; krav={draft}", "Content-Type": "application/x-www-form-urlencoded"}
            try:
                connection.request("POST", "/personvern/krav/sjekk/", body, sent_with)
                response = connection.getresponse()
                response.read()
                status = response.status
            except (OSError, http.client.HTTPException):
                connection.close()
                status = 0
            ended = time.monotonic()
            answers.append(Sent(number, status, started - began - moment, ended - started))

    threads = [threading.Thread(target=press) for _sender in range(SENDERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def processor_seconds(*roots: int) -> float:
    """Return what these processes and all they have started have used, as the kernel counts it (Linux)."""
    parents, used = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(stat.parent.name)] = int(fields[1])
        used[int(stat.parent.name)] = (int(fields[11]) + int(fields[12])) / TICKS
    ours = set(roots)
    while more := {process for process, parent in parents.items() if parent in ours} - ours:
        ours |= more
    return sum(used.get(process, 0.0) for process in ours)


def count() -> tuple[int, int, int]:
    """Return the cases, the drafts that became one, and the receipts by mail."""
    from mktnorge.models import OutgoingMail
    from rights.models import Draft, RightsRequest

    return (
        RightsRequest.objects.count(),
        Draft.objects.exclude(request=None).count(),
        OutgoingMail.objects.filter(kind="receipt").count(),
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def children_named(name: str) -> list[int]:
    """Return the processes that this one started and that are called so."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = stat.read_text()
        except OSError:
            continue
        if f"({name})" in text and int(text.rpartition(")")[2].split()[1]) == os.getpid():
            found.append(int(stat.parent.name))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rate", type=float, default=100)
    parser.add_argument("--seconds", type=float, default=30)
    asked = parser.parse_args()
    if DATABASE in os.environ:
        report(asked.rate, int(asked.rate * asked.seconds))
        return
    with tempfile.TemporaryDirectory() as folder, cluster({**OPTIONS, **AS_IN_PRODUCTION}) as database:
        environment = {
            **os.environ,
            **new_keys(),
            "DJANGO_SETTINGS_MODULE": "mktnorge.settings",
            "DATABASE_URL": database,
            "ALLOWED_HOSTS": "127.0.0.1",
            "EMAIL_URL": f"filemail:///{folder}",
            "LOG_LEVEL": "ERROR",
            "MAX_NEW_CASES_A_DAY": "10000000",
            "MAX_REQUESTS_AN_HOUR": "10000000",
            DATABASE: " ".join(map(str, children_named("postgres"))),
        }
        # Once more, with the settings of the site that is measured: it makes the drafts and counts the cases.
        subprocess.run([sys.executable, "-m", "bench.submissions", *sys.argv[1:]], env=environment, check=True)


def report(rate: float, wanted: int) -> None:
    port = free_port()
    with served(port, dict(os.environ)) as server:
        made = drafts(wanted)
        watched = [server.pid, *map(int, os.environ[DATABASE].split())]
        before, began = processor_seconds(*watched), time.monotonic()
        answers = send_all(port, made, rate)
        spent, used = time.monotonic() - began, processor_seconds(*watched) - before
        cases, kept, receipts = count()
    acknowledged = {one.draft for one in answers if one.status == 303}
    took = sorted(one.took * 1000 for one in answers)
    half, most = took[len(took) // 2], took[int(len(took) * 0.95)]
    by_mail = [number for number in acknowledged if number % BY_MAIL == 0]
    print(f"sent        {wanted} requests in {len(answers)} presses, {rate:.0f} a second asked for")
    print(f"reached     {len(acknowledged) / spent:.0f} a second, in {spent:.1f} s")
    print(
        f"processor   {used:.1f} s in site, worker and database: {len(acknowledged) / used:.0f} requests a second of it"
    )
    print(f"answers     {dict(sorted(Counter(one.status for one in answers).items()))} (0: none)")
    print(f"answered    half within {half:.0f} ms, 95 of 100 within {most:.0f} ms")
    print(f"behind      {max(one.late for one in answers):.2f} s at most")
    print(f"lost        {len(acknowledged) - kept} of {len(acknowledged)} acknowledged")
    print(f"doubled     {cases - kept}")
    print(f"receipts    {receipts} for {len(by_mail)} who asked for one")


if __name__ == "__main__":
    main()
