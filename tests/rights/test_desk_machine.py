"""The desk driven at random: whatever is tried, in whatever order, what must hold of a case holds after every step."""

from datetime import timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from mktnorge.roles import Role
from processing.law.regimes import LegalRegime
from processing.law.rights import Right
from rights.desk import StepRefused
from rights.law.answers import Point
from rights.law.complaints import Complainant, ComplaintResult
from rights.law.extensions import ExtensionReason
from rights.law.identity import IdentityMethod
from rights.law.outcomes import ComplaintBody, Outcome, RefusalGround
from rights.law.terms import CopyFirst
from rights.letters.body import Delivery, LetterKind
from rights.models import Complaint, Decision, RequestEvent, RightsRequest
from rights.services import answering, complaints, handling, holds
from rights.services.ending import end_case
from rights.services.ticking import tick_steps
from rights.workflow import TRANSITIONS, Ending, RequestStatus
from tests.builders import make_activity, make_controller, make_person
from tests.rights.builders import RECEIVED_AT, make_request
from tests.sampling import sampled

RIGHTS = st.sampled_from([Right.ACCESS, Right.ERASURE, Right.OBJECTION_MARKETING])
POINTS = [Point(Right.ERASURE, "Det ene"), Point(Right.ERASURE, "Det andre")]
REASONS = st.sampled_from(["", "Slik er det."])
PARTS = [(Right.ACCESS, 0), (Right.ERASURE, 1), (Right.ERASURE, 2)]
DAYS = st.integers(-1, 45).map(lambda days: RECEIVED_AT.date() + timedelta(days=days))
MOVES = {(source, transition.target or source) for transition in TRANSITIONS.values() for source in transition.sources}


class Desk(RuleBasedStateMachine):
    """One case and two people. `people` is set by the test, inside its database."""

    people: tuple = ()

    def __init__(self) -> None:
        super().__init__()
        self.pk = make_request(rights=[Right.ACCESS, Right.ERASURE], points=POINTS, copy_first=CopyFirst.ASK).pk
        self.at = RECEIVED_AT
        self.steps, self.seen = 0, RequestStatus.RECEIVED

    def take(self, service, by=0, stale=False, **values) -> None:
        """Try a step. It is stored whole, or a sentence says why not and nothing is."""
        before, log = RightsRequest.objects.get(pk=self.pk), self.log()
        self.at += timedelta(hours=6)
        version = before.version - 1 if stale else before.version
        try:
            service(case=self.pk, version=version, by=self.people[by], at=self.at, **values)
        except StepRefused:
            after = RightsRequest.objects.get(pk=self.pk)
            assert (after.version, after.status, self.log()) == (before.version, before.status, log)
        else:
            assert not stale
            self.steps += 1
            after = RightsRequest.objects.get(pk=self.pk)
            assert (before.state, after.state) in MOVES
            assert self.log()[:-1] == log

    def log(self) -> list[tuple]:
        return list(RequestEvent.objects.filter(request=self.pk).order_by("pk").values_list("pk", "kind", "by"))

    @initialize(far=st.booleans())
    def begin(self, far):
        """Half of the cases start near their answer: chance alone seldom gets there."""
        if far:
            self.take(handling.take_case)
            self.take(handling.confirm_regimes, regimes={LegalRegime.GDPR_ONLY})
            self.take(handling.record_identity, method=IdentityMethod.EID, on=RECEIVED_AT.date())
            self.take(handling.record_copy_wish, wants=True)
            for right, point in PARTS:
                self.take(handling.decide_right, right=right, point=point, outcome=Outcome.GRANTED)

    @rule(by=st.integers(0, 1), stale=st.booleans())
    def own(self, by, stale):
        self.take(handling.take_case, by=by, stale=stale)

    @rule(words=st.sampled_from(["", "Ring i morgen."]))
    def hand_over(self, words):
        self.take(handling.hand_over, to=self.people[1], words=words)

    @rule(regimes=st.sets(st.sampled_from([LegalRegime.HEALTH_RECORD, LegalRegime.GDPR_ONLY])))
    def regimes(self, regimes):
        self.take(handling.confirm_regimes, regimes=regimes)

    @rule(right=RIGHTS)
    def add(self, right):
        self.take(handling.add_right, right=right)

    @rule(reason=st.sampled_from(["", "Adressen er ny."]))
    def ask(self, reason):
        self.take(answering.ask_identity, reason=reason)

    @rule(method=st.sampled_from(IdentityMethod), on=DAYS)
    def recognise(self, method, on):
        self.take(handling.record_identity, method=method, on=on)

    @rule(words=st.sampled_from(["", "Arkivet er stort."]), told_on=DAYS)
    def extend(self, words, told_on):
        self.take(handling.extend_case, reason=ExtensionReason.COMPLEXITY, words=words, told_on=told_on)

    @rule(wants=st.booleans())
    def ask_about_copy(self, wants):
        self.take(handling.record_copy_wish, wants=wants)

    @rule(
        part=st.sampled_from([*PARTS, (Right.ACCESS, 1), (Right.OBJECTION_MARKETING, 0)]),
        outcome=st.sampled_from(Outcome),
        ground=st.sampled_from([None, *RefusalGround]),
        reason=st.sampled_from(["", "Slik er det."]),
    )
    def decide(self, part, outcome, ground, reason):
        right, point = part
        self.take(handling.decide_right, right=right, point=point, outcome=outcome, ground=ground, reason=reason)

    @rule(part=st.sampled_from([*PARTS, (Right.OBJECTION_MARKETING, 0)]))
    def grant(self, part):
        right, point = part
        self.take(handling.decide_right, right=right, point=point, outcome=Outcome.GRANTED)

    @rule(right=RIGHTS, by=st.integers(0, 1))
    def second(self, right, by):
        self.take(handling.second_refusal, right=right, by=by)

    @rule(right=RIGHTS, steps=st.sets(st.sampled_from(["search", "each_deletion", "take"])))
    def tick(self, right, steps):
        self.take(tick_steps, right=right, steps=steps)

    @rule(parts=st.sets(st.sampled_from(PARTS), max_size=2), noted=st.booleans())
    def answer_part(self, parts, noted):
        self.take(answering.answer_part, parts=parts, journal_noted=noted)

    @rule(delivery=st.sampled_from(Delivery), days=st.integers(-1, 1))
    def deliver_part(self, delivery, days):
        self.take(answering.record_part_delivery, on=self.at.date() + timedelta(days=days), delivery=delivery)

    @rule(noted=st.booleans())
    def write(self, noted):
        self.take(answering.make_answer, journal_noted=noted)

    @rule(delivery=st.sampled_from(Delivery), days=st.integers(-1, 1))
    def deliver(self, delivery, days):
        self.take(answering.record_delivery, on=self.at.date() + timedelta(days=days), delivery=delivery)

    @rule()
    def withdraw(self):
        self.take(answering.withdraw_case)

    @rule(ending=st.sampled_from(Ending), words=st.sampled_from(["", "Vi kjenner deg ikke igjen."]))
    def end(self, ending, words):
        self.take(end_case, ending=ending, words=words)

    @rule(days=st.integers(-2, 1), body=st.sampled_from(ComplaintBody), who=st.sampled_from(Complainant))
    def complain(self, days, body, who):
        on = self.at.date() + timedelta(days=days)
        self.take(complaints.receive_complaint, received_on=on, complainant=who, body=body, text="Jeg er uenig.")

    @rule(service=st.sampled_from([complaints.uphold_answer, complaints.change_answer]), reason=REASONS)
    def look_again(self, service, reason):
        self.take(service, reason=reason)

    @rule(days=st.integers(-1, 1))
    def forward(self, days):
        self.take(complaints.forward_complaint, on=self.at.date() + timedelta(days=days))

    @rule(result=st.sampled_from(ComplaintResult), days=st.integers(-1, 1))
    def settle(self, result, days):
        self.take(complaints.settle_complaint, result=result, on=self.at.date() + timedelta(days=days))

    @rule(words=REASONS)
    def lift_hold(self, words):
        self.take(holds.lift_hold, words=words)

    @rule()
    def reopen(self):
        self.take(answering.reopen_case)

    @invariant()
    def every_step_is_one_version_and_one_event(self):
        case = RightsRequest.objects.get(pk=self.pk)
        assert case.version == 1 + self.steps
        assert len(self.log()) == 1 + self.steps

    @invariant()
    def a_living_complaint_stops_erasure(self):
        case = RightsRequest.objects.get(pk=self.pk)
        living = Complaint.objects.filter(request=case, settled_on=None).count()
        assert living == (1 if case.complaint_stage else 0)
        assert case.held_on is not None or not living

    @invariant()
    def closed_and_how_it_ended_are_one_thing(self):
        case = RightsRequest.objects.get(pk=self.pk)
        assert case.state.is_open is (case.ending == "") is (case.ended_on is None)

    @invariant()
    def nothing_is_answered_without_every_point_and_right_decided_and_delivered(self):
        case = RightsRequest.objects.get(pk=self.pk)
        if case.state is RequestStatus.ANSWERED:
            asked = {
                (requested.right, number)
                for requested in case.requested_rights.all()
                for number in requested.points.values_list("number", flat=True) or [0]
            }
            told = Decision.objects.filter(requested_right__request=case, letter__delivered_on__lte=case.ended_on)
            assert asked == set(told.values_list("requested_right__right", "point")) != set()
            letter = case.letters.filter(kind=LetterKind.ANSWER).latest("made_at", "pk")
            assert letter.delivered_on == case.ended_on
        for decision in Decision.objects.filter(requested_right__request=case).exclude(outcome=Outcome.GRANTED):
            assert decision.ground
            assert decision.reason


@pytest.mark.django_db
def test_whatever_is_tried_the_case_stays_whole():
    make_controller()
    make_activity()
    Desk.people = (make_person(Role.CASE_HANDLER), make_person(Role.LEADER))
    run_state_machine_as_test(Desk, settings=sampled(4, 2000))
