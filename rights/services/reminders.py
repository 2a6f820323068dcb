"""Reminding those who owe an answer: each reminder once, and one mail a person a day (decision 31)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mktnorge.models import User
from mktnorge.outbox import queue_mail
from mktnorge.roles import Role
from rights.law.calendar import spelled_day
from rights.law.deadlines import OSLO, REMINDER_DAYS, due_reminder, local_date
from rights.models import Reminder, RightsRequest

MAIL_KIND = "reminder"
LEADER_FROM = 3
"""From so many days before the date the leader is reminded too."""
NOT_BEFORE = time(7)
"""In Oslo. A reminder that is due at midnight does not wake anybody."""
LISTED = 50
"""Cases one mail names. They are sorted by date, and the desk has the rest."""


@dataclass(frozen=True)
class Reminded:
    """How many mails were queued, of how many cases; `nobody` counts the due cases that have nobody to remind."""

    mails: int
    cases: int
    nobody: int


@transaction.atomic
def send_reminders(*, at: datetime) -> Reminded:
    """Queue the reminders whose day has come in Oslo and that have not been sent, and say how many.

    Run as often as you like. After a pause the latest reminder of each case is sent, and those it overtook are not.
    Who has had the mail of the day gets the rest tomorrow. Asks for the cases within 14 days of their date, and the
    overdue: the others cost nothing.
    """
    on = local_date(at)
    within = RightsRequest.objects.answer_due_by(on + timedelta(days=max(REMINDER_DAYS)))
    cases = list(within.by_urgency().without_personal_text().select_related("owner"))
    if not cases:
        return Reminded(0, 0, 0)
    leaders = list(User.objects.filter(is_active=True, groups__name=Role.LEADER).order_by("pk"))
    sent = set(
        Reminder.objects.filter(request__in=within, staff_on=F("request__staff_on")).values_list(
            "request_id", "number", "person_id"
        )
    )
    due: dict[User, list[tuple[RightsRequest, int]]] = defaultdict(list)
    nobody = 0
    for case in cases:
        number = due_reminder(case.deadline, on=on)
        assert number is not None, "answer_due_by asked for more than has a reminder"
        people = reminded_of(case, number, leaders)
        nobody += not people
        for person in people:
            if (case.pk, number, person.pk) not in sent:
                due[person].append((case, number))
    told = {person: listed for person, listed in due.items() if _queue(person, listed, on=on, at=at)}
    Reminder.objects.bulk_create(
        Reminder(request=case, staff_on=case.staff_on, number=number, person=person, on=on)
        for person, listed in told.items()
        for case, number in listed
    )
    return Reminded(len(told), len({case.pk for listed in told.values() for case, _number in listed}), nobody)


def reminded_of(case: RightsRequest, number: int, leaders: Iterable[User]) -> list[User]:
    """Return whom reminder `number` of `case` goes to: the owner, and the leaders from T-3 or where nobody owns it."""
    owner = case.owner if case.owner is not None and case.owner.is_active else None
    people = [owner] if owner else []
    if owner is None or number <= LEADER_FROM:
        people += [leader for leader in leaders if leader != owner]
    return people


def remind(at: datetime) -> str:
    """The sweep: send what is due, and say it in a sentence for staff."""
    return sentence(send_reminders(at=at))


def sentence(reminded: Reminded) -> str:
    """Return what a run did, or nothing where there was nothing to do."""
    said = []
    if reminded.mails:
        said.append(
            ngettext(
                "%(mails)d påminnelse er lagt i utboksen.", "%(mails)d påminnelser er lagt i utboksen.", reminded.mails
            )
            % {"mails": reminded.mails}
        )
    if reminded.nobody:
        said.append(
            ngettext(
                "%(cases)d sak med nær frist har ingen å minne. Gi den til noen, eller gi noen rollen leder.",
                "%(cases)d saker med nær frist har ingen å minne. Gi dem til noen, eller gi noen rollen leder.",
                reminded.nobody,
            )
            % {"cases": reminded.nobody}
        )
    return " ".join(said)


def _queue(person: User, listed: list[tuple[RightsRequest, int]], *, on: date, at: datetime) -> bool:
    """Queue the mail of the day, and return False when `person` has had it."""
    lines = [_line(case, number) for case, number in listed[:LISTED]]
    if len(listed) > LISTED:
        lines.append(_("Og %(count)d til.") % {"count": len(listed) - LISTED})
    mail = queue_mail(
        to=person.email,
        subject=_("Saker med frist"),
        body=_("Disse sakene venter på svar:\n\n%(cases)s\n\nLogg inn og se hva som gjenstår.\n")
        % {"cases": "\n".join(lines)},
        kind=MAIL_KIND,
        once=f"reminder/{on}/{person.pk}",
        at=at,
        due_at=max(at, datetime.combine(on, NOT_BEFORE, tzinfo=OSLO)),
    )
    return mail is not None


def _line(case: RightsRequest, number: int) -> str:
    words = _("%(case)s: fristen var %(day)s") if number < 0 else _("%(case)s: frist %(day)s")
    return words % {"case": case.case_number, "day": spelled_day(case.staff_on)}
