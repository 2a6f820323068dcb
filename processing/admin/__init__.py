"""Admin of the register: importing its modules registers them."""

from django.contrib import admin

from mktnorge.frontpage import register_panel
from processing.admin import (
    activities,
    annotations,
    assessments,
    controllers,
    due,
    exports,
    notices,
    parties,
    vocabulary,
)
from processing.admin.frontpage import summary
from processing.admin.pages import register_pages

admin.site.add_pages(register_pages)
register_panel(20, summary)

__all__ = [
    "activities",
    "annotations",
    "assessments",
    "controllers",
    "due",
    "exports",
    "notices",
    "parties",
    "vocabulary",
]
