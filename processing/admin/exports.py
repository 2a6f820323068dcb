from django.contrib import admin
from django.http import HttpRequest

from mktnorge.admin_site import ReadOnlyAdmin
from processing.models import RegisterExport


@admin.register(RegisterExport)
class RegisterExportAdmin(ReadOnlyAdmin):
    """The documents that have been issued, for looking. A new one is made on the page «Last ned registeret»."""

    list_display = ["document_id", "format", "as_of", "exported_at", "exported_by", "activity_count", "finding_count"]
    list_filter = ["format"]
    list_select_related = ["exported_by"]
    search_fields = ["document_id"]
    ordering = ["-exported_at", "-pk"]
    change_list_template = "admin/processing/registerexport_list.html"

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, object] | None = None):
        may_export = request.user.has_perm("processing.add_registerexport")
        return super().changelist_view(request, {"may_export": may_export, **(extra_context or {})})
