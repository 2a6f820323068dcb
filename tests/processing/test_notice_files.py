"""The notice as PDF, JSON and plain text: made of the frozen version, for every reader, and the same bytes for ever."""

import hashlib
import json
from dataclasses import replace
from itertools import pairwise

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from processing.exports.notice_json import notice_json
from processing.exports.notice_pdf import notice_pdf
from processing.exports.notice_text import WIDTH, notice_text
from processing.law.records import PurposeRecord
from processing.models import NoticeFile
from processing.notices.body import body_hash
from processing.notices.compose import compose_notice
from processing.notices.published import PublishedNotice
from processing.services import notice_files
from processing.services.notice_files import FileBeingMade, keep_missing_pdfs, keep_notice_pdf
from tests.builders import ASKED_AT, make_activity, make_activity_record, make_controller, make_register
from tests.pdf_reader import TaggedPdf
from tests.processing.test_notice_pages import publish

TEXT = "Først et avsnitt med <b>tegn</b> & mer.\n\nSå en liste:\n- det ene\n- det andre"


def published(*activities, **over) -> PublishedNotice:
    rows = activities or (make_activity_record(public_description=TEXT), make_activity_record(number="A02", code="b"))
    body = compose_notice(make_register(activities=rows), on=ASKED_AT.date())
    stated = {
        "number": 3,
        "in_force_from": ASKED_AT.date(),
        "published_at": ASKED_AT,
        "sha256": body_hash(body),
        "is_demonstration": False,
        "body": body,
    }
    return PublishedNotice(**stated | over)


NOTICE = published()


@pytest.fixture(scope="module")
def pdf() -> TaggedPdf:
    return TaggedPdf(notice_pdf(NOTICE))


# --- The PDF, for every reader (service.md C4)


def test_the_pdf_is_tagged_titled_and_in_bokmaal(pdf) -> None:
    root = pdf.pdf.Root
    assert str(root.Lang) == "nb"
    assert bool(root.MarkInfo.Marked)
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert str(pdf.pdf.docinfo["/Title"]) == "Slik bruker vi opplysninger om deg – Prøveklinikken"
    with pdf.pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["xmp:CreateDate"] == "2026-11-23T11:00:00Z"


def test_headings_nest_and_name_every_card(pdf) -> None:
    levels = [level for level, _text in pdf.headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    assert [text for level, text in pdf.headings if level == 3] == ["Journalen din", "Journalen din"]


def test_bookmarks_lead_to_every_part(pdf) -> None:
    assert pdf.outline == [
        "Slik bruker vi opplysninger om deg",
        "Innhold",
        "Hvem som har ansvaret",
        "Det vi bruker opplysninger til",
        "Hvem som kan få opplysninger",
        "Ut av EØS",
        "Det du kan be om",
        "Du kan si nei",
        "Slik klager du",
        "Slik passer vi på opplysningene",
    ]


def test_lists_hold_list_items_and_nothing_else(pdf) -> None:
    for element in pdf.root.walk():
        kids = {child.tag for child in element.children}
        if element.tag == "L":
            assert kids <= {"LI", "L"}, element.text[:80]
        else:
            assert "LI" not in kids, element.text[:80]


def test_there_is_no_table_and_no_picture_without_words(pdf) -> None:
    tags = {element.tag for element in pdf.root.walk()}
    assert not tags & {"Table", "TR", "TD"}
    assert all(picture.alternative for picture in pdf.root.all("Figure"))


def test_fonts_are_ours_and_embedded(pdf) -> None:
    names = {str(font.BaseFont) for font in pdf.fonts}
    assert names
    assert all("Literata" in name or "Hyperlegible" in name for name in names), names
    for font in pdf.fonts:
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor


def test_links_lead_inside_the_document_and_say_where(pdf) -> None:
    for page in pdf.pdf.pages:
        for annotation in page.get("/Annots", []):
            assert "/A" not in annotation or str(annotation.A.S) == "/GoTo"
            assert str(annotation.get("/Contents", ""))


def test_every_page_follows_the_structure_for_its_tab_order(pdf) -> None:
    for page in pdf.pdf.pages:
        if "/Annots" in page:
            assert str(page.Tabs) == "/S"


def test_everything_on_a_page_is_tagged_or_an_artifact(pdf) -> None:
    import pikepdf

    for page in pdf.pdf.pages:
        depth = 0
        for _operands, operator in pikepdf.parse_content_stream(page):
            match str(operator):
                case "BDC" | "BMC":
                    depth += 1
                case "EMC":
                    depth -= 1
                case "Tj" | "TJ":
                    assert depth > 0


def test_the_pdf_is_the_same_bytes_every_time_and_another_version_is_other_bytes() -> None:
    small = published(make_activity_record(purposes=(PurposeRecord(description="Å svare."),)))
    assert notice_pdf(small) == notice_pdf(small)
    assert notice_pdf(small) != notice_pdf(replace(small, number=4))


def test_markup_is_shown_as_typed_and_lists_are_lists(pdf) -> None:
    assert "Først et avsnitt med <b>tegn</b> & mer." in pdf.text
    assert any(element.text.endswith("det ene") for element in pdf.root.all("LI"))


def test_a_demonstration_says_so() -> None:
    marked = published(make_activity_record(purposes=()), is_demonstration=True)
    assert "Dette er en demonstrasjon." in TaggedPdf(notice_pdf(marked)).text
    assert "Dette er en demonstrasjon." in notice_text(marked)
    assert json.loads(notice_json(marked))["demonstration"] is True


# --- Text and JSON


def test_the_text_is_plain_narrow_and_keeps_its_lists() -> None:
    text = notice_text(NOTICE)
    assert max(len(line) for line in text.splitlines()) <= WIDTH
    assert "Først et avsnitt med <b>tegn</b> & mer.\n\nSå en liste:\n- det ene\n- det andre\n" in text
    assert "Utgave 3, gjelder fra 23.\u00a0november\u00a02026" in text
    assert NOTICE.sha256 in text


def test_a_long_word_is_not_cut() -> None:
    word = "personvern" * 20
    assert word in notice_text(published(make_activity_record(public_description=f"Se {word} her.")))


def test_the_json_is_the_frozen_text_with_what_tells_the_version() -> None:
    answer = json.loads(notice_json(NOTICE))
    assert (answer["version"], answer["in_force_from"], answer["sha256"]) == (3, "2026-11-23", NOTICE.sha256)
    assert answer["body"]["cards"][0]["intro"] == TEXT
    assert notice_json(NOTICE) == notice_json(NOTICE)


# --- Kept once made


@pytest.fixture
def version(db, time_machine):
    time_machine.move_to(ASKED_AT, tick=False)
    make_controller()
    make_activity(bare=True, public_name="Stille")
    return publish()


def test_the_pdf_is_made_once_and_kept(version, monkeypatch) -> None:
    first = keep_notice_pdf(version=version)
    row = NoticeFile.objects.get()
    assert (bytes(row.content), row.sha256) == (first, hashlib.sha256(first).hexdigest())

    def never(*_args):
        raise AssertionError("made twice")

    monkeypatch.setattr(notice_files, "notice_pdf", never)
    assert keep_notice_pdf(version=version) == first


def test_the_kept_file_is_frozen(version) -> None:
    keep_notice_pdf(version=version)
    for act in (
        lambda: NoticeFile.objects.update(sha256="x"),
        lambda: NoticeFile.objects.all().delete(),
        lambda: connection.cursor().execute("UPDATE processing_noticefile SET format = 'x'"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_a_version_has_one_file_of_a_kind(version) -> None:
    NoticeFile.objects.create(version=version, format="pdf", content=b"a", sha256="a")
    with pytest.raises(IntegrityError), transaction.atomic():
        NoticeFile.objects.create(version=version, format="pdf", content=b"b", sha256="b")


def test_the_worker_makes_what_is_missing_and_says_so_once(version) -> None:
    assert keep_missing_pdfs(ASKED_AT) == "1 PDF av erklæringen er laget."
    assert keep_missing_pdfs(ASKED_AT) == ""
    assert NoticeFile.objects.filter(version=version, format="pdf").count() == 1


def test_a_very_long_notice_waits_until_somebody_asks(version, monkeypatch) -> None:
    monkeypatch.setattr(notice_files, "CHEAP_CARDS", 0)
    assert keep_missing_pdfs(ASKED_AT) == ""
    assert keep_notice_pdf(version=version).startswith(b"%PDF-")


def test_the_pdf_is_served_with_validators_and_few_queries(client: Client, version) -> None:
    NoticeFile.objects.create(version=version, format="pdf", content=b"%PDF-kept", sha256="x")
    for address in ("/personvern/erklaering.pdf", "/personvern/versjon/1/erklaering.pdf"):
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(address)
        assert answer.content == b"%PDF-kept"
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"] == 'inline; filename="personvern-utgave-1.pdf"'
        assert len(captured) <= 3
        assert client.get(address, headers={"if-none-match": answer["ETag"]}).status_code == 304


def test_a_pdf_that_is_being_made_is_a_clear_page(client: Client, version, monkeypatch) -> None:
    monkeypatch.setattr(notice_files, "WAIT_SECONDS", 0.01)
    assert notice_files._making.acquire(timeout=5)
    try:
        with pytest.raises(FileBeingMade):
            keep_notice_pdf(version=version)
        page = client.get("/personvern/erklaering.pdf")
    finally:
        notice_files._making.release()
    assert page.status_code == 503
    assert page["Retry-After"] == "60"
    assert "PDF-en blir laget nå. Prøv igjen om et minutt." in page.content.decode()
    assert "/personvern/versjon/1/hele/" in page.content.decode()


@pytest.mark.parametrize("format", ["pdf", "txt", "json"])
def test_before_the_first_version_there_is_no_file(client: Client, db, format) -> None:
    make_controller()
    assert client.get(f"/personvern/erklaering.{format}").status_code == 404
    assert client.get(f"/personvern/versjon/1/erklaering.{format}").status_code == 404


def test_another_kind_of_file_is_not_found(client: Client, version) -> None:
    assert client.get("/personvern/erklaering.docx").status_code == 404
