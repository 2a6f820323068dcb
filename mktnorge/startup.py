"""The steps of `manage.py start`. Each app adds its own, so that the site needs no word of theirs.

An app registers its steps in `ready()`:

    register_step(40, load_first_register)

    def load_first_register(start: Start) -> str:
        \"\"\"Do the work unless it is done, and return the sentence that says which of the two it was.\"\"\"

A step must be safe to run at every start. It runs only on a demonstration, unless it is registered with
`everywhere=True`: in production a person decides what goes into the register and what is published.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mktnorge.models import User


@dataclass(frozen=True)
class Start:
    """What a step is given."""

    at: datetime
    """The moment the step began. It is the step's only clock."""

    by: User | None
    """The demonstration's leader, in whose name things are done; None outside a demonstration."""


Step = Callable[[Start], str]


@dataclass(frozen=True)
class RegisteredStep:
    order: int
    run: Step
    everywhere: bool


_registered: dict[Step, RegisteredStep] = {}


def register_step(order: int, run: Step, *, everywhere: bool = False) -> None:
    """Add a step. Low `order` runs first; the site has 10 (database), 20 (roles and people) and 90 (static files)."""
    _registered[run] = RegisteredStep(order, run, everywhere)


def registered_steps(*, demonstration: bool) -> list[Step]:
    """Return the steps to run here, in order."""
    chosen = [step for step in _registered.values() if demonstration or step.everywhere]
    return [step.run for step in sorted(chosen, key=lambda step: step.order)]
