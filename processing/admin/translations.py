"""The public texts in other languages: which text is chosen from those the public reads, and never typed again."""

import hashlib

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from processing.admin.annotations import OfCompanyAdmin
from processing.admin.base import RowsInline
from processing.admin.forms import GovernedForm
from processing.law.translations import PublicText, shared_texts, texts_of_activity, words_of
from processing.models import Translation
from processing.register import register_as_of


class PublicTextField(forms.ChoiceField):
    """A choice among texts. A browser changes the line breaks of what it sends, so each goes by a key of its own."""

    def __init__(self, *, texts: tuple[tuple[PublicText, str], ...], **kwargs):
        self.texts = {key_of(text): text for _kind, text in texts}
        choices = [(key_of(text), f"{kind.label}: {Truncator(text).chars(90)}") for kind, text in texts]
        super().__init__(choices=[("", _("Velg teksten")), *choices], **kwargs)

    def keep(self, text: str) -> None:
        """Let a text that the public no longer reads be chosen still: the row is about it until somebody decides."""
        if key_of(text) not in self.texts:
            # Its own: the fields of a formset's forms are shallow copies of one.
            self.texts = {**self.texts, key_of(text): text}
            self.choices = [*self.choices, (key_of(text), _("Endret siden: {text}").format(text=text[:90]))]

    def prepare_value(self, value):
        return value if value in self.texts else key_of(value) if value else value

    def clean(self, value):
        return self.texts.get(super().clean(value), "")

    def has_changed(self, initial, data) -> bool:
        return key_of(initial or "") != (data or key_of(""))


def key_of(text: str) -> str:
    return hashlib.sha256(words_of(text).encode()).hexdigest()[:16]


class KeepsItsText:
    """The form of a translation, with the text it is of among the choices."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.original and "original" in self.fields:
            self.fields["original"].keep(self.instance.original)


class TranslationForm(KeepsItsText, forms.ModelForm):
    pass


class CompanyTranslationForm(KeepsItsText, GovernedForm):
    def clean(self):
        cleaned = super().clean()
        same = Translation.objects.filter(
            activity=None, language=cleaned.get("language"), original=cleaned.get("original")
        )
        if same.exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Denne teksten er alt oversatt til det språket."))
        return cleaned


class TranslationInline(RowsInline):
    model = Translation
    about = "translations"
    form = TranslationForm
    fields = [("original", "language"), "text"]
    once = ("language", "original")
    add_text = gettext_lazy("Legg til en oversettelse")

    def get_formset(self, request, obj=None, **kwargs):
        number = getattr(obj, "number", "")
        register = register_as_of(timezone.now())
        self.texts = next((texts_of_activity(one) for one in register.activities if one.number == number), ())
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "original":
            return _field(db_field, self.texts)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(Translation)
class TranslationAdmin(OfCompanyAdmin):
    """Translations of what activities share: groups of people, kinds of data, recipients, measures."""

    form = CompanyTranslationForm
    menu_order = 64
    list_display = ["original", "language", "text"]
    list_filter = ["language"]
    search_fields = ["original", "text"]
    fields = ["original", "language", "text"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "original":
            return _field(db_field, shared_texts(register_as_of(timezone.now())))
        return super().formfield_for_dbfield(db_field, request, **kwargs)


def _field(db_field, texts: tuple[tuple[PublicText, str], ...]) -> PublicTextField:
    help_text = _("Endres teksten på bokmål, viser erklæringen bokmål til den er oversatt på nytt.")
    return PublicTextField(texts=texts, label=db_field.verbose_name, help_text=help_text)
