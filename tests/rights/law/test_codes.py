"""Follow-up codes and case numbers."""

import re
from collections import Counter

import pytest

from rights.law.codes import ALPHABET, CODE_LENGTH, case_number_candidates, new_code, normalise_code

# quality.md D4, 68: 130 bits. A smaller sample here, since a bias or a repeat would show in it as well.
SAMPLE = 20_000


@pytest.fixture(scope="module")
def codes():
    return [new_code() for _ in range(SAMPLE)]


def test_a_code_is_26_characters_of_crockfords_alphabet(codes):
    assert CODE_LENGTH == 26
    assert set("".join(codes)) == set("0123456789ABCDEFGHJKMNPQRSTVWXYZ") == set(ALPHABET)
    assert {len(code) for code in codes} == {26}


def test_codes_do_not_repeat(codes):
    assert len(set(codes)) == SAMPLE


def test_every_character_is_as_likely_as_the_others_at_every_place(codes):
    # Chi-squared with 31 degrees of freedom passes 80 once in about 300,000 fair trials; 26 are made here.
    expected = SAMPLE / 32
    for place in range(26):
        counts = Counter(code[place] for code in codes)
        assert sum((counts[character] - expected) ** 2 / expected for character in ALPHABET) < 80


@pytest.mark.parametrize(
    "typed",
    [
        "7KQ2M9XA4TDF0WPEHJ3R8CVN1S",
        "7KQ2-M9XA-4TDF-0WPE-HJ3R-8CVN-1S",
        "7kq2 m9xa 4tdf 0wpe hj3r 8cvn 1s",
        "  7KQ2–M9XA—4TDF‑0WPE·HJ3R.8CVN/1S\n",
        "7KQ2M9XA4TDFOWPEHJ3R8CVNIS",
        "7kq2m9xa4tdfowpehj3r8cvnls",
        "\u20607KQ2\u200bM9XA\u200d4TDF\ufeff0WPE\u00adHJ3R\u00a08CVN\t1S\x00",
    ],
)
def test_a_code_is_understood_however_it_is_typed(typed):
    assert normalise_code(typed) == "7KQ2M9XA4TDF0WPEHJ3R8CVN1S"


def test_a_code_normalises_to_itself(codes):
    assert all(normalise_code(code) == code for code in codes[:1000])


@pytest.mark.parametrize(("typed", "expected"), [("", ""), ("æøå", ""), ("7KQ3", "7KQ3"), ("U", "U"), ("\ud800", "")])
def test_what_is_no_code_stays_something_else(typed, expected):
    assert normalise_code(typed) == expected


def test_case_numbers_are_digits_that_can_be_said_and_grow_only_at_the_end():
    candidates = case_number_candidates()
    assert [len(number) for number in candidates] == [6] * 4 + [7] * 4 + [8] * 4 + [9] * 4
    assert all(re.fullmatch(r"P-[1-9]\d+", number) for number in candidates)


def test_case_numbers_do_not_follow_each_other():
    firsts = [int(case_number_candidates()[0][2:]) for _ in range(200)]
    assert min(firsts) < 2500
    assert max(firsts) > 7500
    assert firsts != sorted(firsts)
