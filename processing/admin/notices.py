from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from mktnorge.admin_site import ReadOnlyAdmin
from processing.admin.publishing import publish_page
from processing.models import NoticeVersion


@admin.register(NoticeVersion)
class NoticeVersionAdmin(ReadOnlyAdmin):
    """The published versions, for looking. A new one is made on the page «Publiser»."""

    list_display = ["__str__", "in_force_from", "published_at", "publisher_name", "open_findings", "is_demonstration"]
    ordering = ["-number"]
    change_list_template = "admin/processing/noticeversion_list.html"
    fields = [
        "number",
        "in_force_from",
        "summary",
        "published_at",
        "publisher_name",
        "is_demonstration",
        "public_page",
        "body_sha256",
        "register_moment",
        "register_sha256",
    ]
    readonly_fields = ["public_page"]

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(publish_page)
        return [path("publiser/", page, name="processing_noticeversion_publish"), *super().get_urls()]

    @admin.display(description=_("åpne funn"))
    def open_findings(self, version: NoticeVersion) -> int:
        return len(version.findings)

    @admin.display(description=_("slik ble den"))
    def public_page(self, version: NoticeVersion) -> SafeString:
        address = version.get_absolute_url()
        return format_html('<a href="{}">{}</a>', address, address)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, object] | None = None):
        may_publish = request.user.has_perm("processing.add_noticeversion")
        return super().changelist_view(request, {"may_publish": may_publish, **(extra_context or {})})
