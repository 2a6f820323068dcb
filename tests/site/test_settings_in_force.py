"""Settings that keep people safe, tried out and not only read."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.django_db
def test_the_forms_cookie_ends_with_the_browser_window() -> None:
    cookie = Client().get("/personvern/krav/hva/").cookies[settings.CSRF_COOKIE_NAME]
    assert cookie["max-age"] == ""
    assert cookie["expires"] == ""
    assert cookie["httponly"]


def test_no_level_of_the_log_writes_what_a_page_holds() -> None:
    loggers = settings.LOGGING["loggers"]
    assert {loggers[name]["level"] for name in ("django.template", "django.db.backends")} == {"INFO"}


@pytest.mark.parametrize(("setting", "value"), [("DATA_KEYS", "k1:kort"), ("CODE_KEY", "kort")])
def test_a_web_server_with_a_broken_key_does_not_start(setting: str, value: str) -> None:
    started = subprocess.run(
        [sys.executable, "-c", "import mktnorge.wsgi"],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "mktnorge.settings",
            "DATABASE_URL": "sqlite://:memory:",
            setting: value,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert started.returncode != 0
    assert setting in started.stderr
    assert "ImproperlyConfigured" in started.stderr
