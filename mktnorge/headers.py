"""Headers that keep a visit private, on every answer the site gives."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template import loader

DENIED_FEATURES = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=(), browsing-topics=()"


class WordsForNotAllowedMiddleware:
    """Give 405 a page. Somebody comes there by going back, or by a link where only a button leads."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content and request.method == "GET":
            response.content = loader.render_to_string("405.html", request=request)
        return response


class PrivacyHeadersMiddleware:
    """Deny browser features the site never uses, and keep personal pages out of every cache.

    A view that may be cached says so itself with a Cache-Control of its own; everything else is `no-store`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", DENIED_FEATURES)
        response.headers.setdefault("Cache-Control", "no-store")
        return response
