"""The yearly review: the list of what is open, the page that concludes one, and the report."""

from datetime import date

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mktnorge.pdf import PdfLibraryMissing
from processing.exports.review_report import review_report_pdf
from processing.law.facts import ReviewOutcome
from processing.law.retention import add_months
from processing.law.reviews import review_months
from processing.models import Review
from processing.register import register_as_of, version_of
from processing.services.reviews import (
    ChangedMeanwhile,
    NoteMissing,
    NothingChanged,
    ReviewConcluded,
    changes_since_last,
    conclude_review,
    errors_of,
    open_due_reviews,
    open_reviews,
    review_report,
)

LATEST = 30
"""How many concluded reviews the list shows."""


class ConcludeForm(forms.Form):
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    outcome = forms.ChoiceField(
        label=gettext_lazy("Hva kom du til"),
        choices=[(outcome.value, gettext_lazy(outcome.plain)) for outcome in ReviewOutcome],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Velg hva du kom til.")},
    )
    note = forms.CharField(
        label=gettext_lazy("Merknad"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
        help_text=gettext_lazy("Hva du så på, og hva som er endret. Skriv ikke navn på klienter."),
    )


class ReportForm(forms.Form):
    fra = forms.DateField(
        label=gettext_lazy("Fra og med"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    til = forms.DateField(
        label=gettext_lazy("Til og med"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("fra"), cleaned.get("til")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("til", _("Siste dag kan ikke være før den første."))
        return cleaned


def review_pages(site: admin.AdminSite) -> list[URLPattern]:
    return [
        path("protokoll/gjennomgang/", site.admin_view(reviews_page), name="processing_reviews"),
        path("protokoll/gjennomgang/apne/", site.admin_view(open_page), name="processing_reviews_open"),
        path("protokoll/gjennomgang/rapport.pdf", site.admin_view(report_page), name="processing_reviews_report"),
        path("protokoll/gjennomgang/<int:key>/", site.admin_view(review_page), name="processing_review"),
    ]


@require_safe
def reviews_page(request: HttpRequest) -> HttpResponse:
    """What is open, what was concluded last, and the way to the report. For all who may read the register."""
    _check_may_read(request)
    return _list(request, ReportForm(initial=_last_year()))


@require_POST
def open_page(request: HttpRequest) -> HttpResponse:
    """Open the reviews whose time has come. Needs the permission to add one."""
    if not request.user.has_perm("processing.add_review"):
        raise PermissionDenied
    opened = len(open_due_reviews(at=timezone.now(), by=request.user))
    if opened:
        said = ngettext("{count} gjennomgang er åpnet.", "{count} gjennomganger er åpnet.", opened)
        messages.success(request, said.format(count=opened))
    else:
        messages.info(request, _("Ingen flere aktiviteter er på tide nå."))
    return redirect("admin:processing_reviews")


@require_http_methods(["GET", "HEAD", "POST"])
def review_page(request: HttpRequest, key: int) -> HttpResponse:
    """GET shows what has changed since the last review; POST concludes this one.

    All who may read the register may look. Concluding needs the permission to change a review.
    """
    _check_may_read(request)
    review = get_object_or_404(Review.objects.select_related("activity"), pk=key)
    may_conclude = request.user.has_perm("processing.change_review")
    if request.method == "POST" and not may_conclude:
        raise PermissionDenied
    form = ConcludeForm(request.POST or None, initial={"seen": version_of(review.activity).number})
    if request.method == "POST" and form.is_valid() and _concluded(request, form, review):
        return redirect("admin:processing_reviews")
    if form.is_bound:
        # What is shown again is the activity as it is now: sending it once more is about that.
        form.data = form.data.copy()
        form.data["seen"] = version_of(review.activity).number
        review.refresh_from_db()
    register = register_as_of(timezone.now())
    record = next((one for one in register.activities if one.number == review.activity.number), None)
    context = {
        **admin.site.each_context(request),
        "title": _("Gjennomgang av {activity}").format(activity=review.activity),
        "opts": Review._meta,
        "review": review,
        "activity_page": reverse("admin:processing_activity_change", args=[review.activity_id]),
        "last": record.last_reviewed_on if record else None,
        "changes": changes_since_last(review),
        "errors": errors_of(review.activity.number, register, on=timezone.localdate()),
        "form": form if may_conclude and review.concluded_on is None else None,
    }
    return TemplateResponse(
        request, "admin/processing/review.html", context, status=422 if request.method == "POST" else 200
    )


@require_safe
def report_page(request: HttpRequest) -> HttpResponse:
    """The report of the days `fra` to `til` as PDF. For all who may read the register; it writes nothing."""
    _check_may_read(request)
    form = ReportForm(request.GET)
    if not form.is_valid():
        return _list(request, form, status=400)
    first, last = form.cleaned_data["fra"], form.cleaned_data["til"]
    try:
        content = review_report_pdf(review_report(first=first, last=last, at=timezone.now()))
    except PdfLibraryMissing as refusal:
        form.add_error(None, str(refusal))
        return _list(request, form, status=503)
    filename = f"gjennomgang-{first.isoformat()}-{last.isoformat()}.pdf"
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{filename}"'},
    )


def _list(request: HttpRequest, report_form: ReportForm, *, status: int = 200) -> HttpResponse:
    now = timezone.now()
    register = register_as_of(now)
    context = {
        **admin.site.each_context(request),
        "title": _("Årlig gjennomgang"),
        "opts": Review._meta,
        "open": open_reviews(register=register, on=timezone.localdate(now)),
        "concluded": Review.objects.exclude(concluded_on=None)
        .select_related("activity")
        .order_by("-concluded_on", "-pk")[:LATEST],
        "months": review_months(register.controller),
        "may_open": request.user.has_perm("processing.add_review"),
        "report_form": report_form,
    }
    return TemplateResponse(request, "admin/processing/reviews.html", context, status=status)


def _last_year() -> dict[str, date]:
    today = timezone.localdate()
    return {"fra": add_months(today, -12), "til": today}


def _check_may_read(request: HttpRequest) -> None:
    if not request.user.has_perm("processing.view_review"):
        raise PermissionDenied


def _concluded(request: HttpRequest, form: ConcludeForm, review: Review) -> bool:
    """Conclude, or put the refusal where the person can act on it."""
    try:
        conclude_review(
            review=review,
            outcome=ReviewOutcome(form.cleaned_data["outcome"]),
            note=form.cleaned_data["note"],
            by=request.user,
            at=timezone.now(),
            seen=form.cleaned_data["seen"],
        )
    except NoteMissing as refusal:
        form.add_error("note", str(refusal))
    except NothingChanged as refusal:
        form.add_error("outcome", str(refusal))
    except (ReviewConcluded, ChangedMeanwhile) as refusal:
        form.add_error(None, str(refusal))
    else:
        messages.success(request, _("{activity} er gått gjennom.").format(activity=review.activity))
        return True
    return False
