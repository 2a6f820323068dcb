"""How the desk says no: with a sentence that tells why, and what to do instead."""

from datetime import date

from processing.law.terms import N_
from rights.desk.facts import CaseFacts
from rights.law.calendar import spelled
from rights.workflow import TRANSITIONS, Action


class StepRefused(Exception):
    """The step cannot be taken now. The message says why, and what to do instead."""


class OutOfOrder(StepRefused):
    """The case is not where this step starts from."""


class NotOnThatDay(StepRefused):
    """The date given cannot be right."""


def check_can(action: Action, case: CaseFacts) -> None:
    """Raise OutOfOrder unless `action` starts from where the case is."""
    if case.status not in TRANSITIONS[action].sources:
        raise OutOfOrder(
            N_("Saken er «{status}». Da kan du ikke velge «{action}».").format(
                status=case.status.label.lower(), action=action.label.lower()
            )
        )


def check_day(day: date, case: CaseFacts, *, today: date) -> None:
    """Raise NotOnThatDay for a step dated before the request came, or after today."""
    if day < case.received_on:
        raise NotOnThatDay(N_("Datoen er før kravet kom, {received}.").format(received=spelled(case.received_on)))
    if day > today:
        raise NotOnThatDay(N_("Datoen ligger fram i tid. Skriv den dagen det skjedde."))
