from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RightsConfig(AppConfig):
    name = "rights"
    verbose_name = _("Saker")
    menu_order = 10

    def ready(self) -> None:
        from mktnorge.access import register_permissions
        from rights.access import GRANTS

        register_permissions(GRANTS)
