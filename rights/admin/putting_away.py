"""Ending many cases from the list as no request, after a look at which they are."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from processing.register import register_as_of
from rights.law.keeping import periods_of
from rights.models import RightsRequest
from rights.services.ending import end_as_no_request

CHANGE = "rights.change_rightsrequest"
MOST = 100
"""Cases put away at once: as many as somebody can look over."""


@admin.action(description=_("Avslutt som «ikke et krav»"))
def put_away(model_admin: admin.ModelAdmin, request: HttpRequest, cases: QuerySet[RightsRequest]) -> HttpResponse:
    """Show which cases were chosen, and ask. Nothing is ended before that is confirmed."""
    context = {
        **admin.site.each_context(request),
        "opts": RightsRequest._meta,
        "title": gettext("Avslutt som «ikke et krav»"),
        "cases": cases.order_by("pk")[:MOST],
        "left_out": max(0, cases.count() - MOST),
        "erased_after_days": periods_of(register_as_of(timezone.now()).controller).content_days,
    }
    return TemplateResponse(request, "admin/rights/put_away.html", context)


@require_POST
def put_away_page(request: HttpRequest) -> HttpResponse:
    """End the cases that were shown, each as it was then. What was changed meanwhile is left, and told."""
    if not request.user.has_perm(CHANGE):
        raise PermissionDenied
    seen = [tuple(value.split(":", 1)) for value in request.POST.getlist("case")[:MOST] if ":" in value]
    cases = [(int(pk), int(version)) for pk, version in seen if _is_number(pk) and _is_number(version)]
    done = end_as_no_request(cases=cases, by=request.user, at=timezone.now())
    if done.ended:
        said = ngettext("%(count)d sak er avsluttet.", "%(count)d saker er avsluttet.", len(done.ended))
        messages.success(request, said % {"count": len(done.ended)})
    for number, why in done.kept:
        messages.warning(request, f"{number}: {why}")
    return redirect("admin:rights_rightsrequest_changelist")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16
