"""What was thought through and written down, beside what it is about: grounds, transfers and consequences."""

from django import forms
from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from processing.admin.annotations import OfCompanyAdmin
from processing.admin.base import RowsInline, TableInline
from processing.admin.forms import RowsFormSet
from processing.law.assessments import RiskCriterion
from processing.models import BalancingTest, ImpactAssessment, ScreeningAnswer, TransferAssessment

CONCLUDED = [("conclusion", "concluded_on"), ("owner", "next_review_on"), "reference"]
"""What every assessment ends with."""

NOT_CONCLUDED = gettext_lazy("Ikke konkludert")


class BalancingInline(RowsInline):
    model = BalancingTest
    about = "balancing_tests"
    fields = ["purpose", "interest", "necessity", "balance", *CONCLUDED]
    own_rows = ("purpose",)
    blank_words = {"purpose": gettext_lazy("Hele aktiviteten"), "conclusion": NOT_CONCLUDED}
    add_text = gettext_lazy("Legg til en interesseavveining")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("purpose")


class CriterionAsQuestion(forms.Widget):
    """Asks the question of a criterion that stands fixed in its row."""

    def render(self, name, value, attrs=None, renderer=None):
        criterion = RiskCriterion.of(value or "")
        return format_html(
            '<input type="hidden" name="{}" value="{}" id="{}"><span class="question">{}</span>',
            name,
            value or "",
            (attrs or {}).get("id", ""),
            _(criterion.plain) if criterion else "",
        )


class ScreeningFormSet(RowsFormSet):
    """All nine criteria, answered or not: a question nobody sees is a question nobody answers."""

    def __init__(self, *args, instance=None, **kwargs):
        answered = set()
        if instance is not None and instance.pk:
            answered = set(ScreeningAnswer.objects.filter(activity=instance).values_list("criterion", flat=True))
        waiting = [criterion for criterion in RiskCriterion if criterion.value not in answered]
        kwargs["initial"] = [{"criterion": criterion.value} for criterion in waiting]
        super().__init__(*args, instance=instance, **kwargs)
        self.extra = len(waiting)


class ScreeningInline(TableInline):
    model = ScreeningAnswer
    about = "screening"
    formset = ScreeningFormSet
    needs_width = True
    max_num = len(RiskCriterion)
    fields = ["criterion", "answer", "note"]
    blank_words = {"answer": gettext_lazy("Ikke besvart")}
    add_text = gettext_lazy("Legg til et svar")

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "criterion":
            kwargs["widget"] = CriterionAsQuestion()
        return super().formfield_for_choice_field(db_field, request, **kwargs)


class ImpactInline(RowsInline):
    model = ImpactAssessment
    about = "impact_assessments"
    fields = [
        "covers",
        ("description", "necessity"),
        ("risks", "measures"),
        "advice",
        ("conclusion", "concluded_on"),
        ("consulted_on", "next_review_on"),
        ("owner", "reference"),
    ]
    blank_words = {"conclusion": NOT_CONCLUDED}
    add_text = gettext_lazy("Legg til en vurdering av konsekvenser")


class TransferAssessmentInline(RowsInline):
    model = TransferAssessment
    about = "transfer_assessments"
    fields = [("party", "country"), ("law_and_practice", "measures"), *CONCLUDED]
    blank_words = {"party": gettext_lazy("Alle i landet"), "conclusion": NOT_CONCLUDED}
    add_text = gettext_lazy("Legg til en vurdering av landet")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("party")


@admin.register(TransferAssessment)
class TransferAssessmentAdmin(OfCompanyAdmin):
    """Assessments that count for every activity. One that counts for a single activity stands on its page."""

    menu_order = 61
    list_display = ["country", "party", "conclusion", "concluded_on", "next_review_on", "owner"]
    list_select_related = ["party"]
    list_filter = ["conclusion", "country"]
    blank_words = {"party": gettext_lazy("Alle i landet"), "conclusion": NOT_CONCLUDED}
    fieldsets = [
        (
            gettext_lazy("Hva den gjelder"),
            {
                "description": gettext_lazy("Ett land, og en mottaker der når det bare er én. Art. 46 nr. 1."),
                "fields": ["party", "country", "law_and_practice", "measures"],
            },
        ),
        (
            gettext_lazy("Konklusjonen"),
            {
                "description": gettext_lazy("Om opplysningene er godt nok vernet der. Art. 44 og 46."),
                "fields": ["conclusion", "concluded_on", "owner", "next_review_on", "reference"],
            },
        ),
    ]
