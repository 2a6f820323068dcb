"""The rights of Articles 7(3) and 15–22, and which of them an activity's bases and regime give (matrix C3).

The request form always offers every right: nobody needs to know a basis to ask (R-RT-2). The matrix decides what
the notice lists for an activity, and gives the case desk its starting point.
"""

from dataclasses import dataclass

from processing.law.bases import LegalBasis
from processing.law.facts import Fact
from processing.law.records import ActivityRecord
from processing.law.regimes import LegalRegime
from processing.law.sources import LegalSource, gdpr, statute
from processing.law.terms import N_, LawTerm

HEALTH_PERSONNEL_ACT = "Helsepersonelloven"


class Right(LawTerm):
    """A right a person can use. `plain` is what the person would say."""

    ACCESS = "access", N_("Innsyn"), N_("Se eller få kopi av det dere har om meg"), gdpr("art. 15")
    ACCESS_LOG = (
        "access_log",
        N_("Innsyn i hvem som har lest"),
        N_("Se hvem som har lest eller fått opplysninger om meg"),
        statute("Pasientjournalloven", "§ 18"),
    )
    RECTIFICATION = "rectification", N_("Retting"), N_("Rette noe som er feil eller mangler"), gdpr("art. 16")
    ERASURE = "erasure", N_("Sletting"), N_("Slette noe om meg"), gdpr("art. 17")
    RESTRICTION = "restriction", N_("Begrensning"), N_("Stoppe bruken en stund, uten å slette"), gdpr("art. 18")
    OBJECTION = "objection", N_("Protest"), N_("Si nei til at dere bruker noe om meg"), gdpr("art. 21 nr. 1")
    OBJECTION_MARKETING = (
        "objection_marketing",
        N_("Protest mot markedsføring"),
        N_("Slippe reklame og nyhetsbrev"),
        gdpr("art. 21 nr. 2 og 3"),
    )
    PORTABILITY = "portability", N_("Dataportabilitet"), N_("Få det jeg har gitt dere, i en fil"), gdpr("art. 20")
    WITHDRAW_CONSENT = "withdraw_consent", N_("Trekke samtykke"), N_("Trekke et samtykke"), gdpr("art. 7 nr. 3")

    @property
    def acts_at_once(self) -> bool:
        """True where the law allows no month of thought: act the same or the next working day (R-DL-9)."""
        return self in {Right.WITHDRAW_CONSENT, Right.OBJECTION_MARKETING}


@dataclass(frozen=True, kw_only=True)
class Entitlement:
    """Whether a right applies to an activity, and why. POSSIBLE means: only under the condition the reason names.

    NOT_STATED means that the register does not say enough to tell: no basis, or no confirmed regime.
    """

    right: Right
    applies: Fact
    reason: str
    source: LegalSource


def rights_for(activity: ActivityRecord) -> tuple[Entitlement, ...]:
    """Return one entitlement a right, in the order of `Right`. Never empty: a silent register gives NOT_STATED rows."""
    return tuple(_entitlement(right, activity) for right in Right)


def _entitlement(right: Right, activity: ActivityRecord) -> Entitlement:
    applies, reason, source = _RULES[right](activity)
    return Entitlement(right=right, applies=applies, reason=reason, source=source)


_Answer = tuple[Fact, str, LegalSource]


def _is_record(activity: ActivityRecord) -> bool:
    return activity.regime is LegalRegime.HEALTH_RECORD


def _access(activity: ActivityRecord) -> _Answer:
    if _is_record(activity):
        source = statute("Pasient- og brukerrettighetsloven", "§ 5-1")
        return Fact.YES, N_("Pasienten har rett til innsyn i hele journalen, med svært få unntak."), source
    return Fact.YES, N_("Retten til innsyn gjelder uansett grunnlag."), gdpr("art. 15")


def _access_log(activity: ActivityRecord) -> _Answer:
    source = statute("Pasientjournalloven", "§§ 18 og 22")
    if _is_record(activity):
        return Fact.YES, N_("Pasienten kan få vite hvem som har lest eller fått opplysninger fra journalen."), source
    if activity.regime is None:
        return Fact.NOT_STATED, N_("Regimet er ikke bekreftet. Tilgangslogg gjelder helsejournaler."), source
    return Fact.NO, N_("Loven om tilgangslogg gjelder bare helsejournaler."), source


def _rectification(activity: ActivityRecord) -> _Answer:
    if _is_record(activity):
        source = statute(HEALTH_PERSONNEL_ACT, "§ 42")
        return Fact.YES, N_("Journalen rettes med en ny, datert innføring. Ingenting strykes."), source
    return Fact.YES, N_("Retten til retting gjelder uansett grunnlag."), gdpr("art. 16")


def _erasure(activity: ActivityRecord) -> _Answer:
    if _is_record(activity):
        reason = N_("Journal slettes bare når vilkårene i helsepersonelloven er oppfylt.")
        return Fact.POSSIBLE, reason, statute(HEALTH_PERSONNEL_ACT, "§ 43")
    bases = activity.bases
    if not bases:
        return Fact.NOT_STATED, N_("Grunnlaget er ikke oppgitt, så det kan ikke sies."), gdpr("art. 17")
    if LegalBasis.LEGAL_OBLIGATION in bases and len(bases) == 1:
        return (
            Fact.NO,
            N_("Loven krever at opplysningene tas vare på så lenge plikten varer."),
            gdpr("art. 17 nr. 3 bokstav b"),
        )
    if LegalBasis.LEGAL_OBLIGATION in bases:
        reason = N_("Gjelder det som ikke må tas vare på etter loven.")
        return Fact.POSSIBLE, reason, gdpr("art. 17 nr. 3 bokstav b")
    if bases == {LegalBasis.CONSENT}:
        return (
            Fact.YES,
            N_("Når samtykket trekkes, finnes det ikke noe annet grunnlag."),
            gdpr("art. 17 nr. 1 bokstav b"),
        )
    if LegalBasis.LEGITIMATE_INTEREST in bases:
        reason = N_("Gjelder etter en protest, når ikke andre grunner veier tyngre.")
        return Fact.POSSIBLE, reason, gdpr("art. 17 nr. 1 bokstav c")
    return Fact.POSSIBLE, N_("Gjelder når opplysningene ikke trengs lenger."), gdpr("art. 17 nr. 1 bokstav a")


def _restriction(activity: ActivityRecord) -> _Answer:
    return (
        Fact.POSSIBLE,
        N_("Gjelder i fire situasjoner, for eksempel mens det avklares om noe er riktig."),
        gdpr("art. 18 nr. 1"),
    )


def _objection(activity: ActivityRecord) -> _Answer:
    source = gdpr("art. 21 nr. 1")
    if not activity.bases:
        return Fact.NOT_STATED, N_("Grunnlaget er ikke oppgitt, så det kan ikke sies."), source
    if activity.bases & {LegalBasis.LEGITIMATE_INTEREST, LegalBasis.PUBLIC_TASK}:
        return Fact.YES, N_("Bruken bygger på en avveining av interesser."), source
    if LegalBasis.CONSENT in activity.bases:
        return Fact.NO, N_("Bruken bygger på samtykke. Det kan trekkes i stedet."), source
    return Fact.NO, N_("Bruken bygger ikke på en interesseavveining."), source


def _objection_marketing(activity: ActivityRecord) -> _Answer:
    source = gdpr("art. 21 nr. 2 og 3")
    if activity.regime is LegalRegime.MARKETING:
        return Fact.YES, N_("Markedsføring skal stanse når noen sier nei. Det finnes ingen unntak."), source
    if activity.regime is None:
        return (
            Fact.NOT_STATED,
            N_("Regimet er ikke bekreftet. Er dette markedsføring, gjelder retten uten unntak."),
            source,
        )
    return Fact.NO, N_("Aktiviteten er ikke markedsføring."), source


def _portability(activity: ActivityRecord) -> _Answer:
    source = gdpr("art. 20 nr. 1")
    if _is_record(activity):
        return Fact.NO, N_("Journalen føres fordi loven krever det. Retten til kopi gjelder i stedet."), source
    if not activity.bases:
        return Fact.NOT_STATED, N_("Grunnlaget er ikke oppgitt, så det kan ikke sies."), source
    if activity.bases & {LegalBasis.CONSENT, LegalBasis.CONTRACT}:
        reason = N_("Gjelder det man selv har gitt, når det brukes med datamaskin etter samtykke eller avtale.")
        return Fact.POSSIBLE, reason, source
    return Fact.NO, N_("Retten gjelder bare bruk som bygger på samtykke eller avtale."), source


def _withdraw_consent(activity: ActivityRecord) -> _Answer:
    source = gdpr("art. 7 nr. 3")
    if not activity.bases:
        return Fact.NOT_STATED, N_("Grunnlaget er ikke oppgitt, så det kan ikke sies."), source
    if LegalBasis.CONSENT in activity.bases:
        return Fact.YES, N_("Et samtykke kan trekkes når som helst."), source
    return Fact.NO, N_("Bruken bygger ikke på samtykke."), source


_RULES = {
    Right.ACCESS: _access,
    Right.ACCESS_LOG: _access_log,
    Right.RECTIFICATION: _rectification,
    Right.ERASURE: _erasure,
    Right.RESTRICTION: _restriction,
    Right.OBJECTION: _objection,
    Right.OBJECTION_MARKETING: _objection_marketing,
    Right.PORTABILITY: _portability,
    Right.WITHDRAW_CONSENT: _withdraw_consent,
}
