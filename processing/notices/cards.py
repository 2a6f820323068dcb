"""One activity as the public reads it: five plain rows, and the rules and suppliers behind them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from processing.law.audiences import audience_of
from processing.law.facts import Fact
from processing.law.kinds import is_tracking
from processing.law.records import (
    ActivityRecord,
    ControllerRecord,
    LegalGroundRecord,
)
from processing.law.rights import Right, rights_for
from processing.law.sources import gdpr
from processing.law.terms import N_
from processing.notices.body import Card, Line, Row
from processing.notices.phrases import (
    data_words,
    destination_words,
    inside_words,
    interest_words,
    recipient_words,
    source_words,
    toolless_words,
    withdrawal_words,
)
from processing.notices.trackers import tracker_line
from processing.notices.voices import Translate, Voice
from processing.notices.wording import (
    capital,
    citation,
    enumeration,
    joined,
    law_as_stated,
    lines,
    party_line,
    provision,
    sentence,
    stated_lines,
    told,
    tool_as_law,
    unique,
)

YOU_CAN = {
    Right.ACCESS: N_("se eller få kopi av opplysningene"),
    Right.ACCESS_LOG: N_("få vite hvem som har lest dem"),
    Right.RECTIFICATION: N_("be oss rette feil"),
    Right.ERASURE: N_("be oss slette"),
    Right.RESTRICTION: N_("be oss stoppe bruken en stund"),
    Right.OBJECTION: N_("si nei til bruken"),
    Right.OBJECTION_MARKETING: N_("si nei til markedsføring"),
    Right.PORTABILITY: N_("få en fil med det du har gitt oss"),
    Right.WITHDRAW_CONSENT: N_("trekke samtykket"),
}


# What asks for each row. A row that the law does not ask for has none.
SOURCES = {
    "purposes": gdpr("art. 13 nr. 1 bokstav c"),
    "data": gdpr("art. 14 nr. 1 bokstav d"),
    "access": gdpr("art. 13 nr. 1 bokstav e"),
    "retention": gdpr("art. 13 nr. 2 bokstav a"),
    "you_can": gdpr("art. 13 nr. 2 bokstav b og c"),
    "why_lawful": gdpr("art. 13 nr. 1 bokstav c og d"),
    "bases": gdpr("art. 13 nr. 1 bokstav c"),
    "special_grounds": gdpr("art. 9 nr. 2"),
    "recipients": gdpr("art. 13 nr. 1 bokstav e"),
    "abroad": gdpr("art. 13 nr. 1 bokstav f"),
    "sources": gdpr("art. 14 nr. 2 bokstav f"),
    "reasons": gdpr("art. 13 nr. 2 bokstav b og c"),
    "provision": gdpr("art. 13 nr. 2 bokstav e"),
    "automation": gdpr("art. 13 nr. 2 bokstav f"),
}


def row(key: str, label: str, lines: tuple[Line, ...]) -> Row:
    return Row(key=key, label=label, lines=lines, source=citation(SOURCES[key]) if key in SOURCES else "")


@dataclass(frozen=True)
class CardComposer:
    """Writes cards for one controller in the language of `voice`, by the law of the Oslo date `on`."""

    controller: ControllerRecord
    on: date
    voice: Voice

    @property
    def translate(self) -> Translate:
        return self.voice.translate

    def card(self, activity: ActivityRecord) -> Card:
        return replace(self, voice=self.voice.with_texts(activity.translations))._written(activity)

    def _written(self, activity: ActivityRecord) -> Card:
        _ = self.translate
        title, intro = self.voice.line(activity.title), self.voice.line(activity.public_description)
        rows = [
            row("purposes", _("Hvorfor"), self.purposes(activity)),
            row("data", _("Hva"), self.data(activity)),
            row("access", _("Hvem får se"), self.access(activity)),
            row("retention", _("Hvor lenge"), self.retention(activity)),
            row("you_can", _("Du kan"), self.you_can(activity)),
        ]
        return Card(
            number=activity.number,
            anchor=activity.code,
            title=title.text,
            title_language=title.language,
            intro=intro.text,
            intro_language=intro.language,
            rows=tuple(rows),
            details=tuple(self.details(activity)),
            roles=tuple(unique(audience_of(subject).slug for subject in activity.subjects)),
        )

    def purposes(self, activity: ActivityRecord) -> tuple[Line, ...]:
        return told(self.voice.line(row.public_description or row.description) for row in activity.purposes)

    def bases(self, activity: ActivityRecord) -> tuple[Line, ...]:
        """Each basis in plain words, once. What is claimed as legitimate interest is told as the company's own view."""
        found = unique(
            self.voice.tell(self.plain_basis, ground)
            for ground in activity.legal_grounds
            if not ground.legitimate_interest
        )
        interests = unique(
            ground.legitimate_interest for ground in activity.legal_grounds if ground.legitimate_interest
        )
        if interests:
            found.append(self.voice.tell(interest_words, interests))
        return told(found)

    def plain_basis(self, voice: Voice, ground: LegalGroundRecord) -> str:
        _ = voice.translate
        text = sentence(capital(_(ground.basis.plain)))
        if ground.scope:
            scope = law_as_stated(ground.scope, self.on, _, told=voice.say(ground.scope))
            text = _("{basis} Det gjelder bare {scope}").format(basis=text, scope=sentence(scope))
        return text

    def data(self, activity: ActivityRecord) -> tuple[Line, ...]:
        certain = unique(
            row.category.public_name or row.category.name for row in activity.data if row.presence is Fact.YES
        )
        possible = [
            name
            for name in unique(
                row.category.public_name or row.category.name for row in activity.data if row.presence is Fact.POSSIBLE
            )
            if name not in certain
        ]
        found = []
        if certain:
            found.append(self.voice.tell(data_words, "{items}", certain))
        if possible:
            also = N_("Det kan også være {items}") if certain else N_("Det kan være {items}")
            found.append(self.voice.tell(data_words, also, possible))
        return told(found)

    def access(self, activity: ActivityRecord) -> tuple[Line, ...]:
        _ = self.translate
        inside = activity.public_access or activity.internal_access
        found = [self.voice.tell(inside_words, inside)] if inside else []
        if activity.disclosures:
            found.append(self.voice.tell(recipient_words, [row.party for row in activity.disclosures]))
        else:
            found.append(Line(text=_("Mottakere utenfor virksomheten"), missing=True))
        return tuple(found)

    def retention(self, activity: ActivityRecord) -> tuple[Line, ...]:
        found = []
        for rule in activity.retention:
            if not rule.is_stated:
                found.append(replace(self.voice.line(rule.covers), missing=True))
            else:
                found.append(self.voice.line(rule.public_wording or rule.statement, sentence))
        return told(found)

    def you_can(self, activity: ActivityRecord) -> tuple[Line, ...]:
        _ = self.translate
        answers = rights_for(activity)
        certain = [_(YOU_CAN[answer.right]) for answer in answers if answer.applies is Fact.YES]
        possible = [_(YOU_CAN[answer.right]) for answer in answers if answer.applies is Fact.POSSIBLE]
        found = [Line(text=sentence(capital(enumeration(certain, _))))]
        if possible:
            found.append(
                Line(text=sentence(_("I noen tilfeller kan du også {rights}").format(rights=enumeration(possible, _))))
            )
        withdrawals = unique(
            ground.consent_withdrawal for ground in activity.legal_grounds if ground.consent_withdrawal
        )
        found += [self.voice.tell(withdrawal_words, how) for how in withdrawals]
        if not activity.bases:
            found.append(Line(text=_("Resten kommer an på grunnlaget"), missing=True))
        return tuple(found)

    def details(self, activity: ActivityRecord) -> Iterable[Row]:
        """The rules and suppliers of a card: what Art. 13 and 14 ask for beyond the five rows above."""
        _ = self.translate
        yield row("why_lawful", _("Derfor har vi lov"), self.bases(activity))
        yield row(
            "bases", _("Grunnlag"), told(self.voice.tell(self.exact_basis, ground) for ground in activity.legal_grounds)
        )
        if activity.special_grounds or activity.special_categories in {Fact.YES, Fact.POSSIBLE}:
            yield row(
                "special_grounds",
                _("Vilkår for følsomme opplysninger"),
                lines(
                    joined(f"{_(ground.condition.label)} ({provision(ground.condition.source)})", ground.national_law)
                    for ground in activity.special_grounds
                ),
            )
        yield row("people", _("Hvem det gjelder"), told(self.voice.line(subject.name) for subject in activity.subjects))
        if activity.disclosures:
            parties = tuple(party_line(self.voice, disclosure.party) for disclosure in activity.disclosures)
            yield row("recipients", _("Mottakere"), parties)
        yield row("abroad", _("Land utenfor EØS"), self.abroad(activity))
        yield row(
            "sources",
            _("Kilder"),
            told(self.voice.tell(source_words, source) for source in activity.sources),
        )
        if activity.trackers or is_tracking(activity):
            yield row(
                "trackers",
                _("Kapsler og sporing"),
                told(self.voice.tell(tracker_line, one) for one in activity.trackers),
            )
        yield row("reasons", _("Hvorfor du kan det"), self.reasons(activity))
        yield row("provision", _("Må du gi oss dem?"), self.provision(activity))
        yield row("automation", _("Avgjør en maskin noe?"), self.automation(activity))
        measures = [measure.public_name or measure.name for measure in activity.safeguards]
        if measures:
            yield row("safeguards", _("Egen sikring"), told(self.voice.line(measure, capital) for measure in measures))
        yield row("number", _("Nummer i registeret"), (Line(text=activity.number),))

    def reasons(self, activity: ActivityRecord) -> tuple[Line, ...]:
        """Why each right stands there, with its provision, and why nothing can be deleted where nothing can."""
        _ = self.translate
        found = []
        for answer in rights_for(activity):
            if answer.applies in {Fact.YES, Fact.POSSIBLE}:
                found.append(f"{capital(_(YOU_CAN[answer.right]))}: {_(answer.reason)} ({citation(answer.source)})")
            elif answer.applies is Fact.NO and answer.right is Right.ERASURE:
                found.append(f"{_('Vi kan ikke slette')}: {_(answer.reason)} ({citation(answer.source)})")
        return lines(found)

    def exact_basis(self, voice: Voice, ground: LegalGroundRecord) -> str:
        _ = voice.translate
        text = f"{_(ground.basis.label)} ({provision(ground.basis.source)})"
        if ground.purpose:
            text = _("{basis} for formålet «{purpose}»").format(basis=text, purpose=voice.name(ground.purpose))
        return joined(text, law_as_stated(ground.national_law, self.on, _))

    def abroad(self, activity: ActivityRecord) -> tuple[Line, ...]:
        _ = self.translate
        match activity.transfers_outside_eea:
            case Fact.NOT_STATED:
                return (Line(missing=True),)
            case Fact.NO:
                return (Line(text=_("Nei.")),)
            case Fact.YES:
                first = Line(text=_("Ja, noe går ut av EØS."))
            case _:
                first = Line(text=_("Noe kan gå ut av EØS."))
        found = [first]
        for transfer in activity.transfers:
            found.append(replace(self.voice.tell(destination_words, transfer), missing=not transfer.country))
            found.append(
                Line(text=tool_as_law(transfer.tool, self.on, _))
                if transfer.tool
                else replace(self.voice.tell(toolless_words, transfer), missing=True)
            )
        if not activity.transfers:
            found.append(Line(text=_("Land og grunnlag for overføringen"), missing=True))
        return tuple(found)

    def provision(self, activity: ActivityRecord) -> tuple[Line, ...]:
        _ = self.translate
        match activity.provision_required:
            case Fact.YES:
                found = [_("Ja, lov eller avtale krever det.")]
            case Fact.NO:
                found = [_("Nei, det er frivillig.")]
            case Fact.POSSIBLE:
                found = [_("Noe av det må vi ha.")]
            case _:
                found = []
        stated = list(stated_lines(found))
        if activity.provision_consequence:
            stated.append(self.voice.line(activity.provision_consequence, sentence))
        return told(stated)

    def automation(self, activity: ActivityRecord) -> tuple[Line, ...]:
        """What the activity says of automated decisions, or what the company says of all it does (Art. 13(2)(f))."""
        _ = self.translate
        stated = activity.automated_decisions
        if stated is Fact.NOT_STATED:
            stated = self.controller.automated_decisions
        match stated:
            case Fact.NO:
                return (Line(text=_("Nei.")),)
            case Fact.NOT_STATED:
                return (Line(missing=True),)
            case _:
                note = self.voice.line(activity.automated_decisions_note)
                return (Line(text=_("Ja.")), *([note] if note.text else []))
