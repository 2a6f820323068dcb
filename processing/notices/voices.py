"""The languages a notice is told in: fixed text by a catalogue, the register's own by its translations.

A sentence is in one language. When something it is made of has no version in the one that is asked for, all of it is
told in bokmål, and marked as that: half a sentence in each would be neither.
"""

from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Concatenate, ParamSpec

from processing.law.languages import WRITTEN_IN
from processing.law.records import TranslationRecord
from processing.law.translations import words_of
from processing.notices.body import Line

P = ParamSpec("P")

Translate = Callable[[str], str]


class Unsaid(Exception):
    """A text of the register has no version in the language."""


@dataclass(frozen=True)
class Voice:
    """One language. `texts` has the register's own texts in it, by their bokmål; None is bokmål itself."""

    language: str
    translate: Translate
    texts: Mapping[str, str] | None = None

    def with_texts(self, translations: Iterable[TranslationRecord]) -> "Voice":
        """The voice with what an activity has translated itself, before what it had."""
        if self.texts is None:
            return self
        own = {words_of(row.original): row.text for row in translations if row.language == self.language}
        return replace(self, texts=ChainMap(own, dict(self.texts))) if own else self

    def say(self, text: str) -> str:
        """Return a text of the register in the language. Raises Unsaid."""
        if self.texts is None or not text:
            return text
        try:
            return self.texts[words_of(text)]
        except KeyError:
            raise Unsaid(text) from None

    def name(self, text: str) -> str:
        """Return what something is called in the language, or as it is called in bokmål: a name may stand in any."""
        return text if self.texts is None else self.texts.get(words_of(text), text)

    def tell(self, write: Callable[Concatenate["Voice", P], str], *facts: P.args, **more: P.kwargs) -> Line:
        """Return the sentence that `write` makes of the facts, in the language, or all of it in bokmål."""
        try:
            return Line(text=write(self, *facts, **more))
        except Unsaid:
            return Line(text=write(BOKMAL, *facts, **more), language=WRITTEN_IN)

    def line(self, text: str, shape: Callable[[str], str] = str) -> Line:
        """Return a text of the register that stands alone, in the `shape` of a line."""
        return self.tell(lambda voice: shape(voice.say(text)))


BOKMAL = Voice(WRITTEN_IN, str)
"""The language of the source: what is fixed is not translated, and the register says what it says."""
