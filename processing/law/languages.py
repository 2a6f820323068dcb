"""The languages a public text may have a version in, besides the one the register is written in."""

from processing.law.terms import N_, LawTerm

WRITTEN_IN = "nb"
"""The language of the register itself: bokmål."""


class TextLanguage(LawTerm):
    """The codes are those of BCP 47, as a page or a PDF marks its language."""

    NYNORSK = "nn", N_("nynorsk")
    ENGLISH = "en", N_("engelsk")
