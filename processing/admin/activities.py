"""The pages of activities in the admin: the list, and one activity."""

from django.contrib import admin
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mktnorge.templatetags.norwegian import day
from processing.admin.activity_filters import UNCONFIRMED, BasisFilter, BlankFilter, StatedFilter
from processing.admin.activity_list import ActivityColumns, ActivityList
from processing.admin.activity_parts import NEW_PARTS, PARTS
from processing.admin.forms import GovernedForm
from processing.admin.parts import PartsAdmin
from processing.admin.templates import templates_page
from processing.models import Activity, Review
from processing.notices.cards import CardComposer
from processing.notices.voices import BOKMAL


class ActivityForm(GovernedForm):
    row_words = gettext_lazy("denne aktiviteten")


@admin.register(Activity)
class ActivityAdmin(ActivityColumns, PartsAdmin):
    form = ActivityForm
    parts = PARTS
    new_parts = NEW_PARTS
    top_heading = gettext_lazy("Om hele aktiviteten")
    menu_order = 10
    list_display = [
        "number",
        "title",
        "regime_words",
        "bases",
        "special",
        "state",
        "findings",
        "reviewed",
    ]
    list_display_links = ["number", "title"]
    list_filter = [
        ("status", admin.ChoicesFieldListFilter),
        ("regime", StatedFilter),
        BasisFilter,
        "special_categories",
        "transfers_outside_eea",
        BlankFilter,
    ]
    search_fields = ["number", "name", "description", "purpose__description"]
    search_help_text = gettext_lazy("Søk i nummer, navn, beskrivelse og formål.")
    fixed_fields = ("number", "code")
    readonly_fields = ("reviews",)
    prepopulated_fields = {"code": ["name"]}
    blank_words = {"regime": UNCONFIRMED}

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(templates_page)
        return [path("maler/", page, name="processing_activity_templates"), *super().get_urls()]

    def get_changelist(self, request, **kwargs):
        return ActivityList

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        at_list = request.resolver_match and request.resolver_match.url_name.endswith("_changelist")
        return queryset.prefetch_related("legalground_set") if at_list else queryset

    def get_changeform_initial_data(self, request):
        return {"number": Activity.objects.next_number()} | super().get_changeform_initial_data(request)

    def has_delete_permission(self, request, obj=None) -> bool:
        """False for everyone: an activity is retired, with the date it ended."""
        return False

    def seen_from_outside(self, obj, register):
        """The card of the notice, composed from what is stored, whether or not the activity is in use."""
        record = next((one for one in register.activities if one.number == obj.number), None)
        if record is None or register.controller is None:
            return {}
        today = timezone.localdate(register.moment)
        return {
            "preview": CardComposer(register.controller, today, BOKMAL).card(record),
            "is_public": record.is_valid_on(today),
        }

    @admin.display(description=gettext_lazy("gått gjennom"))
    def reviews(self, activity):
        """When somebody last looked over all of it, with the way to the review that is open, or to all of them."""
        rows = Review.objects.filter(activity=activity).order_by("concluded_on")
        last = max((row.concluded_on for row in rows if row.concluded_on), default=None)
        waiting = next((row for row in rows if row.concluded_on is None), None)
        page = reverse("admin:processing_review", args=[waiting.pk]) if waiting else reverse("admin:processing_reviews")
        return format_html(
            '{} · <a href="{}">{}</a>',
            day(last) if last else _("Aldri"),
            page,
            _("Gå gjennom den nå") if waiting else _("Se gjennomgangene"),
        )
