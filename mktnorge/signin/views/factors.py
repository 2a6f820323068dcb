"""The second factor: setting up an app, recovery codes, and taking one away."""

import base64

from allauth.account.decorators import reauthentication_required
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mktnorge.sealing import seal, unseal
from mktnorge.signin import codes, sessions
from mktnorge.signin.forms import FirstCodeForm
from mktnorge.signin.mails import Change, tell

SECRET = "staff_app_secret"  # noqa: S105  the name of a place in the session


@require_safe
@login_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """The choice between an app and a passkey. Where a new person is led, whatever they asked for."""
    return render(request, "signin/second_factor.html", {"first": not codes.factors(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@reauthentication_required(app="allauth.mfa")
def set_up_app(request: HttpRequest) -> HttpResponse:
    """Show the secret of a new app, and keep it when the app's first code is right. It replaces the app before it."""
    if (secret := _secret(request)) is None or request.method != "POST":
        secret = generate_totp_secret()
        request.session[SECRET] = seal(secret, label=SECRET)
    form = FirstCodeForm(request.POST or None, secret=secret)
    if not form.is_valid():
        address = get_adapter().build_totp_url(request.user, secret)
        drawing = base64.b64encode(get_adapter().build_totp_svg(address).encode()).decode()
        context = {"form": form, "drawing": f"data:image/svg+xml;base64,{drawing}", "secret": _in_groups(secret)}
        return render(request, "signin/set_up_app.html", context, status=422 if form.is_bound else 200)
    at = timezone.now()
    with transaction.atomic():
        codes.keep_app(request.user, secret, step=form.step)
        tell(request.user, Change.APP, at=at)
    del request.session[SECRET]
    messages.success(request, _("Appen er satt opp."))
    return proved(request, Authenticator.objects.get(user=request.user, type=Authenticator.Type.TOTP))


def proved(request: HttpRequest, factor: Authenticator) -> HttpResponse:
    """Let the person on, who has just used the new factor, by way of the recovery codes when there are none yet."""
    factor.user = request.user
    post_authentication(request, factor, reauthenticated=True)
    sessions.proved_second_factor(request)
    if codes.recovery_codes_left(request.user):
        return HttpResponseRedirect(reverse("account"))
    codes.new_recovery_codes(request.user)
    return HttpResponseRedirect(reverse("recovery_codes"))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@reauthentication_required(app="allauth.mfa")
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Show the codes that are left. POST makes ten new ones and voids the rest."""
    if request.method == "POST":
        with transaction.atomic():
            codes.new_recovery_codes(request.user)
            tell(request.user, Change.RECOVERY_CODES, at=timezone.now())
        messages.success(request, _("Du har fått nye koder. De gamle virker ikke lenger."))
        return HttpResponseRedirect(reverse("recovery_codes"))
    left = [_in_groups(code) for code in codes.recovery_codes_left(request.user)]
    return render(request, "signin/recovery_codes.html", {"codes": left})


@require_safe
@login_required
@reauthentication_required(app="allauth.mfa")
def recovery_codes_as_text(request: HttpRequest) -> HttpResponse:
    """The same codes as a file, one a line."""
    left = [_in_groups(code) for code in codes.recovery_codes_left(request.user)]
    return HttpResponse(
        "".join(f"{code}\n" for code in left),
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="reservekoder.txt"'},
    )


@require_POST
@login_required
@reauthentication_required(app="allauth.mfa")
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away one of several second factors. The last one can be replaced, and not removed."""
    with transaction.atomic():
        factor = get_object_or_404(Authenticator.objects.select_for_update(), pk=pk, user=request.user)
        if len(codes.factors(request.user)) > 1 and factor.type != Authenticator.Type.RECOVERY_CODES:
            factor.delete()
            tell(request.user, Change.REMOVED, at=timezone.now())
            messages.success(request, _("Den er fjernet."))
        else:
            messages.error(request, _("Dette er det eneste andre trinnet ditt. Legg til et annet først."))
    return HttpResponseRedirect(reverse("account"))


def _secret(request: HttpRequest) -> str | None:
    sealed = request.session.get(SECRET)
    return unseal(sealed, label=SECRET) if sealed else None


def _in_groups(text: str) -> str:
    """Return the text in groups of four: it is read off a screen and typed."""
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))
