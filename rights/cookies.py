"""The one cookie of the form: a random token that finds the draft. It says nothing, and goes with the window."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def draft_token(request: HttpRequest) -> str:
    """Return the token the visitor brought, or an empty string. It may be anything: only a draft makes it true."""
    return request.COOKIES.get(_name(), "")


def remember_draft(response: HttpResponse, token: str) -> None:
    response.set_cookie(_name(), token, secure=settings.HTTPS, httponly=True, samesite="Lax")


def forget_draft(response: HttpResponse) -> None:
    response.delete_cookie(_name(), samesite="Lax")


def _name() -> str:
    return "__Host-krav" if settings.HTTPS else "krav"
