"""Follow-up codes and case numbers: one is a secret, the other is a name to say on the telephone.

A follow-up code is 26 characters of Crockford's base 32, 130 random bits: too many to guess, so that a keyed hash
without salt or stretching is enough to store. A case number is digits only, random so that nobody can count our cases.
"""

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 26

# What a reader takes for another character, by Crockford: the code never holds these letters.
_READ_AS = str.maketrans("OIL", "011")
_NOT_CODE = re.compile(r"[^0-9A-Z]")

# Forty bits: short enough to type from a mail, and tried five times within ten minutes (`services/lost_codes.py`).
ONE_TIME_LENGTH = 8

CASE_NUMBER_DIGITS = (4, 5, 6, 7)
_CASE_NUMBER = re.compile(r"P?([1-9][0-9]{3,6})")
CANDIDATES_A_LENGTH = 4


def new_code(length: int = CODE_LENGTH) -> str:
    """Return a new code from the system's random source, without separators."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def normalise_code(typed: str) -> str:
    """Return a code as it was made, whatever way it was typed: case, spaces, dashes and look-alikes do not matter.

    What cannot be a code gives some other string: it is for the look-up to find nothing.
    """
    return _NOT_CODE.sub("", typed.upper()).translate(_READ_AS)


def normalise_case_number(typed: str) -> str:
    """Return a case number as we write it, with or without its letter and dash, or nothing for what cannot be one."""
    match = _CASE_NUMBER.fullmatch(_NOT_CODE.sub("", typed.upper()))
    return f"P-{match[1]}" if match else ""


def case_number_candidates() -> list[str]:
    """Return random case numbers to try in order: «P-4827», and longer ones only where the short ones are taken."""
    return [
        f"P-{secrets.randbelow(9 * 10 ** (digits - 1)) + 10 ** (digits - 1)}"
        for digits in CASE_NUMBER_DIGITS
        for _ in range(CANDIDATES_A_LENGTH)
    ]
