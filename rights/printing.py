"""A letter on paper: PDF/UA, made from what was stored when it was written."""

from mktnorge.pdf import render_pdf
from rights.letters.body import letter_from_json
from rights.models import Letter


def letter_pdf(letter: Letter) -> bytes:
    """Return the letter as PDF/UA-1, the same bytes each time. Raises PdfLibraryMissing without the libraries."""
    body = letter_from_json(letter.body)
    return render_pdf(
        "pdf/letter.html",
        {"letter": body},
        title=body.title,
        identifier=f"{letter.request.case_number}-{letter.pk}",
        created=letter.made_at,
        language=body.language,
    )
