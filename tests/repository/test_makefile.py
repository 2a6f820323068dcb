"""`make env` on machines that lack something: a sentence with the way out, and nothing half made."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.repository.tree import ROOT


@pytest.fixture
def machine(tmp_path):
    """A checkout where `make env` gets as far as looking for Python."""
    (tmp_path / "mktnorge").mkdir()
    (tmp_path / "requirements").mkdir()
    for name in ("Makefile", "mktnorge/__init__.py", "mktnorge/libraries.py", "requirements/runtime.txt"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def make_env(machine, python: str) -> subprocess.CompletedProcess[str]:
    # Without what an outer `make test` hands down.
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(
        ["make", "env", f"PYTHON={python}"], cwd=machine, env=kept, capture_output=True, text=True, check=False
    )


def pretend(machine, shell: str) -> str:
    """Write a Python that answers as `shell` says and is otherwise the real one."""
    python = machine / "python"
    python.write_text(f'#!/bin/sh\n{shell}\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    return str(python)


def test_without_python(machine):
    outcome = make_env(machine, "python-that-is-not-there")
    assert outcome.returncode != 0
    assert "apt-get install python3 python3-venv" in outcome.stderr


def test_with_an_old_python(machine):
    old = 'case "$*" in *version_info*) exit 1;; -V) echo Python 3.9.2; exit;; esac'
    outcome = make_env(machine, pretend(machine, old))
    assert outcome.returncode != 0
    assert "is Python 3.9.2, but the site needs Python 3.11 or newer" in outcome.stderr


def test_with_debians_python_without_venv(machine):
    outcome = make_env(machine, pretend(machine, 'case "$*" in *ensurepip*) exit 1;; esac'))
    assert outcome.returncode != 0
    assert "apt-get install python3-venv" in outcome.stderr


def test_without_the_libraries_of_the_pdfs(machine):
    path = machine / "mktnorge" / "libraries.py"
    path.write_text(path.read_text().replace("libharfbuzz-subset.so.0", "libharfbuzz-absent.so.9").replace(
        '"harfbuzz-subset"', '"harfbuzz-absent"'))  # fmt: skip
    outcome = make_env(machine, sys.executable)
    assert outcome.returncode != 0
    assert "apt-get install libharfbuzz-subset0\n" in outcome.stderr
    assert not (machine / ".venv").exists()
