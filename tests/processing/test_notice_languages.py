"""A published version in another language: the same address, the same version, and all four forms agree."""

import json
import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from processing.models import Activity, NoticeFile, NoticeVersion, Translation
from processing.models.governed import register_edit
from processing.notices.body import NoticeBody, body_hash
from tests.builders import ASKED_AT, WRITTEN_AT, make_activity, make_controller, make_version
from tests.pdf_reader import TaggedPdf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now(time_machine) -> None:
    time_machine.move_to(ASKED_AT, tick=False)


@pytest.fixture
def version() -> NoticeVersion:
    make_controller()
    activity = make_activity()
    with register_edit(at=WRITTEN_AT):
        for original, text in (("For å hjelpe deg.", "To help you."), ("Journalen din", "Your health record")):
            Translation.objects.create(activity=activity, language="en", original=original, text=text)
    return make_version()


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", unescape(text).replace("\u00ad", ""))


def texts_of(body: NoticeBody) -> list[str]:
    """Everything the whole notice says of the activities, in its order."""
    found = []
    for card in body.cards:
        found += [card.title, card.intro]
        found += [text for row in (*card.rows, *card.details) for text in (row.label, *(x.text for x in row.lines))]
    return [text for text in found if text]


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    assert not answer.cookies
    return answer.content.decode()


def test_the_address_chooses_the_language_and_nothing_is_remembered(client: Client, version) -> None:
    english = page(client, "/personvern/?sprak=en")
    assert '<html lang="en">' in english
    assert "<h1>How we use information about you</h1>" in english
    assert "To help you." in english
    assert "Slik bruker vi opplysninger om deg" not in english
    plain = page(client, "/personvern/")
    assert '<html lang="nb">' in plain
    assert "To help you." not in plain
    assert page(client, "/personvern/?sprak=nb") == plain


def test_what_has_no_version_is_in_bokmål_marked_and_said_to_be(client: Client, version) -> None:
    english = page(client, "/personvern/?sprak=en")
    assert re.search(
        r'<dd lang="nb">Dokumentere helsehjelpen <span[^>]* lang="en">\(in Norwegian\)</span></dd>', english
    )
    assert "What is marked «in Norwegian» is not translated yet." in english
    assert re.search(r"<dd>To help you\.</dd>", english)
    assert "in Norwegian" not in page(client, "/personvern/")


def test_nynorsk_is_a_language_of_its_own(client: Client, version) -> None:
    nynorsk = page(client, "/personvern/?sprak=nn")
    assert '<html lang="nn">' in nynorsk
    assert "Vi skriv journal." in nynorsk
    assert "Slik bruker vi opplysningar om deg" in nynorsk


def test_the_reader_can_change_language_and_stays_in_it(client: Client, version) -> None:
    for address in ("/personvern/", "/personvern/hele/"):
        html = page(client, f"{address}?sprak=en")
        assert re.findall(r'hreflang="(\w+)"', html) == ["nb", "nn", "en"]
    html = page(client, "/personvern/?sprak=en")
    for kept in (
        "/personvern/hele/?sprak=en",
        "/personvern/erklaering.pdf?sprak=en",
        "?rolle=klient&amp;sprak=en#bruk",
    ):
        assert kept in html
    assert "Client" in page(client, "/personvern/?rolle=klient&sprak=en")
    assert "How to complain" in page(client, "/klage/?sprak=en")


@pytest.mark.parametrize("code", ["de", "EN", "en-GB", "../../x", "x" * 3000, "\x00", "nb nn", "%"])
@pytest.mark.parametrize("address", ["/personvern/", "/personvern/hele/", "/klage/", "/personvern/erklaering.pdf"])
def test_an_unknown_language_is_a_clear_page_with_the_languages_there_are(client, version, address, code) -> None:
    answer = client.get(address, {"sprak": code})
    assert answer.status_code == 404
    html = answer.content.decode()
    assert "Språket finnes ikke her" in html
    assert re.findall(r'href="\?sprak=(\w+)"', html)[0] == "nb"


def test_a_version_without_translations_is_told_in_bokmål_alone(client: Client) -> None:
    make_controller()
    make_activity()
    with register_edit(at=WRITTEN_AT):
        for row in Translation.objects.all():
            row.delete()
    make_version()
    assert "hreflang" not in page(client, "/personvern/")
    assert client.get("/personvern/?sprak=en").status_code == 404
    assert client.get("/personvern/erklaering.txt?sprak=en").status_code == 404


def test_page_text_pdf_and_json_say_the_same_in_another_language(client: Client, version) -> None:
    body = version.notice.in_language("en")
    html = squeezed(re.sub(r"<[^>]+>", " ", page(client, "/personvern/hele/?sprak=en")))
    plain = squeezed(page(client, "/personvern/erklaering.txt?sprak=en"))
    data = json.loads(client.get("/personvern/erklaering.json?sprak=en").content)
    pdf = TaggedPdf(client.get("/personvern/erklaering.pdf?sprak=en").content)
    printed = squeezed(pdf.text)
    for text in texts_of(body):
        for place in (html, plain, printed):
            assert all(squeezed(part) in place for part in text.split("\n")), text
    assert data["body"]["language"] == "en"
    assert [card["title"] for card in data["body"]["cards"]] == [card.title for card in body.cards]
    assert str(pdf.pdf.Root.Lang) == "en"
    for place in (html, plain, printed):
        assert "(inNorwegian)" in place


def test_the_json_of_a_version_holds_every_language_and_its_hash_is_of_them_all(client: Client, version) -> None:
    data = json.loads(client.get("/personvern/erklaering.json").content)
    assert [one["language"] for one in data["body"]["translations"]] == ["nn", "en"]
    assert data["sha256"] == version.body_sha256 == body_hash(version.notice)


def test_each_language_has_a_pdf_of_its_own_that_is_made_once(client: Client, version) -> None:
    first = client.get("/personvern/erklaering.pdf?sprak=en").content
    assert client.get("/personvern/erklaering.pdf?sprak=en").content == first
    assert client.get("/personvern/erklaering.pdf").content != first
    assert set(NoticeFile.objects.values_list("format", flat=True)) == {"pdf", "pdf-en"}


def test_an_edit_of_a_translation_changes_nothing_public_and_is_told_when_published(client: Client, version) -> None:
    row = Translation.objects.get(text="To help you.")
    before = page(client, "/personvern/?sprak=en")
    with register_edit(at=ASKED_AT, reason="Bedre ord"):
        row.text = "So that we can help you."
        row.save()
    assert page(client, "/personvern/?sprak=en") == before
    make_version()
    assert "So that we can help you." in page(client, "/personvern/?sprak=en")
    told = page(client, reverse("processing:changes") + "?utgave=2")
    assert "So that we can" in told
    assert "engelsk" in told


def test_a_text_that_changed_is_told_in_bokmål_from_the_next_version(client: Client, version) -> None:
    activity = Activity.objects.get()
    with register_edit(at=ASKED_AT, reason="Nytt navn"):
        activity.public_name = "Det vi skriver om deg"
        activity.save()
    make_version()
    english = page(client, "/personvern/?sprak=en")
    assert re.search(r'<h3 [^>]*lang="nb">Det vi skriver om deg', english)
    assert "Your health record" not in english
