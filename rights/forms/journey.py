"""The form of a request."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from processing.law.rights import Right
from processing.models import Activity
from rights.forms.fields import EmailLineField, LineField, TextField
from rights.law import limits
from rights.law.masking import mask_identity_numbers
from rights.law.terms import ContactWay, Relation

UNSURE = "usikker"
ACTIVITY_NUMBER = re.compile(r"A[0-9]{2,3}")

NO_VOICEMAIL = "ingen_beskjed"
NEUTRAL_ENVELOPE = "noytral_konvolutt"

# The legal word under the plain one, or what a person needs to know before choosing.
RIGHT_HINTS = {
    Right.ACCESS: _("Kalles innsyn"),
    Right.ACCESS_LOG: _("Gjelder journalen, og kalles innsyn i logg"),
    Right.RECTIFICATION: _("Kalles retting"),
    Right.ERASURE: _("Kalles sletting"),
    Right.RESTRICTION: _("Kalles begrensning"),
    Right.OBJECTION: _("Kalles protest"),
    Right.OBJECTION_MARKETING: _("Da stopper vi, uten å spørre hvorfor"),
    Right.PORTABILITY: _("Kalles dataportabilitet"),
    Right.WITHDRAW_CONSENT: _("Det skal være like lett som å gi det"),
    UNSURE: _("Skriv med egne ord, så finner vi ut av det sammen"),
}
CONTACT_HINTS = {
    ContactWay.EMAIL: _("E-posten sier bare at det er noe nytt, aldri hva. Avsenderen viser hvem vi er."),
}


def _choices(field: forms.ChoiceField, hints: dict[Any, Any]) -> forms.ChoiceField:
    """Give the choices of `field` their lines of help; the template asks for them by this name."""
    field.choice_hints = {str(value): hint for value, hint in hints.items()}
    return field


def _required(message: Any) -> dict[str, Any]:
    return {"required": message, "invalid_choice": message, "invalid_list": message}


class RequestForm(forms.Form):
    """The request on one page. Field names are those people may see, in Norwegian; order is reading order."""

    rett = _choices(
        forms.MultipleChoiceField(
            label=_("Hva vil du?"),
            help_text=_("Velg én eller flere. Velger du både kopi og sletting, får du kopien først."),
            choices=[*((right.value, right.plain) for right in Right), (UNSURE, _("Jeg er ikke sikker"))],
            widget=forms.CheckboxSelectMultiple,
            error_messages=_required(_("Velg hva du vil. Er du usikker, velg «Jeg er ikke sikker».")),
        ),
        RIGHT_HINTS,
    )
    rolle = forms.ChoiceField(
        label=_("Hva slags kontakt har du hatt med oss?"),
        choices=[(relation.value, relation.plain) for relation in Relation],
        widget=forms.RadioSelect,
        error_messages=_required(_("Velg hva slags kontakt du har hatt med oss. Du kan velge «Noe annet».")),
    )
    melding = TextField(
        label=_("Vil du fortelle mer?"),
        help_text=_("Eksempel: «Notatet fra mai om jobben min». Skriv ikke om helsen din her hvis du ikke må."),
        max_length=limits.MESSAGE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    navn = LineField(
        label=_("Hva heter du?"),
        help_text=_("Skriv navnet vi kjenner deg under. Har du byttet navn, kan du skrive begge."),
        max_length=limits.NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Navn må fylles ut. Skriv navnet vi kjenner deg under.")},
    )
    kanal = _choices(
        forms.ChoiceField(
            label=_("Hvordan skal vi svare deg?"),
            choices=[(way.value, way.plain) for way in ContactWay],
            widget=forms.RadioSelect,
            error_messages=_required(_("Velg hvordan vi skal svare deg.")),
        ),
        CONTACT_HINTS,
    )
    epost = EmailLineField(
        label=_("E-postadresse"),
        max_length=limits.EMAIL,
        required=False,
        widget=forms.EmailInput(
            attrs={"autocomplete": "email", "spellcheck": "false", "class": "input--medium"},
        ),
    )
    adresse = TextField(
        label=_("Adresse"),
        max_length=limits.ADDRESS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address", "class": "input--address"}),
    )
    forsiktig = forms.MultipleChoiceField(
        label=_("Er det noe vi må passe på?"),
        choices=[
            (NO_VOICEMAIL, _("Ikke legg igjen beskjed på telefon")),
            (NEUTRAL_ENVELOPE, _("Bruk konvolutt uten navnet deres")),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages=_required(_("Velg blant dem som står her, eller la det stå tomt.")),
    )
    nokkel = LineField(required=False, widget=forms.HiddenInput)
    aktivitet = LineField(required=False, widget=forms.HiddenInput)

    def clean_aktivitet(self) -> str:
        return known_activity(self.cleaned_data["aktivitet"])

    def clean(self) -> dict[str, Any]:
        """Ask for the address the chosen way needs, and look at no other: it may be hidden, half-written or old."""
        cleaned = super().clean() or {}
        way = cleaned.get("kanal")
        if way != ContactWay.EMAIL:
            self._set_aside("epost")
        elif "epost" not in self.errors and not cleaned.get("epost"):
            self.add_error("epost", _("E-postadresse mangler. Skriv den, eller velg en annen måte å få svar på."))
        elif mask_identity_numbers(cleaned.get("epost", "")) != cleaned.get("epost", ""):
            # Masked, as every text is before it is stored, the address would reach nobody.
            self.add_error(
                "epost",
                _(
                    "Adressen har et tall som ser ut som et fødselsnummer. "
                    "Skriv en annen, eller velg en annen måte å få svar på."
                ),
            )
        if way != ContactWay.LETTER:
            self._set_aside("adresse")
        elif "adresse" not in self.errors and not cleaned.get("adresse"):
            self.add_error("adresse", _("Adresse må fylles ut når du velger brev."))
        return cleaned

    def _set_aside(self, name: str) -> None:
        self.errors.pop(name, None)
        self.cleaned_data[name] = ""


def known_activity(number: str) -> str:
    """Return `number` when the register has an activity of that number, else an empty string."""
    if not ACTIVITY_NUMBER.fullmatch(number) or not Activity.objects.filter(number=number).exists():
        return ""
    return number
