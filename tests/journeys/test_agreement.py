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
    answer = client.post("/admin/protokoll/eksport/", {"as_of": "2026-11-23", "format": format})
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


def test_the_hash_on_the_cover_is_that_of_the_json(surfaces: Surfaces) -> None:
    canonical = json.dumps(surfaces.payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    printed = squeezed(surfaces.pdf.text)
    assert hashlib.sha256(canonical).hexdigest() in printed
