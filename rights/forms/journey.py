"""The questions of the form, one form a page. Field names are those people may see, in Norwegian."""

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from processing.law.records import ActivityRecord
from processing.law.rights import Right
from rights.forms.fields import EmailLineField, LineField, TextField, YearField, masked, required, with_hints
from rights.law import limits
from rights.law.advice import concerning, may_rest_on_consent
from rights.law.answers import Answers, Point, Step
from rights.law.languages import LetterLanguage
from rights.law.terms import ChildAge, ContactWay, CopyFirst, CopyScope, OnBehalf, Relation

UNSURE = "usikker"
NO_VOICEMAIL = "ingen_beskjed"
NEUTRAL_ENVELOPE = "noytral_konvolutt"
EXPLAIN_WORDS = "forklar_ord"
GO_THROUGH = "gjennomgang"
ALL_CONSENTS = "alle"

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
    ContactWay.EMAIL: _("E-posten sier bare at det er noe nytt, aldri hva. Avsenderadressen viser hvem vi er."),
    ContactWay.FOLLOW: _("Da trenger vi ingen adresse. Du får koden når du har sendt."),
}
POINT_QUESTIONS = {
    Right.RECTIFICATION: _("Hva vil du at vi skal rette?"),
    Right.ERASURE: _("Hva vil du at vi skal slette?"),
    Right.RESTRICTION: _("Hva vil du at vi skal slutte å bruke en stund?"),
    Right.OBJECTION: _("Hva vil du ikke at vi bruker?"),
}

CHOOSE_RIGHT = _("Velg hva du vil. Er du usikker, velg «Jeg er ikke sikker».")
CHOOSE_RELATION = _("Velg hva slags kontakt du har hatt med oss. Du kan velge «Noe annet».")
CHOOSE_FROM_LIST = _("Velg blant dem som står her, eller la det stå tomt.")


@dataclass(frozen=True)
class Asked:
    """What a question depends on: the answers so far, the activities in use, and the year it is in Norway."""

    answers: Answers
    activities: tuple[ActivityRecord, ...]
    year: int


class QuestionForm(forms.Form):
    """A page of the form. `answered` puts what was filled in into the answers."""

    step: ClassVar[Step]

    def __init__(self, data: Any = None, *, asked: Asked) -> None:
        super().__init__(masked(data) if data is not None else None, initial=self.initial_of(asked.answers))
        self.asked = asked

    @staticmethod
    def initial_of(answers: Answers) -> dict[str, Any]:
        raise NotImplementedError

    def answered(self) -> Answers:
        """Return the answers with those of this page. Only for a form that is valid."""
        raise NotImplementedError


class WhatForm(QuestionForm):
    step = Step.WHAT

    rett = with_hints(
        forms.MultipleChoiceField(
            label=_("Hva vil du?"),
            help_text=_("Velg én eller flere. Velger du både kopi og sletting, får du kopien først."),
            choices=[*((right.value, right.plain) for right in Right), (UNSURE, _("Jeg er ikke sikker"))],
            widget=forms.CheckboxSelectMultiple,
            error_messages=required(CHOOSE_RIGHT),
        ),
        RIGHT_HINTS,
    )
    rolle = LineField(required=False, widget=forms.HiddenInput)
    aktivitet = LineField(required=False, widget=forms.HiddenInput)

    @staticmethod
    def initial_of(answers: Answers) -> dict[str, Any]:
        suggested = answers.suggested_relation
        return {
            "rett": [*answers.rights, *([UNSURE] if answers.unsure else [])],
            "rolle": suggested.slug if suggested else "",
            "aktivitet": answers.activity_number,
        }

    def answered(self) -> Answers:
        chosen = self.cleaned_data["rett"]
        known = {activity.number for activity in self.asked.activities}
        number = self.cleaned_data["aktivitet"]
        return replace(
            self.asked.answers,
            rights=tuple(Right(value) for value in chosen if value != UNSURE),
            unsure=UNSURE in chosen,
            suggested_relation=Relation.by_slug(self.cleaned_data["rolle"]),
            activity_number=number if number in known else "",
        )


class CopyFirstForm(QuestionForm):
    step = Step.COPY_FIRST

    kopi_forst = forms.ChoiceField(
        label=_("Vil du ha en kopi før noe blir slettet?"),
        choices=[(choice.value, choice.plain) for choice in CopyFirst],
        widget=forms.RadioSelect,
        error_messages=required(_("Velg om du vil ha en kopi først. Er du usikker, velg «Vet ikke».")),
    )

    @staticmethod
    def initial_of(answers: Answers) -> dict[str, Any]:
        return {"kopi_forst": answers.copy_first}

    def answered(self) -> Answers:
        return replace(self.asked.answers, copy_first=CopyFirst(self.cleaned_data["kopi_forst"]))


class WhoForm(QuestionForm):
    step = Step.WHO

    rolle = forms.ChoiceField(
        label=_("Hva slags kontakt har du hatt med oss?"),
        choices=[(relation.value, relation.plain) for relation in Relation],
        widget=forms.RadioSelect,
        error_messages=required(CHOOSE_RELATION),
    )
    paa_vegne_av = forms.ChoiceField(
        label=_("Hvem gjør du dette på vegne av?"),
        choices=[(whom.value, whom.plain) for whom in OnBehalf],
        widget=forms.RadioSelect,
        error_messages=required(_("Velg hvem du gjør dette på vegne av. Gjelder det deg, velg «Meg selv».")),
    )
    barn_alder = forms.ChoiceField(
        label=_("Hvor gammelt er barnet?"),
        choices=[(age.value, age.plain) for age in ChildAge],
        widget=forms.RadioSelect,
        required=False,
        error_messages=required(_("Velg hvor gammelt barnet er.")),
    )

    @staticmethod
    def initial_of(answers: Answers) -> dict[str, Any]:
        return {
            "rolle": answers.relation or answers.suggested_relation,
            "paa_vegne_av": answers.on_behalf,
            "barn_alder": answers.child_age,
        }

    def clean(self) -> dict[str, Any]:
        """Ask for the age where it is for a child, and look at it nowhere else: it may be hidden or old."""
        cleaned = super().clean() or {}
        if cleaned.get("paa_vegne_av") != OnBehalf.CHILD:
            self.errors.pop("barn_alder", None)
            cleaned["barn_alder"] = ""
        elif "barn_alder" not in self.errors and not cleaned.get("barn_alder"):
            self.add_error("barn_alder", _("Velg hvor gammelt barnet er."))
        return cleaned

    def answered(self) -> Answers:
        return replace(
            self.asked.answers,
            relation=Relation(self.cleaned_data["rolle"]),
            on_behalf=OnBehalf(self.cleaned_data["paa_vegne_av"]),
            child_age=ChildAge.of(self.cleaned_data["barn_alder"]) or self.asked.answers.child_age,
        )


@dataclass(frozen=True)
class PointSection:
    """The points about one right, as the page shows them."""

    right: Right
    question: Any
    fields: tuple[BoundField, ...]


class MoreForm(QuestionForm):
    """What the chosen rights ask about, and room for words. All of it is voluntary.

    `one_more` names the right that gets another empty point.
    """

    step = Step.MORE

    omfang = forms.MultipleChoiceField(
        label=_("Hva vil du ha kopi av?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages=required(CHOOSE_FROM_LIST),
    )
    fra_aar = YearField(label=_("Fra år"))
    til_aar = YearField(label=_("Til år"))
    hjelp = forms.MultipleChoiceField(
        label=_("Vil du ha hjelp til å lese?"),
        choices=[
            (EXPLAIN_WORDS, _("Jeg vil gjerne få vanskelige ord forklart")),
            (GO_THROUGH, _("Jeg vil gjerne gå gjennom det sammen med noen")),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages=required(CHOOSE_FROM_LIST),
    )
    samtykke = forms.MultipleChoiceField(
        label=_("Hvilket samtykke vil du trekke?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages=required(CHOOSE_FROM_LIST),
    )
    fil_til = LineField(
        label=_("Hvem skal ha filen?"),
        help_text=_("La det stå tomt hvis du skal ha den selv."),
        max_length=limits.FILE_TO,
        required=False,
    )
    melding = TextField(
        label=_("Vil du fortelle mer?"),
        help_text=_("Skriv på det språket du vil. Skriv ikke om helsen din her hvis du ikke må."),
        max_length=limits.MESSAGE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, data: Any = None, *, asked: Asked, one_more: str = "") -> None:
        super().__init__(data, asked=asked)
        answers, asks = asked.answers, asked.answers.asks
        if asks.copy:
            self.fields["omfang"].choices = [(scope.value, scope.plain) for scope in _scopes(answers.relation)]
        if asks.consents:
            offered = may_rest_on_consent(concerning(asked.activities, answers.relation))
            self.fields["samtykke"].choices = [
                *((activity.number, activity.title) for activity in offered),
                (ALL_CONSENTS, _("Alle samtykker jeg har gitt")),
            ]
        unasked = {
            "omfang": not asks.copy,
            "fra_aar": not asks.copy,
            "til_aar": not asks.copy,
            "hjelp": not asks.copy,
            "samtykke": not asks.consents,
            "fil_til": not asks.file,
        }
        for name in [name for name, left_out in unasked.items() if left_out]:
            del self.fields[name]
        self._add_points(answers, one_more)
        # The words come last, after the questions that are about something.
        self.order_fields([name for name in self.fields if name != "melding"] + ["melding"])

    @staticmethod
    def initial_of(answers: Answers) -> dict[str, Any]:
        wishes = [(EXPLAIN_WORDS, answers.explain_words), (GO_THROUGH, answers.go_through)]
        return {
            "omfang": list(answers.scope),
            "fra_aar": answers.from_year,
            "til_aar": answers.to_year,
            "hjelp": [name for name, wished in wishes if wished],
            "samtykke": [*answers.consents, *([ALL_CONSENTS] if answers.all_consents else [])],
            "fil_til": answers.file_to,
            "melding": answers.message,
        }

    @property
    def point_sections(self) -> tuple[PointSection, ...]:
        return tuple(
            PointSection(right, POINT_QUESTIONS[right], tuple(self[name] for name in names))
            for right, names in self._points.items()
        )

    @property
    def has_room_for_a_point(self) -> bool:
        return sum(map(len, self._points.values())) < limits.POINTS

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("fra_aar"), cleaned.get("til_aar")
        for name, year in (("fra_aar", first), ("til_aar", last)):
            if year and year > self.asked.year:
                self.add_error(name, _("Året har ikke vært ennå."))
        if first and last and first > last:
            self.add_error("til_aar", _("«Til år» kan ikke være før «fra år»."))
        return cleaned

    def answered(self) -> Answers:
        given, kept = self.cleaned_data, self.asked.answers
        consents = given.get("samtykke")
        help_wanted = given.get("hjelp")
        elsewhere = tuple(point for point in kept.points if point.right not in self._points)
        return replace(
            kept,
            told_of=kept.rights,
            scope=tuple(map(CopyScope, given["omfang"])) if "omfang" in given else kept.scope,
            from_year=given.get("fra_aar", kept.from_year),
            to_year=given.get("til_aar", kept.to_year),
            explain_words=kept.explain_words if help_wanted is None else EXPLAIN_WORDS in help_wanted,
            go_through=kept.go_through if help_wanted is None else GO_THROUGH in help_wanted,
            points=(*elsewhere, *self._points_given()),
            consents=kept.consents if consents is None else tuple(n for n in consents if n != ALL_CONSENTS),
            all_consents=kept.all_consents if consents is None else ALL_CONSENTS in consents,
            file_to=given.get("fil_til", kept.file_to),
            message=given["melding"],
        )

    def _points_given(self) -> tuple[Point, ...]:
        return tuple(
            Point(right, text)
            for right, names in self._points.items()
            for name in names
            if (text := self.cleaned_data.get(name))
        )

    def _add_points(self, answers: Answers, one_more: str) -> None:
        """Add the fields of the points: those that were sent or answered before, and at least one a right."""
        self._points: dict[Right, list[str]] = {}
        room = limits.POINTS
        asked_about = answers.asks.points
        for place, right in enumerate(asked_about):
            before = [point.text for point in answers.points if point.right is right]
            sent = 0
            if self.is_bound:
                sent = sum(_point_name(right, number) in self.data for number in range(1, limits.POINTS + 1))
            wanted = max(1, sent if self.is_bound else len(before)) + (right.value == one_more)
            # Every right that follows keeps room for one.
            shown = min(wanted, room - (len(asked_about) - place - 1))
            room -= shown
            self._points[right] = []
            for number in range(1, shown + 1):
                name = _point_name(right, number)
                self.fields[name] = _point_field(number, is_new=right.value == one_more and number == shown)
                self.initial[name] = before[number - 1] if number <= len(before) else ""
                self._points[right].append(name)


class ContactForm(QuestionForm):
    step = Step.CONTACT

    navn = LineField(
        label=_("Hva heter du?"),
        help_text=_("Skriv navnet vi kjenner deg under. Har du byttet navn, kan du skrive begge."),
        max_length=limits.NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Navn må fylles ut. Skriv navnet vi kjenner deg under.")},
    )
    kanal = with_hints(
        forms.ChoiceField(
            label=_("Hvordan skal vi svare deg?"),
            choices=[(way.value, way.plain) for way in ContactWay],
            widget=forms.RadioSelect,
            error_messages=required(_("Velg hvordan vi skal svare deg.")),
        ),
        CONTACT_HINTS,
    )
    epost = EmailLineField(
        label=_("E-postadresse"),
        max_length=limits.EMAIL,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false", "class": "input--medium"}),
    )
    adresse = TextField(
        label=_("Adresse"),
        max_length=limits.ADDRESS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address", "class": "input--address"}),
    )
    spraak = forms.ChoiceField(
        label=_("Hvilket språk vil du ha brev på?"),
        choices=[(language.value, language.plain) for language in LetterLanguage],
        initial=LetterLanguage.BOKMAL,
        widget=forms.RadioSelect,
        required=False,
        error_messages=required(CHOOSE_FROM_LIST),
    )
    forsiktig = forms.MultipleChoiceField(
        label=_("Er det noe vi må passe på?"),
        choices=[
            (NO_VOICEMAIL, _("Ikke legg igjen beskjed på telefon")),
            (NEUTRAL_ENVELOPE, _("Bruk konvolutt uten navnet deres")),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages=required(CHOOSE_FROM_LIST),
    )

    @staticmethod
    def initial_of(answers: Answers) -> dict[str, Any]:
        wishes = [(NO_VOICEMAIL, answers.no_voicemail), (NEUTRAL_ENVELOPE, answers.neutral_envelope)]
        return {
            "navn": answers.name,
            "kanal": answers.contact_way,
            "epost": answers.email,
            "adresse": answers.address,
            "spraak": answers.language,
            "forsiktig": [name for name, wished in wishes if wished],
        }

    def clean(self) -> dict[str, Any]:
        """Ask for the address the chosen way needs, and look at no other: it may be hidden, half-written or old."""
        cleaned = super().clean() or {}
        way = cleaned.get("kanal")
        if way != ContactWay.EMAIL:
            self._set_aside("epost")
        elif "epost" not in self.errors and not cleaned.get("epost"):
            self.add_error("epost", _("E-postadresse mangler. Skriv den, eller velg en annen måte å få svar på."))
        if way != ContactWay.LETTER:
            self._set_aside("adresse")
        elif "adresse" not in self.errors and not cleaned.get("adresse"):
            self.add_error("adresse", _("Adresse må fylles ut når du velger brev."))
        return cleaned

    def answered(self) -> Answers:
        given = self.cleaned_data
        return replace(
            self.asked.answers,
            name=given["navn"],
            contact_way=ContactWay(given["kanal"]),
            email=given["epost"],
            address=given["adresse"],
            language=LetterLanguage(given["spraak"] or LetterLanguage.BOKMAL),
            no_voicemail=NO_VOICEMAIL in given["forsiktig"],
            neutral_envelope=NEUTRAL_ENVELOPE in given["forsiktig"],
        )

    def _set_aside(self, name: str) -> None:
        self.errors.pop(name, None)
        self.cleaned_data[name] = ""


FORMS: dict[Step, type[QuestionForm]] = {
    form.step: form for form in (WhatForm, CopyFirstForm, WhoForm, MoreForm, ContactForm)
}


def _scopes(relation: Relation | None) -> list[CopyScope]:
    """A record, and what belongs to it, is offered to those who may have one."""
    of_clients = {CopyScope.RECORD, CopyScope.DEALINGS}
    return [scope for scope in CopyScope if scope not in of_clients or relation in {Relation.CLIENT, Relation.OTHER}]


def _point_name(right: Right, number: int) -> str:
    return f"punkt_{right.value}_{number}"


def _point_field(number: int, *, is_new: bool) -> TextField:
    attrs = {"rows": 2, "class": "input--point", **({"autofocus": True} if is_new else {})}
    too_long = gettext("Punkt %(number)d er for langt.") % {"number": number}
    return TextField(
        label=gettext("Punkt %(number)d") % {"number": number},
        max_length=limits.POINT,
        required=False,
        widget=forms.Textarea(attrs=attrs),
        error_messages={
            "max_length": f"{too_long} "
            + gettext("Du har brukt %(show_value)d tegn, og det er plass til %(limit_value)d.")
        },
    )
