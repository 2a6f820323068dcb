"""A change page in parts, with what is wrong and what is proposed in the margin beside each field."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.contrib import messages
from django.contrib.admin.helpers import AdminForm, Fieldline, InlineAdminFormSet
from django.contrib.admin.utils import flatten, unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from processing.admin.base import GovernedAdmin, RowsInline
from processing.admin.forms import VERSION
from processing.admin.margin import Note, notes_about, rows_elsewhere, tally
from processing.admin.naming import field_words, put_in_words
from processing.law.checks import check_register, is_judged
from processing.law.findings import Severity
from processing.law.records import Register
from processing.models import Activity, Proposal
from processing.register import register_as_of
from processing.services.loading import OF_ACTIVITY
from processing.services.proposals import (
    AlreadyStated,
    ProposalGone,
    RegisterMoved,
    UnfitValue,
    UnknownField,
    accept_proposal,
)


@dataclass(frozen=True)
class Part:
    """A part of the page: fields of the row and the rows that belong with them."""

    heading: str
    description: str
    fields: tuple = ()
    inlines: tuple[type[RowsInline], ...] = ()


@dataclass(frozen=True)
class ShownPart:
    """A part with what it shows: lines of fields and groups of rows, each with the notes in its margin."""

    part: Part
    anchor: str
    lines: list[tuple[Fieldline, list[Note]]]
    groups: list[tuple[InlineAdminFormSet, list[Note]]]

    @property
    def shows_group_headings(self) -> bool:
        """True when the heading of the part does not already say what its rows are."""
        return len(self.groups) > 1 or bool(self.lines)

    @property
    def notes(self) -> Iterator[Note]:
        for _place, notes in (*self.lines, *self.groups):
            yield from notes


class PartsAdmin(GovernedAdmin):
    """The change page of an activity, or of the company."""

    add_form_template = "admin/processing/parts_form.html"
    change_form_template = "admin/processing/parts_form.html"
    parts: tuple[Part, ...] = ()
    new_parts: tuple[Part, ...] = ()
    """The parts of the page that adds a row, where they are others."""

    top_heading = ""
    """What stands over the notes that belong to no part of the page."""

    def parts_of(self, obj) -> tuple[Part, ...]:
        return self.parts if obj or not self.new_parts else self.new_parts

    def own_fieldsets(self, request, obj=None):
        return [(part.heading, {"fields": part.fields, "description": part.description}) for part in self.parts_of(obj)]

    def get_inlines(self, request, obj):
        return [inline for part in self.parts_of(obj) for inline in part.inlines]

    def get_urls(self) -> list[URLPattern]:
        name = f"processing_{self.opts.model_name}_accept"
        view = self.admin_site.admin_view(self.accept_view)
        return [path("<path:object_id>/forslag/", view, name=name), *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        parts, notes, findings = self.parts_of(obj), [], []
        if obj:
            now = timezone.now()
            register, today = register_as_of(now), timezone.localdate(now)
            subject = obj.number if isinstance(obj, Activity) else ""
            findings = [one for one in check_register(register, law_on=today) if one.subject == subject]
            may_change = self.has_change_permission(request, obj)
            notes = notes_about(obj, findings, columns_of(parts), may_change=may_change)
            context |= self.seen_from_outside(obj, register)
            record = next((one for one in register.activities if one.number == subject), None)
            context["is_judged"] = record is None or is_judged(record, law_on=today)
            context["accept_url"] = reverse(f"admin:processing_{self.opts.model_name}_accept", args=[obj.pk])
        shown, top = shown_parts(parts, context["adminform"], context["inline_admin_formsets"], notes)
        in_order = [*(note for _label, note in top), *(note for part in shown for note in part.notes)]
        context |= {
            "parts": shown,
            "notes": [item for item in top if not _is_remarked_only(item[1])],
            "quiet_notes": [item for item in top if _is_remarked_only(item[1])],
            "top_heading": self.top_heading,
            "tally": tally(findings, in_order),
            "accepts": any(one.accept for note in in_order for one in (note, note.proposal) if one),
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def seen_from_outside(self, obj, register: Register) -> dict[str, object]:
        """What the page shows of the row as the public sees it."""
        return {}

    @method_decorator(require_POST)
    def accept_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Accept the proposal that the button names, as of the version that the person looked at."""
        obj = self.get_queryset(request).filter(pk=_number(unquote(object_id))).first()
        if obj is None:
            raise Http404
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        activity = obj if isinstance(obj, Activity) else None
        page = reverse(f"admin:processing_{self.opts.model_name}_change", args=[obj.pk])
        proposal = Proposal.objects.filter(pk=_number(request.POST.get("forslag")), activity=activity).first()
        # Without a version nobody can know what the person saw.
        seen = _number(request.POST.get(VERSION)) or 0
        try:
            if proposal is None:
                raise ProposalGone
            put_in_words([proposal])
            accept_proposal(proposal=proposal, by=request.user, at=timezone.now(), seen=seen)
        except (ProposalGone, RegisterMoved, UnknownField, UnfitValue, AlreadyStated) as refusal:
            messages.error(request, str(refusal))
            return redirect(page)
        self.log_change(request, obj, _("Forslag brukt."))
        messages.success(
            request,
            format_html(
                '{} <a href="#{}">{}</a>',
                _("Forslaget er brukt. {field}: {value}.").format(
                    field=field_words(proposal.field), value=proposal.words
                ),
                _control_of(proposal),
                _("Gå til feltet"),
            ),
        )
        return redirect(page)


def _number(written: object) -> int | None:
    text = str(written)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _control_of(proposal: Proposal) -> str:
    """The id of what the proposal changed on the page."""
    if proposal.activity_id and proposal.field in OF_ACTIVITY:
        return f"{OF_ACTIVITY[proposal.field]._meta.model_name}_set-group"
    return f"id_{proposal.field}"


def columns_of(parts: Iterable[Part]) -> dict[str, str]:
    """Return the columns of the rows of `parts`, each with the name of its rows.

    Left out are names that a field of the page, or other rows, have: they mean that.
    """
    parts = list(parts)
    taken = {name for part in parts for name in flatten(part.fields)}
    taken |= {inline.about for part in parts for inline in part.inlines}
    return {
        column: inline.about
        for part in parts
        for inline in part.inlines
        for column in flatten(inline.fields)
        if column not in taken
    }


def shown_parts(
    parts: Iterable[Part], adminform: AdminForm, formsets: Iterable[InlineAdminFormSet], notes: list[tuple[str, Note]]
) -> tuple[list[ShownPart], list[tuple[str, Note]]]:
    """Return the page in its parts, each with its notes, and the notes that belong to no part of it.

    A note names a field of the row, or a kind of rows by its name in the record, or a column of them after a dot.
    """
    by_inline = {type(formset.opts): formset for formset in formsets}
    left = list(notes)

    def take(names: Iterable[str]) -> list[Note]:
        taken = [one for one in left if one[0].partition(".")[0] in names]
        left[:] = [one for one in left if one not in taken]
        return [note for _name, note in taken]

    shown = [
        ShownPart(
            part=part,
            anchor=f"del-{number}",
            lines=[(line, take(line.fields)) for line in fieldset],
            groups=[
                (by_inline[inline], [_beside_rows(note, by_inline[inline]) for note in take((inline.about,))])
                for inline in part.inlines
                if inline in by_inline
            ],
        )
        for number, (part, fieldset) in enumerate(zip(parts, adminform, strict=False), start=1)
    ]
    return shown, [
        (field_words(name), replace(note, rows=rows_elsewhere(name, note.details)) if note.details else note)
        for name, note in left
    ]


def _beside_rows(note: Note, rows: InlineAdminFormSet) -> Note:
    prefix = rows.formset.prefix
    return replace(note, rows=tuple((_("nr. %s") % place, f"#{prefix}-{int(place) - 1}") for place in note.details))


def _is_remarked_only(note: Note) -> bool:
    """True for what is worth noting and nothing more: it is folded, so that what must be done stands out."""
    return note.finding is not None and note.finding.severity is Severity.INFO
