"""The notice in other languages: what has a version there, and what is told in bokmål and marked as that."""

from dataclasses import replace

import pytest

from processing.law.languages import TextLanguage
from processing.law.records import ActivityRecord, TranslationRecord
from processing.law.translations import shared_texts, stale_translations, texts_of_activity
from processing.notices.body import Line, NoticeBody, body_hash, from_payload, to_payload
from processing.notices.compose import compose_notice
from processing.notices.drift import differences_between
from tests.builders import ASKED_AT, make_activity_record, make_register

DAY = ASKED_AT.date()
ENGLISH = TextLanguage.ENGLISH


def bracketed(text: str) -> str:
    return f"[{text}]"


def translated(original: str, text: str = "", language: TextLanguage = ENGLISH) -> TranslationRecord:
    return TranslationRecord(language=language, original=original, text=text or f"EN {original}")


def english(*own: TranslationRecord, shared: tuple[TranslationRecord, ...] = (), **over: object) -> NoticeBody:
    """The English notice of a health record with these translations."""
    register = make_register(activities=[make_activity_record(translations=own, **over)], translations=shared)
    return compose_notice(register, on=DAY, translators={ENGLISH: bracketed}).in_language("en")


def lines_of(body: NoticeBody, key: str) -> tuple[Line, ...]:
    (card,) = body.cards
    return next(row.lines for row in (*card.rows, *card.details) if row.key == key)


def test_a_notice_is_in_bokmål_alone_until_a_text_has_a_version() -> None:
    register = make_register(activities=[make_activity_record(translations=())])
    assert compose_notice(register, on=DAY, translators={ENGLISH: bracketed}).languages == ("nb",)


def test_a_language_without_its_fixed_text_is_not_told() -> None:
    register = make_register()
    assert {row.language.value for row in register.activities[0].translations} == {"nn", "en"}
    assert compose_notice(register, on=DAY, translators={ENGLISH: bracketed}).languages == ("nb", "en")


def test_fixed_text_is_translated_and_the_register_speaks_for_itself() -> None:
    body = english(translated("For å hjelpe deg.", "To help you."))
    assert body.title == "[Slik bruker vi opplysninger om deg]"
    assert body.cards[0].rows[0].label == "[Hvorfor]"
    assert lines_of(body, "purposes") == (
        Line(text="To help you."),
        Line(text="Dokumentere helsehjelpen", language="nb"),
    )


def test_a_sentence_is_never_half_in_each_language() -> None:
    """«navn» has a version and «hvordan du har det» has none: each stands in a sentence of its own."""
    body = english(shared=(translated("navn", "name"),))
    assert lines_of(body, "data") == (
        Line(text="[name]."),
        Line(text="Det kan også være hvordan du har det.", language="nb"),
    )


def test_rights_and_the_rest_of_what_is_fixed_never_falls_back() -> None:
    body = english(translated("Vi skriver journal."))
    assert all(line.language == "" for line in lines_of(body, "you_can"))
    assert all(right.text.startswith("[") for right in body.rights)
    assert [right.code for right in body.rights] == [right.code for right in english(translated("x")).rights]


def test_the_title_and_the_introduction_are_marked_when_they_have_no_version() -> None:
    (card,) = english(translated("Vi skriver journal.", "We keep a record.")).cards
    assert (card.title, card.title_language) == ("Journalen din", "nb")
    assert (card.intro, card.intro_language) == ("We keep a record.", "")
    (card,) = english(translated("Journalen din", "Your record")).cards
    assert (card.title, card.title_language) == ("Your record", "")


def test_an_activity_speaks_for_itself_before_the_company() -> None:
    own, shared = translated("For å hjelpe deg.", "Ours"), translated("For å hjelpe deg.", "Theirs")
    assert lines_of(english(own, shared=(shared,)), "purposes")[0].text == "Ours"
    assert lines_of(english(shared=(shared,)), "purposes")[0].text == "Theirs"


def test_a_text_that_has_changed_is_told_in_bokmål_until_it_is_translated_again() -> None:
    row = translated("Vi skriver journal.")
    (card,) = english(row, public_description="Vi fører journal.").cards
    assert (card.intro, card.intro_language) == ("Vi fører journal.", "nb")


@pytest.mark.parametrize("typed", ["Vi skriver journal.\r\n", "  Vi skriver journal. "])
def test_how_a_text_was_typed_makes_no_difference(typed: str) -> None:
    (card,) = english(translated(typed, "We keep a record.")).cards
    assert card.intro == "We keep a record."


def fully_translated(activity: ActivityRecord) -> NoticeBody:
    bare = make_register(activities=[activity])
    texts = {text for _kind, text in (*texts_of_activity(activity), *shared_texts(bare))}
    own = tuple(translated(text) for text in sorted(texts))
    register = make_register(activities=[replace(activity, translations=own)], translations=own)
    return compose_notice(register, on=DAY, translators={ENGLISH: bracketed}).in_language("en")


def marked_lines(body: NoticeBody) -> list[str]:
    rows = [row for card in body.cards for row in (*card.rows, *card.details)]
    rows += [row for section in body.sections for row in section.rows]
    lines = [line for row in rows for line in row.lines]
    lines += [line for section in body.sections for line in section.lines]
    titles = [card.title for card in body.cards if card.title_language or card.intro_language]
    return [line.text for line in lines if line.language] + titles


def test_what_is_listed_as_public_is_all_that_needs_a_version() -> None:
    """Fails when the notice tells a text that `processing.law.translations` does not list."""
    assert marked_lines(fully_translated(make_activity_record())) == []


def test_nothing_of_the_notice_is_lost_or_added_in_another_language() -> None:
    register = make_register()
    first = compose_notice(register, on=DAY)
    other = english(translated("Vi skriver journal."))
    assert [card.number for card in other.cards] == [card.number for card in first.cards]
    assert [section.anchor for section in other.sections] == [section.anchor for section in first.sections]
    assert [role.code for role in other.roles] == [role.code for role in first.roles]
    for mine, theirs in zip(other.cards, first.cards, strict=True):
        assert [(row.key, row.source, len(row.lines)) for row in (*mine.rows, *mine.details)] == [
            (row.key, row.source, len(row.lines)) for row in (*theirs.rows, *theirs.details)
        ]
        assert [line.missing for row in mine.details for line in row.lines] == [
            line.missing for row in theirs.details for line in row.lines
        ]


def test_all_languages_survive_storage_and_count_in_the_hash() -> None:
    register = make_register(activities=[make_activity_record(translations=(translated("Vi skriver journal."),))])
    body = compose_notice(register, on=DAY, translators={ENGLISH: bracketed})
    assert from_payload(to_payload(body)) == body
    assert body_hash(body) != body_hash(body.in_language("nb"))


def test_a_notice_of_an_older_form_keeps_its_hash() -> None:
    """What a later form added is stored only where it says something."""
    body = compose_notice(make_register(), on=DAY)
    stored = to_payload(body)
    assert "translations" not in stored
    assert "title_language" not in stored["cards"][0]
    assert stored["cards"][0]["rows"][0]["lines"][0].keys() == {"text", "missing"}


def test_a_translation_is_a_difference_that_the_public_sees() -> None:
    before = make_register(activities=[make_activity_record(translations=())])
    after = make_register(activities=[make_activity_record(translations=(translated("Vi skriver journal."),))])
    (difference,) = differences_between(before, after, on=DAY)
    assert (difference.field, difference.is_visible) == ("translations", True)


def test_stale_translations_are_those_of_no_text() -> None:
    rows = (translated("navn"), translated("adresse"))
    assert stale_translations(rows, shared_texts(make_register())) == rows[1:]
