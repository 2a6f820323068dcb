"""Passkeys: adding one, and using one instead of password and code. The browser makes and keeps the key."""

from allauth.account.decorators import reauthentication_required
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import LoginWebAuthnView, ReauthenticateWebAuthnView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mktnorge.models import User
from mktnorge.signin import codes, sessions
from mktnorge.signin.adapters import TOO_MANY
from mktnorge.signin.forms import REFUSED, PasskeyForm
from mktnorge.signin.limits import Tries
from mktnorge.signin.mails import Change, tell
from mktnorge.signin.views.factors import proved

MANY = 10
"""Passkeys one person may have."""


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@reauthentication_required(app="allauth.mfa")
def add(request: HttpRequest) -> HttpResponse:
    """Ask the browser for a new key that it can find by itself, and that asks who it is before it answers."""
    if len(codes.factors(request.user)) > MANY:
        messages.error(request, _("Du har ti passnøkler. Fjern en du ikke bruker, først."))
        return HttpResponseRedirect(reverse("account"))
    form = PasskeyForm(request.POST or None, initial={"name": sessions.device(request)})
    if not form.is_valid():
        context = {"form": form, "question": auth.begin_registration(request.user, True)}
        return render(request, "signin/add_passkey.html", context, status=422 if form.is_bound else 200)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=request.user.pk)
        factor = auth.WebAuthn.add(request.user, form.cleaned_data["name"], form.cleaned_data["credential"]).instance
        tell(request.user, Change.PASSKEY, at=timezone.now())
    messages.success(request, _("Passnøkkelen er lagt til."))
    return proved(request, factor)


class SignInWithPasskey(LoginWebAuthnView):
    """The key alone lets one in: it is something one has, and it asks for a finger or a PIN."""

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        tries = Tries(request, "", kind="passkey", at=timezone.now())
        if not tries.allowed():
            messages.error(request, TOO_MANY)
            return HttpResponseRedirect(reverse("account_login"))
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form: object) -> HttpResponse:
        messages.error(self.request, REFUSED)
        return HttpResponseRedirect(reverse("account_login"))


class PasskeyAgain(ReauthenticateWebAuthnView):
    template_name = "signin/passkey_again.html"

    def form_invalid(self, form: object) -> HttpResponse:
        messages.error(self.request, REFUSED)
        return HttpResponseRedirect(reverse("mfa_reauthenticate_webauthn"))


sign_in = SignInWithPasskey.as_view()
again = PasskeyAgain.as_view()
