"""The admin site: stock Django in bokmål, with guard rails that hold for every model."""

from collections.abc import Callable
from functools import wraps

from django.apps import apps as app_configs
from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseRedirect
from django.urls import URLPattern, URLResolver, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mktnorge.frontpage import panels_for
from mktnorge.signin.door import needs_second_factor
from mktnorge.viewings import only_looks, record_viewing


class SiteAdmin(admin.AdminSite):
    site_header = _("Personvern")
    site_title = _("Personvern")
    index_title = _("Oversikt")
    enable_nav_sidebar = True

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        # Nothing here is deleted in bulk: an activity is retired and a case is closed, each with its reason.
        self.disable_action("delete_selected")
        self._pages: list[Callable[[admin.AdminSite], list[URLPattern]]] = []

    def add_pages(self, pages: Callable[[admin.AdminSite], list[URLPattern]]) -> None:
        """Serve the pages an app has beside its lists, each wrapped in `admin_view` by the app itself."""
        self._pages.append(pages)

    def login(self, request, extra_context=None):
        """There is one way in, and it is not the admin's own."""
        return redirect_to_login(request.GET.get("next", reverse("admin:index")))

    def password_change(self, request, extra_context=None):
        return HttpResponseRedirect(reverse("account_change_password"))

    def each_context(self, request):
        return {
            **super().each_context(request),
            "only_looks": only_looks(request.user),
            "without_second_factor": request.user.is_authenticated and not needs_second_factor(request.user),
        }

    def admin_view(self, view, cacheable=False):
        """As in stock Django. What an auditor is shown is logged; a page that says the same to all is not."""
        inner = super().admin_view(view, cacheable)
        if cacheable:
            return inner

        @wraps(inner)
        def logged(request, *args, **kwargs):
            response = inner(request, *args, **kwargs)
            if only_looks(request.user):
                record_viewing(request=request, response=response, by=request.user, at=timezone.now())
            return response

        return logged

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [*(url for pages in self._pages for url in pages(self)), *super().get_urls()]

    def index(self, request, extra_context=None):
        """The front page: the panels of the apps, and then what there is to open."""
        return super().index(request, {"panels": panels_for(request), **(extra_context or {})})

    def get_app_list(self, request, app_label=None) -> list[dict]:
        """The apps and their models; a low `menu_order` on an app's config or a model's admin puts it first."""
        apps = super().get_app_list(request, app_label)
        apps.sort(key=lambda app: getattr(app_configs.get_app_config(app["app_label"]), "menu_order", 100))
        for app in apps:
            app["models"].sort(key=lambda model: getattr(self._registry.get(model["model"]), "menu_order", 100))
        return apps


class ReadOnlyAdmin(admin.ModelAdmin):
    """Frozen rows: anyone who may view them may look, nobody may add, change or delete."""

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
