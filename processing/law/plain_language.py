"""How hard a Norwegian text is to read, and the words in it that hide something or that nobody says.

LIX (Björnsson 1968) is the mean number of words a sentence plus the share of words over six letters, in per cent.
Under 30 is very easy, 30 to 40 easy, over 50 hard. It says nothing about whether a text is understood.
"""

import re
from functools import lru_cache

from processing.law.terms import N_, LawTerm

_ADDRESS = re.compile(r"https?://\S+")
_WORD = re.compile(r"[^\W_]+(?:[-–'’][^\W_]+)*")
# A full stop that ends no sentence: after an abbreviation, and in a number or a reference.
_ABBREVIATION = re.compile(r"\b(art|nr|jf|kl|pkt|f\.eks|bl\.a|org\.nr)\.(?=\s)", re.IGNORECASE)
_END = re.compile(r"[.!?:](?:[»)\"]*)(?:\s+|$)|\n+")
LONG_WORD = 6


def sentences(text: str) -> list[list[str]]:
    """Return the words of each sentence. A line break and a colon end one; a web address is no word."""
    text = _ABBREVIATION.sub(r"\1", _ADDRESS.sub("", text))
    return [words for part in _END.split(text) if (words := _WORD.findall(part))]


def lix(text: str) -> float:
    """Return the readability index of `text`; 0 for a text without words."""
    found = sentences(text)
    words = [word for sentence in found for word in sentence]
    if not words:
        return 0.0
    return len(words) / len(found) + 100 * sum(len(word) > LONG_WORD for word in words) / len(words)


def longest_sentence(text: str) -> int:
    """Return the number of words in the longest sentence of `text`."""
    return max((len(sentence) for sentence in sentences(text)), default=0)


class Snag(LawTerm):
    """What makes a text unclear, the one that matters most first. The label says what to do about it.

    The first three are the open words that a notice is warned of (WP260 rev.01, on «clear and plain language»).
    """

    MAYBE = (
        "maybe-word",
        N_("«Kan», «kanskje» og «eventuelt» sier ikke om det skjer. Skriv når det skjer, eller stryk det."),
    )
    SOME = (
        "some-word",
        N_("«Noen», «enkelte» og «blant annet» sier ikke hva. Skriv hvilke det er, eller hva som avgjør."),
    )
    SOMETIMES = (
        "sometimes-word",
        N_("«Vanligvis», «av og til» og «ved behov» sier ikke når. Skriv hva som avgjør det."),
    )
    STIFF = (
        "stiff-word",
        N_("Teksten har ord fra lover og brev, som «herunder» eller «påkrevd». Skriv det du ville sagt."),
    )
    LONG_SENTENCE = "long-sentence", N_("En setning er på mer enn 25 ord. Del den i to.")
    HARD = "hard-text", N_("Teksten er tung å lese. Bruk kortere ord, og skriv hvem som gjør hva.")


LONGEST = 25
"""The words a sentence may have before it is told of. Ours hold fewer: see the tests."""

HARDEST = 45
"""The LIX a text may have before it is told of."""

ENOUGH_WORDS = 12
"""Fewer words than this have no LIX worth the name: three long ones in a title would make it the hardest of texts."""

# «Du kan» gives a right, and «kan ikke» leaves nothing open.
_WORDS = {
    Snag.MAYBE: re.compile(
        r"(?<!\bdu )\bkan\b(?! du\b)(?![^.]*\bikke\b)|\b(kanskje|muligens|eventuel(t|le))\b", re.IGNORECASE
    ),
    # After «hvis» and «at» it is somebody, not some of something.
    Snag.SOME: re.compile(
        r"(?<!\bhvis )(?<!\bat )(?<!\bnår )(?<!\bom )(?<!\bav )\bnoen\b(?! (ganger|ting du))"
        r"|\b(enkelte|visse|diverse|blant annet|bl\.a\.|og lignende|o\.l\.|osv|og så videre|med mer|m\.m\.)(?!\w)",
        re.IGNORECASE,
    ),
    Snag.SOMETIMES: re.compile(
        r"\b(ofte|av og til|noen ganger|vanligvis|normalt|som regel|ved behov|fra tid til annen|særlige grunner)\b",
        re.IGNORECASE,
    ),
    Snag.STIFF: re.compile(
        r"\b(obligatorisk\w*|påkrev(d|de|es)|vennligst|iht|i henhold til|ovennevnt\w*"
        r"|de[nt]? registrerte\w*|vedrørende|herunder|hva angår|undertegnede|hensynta\w*)\b",
        re.IGNORECASE,
    ),
}


def words_of(snag: Snag, text: str) -> list[str]:
    """Return the words in `text` that make the snag, as they stand there. None for a snag that no word makes."""
    return [found.group() for found in _WORDS[snag].finditer(text)] if snag in _WORDS else []


def snag_in(text: str) -> Snag | None:
    """Return what makes `text` unclear, the one that matters most, or None."""
    for snag in _WORDS:
        if words_of(snag, text):
            return snag
    if longest_sentence(text) > LONGEST:
        return Snag.LONG_SENTENCE
    enough = sum(map(len, sentences(text))) >= ENOUGH_WORDS
    return Snag.HARD if enough and lix(text) > HARDEST else None


@lru_cache(maxsize=1024)
def worst_snag(texts: tuple[str, ...]) -> tuple[Snag, int] | None:
    """Return the snag that matters most in `texts` and the place, counted from 1, of the first that has it."""
    order = list(Snag)
    found = [(order.index(snag), place) for place, text in enumerate(texts, 1) if (snag := snag_in(text))]
    return (order[min(found)[0]], min(found)[1]) if found else None
