"""Every letter in every language: whole, in its own words, and refused where a sentence is missing."""

import gettext
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from string import Formatter

import pytest

from mktnorge.roles import Role
from processing.law.regimes import LegalRegime
from processing.law.rights import Right
from processing.notices.compose import compose_notice
from rights.desk import StepRefused
from rights.law.calendar import spelled
from rights.law.deadlines import extended_deadline, response_deadline
from rights.law.extensions import ExtensionReason
from rights.law.languages import LetterLanguage
from rights.law.outcomes import ComplaintBody, Outcome, RefusalGround
from rights.letters import compose, languages
from rights.letters.body import Delivery, LetterBody, LetterIncomplete, letter_from_json, letter_json
from rights.letters.complaints import complaint_forwarded, complaint_received
from rights.letters.compose import Answer, Heading, Translate
from rights.letters.languages import NotTranslated, translator
from rights.printing import CASE_NUMBER, OF, PAGE, SOURCES, body_pdf
from rights.services import answering, handling
from rights.services.registering import receipt_letter
from rights.workflow import Ending
from tests.builders import make_controller_record, make_person, make_register
from tests.company import load_company
from tests.pdf_reader import TaggedPdf
from tests.rights.at_the_desk import Desk
from tests.rights.builders import RECEIVED_AT

FIRST = response_deadline(date(2026, 11, 22))
EXTENDED = extended_deadline(FIRST, decided_on=date(2026, 12, 1), already_extended=False)
OTHERS = [LetterLanguage.NYNORSK, LetterLanguage.ENGLISH]
CARDS = compose_notice(make_register(), on=date(2026, 12, 1)).cards


def heading(language: LetterLanguage, translate: Translate, **over) -> Heading:
    return Heading(
        controller=make_controller_record(**over),
        name="Test Testesen",
        address="Prøveveien 1\n0001 Oslo",
        case_number="P-1234",
        dated=date(2026, 12, 1),
        language=language,
        translate=translate,
    )


def every_letter(language: LetterLanguage, translate: Translate) -> Iterator[LetterBody]:
    """Each letter with each thing it may say: rights, outcomes, grounds, reasons, endings, with and without a phone."""
    received_on = FIRST.received_on
    for phone in ("00 00 00 00", ""):
        letter = heading(language, translate, phone=phone)
        yield compose.receipt(letter, rights=list(Right), deadline=FIRST, follow_url="u", code="ABCD")
        yield compose.identification(letter, reason="X", by_eid="Y")
    for reason in ExtensionReason:
        yield compose.extension(letter, reason=reason, words="X", first=FIRST, extended=EXTENDED)
    yield compose.withdrawn(letter, received_on=received_on, erased_after_days=30)
    for ending in Ending:
        if ending.needs_words:
            yield compose.ended(letter, ending=ending, received_on=received_on, words="X")
    for body in ComplaintBody:
        yield complaint_received(letter, received_on=received_on, body=body, answer_by=FIRST.client_on)
    yield complaint_forwarded(letter, received_on=received_on, forwarded_on=FIRST.client_on, reason="X")
    for right in Right:
        for outcome in Outcome:
            for ground in RefusalGround if outcome.needs_ground else [None]:
                one = Answer(right=right, outcome=outcome, ground=ground, reason="X", point=int(bool(ground)))
                yield compose.answer(
                    letter, received_on=received_on, answers=[one], regimes=set(LegalRegime), cards=CARDS,
                    journal_noted=True,
                )  # fmt: skip
    both = [one, Answer(right=Right.ACCESS, outcome=Outcome.GRANTED)]
    yield compose.answer(
        letter, received_on=received_on, answers=both, regimes=(), cards=CARDS, rest_due_on=EXTENDED.client_on
    )


def words_around() -> set[str]:
    """Return what a printed letter says beside its body: the labels, and every date."""
    said: set[str] = {CASE_NUMBER, SOURCES, PAGE, OF}
    for day in range(366):
        spelled(date(2028, 1, 1) + timedelta(days=day), lambda text: said.add(text) or text)
    return said


def catalogue(language: LetterLanguage) -> dict[str, str]:
    found = gettext.translation("letters", languages.CATALOGUES, languages=[language.value])
    return {message: text for message, text in found._catalog.items() if message}


@pytest.mark.parametrize("language", OTHERS)
def test_every_letter_is_written_whole(language):
    bokmål = list(every_letter(LetterLanguage.BOKMAL, str))
    letters = list(every_letter(language, translator(language)))
    assert len(letters) == len(bokmål) > 200
    for letter, other in zip(letters, bokmål, strict=True):
        assert letter.language == language
        assert letter.parts != other.parts
        assert [part.language for part in letter.parts] == [
            "nb" if part.heading in {card.title for card in CARDS} else "" for part in letter.parts
        ]
        assert letter_from_json(letter_json(letter)) == letter


@pytest.mark.parametrize("language", OTHERS)
def test_the_catalogue_holds_what_letters_say_and_nothing_else(language):
    said = words_around()
    list(every_letter(LetterLanguage.NYNORSK, lambda text: said.add(text) or text))
    translated = catalogue(language)
    assert said - translated.keys() == set()
    assert translated.keys() - said == set()
    assert all(text.strip() for text in translated.values())


@pytest.mark.parametrize("language", OTHERS)
def test_the_fields_of_a_sentence_are_those_of_its_translation(language):
    def fields(text: str) -> list[str]:
        return sorted(name for _said, name, _form, _kind in Formatter().parse(text) if name)

    for message, text in catalogue(language).items():
        assert fields(text) == fields(message), message
        # Numbers of provisions, addresses and periods are the same in every language.
        assert sorted(re.findall(r"\d+", text)) == sorted(re.findall(r"\d+", message)), message


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_of_bokmål_is_left(language):
    """Words that only bokmål has, and that a hasty translation leaves behind."""
    only = r"ikke|noen|hvem|hvor|fra|jeg|dere|uten|mer|senest|sendes|eller avkrefter|klagen|saken|loven|rettigheter"
    norwegian = r"|kravet|svar|og|du|vi|av|til" if language is LetterLanguage.ENGLISH else ""
    # Norwegian short titles stand in brackets after the English name of an act.
    texts = [re.sub(r"\([a-zøåæ\- ]+\)", "", text) for text in catalogue(language).values()]
    found = [text for text in texts if re.search(rf"\b({only}{norwegian})\b", text, re.IGNORECASE)]
    assert found == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (LetterLanguage.BOKMAL, "tirsdag 22. desember 2026"),
        (LetterLanguage.NYNORSK, "tysdag 22. desember 2026"),
        (LetterLanguage.ENGLISH, "Tuesday 22 December 2026"),
    ],
)
def test_a_date_is_spelled_as_its_readers_do(language, said):
    assert spelled(date(2026, 12, 22), translator(language)) == said


@pytest.mark.parametrize(
    ("language", "rule", "body"),
    [
        (LetterLanguage.BOKMAL, "Regelen står i helsepersonelloven § 43.", "Statsforvalteren"),
        (LetterLanguage.NYNORSK, "Regelen står i helsepersonellova § 43.", "Statsforvaltaren"),
        (
            LetterLanguage.ENGLISH,
            "The rule is found in the Health Personnel Act (helsepersonelloven) section 43.",
            "Statsforvalteren, the County Governor",
        ),
    ],
)
def test_the_legal_words_are_those_of_the_language(language, rule, body):
    refused = Answer(right=Right.ERASURE, outcome=Outcome.REFUSED, ground=RefusalGround.JOURNAL_KEPT, reason="X")
    letter = compose.answer(
        heading(language, translator(language)), received_on=FIRST.received_on, answers=[refused],
        regimes={LegalRegime.HEALTH_RECORD},
    )  # fmt: skip
    assert rule in letter.parts[1].paragraphs
    assert body in letter.parts[2].items[0]


def test_a_card_with_a_text_of_another_language_is_not_told_in_this_one():
    [card] = CARDS
    row = next(row for row in card.rows if row.key == "purposes")
    mixed = replace(row, lines=(*row.lines, replace(row.lines[0], language="nb")))
    assert compose.is_told_in_one_language(card)
    assert not compose.is_told_in_one_language(replace(card, rows=(mixed,)))
    assert not compose.is_told_in_one_language(replace(card, title_language="nb"))


@pytest.fixture
def short_catalogue(monkeypatch, tmp_path):
    """Catalogues in which one sentence was forgotten."""
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    forgotten = "Du kan sende et nytt krav når du vil. Det er gratis."
    kept = {message: text for message, text in catalogue(LetterLanguage.ENGLISH).items() if message != forgotten}
    (folder / "letters.mo").write_bytes(compiled(kept))
    monkeypatch.setattr(languages, "CATALOGUES", tmp_path)
    translator.cache_clear()
    yield forgotten
    translator.cache_clear()


def compiled(messages: dict[str, str]) -> bytes:
    """Return a catalogue as gettext reads it: a header, two tables of lengths and places, and the texts."""
    rows = sorted({"": "Content-Type: text/plain; charset=UTF-8\n", **messages}.items())
    keys, texts = [key.encode() for key, _text in rows], [text.encode() for _key, text in rows]
    start = 28 + 16 * len(rows)
    head = [0x950412DE, 0, len(rows), 28, 28 + 8 * len(rows), 0, 0]
    for part in (*keys, *texts):
        head += [len(part), start]
        start += len(part) + 1
    return b"".join(number.to_bytes(4, "little") for number in head) + b"".join(
        part + b"\0" for part in (*keys, *texts)
    )


def test_half_a_letter_is_no_letter(short_catalogue):
    with pytest.raises(NotTranslated, match="ikke skrives på engelsk") as refused:
        list(every_letter(LetterLanguage.ENGLISH, translator(LetterLanguage.ENGLISH)))
    assert short_catalogue in str(refused.value)
    assert isinstance(refused.value, LetterIncomplete)


@pytest.mark.django_db
def test_the_step_is_refused_and_the_case_stands(short_catalogue):
    load_company(at=RECEIVED_AT - timedelta(days=1))
    desk = Desk(make_person(Role.CASE_HANDLER))
    desk.do(handling.choose_language, language=LetterLanguage.ENGLISH)
    with pytest.raises(StepRefused, match="Velg et annet språk"):
        desk.do(answering.withdraw_case)
    assert desk.case.state.is_open
    assert not desk.case.letters.exists()
    desk.do(handling.choose_language, language=LetterLanguage.NYNORSK)
    assert desk.log()[-1] == "language_chosen"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "title", "label", "day"),
    [
        (LetterLanguage.NYNORSK, "Du får det du bad om", "Saksnummer", "23. november 2026"),
        (LetterLanguage.ENGLISH, "You get what you asked for", "Case number", "23 November 2026"),
    ],
)
def test_an_answer_in_the_language_of_the_case(language, title, label, day):
    load_company(at=RECEIVED_AT - timedelta(days=1))
    desk = Desk(make_person(Role.CASE_HANDLER), rights=[Right.ACCESS], language=language).ready_to_answer()
    with pytest.raises(StepRefused, match="alt på"):
        desk.do(handling.choose_language, language=language)
    desk.do(handling.decide_right, right=Right.ACCESS, outcome=Outcome.GRANTED)
    letter = desk.do(answering.make_answer)
    body = letter_from_json(letter.body)
    assert (body.title, body.language) == (title, language)
    assert "nb" in {part.language for part in body.parts}
    pdf = TaggedPdf(body_pdf(body, identifier="1", created=desk.at))
    assert str(pdf.pdf.Root.Lang) == language.value
    assert f"{label} {desk.case.case_number}" in pdf.text
    assert day in pdf.text
    desk.do(answering.record_delivery, on=desk.at.date(), delivery=Delivery.DIGITAL_MAILBOX)
    receipt = receipt_letter(desk.case, code="ABCD", follow_url="u", at=desk.at)
    assert receipt.language == language
