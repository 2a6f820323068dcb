"""Drawing the file of a document: all there is to it once the register has been read. Pure, and may be done apart."""

from dataclasses import dataclass

from processing.exports.csv import register_csv
from processing.exports.dpv import register_jsonld
from processing.exports.editions import RegisterEdition
from processing.exports.json import canonical_json
from processing.exports.ledger import ExportLedger
from processing.exports.volumes import packed_volumes, register_volumes
from processing.exports.xlsx import register_workbook
from processing.law.editions import ExportFormat
from processing.services.table_words import table_words


@dataclass(frozen=True)
class Drawing:
    """What a file is drawn from, and as what. It can be sent to another process."""

    format: ExportFormat
    edition: RegisterEdition
    ledger: ExportLedger


def draw(drawing: Drawing) -> bytes:
    """Return the file, or a zip of the volumes of a long PDF. No query.

    Raises what `mktnorge.pdf.render_pdf` raises.
    """
    edition, ledger = drawing.edition, drawing.ledger
    match drawing.format:
        case ExportFormat.PDF:
            volumes = register_volumes(edition.register, ledger=ledger, findings=edition.findings)
            return volumes[0].content if len(volumes) == 1 else packed_volumes(volumes)
        case ExportFormat.XLSX:
            return register_workbook(edition, words=table_words(), ledger=ledger)
        case ExportFormat.CSV:
            return register_csv(edition, words=table_words(), ledger=ledger)
        case ExportFormat.JSON:
            return canonical_json(edition.register, version=ledger.json_version, edition=edition.which)
        case ExportFormat.JSONLD:
            return register_jsonld(edition, words=table_words(), ledger=ledger)
