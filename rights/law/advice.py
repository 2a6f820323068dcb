"""What a right can and cannot do for the person who asks, told before the request is sent.

Matrix C3 tells the case desk; here it is told to the person, in two sentences a right, and without talking anybody
out of anything: every right may be asked for, whatever the register says (R-RT-2).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from processing.law.audiences import audience_of
from processing.law.bases import LegalBasis
from processing.law.facts import Fact
from processing.law.records import ActivityRecord
from processing.law.rights import Entitlement, Right, rights_for
from processing.law.terms import N_
from rights.law.terms import Relation

# The roles of the notice that each relation covers. «Noe annet» is not among them: it may be any.
AUDIENCES = {
    Relation.CLIENT: frozenset({"klient", "mulig-klient"}),
    Relation.RELATIVE: frozenset({"parorende"}),
    Relation.APPLICANT: frozenset({"jobbsoker"}),
    Relation.SUBSCRIBER: frozenset({"nyhetsbrev"}),
    Relation.VISITOR: frozenset({"nettstedet", "kommentar"}),
    Relation.PARTNER: frozenset({"samarbeid", "selvstendig"}),
}


@dataclass(frozen=True)
class Advice:
    """What to know about one right. The lists hold the public names of activities, by how far the right reaches.

    `unknown` are those where the register does not say enough to tell.
    """

    right: Right
    sentences: tuple[str, ...]
    applies: tuple[str, ...] = ()
    sometimes: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def concerning(activities: Sequence[ActivityRecord], relation: Relation | None) -> tuple[ActivityRecord, ...]:
    """Return the activities that concern people with this relation to us; all of them for «noe annet», or for none."""
    roles = AUDIENCES.get(relation) if relation else None
    if roles is None:
        return tuple(activities)
    return tuple(activity for activity in activities if roles & _audiences(activity))


def relation_suggested(activity: ActivityRecord) -> Relation | None:
    """Return whom the activity is about, where it is about one kind of people only. Those merely mentioned apart."""
    roles = _audiences(activity) - AUDIENCES[Relation.RELATIVE]
    found = [relation for relation, covered in AUDIENCES.items() if roles & covered]
    return found[0] if len(found) == 1 else None


def relation_of_role(slug: str) -> Relation | None:
    """Return the relation a role of the notice means in the form. A possible client is none of those we offer."""
    named = Relation.by_slug(slug)
    if named or slug == "mulig-klient":
        return named
    return next((relation for relation, roles in AUDIENCES.items() if slug in roles), None)


def _audiences(activity: ActivityRecord) -> frozenset[str]:
    return frozenset(audience_of(subject).slug for subject in activity.subjects)


def may_rest_on_consent(activities: Sequence[ActivityRecord]) -> tuple[ActivityRecord, ...]:
    """Return the activities with a consent to withdraw (Art. 7(3)), and those where the register names no basis.

    Where we have not said why, the person may well have said yes to it: a silence of ours takes no choice away.
    """
    return tuple(activity for activity in activities if LegalBasis.CONSENT in activity.bases or not activity.bases)


def advice_on(rights: Sequence[Right], activities: Sequence[ActivityRecord]) -> tuple[Advice, ...]:
    """Return one piece of advice a right, in the order of `Right`; `activities` are those that concern the person."""
    answers = [(activity, {answer.right: answer for answer in rights_for(activity)}) for activity in activities]
    found = []
    for right in sorted(set(rights), key=list(Right).index):
        groups: dict[Fact, list[str]] = {fact: [] for fact in Fact}
        own: list[Entitlement] = []
        for activity, by_right in answers:
            groups[by_right[right].applies].append(activity.title)
            own.append(by_right[right])
        found.append(
            Advice(
                right,
                _sentences(right, own),
                applies=tuple(groups[Fact.YES]),
                sometimes=tuple(groups[Fact.POSSIBLE]),
                never=tuple(groups[Fact.NO]),
                unknown=tuple(groups[Fact.NOT_STATED]),
            )
        )
    return tuple(found)


def must_keep_some(activities: Sequence[ActivityRecord]) -> bool:
    """Return whether the law makes us keep something of this: then not all can be deleted (Art. 17(3)(b))."""
    return any(LegalBasis.LEGAL_OBLIGATION in activity.bases for activity in activities)


def _sentences(right: Right, answers: Sequence[Entitlement]) -> tuple[str, ...]:
    found = {answer.applies for answer in answers}
    match right:
        case Right.ACCESS:
            return (
                N_("Du kan få se det vi har om deg."),
                N_("I sjeldne tilfeller må vi holde noe tilbake. Da skriver vi hvorfor."),
            )
        case Right.ACCESS_LOG:
            if Fact.YES in found:
                return (N_("Du kan få vite hvem som har lest eller fått opplysninger fra journalen."),)
            return (N_("Hvem som har lest, gjelder journaler. Har vi ingen, forteller vi hvem vi har gitt noe til."),)
        case Right.RECTIFICATION:
            return (
                N_("Er noe feil, retter vi det, og sier fra til dem som har fått det."),
                N_("En journal rettes med en ny innføring. Det som står der fra før, blir ikke strøket."),
            )
        case Right.ERASURE:
            if found == {Fact.YES}:
                return (N_("Vi sletter dette når du ber om det."),)
            return (
                N_("Noe kan vi slette. Noe må vi ta vare på, for eksempel fordi loven krever det."),
                N_("Vi vurderer hvert punkt, og vi skriver hvorfor."),
            )
        case Right.RESTRICTION:
            return (
                N_("Vi kan stoppe bruken mens noe blir avklart. Så lenge blir opplysningene bare lagret."),
                N_("Vi sier fra før vi begynner igjen."),
            )
        case Right.OBJECTION:
            if Fact.YES in found:
                return (
                    N_("Du kan si nei der vi bruker noe fordi vi mener vi har en god grunn."),
                    N_("Da må vi slutte, hvis ikke grunnen vår veier tyngre enn din."),
                )
            return (N_("Protest gjelder bare noe av det vi gjør. Send den likevel, så ser vi hva vi kan gjøre."),)
        case Right.OBJECTION_MARKETING:
            return (N_("Da slutter vi å sende deg reklame."), N_("Vi spør ikke hvorfor."))
        case Right.PORTABILITY:
            return (
                N_("Du kan få det du selv har gitt oss, der vi bruker det etter samtykke eller avtale."),
                N_("Vil du ha alt vi har om deg, kan du også be om kopi."),
            )
        case Right.WITHDRAW_CONSENT:
            if Fact.YES in found:
                return (
                    N_("Du kan trekke et samtykke når du vil. Da stopper vi det som bygger på det."),
                    N_("Det vi gjorde før du trakk det, var fortsatt lovlig."),
                )
            return (N_("Vi finner ikke noe samtykke for kontakten du valgte. Send likevel, så undersøker vi det."),)
