"""When the other steps of the desk may be taken, and what a refusal must be told of time."""

from datetime import date

from processing.law.rights import Right
from processing.law.terms import N_
from rights.desk.facts import CaseFacts
from rights.desk.refused import StepRefused, check_can
from rights.law.calendar import spelled
from rights.law.deadlines import ExtensionRefused, check_can_extend, refusal_due_on
from rights.law.outcomes import Outcome
from rights.workflow import Action, Ending, RequestStatus


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


def check_can_end(case: CaseFacts, ending: Ending, *, has_words: bool) -> None:
    """Raise StepRefused unless the case may end so, without an answer on the matter."""
    check_can(Action.END, case)
    if ending in {Ending.ANSWERED, Ending.WITHDRAWN}:
        raise StepRefused(N_("Bruk steget som hører til: svar, eller trukket krav."))
    if ending is Ending.NOT_IDENTIFIED and not case.identity_asked:
        # Art. 12(6): where there is doubt we ask, and only an answer that does not come ends the matter.
        raise StepRefused(N_("Be om identifikasjon først. Vi kan bare avslutte slik når vi har spurt."))
    if ending.needs_words and not has_words:
        raise StepRefused(N_("Skriv hva personen skal få vite. Loven krever at vi sier hvorfor."))


def check_same_request(case: CaseFacts, older: CaseFacts | None, *, is_older: bool) -> None:
    """Raise StepRefused unless `older` is where the person gets an answer to all of this case, by its own clock."""
    if older is None:
        raise StepRefused(N_("Skriv saksnummeret til den andre saken med samme krav."))
    if not is_older:
        raise StepRefused(N_("Den andre saken kom ikke først. Avslutt den i stedet: fristen i den eldste gjelder."))
    if not older.status.is_open and older.status is not RequestStatus.ANSWERED:
        raise StepRefused(N_("Den andre saken er avsluttet uten svar. Da kan ikke personen få svar der."))
    missing = {one.right for one in case.rights} - {one.right for one in older.rights}
    if missing:
        names = ", ".join(sorted(right.label.lower() for right in missing))
        raise StepRefused(
            N_("Den andre saken gjelder ikke dette: {names}. Legg det til der først.").format(names=names)
        )


def check_can_end_unread(case: CaseFacts, *, speaks_of_danger: bool) -> None:
    """Raise StepRefused where a case must be opened and read before it is put away as no request."""
    if speaks_of_danger:
        raise StepRefused(N_("Teksten kan handle om akutt fare. Åpne saken og les den."))
    if any(one.outcome is not None for one in case.rights):
        raise StepRefused(N_("Noe er alt avgjort. Åpne saken, og se om det stemmer at den ikke er et krav."))


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
    if case.complaint is not None:
        raise StepRefused(N_("Klagen er ikke avgjort. Så lenge blir ingenting slettet."))
    if not case.held:
        raise StepRefused(N_("Sletting er ikke stanset i denne saken."))


def refusals_late_on(case: CaseFacts, *, on: date) -> tuple[Right, ...]:
    """Return the refused rights whose month had run out on `on`: an extension does not help a refusal (art. 12(4))."""
    late = (one.right for one in case.rights if one.outcome is Outcome.REFUSED and refusal_due_on(one.deadline) < on)
    return tuple(dict.fromkeys(late))


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
