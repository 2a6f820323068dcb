"""«Tall om saker»: how many, how fast and how they ended, for those who must know that and not who it was."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mktnorge.frontpage import Panel, register_panel
from rights.law.figures import LEAST, figures
from rights.statistics import asked_rights

SEE = "rights.view_figures"


@require_safe
def figures_page(request: HttpRequest) -> HttpResponse:
    """Show the figures. One query, however many cases there are."""
    if not request.user.has_perm(SEE):
        raise PermissionDenied
    context = {
        **admin.site.each_context(request),
        "title": _("Tall om saker"),
        "rows": figures(asked_rights()),
        "least": LEAST,
    }
    return TemplateResponse(request, "admin/rights/figures.html", context)


def figures_panel(request: HttpRequest) -> Panel | None:
    return Panel("admin/rights/figures_panel.html", {}) if request.user.has_perm(SEE) else None


def pages(site: admin.AdminSite) -> list[URLPattern]:
    return [path("tall/", site.admin_view(figures_page), name="rights_figures")]


register_panel(12, figures_panel)
admin.site.add_pages(pages)
