"""The one reader of history: the register as it was at a moment, as a frozen value.

Reads all history tables in one query, whatever the size of the register, and joins in Python. What comes back is what
the register *said* at the moment, also where it was wrong. History is primary data here: it is never pruned, and a row
that was deleted later is still read for the moments before.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, TypeVar
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
from processing.law import records
from processing.law.assessments import (
    BalancingOutcome,
    ImpactOutcome,
    RiskCriterion,
    SubProcessors,
    TransferOutcome,
)
from processing.law.bases import LegalBasis, SpecialCategory, SpecialCategoryGround
from processing.law.facts import ActivityStatus, Fact, PublishingRule, RemarkKind, ReviewOutcome, StatementTopic
from processing.law.languages import TextLanguage
from processing.law.parties import JointControllerStatus, PartyRole, SourceKind
from processing.law.regimes import LegalRegime
from processing.law.retention import PeriodUnit, RetentionKind, RetentionTrigger
from processing.law.trackers import LifeUnit, TrackerNeed
from processing.law.transfers import TransferTool
from processing.models.governed import Governed

OSLO = ZoneInfo("Europe/Oslo")

Row = dict[str, Any]
R = TypeVar("R")


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
    return _Reader(moment).register()


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


class _Reader:
    """Reads the tables and joins them. Lives for one call of `register_as_of`."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment
        read = _tables_at(moment)
        self.controllers = read[models.Controller]
        self.joint_controllers = read[models.JointController]
        self.routines = read[models.ReviewRoutine]
        self.activities = sorted(read[models.Activity], key=lambda row: (len(row["number"]), row["number"]))
        self.subjects = {row["id"]: _subject(row) for row in read[models.SubjectCategory]}
        self.categories = {row["id"]: _data_category(row) for row in read[models.DataCategory]}
        self.measures = {row["id"]: _measure(row) for row in read[models.Measure]}
        self.situations = {row["id"]: _situation(row) for row in read[models.CollectionSituation]}
        self.parties = {row["id"]: _party(row) for row in read[models.Party]}
        self.systems = {
            row["id"]: records.SystemRecord(code=row["code"], name=row["name"], party=self.parties.get(row["party_id"]))
            for row in read[models.System]
        }
        purposes = read[models.Purpose]
        self.purpose_texts = {row["id"]: row["description"] for row in purposes}
        retention = read[models.RetentionRule]
        self.rules = {row["id"]: _retention(row) for row in retention}
        self.purposes = _by_activity(purposes, _purpose)
        self.retention = _by_activity(retention, lambda row: self.rules[row["id"]])
        self.legal_grounds = _by_activity(read[models.LegalGround], self._legal_ground)
        self.special_grounds = _by_activity(read[models.SpecialGround], self._special_ground)
        self.data = _by_activity(read[models.ActivityData], self._data)
        self.disclosures = _by_activity(read[models.Disclosure], self._disclosure)
        self.transfers = _by_activity(read[models.Transfer], self._transfer)
        self.transfer_assessments = _by_activity(read[models.TransferAssessment], self._transfer_assessment)
        self.balancing_tests = _by_activity(read[models.BalancingTest], self._balancing_test)
        self.screening = _by_activity(read[models.ScreeningAnswer], _screening_answer)
        self.impact_assessments = _by_activity(read[models.ImpactAssessment], _impact_assessment)
        self.safeguards = _by_activity(read[models.Safeguard], lambda row: self.measures[row["measure_id"]])
        self.system_uses = _by_activity(read[models.SystemUse], lambda row: self.systems[row["system_id"]])
        self.sources = _by_activity(read[models.DataSource], _source)
        self.collections = _by_activity(read[models.Collection], lambda row: self.situations[row["situation_id"]])
        self.trackers = _by_activity(read[models.Tracker], self._tracker)
        self.statements = _by_activity(read[models.Statement], _statement)
        self.remarks = _by_activity(read[models.Remark], _remark)
        self.proposals = _by_activity(read[models.Proposal], _proposal)
        self.reviews = _by_activity(read[models.Review], _review)
        self.translations = _by_activity(read[models.Translation], _translation)

    def register(self) -> records.Register:
        return records.Register(
            moment=self.moment,
            controller=self._controller(),
            activities=tuple(self._activity(row) for row in self.activities),
            subject_categories=tuple(self.subjects.values()),
            data_categories=tuple(self.categories.values()),
            parties=tuple(self.parties.values()),
            measures=tuple(self.measures.values()),
            systems=tuple(self.systems.values()),
            situations=tuple(self.situations.values()),
            transfers=self.transfers[None],
            transfer_assessments=self.transfer_assessments[None],
            statements=self.statements[None],
            remarks=self.remarks[None],
            proposals=self.proposals[None],
            translations=self.translations[None],
        )

    def _controller(self) -> records.ControllerRecord | None:
        rows, joint, routines = self.controllers, self.joint_controllers, self.routines
        if not rows:
            return None
        facts = _fields(rows[0], records.ControllerRecord)
        for name, value in facts.items():
            if name in _CONTROLLER_FACTS:
                facts[name] = Fact(value)
        facts["publishing_rule"] = PublishingRule.of(facts["publishing_rule"])
        facts["joint_controllers"] = tuple(
            records.JointControllerRecord(
                **_fields(row, records.JointControllerRecord) | {"status": JointControllerStatus(row["status"])}
            )
            for row in joint
        )
        facts["review_routines"] = tuple(
            records.ReviewRoutineRecord(**_fields(row, records.ReviewRoutineRecord)) for row in routines
        )
        return records.ControllerRecord(**facts)

    def _activity(self, row: Row) -> records.ActivityRecord:
        key = row["id"]
        facts = _fields(row, records.ActivityRecord)
        facts |= {name: Fact(row[name]) for name in _ACTIVITY_FACTS}
        facts |= {
            "regime": LegalRegime.of(row["regime"]),
            "status": ActivityStatus(row["status"]),
            "purposes": self.purposes[key],
            "legal_grounds": self.legal_grounds[key],
            "special_grounds": self.special_grounds[key],
            "data": self.data[key],
            "retention": self.retention[key],
            "disclosures": self.disclosures[key],
            "transfers": self.transfers[key],
            "transfer_assessments": self.transfer_assessments[key],
            "balancing_tests": self.balancing_tests[key],
            "screening": self.screening[key],
            "impact_assessments": self.impact_assessments[key],
            "safeguards": self.safeguards[key],
            "systems": self.system_uses[key],
            "sources": self.sources[key],
            "collection": self.collections[key],
            "trackers": self.trackers[key],
            "statements": self.statements[key],
            "remarks": self.remarks[key],
            "proposals": self.proposals[key],
            "reviews": self.reviews[key],
            "translations": self.translations[key],
        }
        return records.ActivityRecord(**facts)

    def _legal_ground(self, row: Row) -> records.LegalGroundRecord:
        facts = _fields(row, records.LegalGroundRecord)
        facts |= {"basis": LegalBasis(row["basis"]), "purpose": self.purpose_texts.get(row["purpose_id"], "")}
        return records.LegalGroundRecord(**facts)

    def _special_ground(self, row: Row) -> records.SpecialGroundRecord:
        return records.SpecialGroundRecord(
            condition=SpecialCategoryGround(row["condition"]),
            purpose=self.purpose_texts.get(row["purpose_id"], ""),
            national_law=row["national_law"],
        )

    def _data(self, row: Row) -> records.DataRecord:
        return records.DataRecord(
            category=self.categories[row["category_id"]],
            subject=self.subjects[row["subject_id"]],
            presence=Fact(row["presence"]),
            retention=self.rules.get(row["retention_id"]),
        )

    def _disclosure(self, row: Row) -> records.DisclosureRecord:
        return records.DisclosureRecord(party=self.parties[row["party_id"]], reason=row["reason"])

    def _transfer(self, row: Row) -> records.TransferRecord:
        facts = _fields(row, records.TransferRecord)
        facts |= {"party": self.parties.get(row["party_id"]), "tool": TransferTool.of(row["tool"])}
        return records.TransferRecord(**facts)

    def _transfer_assessment(self, row: Row) -> records.TransferAssessmentRecord:
        facts = _fields(row, records.TransferAssessmentRecord)
        facts |= {"party": self.parties.get(row["party_id"]), "conclusion": TransferOutcome.of(row["conclusion"])}
        return records.TransferAssessmentRecord(**facts)

    def _balancing_test(self, row: Row) -> records.BalancingTestRecord:
        facts = _fields(row, records.BalancingTestRecord)
        purpose = self.purpose_texts.get(row["purpose_id"], "")
        facts |= {"purpose": purpose, "conclusion": BalancingOutcome.of(row["conclusion"])}
        return records.BalancingTestRecord(**facts)

    def _tracker(self, row: Row) -> records.TrackerRecord:
        facts = _fields(row, records.TrackerRecord)
        facts |= {
            "party": self.parties.get(row["party_id"]),
            "life_unit": LifeUnit.of(row["life_unit"]),
            "need": TrackerNeed.of(row["need"]),
        }
        return records.TrackerRecord(**facts)


_CONTROLLER_FACTS = frozenset(
    name for name, field in records.ControllerRecord.__dataclass_fields__.items() if field.type in (Fact, "Fact")
)
_ACTIVITY_FACTS = frozenset(
    name for name, field in records.ActivityRecord.__dataclass_fields__.items() if field.type in (Fact, "Fact")
)


def _fields(row: Row, record: type) -> dict[str, Any]:
    """The columns of `row` that `record` has under the same name."""
    return {name: row[name] for name in record.__dataclass_fields__ if name in row}  # type: ignore[attr-defined]


def _by_activity(rows: Iterable[Row], build: Callable[[Row], R]) -> defaultdict[int | None, tuple[R, ...]]:
    """Group what `build` makes of the rows by activity; the key None holds the company's own."""
    grouped: defaultdict[int | None, tuple[R, ...]] = defaultdict(tuple)
    for row in rows:
        grouped[row["activity_id"]] += (build(row),)
    return grouped


def _subject(row: Row) -> records.SubjectCategoryRecord:
    return records.SubjectCategoryRecord(
        code=row["code"], name=row["name"], listed_in_notice=Fact(row["listed_in_notice"])
    )


def _data_category(row: Row) -> records.DataCategoryRecord:
    return records.DataCategoryRecord(
        code=row["code"],
        name=row["name"],
        public_name=row["public_name"],
        special_category=SpecialCategory.of(row["special_category"]),
    )


def _measure(row: Row) -> records.MeasureRecord:
    return records.MeasureRecord(**_fields(row, records.MeasureRecord))


def _situation(row: Row) -> records.CollectionSituationRecord:
    return records.CollectionSituationRecord(code=row["code"], name=row["name"])


def _party(row: Row) -> records.PartyRecord:
    facts = _fields(row, records.PartyRecord)
    facts |= {
        "role": PartyRole(row["role"]),
        "has_agreement": Fact(row["has_agreement"]),
        "agreement_contents": Fact(row["agreement_contents"]),
        "agreement_sub_processors": SubProcessors.of(row["agreement_sub_processors"]),
    }
    return records.PartyRecord(**facts)


def _purpose(row: Row) -> records.PurposeRecord:
    return records.PurposeRecord(description=row["description"], public_description=row["public_description"])


def _retention(row: Row) -> records.RetentionRecord:
    facts = _fields(row, records.RetentionRecord)
    facts |= {
        "trigger": RetentionTrigger.of(row["trigger"]),
        "kind": RetentionKind.of(row["kind"]),
        "unit": PeriodUnit.of(row["unit"]),
    }
    return records.RetentionRecord(**facts)


def _screening_answer(row: Row) -> records.ScreeningAnswerRecord:
    return records.ScreeningAnswerRecord(
        criterion=RiskCriterion(row["criterion"]), answer=Fact(row["answer"]), note=row["note"]
    )


def _impact_assessment(row: Row) -> records.ImpactAssessmentRecord:
    facts = _fields(row, records.ImpactAssessmentRecord) | {"conclusion": ImpactOutcome.of(row["conclusion"])}
    return records.ImpactAssessmentRecord(**facts)


def _source(row: Row) -> records.SourceRecord:
    return records.SourceRecord(kind=SourceKind(row["kind"]), description=row["description"])


def _statement(row: Row) -> records.StatementRecord:
    return records.StatementRecord(topic=StatementTopic(row["topic"]), text=row["text"])


def _remark(row: Row) -> records.RemarkRecord:
    return records.RemarkRecord(field=row["field"], kind=RemarkKind(row["kind"]), text=row["text"], gap=row["gap"])


def _proposal(row: Row) -> records.ProposalRecord:
    return records.ProposalRecord(**_fields(row, records.ProposalRecord))


def _review(row: Row) -> records.ReviewRecord:
    facts = _fields(row, records.ReviewRecord) | {"outcome": ReviewOutcome.of(row["outcome"])}
    return records.ReviewRecord(**facts)


def _translation(row: Row) -> records.TranslationRecord:
    return records.TranslationRecord(language=TextLanguage(row["language"]), original=row["original"], text=row["text"])
