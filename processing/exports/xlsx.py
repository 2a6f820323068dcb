"""The register as a workbook: a sheet for each kind of row, to read, to sort, and to fill in and bring back.

Every cell is a text, a number, a date or a word of a closed list, and never a formula: what begins like one is
written as text and marked as text. The same register, words and ledger give the same bytes.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_range_abs

from processing.exports.annexes import FINDINGS, Cell
from processing.exports.editions import RegisterEdition, edition_of
from processing.exports.imprint import emptiness, imprint, left_out
from processing.exports.json import SCHEMA, SHARED
from processing.exports.ledger import ExportLedger
from processing.exports.tables import CODE, Column, Kind, Table, rows_of, tables
from processing.exports.words import ColumnWords, Words
from processing.law.editions import Edition
from processing.law.records import Register

VERSION = 1
"""Raised when a reader of the old form could no longer read the new one."""
MOMENT = "moment"
FORM = "form"
EXTERNAL = "external"
"""What the form of a workbook ends with that cannot be read back."""

ABOUT = "Om filen"
GUIDE = "Veiledning"
LISTS = "Lister"
OURS = (ABOUT, GUIDE, FINDINGS, LISTS)
"""Sheets that are for people or for the program that shows the workbook. They are not read back, but for `ABOUT`."""

FREE_ROWS = 500
"""Empty rows below those that are filled in that have drop-down lists and help."""
LONGEST_HELP = 255
LONGEST_HELP_TITLE = 32
# Before it spreadsheets count days that never were.
FIRST_DAY = date(1900, 3, 1)
LOOKS_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n")
WIDTHS = {
    Kind.TEXT: 34,
    Kind.WHOLE: 9,
    Kind.DATE: 13,
    Kind.TRUTH: 9,
    Kind.TERM: 22,
    Kind.SHARED: 26,
    Kind.RULE: 12,
    Kind.PLACE: 6,
    Kind.ACTIVITY: 11,
}
WIDEST_PAGE = 260
"""Characters across that can still be read when they are printed on one page. Wider sheets go over several."""
NARROW = 60
"""A text of this length or less needs no wide column."""
INK, PAPER, RULE = "#1F2A37", "#E8EEF4", "#9AA9B8"


def register_workbook(edition: RegisterEdition, *, words: Words, ledger: ExportLedger) -> bytes:
    """Return the edition as an XLSX file, with what the rules say about it. Only the internal one can be read back."""
    book = _Book(edition, words, ledger.printed_at)
    book.about(imprint(edition, ledger), moment=edition.register.moment)
    book.tables()
    book.annexes()
    return book.close()


def template_workbook(register: Register, *, words: Words) -> bytes:
    """Return a workbook to fill in: empty but for the lists that all activities share, so that they can be chosen."""
    empty = Register(moment=register.moment, **{name: getattr(register, name) for name in SHARED})
    book = _Book(edition_of(empty, Edition.INTERNAL), words, datetime(2000, 1, 1, tzinfo=UTC))
    book.about((), moment=None)
    book.tables()
    return book.close()


class _Book:
    """A workbook on its way. Sheets come in the order in which they are asked for."""

    def __init__(self, edition: RegisterEdition, words: Words, created: datetime) -> None:
        self.edition = edition
        self.register = edition.register
        self.found = tables(edition.which)
        self.is_whole = edition.which is Edition.INTERNAL
        """Whether it is one to fill in and bring back."""
        self.words = words
        self.file = BytesIO()
        # A text is a text, whatever it begins with.
        options = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
        self.book = xlsxwriter.Workbook(self.file, {"in_memory": True, **options})
        self.book.set_properties(
            {
                "title": _("Protokoll over behandlingsaktiviteter"),
                "created": created.astimezone(UTC).replace(tzinfo=None),
            }
        )
        base = {"valign": "top", "font_name": "Calibri", "font_size": 11}
        text = {**base, "text_wrap": True, "num_format": "@"}
        add = self.book.add_format
        self.text = add(text)
        self.marked = add({**text, "quote_prefix": True})
        self.whole = add({**base, "num_format": "0"})
        self.day = add({**base, "num_format": "dd.mm.yyyy"})
        self.head = add(
            {**base, "bold": True, "text_wrap": True, "font_color": INK, "bg_color": PAPER, "bottom": 1}
            | {"bottom_color": RULE}
        )
        self.title = add({**base, "bold": True, "font_size": 15, "font_color": INK})
        self.counts = {table.name: sum(1 for _row in rows_of(self.register, table)) for table in self.found}
        self.lists: dict[tuple[str, ...], str] = {}
        """Where the words of each closed list stand, by the words."""

    # Sheets

    def about(self, facts: Iterable[tuple[str, str | date]], *, moment: datetime | None) -> None:
        sheet = self._sheet(ABOUT, [24, 90])
        sheet.write_string(0, 0, _("Protokoll over behandlingsaktiviteter"), self.title)
        form = f"{SCHEMA}/xlsx/{VERSION}" if self.is_whole else f"{SCHEMA}/xlsx/{VERSION}/{EXTERNAL}"
        rows = [*facts, (FORM, form)]
        if moment is not None:
            rows.append((MOMENT, moment.astimezone(UTC).isoformat(timespec="microseconds")))
        for number, (label, value) in enumerate(rows, start=2):
            sheet.write_string(number, 0, label, self.head)
            self._cell(sheet, number, 1, value.isoformat() if isinstance(value, date) else value)
        empty = emptiness(self.edition) if moment is not None else ""
        lines = _how_to() if self.is_whole else left_out(self.edition.which, self.words)
        for number, line in enumerate([*filter(None, [empty]), *lines], start=len(rows) + 3):
            sheet.write_string(number, 1, line, self.text)
        if self.is_whole:
            self._guide()

    def tables(self) -> None:
        for table in self.found:
            self._table(table)
        if self.lists:
            sheet = self._sheet(LISTS, [34] * len(self.lists))
            for column, found in enumerate(self.lists):
                for number, word in enumerate(found):
                    sheet.write_string(number, column, word, self.text)
            sheet.hide()

    def annexes(self) -> None:
        for annex in self.edition.annexes:
            widths = [_width_of(row[place] for row in annex.rows) for place in range(len(annex.headings))]
            sheet = self._sheet(annex.title, widths)
            for column, head in enumerate(annex.headings):
                sheet.write_string(0, column, head, self.head)
            for number, row in enumerate(annex.rows, start=1):
                for column, cell in enumerate(row):
                    self._cell(sheet, number, column, cell)
            if annex.empty and not annex.rows:
                self._cell(sheet, 1, 0, annex.empty)
            self._frozen(sheet, 1, len(annex.rows), len(annex.headings))

    def _guide(self) -> None:
        sheet = self._sheet(GUIDE, [24, 30, 80, 14, 60])
        heads = [_("ark"), _("kolonne"), _("hva du skriver"), _("må fylles ut"), _("mulige svar")]
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, self.head)
        number = 0
        for table in self.found:
            for one in table.columns:
                number += 1
                said = self._said(table, one)
                cells = (
                    self.words.titles[table.name],
                    said.heading,
                    said.help,
                    _("ja") if self._required(table, one) else _("nei"),
                    ", ".join(_allowed(one, said)),
                )
                for place, cell in enumerate(cells):
                    self._cell(sheet, number, place, cell)
        self._frozen(sheet, 1, number, len(heads))

    def _table(self, table: Table) -> None:
        widths = [self._width(table, column) for column in table.columns]
        sheet = self._sheet(self.words.titles[table.name], widths, [self._format(column) for column in table.columns])
        last = self.counts[table.name]
        for place, column in enumerate(table.columns):
            said = self._said(table, column)
            sheet.write_string(0, place, said.heading, self.head)
            if said.help:
                sheet.write_comment(0, place, said.help, {"x_scale": 2, "y_scale": 1.3, "author": ""})
            if self.is_whole:
                self._help_with(sheet, place, last, column, said)
        for number, row in enumerate(rows_of(self.register, table), start=1):
            for place, column in enumerate(table.columns):
                self._cell(sheet, number, place, self._value(table, column, row.get(column.name)))
        self._frozen(sheet, 2 if table.columns[0].kind is Kind.ACTIVITY else 1, last, len(table.columns))

    def _sheet(self, title: str, widths: Sequence[int], formats: Sequence[Any] | None = None) -> Any:
        sheet = self.book.add_worksheet(title)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width, formats[column] if formats else self.text)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        if sum(widths) <= WIDEST_PAGE:
            sheet.fit_to_pages(1, 0)
        else:
            sheet.set_print_scale(55)
            sheet.repeat_columns(0, 1)
        sheet.repeat_rows(0)
        return sheet

    def _frozen(self, sheet: Any, columns: int, last: int, width: int) -> None:
        sheet.freeze_panes(1, columns if width > columns else 0)
        sheet.autofilter(0, 0, last, width - 1)

    # Cells

    def _cell(self, sheet: Any, row: int, column: int, value: str | int | date | None) -> None:
        """Write a value as what it is. Nothing is written where nothing is stated."""
        if value is None or value == "":
            return
        if isinstance(value, str):
            look = self.marked if value.startswith(LOOKS_ACTIVE) else self.text
            refused = sheet.write_string(row, column, value, look)
        elif isinstance(value, date):
            refused = sheet.write_datetime(row, column, value, self.day)
        else:
            refused = sheet.write_number(row, column, value, self.whole)
        if refused:
            raise ValueError(f"A cell of the workbook cannot hold what the register says: {refused}")

    def _value(self, table: Table, column: Column, value: Any) -> str | int | date | None:
        found = self.words.value(table, column, value)
        return found.isoformat() if isinstance(found, date) and found < FIRST_DAY else found

    def _format(self, column: Column) -> Any:
        if column.kind is Kind.DATE:
            return self.day
        return self.whole if column.kind in {Kind.WHOLE, Kind.RULE, Kind.PLACE} else self.text

    def _width(self, table: Table, column: Column) -> int:
        longest = self._said(table, column).longest
        if column.kind is Kind.TEXT and longest is not None and longest <= NARROW:
            return 20
        return 50 if column.kind is Kind.TEXT and (longest is None or longest > 300) else WIDTHS[column.kind]

    def _said(self, table: Table, column: Column) -> ColumnWords:
        return self.words.columns[table.name, column.name]

    def _required(self, table: Table, column: Column) -> bool:
        if column.kind is Kind.ACTIVITY:
            return not table.of_company_too
        return column.is_required

    # Help for the one who fills in

    def _help_with(self, sheet: Any, place: int, last: int, column: Column, said: ColumnWords) -> None:
        rule: dict[str, Any] = {
            "validate": "any",
            "input_title": said.heading[:LONGEST_HELP_TITLE],
            "input_message": said.help[:LONGEST_HELP],
        }
        if allowed := _allowed(column, said):
            rule |= {"validate": "list", "source": self._list(tuple(allowed)), "error_type": "stop"}
            rule |= {"error_title": said.heading[:LONGEST_HELP_TITLE], "error_message": _("Velg et svar fra listen.")}
        elif column.kind in {Kind.SHARED, Kind.ACTIVITY}:
            # What stands there is chosen; what does not stand there yet may be written first.
            rule |= {"validate": "list", "source": self._codes(column), "show_error": False}
        sheet.data_validation(1, place, last + FREE_ROWS, place, rule)

    def _list(self, allowed: tuple[str, ...]) -> str:
        if allowed not in self.lists:
            column = len(self.lists)
            self.lists[allowed] = f"='{LISTS}'!{xl_range_abs(0, column, len(allowed) - 1, column)}"
        return self.lists[allowed]

    def _codes(self, column: Column) -> str:
        name = "activities" if column.kind is Kind.ACTIVITY else column.section
        table = next(table for table in self.found if table.name == name)
        key = "number" if column.kind is Kind.ACTIVITY else CODE
        place = [one.name for one in table.columns].index(key)
        return f"='{self.words.titles[name]}'!{xl_range_abs(1, place, self.counts[name] + FREE_ROWS, place)}"

    def close(self) -> bytes:
        self.book.close()
        return self.file.getvalue()


def _width_of(cells: Iterable[Cell]) -> int:
    """As wide as the longest cell, within what can be read on a line."""
    return min(70, max(12, *(len(str(cell)) + 2 for cell in cells if cell is not None), 12))


def _allowed(column: Column, said: ColumnWords) -> list[str]:
    """The words of a closed list, or none where the list is open."""
    if column.kind is Kind.TRUTH:
        return [_("Ja"), _("Nei")]
    return [label for _code, label in said.choices]


def _how_to() -> list[str]:
    return [
        _("Slik fyller du ut:"),
        _("Hvert ark er en liste, og hver rad er én ting. Begynn med arket «Aktiviteter»."),
        _("De andre arkene viser til aktiviteten med nummeret. Skriv A15 for en ny, eller la programmet gi nummer."),
        _("Grupper, slag, mottakere og tiltak står i egne ark bakerst. Der finner du kodene, og kan føye til nye."),
        _("Vet du ikke svaret, lar du cellen stå tom. Tomt betyr «ikke oppgitt», aldri nei."),
        _("Ikke bruk formler, og la overskriftene stå. En kolonne du ikke trenger, kan være tom."),
        _("Slik leses filen:"),
        _("En aktivitet som står i filen, får det filen sier, også det tomme. Andre aktiviteter blir som de er."),
        _("Er arket «Virksomheten» tomt, blir alt om virksomheten som det er."),
        _("Du ser alltid hva som blir endret, før noe lagres."),
    ]
