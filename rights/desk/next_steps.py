"""What is to be done next, what else may be done, and what the case itself proves is done."""

from collections.abc import Iterator

from rights.desk.facts import CaseFacts
from rights.law.checklists import ChecklistStep, Proof
from rights.law.complaints import ComplaintStage
from rights.workflow import TRANSITIONS, Action, RequestStatus


def possible_steps(case: CaseFacts) -> tuple[Action, ...]:
    """Return every step that starts from where the case is, the next one first."""
    first = next_step(case)
    others = (action for action in Action if action is not first and case.status in TRANSITIONS[action].sources)
    return (first, *others) if first else tuple(others)


def next_step(case: CaseFacts) -> Action | None:
    """Return the one thing to do now, or None when the case is done."""
    return next(_steps(case), None)


def _steps(case: CaseFacts) -> Iterator[Action]:
    if case.complaint is ComplaintStage.RECEIVED:
        yield Action.UPHOLD
    if case.complaint is ComplaintStage.TO_FORWARD:
        yield Action.FORWARD
    if not case.status.is_open:
        if case.complaint is ComplaintStage.CHANGED:
            yield Action.SETTLE
        return
    if case.status is RequestStatus.RECEIVED:
        yield Action.TAKE
    elif not case.has_owner:
        yield Action.HAND_OVER
    if case.call_wanted:
        yield Action.CALLED
    if case.reply_waits:
        yield Action.READ_REPLY
    if case.status is RequestStatus.READY:
        yield Action.DELIVER
    if not case.regimes:
        yield Action.SET_REGIMES
    if case.identity_level < case.identity_needed:
        waiting = case.status is RequestStatus.IDENTIFYING
        yield Action.RECORD_IDENTITY if waiting else Action.ASK_IDENTITY
    if not case.rights:
        yield Action.ADD_RIGHT
    if case.part_letter is not None:
        yield Action.DELIVER_PART
    if case.asks_about_copy:
        yield Action.ANSWER_COPY
    if case.undecided:
        yield Action.DECIDE
    if any(one.awaits_second for one in case.rights):
        yield Action.SECOND
    yield Action.MAKE_LETTER


def is_on_list(step: ChecklistStep, case: CaseFacts) -> bool:
    """Tell whether a step of the checklist is shown: nobody is told of an extension that was not made."""
    return step.proof is not Proof.EXTENSION_TOLD or case.extended


def is_proved(proof: Proof, case: CaseFacts) -> bool:
    """Tell whether the case itself shows that the step is done."""
    match proof:
        case Proof.TAKEN:
            return case.has_owner
        case Proof.IDENTITY:
            return case.identity_level >= case.identity_needed
        case Proof.EXTENSION_TOLD:
            return case.extended
        case Proof.LETTER:
            return case.status in {RequestStatus.READY, RequestStatus.ANSWERED}
        case Proof.DELIVERED:
            return case.status is RequestStatus.ANSWERED
