"""The one reader of history: the register as it was at a moment, as a frozen value.

Reads all history tables in one query, whatever the size of the register, and joins in Python. What comes back is what
the register *said* at the moment, also where it was wrong. History is primary data here: it is never pruned, and a row
that was deleted later is still read for the moments before.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db.models import (
    CASCADE,
    BooleanField,
    CharField,
    DateField,
    Exists,
    Max,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast, JSONObject
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from processing import models
from processing.joining import Joiner, Row
from processing.law import records
from processing.models.governed import Governed

OSLO = ZoneInfo("Europe/Oslo")


def end_of_day(day: date) -> datetime:
    """Return the last microsecond of `day` in Oslo: the moment an as-of date stands for."""
    try:
        midnight = datetime.combine(day + timedelta(days=1), time.min, tzinfo=OSLO)
    except OverflowError:
        return datetime.max.replace(tzinfo=OSLO)
    return midnight - timedelta(microseconds=1)


def history_models() -> list[type[Model]]:
    """Return the models of the history rows, for whoever guards them. Reading is done here alone."""
    return [_history_of(model) for model in _governed()]


def _governed() -> list[type[Model]]:
    return [model for model in apps.get_app_config("processing").get_models() if issubclass(model, Governed)]


def name_of_history(entry: Any) -> str:
    """Return what people call a row of history: of what it is, and when it was written."""
    written = entry.history_date.astimezone(OSLO).strftime("%d.%m.%Y kl. %H.%M")
    kind = capfirst(entry.instance_type._meta.verbose_name)
    return _("Historikken: {kind}, skrevet {moment}").format(kind=kind, moment=written)


def register_as_of(moment: datetime) -> records.Register:
    """Return the register as it was at `moment` (aware, inclusive). Now is just another moment.

    One query: an edit that is saved meanwhile is seen as a whole or not at all. A moment
    before the register existed gives an empty register (`Register.is_empty`).
    """
    return Joiner(moment, _tables_at(moment)).register()


@dataclass(frozen=True)
class Change:
    """What one edit did to one row. `before` is None for a new row, `after` for a deleted one; both hold columns."""

    model: type[Model]
    key: int
    before: Row | None
    after: Row | None


@dataclass(frozen=True)
class Edit:
    """What was written to a row and its parts at one moment, by one person (the id), for one reason."""

    at: datetime
    by: int | None
    reason: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Version:
    """How often a row and its parts were written, and the last time. History only grows, so the count tells a change.

    A row that was never written is number 0, at no moment, by nobody.
    """

    number: int
    at: datetime | None
    by: int | None


def edits_of(row: Model) -> tuple[Edit, ...]:
    """Return every edit of a governed row and of the rows that are part of it, the newest first.

    One query a table. Rows that were deleted since are there too.
    """
    written: dict[tuple[datetime, int | None, str], dict[tuple[type[Model], int], Change]] = {}
    for model, past in _past_of(row):
        now: dict[int, Row | None] = {}
        for entry in past.order_by("history_date", "history_id").values():
            key = entry["id"]
            after = None if entry["history_type"] == "-" else entry
            edit = written.setdefault(
                (entry["history_date"], entry["history_user_id"], entry["history_change_reason"]), {}
            )
            first = edit.get((model, key))
            # Written twice in one edit: what counts is how the row was before it, and after it.
            edit[model, key] = Change(model, key, first.before if first else now.get(key), after)
            now[key] = after
    return tuple(
        Edit(at, by, reason, tuple(changes.values()))
        for (at, by, reason), changes in sorted(written.items(), key=lambda item: item[0][0], reverse=True)
    )


def version_of(row: Model) -> Version:
    """Return the version of a governed row and the rows that are part of it. Two queries, however many tables."""
    first, *rest = (past.order_by().values("history_date", "history_user_id") for _model, past in _past_of(row))
    entries = first.union(*rest, all=True) if rest else first
    last = entries.order_by("-history_date").first()
    return Version(entries.count(), last["history_date"] if last else None, last["history_user_id"] if last else None)


def last_edits(model: type[Model]) -> dict[int, datetime]:
    """Return the moment of the last edit of each row of a governed model, its parts included, by key. One query."""
    latest: dict[int, datetime] = {}
    first, *rest = (
        past.order_by().values_list(column).annotate(Max("history_date")) for past, column in _tables_of(model)
    )
    for key, at in first.union(*rest, all=True) if rest else first:
        if key is not None:
            latest[key] = max(at, latest.get(key, at))
    return latest


def editors_since(moment: datetime | None, *, until: datetime) -> frozenset[int]:
    """Return who edited the register after `moment` (None: ever) and not after `until`, by id. One query.

    What a command wrote is nobody's.
    """
    edits = Q(history_date__lte=until) if moment is None else Q(history_date__gt=moment, history_date__lte=until)
    first, *rest = (
        _history_of(model).objects.filter(edits, history_user__isnull=False).order_by().values_list("history_user_id")
        for model in _governed()
    )
    return frozenset(key for (key,) in first.union(*rest))


@dataclass(frozen=True)
class Writing:
    """That one edit wrote something of a subject: an activity (by number), the company (no key), a word (by code)."""

    at: datetime
    by: int | None
    reason: str
    model: type[Model]
    key: str


def writings_between(after: datetime, until: datetime) -> tuple[Writing, ...]:
    """Return what each edit after `after` and not after `until` wrote to, the newest first. Two queries.

    Rows that belong to an activity or the company count as those. Several rows of one subject in one edit are one.
    """
    parts = []
    for model in _governed():
        owner, column = _subject_of(model)
        parts.append(
            _history_of(model)
            .objects.filter(history_date__gt=after, history_date__lte=until)
            .order_by()
            .annotate(
                written_model=Value(owner._meta.model_name, output_field=CharField()),
                written_key=Cast(column, CharField()) if column else Value("", output_field=CharField()),
            )
            .values_list("history_date", "history_user_id", "history_change_reason", "written_model", "written_key")
        )
    first, *rest = parts
    numbers = dict(_history_of(models.Activity).objects.values_list("id", "number").distinct())
    owners: dict[str, type[Model]] = {
        str(model._meta.model_name): model for model in apps.get_app_config("processing").get_models()
    }
    found: dict[Writing, None] = {}
    for at, by, reason, subject, key in first.union(*rest):
        owner, text = owners[subject], key or ""
        if owner is models.Activity:
            owner, text = (owner, numbers[int(text)]) if text else (models.Controller, "")
        found[Writing(at, by, reason, owner, text)] = None
    return tuple(sorted(found, key=lambda writing: writing.at, reverse=True))


def _subject_of(model: type[Model]) -> tuple[type[Model], str]:
    """Whose rows those of `model` are part of, and the column of their history with its key, or none."""
    columns = {field.name for field in model._meta.concrete_fields}
    if "activity" in columns:
        return models.Activity, "activity_id"
    if model is models.Activity:
        return model, "id"
    if model is models.Controller or "controller" in columns:
        return models.Controller, ""
    return model, "code"


def _tables_of(model: type[Model]) -> Iterator[tuple[QuerySet[Any], str]]:
    """The history of `model` and of what its rows consist of, each with the column that holds the key of the row."""
    yield _history_of(model).objects.all(), "id"
    for relation in model._meta.related_objects:
        if relation.on_delete is CASCADE and issubclass(relation.related_model, Governed):
            yield _history_of(relation.related_model).objects.all(), relation.field.attname


def _past_of(row: Model) -> Iterator[tuple[type[Model], QuerySet[Any]]]:
    for past, column in _tables_of(type(row)):
        yield past.model.instance_type, past.filter(**{column: row.pk})


@cache
def _history_of(model: type[Model]) -> Any:
    """The model of the history of `model`. Asked of the library once: it builds a manager class at every asking."""
    return model.history.model  # type: ignore[attr-defined]


def _tables_at(moment: datetime) -> dict[type[Model], list[Row]]:
    """The rows of each governed table at `moment`, deleted ones left out, in the order they are printed.

    One query: the tables have different columns, so each row travels as one JSON object.
    """
    governed = {model._meta.db_table: model for model in _governed()}
    first, *rest = (_past_of_table(model, moment) for model in governed.values())
    tables: dict[type[Model], list[Row]] = {model: [] for model in governed.values()}
    for table, row in first.union(*rest, all=True):
        tables[governed[table]].append(row)
    for model, rows in tables.items():
        read = {
            field.attname: _FROM_JSON[type(field)] for field in model._meta.concrete_fields if type(field) in _FROM_JSON
        }
        for row in rows:
            for name, from_json in read.items():
                if row[name] is not None:
                    row[name] = from_json(row[name])
        rows.sort(key=lambda row: (row.get("position", 0), row["id"]))
    return tables


def _past_of_table(model: type[Model], moment: datetime) -> QuerySet[Any]:
    """The name of the table and the row, for each row of `model` as it was at `moment`."""
    history = _history_of(model)
    later = history.objects.filter(
        Q(history_date__gt=OuterRef("history_date"))
        # Rows of one edit carry one moment: the last one written counts.
        | Q(history_date=OuterRef("history_date"), history_id__gt=OuterRef("history_id")),
        id=OuterRef("id"),
        history_date__lte=moment,
    )
    columns = {field.attname: field.attname for field in model._meta.concrete_fields}
    return (  # type: ignore[no-any-return]
        history.objects.filter(~Exists(later), history_date__lte=moment)
        .exclude(history_type="-")
        .order_by()
        .annotate(_table=Value(model._meta.db_table, output_field=CharField()), _row=JSONObject(**columns))
        .values_list("_table", "_row")
    )


# What a JSON object does not hold as itself: a day is a text there, and SQLite has numbers for yes and no.
_FROM_JSON: dict[type, Callable[[Any], Any]] = {DateField: date.fromisoformat, BooleanField: bool}
