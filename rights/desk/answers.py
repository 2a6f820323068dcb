"""When a right or a point may be decided, told the person, and counted as answered."""

from collections.abc import Collection
from datetime import date

from processing.law.rights import Right
from processing.law.terms import N_
from rights.desk.facts import CaseFacts, RightFacts
from rights.desk.refused import NotOnThatDay, StepRefused, check_can
from rights.law.identity import LEVEL_WORDS
from rights.law.outcomes import Outcome, RefusalGround, grounds_for
from rights.law.terms import CopyFirst
from rights.workflow import Action


def check_can_decide(
    case: CaseFacts,
    right: Right,
    outcome: Outcome,
    ground: RefusalGround | None,
    *,
    has_reason: bool,
    point: int = 0,
) -> None:
    """Raise StepRefused unless the point may be answered so: a refusal names a ground that exists, and gives a reason.

    A right with points is answered point by point. What the person has been told stands, unless the whole case was
    opened again. Source: GDPR art. 12(4); R-RT-3 and decision 24.
    """
    check_can(Action.DECIDE, case)
    part = _part_of(case, right, point)
    if part.delivered and not case.may_change_what_was_told:
        raise StepRefused(N_("Personen har alt fått dette svaret. Gi resten først, og åpne saken igjen etterpå."))
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
    """Raise StepRefused unless every right and point is decided and may be told the person."""
    check_can(Action.MAKE_LETTER, case)
    if not case.rights:
        raise StepRefused(N_("Velg først hvilken rett kravet gjelder."))
    if case.undecided:
        names = ", ".join(one.label.lower() for one in case.undecided)
        raise StepRefused(N_("Avgjør først: {names}.").format(names=names))
    _check_can_tell(case, case.to_answer)


def check_can_answer_part(case: CaseFacts, parts: Collection[tuple[Right, int]]) -> tuple[RightFacts, ...]:
    """Return the `parts` that may be answered now, before the rest. Raises StepRefused.

    Each is a right with the number of its point, 0 where it has none. The clock ends with the last (R-DL-10).
    """
    check_can(Action.ANSWER_PART, case)
    if not parts:
        raise StepRefused(N_("Velg hva du vil svare på nå."))
    if case.part_letter is not None:
        raise StepRefused(N_("Et delsvar er laget og ikke levert. Registrer det først, eller avgjør det på nytt."))
    chosen = tuple(_part_of(case, right, point) for right, point in parts)
    for one in chosen:
        if one.delivered:
            raise StepRefused(N_("Personen har alt fått svar på dette: {part}.").format(part=one.label.lower()))
        if one.outcome is None:
            raise StepRefused(N_("Avgjør først: {names}.").format(names=one.label.lower()))
    if {(one.right, one.point) for one in case.unanswered} <= set(parts):
        raise StepRefused(N_("Dette er alt som gjenstår. Lag svarbrevet."))
    _check_can_tell(case, chosen)
    return chosen


def check_can_close(case: CaseFacts, letter: int) -> None:
    """Raise StepRefused unless everything asked for is answered, in `letter` or in one delivered before it."""
    check_can(Action.DELIVER, case)
    if any(not one.delivered and one.letter != letter for one in case.rights):
        raise StepRefused(N_("Svarbrevet svarer ikke på alt. Åpne saken igjen, og lag det på nytt."))


def check_can_show_letter(case: CaseFacts, letter: int, *, on: date, today: date) -> None:
    """Raise StepRefused unless `letter` may be read on «Min sak» from now on.

    The follow-up code tells that it is the person who asked, not who that is: the level the answer needs must be
    recorded first (R-ID-2, R-ID-7). It can be read from the moment it is delivered, so that is today.
    """
    if on != today:
        raise NotOnThatDay(N_("På «Min sak» er brevet levert med en gang. Velg dagen i dag."))
    if not may_be_shown(case, letter):
        parts = [one for one in case.rights if one.letter == letter]
        needed = LEVEL_WORDS[case.identity_for(parts)].lower()
        raise StepRefused(N_("Vi vet ikke sikkert nok hvem dette er. Det trengs: {needed}.").format(needed=needed))


def may_be_shown(case: CaseFacts, letter: int) -> bool:
    """Tell whether the level that the answers in `letter` need is recorded. False for a letter that answers nothing."""
    parts = [one for one in case.rights if one.letter == letter]
    needed = case.identity_for(parts) if any(one.discloses for one in parts) else 0
    return bool(parts) and case.identity_level >= needed


def check_can_answer_copy(case: CaseFacts) -> None:
    """Raise StepRefused unless it is open whether the person wants a copy before something is deleted."""
    check_can(Action.ANSWER_COPY, case)
    if not case.asks_about_copy:
        raise StepRefused(N_("Personen har ikke bedt om å bli spurt om kopi."))


def _part_of(case: CaseFacts, right: Right, point: int) -> RightFacts:
    parts = [one for one in case.rights if one.right is right]
    if not parts:
        raise StepRefused(N_("Denne retten er ikke en del av saken."))
    found = next((one for one in parts if one.point == point), None)
    if found is None and point:
        raise StepRefused(N_("«{right}» har ikke noe punkt {number}.").format(right=right.label, number=point))
    if found is None:
        raise StepRefused(
            N_("«{right}» har egne punkter. Hvert punkt skal ha sitt eget svar.").format(right=right.label)
        )
    return found


def _check_can_tell(case: CaseFacts, parts: Collection[RightFacts]) -> None:
    """Raise StepRefused unless these answers may stand in a letter.

    Each refusal is reasoned and seconded, the person is known as well as it takes, and nothing is deleted before the
    copy that was asked for.
    """
    for one in parts:
        if one.outcome is not None and one.outcome.needs_ground and not (one.ground and one.has_reason):
            raise StepRefused(N_("«{right}» mangler begrunnelse.").format(right=one.label))
        if one.awaits_second:
            raise StepRefused(N_("Avslag på innsyn i journal krever to personer. En til må stå bak det."))
    _check_copy_comes_first(case, parts)
    needed = case.identity_for(parts)
    if any(one.discloses for one in parts) and case.identity_level < needed:
        raise StepRefused(
            N_("Vi vet ikke sikkert nok hvem dette er. Det trengs: {needed}.").format(
                needed=LEVEL_WORDS[needed].lower()
            )
        )


def _check_copy_comes_first(case: CaseFacts, parts: Collection[RightFacts]) -> None:
    """What is deleted cannot be copied afterwards."""
    if not any(one.right is Right.ERASURE and one.outcome is not Outcome.REFUSED for one in parts):
        return
    if case.asks_about_copy:
        raise StepRefused(N_("Personen vil bli spurt om kopi før noe blir slettet. Spør først, og skriv inn svaret."))
    told = {(one.right, one.point) for one in parts}
    waiting = [one for one in case.unanswered if one.right is Right.ACCESS and (one.right, one.point) not in told]
    if case.copy_first is CopyFirst.YES and waiting:
        raise StepRefused(N_("Personen skal ha kopien før noe blir slettet. Svar på innsynet først."))
