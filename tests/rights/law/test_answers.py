"""Which question comes next, and what of the answers counts. No database."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processing.law.rights import Right
from rights.law.answers import STEPS, Answers, Point, Step
from rights.law.terms import ChildAge, ContactWay, CopyFirst, OnBehalf, Relation

SENT = Answers(
    rights=(Right.ACCESS,),
    relation=Relation.CLIENT,
    on_behalf=OnBehalf.SELF,
    told_of=(Right.ACCESS,),
    name="Test Testesen",
    contact_way=ContactWay.FOLLOW,
)


@pytest.mark.parametrize(
    ("answers", "step"),
    [
        (Answers(), Step.WHAT),
        (Answers(unsure=True), Step.WHO),
        (Answers(rights=(Right.ERASURE,)), Step.COPY_FIRST),
        (Answers(rights=(Right.ERASURE,), copy_first=CopyFirst.NO), Step.WHO),
        (Answers(rights=(Right.ERASURE, Right.ACCESS)), Step.WHO),
        (Answers(rights=(Right.ACCESS,), relation=Relation.CLIENT), Step.WHO),
        (replace(SENT, on_behalf=OnBehalf.CHILD), Step.WHO),
        (replace(SENT, on_behalf=OnBehalf.CHILD, child_age=ChildAge.FROM_12), Step.CHECK),
        (replace(SENT, told_of=None), Step.MORE),
        # A copy, asked for from a card that says of what: nothing more is needed.
        (replace(SENT, told_of=None, activity_number="A03"), Step.CHECK),
        (replace(SENT, told_of=None, activity_number="A03", unsure=True), Step.MORE),
        (replace(SENT, rights=(Right.ACCESS, Right.PORTABILITY)), Step.MORE),
        (replace(SENT, rights=(), unsure=True, told_of=()), Step.CHECK),
        (replace(SENT, name=""), Step.CONTACT),
        (replace(SENT, contact_way=None), Step.CONTACT),
        (SENT, Step.CHECK),
    ],
)
def test_the_first_question_without_an_answer_comes_next(answers, step):
    assert answers.next_step is step


def test_the_questions_are_counted_to_five():
    assert [step.number for step in Step] == [1, 1, 2, 3, 4, 5]
    assert STEPS == 5


@pytest.mark.parametrize(
    ("step", "before"), [(Step.WHAT, None), (Step.WHO, Step.WHAT), (Step.CHECK, Step.CONTACT), (Step.COPY_FIRST, None)]
)
def test_back_leads_to_the_question_before(step, before):
    assert SENT.step_before(step) is before


@pytest.mark.parametrize(
    ("rights", "chosen", "counts"),
    [
        ((Right.ERASURE,), CopyFirst.ASK, CopyFirst.ASK),
        ((Right.ERASURE,), None, None),
        # Asked for both: the copy comes first, whatever was answered before.
        ((Right.ERASURE, Right.ACCESS), CopyFirst.NO, CopyFirst.YES),
        ((Right.ACCESS,), CopyFirst.NO, None),
    ],
)
def test_what_counts_about_the_copy(rights, chosen, counts):
    assert Answers(rights=rights, copy_first=chosen).copy_before_deletion is counts


def test_only_what_is_still_asked_for_is_told():
    answers = replace(SENT, points=(Point(Right.ERASURE, "Bildet"),), file_to="Lege", message="Hei")
    assert answers.points_asked == ()
    assert answers.texts == ("Hei", "Test Testesen")
    assert replace(answers, child_age=ChildAge.UNDER_12).age_of_child is None


TEXT = st.text(max_size=20)


@given(
    st.builds(
        Answers,
        rights=st.lists(st.sampled_from(Right), unique=True).map(tuple),
        unsure=st.booleans(),
        copy_first=st.none() | st.sampled_from(CopyFirst),
        relation=st.none() | st.sampled_from(Relation),
        on_behalf=st.none() | st.sampled_from(OnBehalf),
        told_of=st.none() | st.lists(st.sampled_from(Right)).map(tuple),
        from_year=st.none() | st.integers(1950, 2100),
        points=st.lists(st.builds(Point, st.sampled_from(Right), TEXT)).map(tuple),
        consents=st.lists(TEXT).map(tuple),
        message=TEXT,
        contact_way=st.none() | st.sampled_from(ContactWay),
    )
)
def test_answers_come_back_as_they_were_stored(answers):
    assert Answers.from_json(answers.to_json()) == answers


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", SENT.to_json().replace('"access"', '"alt"', 1)])
def test_what_is_no_answers_is_refused(text):
    with pytest.raises((ValueError, KeyError, TypeError, AttributeError)):
        Answers.from_json(text)
