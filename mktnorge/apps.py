from django.apps import AppConfig
from django.contrib.admin import apps as stock
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    default = True
    name = "mktnorge"
    verbose_name = _("Oppsett")
    menu_order = 90

    def ready(self) -> None:
        from mktnorge import checks  # noqa: F401  registers the checks
        from mktnorge.access import register_permissions
        from mktnorge.roles import Role

        # People are invited by command; a leader who could set passwords could become anybody.
        register_permissions({Role.LEADER: ["mktnorge.view_user"]})


class SiteAdminConfig(stock.AdminConfig):
    default = False
    default_site = "mktnorge.admin_site.SiteAdmin"
