"""What is not public yet, shown to staff as the public will read it: a version to come, and a draft."""

from datetime import date

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from processing.admin.drift import changed_rows
from processing.models import NoticeVersion
from processing.notices.body import to_payload
from processing.register import end_of_day
from processing.services.drafts import NothingToPublish, draft_notice
from processing.views.notice import layers


@require_safe
def version_preview(request: HttpRequest, object_id: str) -> HttpResponse:
    """A published version, also before its day: then the public address is a 404, never another version."""
    _check_reader(request)
    return _shown(request, get_object_or_404(NoticeVersion, pk=object_id))


@require_safe
def draft_preview(request: HttpRequest) -> HttpResponse:
    """The draft for the Oslo date `?dag=`, today unless given, from the register as it is; `?per=` is an earlier day.

    404 for a date that cannot be read, and where there is nothing to tell.
    """
    _check_reader(request)
    now = timezone.now()
    on = _asked(request, "dag") or timezone.localdate(now)
    as_of = _asked(request, "per")
    try:
        draft = draft_notice(at=min(now, end_of_day(as_of)) if as_of else now, in_force_from=on)
    except NothingToPublish as refusal:
        raise Http404(str(refusal)) from refusal
    number = draft.follows.number + 1 if draft.follows else 1
    unsaved = NoticeVersion(number=number, body=to_payload(draft.body), in_force_from=on, is_demonstration=False)
    return _shown(request, unsaved)


@require_safe
def drift_page(request: HttpRequest) -> HttpResponse:
    """What has changed since the latest version, for whoever may read the versions."""
    _check_reader(request)
    now = timezone.now()
    context = {
        **admin.site.each_context(request),
        "opts": NoticeVersion._meta,
        "title": _("Endret siden forrige utgave"),
        "may_publish": request.user.has_perm("processing.add_noticeversion"),
    }
    try:
        draft = draft_notice(at=now, in_force_from=timezone.localdate(now))
    except NothingToPublish as refusal:
        context["refusal"] = str(refusal)
    else:
        differences = draft.differences
        context |= {
            "draft": draft,
            "changes": draft.changes,
            "differences": differences,
            "visible": sum(difference.is_visible for difference in differences),
            "changed_rows": changed_rows(differences, draft.register),
            "lacking": [part for part in draft.coverage if part.missing],
            "covered": [part for part in draft.coverage if not part.missing],
        }
    return TemplateResponse(request, "admin/processing/drift.html", context)


def _shown(request: HttpRequest, version: NoticeVersion) -> HttpResponse:
    return TemplateResponse(request, "processing/notice.html", {**layers(version, version), "is_preview": True})


def _asked(request: HttpRequest, name: str) -> date | None:
    written = request.GET.get(name, "")
    try:
        return date.fromisoformat(written) if written else None
    except ValueError as error:
        raise Http404(_("Skriv datoen som 2026-12-31.")) from error


def _check_reader(request: HttpRequest) -> None:
    if not request.user.has_perm("processing.view_noticeversion"):
        raise PermissionDenied
