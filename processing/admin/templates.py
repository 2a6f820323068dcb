"""The page that adds a ready-made activity to the register as a draft."""

from dataclasses import dataclass

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from processing.law.records import ActivityRecord
from processing.models import Activity
from processing.register import register_as_of
from processing.services.templates import (
    AddedMeanwhile,
    AlreadyAdded,
    Offer,
    UnknownTemplate,
    add_from_template,
    offers,
    template_for,
)


@dataclass(frozen=True)
class Shown:
    """An offer on the page, with the addresses of the activities it speaks of."""

    offer: Offer
    is_open: bool
    added: tuple[str, str] | None
    similar: list[tuple[str, str]]


@require_http_methods(["GET", "HEAD", "POST"])
def templates_page(request: HttpRequest) -> HttpResponse:
    """GET lists the templates, with the one in `mal` open; POST adds one and opens its page. Needs to may add."""
    if not request.user.has_perm("processing.add_activity"):
        raise PermissionDenied
    if request.method == "POST":
        return _added(request)
    chosen = request.GET.get("mal", "")
    pages = dict(Activity.objects.values_list("number", "pk"))

    def led_to(activity: ActivityRecord) -> tuple[str, str]:
        return f"{activity.number} {activity.name}", _page(pages[activity.number])

    context = {
        **admin.site.each_context(request),
        "opts": Activity._meta,
        "title": _("Legg til aktivitet fra mal"),
        "shown": [
            Shown(
                offer=offer,
                is_open=offer.template.code == chosen,
                added=led_to(offer.added) if offer.added else None,
                similar=[led_to(one) for one in offer.similar],
            )
            for offer in offers(register_as_of(timezone.now()))
        ],
    }
    return TemplateResponse(request, "admin/processing/templates.html", context)


def way_to_template(finding_code: str) -> str:
    """Return the address of the template that describes what a finding misses, or nothing."""
    template = template_for(finding_code)
    if template is None:
        return ""
    return f"{reverse('admin:processing_activity_templates')}?mal={template.code}#mal-{template.code}"


def _added(request: HttpRequest) -> HttpResponse:
    try:
        activity = add_from_template(code=request.POST.get("mal", ""), by=request.user, at=timezone.now())
    except AlreadyAdded as refusal:
        messages.warning(request, str(refusal))
        return redirect(_page(Activity.objects.get(number=refusal.number).pk))
    except (UnknownTemplate, AddedMeanwhile) as refusal:
        messages.error(request, str(refusal))
        return redirect("admin:processing_activity_templates")
    admin.site.get_model_admin(Activity).log_addition(request, activity, _("Lagt til fra mal."))
    messages.success(
        request,
        _("{number} er lagt til som utkast. Bekreft det som står der, og fyll ut resten.").format(
            number=activity.number
        ),
    )
    return redirect(_page(activity.pk))


def _page(key: int) -> str:
    return reverse("admin:processing_activity_change", args=[key])
