"""The checklists: something to do for every right under every regime, told plainly, each with its source."""

from datetime import date, timedelta

import pytest

from processing.law.plain_language import lix
from processing.law.regimes import LegalRegime
from processing.law.rights import Right
from rights.law.checklists import EDITIONS, TOLD_ON, Proof, checklist_for

TODAY = date(2026, 11, 22)
HAND = "by hand"


@pytest.mark.parametrize("right", Right)
@pytest.mark.parametrize("regime", LegalRegime)
def test_every_right_has_work_to_do_and_ends_with_an_answer(right, regime):
    steps = checklist_for(right, {regime}, received_on=TODAY)
    assert [step.proof for step in steps][:2] == [Proof.TAKEN, Proof.IDENTITY]
    assert [step.proof for step in steps][-2:] == [Proof.LETTER, Proof.DELIVERED]
    assert any(step.proof is None for step in steps) or (right, regime) in WITHOUT_HANDWORK


# There is no log of who has read to fetch where there is no journal: the way to deliver is what is left.
WITHOUT_HANDWORK: set[tuple[Right, LegalRegime]] = set()


# service.md A4, the table of checklists: what a row of it must bring, and what it must not.
@pytest.mark.parametrize(
    ("right", "regime", "there", "absent"),
    [
        (Right.ACCESS, LegalRegime.HEALTH_RECORD, {"record", "narrow_exception", "safe_way"}, {"others_data"}),
        (Right.ACCESS, LegalRegime.GDPR_ONLY, {"others_data", "search"}, {"record", "invoices"}),
        (Right.ACCESS, LegalRegime.ACCOUNTING, {"invoices"}, {"application"}),
        (Right.ACCESS, LegalRegime.RECRUITMENT, {"application"}, {"invoices"}),
        (Right.RECTIFICATION, LegalRegime.HEALTH_RECORD, {"add_entry", "note_view", "ask_author"}, {"correct"}),
        (Right.RECTIFICATION, LegalRegime.GDPR_ONLY, {"correct", "tell_recipients"}, {"add_entry"}),
        (Right.ERASURE, LegalRegime.HEALTH_RECORD, {"test_43", "note_43", "copy_before"}, {"delete_everywhere"}),
        (Right.ERASURE, LegalRegime.GDPR_ONLY, {"exceptions", "delete_everywhere", "backups"}, {"delete_now"}),
        (Right.ERASURE, LegalRegime.ACCOUNTING, {"bookkeeping_end"}, {"delete_now"}),
        (Right.ERASURE, LegalRegime.MARKETING, {"delete_now"}, {"bookkeeping_end"}),
        (Right.RESTRICTION, LegalRegime.HEALTH_RECORD, {"block_record", "tell_before_lifting"}, {"mark"}),
        (Right.OBJECTION, LegalRegime.GDPR_ONLY, {"stop_meanwhile", "weigh"}, {"record_rests_on_law"}),
        (Right.OBJECTION, LegalRegime.HEALTH_RECORD, {"record_rests_on_law"}, {"weigh"}),
        (Right.OBJECTION_MARKETING, LegalRegime.MARKETING, {"stop_marketing", "keep_block"}, {"weigh", "search"}),
        (Right.PORTABILITY, LegalRegime.HEALTH_RECORD, {"offer_copy"}, {"machine_readable"}),
        (Right.PORTABILITY, LegalRegime.RECRUITMENT, {"machine_readable"}, {"offer_copy"}),
        (Right.WITHDRAW_CONSENT, LegalRegime.HEALTH_RECORD, {"stop_sharing"}, {"unsubscribe"}),
        (Right.WITHDRAW_CONSENT, LegalRegime.MARKETING, {"unsubscribe", "what_is_kept"}, {"stop_sharing"}),
        (Right.ACCESS_LOG, LegalRegime.HEALTH_RECORD, {"who_has_read", "read_without_need"}, {"search"}),
    ],
)
def test_the_steps_of_the_table(right, regime, there, absent):
    codes = {step.code for step in checklist_for(right, {regime}, received_on=TODAY)}
    assert there <= codes
    assert not absent & codes


def test_without_confirmed_rules_only_what_holds_under_any_is_listed():
    for right in Right:
        open_to_all = checklist_for(right, set(), received_on=TODAY)
        assert all(step.regimes is None for step in open_to_all)
        assert set(open_to_all) <= set(checklist_for(right, {LegalRegime.GDPR_ONLY}, received_on=TODAY))


def test_what_was_done_is_told_on_for_three_rights():
    """Art. 19 names art. 16, 17(1) and 18."""
    told = {right for right in Right for step in checklist_for(right, set(), received_on=TODAY)
            if step.code == "tell_recipients"}  # fmt: skip
    assert told == TOLD_ON == {Right.RECTIFICATION, Right.ERASURE, Right.RESTRICTION}


def test_editions_are_in_order_and_their_codes_name_one_step_each():
    days = [edition.valid_from for edition in EDITIONS]
    assert days == sorted(days, reverse=True)
    for edition in EDITIONS:
        codes = [step.code for step in edition.steps]
        assert len(codes) == len(set(codes))
        assert all(len(code) <= 40 and step.source.instrument for code, step in zip(codes, edition.steps, strict=True))
    early = checklist_for(Right.ACCESS, set(), received_on=days[-1] - timedelta(days=1))
    assert early == checklist_for(Right.ACCESS, set(), received_on=days[-1])


def test_the_steps_are_plain_words():
    for edition in EDITIONS:
        text = " ".join(f"{step.text}. {step.why}" for step in edition.steps)
        assert lix(text) <= 35
