"""What may be done with a case, and what is to be done next. Pure: asked with a case's facts and a date.

Each rule stands here once, as a `check_can_…` that raises with a sentence. The services ask before they write, the
desk asks to know which buttons to show.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from processing.law.regimes import LegalRegime
from processing.law.rights import Right
from processing.law.terms import N_
from rights.law.calendar import spelled
from rights.law.checklists import ChecklistStep, Proof
from rights.law.deadlines import Deadline, ExtensionRefused, check_can_extend, refusal_due_on
from rights.law.identity import LEVEL_WORDS, level_needed
from rights.law.outcomes import Outcome, RefusalGround, grounds_for
from rights.workflow import TRANSITIONS, Action, Ending, RequestStatus


class StepRefused(Exception):
    """The step cannot be taken now. The message says why, and what to do instead."""


class OutOfOrder(StepRefused):
    """The case is not where this step starts from."""


class NotOnThatDay(StepRefused):
    """The date given cannot be right."""


@dataclass(frozen=True, kw_only=True)
class RightFacts:
    """One right asked for, and how far it has come. `seconded` is True once another person stands behind it."""

    right: Right
    deadline: Deadline
    outcome: Outcome | None = None
    ground: RefusalGround | None = None
    has_reason: bool = False
    seconded: bool = False


@dataclass(frozen=True, kw_only=True)
class CaseFacts:
    """What the rules need to know of a case, and not a word of what the person wrote.

    `regimes` is empty until a person has confirmed which rules the case follows; no case is decided before that
    (decision 24). `identity_level` is the highest level anybody has recorded.
    """

    status: RequestStatus
    received_on: date
    rights: tuple[RightFacts, ...]
    regimes: frozenset[LegalRegime] = frozenset()
    client: bool = False
    has_owner: bool = False
    identity_level: int = 0
    extended: bool = False
    call_wanted: bool = False
    asked_person: bool = False
    reply_waits: bool = False
    held: bool = False
    content_erased: bool = False
    texts_erased: bool = False

    @property
    def identity_needed(self) -> int:
        """The level the whole answer needs: that of the right which needs most."""
        return max((level_needed(one.right, self.regimes, client=self.client) for one in self.rights), default=0)

    @property
    def undecided(self) -> tuple[RightFacts, ...]:
        return tuple(one for one in self.rights if one.outcome is None)

    @property
    def discloses(self) -> bool:
        """True where the answer tells or does something with the person's data.

        A refusal does so too, where its ground says that we have some: whoever reads that a journal is kept, knows
        that there is one.
        """
        return any(
            one.outcome is not None
            and (one.outcome is not Outcome.REFUSED or one.ground is None or one.ground.tells_of_data)
            for one in self.rights
        )


def check_can(action: Action, case: CaseFacts) -> None:
    """Raise OutOfOrder unless `action` starts from where the case is."""
    if case.status not in TRANSITIONS[action].sources:
        raise OutOfOrder(
            N_("Saken er «{status}». Da kan du ikke velge «{action}».").format(
                status=case.status.label.lower(), action=action.label.lower()
            )
        )


def check_can_decide(
    case: CaseFacts, right: Right, outcome: Outcome, ground: RefusalGround | None, *, has_reason: bool
) -> None:
    """Raise StepRefused unless `right` may be answered so: a refusal names a ground that exists, and gives a reason.

    Source: GDPR art. 12(4); R-RT-3 and decision 24.
    """
    check_can(Action.DECIDE, case)
    if right not in {one.right for one in case.rights}:
        raise StepRefused(N_("Denne retten er ikke en del av saken."))
    if not case.regimes:
        raise StepRefused(N_("Bekreft først hvilke regler saken følger. Uten det kan ingenting avgjøres."))
    if not outcome.needs_ground:
        if ground is not None:
            raise StepRefused(N_("Den som får det de ba om, skal ikke ha en grunn for avslag."))
        return
    open_grounds = grounds_for(right, case.regimes)
    if not open_grounds:
        raise StepRefused(N_("«{right}» kan ikke avslås. Gjør det personen ber om.").format(right=right.label))
    if ground is None:
        raise StepRefused(N_("Velg den rettslige grunnen til at personen ikke får alt de ba om."))
    if ground not in open_grounds:
        raise StepRefused(
            N_("«{ground}» er ikke en grunn til å avslå «{right}» under reglene saken følger.").format(
                ground=ground.label, right=right.label.lower()
            )
        )
    if not has_reason:
        raise StepRefused(N_("Skriv en begrunnelse som personen kan forstå. Loven krever det."))


def check_can_make_letter(case: CaseFacts) -> None:
    """Raise StepRefused unless every right is decided and seconded, and the person is known as well as it takes."""
    check_can(Action.MAKE_LETTER, case)
    if not case.rights:
        raise StepRefused(N_("Velg først hvilken rett kravet gjelder."))
    if case.undecided:
        names = ", ".join(one.right.label.lower() for one in case.undecided)
        raise StepRefused(N_("Avgjør først: {names}.").format(names=names))
    for one in case.rights:
        if one.outcome is not None and one.outcome.needs_ground and not (one.ground and one.has_reason):
            raise StepRefused(N_("«{right}» mangler begrunnelse.").format(right=one.right.label))
        if one.ground and one.ground.needs_two and not one.seconded:
            raise StepRefused(N_("Avslag på innsyn i journal krever to personer. En til må stå bak det."))
    if case.discloses and case.identity_level < case.identity_needed:
        raise StepRefused(
            N_("Vi vet ikke sikkert nok hvem dette er. Det trengs: {needed}.").format(
                needed=LEVEL_WORDS[case.identity_needed].lower()
            )
        )


def check_can_extend_case(case: CaseFacts, *, on: date) -> None:
    """Raise StepRefused unless the person can still be told of an extension on `on` (R-DL-7)."""
    check_can(Action.EXTEND, case)
    first = min((one.deadline for one in case.rights), key=lambda deadline: deadline.statutory_on, default=None)
    if first is None:
        raise StepRefused(N_("Velg først hvilken rett kravet gjelder."))
    try:
        check_can_extend(first, decided_on=on, already_extended=case.extended)
    except ExtensionRefused as refused:
        raise StepRefused(str(refused)) from None


def check_day(day: date, case: CaseFacts, *, today: date) -> None:
    """Raise NotOnThatDay for a step dated before the request came, or after today."""
    if day < case.received_on:
        raise NotOnThatDay(N_("Datoen er før kravet kom, {received}.").format(received=spelled(case.received_on)))
    if day > today:
        raise NotOnThatDay(N_("Datoen ligger fram i tid. Skriv den dagen det skjedde."))


def check_can_end(case: CaseFacts, ending: Ending, *, has_words: bool) -> None:
    """Raise StepRefused unless the case may end so, without an answer on the matter."""
    check_can(Action.END, case)
    if ending in {Ending.ANSWERED, Ending.WITHDRAWN}:
        raise StepRefused(N_("Bruk steget som hører til: svar, eller trukket krav."))
    if ending.needs_words and not has_words:
        raise StepRefused(N_("Skriv hva personen skal få vite. Loven krever at vi sier hvorfor."))


def check_can_reopen(case: CaseFacts) -> None:
    """Raise StepRefused where what the person wrote is gone: nobody could be answered."""
    check_can(Action.REOPEN, case)
    if case.content_erased:
        raise StepRefused(N_("Innholdet i saken er slettet. Skriv det inn som en ny sak."))


def check_can_ask_person(case: CaseFacts) -> None:
    """Raise StepRefused where the one question of the case is asked already."""
    check_can(Action.ASK_PERSON, case)
    if case.asked_person:
        raise StepRefused(N_("Personen er alt spurt én gang her. Ring, eller skriv et brev."))


def check_can_note(case: CaseFacts) -> None:
    """Raise StepRefused where the texts of the case were erased: a new one would be erased the same night."""
    check_can(Action.NOTE, case)
    if case.texts_erased and not case.held:
        raise StepRefused(N_("Notatene i saken er slettet fordi tiden er ute. Et nytt ville også blitt slettet."))


def check_can_hold(case: CaseFacts) -> None:
    check_can(Action.HOLD, case)
    if case.held:
        raise StepRefused(N_("Sletting er alt stanset i denne saken."))


def check_can_lift_hold(case: CaseFacts) -> None:
    check_can(Action.LIFT_HOLD, case)
    if not case.held:
        raise StepRefused(N_("Sletting er ikke stanset i denne saken."))


def refusals_late_on(case: CaseFacts, *, on: date) -> tuple[Right, ...]:
    """Return the refused rights whose month had run out on `on`: an extension does not help a refusal (art. 12(4))."""
    return tuple(
        one.right for one in case.rights if one.outcome is Outcome.REFUSED and refusal_due_on(one.deadline) < on
    )


def refusal_warning(case: CaseFacts, *, on: date) -> str:
    """Return what an extended case must be told of a refusal that could still come, or nothing (decision 34).

    An extension moves the answer. A refusal is due within one month all the same (art. 12(4)).
    """
    waiting = [one for one in case.rights if one.deadline.is_extended and one.outcome in {None, Outcome.REFUSED}]
    due = min((refusal_due_on(one.deadline) for one in waiting), default=None)
    if due is None or not case.status.is_open:
        return ""
    if on <= due:
        return N_(
            "Fristen er forlenget, men det hjelper ikke et avslag. Skal vi si nei, må det sendes senest {day}."
        ).format(day=spelled(due))
    return N_(
        "Fristen er forlenget, men et avslag skulle vært sendt senest {day}. Sier vi nei nå, er det for sent."
    ).format(day=spelled(due))


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


def possible_steps(case: CaseFacts) -> tuple[Action, ...]:
    """Return every step that starts from where the case is, the next one first."""
    first = next_step(case)
    others = (action for action in Action if action is not first and case.status in TRANSITIONS[action].sources)
    return (first, *others) if first else tuple(others)


def next_step(case: CaseFacts) -> Action | None:
    """Return the one thing to do now, or None when the case is done."""
    return next(_steps(case), None)


def _steps(case: CaseFacts) -> Iterator[Action]:
    if not case.status.is_open:
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
    if case.undecided:
        yield Action.DECIDE
    if any(one.ground and one.ground.needs_two and not one.seconded for one in case.rights):
        yield Action.SECOND
    yield Action.MAKE_LETTER
