"""What tells a register in a file from the one in the tables: every row to add, to change or to remove.

Rows are found again by what does not change: an activity by its number, the shared rows by their code, the company by
being one. A list that belongs to one of them (its purposes, its remarks) becomes the list of the file; of its rows,
only those that differ are written. An activity or a shared row that the file does not name is left as it is.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from processing.exports.comparison import paired
from processing.imports.problems import Problem
from processing.law.facts import Fact
from processing.law.records import ActivityRecord, Register, RetentionRecord
from processing.models import (
    Activity,
    ActivityData,
    BalancingTest,
    Collection,
    Controller,
    DataSource,
    Disclosure,
    ImpactAssessment,
    JointController,
    LegalGround,
    Proposal,
    Purpose,
    Remark,
    RetentionRule,
    Review,
    ReviewRoutine,
    Safeguard,
    ScreeningAnswer,
    SpecialGround,
    Statement,
    SystemUse,
    Tracker,
    Transfer,
    TransferAssessment,
    Translation,
)
from processing.services.columns import LARGEST_NUMBER, columns_of, links_of, stored_in
from processing.services.loading import OF_ACTIVITY, OF_COMPANY, OF_CONTROLLER, VOCABULARY

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
    TransferAssessment: (("party", "country"),),
    BalancingTest: (("purpose",),),
    ScreeningAnswer: (("criterion",),),
    ImpactAssessment: (("covers",),),
    Safeguard: (("measure",),),
    SystemUse: (("system",),),
    DataSource: (("kind", "description"),),
    Collection: (("situation",),),
    Tracker: (("name", "provider"), ("name",)),
    Statement: (("topic", "text"), ("topic",)),
    Remark: (("field", "gap"), ("field",)),
    Proposal: (("field", "gap"), ("field",)),
    # There is one that is not concluded.
    Review: (("opened_on",), ("concluded_on",)),
    Translation: (("language", "original"),),
}
POSITION = "position"

Values = dict[str, Any]
"""Column: what it holds, in a form that two rows can be compared by."""

Local = dict[type[models.Model], defaultdict[Any, list[Any]]]
"""Rows of one activity that others of it name, by what they say: two may say the same."""


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


@dataclass
class Write:
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
class Plan:
    """What must be written for the tables to say what a register says, or why that cannot be."""

    writes: tuple[Write, ...] = ()
    """In the order to carry them out."""
    left_alone: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What the tables have and the register does not name, by list: numbers of activities, codes of shared rows."""
    problems: tuple[Problem, ...] = ()
    """Where one of these is, nothing else is."""

    @property
    def changes(self) -> tuple[RowChange, ...]:
        return tuple(write.change for write in self.writes)


def plan_import(register: Register, *, lock: bool = False) -> Plan:
    """Return what must be written for the tables to say what `register` says. One query a table; writes nothing.

    With `lock`, the activities and the company are held until the transaction ends.
    """
    planner = _Planner(register, lock=lock)
    if problems := planner.problems():
        return Plan(problems=tuple(problems))
    planner.plan()
    return Plan(writes=(*planner.writes, *reversed(planner.removals)), left_alone=planner.left_alone())


class _Planner:
    """Compares the register with the tables, list by list."""

    def __init__(self, register: Register, *, lock: bool) -> None:
        self.register = register
        self.writes: list[Write] = []
        self.removals: list[Write] = []
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

    def problems(self) -> list[Problem]:
        """Return the activities whose number has another code here, or their code another number: both are fixed."""
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
        return problems

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
        names = [*columns_of(model), *links_of(model)]
        before = [self._values(row, names) for row in rows]
        found = paired(before, wanted, (tuple(names), *FOUND_BY[model]))
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
        self.writes.append(Write(row, change, changed | (links or {})))

    def _remove(self, subject: str, section: str, row: models.Model) -> None:
        model = type(row)
        before = self._values(row, [*columns_of(model), *links_of(model)])
        change = RowChange(
            subject=subject,
            section=section,
            action=Action.REMOVED,
            kind=str(row._meta.verbose_name),
            key=_key(section, before),
            name=self._name(section, model, before),
            fields=tuple(self._field(model, name, before, None) for name in before),
        )
        self.removals.append(Write(row, change))

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
        if item.model in {Remark, Proposal} and item.name == "field":
            return _field_words(value)
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


def _field_words(name: str) -> str:
    """What people call the field that a remark or a proposal is about: one of an activity, a list, or the company's."""
    head = name.partition(".")[0]
    if head in OF_ACTIVITY:
        return str(OF_ACTIVITY[head]._meta.verbose_name_plural)
    for model in (Activity, Controller):
        if head in columns_of(model):
            return str(columns_of(model)[head].verbose_name)
    return name


def _rows(model: type[models.Model]) -> list[Any]:
    return list(model._default_manager.order_by(POSITION, "pk"))


def _own_values(model: type[models.Model], record: Any) -> Values:
    """What the columns of a model hold for a record. Another name than in the model is no column of it."""
    return {name: stored_in(item, getattr(record, name)) for name, item in columns_of(model).items()}


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
    return _own_values(model, record) | {name: CALLED[name](record) for name in links_of(model)}


def _title_of(rule: Any) -> str:
    """What a retention rule or a purpose is called, a record or a row."""
    if isinstance(rule, RetentionRecord | RetentionRule):
        return rule.covers or rule.statement or _("hele aktiviteten")
    return str(rule.description)


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
