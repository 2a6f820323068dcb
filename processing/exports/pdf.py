"""The register as a PDF that everyone can read: tagged, in bokmål, and the same bytes for the same input."""

from collections.abc import Sequence

from django.utils import translation

from mktnorge.pdf import render_pdf
from processing.exports.ledger import ExportLedger
from processing.exports.register_document import register_document
from processing.law.findings import Finding
from processing.law.records import Register

LANGUAGE = "nb"


def register_pdf(register: Register, *, ledger: ExportLedger, findings: Sequence[Finding]) -> bytes:
    """Return the register as PDF/UA-1, with `findings` in the margin of the fields they concern.

    Raises what `mktnorge.pdf.render_pdf` raises.
    """
    # Whoever asks for the document, it is in the register's own language.
    with translation.override(LANGUAGE):
        document = register_document(register, ledger=ledger, findings=findings)
    return render_pdf(
        "pdf/register.html",
        {"document": document},
        title=document.title,
        language=LANGUAGE,
        identifier=ledger.document_id,
        created=ledger.printed_at,
    )
