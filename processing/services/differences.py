"""What tells a register in a file from the one in the tables: every row to add, to change or to remove.

Rows are found again by what does not change: an activity by its number, the shared rows by their code, the company by
being one. A list that belongs to one of them (its purposes, its remarks) becomes the list of the file; of its rows,
only those that differ are written. An activity or a shared row that the file does not name is left as it is.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from processing.exports.comparison import paired
from processing.imports.problems import Problem
from processing.law.records import ActivityRecord, Register
from processing.models import Activity, Controller, Purpose, RetentionRule, SpecialGround
from processing.services.change_words import ChangeWords, key_of, title_of
from processing.services.columns import LARGEST_NUMBER, columns_of, links_of, stored_in
from processing.services.import_plan import Action, Plan, RowChange, Values, Write
from processing.services.loading import OF_ACTIVITY, OF_COMPANY, OF_CONTROLLER, VOCABULARY
from processing.services.matching import FOUND_BY

POSITION = "position"

Local = dict[type[models.Model], defaultdict[Any, list[Any]]]
"""Rows of one activity that others of it name, by what they say: two may say the same."""


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
        self.words = ChangeWords()

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
            title = ": ".join(text for text in (getattr(row, "service", ""), row.name) if text)
            self.words.call(model, row.code, title)
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
            self.words.call(model, gone, title_of(row))
        for row, name in zip(made, names, strict=True):
            local[model][name].append(row)
            self.words.call(model, name, name if isinstance(name, str) else title_of(name))
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
            key=key_of(section, after),
            name=self.words.name(section, type(row), after),
            fields=self.words.fields(type(row), changed, before, after),
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
            key=key_of(section, before),
            name=self.words.name(section, model, before),
            fields=self.words.fields(model, before, before, None),
        )
        self.removals.append(Write(row, change))


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
