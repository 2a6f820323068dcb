"""One form for each step of a breach. A form says what a step needs to know; the service decides whether it may be."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

from mktnorge.models import User
from rights.law import limits
from rights.law.breaches import BreachFacts, BreachKind, BreachStep, NotToldGround, Risk, in_oslo
from rights.services import breaches


def _words(label: Any, help_text: Any = "", *, required: bool = True, rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=limits.REASON,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(label=label, widget=AdminDateWidget, help_text=help_text)


def _clock() -> forms.TimeField:
    return forms.TimeField(
        label=_("Klokken"),
        input_formats=["%H:%M", "%H.%M"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )


def _people() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Omtrent hvor mange personer"), required=False, min_value=0, max_value=10_000_000,
        help_text=_("La stå tomt hvis dere ikke vet det ennå."),
    )  # fmt: skip


class OpenForm(forms.Form):
    """What is known in the first minutes. The rest is added as it becomes known."""

    aware_on = _day(_("Dagen dere ble klar over det"), _("De 72 timene regnes fra da dere var rimelig sikre."))
    aware_time = _clock()
    kinds = forms.TypedMultipleChoiceField(
        label=_("Hva har skjedd"),
        choices=[(kind.value, lazystr(kind.label)) for kind in BreachKind],
        coerce=BreachKind,
        widget=forms.CheckboxSelectMultiple,
    )
    text = _words(
        _("Fortell kort"),
        _("Hva, når, hvilke opplysninger og hvem de gjelder. Ikke skriv navn. Loggen blir ikke slettet med saken."),
    )
    people = _people()

    def told(self) -> dict[str, Any]:
        """Return what `open_breach` wants to know, from a valid form."""
        said = dict(self.cleaned_data)
        return {"aware_at": _moment(said.pop("aware_on"), said.pop("aware_time")), **said}


class StepForm(forms.Form):
    """What every step sends: the version of the breach that was on the screen."""

    step: BreachStep
    intro: Any = ""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, facts: BreachFacts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facts = facts

    def take(self, *, breach: int, by: User, at: datetime) -> None:
        """Take the step with what was written. Raises BreachRefused."""
        self.run(breach=breach, by=by, at=at, **self.said())

    def said(self) -> dict[str, Any]:
        return dict(self.cleaned_data)

    run: Callable[..., object]


class TakeForm(StepForm):
    step = BreachStep.TAKE
    intro = _("Du blir ansvarlig for at det blir meldt i tide.")
    run = staticmethod(breaches.take_breach)


class AssessForm(StepForm):
    step = BreachStep.ASSESS
    intro = _("Tenk på dem det gjelder, ikke på virksomheten. Hva kan skje med dem, og hvor sannsynlig er det?")
    risk = forms.TypedChoiceField(
        label=_("Risiko"),
        choices=[(risk.value, lazystr(f"{risk.label}. {risk.plain}")) for risk in Risk],
        coerce=Risk,
        widget=forms.RadioSelect,
    )
    text = _words(
        _("Hvorfor"),
        _("Har noen urette fått en journal, eller fått vite at noen går i terapi, er risikoen til vanlig høy."),
    )
    run = staticmethod(breaches.assess_risk)


class NotifyForm(StepForm):
    step = BreachStep.NOTIFY
    intro = _("Meld i skjemaet til Datatilsynet. Vet dere ikke alt, meld det dere vet, og send resten etterpå.")
    notified_on = _day(_("Meldt"))
    notified_time = _clock()
    text = _words(
        _("Hvis det er mer enn 72 timer siden"), _("Skriv hvorfor det tok lenger tid."), required=False, rows=2
    )
    run = staticmethod(breaches.record_notice)

    def said(self) -> dict[str, Any]:
        said = super().said()
        return {"notified_at": _moment(said.pop("notified_on"), said.pop("notified_time")), **said}


class LeaveNoticeForm(StepForm):
    step = BreachStep.LEAVE_NOTICE
    intro = _("Bare når det er lite sannsynlig at noen blir skadet av det. Grunnen blir stående i loggen.")
    text = _words(_("Hvorfor det ikke skal meldes"))
    run = staticmethod(breaches.leave_notice)


class TellForm(StepForm):
    step = BreachStep.TELL
    intro = _("Si det enkelt: hva som har skjedd, hva det kan bety, hva vi gjør, og hvem de kan spørre.")
    told_on = _day(_("De fikk vite det"))
    text = _words(_("Hvordan, og hva de fikk vite"), rows=3)
    run = staticmethod(breaches.record_telling)


class LeaveTellingForm(StepForm):
    step = BreachStep.LEAVE_TELLING
    ground = forms.TypedChoiceField(
        label=_("Unntak i loven"),
        choices=[("", _("Ingen. Risikoen er ikke høy.")), *((one.value, lazystr(one.label)) for one in NotToldGround)],
        coerce=NotToldGround,
        required=False,
        empty_value=None,
        widget=forms.RadioSelect,
        help_text=_("Er risikoen høy, må ett av de tre gjelde (art. 34 nr. 3)."),
    )
    text = _words(_("Hvorfor"), rows=3)
    run = staticmethod(breaches.leave_telling)


class ActForm(StepForm):
    step = BreachStep.ACT
    text = _words(_("Hva dere har gjort"), _("Både mot skaden nå, og for at det ikke skal skje igjen."))
    run = staticmethod(breaches.record_measures)


class AddForm(StepForm):
    step = BreachStep.ADD
    intro = _("Det som ble kjent senere. Er avviket meldt, send det også til Datatilsynet.")
    text = _words(_("Hva dere har funnet ut"))
    people = _people()
    run = staticmethod(breaches.add_to_breach)


class CloseForm(StepForm):
    step = BreachStep.CLOSE
    intro = _("Loggen blir stående. Datatilsynet kan be om å se den.")
    text = _words(_("Hva dere har lært"), required=False, rows=2)
    run = staticmethod(breaches.close_breach)


class ReopenForm(StepForm):
    step = BreachStep.REOPEN
    text = _words(_("Hvorfor"), rows=2)
    run = staticmethod(breaches.reopen_breach)


STEP_FORMS: Mapping[BreachStep, type[StepForm]] = {
    form.step: form
    for form in (
        TakeForm,
        AssessForm,
        NotifyForm,
        LeaveNoticeForm,
        TellForm,
        LeaveTellingForm,
        ActForm,
        AddForm,
        CloseForm,
        ReopenForm,
    )
}


def step_form(
    step: BreachStep, *, version: int, facts: BreachFacts, now: datetime, data: Mapping[str, Any] | None = None
) -> StepForm:
    """Return the form of a step. A day is today until somebody writes another; an hour is never guessed."""
    form_class = STEP_FORMS[step]
    days = {name: now.date() for name in ("notified_on", "told_on") if name in form_class.base_fields}
    # Several forms stand on one page, and each needs names of its own for its labels.
    return form_class(data, facts=facts, initial={"version": version, **days}, auto_id=f"id_{step.value}_%s")


def _moment(day: date, clock: time) -> datetime:
    return in_oslo(day, clock.hour, clock.minute)
