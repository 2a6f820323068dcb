"""Five hundred strings that break programs, through every public field: each is stored, or refused with words.

`make test` tries a part of each kind, `make proof` all of them (quality.md D5).
"""

import json
import re
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from django.utils import timezone

from mktnorge.models import OutgoingMail
from mktnorge.roles import Role
from processing.law.rights import Right
from rights.desk import StepRefused
from rights.forms.journey import UNSURE
from rights.law.answers import Answers
from rights.law.terms import ContactWay, OnBehalf, Relation
from rights.models import RequestPoint, RightsRequest
from rights.services.drafts import start_draft
from rights.services.lost_codes import send_lost_codes
from rights.services.questions import ask_person
from tests.builders import make_controller, make_person
from tests.rights.builders import make_receipt
from tests.rights.pages import (
    ADD,
    CASE,
    CHECK,
    CONTACT,
    COPY_FIRST,
    LOST,
    MORE,
    MY_CASE,
    ONE_TIME,
    RECEIPT,
    REPLY,
    WHAT,
    WHO,
    press_send,
    send,
)
from tests.sampling import PROOF

pytestmark = pytest.mark.django_db

KINDS: dict[str, list[str]] = json.loads((Path(__file__).resolve().parents[1] / "data" / "hostile.json").read_text())
EVERY = 1 if PROOF else 8
# A case, a clerk and ten pages for each string.
SELDOM = 1 if PROOF else 24

ANSWERED = Answers(
    rights=(Right.ERASURE, Right.PORTABILITY),
    relation=Relation.CLIENT,
    on_behalf=OnBehalf.SELF,
    told_of=(),
    name="Test Testesen",
    contact_way=ContactWay.FOLLOW,
)
TEXTS = {
    MORE: {"melding", "fil_til", "punkt_erasure_1", "fra_aar", "til_aar"},
    CONTACT: {"navn", "adresse", "epost"},
}
# Every other address that takes words: of the notice, and of the page that tells whether a document is ours.
PUBLIC_QUESTIONS = [
    ("/personvern/", "rolle"),
    ("/personvern/endringer/", "utgave"),
    ("/personvern/paa-dato/", "dato"),
    ("/verifiser/", "dokument"),
]
NEVER_STORED = set("\x00\r\x1b\u202e\u2066\ufeff\u200b\ue000") | {"\ufffe"}


def test_the_corpus_is_large_and_names_nothing_twice():
    strings = [text for texts in KINDS.values() for text in texts]
    assert len(strings) == len(set(strings)) >= 400
    assert all(len(texts) >= 7 for texts in KINDS.values())


def accepts(client, address: str, fields: dict[str, object], texts: set[str]) -> bool:
    """Send a page, and return whether it was taken. What is refused gets its words at the fields that hold the text."""
    response = send(client, address, fields)
    assert response.status_code in {303, 422}, (address, fields)
    assert "\n" not in response.get("Location", "")
    if response.status_code == 303:
        return True
    assert set(response.context["form"].errors) <= texts, (address, fields)
    assert_shown_harmless(response, fields)
    return False


def assert_shown_harmless(response, fields: dict[str, object]) -> None:
    page = response.content.decode()
    for text in map(str, fields.values()):
        # An ampersand alone is live nowhere, and is part of what it is escaped to.
        if any(mark in text for mark in "<>\"'") and len(text) > 3:
            assert text not in page, text


@pytest.mark.parametrize("kind", KINDS)
def test_each_string_is_stored_or_refused_with_words_and_never_runs(client, kind):
    for text in KINDS[kind][::EVERY]:
        client.cookies["krav"] = start_draft(answers=ANSWERED, at=timezone.now())
        for fields in ({"rett": text}, {"rett": ["erasure", text]}):
            assert send(client, WHAT, fields).status_code == (303 if text == UNSURE else 422)
        query = urlencode({"rolle": text, "aktivitet": text}, errors="surrogatepass")
        assert client.get(f"{WHAT}?{query}").status_code == 200
        taken = send(client, WHAT, {"rett": ["erasure", "portability"], "rolle": text, "aktivitet": text})
        assert taken["Location"] == COPY_FIRST
        assert send(client, COPY_FIRST, {"kopi_forst": text}).status_code == 422
        assert send(client, COPY_FIRST, {"kopi_forst": "no"}).status_code == 303
        assert send(client, WHO, {"rolle": text, "paa_vegne_av": text, "barn_alder": text}).status_code == 422
        assert send(client, MORE, {"fra_aar": text, "til_aar": text}).status_code in {303, 422}
        said = {"melding": text, "fil_til": text, "punkt_erasure_1": text}
        if not accepts(client, MORE, said, TEXTS[MORE]):
            assert send(client, MORE, {"melding": "Kort"}).status_code == 303
        accepts(
            client, CONTACT, {"navn": "A", "kanal": "email", "epost": text, "forsiktig": text}, {"epost", "forsiktig"}
        )
        written = {"navn": text, "kanal": "letter", "adresse": text}
        if not accepts(client, CONTACT, written, TEXTS[CONTACT]):
            assert send(client, CONTACT, {"navn": "A", "kanal": "follow"}).status_code == 303
        check = client.get(CHECK)
        assert_shown_harmless(check, {"text": text})
        assert press_send(client, check)["Location"] == RECEIPT
        assert send(client, CASE, {"kode": text}).status_code == 422
    for case in RightsRequest.objects.all():
        points = RequestPoint.objects.filter(requested_right__request=case)
        stored = case.name + case.message + case.address + case.file_to + "".join(point.text for point in points)
        assert not set(stored) & NEVER_STORED
        # Right after «+» it is a telephone number, and the person wants to be reached there.
        assert not re.search(r"(?<!\+47)01019012345", stored)


@pytest.mark.parametrize("kind", KINDS)
def test_each_string_from_somebody_who_follows_a_case_is_stored_or_refused_too(client, kind):
    clerk = make_person(Role.CASE_HANDLER)
    desk = Client()
    desk.force_login(clerk)
    for text in KINDS[kind][::SELDOM]:
        made = make_receipt(at=timezone.now())
        case = made.request
        assert send(client, CASE, {"kode": made.code})["Location"] == MY_CASE
        assert send(client, ADD, {"rett": text}).status_code == 422
        accepts(client, ADD, {"rett": "restriction", "tekst": text}, {"tekst", "__all__"})
        case.refresh_from_db()
        try:
            ask_person(case=case.pk, version=case.version, text=text, by=clerk, at=timezone.now())
        except StepRefused:
            case.refresh_from_db()
            ask_person(case=case.pk, version=case.version, text="Hva mener du?", by=clerk, at=timezone.now())
        assert_shown_harmless(client.get(REPLY), {"question": text})
        accepts(client, REPLY, {"svar": text}, {"svar"})
        assert_shown_harmless(client.get(MY_CASE), {"text": text})
        assert_shown_harmless(desk.post(f"/admin/rights/rightsrequest/{case.pk}/person/"), {"text": text})
        assert send(client, "/sak/min/ring/", {"noe": text})["Location"] == MY_CASE
        for file in (text, f"{text}.pdf"):
            assert client.get(f"/sak/min/brev-{quote(file, errors='surrogatepass')}").status_code in {303, 404}
    for case in RightsRequest.objects.all():
        points = RequestPoint.objects.filter(requested_right__request=case)
        stored = case.question + case.reply + "".join(point.text for point in points)
        assert not set(stored) & NEVER_STORED
        assert not re.search(r"(?<!\+47)01019012345", stored)


@pytest.mark.parametrize("kind", KINDS)
def test_each_string_in_place_of_a_lost_code_and_in_an_address_is_answered_with_words(client, kind):
    make_controller()
    for text in KINDS[kind][::SELDOM]:
        accepts(client, LOST, {"saksnummer": text, "epost": text}, {"saksnummer", "epost"})
        accepts(client, LOST, {"saksnummer": "P-4827", "epost": text}, {"epost"})
        accepts(client, LOST, {"saksnummer": text, "epost": "test@prove.example"}, {"saksnummer"})
        assert send(client, LOST, {"saksnummer": "P-4827", "epost": "test@prove.example"})["Location"] == ONE_TIME
        assert send(client, ONE_TIME, {"kode": text}).status_code == 422
        for address, field in PUBLIC_QUESTIONS:
            query = urlencode({field: text}, errors="surrogatepass")
            response = client.get(f"{address}?{query}")
            assert response.status_code in {200, 400, 404, 422}, (address, text)
            assert_shown_harmless(response, {field: text})
    send_lost_codes(timezone.now())
    assert not OutgoingMail.objects.exists()
