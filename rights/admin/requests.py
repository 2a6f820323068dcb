"""The cases, by what is due first. Nothing is changed here: each step of a case is a service with a page of its own."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mktnorge.admin_site import ReadOnlyAdmin
from mktnorge.templatetags.look import badge
from mktnorge.templatetags.norwegian import joined, moment, weekday
from rights.clocks import SOON_DAYS, desk_clock
from rights.law.deadlines import explain, local_date
from rights.law.terms import CopyScope
from rights.models import DangerContact, RequestPoint, RightsRequest
from rights.workflow import RequestStatus

ALL = "alle"


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


class StatusFilter(admin.SimpleListFilter):
    """Shows the open cases until another choice is made: what is answered is not what the day is about."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(ALL, _("Alle")), *((status.value, gettext(status.label)) for status in RequestStatus)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[RightsRequest]) -> QuerySet[RightsRequest]:
        if self.value() is None:
            return queryset.open()
        if self.value() == ALL:
            return queryset
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
    list_display = ["case_number", "due", "asked_for", "status", "received_on"]
    list_filter = [DueFilter, StatusFilter]
    search_fields = ["case_number"]
    search_help_text = _("Søk på saksnummer. Navn og tekst er kryptert og kan ikke søkes i.")
    ordering = ["staff_on", "received_at", "pk"]
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER
    actions = None
    empty_value_display = _("ikke oppgitt")
    fieldsets = [
        (
            _("Saken"),
            {"fields": ["danger", "case_number", "status", "asked_for", "received", "channel", "activity_number"]},
        ),
        (_("Frister"), {"fields": ["due", "staff_day", "promise", "law_day", "explanation"]}),
        (_("Slik når vi personen"), {"fields": ["name", "behalf", "contact_way", "email", "address", "care"]}),
        (_("Det personen ber om"), {"fields": ["copy_wish", "points", "consents_withdrawn", "file_to", "message"]}),
        (_("Logg"), {"fields": ["log"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[RightsRequest]:
        cases = super().get_queryset(request).prefetch_related("requested_rights")
        is_list = request.resolver_match is not None and str(request.resolver_match.url_name).endswith("_changelist")
        return cases.without_personal_text() if is_list else cases

    def get_fieldsets(self, request: HttpRequest, obj: RightsRequest | None = None) -> list[tuple[Any, dict[str, Any]]]:
        """Leave out the address that was not asked for, and the activity that was not named."""
        asked_for = {
            "email": "email",
            "address": "address",
            "activity_number": "activity_number",
            "file_to": "file_to",
            "danger": "speaks_of_danger",
        }
        unasked = {name for name, column in asked_for.items() if obj and not getattr(obj, column)}
        return [
            (title, {**options, "fields": [name for name in options["fields"] if name not in unasked]})
            for title, options in super().get_fieldsets(request, obj)
        ]

    @admin.display(description=_("gjelder"))
    def asked_for(self, case: RightsRequest) -> SafeString:
        rights = [requested.get_right_display() for requested in case.requested_rights.all()]
        if case.unsure:
            rights.append(gettext("Ikke sikker"))
        first, *others = rights or [gettext("Ikke oppgitt")]
        asked = joined([first, *(f"{right[:1].lower()}{right[1:]}" for right in others)])
        flag = badge("error", gettext("Les nå"), "exclamation") if case.speaks_of_danger else ""
        return format_html('{} {}<br><span class="sub quiet">{}</span>', flag, asked, case.get_relation_display())

    @admin.display(description=_("les nå"))
    def danger(self, case: RightsRequest) -> SafeString:
        """What the search for words found (R-ID-10), and whether the company has named anybody to be told."""
        told = joined(DangerContact.objects.at_work()) or gettext("ikke oppgitt")
        return format_html(
            '{}<br><span class="sub quiet">{}</span>',
            badge("error", gettext("Teksten kan handle om akutt fare"), "exclamation"),
            gettext("Søket kan ta feil. Kontakt ved akutt fare: %(who)s.") % {"who": told},
        )

    @admin.display(description=_("på vegne av"))
    def behalf(self, case: RightsRequest) -> str:
        words = [case.get_on_behalf_display(), case.get_child_age_display()]
        return ", ".join(word for word in words if word) or gettext("ikke oppgitt")

    @admin.display(description=_("kopi"))
    def copy_wish(self, case: RightsRequest) -> str:
        years = "–".join(str(year) if year else "" for year in (case.from_year, case.to_year))
        wishes = [
            case.get_copy_first_display(),
            joined(gettext(CopyScope(code).label) for code in case.scope),
            years.strip("–") and years,
            case.explain_words and gettext("vanskelige ord forklart"),
            case.go_through and gettext("gå gjennom sammen"),
        ]
        return "; ".join(wish for wish in wishes if wish) or gettext("Ingen ønsker.")

    @admin.display(description=_("punkter"))
    def points(self, case: RightsRequest) -> str:
        """The points, numbered as the person saw them, under the right they are about."""
        rows = RequestPoint.objects.filter(requested_right__request=case).select_related("requested_right")
        lines = (
            (str(point.requested_right), point.number, point.text)
            for point in rows.order_by("requested_right_id", "number")
        )
        return format_html_join(mark_safe("<br>"), "{} {}: {}", lines) or gettext("Ingen punkter.")

    @admin.display(description=_("trekker samtykke"))
    def consents_withdrawn(self, case: RightsRequest) -> str:
        if case.all_consents:
            return gettext("Alle samtykker")
        return joined(case.consents) or gettext("Ingen nevnt")

    @admin.display(description=_("frist"), ordering="staff_on")
    def due(self, case: RightsRequest) -> SafeString:
        clock = desk_clock(case, on=today())
        law = gettext("lovens dag %(day)s") % {"day": format_date(case.statutory_on, "j. N")}
        return format_html('{}<br><span class="sub quiet">{}</span>', badge(clock.kind, clock.words, "clock"), law)

    @admin.display(description=_("mottatt"))
    def received(self, case: RightsRequest) -> str:
        return moment(case.received_at)

    @admin.display(description=_("siste virkedag å svare"))
    def staff_day(self, case: RightsRequest) -> str:
        return weekday(case.staff_on)

    @admin.display(description=_("lovens siste dag"))
    def law_day(self, case: RightsRequest) -> str:
        return weekday(case.statutory_on)

    @admin.display(description=_("personen ser"))
    def promise(self, case: RightsRequest) -> str:
        return weekday(case.client_on)

    @admin.display(description=_("slik er fristen regnet"))
    def explanation(self, case: RightsRequest) -> SafeString:
        steps = ((step.sentence, str(step.source)) for step in explain(case.deadline))
        return format_html(
            '<ol class="steps">{}</ol>', format_html_join("", '<li>{} <span class="sub quiet">{}</span></li>', steps)
        )

    @admin.display(description=_("vær forsiktig"))
    def care(self, case: RightsRequest) -> str:
        wishes = [
            (case.no_voicemail, gettext("Ikke legg igjen beskjed på telefon.")),
            (case.neutral_envelope, gettext("Bruk konvolutt uten navnet vårt.")),
        ]
        return " ".join(sentence for wished, sentence in wishes if wished) or gettext("Ingen ønsker.")

    @admin.display(description=_("hendelser"))
    def log(self, case: RightsRequest) -> SafeString:
        events = case.events.select_related("by").order_by("at", "pk")
        lines = (
            (moment(event.at), str(event), gettext("av %(name)s") % {"name": event.by} if event.by else "")
            for event in events
        )
        return format_html_join(mark_safe("<br>"), "{} – {} {}", lines)
