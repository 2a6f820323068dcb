"""Where to take a disagreement, by what it is about."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from processing.models import NoticeVersion
from processing.views.serving import send_drawn


@require_safe
def complaint(request: HttpRequest) -> HttpResponse:
    """What the notice in force says of complaints. Before the first version: what the law says to everybody."""
    version = NoticeVersion.objects.light().in_force(timezone.localdate())
    if version is None:
        return render(request, "processing/complaint.html")

    def context() -> Mapping[str, object]:
        body = version.notice
        return {"section": body.complaint, "site": body.site, "version": version}

    return send_drawn(request, "processing/complaint.html", context, versions=[version])
