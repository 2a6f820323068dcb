"""The company itself, on one page."""

from django import forms
from django.contrib import admin
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy

from processing.admin.base import RowsInline
from processing.admin.forms import GovernedForm
from processing.admin.parts import Part, PartsAdmin
from processing.models import Controller, JointController, ReviewRoutine


class JointControllerInline(RowsInline):
    model = JointController
    about = "joint_controllers"
    fields = [("name", "status"), ("contact", "arrangement")]
    add_text = gettext_lazy("Legg til en virksomhet")


class RoutineForm(forms.ModelForm):
    class Meta:
        model = ReviewRoutine
        fields = ["code", "description", "every_months"]
        help_texts = {"code": gettext_lazy("Fast kort navn, brukt i eksport. Små bokstaver og bindestrek.")}


class RoutineInline(RowsInline):
    model = ReviewRoutine
    about = "review_routines"
    form = RoutineForm
    fields = ["description", ("every_months", "code")]
    add_text = gettext_lazy("Legg til en rutine")


class ControllerForm(GovernedForm):
    row_words = gettext_lazy("siden om virksomheten")


PARTS = (
    Part(
        gettext_lazy("Behandlingsansvarlig"),
        gettext_lazy("Virksomheten som har ansvaret. Art. 30 nr. 1 a."),
        (
            "legal_name",
            "org_no",
            "trading_name",
            "named_as_controller",
            "street",
            "postcode",
            "city",
            "country",
        ),
    ),
    Part(
        gettext_lazy("Kontakt"),
        gettext_lazy("Slik når folk virksomheten. Art. 13 nr. 1 a."),
        (
            "contact_person",
            "contact_role",
            "email",
            "phone",
            "website",
            "cookie_page",
            "supervisory_authority",
            "answer_within_days",
        ),
    ),
    Part(
        gettext_lazy("Felles ansvar"),
        gettext_lazy("Virksomheter som bestemmer sammen med dere. Art. 26."),
        inlines=(JointControllerInline,),
    ),
    Part(
        gettext_lazy("Personvernombud og representant"),
        gettext_lazy("Art. 27, 37 og 30 nr. 1 a."),
        ("has_dpo", "dpo_name", "dpo_contact", "has_representative", "representative"),
    ),
    Part(
        gettext_lazy("Det virksomheten sier om alt den gjør"),
        gettext_lazy("Står i erklæringen når det er oppgitt. Tomt betyr ikke nei."),
        (
            "professional_secrecy",
            "sells_data",
            "agreements_with_processors",
            "transfers_documented_on_request",
            "automated_decisions",
            "profiling",
            "processor_for_others",
            "processor_statement_on",
        ),
    ),
    Part(
        gettext_lazy("Gjennomgang og publisering"),
        gettext_lazy("Når registeret blir lest gjennom, og hvem som publiserer. Art. 5 nr. 2 og 24 nr. 1."),
        ("publishing_rule",),
        inlines=(RoutineInline,),
    ),
    Part(
        gettext_lazy("Hvor lenge dere har sakene"),
        gettext_lazy(
            "Ingen lov sier hvor lenge. Dere bestemmer, og programmet sletter etter det som står her når dagen kommer, "
            "også i saker som er lukket før. Art. 5 nr. 1 e."
        ),
        ("case_content_days", "case_withdrawn_days", "case_answers_months", "case_line_years"),
    ),
)


@admin.register(Controller)
class ControllerAdmin(PartsAdmin):
    """One row: the list leads straight to it."""

    form = ControllerForm
    parts = PARTS
    top_heading = gettext_lazy("Andre steder i registeret")
    menu_order = 5

    def changelist_view(self, request, extra_context=None):
        company = Controller.objects.first()
        if company is not None and self.has_view_or_change_permission(request, company):
            return HttpResponseRedirect(reverse("admin:processing_controller_change", args=[company.pk]))
        return super().changelist_view(request, extra_context)

    def has_add_permission(self, request) -> bool:
        return super().has_add_permission(request) and not Controller.objects.exists()

    def has_delete_permission(self, request, obj=None) -> bool:
        """False for everyone: a register without a controller is no register."""
        return False
