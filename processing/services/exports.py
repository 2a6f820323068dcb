"""Handing out the register: a document of one day, and the ledger's row that tells it apart from every other."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mktnorge.evidence import link_new_rows
from mktnorge.figures import figures_at, figures_from_json, figures_json
from mktnorge.models import User
from processing.exports.annexes import figures_annexes, publication_annexes
from processing.exports.editions import RegisterEdition, edition_of
from processing.exports.json import VERSION, payload_hash
from processing.exports.ledger import ExportLedger
from processing.exports.xlsx import template_workbook
from processing.law.checks import check_register
from processing.law.editions import Edition, ExportFormat
from processing.law.records import Register
from processing.models import NoticeVersion, RegisterExport
from processing.models.governed import hold_register_still
from processing.notices.log import Publication
from processing.register import OSLO, end_of_day, register_as_of
from processing.services.export_files import Drawing, draw
from processing.services.table_words import table_words

CONTENT_TYPES = {
    ExportFormat.PDF: "application/pdf",
    ExportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ExportFormat.CSV: "application/zip",
    ExportFormat.JSON: "application/json",
    ExportFormat.JSONLD: "application/ld+json",
}

# The register as JSON is the register and nothing else: its hash stands in all the others.
WITH_ANNEXES = frozenset({ExportFormat.PDF, ExportFormat.XLSX, ExportFormat.CSV})

PACKED = b"PK"
"""How a zip begins: a PDF too long for one document is handed out as its volumes in one."""

# Letters and digits that nobody mistakes for another when reading an id off paper.
ID_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


class AsOfInFuture(Exception):
    """The register cannot be shown as it will be."""


class RegisterChanged(Exception):
    """An edit was written while the document was made, so that the document is of no moment. Nothing is issued."""


@dataclass(frozen=True)
class Export:
    """A document that has been issued: its row in the ledger, and the file."""

    document: RegisterExport
    content: bytes
    filename: str
    content_type: str


def export_register(
    *,
    format: ExportFormat,
    as_of: date,
    law_on: date | None = None,
    edition: Edition = Edition.INTERNAL,
    by: User | None,
    at: datetime,
    drawn_by: Callable[[Drawing], bytes] = draw,
    kept_by: Callable[[RegisterExport, bytes], None] | None = None,
) -> Export:
    """Issue the register as it was at the end of `as_of`, an Oslo date, and enter it in the ledger.

    Where that day is not over at `at`, the register is shown as it is at `at`. `law_on` is the Oslo date whose law
    the findings rest on, `as_of` unless it is given. `by` is None for the command line. A date before the register
    existed gives a document that says that it was empty. The document is made before the transaction that enters it,
    so that nobody waits for it: `drawn_by` makes the file, here unless it says otherwise. `kept_by` may keep it, in the
    transaction.

    Raises AsOfInFuture, RegisterChanged, or what `mktnorge.pdf.render_pdf` raises; then nothing is issued.
    """
    if as_of > at.astimezone(OSLO).date():
        raise AsOfInFuture(_("Datoen er ikke kommet ennå. Velg i dag eller en dag som har vært."))
    document = RegisterExport(
        document_id=_new_document_id(at),
        format=format,
        edition=edition,
        as_of=as_of,
        moment=min(end_of_day(as_of), at),
        law_on=law_on or as_of,
        exported_at=at,
        exported_by=by,
        json_version=VERSION,
    )
    if _has_annexes(document):
        document.figures = figures_json(figures_at(at))
    register = register_as_of(document.moment)
    publications = _publications(document)
    shown = _edition(document, register, publications)
    content = drawn_by(_drawing(document, shown, publications))
    document.activity_count = len(shown.register.activities)
    document.finding_count = len(shown.findings)
    document.content_sha256 = payload_hash(shown.register, version=document.json_version, edition=edition)
    document.file_sha256 = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        hold_register_still()
        if register_as_of(document.moment) != register or _publications(document) != publications:
            raise RegisterChanged(_("Registeret ble endret mens dokumentet ble laget. Prøv en gang til."))
        document.save(force_insert=True)
        if kept_by:
            kept_by(document, content)
        link_new_rows(at=at)
    return export_of(document, content)


def export_of(document: RegisterExport, content: bytes) -> Export:
    """Return an issued document and its file as one."""
    format = ExportFormat(document.format)
    in_volumes = format is ExportFormat.PDF and content.startswith(PACKED)
    extension = "zip" if in_volumes else format.extension
    return Export(
        document=document,
        content=content,
        filename=f"protokoll-{document.as_of.isoformat()}-{document.document_id}.{extension}",
        content_type="application/zip" if in_volumes else CONTENT_TYPES[format],
    )


def remake_export(*, document: RegisterExport) -> bytes:
    """Return the file of an issued document, made again from history. Nothing is entered in the ledger.

    The bytes are those first issued, and their SHA-256 the row's `file_sha256`, as long as neither history nor the
    program that makes the file has changed.
    """
    publications = _publications(document)
    shown = _edition(document, register_as_of(document.moment), publications)
    return draw(_drawing(document, shown, publications))


def empty_workbook(*, at: datetime) -> bytes:
    """Return a workbook to fill in and import. It holds the lists that all activities share, as they are at `at`.

    It says nothing about anybody, so nothing is entered in the ledger.
    """
    return template_workbook(register_as_of(at), words=table_words())


def _has_annexes(document: RegisterExport) -> bool:
    return Edition(document.edition) is Edition.INTERNAL and ExportFormat(document.format) in WITH_ANNEXES


def _publications(document: RegisterExport) -> tuple[Publication, ...]:
    """The publication log up to the document's moment, where it stands in the document. One query or none."""
    return NoticeVersion.objects.log_until(document.moment) if _has_annexes(document) else ()


def _edition(document: RegisterExport, register: Register, publications: tuple[Publication, ...]) -> RegisterEdition:
    findings = check_register(register, law_on=document.law_on)
    annexes = (*publication_annexes(publications), *figures_annexes(figures_from_json(document.figures)))
    return edition_of(register, Edition(document.edition), findings=findings, annexes=annexes)


def _drawing(document: RegisterExport, edition: RegisterEdition, publications: tuple[Publication, ...]) -> Drawing:
    ledger = ExportLedger(
        document_id=document.document_id,
        as_of=document.as_of,
        law_on=document.law_on,
        printed_at=document.exported_at,
        edition=edition.which,
        json_version=document.json_version,
        figures=figures_from_json(document.figures),
        publications=publications,
    )
    return Drawing(ExportFormat(document.format), edition, ledger)


def _new_document_id(at: datetime) -> str:
    """An id that tells the year and not how many documents there are. A collision is refused by the database."""
    letters = "".join(secrets.choice(ID_LETTERS) for _place in range(6))
    return f"MKT-{at.astimezone(OSLO).year}-{letters}"
