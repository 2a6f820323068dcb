"""What a right can be answered with, and on what ground it may be refused: a closed list (R-RT-3).

A refusal is only as good as the provision it names. Each ground says for which rights, and under which regimes, it
exists; nothing outside the list can be written into a letter. Marketing stops and a consent ends when the person says
so: there is no ground against either.
"""

from collections.abc import Collection
from dataclasses import dataclass

from processing.law.regimes import LegalRegime
from processing.law.rights import HEALTH_PERSONNEL_ACT, Right
from processing.law.sources import gdpr, statute
from processing.law.terms import N_, LawTerm

PERSONAL_DATA_ACT = "Personopplysningsloven"
PATIENTS_RIGHTS_ACT = "Pasient- og brukerrettighetsloven"


class Outcome(LawTerm):
    """The answer to one right."""

    GRANTED = "granted", N_("Innvilget")
    PARTLY = "partly", N_("Delvis innvilget")
    REFUSED = "refused", N_("Avslått")

    @property
    def needs_ground(self) -> bool:
        """True where the person does not get all they asked for, and must be told why (art. 12(4))."""
        return self is not Outcome.GRANTED


@dataclass(frozen=True, kw_only=True)
class _Scope:
    rights: frozenset[Right]
    regimes: frozenset[LegalRegime] | None = None
    """None: under any regime."""


class RefusalGround(LawTerm):
    """Why a right is not met, or not wholly. The label is for the clerk; the reason to the person is written anew."""

    UNFOUNDED = (
        "unfounded",
        N_("Kravet er åpenbart grunnløst eller overdrevent"),
        N_("Vi har bevisbyrden. Uvennlig tone, mye arbeid eller et nytt krav etter et år er ikke nok."),
        gdpr("art. 12 nr. 5 bokstav b"),
    )
    OTHERS_RIGHTS = (
        "others_rights",
        N_("En kopi ville krenke andres rettigheter"),
        N_("Gjelder bare det som må tas ut. Resten skal gis."),
        gdpr("art. 15 nr. 4"),
    )
    HEALTH_OR_NEXT_OF_KIN = (
        "health_or_next_of_kin",
        N_("Det er utilrådelig for helsen til personen, eller for forholdet til noen som står nær"),
        N_("Gjelder opplysninger utenfor journalen."),
        statute(PERSONAL_DATA_ACT, "§ 16 første ledd bokstav c"),
    )
    SECRECY = (
        "secrecy",
        N_("Opplysningene er underlagt lovbestemt taushetsplikt"),
        N_("Gjelder ikke det personen selv har fortalt."),
        statute(PERSONAL_DATA_ACT, "§ 16 første ledd bokstav d"),
    )
    INTERNAL_DRAFT = (
        "internal_draft",
        N_("Teksten er laget for intern saksforberedelse og er ikke gitt videre"),
        N_("Bare så langt det er nødvendig for å sikre forsvarlige interne avgjørelser."),
        statute(PERSONAL_DATA_ACT, "§ 16 første ledd bokstav e"),
    )
    FUNDAMENTAL_INTERESTS = (
        "fundamental_interests",
        N_("Det ville stride mot åpenbare og grunnleggende private eller offentlige interesser"),
        N_("Brevet må si hvilke interesser det er."),
        statute(PERSONAL_DATA_ACT, "§ 16 første ledd bokstav f"),
    )
    JOURNAL_DANGER = (
        "journal_danger",
        N_("Det er påtrengende nødvendig for å hindre fare for liv eller alvorlig helseskade"),
        N_("Smalt unntak. En representant kan få innsyn i stedet. To personer må stå bak."),
        statute(PATIENTS_RIGHTS_ACT, "§ 5-1 andre ledd"),
    )
    JOURNAL_NEXT_OF_KIN = (
        "journal_next_of_kin",
        N_("Innsyn er klart utilrådelig av hensyn til noen som står pasienten nær"),
        N_("Smalt unntak. En representant kan få innsyn i stedet. To personer må stå bak."),
        statute(PATIENTS_RIGHTS_ACT, "§ 5-1 andre ledd"),
    )
    NO_RECORD_LOG = (
        "no_record_log",
        N_("Opplysningene står ikke i en helsejournal, og har ingen slik logg"),
        "",
        statute("Pasientjournalloven", "§ 18"),
    )
    ACCURATE = (
        "accurate",
        N_("Opplysningen er riktig og fullstendig"),
        N_("Tilby å legge ved personens egen forklaring."),
        gdpr("art. 16"),
    )
    JOURNAL_NOT_WRONG = (
        "journal_not_wrong",
        N_("Journalen er ikke feil, mangelfull eller utilbørlig på dette punktet"),
        N_("Skriv kravet og begrunnelsen inn i journalen, med personens egen forklaring om den ønsker det."),
        statute(HEALTH_PERSONNEL_ACT, "§ 42"),
    )
    JOURNAL_KEPT = (
        "journal_kept",
        N_("Vilkårene for å slette i journalen er ikke oppfylt"),
        N_("Hvert punkt vurderes. Skriv kravet og begrunnelsen inn i journalen."),
        statute(HEALTH_PERSONNEL_ACT, "§ 43"),
    )
    STILL_NEEDED = (
        "still_needed",
        N_("Opplysningene trengs fortsatt til formålet, og grunnlaget består"),
        "",
        gdpr("art. 17 nr. 1"),
    )
    FREE_SPEECH = (
        "free_speech",
        N_("Behandlingen er nødvendig for ytrings- og informasjonsfriheten"),
        "",
        gdpr("art. 17 nr. 3 bokstav a"),
    )
    LEGAL_DUTY = (
        "legal_duty",
        N_("En lov pålegger oss å ta vare på opplysningene"),
        N_("Si hvilken lov, og når plikten er over."),
        gdpr("art. 17 nr. 3 bokstav b"),
    )
    BOOKKEEPING = (
        "bookkeeping",
        N_("Bokføringsloven pålegger oss å ta vare på regnskapet"),
        N_("Si når plikten er over."),
        statute("Bokføringsloven", "§ 13"),
    )
    LEGAL_CLAIMS = (
        "legal_claims",
        N_("Opplysningene trengs for å gjøre gjeldende eller forsvare et rettskrav"),
        N_("Det må finnes en tvist, eller utsikt til en."),
        gdpr("art. 17 nr. 3 bokstav e"),
    )
    NO_CASE_FOR_RESTRICTION = (
        "no_case_for_restriction",
        N_("Ingen av de fire situasjonene for begrensning foreligger"),
        "",
        gdpr("art. 18 nr. 1"),
    )
    NO_WEIGHING = (
        "no_weighing",
        N_("Bruken bygger ikke på en interesseavveining"),
        N_("Forklar hva den bygger på. Se om personen heller kan trekke et samtykke."),
        gdpr("art. 21 nr. 1"),
    )
    COMPELLING_GROUNDS = (
        "compelling_grounds",
        N_("Tvingende berettigede grunner veier tyngre"),
        N_("Vi har bevisbyrden, og må veie grunnene for akkurat denne personen."),
        gdpr("art. 21 nr. 1"),
    )
    NOT_PORTABLE = (
        "not_portable",
        N_("Bruken bygger ikke på samtykke eller avtale, eller skjer ikke automatisk"),
        N_("Tilby en kopi etter art. 15 i stedet."),
        gdpr("art. 20 nr. 1"),
    )
    NOT_PROVIDED = (
        "not_provided",
        N_("Personen har ikke selv gitt oss opplysningene"),
        N_("Tilby en kopi etter art. 15 i stedet."),
        gdpr("art. 20 nr. 1"),
    )

    @property
    def note(self) -> str:
        """A word of care to the clerk, or empty."""
        return "" if self.plain == self.label else self.plain

    @property
    def rights(self) -> frozenset[Right]:
        return _SCOPES[self].rights

    def is_open_for(self, right: Right, regimes: Collection[LegalRegime]) -> bool:
        """True where the ground exists for `right` under one of the `regimes` the case is decided under.

        Whoever objects to marketing alone is never weighed against us (art. 21(3)): that request can only be unfounded.
        """
        if right is Right.OBJECTION and set(regimes) == {LegalRegime.MARKETING}:
            return self is RefusalGround.UNFOUNDED
        scope = _SCOPES[self]
        return right in scope.rights and (scope.regimes is None or not scope.regimes.isdisjoint(regimes))

    @property
    def tells_of_data(self) -> bool:
        """True where the refusal itself tells that we have something about the person (decision 30, R-ID-8)."""
        return self is not RefusalGround.UNFOUNDED

    @property
    def needs_two(self) -> bool:
        """True where a second person must stand behind the refusal: access to a journal is kept from nobody by one."""
        return self in {RefusalGround.JOURNAL_DANGER, RefusalGround.JOURNAL_NEXT_OF_KIN}


def grounds_for(right: Right, regimes: Collection[LegalRegime]) -> tuple[RefusalGround, ...]:
    """Return the grounds on which `right` may be refused, wholly or in part. Empty: it may not be refused."""
    return tuple(ground for ground in RefusalGround if ground.is_open_for(right, regimes))


_JOURNAL = frozenset({LegalRegime.HEALTH_RECORD})
_NOT_JOURNAL = frozenset(LegalRegime) - _JOURNAL
_ARTICLES_15_TO_20 = frozenset(
    {
        Right.ACCESS,
        Right.ACCESS_LOG,
        Right.RECTIFICATION,
        Right.ERASURE,
        Right.RESTRICTION,
        Right.OBJECTION,
        Right.PORTABILITY,
    }
)


def _scope(*rights: Right, regimes: frozenset[LegalRegime] | None = None) -> _Scope:
    return _Scope(rights=frozenset(rights), regimes=regimes)


_SCOPES: dict[RefusalGround, _Scope] = {
    RefusalGround.UNFOUNDED: _Scope(rights=_ARTICLES_15_TO_20),
    RefusalGround.OTHERS_RIGHTS: _scope(Right.ACCESS, Right.PORTABILITY),
    RefusalGround.HEALTH_OR_NEXT_OF_KIN: _scope(Right.ACCESS, regimes=_NOT_JOURNAL),
    RefusalGround.SECRECY: _scope(Right.ACCESS, regimes=_NOT_JOURNAL),
    RefusalGround.INTERNAL_DRAFT: _scope(Right.ACCESS, regimes=_NOT_JOURNAL),
    RefusalGround.FUNDAMENTAL_INTERESTS: _scope(Right.ACCESS, regimes=_NOT_JOURNAL),
    RefusalGround.JOURNAL_DANGER: _scope(Right.ACCESS, regimes=_JOURNAL),
    RefusalGround.JOURNAL_NEXT_OF_KIN: _scope(Right.ACCESS, regimes=_JOURNAL),
    RefusalGround.NO_RECORD_LOG: _scope(Right.ACCESS_LOG, regimes=_NOT_JOURNAL),
    RefusalGround.ACCURATE: _scope(Right.RECTIFICATION, regimes=_NOT_JOURNAL),
    RefusalGround.JOURNAL_NOT_WRONG: _scope(Right.RECTIFICATION, regimes=_JOURNAL),
    RefusalGround.JOURNAL_KEPT: _scope(Right.ERASURE, regimes=_JOURNAL),
    RefusalGround.STILL_NEEDED: _scope(Right.ERASURE, regimes=_NOT_JOURNAL),
    RefusalGround.FREE_SPEECH: _scope(Right.ERASURE, regimes=_NOT_JOURNAL),
    RefusalGround.LEGAL_DUTY: _scope(Right.ERASURE),
    RefusalGround.BOOKKEEPING: _scope(
        Right.ERASURE, regimes=frozenset({LegalRegime.ACCOUNTING, LegalRegime.GDPR_ONLY})
    ),
    RefusalGround.LEGAL_CLAIMS: _scope(Right.ERASURE, Right.OBJECTION),
    RefusalGround.NO_CASE_FOR_RESTRICTION: _scope(Right.RESTRICTION),
    RefusalGround.NO_WEIGHING: _scope(Right.OBJECTION),
    RefusalGround.COMPELLING_GROUNDS: _scope(Right.OBJECTION),
    RefusalGround.NOT_PORTABLE: _scope(Right.PORTABILITY),
    RefusalGround.NOT_PROVIDED: _scope(Right.PORTABILITY),
}


class ComplaintBody(LawTerm):
    """Who may try an answer. The label is the name, `plain` the way there."""

    COUNTY_GOVERNOR = (
        "county_governor",
        N_("Statsforvalteren"),
        N_("Send klagen til oss. Er vi fortsatt uenige, sender vi den videre med sakens papirer."),
        statute(PATIENTS_RIGHTS_ACT, "§ 7-2"),
    )
    DATA_PROTECTION_AUTHORITY = (
        "data_protection_authority",
        N_("Datatilsynet"),
        N_("Se www.datatilsynet.no. De har en veiledningstjeneste du kan ringe først."),
        gdpr("art. 77"),
    )
    COURTS = "courts", N_("Domstolene"), N_("Du kan ta saken til domstolene."), gdpr("art. 79")


JOURNAL_RIGHTS = frozenset({Right.ACCESS, Right.ACCESS_LOG, Right.RECTIFICATION, Right.ERASURE})
"""The rights that a journal gives under health law, and that Statsforvalteren therefore tries."""


def complaint_bodies(right: Right, regimes: Collection[LegalRegime]) -> tuple[ComplaintBody, ...]:
    """Return where an answer to `right` can be complained of, the first to try first.

    Decisions on a journal go to Statsforvalteren through the company (pbrl §§ 7-2, 7-5), and to Datatilsynet as the
    rest do (decision 11). Every answer can be taken to the courts (art. 79).
    """
    journal = LegalRegime.HEALTH_RECORD in regimes and right in JOURNAL_RIGHTS
    first = (ComplaintBody.COUNTY_GOVERNOR,) if journal else ()
    return (*first, ComplaintBody.DATA_PROTECTION_AUTHORITY, ComplaintBody.COURTS)
