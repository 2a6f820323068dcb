"""Telling the person that something is new in their case, without a word of what."""

from datetime import datetime

from mktnorge.outbox import queue_mail
from processing.context import current_site_facts
from rights import mails
from rights.models import RightsRequest


def tell_of_news(*, case: RightsRequest, occasion: str, follow_at: str = "", at: datetime) -> None:
    """Queue the mail, in the transaction of the news. Whoever gave no address is told nothing this way.

    `occasion` names the news, for one mail each. `follow_at` is the address in it where the code is typed.
    """
    if not case.email:
        return
    words = mails.news(case_number=case.case_number, follow_at=follow_at, phone=current_site_facts().phone)
    queue_mail(
        to=case.email,
        subject=words.subject,
        body=words.body,
        kind="news",
        once=f"{occasion}/{case.case_number}",
        reference=case.case_number,
        at=at,
    )
