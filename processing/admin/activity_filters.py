"""How the list of activities is narrowed: by what is stated, and by what is not."""

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy

from processing.law.bases import LegalBasis
from processing.law.facts import Fact
from processing.models import (
    ActivityData,
    DataSource,
    Disclosure,
    LegalGround,
    Purpose,
    RetentionRule,
)

UNCONFIRMED = gettext_lazy("Ikke bekreftet")


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
