"""The cases, by what is due first, each with its next step."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mktnorge.admin_site import ReadOnlyAdmin
from mktnorge.templatetags.look import badge
from mktnorge.templatetags.norwegian import joined
from rights.admin.case import case_page, letter_page, show_person_page, step_page, tick_page
from rights.admin.putting_away import CHANGE, put_away, put_away_page
from rights.admin.registering import ADD, handed_over, receipt_page, register_page, registered_page
from rights.admin.whereabouts import whereabouts_page
from rights.clocks import SOON_DAYS, desk_clock
from rights.desk import next_step
from rights.law.deadlines import local_date
from rights.models import RightsRequest
from rights.services.steps import facts_of_listed, with_facts
from rights.workflow import RequestStatus

ALL = "alle"
COMPLAINED = "klage"


def today() -> date:
    return local_date(timezone.now())


class DueFilter(admin.SimpleListFilter):
    title = _("frist")
    parameter_name = "frist"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("forfalt", _("Forfalt")), ("uke", _("Innen 7 dager"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[RightsRequest]) -> QuerySet[RightsRequest]:
        if self.value() == "forfalt":
            return queryset.overdue(today())
        if self.value() == "uke":
            return queryset.answer_due_by(today() + timedelta(days=SOON_DAYS))
        return queryset


class OwnerFilter(admin.SimpleListFilter):
    title = _("ansvarlig")
    parameter_name = "ansvarlig"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("meg", _("Mine")), ("ingen", _("Uten ansvarlig"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[RightsRequest]) -> QuerySet[RightsRequest]:
        if self.value() == "meg":
            return queryset.filter(owner=request.user)
        if self.value() == "ingen":
            return queryset.filter(owner=None)
        return queryset


class StatusFilter(admin.SimpleListFilter):
    """Shows the open cases until another choice is made: what is answered is not what the day is about."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            (ALL, _("Alle")),
            (COMPLAINED, _("Med klage")),
            *((status.value, gettext(status.label)) for status in RequestStatus),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[RightsRequest]) -> QuerySet[RightsRequest]:
        if self.value() is None:
            return queryset.open()
        if self.value() == ALL:
            return queryset
        if self.value() == COMPLAINED:
            return queryset.exclude(complaint_stage="")
        # Only words we know reach the database: one of them refuses some that an address can hold.
        return queryset.filter(status__in={status.value for status in RequestStatus} & {self.value()})

    def choices(self, changelist: ChangeList) -> Iterator[dict[str, Any]]:
        # The stock filter calls its first choice «Alle»; here it is the open cases.
        yield {
            "selected": self.value() is None,
            "query_string": changelist.get_query_string(remove=[self.parameter_name]),
            "display": _("Åpne"),
        }
        for value, title in self.lookup_choices:
            yield {
                "selected": self.value() == value,
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": title,
            }


@admin.register(RightsRequest)
class RightsRequestAdmin(ReadOnlyAdmin):
    change_list_template = "admin/rights/list.html"
    list_display = ["case_number", "next_step", "due", "asked_for", "responsible", "status", "received_on"]
    list_filter = [DueFilter, OwnerFilter, StatusFilter]
    search_fields = ["case_number"]
    search_help_text = _("Søk på saksnummer. Navn og tekst er kryptert og kan ikke søkes i.")
    ordering = ["staff_on", "received_at", "pk"]
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER
    actions = [put_away]
    empty_value_display = _("ikke oppgitt")

    def get_queryset(self, request: HttpRequest) -> QuerySet[RightsRequest]:
        return with_facts(super().get_queryset(request).without_personal_text())

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"may_register": request.user.has_perm(ADD), **(extra_context or {})})

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return super().get_actions(request) if request.user.has_perm(CHANGE) else {}

    def get_urls(self) -> list[URLPattern]:
        def page(route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
            return path(route, self.admin_site.admin_view(view), name=f"rights_rightsrequest_{name}")

        return [
            page("ny/", register_page, "register"),
            page("avslutt/", put_away_page, "put_away"),
            page("<int:pk>/kvittering/", registered_page, "registered"),
            page("<int:pk>/kvittering.pdf", receipt_page, "receipt"),
            page("<int:pk>/overlevert/", handed_over, "handed_over"),
            page("<int:pk>/change/", case_page, "change"),
            page("<int:pk>/person/", show_person_page, "person"),
            page("<int:pk>/steg/<str:action>/", step_page, "step"),
            page("<int:pk>/sjekkliste/<str:right>/", tick_page, "tick"),
            page("<int:pk>/hvor/", whereabouts_page, "whereabouts"),
            page("<int:pk>/brev/<int:letter>/", letter_page, "letter"),
            *super().get_urls(),
        ]

    @admin.display(description=_("gjelder"))
    def asked_for(self, case: RightsRequest) -> SafeString:
        rights = [requested.get_right_display() for requested in case.requested_rights.all()]
        if case.unsure:
            rights.append(gettext("Ikke sikker"))
        first, *others = rights or [gettext("Ikke oppgitt")]
        asked = joined([first, *(f"{right[:1].lower()}{right[1:]}" for right in others)])
        flag = badge("error", gettext("Les nå"), "exclamation") if case.speaks_of_danger else ""
        if case.call_wanted_at and case.state.is_open:
            flag = format_html("{} {}", flag, badge("warn", gettext("Vil bli ringt"), "exclamation"))
        return format_html('{} {}<br><span class="sub quiet">{}</span>', flag, asked, case.get_relation_display())

    @admin.display(description=_("frist"), ordering="staff_on")
    def due(self, case: RightsRequest) -> SafeString:
        clock = desk_clock(case, on=today())
        law = gettext("lovens dag %(day)s") % {"day": format_date(case.statutory_on, "j. N")}
        return format_html('{}<br><span class="sub quiet">{}</span>', badge(clock.kind, clock.words, "clock"), law)

    @admin.display(description=_("gjør nå"))
    def next_step(self, case: RightsRequest) -> str:
        action = next_step(facts_of_listed(case))
        return gettext(action.label) if action else gettext("Ingenting")

    @admin.display(description=_("ansvarlig"), ordering="owner__name")
    def responsible(self, case: RightsRequest) -> str:
        if case.owner is not None:
            return str(case.owner)
        return badge("error", gettext("Ingen")) if case.state.is_open else gettext("Ingen")
