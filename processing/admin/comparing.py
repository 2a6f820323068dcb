"""The page that shows what differs in the register between two days, and the same as PDF."""

from collections import Counter

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from mktnorge.pdf import PdfLibraryMissing
from mktnorge.templatetags.norwegian import day
from processing.exports.comparison import ComparedSubject, Happened
from processing.exports.comparison_pdf import comparison_pdf
from processing.law.retention import add_months
from processing.services.comparison import ComparedDays, DayInFuture, DaysReversed, compare_days
from processing.services.table_words import table_words

MOST_IN_PDF = 4000
"""Fields in one PDF: more than that takes longer than a person waits."""

HAPPENED = {
    Happened.ADDED: gettext_lazy("kom til"),
    Happened.CHANGED: gettext_lazy("ble endret"),
    Happened.REMOVED: gettext_lazy("ble fjernet"),
}
NOT_A_DAY = gettext_lazy("Skriv dagen slik: 2026-06-30. Da står år, måned og dag i rekkefølge.")


def day_field(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": NOT_A_DAY, "required": gettext_lazy("Velg en dag.")},
    )


class DaysForm(forms.Form):
    fra = day_field(gettext_lazy("Slik registeret var"))
    til = day_field(gettext_lazy("Sammenlignet med"))


@require_safe
def comparison_page(request: HttpRequest) -> HttpResponse:
    """What differs from the end of `fra` to the end of `til`, Oslo dates. For all who may read the register.

    Days that cannot be compared are answered with 400 and what to do. Without days it asks for them.
    """
    form, found = _compared(request)
    return _page(request, form, found)


@require_safe
def comparison_file(request: HttpRequest) -> HttpResponse:
    """The same as PDF. It writes nothing."""
    form, found = _compared(request)
    if found is None or not _fits(found):
        return _page(request, form, found, status=400)
    try:
        content = comparison_pdf(
            first=found.first,
            last=found.last,
            before=found.before,
            after=found.after,
            groups=_groups(found),
            sentences=_sentences(found),
            printed_at=timezone.now(),
        )
    except PdfLibraryMissing as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form, found, status=503)
    filename = f"forskjell-{found.first.isoformat()}-{found.last.isoformat()}.pdf"
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{filename}"'},
    )


def _compared(request: HttpRequest) -> tuple[DaysForm, ComparedDays | None]:
    if not request.user.has_perm("processing.view_activity"):
        raise PermissionDenied
    today = timezone.localdate()
    if not {"fra", "til"} & request.GET.keys():
        return DaysForm(initial={"fra": add_months(today, -12), "til": today}), None
    form = DaysForm(request.GET)
    if form.is_valid():
        first, last = form.cleaned_data["fra"], form.cleaned_data["til"]
        try:
            return form, compare_days(first=first, last=last, at=timezone.now())
        except DayInFuture as refusal:
            form.add_error("til" if last > today else "fra", str(refusal))
        except DaysReversed as refusal:
            form.add_error("fra", str(refusal))
    return form, None


def _page(request: HttpRequest, form: DaysForm, found: ComparedDays | None, *, status: int = 200) -> HttpResponse:
    show_refused_days(form)
    context = {
        **admin.site.each_context(request),
        "title": _("Forskjell mellom to datoer"),
        "form": form,
        "found": found,
        "groups": _groups(found) if found else [],
        "sentences": _sentences(found) if found else [],
        "fits": found is not None and _fits(found),
        "query": request.GET.urlencode(),
    }
    if form.is_bound and form.errors and status == 200:
        status = 400
    return TemplateResponse(request, "admin/processing/comparison.html", context, status=status)


def show_refused_days(form: forms.Form) -> None:
    """Let a control show what was asked: a date control shows nothing that is not a date."""
    for name in form.errors:
        if name in form.fields and isinstance(form.fields[name], forms.DateField):
            form.fields[name].widget.input_type = "text"


def _fits(found: ComparedDays) -> bool:
    return sum(subject.field_count for subject, _edits in found.subjects) <= MOST_IN_PDF


def _groups(found: ComparedDays) -> list[dict[str, object]]:
    """What differs under the headings of the page."""
    titles = table_words().titles
    kinds = (
        ("virksomheten", _("Virksomheten"), lambda subject: not subject.key),
        ("aktiviteter", _("Aktiviteter"), lambda subject: subject.is_activity),
        ("felles", _("Det aktivitetene deler"), lambda subject: subject.key and not subject.is_activity),
    )
    groups = []
    for anchor, title, belongs in kinds:
        subjects = [
            {
                "subject": subject,
                "title": subject.title or title,
                "kind": "" if subject.is_activity or not subject.key else titles[subject.section],
                "happened": HAPPENED[subject.happened],
                "edits": edits,
            }
            for subject, edits in found.subjects
            if belongs(subject)
        ]
        if subjects:
            groups.append({"anchor": anchor, "title": title, "subjects": subjects})
    return groups


def _sentences(found: ComparedDays) -> list[str]:
    """What differs, in a few plain sentences."""
    said = []
    first, last = day(found.first), day(found.last)
    if found.after.is_empty:
        return [_("Registeret fantes ikke {day}. Det er ingenting å sammenligne.").format(day=last)]
    if found.before.is_empty:
        said.append(_("Registeret fantes ikke {day}. Alt under er kommet til siden.").format(day=first))
    if not found.subjects:
        said.append(
            _("Registeret sier det samme {first} og {last}.").format(first=first, last=last)
            if found.is_same
            else _("Bare rekkefølgen er en annen. Alt registeret sier, er det samme.")
        )
    else:
        activities = [subject for subject, _edits in found.subjects if subject.is_activity]
        others = [subject for subject, _edits in found.subjects if not subject.is_activity]
        said.append(_("Aktiviteter: {counts}.").format(counts=_counted(activities)))
        if others:
            said.append(_("Virksomheten og det aktivitetene deler: {counts}.").format(counts=_counted(others)))
    if found.written:
        edits = ngettext("{count} gang", "{count} ganger", found.written).format(count=found.written)
        said.append(_("Noen lagret i registeret {edits} mellom de to dagene.").format(edits=edits))
    return said


def _counted(subjects: list[ComparedSubject]) -> str:
    counts = Counter(subject.happened for subject in subjects)
    return _("{added} ny, {changed} endret, {removed} fjernet").format(
        added=counts[Happened.ADDED], changed=counts[Happened.CHANGED], removed=counts[Happened.REMOVED]
    )
