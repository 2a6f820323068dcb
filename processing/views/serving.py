"""How a page of a frozen version is served: drawn once a process, and then given out like a file."""

from collections.abc import Callable, Hashable, Mapping
from datetime import datetime, time

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from mktnorge.pages import Page, Pages, send
from processing.law.languages import WRITTEN_IN
from processing.models import NoticeVersion

PAGES = Pages()

HTML = "text/html; charset=utf-8"


def send_drawn(
    request: HttpRequest,
    template: str,
    context: Callable[[], Mapping[str, object]],
    *,
    versions: list[NoticeVersion],
    about: Hashable = None,
    language: str = WRITTEN_IN,
) -> HttpResponse:
    """Send a page that is a function of frozen `versions`, of `about` and of `language`, and of nothing else.

    `context` is asked only when the page must be drawn. It was last modified when the newest of `versions` came into
    force.
    """

    def draw() -> Page:
        # Without the request: nothing about the visitor can reach the page.
        with override(language):
            return Page.of(render_to_string(template, dict(context())).encode(), HTML)

    key = (template, language, tuple(identity(version) for version in versions), about)
    return send(request, PAGES.get(key, draw), last_modified=max(came_into_force(version) for version in versions))


def send_file(
    request: HttpRequest, version: NoticeVersion, content_type: str, make: Callable[[], bytes], *, language: str = ""
) -> HttpResponse:
    """Send a file that is a function of one frozen version, and of the `language` where one is asked for."""
    page = PAGES.get((content_type, language, identity(version)), lambda: Page.of(make(), content_type))
    return send(request, page, last_modified=came_into_force(version))


def identity(version: NoticeVersion) -> Hashable:
    """What tells one frozen version from every other, in this database and any that came before it."""
    return (version.pk, version.number, version.body_sha256, version.in_force_from, version.published_at)


def came_into_force(version: NoticeVersion) -> datetime:
    """The moment the version came into force: the start of its day in Oslo, or when it was published that day."""
    start = datetime.combine(version.in_force_from, time.min, tzinfo=timezone.get_default_timezone())
    return max(start, version.published_at)
