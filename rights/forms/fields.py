"""Fields for what people type: cleaned before it is counted."""

from typing import Any

from django import forms
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from rights.law.texts import clean_line, clean_text

TOO_LONG = _("Teksten er for lang. Du har brukt %(show_value)d tegn, og det er plass til %(limit_value)d.")
BAD_EMAIL = _("E-postadresse må ha formen navn@eksempel.no.")


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
