"""Rows under their headings: what the article asks for, and the additions."""

from collections.abc import Callable, Iterable, Sequence

from django.utils.translation import gettext as _

from processing.exports.register_document.chart import CHARTED
from processing.exports.register_document.margin import BESIDE, WITHOUT_A_ROW, Margin
from processing.exports.register_document.parts import Entry, Group, Row
from processing.exports.register_document.rows import row_of
from processing.exports.register_document.wording import listed


def grouped(
    required: Iterable[Row], added: Iterable[Row], annotations: Sequence[Row], margin: Margin
) -> tuple[Group, ...]:
    """Return what Art. 30 asks for, what it does not ask for, and `annotations` where there are any, all with marks."""
    by_law = tuple(margin.beside(row) for row in required)
    additions = tuple(margin.beside(row) for row in added)
    groups = [
        Group(title=_("Det artikkel 30 nr. 1 krever"), rows=by_law),
        Group(
            title=_("Tillegg – ikke krevd av art. 30"),
            rows=_silent_together((*additions, *margin.left())),
            addition=True,
        ),
    ]
    if annotations:
        title = _("Tillegg – forslag, merknader og utsagn")
        groups.append(Group(title=title, rows=tuple(annotations), addition=True, compact=True))
    return tuple(groups)


def _silent_together(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Gather the additions that nobody has stated and no rule asks for into one row: many empty rows hide the full."""
    kept: list[Row] = []
    silent: list[Row] = []
    for row in rows:
        says_something = row.is_stated or row.marks or any(entry.note for entry in row.entries)
        (kept if says_something or row.field in CHARTED else silent).append(row)
    if silent:
        kept.append(row_of("", _("Ikke oppgitt"), [Entry(text=listed(row.label for row in silent))]))
    return tuple(kept)


def labels_of(*rows: Iterable[Row]) -> Callable[[str], str]:
    """Return what a field of the records is called in this part; a part of a field is called as the whole."""
    known = {
        **{field: name() for field, name in WITHOUT_A_ROW.items()},
        **{row.field: row.label for found in rows for row in found},
    }

    def label(field: str) -> str:
        field = BESIDE.get(field, field)
        whole = next((name for name in known if field.startswith((f"{name}_", f"{name}."))), field)
        return known.get(field) or known.get(whole, field)

    return label
