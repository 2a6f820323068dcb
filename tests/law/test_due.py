"""What is due on a day: by financial year, by event, by the clean-up that comes again; and what never is."""

from datetime import date

import pytest

from processing.law.due import Confirmed, DueAction, DueItem, NotListed, RetentionOutcome, due_on, undated
from processing.law.facts import ActivityStatus
from processing.law.least_times import AGREEMENTS, VOUCHERS
from processing.law.records import RetentionRecord
from processing.law.regimes import LegalRegime
from processing.law.retention import NoEnd, PeriodUnit, RetentionKind, RetentionTrigger
from tests.builders import make_bare_activity_record, make_register

DAYS, MONTHS, YEARS = PeriodUnit
MINIMUM, MAXIMUM, REVIEW = RetentionKind
TODAY = date(2026, 11, 23)
BOOKS = "Bokføringsloven § 13"
VOUCHER_RULE = RetentionRecord(
    covers="Bilag",
    trigger=RetentionTrigger.FINANCIAL_YEAR_END,
    kind=MINIMUM,
    period=5,
    unit=YEARS,
    statute=BOOKS,
)
ENQUIRIES = RetentionRecord(covers="Henvendelser", trigger=RetentionTrigger.REVIEW, kind=REVIEW, period=24, unit=MONTHS)
JOURNAL = RetentionRecord(covers="Notater", trigger=RetentionTrigger.LAST_ENTRY, kind=MINIMUM, period=10, unit=YEARS)


def due(rule: RetentionRecord, *confirmed: Confirmed, day: date = TODAY, **about) -> DueItem | None:
    register = make_register(activities=[make_bare_activity_record(**{"retention": (rule,), **about})])
    found = due_on(register, day, confirmed)
    assert len(found) <= 1
    return found[0] if found else None


def said(rule: RetentionRecord, period: str, on: date, action: DueAction = DueAction.DELETE) -> Confirmed:
    return Confirmed(activity="A90", covers=rule.covers, action=action, period=period, on=on)


@pytest.mark.parametrize(
    ("day", "year", "kept_to", "first_day"),
    [
        (date(2026, 1, 1), 2020, date(2025, 12, 31), date(2026, 1, 1)),
        (TODAY, 2020, date(2025, 12, 31), date(2026, 1, 1)),
        (date(2026, 12, 31), 2020, date(2025, 12, 31), date(2026, 1, 1)),
        (date(2027, 1, 1), 2021, date(2026, 12, 31), date(2027, 1, 1)),
    ],
)
def test_vouchers_are_due_by_the_financial_year(day: date, year: int, kept_to: date, first_day: date) -> None:
    item = due(VOUCHER_RULE, day=day)
    assert item is not None
    assert (item.year, item.kept_to, item.due_on, item.action) == (year, kept_to, first_day, DueAction.DELETE)
    assert item.least is VOUCHERS


def test_agreements_are_due_in_the_summer() -> None:
    rule = RetentionRecord(trigger=VOUCHER_RULE.trigger, kind=MINIMUM, period=42, unit=MONTHS, statute=BOOKS)
    first, after = due(rule, day=date(2026, 6, 30)), due(rule, day=date(2026, 7, 1))
    assert first is not None
    assert (first.year, first.kept_to) == (2021, date(2025, 6, 30))
    assert after is not None
    assert (after.year, after.kept_to, after.least) == (2022, date(2026, 6, 30), AGREEMENTS)


def test_the_law_has_a_voucher_kept_longer_than_a_rule_that_is_too_short() -> None:
    """The company states «up to five years» and no event (G10). The least time of § 13 counts."""
    stated = RetentionRecord(covers="Regnskap", kind=MAXIMUM, period=3, unit=YEARS, statute="Bokføringsloven")
    item = due(stated)
    assert item is not None
    assert (item.year, item.kept_to) == (2020, date(2025, 12, 31))


def test_a_rule_that_is_longer_than_the_law_is_not_said_to_be_the_laws() -> None:
    longer = RetentionRecord(trigger=VOUCHER_RULE.trigger, kind=MINIMUM, period=10, unit=YEARS, statute=BOOKS)
    item = due(longer)
    assert item is not None
    assert (item.year, item.kept_to, item.least) == (2015, date(2025, 12, 31), None)


def test_a_year_is_confirmed_with_those_before_it_and_comes_back_the_next() -> None:
    done = said(VOUCHER_RULE, "2020", date(2026, 2, 1))
    assert due(VOUCHER_RULE, done) is None
    assert due(VOUCHER_RULE, done, day=date(2025, 12, 31)) is None
    item = due(VOUCHER_RULE, done, day=date(2027, 1, 1))
    assert item is not None
    assert item.year == 2021


def test_what_the_activity_is_too_young_to_have_is_not_due() -> None:
    assert due(VOUCHER_RULE, valid_from=date(2021, 1, 1)) is None
    assert due(VOUCHER_RULE, valid_from=date(2020, 12, 31)) is not None
    assert due(JOURNAL, valid_from=date(2020, 1, 1)) is None


def test_enquiries_are_looked_at_every_other_year() -> None:
    """The company's own routine: at least every second year (facts, enquiry_review)."""
    first = due(ENQUIRIES)
    assert first is not None
    assert (first.action, first.due_on, first.period, first.until) == (DueAction.REVIEW, None, "", None)
    assert first.every_months == 24
    done = said(ENQUIRIES, "", date(2026, 3, 3), DueAction.REVIEW)
    assert due(ENQUIRIES, done, day=date(2028, 3, 2)) is None
    again = due(ENQUIRIES, done, day=date(2028, 3, 3))
    assert again is not None
    assert (again.due_on, again.period) == (date(2028, 3, 3), "2026-03-03")


def test_the_first_look_comes_when_the_activity_is_old_enough() -> None:
    assert due(ENQUIRIES, valid_from=date(2024, 11, 24)) is None
    item = due(ENQUIRIES, valid_from=date(2024, 11, 23))
    assert item is not None
    assert item.due_on == TODAY


@pytest.mark.parametrize(
    ("rule", "until", "every"),
    [
        # Twelve months at most: half of it between two looks, so that none passes its time before the next.
        ((12, MONTHS, MAXIMUM, RetentionTrigger.UNSUBSCRIBED), date(2026, 5, 23), date(2027, 5, 23)),
        ((6, MONTHS, MAXIMUM, RetentionTrigger.POSITION_FILLED), date(2026, 8, 23), date(2027, 2, 23)),
        ((5, YEARS, MAXIMUM, RetentionTrigger.CONTRACT_ENDED), date(2022, 11, 23), date(2027, 11, 23)),
        ((30, DAYS, MAXIMUM, RetentionTrigger.COLLECTED), date(2026, 11, 23), date(2026, 12, 23)),
        ((3, YEARS, MINIMUM, RetentionTrigger.CONTRACT_ENDED), date(2023, 11, 22), date(2027, 11, 23)),
    ],
)
def test_events_are_due_up_to_a_day_and_the_look_comes_again(rule: tuple, until: date, every: date) -> None:
    period, unit, kind, trigger = rule
    stated = RetentionRecord(covers="Alt", trigger=trigger, kind=kind, period=period, unit=unit)
    item = due(stated)
    assert item is not None
    assert (item.until, item.action) == (until, DueAction.DELETE)
    done = said(stated, "", TODAY)
    again = due(stated, done, day=every)
    assert again is not None
    assert again.due_on == every


@pytest.mark.parametrize(
    "about",
    [{}, {"regime": LegalRegime.HEALTH_RECORD}, {"regime": LegalRegime.HEALTH_RECORD, "name": "Tilgangslogg"}],
)
def test_a_journal_is_looked_at_and_never_listed_for_deletion(about: dict) -> None:
    """pasientjournalloven § 25: no date, but whether it will be used (G12)."""
    item = due(JOURNAL, **about)
    assert item is not None
    assert (item.action, item.until) == (DueAction.REVIEW, date(2016, 11, 22))
    assert item.is_journal
    assert not item.accepts(RetentionOutcome.DELETED)
    assert all(item.accepts(outcome) for outcome in RetentionOutcome if outcome is not RetentionOutcome.DELETED)


def test_vouchers_of_a_journal_are_looked_at_too() -> None:
    item = due(VOUCHER_RULE, regime=LegalRegime.HEALTH_RECORD)
    assert item is not None
    assert item.action is DueAction.REVIEW


def test_drafts_hold_nothing_and_what_has_ended_still_does() -> None:
    assert due(VOUCHER_RULE, status=ActivityStatus.DRAFT) is None
    assert due(VOUCHER_RULE, status=ActivityStatus.RETIRED, valid_to=date(2022, 1, 1)) is not None


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        (RetentionRecord(covers="Navn"), NoEnd.NOTHING_STATED),
        (RetentionRecord(trigger=RetentionTrigger.COOPERATION_ENDED), NoEnd.NO_PERIOD),
        (RetentionRecord(trigger=RetentionTrigger.FINANCIAL_YEAR_END), NoEnd.NO_PERIOD),
        (RetentionRecord(kind=MAXIMUM, period=5, unit=YEARS), NoEnd.NO_TRIGGER),
        (RetentionRecord(trigger=RetentionTrigger.COLLECTED, period=5, unit=YEARS), NotListed.NO_KIND),
        (RetentionRecord(trigger=RetentionTrigger.CONSENT_WITHDRAWN), NotListed.AT_ONCE),
        (RetentionRecord(kind=MAXIMUM, period=0, unit=DAYS), NotListed.AT_ONCE),
    ],
)
def test_a_rule_without_a_day_is_told_with_its_reason(rule: RetentionRecord, reason: NoEnd | NotListed) -> None:
    register = make_register(activities=[make_bare_activity_record(retention=(rule,))])
    assert due_on(register, TODAY) == ()
    assert [one.reason for one in undated(register)] == [reason]


def test_every_rule_is_either_listed_some_day_or_told_why_not() -> None:
    for trigger in (None, *RetentionTrigger):
        for kind in (None, *RetentionKind):
            for period, unit in ((None, None), (0, DAYS), (40, DAYS), (42, MONTHS), (5, YEARS)):
                rule = RetentionRecord(trigger=trigger, kind=kind, period=period, unit=unit)
                register = make_register(activities=[make_bare_activity_record(retention=(rule,))])
                assert len(due_on(register, TODAY)) + len(undated(register)) == 1, rule


def test_what_one_rule_is_confirmed_for_says_nothing_of_another() -> None:
    other = Confirmed(activity="A90", covers="Noe annet", action=DueAction.DELETE, period="2020", on=TODAY)
    elsewhere = Confirmed(activity="A91", covers="Bilag", action=DueAction.DELETE, period="2020", on=TODAY)
    looked = Confirmed(activity="A90", covers="Bilag", action=DueAction.DELETE, period="2026-01-01", on=TODAY)
    assert due(VOUCHER_RULE, other, elsewhere, looked) is not None
