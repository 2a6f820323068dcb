"""The cover: which register, as of when, under which law, and with how many findings."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from processing.exports.json import payload_hash
from processing.exports.ledger import ExportLedger
from processing.exports.register_document.company import dpo_entry
from processing.exports.register_document.parts import Row
from processing.exports.register_document.rows import entry_of, row_of
from processing.exports.register_document.wording import OSLO, day_words, joined, moment_words, printable, spaced
from processing.law.findings import Finding, Severity
from processing.law.records import ControllerRecord, Register


def company_line(company: ControllerRecord) -> str:
    if company.legal_name and company.trading_name and company.legal_name != company.trading_name:
        return printable(
            _("{company}, som driver {name}.").format(company=company.legal_name, name=company.trading_name)
        )
    name = company.legal_name or company.trading_name
    return printable(f"{name}.") if name else ""


def as_of_words(register: Register, ledger: ExportLedger) -> str:
    """The day, and the time where the day was not over when the document was made."""
    midnight = datetime.combine(ledger.as_of, time.min, tzinfo=OSLO)
    over = ledger.as_of == date.max or register.moment >= midnight + timedelta(days=1) - timedelta(microseconds=1)
    return day_words(ledger.as_of) if over else moment_words(register.moment)


def cover_rows(
    register: Register, company: ControllerRecord, ledger: ExportLedger, findings: Sequence[Finding]
) -> tuple[Row, ...]:
    number = _("org.nr. {number}").format(number=spaced(company.org_no, 3)) if company.org_no else ""
    who = [", ".join(part for part in (company.legal_name, number) if part), company.address, company.email]
    in_use = len(register.activities_on(ledger.as_of))
    count = len(register.activities)
    content = ngettext("{count} aktivitet", "{count} aktiviteter", count).format(count=count)
    law = _("Personvernforordningen art. 30 nr. 1, slik loven var {day}").format(day=day_words(ledger.law_on))
    return (
        row_of("controller", _("Ansvarlig"), [entry_of(line) for line in who if line]),
        row_of("dpo", _("Personvernombud"), [dpo_entry(company)]),
        row_of("law", _("Lov"), [entry_of(law)]),
        row_of("edition", _("Utgave"), [entry_of(_(ledger.edition.label))]),
        row_of(
            "content",
            _("Innhold"),
            [
                entry_of(
                    f"{content}. {counted(findings)}",
                    _("{count} av dem er i bruk denne dagen").format(count=in_use) if in_use != count else "",
                )
            ],
        ),
        row_of("printed", _("Laget"), [entry_of(moment_words(ledger.printed_at))]),
        row_of("document", _("Dokument-id"), [entry_of(ledger.document_id)]),
        row_of(
            "hash",
            _("Innholdets hash"),
            [
                entry_of(
                    spaced(payload_hash(register, version=ledger.json_version, edition=ledger.edition), 4),
                    _("SHA-256 av registeret som kanonisk JSON, som er vedlagt PDF-filen: register.json"),
                )
            ],
        ),
    )


def counted(findings: Sequence[Finding]) -> str:
    if not findings:
        return _("Reglene har ingen funn.")
    by_severity = {severity: sum(finding.severity is severity for finding in findings) for severity in Severity}
    errors, warnings, notes = (by_severity[severity] for severity in Severity)
    parts = [
        _("{count} feil").format(count=errors) if errors else "",
        _("{count} ting å sjekke").format(count=warnings) if warnings else "",
        ngettext("{count} opplysning", "{count} opplysninger", notes).format(count=notes) if notes else "",
    ]
    return _("Reglene har {total} funn: {parts}.").format(
        total=len(findings), parts=joined([part for part in parts if part])
    )
