"""Staff meet bokmål only: what Django lacks is filled in, and the compiled files are fresh."""

import ast
import gettext
import re
from pathlib import Path

import django
import pytest
from django.test import Client

from tests.settings import BASE_DIR

SOURCES = sorted((BASE_DIR / "locale").rglob("*.po"))
DJANGO = Path(django.__file__).parent


def entries(path: Path) -> dict[object, str]:
    """What a compiled catalogue holds, read from its source: key as gettext stores it, and the translation."""
    found: dict[object, str] = {}
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        parts = {key: text for key in ("msgctxt", "msgid", "msgid_plural") if (text := part(block, key)) is not None}
        if not parts.get("msgid"):
            continue
        key = "\x04".join(filter(None, [parts.get("msgctxt"), parts["msgid"]]))
        if "msgid_plural" in parts:
            for number in (0, 1):
                found[(key, number)] = part(block, f"msgstr\\[{number}\\]") or ""
        else:
            found[key] = part(block, "msgstr") or ""
    return found


def part(block: str, key: str) -> str | None:
    match = re.search(rf'^{key} ((?:"(?:[^"\\]|\\.)*"\n?)+)', block, re.MULTILINE)
    if match is None:
        return None
    return "".join(ast.literal_eval(line) for line in match[1].splitlines() if line)


def compiled(path: Path) -> dict[object, str]:
    with path.open("rb") as file:
        return {key: text for key, text in gettext.GNUTranslations(file)._catalog.items() if key != ""}


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(BASE_DIR)))
def test_compiled_translations_are_fresh(source):
    assert compiled(source.with_suffix(".mo")) == {key: text for key, text in entries(source).items() if text}


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_only_gaps_of_django_are_filled(domain):
    """A text that Django has dropped, or has translated itself, goes out of our file."""
    places = [folder for folder in DJANGO.glob("**/locale") if (folder / f"en/LC_MESSAGES/{domain}.po").exists()]
    asked: set[object] = set()
    answered: set[object] = set()
    for place in places:
        asked |= entries(place / f"en/LC_MESSAGES/{domain}.po").keys()
        answered |= compiled(place / f"nb/LC_MESSAGES/{domain}.mo").keys()
    ours = entries(BASE_DIR / "locale" / "nb" / "LC_MESSAGES" / f"{domain}.po").keys()
    assert ours <= asked
    assert not ours & answered


def test_admin_pages_speak_norwegian(client: Client, admin_user):
    client.force_login(admin_user)
    words = re.compile(r"\b(Error|Show|Toggle|Sidebar|Start typing|Reset password|Raw passwords|Select this|Skip to)\b")
    for address in ["/admin/", "/admin/mktnorge/user/", f"/admin/mktnorge/user/{admin_user.pk}/change/"]:
        page = client.get(address).content.decode()
        assert "Hopp til hovedinnholdet" in page
        assert not words.search(page), (address, words.search(page))
    assert "Choose all" in client.get("/admin/jsi18n/").content.decode()  # the key …
    assert "Velg alle %s" in client.get("/admin/jsi18n/").content.decode()  # … and what stands for it
