"""The fixed text of the notice in other languages, from the catalogues of the site."""

from functools import partial

from django.utils.translation import gettext, override

from processing.law.languages import TextLanguage
from processing.notices.voices import Translate


def translators() -> dict[TextLanguage, Translate]:
    """Return how a source string reads in each language that a text of the register may have a version in."""
    return {language: partial(_read_in, language.value) for language in TextLanguage}


def _read_in(language: str, text: str) -> str:
    # An empty text would be answered with the heading of the catalogue.
    with override(language):
        return gettext(text) if text else text
