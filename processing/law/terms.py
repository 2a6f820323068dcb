"""Legal terms: each member is a code, its Norwegian label, its source, and where it helps, its plain words.

A code exists once. Models take `choices=LegalBasis.choices()`, everything else compares members. The labels
are source strings in bokmål, marked for translation and translated where they are shown.
"""

from enum import StrEnum
from typing import Self

from processing.law.sources import LegalSource


def N_(text: str) -> str:
    """Mark `text` for translation; it is translated where it is shown."""
    return text


class LawTerm(StrEnum):
    """A code with a label. `plain` says the same in everyday words, and is the label where nothing plainer exists."""

    label: str
    plain: str
    source: LegalSource | None

    def __new__(cls, code: str, label: str = "", plain: str = "", source: LegalSource | None = None) -> Self:
        # To a type checker `LegalBasis(code)`, which finds a member, is this same call; hence the default.
        if not label:
            raise TypeError(f"The term {code} has no label.")
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        member.plain = plain or label
        member.source = source
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Return (code, label) pairs of plain strings, so that no migration refers to the live class."""
        return [(member.value, member.label) for member in cls]

    @classmethod
    def of(cls, code: str) -> Self | None:
        """Return the member for a stored `code`, or None where the register says nothing (an empty code).

        Raises ValueError for a code that does not exist: the register never holds one.
        """
        return cls(code) if code else None
