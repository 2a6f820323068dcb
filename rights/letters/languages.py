"""The letters' sentences in other languages: all of a letter, or no letter.

The catalogues are `locale/<code>/LC_MESSAGES/letters.po`, a domain of their own, so that nothing of them is filled in
from elsewhere. tests/rights/test_letter_languages.py composes every letter in every language.
"""

import gettext
from functools import cache
from pathlib import Path

from processing.law.terms import N_
from rights.law.languages import LetterLanguage
from rights.letters.body import LetterIncomplete
from rights.letters.compose import Translate

DOMAIN = "letters"
CATALOGUES = Path(__file__).resolve().parents[2] / "locale"


class NotTranslated(LetterIncomplete):
    """A sentence of the letter has no version in its language, and half a letter is not sent."""


class _Refusing(gettext.NullTranslations):
    """Where the catalogue looks for what it does not hold."""

    def __init__(self, language: LetterLanguage) -> None:
        super().__init__()
        self.language = language

    def gettext(self, message: str) -> str:
        raise NotTranslated(
            N_("Brevet kan ikke skrives på {language}. Dette mangler: «{text}». Velg et annet språk.").format(
                language=self.language.label.lower(), text=message
            )
        )


@cache
def translator(language: LetterLanguage) -> Translate:
    """Return what turns our sentences into `language`. It raises NotTranslated for one it does not know."""
    if language is LetterLanguage.BOKMAL:
        return str
    catalogue = gettext.translation(DOMAIN, CATALOGUES, languages=[language.value])
    catalogue.add_fallback(_Refusing(language))
    return catalogue.gettext
