"""Two notices compared: what reads otherwise is told in words, and what reads the same is not told at all."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from processing.notices.body import Line, NoticeBody
from processing.notices.changes import PlaceChanged, changes_between, told_apart
from processing.notices.compose import compose_notice
from tests.builders import (
    ASKED_AT,
    make_activity_record,
    make_bare_activity_record,
    make_controller_record,
    make_register,
)

DAY = ASKED_AT.date()


def notice(*activities, **controller) -> NoticeBody:
    rows = activities or (make_activity_record(),)
    return compose_notice(make_register(activities=rows, controller=make_controller_record(**controller)), on=DAY)


def only(changes: tuple[PlaceChanged, ...]) -> PlaceChanged:
    (place,) = changes
    return place


@pytest.mark.parametrize(
    ("before", "after", "was", "now"),
    [
        ("Bare behandleren.", "Bare behandleren.", [("Bare behandleren.", False)], [("Bare behandleren.", False)]),
        (
            "Vi sletter etter fem år.",
            "Vi sletter etter ti år.",
            [("Vi sletter etter ", False), ("fem", True), (" ", False), ("år.", False)],
            [("Vi sletter etter ", False), ("ti", True), (" ", False), ("år.", False)],
        ),
        ("Til avtalen er slutt.", "Fem år.", [("Til avtalen er slutt.", True)], [("Fem år.", True)]),
        ("", "Fem år.", [], [("Fem år.", True)]),
        ("Fem år.", "", [("Fem år.", True)], []),
        ("Fem\når.", "Fem år.", [("Fem\når.", False)], [("Fem år.", False)]),
    ],
)
def test_words_that_only_one_text_has_are_marked(before, after, was, now) -> None:
    old, new = told_apart(before, after)
    assert [(piece.text, piece.changed) for piece in old] == was
    assert [(piece.text, piece.changed) for piece in new] == now


def test_a_notice_is_no_different_from_itself() -> None:
    assert changes_between(notice(), notice()) == ()


def test_a_changed_sentence_is_told_at_its_card_and_row_with_before_and_after() -> None:
    after = make_activity_record(public_access="bare behandleren din og lederen")
    place = only(changes_between(notice(), notice(after)))
    assert (place.title, place.anchor, place.is_new, place.is_gone) == ("Journalen din", "health_record", False, False)
    (change,) = place.changes
    assert change.label == "Hvem får se"
    assert [piece.text.strip() for piece in change.after if piece.changed] == ["din og lederen."]
    assert [piece.text.strip() for piece in change.before if piece.changed] == ["din."]


def test_a_card_that_is_renamed_is_the_same_card() -> None:
    place = only(changes_between(notice(), notice(make_activity_record(public_name="Journal")))[:1])
    assert not place.is_new
    assert "Navn" in [change.label for change in place.changes]


def test_new_and_removed_cards_are_told_whole() -> None:
    one, other = make_activity_record(), make_activity_record(number="A02", code="other", public_name="Nyhetsbrev")
    added = [place for place in changes_between(notice(one), notice(one, other)) if place.is_new]
    removed = [place for place in changes_between(notice(one, other), notice(one)) if place.is_gone]
    assert [place.title for place in added] == [place.title for place in removed] == ["Nyhetsbrev"]
    assert all(not change.before for change in added[0].changes)
    assert all(not change.after for change in removed[0].changes)


def test_a_right_that_concerns_everything_is_not_told_again_for_every_card() -> None:
    one, other = make_activity_record(), make_activity_record(number="A02", code="other", public_name="Nyhetsbrev")
    titles = [place.title for place in changes_between(notice(one), notice(one, other))]
    assert "Nyhetsbrev" in titles
    assert "Det du kan be om" not in titles


def test_a_fact_that_is_no_longer_stated_reads_as_not_stated() -> None:
    places = changes_between(notice(), notice(make_activity_record(purposes=())))
    (place,) = [place for place in places if place.title == "Journalen din"]
    (change,) = [change for change in place.changes if change.label == "Hvorfor"]
    assert "".join(piece.text for piece in change.after) == "Ikke oppgitt"


def test_the_company_is_a_place_too() -> None:
    titles = [place.title for place in changes_between(notice(), notice(email="ny@prove.example"))]
    assert titles == ["Hvem som har ansvaret"]


def test_the_name_at_the_top_is_told_though_the_company_is_the_same() -> None:
    place = only(changes_between(notice(), notice(trading_name="Det nye navnet")))
    assert (place.title, [change.label for change in place.changes]) == ("Øverst og nederst på siden", ["Navn"])


# Every leaf

MARK = "Zzz"

IDENTITIES = {"number", "code", "key", "anchor"}
"""What tells one part from another. With another one it is told as gone, and as new."""

UNREAD = {"schema"}
"""The form it is stored in."""

Change = Callable[[Any], NoticeBody]


def in_two_languages() -> NoticeBody:
    """A notice with each kind of part, and none of them oftener than needed: every leaf is changed in its turn."""
    rows = [make_activity_record(), make_bare_activity_record(number="A02", code="other", public_description="Nytt.")]
    body = compose_notice(make_register(activities=rows), on=DAY)
    card = replace(body.cards[0], details=body.cards[0].details[:2])
    body = replace(body, cards=(card, replace(body.cards[1], details=())), rights=body.rights[:2])
    english = replace(
        body,
        language="en",
        title="How we use information about you",
        lead=("We are responsible.", *body.lead[1:]),
        cards=(
            replace(
                card,
                title="Your record",
                intro_language="nb",
                rows=(replace(card.rows[0], label="Why", lines=(Line(text="To help you."),)), *card.rows[1:]),
            ),
        ),
    )
    return replace(body, translations=(english,))


def leaves(value: Any, path: str, put: Change) -> Iterator[tuple[str, Any, Change]]:
    """Each leaf below `value` by its path, with what makes the whole notice with another value there."""
    if isinstance(value, tuple):
        for place, item in enumerate(value):
            yield from leaves(
                item, f"{path}.{place}", lambda new, place=place: put((*value[:place], new, *value[place + 1 :]))
            )
    elif is_dataclass(value):
        for item in fields(value):
            inner = getattr(value, item.name)
            yield from leaves(
                inner, f"{path}.{item.name}", lambda new, name=item.name: put(replace(value, **{name: new}))
            )
    else:
        yield path, value, put


def changed(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    return value + 7 if isinstance(value, int) else f"{value}{MARK}"


def test_every_leaf_of_a_notice_is_told_when_it_changes() -> None:
    """Walks the body itself, so that a part that is added cannot be forgotten."""
    before = in_two_languages()
    untold, seen = [], set()
    for path, value, put in leaves(before, "", lambda new: new):
        name = path.rpartition(".")[2]
        if name in UNREAD:
            continue
        after = put(changed(value))
        places = changes_between(before, after)
        told = [change for place in places for change in place.changes]
        words = ["".join(piece.text for piece in change.after) for change in told]
        shown = [*words, *(change.label for change in told), *(place.language for place in places)]
        is_shown = any(str(changed(value)) in text for text in shown)
        if not places or not (is_shown or name in IDENTITIES or isinstance(value, bool)):
            untold.append(path)
        seen.add(name)
    assert untold == []
    assert {"title", "label", "source", "plain", "people", "org_no", "missing", "language", "intro_language"} <= seen


def test_what_a_leaf_said_before_is_told_too() -> None:
    before = in_two_languages()
    after = replace(before, translations=(replace(before.translations[0], title="What we do"),))
    place = only(changes_between(before, after))
    (change,) = place.changes
    assert (place.language, change.label) == ("en", "Overskrift")
    assert "".join(piece.text for piece in change.before) == "How we use information about you"


def test_a_text_that_loses_its_version_is_told_in_both_languages() -> None:
    before = in_two_languages()
    english = before.translations[0]
    card, row = before.cards[0], replace(before.cards[0].rows[0], lines=(Line(text="For noe annet."),))
    first = replace(card, rows=(row, *card.rows[1:]))
    in_bokmål = replace(row, label="Why", lines=(replace(row.lines[0], language="nb"),))
    other = replace(english.cards[0], rows=(in_bokmål, *card.rows[1:]))
    after = replace(
        before,
        cards=(first, *before.cards[1:]),
        translations=(replace(english, cards=(other, *english.cards[1:])),),
    )
    bokmål, english_place = changes_between(before, after)
    assert (bokmål.language, english_place.language) == ("", "en")
    assert ["".join(piece.text for piece in change.after) for change in english_place.changes] == ["Står på bokmål."]


def test_a_language_is_new_without_what_it_says_in_bokmål() -> None:
    after = in_two_languages()
    found = changes_between(replace(after, translations=()), after)
    assert {place.language for place in found} == {"en"}
    told = ["".join(piece.text for piece in change.after) for place in found for change in place.changes]
    assert "To help you." in told
    assert after.cards[0].intro not in told
    assert changes_between(after, after) == ()
