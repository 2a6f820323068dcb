"""A lost follow-up code: a one-time code by mail, which shows status and dates and nothing more.

What is typed is never compared while somebody waits for the page. Right or wrong, asking stores one row, and the worker
does the rest: nobody can tell by the answer, or by how long it took, whether a case has that address.
"""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mktnorge.outbox import queue_mail
from mktnorge.sealing import keyed_hash
from mktnorge.templatetags.norwegian import groups_of_four
from mktnorge.throttling import take
from processing.context import current_site_facts
from rights import allowances, mails
from rights.law.codes import ONE_TIME_LENGTH, new_code, normalise_code
from rights.law.texts import clean_line
from rights.models import LostCode, RequestEvent, RightsRequest
from rights.workflow import EventKind

LIFE = timedelta(minutes=10)
TRIES = 5
TOKEN_PURPOSE = "rights.lost code token"  # noqa: S105 (what the hash is for, not a secret)
EMAIL_PURPOSE = "rights.lost code address"
CODE_PURPOSE = "rights.one-time code"


class WrongOneTimeCode(Exception):
    """The code opens nothing. The message is the same whatever is wrong with it."""


def ask_for_code(*, case_number: str, email: str, at: datetime) -> str:
    """Have the worker send a one-time code if `email` is the address of `case_number`, and return the token to use it.

    One row is written, whatever was typed. The token is for the session of whoever asked: 256 random bits.
    """
    token = secrets.token_urlsafe(32)
    LostCode.objects.create(
        token_hash=_token_hash(token),
        case_number=case_number,
        email_hash=_email_hash(email),
        tries_left=TRIES,
        expires_at=at + LIFE,
    )
    return token


@transaction.atomic
def send_lost_codes(at: datetime) -> str:
    """Look up what was asked for, and queue the mail where it fits. A sweep; run again, it sends nothing again."""
    LostCode.objects.expired(at).delete()
    waiting = LostCode.objects.live(at).filter(looked_up=False).order_by("pk")
    sent = sum(_send(row, at=at) for row in waiting.select_for_update(skip_locked=True))
    return (
        ngettext("%(count)d engangskode er sendt.", "%(count)d engangskoder er sendt.", sent) % {"count": sent}
        if sent
        else ""
    )


def case_by_one_time_code(*, token: str, code: str, at: datetime) -> RightsRequest:
    """Use up the code, and return the case without what the person wrote.

    Each call costs a try, and a code works once: of two who send it at the same moment, the row is there for one.
    Raises WrongOneTimeCode.
    """
    rows = LostCode.objects.live(at).filter(token_hash=_token_hash(token))
    code_hash = _code_hash(token, code)
    # Committed before the code is looked at, so that a wrong one has cost its try whatever happens next.
    tried = rows.filter(tries_left__gt=0).update(tries_left=F("tries_left") - 1)
    with transaction.atomic():
        row = rows.filter(code_hash=code_hash).first()
        used = rows.filter(code_hash=code_hash).update(code_hash="")
        if not (tried and used and row and row.request_id):
            raise WrongOneTimeCode(_("Koden stemmer ikke, eller den virker ikke lenger."))
        case = RightsRequest.objects.without_personal_text().get(pk=row.request_id)
        RequestEvent.record(case, EventKind.STATUS_SEEN, by=None, at=at)
    return case


def _send(row: LostCode, *, at: datetime) -> bool:
    row.looked_up = True
    case = RightsRequest.objects.only("case_number", "email").filter(case_number=row.case_number).first()
    fits = case is not None and bool(case.email) and _email_hash(case.email) == row.email_hash
    if case is None or not fits or not take(allowances.lost_codes_of_case(), subject=case.case_number, at=at):
        row.save(update_fields=["looked_up"])
        return False
    code = new_code(ONE_TIME_LENGTH)
    row.request, row.code_hash = case, keyed_hash(f"{row.token_hash} {code}", purpose=CODE_PURPOSE)
    row.save(update_fields=["looked_up", "request", "code_hash"])
    words = mails.one_time_code(case_number=case.case_number, until=row.expires_at, phone=current_site_facts().phone)
    queue_mail(
        to=case.email,
        subject=words.subject,
        body=words.body,
        secret="-".join(groups_of_four(code)),
        kind="one_time_code",
        once=f"one_time_code/{row.token_hash}",
        reference=case.case_number,
        at=at,
    )
    return True


def _token_hash(token: str) -> str:
    return keyed_hash(token, purpose=TOKEN_PURPOSE)


def _email_hash(email: str) -> str:
    return keyed_hash(clean_line(email).casefold(), purpose=EMAIL_PURPOSE)


def _code_hash(token: str, code: str) -> str:
    return keyed_hash(f"{_token_hash(token)} {normalise_code(code)}", purpose=CODE_PURPOSE)
