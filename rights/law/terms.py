"""How a request comes in, who sends it and for whom, what it covers, and how the person wants to hear from us."""

from typing import Self

from processing.law.sources import gdpr, statute
from processing.law.terms import N_, LawTerm

PATIENT_RIGHTS = statute("Pasient- og brukerrettighetsloven", "§§ 3-4 og 5-1")


class Channel(LawTerm):
    """The way a request came. All count alike: the clock starts when it reaches us, in any of them (R-DL-1)."""

    WEB = "web", N_("Skjema på nettstedet")
    PHONE = "phone", N_("Telefon")
    LETTER = "letter", N_("Brev")
    EMAIL = "email", N_("E-post")
    IN_PERSON = "in_person", N_("Oppmøte")
    SOCIAL = "social", N_("Sosiale medier")
    OTHER = "other", N_("Annet")


class Relation(LawTerm):
    """What the person is to us, by their own word. `plain` is what they choose, `slug` names it in an address.

    Never a proof, and never confirmed to anybody: that somebody is a client is itself a health matter.
    """

    CLIENT = "client", N_("Klient"), N_("Jeg er eller har vært klient")
    RELATIVE = "relative", N_("Pårørende eller omtalt"), N_("Jeg er pårørende, eller er omtalt av noen andre")
    APPLICANT = "applicant", N_("Jobbsøker"), N_("Jeg har søkt jobb hos dere")
    SUBSCRIBER = "subscriber", N_("Nyhetsbrev"), N_("Jeg får nyhetsbrev fra dere")
    VISITOR = "visitor", N_("Nettstedet"), N_("Jeg har bare brukt nettstedet")
    PARTNER = "partner", N_("Samarbeidspartner"), N_("Jeg jobber med dere, eller hos noen dere jobber med")
    OTHER = "other", N_("Noe annet"), N_("Noe annet")

    @property
    def slug(self) -> str:
        return _SLUGS[self]

    @classmethod
    def by_slug(cls, slug: str) -> Self | None:
        return next((relation for relation in cls if relation.slug == slug), None)


_SLUGS = {
    Relation.CLIENT: "klient",
    Relation.RELATIVE: "parorende",
    Relation.APPLICANT: "jobbsoker",
    Relation.SUBSCRIBER: "nyhetsbrev",
    Relation.VISITOR: "nettstedet",
    Relation.PARTNER: "samarbeid",
    Relation.OTHER: "annet",
}


class ContactWay(LawTerm):
    """How the person wants the answer. An incoming number proves nothing, so we call the one we have (R-ID-2)."""

    CALL = "call", N_("Ringe kjent nummer"), N_("Ring meg på nummeret dere har")
    EMAIL = "email", N_("E-post")
    LETTER = "letter", N_("Brev"), N_("Brev")
    FOLLOW = "follow", N_("Følger med selv"), N_("Jeg følger med selv, med koden jeg får")


class OnBehalf(LawTerm):
    """For whom the request is made. Whoever acts for another shows it later, never in the form (R-ID-8)."""

    SELF = "self", N_("Seg selv"), N_("Meg selv")
    CHILD = "child", N_("Barnet sitt"), N_("Barnet mitt")
    ADULT = "adult", N_("En annen voksen"), N_("En annen voksen, med fullmakt eller som verge")


class ChildAge(LawTerm):
    """The ages at which a parent's right to a child's record changes."""

    UNDER_12 = "under_12", N_("Under 12 år"), N_("Under 12 år"), PATIENT_RIGHTS
    FROM_12 = "from_12", N_("12 til 15 år"), N_("12 til 15 år"), PATIENT_RIGHTS
    FROM_16 = "from_16", N_("16 år eller mer"), N_("16 år eller mer"), PATIENT_RIGHTS


class CopyFirst(LawTerm):
    """Whether a copy is wanted before anything is deleted. What is deleted cannot be copied afterwards."""

    YES = "yes", N_("Kopi først"), N_("Ja, gi meg en kopi først")
    NO = "no", N_("Ikke kopi"), N_("Nei, jeg trenger ikke kopi")
    ASK = "ask", N_("Spør før sletting"), N_("Vet ikke. Spør meg før dere sletter")


class CopyScope(LawTerm):
    """What a request for access covers, by the person's own choice. None chosen means: everything (Art. 15(1))."""

    RECORD = "record", N_("Journalen"), N_("Journalen min"), PATIENT_RIGHTS
    DEALINGS = "dealings", N_("Timer, betaling og brev"), N_("Timer, betaling og brev"), gdpr("art. 15 nr. 3")
    RECIPIENTS = (
        "recipients",
        N_("Hvem som har fått opplysninger"),
        N_("Hvem som har fått opplysninger om meg"),
        gdpr("art. 15 nr. 1 bokstav c"),
    )
    SAFEGUARDS = (
        "safeguards",
        N_("Vern ved overføring ut av Europa"),
        N_("Hvordan opplysningene er vernet utenfor Europa"),
        gdpr("art. 15 nr. 2"),
    )
    EVERYTHING = "everything", N_("Alt"), N_("Alt dere har om meg"), gdpr("art. 15 nr. 1")


NO_COPY = frozenset({CopyScope.RECIPIENTS, CopyScope.SAFEGUARDS})
"""What tells about the use of the data, and gives no copy of them."""
