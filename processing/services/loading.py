"""Filling an empty register from seed files: everything is checked first, then all of it is written, or nothing.

A directory of seed files holds `company.toml`, `vocabulary.toml` and `activities/A01-….toml`, one file an activity.
Keys are the names of model fields; rows refer to each other by code, and within one activity by a `key` of their own.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.utils.translation import gettext as _

from mktnorge.models import User
from processing.models import (
    Activity,
    ActivityData,
    BalancingTest,
    Collection,
    CollectionSituation,
    Controller,
    DataCategory,
    DataSource,
    Disclosure,
    ImpactAssessment,
    JointController,
    LegalGround,
    Measure,
    Party,
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
    SubjectCategory,
    System,
    SystemUse,
    Tracker,
    Transfer,
    TransferAssessment,
    Translation,
)
from processing.models.governed import register_edit
from processing.services.seed_files import Problem, Table, read_seed_file

SEED_DIR = Path(__file__).resolve().parents[1] / "seed"
COMPANY_FILE = "company.toml"
VOCABULARY_FILE = "vocabulary.toml"
ACTIVITY_FILES = "activities"

# Section of a file: its model, in the order in which it is written.
VOCABULARY: dict[str, type[models.Model]] = {
    "subject_categories": SubjectCategory,
    "data_categories": DataCategory,
    "measures": Measure,
    "situations": CollectionSituation,
    "parties": Party,
    "systems": System,
}
OF_CONTROLLER: dict[str, type[models.Model]] = {"joint_controllers": JointController, "review_routines": ReviewRoutine}
ANNOTATIONS: dict[str, type[models.Model]] = {"statements": Statement, "remarks": Remark, "proposals": Proposal}
OF_COMPANY: dict[str, type[models.Model]] = {
    "transfers": Transfer,
    "transfer_assessments": TransferAssessment,
    **ANNOTATIONS,
    "translations": Translation,
}
OF_ACTIVITY: dict[str, type[models.Model]] = {
    "purposes": Purpose,
    "legal_grounds": LegalGround,
    "special_grounds": SpecialGround,
    "retention": RetentionRule,
    "data": ActivityData,
    "disclosures": Disclosure,
    "transfers": Transfer,
    "transfer_assessments": TransferAssessment,
    "balancing_tests": BalancingTest,
    "screening": ScreeningAnswer,
    "impact_assessments": ImpactAssessment,
    "safeguards": Safeguard,
    "systems": SystemUse,
    "sources": DataSource,
    "collection": Collection,
    "trackers": Tracker,
    **ANNOTATIONS,
    "reviews": Review,
    "translations": Translation,
}
# Sections of an activity written as a plain list of codes: the field that each code fills.
LISTS = {"safeguards": "measure", "systems": "system", "collection": "situation"}
# Sections whose rows have a name of their own within the file, for others to refer to: the field that refers.
KEYED = {"purposes": "purpose", "retention": "retention"}
REFERENCES = {
    "category": "data_categories",
    "subject": "subject_categories",
    "party": "parties",
    "system": "systems",
    "measure": "measures",
    "situation": "situations",
}
# The field of a row that a proposal for the whole section means: a proposal for `legal_grounds` is a basis.
PROPOSED = {
    "legal_grounds": "basis",
    "special_grounds": "condition",
    "sources": "kind",
    "disclosures": "party",
    "safeguards": "measure",
}
NEVER_IN_FILES = {"id", "position", "activity", "controller"}
GAP = re.compile(r"G\d{2}")


class SeedInvalid(Exception):
    """The seed files cannot be loaded. `problems` names every file, line and key that is wrong; nothing was written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        # A list of categories meets every group of people, and its problems with it.
        self.problems = tuple(dict.fromkeys(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class AlreadyLoaded(Exception):
    """The register holds something already, so nothing was changed."""


@dataclass(frozen=True)
class Loaded:
    """How many rows were written, by the plural name of their kind, in the order of writing."""

    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def load_register(*, at: datetime, source: Path = SEED_DIR, by: User | None = None) -> Loaded:
    """Fill the empty register with the seed files in `source`, and return how many rows were written.

    Every row's history carries the moment `at` and the person `by`. Raises AlreadyLoaded when there is a controller
    or an activity, and SeedInvalid, with all problems at once, when a file is wrong; either way nothing is written.
    """
    check_register_is_empty()
    rows = read_seed(source)
    try:
        with register_edit(at=at, by=by, reason=_("Registeret er fylt fra virksomhetens egen beskrivelse.")):
            # Again, now that no other load can come between.
            check_register_is_empty()
            for row in rows:
                row.save()
    except IntegrityError:
        # The rows are sound, so it is most likely that another load came first.
        check_register_is_empty()
        raise
    return Loaded(counts=dict(Counter(str(row._meta.verbose_name_plural) for row in rows)))


def check_register_is_empty() -> None:
    """Raise AlreadyLoaded unless there is neither a controller nor an activity."""
    if Controller.objects.exists() or Activity.objects.exists():
        raise AlreadyLoaded(_("Registeret er alt fylt; ingenting er endret."))


def read_seed(source: Path = SEED_DIR) -> list[models.Model]:
    """Return the rows of the seed files, unsaved and in the order to save them. Raises SeedInvalid."""
    reader = SeedReader(source)
    reader.read()
    if reader.problems:
        raise SeedInvalid(reader.problems)
    return reader.rows


Named = dict[str, models.Model]


@dataclass
class SeedReader:
    """Turns files into rows, and notes every problem on the way instead of stopping at the first.

    `rows` are unsaved, in the order to save them; they are whole only when there are no `problems`.
    """

    source: Path
    rows: list[models.Model] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    named: dict[str, Named] = field(default_factory=dict)
    """Rows that others refer to, by section and code."""
    seen: dict[tuple[object, ...], Table] = field(default_factory=dict)
    """Values that must be unique, and the row that has them."""

    def read(self) -> None:
        company, vocabulary = self._file(COMPANY_FILE), self._file(VOCABULARY_FILE)
        controller = self._controller(company) if company else None
        if vocabulary:
            self._vocabulary(vocabulary)
        names = sorted(path.name for path in (self.source / ACTIVITY_FILES).glob("*.toml"))
        if not names:
            self.problems.append(Problem(file=f"{ACTIVITY_FILES}/", text=_("Mappen har ingen filer med aktiviteter.")))
        for name in names:
            if table := self._file(f"{ACTIVITY_FILES}/{name}"):
                self._activity(table)
        if company:
            self._of_company(company, controller)

    def read_one(self, file: Table, *, words: Iterable[str], given: Mapping[str, Any]) -> None:
        """Read one activity, with `given` for what the file does not say, and the `words` files it may use.

        The order of `rows` is that of the words, then the activity, then its parts.
        """
        for name in words:
            if vocabulary := self._file(name):
                self._vocabulary(vocabulary)
        self._activity(file.child("", {**file.values, **given}))

    def _file(self, name: str) -> Table | None:
        found = read_seed_file(self.source, name)
        if isinstance(found, Problem):
            self.problems.append(found)
            return None
        return found

    # The files

    def _controller(self, company: Table) -> models.Model | None:
        self._refuse_unknown_keys(company, {"controller", *OF_CONTROLLER, *OF_COMPANY})
        values = company.values.get("controller")
        if not isinstance(values, dict):
            text = _("Mangler.") if values is None else _("Må være en tabell: [controller].")
            self.problems.append(company.problem(text, "controller"))
            return None
        return self._row(Controller, company.child("controller", values))

    def _of_company(self, company: Table, controller: models.Model | None) -> None:
        for section, model in OF_CONTROLLER.items():
            for position, table in enumerate(self._tables(company, section)):
                self._row(model, table, controller=controller, position=position)
        for section, model in OF_COMPANY.items():
            for position, table in enumerate(self._tables(company, section)):
                row = self._row(model, table, activity=None, position=position)
                if row is not None and model in {Remark, Proposal}:
                    self._check_annotation(table, Controller, {**OF_CONTROLLER, **VOCABULARY, **OF_COMPANY})

    def _vocabulary(self, vocabulary: Table) -> None:
        self._refuse_unknown_keys(vocabulary, VOCABULARY.keys())
        for section, model in VOCABULARY.items():
            self.named.setdefault(section, {})
            for position, table in enumerate(self._tables(vocabulary, section)):
                row = self._row(model, table, position=position)
                code = table.values.get("code")
                if isinstance(code, str):
                    # A row that cannot be made is one problem, not one for each row that refers to it.
                    self.named[section].setdefault(code, row or model())

    def _activity(self, file: Table) -> None:
        own = file.child("", {key: value for key, value in file.values.items() if key not in OF_ACTIVITY})
        activity = self._row(Activity, own)
        number = own.values.get("number")
        start = f"{ACTIVITY_FILES}/"
        if isinstance(number, str) and file.file.startswith(start) and not file.file.startswith(f"{start}{number}-"):
            self.problems.append(
                file.problem(
                    _("Filnavnet må begynne med nummeret, slik: %(start)s") % {"start": f"{number}-"}, "number"
                )
            )
        # An unreadable activity must not hide what is wrong with its rows.
        activity = activity or Activity()
        local: dict[str, Named] = {field: {} for field in KEYED.values()}
        for section, model in OF_ACTIVITY.items():
            tables = self._codes(file, section) if section in LISTS else self._tables(file, section)
            if section == "data":
                tables = [pair for table in tables for pair in self._pairs(table)]
            for position, table in enumerate(tables):
                row = self._keyed_row(section, model, table, local, activity=activity, position=position)
                if row is not None and model in {Remark, Proposal}:
                    self._check_annotation(table, Activity, OF_ACTIVITY)

    def _keyed_row(
        self, section: str, model: type[models.Model], table: Table, local: dict[str, Named], **given: Any
    ) -> models.Model | None:
        """Make a row of an activity, and keep it for others when it has a key."""
        key = table.values.get("key") if section in KEYED else None
        if section in KEYED:
            table = table.child(table.path, {name: value for name, value in table.values.items() if name != "key"})
        row = self._row(model, table, local=local, **given)
        if key is None:
            return row
        if not isinstance(key, str):
            self.problems.append(table.problem(_type_text(models.CharField()), "key"))
        elif key in local[KEYED[section]]:
            self.problems.append(table.problem(_("«%(value)s» er brukt før i denne filen.") % {"value": key}, "key"))
        else:
            local[KEYED[section]][key] = row or model()
        return row

    # The sections of a file

    def _tables(self, file: Table, section: str) -> list[Table]:
        found = file.values.get(section, [])
        if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
            self.problems.append(
                file.problem(_("Må være en liste av tabeller: [[%(name)s]].") % {"name": section}, section)
            )
            return []
        return [file.child(f"{section}[{number}]", item) for number, item in enumerate(found, start=1)]

    def _codes(self, file: Table, section: str) -> list[Table]:
        found = file.values.get(section, [])
        if not isinstance(found, list):
            self.problems.append(file.problem(_("Må være en liste av koder."), section))
            return []
        return [
            file.child(f"{section}[{number}]", {LISTS[section]: code}) for number, code in enumerate(found, start=1)
        ]

    def _pairs(self, table: Table) -> list[Table]:
        """Every category with every group of people: that is what the two lists of a data row mean."""
        lists = {}
        for plural, single in (("categories", "category"), ("subjects", "subject")):
            values = table.values.get(plural)
            if not isinstance(values, list) or not values:
                text = _("Mangler.") if values is None else _("Må være en liste med minst én kode.")
                self.problems.append(table.problem(text, plural))
                values = []
            lists[single] = values
        rest = {key: value for key, value in table.values.items() if key not in {"categories", "subjects"}}
        return [
            table.child(table.path, {"category": category, "subject": subject, **rest})
            for category in lists["category"]
            for subject in lists["subject"]
        ]

    # One row

    def _row(
        self, model: type[models.Model], table: Table, *, local: Mapping[str, Named] | None = None, **given: Any
    ) -> models.Model | None:
        """Return an unsaved row of `model` and put it in line to be saved, or note why it cannot be made."""
        before = len(self.problems)
        fields = {item.name: item for item in model._meta.concrete_fields if item.name not in NEVER_IN_FILES}
        self._refuse_unknown_keys(table, fields.keys())
        values: dict[str, Any] = dict(given)
        for name, item in fields.items():
            if name in table.values:
                values[name] = self._value(table, item, table.values[name], local or {})
            elif not (item.blank or item.has_default()):
                self.problems.append(table.problem(_("Mangler."), name))
        if len(self.problems) > before:
            return None
        row = model(**values)
        related = {item.name for item in model._meta.concrete_fields if item.is_relation}
        try:
            # What a row refers to is not saved yet; that it exists has been seen to.
            row.full_clean(exclude=related, validate_unique=False)
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                name = "" if name == "__all__" else name
                self.problems += [table.problem(message, name) for message in messages]
            return None
        self._refuse_repetition(row, table)
        if len(self.problems) > before:
            return None
        self.rows.append(row)
        return row

    def _value(self, table: Table, item: Any, value: Any, local: Mapping[str, Named]) -> Any:
        """Return what to put in the field, or note why it cannot stand there."""
        if item.is_relation:
            return self._referred(table, item, value, local)
        # A moment is a date to Python, and a truth value a number.
        if type(value) is not _type(item):
            self.problems.append(table.problem(_type_text(item), item.name))
        elif value != "" and item.choices and value not in (codes := [code for code, _label in item.choices]):
            self.problems.append(table.problem(_unknown_code(value, codes), item.name))
        return value

    def _referred(self, table: Table, item: Any, value: Any, local: Mapping[str, Named]) -> models.Model | None:
        name = item.name
        if not isinstance(value, str):
            self.problems.append(table.problem(_type_text(models.CharField()), name))
            return None
        known = local[name] if name in local else self.named.get(REFERENCES[name])
        if known is None:
            # The vocabulary could not be read, and that is noted: this need not be.
            return item.related_model()  # type: ignore[no-any-return]
        if value not in known:
            self.problems.append(table.problem(_unknown_code(value, known), name))
        return known.get(value)

    def _refuse_unknown_keys(self, table: Table, known: Iterable[str]) -> None:
        known = list(known)
        for key in table.values:
            if key not in known:
                close = get_close_matches(key, known, n=1)
                hint = " " + _("Mente du «%(name)s»?") % {"name": close[0]} if close else ""
                self.problems.append(table.problem(_("Ukjent nøkkel.") + hint, key))

    def _refuse_repetition(self, row: models.Model, table: Table) -> None:
        """Note a row that repeats what its model says must be unique, as the database would when it is saved."""
        meta = row._meta
        for item in meta.concrete_fields:
            if item.unique and not item.primary_key:
                value = getattr(row, item.name)
                text = _("«%(value)s» er brukt før, i %(file)s.")
                self._once((meta.label, item.name, value), table, text, item.name, value=value)
        for constraint in meta.constraints:
            # The partial constraints only say of empty values what `_once` says of all.
            if isinstance(constraint, models.UniqueConstraint) and constraint.condition is None:
                values = tuple(_identity(getattr(row, name)) for name in constraint.fields)
                message = str(constraint.violation_error_message).replace("%", "%%")
                self._once((constraint.name, *values), table, message, "")

    def _once(self, what: tuple[object, ...], table: Table, text: str, name: str, **facts: object) -> None:
        first = self.seen.setdefault(what, table)
        if first is not table:
            self.problems.append(table.problem(text % {"file": first.file, **facts}, name))

    # Remarks and proposals point at fields

    def _check_annotation(self, table: Table, model: type[models.Model], sections: Mapping[str, Any]) -> None:
        """Note a value that the field cannot have, and a gap that is no gap number."""
        gap = table.values.get("gap", "")
        if gap and not GAP.fullmatch(gap):
            self.problems.append(table.problem(_("En mangel skrives G og to siffer, for eksempel G09."), "gap"))
        name = table.values["field"]
        head, _dot, tail = name.partition(".")
        if head not in sections:
            target, own = model, head
        else:
            target, own = sections[head], tail or PROPOSED.get(head, "")
        fields = {item.name: item for item in target._meta.concrete_fields if item.name not in NEVER_IN_FILES}
        if own in fields and "value" in table.values:
            self._check_proposed(table, fields[own])

    def _check_proposed(self, table: Table, item: Any) -> None:
        if item.is_relation:
            codes = list(self.named.get(REFERENCES.get(item.name, ""), {}))
        else:
            codes = [code for code, _label in item.choices or ()]
        if codes and table.values["value"] not in codes:
            self.problems.append(table.problem(_unknown_code(table.values["value"], codes), "value"))


def _identity(value: object) -> object:
    """What tells values apart before they are saved: a row is itself, whatever it will be called."""
    return id(value) if isinstance(value, models.Model) else value


def _type(item: "models.Field[Any, Any]") -> type:
    if isinstance(item, models.BooleanField):
        return bool
    if isinstance(item, models.IntegerField):
        return int
    return date if isinstance(item, models.DateField) else str


def _type_text(item: "models.Field[Any, Any]") -> str:
    return {
        bool: _("Må være true eller false, uten anførselstegn."),
        int: _("Må være et helt tall, uten anførselstegn."),
        date: _("Må være en dato uten anførselstegn, for eksempel 2026-11-22."),
        str: _("Må være tekst i anførselstegn."),
    }[_type(item)]


def _unknown_code(value: object, codes: Iterable[str]) -> str:
    known = ", ".join(codes) or _("ingen")
    return _("«%(value)s» finnes ikke. Disse finnes: %(codes)s.") % {"value": value, "codes": known}
