"""«Saksliste for tilsyn»: which days and which kind of file, and the list that was made."""

from datetime import timedelta

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from mktnorge.admin_site import ReadOnlyAdmin
from mktnorge.pdf import PdfLibraryMissing
from rights.admin.figures import SEE
from rights.models import CaseListExport
from rights.services.case_list import CaseList, DaysOutOfOrder, export_case_list

A_YEAR = timedelta(days=365)


class CaseListForm(forms.Form):
    received_from = forms.DateField(
        label=gettext_lazy("Krav mottatt fra"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    received_to = forms.DateField(
        label=gettext_lazy("Krav mottatt til"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Til og med denne dagen."),
    )
    format = forms.ChoiceField(
        label=gettext_lazy("Format"),
        choices=[
            ("pdf", gettext_lazy("PDF, til å lese og skrive ut")),
            ("xlsx", gettext_lazy("XLSX, til et regneark")),
            ("csv", gettext_lazy("CSV, ren tekst")),
        ],
        widget=forms.RadioSelect,
        initial="pdf",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def case_list_page(request: HttpRequest) -> HttpResponse:
    """GET asks which days and format; POST sends the list. For whoever may see the figures: it names no person."""
    if not request.user.has_perm(SEE):
        raise PermissionDenied
    today = timezone.localdate()
    form = CaseListForm(request.POST or None, initial={"received_from": today - A_YEAR, "received_to": today})
    if request.method == "POST" and form.is_valid() and (made := _made(request, form)):
        return HttpResponse(
            made.content,
            content_type=made.content_type,
            headers={"Content-Disposition": f'attachment; filename="{made.filename}"'},
        )
    context = {
        **admin.site.each_context(request),
        "opts": CaseListExport._meta,
        "title": _("Saksliste for tilsyn"),
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "admin/rights/case_list.html", context, status=status)


def pages(site: admin.AdminSite) -> list[URLPattern]:
    return [path("protokoll/saker/", site.admin_view(case_list_page), name="rights_case_list")]


def _made(request: HttpRequest, form: CaseListForm) -> CaseList | None:
    try:
        return export_case_list(
            format=form.cleaned_data["format"],
            first=form.cleaned_data["received_from"],
            last=form.cleaned_data["received_to"],
            by=request.user,
            at=timezone.now(),
        )
    except DaysOutOfOrder as refusal:
        form.add_error("received_to", str(refusal))
    except PdfLibraryMissing as refusal:
        form.add_error(None, str(refusal))
    return None


@admin.register(CaseListExport)
class CaseListExportAdmin(ReadOnlyAdmin):
    """The lists that have been handed out, for the leader."""

    list_display = ["document_id", "format", "received_from", "received_to", "row_count", "exported_at", "exported_by"]
    list_select_related = ["exported_by"]
    ordering = ["-exported_at", "-pk"]


admin.site.add_pages(pages)
