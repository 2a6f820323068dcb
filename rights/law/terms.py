"""How a request comes in, who sends it, and how the person wants to hear from us."""

from typing import Self

from processing.law.terms import N_, LawTerm


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
