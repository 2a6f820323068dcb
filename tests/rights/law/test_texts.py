"""What people type, cleaned. Table from quality.md D5."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rights.law.texts import clean_line, clean_text

ANYTHING = st.text(st.one_of(st.characters(), st.sampled_from("\u200c\u200d\u0301\r\n \u212aaé1")), max_size=60)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Åse O'Brien-Ødegård", "Åse O'Brien-Ødegård"),
        ("A\u030ase", "Åse"),
        ("  Test \t Testesen \r\n", "Test Testesen"),
        ("Test\nTestesen", "Test Testesen"),
        ("a\x00b\x07c\x1b[31m", "abc[31m"),
        ("a\x85b", "a b"),
        ("\u202egod\u202c \u2066ab\u2069", "god ab"),
        ("a\u200bb\u2060c\ufeffd\u00ade", "abcde"),
        ("\ud800hei\udfff", "hei"),
        ("\ufdd0\uffff\U0001fffeok", "ok"),
        ("\ue000\U000f0000ok", "ok"),
        ("\U000e0067ok\U000e007f", "ok"),
        ("0101\u200d9012345", "01019012345"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d\u200d\u200d👧", "👩\u200d👧"),
        ("👩\u200d", "👩"),
        ("日本語", "日本語"),
        ("", ""),
        ("\u200b \x00", ""),
    ],
)
def test_a_line_keeps_what_shows_and_loses_what_does_not(typed, expected):
    assert clean_line(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("en\r\nto\rtre\nfire", "en\nto\ntre\nfire"),
        ("en\u2028to\u2029tre\x0bfire\x0cfem", "en\nto\ntre\nfire\nfem"),
        ("\n\n en  \n\n\n\n\nto\n\n", "en\n\nto"),
        ("1.\tkopi", "1. kopi"),
    ],
)
def test_a_text_keeps_its_lines(typed, expected):
    assert clean_text(typed) == expected


@given(ANYTHING)
def test_cleaning_twice_changes_nothing(text):
    assert clean_line(clean_line(text)) == clean_line(text)
    assert clean_text(clean_text(text)) == clean_text(text)


@given(ANYTHING)
def test_what_comes_out_can_be_stored_and_shows(text):
    cleaned = clean_text(text)
    cleaned.encode()
    assert unicodedata.is_normalized("NFC", cleaned)
    assert {unicodedata.category(character) for character in cleaned} & {"Cc", "Cs", "Co"} <= (
        {"Cc"} if "\n" in cleaned else set()
    )
    assert not set(cleaned) & set("\x00\r\u200b\u202e\ufeff")
    assert "\n" not in clean_line(text)
