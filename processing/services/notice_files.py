"""Files of published notices: made once, kept in a frozen row, and the same bytes for ever after."""

import hashlib
import threading
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mktnorge.evidence import join_evidence
from processing.exports.notice_pdf import notice_pdf
from processing.law.languages import WRITTEN_IN
from processing.models import NoticeFile, NoticeVersion

CHEAP_CARDS = 60
"""Up to so many cards the worker makes the PDF by itself: it takes seconds. A longer one is made when asked for, since
the worker's turn holds the one lock that SQLite has for writing."""

WAIT_SECONDS = 15

_making = threading.Lock()


class FileBeingMade(Exception):
    """Another visitor's question is already making a file, and it takes long."""


def keep_notice_pdf(*, version: NoticeVersion, language: str = WRITTEN_IN) -> bytes:
    """Return the PDF of a published version in a language, made and kept now if nobody has asked for it before.

    A process makes one at a time. Raises KeyError for a language the version is not told in, FileBeingMade when one
    takes longer than `WAIT_SECONDS`, or what `mktnorge.pdf.render_pdf` raises; then nothing is kept.
    """
    format = "pdf" if language == WRITTEN_IN else f"pdf-{language}"
    if kept := _kept(version, format):
        return kept
    if not _making.acquire(timeout=WAIT_SECONDS):
        raise FileBeingMade(_("PDF-en blir laget nå. Prøv igjen om et minutt."))
    try:
        if kept := _kept(version, format):
            return kept
        content = notice_pdf(version.published_in(language))
        try:
            with transaction.atomic():
                join_evidence()
                NoticeFile.objects.create(
                    version=version, format=format, content=content, sha256=hashlib.sha256(content).hexdigest()
                )
        except IntegrityError:
            # Another process was first. What it kept is what everybody gets.
            if kept := _kept(version, format):
                return kept
            raise
        return content
    finally:
        _making.release()


def keep_missing_pdfs(at: datetime) -> str:
    """Make the PDFs of published versions that have none yet, and return a sentence about it. A sweep of the worker."""
    made = 0
    for version in NoticeVersion.objects.exclude(files__format="pdf").defer("facts", "findings").order_by("-number"):
        if len(version.body["cards"]) <= CHEAP_CARDS:
            keep_notice_pdf(version=version)
            made += 1
    if not made:
        return ""
    return ngettext("%(count)d PDF av erklæringen er laget.", "%(count)d PDF-er av erklæringen er laget.", made) % {
        "count": made
    }


def _kept(version: NoticeVersion, format: str) -> bytes:
    found = NoticeFile.objects.filter(version=version, format=format).values_list("content", flat=True).first()
    return bytes(found) if found else b""
