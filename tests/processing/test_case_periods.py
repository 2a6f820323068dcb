"""How long our own cases are kept, as the company states it: R-CASE-1 and R-CASE-2 of docs/law.md."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from processing.exports.register_document.company import period_entry
from processing.law.case_periods import CASE_PERIODS, case_period
from processing.models import Controller
from processing.models.governed import register_edit
from processing.register import register_as_of
from tests.builders import WRITTEN_AT, make_controller, make_controller_record

DAY = timedelta(days=1)

# The field, what is used where it is not stated (decision 18), the least and the most that may be stated.
PERIODS = [
    ("case_content_days", 90, 30, 1095),
    ("case_withdrawn_days", 30, 7, 1095),
    ("case_answers_months", 12, 3, 36),
    ("case_line_years", 3, 3, 20),
]
FIELDS = [field for field, *_ in PERIODS]


@pytest.mark.parametrize(("field", "proposed", "least", "most"), PERIODS, ids=FIELDS)
def test_a_period_that_is_not_stated_is_the_proposal(field, proposed, least, most):
    assert case_period(None, field) == case_period(make_controller_record(), field) == proposed
    assert case_period(make_controller_record(**{field: least}), field) == least
    help_text = str(Controller._meta.get_field(field).help_text)
    assert f"{least} til {most}. " in help_text
    assert f"forslaget, {proposed}" in help_text
    assert "rt. 5 nr. 1 e" in help_text


def test_every_period_is_in_the_table():
    assert list(CASE_PERIODS) == FIELDS
    assert [name for name in (field.name for field in Controller._meta.fields) if name.startswith("case_")] == FIELDS


@pytest.mark.django_db
@pytest.mark.parametrize(("field", "proposed", "least", "most"), PERIODS, ids=FIELDS)
def test_a_period_out_of_bounds_is_refused_by_the_form_and_by_the_database(field, proposed, least, most):
    company = make_controller()
    for stated in (None, least, most):
        setattr(company, field, stated)
        company.full_clean()
        with register_edit(at=WRITTEN_AT + DAY):
            company.save()
    for stated in (0, least - 1, most + 1):
        setattr(company, field, stated)
        with pytest.raises(ValidationError) as refusal:
            company.full_clean()
        assert set(refusal.value.error_dict) == {field}
        with (
            pytest.raises(IntegrityError, match=f"processing_controller_{field}_bounded"),
            transaction.atomic(),
            register_edit(at=WRITTEN_AT + DAY),
        ):
            company.save()


@pytest.mark.django_db
def test_what_was_stated_when_is_history():
    company = make_controller()
    company.case_content_days = 45
    with register_edit(at=WRITTEN_AT + DAY, reason="Vi trenger dem ikke så lenge."):
        company.save()
    before, after = register_as_of(WRITTEN_AT).controller, register_as_of(WRITTEN_AT + DAY).controller
    assert before is not None
    assert after is not None
    assert (before.case_content_days, after.case_content_days, after.case_line_years) == (None, 45, None)


def test_the_register_says_what_is_stated_and_what_is_followed_meanwhile():
    said = period_entry(make_controller_record(case_line_years=5), "case_line_years")
    assert (said.text, said.missing) == ("5 år", False)
    said = period_entry(make_controller_record(), "case_answers_months")
    assert (said.text, said.note, said.missing) == ("", "Vi følger forslaget: 12 måneder", True)
