"""Every component of the look on one page, for staff who write pages: what there is, and how it behaves."""

from datetime import UTC, date, datetime

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

# The names of tokens.css, and what each is for.
COLOURS = {
    "paper": _("Papir"),
    "shade": _("Topp, bunn og rolige merknader"),
    "mist": _("Valgt linje"),
    "ink": _("Tekst og fokus"),
    "ink-soft": _("Ledetekst, hjelp og datoer"),
    "line": _("Marglinje og hårstreker"),
    "line-strong": _("Kant på felt"),
    "spruce": _("Det som kan trykkes"),
    "spruce-deep": _("Det som kan trykkes, under pekeren"),
    "cloudberry": _("Du er her. Aldri alene"),
    "rust": _("Feil og over fristen"),
    "rust-pale": _("Grunn for feil"),
    "ochre": _("Snart, og bør sjekkes"),
    "ochre-pale": _("Grunn for varsel"),
}
SAMPLE_DAY = date(2026, 12, 22)
SAMPLE_MOMENT = datetime(2026, 11, 22, 17, 4, tzinfo=UTC)


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(
        label=_("Hva heter du?"),
        help_text=_("Skriv navnet vi kjenner deg under."),
        error_messages={"required": _("Navn mangler. Skriv hva du heter.")},
    )
    more = forms.CharField(label=_("Vil du fortelle mer?"), required=False, widget=forms.Textarea)
    way = forms.ChoiceField(
        label=_("Hvordan skal vi svare?"),
        choices=[("letter", _("Brev")), ("call", _("Telefon")), ("unsure", _("Jeg er ikke sikker"))],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Svarmåte mangler. Velg hvordan vi skal svare.")},
    )
    careful = forms.MultipleChoiceField(
        label=_("Er det noe vi må passe på?"),
        choices=[("plain", _("Nøytral konvolutt")), ("silent", _("Ikke legg igjen beskjed"))],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    read = forms.BooleanField(
        label=_("Jeg har lest dette"),
        help_text=_("Ett enkelt valg."),
        error_messages={"required": _("Kryss av når du har lest det.")},
    )


def catalogue_pages(site: admin.AdminSite) -> list[URLPattern]:
    """Return the page, for anyone who may sign in to the admin."""
    return [path("komponenter/", site.admin_view(catalogue), name="catalogue")]


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """The components as a public page shows them. What is sent to it is kept nowhere."""
    filled = SampleForm({"name": "", "more": "En tekst", "way": "other"}, auto_id="feil_%s")
    context = {
        "colours": COLOURS,
        "empty": SampleForm(auto_id="tom_%s"),
        "form_with_errors": filled,
        "day": SAMPLE_DAY,
        "moment": SAMPLE_MOMENT,
        "code": "7k4q2zr8m3hx6w9tbc5ndv4pjs",
    }
    return render(request, "catalogue.html", context)
