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
from processing.models import NoticeVersion
from processing.services.notice_files import FileBeingMade, keep_notice_pdf
from processing.views.notice import no_such_version, version_and_in_force
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
    try:
        response = send_file(request, version, content_type, lambda: make(version))
    except (PdfLibraryMissing, FileBeingMade) as refusal:
        response = render(request, "processing/no_pdf.html", {"version": version, "why": str(refusal)}, status=503)
        response["Retry-After"] = "60"
        return response
    if response.status_code == 200:
        response["Content-Disposition"] = f'inline; filename="personvern-utgave-{version.number}.{format}"'
    return response


def _missing(request: HttpRequest, format: str) -> HttpResponse:
    if format == "json":
        return JsonResponse(
            {"error": _("Utgaven finnes ikke, eller ingen er publisert ennå.")},
            status=404,
            json_dumps_params={"ensure_ascii": False},
        )
    return no_such_version(request)


_FORMATS: dict[str, tuple[str, Callable[[NoticeVersion], bytes]]] = {
    "pdf": (PDF, lambda version: keep_notice_pdf(version=version)),
    "json": (JSON, lambda version: notice_json(version.published)),
    "txt": (TEXT, lambda version: notice_text(version.published).encode()),
}
