"""What one notice says otherwise than the one before it, in words: place by place, before and after.

Only the frozen texts are compared. What reads the same is no change, whatever happened in the register.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from processing.law.terms import N_
from processing.notices.body import Line, NoticeBody
from processing.notices.document import whom_it_concerns
from processing.notices.wording import Translate, said

WORD = re.compile(r"\S+\s*")

ALIKE = 0.3
"""The share of words two texts must have in common to be told apart word by word. Below it, they are told whole."""


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Words that stand together. `changed` in what stood before: they are gone. In what stands now: they are new."""

    text: str
    changed: bool = False


@dataclass(frozen=True, kw_only=True)
class Change:
    """One text that changed: its label within the place, and its words before and after. Nothing before: it is new.

    `label` is empty where the place has one text only.
    """

    label: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


@dataclass(frozen=True, kw_only=True)
class PlaceChanged:
    """A card or another part of the notice, with what changed in it.

    `anchor` is its place in the newer version, or empty where that version no longer has it.
    """

    title: str
    anchor: str
    is_new: bool
    is_gone: bool
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class _Place:
    """A part of a notice and its texts, each by what tells it apart from its neighbours."""

    title: str
    anchor: str
    texts: dict[str, tuple[str, str]]  # key: (label, text)


def changes_between(before: NoticeBody, after: NoticeBody, translate: Translate = str) -> tuple[PlaceChanged, ...]:
    """Return the places whose words differ, in the order of `after`, and then those that are gone.

    A card is the same card as long as its number is, whatever it is called.
    """
    old, new = _places(before, translate), _places(after, translate)
    found = []
    for key, place in new.items():
        earlier = old.get(key)
        if changes := tuple(_changes(earlier.texts if earlier else {}, place.texts)):
            found.append(
                PlaceChanged(
                    title=place.title, anchor=place.anchor, is_new=earlier is None, is_gone=False, changes=changes
                )
            )
    for key, place in old.items():
        if key not in new and place.texts:
            changes = tuple(_changes(place.texts, {}))
            found.append(PlaceChanged(title=place.title, anchor="", is_new=False, is_gone=True, changes=changes))
    return tuple(found)


def _changes(before: dict[str, tuple[str, str]], after: dict[str, tuple[str, str]]) -> Iterator[Change]:
    for key in dict.fromkeys([*after, *before]):
        (old_label, old), (new_label, new) = before.get(key, ("", "")), after.get(key, ("", ""))
        if old != new:
            was, now = told_apart(old, new)
            yield Change(label=new_label or old_label, before=was, after=now)


def told_apart(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return both texts in pieces, with the words that only one of them has marked as changed.

    Texts with little in common are marked whole: a few common words between them would only make them harder to read.
    """
    old, new = WORD.findall(before), WORD.findall(after)
    matcher = SequenceMatcher(None, [word.strip() for word in old], [word.strip() for word in new], autojunk=False)
    if not old or not new or matcher.ratio() < ALIKE:
        return _whole(before), _whole(after)
    was: list[Piece] = []
    now: list[Piece] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        changed = tag != "equal"
        was += _piece(old[i:j], changed)
        now += _piece(new[k:m], changed)
    return tuple(was), tuple(now)


def _whole(text: str) -> tuple[Piece, ...]:
    return (Piece(text=text, changed=True),) if text else ()


def _piece(words: list[str], changed: bool) -> list[Piece]:
    """The words as a piece. The space after changed words is not changed: a line through it would run into the next."""
    text = "".join(words)
    mark = text.rstrip() if changed else text
    return [Piece(text=part, changed=part is mark and changed) for part in (mark, text[len(mark) :]) if part]


def _places(body: NoticeBody, translate: Translate) -> dict[str, _Place]:
    _ = translate
    first = {"title": (_(N_("Overskrift")), body.title), "lead": ("", "\n".join(body.lead))}
    places = {"first": _Place(_(N_("Først på siden")), "innhold", _stated(first))}
    for card in body.cards:
        texts = {"title": (_(N_("Navn")), card.title), "intro": ("", card.intro)}
        texts |= {row.key or row.label: (row.label, _text(row.lines, _)) for row in (*card.rows, *card.details)}
        places[f"card {card.number}"] = _Place(card.title, card.anchor, _stated(texts))
    rights = {right.code: (right.label, f"{right.text}\n{whom_it_concerns(right, body, _)}") for right in body.rights}
    places["rights"] = _Place(_(N_("Det du kan be om")), "rettigheter", _stated(rights))
    for section in (body.objection, *body.sections):
        if section is not None:
            texts = {"": ("", _text(section.lines, _))}
            texts |= {row.key or row.label: (row.label, _text(row.lines, _)) for row in section.rows}
            places[section.anchor] = _Place(section.title, section.anchor, _stated(texts))
    return places


def _stated(texts: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    return {key: (label, text) for key, (label, text) in texts.items() if text}


def _text(lines: Iterable[Line], translate: Translate) -> str:
    return "\n".join(said(line, translate) for line in lines)
