"""Files packed as one, the same bytes for the same files."""

from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

PACKED_AT = (1980, 1, 1, 0, 0, 0)
"""The first moment a ZIP can hold: the files say themselves when they were made."""


def packed(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a ZIP of `files`, (name, content), in their order. Nothing is compressed."""
    archive = BytesIO()
    with ZipFile(archive, "w", ZIP_STORED) as target:
        for name, content in files:
            entry = ZipInfo(name, PACKED_AT)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            target.writestr(entry, content)
    return archive.getvalue()
