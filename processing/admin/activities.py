"""The change page of an activity, in the order of Art. 30(1), and the list of activities."""

from collections import Counter

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mktnorge.templatetags.look import badge
from mktnorge.templatetags.norwegian import day
from processing.admin.activity_filters import UNCONFIRMED, BasisFilter, BlankFilter, StatedFilter
from processing.admin.assessments import (
    BalancingInline,
    ImpactInline,
    ScreeningInline,
    TransferAssessmentInline,
)
from processing.admin.base import RowsInline, TableInline
from processing.admin.forms import GovernedForm
from processing.admin.margin import SIGNS, severity_words
from processing.admin.parts import Part, PartsAdmin
from processing.admin.templates import templates_page
from processing.admin.translations import TranslationInline
from processing.law.checks import check_register, is_judged
from processing.law.facts import ActivityStatus, Fact
from processing.law.findings import Severity
from processing.law.regimes import LegalRegime
from processing.law.reviews import is_review_due, review_months
from processing.models import (
    Activity,
    ActivityData,
    Collection,
    DataSource,
    Disclosure,
    LegalGround,
    Purpose,
    RetentionRule,
    Review,
    Safeguard,
    SpecialGround,
    Statement,
    SystemUse,
    Tracker,
    Transfer,
)
from processing.notices.cards import CardComposer
from processing.notices.voices import BOKMAL
from processing.register import last_edits, register_as_of


class PurposeInline(RowsInline):
    model = Purpose
    about = "purposes"
    fields = [("description", "public_description")]
    add_text = gettext_lazy("Legg til et formål")


class DataInline(TableInline):
    model = ActivityData
    about = "data"
    needs_width = True
    fields = ["category", "subject", "presence", "retention"]
    own_rows = ("retention",)
    blank_words = {"retention": gettext_lazy("Hele aktiviteten")}
    add_text = gettext_lazy("Legg til opplysninger")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("category", "subject", "retention")


class DisclosureInline(TableInline):
    model = Disclosure
    about = "disclosures"
    fields = ["party", "reason"]
    add_text = gettext_lazy("Legg til en mottaker")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("party")


class TransferInline(RowsInline):
    model = Transfer
    about = "transfers"
    fields = [("party", "country"), ("tool", "documentation"), ("checked_on", "note")]
    add_text = gettext_lazy("Legg til en overføring")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("party")


class RetentionInline(RowsInline):
    model = RetentionRule
    about = "retention"
    fields = ["covers", ("kind", "period", "unit"), ("trigger", "statute"), ("statement", "public_wording")]
    add_text = gettext_lazy("Legg til en lagringstid")


class SafeguardInline(TableInline):
    model = Safeguard
    about = "safeguards"
    fields = ["measure"]
    add_text = gettext_lazy("Legg til et tiltak")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("measure")


class LegalGroundInline(RowsInline):
    model = LegalGround
    about = "legal_grounds"
    fields = [
        ("basis", "purpose"),
        ("national_law", "scope"),
        ("legitimate_interest", "consent_withdrawal"),
    ]
    own_rows = ("purpose",)
    blank_words = {"purpose": gettext_lazy("Hele aktiviteten")}
    add_text = gettext_lazy("Legg til et grunnlag")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("purpose")


class SpecialGroundInline(RowsInline):
    model = SpecialGround
    about = "special_grounds"
    fields = [("condition", "purpose"), "national_law"]
    own_rows = ("purpose",)
    once = ("purpose", "condition")
    blank_words = {"purpose": gettext_lazy("Hele aktiviteten")}
    add_text = gettext_lazy("Legg til et vilkår")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("purpose")


class SourceInline(TableInline):
    model = DataSource
    about = "sources"
    fields = ["kind", "description"]
    add_text = gettext_lazy("Legg til en kilde")


class CollectionInline(TableInline):
    model = Collection
    about = "collection"
    fields = ["situation"]
    add_text = gettext_lazy("Legg til en situasjon")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("situation")


class SystemInline(TableInline):
    model = SystemUse
    about = "systems"
    fields = ["system"]
    add_text = gettext_lazy("Legg til et system")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("system")


class TrackerInline(RowsInline):
    model = Tracker
    about = "trackers"
    fields = [("name", "need"), ("party", "provider"), ("life", "life_unit"), "reason"]
    add_text = gettext_lazy("Legg til en kapsel eller sporing")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("party")


class StatementInline(TableInline):
    model = Statement
    about = "statements"
    fields = ["topic", "text"]
    add_text = gettext_lazy("Legg til et utsagn")


PARTS = (
    Part(
        gettext_lazy("Aktiviteten"),
        gettext_lazy("Hva vi kaller den, og om den er i bruk."),
        (("number", "code"), "name", "status", ("valid_from", "valid_to"), "description"),
    ),
    Part(
        gettext_lazy("Ansvar"),
        gettext_lazy("Hvem som svarer for aktiviteten hos oss. Virksomheten selv står på siden «Virksomheten»."),
        ("owner", "reviews"),
    ),
    Part(
        gettext_lazy("Formål"),
        gettext_lazy("Hvorfor dere bruker opplysningene. Art. 30 nr. 1 b."),
        inlines=(PurposeInline,),
    ),
    Part(
        gettext_lazy("Personer og opplysninger"),
        gettext_lazy("Hvem det gjelder, og hva dere har om dem. Ett slag om én gruppe i hver rad. Art. 30 nr. 1 c."),
        ("special_categories",),
        (DataInline,),
    ),
    Part(
        gettext_lazy("Mottakere"),
        gettext_lazy("Alle utenfor virksomheten som får opplysningene, også leverandører. Art. 30 nr. 1 d."),
        inlines=(DisclosureInline,),
    ),
    Part(
        gettext_lazy("Overføring"),
        gettext_lazy("Til land utenfor EØS, og hva som gjør det lovlig. Art. 30 nr. 1 e."),
        ("transfers_outside_eea",),
        (TransferInline, TransferAssessmentInline),
    ),
    Part(
        gettext_lazy("Lagring"),
        gettext_lazy("Hvor lenge, og hva som starter klokken. Art. 30 nr. 1 f."),
        inlines=(RetentionInline,),
    ),
    Part(
        gettext_lazy("Sikring"),
        gettext_lazy("Det som gjelder særlig her. Tiltak som gjelder alt, står for seg selv. Art. 30 nr. 1 g."),
        ("internal_access",),
        (SafeguardInline,),
    ),
    Part(
        gettext_lazy("Grunnlag"),
        gettext_lazy("Hvilken lov som gjelder, og hva som gjør bruken lovlig. Tillegg til art. 30. Art. 6 og 9."),
        ("regime",),
        (LegalGroundInline, SpecialGroundInline, BalancingInline),
    ),
    Part(
        gettext_lazy("Kilder"),
        gettext_lazy("Hvor opplysningene kommer fra, og når dere får dem. Tillegg til art. 30. Art. 13 og 14."),
        ("provision_required", "provision_consequence"),
        (SourceInline, CollectionInline),
    ),
    Part(
        gettext_lazy("Systemer"),
        gettext_lazy("Der opplysningene ligger. Tillegg til art. 30."),
        inlines=(SystemInline,),
    ),
    Part(
        gettext_lazy("Kapsler og sporing"),
        gettext_lazy("Det som legges eller leses på enheten til folk. Tillegg til art. 30. Ekomloven § 3-15."),
        inlines=(TrackerInline,),
    ),
    Part(
        gettext_lazy("Konsekvenser for personen"),
        gettext_lazy("Om det trengs en DPIA, og hva svaret bygger på. Tillegg til art. 30. Art. 35 og 36."),
        ("dpia_needed", "dpia_note", ("screening_owner", "screened_on", "screening_review_on")),
        (ScreeningInline, ImpactInline),
    ),
    Part(
        gettext_lazy("Automatiserte avgjørelser"),
        gettext_lazy("Når ingen mennesker er med på å avgjøre. Tillegg til art. 30. Art. 22."),
        ("automated_decisions", "automated_decisions_note"),
    ),
    Part(
        gettext_lazy("Vises til publikum"),
        gettext_lazy("Det samme med klientens ord. Brukes i erklæringen. Art. 12 nr. 1."),
        ("public_name", "public_description", "public_access"),
        (TranslationInline,),
    ),
    Part(
        gettext_lazy("Andre utsagn"),
        gettext_lazy("Det virksomheten sier, og som ikke har sitt eget felt."),
        inlines=(StatementInline,),
    ),
)
NEW_PARTS = (
    Part(
        PARTS[0].heading,
        gettext_lazy("Begynn her. Resten fyller du ut når aktiviteten er lagret."),
        ("number", "name", "code", "owner", "description"),
    ),
    PARTS[2],
)


class ActivityForm(GovernedForm):
    row_words = gettext_lazy("denne aktiviteten")


class ActivityList(ChangeList):
    """The list, with what each row shows that is not a column of its own, read for all rows at once."""

    def get_results(self, request):
        super().get_results(request)
        edited = last_edits(Activity)
        now = timezone.now()
        register, today = register_as_of(now), timezone.localdate(now)
        found: dict[str, Counter[Severity]] = {}
        for finding in check_register(register, law_on=today):
            found.setdefault(finding.subject, Counter())[finding.severity] += 1
        judged = {record.number: record for record in register.activities if is_judged(record, law_on=today)}
        reviewed = {record.number: record.last_reviewed_on for record in register.activities}
        months = review_months(register.controller)
        for activity in self.result_list:
            activity.last_edited_at = edited.get(activity.pk)
            activity.is_judged = activity.number in judged
            activity.found = found.get(activity.number, Counter())
            activity.last_reviewed_on = reviewed.get(activity.number)
            activity.needs_review = activity.is_judged and is_review_due(
                judged[activity.number], months=months, on=today
            )


@admin.register(Activity)
class ActivityAdmin(PartsAdmin):
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

    @admin.display(description=gettext_lazy("navn"), ordering="name")
    def title(self, activity):
        return activity.name

    @admin.display(description=gettext_lazy("regime"), ordering="regime")
    def regime_words(self, activity):
        regime = LegalRegime.of(activity.regime)
        return regime.label if regime else badge("error", UNCONFIRMED)

    @admin.display(description=gettext_lazy("grunnlag"))
    def bases(self, activity):
        stated = sorted({ground.basis for ground in activity.legalground_set.all()})
        return ", ".join(stated) or badge("quiet", _("Ikke oppgitt"))

    @admin.display(description=gettext_lazy("særlige kategorier"), ordering="special_categories")
    def special(self, activity):
        fact = Fact(activity.special_categories)
        return badge("quiet", fact.label) if fact is Fact.NOT_STATED else fact.label

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def state(self, activity):
        return ActivityStatus(activity.status).label

    @admin.display(description=gettext_lazy("funn"))
    def findings(self, activity):
        """How many findings there are of each kind, as on the page of the activity."""
        if not activity.is_judged:
            return badge("quiet", _("Blir ikke sjekket"))
        shown = [
            badge(SIGNS[severity], severity_words(severity, count), "info" if severity is Severity.INFO else "")
            for severity in Severity
            if (count := activity.found[severity])
        ]
        return format_html_join(" ", "{}", ((one,) for one in shown)) if shown else badge("ok", _("Ingen"))

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

    @admin.display(description=gettext_lazy("gjennomgang"))
    def reviewed(self, activity):
        """When somebody last looked over all of it, whether it is time again, and when it was last edited."""
        if activity.last_reviewed_on is None:
            words = _("Aldri gått gjennom")
        else:
            words = _("Gått gjennom {day}").format(day=day(activity.last_reviewed_on))
        shown = badge("warn", words) if activity.needs_review else words
        if activity.last_edited_at is None:
            return shown
        return format_html(
            '{}<span class="sub">{}</span>', shown, _("Endret {day}").format(day=day(activity.last_edited_at))
        )
