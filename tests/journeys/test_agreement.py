"""The auditor takes the company's register out on paper and as data, and holds both against the public notice.

Field by field: what the JSON states of an activity stands in the PDF's section of that activity, and what the public
is to know of it stands in its part of the notice. Where the JSON is silent, both say so.
"""

import contextlib
import hashlib
import html
import json
import re
from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from mktnorge.roles import Role
from processing.law.bases import LegalBasis, SpecialCategoryGround
from processing.law.facts import Fact
from processing.law.parties import SourceKind
from processing.services.notices import publish_demonstration
from tests.builders import OSLO, PASSWORD, make_person
from tests.company import load_company
from tests.pdf_reader import TaggedPdf

pytestmark = pytest.mark.django_db  # the tests ask nothing of the database, but it is set up only for those that say so

LOADED_AT = datetime(2026, 11, 22, 9, 0, tzinfo=OSLO)
EXPORTED_AT = datetime(2026, 11, 23, 10, 30, tzinfo=OSLO)
NUMBERS = [f"A{number:02}" for number in range(1, 15)]


def squeezed(text: str) -> str:
    """Without what a line break may take or give: white space, soft hyphens and the case of the first letter."""
    return "".join(text.split()).replace("\u00ad", "").lower()


class Surfaces:
    """The same register as the three readers get it."""

    def __init__(self) -> None:
        auditor = Client()
        assert auditor.login(username=make_person(Role.AUDITOR).email, password=PASSWORD)
        self.payload = json.loads(export(auditor, "json"))
        self.pdf = TaggedPdf(export(auditor, "pdf"))
        self.page = Client().get("/personvern/").content.decode()
        self.whole = Client().get("/personvern/hele/").content.decode()
        self.notice_pdf = TaggedPdf(Client().get("/personvern/erklaering.pdf").content)
        self.notice_text = Client().get("/personvern/erklaering.txt").content.decode()
        self.notice = Client().get("/personvern/erklaering.json").json()["body"]
        self.activities = {activity["number"]: activity for activity in self.payload["activities"]}
        self.words = {
            table: {row["code"]: row for row in self.payload[table]}
            for table in ("parties", "data_categories", "subject_categories", "measures")
        }

    def card(self, number: str) -> str:
        """The words of the activity's part of the notice."""
        anchor = self.activities[number]["code"]
        article = re.search(rf'<article class="[^"]*" id="{anchor}".*?</article>', self.page, re.S)
        assert article, f"{number} is not in the notice"
        return html.unescape(re.sub(r"<[^>]+>", " ", article.group()))

    def section(self, number: str) -> str:
        """The words of the activity's section of the PDF."""
        return self.pdf.section(f"{number} {self.activities[number]['name']}")


def export(client: Client, format: str) -> bytes:
    answer = client.post("/admin/protokoll/eksport/", {"as_of": "2026-11-23", "format": format, "edition": "internal"})
    assert answer.status_code == 200, answer.content.decode()[:2000]
    assert "attachment" in answer.headers["Content-Disposition"]
    return answer.content


class _Undo(Exception):
    pass


@pytest.fixture(scope="module")
def surfaces(django_db_setup: None, django_db_blocker) -> Surfaces:
    """Made once, since the PDF takes seconds, and nothing of it stays in the database."""
    with (
        django_db_blocker.unblock(),
        time_machine.travel(EXPORTED_AT, tick=False),
        contextlib.suppress(_Undo),
        transaction.atomic(),
    ):
        load_company(at=LOADED_AT)
        publish_demonstration(by=make_person(Role.LEADER), at=LOADED_AT)
        made = Surfaces()
        raise _Undo
    return made


def test_all_fourteen_are_on_all_three(surfaces: Surfaces) -> None:
    assert list(surfaces.activities) == NUMBERS
    assert re.findall(r'<article class="[^"]*" id="([^"]+)"', surfaces.page) == [
        activity["code"] for activity in surfaces.payload["activities"]
    ]
    assert [title.split()[0] for title in surfaces.pdf.outline if re.match(r"A\d\d ", title)] == NUMBERS


def statements_for_pdf(surfaces: Surfaces, activity: dict) -> Iterator[str]:
    """What the PDF must say, from the JSON alone."""
    yield from (purpose["description"] for purpose in activity["purposes"])
    for ground in activity["legal_grounds"]:
        yield LegalBasis(ground["basis"]).label
        yield ground["national_law"]
        yield ground["legitimate_interest"]
        yield ground["consent_withdrawal"]
    for ground in activity["special_grounds"]:
        yield SpecialCategoryGround(ground["condition"]).label
    for row in activity["data"]:
        yield surfaces.words["data_categories"][row["category"]]["name"]
        yield surfaces.words["subject_categories"][row["subject"]]["name"]
    for row in activity["disclosures"]:
        yield surfaces.words["parties"][row["party"]]["service"]
    for rule in activity["retention"]:
        yield rule["covers"]
        yield rule["statement"]
        yield rule["statute"]
    yield from (surfaces.words["measures"][code]["name"] for code in activity["safeguards"])
    yield from (SourceKind(source["kind"]).label for source in activity["sources"])
    for name in ("special_categories", "transfers_outside_eea"):
        yield Fact(activity[name]).label


def statements_for_notice(surfaces: Surfaces, activity: dict) -> Iterator[str]:
    """What the public must be able to read, from the JSON alone."""
    yield activity["public_name"] or activity["name"]
    yield activity["public_description"]
    yield activity["number"]
    yield activity["public_access"]
    yield from (purpose["public_description"] or purpose["description"] for purpose in activity["purposes"])
    for ground in activity["legal_grounds"]:
        yield LegalBasis(ground["basis"]).label
        yield ground["national_law"]
        yield ground["legitimate_interest"]
        yield ground["consent_withdrawal"]
    yield from (SpecialCategoryGround(ground["condition"]).label for ground in activity["special_grounds"])
    for row in activity["data"]:
        category = surfaces.words["data_categories"][row["category"]]
        yield category["public_name"] or category["name"]
        yield surfaces.words["subject_categories"][row["subject"]]["name"]
    for row in activity["disclosures"]:
        party = surfaces.words["parties"][row["party"]]
        yield party["public_service"] or party["service"]
    for rule in activity["retention"]:
        yield rule["public_wording"] or rule["statement"] or rule["covers"]
    for code in activity["safeguards"]:
        measure = surfaces.words["measures"][code]
        yield measure["public_name"] or measure["name"]
    yield from (SourceKind(source["kind"]).plain for source in activity["sources"])


@pytest.mark.parametrize("number", NUMBERS)
def test_the_pdf_says_what_the_json_says(surfaces: Surfaces, number: str) -> None:
    section = squeezed(surfaces.section(number))
    stated = {text for text in statements_for_pdf(surfaces, surfaces.activities[number]) if text}
    assert stated
    assert [text for text in sorted(stated) if squeezed(text) not in section] == []


@pytest.mark.parametrize("number", NUMBERS)
def test_the_notice_says_what_the_json_says(surfaces: Surfaces, number: str) -> None:
    card = squeezed(surfaces.card(number))
    stated = {text for text in statements_for_notice(surfaces, surfaces.activities[number]) if text}
    assert [text for text in sorted(stated) if squeezed(text.rstrip(".")) not in card] == []


SILENCES = [("purposes", "Hvorfor"), ("legal_grounds", "Grunnlag"), ("retention", "Hvor lenge"), ("sources", "Kilder")]


@pytest.mark.parametrize(("field", "label"), SILENCES)
def test_where_the_json_is_silent_the_others_say_so(surfaces: Surfaces, field: str, label: str) -> None:
    silent = [number for number, activity in surfaces.activities.items() if not activity[field]]
    for number, activity in surfaces.activities.items():
        said = re.search(rf"{label}\s+Ikke oppgitt", surfaces.card(number)) is not None
        # A rule that names what it covers and nothing else is silent too, in its own words.
        expected = number in silent
        assert said == expected, f"{number}: {field} is {'not ' if expected else ''}stated, and the notice differs"
        if expected:
            assert "Ikke oppgitt" in surfaces.section(number), activity["name"]


# --- The four forms of one version of the notice


def sayings(card: dict) -> list[str]:
    """Everything the frozen text says in a card: its name, its introduction, each label and each line."""
    found = [card["title"], *card["intro"].split("\n")]
    for row in (*card["rows"], *card["details"]):
        found.append(row["label"])
        for line in row["lines"]:
            found += [*line["text"].split("\n"), *(["ikke oppgitt"] if line["missing"] else [])]
    return [squeezed(text.removeprefix("- ")) for text in found if text.strip()]


def on_the_page(surfaces: Surfaces, page: str, card: dict) -> str:
    article = re.search(rf'<article class="[^"]*" id="{card["anchor"]}".*?</article>', page, re.S)
    assert article, card["title"]
    return squeezed(html.unescape(re.sub(r"<[^>]+>", "", article.group())))


def between_titles(text: str, surfaces: Surfaces, card: dict) -> str:
    """The text from the card's name, as a heading, to the next card's."""
    cards = surfaces.notice["cards"]
    # A heading is followed by the first thing the card says; elsewhere its name stands in a list of names.
    heads = [squeezed(one["title"]) + f".{{0,120}}?{re.escape(sayings(one)[1])}" for one in cards]
    place = cards.index(card)
    start = re.search(heads[place], text)
    assert start, card["title"]
    # After the last card comes the next part, whose heading is the last place its title stands.
    next_part = re.escape(squeezed(surfaces.notice["recipients"]["title"]))
    following = heads[place + 1] if place + 1 < len(cards) else f"{next_part}(?!.*{next_part})"
    after = re.search(following, text)
    assert after, card["title"]
    return text[start.start() : after.start()]


FORMS = {
    "page": lambda surfaces, card: on_the_page(surfaces, surfaces.page, card),
    "whole": lambda surfaces, card: on_the_page(surfaces, surfaces.whole, card),
    "pdf": lambda surfaces, card: between_titles(squeezed(surfaces.notice_pdf.text), surfaces, card),
    "text": lambda surfaces, card: between_titles(squeezed(surfaces.notice_text), surfaces, card),
}
# What a form adds of its own: the provision beside a label, the links of the page, the lines under a heading in text.
ADDED = re.compile(r"\(?(?:art\.\d+nr\.\d+(?:bokstav[a-z](?:og[a-z])?)?)\)?|\.{3,}|beomnoeomdette|reglerogleverandører")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("number", NUMBERS)
def test_all_forms_of_a_version_say_what_was_frozen_and_no_more(surfaces: Surfaces, number: str, form: str) -> None:
    """The JSON is the frozen text. Every saying of a card stands in each form, and taking them away leaves nothing."""
    (card,) = [card for card in surfaces.notice["cards"] if card["number"] == number]
    said = FORMS[form](surfaces, card)
    left = said
    for saying in sorted(sayings(card), key=len, reverse=True):
        assert saying in said, f"{form} of {number} does not say {saying!r}"
        left = left.replace(saying, "|")
    left = ADDED.sub("", left)
    assert re.sub(r"[|:•◦\-.()]", "", left) == "", f"{form} of {number} says more than was frozen"


def test_what_stands_outside_the_cards_is_in_every_form(surfaces: Surfaces) -> None:
    notice = surfaces.notice
    sections = [
        notice[name] for name in ("controller", "recipients", "transfers", "security", "complaint", "objection")
    ]
    said = [*notice["lead"], *(right["text"] for right in notice["rights"])]
    for section in sections:
        said += [section["title"], *(line["text"] for line in section["lines"])]
        said += [line["text"] for row in section["rows"] for line in row["lines"]]
    for form in (surfaces.page, surfaces.whole, surfaces.notice_text, surfaces.notice_pdf.text):
        text = squeezed(html.unescape(re.sub(r"<[^>]+>", "", form)))
        assert [saying for saying in said if squeezed(saying) not in text] == []


def test_the_hash_on_the_cover_is_that_of_the_json(surfaces: Surfaces) -> None:
    canonical = json.dumps(surfaces.payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    printed = squeezed(surfaces.pdf.text)
    assert hashlib.sha256(canonical).hexdigest() in printed
