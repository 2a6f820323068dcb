"""Every template is shown somewhere, can be compiled, and names only what exists."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.staticfiles import finders
from django.template.loader import get_template

from tests.repository.tree import ROOT, modules, plant, strings, tags, text

FOLDER = "templates"
# Found by Django by their name alone.
BY_NAME = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
QUOTED = re.compile(r"""["']([^"']+)["']""")


def templates(root: Path) -> dict[str, str]:
    """Return the text of every template, by the name it is loaded by."""
    folders = [root / FOLDER, *root.glob(f"*/{FOLDER}")]
    return {
        path.relative_to(folder).as_posix(): text(path)
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def mentioned(template: str) -> set[str]:
    """Return the names in the template's extends and include."""
    arguments = [*tags(template, "extends"), *tags(template, "include")]
    return {match[1] for argument in arguments if (match := QUOTED.match(argument))}


def unused(root: Path) -> list[str]:
    """Return the templates that no Python file leads to, directly or through other templates."""
    known = templates(root)
    named_in_code = set().union(*(strings(module) for module in modules(root)))
    reached = {name for name in known if name in named_in_code or name in BY_NAME or _overrides_the_admin(name)}
    waiting = set(reached)
    while waiting:
        new = (mentioned(known[waiting.pop()]) & known.keys()) - reached
        reached |= new
        waiting |= new
    return sorted(known.keys() - reached)


def _overrides_the_admin(name: str) -> bool:
    """Tell whether the admin finds the template by itself: a stock name, or a stock page of one app or model."""
    parts = name.split("/")
    if parts[0] not in {"admin", "registration", "simple_history"}:
        return False
    stock = Path(apps.get_app_config("admin").path) / FOLDER
    library = Path(apps.get_app_config("simple_history").path) / FOLDER
    if any((folder / name).exists() for folder in (stock, library)):
        return True
    place = parts[1:-1]
    models = {(model._meta.app_label, model._meta.model_name) for model in apps.get_models()}
    known_place = tuple(place) in models or (len(place) == 1 and place[0] in {label for label, _ in models})
    return known_place and (stock / "admin" / parts[-1]).exists()


def test_every_template_is_used():
    assert unused(ROOT) == []


@pytest.mark.parametrize("name", sorted(templates(ROOT)))
def test_template_compiles_and_names_what_exists(name):
    get_template(name)
    content = templates(ROOT)[name]
    for other in mentioned(content):
        get_template(other)
    for argument in tags(content, "static"):
        if match := QUOTED.match(argument):
            assert finders.find(match[1]), f"{name} shows the static file {match[1]}, which does not exist"


def test_a_planted_template_that_nothing_shows_is_caught(tmp_path):
    plant(tmp_path, "processing/views.py", 'def notice(request):\n    return render(request, "processing/notice.html")')
    plant(
        tmp_path,
        "templates/processing/notice.html",
        '{% extends "base.html" %}{% include "components/_date.html" with x=1 only %}',
    )
    plant(tmp_path, "templates/base.html", "")
    plant(tmp_path, "templates/components/_date.html", "")
    plant(tmp_path, "templates/404.html", "")
    plant(tmp_path, "templates/admin/base_site.html", "")
    plant(tmp_path, "templates/admin/mktnorge/user/change_form.html", "")
    assert unused(tmp_path) == []
    plant(tmp_path, "templates/processing/old.html", '{% include "components/_old.html" %}')
    plant(tmp_path, "templates/components/_old.html", "")
    plant(tmp_path, "templates/admin/mktnorge/nobody/change_form.html", "")
    assert unused(tmp_path) == [
        "admin/mktnorge/nobody/change_form.html",
        "components/_old.html",
        "processing/old.html",
    ]
