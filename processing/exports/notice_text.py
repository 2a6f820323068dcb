"""The notice as plain text, for everyone a page does not reach: a mail, a terminal, a braille display."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override

from mktnorge.templatetags.norwegian import day
from processing.notices.body import Block, Line, Row
from processing.notices.document import whole_notice
from processing.notices.published import PublishedNotice
from processing.notices.wording import said

WIDTH = 78
INDENT = "  "


def notice_text(notice: PublishedNotice) -> str:
    """Return the whole notice as text, in the language it was frozen in. The same notice gives the same text."""
    with override(notice.body.language):
        return "\n".join(_lines(notice)) + "\n"


def _lines(notice: PublishedNotice) -> Iterator[str]:
    body = notice.body
    yield from _heading(body.title, "=")
    for sentence in body.lead:
        yield from _paragraphs(Line(text=sentence))
        yield ""
    yield _("Utgave {number}, gjelder fra {day}").format(number=notice.number, day=day(notice.in_force_from))
    yield f"SHA-256: {notice.sha256}"
    if notice.is_demonstration:
        yield _("Dette er en demonstrasjon.")
    for part in whole_notice(body, _):
        yield ""
        yield ""
        yield from _heading(part.title, "-")
        if part.source:
            yield f"({part.source})"
            yield ""
        yield from _text(part.lines)
        yield from _rows(part.rows)
        for entry in part.entries:
            yield ""
            yield from _heading(entry.title, ".")
            if entry.title_language:
                yield f"({_('på bokmål')})"
                yield ""
            yield from _text(entry.lines)
            yield from _rows(entry.rows)


def _heading(title: str, rule: str) -> Iterator[str]:
    yield from textwrap.wrap(title, WIDTH)
    yield rule * min(len(title), WIDTH)
    yield ""


def _text(lines: Iterable[Line]) -> Iterator[str]:
    for line in lines:
        yield from _paragraphs(line)
        yield ""


def _rows(rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        yield f"{row.label} ({row.source})" if row.source else row.label
        for line in row.lines:
            yield from _paragraphs(line, INDENT)
        yield ""


def _paragraphs(line: Line, indent: str = "") -> Iterator[str]:
    yield from _wrapped(line, indent)
    if line.language:
        yield f"{indent}({_('på bokmål')})"


def _wrapped(line: Line, indent: str) -> Iterator[str]:
    blocks = (Block((said(line, _),)),) if line.missing else line.blocks
    for place, block in enumerate(blocks):
        if place and not block.is_list:
            yield ""
        for item in block.items:
            mark = "- " if block.is_list else ""
            yield from textwrap.wrap(
                item,
                WIDTH,
                initial_indent=f"{indent}{mark}",
                subsequent_indent=indent + " " * len(mark),
                break_long_words=False,
                break_on_hyphens=False,
            )
