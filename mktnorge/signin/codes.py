"""One-time codes of an app, and recovery codes. Each is right once (RFC 6238, section 5.2)."""

import re

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.db import transaction
from django.utils.crypto import constant_time_compare

from mktnorge.models import User

APP_DIGITS = 6
LAST_STEP = "last_step"


def tidy(code: str) -> str:
    """Return the digits of what was typed or pasted: codes are shown in groups."""
    return re.sub(r"[\s-]", "", code)


def step_of(secret: str, code: str) -> int | None:
    """Return the half minute, counted from 1970, that the code belongs to; None when it is wrong now."""
    for step in yield_hotp_counters_from_time():
        if constant_time_compare(format_hotp_value(hotp_value(secret, step)), code):
            return step
    return None


@transaction.atomic
def use_code(user: User, code: str) -> Authenticator | None:
    """Return what the code belongs to, and spend it. None when it is wrong or was used before.

    Takes a lock on the person's row: of two requests with one code, one is let in.
    """
    User.objects.select_for_update().get(pk=user.pk)
    kind = Authenticator.Type.TOTP if len(code) == APP_DIGITS else Authenticator.Type.RECOVERY_CODES
    found = Authenticator.objects.filter(user=user, type=kind).first()
    if found is None:
        return None
    right = _spend_app_code(found, code) if kind == Authenticator.Type.TOTP else found.wrap().validate_code(code)
    return found if right else None


def _spend_app_code(app: Authenticator, code: str) -> bool:
    step = step_of(decrypt(app.data["secret"]), code)
    if step is None or step <= app.data.get(LAST_STEP, 0):
        return False
    app.data[LAST_STEP] = step
    app.save(update_fields=["data"])
    return True


@transaction.atomic
def keep_app(user: User, secret: str, *, step: int) -> None:
    """Make the app with this secret the person's own, instead of any before it. The code of `step` is spent."""
    User.objects.select_for_update().get(pk=user.pk)
    Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).delete()
    app = TOTP.activate(user, secret).instance
    app.data[LAST_STEP] = step
    app.save(update_fields=["data"])


@transaction.atomic
def new_recovery_codes(user: User) -> list[str]:
    """Make ten codes, void those before them, and return them."""
    User.objects.select_for_update().get(pk=user.pk)
    Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).delete()
    return RecoveryCodes.activate(user).get_unused_codes()


def recovery_codes_left(user: User) -> list[str]:
    found = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    return found.wrap().get_unused_codes() if found else []


def factors(user: User) -> list[Authenticator]:
    """Return the app and the passkeys of a person, oldest first. Recovery codes alone are no second factor."""
    strong = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return list(Authenticator.objects.filter(user=user, type__in=strong).order_by("created_at", "pk"))
