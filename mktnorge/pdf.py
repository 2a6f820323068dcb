"""HTML templates to tagged PDF. The only door to WeasyPrint, which is loaded when the first PDF is made.

A PDF is PDF/UA-1 and PDF/A-3a: tagged, titled, with its language and embedded fonts. It is made of what its arguments
say and of our own static files, and of nothing else: the same arguments give the same bytes, and an address of any
other kind stops the work.
"""

from __future__ import annotations

import gc
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from mktnorge.libraries import missing_packages
from mktnorge.pdf_standards import OUTPUT_INTENT, VARIANT, say_both_standards

# Templates name static files as they lie under static/: «mktnorge/print.css». The host cannot exist (RFC 2606).
STATIC_BASE = "http://static.invalid/"
NOTE_RULE = re.compile(r"^::(?:foot)?note-(?:call|marker|callback) \{[^}]*\}$", re.MULTILINE)
MEDIA_TYPES = {".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml", ".png": "image/png"}


class PdfLibraryMissing(Exception):
    """A system library is not on this machine. The message names the Debian packages."""


class ForbiddenAddress(Exception):
    """A document asked for something that is not a static file of ours. `address` is what it asked for."""

    def __init__(self, address: str) -> None:
        super().__init__(
            _("PDF-en ber om noe som ikke er vårt eget, og er ikke laget: {address}").format(address=address)
        )
        self.address = address


_own = threading.local()


@dataclass(frozen=True, kw_only=True)
class Attached:
    """A file that goes with a document: the data it was made from. `description` is for whoever opens it."""

    name: str
    content: bytes
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class Source:
    """All that a PDF is made of: it can be sent to another process. `created` is aware."""

    html: str
    title: str
    language: str
    identifier: bytes
    created: datetime
    attached: tuple[Attached, ...] = ()


def render_pdf(
    template_name: str,
    context: Mapping[str, object],
    *,
    title: str,
    identifier: bytes | str,
    created: datetime,
    language: str = "nb",
    attached: Sequence[Attached] = (),
) -> bytes:
    """Return the template as a document in `language` that is both PDF/UA-1 and PDF/A-3a.

    The template finds `title` and `language` in its context, and names static files without a leading slash.
    `created` is aware and becomes the document's date; `identifier` becomes its id, so that nothing in the file
    comes from a clock or from chance.

    Raises ForbiddenAddress where the HTML asks for anything but our static files and `data:`, and PdfLibraryMissing
    where the system libraries are not installed.
    """
    return pdf_of(
        source_of(
            template_name,
            context,
            title=title,
            identifier=identifier,
            created=created,
            language=language,
            attached=attached,
        )
    )


def source_of(
    template_name: str,
    context: Mapping[str, object],
    *,
    title: str,
    identifier: bytes | str,
    created: datetime,
    language: str = "nb",
    attached: Sequence[Attached] = (),
) -> Source:
    """Return what `render_pdf` makes its document of."""
    with translation.override(language):
        html = render_to_string(template_name, {**context, "title": title, "language": language})
    return Source(
        html=html,
        title=title,
        language=language,
        identifier=identifier.encode() if isinstance(identifier, str) else identifier,
        created=created,
        attached=tuple(attached),
    )


def pdf_of(source: Source) -> bytes:
    """Return the document. Raises what `render_pdf` raises."""
    weasyprint = _weasyprint()
    from mktnorge.pdf_writing import remember_page_references, write_once

    remember_page_references()
    refused = weasyprint.urls.FatalURLFetchingError
    moment = source.created.astimezone(UTC)
    try:
        with _garbage_left_alone():
            page = _page_class()(source.html, _fetcher_class()())
            document = page.render(
                font_config=_fonts(weasyprint),
                color_profiles={OUTPUT_INTENT: _colours(weasyprint)},
                pdf_variant=VARIANT,
                output_intent=OUTPUT_INTENT,
            )
            metadata = document.metadata
            metadata.title, metadata.lang = source.title, source.language
            metadata.created = metadata.modified = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
            metadata.attachments = [
                weasyprint.Attachment(
                    file_obj=BytesIO(file.content),
                    name=file.name,
                    description=file.description,
                    created=moment,
                    modified=moment,
                    relationship="Source",
                )
                for file in source.attached
            ]
            say_both_standards(metadata)
            return document.write_pdf(  # type: ignore[no-any-return]
                pdf_variant=VARIANT,
                pdf_identifier=source.identifier,
                output_intent="",  # as it was rendered
                finisher=write_once,
            )
    except refused as error:
        # Not an Exception: WeasyPrint lets nothing but this stop it.
        raise ForbiddenAddress(str(error)) from None


def _fonts(weasyprint: Any) -> Any:
    """The fonts of this thread: unpacked once, since that takes as long as a page or two. Pango shares no font map."""
    if not hasattr(_own, "fonts"):
        _own.fonts = weasyprint.text.fonts.FontConfiguration()
    return _own.fonts


def _colours(weasyprint: Any) -> Any:
    """WeasyPrint's own profile of sRGB, read whole: by itself it leaves the file open."""
    profile = BytesIO((files("weasyprint.pdf") / "sRGB2014.icc").read_bytes())
    return weasyprint.css.ColorProfile(profile, "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"]))


def _weasyprint() -> Any:
    try:
        import weasyprint
    except OSError as error:
        packages = ", ".join(missing_packages())
        raise PdfLibraryMissing(
            _("PDF-er kan ikke lages her. Disse pakkene mangler på maskinen (Debian): {packages}").format(
                packages=packages or str(error)
            )
        ) from error
    return weasyprint


@cache
def _page_class() -> Any:
    """HTML without WeasyPrint's rules for notes, which give each element five boxes' worth of style for nothing.

    Our documents have no notes: leaving the rules out changes no byte, which a test holds. Should WeasyPrint stop
    asking for its own sheet by this name, the rules are back and nothing else is changed.

    A page that is well-formed XML is read as that, by the parser in C; any other as HTML, in twenty times as long.
    """
    weasyprint = _weasyprint()
    from weasyprint.html import UA, UA_COUNTER_STYLE

    sheet = weasyprint.CSS(string=NOTE_RULE.sub("", UA), counter_style=UA_COUNTER_STYLE.copy())

    class WithoutNotes(weasyprint.HTML):  # type: ignore[misc, name-defined]
        def __init__(self, text: str, fetcher: Any) -> None:
            try:
                # Our own template, with all that others wrote escaped: it can declare no entity.
                tree = ElementTree.fromstring(text)  # noqa: S314
            except ElementTree.ParseError:
                super().__init__(string=text, base_url=STATIC_BASE, url_fetcher=fetcher)
                return
            self.base_url, self.url_fetcher, self.media_type = STATIC_BASE, fetcher, "print"
            self.wrapper_element = weasyprint.cssselect2.ElementWrapper.from_html_root(tree, content_language=None)
            self.etree_element = self.wrapper_element.etree_element

        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
            theirs = super()._ua_stylesheets(forms)
            return [sheet, *theirs[1:]]

    return WithoutNotes


@cache
def _fetcher_class() -> Any:
    weasyprint = _weasyprint()

    class OwnFilesOnly(weasyprint.URLFetcher):  # type: ignore[misc, name-defined]
        """Gives out static files of ours and `data:`; everything else ends the rendering."""

        def __init__(self) -> None:
            super().__init__(allowed_protocols={"data"}, allow_redirects=False, fail_on_errors=True)

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            path = static_file(url)
            if path is None:
                raise weasyprint.urls.FatalURLFetchingError(url)
            return weasyprint.urls.URLFetcherResponse(
                url, path.read_bytes(), {"Content-Type": MEDIA_TYPES[path.suffix]}
            )

    return OwnFilesOnly


def static_file(url: str) -> Path | None:
    """Return the static file that `url` names under `STATIC_BASE`, or None where it names anything else."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if not url.startswith(STATIC_BASE) or parts.query or parts.fragment:
        return None
    name = unquote(parts.path).lstrip("/")
    path = PurePosixPath(name)
    if "\\" in name or "\0" in name or ".." in path.parts or path.suffix not in MEDIA_TYPES:
        return None
    try:
        found = finders.find(name)
    except SuspiciousFileOperation:
        return None
    return Path(found) if found and Path(found).is_file() else None


@contextmanager
def _garbage_left_alone() -> Iterator[None]:
    """Keep the collector from walking the growing tree of boxes again and again. bench/pdf.py tells what it saves."""
    thresholds = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        gc.unfreeze()
