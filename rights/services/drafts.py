"""What somebody is filling in: kept for an hour from the last answer, sent once, and then gone."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mktnorge.sealing import keyed_hash
from rights.law.answers import Answers, Step
from rights.law.codes import new_code
from rights.law.deadlines import local_date
from rights.law.terms import ContactWay
from rights.models import Draft, RightsRequest
from rights.services.intake import RECEIPT_LIFE, Particulars, submit_request

# Decision 18. Every answer gives a new hour. About the machine, not the company: texts and the cookie count on it.
DRAFT_LIFE = timedelta(minutes=60)
TOKEN_PURPOSE = "rights.draft token"  # noqa: S105 (what the hash is for, not a secret)


class DraftExpired(Exception):
    """There is no draft for this token: its hour is over, it was thrown away, or there never was one."""


class AlreadySent(Exception):
    """The draft is a case already, and takes no more answers."""


class FullForToday(Exception):
    """The form has taken as many new cases as it may in a day. The other ways to reach us are open."""


class NotComplete(Exception):
    """A question has no answer yet. `step` is the first of them."""

    def __init__(self, step: Step) -> None:
        super().__init__(_("Det mangler et svar før kravet kan sendes."))
        self.step = step


@dataclass(frozen=True)
class Opened:
    """A draft as its owner sees it. When it is sent, `answers` is None and the row names the case."""

    row: Draft
    answers: Answers | None

    @property
    def is_sent(self) -> bool:
        return self.answers is None


def start_draft(*, answers: Answers, at: datetime) -> str:
    """Store `answers` for DRAFT_LIFE and return the token that finds them: 256 random bits, for a cookie."""
    token = secrets.token_urlsafe(32)
    Draft.objects.create(
        token_hash=_token_hash(token), answers=answers.to_json(), code=new_code(), expires_at=at + DRAFT_LIFE
    )
    return token


def open_draft(*, token: str, at: datetime) -> Opened:
    """Return the draft of `token`. Raises DraftExpired."""
    return _open(token, at=at, lock=False)


@transaction.atomic
def save_draft(*, token: str, answers: Answers, at: datetime) -> None:
    """Put `answers` in the place of the earlier ones, and give the draft a new hour.

    Two windows write one after the other; the last one counts, and the check shows what it wrote. Raises DraftExpired
    or AlreadySent.
    """
    draft = _open(token, at=at, lock=True)
    if draft.is_sent:
        raise AlreadySent(_("Kravet er allerede sendt."))
    draft.row.answers = answers.to_json()
    draft.row.expires_at = at + DRAFT_LIFE
    draft.row.save(update_fields=["answers", "expires_at"])


@transaction.atomic
def send_draft(*, token: str, at: datetime, follow_at: str = "") -> Draft:
    """Open a case for the answers, wipe them, and return the draft, which holds the receipt for RECEIPT_LIFE.

    `follow_at`: as `submit_request`.

    Sent again, also at the same time from another window, it returns the same draft and changes nothing. Raises
    DraftExpired, NotComplete, FullForToday, or a SubmissionRefused of the intake; then the answers stay as they were.
    """
    draft = _open(token, at=at, lock=True)
    if draft.answers is None:
        return draft.row
    row, answers = draft.row, draft.answers
    # Of two that are sent at the same moment, both may be the last one.
    if row.cases_today >= settings.MAX_NEW_CASES_A_DAY:
        raise FullForToday(_("Skjemaet kan ikke ta imot flere krav i dag."))
    if answers.next_step is not Step.CHECK:
        raise NotComplete(answers.next_step)
    assert answers.relation is not None
    receipt = submit_request(
        rights=answers.rights,
        unsure=answers.unsure,
        relation=answers.relation,
        name=answers.name,
        contact_way=answers.contact_way or ContactWay.FOLLOW,
        email=answers.email,
        address=answers.address,
        no_voicemail=answers.no_voicemail,
        neutral_envelope=answers.neutral_envelope,
        particulars=particulars_of(answers),
        idempotency_key=f"draft {row.token_hash}",
        code=row.code,
        at=at,
        follow_at=follow_at,
    )
    row.request = receipt.request
    row.answers = ""
    row.expires_at = at + RECEIPT_LIFE
    row.save(update_fields=["request", "answers", "expires_at"])
    return row


def discard_draft(*, token: str) -> None:
    """Delete the draft of `token` and all in it, sent or not. What was sent is a case, and stays."""
    Draft.objects.filter(token_hash=_token_hash(token)).delete()


def erase_expired_drafts(at: datetime) -> str:
    """Delete the drafts whose hour is over, and say how many. Run every few minutes by the worker (decision 18)."""
    count, _models = Draft.objects.expired(at).delete()
    return (
        ngettext("%(count)d utkast er slettet.", "%(count)d utkast er slettet.", count) % {"count": count}
        if count
        else ""
    )


def particulars_of(answers: Answers) -> Particulars:
    """Return what the chosen rights ask about; what was answered for a right that is no longer chosen stays behind."""
    asks = answers.asks
    return Particulars(
        on_behalf=answers.on_behalf,
        child_age=answers.age_of_child,
        copy_first=answers.copy_before_deletion,
        scope=answers.scope if asks.copy else (),
        from_year=answers.from_year if asks.copy else None,
        to_year=answers.to_year if asks.copy else None,
        explain_words=answers.explain_words and asks.copy,
        go_through=answers.go_through and asks.copy,
        points=answers.points_asked,
        language=answers.language,
        consents=answers.consents if asks.consents and not answers.all_consents else (),
        all_consents=answers.all_consents and asks.consents,
        file_to=answers.file_to if asks.file else "",
        message=answers.message,
        activity_number=answers.activity_number,
    )


def _open(token: str, *, at: datetime, lock: bool) -> Opened:
    rows = Draft.objects.with_cases_of(local_date(at)).select_for_update() if lock else Draft.objects.all()
    row = rows.filter(token_hash=_token_hash(token), expires_at__gt=at).first()
    if row is None:
        raise DraftExpired(
            _("Det gikk for lang tid, så svarene er slettet for å beskytte deg. Du må dessverre begynne på nytt.")
        )
    if row.request_id is not None:
        # Asked by itself: the case is a wide row, and a draft that is being filled in has none.
        row.request = RightsRequest.objects.without_personal_text().get(pk=row.request_id)
        return Opened(row, None)
    try:
        return Opened(row, Answers.from_json(row.answers))
    except (ValueError, KeyError, TypeError) as error:
        # The program was changed under the draft: what it holds can no longer be read with certainty.
        raise DraftExpired(_("Skjemaet er endret. Du må dessverre begynne på nytt.")) from error


def _token_hash(token: str) -> str:
    return keyed_hash(token, purpose=TOKEN_PURPOSE)
