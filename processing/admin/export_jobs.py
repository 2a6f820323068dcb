"""A document that takes time: how far it has come, and the file when it is there."""

import uuid

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from processing.models import ExportFile, ExportJob, RegisterExport
from processing.services.export_jobs import progress_of
from processing.services.exports import Export, export_of

AGAIN_SECONDS = 5


def export_job_pages(site: admin.AdminSite) -> list[URLPattern]:
    return [
        path("protokoll/eksport/<uuid:public_id>/", site.admin_view(job_page), name="processing_export_job"),
        path("protokoll/eksport/<uuid:public_id>/fil/", site.admin_view(job_file), name="processing_export_file"),
    ]


@require_safe
def job_page(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """How far a document has come. The browser asks again by itself while it is under way, without a script."""
    job = _asked_for(request, public_id)
    context = {
        **admin.site.each_context(request),
        "opts": RegisterExport._meta,
        "title": _("Dokumentet du ba om"),
        "job": job,
        "progress": progress_of(job, at=timezone.now()),
        "file": ExportFile.objects.defer("content").filter(document=job.document_id).first(),
    }
    response = TemplateResponse(request, "admin/processing/export_job.html", context)
    if job.is_under_way:
        response["Refresh"] = str(AGAIN_SECONDS)
    return response


@require_safe
def job_file(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The file as it was made. 404 where it is not there yet, or not any more."""
    job = _asked_for(request, public_id)
    file = get_object_or_404(ExportFile.objects.select_related("document"), document=job.document_id)
    return file_response(export_of(file.document, bytes(file.content)))


def file_response(export: Export) -> HttpResponse:
    """Return an issued document as a file to save."""
    return HttpResponse(
        export.content,
        content_type=export.content_type,
        headers={"Content-Disposition": f'attachment; filename="{export.filename}"'},
    )


def _asked_for(request: HttpRequest, public_id: uuid.UUID) -> ExportJob:
    if not request.user.has_perm("processing.add_registerexport"):
        raise PermissionDenied
    return get_object_or_404(ExportJob.objects.select_related("document"), public_id=public_id)
