"""The notice and its pages in nynorsk and English: every fixed text has a translation with the same merge fields."""

import ast
import re
from pathlib import Path

import pytest
from django.utils.translation.template import templatize

from processing.law.languages import TextLanguage
from processing.law.retention import PeriodUnit
from processing.law.transfers import TransferTool
from tests.settings import BASE_DIR
from tests.site.test_translations import entries

MODULES = [
    *(
        BASE_DIR / "processing" / "notices" / f"{name}.py"
        for name in ("abroad", "cards", "complaint", "compose", "document", "opening", "phrases", "trackers", "wording")
    ),
    *(
        BASE_DIR / "processing" / "law" / f"{name}.py"
        for name in ("audiences", "bases", "countries", "parties", "rights", "trackers")
    ),
    BASE_DIR / "processing" / "exports" / "notice_text.py",
]
"""Where what the notice says is written."""

PARTS = "_blocks _card _in_bokmal _languages _line _rows _said _section _ways_to_read _which_version"
PAGES = f"{PARTS} complaint notice whole"
TEMPLATES = [
    *(f"{name}.html" for name in ("base", "site", "components/_footer_nav", "components/_help")),
    *(f"processing/{name}.html" for name in PAGES.split()),
    *(f"pdf/{name}.html" for name in ("base", "notice", "_notice_line", "_notice_rows")),
]
"""The pages that are drawn in the language of the reader."""

MARKS = {"_", "N_", "gettext", "ngettext"}
CALL = re.compile(r"""(?<!\w)(?:gettext|ngettext|_)\((u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*")""")
FIELD = re.compile(r"%\(\w+\)s|\{\w+\}")


def marked(source: str) -> set[str]:
    """Every text in Python source that is marked for translation."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return {
        node.args[0].value
        for node in calls
        if isinstance(node.func, ast.Name)
        and node.func.id in MARKS
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }


def in_template(path: Path) -> set[str]:
    """Every text of a template that is marked: Django writes it as calls, between what is no Python at all."""
    called = templatize(path.read_text(), origin=str(path))
    return {ast.literal_eval(text) for text in CALL.findall(called)}


def wanted() -> set[str]:
    texts = {text for path in MODULES for text in marked(path.read_text())}
    texts |= {term.label for term in (*TransferTool, *PeriodUnit)}
    return texts | {text for name in TEMPLATES for text in in_template(BASE_DIR / "templates" / name)}


def catalogue(language: TextLanguage) -> dict[str, str]:
    found = entries(BASE_DIR / "locale" / language.value / "LC_MESSAGES" / "django.po")
    return {key if isinstance(key, str) else key[0]: text for key, text in found.items()}


@pytest.mark.parametrize("language", TextLanguage)
def test_every_fixed_text_of_the_notice_has_a_translation(language) -> None:
    said = catalogue(language)
    assert len(wanted()) > 250
    assert sorted(text for text in wanted() if not said.get(text)) == []


@pytest.mark.parametrize("language", TextLanguage)
def test_a_translation_has_the_merge_fields_of_its_source(language) -> None:
    for text, said in catalogue(language).items():
        assert sorted(FIELD.findall(said)) == sorted(FIELD.findall(text)), text


def test_english_is_no_bokmål_and_nynorsk_has_the_words_of_nynorsk() -> None:
    assert not [said for said in catalogue(TextLanguage.ENGLISH).values() if re.search("[æøåÆØÅ]", said)]
    bokmål = re.compile(r"\b(ikke|jeg|hva|hvem|hvordan|hvorfor|noe|noen|fra|bare|mye|opplysninger)\b", re.IGNORECASE)
    assert not [said for said in catalogue(TextLanguage.NYNORSK).values() if bokmål.search(said)]
