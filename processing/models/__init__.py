"""Models of the register."""

from processing.models.activities import Activity
from processing.models.annotations import Proposal, Remark, Statement
from processing.models.assessments import (
    BalancingTest,
    ImpactAssessment,
    ScreeningAnswer,
    TransferAssessment,
)
from processing.models.confirmations import Confirmation
from processing.models.controllers import Controller, JointController, ReviewRoutine
from processing.models.export_jobs import ExportFile, ExportJob, ExportState
from processing.models.exports import RegisterExport
from processing.models.notices import NoticeFile, NoticeVersion
from processing.models.particulars import (
    ActivityData,
    Collection,
    DataSource,
    Disclosure,
    LegalGround,
    Purpose,
    RetentionRule,
    Safeguard,
    SpecialGround,
    SystemUse,
    Transfer,
)
from processing.models.parties import Party, System
from processing.models.reviews import Review
from processing.models.trackers import Tracker
from processing.models.translations import Translation
from processing.models.vocabulary import CollectionSituation, DataCategory, Measure, SubjectCategory

__all__ = [
    "Activity",
    "ActivityData",
    "BalancingTest",
    "Collection",
    "CollectionSituation",
    "Confirmation",
    "Controller",
    "DataCategory",
    "DataSource",
    "Disclosure",
    "ExportFile",
    "ExportJob",
    "ExportState",
    "ImpactAssessment",
    "JointController",
    "LegalGround",
    "Measure",
    "NoticeFile",
    "NoticeVersion",
    "Party",
    "Proposal",
    "Purpose",
    "RegisterExport",
    "Remark",
    "RetentionRule",
    "Review",
    "ReviewRoutine",
    "Safeguard",
    "ScreeningAnswer",
    "SpecialGround",
    "Statement",
    "SubjectCategory",
    "System",
    "SystemUse",
    "Tracker",
    "Transfer",
    "TransferAssessment",
    "Translation",
]
