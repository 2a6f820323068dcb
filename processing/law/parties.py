"""Who gives data, and who receives it."""

from processing.law.sources import gdpr
from processing.law.terms import N_, LawTerm


class PartyRole(LawTerm):
    """What a recipient is to the controller. Processors are recipients too (Art. 4(9))."""

    PROCESSOR = (
        "processor",
        N_("Databehandler"),
        N_("leverandør som behandler opplysninger for oss"),
        gdpr("art. 4 nr. 8"),
    )
    CONTROLLER = "controller", N_("Egen behandlingsansvarlig"), N_("selvstendig ansvarlig"), gdpr("art. 4 nr. 7")
    ADVISER = "adviser", N_("Rådgiver"), N_("rådgiver"), gdpr("art. 4 nr. 9")
    SUPPORT = "support", N_("Brukerstøtte"), N_("hjelp med IT"), gdpr("art. 4 nr. 9")
    AUTHORITY = "authority", N_("Offentlig myndighet"), N_("myndighet"), gdpr("art. 4 nr. 9")
    PUBLIC = "public", N_("Allmennheten"), N_("alle som leser nettstedet"), gdpr("art. 4 nr. 9")

    @property
    def has_a_name(self) -> bool:
        """True for a recipient that is somebody: its name is due to the person who asks (Art. 15(1)(c), C-154/21)."""
        return self not in {PartyRole.AUTHORITY, PartyRole.PUBLIC}


class SourceKind(LawTerm):
    """Where data comes from. Any source but the person makes Art. 14 apply (R-14-1)."""

    DATA_SUBJECT = "data_subject", N_("Personen selv"), N_("deg selv")
    OBSERVED = "observed", N_("Registrert under bruk"), N_("det du gjør når du bruker tjenesten")
    THERAPIST = "therapist", N_("Behandleren"), N_("behandleren din")
    EMPLOYER = "employer", N_("Arbeidsgiver"), N_("arbeidsgiveren din")
    REFERRER = "referrer", N_("Henviser eller fastlege"), N_("fastlegen eller den som henviste deg")
    RELATIVES = "relatives", N_("Pårørende"), N_("noen som står deg nær")
    REFEREES = "referees", N_("Referanser"), N_("referansene du har oppgitt")
    PUBLIC_REGISTER = "public_register", N_("Offentlig register"), N_("offentlige registre")
    OTHER = "other", N_("Annen kilde"), N_("en annen kilde")

    @property
    def is_the_person(self) -> bool:
        """True when Art. 13 covers the collection: the person gave the data, or it was observed from them."""
        return self in {SourceKind.DATA_SUBJECT, SourceKind.OBSERVED}


class JointControllerStatus(LawTerm):
    """Whether joint controllership is settled. A candidate is one that somebody must decide on (G02, G22)."""

    AGREED = "agreed", N_("Felles ansvar er avtalt"), "", gdpr("art. 26")
    CANDIDATE = "candidate", N_("Må avklares"), "", gdpr("art. 26")
    RULED_OUT = "ruled_out", N_("Avklart: ikke felles ansvar"), "", gdpr("art. 26")
