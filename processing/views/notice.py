"""The notice itself: in force, by its number, and whole; with the cards of one role where a reader asks."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from processing.models import NoticeVersion
from processing.notices.body import NoticeBody, Role
from processing.notices.document import whole_notice, whom_it_concerns
from processing.views.serving import send_drawn

LONG_CONTENTS = 40
"""From so many cards on, the list of contents is folded: it would be several screens."""


class UnknownRole(Exception):
    """An address asks for a role this version has no cards for."""


def unpublished(request: HttpRequest) -> HttpResponse:
    """Before the first version: who is responsible, and the way to the form."""
    return render(request, "processing/unpublished.html")


def no_such_version(request: HttpRequest) -> HttpResponse:
    """404. A version that is not yet in force is nobody's business, and looks like one that never was."""
    return render(request, "processing/no_version.html", status=404)


@require_safe
def notice(request: HttpRequest) -> HttpResponse:
    """The version in force now in Oslo; `?rolle=klient` shows the cards of one role."""
    version = NoticeVersion.objects.light().in_force(timezone.localdate())
    if version is None:
        return unpublished(request)
    return _layered(request, version, version)


@require_safe
def notice_version(request: HttpRequest, number: int) -> HttpResponse:
    """One version by its number, for ever."""
    version, in_force = version_and_in_force(number)
    if version is None:
        return no_such_version(request)
    return _layered(request, version, in_force)


@require_safe
def whole(request: HttpRequest) -> HttpResponse:
    """Everything in one place, in the order of Art. 13 and 14."""
    version = NoticeVersion.objects.light().in_force(timezone.localdate())
    if version is None:
        return unpublished(request)
    return _whole(request, version, version)


@require_safe
def whole_version(request: HttpRequest, number: int) -> HttpResponse:
    """Everything of one version by its number, for ever."""
    version, in_force = version_and_in_force(number)
    if version is None:
        return no_such_version(request)
    return _whole(request, version, in_force)


def version_and_in_force(number: int) -> tuple[NoticeVersion | None, NoticeVersion | None]:
    """Return version `number` if it has come into force, and the one in force now. One query."""
    today = timezone.localdate()
    known = NoticeVersion.objects.light().filter(in_force_from__lte=today)
    in_force = known.latest_first().first()
    if in_force is None or number > in_force.number:
        return None, in_force
    version = in_force if number == in_force.number else known.filter(number=number).first()
    return version, in_force


def layers(version: NoticeVersion, in_force: NoticeVersion | None, slug: str = "") -> dict[str, object]:
    """Return what `processing/notice.html` prints of a version, with the cards of the role `slug`, or all of them.

    Raises UnknownRole.
    """
    body = version.notice
    role = _role(body, slug) if slug else None
    return {
        **_about(version, in_force, body),
        "role": role,
        "cards": [(card, role is None or role.code in card.roles) for card in body.cards],
        "rights": [(right, whom_it_concerns(right, body, _)) for right in body.rights],
        "fold_contents": len(body.cards) > LONG_CONTENTS,
    }


def _layered(request: HttpRequest, version: NoticeVersion, in_force: NoticeVersion | None) -> HttpResponse:
    slug = request.GET.get("rolle", "")
    try:
        return send_drawn(
            request,
            "processing/notice.html",
            lambda: layers(version, in_force, slug),
            versions=_both(version, in_force),
            about=(version == in_force, slug),
        )
    except UnknownRole:
        body = version.notice
        return render(request, "processing/no_role.html", _about(version, in_force, body), status=404)


def _whole(request: HttpRequest, version: NoticeVersion, in_force: NoticeVersion | None) -> HttpResponse:
    def context() -> Mapping[str, object]:
        body = version.notice
        return {
            **_about(version, in_force, body),
            "parts": whole_notice(body, _),
            "fold_contents": len(body.cards) > LONG_CONTENTS,
        }

    return send_drawn(
        request,
        "processing/whole.html",
        context,
        versions=_both(version, in_force),
        about=version == in_force,
    )


def _about(version: NoticeVersion, in_force: NoticeVersion | None, body: NoticeBody) -> dict[str, object]:
    return {"version": version, "body": body, "site": body.site, "is_in_force": version == in_force}


def _both(version: NoticeVersion, in_force: NoticeVersion | None) -> list[NoticeVersion]:
    return [version] if in_force is None or version == in_force else [version, in_force]


def _role(body: NoticeBody, slug: str) -> Role:
    for role in body.roles:
        if role.code == slug:
            return role
    raise UnknownRole(slug)
