"""R-DL-8: a question of identity moves no date, and says which later day could be defended."""

from datetime import date

import pytest

from rights.law.deadlines import response_deadline
from rights.law.waiting import EDPB_ON_ACCESS, wait_for_identity

DUE = response_deadline(date(2026, 11, 22))  # Tuesday 22 December 2026


@pytest.mark.parametrize(
    ("asked", "recognised", "until", "said"),
    [
        (date(2026, 11, 24), [date(2026, 12, 1)], date(2026, 12, 10), "Svarer vi senest tirsdag 29. desember 2026"),
        (date(2026, 11, 24), [], date(2026, 12, 4), "Svarer vi senest fredag 1. januar 2027"),
        # Recognised once before we asked, for another question: it is the next time that ends the wait.
        (date(2026, 11, 24), [date(2026, 11, 23), date(2026, 11, 25)], date(2026, 12, 4), "onsdag 23. desember 2026"),
        (date(2026, 12, 22), [date(2026, 12, 23)], date(2026, 12, 30), "onsdag 23. desember 2026"),
    ],
)
def test_the_days_we_waited_can_be_defended(asked, recognised, until, said):
    step = wait_for_identity(DUE, asked_on=asked, recognised_on=recognised, until=until)
    assert step is not None
    assert said in step.sentence
    assert "Lovens siste dag er ikke flyttet." in step.sentence
    assert ("venter på svar" in step.sentence) is (recognised == [])
    assert step.source is EDPB_ON_ACCESS


@pytest.mark.parametrize(
    ("asked", "recognised"),
    [
        (None, [date(2026, 11, 23)]),  # never asked
        (date(2026, 11, 24), [date(2026, 11, 24)]),  # answered the same day
        (date(2026, 12, 23), [date(2026, 12, 24)]),  # asked when it was already too late
        (date(2026, 11, 21), [date(2026, 11, 24)]),  # asked before the request
    ],
)
def test_no_days_to_defend_are_not_spoken_of(asked, recognised):
    assert wait_for_identity(DUE, asked_on=asked, recognised_on=recognised, until=date(2026, 12, 1)) is None
