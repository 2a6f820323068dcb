"""Fields for what people type: cleaned before it is counted, and masked before it is shown again or stored."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from rights.law import limits
from rights.law.masking import MASK, mask_identity_numbers
from rights.law.texts import clean_line, clean_text

TOO_LONG = _("Teksten er for lang. Du har brukt %(show_value)d tegn, og det er plass til %(limit_value)d.")
BAD_EMAIL = _("E-postadresse må ha formen navn@eksempel.no.")
EMAIL_LOOKS_LIKE_IDENTITY_NUMBER = _(
    "Adressen har et tall som ser ut som et fødselsnummer. Skriv en annen, eller velg en annen måte å få svar på."
)
BAD_YEAR = _("År skrives med fire siffer, for eksempel 2024.")

_YEAR = re.compile(r"[0-9]{4}")


def masked(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a form was sent, without identity numbers: then not even the answer of an error page shows one."""
    if not isinstance(data, QueryDict):
        return data
    safe = data.copy()
    for name, values in safe.lists():
        if name != "csrfmiddlewaretoken":
            safe.setlist(name, [mask_identity_numbers(value) for value in values])
    return safe


class LineField(forms.CharField):
    """One line of text, cleaned before it is counted. The browser is not told the limit: it would cut in silence."""

    default_error_messages = {"max_length": TOO_LONG}

    def to_python(self, value: Any) -> str:
        return clean_line(super().to_python(value) or "")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {}


class TextField(LineField):
    """Text with lines, cleaned before it is counted."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return clean_text(forms.CharField.to_python(self, value) or "")


class EmailLineField(LineField):
    """An address, checked only for its shape: whether it works shows when mail is sent."""

    widget = forms.EmailInput
    default_error_messages = {"max_length": BAD_EMAIL}
    default_validators = [EmailValidator(message=BAD_EMAIL)]

    def run_validators(self, value: Any) -> None:
        if MASK in value:
            raise ValidationError(EMAIL_LOOKS_LIKE_IDENTITY_NUMBER)
        super().run_validators(value)


class YearField(LineField):
    """A year, or None."""

    def __init__(self, **options: Any) -> None:
        attrs = {"inputmode": "numeric", "class": "input--year"}
        super().__init__(required=False, max_length=20, widget=forms.TextInput(attrs=attrs), **options)

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        if not _YEAR.fullmatch(text) or int(text) < limits.FIRST_YEAR:
            raise ValidationError(BAD_YEAR)
        return int(text)


def with_hints(field: forms.ChoiceField, hints: Mapping[Any, Any]) -> forms.ChoiceField:
    """Give the choices of `field` their lines of help; the template asks for them by this name."""
    field.choice_hints = {str(value): hint for value, hint in hints.items()}  # type: ignore[attr-defined]
    return field


def required(message: Any) -> dict[str, Any]:
    """Return the messages of a choice: one sentence, whatever is wrong with what came."""
    return {"required": message, "invalid_choice": message, "invalid_list": message}
