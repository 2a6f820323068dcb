"""Which kind of file somebody wants to import, told from what is in it and never from its name."""

from enum import StrEnum

from django.utils.translation import gettext as _

from processing.imports.workbook import Unreadable

ZIP, OLD_OFFICE, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"
BEGINNING = 4096
"""Bytes: far beyond any white space that somebody may have before the text."""


class ImportFormat(StrEnum):
    JSON = "json"
    XLSX = "xlsx"
    CSV = "csv"


def recognise(content: bytes) -> ImportFormat:
    """Return the format the file seems to be in. Raises Unreadable for one that is not read here."""
    start = content[:BEGINNING].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not content.strip():
        raise Unreadable(_("Filen er tom."))
    if content.startswith(ZIP):
        return ImportFormat.XLSX
    if content.startswith(OLD_OFFICE):
        raise Unreadable(
            _("Filen er i et gammelt Office-format (.xls), eller låst med passord. Lagre den som .xlsx uten passord.")
        )
    if content.startswith(PDF):
        raise Unreadable(_("Filen er en PDF. Den kan ikke leses inn. Bruk filen den ble laget av."))
    return ImportFormat.JSON if start.startswith((b"{", b"[")) else ImportFormat.CSV
