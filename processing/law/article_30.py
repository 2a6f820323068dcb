"""What Art. 30(1) asks a register to hold, field by field of the records.

The letter says which of (a) to (g) asks. Fields without a letter are asked for by nobody, but the rest cannot be read
without them: what a row is called, and whether the activity is in use. Every other field is an addition (R-30-4).
"""

from collections.abc import Mapping

from processing.law.records import (
    ActivityRecord,
    ControllerRecord,
    DataCategoryRecord,
    DataRecord,
    DisclosureRecord,
    JointControllerRecord,
    MeasureRecord,
    PartyRecord,
    PurposeRecord,
    Register,
    RetentionRecord,
    SubjectCategoryRecord,
    TransferRecord,
)
from processing.law.sources import LegalSource, gdpr

ASKED_FOR: Mapping[type, Mapping[str, str]] = {
    Register: {
        "moment": "",
        "controller": "a",
        "activities": "",
        "subject_categories": "c",
        "data_categories": "c",
        "parties": "d",
        "transfers": "e",
        "measures": "g",
    },
    ControllerRecord: dict.fromkeys(
        (
            "legal_name",
            "trading_name",
            "named_as_controller",
            "org_no",
            "street",
            "postcode",
            "city",
            "country",
            "email",
            "phone",
            "website",
            "contact_person",
            "contact_role",
            "has_dpo",
            "dpo_name",
            "dpo_contact",
            "has_representative",
            "representative",
            "joint_controllers",
        ),
        "a",
    ),
    JointControllerRecord: dict.fromkeys(("name", "status", "contact"), "a"),
    ActivityRecord: {
        "number": "",
        "name": "",
        "status": "",
        "valid_from": "",
        "valid_to": "",
        "purposes": "b",
        "data": "c",
        "special_categories": "c",
        "disclosures": "d",
        "transfers": "e",
        "transfers_outside_eea": "e",
        "retention": "f",
        "safeguards": "g",
    },
    PurposeRecord: {"description": "b"},
    SubjectCategoryRecord: {"code": "", "name": "c"},
    DataCategoryRecord: {"code": "", "name": "c", "special_category": "c"},
    DataRecord: {"category": "c", "subject": "c", "presence": "c", "retention": "f"},
    DisclosureRecord: {"party": "d"},
    PartyRecord: {"code": "", "role": "d", "service": "d", "name": "d", "country": "e"},
    TransferRecord: dict.fromkeys(("party", "country", "tool", "documentation"), "e"),
    RetentionRecord: dict.fromkeys(("covers", "trigger", "kind", "period", "unit", "statute", "statement"), "f"),
    MeasureRecord: {"code": "", "name": "g", "general": "g"},
}


def asked_for(record: type, field: str) -> bool:
    """True when the article asks for the field, or the rest cannot be read without it."""
    return field in ASKED_FOR.get(record, {})


def source_of(record: type, field: str) -> LegalSource | None:
    """Return the letter of Art. 30(1) that asks for the field, or None where none does."""
    letter = ASKED_FOR.get(record, {}).get(field, "")
    return gdpr(f"art. 30 nr. 1 bokstav {letter}") if letter else None
