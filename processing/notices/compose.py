"""From the register to the text of the notice. Pure: the same register, day and language give the same body.

Every fact comes from the register. A fixed sentence is printed only when the fact it rests on is stated
(decision 28); a fact the notice must hold and the register lacks is shown as not stated, never guessed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from processing.law.facts import Fact
from processing.law.languages import TextLanguage
from processing.law.parties import PartyRole
from processing.law.records import Register
from processing.law.rights import Right, rights_for
from processing.law.terms import N_
from processing.notices.abroad import transfers
from processing.notices.body import SCHEMA, Line, NoticeBody, RightEntry, Row, Section, SiteFacts
from processing.notices.cards import YOU_CAN, CardComposer
from processing.notices.complaint import complaint
from processing.notices.given import Given
from processing.notices.opening import lead, roles
from processing.notices.voices import BOKMAL, Translate, Voice
from processing.notices.wording import (
    capital,
    citation,
    joined,
    lines,
    organisation_number,
    party_line,
    quoted,
    told,
)

WHAT_A_RIGHT_MEANS = {
    Right.ACCESS: N_("Du kan få vite om vi har noe om deg, og få en kopi. Den første kopien er gratis."),
    Right.ACCESS_LOG: N_("Du kan få vite hvem som har lest journalen din, og hvem som har fått noe fra den."),
    Right.RECTIFICATION: N_("Er noe feil, eller mangler det noe, kan du be oss rette det."),
    Right.ERASURE: N_("Du kan be oss slette. Noe må vi etter loven ta vare på. Da skriver vi hvorfor."),
    Right.RESTRICTION: N_(
        "Du kan be oss la opplysningene ligge urørt, for eksempel mens vi finner ut om noe er riktig."
    ),
    Right.OBJECTION: N_(
        "Når vi bruker opplysninger fordi vi mener å ha en god grunn, kan du si nei. "
        "Da stopper vi, med mindre vi kan vise grunner som veier tyngre enn dine."
    ),
    Right.OBJECTION_MARKETING: N_("Sier du nei til markedsføring, stopper vi. Du trenger ingen grunn."),
    Right.PORTABILITY: N_("Det du selv har gitt oss, kan du få i en fil. Du kan også be oss sende den til noen andre."),
    Right.WITHDRAW_CONSENT: N_(
        "Har du sagt ja til noe, kan du ombestemme deg når som helst. Det vi gjorde før, er fortsatt lovlig."
    ),
}


def compose_notice(
    register: Register, *, on: date, translators: Mapping[TextLanguage, Translate] | None = None
) -> NoticeBody:
    """Return the notice the register gives on the Oslo date `on`, with the same notice in other languages.

    Those are the ones that the register has a text in and `translators` have the fixed text of. Only activities in use
    on that date are in it. Raises ValueError when the register has no controller: there is nobody to speak.
    """
    translated = [*register.translations, *(row for one in register.activities_on(on) for row in one.translations)]
    spoken = {row.language for row in translated}
    others = tuple(
        _in_voice(register, on, Voice(language.value, translate, {}))
        for language, translate in (translators or {}).items()
        if language in spoken
    )
    return replace(_in_voice(register, on, BOKMAL), translations=others)


def _in_voice(register: Register, on: date, voice: Voice) -> NoticeBody:
    if register.controller is None:
        raise ValueError("A notice needs a controller: the register is empty.")
    voice = voice.with_texts(register.translations)
    return _Composer(Given(register, register.controller, register.activities_on(on), on, voice)).body()


class _Composer:
    def __init__(self, given: Given) -> None:
        self.given = given
        self.register = given.register
        self.controller = given.controller
        self.on = given.on
        self.activities = given.activities
        self.voice = given.voice
        self._ = given.translate

    def body(self) -> NoticeBody:
        cards = CardComposer(self.controller, self.on, self.voice)
        return NoticeBody(
            schema=SCHEMA,
            language=self.voice.language,
            title=self._("Slik bruker vi opplysninger om deg"),
            site=self.site(),
            lead=tuple(lead(self.given)),
            roles=tuple(roles(self.given)),
            cards=tuple(cards.card(activity) for activity in self.activities),
            controller=self.about_controller(),
            rights=tuple(self.rights()),
            objection=self.objection(),
            recipients=self.recipients(),
            transfers=transfers(self.given),
            security=self.security(),
            complaint=complaint(self.given),
        )

    # The first screen

    def site(self) -> SiteFacts:
        controller = self.controller
        return SiteFacts(
            name=controller.trading_name or controller.legal_name,
            legal_name=controller.legal_name,
            org_no=controller.org_no,
            address=controller.address,
            email=controller.email,
            phone=controller.phone,
        )

    # The rest of the notice

    def rights(self) -> Iterable[RightEntry]:
        _ = self._
        given: dict[Right, list[str]] = {right: [] for right in Right}
        for activity in self.activities:
            for answer in rights_for(activity):
                if answer.applies in {Fact.YES, Fact.POSSIBLE}:
                    given[answer.right].append(self.given.title(activity))
        for right, titles in given.items():
            if titles:
                yield RightEntry(
                    code=right.value,
                    plain=capital(_(YOU_CAN[right])),
                    label=_(right.label),
                    text=_(WHAT_A_RIGHT_MEANS[right]),
                    cards=tuple(titles),
                    source=citation(right.source) if right.source else "",
                )

    def objection(self) -> Section:
        """The right to object, apart from all other information (Art. 21(4)).

        The right against marketing has no exception, so it is told also where no activity is confirmed to be that.
        """
        _ = self._
        against_interest, against_marketing = [], []
        for activity in self.activities:
            answers = {answer.right: answer.applies for answer in rights_for(activity)}
            if answers[Right.OBJECTION] is Fact.YES:
                against_interest.append(self.given.title(activity))
            if answers[Right.OBJECTION_MARKETING] is Fact.YES:
                against_marketing.append(self.given.title(activity))
        found = []
        if against_interest:
            found.append(
                _("Noe gjør vi fordi vi selv har en god grunn til det. Da kan du si nei: {cards}.").format(
                    cards=quoted(against_interest, _)
                )
            )
            found.append(_("Vi stopper, med mindre vi kan vise grunner som veier tyngre enn dine."))
        if against_marketing:
            found.append(
                _("Sier du nei til markedsføring, stopper vi uansett: {cards}.").format(
                    cards=quoted(against_marketing, _)
                )
            )
        else:
            found.append(_("Reklame fra oss kan du alltid si nei til. Da stopper vi, og du trenger ingen grunn."))
        return Section(anchor="si-nei", title=_("Du kan si nei"), lines=lines(found), source="art. 21 nr. 4")

    def recipients(self) -> Section:
        _ = self._
        by_role: dict[PartyRole, list[Line]] = {}
        for party in self.register.parties:
            titles = [
                self.given.title(activity)
                for activity in self.activities
                if any(disclosure.party == party for disclosure in activity.disclosures)
            ]
            if titles:
                by_role.setdefault(party.role, []).append(party_line(self.voice, party, titles))
        found = []
        if self.controller.agreements_with_processors is Fact.YES:
            found.append(Line(text=_("Vi har avtale med alle leverandører som behandler opplysninger for oss.")))
        if not by_role:
            found.append(Line(missing=True))
        return Section(
            anchor="mottakere",
            title=_("Hvem som kan få opplysninger"),
            lines=tuple(found),
            rows=tuple(
                Row(label=_(role.label), lines=tuple(parties), key=role.value) for role, parties in by_role.items()
            ),
            source="art. 13 nr. 1 bokstav e",
        )

    def security(self) -> Section:
        measures = [measure.public_name or measure.name for measure in self.register.general_measures]
        return Section(
            anchor="sikring",
            title=self._("Slik passer vi på opplysningene"),
            lines=told(self.voice.line(measure, capital) for measure in measures),
            source="art. 32 nr. 1",
        )

    def about_controller(self) -> Section:
        _ = self._
        controller = self.controller
        rows = [
            Row(
                label=_("Ansvarlig"),
                lines=lines([controller.legal_name]),
            ),
            Row(label=_("Org.nr."), lines=lines([organisation_number(controller.org_no)])),
            Row(label=_("Adresse"), lines=lines([controller.address])),
            Row(label=_("E-post"), lines=lines([controller.email])),
        ]
        if controller.phone:
            rows.append(Row(label=_("Telefon"), lines=lines([controller.phone])))
        if controller.contact_person or controller.contact_role:
            rows.append(
                Row(
                    label=_("Kontakt"),
                    lines=lines([joined(controller.contact_person, self.voice.name(controller.contact_role))]),
                )
            )
        if controller.has_dpo is Fact.YES:
            rows.append(
                Row(label=_("Personvernombud"), lines=lines([joined(controller.dpo_name, controller.dpo_contact)]))
            )
        if controller.has_representative is Fact.YES:
            rows.append(Row(label=_("Representant i EØS"), lines=lines([controller.representative])))
        return Section(
            anchor="ansvarlig",
            title=_("Hvem som har ansvaret"),
            rows=tuple(rows),
            source="art. 13 nr. 1 bokstav a og b",
        )
