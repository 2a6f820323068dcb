"""The door every staff page stands behind, whichever view answers."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from mktnorge.signin import door, sessions

STAFF = "/admin/"
# What somebody reaches who has given the password and has no second factor yet.
WITHOUT_SECOND_FACTOR = {
    "account_login",
    "admin:logout",
    "invitation",
    "invitation_password",
    "second_factor",
    "set_up_app",
    "add_passkey",
}


class DoorMiddleware:
    """Let staff pages be seen only in a session that lasts, by somebody who may, with a second factor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        if not request.path_info.startswith(STAFF) or not request.user.is_authenticated:
            return None
        at = timezone.now()
        if why := door.why_not(request.user, at=at):
            sessions.end_this(request)
            return render(request, "signin/refused.html", {"why": why}, status=403)
        half_open = door.needs_second_factor(request.user) and not sessions.has_second_factor(request)
        if why := sessions.why_ended(request, half_open=half_open, at=at):
            sessions.end_this(request)
            messages.info(request, why)
            return HttpResponseRedirect(_sign_in(request))
        sessions.seen(request, at=at)
        if half_open and request.resolver_match.view_name not in WITHOUT_SECOND_FACTOR:
            return HttpResponseRedirect(reverse("second_factor"))
        return None


def _sign_in(request: HttpRequest) -> str:
    """Return the way to sign in, and back to the page that was asked for. A form that was sent is not sent again."""
    back = request.get_full_path() if request.method in ("GET", "HEAD") else reverse("admin:index")
    return f"{reverse('account_login')}?{urlencode({'next': back})}"
