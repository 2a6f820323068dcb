"""How a finished PDF is written: each object made into bytes once, and packed no harder than pays.

pydyf makes every object twice (to write it, and for the file's id), packs it at zlib's slowest level both times, and
makes all references to pages anew for each element of the structure: the time of a long document goes by the square of
its pages. Nothing a reader sees is changed here, which a test holds. bench/pdf.py tells what it saves.
"""

from __future__ import annotations

import zlib
from typing import Any

import pydyf

from mktnorge.pdf_standards import name_attachments_once

LEVEL = 6
"""zlib's own level: a fifth of the time of level 9, for three per cent more bytes."""


class _Made(pydyf.Object):  # type: ignore[misc]
    """An object that will not change any more."""

    data: bytes = b""


class _MadeStream(pydyf.Stream):  # type: ignore[misc]
    data: bytes = b""


def write_once(_document: object, pdf: Any) -> None:
    """Make every object of `pdf` into bytes. A finisher for `weasyprint.Document.write_pdf`: nothing may come after."""
    name_attachments_once(pdf)
    for place, made_of in enumerate(pdf.objects):
        if made_of.free == "f":
            continue
        is_stream = isinstance(made_of, pydyf.Stream)
        made = _MadeStream() if is_stream else _Made()
        made.data = _packed(made_of) if is_stream else made_of.data
        made.number, made.generation = made_of.number, made_of.generation
        pdf.objects[place] = made


def _packed(stream: Any) -> bytes:
    content = b"\n".join(part if isinstance(part, bytes) else pydyf.Array([part]).data[1:-1] for part in stream.stream)
    extra = pydyf.Dictionary(dict(stream.extra))
    if stream.compress:
        extra["Filter"] = "/FlateDecode"
        content = zlib.compress(content, LEVEL)
    extra["Length"] = len(content)
    return b"\n".join((extra.data, b"stream", content, b"endstream"))


class _Remembering(pydyf.PDF):  # type: ignore[misc]
    """Makes the references to its pages when there is a new page, and not at each use."""

    _references: tuple[bytes, ...] = ()

    @property
    def page_references(self) -> tuple[bytes, ...]:
        if len(self._references) != self.pages["Count"]:
            self._references = super().page_references
        return self._references


def remember_page_references() -> None:
    """Have WeasyPrint make its PDFs so that they remember. Where it looks for them elsewhere, it is only slower."""
    pydyf.PDF = _Remembering
