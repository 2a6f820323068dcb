"""The forms of somebody who follows a case."""

from django import forms
from django.utils.translation import gettext_lazy as _

from rights.forms.fields import LineField


class CodeForm(forms.Form):
    kode = LineField(
        label=_("Følgekode"),
        help_text=_("Store og små bokstaver er like. Du trenger ikke streker."),
        max_length=200,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "input--code"}
        ),
        error_messages={
            "required": _("Skriv følgekoden du fikk på kvitteringen."),
            "max_length": _("Koden stemmer ikke. Sjekk at alle 26 tegnene er med."),
        },
    )
