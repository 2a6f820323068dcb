"""How the notice puts facts into sentences: joining, capitals, full stops, and the line that says «not stated»."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from processing.law.countries import country_name
from processing.law.records import PartyRecord
from processing.law.sources import LegalSource, gdpr
from processing.law.statutes import PROVISIONS, recognise
from processing.law.terms import N_
from processing.law.transfers import TransferTool
from processing.notices.body import Line
from processing.notices.voices import Translate, Voice

T = TypeVar("T")

GDPR = gdpr("").instrument
ENDED = N_("(gjelder ikke lenger)")
NOT_STATED = N_("ikke oppgitt")


def lines(texts: Iterable[str]) -> tuple[Line, ...]:
    """A line a text; the single line «not stated» when there is none."""
    return stated_lines(texts) or (Line(missing=True),)


def stated_lines(texts: Iterable[str]) -> tuple[Line, ...]:
    """A line a text that says something, and no line for silence."""
    return tuple(Line(text=text) for text in texts if text)


def said(line: Line, translate: Translate) -> str:
    """The line as running text: a fact that is not stated says so, after what it names."""
    if not line.missing:
        return line.text
    return f"{line.text}: {translate(NOT_STATED)}" if line.text else capital(translate(NOT_STATED))


def told(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines, or the single line «not stated» when there is none."""
    return tuple(lines) or (Line(missing=True),)


def unique(items: Iterable[T]) -> list[T]:
    return list(dict.fromkeys(items))


def capital(text: str) -> str:
    """`text` with its first letter as a capital and the rest as it was."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """`text` with a full stop, unless it ends in a mark of its own or in a list."""
    text = text.rstrip()
    ends_in_list = text.rpartition("\n")[2].lstrip().startswith("- ")
    return text if not text or ends_in_list or text[-1] in ".!?»" else f"{text}."


def joined(*parts: str) -> str:
    """The parts that say something, with commas between."""
    return ", ".join(part for part in parts if part)


def enumeration(items: Iterable[str], translate: Translate) -> str:
    """«a, b og c». Semicolons where an item holds a comma of its own."""
    items = list(items)
    if len(items) < 2:
        return "".join(items)
    mark = "; " if any("," in item for item in items) else ", "
    return f"{mark.join(items[:-1])} {translate('og')} {items[-1]}"


def provision(source: LegalSource | None) -> str:
    """«art. 6 nr. 1 bokstav f» without the name of the regulation: the notice names it once."""
    return source.provision if source else ""


def citation(source: LegalSource) -> str:
    """The provision with the name of its statute, or without it where it is the regulation's."""
    return source.provision if source.instrument == GDPR else str(source)


def tool_as_law(tool: TransferTool, on: date, translate: Translate) -> str:
    """The tool's name, and that it no longer holds where it has ended by the Oslo date `on`."""
    label = translate(tool.label)
    return f"{label} {translate(ENDED)}" if tool.validity.has_ended_by(on) else label


def law_as_stated(text: str, on: date, translate: Translate, *, told: str = "") -> str:
    """`text` as the register has it, and that a provision it cites no longer holds where one has ended by `on`.

    `told` is the same in the language. A mere citation is not translated: laws are called what they are called.
    """
    ended = any(
        citation.cites(provision.statute, provision.section) and provision.has_ended_by(on)
        for citation in recognise(text)
        for provision in PROVISIONS
    )
    return f"{told or text} {translate(ENDED)}" if ended else told or text


def party_in_sentence(voice: Voice, party: PartyRecord) -> str:
    """The party as it stands in the middle of a sentence: what it does for us, and its name where it is known."""
    service = voice.say(party.public_service or party.service)
    return f"{service} ({party.name})" if party.name else service


def party_line(voice: Voice, party: PartyRecord, cards: Sequence[str] = ()) -> Line:
    """The party on a line of its own: its name and country, or the name as not stated where it must have one.

    `cards` are the titles of what it gets data from, where that is not plain from the place the line stands in.
    """
    missing = not party.name and party.role.has_a_name
    return replace(voice.tell(_party_words, party, cards, missing), missing=missing)


def _party_words(voice: Voice, party: PartyRecord, cards: Sequence[str], missing: bool) -> str:
    _ = voice.translate
    said = capital(voice.say(party.public_service or party.service))
    if party.name:
        place = f" ({_(country_name(party.country))})" if party.country else ""
        said = f"{said}: {party.name}{place}"
    titles = quoted(cards, _)
    if titles:
        said = f"{said}. {_('Gjelder {cards}').format(cards=titles)}"
    if not missing:
        return f"{said}." if titles else said
    mark = ". " if titles else ", "
    return f"{said}{mark}{_('Navn') if titles else _('navn')}"


def organisation_number(number: str) -> str:
    """«926 194 569», in one piece. Anything but nine digits as it is: the register says what it says."""
    if len(number) != 9 or not number.isdigit():
        return number
    return "\u00a0".join([number[:3], number[3:6], number[6:]])


def quoted(titles: Iterable[str], translate: Translate) -> str:
    """«Journal», «Nyhetsbrev» og «Honorar»: the titles of cards in the middle of a sentence, each once."""
    return enumeration(unique(f"«{title}»" for title in titles), translate)
