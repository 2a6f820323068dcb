from datetime import timedelta

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
        from mktnorge.chains import register_chain
        from mktnorge.evidence import sweep_new_rows, verify_links, watch
        from mktnorge.models import Viewing
        from mktnorge.roles import Role
        from mktnorge.signin.invitations import forget_old_invitations
        from mktnorge.signin.sessions import forget_expired_sessions
        from mktnorge.sweeps import register_sweep
        from mktnorge.throttling import forget_old_buckets

        # People are invited by command; a leader who could set passwords could become anybody.
        register_permissions(
            {Role.LEADER: ["mktnorge.view_user", "mktnorge.delete_staffsession", "mktnorge.view_viewing"]}
        )
        watch(Viewing)
        register_chain("rows", verify_links)
        register_sweep("evidence", sweep_new_rows, every=timedelta(minutes=1))
        register_sweep("sessions", forget_expired_sessions, every=timedelta(hours=1))
        register_sweep("invitations", forget_old_invitations, every=timedelta(days=1))
        register_sweep("buckets", forget_old_buckets, every=timedelta(hours=6))


class SiteAdminConfig(stock.AdminConfig):
    default = False
    default_site = "mktnorge.admin_site.SiteAdmin"
