"""Rows of the tables, as they were at one moment, joined to the frozen register.

A column of the same name as a field of the record is read by itself; terms and relations are turned here.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model

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

Row = dict[str, Any]
R = TypeVar("R")


class Joiner:
    """Joins the rows of the governed tables, each in the order it is printed. Lives for one register."""

    def __init__(self, moment: datetime, read: Mapping[type[Model], list[Row]]) -> None:
        self.moment = moment
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
