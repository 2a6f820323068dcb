"""Pages of the register that are no list of rows. `/admin/protokoll/` is the auditor's corner (decision 19)."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from mktnorge.pdf import PdfLibraryMissing
from processing.admin.comparing import comparison_file, comparison_page, day_field
from processing.admin.due import due_page
from processing.admin.export_jobs import export_job_pages, file_response
from processing.admin.importing import import_page, refuse_large, template_page
from processing.admin.law import law_page
from processing.admin.on_day import on_day_pages
from processing.admin.reviews import review_pages
from processing.law.editions import Edition, ExportFormat
from processing.models import ExportJob, RegisterExport
from processing.services.export_jobs import ask_for_export, takes_time
from processing.services.exports import AsOfInFuture, Export, RegisterChanged, export_register


class ExportForm(forms.Form):
    as_of = day_field(
        gettext_lazy("Slik registeret var"),
        help_text=gettext_lazy("Registeret slik det var på slutten av denne dagen. Velg i dag for det som gjelder nå."),
    )
    format = forms.ChoiceField(
        label=gettext_lazy("Format"),
        choices=[
            (ExportFormat.PDF.value, gettext_lazy("PDF, til å lese og skrive ut")),
            (ExportFormat.XLSX.value, gettext_lazy("XLSX, til å sortere eller fylle ut i et regneark")),
            (ExportFormat.CSV.value, gettext_lazy("CSV, tabeller som ren tekst, pakket i én fil")),
            (ExportFormat.JSON.value, gettext_lazy("JSON, til andre systemer")),
            (ExportFormat.JSONLD.value, gettext_lazy("JSON-LD, med begrepene i W3C Data Privacy Vocabulary")),
        ],
        widget=forms.RadioSelect,
        initial=ExportFormat.PDF.value,
    )
    edition = forms.ChoiceField(
        label=gettext_lazy("Utgave"),
        choices=[
            (
                Edition.INTERNAL.value,
                gettext_lazy("Intern: alt som er ført, med funn, vurderinger og publiserte utgaver"),
            ),
            (Edition.EXTERNAL.value, gettext_lazy("Ekstern: bare det art. 30 nr. 1 krever")),
        ],
        widget=forms.RadioSelect,
        initial=Edition.INTERNAL.value,
        help_text=gettext_lazy("Send den eksterne til noen utenfor virksomheten, om de ikke har bedt om mer."),
    )
    law_on = day_field(
        gettext_lazy("Loven slik den var"),
        required=False,
        help_text=gettext_lazy("Tomt: samme dag som registeret."),
    )


def register_pages(site: admin.AdminSite) -> list[URLPattern]:
    """Return the pages of the register that `site` serves beside its lists."""
    return [
        path("protokoll/eksport/", site.admin_view(export_page), name="processing_export"),
        path("protokoll/forskjell/", site.admin_view(comparison_page), name="processing_comparison"),
        path("protokoll/forskjell.pdf", site.admin_view(comparison_file), name="processing_comparison_file"),
        path("protokoll/sletting/", site.admin_view(due_page), name="processing_due"),
        path("protokoll/import/", refuse_large(site.admin_view(import_page)), name="processing_import"),
        path("protokoll/import/mal.xlsx", site.admin_view(template_page), name="processing_import_template"),
        *export_job_pages(site),
        *on_day_pages(site),
        *review_pages(site),
        path("protokoll/lov/", site.admin_view(law_page), name="processing_law"),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def export_page(request: HttpRequest) -> HttpResponse:
    """GET asks which day and format. POST issues the document and sends it, or has the worker make a large one.

    Needs the permission to add an export.
    """
    if not request.user.has_perm("processing.add_registerexport"):
        raise PermissionDenied
    now = timezone.now()
    form = ExportForm(request.POST or None, initial={"as_of": timezone.localdate(now)})
    if request.method == "POST" and form.is_valid() and (made := _made(request, form)):
        return (
            redirect("admin:processing_export_job", made.public_id)
            if isinstance(made, ExportJob)
            else file_response(made)
        )
    context = {
        **admin.site.each_context(request),
        "opts": RegisterExport._meta,
        "title": _("Last ned registeret"),
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "admin/processing/export.html", context, status=status)


def _made(request: HttpRequest, form: ExportForm) -> Export | ExportJob | None:
    """Issue the document, or ask the worker for it, or put the refusal where the person can act on it."""
    asked = {
        "format": ExportFormat(form.cleaned_data["format"]),
        "as_of": form.cleaned_data["as_of"],
        "law_on": form.cleaned_data["law_on"],
        "edition": Edition(form.cleaned_data["edition"]),
        "by": request.user,
        "at": timezone.now(),
    }
    try:
        return ask_for_export(**asked) if takes_time(format=asked["format"]) else export_register(**asked)
    except AsOfInFuture as refusal:
        form.add_error("as_of", str(refusal))
    except (RegisterChanged, PdfLibraryMissing) as refusal:
        form.add_error(None, str(refusal))
    return None
