"""The forms of somebody who follows a case."""

from typing import Any

from django import forms
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

from processing.law.rights import Right
from rights.forms.fields import EmailLineField, LineField, TextField, masked, required, with_hints
from rights.forms.journey import RIGHT_HINTS
from rights.law import limits
from rights.law.codes import normalise_case_number

BAD_CASE_NUMBER = _("Saksnummeret er P og fire til sju tall, for eksempel P-4827.")


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


class LostCodeForm(forms.Form):
    """What a one-time code is sent by. The answer is the same whether or not we know the two."""

    saksnummer = LineField(
        label=_("Saksnummer"),
        help_text=_("Det står på kvitteringen og i e-posten fra oss. For eksempel P-4827."),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "input--number",
            }
        ),
        error_messages={"required": BAD_CASE_NUMBER, "max_length": BAD_CASE_NUMBER},
    )
    epost = EmailLineField(
        label=_("E-postadressen du ga oss"),
        max_length=limits.EMAIL,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false", "class": "input--medium"}),
        error_messages={"required": _("Skriv e-postadressen du ga oss i kravet.")},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(masked(data) if data is not None else None)

    def clean_saksnummer(self) -> str:
        number = normalise_case_number(self.cleaned_data["saksnummer"])
        if not number:
            raise forms.ValidationError(BAD_CASE_NUMBER)
        return number


class OneTimeCodeForm(forms.Form):
    kode = LineField(
        label=_("Engangskode"),
        help_text=_("Åtte tegn. Store og små bokstaver er like."),
        max_length=200,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "input--code",
            }
        ),
        error_messages={
            "required": _("Skriv engangskoden fra e-posten."),
            "max_length": _("Koden stemmer ikke, eller den virker ikke lenger."),
        },
    )


class AddForm(forms.Form):
    """One thing more. Every right is offered: the page must not show what was asked for before."""

    rett = with_hints(
        forms.TypedChoiceField(
            label=_("Hva vil du legge til?"),
            choices=[(right.value, lazystr(right.plain)) for right in Right],
            coerce=Right,
            widget=forms.RadioSelect,
            error_messages=required(_("Velg hva du vil legge til.")),
        ),
        RIGHT_HINTS,
    )
    tekst = TextField(
        label=_("Vil du si mer om det?"),
        help_text=_("Ikke skriv fødselsnummer."),
        required=False,
        max_length=limits.POINT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(masked(data) if data is not None else None)


class ReplyForm(forms.Form):
    """The one reply to the one question."""

    svar = TextField(
        label=_("Svaret ditt"),
        help_text=_("Du kan svare én gang. Ikke skriv fødselsnummer."),
        max_length=limits.REPLY,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Skriv svaret ditt.")},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(masked(data) if data is not None else None)
