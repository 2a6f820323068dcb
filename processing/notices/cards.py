"""One activity as the public reads it: five plain rows, and the rules and suppliers behind them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from processing.law.audiences import audience_of
from processing.law.countries import country_name
from processing.law.facts import Fact
from processing.law.kinds import is_tracking
from processing.law.records import ActivityRecord, ControllerRecord, LegalGroundRecord
from processing.law.rights import Right, rights_for
from processing.law.sources import gdpr
from processing.law.terms import N_
from processing.notices.body import Card, Line, Row
from processing.notices.trackers import tracker_line
from processing.notices.wording import (
    Translate,
    capital,
    citation,
    enumeration,
    joined,
    law_as_stated,
    lines,
    party_in_sentence,
    party_line,
    provision,
    sentence,
    stated_lines,
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
    """Writes cards for one controller in one language, by the law of the Oslo date `on`.

    Fixed text passes through `translate`.
    """

    controller: ControllerRecord
    on: date
    translate: Translate

    def card(self, activity: ActivityRecord) -> Card:
        _ = self.translate
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
            title=activity.title,
            intro=activity.public_description,
            rows=tuple(rows),
            details=tuple(self.details(activity)),
            roles=tuple(unique(audience_of(subject).slug for subject in activity.subjects)),
        )

    def purposes(self, activity: ActivityRecord) -> tuple[Line, ...]:
        return lines(purpose.public_description or purpose.description for purpose in activity.purposes)

    def bases(self, activity: ActivityRecord) -> tuple[Line, ...]:
        """Each basis in plain words, once. What is claimed as legitimate interest is told as the company's own view."""
        _ = self.translate
        found = unique(self.plain_basis(ground) for ground in activity.legal_grounds if not ground.legitimate_interest)
        interests = unique(
            ground.legitimate_interest for ground in activity.legal_grounds if ground.legitimate_interest
        )
        if interests:
            reason = _("Vi mener at vi har en god grunn, og at den veier tyngre enn ulempen for deg: {interests}")
            found.append(sentence(reason.format(interests=enumeration(interests, _))))
        return lines(found)

    def plain_basis(self, ground: LegalGroundRecord) -> str:
        _ = self.translate
        text = sentence(capital(_(ground.basis.plain)))
        if ground.scope:
            text = _("{basis} Det gjelder bare {scope}").format(
                basis=text, scope=sentence(law_as_stated(ground.scope, self.on, _))
            )
        return text

    def data(self, activity: ActivityRecord) -> tuple[Line, ...]:
        _ = self.translate
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
            found.append(sentence(capital(enumeration(certain, _))))
        if possible:
            also = N_("Det kan også være {items}") if certain else N_("Det kan være {items}")
            found.append(sentence(_(also).format(items=enumeration(possible, _))))
        return lines(found)

    def access(self, activity: ActivityRecord) -> tuple[Line, ...]:
        _ = self.translate
        inside = activity.public_access or activity.internal_access
        found = [sentence(_("Hos oss: {who}").format(who=inside[:1].lower() + inside[1:]))] if inside else []
        if activity.disclosures:
            names = unique(party_in_sentence(row.party) for row in activity.disclosures)
            found.append(
                sentence(_("Disse kan få opplysninger fra oss: {parties}").format(parties=enumeration(names, _)))
            )
        return (
            lines(found)
            if activity.disclosures
            else (*stated_lines(found), Line(text=_("Mottakere utenfor virksomheten"), missing=True))
        )

    def retention(self, activity: ActivityRecord) -> tuple[Line, ...]:
        found = []
        for rule in activity.retention:
            if not rule.is_stated:
                found.append(Line(text=rule.covers, missing=True))
            else:
                text = rule.public_wording or rule.statement
                found.append(Line(text=sentence(text)))
        return tuple(found) or (Line(missing=True),)

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
        found += [
            Line(text=sentence(_("Slik trekker du samtykket: {how}").format(how=how))) for how in withdrawals if how
        ]
        if not activity.bases:
            found.append(Line(text=_("Resten kommer an på grunnlaget"), missing=True))
        return tuple(found)

    def details(self, activity: ActivityRecord) -> Iterable[Row]:
        """The rules and suppliers of a card: what Art. 13 and 14 ask for beyond the five rows above."""
        _ = self.translate
        yield row("why_lawful", _("Derfor har vi lov"), self.bases(activity))
        yield row("bases", _("Grunnlag"), lines(self.exact_basis(ground) for ground in activity.legal_grounds))
        if activity.special_grounds or activity.special_categories in {Fact.YES, Fact.POSSIBLE}:
            yield row(
                "special_grounds",
                _("Vilkår for følsomme opplysninger"),
                lines(
                    joined(f"{_(ground.condition.label)} ({provision(ground.condition.source)})", ground.national_law)
                    for ground in activity.special_grounds
                ),
            )
        yield row("people", _("Hvem det gjelder"), lines(subject.name for subject in activity.subjects))
        if activity.disclosures:
            parties = tuple(party_line(disclosure.party, _) for disclosure in activity.disclosures)
            yield row("recipients", _("Mottakere"), parties)
        yield row("abroad", _("Land utenfor EØS"), self.abroad(activity))
        yield row(
            "sources",
            _("Kilder"),
            lines(joined(capital(_(source.kind.plain)), source.description) for source in activity.sources),
        )
        if activity.trackers or is_tracking(activity):
            yield row("trackers", _("Kapsler og sporing"), lines(tracker_line(one, _) for one in activity.trackers))
        yield row("reasons", _("Hvorfor du kan det"), self.reasons(activity))
        yield row("provision", _("Må du gi oss dem?"), self.provision(activity))
        yield row("automation", _("Avgjør en maskin noe?"), self.automation(activity))
        measures = [measure.public_name or measure.name for measure in activity.safeguards]
        if measures:
            yield row("safeguards", _("Egen sikring"), lines(capital(measure) for measure in measures))
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

    def exact_basis(self, ground: LegalGroundRecord) -> str:
        _ = self.translate
        text = f"{_(ground.basis.label)} ({provision(ground.basis.source)})"
        if ground.purpose:
            text = _("{basis} for formålet «{purpose}»").format(basis=text, purpose=ground.purpose)
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
            who = party_in_sentence(transfer.party) if transfer.party else _("mottaker")
            found.append(
                Line(text=f"{capital(who)}: {_(country_name(transfer.country))}")
                if transfer.country
                else Line(text=_("{who}, land").format(who=capital(who)), missing=True)
            )
            found.append(
                Line(text=tool_as_law(transfer.tool, self.on, _))
                if transfer.tool
                else Line(text=_("{who}, grunnlag for overføringen").format(who=capital(who)), missing=True)
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
        if activity.provision_consequence:
            found.append(sentence(activity.provision_consequence))
        return lines(found)

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
                return lines([_("Ja."), activity.automated_decisions_note])
