from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from mktnorge.admin_site import ReadOnlyAdmin
from processing.admin.drift import drift_words
from processing.admin.preview import draft_preview, drift_page, version_preview
from processing.admin.publishing import publish_page
from processing.models import NoticeVersion
from processing.register import register_as_of
from processing.services.drafts import drift_since


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
        "is_material",
        "material_reason",
        "who_is_told",
        "published_at",
        "publisher_name",
        "editors",
        "alone_reason",
        "is_demonstration",
        "public_page",
        "body_sha256",
        "register_moment",
        "register_sha256",
    ]
    readonly_fields = ["public_page", "editors"]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("publiser/", view(publish_page), name="processing_noticeversion_publish"),
            path("endringer/", view(drift_page), name="processing_noticeversion_drift"),
            path("utkast/", view(draft_preview), name="processing_noticeversion_preview"),
            path("<int:object_id>/lest/", view(version_preview), name="processing_noticeversion_read"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[NoticeVersion]:
        # The list shows neither text nor facts, and they are most of a row.
        return super().get_queryset(request).defer("facts", "body")

    @admin.display(description=_("åpne funn"))
    def open_findings(self, version: NoticeVersion) -> int:
        return len(version.findings)

    @admin.display(description=_("hvem har endret registeret"))
    def editors(self, version: NoticeVersion) -> str:
        return ", ".join(version.changed_by)

    @admin.display(description=_("slik ble den"))
    def public_page(self, version: NoticeVersion) -> SafeString:
        if version.in_force_from > timezone.localdate():
            address = reverse("admin:processing_noticeversion_read", args=[version.pk])
            return format_html('<a href="{}">{}</a>', address, _("Forhåndsvisning. Folk ser den ikke ennå."))
        address = version.get_absolute_url()
        return format_html('<a href="{}">{}</a>', address, address)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, object] | None = None):
        context: dict[str, object] = {"may_publish": request.user.has_perm("processing.add_noticeversion")}
        latest = NoticeVersion.objects.latest_first().first()
        if latest is not None:
            now = timezone.now()
            drift = drift_since(latest, register_as_of(now), on=timezone.localdate(now))
            context["drift"] = drift_words(drift) if drift else ""
        return super().changelist_view(request, context | (extra_context or {}))
