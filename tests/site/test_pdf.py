"""A PDF is made of our own files and of what it is given, and of nothing else."""

import socket
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from threading import Thread

import pikepdf
import pydyf
import pytest
import weasyprint
from django.utils import translation

from mktnorge import pdf, pdf_writing
from mktnorge.pdf import STATIC_BASE, ForbiddenAddress, PdfLibraryMissing, render_pdf, static_file
from tests.pdf_reader import TaggedPdf

CREATED = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


@pytest.fixture
def render(settings):
    """Render a piece of HTML on a page with our style sheet, as `render_pdf` renders a template."""

    def rendered(html: str, **over) -> bytes:
        page = '<html lang="{{ language }}"><link rel="stylesheet" href="mktnorge/print.css">' + html
        loader = ("django.template.loaders.locmem.Loader", {"page.html": page})
        engine = {"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {"loaders": [loader]}}
        settings.TEMPLATES = [engine]
        return render_pdf("page.html", {}, **{"title": "Prøve", "identifier": "P-1", "created": CREATED, **over})

    return rendered


def refused_or(read, make) -> object:
    """What `read` says of the bytes that `make` gives, or the address that stopped it."""
    try:
        made = make()
    except ForbiddenAddress as refusal:
        return refusal.address
    return read(made)


def test_the_document_says_what_it_is(render):
    read = TaggedPdf(render("<h1>Tittel</h1><p>Tekst æøå</p>", title="Å, en tittel"))
    root = read.pdf.Root
    assert str(root.Lang) == "nb"
    assert root.MarkInfo.Marked is True or bool(root.MarkInfo.Marked)
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert str(read.pdf.docinfo["/Title"]) == "Å, en tittel"
    assert read.text == "Tittel Tekst æøå"
    with read.pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Å, en tittel"
        assert metadata["xmp:CreateDate"] == "2026-11-23T11:00:00Z"


def test_leaving_out_the_rules_for_notes_changes_no_byte(render, monkeypatch):
    """WeasyPrint's own sheet styles five boxes for notes at each element. We leave them out; see mktnorge/pdf.py."""
    html = "<h1>A</h1><ul><li>B <q>c</q></li></ul><table><tr><td>D<br>e</td></tr></table><p>F <a href='#g'>g</a></p>"
    asked = []
    sheets = pdf._page_class()._ua_stylesheets
    monkeypatch.setattr(pdf._page_class(), "_ua_stylesheets", lambda *args: asked.append(1) or sheets(*args))
    ours = render(html)
    assert asked, "WeasyPrint does not ask for its sheet by this name any more"
    monkeypatch.setattr(pdf, "_page_class", lambda: theirs)
    assert render(html) == ours
    assert len(pdf.NOTE_RULE.findall(weasyprint.html.UA)) == 5


def theirs(text: str, fetcher) -> weasyprint.HTML:
    """A page as WeasyPrint reads it by itself."""
    return weasyprint.HTML(string=text, base_url=STATIC_BASE, url_fetcher=fetcher)


WELL_FORMED = """<!DOCTYPE html>
<html lang="nb"><head><meta charset="utf-8"/><title>T</title><link rel="stylesheet" href="mktnorge/print.css"/></head>
<body><section id="a"><h1>Æ &amp; &lt;b&gt; &#x27;c&#x27;</h1><p>To<br/>linjer <b>og</b>  <a href="#a">lenke</a></p>
</section>
<ul class="facts"><li class="plain lines-1"><p class="label">L</p><p>En
to</p></li></ul><table><tbody><tr><th scope="row">H</th><td>d</td></tr></tbody></table>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>Bilde</title><rect width="9" height="9"/></svg>
</body></html>"""


def test_a_well_formed_page_is_read_as_xml_and_comes_out_the_same(monkeypatch, settings):
    loader = ("django.template.loaders.locmem.Loader", {"page.html": WELL_FORMED})
    settings.TEMPLATES = [
        {"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {"loaders": [loader]}}
    ]
    once = render_pdf("page.html", {}, title="T", identifier="P-1", created=CREATED)
    asked = []
    monkeypatch.setattr(pdf, "_page_class", lambda: lambda *args: asked.append(args) or theirs(*args))
    assert render_pdf("page.html", {}, title="T", identifier="P-1", created=CREATED) == once
    assert asked


def test_writing_each_object_once_changes_none(render, monkeypatch):
    """Against pydyf's own way of writing: the same objects with the same content, packed in another way."""
    html = "<h1>A</h1><ul><li>B <i>c</i></li></ul><p><a href='#g'>g</a></p><p id='g'>" + "Æ &amp; (ord) \\ " * 2000
    ours = pikepdf.open(BytesIO(render(html)))
    monkeypatch.setattr(pdf_writing, "write_once", None)
    monkeypatch.setattr(pdf_writing, "remember_page_references", lambda: None)
    monkeypatch.setattr(pydyf, "PDF", pydyf.PDF.__base__)
    assert pydyf.PDF.__module__ == "pydyf"
    plain = pikepdf.open(BytesIO(render(html)))
    assert len(plain.pages) > 3
    assert len(ours.objects) == len(plain.objects)
    for one, other in zip(ours.objects, plain.objects, strict=True):
        if isinstance(one, pikepdf.Stream) and one.get("/Type") not in {"/XRef", "/ObjStm"}:
            assert one.read_bytes() == other.read_bytes()
        elif not isinstance(one, pikepdf.Stream):
            assert one.unparse() == other.unparse()


def test_the_same_arguments_give_the_same_bytes(render):
    assert render("<h1>A</h1>") == render("<h1>A</h1>")
    assert render("<h1>A</h1>", identifier="P-2") != render("<h1>A</h1>")


def test_the_language_of_whoever_asks_does_not_matter(render, settings):
    with translation.override("en"):
        in_english = render("<h1>{% load i18n %}{% translate 'Ja' %}</h1>")
    assert in_english == render("<h1>{% load i18n %}{% translate 'Ja' %}</h1>")


class Canary:
    """A server on this machine that counts who calls."""

    def __enter__(self) -> "Canary":
        self.calls = 0
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        Thread(target=self._count, daemon=True).start()
        return self

    def _count(self) -> None:
        try:
            while True:
                self.server.accept()[0].close()
                self.calls += 1
        except OSError:
            return

    def __exit__(self, *_: object) -> None:
        self.server.close()


VECTORS = {
    "image": '<img alt="" src="{url}">',
    "image set": '<img alt="" srcset="{url} 2x" src="{url}">',
    "background": '<p style="background-image: url({url})">x</p>',
    "list mark": '<ul><li style="list-style-image: url({url})">x</li></ul>',
    "content": "<style>p::before {{ content: url({url}) }}</style><p>x</p>",
    "sheet": '<link rel="stylesheet" href="{url}">',
    "import": "<style>@import url({url});</style>",
    "font": "<style>@font-face {{ font-family: F; src: url({url}) }} p {{ font-family: F }}</style><p>x</p>",
    "attachment": '<link rel="attachment" href="{url}">',
    "attached link": '<a rel="attachment" href="{url}">x</a>',
    "object": '<object data="{url}">x</object>',
    "embed": '<embed src="{url}">',
    "svg image": '<svg viewBox="0 0 9 9" width="9" height="9"><image href="{url}" width="9" height="9"/></svg>',
    "svg use": '<svg viewBox="0 0 9 9" width="9" height="9"><use href="{url}#a"/></svg>',
    "svg style": '<svg viewBox="0 0 9 9" width="9" height="9"><style>@import url({url});</style><rect/></svg>',
}


@pytest.mark.parametrize("vector", VECTORS.values(), ids=VECTORS)
def test_nothing_is_fetched_from_the_network(render, vector):
    with Canary() as canary:
        url = f"http://127.0.0.1:{canary.port}/x.png"
        # What is not refused was never asked for: WeasyPrint reads no srcset, and no attribute it does not know.
        assert refused_or(lambda made: url, lambda: render(vector.format(url=url))) == url
        assert canary.calls == 0


def test_the_canary_sings():
    """Without our fetcher the same page calls: the tests above could fail."""
    with Canary() as canary:
        weasyprint.HTML(string=VECTORS["image"].format(url=f"http://127.0.0.1:{canary.port}/x.png")).write_pdf()
        assert canary.calls > 0


@pytest.mark.parametrize("vector", VECTORS.values(), ids=VECTORS)
def test_no_file_of_the_machine_gets_in(render, vector, tmp_path):
    secret = tmp_path / "secret.css"
    secret.write_text("p::before { content: 'KANARIFUGL' }")
    url = secret.as_uri()
    found = refused_or(
        lambda made: [*TaggedPdf(made).pdf.attachments, TaggedPdf(made).text], lambda: render(vector.format(url=url))
    )
    assert "KANARIFUGL" not in str(found)
    assert found == url or not [part for part in found if "secret" in part]


def test_a_refusal_is_an_ordinary_exception_with_a_sentence(render):
    with pytest.raises(ForbiddenAddress, match="ber om noe som ikke er vårt eget") as caught:
        render('<img alt="" src="https://example.org/x.png">')
    assert isinstance(caught.value, Exception)
    assert "https://example.org/x.png" in caught.value.address


def test_an_own_file_that_is_not_there_stops_the_work(render):
    with pytest.raises(ForbiddenAddress, match=r"nowhere\.css"):
        render('<link rel="stylesheet" href="mktnorge/nowhere.css">')


def test_a_picture_in_the_document_itself_is_taken(render):
    dot = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'%3E%3C/svg%3E"
    read = TaggedPdf(render(f'<img alt="En prikk" src="{dot}">'))
    assert [figure.alternative for figure in read.root.all("Figure")] == ["En prikk"]


def test_our_files_are_found():
    found = static_file(f"{STATIC_BASE}mktnorge/print.css")
    assert found is not None
    assert found.name == "print.css"


@pytest.mark.parametrize(
    "url",
    [
        f"{STATIC_BASE}mktnorge/../../settings.css",
        f"{STATIC_BASE}mktnorge/%2e%2e/%2e%2e/settings.css",
        f"{STATIC_BASE}mktnorge/..%2f..%2fsettings.css",
        f"{STATIC_BASE}mktnorge/..%5c..%5csettings.css",
        f"{STATIC_BASE}/etc/passwd",
        f"{STATIC_BASE}//etc/hosts.css",
        f"{STATIC_BASE}mktnorge",
        f"{STATIC_BASE}mktnorge/fonts",
        f"{STATIC_BASE}mktnorge/print.css%00.png",
        f"{STATIC_BASE}mktnorge/fonts/README.md",
        f"{STATIC_BASE}mktnorge/print.css?x",
        "http://static.invalid.example.org/mktnorge/print.css",
        "http://static.invalid@example.org/mktnorge/print.css",
        "http://static.invalid:80/mktnorge/print.css",
        "HTTP://[static.invalid/mktnorge/print.css",
        "https://static.invalid/mktnorge/print.css",
        f"file://{Path(pdf.__file__).parent}/static/mktnorge/print.css",
        "mktnorge/print.css",
        "",
    ],
)
def test_nothing_else_is(url):
    assert static_file(url) is None


def test_a_missing_library_is_named_by_its_debian_package(monkeypatch):
    import builtins

    real = builtins.__import__

    def no_pango(name, *args, **kwargs):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", no_pango)
    monkeypatch.setattr(pdf, "missing_packages", lambda: ["libpango-1.0-0", "libharfbuzz-subset0"])
    with pytest.raises(PdfLibraryMissing, match=r"libpango-1\.0-0, libharfbuzz-subset0"):
        pdf._weasyprint()
