"""Who may import whom. The table is the rule; ARCHITECTURE.md draws it."""

import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.repository.tree import PRODUCT, ROOT, modules, plant, text, within

# The rooms of the law are read aloud to lawyers, and what a notice says follows from them: Python and each other.
PURE = {
    "processing.law": ("processing.law",),
    "processing.notices": ("processing.notices", "processing.law"),
    "rights.law": ("rights.law", "processing.law"),
    "rights.workflow": ("rights.law", "processing.law"),
    "rights.desk": ("rights.desk", "rights.law", "rights.workflow", "processing.law"),
    "rights.letters": ("rights.letters", "rights.law", "rights.workflow", "processing.law", "processing.notices"),
}

# Room: what it never imports.
FORBIDDEN = {
    "mktnorge": ("processing", "rights"),
    "processing": ("rights",),
    "processing.models": (
        "processing.register",
        "processing.services",
        "processing.exports",
        "processing.imports",
        "processing.forms",
        "processing.views",
    ),
    "processing.register": (
        "processing.services",
        "processing.exports",
        "processing.imports",
        "processing.forms",
        "processing.views",
    ),
    "processing.exports": (
        "processing.models",
        "processing.register",
        "processing.services",
        "processing.forms",
        "processing.views",
        "django.db",
    ),
    "processing.imports": (
        "processing.models",
        "processing.register",
        "processing.services",
        "processing.forms",
        "processing.views",
        "django.db",
    ),
    "processing.services": ("processing.forms", "processing.views", "processing.management", "django.http"),
    "rights.exports": ("rights.models", "rights.services", "rights.forms", "rights.views", "django.db"),
    "rights.models": ("rights.services", "rights.forms", "rights.views"),
    "rights.services": ("rights.forms", "rights.views", "rights.management", "django.http"),
}

# Package: the one module that may import it.
ONE_DOOR = {"weasyprint": "mktnorge.pdf"}


def violations(root: Path) -> list[str]:
    """Return one line for each import against the direction, in the tree at `root`."""
    found = []
    for module in modules(root):
        for name in sorted(module.imports()):
            for room, own in PURE.items():
                if within(module.name, room) and not _standard(name) and not any(within(name, ours) for ours in own):
                    found.append(f"{module.path} imports {name}: {room} is pure")
            for room, forbidden in FORBIDDEN.items():
                if within(module.name, room) and any(within(name, far) for far in forbidden):
                    found.append(f"{module.path} imports {name}: {room} must not")
            for package, door in ONE_DOOR.items():
                if within(name, package) and module.name != door:
                    found.append(f"{module.path} imports {name}: only {door} may")
            for app in PRODUCT:
                if within(name, f"{app}.admin") and not within(module.name, f"{app}.admin"):
                    found.append(f"{module.path} imports {name}: nobody imports an admin")
            if within(name, "tests"):
                found.append(f"{module.path} imports {name}: the product does not know its tests")
    return found


def undeclared(root: Path) -> list[str]:
    """Return third-party packages that the product imports and pyproject.toml does not name as dependencies."""
    project = tomllib.loads(text(root / "pyproject.toml"))["project"]
    declared = {_canonical(line.split("[")[0].split("~")[0]) for line in project["dependencies"]}
    owners = packages_distributions()
    found = set()
    for module in modules(root, migrations=True):
        for name in {name.split(".")[0] for name in module.imports()}:
            if name in PRODUCT or _standard(name):
                continue
            if not declared & {_canonical(owner) for owner in owners.get(name, [])}:
                found.add(f"{module.path} imports {name}")
    return sorted(found)


def _standard(name: str) -> bool:
    return name.split(".")[0] in sys.stdlib_module_names


def _canonical(name: str) -> str:
    return name.strip().lower().replace("_", "-")


def test_imports_go_one_way():
    assert violations(ROOT) == []


def test_what_is_imported_is_declared():
    assert undeclared(ROOT) == []


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("processing/law/terms.py", "from django.db import models"),
        ("processing/law/terms.py", "from processing.models import Activity"),
        ("processing/law/terms.py", "import rights.law"),
        ("rights/law/deadlines.py", "from rights.models import RightsRequest"),
        ("rights/law/deadlines.py", "from ..services import intake"),
        ("processing/notices/compose.py", "from django.utils.translation import gettext"),
        ("rights/workflow.py", "from django.utils.translation import gettext"),
        ("processing/views.py", "from rights.law import deadlines"),
        ("processing/models/notices.py", "def later():\n    from processing.services.notices import publish_notice"),
        ("processing/models/notices.py", "from .. import views"),
        ("processing/register.py", "from processing.services import notices"),
        ("processing/exports/json.py", "from processing.models import Activity"),
        ("processing/exports/json.py", "from django.db import connection"),
        ("processing/imports/csv.py", "from processing.register import register_as_of"),
        ("processing/services/notices.py", "from processing.forms import ActivityForm"),
        ("rights/services/intake.py", "from django.http import HttpRequest"),
        ("mktnorge/startup.py", "import processing.services.notices"),
        ("processing/exports/pdf.py", "from weasyprint import HTML"),
        ("processing/views.py", "from processing.admin.activities import ActivityAdmin"),
        ("rights/services/intake.py", "from processing.admin import forms"),
        ("rights/views.py", "from tests.builders import make_activity"),
    ],
)
def test_a_planted_import_is_caught(tmp_path, path, line):
    plant(tmp_path, path, line)
    assert violations(tmp_path) != []


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("processing/law/terms.py", "import datetime; from .sources import GDPR; from processing.law import records"),
        ("rights/law/deadlines.py", "from processing.law.sources import GDPR; from rights.law import calendar"),
        ("rights/services/intake.py", "from processing.models import Activity; from rights.models import Request"),
        ("processing/admin/activities.py", "from processing.admin import forms; from mktnorge import admin_site"),
        ("mktnorge/pdf.py", "def render():\n    import weasyprint"),
        ("processing/exports/pdf.py", "from processing.law.records import Register; from mktnorge import pdf"),
    ],
)
def test_an_import_along_the_direction_passes(tmp_path, path, line):
    plant(tmp_path, path, line)
    assert violations(tmp_path) == []


def test_a_package_that_came_along_with_another_is_caught(tmp_path):
    plant(tmp_path, "pyproject.toml", '[project]\ndependencies = ["django~=5.2"]\n')
    plant(tmp_path, "mktnorge/sealing.py", "import django\nimport cryptography\nimport holidays")
    assert undeclared(tmp_path) == ["mktnorge/sealing.py imports cryptography", "mktnorge/sealing.py imports holidays"]
