"""Every reminder once, to the right people, one mail a day (decision 31)."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mktnorge.models.mails import OutgoingMail
from mktnorge.roles import Role
from mktnorge.sweeps import registered_sweeps
from processing.law.plain_language import lix
from rights.law.deadlines import OSLO
from rights.models import Reminder, RightsRequest
from rights.services.reminders import LISTED, remind, send_reminders
from rights.workflow import RequestStatus
from tests.builders import make_person
from tests.rights.builders import RECEIVED_AT, in_state, make_request

pytestmark = pytest.mark.django_db


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=OSLO)


def owned(**over) -> RightsRequest:
    case = in_state(RequestStatus.IN_PROGRESS, **over)
    case.owner = make_person(Role.CASE_HANDLER)
    case.save()
    return case


def numbers(case: RightsRequest, role: Role) -> list[int]:
    rows = Reminder.objects.filter(request=case, person=make_person(role)).order_by("on")
    return list(rows.values_list("number", flat=True))


# Days before the date on which the job runs → what the owner and the leader have been reminded of then.
RUNS = {
    "every day": (range(20, -4, -1), [14, 7, 3, 1, 0, -1, -2, -3], [3, 1, 0, -1, -2, -3]),
    "three times a day": (sorted([*range(20, -2, -1)] * 3, reverse=True), [14, 7, 3, 1, 0, -1], [3, 1, 0, -1]),
    "on no day of its own": ([15, 12, 5, 2], [14, 7, 3], [3]),
    "once, long after": ([-40], [-40], [-40]),
    "never near": ([30, 20, 15], [], []),
    "missed from the seventh to the day": ([14, 8, 0], [14, 0], [0]),
}


@pytest.mark.parametrize(("days", "owner", "leader"), RUNS.values(), ids=RUNS)
def test_each_reminder_is_sent_once(days, owner, leader):
    case = owned()
    make_person(Role.LEADER)
    for left in days:
        send_reminders(at=noon(case.staff_on - timedelta(days=left)))
    assert numbers(case, Role.CASE_HANDLER) == owner
    assert numbers(case, Role.LEADER) == leader


def test_a_case_of_nobody_is_the_leaders_from_the_first_day():
    case = make_request()
    make_person(Role.LEADER)
    send_reminders(at=noon(case.staff_on - timedelta(days=14)))
    assert numbers(case, Role.LEADER) == [14]


def test_who_has_left_is_reminded_of_nothing():
    case = owned()
    case.owner.is_active = False
    case.owner.save()
    make_person(Role.LEADER)
    send_reminders(at=noon(case.staff_on - timedelta(days=14)))
    assert numbers(case, Role.CASE_HANDLER) == []
    assert numbers(case, Role.LEADER) == [14]


def test_a_leader_with_a_case_of_their_own_gets_it_once():
    case = owned()
    case.owner = make_person(Role.LEADER)
    case.save()
    send_reminders(at=noon(case.staff_on))
    assert numbers(case, Role.LEADER) == [0]


def test_nobody_to_remind_is_said_and_not_lost():
    case = make_request()
    assert "har ingen å minne" in remind(noon(case.staff_on))
    make_person(Role.LEADER)
    assert "1 påminnelse" in remind(noon(case.staff_on))


@pytest.mark.parametrize("status", [status for status in RequestStatus if not status.is_open])
def test_what_is_done_is_not_reminded_of(status):
    case = in_state(status)
    make_person(Role.LEADER)
    assert send_reminders(at=noon(case.staff_on)).mails == 0


def test_an_extended_case_is_reminded_of_its_new_date():
    case = owned()
    send_reminders(at=noon(case.staff_on))
    case.staff_on = case.client_on = case.statutory_on = case.extended_on
    case.save()
    send_reminders(at=noon(case.staff_on))
    assert list(Reminder.objects.filter(number=0).values_list("staff_on", flat=True)) == [
        date(2026, 12, 22),
        case.extended_on,
    ]


def test_one_mail_a_person_a_day_however_many_cases():
    first, second = owned(), owned(at=RECEIVED_AT - timedelta(days=3))
    at = noon(second.staff_on - timedelta(days=7))
    assert send_reminders(at=at).mails == 1
    late = owned(at=RECEIVED_AT - timedelta(days=4))
    assert send_reminders(at=at + timedelta(hours=3)).mails == 0
    body = OutgoingMail.objects.get().body
    assert (first.case_number in body, second.case_number in body) == (True, True)
    assert body.index(second.case_number) < body.index(first.case_number)
    # What came too late for the mail of the day is in the next one.
    send_reminders(at=at + timedelta(days=1))
    assert numbers(late, Role.CASE_HANDLER) == [7]
    assert Counter(OutgoingMail.objects.values_list("recipient", flat=True)).total() == 2


def test_the_mail_says_numbers_and_dates_and_nothing_else():
    case = owned(message="Hemmelig om helsen min", name="Test Testesen")
    send_reminders(at=noon(case.staff_on + timedelta(days=1)))
    mail = OutgoingMail.objects.get()
    assert mail.subject == "Saker med frist"
    assert mail.body == (
        f"Disse sakene venter på svar:\n\n{case.case_number}: fristen var 22. desember 2026\n\n"
        "Logg inn og se hva som gjenstår.\n"
    )
    assert lix(mail.body) <= 35
    assert mail.recipient == case.owner.email


def test_a_long_list_ends_with_how_many_more():
    case = owned()
    rows = []
    for place in range(LISTED + 2):
        values = {field.attname: getattr(case, field.attname) for field in RightsRequest._meta.concrete_fields}
        unique = dict.fromkeys(("case_number", "code_hash", "idempotency_hash"), f"{place:012}")
        rows.append(RightsRequest(**{**values, **unique, "id": None, "public_id": f"{place:032}"}))
    RightsRequest.objects.bulk_create(rows)
    assert send_reminders(at=noon(case.staff_on)).cases == LISTED + 3
    assert "\nOg 3 til.\n" in OutgoingMail.objects.get().body


def test_no_mail_goes_out_at_night():
    case = owned()
    night = datetime.combine(case.staff_on, time(0, 30), tzinfo=OSLO)
    send_reminders(at=night)
    assert OutgoingMail.objects.get().due_at == datetime.combine(case.staff_on, time(7), tzinfo=OSLO)


def test_it_costs_what_is_due():
    make_person(Role.LEADER)
    owned()
    with CaptureQueriesContext(
        connection,
    ) as nothing_due:
        send_reminders(at=RECEIVED_AT)
    assert len([query for query in nothing_due if query["sql"].startswith("SELECT")]) == 1
    at = noon(date(2026, 12, 22))
    with CaptureQueriesContext(connection) as one:
        send_reminders(at=at)
    for days in range(5):
        owned(at=RECEIVED_AT - timedelta(days=days))
    with CaptureQueriesContext(connection) as many:
        send_reminders(at=at + timedelta(days=1))
    assert len(many) == len(one)


def test_the_command_says_what_it_did(monkeypatch):
    case = owned()
    monkeypatch.setattr("django.utils.timezone.now", lambda: noon(case.staff_on))
    said = StringIO()
    call_command("send_reminders", stdout=said)
    call_command("send_reminders", stdout=said)
    assert said.getvalue() == "1 påminnelse er lagt i utboksen.\nIngen skal minnes på noe nå.\n"


def test_the_worker_does_it_by_itself():
    assert {sweep.name: sweep.run for sweep in registered_sweeps()}["reminders"] is remind
