"""The languages we write to a person in (R-ID-9)."""

from processing.law.terms import N_, LawTerm


class LetterLanguage(LawTerm):
    """The codes are those of BCP 47. `plain` is what its own readers call it."""

    BOKMAL = "nb", N_("Bokmål")
    NYNORSK = "nn", N_("Nynorsk")
    ENGLISH = "en", N_("Engelsk"), "English"
