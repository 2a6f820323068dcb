"""Every setting is read in one place, and explained where a person looks for it."""

import ast
import re
from pathlib import Path

import pytest

from tests.repository.tree import ROOT, modules, plant, text

SETTINGS = "mktnorge/settings.py"
# These run before there are settings: they choose which settings there will be.
BEFORE_SETTINGS = {"mktnorge/embedded.py", "mktnorge/wsgi.py"}


def read_by_settings(root: Path) -> list[str]:
    """Return the names settings.py reads from the environment, in order."""
    calls = [
        node
        for node in ast.walk(ast.parse(text(root / SETTINGS)))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute | ast.Name)
        and (node.func.id if isinstance(node.func, ast.Name) else getattr(node.func.value, "id", None)) == "env"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    ]
    return [call.args[0].value for call in sorted(calls, key=lambda call: call.lineno)]


def in_example(root: Path) -> set[str]:
    return set(re.findall(r"^#? ?([A-Z][A-Z0-9_]+)=", text(root / ".env.example"), flags=re.MULTILINE))


def in_readme(root: Path) -> set[str]:
    """Return the names that stand first in a row of a table: `| NAME | …`."""
    return set(re.findall(r"^\|\s*`([A-Z][A-Z0-9_]+)`\s*\|", text(root / "README.md"), flags=re.MULTILINE))


def readers_elsewhere(root: Path) -> list[str]:
    """Return where the product reads the environment outside settings.py."""
    return [
        f"{module.path}:{node.lineno}"
        for module in modules(root)
        if module.path not in {SETTINGS, *BEFORE_SETTINGS}
        for node in ast.walk(module.tree)
        if (isinstance(node, ast.Attribute) and node.attr in {"environ", "environb", "getenv"})
        or (isinstance(node, ast.Import) and any(alias.name == "environ" for alias in node.names))
        or (isinstance(node, ast.ImportFrom) and node.module in {"os", "environ"} and _names_the_environment(node))
    ]


def _names_the_environment(node: ast.ImportFrom) -> bool:
    return node.module == "environ" or any(alias.name in {"environ", "getenv"} for alias in node.names)


def test_settings_read_something():
    assert len(read_by_settings(ROOT)) >= 9


def test_every_setting_stands_in_the_example_and_nothing_else_does():
    assert in_example(ROOT) == set(read_by_settings(ROOT))


def test_every_setting_stands_in_the_readme_and_nothing_else_does():
    assert in_readme(ROOT) == set(read_by_settings(ROOT))


def test_every_setting_is_read_once():
    names = read_by_settings(ROOT)
    assert len(names) == len(set(names))


def test_the_environment_is_read_in_settings_only():
    assert readers_elsewhere(ROOT) == []


@pytest.mark.parametrize(
    "line",
    ["import os\nx = os.environ['A']", "import os\nx = os.getenv('A')", "from os import environ", "import environ"],
)
def test_a_planted_reader_is_caught(tmp_path, line):
    plant(tmp_path, "rights/services/intake.py", line)
    assert readers_elsewhere(tmp_path) != []


def test_names_are_found_where_they_are_planted(tmp_path):
    plant(tmp_path, SETTINGS, 'A = env.str("ONE")\nB = env.db_url_config(A)\nC = env("TWO", default=1)\n')
    plant(tmp_path, ".env.example", "# Some words.\nONE=\n# TWO=2\n")
    plant(tmp_path, "README.md", "| Name | What |\n|---|---|\n| `ONE` | a key |\n`TWO` stands in a sentence only.\n")
    assert read_by_settings(tmp_path) == ["ONE", "TWO"]
    assert in_example(tmp_path) == {"ONE", "TWO"}
    assert in_readme(tmp_path) == {"ONE"}
