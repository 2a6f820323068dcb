"""Mail: written with what it tells of, claimed, and only then sent.

`queue_mail` writes a row in the caller's transaction, so that a case without its mail, or a mail without its case,
cannot be. The worker claims a row, commits, sends, and settles it. Whoever stops in between leaves a claim behind,
and `settle_interrupted` finds it: nothing is lost, and nothing is sent twice but an essential mail, once, under the
same Message-ID.
"""

import contextlib
import smtplib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email
from django.db import connection, transaction

from mktnorge.models.mails import MailProblem, MailState, OutgoingMail

BACKOFF = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 4, 8, 15))
"""How long to wait after the first, second, … failed attempt. The last one repeats."""
SECRET_PLACE = "{secret}"  # noqa: S105 (a place, not a secret)
"""Where in a body the secret of the mail is put as it leaves. In the database it lies sealed, and only until then."""
GIVE_UP_AFTER = timedelta(days=3)
INTERRUPTED_AFTER = timedelta(minutes=15)


@dataclass(frozen=True)
class Settled:
    """What became of one attempt."""

    kind: str
    reference: str
    state: MailState
    problem: MailProblem | None = None


class NotInTransaction(RuntimeError):
    """A mail was queued outside a transaction, where it could come without what it tells of."""


def queue_mail(
    *,
    to: str,
    subject: str,
    body: str,
    kind: str,
    once: str,
    at: datetime,
    reference: str = "",
    essential: bool = False,
    secret: str = "",
    due_at: datetime | None = None,
) -> OutgoingMail | None:
    """Write a mail in the transaction that is open, to be sent from `due_at` (default: `at`).

    `secret` takes the place of SECRET_PLACE in the body as the mail leaves, and is nowhere else in clear.

    `once` names the occasion, such as `receipt/K7M2-9QXD`; returns None, and writes nothing, when it has its mail
    already. Raises NotInTransaction, ValidationError for what is no address, and ValueError for a subject that is
    not one line.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction(f"{kind} must be queued in the transaction of what it tells of")
    validate_email(to)
    if not subject.isprintable():
        raise ValueError("A subject is one line of printable text.")
    mail, created = OutgoingMail.objects.get_or_create(
        once=once,
        defaults={
            "kind": kind,
            "reference": reference,
            "recipient": to,
            "subject": subject,
            "body": body,
            "secret": secret,
            "message_id": f"<{token_hex(16)}@{settings.MAIL_FROM.rpartition('@')[2].rstrip('>')}>",
            "essential": essential,
            "created_at": at,
            "due_at": due_at or at,
        },
    )
    return mail if created else None


def send_next(*, at: datetime) -> Settled | None:
    """Send the mail that has waited longest, and tell what became of it; None when none is due.

    Must be called outside a transaction: the claim has to be in the database before anything leaves the house.
    """
    mail = _claim(at)
    if mail is None:
        return None
    problem = _send(mail)
    return _settle(mail, problem, at)


def settle_interrupted(*, at: datetime) -> list[Settled]:
    """Find claims that nobody finished within 15 minutes, and decide each (quality goal F4).

    An essential mail waits again, once. Any other is uncertain, and for a person to see to.
    """
    settled = []
    with transaction.atomic():
        stale = OutgoingMail.objects.filter(state=MailState.CLAIMED, claimed_at__lte=at - INTERRUPTED_AFTER)
        for mail in stale.select_for_update(skip_locked=True).order_by("pk"):
            again = mail.essential and mail.problem != MailProblem.INTERRUPTED
            mail.state = MailState.WAITING if again else MailState.UNCERTAIN
            mail.problem = MailProblem.INTERRUPTED
            mail.due_at = at
            mail.settled_at = None if again else at
            mail.secret = mail.secret if again else ""
            mail.save(update_fields=["state", "problem", "due_at", "settled_at", "secret"])
            settled.append(Settled(mail.kind, mail.reference, mail.state, MailProblem.INTERRUPTED))
    return settled


def forget_addresses(*, references: Collection[str]) -> None:
    """Empty the address of the mails about `references` that never arrived. What arrived has none already."""
    OutgoingMail.objects.undelivered().filter(reference__in=references).update(recipient="")


def forget_mails(
    *, references: Collection[str] | None = None, kind: str | None = None, before: datetime | None = None
) -> None:
    """Delete the mails about `references`, or those of a `kind` made before a moment. Raises ValueError for neither."""
    if references is None and (kind is None or before is None):
        raise ValueError("All mails would be forgotten.")
    mails = OutgoingMail.objects.all()
    if references is not None:
        mails = mails.filter(reference__in=references)
    if kind is not None:
        mails = mails.filter(kind=kind)
    if before is not None:
        mails = mails.filter(created_at__lt=before)
    mails.delete()


def _claim(at: datetime) -> OutgoingMail | None:
    with transaction.atomic():
        waiting = OutgoingMail.objects.filter(state=MailState.WAITING, due_at__lte=at).order_by("due_at", "pk")
        mail = waiting.select_for_update(skip_locked=True).first()
        if mail is None:
            return None
        mail.state, mail.claimed_at, mail.attempts = MailState.CLAIMED, at, mail.attempts + 1
        mail.save(update_fields=["state", "claimed_at", "attempts"])
        return mail


def _send(mail: OutgoingMail) -> MailProblem | None:
    """Hand the mail to the mail server. Whatever fails before a word of it is said is known not to have arrived."""
    message = EmailMessage(
        subject=mail.subject,
        body=mail.body.replace(SECRET_PLACE, mail.secret) if mail.secret else mail.body,
        from_email=settings.MAIL_FROM,
        to=[mail.recipient],
        # Robots that answer mail leave one alone that says it was made by a program (RFC 3834).
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
    )
    server = get_connection()
    reached = False
    try:
        server.open()
        reached = True
        server.send_messages([message])
    except smtplib.SMTPRecipientsRefused as error:
        return _answered(max(code for code, _words in error.recipients.values()))
    except smtplib.SMTPResponseException as error:
        # Before the mail itself, a refusal is about us (the password, for one) and not about this mail.
        return _answered(error.smtp_code) if reached else MailProblem.UNREACHABLE
    except OSError:  # smtplib's own errors are among them
        return MailProblem.INTERRUPTED if reached else MailProblem.UNREACHABLE
    finally:
        # The mail is delivered or refused by now, whatever the farewell was like.
        with contextlib.suppress(OSError):
            server.close()
    return None


def _answered(code: int) -> MailProblem:
    """A server that says 5xx has decided; 4xx asks us to come back."""
    return MailProblem.REFUSED if code >= 500 else MailProblem.UNREACHABLE


def _settle(mail: OutgoingMail, problem: MailProblem | None, at: datetime) -> Settled:
    change: dict[str, object]
    if problem is None:
        change = {"state": MailState.SENT, "problem": "", "settled_at": at, "recipient": "", "secret": ""}
    elif problem is MailProblem.REFUSED:
        change = {"state": MailState.FAILED, "problem": problem, "settled_at": at, "secret": ""}
    elif problem is MailProblem.INTERRUPTED:
        # Left as claimed, as if we had been interrupted ourselves: the same rule decides both.
        return Settled(mail.kind, mail.reference, MailState.CLAIMED, problem)
    elif at - mail.created_at >= GIVE_UP_AFTER:
        change = {"state": MailState.FAILED, "problem": MailProblem.GIVEN_UP, "settled_at": at, "secret": ""}
    else:
        # A second interruption is remembered through a wait: the rule above gives an essential mail one more chance.
        kept = mail.problem if mail.problem == MailProblem.INTERRUPTED else problem
        wait = BACKOFF[min(mail.attempts, len(BACKOFF)) - 1]
        change = {"state": MailState.WAITING, "problem": kept, "due_at": at + wait}
    # Only while the claim is ours: after 15 minutes it may have been decided by somebody else.
    claimed = OutgoingMail.objects.filter(pk=mail.pk, state=MailState.CLAIMED, claimed_at=mail.claimed_at)
    claimed.update(**change)
    return Settled(mail.kind, mail.reference, MailState(change["state"]), problem)
