"""Who receives data, and the systems it lies in."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from processing.admin.vocabulary import VocabularyAdmin
from processing.models import Party, System


@admin.register(Party)
class PartyAdmin(VocabularyAdmin):
    menu_order = 20
    list_display = ["service", "name", "role", "country", "has_agreement", "agreement_on", "agreement_review_on"]
    list_filter = ["role", "has_agreement", "country"]
    search_fields = ["service", "public_service", "name", "code"]
    search_help_text = gettext_lazy("Søk i tjeneste, navn og kode.")
    prepopulated_fields = {"code": ["service"]}
    fieldsets = [
        (
            gettext_lazy("Mottakeren"),
            {
                "description": gettext_lazy("Hvem det er, og hva de gjør. Art. 30 nr. 1 d."),
                "fields": ["service", "code", "role", "name", "org_no", "country"],
            },
        ),
        (
            gettext_lazy("Databehandleravtale"),
            {
                "description": gettext_lazy("Bare for databehandlere. Den som gjelder nå. Art. 28 nr. 3."),
                "fields": [
                    "has_agreement",
                    "agreement_on",
                    "agreement_reference",
                    "agreement_owner",
                    "agreement_contents",
                    "agreement_sub_processors",
                    "agreement_review_on",
                ],
            },
        ),
        (
            gettext_lazy("Vises til publikum"),
            {"description": gettext_lazy("Brukes i erklæringen. Art. 12 nr. 1."), "fields": ["public_service"]},
        ),
    ]


@admin.register(System)
class SystemAdmin(VocabularyAdmin):
    menu_order = 30
    list_display = ["name", "party", "code"]
    list_select_related = ["party"]
    fields = ["name", "code", "party"]
