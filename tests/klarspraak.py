"""How hard a Norwegian text is to read, in numbers: LIX and the longest sentence.

LIX (Björnsson 1968) is the mean number of words a sentence plus the share of words over six letters, in per cent.
Under 30 is very easy, 30 to 40 easy, over 50 hard. It says nothing about whether a text is understood.
"""

import re

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
