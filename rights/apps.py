from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RightsConfig(AppConfig):
    name = "rights"
    verbose_name = _("Saker")
    menu_order = 10

    def ready(self) -> None:
        from mktnorge.access import register_permissions
        from mktnorge.chains import register_chain
        from mktnorge.evidence import watch
        from mktnorge.figures import register_figures
        from mktnorge.startup import register_step
        from mktnorge.sweeps import register_sweep
        from rights.access import GRANTS
        from rights.models import BreachEvent, CaseListExport, ErasureProof
        from rights.services.breaches import verify_breaches
        from rights.services.drafts import erase_expired_drafts
        from rights.services.erasing import erase
        from rights.services.lost_codes import send_lost_codes
        from rights.services.proofs import verify_proofs
        from rights.services.reminders import remind
        from rights.startup import load_invented_cases
        from rights.statistics import case_figures

        register_permissions(GRANTS)
        register_step(60, load_invented_cases)
        register_figures(10, case_figures)
        # As often as the worker looks: somebody waits for the mail.
        register_sweep("lost codes", send_lost_codes, every=timedelta(seconds=1))
        register_sweep("drafts", erase_expired_drafts, every=timedelta(minutes=5))
        # Oftener than once a day, so that a day is never skipped. What has been sent is not sent again.
        register_sweep("reminders", remind, every=timedelta(hours=1))
        register_sweep("erasure", erase, every=timedelta(days=1))
        register_chain("breaches", verify_breaches)
        register_chain("erasure", verify_proofs)
        watch(ErasureProof, BreachEvent, CaseListExport)
