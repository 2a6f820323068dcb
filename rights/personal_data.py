"""What each stored field of a case says about a person, and what becomes of it. `docs/personal-data.md` explains.

The tests fail when a field of `rights` is missing here or in the document, so that none is added without a thought.
"""

from enum import StrEnum


class DataClass(StrEnum):
    """How a field is to be treated. The value is the word the document uses."""

    WRITTEN = "written by the person"
    ANSWER = "written to the person"
    ABOUT = "about the request"
    SECRET = "keyed hash"  # noqa: S105
    CODE = "sealed code"
    CASE_LINE = "case line"
    STAFF = "about staff"
    PROOF = "proof"
    TECHNICAL = "technical"


CLASSIFIED: dict[str, dict[str, DataClass]] = {
    "RightsRequest": {
        "id": DataClass.TECHNICAL,
        "public_id": DataClass.TECHNICAL,
        "case_number": DataClass.CASE_LINE,
        "status": DataClass.CASE_LINE,
        "channel": DataClass.CASE_LINE,
        "received_at": DataClass.CASE_LINE,
        "received_on": DataClass.CASE_LINE,
        "nominal_on": DataClass.CASE_LINE,
        "statutory_on": DataClass.CASE_LINE,
        "promised_on": DataClass.CASE_LINE,
        "client_on": DataClass.CASE_LINE,
        "staff_on": DataClass.CASE_LINE,
        "extended_on": DataClass.CASE_LINE,
        "relation": DataClass.ABOUT,
        "unsure": DataClass.ABOUT,
        "activity_number": DataClass.ABOUT,
        "on_behalf": DataClass.ABOUT,
        "child_age": DataClass.ABOUT,
        "copy_first": DataClass.ABOUT,
        "scope": DataClass.ABOUT,
        "from_year": DataClass.ABOUT,
        "to_year": DataClass.ABOUT,
        "explain_words": DataClass.ABOUT,
        "go_through": DataClass.ABOUT,
        "all_consents": DataClass.ABOUT,
        "consents": DataClass.ABOUT,
        "speaks_of_danger": DataClass.ABOUT,
        "owner": DataClass.STAFF,
        "version": DataClass.TECHNICAL,
        "regimes": DataClass.CASE_LINE,
        "identity_asked_on": DataClass.CASE_LINE,
        "ending": DataClass.CASE_LINE,
        "ended_on": DataClass.CASE_LINE,
        "call_wanted_at": DataClass.ABOUT,
        "held_for": DataClass.CASE_LINE,
        "held_on": DataClass.CASE_LINE,
        "content_erased_on": DataClass.CASE_LINE,
        "answers_erased_on": DataClass.CASE_LINE,
        "contact_way": DataClass.ABOUT,
        "no_voicemail": DataClass.ABOUT,
        "neutral_envelope": DataClass.ABOUT,
        "name": DataClass.WRITTEN,
        "email": DataClass.WRITTEN,
        "address": DataClass.WRITTEN,
        "message": DataClass.WRITTEN,
        "file_to": DataClass.WRITTEN,
        "question": DataClass.ANSWER,
        "question_asked_at": DataClass.CASE_LINE,
        "reply": DataClass.WRITTEN,
        "replied_at": DataClass.CASE_LINE,
        "reply_read_at": DataClass.CASE_LINE,
        "code_hash": DataClass.SECRET,
        "idempotency_hash": DataClass.SECRET,
    },
    "RequestedRight": {
        "id": DataClass.TECHNICAL,
        "request": DataClass.TECHNICAL,
        "right": DataClass.CASE_LINE,
        "received_on": DataClass.CASE_LINE,
        "nominal_on": DataClass.CASE_LINE,
        "statutory_on": DataClass.CASE_LINE,
        "promised_on": DataClass.CASE_LINE,
        "client_on": DataClass.CASE_LINE,
        "staff_on": DataClass.CASE_LINE,
        "extended_on": DataClass.CASE_LINE,
    },
    "RequestPoint": {
        "id": DataClass.TECHNICAL,
        "requested_right": DataClass.TECHNICAL,
        "number": DataClass.ABOUT,
        "text": DataClass.WRITTEN,
    },
    "Draft": {
        "id": DataClass.TECHNICAL,
        "token_hash": DataClass.SECRET,
        "answers": DataClass.WRITTEN,
        "code": DataClass.CODE,
        "request": DataClass.TECHNICAL,
        "expires_at": DataClass.TECHNICAL,
    },
    "DangerContact": {
        "id": DataClass.TECHNICAL,
        "person": DataClass.STAFF,
    },
    "Decision": {
        "id": DataClass.TECHNICAL,
        "requested_right": DataClass.TECHNICAL,
        "point": DataClass.CASE_LINE,
        "letter": DataClass.TECHNICAL,
        "outcome": DataClass.CASE_LINE,
        "ground": DataClass.CASE_LINE,
        "reason": DataClass.ANSWER,
        "decided_at": DataClass.CASE_LINE,
        "decided_by": DataClass.STAFF,
        "seconded_at": DataClass.CASE_LINE,
        "seconded_by": DataClass.STAFF,
        "alone_because": DataClass.ANSWER,
    },
    "IdentityCheck": {
        "id": DataClass.TECHNICAL,
        "request": DataClass.TECHNICAL,
        "method": DataClass.ABOUT,
        "on": DataClass.CASE_LINE,
        "at": DataClass.CASE_LINE,
        "by": DataClass.STAFF,
    },
    "Extension": {
        "id": DataClass.TECHNICAL,
        "request": DataClass.TECHNICAL,
        "reason": DataClass.CASE_LINE,
        "words": DataClass.ANSWER,
        "told_on": DataClass.CASE_LINE,
        "at": DataClass.CASE_LINE,
        "by": DataClass.STAFF,
    },
    "Letter": {
        "id": DataClass.TECHNICAL,
        "request": DataClass.TECHNICAL,
        "kind": DataClass.CASE_LINE,
        "body": DataClass.ANSWER,
        "made_at": DataClass.CASE_LINE,
        "made_by": DataClass.STAFF,
        "delivered_on": DataClass.CASE_LINE,
        "delivery": DataClass.CASE_LINE,
    },
    "LostCode": {
        "id": DataClass.TECHNICAL,
        "token_hash": DataClass.SECRET,
        "case_number": DataClass.CASE_LINE,
        "email_hash": DataClass.SECRET,
        "looked_up": DataClass.TECHNICAL,
        "request": DataClass.TECHNICAL,
        "code_hash": DataClass.SECRET,
        "tries_left": DataClass.TECHNICAL,
        "expires_at": DataClass.TECHNICAL,
    },
    "CaseNote": {
        "id": DataClass.TECHNICAL,
        "request": DataClass.TECHNICAL,
        "text": DataClass.ANSWER,
        "at": DataClass.CASE_LINE,
        "by": DataClass.STAFF,
    },
    "Reminder": {
        "id": DataClass.TECHNICAL,
        "request": DataClass.TECHNICAL,
        "staff_on": DataClass.CASE_LINE,
        "number": DataClass.CASE_LINE,
        "person": DataClass.STAFF,
        "on": DataClass.CASE_LINE,
    },
    "ChecklistTick": {
        "id": DataClass.TECHNICAL,
        "requested_right": DataClass.TECHNICAL,
        "step": DataClass.ABOUT,
        "at": DataClass.CASE_LINE,
        "by": DataClass.STAFF,
    },
    "ErasureProof": {
        "id": DataClass.TECHNICAL,
        "at": DataClass.PROOF,
        "rule": DataClass.PROOF,
        "count": DataClass.PROOF,
        "digest": DataClass.PROOF,
        "previous": DataClass.PROOF,
        "link": DataClass.PROOF,
    },
    "ErasedLine": {
        "id": DataClass.TECHNICAL,
        "case_pk": DataClass.PROOF,
        "proof": DataClass.TECHNICAL,
    },
    "RequestEvent": {
        "id": DataClass.TECHNICAL,
        "request": DataClass.TECHNICAL,
        "kind": DataClass.CASE_LINE,
        "at": DataClass.CASE_LINE,
        "by": DataClass.STAFF,
    },
}
