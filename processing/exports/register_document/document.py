"""The whole document, in the order it is read."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from processing.exports.ledger import ExportLedger
from processing.exports.register_document.activity import activity_part
from processing.exports.register_document.company import company_part
from processing.exports.register_document.cover import as_of_words, company_line, cover_rows
from processing.exports.register_document.parts import RegisterDocument
from processing.exports.register_document.repeated import repeated_in, repeated_rows
from processing.exports.register_document.shared_words import SHARED, shared_part
from processing.exports.register_document.summary import summary_of
from processing.exports.register_document.wording import printable
from processing.law.findings import Finding
from processing.law.records import ControllerRecord, Register


def register_document(register: Register, *, ledger: ExportLedger, findings: Sequence[Finding]) -> RegisterDocument:
    """Return the document that `register` and `ledger` make, in the active language."""
    company = register.controller or ControllerRecord()
    name = printable(company.legal_name or company.trading_name)
    repeated = repeated_in(register, findings)
    numbered = {mark: place for place, mark in enumerate(repeated, 1)}
    activities = tuple(
        activity_part(
            activity,
            register,
            ledger,
            [finding for finding in findings if finding.subject == activity.number],
            numbered,
        )
        for activity in register.activities
    )
    company_findings = [finding for finding in findings if not finding.subject]
    title = _("Protokoll over behandlingsaktiviteter")
    shown = _("Slik registeret var {moment}.").format(moment=as_of_words(register, ledger))
    return RegisterDocument(
        title=f"{title} – {name}" if name else title,
        identity=f"{ledger.document_id} · {shown[:1].lower()}{shown[1:-1]}",
        lead=tuple(line for line in (company_line(company), shown) if line),
        caution=_("Registeret var tomt. Det inneholdt verken virksomheten eller noen aktivitet.")
        if register.is_empty
        else "",
        cover=cover_rows(register, company, ledger, findings),
        summary=summary_of(register, activities, findings, repeated_rows(repeated)) if register.activities else None,
        parts=()
        if register.is_empty
        else (
            company_part(register, company, company_findings),
            *activities,
            *shared_part(register, [finding for finding in company_findings if finding.field in SHARED]),
        ),
    )
