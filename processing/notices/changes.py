"""What one notice says otherwise than the one before it, in words: place by place, before and after.

Only the frozen texts are compared, and every word of them. What reads the same is no change, whatever happened in the
register.
"""

import dataclasses
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from processing.law.terms import N_
from processing.notices.body import Line, NoticeBody, Row
from processing.notices.document import whom_it_concerns
from processing.notices.voices import Translate
from processing.notices.wording import enumeration, said

HEADING = N_("{label}: overskrift")
PROVISION = N_("{label}: artikkel")
LANGUAGE = N_("{label}: språk")
IN_BOKMAL = N_("Står på bokmål.")

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

    `anchor` is its place in the newer version, or empty where that version no longer has it. `language` is the code of
    the language the change is in, where the notice is told in several and it is not the first.
    """

    title: str
    anchor: str
    is_new: bool
    is_gone: bool
    changes: tuple[Change, ...]
    language: str = ""


@dataclass(frozen=True)
class _Told:
    """A text under its label, and the languages it is marked with; None where there is no notice to mark it."""

    label: str
    text: str
    language: str | None = ""


@dataclass(frozen=True)
class _Place:
    """A part of a notice and its texts, each by what tells it apart from its neighbours.

    `marks` is what stands around the texts: headings, provisions. They say nothing of a place that is new or gone.
    """

    title: str
    anchor: str
    texts: dict[str, _Told]
    marks: dict[str, _Told]


def changes_between(before: NoticeBody, after: NoticeBody, translate: Translate = str) -> tuple[PlaceChanged, ...]:
    """Return the places that read otherwise, in the order of `after`, and then those that are gone.

    A card is the same card as long as its number is, whatever it is called. The other languages follow, each with what
    it says itself: a text that has no version there is told in bokmål, once.
    """
    was, now = _places(before, translate), _places(after, translate)
    found = list(_compared(was, now, translate))
    for language in dict.fromkeys([*after.languages[1:], *before.languages[1:]]):
        old, new = _own_words(before, was, language, translate), _own_words(after, now, language, translate)
        found += [replace(place, language=language) for place in _compared(old, new, translate, translate(IN_BOKMAL))]
    return tuple(found)


def _compared(
    before: dict[str, _Place], after: dict[str, _Place], translate: Translate, unsaid: str = ""
) -> Iterator[PlaceChanged]:
    """`unsaid` is what a text reads as that is not of this language. Of a new place it is no news."""
    for key, place in after.items():
        earlier = before.get(key)
        if changes := tuple(_changes(earlier, place, translate, unsaid)):
            yield PlaceChanged(
                title=place.title, anchor=place.anchor, is_new=earlier is None, is_gone=False, changes=changes
            )
    for key, place in before.items():
        if key not in after and (changes := tuple(_changes(place, None, translate, unsaid))):
            yield PlaceChanged(title=place.title, anchor="", is_new=False, is_gone=True, changes=changes)


def _changes(before: _Place | None, after: _Place | None, translate: Translate, unsaid: str) -> Iterator[Change]:
    _ = translate
    nothing = _Told("", "")
    old, new = (place.texts if place else {} for place in (before, after))
    for key in dict.fromkeys([*new, *old]):
        was, now = old.get(key, nothing), new.get(key, nothing)
        if was.text != now.text and {was.text, now.text} != {"", unsaid}:
            yield _change(now.label or was.label, was.text, now.text)
        elif was.text == now.text and was.language != now.language and None not in (was.language, now.language):
            yield _change(_(LANGUAGE).format(label=now.label), was.language or "–", now.language or "–")
    if before and after:
        for key in after.marks.keys() & before.marks.keys():
            was, now = before.marks[key], after.marks[key]
            if was.text != now.text:
                yield _change(now.label, was.text, now.text)


def _change(label: str, before: str, after: str) -> Change:
    was, now = told_apart(before, after)
    return Change(label=label, before=was, after=now)


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


def _own_words(body: NoticeBody, first: dict[str, _Place], language: str, translate: Translate) -> dict[str, _Place]:
    """The places of the notice in another language. What reads as in the `first` one there is marked as not of it."""
    is_told = language in body.languages
    own = _places(body.in_language(language), translate) if is_told else first

    def marked(told: dict[str, _Told], here: dict[str, _Told]) -> dict[str, _Told]:
        in_bokmål = translate(IN_BOKMAL)
        kept = {key: one if is_told else replace(one, language=None) for key, one in told.items()}
        return {
            key: replace(one, text=in_bokmål) if key in here and one.text == here[key].text else one
            for key, one in kept.items()
        }

    found = {}
    for key, place in own.items():
        texts, marks = (first[key].texts, first[key].marks) if key in first else ({}, {})
        found[key] = replace(place, texts=marked(place.texts, texts), marks=marked(place.marks, marks))
    return found


def _places(body: NoticeBody, translate: Translate) -> dict[str, _Place]:
    _ = translate
    titles = {role.code: role.title for role in body.roles}
    places = {
        "first": _place(
            _("Først på siden"),
            "innhold",
            {"title": _Told(_("Overskrift"), body.title), "lead": _Told("", "\n".join(body.lead))},
            {"language": _Told(_("Språk"), body.language)},
        ),
        "roles": _place(
            _("Hva gjelder for meg?"),
            "bruk",
            {role.code: _Told(role.title, f"{role.people or role.title}: {role.cards}") for role in body.roles},
            {role.code: _Told(_(HEADING).format(label=role.title), role.title) for role in body.roles},
        ),
    }
    for card in body.cards:
        texts, marks = _of_rows((*card.rows, *card.details), _)
        whom = enumeration([titles.get(code, code) for code in card.roles], _)
        places[f"card {card.number}"] = _place(
            card.title,
            card.anchor,
            {
                "title": _Told(_("Navn"), card.title, card.title_language),
                "intro": _Told("", card.intro, card.intro_language),
                **texts,
            },
            {"roles": _Told(_("Gjelder for"), whom), "anchor": _Told(_("Adresse"), card.anchor), **marks},
        )
    places["rights"] = _place(
        _("Det du kan be om"),
        "rettigheter",
        {
            right.code: _Told(right.label, "\n".join([right.plain, right.text, whom_it_concerns(right, body, _)]))
            for right in body.rights
        },
        dict(mark for right in body.rights for mark in _marks(right.code, right.label, right.source, _)),
    )
    for section in (body.objection, *body.sections):
        if section is not None:
            texts, marks = _of_rows(section.rows, _)
            lines = _Told("", _text(section.lines, _), _languages(section.lines))
            marks |= dict(_marks("", section.title, section.source, _))
            places[section.anchor] = _place(section.title, section.anchor, {"": lines, **texts}, marks)
    places["site"] = _place(_("Øverst og nederst på siden"), "innhold", _of_site(body, places, _), {})
    return places


def _place(title: str, anchor: str, texts: dict[str, _Told], marks: dict[str, _Told]) -> _Place:
    return _Place(title, anchor, {key: told for key, told in texts.items() if told.text}, marks)


def _of_rows(rows: Iterable[Row], translate: Translate) -> tuple[dict[str, _Told], dict[str, _Told]]:
    """The texts of rows and what stands around them. Two rows that nothing tells apart are told in their order."""
    texts: dict[str, _Told] = {}
    marks: dict[str, _Told] = {}
    for row in rows:
        key = row.key or row.label
        while key in texts:
            key += "+"
        texts[key] = _Told(row.label, _text(row.lines, translate), _languages(row.lines))
        marks |= dict(_marks(key, row.label, row.source, translate))
    return texts, marks


def _marks(key: str, label: str, source: str, translate: Translate) -> Iterator[tuple[str, _Told]]:
    _ = translate
    yield f"{key} heading", _Told(_(HEADING).format(label=label), label)
    yield f"{key} source", _Told(_(PROVISION).format(label=label), source)


def _of_site(body: NoticeBody, places: dict[str, _Place], translate: Translate) -> dict[str, _Told]:
    """How to reach the company, but for what its own section says in the same words."""
    _ = translate
    labels = {
        "name": _("Navn"),
        "legal_name": _("Ansvarlig"),
        "org_no": _("Org.nr."),
        "address": _("Adresse"),
        "email": _("E-post"),
        "phone": _("Telefon"),
    }
    said = {told.text.replace("\u00a0", "") for told in places[body.controller.anchor].texts.values()}
    facts = dataclasses.asdict(body.site)
    return {name: _Told(labels[name], text) for name, text in facts.items() if text not in said}


def _text(lines: Iterable[Line], translate: Translate) -> str:
    return "\n".join(said(line, translate) for line in lines)


def _languages(lines: Iterable[Line]) -> str:
    return " ".join(line.language or "–" for line in lines) if any(line.language for line in lines) else ""
