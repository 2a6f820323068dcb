"""The words the register is written with: groups of people, categories of data, measures, situations."""

from django.contrib import admin
from django.db.models import Max
from django.utils.translation import gettext_lazy

from processing.admin.base import GovernedAdmin
from processing.models import CollectionSituation, DataCategory, Measure, SubjectCategory


class VocabularyAdmin(GovernedAdmin):
    """Rows with a code that stays. One that is in use cannot be deleted; its page says where it is used."""

    list_display = ["name", "code"]
    search_fields = ["name", "code"]
    ordering = ["position", "pk"]
    fixed_fields = ("code",)
    prepopulated_fields = {"code": ["name"]}

    def save_model(self, request, obj, form, change):
        if not change:
            last = self.model._default_manager.aggregate(last=Max("position"))["last"]
            obj.position = 0 if last is None else last + 1
        super().save_model(request, obj, form, change)


@admin.register(SubjectCategory)
class SubjectCategoryAdmin(VocabularyAdmin):
    menu_order = 40
    list_display = ["name", "listed_in_notice", "code"]
    list_filter = ["listed_in_notice"]
    fields = ["name", "code", "listed_in_notice"]


@admin.register(DataCategory)
class DataCategoryAdmin(VocabularyAdmin):
    menu_order = 41
    list_display = ["name", "public_name", "special_category", "code"]
    list_filter = ["special_category"]
    fields = ["name", "code", "public_name", "special_category"]
    search_fields = ["name", "public_name", "code"]
    blank_words = {"special_category": gettext_lazy("Ingen særlig kategori")}


@admin.register(Measure)
class MeasureAdmin(VocabularyAdmin):
    menu_order = 42
    list_display = ["name", "public_name", "general", "code"]
    list_filter = ["general"]
    fields = ["name", "code", "public_name", "general"]


@admin.register(CollectionSituation)
class CollectionSituationAdmin(VocabularyAdmin):
    menu_order = 43
    fields = ["name", "code"]
