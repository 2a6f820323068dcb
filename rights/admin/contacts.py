"""Who is told at once when a text may be about acute danger. The leader names them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from rights.models import DangerContact


@admin.register(DangerContact)
class DangerContactAdmin(admin.ModelAdmin):
    list_display = ["person"]
    list_select_related = ["person"]
    fields = ["person"]
    actions = None

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A contact is added or taken away: there is nothing in it to change."""
        return False
