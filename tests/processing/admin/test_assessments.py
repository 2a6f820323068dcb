"""Assessments on the page of an activity, and those that count for all of them."""

from datetime import date, datetime

import pytest
from django.urls import reverse
from django.utils.html import escape

from processing.law.assessments import RiskCriterion
from processing.law.facts import Fact
from processing.models import BalancingTest, ScreeningAnswer, TransferAssessment
from processing.register import register_as_of
from tests.builders import OSLO, make_activity, make_controller
from tests.processing.admin.pages import fields_of, words_of

NOW = datetime(2026, 11, 23, 14, 5, tzinfo=OSLO)
REASON = {"change_reason": "Vurdert i møtet"}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now(time_machine) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def page() -> str:
    """The page of an activity of which nothing is stated."""
    make_controller()
    return reverse("admin:processing_activity_change", args=[make_activity(bare=True).pk])


def form_at(client, page: str) -> dict[str, str]:
    return fields_of(client.get(page).content.decode(), "activity_form")


def place_of(form: dict[str, str], criterion: RiskCriterion) -> str:
    """The beginning of the names in the row of a criterion."""
    (name,) = [name for name, value in form.items() if value == criterion.value and name.endswith("-criterion")]
    return name.removesuffix("criterion")


def add(form: dict[str, str], prefix: str, **values: object) -> None:
    place = int(form[f"{prefix}-TOTAL_FORMS"])
    form[f"{prefix}-TOTAL_FORMS"] = str(place + 1)
    form |= {f"{prefix}-{place}-{name}": str(value) for name, value in values.items()}


def test_all_nine_questions_stand_there_whether_or_not_they_are_answered(page, registrar):
    answered = reverse("admin:processing_activity_change", args=[make_activity().pk])
    for address in (page, answered):
        html = registrar.get(address).content.decode()
        for criterion in RiskCriterion:
            assert html.count(f'<span class="question">{escape(criterion.plain)}</span>') == 1


def test_only_the_answers_that_are_given_are_kept(page, registrar):
    form = form_at(registrar, page)
    form |= {f"{place_of(form, RiskCriterion.VULNERABLE)}answer": "yes"} | REASON
    assert registrar.post(page, form).status_code == 302

    form = form_at(registrar, page)
    form |= {f"{place_of(form, RiskCriterion.SCORING)}answer": "no"} | REASON
    form |= {f"{place_of(form, RiskCriterion.VULNERABLE)}answer": "possible"}
    assert registrar.post(page, form).status_code == 302

    answers = {row.criterion: row.answer for row in ScreeningAnswer.objects.all()}
    assert answers == {RiskCriterion.VULNERABLE: Fact.POSSIBLE, RiskCriterion.SCORING: Fact.NO}
    (activity,) = register_as_of(NOW).activities
    assert {row.criterion for row in activity.screening} == {RiskCriterion.VULNERABLE, RiskCriterion.SCORING}


def test_a_page_that_nobody_touched_keeps_nothing(page, registrar):
    assert registrar.post(page, form_at(registrar, page) | REASON).status_code == 302
    assert not ScreeningAnswer.objects.exists()


def test_a_reason_without_an_answer_is_refused_beside_the_question(page, registrar):
    form = form_at(registrar, page)
    form |= {f"{place_of(form, RiskCriterion.MATCHING)}note": "Vi kobler to lister"} | REASON
    answer = registrar.post(page, form)
    assert answer.status_code == 200
    assert "Feltet er påkrevet" in words_of(answer.content.decode())
    assert not ScreeningAnswer.objects.exists()


def test_a_balancing_test_is_kept_with_its_three_steps(page, registrar):
    form = form_at(registrar, page) | REASON
    steps = {"interest": "å svare", "necessity": "ingen annen måte", "balance": "de venter det"}
    ending = {"conclusion": "interest", "concluded_on": "2026-11-23", "owner": "Leder", "next_review_on": "2027-11-23"}
    add(form, "balancingtest_set", **steps, **ending)
    assert registrar.post(page, form).status_code == 302

    (activity,) = register_as_of(NOW).activities
    (test,) = activity.balancing_tests
    assert (test.interest, test.necessity, test.balance) == tuple(steps.values())
    assert (test.concluded_on, test.next_review_on) == (date(2026, 11, 23), date(2027, 11, 23))


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"conclusion": "interest"}, "Konklusjonen og dagen hører sammen: fyll ut begge, eller ingen."),
        ({"concluded_on": "2026-11-23"}, "Konklusjonen og dagen hører sammen: fyll ut begge, eller ingen."),
        (
            {"conclusion": "interest", "concluded_on": "2026-11-23", "next_review_on": "2026-11-23"},
            "Dagen den ses på igjen, må komme etter dagen den ble konkludert.",
        ),
    ],
)
def test_what_does_not_hang_together_is_refused_in_a_sentence(page, registrar, values, sentence):
    form = form_at(registrar, page) | REASON
    add(form, "balancingtest_set", **values)
    answer = registrar.post(page, form)
    assert answer.status_code == 200
    assert sentence in words_of(answer.content.decode())
    assert not BalancingTest.objects.exists()


def test_an_assessment_of_a_country_counts_for_every_activity(registrar):
    make_controller()
    page = reverse("admin:processing_transferassessment_add")
    values = {"country": "US", "conclusion": "adequate", "concluded_on": "2026-11-23", "change_reason": "Ny"}
    form = fields_of(registrar.get(page).content.decode(), "transferassessment_form")
    assert registrar.post(page, form | values).status_code == 302

    (row,) = TransferAssessment.objects.all()
    assert row.activity is None
    assert [found.country for found in register_as_of(NOW).transfer_assessments] == ["US"]


def test_what_an_agreement_says_is_only_for_those_who_have_one(registrar):
    page = reverse("admin:processing_party_add")
    values = {"service": "Regnskap", "code": "regnskap", "role": "processor", "has_agreement": "no"}
    form = fields_of(registrar.get(page).content.decode(), "party_form")
    answer = registrar.post(page, form | values | {"agreement_sub_processors": "general"})
    assert answer.status_code == 200
    assert "Det som står om en avtale, krever at svaret på om den finnes, er ja." in words_of(answer.content.decode())
