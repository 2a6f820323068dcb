"""The whole notice in one place, in the order of Art. 13 and 14: for the long page, the PDF and the plain text.

WP260 asks that a layered notice also exists as one document. All of it comes from the frozen body.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from processing.notices.body import Card, Line, NoticeBody, RightEntry, Row, Section
from processing.notices.voices import Translate
from processing.notices.wording import enumeration

ROW_ORDER = (
    "purposes",
    "why_lawful",
    "bases",
    "special_grounds",
    "people",
    "data",
    "trackers",
    "access",
    "recipients",
    "abroad",
    "retention",
    "you_can",
    "reasons",
    "provision",
    "automation",
    "sources",
    "safeguards",
    "number",
)
"""The rows of a card as Art. 13(1)(c)–(f), 13(2)(a)–(f) and 14 name them; what the law does not ask for comes last."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing within a part: a card. `lines` come before its rows."""

    anchor: str
    title: str
    title_language: str = ""
    lines: tuple[Line, ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Part:
    """A chapter of the whole notice, with the provision that asks for it."""

    anchor: str
    title: str
    source: str = ""
    lines: tuple[Line, ...] = ()
    rows: tuple[Row, ...] = ()
    entries: tuple[Entry, ...] = ()


def whole_notice(body: NoticeBody, translate: Translate = str) -> tuple[Part, ...]:
    """Return the parts of the notice in the order of Art. 13 and 14, the right to object apart from all others."""
    _ = translate
    everything = (
        _part(body.controller),
        Part(
            anchor="bruk",
            title=_("Det vi bruker opplysninger til"),
            source="art. 13 nr. 1 bokstav c og d, art. 14 nr. 1 bokstav d",
            entries=tuple(_entry(card) for card in body.cards),
        ),
        _part(body.recipients),
        _part(body.transfers),
        Part(
            anchor="rettigheter",
            title=_("Det du kan be om"),
            source="art. 13 nr. 2 bokstav b og c",
            rows=tuple(_right(right, body, _) for right in body.rights),
        ),
        _part(body.objection) if body.objection else None,
        _part(body.complaint),
        _part(body.security),
    )
    return tuple(part for part in everything if part is not None)


def whom_it_concerns(right: RightEntry, body: NoticeBody, translate: Translate) -> str:
    """What a right concerns: everything, or the cards it is given by."""
    _ = translate
    if right.cards == tuple(card.title for card in body.cards):
        return _("Gjelder alt vi gjør.")
    return _("Gjelder: {cards}.").format(cards=enumeration(right.cards, _))


def _part(section: Section) -> Part:
    return Part(
        anchor=section.anchor, title=section.title, source=section.source, lines=section.lines, rows=section.rows
    )


def _entry(card: Card) -> Entry:
    intro = (card.introduction,) if card.intro else ()
    rows = tuple(_in_order([*card.rows, *card.details]))
    return Entry(anchor=card.anchor, title=card.title, title_language=card.title_language, lines=intro, rows=rows)


def _in_order(rows: Sequence[Row]) -> Iterable[Row]:
    """The rows as the articles name them. Rows of the first schema have no key, and stay as they stood."""
    place = {key: number for number, key in enumerate(ROW_ORDER)}
    return sorted(rows, key=lambda row: place.get(row.key, len(place)))


def _right(right: RightEntry, body: NoticeBody, translate: Translate) -> Row:
    about = Line(text=whom_it_concerns(right, body, translate))
    return Row(label=right.label, lines=(Line(text=right.text), about), key=right.code, source=right.source)
