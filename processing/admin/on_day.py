"""The register as it was on a day: a list to search and narrow, and each activity with the history of its fields."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from processing.admin.comparing import show_refused_days
from processing.admin.narrowing import OWN, NarrowForm, narrowed
from processing.exports.cells import CellReader
from processing.exports.tables import ACTIVITY, rows_of, tables
from processing.law.records import ActivityRecord, Register
from processing.models import Activity
from processing.register import end_of_day, register_as_of
from processing.services.history import ShownEdit, shown_edits
from processing.services.table_words import model_of, table_words

ON_A_PAGE = 50


@dataclass(frozen=True)
class ShownCell:
    label: str
    text: str
    changes: str
    """What `felt` is to see the history of this field, or empty."""


@dataclass(frozen=True)
class ShownTable:
    title: str
    anchor: str
    rows: tuple[tuple[ShownCell, ...], ...]


def on_day_pages(site: admin.AdminSite) -> list[URLPattern]:
    return [
        path("protokoll/register/", site.admin_view(list_page), name="processing_on_day"),
        path("protokoll/register/<str:number>/", site.admin_view(activity_page), name="processing_activity_on_day"),
    ]


@require_safe
def list_page(request: HttpRequest) -> HttpResponse:
    """The activities as they were at the end of `dag`, an Oslo date, narrowed. For all who may read the register.

    The number of queries does not grow with the register. A day that is none is answered with 400.
    """
    _check_may_read(request)
    asked = {"dag": timezone.localdate().isoformat(), **request.GET.dict()}
    form, register, on = _asked(asked)
    context: dict[str, object] = {
        **admin.site.each_context(request),
        "title": _("Registeret på en dato"),
        "form": form,
        "register": register,
    }
    if register is not None and on is not None:
        found = narrowed(register, form.cleaned_data, on)
        page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("side"))
        query = request.GET.copy()
        query.pop("side", None)
        context |= {
            "on": on,
            "page": page,
            "count": len(found),
            "all": len(register.activities),
            "query": query.urlencode(),
        }
    return TemplateResponse(
        request, "admin/processing/on_day.html", context, status=200 if register is not None else 400
    )


@require_safe
def activity_page(request: HttpRequest, number: str) -> HttpResponse:
    """An activity as it was at the end of `dag`, with every field, and the history up to then.

    `felt` leaves the edits of one field, or of one list. 404 where the activity was not there that day.
    """
    _check_may_read(request)
    _form, register, on = _asked({"dag": timezone.localdate().isoformat(), **request.GET.dict()})
    if register is None or on is None or not number.isalnum():
        raise Http404(_("Dagen eller aktiviteten finnes ikke."))
    row = get_object_or_404(Activity, number=number)
    record = next((one for one in register.activities if one.number == number), None)
    field = request.GET.get("felt", "")
    context = {
        **admin.site.each_context(request),
        "title": f"{number} {record.name}" if record else number,
        "number": number,
        "on": on,
        "record": record,
        "tables": _tables(register, number) if record else (),
        "field": _field_words(field),
        "edits": _edits(row, field, until=register.moment),
    }
    return TemplateResponse(
        request, "admin/processing/activity_on_day.html", context, status=200 if record is not None else 404
    )


def _check_may_read(request: HttpRequest) -> None:
    if not request.user.has_perm("processing.view_activity"):
        raise PermissionDenied


def _asked(data: dict[str, str]) -> tuple[NarrowForm, Register | None, date | None]:
    """The form, and the register of the day it names. None where it names none."""
    now = timezone.now()
    form = NarrowForm(data)
    on = form.cleaned_data.get("dag") if form.is_valid() else None
    if on is not None and on > timezone.localdate(now):
        form.add_error("dag", _("Den dagen er ikke kommet ennå. Velg i dag eller en dag som har vært."))
        on = None
    if on is None:
        show_refused_days(form)
        return form, None, None
    register = register_as_of(min(end_of_day(on), now))
    form = NarrowForm(data, register=register)
    form.is_valid()
    return form, register, on


def _tables(register: Register, number: str) -> tuple[ShownTable, ...]:
    """What the activity says, list by list. A list of which nothing is stated is there, and is empty."""
    words = table_words()
    reader = CellReader(register, words)
    shown = []
    for table in tables():
        if table.name != OWN and table.owner is not ActivityRecord:
            continue
        headings = reader.headings(table)
        rows = [
            tuple(
                ShownCell(capfirst(headings[name]), text, f"{OWN}.{name}" if table.name == OWN else "")
                for name, text in reader.said(table, row).items()
                if text or table.name == OWN
            )
            for row in rows_of(register, table)
            if (row["number"] if table.name == OWN else row[ACTIVITY]) == number
        ]
        title = _("Aktiviteten") if table.name == OWN else words.titles[table.name]
        shown.append(ShownTable(title, table.name, tuple(rows)))
    return tuple(shown)


def _field_words(field: str) -> str:
    """What people call the field or the list that `felt` names, or empty."""
    name, _dot, column = field.partition(".")
    table = next((one for one in tables() if one.name == name), None)
    if table is None:
        return ""
    words = table_words()
    said = words.columns.get((name, column))
    return capfirst(said.heading) if said else words.titles[name]


def _edits(row: Activity, field: str, *, until: datetime) -> list[ShownEdit]:
    edits = shown_edits(row, until=until)
    name, _dot, column = field.partition(".")
    table = next((one for one in tables() if one.name == name), None)
    if table is None or not _field_words(field):
        return edits
    if name == OWN:
        label = capfirst(table_words().columns[name, column].heading) if column else ""
        return _only(edits, "", label)
    return _only(edits, str(capfirst(model_of(table)._meta.verbose_name)), "")


def _only(edits: Iterable[ShownEdit], kind: str, label: str) -> list[ShownEdit]:
    """The edits that wrote rows of `kind`, and of those only the field called `label`."""
    found = []
    for edit in edits:
        changes = []
        for change in edit.changes:
            fields = tuple(one for one in change.fields if not label or one.label == label)
            if change.kind == kind and fields:
                changes.append(replace(change, fields=fields))
        if changes:
            found.append(replace(edit, changes=tuple(changes)))
    return found
