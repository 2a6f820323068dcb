"""Bringing a register from a file into this one: first all of it is checked, then all of it is written, or nothing.

Rows are found again by what does not change: an activity by its number, the shared rows by their code, the company by
being one. A list that belongs to one of them (its purposes, its remarks) becomes the list of the file; of its rows,
only those that differ are written. An activity or a shared row that the file does not name is left as it is.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, get_args, get_type_hints

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.db.models import CheckConstraint
from django.utils.translation import gettext as _

from mktnorge.models import User
from processing.exports.json import register_payload
from processing.imports.json import read_payload, unknown_code
from processing.imports.json import read_register as read_json
from processing.imports.problems import Problem
from processing.law.facts import Fact
from processing.law.records import ActivityRecord, ControllerRecord, Register, RetentionRecord
from processing.models import (
    Activity,
    ActivityData,
    Collection,
    Controller,
    DataSource,
    Disclosure,
    JointController,
    LegalGround,
    Proposal,
    Purpose,
    Remark,
    RetentionRule,
    ReviewRoutine,
    Safeguard,
    SpecialGround,
    Statement,
    SystemUse,
    Transfer,
)
from processing.models.governed import register_edit
from processing.register import end_of_day, register_as_of
from processing.services.loading import NEVER_IN_FILES, OF_ACTIVITY, OF_COMPANY, OF_CONTROLLER, VOCABULARY

LARGEST_NUMBER = 32767
"""What every database can hold in a small whole number."""

# By which columns a row of a list is found again when it is not the same in all of them: the first that fits. A row
# that is not found is a new one. No columns at all: what is left is taken in its order.
FOUND_BY: dict[type[models.Model], tuple[tuple[str, ...], ...]] = {
    **dict.fromkeys(VOCABULARY.values(), (("code",),)),
    JointController: (("name",),),
    ReviewRoutine: (("code",),),
    Purpose: (("description",), ()),
    LegalGround: (("basis", "purpose"), ("basis",)),
    SpecialGround: (("condition", "purpose"),),
    RetentionRule: (("covers",), ()),
    ActivityData: (("category", "subject"),),
    Disclosure: (("party",),),
    Transfer: (("party", "country"), ("party",)),
    Safeguard: (("measure",),),
    SystemUse: (("system",),),
    DataSource: (("kind", "description"),),
    Collection: (("situation",),),
    Statement: (("topic", "text"), ("topic",)),
    Remark: (("field", "gap"), ("field",)),
    Proposal: (("field", "gap"), ("field",)),
}
POSITION = "position"

Values = dict[str, Any]
"""Column: what it holds, in a form that two rows can be compared by."""

Local = dict[type[models.Model], defaultdict[Any, list[Any]]]
"""Rows of one activity that others of it name, by what they say: two may say the same."""


class ImportInvalid(Exception):
    """The file cannot be imported; nothing was written. `problems` are the first of `problem_count`."""

    def __init__(self, problems: Iterable[Problem], problem_count: int) -> None:
        self.problems = tuple(problems)
        self.problem_count = problem_count
        super().__init__("\n".join(str(problem) for problem in self.problems))


class NothingToImport(Exception):
    """The register says what the file says, so nothing was written."""


class ImportOvertaken(Exception):
    """The register holds an edit that is later than this one, or written beside it, so nothing was written."""


class Action(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True)
class FieldChange:
    """A field of a row before and after, as plain values, and as words to show. Empty where there is no row."""

    name: str
    label: str
    before: str | int | bool | None
    after: str | int | bool | None
    before_words: str
    after_words: str


@dataclass(frozen=True)
class RowChange:
    """What happens to one row. `subject` is the number of an activity, or empty for what belongs to the company.

    `section` is the name of its list in the file, `controller` or `activities` for a row of its own. A row that only
    moves is changed in the field `position`.
    """

    subject: str
    section: str
    action: Action
    kind: str
    """The kind of row, in words."""
    key: str
    """The number of an activity, the code of a row that has one, and empty for the others."""
    name: str
    """What tells the row from others of its kind, in words."""
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True)
class Preview:
    """What an import writes: one history row a change, in the order of `changes`."""

    changes: tuple[RowChange, ...]
    left_alone: Mapping[str, tuple[str, ...]]
    """What the register has and the file does not name, by list: numbers of activities, codes of shared rows."""
    edited_since: bool
    """The register was edited after the moment of the file, so that the file may put back what it said before."""


@dataclass(frozen=True)
class Imported:
    """What was written."""

    preview: Preview


def read_import(*, content: bytes) -> Register:
    """Return the register that a file in our own JSON holds. Raises ImportInvalid with all that is wrong in it.

    The moment of the register is that of the file, and is not imported.
    """
    reading = read_json(content, misfits=_misfits)
    if reading.register is None:
        raise ImportInvalid(reading.problems, reading.problem_count)
    return reading.register


def preview_import(*, register: Register, at: datetime) -> Preview:
    """Return what an import of `register` at `at` would write. Writes nothing. Raises ImportInvalid."""
    _check_fits(register)
    plan = _planned(register)
    return Preview(
        changes=tuple(write.change for write in plan.writes),
        left_alone=plan.left_alone,
        edited_since=_edited_since(register, at),
    )


def import_register(*, register: Register, at: datetime, by: User | None, reason: str) -> Imported:
    """Write what differs from `register`, as one edit at `at` by `by` (None for a command), and return what it was.

    Raises ImportInvalid, NothingToImport or ImportOvertaken; then nothing is written.
    """
    _check_fits(register)
    edited_since = _edited_since(register, at)
    try:
        with register_edit(at=at, by=by, reason=reason):
            plan = _planned(register, lock=True)
            if not plan.writes:
                raise NothingToImport(_("Registeret sier det samme som filen. Ingenting er endret."))
            for write in plan.writes:
                write.carry_out()
            _check_written(register)
    except IntegrityError as error:
        # The rows are sound, so it is most likely that another edit made the same ones first.
        raise _overtaken() from error
    changes = tuple(write.change for write in plan.writes)
    return Imported(preview=Preview(changes=changes, left_alone=plan.left_alone, edited_since=edited_since))


def _overtaken() -> ImportOvertaken:
    return ImportOvertaken(
        _("Registeret ble endret samtidig, eller har en endring fra et senere tidspunkt. Ingenting er skrevet.")
    )


def _check_fits(register: Register) -> None:
    """Raise ImportInvalid unless the register could be read back from a file, and every row kept in its table."""
    reading = read_payload(register_payload(register), misfits=_misfits)
    if reading.problem_count:
        raise ImportInvalid(reading.problems, reading.problem_count)


def _edited_since(register: Register, at: datetime) -> bool:
    then = register_as_of(register.moment)
    return not then.is_empty and replace(then, moment=at) != register_as_of(at)


def _check_written(register: Register) -> None:
    """Raise ImportOvertaken unless history, read to its end, says what the file says."""
    now = register_as_of(end_of_day(date.max))
    numbers = {activity.number for activity in register.activities}
    same = (
        tuple(activity for activity in now.activities if activity.number in numbers)
        == tuple(sorted(register.activities, key=lambda activity: (len(activity.number), activity.number)))
        and (register.controller is None or now.controller == register.controller)
        and all(getattr(now, name) == getattr(register, name) for name in OF_COMPANY)
    )
    for name in VOCABULARY:
        codes = {row.code for row in getattr(register, name)}
        same &= tuple(row for row in getattr(now, name) if row.code in codes) == getattr(register, name)
    if not same:
        raise _overtaken()


# What a row of each kind can hold


@cache
def _item_of(record: type, name: str) -> Any:
    """The type of the rows in the list `name` of a record."""
    return get_args(get_type_hints(record)[name])[0]


@cache
def _models() -> dict[type, type[models.Model]]:
    """The model that keeps the rows of each kind of record."""
    kept: dict[type, type[models.Model]] = {ActivityRecord: Activity, ControllerRecord: Controller}
    for owner, sections in ((Register, OF_COMPANY), (ControllerRecord, OF_CONTROLLER), (ActivityRecord, OF_ACTIVITY)):
        for name, model in sections.items():
            kept.setdefault(_item_of(owner, name), model)
    # Last: an activity's list of measures is a list of rows that name one.
    return kept | {_item_of(Register, name): model for name, model in VOCABULARY.items()}


@cache
def _columns(model: type[models.Model]) -> dict[str, "models.Field[Any, Any]"]:
    """The columns of a model that hold a value of their own and no row."""
    return {
        item.name: item
        for item in model._meta.concrete_fields
        if item.name not in NEVER_IN_FILES and not item.is_relation
    }


def _stored(item: "models.Field[Any, Any]", value: object) -> Any:
    """What a column holds for the value of a record."""
    if value is None:
        return None if item.null else ""
    return value.value if isinstance(value, StrEnum) else value


def _misfits(record: type, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the fields whose values their columns cannot hold: the `Misfits` of what is read here."""
    model = _models()[record]
    columns = _columns(model)
    stored = {name: _stored(item, values[name]) for name, item in columns.items() if name in values}
    found = [(name, text) for name, value in stored.items() for text in _misfit(columns[name], value)]
    yield from found
    if not found and stored.keys() == columns.keys():
        row = model(**stored)
        for constraint in model._meta.constraints:
            # What must stand once is a question about the other rows.
            if isinstance(constraint, CheckConstraint):
                try:
                    constraint.validate(model, row)
                except ValidationError as error:
                    yield from (("", text) for text in error.messages)


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


# What is to be written


@dataclass
class _Write:
    """One row to save or to delete."""

    row: models.Model
    change: RowChange
    values: Values = field(default_factory=dict)
    """Columns to set, rows that it names among them."""

    def carry_out(self) -> None:
        if self.change.action is Action.REMOVED:
            self.row.delete()
            return
        for name, value in self.values.items():
            setattr(self.row, name, value)
        self.row.save()


@dataclass(frozen=True)
class _Plan:
    writes: tuple[_Write, ...]
    left_alone: Mapping[str, tuple[str, ...]]


def _planned(register: Register, *, lock: bool = False) -> _Plan:
    """Return what must be written for the register to say what `register` says. One query a table.

    Raises ImportInvalid for an activity whose number and code belong to two. With `lock`, the activities and the
    company are held until the transaction ends.
    """
    planner = _Planner(register, lock=lock)
    planner.plan()
    return _Plan(writes=(*planner.writes, *reversed(planner.removals)), left_alone=planner.left_alone())


class _Planner:
    """Compares the register with the tables, list by list."""

    def __init__(self, register: Register, *, lock: bool) -> None:
        self.register = register
        self.writes: list[_Write] = []
        self.removals: list[_Write] = []
        """In the order of writing; to be carried out backwards, so that no row goes before those that name it."""
        activities, controllers = Activity.objects.order_by("number"), Controller.objects.order_by("pk")
        if lock:
            activities, controllers = activities.select_for_update(), controllers.select_for_update()
        self.controller = controllers.first()
        self.activities = {row.number: row for row in activities}
        self.shared = {section: _rows(model) for section, model in VOCABULARY.items()}
        self.of_controller = {section: _rows(model) for section, model in OF_CONTROLLER.items()}
        self.of_activity: dict[str, defaultdict[int | None, list[Any]]] = {}
        for section, model in OF_ACTIVITY.items():
            self.of_activity[section] = defaultdict(list)
            for row in _rows(model):
                self.of_activity[section][row.activity_id].append(row)
        self.named: dict[type[models.Model], dict[str, models.Model]] = {}
        """Shared rows by code, those that are not saved yet among them."""
        self.comparable: defaultdict[type[models.Model], dict[int, Any]] = defaultdict(dict)
        """What the rows that others name are called when they are compared, by key."""
        self.titles: dict[tuple[type[models.Model], Any], str] = {}
        """What they are called when they are shown, by what they are called when they are compared."""

    def plan(self) -> None:
        self._check_numbers()
        for section, model in VOCABULARY.items():
            self._shared(section, model)
        self._company()
        for activity in self.register.activities:
            self._activity(activity)

    def left_alone(self) -> dict[str, tuple[str, ...]]:
        numbers = {activity.number for activity in self.register.activities}
        # As the register is printed: A100 comes after A99.
        left = {"activities": tuple(sorted(self.activities.keys() - numbers, key=lambda number: (len(number), number)))}
        for section, rows in self.shared.items():
            codes = {row.code for row in getattr(self.register, section)}
            left[section] = tuple(row.code for row in rows if row.code not in codes)
        return {section: found for section, found in left.items() if found}

    def _check_numbers(self) -> None:
        """Refuse a number that has another code here, or a code that has another number: both are fixed."""
        numbers = {row.code: number for number, row in self.activities.items()}
        problems = []
        for place, activity in enumerate(self.register.activities):
            here = self.activities.get(activity.number)
            if here is not None and here.code != activity.code:
                text = _("{number} har koden «{code}» i registeret. Koden er fast.").format(
                    number=activity.number, code=here.code
                )
            elif numbers.get(activity.code, activity.number) != activity.number:
                text = _("Koden er brukt av {number} i registeret.").format(number=numbers[activity.code])
            else:
                continue
            problems.append(Problem(f"activities[{place}].code", text))
        if problems:
            raise ImportInvalid(problems, len(problems))

    # The lists of the file

    def _shared(self, section: str, model: type[models.Model]) -> None:
        records = getattr(self.register, section)
        rows = self.shared[section]
        self.comparable[model] = {row.pk: row.code for row in rows}
        for row in (*rows, *records):
            self.titles[model, row.code] = ": ".join(text for text in (getattr(row, "service", ""), row.name) if text)
        wanted = [_own_values(model, record) for record in records]
        if section == "systems":
            for values, record in zip(wanted, records, strict=True):
                values["party"] = record.party.code if record.party else None
        made = self._list("", section, model, rows, wanted, {}, complete=False)
        self.named[model] = {row.code: row for row in rows}
        self.named[model] |= {record.code: row for record, row in zip(records, made, strict=True)}

    def _company(self) -> None:
        record = self.register.controller
        if record is not None:
            controller = self._one("", "controller", self.controller, Controller, _own_values(Controller, record))
            for section, model in OF_CONTROLLER.items():
                wanted = [_own_values(model, row) for row in getattr(record, section)]
                self._list("", section, model, self.of_controller[section], wanted, {"controller": controller})
        for section, model in OF_COMPANY.items():
            wanted = [_of_activity(section, model, row) for row in getattr(self.register, section)]
            self._list("", section, model, self.of_activity[section][None], wanted, {"activity": None})

    def _activity(self, record: ActivityRecord) -> None:
        number, here = record.number, self.activities.get(record.number)
        activity = self._one(number, "activities", here, Activity, _own_values(Activity, record))
        of_activity = {section: self.of_activity[section][here.pk if here else -1] for section in OF_ACTIVITY}
        local: Local = {}
        # What other rows of the activity name comes first.
        for section in sorted(OF_ACTIVITY, key=lambda section: section not in {"purposes", "retention"}):
            model, rows = OF_ACTIVITY[section], of_activity[section]
            wanted = [_of_activity(section, model, row) for row in getattr(record, section)]
            made = self._list(number, section, model, rows, wanted, {"activity": activity}, local)
            if model is Purpose:
                self._name_local(model, rows, made, [row.description for row in record.purposes], local)
            elif model is RetentionRule:
                self._name_local(model, rows, made, record.retention, local)

    def _name_local(
        self,
        model: type[models.Model],
        rows: Sequence[Any],
        made: Sequence[Any],
        names: Sequence[Any],
        local: Local,
    ) -> None:
        """Let the other rows of the activity name the rows `made`, by what they will say: two may say the same."""
        local[model] = defaultdict(list)
        for row in rows:
            # Until shown otherwise it goes, and is the same as nothing else.
            gone = object()
            self.comparable[model][row.pk] = gone
            self.titles[model, gone] = _title_of(row)
        for row, name in zip(made, names, strict=True):
            local[model][name].append(row)
            self.titles[model, name] = name if isinstance(name, str) else _title_of(name)
            if row.pk is not None:
                self.comparable[model][row.pk] = name

    # Rows

    def _one(
        self, subject: str, section: str, row: models.Model | None, model: type[models.Model], after: Values
    ) -> models.Model:
        before = self._values(row, after) if row is not None else None
        made = row if row is not None else model()
        if before != after:
            self._write(subject, section, made, before, after)
        return made

    def _list(
        self,
        subject: str,
        section: str,
        model: type[models.Model],
        rows: Sequence[Any],
        wanted: Sequence[Values],
        owner: Values,
        local: Local | None = None,
        *,
        complete: bool = True,
    ) -> list[Any]:
        """Plan for `rows` to become `wanted`, in that order, and return the rows that hold it.

        What is not wanted goes when the list is `complete`, and otherwise stays where it is.
        """
        names = [*_columns(model), *_links_of(model)]
        before = [self._values(row, names) for row in rows]
        found = _paired(before, wanted, (tuple(names), *FOUND_BY[model]))
        kept = [None if number is None else (rows[number].position, rows[number].pk) for number in found]
        made = [model(**owner) if number is None else rows[number] for number in found]
        taken = {
            (id(purpose), row.condition)
            for row in made
            if isinstance(row, SpecialGround) and local is not None and row.pk is not None
            for purposes in local[Purpose].values()
            for purpose in purposes
            if purpose.pk is not None and purpose.pk == row.purpose_id
        }
        for row, number, values, position in zip(made, found, wanted, _positions(kept), strict=True):
            after = {**values, POSITION: position}
            here = None if number is None else {**before[number], POSITION: rows[number].position}
            if here != after:
                self._write(subject, section, row, here, after, self._links(row, here, after, local or {}, taken))
        if complete:
            for number in sorted(set(range(len(rows))) - set(found)):
                self._remove(subject, section, rows[number])
        return made

    def _values(self, row: models.Model, names: Iterable[str]) -> Values:
        """What the row holds now, with the rows it names called what they will be called."""
        values = {}
        for name in names:
            item = row._meta.get_field(name)
            key = getattr(row, item.attname)  # type: ignore[union-attr]
            if item.is_relation and key is not None:
                key = self.comparable[item.related_model][key]  # type: ignore[index]
            values[name] = key
        return values

    def _links(
        self,
        row: models.Model,
        before: Values | None,
        after: Values,
        local: Local,
        taken: set[tuple[int, str | None]],
    ) -> Values:
        """Return the rows that the row is to name, where it does not name them yet."""
        links: Values = {}
        for name, value in after.items():
            item = row._meta.get_field(name)
            if not item.is_relation or (before is not None and before[name] == value):
                continue
            model: Any = item.related_model
            if value is None:
                links[name] = None
            elif model not in local:
                links[name] = self.named[model][value]
            else:
                links[name] = _free(local[model][value], after.get("condition"), taken)
        return links

    def _write(
        self,
        subject: str,
        section: str,
        row: models.Model,
        before: Values | None,
        after: Values,
        links: Values | None = None,
    ) -> None:
        changed = {name: value for name, value in after.items() if before is None or before[name] != value}
        change = RowChange(
            subject=subject,
            section=section,
            action=Action.ADDED if before is None else Action.CHANGED,
            kind=str(row._meta.verbose_name),
            key=_key(section, after),
            name=self._name(section, type(row), after),
            fields=tuple(self._field(type(row), name, before, after) for name in changed),
        )
        self.writes.append(_Write(row, change, changed | (links or {})))

    def _remove(self, subject: str, section: str, row: models.Model) -> None:
        model = type(row)
        before = self._values(row, [*_columns(model), *_links_of(model)])
        change = RowChange(
            subject=subject,
            section=section,
            action=Action.REMOVED,
            kind=str(row._meta.verbose_name),
            key=_key(section, before),
            name=self._name(section, model, before),
            fields=tuple(self._field(model, name, before, None) for name in before),
        )
        self.removals.append(_Write(row, change))

    # Words

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
            return value if isinstance(value, str) else self.titles[item.related_model, value]
        return value.isoformat() if isinstance(value, date) else value

    def _words(self, item: Any, value: Any) -> str:
        if value in (None, "", Fact.NOT_STATED.value):
            return _("ikke bekreftet") if item.name == "regime" else _("ikke oppgitt")
        if item.is_relation:
            return self.titles[item.related_model, value]
        if isinstance(value, bool):
            return _("ja") if value else _("nei")
        return str(dict(item.flatchoices).get(value, value))

    def _name(self, section: str, model: type[models.Model], values: Values) -> str:
        if section in {"controller", "activities"}:
            return str(values["legal_name" if section == "controller" else "name"])
        if VOCABULARY.get(section) is model:
            return self.titles[model, values["code"]]
        named = [name for name in FOUND_BY[model][0] if name in values and values[name] not in (None, "")]
        words = [self._words(model._meta.get_field(name), values[name]) for name in named]
        return " · ".join(words) or _("hele aktiviteten")


def _key(section: str, values: Values) -> str:
    return str(values.get("number" if section == "activities" else "code", ""))


def _rows(model: type[models.Model]) -> list[Any]:
    return list(model._default_manager.order_by(POSITION, "pk"))


def _links_of(model: type[models.Model]) -> list[str]:
    """The columns of a model that name a row, other than the one it is part of."""
    return [item.name for item in model._meta.concrete_fields if item.is_relation and item.name not in NEVER_IN_FILES]


def _own_values(model: type[models.Model], record: Any) -> Values:
    """What the columns of a model hold for a record. Another name than in the model is no column of it."""
    return {name: _stored(item, getattr(record, name)) for name, item in _columns(model).items()}


# What the rows that a row names are called, by the column that names them.
CALLED: dict[str, Callable[[Any], Any]] = {
    "category": lambda record: record.category.code,
    "subject": lambda record: record.subject.code,
    "party": lambda record: record.party.code if record.party else None,
    "purpose": lambda record: record.purpose or None,
    "retention": lambda record: record.retention,
    # A list of these is a list of codes, and the record itself is what the row names.
    "measure": lambda record: record.code,
    "system": lambda record: record.code,
    "situation": lambda record: record.code,
}


def _of_activity(section: str, model: type[models.Model], record: Any) -> Values:
    return _own_values(model, record) | {name: CALLED[name](record) for name in _links_of(model)}


def _title_of(rule: Any) -> str:
    """What a retention rule or a purpose is called, a record or a row."""
    if isinstance(rule, RetentionRecord | RetentionRule):
        return rule.covers or rule.statement or _("hele aktiviteten")
    return str(rule.description)


def _paired(before: Sequence[Values], wanted: Sequence[Values], ways: Iterable[tuple[str, ...]]) -> list[int | None]:
    """Return which of the rows `before` each of `wanted` is, or None where it is none of them.

    The first way is tried for all rows before the next, so that a row that is the same is never taken for another.
    """
    found: list[int | None] = [None] * len(wanted)
    left = set(range(len(before)))
    for way in ways:
        waiting: defaultdict[tuple[Any, ...], deque[int]] = defaultdict(deque)
        for number in sorted(left):
            waiting[tuple(before[number][name] for name in way)].append(number)
        for place, values in enumerate(wanted):
            same = waiting.get(tuple(values[name] for name in way))
            if found[place] is None and same:
                found[place] = same.popleft()
                left.discard(found[place])
    return found


def _positions(kept: Sequence[tuple[int, int] | None]) -> list[int]:
    """Return positions that put rows in their order, moving as few of those that have one as going through once can.

    `kept` holds position and key of the rows that are there, in the order they shall have, and None for new ones.
    Rows with the same position stand in the order of their keys, and a new key is the highest.
    """
    positions: list[int] = []
    last: tuple[float, float] = (-1, 0)
    for here in kept:
        if here is None or here <= last:
            position = int(last[0]) + 1
            last = (position, here[1] if here else float("inf"))
        else:
            position, last = here[0], here
        positions.append(position)
    return positions if not positions or positions[-1] <= LARGEST_NUMBER else list(range(len(positions)))


def _free(
    candidates: Sequence[models.Model], condition: str | None, taken: set[tuple[int, str | None]]
) -> models.Model:
    """Return the row to name, of those that read the same: one that no other row names for this condition.

    Only conditions in Art. 9 are that particular; whoever has no condition gets the first.
    """
    if condition is None:
        return candidates[0]
    free = next(row for row in candidates if (id(row), condition) not in taken)
    taken.add((id(free), condition))
    return free
