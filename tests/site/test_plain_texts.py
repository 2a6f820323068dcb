"""Every fixed text of ours is plain: LIX at most 35, short sentences and no word that nobody says (quality.md U4).

The texts are read where they stand, in the source: pages, letters, mails, forms, findings and the admin alike. What
the register says itself is judged as findings; the cards it makes, LIX at most 40, in tests/processing/test_seed.py.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from processing.law.plain_language import Snag, lix, longest_sentence, sentences, words_of
from tests.settings import BASE_DIR

ROOMS = ("mktnorge", "processing", "rights", "templates")
MARKED = {"_", "N_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "translate"}
A_TEXT = re.compile(r"{%\s*(?:trans|translate)\s+(?:\"([^\"]*)\"|'([^']*)')")
A_BLOCK = re.compile(r"{%\s*blocktrans(?:late)?\b.*?%}(.*?){%\s*endblocktrans(?:late)?\s*%}", re.DOTALL)
MARKUP = re.compile(r"<[^>]+>|{%.*?%}")
VALUE = re.compile(r"{{.*?}}|%\(\w+\)s|{\w*}")
A_SENTENCE = 6
"""Fewer words are a label, and a label has no LIX."""
ENOUGH = 40
"""Words a file must have for its LIX to say something."""
NAMED_AS_EXAMPLES = {"processing/law/plain_language.py"}
"""The words are named here, to warn against them."""


def texts_of_code(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in MARKED:
                yield from (a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str))


def texts_of_template(source: str) -> Iterator[str]:
    for double, single in A_TEXT.findall(source):
        yield double or single
    for block in A_BLOCK.findall(source):
        yield MARKUP.sub("\n" if "plural" in block else "", block)


def texts_of(path: Path) -> list[str]:
    source = path.read_text(encoding="utf-8")
    found = texts_of_code(source) if path.suffix == ".py" else texts_of_template(source)
    return [VALUE.sub("X", text) for text in found]


TEXTS = {
    str(path.relative_to(BASE_DIR)): texts
    for room in ROOMS
    for path in sorted((BASE_DIR / room).rglob("*"))
    if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts and (texts := texts_of(path))
}


def whole_sentences(texts: list[str]) -> str:
    return "\n".join(text for text in dict.fromkeys(texts) if sum(map(len, sentences(text))) >= A_SENTENCE)


def test_the_texts_are_found_where_they_are() -> None:
    for path in ("rights/letters/compose.py", "rights/forms/journey.py", "templates/rights/start.html"):
        assert len(TEXTS[path]) > 3, path
    assert list(texts_of_code('_("En"); N_("To"); f("Nei"); ngettext("Tre", "Fire", n)')) == ["En", "To", "Tre", "Fire"]
    assert list(
        texts_of_template(
            """{% translate "A" %}{% trans 'B' %}{% blocktranslate with x=y %}C <b>d</b>{% endblocktranslate %}"""
        )
    ) == ["A", "B", "C d"]


def test_no_word_is_used_that_nobody_says() -> None:
    found = {
        path: words
        for path, texts in TEXTS.items()
        if path not in NAMED_AS_EXAMPLES and (words := [word for text in texts for word in words_of(Snag.STIFF, text)])
    }
    assert found == {}


def test_no_text_raises_its_voice() -> None:
    assert {path: text for path, texts in TEXTS.items() for text in texts if "!" in text} == {}


def test_no_sentence_is_long() -> None:
    assert {path: text for path, texts in TEXTS.items() for text in texts if longest_sentence(text) > 22} == {}


@pytest.mark.parametrize("path", [p for p, texts in TEXTS.items() if len(whole_sentences(texts).split()) >= ENOUGH])
def test_a_file_of_texts_is_easy_to_read(path: str) -> None:
    assert lix(whole_sentences(TEXTS[path])) <= 35
