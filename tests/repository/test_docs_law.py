"""docs/law.md explains every rule and gap that is cited, once and with a source."""

import re

from tests.repository.tree import ROOT, files, text

LAW = ROOT / "docs" / "law.md"
CITED = re.compile(r"\b(R-(?:[A-Z]+|\d+)(?:-\d+)?|G[0-3]\d)\b(?!\*)")
ENTRY = re.compile(r"^\| (R-[A-Z0-9]+(?:-\d+)?|G\d\d)(?: [EWI])? \| (.+) \| (.+) \|$", re.MULTILINE)
READ = {".py", ".html", ".toml", ".md", ".txt"}


def explained() -> dict[str, str]:
    """The number and the source of each entry."""
    return {number: source for number, _meaning, source in ENTRY.findall(text(LAW))}


def test_every_number_that_is_cited_is_explained():
    unexplained = {
        f"{path.relative_to(ROOT)}: {number}"
        for path in files(ROOT)
        if path.suffix in READ and path != LAW and path.name != "test_docs_law.py"
        for number in CITED.findall(text(path))
        if number not in explained()
    }
    assert unexplained == set()


def test_every_gap_has_an_entry_and_no_number_has_two():
    numbers = [number for number, _meaning, _source in ENTRY.findall(text(LAW))]
    assert len(numbers) == len(set(numbers))
    assert {number for number in numbers if number.startswith("G")} == {f"G{number:02}" for number in range(1, 37)}


def test_every_entry_has_a_source():
    assert [number for number, source in explained().items() if not source.strip(" ·SPXK?")] == []


def test_numbers_are_recognised_and_words_like_them_are_not():
    assert CITED.findall("R-DL-4, R-9-1, R-LIA and G09 (see R-30-5), but not GDPR 12, G7, G40 or R-rated") == [
        "R-DL-4",
        "R-9-1",
        "R-LIA",
        "G09",
        "R-30-5",
    ]
