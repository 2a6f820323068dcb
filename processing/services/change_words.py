"""The words for what an import does to a row: what the row is called, and its fields before and after."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from processing.law.facts import Fact
from processing.law.records import RetentionRecord
from processing.models import Activity, Controller, Proposal, Remark, RetentionRule
from processing.services.columns import columns_of
from processing.services.import_plan import FieldChange, Values
from processing.services.loading import OF_ACTIVITY, VOCABULARY
from processing.services.matching import FOUND_BY


class ChangeWords:
    """Knows what the rows that others name are called when they are shown, once it has been told."""

    def __init__(self) -> None:
        self._titles: dict[tuple[type[models.Model], Any], str] = {}

    def call(self, model: type[models.Model], name: Any, title: str) -> None:
        """Show `title` for the row that is called `name` when two rows are compared."""
        self._titles[model, name] = title

    def fields(
        self, model: type[models.Model], names: Iterable[str], before: Values | None, after: Values | None
    ) -> tuple[FieldChange, ...]:
        return tuple(self._field(model, name, before, after) for name in names)

    def _field(self, model: type[models.Model], name: str, before: Values | None, after: Values | None) -> FieldChange:
        item: Any = model._meta.get_field(name)
        shown = [(None, "")] * 2
        for place, values in enumerate((before, after)):
            if values is not None:
                plain = self._plain(item, values[name])
                shown[place] = (plain, self._words(item, values[name]))
        (plain_before, words_before), (plain_after, words_after) = shown
        return FieldChange(name, str(item.verbose_name), plain_before, plain_after, words_before, words_after)

    def _plain(self, item: Any, value: Any) -> Any:
        if item.is_relation and value is not None:
            return value if isinstance(value, str) else self._titles[item.related_model, value]
        return value.isoformat() if isinstance(value, date) else value

    def _words(self, item: Any, value: Any) -> str:
        if value in (None, "", Fact.NOT_STATED.value):
            return _("ikke bekreftet") if item.name == "regime" else _("ikke oppgitt")
        if item.is_relation:
            return self._titles[item.related_model, value]
        if isinstance(value, bool):
            return _("ja") if value else _("nei")
        if item.model in {Remark, Proposal} and item.name == "field":
            return _field_words(value)
        return str(dict(item.flatchoices).get(value, value))

    def name(self, section: str, model: type[models.Model], values: Values) -> str:
        if section in {"controller", "activities"}:
            return str(values["legal_name" if section == "controller" else "name"])
        if VOCABULARY.get(section) is model:
            return self._titles[model, values["code"]]
        named = [name for name in FOUND_BY[model][0] if name in values and values[name] not in (None, "")]
        words = [self._words(model._meta.get_field(name), values[name]) for name in named]
        return " · ".join(words) or _("hele aktiviteten")


def key_of(section: str, values: Values) -> str:
    return str(values.get("number" if section == "activities" else "code", ""))


def _field_words(name: str) -> str:
    """What people call the field that a remark or a proposal is about: one of an activity, a list, or the company's."""
    head = name.partition(".")[0]
    if head in OF_ACTIVITY:
        return str(OF_ACTIVITY[head]._meta.verbose_name_plural)
    for model in (Activity, Controller):
        if head in columns_of(model):
            return str(columns_of(model)[head].verbose_name)
    return name


def title_of(rule: Any) -> str:
    """What a retention rule or a purpose is called, a record or a row."""
    if isinstance(rule, RetentionRecord | RetentionRule):
        return rule.covers or rule.statement or _("hele aktiviteten")
    return str(rule.description)
