"""The receipt as something to keep: plain text, or a PDF that a screen reader can read.

It says that a request came, when it is answered and how to follow it. Never who sent it, for what, or that the person
is known to us: the file may lie on a telephone that others look into.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from mktnorge.pdf import render_pdf
from mktnorge.templatetags.norwegian import groups_of_four, moment, weekday
from processing.notices.body import SiteFacts
from rights.models import RightsRequest


@dataclass(frozen=True)
class ReceiptRow:
    label: str
    value: str
    is_code: bool = False


def receipt_rows(case: RightsRequest, *, code: str, site: SiteFacts, follow_at: str) -> tuple[ReceiptRow, ...]:
    """Return what the receipt says, in order. `follow_at` is the address of the page that takes the code."""
    rows = (
        ReceiptRow(_("Saksnummer"), case.case_number),
        ReceiptRow(_("Kom inn"), moment(case.received_at)),
        ReceiptRow(_("Du får svar senest"), weekday(case.client_on)),
        ReceiptRow(_("Følgekode"), "-".join(groups_of_four(code)), is_code=True),
        ReceiptRow(_("Følg saken på"), follow_at),
        ReceiptRow(_("Sendt til"), site.legal_name),
        ReceiptRow(_("Telefon"), site.phone),
        ReceiptRow(_("E-post"), site.email),
        ReceiptRow(_("Postadresse"), site.address),
    )
    return tuple(row for row in rows if row.value)


def receipt_text(rows: Sequence[ReceiptRow]) -> str:
    """Return the receipt as plain text that any telephone can show."""
    lines = [_("Kvittering"), "", *(f"{row.label}: {row.value}" for row in rows), "", *sentences()]
    return "\n".join(lines).replace("\u00a0", " ") + "\n"


def receipt_pdf(rows: Sequence[ReceiptRow], *, case_number: str, created: datetime) -> bytes:
    """Return the receipt as PDF/UA-1. Raises PdfLibraryMissing where the system's libraries are not installed."""
    context = {"rows": rows, "sentences": sentences(), "case_number": case_number}
    return render_pdf(
        "pdf/receipt.html", context, title=_("Kvittering"), identifier=f"kvittering {case_number}", created=created
    )


def sentences() -> tuple[str, ...]:
    return (
        _("Ta vare på koden. Bare du har den."),
        _("Trenger vi å vite at det er deg, tar vi kontakt slik du valgte."),
        _("Er du ikke fornøyd med svaret, kan du klage. Svaret forteller hvordan."),
    )
