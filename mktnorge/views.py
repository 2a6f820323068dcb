"""Pages that belong to the site itself: what is said when something goes wrong, and whether it is up."""

import logging
import secrets
import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template import loader
from django.templatetags.static import static
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 with words about length when the form was larger than the settings allow."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return HttpResponse(loader.render_to_string("413.html"), status=413)
    # Not Django's own view: that one reads the body once more, and the body may be what was wrong.
    return HttpResponse(loader.render_to_string("400.html"), status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 with a number that finds the failure in the log. Asks neither the database nor any context processor."""
    number = secrets.token_hex(4)
    kind = sys.exc_info()[0]
    # The traceback follows from Django's own logger; this line ties it to the number the visitor reads out.
    logger.error("Error %s: %s on %s %s", number, kind.__name__ if kind else "?", request.method, request.path)
    try:
        page = loader.render_to_string("500.html", {"number": number, "sent": request.method == "POST"})
    except ValueError:
        # A static file is missing from the manifest. That page cannot be drawn either.
        page = _("Beklager, noe gikk galt hos oss. Feilnummer: %(number)s") % {"number": number}
    return HttpResponse(page, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form's token had gone out of date, or the form came from elsewhere. Nothing was stored.

    The way back is to the page the form stood on, since the address it was sent to may take no GET.
    """
    came_from = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    return render(request, "403_csrf.html", {"again": came_from if ours else request.path}, status=403)


def too_many_requests(request: HttpRequest, *, retry_after_seconds: int) -> HttpResponse:
    """429. For views that count their visitors; says when to come back, to people and to programs."""
    response = render(request, "429.html", {"minutes": -(-retry_after_seconds // 60)}, status=429)
    response["Retry-After"] = str(retry_after_seconds)
    return response


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The process answers. Says nothing about the database."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """The site can serve: the database answers. 503 otherwise, without details."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error as error:
        logger.error("Not ready: %s", type(error).__name__)
        return HttpResponse("not ready\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for this name on pages that name no icon, such as a PDF."""
    return HttpResponseRedirect(static("mktnorge/favicon.svg"))
