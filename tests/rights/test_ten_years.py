"""Ten years of cases with a clock of our own: each reminder once, each erasure on its day, and the proofs hold.

What was erased is looked for as it lay in the database, in every table and, on SQLite, in every byte of the file.

The job runs on some days and misses others. What should have happened is worked out here from the facts of each case
alone: nothing of the services is asked.
"""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection

from mktnorge.models.mails import OutgoingMail
from mktnorge.roles import Role
from rights.law.deadlines import OSLO
from rights.models import ErasedLine, ErasureProof, Reminder, RequestEvent, RightsRequest
from rights.services.erasing import erase_expired
from rights.services.proofs import digest_of, verify_proofs
from rights.services.reminders import send_reminders
from rights.workflow import Ending, RequestStatus
from tests.builders import make_person
from tests.rights.builders import make_request
from tests.rights.test_erasing import whole_database
from tests.sampling import PROOF

pytestmark = pytest.mark.django_db

BEGIN = date(2027, 1, 1)
DAYS = 10 * 365
CASES = 150 if PROOF else 6
RUNS = DAYS if PROOF else 40
SEEDS = range(3) if PROOF else range(1)


@dataclass
class Life:
    """One case from the day it came to the day it ended, and what is expected of the program on the way."""

    received_on: date
    ended_on: date
    ending: Ending
    owned: bool
    held_until: date | None
    pk: int = 0
    staff_on: date = date.max
    traces: list[bytes] = field(default_factory=list)

    def is_open(self, on: date) -> bool:
        return self.received_on <= on < self.ended_on

    def erased_from(self, days: int, months: int = 0) -> date:
        month = self.ended_on.month - 1 + months
        year, month = self.ended_on.year + month // 12, month % 12 + 1
        day = self.ended_on.day
        while True:
            try:
                due = date(year, month, day) + timedelta(days=days)
                break
            except ValueError:
                day -= 1
        return max(due, self.held_until) if self.held_until else due

    @property
    def content_from(self) -> date:
        return self.erased_from(30 if self.ending is Ending.WITHDRAWN else 90)

    @property
    def line_from(self) -> date:
        return self.erased_from(0, months=36)


def lives(chance: random.Random) -> list[Life]:
    made = []
    for _ in range(CASES):
        received = BEGIN + timedelta(days=chance.randrange(DAYS - 400))
        ended = received + timedelta(days=chance.choice([1, 10, 18, 25, 29, 35, 60]))
        held = ended + timedelta(days=chance.choice([200, 1500])) if chance.random() < 0.2 else None
        ending = chance.choice([Ending.ANSWERED, Ending.WITHDRAWN])
        made.append(Life(received, ended, ending, chance.random() < 0.7, held))
    return made


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=OSLO)


def number_on(life: Life, on: date) -> int | None:
    left = (life.staff_on - on).days
    return left if left <= 0 else min((days for days in (14, 7, 3, 1) if days >= left), default=None)


@pytest.mark.parametrize("seed", SEEDS)
def test_ten_years(seed):
    chance = random.Random(seed)
    owner, leader = make_person(Role.CASE_HANDLER), make_person(Role.LEADER)
    cases = lives(chance)
    days = set(chance.sample(range(DAYS), RUNS))
    if not PROOF:
        # Around each deadline the job runs on some days, or there would be little to remind of.
        days |= {
            (life.received_on - BEGIN).days + day for life in cases for day in range(12, 36) if chance.random() < 0.3
        }
    steps = sorted(
        {life.received_on for life in cases}
        | {life.ended_on for life in cases}
        | {life.held_until for life in cases if life.held_until}
        | {BEGIN + timedelta(days=day) for day in days}
    )
    runs = {BEGIN + timedelta(days=day) for day in days}
    expected: Counter[tuple[int, int, int]] = Counter()
    erased: dict[str, set[int]] = {"content": set(), "line": set()}
    for on in steps:
        for life in cases:
            play(life, on, owner)
        if on not in runs:
            continue
        for _ in range(chance.randint(1, 3)):
            send_reminders(at=noon(on))
            erase_expired(at=noon(on))
        for life in cases:
            if life.is_open(on) and (number := number_on(life, on)) is not None:
                people = {owner.pk} if life.owned else {leader.pk}
                people |= {leader.pk} if number <= 3 else set()
                expected.update(
                    {(life.pk, number, person): 1 for person in people if (life.pk, number, person) not in expected}
                )
        due = {name: {life.pk for life in cases if life.pk and moment(life) <= on} for name, moment in RULES.items()}
        assert due["content"] == set(
            RightsRequest.objects.exclude(content_erased_on=None).values_list("pk", flat=True)
        ) | set(ErasedLine.objects.values_list("case_pk", flat=True))
        assert due["line"] == set(ErasedLine.objects.values_list("case_pk", flat=True))
        erased.update(due)
        gone = {life.pk for life in cases if life.pk in due["line"]}
        kept = Counter({key: count for key, count in expected.items() if key[0] not in gone})
        assert kept == Counter(Reminder.objects.values_list("request_id", "number", "person_id"))
    assert expected, "nobody was reminded of anything"
    assert erased["line"], "nothing was erased"
    assert not RequestEvent.objects.filter(request_id__in=erased["line"]).exists()
    mails = Counter(OutgoingMail.objects.filter(kind="reminder").values_list("once", flat=True))
    assert set(mails.values()) <= {1}
    dump = whole_database()
    assert [life.pk for life in cases if life.pk in erased["content"] and any(one in dump for one in life.traces)] == []
    kept_still = [life for life in cases if life.pk and life.pk not in erased["content"]]
    assert all(life.traces[-1] in dump for life in kept_still)
    assert verify_proofs() == []
    lines = ErasureProof.objects.filter(rule="line")
    assert sum(proof.count for proof in lines) == len(erased["line"])
    first = lines.order_by("pk").first()
    assert first is not None
    assert first.digest == digest_of(first.lines.values_list("case_pk", flat=True))


RULES = {"content": lambda life: life.content_from, "line": lambda life: life.line_from}


def play(life: Life, on: date, owner) -> None:
    """Let what happens to a case on a day happen: it comes, it ends and may be held, the hold is lifted."""
    if on == life.received_on:
        case = make_request(at=noon(on))
        case.status = RequestStatus.IN_PROGRESS
        case.owner = owner if life.owned else None
        case.save()
        life.pk, life.staff_on = case.pk, case.staff_on
        life.traces += sealed_texts(life.pk)
    if on == life.ended_on:
        case = RightsRequest.objects.get(pk=life.pk)
        case.status = RequestStatus.WITHDRAWN if life.ending is Ending.WITHDRAWN else RequestStatus.ANSWERED
        case.ending, case.ended_on = life.ending, on
        if life.held_until:
            case.held_for, case.held_on = "complaint", on
        case.save()
        # Sealed anew by the save.
        life.traces += sealed_texts(life.pk)
    if on == life.held_until:
        RightsRequest.objects.filter(pk=life.pk).update(held_for="", held_on=None)


def sealed_texts(pk: int) -> list[bytes]:
    """The name and the message as they lie in the database, which no other text is like."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, message FROM rights_rightsrequest WHERE id = %s", [pk])
        return [text[:40].encode() for text in cursor.fetchone()]
