"""The rules of the desk: every step from every status, every refusal with its sentence, and what to do next."""

from dataclasses import replace
from datetime import date

import pytest

from processing.law.regimes import LegalRegime
from processing.law.rights import Right
from rights.desk import (
    CaseFacts,
    NotOnThatDay,
    OutOfOrder,
    RightFacts,
    StepRefused,
    check_can,
    check_can_decide,
    check_can_end,
    check_can_extend_case,
    check_can_make_letter,
    check_day,
    check_same_request,
    next_step,
    possible_steps,
    refusal_warning,
    refusals_late_on,
)
from rights.law.deadlines import extended_deadline, response_deadline
from rights.law.outcomes import Outcome, RefusalGround
from rights.workflow import TRANSITIONS, Action, Ending, RequestStatus, diagram
from tests.repository.tree import ROOT

RECEIVED = date(2026, 11, 22)
DUE = response_deadline(RECEIVED)
S, A = RequestStatus, Action


def facts(*rights: RightFacts, **over) -> CaseFacts:
    values = {
        "status": S.IN_PROGRESS,
        "received_on": RECEIVED,
        "rights": rights or (RightFacts(right=Right.ACCESS, deadline=DUE),),
        "regimes": frozenset({LegalRegime.GDPR_ONLY}),
        "client": True,
        "has_owner": True,
        "identity_level": 3,
    }
    return CaseFacts(**{**values, **over})


def answered(right: Right = Right.ACCESS, outcome: Outcome = Outcome.GRANTED, **over) -> RightFacts:
    ground = RefusalGround.UNFOUNDED if outcome.needs_ground else None
    return replace(
        RightFacts(right=right, deadline=DUE, outcome=outcome, ground=ground, has_reason=outcome.needs_ground), **over
    )


# Every step from every status: what is open, and what is done.
WORK = {
    A.HAND_OVER, A.ADD_RIGHT, A.SET_REGIMES, A.RECORD_IDENTITY, A.DECIDE, A.SECOND, A.MAKE_LETTER, A.WITHDRAW, A.END,
    A.CALLED, A.READ_REPLY, A.ASK_PERSON, A.ANSWER_COPY, A.ANSWER_PART, A.DELIVER_PART, A.CHOOSE_LANGUAGE,
}  # fmt: skip
COMPLAINT = {A.RECEIVE_COMPLAINT, A.UPHOLD, A.FORWARD, A.SETTLE}
CHANGED_FROM = {S.IN_PROGRESS, S.EXTENDED, S.ANSWERED, S.CLOSED}
OPEN_TO = {
    S.RECEIVED: WORK | {A.TAKE},
    S.IDENTIFYING: WORK | {A.EXTEND},
    S.IN_PROGRESS: WORK | {A.ASK_IDENTITY, A.EXTEND},
    S.EXTENDED: WORK | {A.ASK_IDENTITY},
    S.READY: {A.HAND_OVER, A.DELIVER, A.WITHDRAW, A.END, A.REOPEN, A.CALLED, A.READ_REPLY},
    S.ANSWERED: {A.REOPEN},
    S.CLOSED: {A.REOPEN},
    S.WITHDRAWN: {A.REOPEN},
}


@pytest.mark.parametrize("status", S)
def test_a_step_starts_only_from_where_it_may(status):
    for action in Action:
        case = facts(status=status)
        changes = action is A.CHANGE and status in CHANGED_FROM
        if changes or action in OPEN_TO[status] | COMPLAINT | {A.HOLD, A.LIFT_HOLD, A.NOTE, A.VIEW, A.TICK}:
            check_can(action, case)
        else:
            with pytest.raises(OutOfOrder, match="Saken er «"):
                check_can(action, case)


def test_every_step_has_its_transition_and_every_status_is_reached():
    assert set(TRANSITIONS) == set(Action)
    reached = {transition.target for transition in TRANSITIONS.values()} | {S.RECEIVED}
    assert reached >= set(S)


def test_the_picture_in_architecture_is_the_workflow():
    assert f"```mermaid\n{diagram()}\n```" in (ROOT / "ARCHITECTURE.md").read_text("utf-8")


DECISIONS = [
    ("no rules confirmed", {"regimes": frozenset()}, Right.ACCESS, Outcome.GRANTED, None, True, "hvilke regler"),
    ("a right nobody asked for", {}, Right.ERASURE, Outcome.GRANTED, None, True, "ikke en del av saken"),
    (
        "granted with a ground",
        {},
        Right.ACCESS,
        Outcome.GRANTED,
        RefusalGround.UNFOUNDED,
        True,
        "skal ikke ha",
    ),
    ("refused without a ground", {}, Right.ACCESS, Outcome.REFUSED, None, True, "Velg den rettslige grunnen"),
    ("refused without a reason", {}, Right.ACCESS, Outcome.REFUSED, RefusalGround.UNFOUNDED, False, "begrunnelse"),
    ("partly without a reason", {}, Right.ACCESS, Outcome.PARTLY, RefusalGround.OTHERS_RIGHTS, False, "begrunnelse"),
    ("a ground of another law", {}, Right.ACCESS, Outcome.REFUSED, RefusalGround.JOURNAL_DANGER, True, "ikke en"),
    ("a ground of another right", {}, Right.ACCESS, Outcome.REFUSED, RefusalGround.ACCURATE, True, "ikke en grunn"),
    (
        "a case that is answered",
        {"status": S.ANSWERED},
        Right.ACCESS,
        Outcome.GRANTED,
        None,
        True,
        "Saken er «besvart»",
    ),
]


@pytest.mark.parametrize(
    ("over", "right", "outcome", "ground", "has_reason", "sentence"),
    [row[1:] for row in DECISIONS],
    ids=[row[0] for row in DECISIONS],
)
def test_a_decision_that_would_be_unlawful_is_refused(over, right, outcome, ground, has_reason, sentence):
    with pytest.raises(StepRefused, match=sentence):
        check_can_decide(facts(**over), right, outcome, ground, has_reason=has_reason)


def test_marketing_cannot_be_refused():
    case = facts(RightFacts(right=Right.OBJECTION_MARKETING, deadline=DUE))
    check_can_decide(case, Right.OBJECTION_MARKETING, Outcome.GRANTED, None, has_reason=False)
    with pytest.raises(StepRefused, match="kan ikke avslås"):
        check_can_decide(case, Right.OBJECTION_MARKETING, Outcome.REFUSED, RefusalGround.UNFOUNDED, has_reason=True)


@pytest.mark.parametrize(
    ("case", "sentence"),
    [
        (facts(rights=()), "hvilken rett"),
        (facts(answered(), RightFacts(right=Right.ERASURE, deadline=DUE)), "Avgjør først: sletting"),
        (facts(answered(outcome=Outcome.REFUSED, has_reason=False)), "mangler begrunnelse"),
        (facts(answered(outcome=Outcome.REFUSED, ground=RefusalGround.JOURNAL_DANGER)), "krever to personer"),
        (facts(answered(), identity_level=1), "ikke sikkert nok"),
        (facts(answered(), status=S.READY), "Saken er «svar klart»"),
    ],
)
def test_a_letter_that_would_be_wrong_is_not_made(case, sentence):
    with pytest.raises(StepRefused, match=sentence):
        check_can_make_letter(case)


def test_a_bare_refusal_tells_nothing_and_needs_no_identity():
    """Decision 30: 0 for refusals that disclose nothing."""
    check_can_make_letter(facts(answered(outcome=Outcome.REFUSED), identity_level=0))


@pytest.mark.parametrize(
    ("on", "over", "sentence"),
    [
        (date(2026, 12, 23), {}, "kan ikke lenger forlenges"),
        (date(2026, 12, 1), {"extended": True}, "alt forlenget"),
        (date(2026, 12, 1), {"status": S.RECEIVED}, "Saken er «mottatt»"),
        (date(2026, 12, 1), {"rights": ()}, "hvilken rett"),
    ],
)
def test_an_extension_too_late_or_too_often_is_refused(on, over, sentence):
    with pytest.raises(StepRefused, match=sentence):
        check_can_extend_case(facts(**over), on=on)


def test_an_extension_on_the_last_day_is_in_time():
    check_can_extend_case(facts(), on=date(2026, 12, 22))


@pytest.mark.parametrize(
    ("day", "sentence"), [(date(2026, 11, 21), "før kravet kom"), (date(2026, 12, 2), "fram i tid")]
)
def test_a_step_happens_between_receipt_and_today(day, sentence):
    with pytest.raises(NotOnThatDay, match=sentence):
        check_day(day, facts(), today=date(2026, 12, 1))
    check_day(RECEIVED, facts(), today=date(2026, 12, 1))
    check_day(date(2026, 12, 1), facts(), today=date(2026, 12, 1))


@pytest.mark.parametrize("ending", Ending)
def test_a_case_ends_without_an_answer_only_so(ending):
    if ending in {Ending.ANSWERED, Ending.WITHDRAWN}:
        with pytest.raises(StepRefused, match="steget som hører til"):
            check_can_end(facts(), ending, has_words=True)
        return
    asked = facts(identity_asked=True)
    check_can_end(asked, ending, has_words=True)
    if ending is Ending.NOT_IDENTIFIED:
        with pytest.raises(StepRefused, match="Be om identifikasjon først"):
            check_can_end(facts(), ending, has_words=True)
    if ending.needs_words:
        with pytest.raises(StepRefused, match="hva personen skal få vite"):
            check_can_end(asked, ending, has_words=False)


OLDER = facts(answered(Right.ACCESS), answered(Right.ERASURE))


@pytest.mark.parametrize(
    ("older", "is_older", "sentence"),
    [
        (None, False, "Skriv saksnummeret"),
        (OLDER, False, "kom ikke først"),
        (replace(OLDER, status=S.WITHDRAWN), True, "avsluttet uten svar"),
        (replace(OLDER, status=S.CLOSED), True, "avsluttet uten svar"),
        (facts(answered(Right.ERASURE)), True, "gjelder ikke dette: innsyn"),
    ],
)
def test_a_duplicate_points_to_where_the_answer_comes(older, is_older, sentence):
    case = facts(answered(Right.ACCESS))
    with pytest.raises(StepRefused, match=sentence):
        check_same_request(case, older, is_older=is_older)
    check_same_request(case, OLDER, is_older=True)
    check_same_request(case, replace(OLDER, status=S.ANSWERED), is_older=True)


def test_an_extension_does_not_help_a_refusal():
    """Art. 12(4): a refusal is due within one month."""
    longer = extended_deadline(DUE, decided_on=date(2026, 12, 1), already_extended=False)
    case = facts(answered(outcome=Outcome.REFUSED, deadline=longer), answered(Right.ERASURE, deadline=longer))
    assert refusals_late_on(case, on=date(2026, 12, 22)) == ()
    assert refusals_late_on(case, on=date(2026, 12, 23)) == (Right.ACCESS,)


@pytest.mark.parametrize(
    ("on", "over", "said"),
    [
        (date(2026, 12, 22), {}, "må det sendes senest tirsdag 22. desember 2026"),
        (date(2026, 12, 23), {}, "Sier vi nei nå, er det for sent"),
        (date(2026, 12, 1), {"rights": (answered(),)}, ""),
        (date(2026, 12, 1), {"status": S.ANSWERED}, ""),
    ],
)
def test_an_extended_case_is_told_that_a_refusal_is_not(on, over, said):
    """Decision 34."""
    longer = extended_deadline(DUE, decided_on=date(2026, 12, 1), already_extended=False)
    case = facts(RightFacts(right=Right.ACCESS, deadline=longer), **over)
    warned = refusal_warning(case, on=on)
    assert said in warned
    assert bool(warned) is bool(said)
    assert refusal_warning(facts(), on=on) == ""


@pytest.mark.parametrize(
    ("case", "step"),
    [
        (facts(status=S.RECEIVED, has_owner=False), A.TAKE),
        (facts(has_owner=False), A.HAND_OVER),
        (facts(regimes=frozenset()), A.SET_REGIMES),
        (facts(identity_level=0), A.ASK_IDENTITY),
        (facts(identity_level=0, status=S.IDENTIFYING), A.RECORD_IDENTITY),
        (facts(rights=()), A.ADD_RIGHT),
        (facts(), A.DECIDE),
        (facts(answered(outcome=Outcome.REFUSED, ground=RefusalGround.JOURNAL_DANGER)), A.SECOND),
        (facts(answered()), A.MAKE_LETTER),
        (facts(answered(), status=S.READY), A.DELIVER),
        (facts(status=S.ANSWERED), None),
        (facts(status=S.WITHDRAWN), None),
    ],
)
def test_the_next_step_is_one_verb(case, step):
    assert next_step(case) is step
    if step:
        assert possible_steps(case)[0] is step
        check_can(step, case)
