"""The company itself, on one page."""

from django import forms
from django.contrib import admin
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy

from processing.admin.base import GovernedAdmin, RowsInline
from processing.admin.forms import GovernedForm
from processing.models import Controller, JointController, ReviewRoutine


class JointControllerInline(RowsInline):
    model = JointController
    fields = [("name", "status"), ("contact", "arrangement")]
    add_text = gettext_lazy("Legg til en virksomhet")


class RoutineForm(forms.ModelForm):
    class Meta:
        model = ReviewRoutine
        fields = ["code", "description", "every_months"]
        help_texts = {"code": gettext_lazy("Fast kort navn, brukt i eksport. Små bokstaver og bindestrek.")}


class RoutineInline(RowsInline):
    model = ReviewRoutine
    form = RoutineForm
    fields = ["description", ("every_months", "code")]
    add_text = gettext_lazy("Legg til en rutine")


class ControllerForm(GovernedForm):
    row_words = gettext_lazy("siden om virksomheten")


@admin.register(Controller)
class ControllerAdmin(GovernedAdmin):
    """One row: the list leads straight to it."""

    form = ControllerForm
    menu_order = 5
    inlines = [JointControllerInline, RoutineInline]
    fieldsets = [
        (
            gettext_lazy("Behandlingsansvarlig"),
            {
                "description": gettext_lazy("Virksomheten som har ansvaret. Art. 30 nr. 1 a."),
                "fields": [
                    "legal_name",
                    "org_no",
                    "trading_name",
                    "named_as_controller",
                    "street",
                    "postcode",
                    "city",
                    "country",
                ],
            },
        ),
        (
            gettext_lazy("Kontakt"),
            {
                "description": gettext_lazy("Slik når folk virksomheten. Art. 13 nr. 1 a."),
                "fields": [
                    "contact_person",
                    "contact_role",
                    "email",
                    "phone",
                    "website",
                    "cookie_page",
                    "supervisory_authority",
                    "answer_within_days",
                ],
            },
        ),
        (
            gettext_lazy("Personvernombud og representant"),
            {
                "description": gettext_lazy("Art. 27, 37 og 30 nr. 1 a."),
                "fields": ["has_dpo", "dpo_name", "dpo_contact", "has_representative", "representative"],
            },
        ),
        (
            gettext_lazy("Det virksomheten sier om alt den gjør"),
            {
                "description": gettext_lazy("Står i erklæringen når det er oppgitt. Tomt betyr ikke nei."),
                "fields": [
                    "professional_secrecy",
                    "sells_data",
                    "agreements_with_processors",
                    "transfers_documented_on_request",
                    "automated_decisions",
                    "profiling",
                    "processor_for_others",
                    "processor_statement_on",
                ],
            },
        ),
    ]

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
