"""The page that brings a file into the register: first what it would change, then the same file once more to do it.

Between the two steps nothing is kept: the person chooses the file again, and it is the same when its hash is. What
was seen is told by a hash too, so that nothing is written that nobody has looked at.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from itertools import groupby

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from processing.imports.problems import NOTE_HEADINGS, Note
from processing.law.editions import ExportFormat
from processing.models import Activity
from processing.services.exports import CONTENT_TYPES, empty_workbook
from processing.services.import_plan import Action, RowChange
from processing.services.imports import (
    ImportFile,
    ImportInvalid,
    ImportOvertaken,
    NothingToImport,
    Preview,
    import_register,
    preview_import,
    read_import,
)

LARGEST_FILE = 10 * 1024 * 1024
"""Bytes."""
AROUND_THE_FILE = 64 * 1024
"""Bytes of the form beside the file."""
MOST_SHOWN = 200
"""Notes of a kind, and rows that change, on one page."""
PERMISSIONS = ("processing.add_activity", "processing.change_activity", "processing.change_controller")
ACTIONS = {
    Action.ADDED: gettext_lazy("kommer til"),
    Action.CHANGED: gettext_lazy("endres"),
    Action.REMOVED: gettext_lazy("fjernes"),
}


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Filen"),
        help_text=gettext_lazy("Vår arbeidsbok (.xlsx), vår JSON, eller CSV fra Behandlingsoversikt. Høyst 10 MB."),
        error_messages={"empty": gettext_lazy("Filen er tom."), "required": gettext_lazy("Velg en fil.")},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("Filen er for stor. Den kan være på høyst 10 MB."))
        return file


class ApplyForm(FileForm):
    """The same file again, and why."""

    step = forms.CharField(widget=forms.HiddenInput, initial="apply")
    file_sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    changes_sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    reason = forms.CharField(
        label=gettext_lazy("Hvorfor endrer du?"),
        max_length=300,
        help_text=gettext_lazy("Én setning. Den står i historikken sammen med navnet ditt. Art. 5 nr. 2."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].label = _("Samme fil en gang til")
        self.fields["file"].help_text = _("Vi har ikke tatt vare på filen. Velg den på nytt, så vet vi at det er den.")


@dataclass(frozen=True)
class Changes:
    """What happens under one heading: an activity, the company, or what is shared."""

    heading: str
    rows: tuple[tuple[str, RowChange], ...]
    """What happens in a word, and the row."""


def refuse_large(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuse a body that is too large by its length, before anything of it is read: also the check of its origin."""

    @csrf_exempt
    @wraps(view)
    def limited(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > LARGEST_FILE + AROUND_THE_FILE:
            text = _("Filen er for stor. Den kan være på høyst 10 MB. Ingenting er lest.")
            return HttpResponse(text, status=413, content_type="text/plain; charset=utf-8")
        return view(request, *args, **kwargs)

    return limited


@require_http_methods(["GET", "HEAD", "POST"])
def import_page(request: HttpRequest) -> HttpResponse:
    """GET asks for a file; POST shows what it changes, and with the file again and a reason writes it."""
    if not request.user.has_perms(PERMISSIONS):
        raise PermissionDenied
    at = timezone.now()
    applying = request.POST.get("step") == "apply"
    form: FileForm | None = None
    context: dict[str, object] = {}
    if request.method == "POST":
        form = (ApplyForm if applying else FileForm)(request.POST, request.FILES)
        if form.is_valid():
            content = form.cleaned_data["file"].read()
            try:
                file = read_import(content=content, at=at)
                preview = preview_import(register=file.register, at=at)
                if isinstance(form, ApplyForm) and _apply(request, form, content, file, preview, at):
                    return redirect("admin:processing_import")
                context = _shown(file, preview)
                if preview.changes:
                    form = _next_form(form, content, preview)
            except ImportInvalid as invalid:
                form.add_error("file", _("Ingenting er lest inn. Rett feilene i filen, og prøv igjen."))
                context = {"problems": invalid.problems, "more": invalid.problem_count - len(invalid.problems)}
    form = form or FileForm()
    return TemplateResponse(
        request,
        "admin/processing/import.html",
        {
            **admin.site.each_context(request),
            "opts": Activity._meta,
            "title": _("Les inn en fil"),
            "form": form,
            "is_second": isinstance(form, ApplyForm),
            **context,
        },
        status=422 if form.errors else 200,
    )


@require_safe
def template_page(request: HttpRequest) -> HttpResponse:
    """The empty workbook."""
    if not request.user.has_perms(PERMISSIONS):
        raise PermissionDenied
    return HttpResponse(
        empty_workbook(at=timezone.now()),
        content_type=CONTENT_TYPES[ExportFormat.XLSX],
        headers={"Content-Disposition": 'attachment; filename="protokoll-mal.xlsx"'},
    )


def _apply(
    request: HttpRequest, form: ApplyForm, content: bytes, file: ImportFile, preview: Preview, at: datetime
) -> bool:
    """Write what was seen, or put the refusal where the person can act on it."""
    if hashlib.sha256(content).hexdigest() != form.cleaned_data["file_sha256"]:
        form.add_error("file", _("Dette er ikke den samme filen. Se over hva den endrer, og velg den en gang til."))
        return False
    if preview.changes and _hash_of(preview) != form.cleaned_data["changes_sha256"]:
        form.add_error(None, _("Registeret er endret etter at du så på filen. Se over endringene på nytt."))
        return False
    try:
        import_register(
            register=file.register, at=at, by=request.user, reason=form.cleaned_data["reason"], seen=preview.changes
        )
    except (NothingToImport, ImportOvertaken) as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Filen er lest inn. {count} rader er skrevet.").format(count=len(preview.changes)))
    return True


def _next_form(form: FileForm, content: bytes, preview: Preview) -> ApplyForm:
    """The second step for what is shown, with what was said of the last try."""
    hashes = {"file_sha256": hashlib.sha256(content).hexdigest(), "changes_sha256": _hash_of(preview)}
    if not isinstance(form, ApplyForm):
        return ApplyForm(initial=hashes)
    form.data = form.data.copy()
    for name, value in hashes.items():
        form.data[name] = value
    return form


def _hash_of(preview: Preview) -> str:
    return hashlib.sha256(repr(preview.changes).encode()).hexdigest()


def _shown(file: ImportFile, preview: Preview) -> dict[str, object]:
    notes = [
        (_(heading), *_first([note for note in file.notes if note.kind is kind]))
        for kind, heading in NOTE_HEADINGS.items()
    ]
    names = {activity.number: activity.name for activity in file.register.activities}
    return {
        "notes": [found for found in notes if found[1]],
        "preview": preview,
        "changes": _under_headings(preview.changes[:MOST_SHOWN], names),
        "more_changes": max(0, len(preview.changes) - MOST_SHOWN),
        "is_guessed": any(note.kind == "guessed" for note in file.notes),
    }


def _first(notes: list[Note]) -> tuple[list[Note], int]:
    return notes[:MOST_SHOWN], max(0, len(notes) - MOST_SHOWN)


def _under_headings(changes: Iterable[RowChange], names: dict[str, str]) -> list[Changes]:
    ordered = sorted(changes, key=lambda change: (len(change.subject), change.subject))
    return [
        Changes(
            f"{subject} {names.get(subject, '')}".strip() or _("Virksomheten og felles lister"),
            tuple((str(ACTIONS[change.action]), change) for change in found),
        )
        for subject, found in groupby(ordered, key=lambda change: change.subject)
    ]
