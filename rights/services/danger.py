"""Telling the people the company has named that a case must be read now."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from mktnorge.outbox import queue_mail
from rights.law.danger import speaks_of_danger
from rights.models import DangerContact, RequestEvent, RightsRequest
from rights.workflow import EventKind


def flag_danger(*, case: RightsRequest, texts: Iterable[str], at: datetime) -> None:
    """Mark a case for what was written later, and tell the contacts. What is marked stays so, and is told once."""
    if case.speaks_of_danger or not speaks_of_danger(texts):
        return
    case.speaks_of_danger = True
    case.save(update_fields=["speaks_of_danger"])
    RequestEvent.record(case, EventKind.DANGER_SEEN, by=None, at=at)
    tell_danger_contacts(case=case, at=at)


def tell_danger_contacts(*, case: RightsRequest, at: datetime) -> int:
    """Queue a mail to each contact, in the transaction of the case, and return how many there are.

    The mail says the case number and nothing of what was written. Zero is no error here: that nobody is named is
    shown on the case, and the emergency numbers do not wait for us.
    """
    contacts = DangerContact.objects.at_work()
    for contact in contacts:
        queue_mail(
            to=contact.person.email,
            subject=_("Les sak %(number)s nå") % {"number": case.case_number},
            body=_(
                "Sak %(number)s er merket for å bli lest med en gang.\n\n"
                "Logg inn og les den. Merket er satt av et søk etter ord, og det kan ta feil.\n"
            )
            % {"number": case.case_number},
            kind="danger",
            once=f"danger/{case.case_number}/{contact.pk}",
            reference=case.case_number,
            essential=True,
            at=at,
        )
    return len(contacts)
