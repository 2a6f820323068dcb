"""Out of the EEA: to whom, where, on what ground, and how a reader gets a copy of it (Art. 13(1)(f))."""

from collections.abc import Iterable
from datetime import date

from processing.law.countries import country_name
from processing.law.facts import Fact
from processing.law.records import TransferRecord
from processing.notices.body import Line, Row, Section
from processing.notices.given import Given
from processing.notices.voices import Voice
from processing.notices.wording import (
    capital,
    citation,
    party_in_sentence,
    quoted,
    sentence,
    tool_as_law,
    unique,
)


def transfers(given: Given) -> Section:
    _ = given.translate
    found = []
    abroad = [given.title(a) for a in given.activities if a.transfers_outside_eea in {Fact.YES, Fact.POSSIBLE}]
    silent = [given.title(a) for a in given.activities if a.transfers_outside_eea is Fact.NOT_STATED]
    if abroad:
        found.append(
            Line(text=_("Opplysninger kan komme ut av EØS når det gjelder {cards}.").format(cards=quoted(abroad, _)))
        )
    for transfer in given.register.transfers:
        found.append(given.voice.tell(stated_transfer, transfer, given.on))
    if given.controller.transfers_documented_on_request is Fact.YES:
        found.append(
            Line(
                text=_(
                    "Spør oss, så får du en kopi av det som verner opplysningene der. "
                    "Du får også vite hvem mottakerne er."
                )
            )
        )
    elif abroad:
        found.append(Line(text=_("Hvordan du får en kopi av det som verner opplysningene der"), missing=True))
    if silent:
        about = _("Om noe går ut av EØS når det gjelder {cards}").format(cards=quoted(silent, _))
        found.append(Line(text=about, missing=True))
    if not found:
        found.append(Line(text=_("Vi sender ikke opplysninger ut av EØS.")))
    return Section(
        anchor="land",
        title=_("Ut av EØS"),
        lines=tuple(found),
        rows=tuple(transfers_by_recipient(given)),
        source="art. 13 nr. 1 bokstav f",
    )


def stated_transfer(voice: Voice, transfer: TransferRecord, on: date) -> str:
    _ = voice.translate
    tool = tool_as_law(transfer.tool, on, _) if transfer.tool else _("Ikke navngitt")
    country = f" ({_(country_name(transfer.country))})" if transfer.country else ""
    stated = _("Grunnlag vi oppgir: {tool}.").format(tool=f"{tool}{country}")
    return f"{stated} {sentence(voice.say(transfer.note))}".rstrip()


def transfers_by_recipient(given: Given) -> Iterable[Row]:
    """Each recipient abroad: where, on what ground, and of whose data. What is not stated is told as missing."""
    _ = given.translate
    found: dict[str, dict[Line, list[str]]] = {}
    for activity in given.activities:
        for transfer in activity.transfers:
            party = transfer.party
            who = capital(given.voice.tell(party_in_sentence, party).text) if party else _("Mottaker")
            for line in ground(transfer, given):
                found.setdefault(who, {}).setdefault(line, []).append(given.title(activity))
    for who, told in found.items():
        titles = unique(title for cards in told.values() for title in cards)
        about = Line(text=_("Gjelder {cards}.").format(cards=quoted(titles, _)))
        yield Row(label=who, lines=(*told, about))


def ground(transfer: TransferRecord, given: Given) -> Iterable[Line]:
    _ = given.translate
    country = _(country_name(transfer.country))
    yield Line(text=sentence(country)) if country else Line(text=_("Land"), missing=True)
    if transfer.tool:
        law = f" ({citation(transfer.tool.source)})" if transfer.tool.source else ""
        yield Line(text=sentence(f"{tool_as_law(transfer.tool, given.on, _)}{law}"))
    else:
        yield Line(text=_("Grunnlag for overføringen"), missing=True)
