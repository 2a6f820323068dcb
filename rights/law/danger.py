"""Words that may mean acute danger (R-ID-10): then the emergency numbers come before anything else.

A search for phrases of `danger_words.toml`, and nothing cleverer: who reads the list knows what the program sees. It
decides nothing about the request, and it blocks nothing.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

WORDS = Path(__file__).with_name("danger_words.toml")

_NO_WORD = re.compile(r"[\W_]+")


def speaks_of_danger(texts: Iterable[str]) -> bool:
    """Return whether one of `texts` holds a phrase of the list. Case, punctuation and line breaks do not matter."""
    return any(phrases_in(text) for text in texts)


def phrases_in(text: str) -> tuple[str, ...]:
    """Return what in `text` was taken for danger, in order: for tests and for the report on the list."""
    return tuple(match[1] for match in _pattern().finditer(f" {_NO_WORD.sub(' ', text.casefold())} "))


def phrases() -> tuple[str, ...]:
    """Return the phrases of the list, as they are written there."""
    kinds = tomllib.loads(WORDS.read_text(encoding="utf-8")).values()
    return tuple(phrase for kind in kinds for phrase in kind["phrases"])


@cache
def _pattern() -> re.Pattern[str]:
    # A space begins and ends every word here, and the one after is left for the next phrase.
    return re.compile(f" ({'|'.join(map(_as_pattern, phrases()))})(?= )")


def _as_pattern(phrase: str) -> str:
    return " ".join(f"(?:{_word_as_pattern(word)})" for word in phrase.split(" "))


def _word_as_pattern(word: str) -> str:
    return "|".join(re.escape(one).replace(r"\*", r"\w*") for one in word.split("|"))
