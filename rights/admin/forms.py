"""One form for each step of the desk. A form says what a step needs to know; the service decides whether it may be."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.utils import timezone
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

from mktnorge.models import User
from processing.in_use import activities_in_use
from processing.law.regimes import LegalRegime
from processing.law.rights import Right
from rights.desk import CaseFacts, RightFacts, bodies_open_to
from rights.law import limits
from rights.law.complaints import Complainant, ComplaintResult
from rights.law.deadlines import local_date
from rights.law.extensions import ExtensionReason
from rights.law.identity import LEVEL_WORDS, IdentityMethod
from rights.law.keeping import HoldReason
from rights.law.languages import LetterLanguage
from rights.law.outcomes import ComplaintBody, Outcome, RefusalGround, grounds_for
from rights.letters.body import Delivery
from rights.models import RightsRequest
from rights.services import answering, complaints, ending, handling, holds, questions
from rights.workflow import Action, Ending


def _words(
    label: Any, help_text: Any = "", *, required: bool = True, rows: int = 4, limit: int = limits.REASON
) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=limit,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _choices(terms: Any, *, empty: Any = None) -> list[tuple[str, Any]]:
    chosen = [(term.value, lazystr(term.label)) for term in terms]
    return chosen if empty is None else [("", empty), *chosen]


def _parts(parts: Iterable[RightFacts]) -> list[tuple[str, Any]]:
    return [(f"{one.right}-{one.point}", one.label) for one in parts]


def _part(code: str) -> tuple[Right, int]:
    right, _dash, point = code.rpartition("-")
    return Right(right), int(point)


def _journal_noted() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("Kravet og svaret er skrevet inn i journalen"),
        required=False,
        help_text=_("Helsepersonelloven §§ 42 og 43 krever det når retting eller sletting i journalen blir avslått."),
    )


class StepForm(forms.Form):
    """What every step sends: the version of the case that was on the screen."""

    action: Action
    intro: Any = ""
    tells_person = False
    """True where the person may get a mail, with the address of the page that takes the code."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, facts: CaseFacts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facts = facts

    def take(self, *, case: int, by: User, at: datetime, follow_at: str) -> None:
        """Take the step with what was written. Raises StepRefused."""
        values = self.said()
        if self.tells_person:
            values["follow_at"] = follow_at
        self.run(case=case, by=by, at=at, **values)

    def said(self) -> dict[str, Any]:
        """What the service is told, from a valid form."""
        return dict(self.cleaned_data)

    run: Callable[..., object]


class TakeForm(StepForm):
    action = Action.TAKE
    intro = _("Du blir ansvarlig for at personen får et svar i tide.")
    run = staticmethod(handling.take_case)


class HandOverForm(StepForm):
    action = Action.HAND_OVER
    to = forms.ModelChoiceField(label=_("Til"), queryset=User.objects.none())
    words = _words(_("En linje til den som overtar"), _("Hva gjenstår? Skriv ikke mer om personen enn du må."), rows=2)
    run = staticmethod(handling.hand_over)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = User.objects.filter(
            is_active=True, groups__permissions__codename="change_rightsrequest"
        ).distinct()


class RegimesForm(StepForm):
    action = Action.SET_REGIMES
    intro = _("Reglene avgjør hva personen har rett til, og hvor en klage går. Ingenting kan avgjøres før dette.")
    activities = forms.MultipleChoiceField(
        label=_("Kravet gjelder"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Reglene til en aktivitet følger med, og opptak krever sikrere identitet."),
    )
    regimes = forms.TypedMultipleChoiceField(
        label=_("Saken følger"),
        choices=_choices(LegalRegime),
        coerce=LegalRegime,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Kryss av her når registeret ikke sier det, eller når noe kommer i tillegg."),
    )
    run = staticmethod(handling.confirm_regimes)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["activities"].choices = [
            (one.number, f"{one.number} {one.name} ({_(one.regime.label) if one.regime else _('reglene mangler')})")
            for one in activities_in_use(local_date(timezone.now()))
        ]


class LanguageForm(StepForm):
    action = Action.CHOOSE_LANGUAGE
    intro = _("Svar på språket personen skrev på, om du kan. Det du selv skriver i brevet, blir ikke oversatt.")
    language = forms.TypedChoiceField(
        label=_("Språk"), choices=_choices(LetterLanguage), coerce=LetterLanguage, widget=forms.RadioSelect
    )
    run = staticmethod(handling.choose_language)


class AddRightForm(StepForm):
    action = Action.ADD_RIGHT
    intro = _("Den som er usikker, skal få hjelp til å finne retten sin. Fristen er den samme.")
    right = forms.TypedChoiceField(label=_("Rett"), choices=_choices(Right), coerce=Right)
    run = staticmethod(handling.add_right)


class AskIdentityForm(StepForm):
    action = Action.ASK_IDENTITY
    reason = _words(
        _("Hvorfor vi må spørre"),
        _("Står i brevet. Vi kan bare spørre når vi har rimelig grunn til å tvile (art. 12 nr. 6)."),
        rows=2,
    )
    run = staticmethod(answering.ask_identity)

    @property
    def intro(self) -> str:  # type: ignore[override]
        return str(LEVEL_WORDS[self.facts.identity_needed])


class RecordIdentityForm(StepForm):
    action = Action.RECORD_IDENTITY
    method = forms.TypedChoiceField(
        label=_("Hvordan"),
        choices=_choices(IdentityMethod),
        coerce=IdentityMethod,
        widget=forms.RadioSelect,
        help_text=_("Ikke lagre kopi av legitimasjon."),
    )
    on = forms.DateField(label=_("Når"), widget=AdminDateWidget)
    run = staticmethod(handling.record_identity)


class ExtendForm(StepForm):
    action = Action.EXTEND
    intro = _("Personen må ha fått beskjed, med grunn, før lovens siste dag. Løftet om 30 dager blir brutt.")
    reason = forms.TypedChoiceField(
        label=_("Årsak"), choices=_choices(ExtensionReason), coerce=ExtensionReason, widget=forms.RadioSelect
    )
    words = _words(_("Begrunnelse til personen"), _("Hvorfor trenger akkurat dette kravet mer tid?"))
    told_on = forms.DateField(label=_("Personen fikk beskjed"), widget=AdminDateWidget)
    run = staticmethod(handling.extend_case)


class PartForm(StepForm):
    """A form about one point of a right, or about a whole right."""

    part = forms.TypedChoiceField(label=_("Gjelder"), coerce=_part)

    def said(self) -> dict[str, Any]:
        said = super().said()
        right, point = said.pop("part")
        return {**said, "right": right, "point": point}


class DecideForm(PartForm):
    action = Action.DECIDE
    outcome = forms.TypedChoiceField(
        label=_("Utfall"), choices=_choices(Outcome), coerce=Outcome, widget=forms.RadioSelect
    )
    ground = forms.TypedChoiceField(
        label=_("Rettslig grunn"),
        coerce=RefusalGround,
        required=False,
        empty_value=None,
        help_text=_("Bare når personen ikke får alt. Listen er alt loven åpner for i denne saken."),
    )
    reason = _words(
        _("Til personen"),
        _("Hva vi har gjort, eller hvorfor ikke. Skriv slik at personen forstår det. Teksten står i svarbrevet."),
        required=False,
    )
    run = staticmethod(handling.decide_right)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = [one for one in self.facts.rights if self.facts.may_change_what_was_told or not one.delivered]
        # What waits for its answer stands first, and is what the form proposes.
        parts.sort(key=lambda one: one.outcome is not None)
        self.fields["part"].choices = _parts(parts)
        grounds = [
            (right.label, _choices(open_to))
            for right in dict.fromkeys(one.right for one in parts)
            if (open_to := grounds_for(right, self.facts.regimes))
        ]
        self.fields["ground"].choices = [("", _("Ingen. Personen får det de ba om.")), *grounds]


class SecondForm(PartForm):
    action = Action.SECOND
    intro = _("Avslag på innsyn i journal krever to personer.")
    alone_because = _words(
        _("Er dere bare én"),
        _("Har du selv avgjort dette, skriv hvorfor ingen annen kan stå bak. Grunnen blir lagret."),
        required=False,
        rows=2,
    )
    run = staticmethod(handling.second_refusal)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["part"].choices = _parts(one for one in self.facts.rights if one.awaits_second)


class AnswerCopyForm(StepForm):
    action = Action.ANSWER_COPY
    intro = _("Personen ville bli spurt før noe blir slettet. Kopien er en egen rett, med sitt eget svar.")
    wants = forms.TypedChoiceField(
        label=_("Personen svarte"),
        choices=[("yes", _("Ja, kopi først")), ("no", _("Nei, ikke kopi"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
    run = staticmethod(handling.record_copy_wish)


class AnswerPartForm(StepForm):
    action = Action.ANSWER_PART
    intro = _("Noe kan besvares før resten. Det får sitt eget brev. Fristen går til det siste er levert.")
    parts = forms.TypedMultipleChoiceField(label=_("Svar på"), coerce=_part, widget=forms.CheckboxSelectMultiple)
    journal_noted = _journal_noted()
    run = staticmethod(answering.answer_part)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parts"].choices = _parts(one for one in self.facts.unanswered if one.outcome)


class MakeLetterForm(StepForm):
    action = Action.MAKE_LETTER
    intro = _("Brevet blir laget av avgjørelsene og registeret. Les det før du leverer det.")
    journal_noted = _journal_noted()
    run = staticmethod(answering.make_answer)


class DeliverForm(StepForm):
    action = Action.DELIVER
    intro = _("Fristen stopper når svaret er levert, ikke når det er skrevet.")
    tells_person = True
    on = forms.DateField(label=_("Levert"), widget=AdminDateWidget)
    delivery = forms.TypedChoiceField(
        label=_("Hvordan"), choices=_choices(Delivery), coerce=Delivery, widget=forms.RadioSelect
    )
    run = staticmethod(answering.record_delivery)


class DeliverPartForm(DeliverForm):
    action = Action.DELIVER_PART
    intro = _("Resten av saken går videre. Fristen stopper når det siste er levert.")
    run = staticmethod(answering.record_part_delivery)


class WithdrawForm(StepForm):
    action = Action.WITHDRAW
    intro = _("Bare når personen selv har sagt det.")
    run = staticmethod(answering.withdraw_case)


class EndForm(StepForm):
    action = Action.END
    run = staticmethod(ending.end_case)
    ending = forms.TypedChoiceField(
        label=_("Fordi"),
        choices=_choices(one for one in Ending if one not in {Ending.ANSWERED, Ending.WITHDRAWN}),
        coerce=Ending,
        widget=forms.RadioSelect,
    )
    words = _words(
        _("Til personen"), _("Trengs når vi ikke vet hvem det er, eller kravet hører til hos andre."), required=False
    )
    same_as = forms.CharField(
        label=_("Den andre saken"),
        required=False,
        max_length=12,
        help_text=_("Saksnummeret, når kravet er det samme som i en eldre sak. Fristen i den eldste gjelder."),
    )


class ReopenForm(StepForm):
    action = Action.REOPEN
    intro = _("Datoene blir de samme. Et brev som ikke er levert, må lages på nytt.")
    run = staticmethod(answering.reopen_case)


class CalledForm(StepForm):
    action = Action.CALLED
    intro = _("Personen har bedt om det. Ring nummeret vi har fra før. Trykk her når dere har snakket sammen.")
    run = staticmethod(handling.record_call)


class AskPersonForm(StepForm):
    action = Action.ASK_PERSON
    intro = _("Personen leser det med følgekoden, og kan svare én gang. Fristen går som før.")
    tells_person = True
    text = _words(
        _("Spørsmålet"),
        _("Spør om én ting. Den som ga oss e-post, får vite at det er noe nytt. Andre må du ringe eller skrive til."),
        rows=3,
        limit=limits.QUESTION,
    )
    run = staticmethod(questions.ask_person)


class HoldForm(StepForm):
    action = Action.HOLD
    intro = _("En klage eller en tvist kan trenge saken. Da blir ingenting i den slettet før du sier fra.")
    reason = forms.TypedChoiceField(
        label=_("Fordi"), choices=_choices(HoldReason), coerce=HoldReason, widget=forms.RadioSelect
    )
    words = _words(_("Hvilken klage eller tvist"), _("Blir et notat i saken."), rows=2)
    run = staticmethod(holds.set_hold)


class LiftHoldForm(StepForm):
    action = Action.LIFT_HOLD
    intro = _("Det som skulle vært slettet i mellomtiden, blir slettet innen et døgn.")
    words = _words(_("Hvorfor saken ikke trengs lenger"), _("Blir et notat i saken."), rows=2)
    run = staticmethod(holds.lift_hold)


class ReceiveComplaintForm(StepForm):
    action = Action.RECEIVE_COMPLAINT
    intro = _("En klage på svaret vårt. Så lenge den ikke er avgjort, blir ingenting i saken slettet.")
    received_on = forms.DateField(label=_("Dagen klagen kom"), widget=AdminDateWidget)
    complainant = forms.TypedChoiceField(
        label=_("Hvem som klager"), choices=_choices(Complainant), coerce=Complainant, widget=forms.RadioSelect
    )
    body = forms.TypedChoiceField(label=_("Klagen er til"), coerce=ComplaintBody, widget=forms.RadioSelect)
    text = _words(_("Hva klagen gjelder"), _("Kort. Klagen selv ligger der den kom."), required=False, rows=3)
    run = staticmethod(complaints.receive_complaint)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = _choices(bodies_open_to(self.facts))


class UpholdForm(StepForm):
    action = Action.UPHOLD
    intro = _("Se på svaret på nytt før du velger. Skal personen ha rett, velg «Gjør om svaret» i stedet.")
    reason = _words(_("Hvorfor vi står ved svaret"), _("Står i brevet når klagen går til Statsforvalteren."))
    run = staticmethod(complaints.uphold_answer)


class ChangeForm(StepForm):
    action = Action.CHANGE
    intro = _("Saken åpnes igjen, så du kan avgjøre på nytt og lage et nytt svar.")
    reason = _words(_("Hva som gjøres om, og hvorfor"), rows=3)
    run = staticmethod(complaints.change_answer)


class ForwardForm(StepForm):
    action = Action.FORWARD
    intro = _("Send klagen med sakens papirer. Personen får et brev om det.")
    on = forms.DateField(label=_("Sendt"), widget=AdminDateWidget)
    run = staticmethod(complaints.forward_complaint)


class SettleForm(StepForm):
    action = Action.SETTLE
    intro = _("Saken kan slettes etter reglene igjen.")
    result = forms.TypedChoiceField(
        label=_("Slik gikk det"), choices=_choices(ComplaintResult), coerce=ComplaintResult, widget=forms.RadioSelect
    )
    on = forms.DateField(label=_("Avgjort"), widget=AdminDateWidget)
    run = staticmethod(complaints.settle_complaint)


class NoteForm(StepForm):
    action = Action.NOTE
    text = _words(_("Notat"), _("Til den som arbeider videre. Blir slettet sammen med resten av saken."), rows=3)
    run = staticmethod(handling.write_note)


STEP_FORMS: Mapping[Action, type[StepForm]] = {
    form.action: form
    for form in (
        TakeForm,
        HandOverForm,
        RegimesForm,
        LanguageForm,
        AddRightForm,
        AskIdentityForm,
        RecordIdentityForm,
        ExtendForm,
        DecideForm,
        SecondForm,
        AnswerCopyForm,
        AnswerPartForm,
        DeliverPartForm,
        MakeLetterForm,
        DeliverForm,
        WithdrawForm,
        EndForm,
        ReopenForm,
        CalledForm,
        AskPersonForm,
        ReceiveComplaintForm,
        UpholdForm,
        ChangeForm,
        ForwardForm,
        SettleForm,
        HoldForm,
        LiftHoldForm,
        NoteForm,
    )
}


def step_form(
    action: Action, case: RightsRequest, facts: CaseFacts, *, today: date, data: Mapping[str, Any] | None = None
) -> StepForm:
    """Return the form of a step, filled in as far as the case can: the date is today, the rules are those chosen."""
    initial: dict[str, Any] = {"version": case.version}
    form_class = STEP_FORMS[action]
    named = [number for number in (case.activity_number, *case.consents) if number]
    known = {
        "on": today,
        "told_on": today,
        "received_on": today,
        "regimes": sorted(facts.regimes),
        "activities": case.activities or named,
        "language": case.language,
    }
    for name, value in known.items():
        if name in form_class.base_fields:
            initial[name] = value
    # Several forms stand on one page, and each needs names of its own for its labels.
    return form_class(data, facts=facts, initial=initial, auto_id=f"id_{action.value}_%s")
