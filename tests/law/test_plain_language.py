"""How clear a text is: LIX, sentences and words (quality.md U4, WP260 rev.01), and what the rules make of it."""

from datetime import date

import pytest

from processing.law.clarity import ACTIVITY_RULES as CLARITY
from processing.law.clarity import PUBLIC_TEXTS
from processing.law.plain_language import HARDEST, LONGEST, Snag, lix, longest_sentence, snag_in, worst_snag
from processing.law.records import PurposeRecord
from processing.law.rules import Reading
from tests.builders import make_activity_record, make_bare_activity_record, make_register

LAW_ON = date(2026, 11, 23)
UNCLEAR = "Vi kan ofte gjøre noe som er påkrevd."


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("", 0.0, "nothing to read"),
        ("Vi har det bra.", 4.0, "four short words in one sentence"),
        ("Vi har det bra. Du har det bra.", 4.0, "the mean, not the sum"),
        ("Opplysninger slettes.", 2 + 100.0, "both words are long"),
        ("Se art. 9 nr. 2 i loven.", 7.0, "abbreviations end no sentence"),
        ("Les mer: https://www.datatilsynet.no/rettigheter", 2.0, "an address is no word"),
    ],
)
def test_lix_counts_as_bjornsson_did(text: str, expected: float, why: str) -> None:
    assert lix(text) == expected, why


@pytest.mark.parametrize(
    ("text", "snag"),
    [
        # WP260 rev.01: may, might, some, often and possible hide what is done.
        ("Vi kan dele dem med andre.", Snag.MAYBE),
        ("Eventuelle svar blir lagret.", Snag.MAYBE),
        ("Kanskje sletter vi dem.", Snag.MAYBE),
        ("Du kan be oss slette.", None),
        ("Da kan du klage.", None),
        ("Uten dem kan vi ikke hjelpe deg.", None),
        ("Bare kantinen bruker listen.", None),
        ("Noen leverandører får dem.", Snag.SOME),
        ("I enkelte tilfeller deler vi.", Snag.SOME),
        ("Vi lagrer blant annet navn.", Snag.SOME),
        ("Navn, e-post og lignende.", Snag.SOME),
        ("Vi svarer hvis noen spør.", None),
        ("Vi sletter når noen er valgt til jobben.", None),
        ("Vi sletter ofte.", Snag.SOMETIMES),
        ("Vi gjør vanligvis ikke opptak.", Snag.SOMETIMES),
        ("Vi ser på dem ved behov.", Snag.SOMETIMES),
        # quality.md U4
        ("Feltet er obligatorisk.", Snag.STIFF),
        ("Den registrertes rettigheter gjelder.", Snag.STIFF),
        ("Vi har registrert deg som kunde.", None),
        ("ord " * LONGEST + ".", None),
        ("ord " * LONGEST + "ord.", Snag.LONG_SENTENCE),
        ("Behandlingsgrunnlaget dokumenteres elektronisk. " * 4, Snag.HARD),
        # Three long words in a title say nothing of how hard it is to read.
        ("Nettsted og informasjonskapsler", None),
        ("", None),
    ],
)
def test_what_makes_a_text_unclear(text: str, snag: Snag | None) -> None:
    assert snag_in(text) is snag


def test_of_several_the_one_that_matters_most_is_told_and_where() -> None:
    assert worst_snag(("Alt er klart.", "Dette er påkrevd.", "Vi kan dele.", "Vi kan slette.")) == (Snag.MAYBE, 3)
    assert worst_snag(("Alt er klart.", "")) is None
    assert lix("Behandlingsgrunnlaget dokumenteres elektronisk.") > HARDEST


@pytest.mark.parametrize("field", PUBLIC_TEXTS)
def test_a_field_has_one_finding_at_most(field: str) -> None:
    activity = make_bare_activity_record(
        public_description=UNCLEAR,
        purposes=(PurposeRecord(description="Alt er klart."), PurposeRecord(description=UNCLEAR)),
    )
    reading = Reading(register=make_register(activities=[activity]), law_on=LAW_ON)
    found = [one for rule in CLARITY if rule.field == field for one in rule.findings(activity, reading)]
    told = {"public_description": [("12-1-maybe-word", "")], "purposes": [("12-1-maybe-word", "2")]}
    assert [(one.code, one.detail) for one in found] == told.get(field, [])


def test_what_the_public_does_not_read_is_not_judged() -> None:
    activity = make_activity_record(
        description=UNCLEAR,
        purposes=(PurposeRecord(description=UNCLEAR, public_description="For å hjelpe deg."),),
        internal_access=UNCLEAR,
        public_access="Bare behandleren din.",
    )
    reading = Reading(register=make_register(activities=[activity]), law_on=LAW_ON)
    assert [one for rule in CLARITY for one in rule.findings(activity, reading)] == []


def test_the_longest_sentence_is_counted_in_words() -> None:
    assert longest_sentence("Ett to tre. Ett to tre fire!") == 4
