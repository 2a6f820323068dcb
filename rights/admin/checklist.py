"""The checklist beside each right of a case: what to do, why, and who has done it."""

from collections.abc import Mapping
from dataclasses import dataclass

from processing.law.rights import Right
from rights.desk import CaseFacts, is_on_list, is_proved
from rights.law.checklists import ChecklistStep, checklist_for
from rights.models import ChecklistTick, RightsRequest

Ticks = Mapping[tuple[str, str], ChecklistTick]


@dataclass(frozen=True)
class ShownStep:
    step: ChecklistStep
    tick: ChecklistTick | None
    done: bool


@dataclass(frozen=True)
class Checklist:
    steps: tuple[ShownStep, ...]

    @property
    def done(self) -> int:
        return sum(one.done for one in self.steps)

    @property
    def has_hand_steps(self) -> bool:
        return any(one.step.proof is None for one in self.steps)


def ticks_of(case: RightsRequest) -> Ticks:
    """Return the ticks of all the case's rights, by right and step. One query."""
    rows = ChecklistTick.objects.filter(requested_right__request=case).select_related("requested_right", "by")
    return {(row.requested_right.right, row.step): row for row in rows}


def shown_checklist(right: Right, facts: CaseFacts, ticks: Ticks) -> Checklist:
    steps = checklist_for(right, facts.regimes, received_on=facts.received_on)
    return Checklist(
        tuple(
            ShownStep(
                step=one,
                tick=(tick := ticks.get((right, one.code))),
                done=is_proved(one.proof, facts) if one.proof else tick is not None,
            )
            for one in steps
            if is_on_list(one, facts)
        )
    )
