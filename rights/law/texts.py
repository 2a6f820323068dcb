"""What people type, made safe to store, print and read, without changing what they said."""

import re
import unicodedata

# Line ends of every kind; a form sends two characters for one.
_LINE_END = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
# Joiners that emoji and Persian need between letters, and that hide things anywhere else.
_JOINERS = re.compile("[\u200c\u200d]+")
_INVISIBLE = {"Cc", "Cf", "Cs", "Co"}
_BLANK_LINES = re.compile(r"\n{3,}")
_SPACES = re.compile(r"\s+")


def clean_line(text: str) -> str:
    """Return `text` as one line: NFC, no character that does not show, single spaces, none at the ends."""
    return _SPACES.sub(" ", _clean(text)).strip()


def clean_text(text: str) -> str:
    r"""Return `text` with its lines: NFC, no character that does not show, `\n` between lines, no empty ends."""
    lines = (line.rstrip() for line in _clean(text).split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def _clean(text: str) -> str:
    """Return `text` without control, direction and zero-width characters, lone surrogates and private characters."""
    text = unicodedata.normalize("NFC", _LINE_END.sub("\n", text))
    shown = "".join(character for character in text.replace("\t", " ") if _shows(character))
    return unicodedata.normalize("NFC", _JOINERS.sub(_joiner, shown))


def _shows(character: str) -> bool:
    if character in "\n\u200c\u200d":
        return True
    return unicodedata.category(character) not in _INVISIBLE and not _is_noncharacter(character)


def _is_noncharacter(character: str) -> bool:
    """True for the 66 code points that Unicode promises never to use; XML and fonts choke on them."""
    number = ord(character)
    return number & 0xFFFE == 0xFFFE or 0xFDD0 <= number <= 0xFDEF


def _joiner(run: re.Match[str]) -> str:
    """Keep one joiner between two characters that are neither blank nor ASCII, so that nothing hides in a number."""
    before, after = run.string[: run.start()][-1:], run.string[run.end() :][:1]
    joins = all(side and not side.isascii() and not side.isspace() for side in (before, after))
    return run[0][0] if joins else ""
