"""The parts of the page of an activity, in the order of Art. 30(1), and the rows that belong to each."""

from django.utils.translation import gettext_lazy

from processing.admin.assessments import (
    BalancingInline,
    ImpactInline,
    ScreeningInline,
    TransferAssessmentInline,
)
from processing.admin.base import RowsInline, TableInline
from processing.admin.parts import Part
from processing.admin.translations import TranslationInline
from processing.models import (
    ActivityData,
    Collection,
    DataSource,
    Disclosure,
    LegalGround,
    Purpose,
    RetentionRule,
    Safeguard,
    SpecialGround,
    Statement,
    SystemUse,
    Tracker,
    Transfer,
)


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
