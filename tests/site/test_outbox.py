"""Mail is never lost and never sent twice but by the rule, whatever the mail server does (quality goals F3–F5)."""

import email
import email.policy
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from mktnorge.models import MailProblem, MailState, OutgoingMail
from mktnorge.outbox import NotInTransaction, Settled, queue_mail, send_next, settle_interrupted
from tests.builders import ASKED_AT
from tests.site.mail_server import MailServer

pytestmark = pytest.mark.django_db(transaction=True)

MINUTE = timedelta(minutes=1)
RECIPIENT = "prove@mottaker.example"


def queue(once: str = "receipt/TEST-0001", at: datetime = ASKED_AT, **over) -> OutgoingMail | None:
    values = {"to": RECIPIENT, "subject": "Saken din", "body": "Hei.\n\nÆ er her.", "kind": "receipt"}
    with transaction.atomic():
        return queue_mail(**{**values, "once": once, "reference": "TEST-0001", "at": at, **over})


def test_a_mail_goes_out_once_and_forgets_whom_to(mail_server: MailServer):
    row = queue()
    assert send_next(at=ASKED_AT) == Settled("receipt", "TEST-0001", MailState.SENT)
    assert send_next(at=ASKED_AT + timedelta(days=9)) is None
    [(recipients, content)] = mail_server.taken
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert recipients == [RECIPIENT]
    assert message["Message-ID"] == row.message_id
    assert message["Subject"] == "Saken din"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content().strip().replace("\r\n", "\n") == "Hei.\n\nÆ er her."
    row.refresh_from_db()
    assert (row.recipient, row.settled_at, row.attempts) == ("", ASKED_AT, 1)


def test_the_oldest_goes_first_and_none_before_its_time(mail_server: MailServer):
    queue("b", due_at=ASKED_AT + 2 * MINUTE, reference="b")
    queue("a", due_at=ASKED_AT + MINUTE, reference="a")
    assert send_next(at=ASKED_AT) is None
    assert [send_next(at=ASKED_AT + 5 * MINUTE).reference for _ in range(2)] == ["a", "b"]


def test_an_occasion_has_one_mail():
    assert queue("reminder/1") is not None
    assert queue("reminder/1", body="Noe annet") is None
    assert OutgoingMail.objects.count() == 1


def test_a_mail_comes_and_goes_with_what_it_tells_of():
    with pytest.raises(NotInTransaction):
        queue_mail(to=RECIPIENT, subject="s", body="b", kind="k", once="o", at=ASKED_AT)
    with transaction.atomic():
        queue_mail(to=RECIPIENT, subject="s", body="b", kind="k", once="o", at=ASKED_AT)
        transaction.set_rollback(True)
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("to", ["", "prove", "a@b\nBcc: c@d.example", "a@b.example, c@d.example", "Æ <a@b.example>"])
def test_what_is_no_address_is_refused(to):
    with pytest.raises(ValidationError):
        queue(to=to)


@pytest.mark.parametrize("subject", ["Sak\r\nBcc: a@b.example", "Sak\n", "Sak\x00"])
def test_a_subject_is_one_line(subject):
    with pytest.raises(ValueError, match="one line"):
        queue(subject=subject)


def test_the_address_is_not_readable_in_the_database():
    queue()
    with connection.cursor() as cursor:
        cursor.execute("SELECT recipient FROM mktnorge_outgoingmail")
        assert "mottaker" not in cursor.fetchone()[0]


# What the mail server says, and what becomes of the mail.
@pytest.mark.parametrize(
    ("said", "state", "problem"),
    [
        ({"answer": "451 Try again later"}, MailState.WAITING, MailProblem.UNREACHABLE),
        ({"answer": "554 No"}, MailState.FAILED, MailProblem.REFUSED),
        ({"to_recipients": "450 Busy"}, MailState.WAITING, MailProblem.UNREACHABLE),
        ({"to_recipients": "550 No such user"}, MailState.FAILED, MailProblem.REFUSED),
        ({"answer": None}, MailState.CLAIMED, MailProblem.INTERRUPTED),
    ],
)
def test_what_the_mail_server_says_decides(mail_server: MailServer, said, state, problem):
    queue()
    for name, value in said.items():
        setattr(mail_server, name, value)
    assert send_next(at=ASKED_AT) == Settled("receipt", "TEST-0001", state, problem)
    row = OutgoingMail.objects.get()
    assert (row.state, row.recipient, mail_server.taken) == (state, RECIPIENT, [])
    assert (row in OutgoingMail.objects.undelivered()) == (state == MailState.FAILED)


@pytest.mark.parametrize("answer", ["250 Ok", "451 Try again later", "554 No"])
def test_a_secret_is_put_in_as_the_mail_leaves_and_kept_no_longer_than_it_waits(mail_server: MailServer, answer):
    queue(body="Koden er {secret}.", secret="K7Q2-M9XA")
    mail_server.answer = answer
    send_next(at=ASKED_AT)
    row = OutgoingMail.objects.get()
    assert row.body == "Koden er {secret}."
    assert row.secret == ("K7Q2-M9XA" if row.state == MailState.WAITING else "")
    assert all(b"Koden er K7Q2-M9XA." in content for _recipients, content in mail_server.taken)
    assert len(mail_server.taken) == (answer == "250 Ok")


def test_a_body_without_a_secret_says_what_it_says(mail_server: MailServer):
    queue(body="Skriv {secret} her.")
    send_next(at=ASKED_AT)
    assert b"Skriv {secret} her." in mail_server.taken[0][1]


def test_a_day_without_a_mail_server_loses_nothing(mail_server: MailServer, settings):
    for number in range(3):
        queue(f"receipt/{number}")
    up, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    at, waits = ASKED_AT, []
    while at < ASKED_AT + timedelta(days=1):
        while send_next(at=at):
            pass
        following = OutgoingMail.objects.order_by("due_at").first().due_at
        waits.append(following - at)
        at = following
    assert waits[:6] == [MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE, 15 * MINUTE, 15 * MINUTE]
    assert max(waits) == 15 * MINUTE
    settings.EMAIL_PORT = up
    while send_next(at=at):
        pass
    assert len(mail_server.taken) == 3
    assert len({email.message_from_bytes(content)["Message-ID"] for _to, content in mail_server.taken}) == 3


def test_after_three_days_a_person_has_to_see_to_it(mail_server: MailServer, settings):
    settings.EMAIL_PORT = 1
    queue()
    assert send_next(at=ASKED_AT + timedelta(days=3)).problem is MailProblem.UNREACHABLE
    assert OutgoingMail.objects.undelivered().get().problem == MailProblem.GIVEN_UP


def test_mail_is_not_sent_in_clear_where_tls_was_asked_for(mail_server: MailServer, settings):
    settings.EMAIL_USE_TLS = True  # the server here has none
    queue()
    assert send_next(at=ASKED_AT).problem is MailProblem.UNREACHABLE
    assert mail_server.taken == []


@pytest.mark.parametrize(("essential", "sent"), [(True, 1), (False, 0)])
def test_an_interrupted_mail_is_sent_again_once_or_shown(mail_server: MailServer, essential, sent):
    row = queue(essential=essential)
    mail_server.answer = None
    send_next(at=ASKED_AT)
    assert settle_interrupted(at=ASKED_AT + 14 * MINUTE) == []
    assert len(settle_interrupted(at=ASKED_AT + 15 * MINUTE)) == 1
    mail_server.answer = "250 OK"
    while send_next(at=ASKED_AT + 16 * MINUTE):
        pass
    assert [email.message_from_bytes(content)["Message-ID"] for _to, content in mail_server.taken] == [
        row.message_id
    ] * sent
    assert OutgoingMail.objects.undelivered().exists() == (not essential)


def test_nobody_tries_a_third_time(mail_server: MailServer):
    queue(essential=True)
    mail_server.answer = None
    at = ASKED_AT
    send_next(at=at)
    settle_interrupted(at=at + 15 * MINUTE)
    # In between the server only asks to wait, and that does not wipe the first interruption out.
    mail_server.answer = "451 Later"
    send_next(at=at + 16 * MINUTE)
    mail_server.answer = None
    send_next(at=at + 40 * MINUTE)
    settle_interrupted(at=at + 60 * MINUTE)
    assert OutgoingMail.objects.get().state == MailState.UNCERTAIN
    assert send_next(at=at + timedelta(days=1)) is None


def test_a_late_worker_does_not_overrule_what_was_decided(mail_server: MailServer, monkeypatch):
    """The mail took longer than a quarter of an hour to hand over, and meanwhile another worker settled it."""
    queue()

    class Slow:
        def open(self):
            settle_interrupted(at=ASKED_AT + 20 * MINUTE)

        def send_messages(self, messages):
            return 1

        def close(self):
            pass

    monkeypatch.setattr("mktnorge.outbox.get_connection", Slow)
    send_next(at=ASKED_AT)
    assert OutgoingMail.objects.get().state == MailState.UNCERTAIN


def test_the_database_holds_a_claim_to_its_moment():
    queue()
    with pytest.raises(IntegrityError, match="mktnorge_mail_claimed_when"), transaction.atomic():
        OutgoingMail.objects.update(state=MailState.CLAIMED)
