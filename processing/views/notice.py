"""The notice itself: in force, by its number, and whole; with the cards of one role where a reader asks."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from processing.law.languages import WRITTEN_IN, TextLanguage
from processing.models import NoticeVersion
from processing.notices.body import NoticeBody, Role
from processing.notices.document import whole_notice, whom_it_concerns
from processing.views.serving import send_drawn

LONG_CONTENTS = 40
"""From so many cards on, the list of contents is folded: it would be several screens."""


class UnknownRole(Exception):
    """An address asks for a role this version has no cards for."""


class UnknownLanguage(Exception):
    """An address asks for a language this version is not told in."""


def unpublished(request: HttpRequest) -> HttpResponse:
    """Before the first version: who is responsible, and the way to the form."""
    return render(request, "processing/unpublished.html")


def no_such_version(request: HttpRequest) -> HttpResponse:
    """404. A version that is not yet in force is nobody's business, and looks like one that never was."""
    return render(request, "processing/no_version.html", status=404)


@require_safe
def notice(request: HttpRequest) -> HttpResponse:
    """The version in force now in Oslo; `?rolle=klient` shows the cards of one role, `?sprak=en` another language."""
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


def asked_language(request: HttpRequest) -> str:
    """Return the code in `?sprak=`, that of bokmål where there is none.

    The language is in the address, so that no cookie is needed and a link keeps it. Raises UnknownLanguage for what is
    none of ours, before anything looks for it.
    """
    code = request.GET.get("sprak", "") or WRITTEN_IN
    if code != WRITTEN_IN and code not in set(TextLanguage):
        raise UnknownLanguage(code)
    return code


def layers(
    version: NoticeVersion, in_force: NoticeVersion | None, slug: str = "", language: str = WRITTEN_IN
) -> dict[str, object]:
    """Return what `processing/notice.html` prints of a version, with the cards of the role `slug`, or all of them.

    Raises UnknownRole or UnknownLanguage.
    """
    about = about_version(version, in_force, language)
    body = about["body"]
    role = _role(body, slug) if slug else None
    return {
        **about,
        "role": role,
        "cards": [(card, role is None or role.code in card.roles) for card in body.cards],
        "rights": [(right, whom_it_concerns(right, body, _)) for right in body.rights],
        "fold_contents": len(body.cards) > LONG_CONTENTS,
    }


def _layered(request: HttpRequest, version: NoticeVersion, in_force: NoticeVersion | None) -> HttpResponse:
    slug = request.GET.get("rolle", "")
    try:
        language = asked_language(request)
        return send_drawn(
            request,
            "processing/notice.html",
            lambda: layers(version, in_force, slug, language),
            versions=_both(version, in_force),
            about=(version == in_force, slug),
            language=language,
        )
    except UnknownRole:
        return render(request, "processing/no_role.html", about_version(version, in_force), status=404)
    except UnknownLanguage:
        return not_told(request, version)


def _whole(request: HttpRequest, version: NoticeVersion, in_force: NoticeVersion | None) -> HttpResponse:
    def context(language: str) -> Mapping[str, object]:
        about = about_version(version, in_force, language)
        body = about["body"]
        return {**about, "parts": whole_notice(body, _), "fold_contents": len(body.cards) > LONG_CONTENTS}

    try:
        language = asked_language(request)
        return send_drawn(
            request,
            "processing/whole.html",
            lambda: context(language),
            versions=_both(version, in_force),
            about=version == in_force,
            language=language,
        )
    except UnknownLanguage:
        return not_told(request, version)


def not_told(request: HttpRequest, version: NoticeVersion) -> HttpResponse:
    """404 with the languages the version is told in."""
    body = version.notice
    return render(request, "processing/no_language.html", {"languages": body.languages, "site": body.site}, status=404)


def about_version(version: NoticeVersion, in_force: NoticeVersion | None, language: str = WRITTEN_IN) -> dict[str, Any]:
    """Return what every page of a version prints, in one of its languages. Raises UnknownLanguage."""
    told = version.notice
    if language not in told.languages:
        raise UnknownLanguage(language)
    body = told.in_language(language)
    return {
        "version": version,
        "body": body,
        "site": body.site,
        "is_in_force": version == in_force,
        "languages": told.languages if len(told.languages) > 1 else (),
        "language": language,
        # What a link to another page of the notice ends with, so that the reader stays in the language.
        "keep": f"?sprak={language}" if language != told.language else "",
    }


def _both(version: NoticeVersion, in_force: NoticeVersion | None) -> list[NoticeVersion]:
    return [version] if in_force is None or version == in_force else [version, in_force]


def _role(body: NoticeBody, slug: str) -> Role:
    for role in body.roles:
        if role.code == slug:
            return role
    raise UnknownRole(slug)
