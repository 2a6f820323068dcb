"""Where to take a disagreement, by what it is about."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from processing.models import NoticeVersion
from processing.views.notice import UnknownLanguage, about_version, asked_language, not_told
from processing.views.serving import send_drawn


@require_safe
def complaint(request: HttpRequest) -> HttpResponse:
    """What the notice in force says of complaints. Before the first version: what the law says to everybody."""
    version = NoticeVersion.objects.light().in_force(timezone.localdate())
    if version is None:
        return render(request, "processing/complaint.html")

    def context(language: str) -> Mapping[str, object]:
        about = about_version(version, version, language)
        return {**about, "section": about["body"].complaint}

    try:
        language = asked_language(request)
        return send_drawn(
            request, "processing/complaint.html", lambda: context(language), versions=[version], language=language
        )
    except UnknownLanguage:
        return not_told(request, version)
