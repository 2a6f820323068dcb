"""A letter on paper: PDF/UA, in the language it was written in."""

from datetime import datetime

from mktnorge.pdf import render_pdf
from processing.law.terms import N_
from rights.law.calendar import spelled_day
from rights.law.languages import LetterLanguage
from rights.letters.body import LetterBody, letter_from_json
from rights.letters.languages import translator
from rights.models import Letter

CASE_NUMBER = N_("Saksnummer")
SOURCES = N_("Reglene bak dette brevet:")
PAGE, OF = N_("Side"), N_("av")


def letter_pdf(letter: Letter) -> bytes:
    """Return a stored letter as PDF/UA-1, the same bytes each time. Raises PdfLibraryMissing without the libraries."""
    body = letter_from_json(letter.body)
    return body_pdf(body, identifier=f"{letter.request.case_number}-{letter.pk}", created=letter.made_at)


def body_pdf(body: LetterBody, *, identifier: str, created: datetime) -> bytes:
    """Return a letter as PDF/UA-1, stored or not. Raises as `letter_pdf`."""
    translate = translator(LetterLanguage(body.language))
    context = {
        "letter": body,
        "dated": spelled_day(body.dated, translate),
        "case_number": translate(CASE_NUMBER),
        "sources": translate(SOURCES),
        "page_word": translate(PAGE),
        "of_word": translate(OF),
    }
    return render_pdf(
        "pdf/letter.html", context, title=body.title, identifier=identifier, created=created, language=body.language
    )
