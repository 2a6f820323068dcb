"""Whether a document is one we have issued, and whether the register has changed since."""

from dataclasses import dataclass
from datetime import datetime

from processing.models import RegisterExport
from processing.register import writings_between


@dataclass(frozen=True)
class Verified:
    """A document of the ledger. `edits` is how many times the register was saved after what the document shows."""

    document: RegisterExport
    edits: int


def verify_document(*, document_id: str, at: datetime) -> Verified | None:
    """Return the document with this id, or None where it is not ours. Three queries, and none of them a register.

    Spaces and small letters are how people write an id off paper, and make no difference.
    """
    asked = "".join(document_id.split()).upper()
    # What no id can hold is not sent to the database either: PostgreSQL refuses some of it.
    document = (
        RegisterExport.objects.filter(document_id=asked).first() if asked.isascii() and asked.isprintable() else None
    )
    if document is None:
        return None
    edits = {(writing.at, writing.by, writing.reason) for writing in writings_between(document.moment, at)}
    return Verified(document, len(edits))
