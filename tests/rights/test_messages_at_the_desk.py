"""The messages of tests/data/requests.json at the desk: what it asks of the clerk, and what it will not let pass.

The outcome is a person's to decide. Asserted is what the program knows by itself: how sure we must be of who asks,
where an answer can be complained of, and which refusals exist.
"""

import json
from pathlib import Path

import pytest

from processing.law.regimes import LegalRegime
from processing.law.rights import Right
from rights.desk import CaseFacts, RightFacts
from rights.law.deadlines import response_deadline
from rights.law.outcomes import ComplaintBody, Outcome, RefusalGround, complaint_bodies, grounds_for
from rights.law.terms import Relation
from rights.workflow import RequestStatus
from tests.rights.builders import RECEIVED_AT

MESSAGES = {
    one["id"]: one
    for one in json.loads((Path(__file__).resolve().parents[1] / "data" / "requests.json").read_text())["requests"]
}

# The regimes of decision 24, by the activity's code; the others follow the Regulation alone.
REGIMES = {
    "patient_journal": LegalRegime.HEALTH_RECORD,
    "access_logs": LegalRegime.HEALTH_RECORD,
    "recruitment": LegalRegime.RECRUITMENT,
    "contractor_fees": LegalRegime.ACCOUNTING,
    "newsletter": LegalRegime.MARKETING,
    "newsletter_analytics": LegalRegime.MARKETING,
    "website_cookies": LegalRegime.WEBSITE,
}
RELATIONS = {
    "applicant": Relation.APPLICANT,
    "subscriber": Relation.SUBSCRIBER,
    "ex_contractor": Relation.PARTNER,
    "prospect": Relation.OTHER,
    "opposing_lawyer": Relation.OTHER,
    "relative": Relation.RELATIVE,
    "next_of_kin": Relation.RELATIVE,
}
# Where our rule differs, and why. Two are stricter than they had to be; RQ17 is the one that is not strict enough.
DIFFERS = {
    "RQ13": (1, "that somebody reads the newsletter is told only to the address it goes to"),
    "RQ17": (2, "a recording is not in a journal, and the desk does not know which activity a deletion is about"),
    "RQ35": (3, "the message asks for recipients only; the desk goes by the journal being among what is asked for"),
}


def regimes_of(message: dict) -> frozenset[LegalRegime]:
    return frozenset(REGIMES.get(code, LegalRegime.GDPR_ONLY) for code in message["truth"]["activities"])


def rights_of(message: dict) -> list[Right]:
    # «Complaint» is no right of ours to grant: it goes to another (RQ25).
    return [Right(code) for code in message["truth"]["rights"] if code != "complaint"]


def case_of(message: dict, outcome: Outcome | None = None, ground: RefusalGround | None = None) -> CaseFacts:
    received_on = RECEIVED_AT.date()
    relation = RELATIONS.get(message["sender_role"], Relation.CLIENT)
    return CaseFacts(
        status=RequestStatus.IN_PROGRESS,
        received_on=received_on,
        rights=tuple(
            RightFacts(right=right, deadline=response_deadline(received_on), outcome=outcome, ground=ground)
            for right in rights_of(message)
        ),
        regimes=regimes_of(message),
        client=relation in {Relation.CLIENT, Relation.RELATIVE},
    )


@pytest.mark.parametrize("name", MESSAGES)
def test_how_sure_we_must_be(name):
    message = MESSAGES[name]
    truth = message["truth"]
    if message["sender_role"] == "opposing_lawyer":
        # Answered with an ending that neither confirms nor denies: nobody has to be recognised for that.
        assert "neither_confirm_nor_deny" in truth["handling"]
        return
    level, why = DIFFERS.get(name, (truth["identity_level"], ""))
    assert case_of(message).identity_needed == level, why
    assert (level == truth["identity_level"]) is (name not in DIFFERS)


def test_a_refusal_that_tells_of_a_journal_is_for_its_patient_only():
    """RQ03 and RQ19: refused, and level 3 all the same."""
    for name in ("RQ03", "RQ19"):
        refused = case_of(MESSAGES[name], Outcome.REFUSED, RefusalGround.JOURNAL_KEPT)
        assert refused.discloses
        assert refused.identity_needed == MESSAGES[name]["truth"]["identity_level"] == 3
    assert not case_of(MESSAGES["RQ03"], Outcome.REFUSED, RefusalGround.UNFOUNDED).discloses


@pytest.mark.parametrize("name", MESSAGES)
def test_where_the_answer_can_be_complained_of(name):
    message = MESSAGES[name]
    bodies = {body for right in rights_of(message) for body in complaint_bodies(right, regimes_of(message))}
    assert {ComplaintBody.DATA_PROTECTION_AUTHORITY, ComplaintBody.COURTS} <= bodies
    in_journal = "patient_journal" in message["truth"]["activities"]
    assert (ComplaintBody.COUNTY_GOVERNOR in bodies) is in_journal
    if "complaint_statsforvalter" in message["truth"]["handling"]:
        assert ComplaintBody.COUNTY_GOVERNOR in bodies


@pytest.mark.parametrize("name", MESSAGES)
def test_which_refusals_exist(name):
    message = MESSAGES[name]
    regimes = regimes_of(message)
    outcomes = message["truth"]["outcome_by_right"]
    for right in rights_of(message):
        grounds = set(grounds_for(right, regimes))
        if outcomes[right] in {"refuse", "partial"}:
            assert grounds, (right, "the truth refuses what the desk cannot")
        if right in {Right.WITHDRAW_CONSENT, Right.OBJECTION_MARKETING}:
            assert not grounds
            assert outcomes[right] == "grant"
        journal = {RefusalGround.JOURNAL_KEPT, RefusalGround.JOURNAL_DANGER, RefusalGround.JOURNAL_NOT_WRONG}
        if LegalRegime.HEALTH_RECORD not in regimes:
            assert not grounds & journal
        if regimes == {LegalRegime.HEALTH_RECORD}:
            assert not grounds & {RefusalGround.STILL_NEEDED, RefusalGround.ACCURATE, RefusalGround.SECRECY}
