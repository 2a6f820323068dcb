"""Sentences of a card that are made of fixed text and of facts, each in one voice from end to end."""

from collections.abc import Sequence

from processing.law.countries import country_name
from processing.law.records import PartyRecord, SourceRecord, TransferRecord
from processing.notices.voices import Voice
from processing.notices.wording import capital, enumeration, joined, party_in_sentence, sentence, unique


def interest_words(voice: Voice, interests: Sequence[str]) -> str:
    _ = voice.translate
    reason = _("Vi mener at vi har en god grunn, og at den veier tyngre enn ulempen for deg: {interests}")
    return sentence(reason.format(interests=enumeration(map(voice.say, interests), _)))


def data_words(voice: Voice, frame: str, names: Sequence[str]) -> str:
    """What is held, in the sentence of `frame`, a source string with a place for the items."""
    _ = voice.translate
    return sentence(capital(_(frame).format(items=enumeration(map(voice.say, names), _))))


def inside_words(voice: Voice, who: str) -> str:
    _ = voice.translate
    said = voice.say(who)
    return sentence(_("Hos oss: {who}").format(who=said[:1].lower() + said[1:]))


def recipient_words(voice: Voice, parties: Sequence[PartyRecord]) -> str:
    _ = voice.translate
    names = unique(party_in_sentence(voice, party) for party in parties)
    return sentence(_("Disse kan få opplysninger fra oss: {parties}").format(parties=enumeration(names, _)))


def withdrawal_words(voice: Voice, how: str) -> str:
    _ = voice.translate
    return sentence(_("Slik trekker du samtykket: {how}").format(how=voice.say(how)))


def source_words(voice: Voice, source: SourceRecord) -> str:
    return joined(capital(voice.translate(source.kind.plain)), voice.say(source.description))


def destination_words(voice: Voice, transfer: TransferRecord) -> str:
    """To whom and to which country, or to whom, and that the country is what is missing."""
    _ = voice.translate
    who = capital(receiver(voice, transfer))
    return f"{who}: {_(country_name(transfer.country))}" if transfer.country else _("{who}, land").format(who=who)


def toolless_words(voice: Voice, transfer: TransferRecord) -> str:
    _ = voice.translate
    return _("{who}, grunnlag for overføringen").format(who=capital(receiver(voice, transfer)))


def receiver(voice: Voice, transfer: TransferRecord) -> str:
    _ = voice.translate
    return party_in_sentence(voice, transfer.party) if transfer.party else _("mottaker")
