"""The whole document, in the order it is read."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from processing.exports.ledger import ExportLedger
from processing.exports.register_document.activity import activity_part
from processing.exports.register_document.binding import Binding, binding_rows, bound
from processing.exports.register_document.company import company_part
from processing.exports.register_document.cover import as_of_words, company_line, cover_rows
from processing.exports.register_document.figures import figure_parts
from processing.exports.register_document.parts import RegisterDocument
from processing.exports.register_document.publications import publications_part
from processing.exports.register_document.repeated import repeated_in, repeated_rows
from processing.exports.register_document.shared_words import SHARED, shared_part
from processing.exports.register_document.summary import summary_of
from processing.exports.register_document.wording import printable
from processing.law.findings import Finding
from processing.law.records import ControllerRecord, Register


def register_document(
    register: Register, *, ledger: ExportLedger, findings: Sequence[Finding], binding: Binding | None = None
) -> RegisterDocument:
    """Return the document that `register` and `ledger` make, in the active language: all of it, or one volume."""
    company = register.controller or ControllerRecord()
    if binding is None:
        (binding,) = bound(register, max(1, len(register.activities)))
    held = replace(register, activities=binding.activities)
    company_findings = [finding for finding in findings if not finding.subject]
    of_activity: dict[str, list[Finding]] = {activity.number: [] for activity in held.activities}
    for finding in findings:
        if finding.subject in of_activity:
            of_activity[finding.subject].append(finding)
    held_findings = [finding for own in of_activity.values() for finding in own]
    name = printable(company.legal_name or company.trading_name)
    repeated = repeated_in(of_activity, held.activities)
    numbered = {mark: place for place, mark in enumerate(repeated, 1)}
    activities = tuple(
        activity_part(
            activity,
            register,
            ledger,
            of_activity[activity.number],
            numbered,
        )
        for activity in held.activities
    )
    title = _("Protokoll over behandlingsaktiviteter")
    shown = _("Slik registeret var {moment}.").format(moment=as_of_words(register, ledger))
    volume = binding.words
    return RegisterDocument(
        title=" – ".join(word for word in (title, name, volume) if word),
        identity=" · ".join(word for word in (ledger.document_id, volume, f"{shown[:1].lower()}{shown[1:-1]}") if word),
        lead=tuple(
            line for line in (company_line(company), shown, f"{volume.capitalize()}." if volume else "") if line
        ),
        caution=_("Registeret var tomt. Det inneholdt verken virksomheten eller noen aktivitet.")
        if register.is_empty
        else "",
        cover=(*cover_rows(register, company, ledger, findings), *binding_rows(binding)),
        summary=summary_of(
            held,
            activities,
            [*(company_findings if binding.is_first else ()), *held_findings],
            repeated_rows(repeated),
        )
        if held.activities
        else None,
        parts=()
        if register.is_empty
        else (
            *([company_part(register, company, company_findings)] if binding.is_first else []),
            *activities,
            *(
                shared_part(register, [finding for finding in company_findings if finding.field in SHARED])
                if binding.is_last
                else []
            ),
            *(
                (publications_part(ledger.publications, as_of_words(register, ledger)), *figure_parts(ledger.figures))
                if binding.is_last
                else ()
            ),
        ),
    )
