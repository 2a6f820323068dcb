"""Admin of the register: importing its modules registers them."""

from django.contrib import admin

from processing.admin import activities, annotations, controllers, exports, notices, parties, vocabulary
from processing.admin.pages import register_pages

admin.site.add_pages(register_pages)

__all__ = ["activities", "annotations", "controllers", "exports", "notices", "parties", "vocabulary"]
