"""The notice as a file: PDF, JSON and plain text, of the version in force or of any version."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mktnorge.pdf import PdfLibraryMissing
from processing.exports.notice_json import notice_json
from processing.exports.notice_text import notice_text
from processing.law.languages import WRITTEN_IN
from processing.models import NoticeVersion
from processing.notices.published import PublishedNotice
from processing.services.notice_files import FileBeingMade, keep_notice_pdf
from processing.views.notice import (
    UnknownLanguage,
    asked_language,
    no_such_version,
    not_told,
    version_and_in_force,
)
from processing.views.serving import send_file

PDF = "application/pdf"
JSON = "application/json"
TEXT = "text/plain; charset=utf-8"


@require_safe
def file_in_force(request: HttpRequest, format: str) -> HttpResponse:
    """The version in force as a file. 404 before the first."""
    version = NoticeVersion.objects.light().in_force(timezone.localdate())
    if version is None:
        return _missing(request, format)
    return _file(request, version, format)


@require_safe
def file_of_version(request: HttpRequest, number: int, format: str) -> HttpResponse:
    """One version as a file, for ever. 404 for a version that is not in force yet, or never was."""
    version, _in_force = version_and_in_force(number)
    if version is None:
        return _missing(request, format)
    return _file(request, version, format)


def _file(request: HttpRequest, version: NoticeVersion, format: str) -> HttpResponse:
    content_type, make = _FORMATS[format]
    # Unasked, the JSON holds every language: its hash is of all of them.
    try:
        language = asked_language(request) if "sprak" in request.GET else ""
        if language and language not in version.notice.languages:
            raise UnknownLanguage(language)
        response = send_file(request, version, content_type, lambda: make(version, language), language=language)
    except UnknownLanguage:
        return not_told(request, version)
    except (PdfLibraryMissing, FileBeingMade) as refusal:
        response = render(request, "processing/no_pdf.html", {"version": version, "why": str(refusal)}, status=503)
        response["Retry-After"] = "60"
        return response
    if response.status_code == 200:
        suffix = f"-{language}" if language else ""
        response["Content-Disposition"] = f'inline; filename="personvern-utgave-{version.number}{suffix}.{format}"'
    return response


def _missing(request: HttpRequest, format: str) -> HttpResponse:
    if format == "json":
        return JsonResponse(
            {"error": _("Utgaven finnes ikke, eller ingen er publisert ennå.")},
            status=404,
            json_dumps_params={"ensure_ascii": False},
        )
    return no_such_version(request)


def _told(version: NoticeVersion, language: str) -> PublishedNotice:
    return version.published_in(language) if language else version.published


def _pdf(version: NoticeVersion, language: str) -> bytes:
    return keep_notice_pdf(version=version, language=language or WRITTEN_IN)


_FORMATS: dict[str, tuple[str, Callable[[NoticeVersion, str], bytes]]] = {
    "pdf": (PDF, _pdf),
    "json": (JSON, lambda version, language: notice_json(_told(version, language))),
    "txt": (TEXT, lambda version, language: notice_text(_told(version, language)).encode()),
}
