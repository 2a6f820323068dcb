"""What was done with an invented case: a service, the day it was called, and by whom."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from mktnorge.models import User
from mktnorge.roles import Role
from rights.law.deadlines import OSLO, local_date
from rights.models import RightsRequest
from rights.services import answering
from rights.services.ending import end_case
from rights.workflow import Ending

MORNING = time(10, 0)

WRITES_A_LETTER = frozenset({answering.ask_identity, answering.make_answer, answering.withdraw_case, end_case})
"""A letter is written from the register, so none can be older than it."""


@dataclass(frozen=True, kw_only=True)
class Act:
    """`service` called with `values`, `days_ago` days before the demonstration is loaded.

    `dated` names the argument that takes the day itself. A role among the values stands for who has it. `by` is None
    for what the person does with their own case.
    """

    service: Callable[..., object]
    days_ago: int
    values: Mapping[str, Any] = field(default_factory=dict)
    dated: str = ""
    by: Role | None = Role.CASE_HANDLER


@dataclass(frozen=True, kw_only=True)
class Stage:
    """Who works in the demonstration, when it is loaded, and how old its register is."""

    people: Mapping[Role, User]
    at: datetime
    register_from: datetime

    def morning(self, days_ago: int) -> datetime:
        """Return the morning of that day in Oslo, or the moment of loading where it has not been morning yet."""
        day = local_date(self.at) - timedelta(days=days_ago)
        return min(datetime.combine(day, MORNING, tzinfo=OSLO), self.at)

    def play(self, case: RightsRequest, acts: tuple[Act, ...], *, after: datetime) -> None:
        """Do `acts` in order, none before the one before it."""
        moment = after
        for act in acts:
            moment = max(moment, self.morning(act.days_ago))
            if act.service in WRITES_A_LETTER:
                moment = max(moment, self.register_from)
            self._do(act, case, moment)
            case.refresh_from_db()

    def _do(self, act: Act, case: RightsRequest, moment: datetime) -> None:
        given = {name: self.people[value] if isinstance(value, Role) else value for name, value in act.values.items()}
        values = {**given, **({act.dated: local_date(moment)} if act.dated else {})}
        if act.by is None:
            act.service(case=case.public_id, at=moment, **values)
        else:
            act.service(case=case.pk, version=case.version, by=self.people[act.by], at=moment, **values)


def end_as_the_oldest(*, case: int, version: int, by: User, at: datetime) -> None:
    """End the case as the same as the oldest open one about all that it asks for."""
    row = RightsRequest.objects.get(pk=case)
    others = RightsRequest.objects.open().filter(received_at__lt=row.received_at)
    for right in row.requested_rights.values_list("right", flat=True):
        others = others.filter(requested_rights__right=right)
    same_as = others.order_by("received_at")[0].case_number
    end_case(case=case, version=version, ending=Ending.DUPLICATE, same_as=same_as, by=by, at=at)
