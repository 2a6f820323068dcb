"""The change page of an activity, in the order of Art. 30(1), and the list of activities."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import admin
from django.contrib.admin.helpers import AdminForm, Fieldline, InlineAdminFormSet
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Exists, Field, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mktnorge.templatetags.look import badge
from processing.admin.base import GovernedAdmin, RowsInline, TableInline
from processing.admin.forms import GovernedForm
from processing.law.bases import LegalBasis
from processing.law.completeness import missing_particulars
from processing.law.facts import ActivityStatus, Fact
from processing.law.regimes import LegalRegime
from processing.models import (
    Activity,
    ActivityData,
    Collection,
    Controller,
    DataCategory,
    DataSource,
    Disclosure,
    JointController,
    LegalGround,
    Party,
    Proposal,
    Purpose,
    Remark,
    RetentionRule,
    Safeguard,
    SpecialGround,
    Statement,
    SubjectCategory,
    SystemUse,
    Transfer,
)
from processing.register import last_edits, register_as_of

UNCONFIRMED = gettext_lazy("Ikke bekreftet")


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
    fields = [("party", "country"), ("tool", "documentation"), "note"]
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


class StatementInline(TableInline):
    model = Statement
    about = "statements"
    fields = ["topic", "text"]
    add_text = gettext_lazy("Legg til et utsagn")


@dataclass(frozen=True)
class Part:
    """A part of the page: fields of the activity and the rows that belong with them."""

    heading: str
    description: str
    fields: tuple = ()
    inlines: tuple[type[RowsInline], ...] = ()


PARTS = (
    Part(
        gettext_lazy("Aktiviteten"),
        gettext_lazy("Hva vi kaller den, og om den er i bruk."),
        (("number", "code"), "name", "status", ("valid_from", "valid_to"), "description"),
    ),
    Part(
        gettext_lazy("Ansvar"),
        gettext_lazy("Hvem som svarer for aktiviteten hos oss. Virksomheten selv står på siden «Virksomheten»."),
        ("owner",),
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
        (TransferInline,),
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
        (LegalGroundInline, SpecialGroundInline),
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
        gettext_lazy("Vurderinger"),
        gettext_lazy("Konsekvenser og avgjørelser. Tillegg til art. 30. Art. 22 og 35."),
        ("dpia_needed", "dpia_note", "automated_decisions", "automated_decisions_note"),
    ),
    Part(
        gettext_lazy("Vises til publikum"),
        gettext_lazy("Det samme med klientens ord. Brukes i erklæringen. Art. 12 nr. 1."),
        ("public_name", "public_description", "public_access"),
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


@dataclass(frozen=True)
class Note:
    """A proposal or a remark, read-only beside the field it is about."""

    kind: str
    heading: str
    text: str
    reason: str = ""
    gap: str = ""
    url: str = ""


@dataclass(frozen=True)
class ShownPart:
    """A part with what it shows: lines of fields and groups of rows, each with the notes in its margin."""

    part: Part
    anchor: str
    lines: list[tuple[Fieldline, list[Note]]]
    groups: list[tuple[InlineAdminFormSet, list[Note]]]

    @property
    def shows_group_headings(self) -> bool:
        """True when the heading of the part does not already say what its rows are."""
        return len(self.groups) > 1 or bool(self.lines)


class ActivityForm(GovernedForm):
    row_words = gettext_lazy("denne aktiviteten")


class StatedFilter(admin.ChoicesFieldListFilter):
    """The choices of a field, with «not stated» as one of them."""

    blank_words = UNCONFIRMED

    def choices(self, changelist):
        yield from super().choices(changelist)
        yield {
            "selected": self.lookup_val == [""],
            "query_string": changelist.get_query_string({self.lookup_kwarg: ""}, [self.lookup_kwarg_isnull]),
            "display": self.blank_words,
        }


class BasisFilter(admin.SimpleListFilter):
    title = gettext_lazy("grunnlag")
    parameter_name = "grunnlag"

    def lookups(self, request, model_admin):
        return LegalBasis.choices()

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        return queryset.filter(Exists(LegalGround.objects.filter(activity=OuterRef("pk"), basis=self.value())))


class BlankFilter(admin.SimpleListFilter):
    title = gettext_lazy("ikke oppgitt")
    parameter_name = "mangler"
    rows = {
        "formal": (gettext_lazy("Formål"), Purpose),
        "grunnlag": (gettext_lazy("Grunnlag"), LegalGround),
        "opplysninger": (gettext_lazy("Opplysninger"), ActivityData),
        "mottakere": (gettext_lazy("Mottakere"), Disclosure),
        "lagring": (gettext_lazy("Lagringstid"), RetentionRule),
        "kilder": (gettext_lazy("Kilder"), DataSource),
    }
    fields = {
        "ansvarlig": (gettext_lazy("Ansvarlig internt"), {"owner": ""}),
        "plikt": (gettext_lazy("Om personen må gi dem"), {"provision_required": Fact.NOT_STATED.value}),
        "dpia": (gettext_lazy("Om DPIA trengs"), {"dpia_needed": Fact.NOT_STATED.value}),
    }

    def lookups(self, request, model_admin):
        return [(code, label) for code, (label, _what) in (self.rows | self.fields).items()]

    def queryset(self, request, queryset):
        if self.value() in self.rows:
            model = self.rows[self.value()][1]
            return queryset.exclude(Exists(model._default_manager.filter(activity=OuterRef("pk"))))
        if self.value() in self.fields:
            return queryset.filter(**self.fields[self.value()][1])
        return queryset


class ActivityList(ChangeList):
    """The list, with what each row shows that is not a column of its own, read for all rows at once."""

    def get_results(self, request):
        super().get_results(request)
        edited = last_edits(Activity)
        register = register_as_of(timezone.now())
        missing = {record.number: missing_particulars(record, register) for record in register.activities}
        for activity in self.result_list:
            activity.last_edited_at = edited.get(activity.pk)
            activity.missing = missing.get(activity.number, ())


@admin.register(Activity)
class ActivityAdmin(GovernedAdmin):
    form = ActivityForm
    menu_order = 10
    add_form_template = "admin/processing/activity/change_form.html"
    change_form_template = "admin/processing/activity/change_form.html"
    list_display = ["number", "title", "regime_words", "bases", "special", "state", "gaps", "last_edited"]
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
    prepopulated_fields = {"code": ["name"]}
    blank_words = {"regime": UNCONFIRMED}

    def get_changelist(self, request, **kwargs):
        return ActivityList

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        at_list = request.resolver_match and request.resolver_match.url_name.endswith("_changelist")
        return queryset.prefetch_related("legalground_set") if at_list else queryset

    def get_changeform_initial_data(self, request):
        numbers = [int(number[1:]) for number in Activity.objects.values_list("number", flat=True)]
        return {"number": f"A{max(numbers, default=0) + 1:02}"} | super().get_changeform_initial_data(request)

    def own_fieldsets(self, request, obj=None):
        return [
            (part.heading, {"fields": part.fields, "description": part.description})
            for part in (PARTS if obj else NEW_PARTS)
        ]

    def get_inlines(self, request, obj):
        return [inline for part in (PARTS if obj else NEW_PARTS) for inline in part.inlines]

    def has_delete_permission(self, request, obj=None) -> bool:
        """False for everyone: an activity is retired, with the date it ended."""
        return False

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        notes = notes_about(obj, may_change=self.has_change_permission(request, obj)) if obj else []
        context["parts"], context["notes"] = shown_parts(
            PARTS if obj else NEW_PARTS, context["adminform"], context["inline_admin_formsets"], notes
        )
        return super().render_change_form(request, context, add, change, form_url, obj)

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

    @admin.display(description=gettext_lazy("mangler"))
    def gaps(self, activity):
        """How much the activity does not state that the law asks for."""
        count = len(activity.missing)
        return badge("warn", str(count)) if count else badge("ok", _("Ingen"))

    @admin.display(description=gettext_lazy("sist endret"))
    def last_edited(self, activity):
        return activity.last_edited_at and timezone.localdate(activity.last_edited_at)


def notes_about(activity: Activity, *, may_change: bool) -> list[tuple[str, Note]]:
    """Return the proposals and remarks on the activity, each with the name of the field it is about. Three queries."""
    found = []
    proposals = list(Proposal.objects.filter(activity=activity).order_by("position", "pk"))
    put_in_words(proposals)
    for proposal in proposals:
        note = Note("proposal", _("Forslag"), proposal.words, proposal.reason, proposal.gap, _url(proposal, may_change))
        found.append((proposal.field, note))
    for remark in Remark.objects.filter(activity=activity).order_by("position", "pk"):
        note = Note("remark", remark.get_kind_display(), remark.text, "", remark.gap, _url(remark, may_change))
        found.append((remark.field, note))
    return found


def _url(row: Proposal | Remark, may_change: bool) -> str:
    return reverse(f"admin:processing_{row._meta.model_name}_change", args=[row.pk]) if may_change else ""


def shown_parts(
    parts: Iterable[Part], adminform: AdminForm, formsets: Iterable[InlineAdminFormSet], notes: list[tuple[str, Note]]
) -> tuple[list[ShownPart], list[tuple[str, Note]]]:
    """Return the page in its parts, each with its notes, and the notes that belong to no part of it.

    A note names a field of the activity, or a kind of rows by its name in `ActivityRecord`, or a column of them
    after a dot.
    """
    by_inline = {type(formset.opts): formset for formset in formsets}
    left = list(notes)

    def take(names: Iterable[str]) -> list[Note]:
        taken = [one for one in left if one[0].partition(".")[0] in names]
        left[:] = [one for one in left if one not in taken]
        return [note for _name, note in taken]

    shown = [
        ShownPart(
            part=part,
            anchor=f"del-{number}",
            lines=[(line, take(line.fields)) for line in fieldset],
            groups=[(by_inline[inline], take((inline.about,))) for inline in part.inlines if inline in by_inline],
        )
        for number, (part, fieldset) in enumerate(zip(parts, adminform, strict=False), start=1)
    ]
    return shown, [(field_words(name), note) for name, note in left]


ROWS = {inline.about: inline.model for part in PARTS for inline in part.inlines}
LISTS = {
    "activities": Activity,
    "parties": Party,
    "subject_categories": SubjectCategory,
    "data_categories": DataCategory,
    "joint_controllers": JointController,
    **ROWS,
}
"""The names that proposals and remarks use for rows, of an activity or of the whole register."""

CODE_COLUMNS = {"legal_grounds": "basis", "special_grounds": "condition", "sources": "kind", "transfers": "tool"}
"""The column a proposal means when it names the rows alone and its value is a code of the law."""


def field_of(name: str) -> Field | None:
    """Return the model field that a proposal or a remark names, or None when it names rows as a whole or nothing."""
    rows, _dot, column = name.partition(".")
    models = (LISTS[rows],) if rows in LISTS else (Activity, Controller)
    for model in models:
        try:
            found = model._meta.get_field(column or CODE_COLUMNS.get(rows, rows))
        except FieldDoesNotExist:
            continue
        if found.concrete:
            return found
    return None


def field_words(name: str) -> str:
    """Return what a person calls the field that a proposal or a remark names."""
    rows = LISTS.get(name.partition(".")[0])
    found = field_of(name)
    if rows is None:
        return capfirst(found.verbose_name) if found else name
    plural = capfirst(rows._meta.verbose_name_plural)
    return f"{plural}: {found.verbose_name}" if "." in name and found else plural


def put_in_words(proposals: Iterable[Proposal]) -> None:
    """Give each proposal `words`: its value as a person says it, where it is a code. One query."""
    proposals = list(proposals)
    codes = [proposal.value for proposal in proposals if proposal.field == "disclosures"]
    parties = {party.code: str(party) for party in Party.objects.filter(code__in=codes)}
    for proposal in proposals:
        found = field_of(proposal.field)
        names = dict(found.flatchoices) if found and found.choices else {}
        if proposal.field == "disclosures":
            names = parties
        proposal.words = str(names.get(proposal.value, proposal.value))
