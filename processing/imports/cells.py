"""What a cell of a table says, in the form of our own JSON."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from processing.exports.tables import Column, Kind
from processing.exports.words import ColumnWords
from processing.imports.codes import same_name
from processing.imports.problems import echo
from processing.imports.workbook import Cell
from processing.law.terms import LawTerm

A_DAY = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
A_WHOLE = re.compile(r"-?[0-9]{1,15}")
YES, NO = frozenset({"ja", "x", "true", "sann"}), frozenset({"nei", "false", "usann"})


@dataclass(frozen=True)
class Said:
    """What a cell says: a value, or what is wrong with it. `guess` says what was made of it on the way."""

    value: Any = None
    fault: str = ""
    guess: str = ""


def said_in(cell: Cell | None, column: Column, words: ColumnWords) -> Said:
    """Return what the cell says. Codes of other rows are returned as they stand."""
    if cell is None or (isinstance(cell.value, str) and column.kind is not Kind.TEXT and not cell.value.strip()):
        return _nothing(column, words)
    if cell.fault:
        return Said(fault=cell.fault)
    value = cell.value
    if column.kind is Kind.TEXT:
        return _text(value)
    if column.kind in {Kind.WHOLE, Kind.RULE, Kind.PLACE}:
        return _whole(value)
    if column.kind is Kind.DATE:
        return _day(value)
    plain = _text(value).value.strip()
    if column.kind is Kind.TRUTH:
        known = {**dict.fromkeys(YES, True), **dict.fromkeys(NO, False)}
        found = value if isinstance(value, bool) else known.get(plain.casefold())
        return Said(found) if found is not None else Said(fault=_("Skriv ja eller nei."))
    if column.kind is Kind.TERM:
        return _term(plain, words.choices)
    return Said(plain)


def nothing_in(column: Column) -> Any:
    """Return what our own JSON says where nothing is stated."""
    if column.optional:
        return None
    if column.is_required:
        return ""
    return column.default.value if isinstance(column.default, LawTerm) else column.default


def _nothing(column: Column, words: ColumnWords) -> Said:
    # An empty text is told from a text that must be there by whoever knows the table.
    if not column.is_required or column.kind in {Kind.TEXT, Kind.ACTIVITY}:
        return Said(nothing_in(column) if column.kind is not Kind.PLACE else None)
    allowed = ", ".join(label for _code, label in words.choices)
    return Said(
        fault=_("Må fylles ut.") + (" " + _("Velg ett av disse: {labels}.").format(labels=allowed) if allowed else "")
    )


def _text(value: Any) -> Said:
    if isinstance(value, str):
        return Said(value)
    if isinstance(value, bool):
        return Said(_("Ja") if value else _("Nei"))
    plain = value.isoformat() if isinstance(value, date) else str(value)
    return Said(plain, guess=_("Tallet er lest som teksten «{text}».").format(text=plain))


def _whole(value: Any) -> Said:
    if isinstance(value, int) and not isinstance(value, bool):
        return Said(value)
    if isinstance(value, str) and A_WHOLE.fullmatch(value.strip()):
        return Said(int(value))
    return Said(fault=_("Må være et helt tall."))


def _day(value: Any) -> Said:
    if isinstance(value, date):
        return Said(value.isoformat())
    text = value.strip() if isinstance(value, str) else str(value)
    written = A_DAY.fullmatch(text)
    try:
        day = date(int(written[3]), int(written[2]), int(written[1])) if written else date.fromisoformat(text)
    except ValueError:
        return Said(fault=_("«{text}» er ingen dato. Skriv den slik: 22.11.2026.").format(text=echo(text)))
    return Said(day.isoformat())


def _term(plain: str, choices: Iterable[tuple[str, str]]) -> Said:
    choices = tuple(choices)
    wanted = same_name(plain)
    for code, label in choices:
        if wanted in {same_name(label), code}:
            return Said(code)
    labels = ", ".join(label for _code, label in choices)
    return Said(
        fault=_("«{text}» er ikke et av svarene. Velg ett av disse: {labels}.").format(text=echo(plain), labels=labels)
    )
