"""The register as one frozen value.

`register_as_of(moment)` builds a `Register` from history; everything that shows, checks or exports the register
is a function of it (decision 3). An empty string, None or `Fact.NOT_STATED` means that the register says nothing
there, never that the answer is no. Tuples are in the order in which they are printed.
"""

from dataclasses import dataclass
from datetime import date, datetime

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


@dataclass(frozen=True, kw_only=True)
class JointControllerRecord:
    name: str
    status: JointControllerStatus
    contact: str = ""
    arrangement: str = ""


@dataclass(frozen=True, kw_only=True)
class ReviewRoutineRecord:
    """A routine by which the company looks over its data at least every `every_months` months."""

    code: str
    description: str
    every_months: int | None = None


@dataclass(frozen=True, kw_only=True)
class ControllerRecord:
    legal_name: str = ""
    trading_name: str = ""
    named_as_controller: str = ""
    org_no: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    cookie_page: str = ""
    contact_person: str = ""
    contact_role: str = ""
    has_dpo: Fact = Fact.NOT_STATED
    dpo_name: str = ""
    dpo_contact: str = ""
    has_representative: Fact = Fact.NOT_STATED
    representative: str = ""
    processor_for_others: Fact = Fact.NOT_STATED
    processor_statement_on: date | None = None
    sells_data: Fact = Fact.NOT_STATED
    professional_secrecy: Fact = Fact.NOT_STATED
    agreements_with_processors: Fact = Fact.NOT_STATED
    transfers_documented_on_request: Fact = Fact.NOT_STATED
    automated_decisions: Fact = Fact.NOT_STATED
    profiling: Fact = Fact.NOT_STATED
    answer_within_days: int | None = None
    supervisory_authority: str = ""
    publishing_rule: PublishingRule | None = None
    case_content_days: int | None = None
    case_withdrawn_days: int | None = None
    case_answers_months: int | None = None
    case_line_years: int | None = None
    joint_controllers: tuple[JointControllerRecord, ...] = ()
    review_routines: tuple[ReviewRoutineRecord, ...] = ()

    @property
    def address(self) -> str:
        """The postal address on one line, or empty when the street or the place is not stated."""
        place = f"{self.postcode} {self.city}".strip()
        return f"{self.street}, {place}" if self.street and place else self.street or place


@dataclass(frozen=True, kw_only=True)
class SubjectCategoryRecord:
    code: str
    name: str
    listed_in_notice: Fact = Fact.NOT_STATED


@dataclass(frozen=True, kw_only=True)
class DataCategoryRecord:
    code: str
    name: str
    public_name: str = ""
    special_category: SpecialCategory | None = None


@dataclass(frozen=True, kw_only=True)
class MeasureRecord:
    """A security measure (Art. 32(1)). A general measure covers every activity."""

    code: str
    name: str
    public_name: str = ""
    general: bool = False


@dataclass(frozen=True, kw_only=True)
class CollectionSituationRecord:
    code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class PartyRecord:
    """A recipient, named or only described. `name` is empty when the register knows just what it does for us."""

    code: str
    role: PartyRole
    service: str
    public_service: str = ""
    name: str = ""
    org_no: str = ""
    country: str = ""
    has_agreement: Fact = Fact.NOT_STATED
    agreement_on: date | None = None
    agreement_reference: str = ""
    agreement_owner: str = ""
    agreement_contents: Fact = Fact.NOT_STATED
    agreement_sub_processors: SubProcessors | None = None
    agreement_review_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class SystemRecord:
    code: str
    name: str
    party: PartyRecord | None = None


@dataclass(frozen=True, kw_only=True)
class LegalGroundRecord:
    """One basis in Art. 6. `purpose` is its text, or empty when it is stated for the activity as a whole."""

    basis: LegalBasis
    purpose: str = ""
    national_law: str = ""
    legitimate_interest: str = ""
    consent_withdrawal: str = ""
    scope: str = ""


@dataclass(frozen=True, kw_only=True)
class SpecialGroundRecord:
    """One condition in Art. 9(2), with the national law it leans on."""

    condition: SpecialCategoryGround
    purpose: str = ""
    national_law: str = ""


@dataclass(frozen=True, kw_only=True)
class PurposeRecord:
    description: str
    public_description: str = ""


@dataclass(frozen=True, kw_only=True)
class RetentionRecord:
    """How long something is kept. `covers` says what, and is empty when the rule covers the whole activity."""

    covers: str = ""
    trigger: RetentionTrigger | None = None
    kind: RetentionKind | None = None
    period: int | None = None
    unit: PeriodUnit | None = None
    statute: str = ""
    statement: str = ""
    public_wording: str = ""

    @property
    def is_stated(self) -> bool:
        """True when the register says anything at all about how long."""
        return bool(self.trigger or self.period is not None or self.statement or self.public_wording)


@dataclass(frozen=True, kw_only=True)
class DataRecord:
    """A data category about a category of people, and the retention rule that covers the pair, if one is named."""

    category: DataCategoryRecord
    subject: SubjectCategoryRecord
    presence: Fact
    retention: RetentionRecord | None = None


@dataclass(frozen=True, kw_only=True)
class DisclosureRecord:
    party: PartyRecord
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class TransferRecord:
    """A transfer out of the EEA. Without a party it is stated for the activity, or the company, as such."""

    party: PartyRecord | None = None
    country: str = ""
    tool: TransferTool | None = None
    documentation: str = ""
    checked_on: date | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class SourceRecord:
    kind: SourceKind
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class TrackerRecord:
    """A cookie, a pixel or the like. Who sets it is a party of the register, or only named in `provider`.

    `life` is in `life_unit`; with LifeUnit.SESSION there is no number.
    """

    name: str
    party: PartyRecord | None = None
    provider: str = ""
    reason: str = ""
    life: int | None = None
    life_unit: LifeUnit | None = None
    need: TrackerNeed | None = None


@dataclass(frozen=True, kw_only=True)
class StatementRecord:
    topic: StatementTopic
    text: str


@dataclass(frozen=True, kw_only=True)
class RemarkRecord:
    """A doubt about a field that no rule can see. `gap` is a number of docs/law.md, or empty."""

    field: str
    kind: RemarkKind
    text: str
    gap: str = ""


@dataclass(frozen=True, kw_only=True)
class ProposalRecord:
    """A value somebody proposes for a field. It is never the field's value until a person accepts it (decision 24)."""

    field: str
    value: str
    reason: str = ""
    gap: str = ""


@dataclass(frozen=True, kw_only=True)
class TranslationRecord:
    """A public text in another language. `original` is the bokmål it translates, word for word.

    An activity's own are for its texts; the company's are for those that several share.
    """

    language: TextLanguage
    original: str
    text: str


@dataclass(frozen=True, kw_only=True)
class AssessmentRecord:
    """What every assessment has. It is concluded once it has a conclusion, and that has a day."""

    owner: str = ""
    concluded_on: date | None = None
    next_review_on: date | None = None
    reference: str = ""


@dataclass(frozen=True, kw_only=True)
class BalancingTestRecord(AssessmentRecord):
    """`purpose` is its text, or empty when the test covers all that rests on legitimate interest."""

    purpose: str = ""
    interest: str = ""
    necessity: str = ""
    balance: str = ""
    conclusion: BalancingOutcome | None = None


@dataclass(frozen=True, kw_only=True)
class ScreeningAnswerRecord:
    """The answer to one criterion of risk. What they come to is the activity's `dpia_needed`, and `dpia_note` why."""

    criterion: RiskCriterion
    answer: Fact
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ImpactAssessmentRecord(AssessmentRecord):
    """`covers` is empty when the assessment is of the whole activity. `consulted_on` is the day of Art. 36(1)."""

    covers: str = ""
    description: str = ""
    necessity: str = ""
    risks: str = ""
    measures: str = ""
    advice: str = ""
    conclusion: ImpactOutcome | None = None
    consulted_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class TransferAssessmentRecord(AssessmentRecord):
    """Of transfers to a country: to `party`, or to anyone there when it has none."""

    country: str
    party: PartyRecord | None = None
    law_and_practice: str = ""
    measures: str = ""
    conclusion: TransferOutcome | None = None

    def covers(self, transfer: TransferRecord) -> bool:
        to_party = self.party is None or (transfer.party is not None and transfer.party.code == self.party.code)
        return to_party and transfer.country.upper() == self.country.upper()


@dataclass(frozen=True, kw_only=True)
class ReviewRecord:
    """A look at the whole activity. It is open until somebody concludes it; then it has a day, an outcome and a person.

    The days are Oslo dates, and `reviewer` is the name the person had.
    """

    opened_on: date
    concluded_on: date | None = None
    outcome: ReviewOutcome | None = None
    reviewer: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ActivityRecord:
    number: str
    code: str
    name: str
    public_name: str = ""
    description: str = ""
    public_description: str = ""
    regime: LegalRegime | None = None
    status: ActivityStatus = ActivityStatus.DRAFT
    valid_from: date | None = None
    valid_to: date | None = None
    owner: str = ""
    special_categories: Fact = Fact.NOT_STATED
    provision_required: Fact = Fact.NOT_STATED
    provision_consequence: str = ""
    automated_decisions: Fact = Fact.NOT_STATED
    automated_decisions_note: str = ""
    transfers_outside_eea: Fact = Fact.NOT_STATED
    internal_access: str = ""
    public_access: str = ""
    dpia_needed: Fact = Fact.NOT_STATED
    dpia_note: str = ""
    screening_owner: str = ""
    screened_on: date | None = None
    screening_review_on: date | None = None
    purposes: tuple[PurposeRecord, ...] = ()
    legal_grounds: tuple[LegalGroundRecord, ...] = ()
    special_grounds: tuple[SpecialGroundRecord, ...] = ()
    data: tuple[DataRecord, ...] = ()
    retention: tuple[RetentionRecord, ...] = ()
    disclosures: tuple[DisclosureRecord, ...] = ()
    transfers: tuple[TransferRecord, ...] = ()
    transfer_assessments: tuple[TransferAssessmentRecord, ...] = ()
    balancing_tests: tuple[BalancingTestRecord, ...] = ()
    screening: tuple[ScreeningAnswerRecord, ...] = ()
    impact_assessments: tuple[ImpactAssessmentRecord, ...] = ()
    safeguards: tuple[MeasureRecord, ...] = ()
    systems: tuple[SystemRecord, ...] = ()
    sources: tuple[SourceRecord, ...] = ()
    collection: tuple[CollectionSituationRecord, ...] = ()
    trackers: tuple[TrackerRecord, ...] = ()
    statements: tuple[StatementRecord, ...] = ()
    remarks: tuple[RemarkRecord, ...] = ()
    proposals: tuple[ProposalRecord, ...] = ()
    reviews: tuple[ReviewRecord, ...] = ()
    translations: tuple[TranslationRecord, ...] = ()

    @property
    def last_reviewed_on(self) -> date | None:
        """The last Oslo date on which somebody concluded a review, or None where nobody has."""
        return max((review.concluded_on for review in self.reviews if review.concluded_on), default=None)

    @property
    def title(self) -> str:
        """The name the public reads."""
        return self.public_name or self.name

    @property
    def bases(self) -> frozenset[LegalBasis]:
        return frozenset(ground.basis for ground in self.legal_grounds)

    @property
    def subjects(self) -> tuple[SubjectCategoryRecord, ...]:
        """The categories of people, each once, in the order of the data rows."""
        return tuple(dict.fromkeys(row.subject for row in self.data))

    @property
    def data_categories(self) -> tuple[DataCategoryRecord, ...]:
        """The data categories, each once, in the order of the data rows."""
        return tuple(dict.fromkeys(row.category for row in self.data))

    def is_valid_on(self, day: date) -> bool:
        """True when the activity is in use on `day`, an Oslo date. `valid_to` is the last day it is."""
        if self.status is not ActivityStatus.ACTIVE:
            return False
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, kw_only=True)
class Register:
    """The whole register as it was at `moment` (aware). A register that did not exist yet has no controller."""

    moment: datetime
    controller: ControllerRecord | None = None
    activities: tuple[ActivityRecord, ...] = ()
    subject_categories: tuple[SubjectCategoryRecord, ...] = ()
    data_categories: tuple[DataCategoryRecord, ...] = ()
    parties: tuple[PartyRecord, ...] = ()
    measures: tuple[MeasureRecord, ...] = ()
    systems: tuple[SystemRecord, ...] = ()
    situations: tuple[CollectionSituationRecord, ...] = ()
    transfers: tuple[TransferRecord, ...] = ()
    transfer_assessments: tuple[TransferAssessmentRecord, ...] = ()
    statements: tuple[StatementRecord, ...] = ()
    remarks: tuple[RemarkRecord, ...] = ()
    proposals: tuple[ProposalRecord, ...] = ()
    translations: tuple[TranslationRecord, ...] = ()

    @property
    def is_empty(self) -> bool:
        return self.controller is None and not self.activities

    @property
    def general_measures(self) -> tuple[MeasureRecord, ...]:
        """The measures that cover every activity."""
        return tuple(measure for measure in self.measures if measure.general)

    def activities_on(self, day: date) -> tuple[ActivityRecord, ...]:
        """The activities in use on `day`, an Oslo date: what the notice shows. Exports hold them all."""
        return tuple(activity for activity in self.activities if activity.is_valid_on(day))
