"""What the notice has said: what each version changed, and which version applied on a day."""

from collections.abc import Mapping
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from processing.models import NoticeVersion
from processing.notices.changes import changes_between
from processing.views.notice import no_such_version, unpublished
from processing.views.serving import came_into_force, send_drawn

COMPARED = 5
"""How many versions, from the newest, are compared word by word on one page. Older ones are a link away."""


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """What each version changed, with before and after; `?utgave=3` compares that version alone."""
    known = list(NoticeVersion.objects.light().filter(in_force_from__lte=timezone.localdate()).latest_first())
    if not known:
        return unpublished(request)
    wanted = request.GET.get("utgave", "")
    if wanted and wanted not in {str(version.number) for version in known}:
        return no_such_version(request)

    def context() -> Mapping[str, object]:
        told = known[:COMPARED] if not wanted else [version for version in known if str(version.number) == wanted]
        numbers = {version.number for version in told} | {version.number - 1 for version in told}
        texts = {version.number: version.notice for version in NoticeVersion.objects.filter(number__in=numbers)}
        latest = known[0].number
        return {
            "site": texts[latest].site if latest in texts else known[0].notice.site,
            "entries": [
                {
                    "version": version,
                    "from_the_start": version.number - 1 not in texts,
                    "places": changes_between(texts[version.number - 1], texts[version.number], _)
                    if version.number - 1 in texts
                    else (),
                }
                for version in told
            ],
            "older": [] if wanted else known[COMPARED:],
            "alone": bool(wanted),
        }

    return send_drawn(request, "processing/changes.html", context, versions=known, about=wanted)


@require_safe
def on_day(request: HttpRequest) -> HttpResponse:
    """Which version applied on a day, asked by GET. 400 for what is no date, 404 where no version applied."""
    asked = request.GET.get("dato", "").strip()
    context: dict[str, object] = {"asked": asked, "today": timezone.localdate()}
    if not asked:
        return render(request, "processing/on_day.html", context)
    day = _day(asked)
    if day is None:
        context["error"] = _("Skriv datoen som dag, måned og år, for eksempel 24.12.2026.")
        return render(request, "processing/on_day.html", context, status=400)
    context["day"] = day
    if day > timezone.localdate():
        context["error"] = _("Den dagen er ikke kommet ennå. Skriv en dag som har vært, eller dagen i dag.")
        return render(request, "processing/on_day.html", context, status=404)
    applied = NoticeVersion.objects.light().applied_during(day)
    context["applied"] = [{"version": version, "from_moment": _during(version, day)} for version in applied]
    return render(request, "processing/on_day.html", context, status=200 if applied else 404)


def _during(version: NoticeVersion, day: date) -> datetime | None:
    """The moment the version came into force, where that was in the middle of `day`."""
    moment = timezone.localtime(came_into_force(version))
    in_the_middle = moment.date() == day and (moment.hour, moment.minute, moment.second) != (0, 0, 0)
    return moment if in_the_middle else None


def _day(text: str) -> date | None:
    """Return the date, written as Norwegians or as programs write it, or None."""
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    return None
