"""Forms of the register: a reason for every change, and no overwriting of an edit the person has not seen."""

import json
from collections.abc import Iterator

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import PROTECT, Model
from django.forms.models import ModelChoiceIterator
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.text import Truncator, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from processing.register import Version, version_of

REASON = "change_reason"
VERSION = "version"


class PlainTextarea(AdminTextareaWidget):
    """Browsers send line breaks as CRLF. Stored as LF, a text that nobody touched stays unchanged."""

    def value_from_datadict(self, data, files, name):
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value


class GovernedForm(forms.ModelForm):
    """The fields of one row, why they change, and which version of the row the person saw.

    The reason is required for a change and optional for a new row. Neither of the two counts as a change itself.
    """

    row_words = gettext_lazy("dette")
    """How the sentence about a conflict speaks of the row."""

    change_reason = forms.CharField(
        label=gettext_lazy("Hvorfor endrer du?"),
        max_length=300,
        widget=AdminTextInputWidget,
        help_text=gettext_lazy("Én setning. Den står i historikken sammen med navnet ditt. Art. 5 nr. 2."),
    )
    version = forms.IntegerField(label=gettext_lazy("Versjon"), required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        if self.instance._state.adding:
            self.fields[REASON].label = _("Hvorfor legger du til dette?")
            self.fields[REASON].required = False
        elif not self.is_bound:
            self.initial[VERSION] = version_of(self.instance).number

    @cached_property
    def changed_data(self):
        return [name for name in super().changed_data if name not in (REASON, VERSION)]

    def clean(self):
        cleaned = super().clean()
        if not self.instance._state.adding:
            current = version_of(self.instance)
            if self.cleaned_data.get(VERSION) != current.number:
                raise ValidationError(self._conflict(current), code="conflict")
        return cleaned

    def _conflict(self, current: Version) -> str:
        person = get_user_model().objects.filter(pk=current.by).first()
        at = timezone.localtime(current.at)
        today = at.date() == timezone.localdate()
        return _(
            "%(person)s lagret %(row)s %(when)s, etter at du åpnet siden. Endringene dine er ikke lagret. "
            "Det du skrev, står her ennå. Åpne siden på nytt i en ny fane, og før det inn der."
        ) % {
            "person": person or _("Noen"),
            "row": self.row_words,
            "when": date_format(at, "\\k\\l. H.i" if today else "j. F \\k\\l. H.i"),
        }


class _SharedIterator(ModelChoiceIterator):
    def __iter__(self) -> Iterator[tuple[object, str]]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        for row in self.field.rows:
            yield self.choice(row)

    def __len__(self) -> int:
        return len(self.field.rows) + (self.field.empty_label is not None)

    def __bool__(self) -> bool:
        return True


class RowChoiceField(forms.ModelChoiceField):
    """A choice among rows that are read once and shared by every form of a formset."""

    iterator = _SharedIterator

    def __init__(self, *args, **kwargs):
        # A list that the copies of this field hold in common, empty until one of them reads the rows.
        self._read: list[list[Model]] = []
        super().__init__(*args, **kwargs)

    @property
    def rows(self) -> list[Model]:
        if not self._read:
            self._read.append(list(self.queryset))
        return self._read[0]

    def to_python(self, value):
        if value in self.empty_values:
            return None
        key = str(value.pk if isinstance(value, Model) else value)
        for row in self.rows:
            if str(row.pk) == key:
                return row
        raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value})

    def label_from_instance(self, row) -> str:
        return Truncator(str(row)).chars(90)


class RowsFormSet(forms.BaseInlineFormSet):
    """The rows that are part of another row, in the order they are printed. New rows come last."""

    add_text = ""
    """What the button that adds a row says."""

    once: tuple[str, ...] = ()
    """Fields that no two rows may agree on, where the constraint is one that a form cannot check by itself."""

    once_text = gettext_lazy("Denne raden står der allerede.")

    @property
    def script_data(self) -> str:
        """What the stock script needs to add and remove rows, as JSON."""
        options = {"prefix": self.prefix, "addText": str(self.add_text), "deleteText": _("Fjern")}
        return json.dumps({"name": f"#{self.prefix}", "options": options})

    def get_form_kwargs(self, index):
        return {"label_suffix": ""} | super().get_form_kwargs(index)

    def save_new(self, form, commit=True):
        form.instance.position = self._next_position
        self._next_position += 1
        return super().save_new(form, commit)

    @cached_property
    def _next_position(self) -> int:
        return max((row.position for row in self.get_queryset()), default=-1) + 1

    def clean(self):
        # Before the stock checks, since these say it in words that a clerk can act on.
        self._refuse_deleting_what_is_in_use()
        self._refuse_repeats()
        super().clean()

    def _refuse_repeats(self):
        if not self.once:
            return
        seen = set()
        for form in self.forms:
            if form in self.deleted_forms or not getattr(form, "cleaned_data", None):
                continue
            values = tuple(form.cleaned_data.get(name) for name in self.once)
            if values in seen:
                raise ValidationError(self.once_text)
            seen.add(values)

    def _refuse_deleting_what_is_in_use(self):
        for form in self.deleted_forms:
            if users := rows_in_the_way(form.instance):
                raise ValidationError(in_use_sentence(form.instance, users))


def rows_in_the_way(row: Model) -> list[Model]:
    """Return the rows that keep `row` from being deleted."""
    if row.pk is None:
        return []
    return [
        user
        for relation in row._meta.related_objects
        if relation.on_delete is PROTECT
        for user in relation.related_model._default_manager.filter(**{relation.field.name: row})
    ]


def in_use_sentence(row: Model, users: list[Model]) -> str:
    """Say in one sentence why `row` stays, naming each place once."""
    places = list(dict.fromkeys(_place(user, row) for user in users))
    shown, rest = places[:5], len(places) - 5
    if rest > 0:
        shown.append(ngettext("%d sted til", "%d steder til", rest) % rest)
    return _("«%(row)s» er i bruk og kan ikke slettes. Fjern den først her: %(places)s.") % {
        "row": Truncator(str(row)).chars(60),
        "places": get_text_list(shown, _("og")),
    }


def _place(user: Model, row: Model) -> str:
    """Where a clerk finds the row `user`: the activity it belongs to, or what it is when that is nearer at hand."""
    kind = user._meta.verbose_name
    if not hasattr(user, "activity_id"):
        return f"{kind} «{user}»"
    if user.activity_id == getattr(row, "activity_id", None):
        return str(kind)
    return str(user.activity) if user.activity else _("virksomheten generelt")
