"""«Saksliste for tilsyn»: each right asked for, with every date of its deadline and how it ended, and no person.

Pure: rows in, bytes out, and the same bytes for the same rows and moment. Everything in it is a number, a date or a
word of the law, so nothing that somebody wrote can get into it.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO, StringIO

import xlsxwriter
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from mktnorge.pdf import render_pdf
from processing.law.regimes import LegalRegime
from processing.law.rights import Right
from rights.law.deadlines import Deadline, local_date
from rights.law.extensions import ExtensionReason
from rights.law.outcomes import Outcome, RefusalGround
from rights.workflow import Ending

LANGUAGE = "nb"

Cell = str | date


@dataclass(frozen=True, kw_only=True)
class ListedRight:
    """One right of one case. `answered_on` is the day the answer was delivered; dates are Oslo dates."""

    case_number: str
    right: Right
    regimes: tuple[LegalRegime, ...]
    deadline: Deadline
    answered_on: date | None = None
    extended_for: ExtensionReason | None = None
    extension_told_on: date | None = None
    outcomes: tuple[Outcome, ...] = ()
    grounds: tuple[RefusalGround, ...] = ()
    ending: Ending | None = None
    ended_on: date | None = None

    @property
    def in_time(self) -> bool | None:
        """Whether the answer came by the law's own day; None while there is none."""
        return None if self.answered_on is None else self.deadline.keeps_law(self.answered_on)


@dataclass(frozen=True, kw_only=True)
class CaseListLedger:
    """Which list it is: its id, the Oslo dates of receipt it covers (inclusive), and when it was made (aware)."""

    document_id: str
    first: date
    last: date
    printed_at: datetime


def headings() -> list[str]:
    """Return what stands over each column."""
    return [
        _("Saksnummer"), _("Rett"), _("Regime"), _("Mottatt"), _("Måneden går ut"), _("Lovens siste dag"),
        _("Lovet dag"), _("Dagen personen ser"), _("Siste virkedag for oss"), _("Frist hvis forlenget"),
        _("Besvart"), _("I tide"), _("Forlenget fordi"), _("Beskjed om forlengelse"), _("Utfall"), _("Rettslig grunn"),
        _("Slik endte saken"), _("Avsluttet"),
    ]  # fmt: skip


def cells(row: ListedRight) -> list[Cell]:
    """Return what stands in each column. What is not there yet, or was not needed, is empty."""
    in_time = {True: _("ja"), False: _("nei"), None: ""}[row.in_time]
    due = row.deadline
    return [
        row.case_number, _(row.right.label), _words(row.regimes), due.received_on, due.nominal_on, due.statutory_on,
        due.promised_on, due.client_on, due.staff_on, due.extended_on,
        row.answered_on or "", in_time, _words(row.extended_for and [row.extended_for]), row.extension_told_on or "",
        _words(row.outcomes), _words(row.grounds), _words(row.ending and [row.ending]), row.ended_on or "",
    ]  # fmt: skip


def case_list_csv(rows: Sequence[ListedRight], ledger: CaseListLedger) -> bytes:
    """Return the list as CSV that a Norwegian spreadsheet opens right: UTF-8 with a mark, semicolons, RFC 4180."""
    with translation.override(LANGUAGE):
        text = StringIO()
        writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow(headings())
        writer.writerows([str(cell) for cell in cells(row)] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def case_list_xlsx(rows: Sequence[ListedRight], ledger: CaseListLedger) -> bytes:
    """Return the list as a workbook with a filter, a frozen head and dates that are dates."""
    with translation.override(LANGUAGE):
        packed = BytesIO()
        book = xlsxwriter.Workbook(packed, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        book.set_properties({"title": _title(), "created": ledger.printed_at.astimezone(UTC).replace(tzinfo=None)})
        sheet = book.add_worksheet(_("Saksliste"))
        bold, day = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        for column, heading in enumerate(headings()):
            sheet.write_string(0, column, heading, bold)
        for place, row in enumerate(rows, start=1):
            for column, cell in enumerate(cells(row)):
                if isinstance(cell, date):
                    sheet.write_datetime(place, column, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001
                elif cell:
                    sheet.write_string(place, column, cell)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(rows), len(headings()) - 1)
        sheet.set_column(0, len(headings()) - 1, 16)
        about = book.add_worksheet(_("Om listen"))
        for place, (label, value) in enumerate(_about(ledger, len(rows))):
            about.write_string(place, 0, label, bold)
            about.write_string(place, 1, value)
        about.set_column(0, 1, 40)
        book.close()
    return packed.getvalue()


def case_list_pdf(rows: Sequence[ListedRight], ledger: CaseListLedger) -> bytes:
    """Return the list as a PDF that everyone can read, a case's right at a time. Raises as `render_pdf`."""
    with translation.override(LANGUAGE):
        names = headings()
        context = {
            "identity": f"{_title()} · {ledger.document_id}",
            "title": _title(),
            "about": _about(ledger, len(rows)),
            "rows": [
                {
                    "title": f"{row.case_number}: {_(row.right.label)}",
                    "facts": [
                        (name, _said(cell)) for name, cell in zip(names[2:], cells(row)[2:], strict=True) if cell != ""
                    ],
                }
                for row in rows
            ],
        }
        return render_pdf(
            "pdf/case_list.html",
            context,
            title=f"{_title()} {ledger.document_id}",
            language=LANGUAGE,
            identifier=ledger.document_id,
            created=ledger.printed_at,
        )


def _title() -> str:
    return _("Saksliste for tilsyn")


def _about(ledger: CaseListLedger, count: int) -> list[tuple[str, str]]:
    return [
        (_("Krav mottatt"), _("fra {first} til {last}").format(first=_said(ledger.first), last=_said(ledger.last))),
        (_("Rader"), str(count)),
        (_("Laget"), _said(local_date(ledger.printed_at))),
        (_("Dokument-id"), ledger.document_id),
        (_("Uten"), _("Navn, kontakt og det noen har skrevet. Saksnumrene er tilfeldige.")),
        (_("Lov"), _("Personvernforordningen art. 5 nr. 2 og art. 12 nr. 3")),
    ]


def _said(cell: Cell) -> str:
    return cell.strftime("%d.%m.%Y") if isinstance(cell, date) else cell


def _words(terms: Iterable[Right | LegalRegime | ExtensionReason | Outcome | RefusalGround | Ending] | None) -> str:
    return ", ".join(str(capfirst(_(term.label))) for term in terms or ())
