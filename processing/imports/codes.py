"""Codes and numbers for rows that have none yet, and finding again by name those that have one."""

import re
from collections.abc import Iterable

from django.utils.text import slugify

LONGEST_CODE = 60
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "ae", "Ø": "o", "Å": "a"})


def free_code(name: str, taken: Iterable[str]) -> str:
    """Return a code made of `name` that is none of those `taken`."""
    start = slugify(name[: LONGEST_CODE * 2].translate(_LETTERS))[: LONGEST_CODE - 6].strip("-_") or "rad"
    taken = set(taken)
    code, number = start, 1
    while code in taken:
        number += 1
        code = f"{start}-{number}"
    return code


def next_number(taken: Iterable[str]) -> str:
    """Return the number of an activity after the highest of those `taken`."""
    highest = max((int(number[1:]) for number in taken if re.fullmatch(r"A\d{2,4}", number)), default=0)
    return f"A{highest + 1:02d}"


def same_name(text: str) -> str:
    """Return what two names have in common that people take for the same."""
    return " ".join(text.split()).casefold()
