"""The public notice: the version in force, and every version there has been."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from processing.models import NoticeVersion


@require_safe
def notice(request: HttpRequest) -> HttpResponse:
    """The version in force today in Oslo. Before the first: who is responsible, and the way to the form."""
    version = NoticeVersion.objects.in_force(timezone.localdate())
    if version is None:
        return render(request, "processing/unpublished.html")
    return _render(request, version, is_in_force=True)


@require_safe
def notice_version(request: HttpRequest, number: int) -> HttpResponse:
    """One version by its number, for ever. A version that is not yet in force is nobody's business: 404."""
    version = get_object_or_404(NoticeVersion, number=number, in_force_from__lte=timezone.localdate())
    in_force = NoticeVersion.objects.in_force(timezone.localdate())
    return _render(request, version, is_in_force=in_force is not None and in_force.pk == version.pk)


@require_safe
def notice_json(request: HttpRequest) -> HttpResponse:
    """The version in force as data: its text, its number and its hash. 404 before the first."""
    version = NoticeVersion.objects.in_force(timezone.localdate())
    if version is None:
        return JsonResponse({"error": "Ingen erklæring er publisert ennå."}, status=404)
    answer = {
        "version": version.number,
        "in_force_from": version.in_force_from.isoformat(),
        "published_at": version.published_at.isoformat(),
        "sha256": version.body_sha256,
        "body": version.body,
    }
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


def _render(request: HttpRequest, version: NoticeVersion, *, is_in_force: bool) -> HttpResponse:
    body = version.notice
    context = {"version": version, "body": body, "site": body.site, "is_in_force": is_in_force}
    return render(request, "processing/notice.html", context)
