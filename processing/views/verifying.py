"""Is the document real? For whoever holds a register of ours on paper or as a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from processing.services.verifying import verify_document

LONGEST_ID = 40
"""Characters that are looked up: an id has fifteen, and people put spaces in it."""


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """When the document `dokument` was made, of which day, and its hashes. 404 for an id that is not ours.

    Nothing of what the register says is on the page. A file is checked in the browser, and is sent nowhere.
    """
    asked = request.GET.get("dokument", "").strip()
    context: dict[str, object] = {"asked": asked[:LONGEST_ID]}
    if not asked:
        if "dokument" in request.GET:
            context["error"] = _("Skriv dokument-id-en. Den står på forsiden av dokumentet, og begynner med MKT.")
        return render(request, "processing/verify.html", context, status=400 if "error" in context else 200)
    found = verify_document(document_id=asked, at=timezone.now()) if len(asked) <= LONGEST_ID else None
    context["found"] = found
    context["unknown"] = found is None
    return render(request, "processing/verify.html", context, status=404 if found is None else 200)
