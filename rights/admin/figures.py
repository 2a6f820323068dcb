"""«Tall om saker»: how many, how fast and how they ended, for those who must know that and not who it was."""

from collections.abc import Iterator

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mktnorge.frontpage import Panel, register_panel
from processing.law.rights import Right
from rights.law.figures import LEAST, AnsweredRight, figures
from rights.law.outcomes import Outcome
from rights.models import RequestedRight
from rights.workflow import Ending

SEE = "rights.view_figures"


@require_safe
def figures_page(request: HttpRequest) -> HttpResponse:
    """Show the figures. One query, however many cases there are."""
    if not request.user.has_perm(SEE):
        raise PermissionDenied
    context = {
        **admin.site.each_context(request),
        "title": _("Tall om saker"),
        "rows": figures(_asked()),
        "least": LEAST,
    }
    return TemplateResponse(request, "admin/rights/figures.html", context)


def figures_panel(request: HttpRequest) -> Panel | None:
    return Panel("admin/rights/figures_panel.html", {}) if request.user.has_perm(SEE) else None


def pages(site: admin.AdminSite) -> list[URLPattern]:
    return [path("tall/", site.admin_view(figures_page), name="rights_figures")]


def _asked() -> Iterator[AnsweredRight]:
    """What was no request, or the same as another, is counted nowhere."""
    rows = RequestedRight.objects.exclude(request__ending__in=[Ending.NOT_A_REQUEST, Ending.DUPLICATE])
    rows = rows.annotate(
        told_on=Max("decisions__letter__delivered_on"),
        decided=Count("decisions"),
        refusals=Count("decisions", filter=Q(decisions__outcome=Outcome.REFUSED.value)),
    )
    columns = ("right", "received_on", "statutory_on", "request__ending", "request__ended_on",
               "request__extension", "told_on", "decided", "refusals")  # fmt: skip
    for right, received_on, due_on, ending, ended_on, extension, told_on, decided, refusals in rows.values_list(
        *columns
    ):
        yield AnsweredRight(
            right=Right(right),
            received_on=received_on,
            due_on=due_on,
            # A part that was answered earlier stopped the clock of its own right, and of no other.
            answered_on=(told_on or ended_on) if ending == Ending.ANSWERED else None,
            extended=extension is not None,
            refused=0 < decided == refusals,
        )


register_panel(12, figures_panel)
admin.site.add_pages(pages)
