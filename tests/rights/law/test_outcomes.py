"""Which right may be refused, on what ground and under which rules; where to complain; how sure we must be of who asks.

Sources: R-RT-3, decision 11, decision 30, and the provisions each ground names.
"""

import pytest

from processing.law.regimes import LegalRegime
from processing.law.rights import Right
from rights.law.identity import LEVEL_WORDS, IdentityMethod, highest_level, level_needed
from rights.law.outcomes import ComplaintBody, RefusalGround, complaint_bodies, grounds_for

JOURNAL = {LegalRegime.HEALTH_RECORD}
GENERAL = {LegalRegime.GDPR_ONLY}
G = RefusalGround

ERASURE = {G.STILL_NEEDED, G.FREE_SPEECH, G.LEGAL_DUTY, G.LEGAL_CLAIMS}

# Right, rules, and the grounds that exist beside «åpenbart grunnløst» (art. 12 nr. 5), which all of these have.
GROUNDS = [
    (Right.ACCESS, JOURNAL, {G.OTHERS_RIGHTS, G.JOURNAL_DANGER, G.JOURNAL_NEXT_OF_KIN}),
    (
        Right.ACCESS,
        GENERAL,
        {G.OTHERS_RIGHTS, G.HEALTH_OR_NEXT_OF_KIN, G.SECRECY, G.INTERNAL_DRAFT, G.FUNDAMENTAL_INTERESTS},
    ),
    (Right.ACCESS_LOG, JOURNAL, set()),
    (Right.ACCESS_LOG, GENERAL, {G.NO_RECORD_LOG}),
    (Right.RECTIFICATION, JOURNAL, {G.JOURNAL_NOT_WRONG}),
    (Right.RECTIFICATION, GENERAL, {G.ACCURATE}),
    (Right.ERASURE, JOURNAL, {G.JOURNAL_KEPT, G.LEGAL_DUTY, G.LEGAL_CLAIMS}),
    (
        Right.ERASURE,
        {LegalRegime.ACCOUNTING},
        {G.STILL_NEEDED, G.FREE_SPEECH, G.LEGAL_DUTY, G.BOOKKEEPING, G.LEGAL_CLAIMS},
    ),
    (Right.ERASURE, {LegalRegime.MARKETING}, {G.STILL_NEEDED, G.FREE_SPEECH, G.LEGAL_DUTY, G.LEGAL_CLAIMS}),
    (Right.RESTRICTION, GENERAL, {G.NO_CASE_FOR_RESTRICTION}),
    (Right.OBJECTION, GENERAL, {G.NO_WEIGHING, G.COMPELLING_GROUNDS, G.LEGAL_CLAIMS}),
    (Right.PORTABILITY, GENERAL, {G.NOT_PORTABLE, G.NOT_PROVIDED, G.OTHERS_RIGHTS}),
]


@pytest.mark.parametrize(("right", "regimes", "expected"), GROUNDS)
def test_the_grounds_of_a_refusal_are_a_closed_list(right, regimes, expected):
    assert set(grounds_for(right, regimes)) == {G.UNFOUNDED} | expected


@pytest.mark.parametrize("right", [Right.OBJECTION_MARKETING, Right.WITHDRAW_CONSENT])
@pytest.mark.parametrize("regimes", [JOURNAL, GENERAL, set(LegalRegime)])
def test_marketing_stops_and_a_consent_ends_whatever_we_think(right, regimes):
    """Art. 21 nr. 3 and art. 7 nr. 3 know no exception."""
    assert grounds_for(right, regimes) == ()


def test_every_ground_names_its_provision_and_can_be_used():
    for ground in RefusalGround:
        assert ground.source is not None
        assert any(ground in grounds_for(right, set(LegalRegime)) for right in ground.rights)


def test_nothing_is_refused_before_somebody_has_said_which_rules_apply():
    journal_or_not = [ground for ground in RefusalGround if any(grounds_for(right, set()) for right in ground.rights)]
    assert G.JOURNAL_KEPT not in {ground for right in Right for ground in grounds_for(right, set())}
    assert journal_or_not  # what exists under any rules is still there, and `check_can_decide` asks for the rules


def test_keeping_a_journal_from_its_patient_takes_two():
    """Pbrl § 5-1 second paragraph; issue: two people."""
    assert {ground for ground in RefusalGround if ground.needs_two} == {G.JOURNAL_DANGER, G.JOURNAL_NEXT_OF_KIN}


B = ComplaintBody


@pytest.mark.parametrize(
    ("right", "regimes", "expected"),
    [
        (Right.ACCESS, JOURNAL, [B.COUNTY_GOVERNOR, B.DATA_PROTECTION_AUTHORITY, B.COURTS]),
        (Right.ACCESS_LOG, JOURNAL, [B.COUNTY_GOVERNOR, B.DATA_PROTECTION_AUTHORITY, B.COURTS]),
        (Right.RECTIFICATION, JOURNAL, [B.COUNTY_GOVERNOR, B.DATA_PROTECTION_AUTHORITY, B.COURTS]),
        (Right.ERASURE, JOURNAL | GENERAL, [B.COUNTY_GOVERNOR, B.DATA_PROTECTION_AUTHORITY, B.COURTS]),
        (Right.OBJECTION, JOURNAL, [B.DATA_PROTECTION_AUTHORITY, B.COURTS]),
        (Right.PORTABILITY, JOURNAL, [B.DATA_PROTECTION_AUTHORITY, B.COURTS]),
        (Right.ERASURE, GENERAL, [B.DATA_PROTECTION_AUTHORITY, B.COURTS]),
        (Right.ACCESS, {LegalRegime.RECRUITMENT}, [B.DATA_PROTECTION_AUTHORITY, B.COURTS]),
    ],
)
def test_a_complaint_goes_where_the_rules_send_it(right, regimes, expected):
    assert list(complaint_bodies(right, regimes)) == expected


@pytest.mark.parametrize(
    ("right", "regimes", "client", "level"),
    [
        (Right.ACCESS, JOURNAL, True, 3),
        (Right.ACCESS_LOG, JOURNAL, True, 3),
        (Right.ACCESS_LOG, set(), False, 3),
        (Right.ERASURE, JOURNAL, True, 3),
        (Right.RECTIFICATION, GENERAL, True, 2),
        (Right.ACCESS, GENERAL, True, 2),
        (Right.ERASURE, {LegalRegime.RECRUITMENT}, False, 1),
        (Right.ACCESS, GENERAL, False, 1),
        (Right.OBJECTION_MARKETING, {LegalRegime.MARKETING}, False, 0),
        (Right.WITHDRAW_CONSENT, JOURNAL, True, 0),
    ],
)
def test_the_level_an_answer_needs(right, regimes, client, level):
    """Decision 30."""
    assert level_needed(right, regimes, client=client) == level


def test_an_incoming_number_proves_nothing():
    assert IdentityMethod.KNOWN_ADDRESS.level == 1
    assert IdentityMethod.CALL_BACK.level == 2
    assert highest_level([]) == 0
    assert highest_level([IdentityMethod.EID, IdentityMethod.KNOWN_ADDRESS]) == 3
    assert set(LEVEL_WORDS) == set(range(4))
