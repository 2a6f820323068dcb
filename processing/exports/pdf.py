"""The register as a PDF that everyone can read: tagged, in bokmål, and the same bytes for the same input."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils import translation
from django.utils.translation import gettext as _

from mktnorge.pdf import Attached, Source, pdf_of, source_of
from processing.exports.json import canonical_json
from processing.exports.ledger import ExportLedger
from processing.exports.register_document import register_document
from processing.exports.register_document.binding import Binding
from processing.exports.register_document.parts import Group, RegisterDocument
from processing.law.editions import Edition
from processing.law.findings import Finding
from processing.law.records import Register

LANGUAGE = "nb"
JSON_NAME = "register.json"


def register_pdf(register: Register, *, ledger: ExportLedger, findings: Sequence[Finding]) -> bytes:
    """Return the register as one PDF, both PDF/UA-1 and PDF/A-3a, however long it is; see `volumes.register_volumes`.

    `register` is that of the edition the ledger names. The external one is without what the law does not ask for.
    `findings` stand in the margin of the fields they concern. The canonical JSON, whose hash is printed, is attached.
    Raises what `mktnorge.pdf.render_pdf` raises.
    """
    return pdf_of(register_source(register, ledger=ledger, findings=findings))


def register_source(
    register: Register, *, ledger: ExportLedger, findings: Sequence[Finding], binding: Binding | None = None
) -> Source:
    """Return what the PDF is made of: that of the whole register, or of one volume."""
    # Whoever asks for the document, it is in the register's own language.
    with translation.override(LANGUAGE):
        document = register_document(register, ledger=ledger, findings=findings, binding=binding)
        if ledger.edition is Edition.EXTERNAL:
            document = _as_asked_for(document)
        attached = _attached(register, ledger) if binding is None or binding.is_first else ()
    return source_of(
        "pdf/register.html",
        {"document": document},
        title=document.title,
        language=LANGUAGE,
        identifier=f"{ledger.document_id} {binding.number}" if binding and binding.words else ledger.document_id,
        created=ledger.printed_at,
        attached=attached,
    )


def _attached(register: Register, ledger: ExportLedger) -> tuple[Attached, ...]:
    content = canonical_json(register, version=ledger.json_version, edition=ledger.edition)
    return (Attached(name=JSON_NAME, content=content, description=_("Registeret som kanonisk JSON")),)


def _as_asked_for(document: RegisterDocument) -> RegisterDocument:
    """The external edition: only what stands under the heading «Det artikkel 30 nr. 1 krever».

    What the edition left out of the register is silent there, and would read as if nobody had stated it.
    """
    parts = [
        replace(part, groups=tuple(group for group in part.groups if _is_asked_for(group))) for part in document.parts
    ]
    said = _("Ekstern utgave. Den har bare det personvernforordningen art. 30 nr. 1 krever.")
    left_out = _(
        "Utelatt er grunnlag, vurderinger, avtaler, gjennomganger, merknader og funn, og alt annet "
        "artikkelen ikke krever. Det står i den interne utgaven."
    )
    return replace(
        document,
        title=_("{title} – ekstern utgave").format(title=document.title),
        lead=(*document.lead, said, left_out),
        cover=tuple(row for row in document.cover if row.field != "content"),
        summary=None,
        parts=tuple(part for part in parts if part.groups),
    )


def _is_asked_for(group: Group) -> bool:
    return not group.addition and not group.compact
