"""Ticking what is done: the steps of a right's checklist, and the recipients who were told."""

from collections.abc import Collection
from datetime import date, datetime

from django.utils.translation import gettext as _

from mktnorge.models import User
from processing.law.records import ActivityRecord, PartyRecord, Register
from processing.law.rights import Right
from processing.register import register_as_of
from rights.desk import StepRefused
from rights.law.advice import concerning
from rights.law.checklists import TOLD_ON, checklist_for
from rights.law.deadlines import local_date
from rights.law.outcomes import Outcome
from rights.law.terms import Relation
from rights.models import ChecklistTick, Decision, RequestedRight, RightsRequest
from rights.services.steps import step
from rights.workflow import Action

TOLD = "told-"
"""What the step of a recipient begins with; the party's code follows."""


def tick_steps(
    *, case: int, version: int, right: Right, steps: Collection[str], by: User, at: datetime
) -> RightsRequest:
    """Let exactly `steps` be ticked of what a hand may tick for `right`. What stood keeps who did it, and when.

    Raises StepRefused for a step that is not on the list, or one the program ticks itself.
    """
    with step(Action.TICK, case=case, version=version, by=by, at=at) as row:
        on_list = checklist_for(right, row.regime_set, received_on=row.received_on)
        _tick(_requested(row, right), {one.code for one in on_list if one.proof is None}, steps, by=by, at=at)
    return row


def tick_recipients(
    *, case: int, version: int, right: Right, told: Collection[str], by: User, at: datetime
) -> RightsRequest:
    """Let exactly the parties with the codes `told` be those who know what was done for `right` (art. 19).

    Raises StepRefused where nothing was corrected, deleted or restricted, or for somebody who never got the data.
    """
    with step(Action.TICK, case=case, version=version, by=by, at=at) as row:
        requested = _requested(row, right)
        if right not in granted_to_tell_of(row):
            raise StepRefused(_("Det er ikke noe å si fra om her. Avgjør først at noe skal gjøres."))
        parties = recipients_of(activities_for(register_as_of(at), row, on=local_date(at)))
        may = {f"{TOLD}{party.code}" for party in parties}
        _tick(requested, may, {f"{TOLD}{code}" for code in told}, by=by, at=at)
    return row


def granted_to_tell_of(case: RightsRequest) -> tuple[Right, ...]:
    """Return the rights of the case that were met, wholly or in part, and whose recipients must know (art. 19)."""
    met = Decision.objects.filter(requested_right__request=case).exclude(outcome=Outcome.REFUSED)
    rights = [Right(code) for code in met.order_by("pk").values_list("requested_right__right", flat=True)]
    return tuple(right for right in rights if right in TOLD_ON)


def activities_for(register: Register, case: RightsRequest, *, on: date) -> tuple[ActivityRecord, ...]:
    """Return where to search: the activities the case was found to be about.

    Until that is said, all in use on `on` that concern somebody with the case's relation to us.
    """
    in_use = register.activities_on(on)
    about = tuple(activity for activity in in_use if activity.number in case.activities)
    return about or concerning(in_use, Relation.of(case.relation))


def recipients_of(activities: Collection[ActivityRecord]) -> tuple[PartyRecord, ...]:
    """Return everybody the activities give data to, each once: processors are recipients too (art. 4(9))."""
    given = [disclosure.party for activity in activities for disclosure in activity.disclosures]
    kept = [system.party for activity in activities for system in activity.systems if system.party]
    return tuple({party.code: party for party in (*given, *kept)}.values())


def _requested(case: RightsRequest, right: Right) -> RequestedRight:
    if case.content_erased_on is not None:
        raise StepRefused(_("Innholdet i saken er slettet. Da blir sjekklisten ikke endret mer."))
    requested = case.requested_rights.filter(right=right).first()
    if requested is None:
        raise StepRefused(_("Denne retten er ikke en del av saken."))
    return requested


def _tick(requested: RequestedRight, may: Collection[str], wanted: Collection[str], *, by: User, at: datetime) -> None:
    if not set(wanted) <= set(may):
        raise StepRefused(_("Et av kryssene hører ikke til i denne listen. Ingenting er lagret."))
    standing = {row.step: row for row in ChecklistTick.objects.filter(requested_right=requested, step__in=may)}
    if standing.keys() == set(wanted):
        raise StepRefused(_("Ingenting er endret."))
    for code in standing.keys() - set(wanted):
        standing[code].delete()
    for code in sorted(set(wanted) - standing.keys()):
        ChecklistTick.objects.create(requested_right=requested, step=code, at=at, by=by)
