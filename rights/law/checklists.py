"""What there is to do for each right under each set of rules, why, and where the law says so: dated data.

A case follows the edition of the day it came in. A code is kept for as long as any case has a tick for it. Steps that
the program can see have been done are ticked by the program; a hand cannot tick those.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from processing.law.regimes import LegalRegime
from processing.law.rights import HEALTH_PERSONNEL_ACT, Right
from processing.law.sources import LegalSource, gdpr, statute
from processing.law.terms import N_
from rights.law.deadlines import OWN_ROUTINE
from rights.law.outcomes import PATIENTS_RIGHTS_ACT


class Proof(StrEnum):
    """What in the case shows that a step is done."""

    TAKEN = "taken"
    IDENTITY = "identity"
    EXTENSION_TOLD = "extension_told"
    LETTER = "letter"
    DELIVERED = "delivered"


@dataclass(frozen=True, kw_only=True)
class ChecklistStep:
    """`regimes` None: under any. A step with a `proof` is ticked by the program."""

    code: str
    text: str
    why: str
    source: LegalSource
    rights: frozenset[Right]
    regimes: frozenset[LegalRegime] | None = None
    proof: Proof | None = None

    def belongs_to(self, right: Right, regimes: Collection[LegalRegime]) -> bool:
        return right in self.rights and (self.regimes is None or not self.regimes.isdisjoint(regimes))


@dataclass(frozen=True)
class Edition:
    """The steps, in the order they are taken, for cases received on `valid_from` or later."""

    valid_from: date
    steps: tuple[ChecklistStep, ...]


def checklist_for(right: Right, regimes: Collection[LegalRegime], *, received_on: date) -> tuple[ChecklistStep, ...]:
    """Return what to do for `right`, in order. Without confirmed `regimes`, only what holds under any."""
    edition = next((one for one in EDITIONS if one.valid_from <= received_on), EDITIONS[-1])
    return tuple(step for step in edition.steps if step.belongs_to(right, regimes))


TOLD_ON = frozenset({Right.RECTIFICATION, Right.ERASURE, Right.RESTRICTION})
"""The rights whose granting must be told to everybody who was given the data (art. 19)."""

_ALL = frozenset(Right)
_DATA = _ALL - {Right.OBJECTION_MARKETING, Right.WITHDRAW_CONSENT, Right.ACCESS_LOG}
_JOURNAL = frozenset({LegalRegime.HEALTH_RECORD})
_OTHER = frozenset(LegalRegime) - _JOURNAL
_DELETED_NOW = frozenset({LegalRegime.RECRUITMENT, LegalRegime.MARKETING, LegalRegime.WEBSITE})


def _step(
    code: str,
    text: str,
    why: str,
    source: LegalSource,
    rights: Collection[Right] | Right,
    regimes: Collection[LegalRegime] | LegalRegime | None = None,
    proof: Proof | None = None,
) -> ChecklistStep:
    return ChecklistStep(
        code=code,
        text=text,
        why=why,
        source=source,
        rights=frozenset({rights} if isinstance(rights, Right) else rights),
        regimes=None if regimes is None else frozenset({regimes} if isinstance(regimes, LegalRegime) else regimes),
        proof=proof,
    )


_STEPS = (
    _step("take", N_("Ta saken"), N_("Noen må ha ansvar for at svaret går ut i tide."), gdpr("art. 12 nr. 3"), _ALL,
          proof=Proof.TAKEN),
    _step("recognise", N_("Kjenn igjen personen"), N_("Opplysninger om en person skal ikke havne hos andre."),
          gdpr("art. 12 nr. 6"), _ALL, proof=Proof.IDENTITY),
    _step("search", N_("Let i alle systemene"),
          N_("Svaret gjelder alt vi har, også det en databehandler har for oss."),
          gdpr("art. 28 nr. 3 bokstav e"), _DATA),
    # Access
    _step("record", N_("Finn journalen, vedlegg og opptak"), N_("Pasienten skal få se hele journalen med bilag."),
          statute(PATIENTS_RIGHTS_ACT, "§ 5-1"), Right.ACCESS, _JOURNAL),
    _step("narrow_exception", N_("Se om noe må holdes tilbake"),
          N_("Unntaket er smalt, og to personer må stå bak."),
          statute(PATIENTS_RIGHTS_ACT, "§ 5-1 andre ledd"), Right.ACCESS, _JOURNAL),
    _step("explain_words", N_("Tilby å forklare vanskelige ord"),
          N_("Pasienten kan be om en enkel og kort forklaring."),
          statute(PATIENTS_RIGHTS_ACT, "§ 5-1"), Right.ACCESS, _JOURNAL),
    _step("others_data", N_("Ta ut det som gjelder andre"), N_("En kopi skal ikke krenke andres rettigheter."),
          gdpr("art. 15 nr. 4"), Right.ACCESS, _OTHER),
    _step("invoices", N_("Ta med fakturaer og betalinger"), N_("Også regnskapet sier noe om personen."),
          gdpr("art. 15 nr. 3"), Right.ACCESS, LegalRegime.ACCOUNTING),
    _step("application", N_("Ta med søknad, vedlegg og notater fra intervju"),
          N_("Også det vi selv skrev, er opplysninger om søkeren."),
          gdpr("art. 15 nr. 3"), Right.ACCESS, LegalRegime.RECRUITMENT),
    _step("consent_log", N_("Ta med når samtykket ble gitt, og hva som er sendt"),
          N_("Personen skal kunne se hva vi bygger på."), gdpr("art. 15 nr. 3"), Right.ACCESS, LegalRegime.MARKETING),
    _step("web_logs", N_("Ta med logger fra nettstedet som kan knyttes til personen"),
          N_("Er de ikke knyttet til noen, sier vi det."), gdpr("art. 15 nr. 3"), Right.ACCESS, LegalRegime.WEBSITE),
    _step("safe_way", N_("Velg en trygg måte å levere på"), N_("Opplysninger om helse går aldri i vanlig e-post."),
          gdpr("art. 32 nr. 1"), {Right.ACCESS, Right.ACCESS_LOG, Right.PORTABILITY}),
    # The log of a journal
    _step("who_has_read", N_("Hent oversikten over hvem som har lest eller fått noe"),
          N_("Pasienten har rett til å vite det, med dag og grunn."),
          statute("Pasientjournalloven", "§ 18"), Right.ACCESS_LOG, _JOURNAL),
    _step("read_without_need", N_("Se om noen har lest uten grunn"),
          N_("Da er det et avvik, og fristen på 72 timer går."),
          statute("Pasientjournalloven", "§ 16"), Right.ACCESS_LOG, _JOURNAL),
    # Correction
    _step("each_correction", N_("Vurder hvert punkt for seg"), N_("Personen skal få svar på hvert punkt."),
          gdpr("art. 16"), Right.RECTIFICATION),
    _step("ask_author", N_("Hør den som skrev"), N_("Den som skrev, vet hva som var grunnlaget."),
          OWN_ROUTINE, Right.RECTIFICATION, _JOURNAL),
    _step("add_entry", N_("Rett med en ny innføring med dato"), N_("Det som står i journalen, blir ikke strøket."),
          statute(HEALTH_PERSONNEL_ACT, "§ 42"), Right.RECTIFICATION, _JOURNAL),
    _step("note_view", N_("Ved avslag: skriv kravet og grunnen inn i journalen"),
          N_("Kravet og begrunnelsen skal stå der."),
          statute(HEALTH_PERSONNEL_ACT, "§ 42"), Right.RECTIFICATION, _JOURNAL),
    _step("correct", N_("Rett i alle systemene"), N_("Det hjelper lite å rette ett sted."),
          gdpr("art. 16"), Right.RECTIFICATION, _OTHER),
    # Erasure
    _step("copy_before", N_("Gi kopien først, hvis personen ba om det"),
          N_("Det som er slettet, kan ikke kopieres etterpå."), OWN_ROUTINE, Right.ERASURE),
    _step("each_deletion", N_("Vurder hvert punkt for seg"), N_("Personen skal få svar på hvert punkt."),
          gdpr("art. 12 nr. 4"), Right.ERASURE),
    _step("test_43", N_("Prøv vilkårene for å slette i journalen"),
          N_("Det må være ubetenkelig, og i tillegg feilaktig og belastende eller åpenbart unødvendig."),
          statute(HEALTH_PERSONNEL_ACT, "§ 43"), Right.ERASURE, _JOURNAL),
    _step("note_43", N_("Skriv kravet og begrunnelsen inn i journalen"), N_("Det gjelder også et avslag."),
          statute(HEALTH_PERSONNEL_ACT, "§ 43"), Right.ERASURE, _JOURNAL),
    _step("exceptions", N_("Se om noe må beholdes"), N_("Bare unntakene i loven teller."),
          gdpr("art. 17 nr. 3"), Right.ERASURE, _OTHER),
    _step("bookkeeping_end", N_("Finn dagen bokføringsplikten er over"),
          N_("Avslaget skal si når opplysningene blir slettet."),
          statute("Bokføringsloven", "§ 13"), Right.ERASURE, LegalRegime.ACCOUNTING),
    _step("delete_now", N_("Slett det som ikke må beholdes, nå"),
          N_("Etter et krav er det ingen grunn til å vente på den vanlige dagen."),
          gdpr("art. 17 nr. 1"), Right.ERASURE, _DELETED_NOW),
    _step("delete_everywhere", N_("Slett i systemene, også hos databehandlere"),
          N_("Det de har for oss, er vårt ansvar."),
          gdpr("art. 28 nr. 3 bokstav e"), Right.ERASURE, _OTHER),
    _step("backups", N_("Finn ut når sikkerhetskopiene er borte"), N_("Personen skal få vite dagen."),
          gdpr("art. 12 nr. 1"), Right.ERASURE, _OTHER),
    # Restriction
    _step("mark", N_("Merk opplysningene i systemet der de ligger"), N_("Så lenge blir de bare lagret."),
          gdpr("art. 18 nr. 2"), Right.RESTRICTION, _OTHER),
    _step("block_record", N_("Sperr opplysningene i journalsystemet"), N_("Så lenge blir de bare lagret."),
          gdpr("art. 18 nr. 2"), Right.RESTRICTION, _JOURNAL),
    _step("who_lifts", N_("Skriv et notat om hvem som kan oppheve begrensningen"),
          N_("Ingen skal oppheve den ved et uhell."), OWN_ROUTINE, Right.RESTRICTION),
    _step("tell_before_lifting", N_("Send brev før begrensningen blir opphevet"),
          N_("Personen skal få vite det først."), gdpr("art. 18 nr. 3"), Right.RESTRICTION),
    # Objection
    _step("stop_meanwhile", N_("Stans bruken mens protesten blir vurdert"),
          N_("Personen har krav på det til saken er avklart."),
          gdpr("art. 18 nr. 1 bokstav d"), Right.OBJECTION, _OTHER),
    _step("weigh", N_("Vei grunnene for akkurat denne personen"),
          N_("Vi må vise at våre grunner er tvingende og veier tyngst."),
          gdpr("art. 21 nr. 1"), Right.OBJECTION, _OTHER),
    _step("record_rests_on_law", N_("Forklar at loven krever journal, og tilby sperring"),
          N_("Protest gjelder ikke det vi må gjøre etter loven."),
          gdpr("art. 21 nr. 1"), Right.OBJECTION, _JOURNAL),
    _step("stop_marketing", N_("Stopp utsendelsen samme dag"), N_("Det finnes ingen grunn til å si nei."),
          gdpr("art. 21 nr. 3"), Right.OBJECTION_MARKETING),
    _step("keep_block", N_("Behold bare en sperre på adressen"), N_("Så kommer den ikke med igjen."),
          gdpr("art. 21 nr. 3"), Right.OBJECTION_MARKETING),
    # Portability
    _step("portable_basis", N_("Se hva som bygger på samtykke eller avtale"), N_("Retten gjelder bare det."),
          gdpr("art. 20 nr. 1"), Right.PORTABILITY),
    _step("own_words", N_("Ta med det personen selv har gitt oss"),
          N_("Det vi har sluttet oss til, hører ikke med."), gdpr("art. 20 nr. 1"), Right.PORTABILITY),
    _step("machine_readable", N_("Lag filen i et format maskiner kan lese"),
          N_("For eksempel JSON eller CSV, med en PDF ved siden av."),
          gdpr("art. 20 nr. 1"), Right.PORTABILITY, _OTHER),
    _step("offer_copy", N_("Tilby kopi av journalen i stedet"), N_("Journalen bygger på lov, ikke på avtale."),
          statute(PATIENTS_RIGHTS_ACT, "§ 5-1"), Right.PORTABILITY, _JOURNAL),
    # Consent
    _step("stop_consent", N_("Stopp det som bygger på samtykket, samme virkedag"),
          N_("Det skal være like lett å trekke som å gi."), gdpr("art. 7 nr. 3"), Right.WITHDRAW_CONSENT),
    _step("stop_sharing", N_("Stopp deling personen har samtykket til"),
          N_("For eksempel med fastlege eller forsikring."),
          gdpr("art. 7 nr. 3"), Right.WITHDRAW_CONSENT, _JOURNAL),
    _step("unsubscribe", N_("Meld av, og sperr adressen"), N_("Så kommer den ikke med igjen."),
          gdpr("art. 7 nr. 3"), Right.WITHDRAW_CONSENT, LegalRegime.MARKETING),
    _step("what_is_kept", N_("Skriv hva som stopper, hva vi beholder, og hvorfor"),
          N_("Personen skal få vite hva samtykket ikke styrer."),
          gdpr("art. 12 nr. 1"), Right.WITHDRAW_CONSENT),
    # Every answer
    _step("tell_recipients", N_("Si fra til dem som har fått opplysningene"),
          N_("Gjelder når noe ble rettet, slettet eller begrenset."), gdpr("art. 19"), TOLD_ON),
    _step("extension_told", N_("Si fra om at vi trenger mer tid"), N_("Med grunn, og før den første måneden er over."),
          gdpr("art. 12 nr. 3"), _ALL, proof=Proof.EXTENSION_TOLD),
    _step("letter", N_("Lag svarbrevet"), N_("Det må ha grunn, regel og klageinstans."), gdpr("art. 12 nr. 3 og 4"),
          _ALL, proof=Proof.LETTER),
    _step("deliver", N_("Lever svaret"), N_("Fristen stopper når svaret er levert."), gdpr("art. 12 nr. 3"), _ALL,
          proof=Proof.DELIVERED),
)  # fmt: skip

EDITIONS = (Edition(valid_from=date(2018, 7, 20), steps=_STEPS),)
"""The newest first. A change becomes a new first edition; the earlier ones stay for the cases that follow them."""
