"""The register as PDF however long it is: one document, or volumes made side by side.

WeasyPrint holds every page of a document in memory, and a reader's program does too. A long register is therefore bound
in volumes of a size that stays the same: time and memory grow with the register and no faster.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from mktnorge.pdf_side_by_side import pdfs_of
from processing.exports.archive import packed
from processing.exports.ledger import ExportLedger
from processing.exports.pdf import register_source
from processing.exports.register_document.binding import bound
from processing.law.findings import Finding
from processing.law.records import Register

LONGEST_DOCUMENT = 150
"""Activities that are still one document: about 300 pages."""

LONGEST_VOLUME = 75
"""Activities of a volume: half of that, so that a register just too long for one document makes work for two cores."""


@dataclass(frozen=True, kw_only=True)
class Volume:
    """One PDF, whole in itself. `number` counts from 1; all volumes of a register carry the same document id."""

    number: int
    count: int
    filename: str
    content: bytes


def register_volumes(
    register: Register, *, ledger: ExportLedger, findings: Sequence[Finding], processes: int | None = None
) -> tuple[Volume, ...]:
    """Return the register of an edition as one PDF, or as volumes where it has more than `LONGEST_DOCUMENT` activities.

    Give it `edition.register` and `edition.findings` of `editions.edition_of`. The same input gives the same bytes,
    whatever `processes` is: how many volumes are made at once, each in a process of its own; one for each core unless
    it is given. A single document is made in this process. The canonical JSON is attached to the first volume.

    Raises what `mktnorge.pdf.render_pdf` raises, and then no volume is returned.
    """
    long = len(register.activities) > LONGEST_DOCUMENT
    bindings = bound(register, LONGEST_VOLUME if long else LONGEST_DOCUMENT)
    sources = (register_source(register, ledger=ledger, findings=findings, binding=binding) for binding in bindings)
    made = pdfs_of(sources, count=len(bindings), processes=processes)
    return tuple(
        Volume(
            number=binding.number,
            count=binding.count,
            filename=f"protokoll-{ledger.as_of.isoformat()}-{ledger.document_id}"
            + (f"-bind-{binding.number}-av-{binding.count}.pdf" if binding.count > 1 else ".pdf"),
            content=content,
        )
        for binding, content in zip(bindings, made, strict=True)
    )


def packed_volumes(volumes: Sequence[Volume]) -> bytes:
    """Return the volumes as one ZIP: the same bytes for the same volumes. PDFs are not packed once more."""
    return packed((volume.filename, volume.content) for volume in volumes)
