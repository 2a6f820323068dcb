"""What the columns of the register's tables hold, seen from the records.

A field of a record is the column of the same name; what is not stated is an empty text, or nothing where there is no
text. Lists of a record are tables of their own.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any, get_args, get_type_hints

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint
from django.utils.translation import gettext as _

from processing.imports.json import unknown_code
from processing.law.records import ActivityRecord, ControllerRecord, Register
from processing.models import Activity, Controller
from processing.services.loading import NEVER_IN_FILES, OF_ACTIVITY, OF_COMPANY, OF_CONTROLLER, VOCABULARY

LARGEST_NUMBER = 32767
"""What every database can hold in a small whole number."""


@cache
def _item_of(record: type, name: str) -> Any:
    """The type of the rows in the list `name` of a record."""
    return get_args(get_type_hints(record)[name])[0]


@cache
def kept_in() -> dict[type, type[models.Model]]:
    """The model that keeps the rows of each kind of record."""
    kept: dict[type, type[models.Model]] = {ActivityRecord: Activity, ControllerRecord: Controller}
    for owner, sections in ((Register, OF_COMPANY), (ControllerRecord, OF_CONTROLLER), (ActivityRecord, OF_ACTIVITY)):
        for name, model in sections.items():
            kept.setdefault(_item_of(owner, name), model)
    # Last: an activity's list of measures is a list of rows that name one.
    return kept | {_item_of(Register, name): model for name, model in VOCABULARY.items()}


@cache
def columns_of(model: type[models.Model]) -> dict[str, "models.Field[Any, Any]"]:
    """The columns of a model that hold a value of their own and no row."""
    return {
        item.name: item
        for item in model._meta.concrete_fields
        if item.name not in NEVER_IN_FILES and not item.is_relation
    }


def stored_in(item: "models.Field[Any, Any]", value: object) -> Any:
    """What a column holds for the value of a record."""
    if value is None:
        return None if item.null else ""
    return value.value if isinstance(value, StrEnum) else value


def misfits(record: type, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the fields whose values their columns cannot hold: the `Misfits` of what is read here."""
    model = kept_in()[record]
    columns = columns_of(model)
    stored = {name: stored_in(item, values[name]) for name, item in columns.items() if name in values}
    found = [(name, text) for name, value in stored.items() for text in _misfit(columns[name], value)]
    yield from found
    if not found and stored.keys() == columns.keys():
        for constraint in model._meta.constraints:
            # What must stand once is a question about the other rows.
            if isinstance(constraint, CheckConstraint):
                asked = tuple((name, stored[name]) for name in columns if name in _asked_by(constraint))
                if not _holds(model, constraint.name, asked):
                    yield "", str(constraint.get_violation_error_message())


def _asked_by(constraint: CheckConstraint) -> frozenset[str]:
    """The columns that a constraint is about."""
    assert isinstance(constraint.condition, models.Q)
    return frozenset(constraint.condition.referenced_base_fields)


@lru_cache(maxsize=10_000)
def _holds(model: type[models.Model], name: str, asked: tuple[tuple[str, Any], ...]) -> bool:
    """Ask the database, which says the same of the same values every time."""
    constraint = next(found for found in model._meta.constraints if found.name == name)
    try:
        constraint.validate(model, model(**dict(asked)))
    except ValidationError:
        return False
    return True


def _misfit(item: "models.Field[Any, Any]", value: Any) -> Iterator[str]:
    if value in item.empty_values:
        if not item.blank:
            yield _("Kan ikke stå tomt.")
    elif item.max_length is not None and len(value) > item.max_length:
        yield _("Er for lang: {length} tegn. Det er plass til {limit}.").format(
            length=len(value), limit=item.max_length
        )
    elif isinstance(item, models.PositiveSmallIntegerField) and not 0 <= value <= LARGEST_NUMBER:
        yield _("Må være fra 0 til {limit}.").format(limit=LARGEST_NUMBER)
    elif item.choices and value not in (codes := [str(code) for code, _label in item.flatchoices]):
        yield unknown_code(value, codes)
    else:
        try:
            item.run_validators(value)
        except ValidationError as error:
            yield from error.messages


def links_of(model: type[models.Model]) -> list[str]:
    """The columns of a model that name a row, other than the one it is part of."""
    return [item.name for item in model._meta.concrete_fields if item.is_relation and item.name not in NEVER_IN_FILES]
