"""National identity numbers taken out of free text before it is stored (R-ID-5).

We never ask for a fødselsnummer, but people write it anyway. What is chosen here, and why:

- Eleven digits that can open with a day and a month count as an identity number. The check digits are not asked:
  a number with a slip of the pen still says when somebody was born, and nearly always who it is.
- Too much is masked rather than too little. An account number is eleven digits too: it is masked when its first four
  digits can be a day and a month (1204.56.78901) and stays when they cannot (1234.56.78901).
- A number right after «+» is a foreign telephone number and stays, since the person wants to be reached there.
- Telephone numbers (8 digits), organisation numbers (9), dates and years stay, also two beside each other.
"""

import re
from itertools import accumulate

from processing.law.terms import N_

MASK = N_("[fødselsnummer fjernet]")

# What people and word processors put between digits: spaces of every width, dots, hyphens and dashes, a slash, and
# characters that do not show (soft hyphen, zero-width space and joiners, byte order mark).
_BETWEEN = r"[ \t\u00a0\u2000-\u200d\u202f\u205f\u2060\u3000\ufeff\u00ad./\u2010-\u2015\u2212-]"
# Digits and separators have no character in common, so the text is read once, whatever it holds.
_RUN = re.compile(rf"\d+(?:{_BETWEEN}{{1,3}}\d+)*")
_GROUP = re.compile(r"\d+")
_YEAR = re.compile(r"(?:19|20)\d\d")

_DIGITS = 11
_BIRTH_DATE_DIGITS = 6

# How identity and account numbers are usually divided. Found also when other numbers stand right beside.
_USUAL = {(11,), (6, 5), (6, 3, 2), (6, 2, 3), (2, 2, 2, 5), (2, 2, 2, 3, 2), (4, 2, 5), (1,) * _DIGITS}
# Two dates with short years, 10.12.26–1.12.26, are eleven digits too.
_TWO_DATES = {(2, 2, 2, 1, 2, 2), (2, 2, 2, 2, 1, 2)}
# A group this long is a telephone or organisation number of its own.
_LONE_NUMBER = {8, 9}


def mask_identity_numbers(text: str) -> str:
    """Return `text` with every fødselsnummer, D-number and synthetic number replaced by «[fødselsnummer fjernet]».

    Masking a masked text changes nothing. The time taken grows no faster than the text.
    """
    return _RUN.sub(_masked_run, text)


def _masked_run(run: re.Match[str]) -> str:
    """Return a run of digits and separators with the identity numbers in it replaced."""
    text, before = run[0], run.string[max(run.start() - 1, 0) : run.start()]
    places = [group.span() for group in _GROUP.finditer(text)]
    groups = [text[start:end] for start, end in places]
    masked = []
    written = 0
    for first, after_last in _identity_numbers(groups, after_plus=before == "+"):
        masked += [text[written : places[first][0]], MASK]
        written = places[after_last - 1][1]
    return "".join([*masked, text[written:]])


def _identity_numbers(groups: list[str], *, after_plus: bool) -> list[tuple[int, int]]:
    """Return which `groups` of digits are identity numbers, as half-open ranges in order.

    Numbers in a usual division come first. What then stands alone between them is looked at as a whole: that is what
    a second reading of the masked text would do.
    """
    first_asked = 1 if after_plus else 0
    usual: list[tuple[int, int]] = []
    index = first_asked
    while index < len(groups):
        after_last = _end_of_usual(groups, index)
        if after_last is not None:
            usual.append((index, after_last))
        index = after_last or index + 1
    gaps = zip([0, *(end for _, end in usual)], [*(start for start, _ in usual), len(groups)], strict=True)
    unusual = [(start, end) for start, end in gaps if start >= first_asked and _is_unusual(groups[start:end])]
    return sorted(usual + unusual)


def _end_of_usual(groups: list[str], first: int) -> int | None:
    """Return where an identity number in a usual division ends that begins with group `first`, or None."""
    total = 0
    for after_last, group in enumerate(groups[first : first + _DIGITS], start=first + 1):
        total += len(group)
        if total >= _DIGITS:
            number = groups[first:after_last]
            return after_last if _division(number) in _USUAL and _opens_with_birth_date(number) else None
    return None


def _is_unusual(groups: list[str]) -> bool:
    """Return whether `groups`, with no other number beside them, are an identity number in any division."""
    division = _division(groups)
    if sum(division) != _DIGITS or not _opens_with_birth_date(groups):
        return False
    if division in _TWO_DATES or any(_YEAR.fullmatch(group) for group in groups):
        return False
    splits_after_birth_date = _BIRTH_DATE_DIGITS in accumulate(division)
    return splits_after_birth_date or (len(groups) <= 3 and _LONE_NUMBER.isdisjoint(division))


def _division(groups: list[str]) -> tuple[int, ...]:
    return tuple(map(len, groups))


def _opens_with_birth_date(groups: list[str]) -> bool:
    """Return whether the first four digits can be a day and a month.

    A D-number has 40 added to the day. Synthetic numbers have 40, 65 or 80 added to the month.
    """
    digits = "".join(groups)
    day, month = int(digits[:2]), int(digits[2:4])
    return any(1 <= day - added <= 31 for added in (0, 40)) and any(
        1 <= month - added <= 12 for added in (0, 40, 65, 80)
    )
