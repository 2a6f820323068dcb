"""Identity numbers in free text (R-ID-5). Every number here is made up, and most fail the check digits on purpose."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rights.law.masking import MASK, mask_identity_numbers
from tests.sampling import sampled

SEEDED = sampled(200, 20_000)

# Text of the kind that has made naive masking fail: digits, what stands between them, and little else.
NUMBER_LIKE = st.text(alphabet=st.sampled_from("01234589 .-/+\u00a0\u2013a\n"), max_size=60)
DAYS = st.integers(1, 31).flatmap(lambda day: st.sampled_from([day, day + 40]))
MONTHS = st.integers(1, 12).flatmap(lambda month: st.sampled_from([month, month + 40, month + 65, month + 80]))
IDENTITY_NUMBERS = st.builds("{:02}{:02}{:07}".format, DAYS, MONTHS, st.integers(0, 9_999_999))


@pytest.mark.parametrize(
    ("written", "point"),
    [
        ("01020312345", "eleven digits together"),
        ("010203 12345", "6 and 5"),
        ("010203.12345", "dot"),
        ("010203-12345", "hyphen"),
        ("010203\u201112345", "hyphen that does not break"),
        ("010203\u201312345", "dash"),
        ("010203/12345", "slash"),
        ("010203\u00a012345", "space that does not break"),
        ("010203\u202f12345", "narrow space that does not break"),
        ("010203\u200b12345", "zero-width space, invisible"),
        ("010203\u00ad12345", "soft hyphen, invisible"),
        ("010203 - 12345", "space, hyphen, space"),
        ("010203  12345", "two spaces"),
        ("010203\t12345", "tabulator"),
        ("01.02.03 12345", "with the date divided"),
        ("01 02 03 123 45", "in small groups"),
        ("010203 123 45", "individual number and check digits"),
        ("010203 12 345", "two and three"),
        ("010 203 123 45", "three and three"),
        ("0102 031 2345", "four, three, four"),
        ("0102 0312 345", "four, four, three"),
        ("0 1 0 2 0 3 1 2 3 4 5", "each digit alone"),
        ("0.1.0.2.0.3.1.2.3.4.5", "each digit alone, dots"),
        ("01 02 03 12 34 5", "in pairs"),
        ("31129912345", "last day and month"),
        ("41020312345", "D-number: day and 40"),
        ("71120312345", "D-number: the last of them"),
        ("01420312345", "synthetic: month and 40"),
        ("01670312345", "synthetic: month and 65"),
        ("01820312345", "synthetic: month and 80"),
        ("71920312345", "D-number and synthetic"),
        ("1204.56.78901", "an account number that opens as a birth date: too much rather than too little"),
        ("\u0660\u0661\u0660\u0662\u0660\u0663\u0661\u0662\u0663\u0664\u0665", "Arabic-Indic digits"),
    ],
)
def test_identity_number_is_masked(written: str, point: str) -> None:
    assert mask_identity_numbers(f"Jeg er {written}, hilsen Test.") == f"Jeg er {MASK}, hilsen Test.", point
    assert mask_identity_numbers(written) == MASK, point


@pytest.mark.parametrize(
    "written",
    [
        "Ring meg på 22 33 44 55 eller 41 12 34 56.",
        "Ring meg på 41123456",
        "412 34 567 / 908 12 345",
        "22 33 44 55 41 12 34 56",
        "+47 41 12 34 56",
        "004741123456",
        "+46 70 123 45 67",
        "+46701234567",
        "41123456 123",
        "Org.nr. 912 345 678",
        "912345678",
        "12 912345678",
        "Møtet var 01.02.2027 og 3. mars 2027.",
        "2027-02-01",
        "2010-12-10 123",
        "01.02.2027 100 kroner",
        "31/01/2027 12345",
        "10.12.26 - 1.12.26",
        "1.12.26-10.12.26",
        "01.1.26 - 15.12.26",
        "10.12-12.1.2026",
        "2010-2012 123",
        "2024 2025 2026",
        "1234.56.78901",
        "12345678901",
        "00010312345",
        "32010312345",
        "40010312345",
        "72010312345",
        "01000312345",
        "01130312345",
        "01400312345",
        "01530312345",
        "01650312345",
        "01780312345",
        "01800312345",
        "01930312345",
        "010203 1234",
        "010203123456",
        "0102031234567890",
        "010203 og 12345",
        "010203, 12345",
        "010203\n12345",
        "010203 .. 12345",
        "010203 ... 12345",
        "Kl. 12.30–14.00, rom 101, 2. etasje",
        "",
    ],
)
def test_other_numbers_stay(written: str) -> None:
    assert mask_identity_numbers(written) == written


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("22334455 010203 12345", f"22334455 {MASK}"),
        ("010203 12345 22334455", f"{MASK} 22334455"),
        ("22 33 44 55 01020312345 22 33 44 55", f"22 33 44 55 {MASK} 22 33 44 55"),
        ("født 1990. 010203-12345", f"født 1990. {MASK}"),
        ("01020312345 04050612345", f"{MASK} {MASK}"),
        ("01020312345-04050612345", f"{MASK}-{MASK}"),
        ("010 203 123 45 04050612345 070 809 123 45", f"{MASK} {MASK} {MASK}"),
        ("22334455 01.02.03 12345", f"22334455 {MASK}"),
        ("1204.56.78901 22334455", f"{MASK} 22334455"),
        ("22334455 0 1 0 2 0 3 1 2 3 4 5", f"22334455 {MASK}"),
        ("0 1 0 1 0 1 0 1 0 1 0 1 0 1", f"{MASK} 1 0 1"),
        ("+47 010203 12345", f"+47 {MASK}"),
        ("fnr01020312345x", f"fnr{MASK}x"),
        ("(010203 12345).", f"({MASK})."),
        ("Ingen tall.\nMen her: 010203 12345.\n", f"Ingen tall.\nMen her: {MASK}.\n"),
    ],
)
def test_only_the_identity_number_is_masked(written: str, expected: str) -> None:
    assert mask_identity_numbers(written) == expected


@SEEDED
@given(number=IDENTITY_NUMBERS, between=st.sampled_from(["", " ", ".", "-", "\u00a0", "\u2013", " - "]))
def test_any_identity_number_is_masked_whatever_its_check_digits(number: str, between: str) -> None:
    assert mask_identity_numbers(f"Nr. {number[:6]}{between}{number[6:]}!") == f"Nr. {MASK}!"
    assert mask_identity_numbers(f"Nr. {' '.join(number)}!") == f"Nr. {MASK}!"


@SEEDED
@given(number=st.integers(0, 9_999_999_999).map(str))
def test_ten_digits_or_fewer_always_stay(number: str) -> None:
    for written in (number, f"{number[:3]} {number[3:]}", " ".join(number)):
        assert mask_identity_numbers(written) == written


@SEEDED
@given(text=NUMBER_LIKE)
def test_masking_twice_is_masking_once(text: str) -> None:
    masked = mask_identity_numbers(text)
    assert mask_identity_numbers(masked) == masked


@SEEDED
@given(text=st.text(max_size=200))
def test_text_without_eleven_digits_stays(text: str) -> None:
    if sum(character.isdecimal() for character in text) < 11:
        assert mask_identity_numbers(text) == text


@SEEDED
@given(texts=st.lists(NUMBER_LIKE, max_size=4))
def test_lines_are_masked_each_for_itself(texts: list[str]) -> None:
    lines = "\n".join(texts).split("\n")
    assert mask_identity_numbers("\n".join(lines)) == "\n".join(map(mask_identity_numbers, lines))


@pytest.mark.parametrize(
    "unit",
    ["1", "1 ", "1 - ", "010203 ", "01020312345 ", "010203 12345", " .-", "1234567890 ", "+1"],
    ids=repr,
)
def test_time_grows_no_faster_than_the_text(unit: str) -> None:
    """Ten times the text may take ten times as long, with room for a busy machine; a quadratic would take a hundred."""
    short, long = unit * 5_000, unit * 50_000
    assert seconds(long) < 40 * seconds(short) + 0.05


def seconds(text: str) -> float:
    """Return the best of three, so that a pause of the machine does not count."""
    took = []
    for _ in range(3):
        before = time.perf_counter()
        mask_identity_numbers(text)
        took.append(time.perf_counter() - before)
    return min(took)
