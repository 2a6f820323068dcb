"""Rows and answers made from words."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from processing.exports.register_document.parts import Entry, Row
from processing.exports.register_document.wording import printable
from processing.law.facts import Fact


def row_of(field: str, label: str, entries: Iterable[Entry], letter: str = "", *, aside: str = "") -> Row:
    """Return a row; one without entries has the answer nobody gave. `letter` is that of Art. 30(1), where it asks."""
    return Row(
        field=field,
        label=label,
        aside=_("nr.\u00a01\u00a0{letter}").format(letter=letter) if letter else printable(aside),
        entries=tuple(entries) or (Entry(missing=True),),
    )


def entry_of(text: str, *notes: str) -> Entry:
    """Return an answer with `notes` in smaller print behind it. An answer without words is missing."""
    return Entry(
        text=printable(text), note=printable(" · ".join(note for note in notes if note)), missing=not text.strip()
    )


def fact_entry(fact: Fact, *notes: str) -> Entry:
    """The answer to a yes-or-no question. One that nobody gave is missing, whatever the notes say."""
    return entry_of("" if fact is Fact.NOT_STATED else _(fact.label), *notes)
