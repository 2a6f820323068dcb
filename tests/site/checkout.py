"""A copy of the site in a directory of its own, with nothing made or configured: what a newcomer has after a clone."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.repository.tree import MADE_HERE, PRODUCT, ROOT

# What the test run has set, and a newcomer has not.
SETTINGS = {"SECRET_KEY", "DATA_KEYS", "CODE_KEY", "DATABASE_URL", "TEST_DATABASE_URL", "ALLOWED_HOSTS", "HTTPS",
            "DEMONSTRATION", "DJANGO_SETTINGS_MODULE", "LOG_LEVEL", "EXIT_URL", "EMAIL_URL", "MAIL_FROM"}  # fmt: skip


def make_checkout(directory: Path) -> Path:
    """Copy what the site is made of into `directory`, and return it."""
    for name in (*PRODUCT, "templates", "locale"):
        if not (ROOT / name).exists():
            continue
        shutil.copytree(ROOT / name, directory / name, ignore=shutil.ignore_patterns(*MADE_HERE))
    shutil.copy(ROOT / "manage.py", directory)
    return directory


def environment(**extra: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    return {**kept, "PYTHONUNBUFFERED": "1", **extra}


def manage(checkout: Path, *arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py to its end in the checkout, with no setting but `extra`."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=checkout,
        env=environment(**extra),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
