"""The site's own settings with what a test run must not share with a machine."""

import os

os.environ.setdefault("SECRET_KEY", "tests-only-" + "x" * 60)
os.environ.setdefault("DATA_KEYS", "t1:" + "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
os.environ.setdefault("CODE_KEY", "Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA=")
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL", "sqlite://:memory:")
os.environ.setdefault("ALLOWED_HOSTS", "testserver,localhost,127.0.0.1")

from mktnorge.settings import *  # noqa: F403
from mktnorge.settings import DATABASES, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
DATABASES["default"]["CONN_MAX_AGE"] = 0
LOGGING_CONFIG = None
# Every test is the same visitor. Those about the limits set them back.
MAX_CODES_AN_HOUR = MAX_CODES_AN_HOUR_IN_ALL = MAX_LOST_CODES_AN_HOUR = 1_000_000
MAX_REQUESTS_AN_HOUR = MAX_NEW_CASES_A_DAY = MAX_SIGN_INS_AN_HOUR = 1_000_000
