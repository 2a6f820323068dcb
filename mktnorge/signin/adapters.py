"""What allauth asks the site: who comes in, what is said, and how secrets are kept."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mktnorge.models import User
from mktnorge.sealing import seal, unseal
from mktnorge.signin import door, sessions
from mktnorge.signin.limits import Tries

LABEL = "allauth.mfa"
WAYS = {
    "reauthenticate": _("Bruk passordet"),
    "mfa_reauthenticate": _("Bruk en kode"),
    "mfa_reauthenticate:webauthn": _("Bruk en passnøkkel"),
}
TOO_MANY = _("Det er prøvd for mange ganger herfra. Vent en time, og prøv igjen.")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("Feil e-postadresse eller passord. Prøv igjen."),
        "incorrect_password": _("Feil passord. Prøv igjen."),
        "too_many_login_attempts": TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: people are invited."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: str) -> User | None:
        """Return the person with this address and password. A right one costs no try."""
        email = credentials["email"].lower()
        tries = Tries(request, email, kind="password", at=timezone.now())
        if not tries.allowed():
            raise self.validation_error("too_many_login_attempts")
        user = authenticate(request, username=email, password=credentials["password"])
        if user is not None:
            tries.forgive()
        return user

    def reauthenticate(self, user: User, password: str) -> bool:
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def pre_login(self, request: HttpRequest, user: User, **hook: object) -> HttpResponse | None:
        """Stop whoever may not come in. Said only to somebody who has the password or the passkey."""
        why = door.why_not(user, at=timezone.now())
        if not why:
            return None
        clear_login(request)
        return render(request, "signin/refused.html", {"why": why}, status=403)

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        proved = any(record["method"] == "mfa" for record in get_authentication_records(request, user))
        sessions.begin(request, user, second_factor=proved, at=timezone.now())

    def is_reauthentication_required(self, *, app: str, **kwargs: object) -> bool:
        """Not while the first factor is set up: the password was given a moment ago, and nothing else is open yet."""
        request = context.request
        return sessions.has_second_factor(request) or not door.needs_second_factor(request.user)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, str]]:
        return [{**way, "description": WAYS[way["id"]]} for way in super().get_reauthentication_methods(user)]

    def add_message(self, *args: object, **kwargs: object) -> None:
        """Say nothing on allauth's behalf: our pages say what happened."""

    def send_notification_mail(self, *args: object, **kwargs: object) -> None:
        """Send nothing on allauth's behalf: our views queue a mail for each change."""


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Nøkkelen ble ikke godtatt. Prøv igjen, eller bruk passord og kode."),
    }

    def encrypt(self, text: str) -> str:
        return seal(text, label=LABEL)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text, label=LABEL)

    def build_totp_svg(self, url: str) -> str:
        """Black on white, also where the page is dark: a camera reads it."""
        return super().build_totp_svg(url).replace("<path", '<rect fill="white" width="100%" height="100%"/><path', 1)

    def _get_site_name(self) -> str:
        return str(_("Personvern"))
