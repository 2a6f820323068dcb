"""One's own account: how one signs in, and where one is signed in."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mktnorge.signin import codes, sessions
from mktnorge.signin.forms import ChangePasswordForm
from mktnorge.signin.mails import Change, tell


@require_safe
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Password, second factors, recovery codes left, and open sessions."""
    factors = codes.factors(request.user)
    context = {
        "factors": factors,
        "may_remove": len(factors) > 1,
        "codes_left": len(codes.recovery_codes_left(request.user)),
        "sessions": sessions.open_sessions(request.user, at=timezone.now()),
        "this_key": request.session.session_key,
    }
    return render(request, "signin/account.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change_password(request: HttpRequest) -> HttpResponse:
    """A new password ends every other session."""
    form = ChangePasswordForm(request.POST or None, user=request.user)
    if not form.is_valid():
        return render(request, "signin/change_password.html", {"form": form}, status=422 if form.is_bound else 200)
    at, before = timezone.now(), request.session.session_key
    with transaction.atomic():
        request.user.set_password(form.cleaned_data["password"])
        request.user.save(update_fields=["password"])
        update_session_auth_hash(request, request.user)
        sessions.moved(request, before=before)
        sessions.end_all(request.user, but=request.session.session_key)
        tell(request.user, Change.PASSWORD, at=at)
    messages.success(request, _("Passordet er endret. Alle andre steder er du logget ut."))
    return HttpResponseRedirect(reverse("account"))


@require_POST
@login_required
def end_sessions(request: HttpRequest) -> HttpResponse:
    """End one session of one's own, or all but this one. One that is not one's own is not found."""
    mine = sessions.open_sessions(request.user, at=timezone.now())
    if chosen := request.POST.get("session"):
        ended = sessions.end([one for one in mine if str(one.pk) == chosen])
    else:
        ended = sessions.end_all(request.user, but=request.session.session_key)
    messages.success(request, _("Økten er avsluttet.") if ended == 1 else _("De andre øktene er avsluttet."))
    return HttpResponseRedirect(reverse("account"))
