"""Rows and answers made from words."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from processing.exports.register_document.parts import Entry, Row
from processing.exports.register_document.wording import noted, printable
from processing.law.facts import Fact
from processing.law.records import TranslationRecord


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


def translations_row(translations: Sequence[TranslationRecord]) -> list[Row]:
    """The public texts in other languages, each with what it translates; no row where there are none."""
    entries = [entry_of(row.text, _(row.language.label), noted(_("Bokmål"), row.original)) for row in translations]
    return [row_of("translations", _("Oversettelser"), entries)] if entries else []
