"""Two notices compared: what reads otherwise is told in words, and what reads the same is not told at all."""

from dataclasses import replace

import pytest

from processing.notices.body import NoticeBody
from processing.notices.changes import PlaceChanged, changes_between, told_apart
from processing.notices.compose import compose_notice
from tests.builders import ASKED_AT, make_activity_record, make_controller_record, make_register

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
    place = only(changes_between(notice(), notice(make_activity_record(purposes=()))))
    (change,) = [change for change in place.changes if change.label == "Hvorfor"]
    assert "".join(piece.text for piece in change.after) == "Ikke oppgitt"


def test_the_company_is_a_place_too() -> None:
    titles = [place.title for place in changes_between(notice(), notice(email="ny@prove.example"))]
    assert titles == ["Hvem som har ansvaret"]


def test_what_is_told_is_all_that_differs() -> None:
    """Put back what the changes say stood before, and nothing is left to tell."""
    before = notice()
    after = replace(before, lead=("Noe annet står her nå.",))
    assert [place.title for place in changes_between(before, after)] == ["Først på siden"]
    assert changes_between(before, replace(after, lead=before.lead)) == ()
