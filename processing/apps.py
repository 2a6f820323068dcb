from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProcessingConfig(AppConfig):
    name = "processing"
    verbose_name = _("Register")
    menu_order = 20

    def ready(self) -> None:

        from mktnorge.access import register_permissions
        from mktnorge.chains import register_chain
        from mktnorge.evidence import watch
        from mktnorge.jobs import register_job
        from mktnorge.startup import register_step
        from mktnorge.sweeps import register_sweep
        from processing.access import GRANTS
        from processing.models import Confirmation, NoticeFile, NoticeVersion, RegisterExport
        from processing.models.governed import hold_register_still
        from processing.register import history_models, name_of_history
        from processing.services.export_jobs import make_next_export, remove_old_files
        from processing.services.notice_files import keep_missing_pdfs
        from processing.services.verifying import verify_exports, verify_publications
        from processing.startup import load_company_register, publish_first_notice
        from processing.sweeps import open_reviews

        register_permissions(GRANTS)
        watch(NoticeVersion, NoticeFile, RegisterExport, Confirmation, hold=hold_register_still)
        watch(*history_models(), hold=hold_register_still, name=name_of_history)
        register_chain("exports", verify_exports)
        register_chain("publications", verify_publications)
        register_job("exports", make_next_export)
        register_sweep("export_files", remove_old_files, every=timedelta(hours=6))
        register_step(40, load_company_register)
        register_step(50, publish_first_notice)
        register_sweep("notice_files", keep_missing_pdfs, every=timedelta(minutes=1))
        register_sweep("reviews", open_reviews, every=timedelta(days=1))
