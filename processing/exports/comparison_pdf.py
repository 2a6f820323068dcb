"""The difference between two days as a PDF that everyone can read: tagged, and the same for the same input."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.utils import translation
from django.utils.translation import gettext as _

from mktnorge.pdf import render_pdf
from processing.exports.json import payload_hash
from processing.exports.register_document.parts import Entry
from processing.exports.register_document.rows import entry_of, row_of
from processing.exports.register_document.wording import day_words, moment_words, printable, spaced
from processing.law.records import Register

LANGUAGE = "nb"


def comparison_pdf(
    *,
    first: date,
    last: date,
    before: Register,
    after: Register,
    groups: Sequence[Mapping[str, object]],
    sentences: Sequence[str],
    printed_at: datetime,
) -> bytes:
    """Return what differs as PDF/UA-1. `groups` and `sentences` are those of the page. Raises as `render_pdf`."""
    with translation.override(LANGUAGE):
        title = _("Forskjell mellom to datoer")
        period = _("{first} og {last}").format(first=day_words(first), last=day_words(last))
        company = after.controller or before.controller
        context = {
            "identity": f"{title} · {period}",
            "lead": [line for line in (printable(company.legal_name) if company else "", period) if line],
            "sentences": sentences,
            "groups": groups,
            "cover": (
                row_of("from", _("Fra"), [_hashed(first, before)]),
                row_of("to", _("Til"), [_hashed(last, after)]),
                row_of("law", _("Lov"), [entry_of(_("Personvernforordningen art. 5 nr. 2 og art. 30 nr. 4"))]),
                row_of("printed", _("Laget"), [entry_of(moment_words(printed_at))]),
            ),
        }
    return render_pdf(
        "pdf/comparison.html",
        context,
        title=f"{title}: {period}",
        language=LANGUAGE,
        identifier=f"comparison {payload_hash(before)} {payload_hash(after)} {printed_at.isoformat()}",
        created=printed_at,
    )


def _hashed(day: date, register: Register) -> Entry:
    return entry_of(
        _("Registeret slik det var {day}").format(day=day_words(day)),
        _("SHA-256 av registeret som kanonisk JSON: {hash}").format(hash=spaced(payload_hash(register), 4)),
    )
