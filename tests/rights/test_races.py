"""Two people at one case at the same moment, on real connections: one wins, the other is told, and nothing is lost."""

import random
import threading
from collections.abc import Callable

import pytest
from django.db import connection

from mktnorge.roles import Role
from processing.law.regimes import LegalRegime
from processing.law.rights import Right
from rights.law.identity import IdentityMethod
from rights.law.outcomes import Outcome
from rights.models import CaseNote, Decision, IdentityCheck, RequestEvent, RightsRequest
from rights.services import handling
from rights.services.ending import end_case
from rights.services.steps import CaseChanged
from rights.workflow import Ending, EventKind
from tests.builders import make_person
from tests.connections import two_connections
from tests.rights.at_the_desk import NOON
from tests.rights.builders import make_request
from tests.sampling import PROOF

RACES = 200 if PROOF else 5

Step = tuple[Callable[..., object], dict, EventKind]
STEPS: list[Step] = [
    (handling.take_case, {}, EventKind.TAKEN),
    (handling.write_note, {"text": "Ring i morgen."}, EventKind.NOTED),
    (handling.confirm_regimes, {"regimes": {LegalRegime.GDPR_ONLY}}, EventKind.REGIME_SET),
    (handling.record_identity, {"method": IdentityMethod.EID, "on": NOON.date()}, EventKind.IDENTITY_RECORDED),
    (handling.decide_right, {"right": Right.ACCESS, "outcome": Outcome.GRANTED}, EventKind.DECIDED),
    (end_case, {"ending": Ending.NOT_A_REQUEST}, EventKind.CLOSED),
]


@pytest.mark.django_db(transaction=True)
@two_connections
def test_of_two_at_once_one_wins_and_the_other_is_told():
    people = [make_person(Role.CASE_HANDLER), make_person(Role.LEADER)]
    chance = random.Random(6)
    for _race in range(RACES):
        case = make_request()
        RightsRequest.objects.filter(pk=case.pk).update(regimes=["gdpr_only"])
        chosen = [chance.choice(STEPS), chance.choice(STEPS)]
        outcomes = race(case, people, chosen)
        assert sorted(outcome is None for outcome in outcomes) == [False, True], outcomes
        [told] = [outcome for outcome in outcomes if outcome is not None]
        winner = outcomes.index(None)
        assert isinstance(told, CaseChanged), told
        assert str(people[winner]) in str(told)
        whole(case, chosen[winner], by=people[winner])


def race(case: RightsRequest, people: list, chosen: list[Step]) -> list[Exception | None]:
    """Let both take their step with the version both saw, and return how it went for each."""
    ready = threading.Barrier(2)
    outcomes: list[Exception | None] = [RuntimeError("it never ended"), RuntimeError("it never ended")]

    def run(place: int) -> None:
        service, values, _event = chosen[place]
        try:
            ready.wait(timeout=20)
            service(case=case.pk, version=1, by=people[place], at=NOON, **values)
            outcomes[place] = None
        except Exception as refused:
            outcomes[place] = refused
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[place]) for place in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return outcomes


def whole(case: RightsRequest, step: Step, *, by) -> None:
    """What the winner did is stored, once; of the loser's step there is nothing."""
    service, _values, kind = step
    case.refresh_from_db()
    log = list(RequestEvent.objects.filter(request=case).order_by("pk").values_list("kind", "by"))
    assert log == [(EventKind.SUBMITTED, None), (kind, by.pk)]
    assert case.version == 2
    assert (case.ending == Ending.NOT_A_REQUEST) is (service is end_case)
    assert CaseNote.objects.filter(request=case).count() == (service is handling.write_note)
    assert IdentityCheck.objects.filter(request=case).count() == (service is handling.record_identity)
    assert Decision.objects.filter(requested_right__request=case).count() == (service is handling.decide_right)
