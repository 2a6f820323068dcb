"""The notice as a PDF that everyone can read: tagged, in its own language, and the same bytes for the same version."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from mktnorge.pdf import render_pdf
from processing.notices.document import whole_notice
from processing.notices.published import PublishedNotice


def notice_pdf(notice: PublishedNotice) -> bytes:
    """Return the whole notice as PDF/UA-1. Raises what `mktnorge.pdf.render_pdf` raises."""
    body = notice.body
    with override(body.language):
        parts = whole_notice(body, _)
    return render_pdf(
        "pdf/notice.html",
        {"notice": notice, "body": body, "parts": parts},
        title=f"{body.title} – {body.site.name or body.site.legal_name}",
        language=body.language,
        identifier=notice.sha256[:32],
        created=notice.published_at,
    )
