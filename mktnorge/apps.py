from django.apps import AppConfig
from django.contrib.admin import apps as stock
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    default = True
    name = "mktnorge"
    verbose_name = _("Oppsett")


class SiteAdminConfig(stock.AdminConfig):
    default = False
    default_site = "mktnorge.admin_site.SiteAdmin"
