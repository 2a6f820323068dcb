"""The one question of a case, and the one reply to it (decision 35). Neither moves the clock."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from mktnorge.models import User
from rights.desk import OutOfOrder, StepRefused, check_can_ask_person
from rights.law.masking import mask_identity_numbers
from rights.law.texts import clean_text
from rights.models import RequestEvent, RightsRequest
from rights.services.danger import flag_danger
from rights.services.news import tell_of_news
from rights.services.steps import facts_of, locked_case, step
from rights.workflow import Action, EventKind


class RepliedBefore(StepRefused):
    """The question has its reply already, and it said something else. Nothing is stored."""


def ask_person(*, case: int, version: int, text: str, follow_at: str = "", by: User, at: datetime) -> RightsRequest:
    """Put one question to the person, who reads it with the follow-up code. The deadline runs on (R-DL-8).

    Whoever gave an e-mail address is told that there is something new; `follow_at` is the address in that mail.
    Raises StepRefused without words, or where a question was asked before.
    """
    with step(Action.ASK_PERSON, case=case, version=version, by=by, at=at) as row:
        check_can_ask_person(facts_of(row))
        row.question = mask_identity_numbers(clean_text(text))
        if not row.question:
            raise StepRefused(_("Skriv hva du vil spørre om."))
        row.question_asked_at = at
        tell_of_news(case=row, occasion="question", follow_at=follow_at, at=at)
    return row


@transaction.atomic
def reply_to_question(*, case: UUID, text: str, at: datetime) -> RightsRequest:
    """Store the person's reply, once. Sent again in the same words, it changes nothing.

    The desk is told by the version: a step begun before is refused, and the reply is read first. Raises CaseGone,
    OutOfOrder when nothing is asked or the case has ended, RepliedBefore, and StepRefused without words.
    """
    row = locked_case(case, with_texts=True)
    text = mask_identity_numbers(clean_text(text))
    if row.replied_at is not None:
        if row.reply == text:
            return row
        raise RepliedBefore(_("Du har alt svart. Det du skrev nå, er ikke lagret."))
    if not row.waits_for_reply:
        raise OutOfOrder(_("Vi venter ikke på noe svar fra deg nå."))
    if not text:
        raise StepRefused(_("Skriv svaret ditt."))
    row.reply, row.replied_at = text, at
    row.version += 1
    row.save(update_fields=["reply", "replied_at", "version"])
    RequestEvent.record(row, EventKind.REPLIED, by=None, at=at)
    flag_danger(case=row, texts=[text], at=at)
    return row
