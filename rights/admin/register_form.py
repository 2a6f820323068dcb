"""The form of «Ny sak»: what a clerk can know after a telephone call, with the voluntary parts last."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.utils.functional import lazystr
from django.utils.translation import gettext as now_said
from django.utils.translation import gettext_lazy as _

from processing.law.rights import Right
from rights.forms.fields import EmailLineField, LineField, TextField, masked
from rights.law import limits
from rights.law.answers import POINTED, Point
from rights.law.deadlines import OSLO
from rights.law.languages import LetterLanguage
from rights.law.terms import Channel, ChildAge, ContactWay, CopyFirst, CopyScope, OnBehalf, Relation
from rights.services.intake import Particulars
from rights.summary import POINTS_ABOUT


def _choices(terms: Any, *, empty: Any = None) -> list[tuple[str, Any]]:
    chosen = [(term.value, lazystr(term.label)) for term in terms]
    return chosen if empty is None else [("", empty), *chosen]


class RegisterForm(forms.Form):
    """Everything but the moment, the channel, the name and how to answer may be left for later."""

    ticket = forms.CharField(widget=forms.HiddenInput, max_length=400)
    received_on = forms.DateField(
        label=_("Dagen kravet kom"),
        widget=AdminDateWidget,
        help_text=_("Fristen regnes fra dagen kravet kom, ikke fra i dag."),
    )
    received_time = forms.TimeField(
        label=_("Klokken"),
        required=False,
        input_formats=["%H:%M", "%H.%M"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Valgfritt. Uten klokkeslett regner vi fra dagens begynnelse."),
    )
    channel = forms.TypedChoiceField(
        label=_("Det kom som"),
        choices=_choices(channel for channel in Channel if channel is not Channel.WEB),
        coerce=Channel,
        widget=forms.RadioSelect,
    )
    rights = forms.TypedMultipleChoiceField(
        label=_("Personen ber om"),
        choices=_choices(Right),
        coerce=Right,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    unsure = forms.BooleanField(
        label=_("Usikker på hva"), required=False, help_text=_("Fristen går likevel. Retten kan legges til senere.")
    )
    relation = forms.TypedChoiceField(
        label=_("Kontakt med oss"),
        choices=_choices(Relation),
        coerce=Relation,
        widget=forms.RadioSelect,
        help_text=_("Personens eget ord. Det beviser ingenting."),
    )
    name = LineField(
        label=_("Navn"), max_length=limits.NAME, widget=forms.TextInput(attrs={"autocomplete": "off", "size": 40})
    )
    contact_way = forms.TypedChoiceField(
        label=_("Vil ha svar ved"), choices=_choices(ContactWay), coerce=ContactWay, widget=forms.RadioSelect
    )
    email = EmailLineField(
        label=_("E-post"),
        required=False,
        max_length=limits.EMAIL,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "size": 40}),
        help_text=_("Bare når svaret skal dit."),
    )
    address = TextField(
        label=_("Adresse"),
        required=False,
        max_length=limits.ADDRESS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Bare når svaret skal i brev."),
    )
    no_voicemail = forms.BooleanField(label=_("Ikke legg igjen beskjed på telefon"), required=False)
    neutral_envelope = forms.BooleanField(label=_("Bruk konvolutt uten navnet vårt"), required=False)
    message = TextField(
        label=_("Det personen sa eller skrev"),
        required=False,
        max_length=limits.MESSAGE,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Skriv ikke mer enn kravet gjelder, og ikke fødselsnummer. Teksten blir kryptert."),
    )
    on_behalf = forms.TypedChoiceField(
        label=_("På vegne av"),
        choices=_choices(OnBehalf, empty=_("Ikke oppgitt")),
        coerce=OnBehalf,
        empty_value=None,
        required=False,
    )
    child_age = forms.TypedChoiceField(
        label=_("Barnets alder"),
        choices=_choices(ChildAge, empty=_("Ikke oppgitt")),
        coerce=ChildAge,
        empty_value=None,
        required=False,
    )
    copy_first = forms.TypedChoiceField(
        label=_("Kopi før sletting"),
        choices=_choices(CopyFirst, empty=_("Ikke oppgitt")),
        coerce=CopyFirst,
        empty_value=None,
        required=False,
    )

    language = forms.TypedChoiceField(
        label=_("Språk i brevene"),
        choices=_choices(LetterLanguage),
        coerce=LetterLanguage,
        empty_value=LetterLanguage.BOKMAL,
        initial=LetterLanguage.BOKMAL.value,
        required=False,
    )
    scope = forms.TypedMultipleChoiceField(
        label=_("Innsynet gjelder"),
        choices=_choices(CopyScope),
        coerce=CopyScope,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tomt betyr alt. Vil personen bare vite hvem som har fått noe, trengs ikke like sikker identitet."),
    )

    WHEN = ("received_on", "received_time", "channel")
    WHAT = ("rights", "unsure", "message")
    WHO = ("relation", "name", "contact_way", "email", "address", "no_voicemail", "neutral_envelope")

    def __init__(self, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(masked(data) if data is not None else None, **options)
        for right in POINTED:
            self.fields[_points_of(right)] = TextField(
                label=_(POINTS_ABOUT[right]),
                required=False,
                max_length=limits.POINT * limits.POINTS,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text=_("Ett punkt på hver linje. Hvert punkt får sitt eget svar."),
            )

        for field in self.fields.values():
            field.error_messages["required"] = now_said("{label} må fylles ut.").format(label=field.label)

    @property
    def sections(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        yield now_said("Når og hvordan kom det?"), [self[name] for name in self.WHEN]
        yield now_said("Hva gjelder det?"), [self[name] for name in self.WHAT]
        yield now_said("Hvem er det?"), [self[name] for name in self.WHO]

    @property
    def more(self) -> list[forms.BoundField]:
        first = {*self.WHEN, *self.WHAT, *self.WHO, "ticket"}
        return [self[name] for name in self.fields if name not in first]

    def told(self) -> dict[str, Any]:
        """Return what `register_request` wants to know, from a valid form."""
        said = self.cleaned_data
        at = datetime.combine(said["received_on"], said["received_time"] or time.min, tzinfo=OSLO)
        points = [
            Point(right, line.strip())
            for right in POINTED
            if right in said["rights"]
            for line in said[_points_of(right)].splitlines()
            if line.strip()
        ]
        particulars = Particulars(
            on_behalf=said["on_behalf"],
            child_age=said["child_age"] if said["on_behalf"] is OnBehalf.CHILD else None,
            copy_first=said["copy_first"] if Right.ERASURE in said["rights"] else None,
            scope=said["scope"] if Right.ACCESS in said["rights"] else (),
            points=points,
            language=said["language"],
            message=said["message"],
        )
        asked = ("channel", "rights", "unsure", "relation", "name", "contact_way", "email", "address")
        return {
            "received_at": at,
            "particulars": particulars,
            **{name: said[name] for name in (*asked, "no_voicemail", "neutral_envelope")},
        }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        unasked = [right for right in POINTED if said.get(_points_of(right)) and right not in said.get("rights", [])]
        for right in unasked:
            self.add_error(_points_of(right), now_said("Kryss også av for retten punktene gjelder."))
        return said


def _points_of(right: Right) -> str:
    return f"points_{right.value}"
