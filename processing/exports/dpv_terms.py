"""Which terms of the Data Privacy Vocabulary (DPV 2.3) say what the register says.

DPV is a report of the W3C Data Privacy Vocabularies and Controls Community Group, https://w3id.org/dpv.
tests/data/dpv-terms.json lists the terms used here as the vocabulary's own files have them. What has no term there is
a term of our own: the name of the table and the column, as in the JSON and in the CSV.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from processing.law.assessments import ImpactOutcome
from processing.law.bases import LegalBasis, SpecialCategory, SpecialCategoryGround
from processing.law.facts import ActivityStatus, Fact
from processing.law.parties import PartyRole, SourceKind
from processing.law.rights import Right
from processing.law.terms import LawTerm
from processing.law.transfers import TransferTool

DPV_VERSION = "2.3"

NAMESPACE = "urn:uuid:6a8605ab-d72a-4b16-a8ed-6198804743e6#"
"""Of our own terms. A name and not an address: it promises no page, and needs nobody's register (RFC 9562)."""

PREFIXES: Mapping[str, str] = {
    "dpv": "https://w3id.org/dpv#",
    "pd": "https://w3id.org/dpv/pd#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "loc": "https://w3id.org/dpv/loc#",
    "dct": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "reg": NAMESPACE,
}


@dataclass(frozen=True, kw_only=True)
class Described:
    """How the rows of a table are described.

    `link` goes from what the row belongs to. `columns` are those with a term of DPV or Dublin Core; the others have
    one of our own.
    """

    classes: tuple[str, ...] = ()
    link: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)


DESCRIBED: Mapping[str, Described] = {
    "controller": Described(
        classes=("dpv:DataController", "dpv:Organisation"),
        link="dpv:hasDataController",
        columns={"legal_name": "dpv:hasName", "org_no": "dpv:hasIdentifier"},
    ),
    "joint_controllers": Described(columns={"name": "dpv:hasName", "contact": "dpv:hasContact"}),
    "activities": Described(
        classes=("dpv:PersonalDataHandling",),
        link="dct:hasPart",
        columns={"number": "dct:identifier", "name": "dct:title", "description": "dct:description"},
    ),
    "purposes": Described(classes=("dpv:Purpose",), link="dpv:hasPurpose", columns={"description": "dct:description"}),
    "legal_grounds": Described(link="dpv:hasLegalBasis"),
    "special_grounds": Described(link="dpv:hasLegalBasis"),
    "retention": Described(
        classes=("dpv:StorageDuration",), link="dpv:hasStorageCondition", columns={"statement": "dct:description"}
    ),
    "transfers": Described(
        classes=("dpv:Transfer",), link="dpv:hasProcessing", columns={"party": "dpv:hasDataImporter"}
    ),
    "transfer_assessments": Described(classes=("dpv:DataTransferImpactAssessment",), link="dpv:hasImpactAssessment"),
    "balancing_tests": Described(classes=("dpv:LegitimateInterestAssessment",), link="dpv:hasAssessment"),
    "screening": Described(classes=("eu-gdpr:DPIANecessityAssessment",), link="dpv:hasAssessment"),
    "impact_assessments": Described(
        classes=("dpv:DPIA",), link="dpv:hasImpactAssessment", columns={"description": "dct:description"}
    ),
    "safeguards": Described(link="dpv:hasTechnicalOrganisationalMeasure"),
    "systems_in_use": Described(link="dpv:isImplementedUsingTechnology"),
    "sources": Described(link="dpv:hasDataSource", columns={"description": "dct:description"}),
    "subject_categories": Described(
        classes=("dpv:DataSubject",), columns={"code": "dct:identifier", "name": "dct:title"}
    ),
    "data_categories": Described(
        classes=("dpv:PersonalData",), columns={"code": "dct:identifier", "name": "dct:title"}
    ),
    "parties": Described(
        classes=("dpv:Recipient",),
        columns={
            "code": "dct:identifier",
            "service": "dct:title",
            "name": "dpv:hasName",
            "org_no": "dpv:hasIdentifier",
        },
    ),
    "measures": Described(
        classes=("dpv:TechnicalOrganisationalMeasure",), columns={"code": "dct:identifier", "name": "dct:title"}
    ),
    "systems": Described(classes=("dpv:Technology",), columns={"code": "dct:identifier", "name": "dct:title"}),
    "situations": Described(columns={"code": "dct:identifier", "name": "dct:title"}),
}
"""By the name of the table. A table that is not here has nothing but terms of our own."""

_SPECIAL = "dpv:SpecialCategoryPersonalData"

CLASSES: Mapping[type[LawTerm], Mapping[LawTerm, tuple[str, ...]]] = {
    LegalBasis: {basis: (f"eu-gdpr:A6-1-{basis.value}",) for basis in LegalBasis},
    SpecialCategoryGround: {ground: (f"eu-gdpr:A{ground.value}",) for ground in SpecialCategoryGround},
    SpecialCategory: {
        SpecialCategory.HEALTH: ("pd:Health", _SPECIAL),
        SpecialCategory.ETHNIC_ORIGIN: ("pd:EthnicOrigin", _SPECIAL),
        SpecialCategory.POLITICAL_OPINION: ("pd:PoliticalOpinion", _SPECIAL),
        SpecialCategory.RELIGION: ("pd:Religion", _SPECIAL),
        SpecialCategory.PHILOSOPHICAL_BELIEF: ("pd:PhilosophicalBelief", _SPECIAL),
        SpecialCategory.TRADE_UNION: ("pd:TradeUnionMembership", _SPECIAL),
        SpecialCategory.GENETIC: ("pd:Genetic", _SPECIAL),
        SpecialCategory.BIOMETRIC: ("pd:Biometric", _SPECIAL),
        SpecialCategory.SEX_LIFE: ("pd:Sexual", _SPECIAL),
        SpecialCategory.SEXUAL_ORIENTATION: ("pd:SexualPreference", _SPECIAL),
        # Art. 10: sensitive, and not one of the special categories of Art. 9.
        SpecialCategory.CRIMINAL_OFFENCE: ("pd:CriminalOffence", "dpv:SensitivePersonalData"),
    },
    PartyRole: {
        PartyRole.PROCESSOR: ("dpv:DataProcessor",),
        PartyRole.CONTROLLER: ("dpv:DataController",),
        PartyRole.AUTHORITY: ("dpv:Authority",),
    },
    SourceKind: {
        SourceKind.DATA_SUBJECT: ("dpv:DataSubjectDataSource",),
        SourceKind.OBSERVED: ("dpv:DataSubjectDataSource",),
        SourceKind.THERAPIST: ("dpv:DataControllerDataSource",),
        SourceKind.EMPLOYER: ("dpv:ThirdPartyDataSource",),
        SourceKind.REFERRER: ("dpv:ThirdPartyDataSource",),
        SourceKind.RELATIVES: ("dpv:ThirdPartyDataSource",),
        SourceKind.REFEREES: ("dpv:ThirdPartyDataSource",),
        SourceKind.PUBLIC_REGISTER: ("dpv:PublicDataSource",),
        SourceKind.OTHER: ("dpv:DataSource",),
    },
}
"""What a row is, beside the classes of its table, when one of its columns says this."""

LINKED: Mapping[type[LawTerm], tuple[str, Mapping[LawTerm, str]]] = {
    ActivityStatus: (
        "dpv:hasActivityStatus",
        {
            ActivityStatus.DRAFT: "dpv:ActivityProposed",
            ActivityStatus.ACTIVE: "dpv:ActivityOngoing",
            ActivityStatus.RETIRED: "dpv:ActivityCompleted",
        },
    ),
    ImpactOutcome: (
        "dpv:hasStatus",
        {
            ImpactOutcome.ACCEPTABLE: "eu-gdpr:DPIAOutcomeRisksAcceptable",
            ImpactOutcome.HIGH: "eu-gdpr:DPIAOutcomeHighResidualRisk",
        },
    ),
    # Which letter of Art. 49 a derogation rests on the register does not say, and the two tools that have ended are
    # no basis any longer: they have the term of our own alone.
    TransferTool: (
        "dpv:hasLegalBasis",
        {
            TransferTool.ADEQUACY: "eu-gdpr:A45-3",
            TransferTool.DPF: "eu-gdpr:A45-3",
            TransferTool.SCC: "eu-gdpr:A46-2-c",
            TransferTool.BCR: "eu-gdpr:A46-2-b",
            TransferTool.CODE_OF_CONDUCT: "eu-gdpr:A46-2-e",
            TransferTool.CERTIFICATION: "eu-gdpr:A46-2-f",
            TransferTool.PUBLIC_INSTRUMENT: "eu-gdpr:A46-2-a",
            TransferTool.ADHOC_CLAUSES: "eu-gdpr:A46-3-a",
        },
    ),
}
"""What a row points to when one of its columns says this: the property, and the term by what is said."""

DPIA_NEEDED: Mapping[Fact, str] = {Fact.YES: "eu-gdpr:DPIARequired", Fact.NO: "eu-gdpr:DPIANotRequired"}

RIGHTS: Mapping[Right, str] = {
    Right.ACCESS: "eu-gdpr:A15",
    Right.RECTIFICATION: "eu-gdpr:A16",
    Right.ERASURE: "eu-gdpr:A17",
    Right.RESTRICTION: "eu-gdpr:A18",
    Right.PORTABILITY: "eu-gdpr:A20",
    Right.OBJECTION: "eu-gdpr:A21",
    Right.OBJECTION_MARKETING: "eu-gdpr:A21",
    Right.WITHDRAW_CONSENT: "eu-gdpr:A7-3",
}
"""The access log is a right of Norwegian law alone."""

BY_CODE: Mapping[str, Mapping[str, str]] = {
    "subject_categories": {
        "clients": "dpv:Client",
        "site_visitors": "dpv:User",
        "applicants": "dpv:JobApplicant",
        "subscribers": "dpv:Subscriber",
        "event_attendees": "dpv:Participant",
        "employees": "dpv:Employee",
        "minors": "dpv:Child",
    },
    "data_categories": {
        "name": "pd:Name",
        "contact_details": "pd:Contact",
        "email_address": "pd:EmailAddress",
        "ip_address": "pd:IPAddress",
        "order_data": "pd:Purchase",
        "payment_data": "pd:Financial",
        "fee_data": "pd:Financial",
        "journal_content": "pd:HealthRecord",
        "chat_messages": "pd:Communication",
        "correspondence": "pd:Communication",
        "recordings": "pd:VoiceCommunicationRecording",
        "cv": "pd:WorkHistory",
        "application_content": "pd:Professional",
        "newsletter_activity": "pd:LinkClicked",
        "cookie_data": "pd:Tracking",
        "mental_health": "pd:MentalHealth",
        "physical_health": "pd:PhysicalHealth",
    },
    "measures": {
        "strong_passwords": "dpv:PasswordAuthentication",
        "encryption": "dpv:Encryption",
        "end_to_end_encryption": "dpv:EndToEndEncryption",
        "access_control": "dpv:AccessControlMethod",
        "access_limited_to_own_therapist": "dpv:AccessControlMethod",
        "backup": "dpv:DataBackupProtocols",
        "mfa": "dpv:MultiFactorAuthentication",
        "mfa_app": "dpv:MultiFactorAuthentication",
        "need_to_know": "dpv:UsageControl",
        "reputable_vendors": "dpv:ThirdPartySecurityProcedures",
        "filing_cabinet": "dpv:PhysicalSecureStorage",
        "locked_office": "dpv:PhysicalAccessControlMethod",
    },
}
"""Narrower classes for shared rows of the company's register, by their code. A row a clerk adds has the wide one."""
