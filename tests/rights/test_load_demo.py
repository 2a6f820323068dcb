"""The invented cases of a demonstration: every state on any day, through the services, and never beside real ones."""

from datetime import datetime, timedelta
from time import process_time

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from mktnorge.models.mails import OutgoingMail
from mktnorge.people import ADDRESSES, NotADemonstration
from mktnorge.roles import Role
from mktnorge.startup import Start
from rights.demonstration.cases import CASES
from rights.demonstration.loading import DeskNotEmpty, RegisterEmpty, load_demo
from rights.law.deadlines import local_date
from rights.letters.body import LetterKind, letter_from_json
from rights.models import ErasureProof, Letter, RequestEvent, RightsRequest
from rights.services.proofs import verify_proofs
from rights.startup import load_invented_cases
from rights.workflow import Ending, EventKind, RequestStatus
from tests.builders import OSLO, make_person
from tests.company import load_company
from tests.rights.builders import make_request

pytestmark = pytest.mark.django_db

REGISTER_FROM = datetime(2026, 11, 23, 9, 0, tzinfo=OSLO)
# A Monday noon, ten past midnight on a Sunday, and the Tuesday after Easter.
MOMENTS = [
    REGISTER_FROM + timedelta(hours=3),
    datetime(2026, 11, 29, 0, 10, tzinfo=OSLO),
    datetime(2027, 3, 30, 12, 0, tzinfo=OSLO),
]


@pytest.fixture(autouse=True)
def demonstration(settings):
    settings.DEMONSTRATION = True


@pytest.fixture
def company():
    load_company(at=REGISTER_FROM)


@pytest.mark.parametrize("at", MOMENTS)
def test_a_case_in_every_state_on_any_day(company, at):
    began = process_time()
    assert load_demo(at=at).cases == len(CASES) == RightsRequest.objects.count()
    assert process_time() - began < 10
    cases = list(RightsRequest.objects.all())
    assert {case.state for case in cases} == set(RequestStatus)
    assert {case.ending for case in cases} == {"", *Ending}
    on = local_date(at)
    opened = [case for case in cases if case.state.is_open]
    assert sum(case.staff_on < on for case in opened) >= 2
    assert sum(0 <= case.days_left(on) <= 7 for case in opened) >= 1
    assert any(case.owner is None for case in opened)
    assert any(case.speaks_of_danger for case in cases)
    assert any(case.call_wanted_at for case in cases)
    assert [case.held_for for case in cases if case.held_on] == ["complaint"]
    assert all("Testesen" in case.name for case in cases if not case.content_erased_on)
    # What was taken back long ago is erased, and proved; letters are written from a register that was there.
    assert [(case.name, case.message) for case in cases if case.content_erased_on] == [("", "")]
    assert ErasureProof.objects.count() == 1
    assert verify_proofs() == []
    letters = list(Letter.objects.all())
    assert {letter.kind for letter in letters} >= {LetterKind.ANSWER, LetterKind.IDENTIFICATION, LetterKind.ENDED}
    assert all(letter_from_json(letter.body).sender and letter.made_at >= REGISTER_FROM for letter in letters)


def test_what_was_done_is_in_the_log_and_nothing_lies_ahead(company):
    at = MOMENTS[0]
    load_demo(at=at)
    told = {EventKind(kind) for kind in RequestEvent.objects.values_list("kind", flat=True)}
    assert told >= {
        EventKind.REGISTERED, EventKind.HANDED_OVER, EventKind.EXTENDED, EventKind.DECIDED, EventKind.DELIVERED,
        EventKind.HELD, EventKind.CONTENT_ERASED, EventKind.NOTED, EventKind.TICKED, EventKind.CALL_WANTED,
        EventKind.ADDED_TO, EventKind.REPLIED,
    }  # fmt: skip
    assert not RequestEvent.objects.filter(at__gt=at).exists()
    for case in RightsRequest.objects.all():
        moments = list(case.events.order_by("pk").values_list("at", flat=True))
        assert moments == sorted(moments)
        assert case.received_at <= moments[0]


def test_the_same_on_the_same_day(company):
    seen = []
    for _time in range(2):
        with transaction.atomic():
            load_demo(at=MOMENTS[0])
            events = RequestEvent.objects.order_by("request", "pk").values_list("kind", "at")
            seen.append(([_said(case) for case in RightsRequest.objects.order_by("pk")], list(events)))
            transaction.set_rollback(True)
    assert seen[0] == seen[1]


def _said(case: RightsRequest) -> tuple:
    owner = case.owner.email if case.owner else ""
    return case.name, case.message, case.status, case.deadline, case.ending, case.ended_on, case.regimes, owner


def test_never_beside_a_case_of_somebody(company):
    case = make_request()
    with pytest.raises(DeskNotEmpty):
        load_demo(at=MOMENTS[0])
    assert RightsRequest.objects.get() == case
    assert OutgoingMail.objects.count() == 0


def test_never_in_production(company, settings):
    settings.DEMONSTRATION = False
    with pytest.raises(NotADemonstration):
        load_demo(at=MOMENTS[0])
    with pytest.raises(CommandError, match="DEMONSTRATION"):
        call_command("load_demo")
    assert not RightsRequest.objects.exists()


def test_not_without_a_register():
    with pytest.raises(RegisterEmpty):
        load_demo(at=MOMENTS[0])


def test_the_command_makes_the_people_it_needs_and_shows_them_once(company, capsys, time_machine):
    time_machine.move_to(MOMENTS[0])
    call_command("load_demo")
    said = capsys.readouterr()
    assert [line.split()[1] for line in said.out.splitlines()] == list(ADDRESSES.values())
    assert f"{len(CASES)} oppdiktede saker" in said.err
    with pytest.raises(CommandError, match="finnes allerede saker"):
        call_command("load_demo")


def test_a_start_fills_an_empty_desk_once(company):
    leader = make_person(Role.LEADER)
    assert "oppdiktede saker" in load_invented_cases(Start(at=MOMENTS[0], by=leader))
    assert load_invented_cases(Start(at=MOMENTS[0], by=leader)) == "Saker finnes allerede."
