"""What stands beside the fields. Statements and transfers here are the company's; an activity has its on its page."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.utils.translation import gettext_lazy

from processing.admin.base import GovernedAdmin
from processing.admin.naming import field_words, put_in_words
from processing.models import Proposal, Remark, Statement, Transfer

COMPANY = gettext_lazy("Virksomheten generelt")


class OfCompanyAdmin(GovernedAdmin):
    """Rows without an activity."""

    ordering = ["position", "pk"]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(activity=None)


@admin.register(Statement)
class StatementAdmin(OfCompanyAdmin):
    menu_order = 60
    list_display = ["text", "topic"]
    list_filter = ["topic"]
    search_fields = ["text"]
    fields = ["topic", "text"]


@admin.register(Transfer)
class TransferAdmin(OfCompanyAdmin):
    menu_order = 61
    list_display = ["__str__", "party", "country", "documentation"]
    list_select_related = ["party"]
    list_filter = ["tool", "country"]
    fields = ["party", "country", "tool", "documentation", "checked_on", "note"]


class BesideAdmin(GovernedAdmin):
    """Rows beside a field, of an activity or of the company."""

    ordering = ["activity__number", "position", "pk"]
    list_select_related = ["activity"]
    blank_words = {"activity": COMPANY}

    @admin.display(description=gettext_lazy("aktivitet"), ordering="activity__number", empty_value=COMPANY)
    def where(self, row):
        return row.activity

    @admin.display(description=gettext_lazy("mangel"), ordering="gap", empty_value="–")
    def gap_number(self, row):
        return row.gap or None

    @admin.display(description=gettext_lazy("felt"), ordering="field")
    def field_words(self, row):
        return field_words(row.field)


class ProposalList(ChangeList):
    def get_results(self, request):
        super().get_results(request)
        put_in_words(self.result_list)


@admin.register(Proposal)
class ProposalAdmin(BesideAdmin):
    menu_order = 62
    list_display = ["value_words", "field_words", "where", "gap_number"]
    list_filter = ["gap", "activity"]
    search_fields = ["value", "field", "reason", "gap"]
    fields = ["activity", "field", "value", "reason", "gap"]

    def get_changelist(self, request, **kwargs):
        return ProposalList

    @admin.display(description=gettext_lazy("forslag"), ordering="value")
    def value_words(self, row):
        return row.words


@admin.register(Remark)
class RemarkAdmin(BesideAdmin):
    menu_order = 63
    list_display = ["text", "kind", "field_words", "where", "gap_number"]
    list_filter = ["kind", "gap", "activity"]
    search_fields = ["text", "field", "gap"]
    fields = ["activity", "field", "kind", "text", "gap"]
