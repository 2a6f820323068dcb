"""Taking an invitation: the code, then a name and a password, and on to the second factor."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from mktnorge.models import Invitation, User
from mktnorge.signin.forms import InvitationCodeForm, InvitationPasswordForm
from mktnorge.signin.invitations import InvitationError, accept_invitation, check_open

TAKEN = "invitation"


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest) -> HttpResponse:
    """Ask for the code. The link carries it behind «#», where no server and no log sees it; a script fills it in."""
    form = InvitationCodeForm(request.POST or None, request=request)
    if not form.is_valid():
        return render(request, "signin/invitation.html", {"form": form}, status=422 if form.is_bound else 200)
    request.session[TAKEN] = form.invitation.pk
    return HttpResponseRedirect(reverse("invitation_password"))


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Make the account, and lead the person to the second factor. Without a code taken a moment ago: to the code."""
    taken = Invitation.objects.filter(pk=request.session.get(TAKEN)).first()
    try:
        if taken is None:
            return HttpResponseRedirect(reverse("invitation"))
        check_open(taken, at=timezone.now())
        known = User.objects.filter(email=taken.email).first() or User(email=taken.email)
        form = InvitationPasswordForm(request.POST or None, user=known, initial={"name": known.name})
        if not form.is_valid():
            context = {"form": form, "invitation": taken, "known": known.pk is not None}
            return render(request, "signin/invitation_password.html", context, status=422 if form.is_bound else 200)
        user = accept_invitation(
            pk=taken.pk, name=form.cleaned_data["name"], password=form.cleaned_data["password"], at=timezone.now()
        )
    except InvitationError as error:
        request.session.pop(TAKEN, None)
        return render(request, "signin/refused.html", {"why": error}, status=410)
    del request.session[TAKEN]
    get_adapter(request).login(request, user)
    return HttpResponseRedirect(reverse("second_factor"))
