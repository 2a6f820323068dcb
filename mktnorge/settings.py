"""Settings of the site. Every value from the environment is read in the block at the top."""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from mktnorge.embedded import ENVIRONMENT_FILE, is_embedded

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
environ.Env.read_env(ENVIRONMENT_FILE if is_embedded() else BASE_DIR / ".env")

try:
    # Signs sessions and one-time tokens. At least 50 characters.
    SECRET_KEY = env.str("SECRET_KEY")
    # Encrypts what clients write and how to reach them: `id:base64` of 32 bytes, the current key first.
    DATA_KEYS = env.list("DATA_KEYS")
    # Keyed hash of follow-up codes and e-mail addresses: base64 of 32 bytes. Changing it orphans every code.
    CODE_KEY = env.str("CODE_KEY")
except ImproperlyConfigured as error:
    raise ImproperlyConfigured(
        f"{error} For a demonstration run `make start`. For production copy .env.example to .env "
        "and fill it with the output of `python -m mktnorge.keys`."
    ) from error
# Where the data lives. SQLite in var/ unless a PostgreSQL server is named.
DATABASE_URL = env.str("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'var' / 'personvern.sqlite3'}")
# Exact host names the site answers to.
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
# True when a reverse proxy on this machine terminates TLS: https only, secure cookies, HSTS.
HTTPS = env.bool("HTTPS", default=False)
# True on a demonstration: pages say so, and demonstration data may be made.
DEMONSTRATION = env.bool("DEMONSTRATION", default=False)
# Where mail goes: smtp+tls://user:password@host:587 or smtps://…:465. Written to files in var/mail unless set.
EMAIL_URL = env.str("EMAIL_URL", default=f"filemail:///{BASE_DIR / 'var' / 'mail'}")
# The sender people see: a neutral name, and an address that is read.
MAIL_FROM = env.str("MAIL_FROM", default="Personvern <personvern@localhost>")
# Where «Forlat siden» leads.
EXIT_URL = env.str("EXIT_URL", default="https://www.yr.no/")
# Also promise TLS for every host below this name, and ask browsers to know it beforehand: for whoever owns them all.
HSTS_SUBDOMAINS = env.bool("HSTS_SUBDOMAINS", default=False)
HSTS_PRELOAD = env.bool("HSTS_PRELOAD", default=False)
# How much one address, and everybody together, may do before they are asked to wait. Load tests raise them.
MAX_CODES_AN_HOUR = env.int("MAX_CODES_AN_HOUR", default=10)
MAX_CODES_AN_HOUR_IN_ALL = env.int("MAX_CODES_AN_HOUR_IN_ALL", default=600)
MAX_LOST_CODES_AN_HOUR = env.int("MAX_LOST_CODES_AN_HOUR", default=5)
MAX_REQUESTS_AN_HOUR = env.int("MAX_REQUESTS_AN_HOUR", default=20)
# New cases from the form in a day. After that the form says how to reach us by telephone and letter.
MAX_NEW_CASES_A_DAY = env.int("MAX_NEW_CASES_A_DAY", default=200)
# Wrong passwords and wrong codes for one account from one address in an hour.
MAX_SIGN_INS_AN_HOUR = env.int("MAX_SIGN_INS_AN_HOUR", default=10)
# Level of the log on standard error.
LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")

# Core
DEBUG = False
ROOT_URLCONF = "mktnorge.urls"
WSGI_APPLICATION = "mktnorge.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "mktnorge.apps.SiteAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "simple_history",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rights",
    "processing",
    "mktnorge",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "mktnorge.headers.PrivacyHeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "mktnorge.signin.middleware.DoorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "mktnorge.headers.WordsForNotAllowedMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "processing.context.site",
            ],
        },
    },
]

# Data
DATABASES = {"default": env.db_url_config(DATABASE_URL)}
if DATABASES["default"].get("ENGINE") not in {"django.db.backends.sqlite3", "django.db.backends.postgresql"}:
    # Not quoted: it may hold a password.
    raise ImproperlyConfigured("DATABASE_URL must begin with postgres:// or sqlite:///.")
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Writers queue instead of failing: a read that turns into a write never meets "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
        # What is erased is overwritten in the file.
        "PRAGMA secure_delete=ON;",
    }
DATABASES["default"]["CONN_MAX_AGE"] = 600
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# People
AUTH_USER_MODEL = "mktnorge.User"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# The one way in is mktnorge/signin. Its own limits and mails take the place of allauth's.
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
ACCOUNT_ADAPTER = "mktnorge.signin.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "mktnorge.signin.forms.SignInForm",
    "reauthenticate": "mktnorge.signin.forms.PasswordAgainForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_TIMEOUT = 600  # seconds from the password to the code
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
MFA_ADAPTER = "mktnorge.signin.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "mktnorge.signin.forms.CodeForm",
    "reauthenticate": "mktnorge.signin.forms.CodeAgainForm",
    "authenticate_webauthn": "mktnorge.signin.forms.PasskeyAsCodeForm",
    "reauthenticate_webauthn": "mktnorge.signin.forms.PasskeyAgainForm",
    "login_webauthn": "mktnorge.signin.forms.PasskeyAloneForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an address is verified by the invitation that was sent there
MFA_TOTP_ISSUER = "Personvern"
MFA_TOTP_TOLERANCE = 1  # a code of the half minute before or after: clocks differ
MFA_RECOVERY_CODE_DIGITS = 12

# Mail: sent by the worker, never while somebody waits for a page
vars().update(env.email_url_config(EMAIL_URL))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = MAIL_FROM

# Language and time
LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Oslo"

# Static files
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Browser policy: our own origin and nothing else, on every page
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "style-src": ["'self'"],
        "script-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
# Not "no-referrer": browsers then send `Origin: null` with our own forms, and every POST fails its CSRF check.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_NAME = "__Host-okt" if HTTPS else "okt"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = HTTPS
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
CSRF_FAILURE_VIEW = "mktnorge.views.csrf_failure"
CSRF_COOKIE_NAME = "__Host-skjema" if HTTPS else "skjema"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_AGE = None  # gone with the browser window: a shared phone keeps no trace of the form
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^helse/"]  # whoever watches the process asks it on this machine, without TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS and HSTS_SUBDOMAINS
SECURE_HSTS_PRELOAD = HTTPS and HSTS_PRELOAD

# Log: to standard error, never with what a person wrote
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        # At DEBUG these write the values they put into pages and rows, and they are what people wrote.
        "django.template": {"level": "INFO"},
        "django.db.backends": {"level": "INFO"},
        # A line for every page of a PDF and every glyph table of a typeface.
        "weasyprint": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
    },
}
