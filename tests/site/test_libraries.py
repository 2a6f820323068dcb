"""The system libraries of the PDFs: missing ones are named, with the command that installs them."""

import subprocess
import sys

from django.core.checks import run_checks

from mktnorge import libraries
from tests.repository.tree import ROOT


def test_nothing_is_missing_where_the_tests_run():
    assert libraries.missing_packages() == []
    assert [message for message in run_checks() if message.id == "mktnorge.E001"] == []


def test_the_check_names_the_missing_packages(monkeypatch):
    monkeypatch.setitem(libraries.LIBRARIES, "libpango-1.0-0", ("libpango-9.9.so.9", "pango-9.9"))
    messages = [message for message in run_checks() if message.id == "mktnorge.E001"]
    assert [(message.msg, message.hint) for message in messages] == [
        (
            "Bibliotekene som WeasyPrint lager PDF med, mangler: libpango-1.0-0.",
            "På Debian: apt-get install libpango-1.0-0",
        )
    ]


def test_the_makefile_can_ask_before_anything_is_installed():
    """-I and -S: no site-packages, as on a machine where nothing is installed yet."""
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "import runpy, mktnorge.libraries as l\n"
        "l.LIBRARIES['libpango-1.0-0'] = ('libpango-9.9.so.9',)\n"
        "assert l.missing_packages() == ['libpango-1.0-0'], l.missing_packages()\n"
        "assert not any(name.startswith('django') for name in sys.modules)\n"
    )
    subprocess.run([sys.executable, "-I", "-S", "-c", code], check=True)
