"""«Mente du gmail.com?»: a hint where one slip of the finger explains it, and nothing where it does not."""

import pytest

from rights.law.addresses import PROVIDERS, address_meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("a@gmial.com", "a@gmail.com"),
        ("a@gmai.com", "a@gmail.com"),
        ("a@gmaill.com", "a@gmail.com"),
        ("a@gmail.con", "a@gmail.com"),
        ("a@gmail.co", "a@gmail.com"),
        ("A.B+c@GMIAL.com", "A.B+c@gmail.com"),
        ("a@hotmial.com", "a@hotmail.com"),
        ("a@outlok.com", "a@outlook.com"),
        ("a@onlin.no", "a@online.no"),
        # Two slips, or somebody else's name.
        ("a@gmx.com", ""),
        ("a@gail.no", ""),
        ("a@live.nu", ""),
        ("a@prove.example", ""),
        ("a@b@gmial.com", "a@b@gmail.com"),
        ("gmial.com", ""),
        ("", ""),
        ("@", ""),
    ],
)
def test_one_slip_is_a_doubt_and_more_is_not(typed, meant):
    assert address_meant(typed) == meant


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_provider_is_never_taken_for_another(provider):
    assert address_meant(f"a@{provider}") == ""
