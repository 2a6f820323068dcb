"""Every PDF we hand out, read as a screen reader and as an archive reads it (ISO 14289-1, ISO 19005-3)."""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from xml.etree import ElementTree

import pikepdf
import pytest

from mktnorge import pdf
from processing.admin.comparing import HAPPENED
from processing.exports.comparison import compare
from processing.exports.comparison_pdf import comparison_pdf
from processing.exports.editions import edition_of
from processing.exports.json import canonical_json
from processing.exports.notice_pdf import notice_pdf
from processing.exports.pdf import register_pdf
from processing.law.checks import check_register
from processing.law.editions import Edition
from processing.services.comparison import found_by
from processing.services.table_words import table_words
from rights.letters.body import LetterBody, LetterKind, Part
from rights.printing import body_pdf
from rights.receipts import ReceiptRow, receipt_pdf
from tests.builders import ASKED_AT
from tests.pdf_reader import TaggedPdf
from tests.processing.test_export_pdf import FULL, LEDGER
from tests.processing.test_notice_files import NOTICE

FINDINGS = check_register(FULL, law_on=LEDGER.law_on)
EXTERNAL = edition_of(FULL, Edition.EXTERNAL, findings=FINDINGS).register
LETTER = LetterBody(
    kind=LetterKind.ANSWER,
    language="nb",
    sender=("Prøveklinikken AS", "Prøveveien 1, 0001 Oslo"),
    recipient=("Test Testesen", "Prøvegata 2, 0002 Oslo"),
    case_number="P-4827",
    dated=ASKED_AT.date(),
    title="Svar på kravet ditt",
    parts=(
        Part(paragraphs=("Vi har vurdert hvert punkt.",)),
        Part(heading="Punkt 1", paragraphs=("Du får kopi.",), rows=(("Regel", "art. 15"),)),
        Part(heading="Slik klager du", items=("Send klagen til oss.", "Eller til Datatilsynet.")),
    ),
    sources=("Personvernforordningen art. 12 nr. 3",),
)
ROWS = (ReceiptRow("Saksnummer", "P-4827"), ReceiptRow("Følgekode", "7KQ2-M9XA-4TDF", is_code=True))


def difference() -> bytes:
    changed = replace(FULL, activities=(replace(FULL.activities[0], owner="En annen", regime=None),))
    subjects = compare(FULL, changed, words=table_words(), ways=found_by())
    shown = [
        {"subject": subject, "title": subject.title, "happened": HAPPENED[subject.happened], "edits": ()}
        for subject in subjects
    ]
    return comparison_pdf(
        first=ASKED_AT.date(),
        last=ASKED_AT.date(),
        before=FULL,
        after=changed,
        groups=[{"anchor": "aktiviteter", "title": "Aktiviteter", "subjects": shown}],
        sentences=["1 aktivitet er endret."],
        printed_at=ASKED_AT,
    )


DOCUMENTS: dict[str, Callable[[], bytes]] = {
    "register": lambda: register_pdf(FULL, ledger=LEDGER, findings=FINDINGS),
    "external register": lambda: register_pdf(EXTERNAL, ledger=replace(LEDGER, edition=Edition.EXTERNAL), findings=()),
    "notice": lambda: notice_pdf(NOTICE),
    "difference": difference,
    "letter": lambda: body_pdf(LETTER, identifier="P-4827-1", created=ASKED_AT),
    "receipt": lambda: receipt_pdf(ROWS, case_number="P-4827", created=ASKED_AT),
}
ATTACHED = {
    "register": canonical_json(FULL),
    "external register": canonical_json(EXTERNAL, edition=Edition.EXTERNAL),
}


@dataclass(frozen=True)
class Document:
    name: str
    html: str
    read: TaggedPdf

    @property
    def root(self) -> pikepdf.Object:
        return self.read.pdf.Root


@pytest.fixture(scope="module", params=DOCUMENTS)
def document(request) -> Document:
    """The document, and the page it was made of."""
    pages: list[str] = []
    theirs = pdf._page_class()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "_page_class", lambda: lambda text, fetcher: pages.append(text) or theirs(text, fetcher))
        content = DOCUMENTS[request.param]()
    (html,) = pages
    return Document(request.param, html, TaggedPdf(content))


def test_it_says_which_standards_it_keeps(document):
    with document.read.pdf.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == str(document.read.pdf.docinfo["/Title"])
    said = document.root.Metadata.read_bytes()
    assert said.count(b"pdfaSchema:prefix>pdfuaid<") == 1
    ElementTree.fromstring(said)
    assert document.read.pdf.pdf_version == "1.7"
    assert len(document.read.pdf.trailer.ID) == 2
    assert not document.read.pdf.is_encrypted


def test_it_says_what_its_colours_mean(document):
    (intent,) = document.root.OutputIntents
    assert str(intent.S) == "/GTS_PDFA1"
    assert int(intent.DestOutputProfile.N) == 3
    assert b"acsp" in intent.DestOutputProfile.read_bytes()[:64]


def test_it_is_tagged_titled_and_in_a_language(document):
    assert str(document.root.Lang) == "nb"
    assert bool(document.root.MarkInfo.Marked)
    assert bool(document.root.ViewerPreferences.DisplayDocTitle)
    assert str(document.read.pdf.docinfo["/Title"])


def test_headings_begin_with_the_one_title_and_nest_without_jumps(document):
    levels = [level for level, _text in document.read.headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    assert all(text for _level, text in document.read.headings)


def test_bookmarks_lead_to_the_headings(document):
    titles = {text for _level, text in document.read.headings}
    assert set(document.read.outline) <= titles
    assert document.read.outline


def test_lists_hold_items_and_nothing_else(document):
    for element in document.read.root.walk():
        kids = {child.tag for child in element.children}
        assert element.tag != "L" or kids <= {"LI", "L"}, element.text[:80]
        assert "LI" not in kids or element.tag == "L", element.text[:80]


def test_no_table_stands_where_a_list_does_the_work(document):
    """And should one come, its heads must say what they are heads of."""
    tables = document.read.root.all("Table")
    assert not tables or all(table.all("TH") for table in tables)
    if document.name in {"register", "notice", "letter", "receipt"}:
        assert tables == []


def test_every_picture_has_words(document):
    assert all(picture.alternative for picture in document.read.root.all("Figure"))


def test_every_font_is_embedded_and_can_be_read_back(document):
    assert document.read.fonts
    for font in document.read.fonts:
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
        assert "/ToUnicode" in font


SHOWS = {"Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "INLINE IMAGE"}


def test_all_that_is_drawn_is_content_or_decoration(document):
    """Nothing is drawn outside marked content: a reader knows of everything whether to read it or leave it."""
    parents = numbers(document.root.StructTreeRoot.ParentTree)
    for place, page in enumerate(document.read.pdf.pages):
        open_marks: list[str] = []
        marked = set()
        for operands, operator in pikepdf.parse_content_stream(page):
            match str(operator):
                case "BDC" | "BMC":
                    open_marks.append(str(operands[0]))
                    properties = operands[1] if len(operands) > 1 else None
                    if isinstance(properties, pikepdf.Dictionary) and "/MCID" in properties:
                        marked.add(int(properties.MCID))
                case "EMC":
                    open_marks.pop()
                case shown if shown in SHOWS:
                    assert open_marks, (place, shown, operands)
        assert open_marks == []
        # Each piece of content belongs to an element of the structure, and the page says where to look.
        assert marked == set(range(len(parents[int(page.StructParents)])))


def numbers(tree: pikepdf.Object) -> dict[int, pikepdf.Object]:
    rows = list(tree.Nums)
    return {int(number): value for number, value in zip(rows[::2], rows[1::2], strict=True)}


def test_links_say_where_they_lead_and_stay_inside(document):
    for page in document.read.pdf.pages:
        for annotation in page.get("/Annots", []):
            assert str(annotation.get("/Contents", ""))
            assert "/StructParent" in annotation
            assert "/A" not in annotation or str(annotation.A.S) == "/GoTo"


def test_nothing_in_it_acts_by_itself(document):
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(document.root.keys())
    assert "/JavaScript" not in document.root.get("/Names", {})


def test_the_register_is_attached_as_the_data_it_was_made_from(document):
    expected = ATTACHED.get(document.name)
    if expected is None:
        assert "/AF" not in document.root
        assert not document.read.pdf.attachments
        return
    (file,) = document.root.AF
    assert str(file.AFRelationship) == "/Source"
    assert str(file.UF) == str(file.F) == "register.json"
    assert str(file.Desc)
    stream = file.EF.F
    assert str(stream.Subtype) == "/application/json"
    assert {str(stream.Params.ModDate), str(stream.Params.CreationDate)} == {"D:20261123110000Z"}
    content = stream.read_bytes()
    assert content == expected
    # The hash on the cover is that of the file that goes with it.
    assert hashlib.sha256(content).hexdigest() in document.read.text.replace(" ", "")


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_it_is_read_in_the_order_it_was_written(document):
    """As the tags have it, and as it is drawn, which a reader without tags goes by."""
    written = squeezed(" ".join(texts_of(ElementTree.fromstring(document.html))))
    tagged = list(pieces(document.read, document.root.StructTreeRoot.K, None))
    for found in (tagged, sorted(tagged)):
        text = squeezed(" ".join(document.read._pages[page].get(number, "") for page, number in found))
        assert without_page_numbers(text.replace("•", ""), document) == written


def pieces(read: TaggedPdf, node: pikepdf.Object, page: pikepdf.Object | None) -> Iterator[tuple[int, int]]:
    """The page and the number of each piece of content in the order of the tags, pictures left out."""
    if isinstance(node, int):
        yield read._numbers[page.objgen], int(node)
    elif isinstance(node, pikepdf.Array):
        for kid in node:
            yield from pieces(read, kid, page)
    elif node.get("/S") != "/Figure" and "/K" in node:
        yield from pieces(read, node.K, node.get("/Pg", page))


def without_page_numbers(text: str, document: Document) -> str:
    """Each entry of the contents has the number of its page before it, which no one wrote."""
    tree = ElementTree.fromstring(document.html)
    for entry in (squeezed("".join(link.itertext())) for link in tree.iter("a")):
        text = re.sub(rf"\d+{re.escape(entry)}|{re.escape(entry)}\d+(?!\w)", entry, text, count=1)
    return text


UNREAD = {"head", "{http://www.w3.org/2000/svg}svg"}


def texts_of(element: ElementTree.Element) -> list[str]:
    """What is to be read on a page: not its head, nor what stands in the margins or in a picture."""
    if element.tag in UNREAD or element.get("class") in {"document-kind", "document-id"}:
        return [element.tail or ""]
    return [element.text or "", *(text for child in element for text in texts_of(child)), element.tail or ""]
