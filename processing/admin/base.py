"""What every page of the register shares: an edit is one moment with a person and a reason, and silence is shown."""

from collections.abc import Iterable, Iterator

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.forms import BaseForm, URLInput
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from processing.admin.forms import (
    REASON,
    VERSION,
    GovernedForm,
    PlainTextarea,
    RowChoiceField,
    RowsFormSet,
    in_use_sentence,
    rows_in_the_way,
)
from processing.models.governed import register_edit
from processing.register import version_of
from processing.services.history import shown_edits

NOT_STATED = gettext_lazy("Ikke oppgitt")


class StatedOrBlank:
    """Shows a blank field as what it is: something that nobody has stated."""

    blank_words: dict[str, str] = {}
    """What the empty choice says, by field, where «Ikke oppgitt» is not it."""

    empty_value_display = NOT_STATED
    formfield_overrides = {
        models.TextField: {"widget": PlainTextarea(attrs={"rows": 3})},
        models.URLField: {"widget": URLInput(attrs={"class": "vURLField"}), "assume_scheme": "https"},
    }

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        kwargs["choices"] = db_field.get_choices(
            include_blank=db_field.blank or not db_field.has_default(),
            blank_choice=[("", self._words_for_blank(db_field))],
        )
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs["form_class"] = RowChoiceField
        kwargs["empty_label"] = self._words_for_blank(db_field)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(formfield, RowChoiceField):
            # A new row may be made on the way. Changing or deleting one from here would change other activities too.
            for action in ("change", "delete", "view"):
                setattr(formfield.widget, f"can_{action}_related", False)
        return formfield

    def _words_for_blank(self, db_field) -> str:
        return self.blank_words.get(db_field.name) or (NOT_STATED if db_field.blank else _("Velg"))


def faults_of(form: BaseForm, formsets: Iterable[RowsFormSet]) -> Iterator[tuple[str, str, str]]:
    """Yield each fault of a field as (id of the control, label, sentence), for the summary at the top of the page."""
    for one in (form, *(row for formset in formsets for row in formset.forms)):
        for field in one.visible_fields():
            for sentence in field.errors:
                yield field.id_for_label, field.label, sentence


class GovernedAdmin(StatedOrBlank, admin.ModelAdmin):
    form = GovernedForm
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER
    view_on_site = False
    add_form_template = "admin/processing/change_form.html"
    change_form_template = "admin/processing/change_form.html"
    delete_confirmation_template = "admin/processing/delete_confirmation.html"
    object_history_template = "admin/processing/history.html"
    fixed_fields: tuple[str, ...] = ()
    """Fields that are set once, when the row is made."""

    menu_order = 100
    """Where the model stands in the menu; low comes first."""

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), *(self.fixed_fields if obj else ())]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def get_fieldsets(self, request, obj=None):
        fieldsets = [*self.own_fieldsets(request, obj)]
        may_write = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        if may_write:
            fields = [REASON, VERSION] if obj else [REASON]
            fieldsets.append((_("Til historikken"), {"fields": fields, "classes": ["for-history"]}))
        return fieldsets

    def own_fieldsets(self, request, obj=None):
        """The fields of the row itself; the reason for the edit comes after them."""
        return super().get_fieldsets(request, obj)

    def get_object(self, request, object_id, from_field=None):
        found = super().get_object(request, object_id, from_field)
        if found is None or request.method != "POST":
            return found
        # Two people who save the same row take turns, so that the second one meets what the first one saved.
        return self.model._default_manager.select_for_update().get(pk=found.pk)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        with register_edit(at=timezone.now(), by=request.user, reason=request.POST.get(REASON, "").strip()):
            return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["last_edit"] = version_of(obj) if obj else None
        if context["errors"]:
            formsets = [rows.formset for rows in context["inline_admin_formsets"]]
            context["faults"] = list(faults_of(context["adminform"].form, formsets))
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request, obj, form, change):
        if form.has_changed() or not change:
            super().save_model(request, obj, form, change)

    def log_change(self, request, obj, message):
        if message:
            return super().log_change(request, obj, message)
        request.nothing_changed = True
        return None

    def message_user(self, request, message, level=messages.INFO, *args, **kwargs):
        if level == messages.SUCCESS and getattr(request, "nothing_changed", False):
            level, message = messages.INFO, _("Ingenting var endret, så ingenting er lagret.")
        super().message_user(request, message, level, *args, **kwargs)

    def delete_view(self, request, object_id, extra_context=None) -> HttpResponse:
        if request.method != "POST":
            return super().delete_view(request, object_id, extra_context)
        if not self.has_delete_permission(request):
            raise PermissionDenied
        reason = request.POST.get(REASON, "").strip()
        if not 0 < len(reason) <= 300:
            self.message_user(request, _("Skriv hvorfor du sletter, med høyst 300 tegn."), messages.ERROR)
            return HttpResponseRedirect(request.path)
        with register_edit(at=timezone.now(), by=request.user, reason=reason):
            return super().delete_view(request, object_id, extra_context)

    def get_deleted_objects(self, objs, request):
        to_delete, count, lacking, protected = super().get_deleted_objects(objs, request)
        if protected:
            protected = [in_use_sentence(row, rows_in_the_way(row)) for row in objs]
        return to_delete, count, lacking, protected

    @method_decorator(require_safe)
    def history_view(self, request, object_id, extra_context=None) -> HttpResponse:
        """Every edit of the row and of its parts. Nothing is restored from here: a change back is a change."""
        found = self.get_object(request, object_id)
        if found is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, found):
            raise PermissionDenied
        paginator = Paginator(shown_edits(found), 50)
        page = paginator.get_page(request.GET.get("side"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Historikk: %s") % found,
            "page": page,
            "object": found,
            "opts": self.opts,
            "module_name": capfirst(self.opts.verbose_name_plural),
            "preserved_filters": self.get_preserved_filters(request),
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, self.object_history_template, context)


class RowsInline(StatedOrBlank, admin.StackedInline):
    """Rows that are part of another row. Whoever may change the whole may add, change and remove them."""

    formset = RowsFormSet
    extra = 0
    ordering = ["position", "pk"]
    template = "admin/processing/rows.html"
    about = ""
    """The name that proposals and remarks use for these rows."""

    add_text = gettext_lazy("Legg til en rad")
    own_rows: tuple[str, ...] = ()
    """Foreign keys that may only name rows of the same parent."""

    once: tuple[str, ...] = ()

    def get_formset(self, request, obj=None, **kwargs):
        self.parent_row = obj
        formset = super().get_formset(request, obj, **kwargs)
        formset.add_text = self.add_text
        formset.once = self.once
        return formset

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.own_rows:
            own = {"activity": self.parent_row} if self.parent_row else {"pk": None}
            kwargs["queryset"] = db_field.related_model._default_manager.filter(**own).order_by("position", "pk")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class TableInline(RowsInline):
    """Short rows, as a table on a desk and as blocks on a phone."""

    template = "admin/processing/table.html"
    needs_width = False
    """True for a table that leaves no room beside it: its notes stand below."""
