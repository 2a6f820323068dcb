"""The messages of tests/data/requests.json at the desk: what it asks of the clerk, and what it will not let pass.

The outcome is a person's to decide. Asserted is all that the program knows by itself: the dates, how sure we must be
of who asks, where an answer can be complained of, and that neither a refusal the truth forbids nor an answer to
somebody we do not know gets past it. What their writers choose in the form is in test_messages.py.
"""

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from mktnorge.roles import Role
from processing.law.regimes import LegalRegime
from processing.law.rights import Right
from processing.models import Activity
from processing.models.governed import register_edit
from rights.desk import CaseFacts, RightFacts, StepRefused
from rights.law.deadlines import local_date, response_deadline
from rights.law.identity import IdentityMethod
from rights.law.outcomes import (
    JOURNAL_RIGHTS,
    ComplaintBody,
    Outcome,
    RefusalGround,
    complaint_bodies,
    grounds_for,
)
from rights.law.terms import Channel, CopyScope, Relation
from rights.letters.body import Delivery, letter_from_json
from rights.models import Decision
from rights.services import answering, handling
from rights.services.ending import end_case
from rights.services.steps import facts_of
from rights.workflow import Ending, EventKind, RequestStatus
from tests.builders import OSLO, make_person
from tests.company import load_company
from tests.rights.builders import RECEIVED_AT, make_request

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
# RQ35 asks who has received the data and how they are guarded abroad, and for no copy.
SCOPES = {"RQ35": (CopyScope.RECIPIENTS, CopyScope.SAFEGUARDS)}


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
        recordings="session_recording" in message["truth"]["activities"],
        names_only=message["id"] in SCOPES,
    )


@pytest.mark.parametrize("name", MESSAGES)
def test_how_sure_we_must_be(name):
    message = MESSAGES[name]
    truth = message["truth"]
    if message["sender_role"] == "opposing_lawyer":
        # Answered with an ending that neither confirms nor denies: nobody has to be recognised for that.
        assert "neither_confirm_nor_deny" in truth["handling"]
        return
    assert case_of(message).identity_needed == truth["identity_level"]


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
        if right is Right.OBJECTION and regimes == {LegalRegime.MARKETING}:
            assert grounds == {RefusalGround.UNFOUNDED}
        if LegalRegime.HEALTH_RECORD not in regimes:
            assert not grounds & journal
        if regimes == {LegalRegime.HEALTH_RECORD}:
            assert not grounds & {RefusalGround.STILL_NEEDED, RefusalGround.ACCURATE, RefusalGround.SECRECY}


LOADED_AT = datetime(2026, 11, 23, 9, 0, tzinfo=OSLO)
CHANNELS = {"web_form": Channel.WEB, "email": Channel.EMAIL, "post": Channel.LETTER}
OUTCOMES = {"grant": Outcome.GRANTED, "partial": Outcome.PARTLY, "refuse": Outcome.REFUSED}
METHODS = {
    0: None,
    1: IdentityMethod.KNOWN_ADDRESS,
    2: IdentityMethod.CALL_BACK,
    3: IdentityMethod.EID,
}
# What is no activity of the register: the log of a journal is a part of it, and the breach log is the company's own.
NO_ACTIVITY = {"access_logs", "breach_log"}
# Sent on, or met with neither yes nor no: the case ends without an answer on the matter.
ENDINGS = {"RQ31": Ending.REDIRECTED, "RQ33": Ending.NOT_ENTITLED, "RQ37": Ending.NOT_ENTITLED}
COLUMNS = {
    "received_local_date": "received_on",
    "nominal_month_date": "nominal_on",
    "statutory_due": "statutory_on",
    "promise_plus_30": "promised_on",
    "show_to_client": "client_on",
    "show_to_staff_latest": "staff_on",
    "statutory_due_if_extended": "extended_on",
}


class Handled:
    """A message at the desk: a case, and somebody who works with it, a minute between the steps."""

    def __init__(self, message: dict) -> None:
        self.clerk = make_person(Role.CASE_HANDLER)
        self.at = datetime.fromisoformat(message["received_at"])
        channel = CHANNELS[message["channel"]]
        said = {
            "rights": rights_of(message),
            "relation": RELATIONS.get(message["sender_role"], Relation.CLIENT),
            "message": message["message"],
            "scope": SCOPES.get(message["id"], ()),
        }
        written_in = {} if channel is Channel.WEB else {"by": self.clerk, "written_at": self.at}
        self.case = make_request(**said, channel=channel, at=self.at, **written_in)

    def take(self, service, **values) -> None:
        self.at += timedelta(minutes=1)
        service(case=self.case.pk, version=self.case.version, by=self.clerk, at=self.at, **values)
        self.case.refresh_from_db()

    def refused(self, service, **values) -> None:
        with pytest.raises(StepRefused):
            self.take(service, **values)
        self.case.refresh_from_db()

    def letter(self) -> str:
        body = letter_from_json(self.case.letters.latest("pk").body)
        lines = [body.title, *(line for part in body.parts for line in (part.heading, *part.paragraphs, *part.items))]
        return "\n".join(lines)


@pytest.mark.django_db
def test_every_message_from_the_day_it_came_to_the_answer():
    load_company(at=LOADED_AT)
    confirm_regimes_of_the_register()
    numbers = dict(Activity.objects.values_list("code", "number"))
    for name, message in MESSAGES.items():
        truth = message["truth"]
        desk = Handled(message)
        due = {column: date.fromisoformat(day) for name_, column in COLUMNS.items() if (day := truth["due"][name_])}
        assert {column: getattr(desk.case, column) for column in due} == due, name
        assert desk.case.speaks_of_danger is ("acute_risk" in truth["sensitive"]), name

        desk.take(handling.take_case)
        desk.refused(handling.decide_right, right=rights_of(message)[0], outcome=Outcome.GRANTED)
        about = [numbers[code] for code in truth["activities"] if code not in NO_ACTIVITY]
        desk.take(handling.confirm_regimes, activities=about)
        assert desk.case.activities == sorted(about), name
        facts = facts_of(desk.case)
        assert facts.regimes == regimes_of(message), name

        if name in ENDINGS:
            end_without_an_answer(desk, name, message)
        else:
            assert facts.identity_needed == truth["identity_level"], name
            answer(desk, name, message)


def confirm_regimes_of_the_register() -> None:
    """As a leader does: what the register proposes is in force once a person has said so (decision 24)."""
    with register_edit(at=LOADED_AT + timedelta(minutes=1), reason="Reglene er bekreftet."):
        for activity in Activity.objects.all():
            activity.regime = REGIMES.get(activity.code, LegalRegime.GDPR_ONLY)
            activity.save()


def end_without_an_answer(desk: Handled, name: str, message: dict) -> None:
    """Nobody we do not know gets an answer, and the letter that ends the case tells nothing."""
    for right in rights_of(message):
        desk.take(handling.decide_right, right=right, outcome=Outcome.GRANTED)
    desk.refused(answering.make_answer, journal_noted=True)
    desk.take(end_case, ending=ENDINGS[name], words="Vi kan ikke svare på dette.")
    assert desk.case.state is RequestStatus.CLOSED
    letter = desk.letter()
    assert not [word for word in ("journal", "klient", "pasient") if word in letter.lower()], name
    if ENDINGS[name].neither_confirms_nor_denies:
        assert "verken bekrefter eller avkrefter" in letter, name


def answer(desk: Handled, name: str, message: dict) -> None:
    truth, regimes = message["truth"], facts_of(desk.case).regimes
    for right in rights_of(message):
        for ground in set(RefusalGround) - set(grounds_for(right, regimes)):
            desk.refused(handling.decide_right, right=right, outcome=Outcome.REFUSED, ground=ground, reason="Nei.")
        # What is still to be cleared up is answered as far as it goes; a person asks (RQ09, RQ15).
        outcome = OUTCOMES.get(truth["outcome_by_right"][right], Outcome.GRANTED)
        ground = next(iter(grounds_for(right, regimes)), None) if outcome.needs_ground else None
        if outcome.needs_ground:
            desk.refused(handling.decide_right, right=right, outcome=outcome, ground=None, reason="Nei.")
            desk.refused(handling.decide_right, right=right, outcome=outcome, ground=ground, reason=" ")
            if LegalRegime.HEALTH_RECORD in regimes and right is Right.ERASURE:
                ground = RefusalGround.JOURNAL_KEPT
        reason = "Slik er det." if ground else ""
        desk.take(handling.decide_right, right=right, outcome=outcome, ground=ground, reason=reason)
    level = truth["identity_level"]
    for lower in range(level):
        desk.refused(answering.make_answer, journal_noted=True)
        if METHODS[lower]:
            desk.take(handling.record_identity, method=METHODS[lower], on=local_date(desk.at))
            desk.refused(answering.make_answer, journal_noted=True)
    if METHODS[level]:
        desk.take(handling.record_identity, method=METHODS[level], on=local_date(desk.at))
    noted = Decision.objects.filter(requested_right__request=desk.case, ground=RefusalGround.JOURNAL_KEPT).exists()
    if noted:
        desk.refused(answering.make_answer, journal_noted=False)
    desk.take(answering.make_answer, journal_noted=noted)
    letter = desk.letter()
    refused = {right for right in rights_of(message) if truth["outcome_by_right"][right] in {"refuse", "partial"}}
    of_journal = bool(refused & JOURNAL_RIGHTS) and "patient_journal" in truth["activities"]
    assert ("Slik klager du" in letter) is bool(refused), name
    assert ("Statsforvalteren" in letter) is of_journal, name
    if level >= 2:
        desk.refused(answering.record_delivery, on=local_date(desk.at), delivery=Delivery.EMAIL)
    desk.take(answering.record_delivery, on=local_date(desk.at), delivery=Delivery.DIGITAL_MAILBOX)
    assert desk.case.state is RequestStatus.ANSWERED
    assert desk.case.deadline.keeps_law(desk.case.ended_on)
    assert desk.case.events.filter(kind=EventKind.DELIVERED).count() == 1
