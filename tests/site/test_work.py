"""`manage.py work` does what waits, says so without a name, and ends when it is told."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from mktnorge.clock import database_now
from mktnorge.keys import new_keys
from mktnorge.outbox import queue_mail
from tests.site.checkout import environment, make_checkout, manage


@pytest.mark.django_db(transaction=True)
def test_once_sends_what_waits_and_sweeps():
    with transaction.atomic():
        queue_mail(to="prove@mottaker.example", subject="Saken din", body="Hei", kind="receipt",
                   once="r", reference="TEST-0001", at=timezone.now() - timedelta(minutes=1))  # fmt: skip
    err = StringIO()
    call_command("work", once=True, stderr=err)
    assert [message.subject for message in mail.outbox] == ["Saken din"]
    assert "E-post receipt TEST-0001: sendt." in err.getvalue()
    assert "mottaker" not in err.getvalue()
    call_command("work", once=True, stderr=err)
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_the_database_tells_the_time():
    before = timezone.now()
    now = database_now()
    assert abs(now - before) < timedelta(seconds=5)
    assert now.utcoffset() == timedelta(0)


def test_it_writes_mail_to_files_and_ends_when_told(tmp_path):
    checkout = make_checkout(tmp_path / "checkout")
    settings = new_keys()
    (checkout / "var").mkdir()
    assert manage(checkout, "migrate", "-v", "0", **settings).returncode == 0
    process = subprocess.Popen(
        [sys.executable, "manage.py", "work"], cwd=checkout, env=environment(**settings),
        stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)  # fmt: skip
    assert "var/mail, ikke sendt" in process.stderr.readline()
    process.send_signal(signal.SIGTERM)
    _out, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (0, "")


def test_it_ends_when_the_one_it_stands_beside_is_gone(tmp_path):
    checkout = make_checkout(tmp_path / "checkout")
    ended = manage(checkout, "work", "--beside", str(os.getpid() + 1), **new_keys())
    assert ended.returncode == 0, ended.stderr
