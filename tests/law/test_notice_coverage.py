"""Art. 13 and 14: what a notice needs and the register does not state."""

from dataclasses import replace

import pytest

from processing.law.bases import LegalBasis
from processing.law.facts import Fact
from processing.law.notices import missing_notice_parts
from processing.law.parties import SourceKind
from processing.law.records import LegalGroundRecord, SourceRecord
from tests.builders import make_activity_record, make_controller_record, make_register

Facts = dict[str, object]
FROM_THE_PERSON = (SourceRecord(kind=SourceKind.DATA_SUBJECT),)


def codes(activity: Facts | None = None, controller: Facts | None = None) -> set[str]:
    """The codes of what is found when the complete register is changed like this."""
    register = make_register(
        controller=make_controller_record(**(controller or {})), activities=[make_activity_record(**(activity or {}))]
    )
    return {finding.code for finding in missing_notice_parts(register)}


def ground(basis: LegalBasis, **stated: str) -> Facts:
    return {"legal_grounds": (LegalGroundRecord(basis=basis, **stated),)}


def test_a_complete_register_lacks_nothing() -> None:
    assert codes() == set()


@pytest.mark.parametrize(
    ("code", "source", "fires", "holds"),
    [
        (
            "13-2-d-authority-missing",
            "Personvernforordningen art. 13 nr. 2 bokstav d",
            {"controller": {"supervisory_authority": ""}},
            {"controller": {"supervisory_authority": "Datatilsynet"}},
        ),
        (
            "13-1-d-interest-missing",
            "Personvernforordningen art. 13 nr. 1 bokstav d",
            {"activity": ground(LegalBasis.LEGITIMATE_INTEREST)},
            {"activity": ground(LegalBasis.LEGITIMATE_INTEREST, legitimate_interest="å kunne svare")},
        ),
        (
            "13-2-c-withdrawal-missing",
            "Personvernforordningen art. 13 nr. 2 bokstav c",
            {"activity": ground(LegalBasis.CONSENT)},
            {"activity": ground(LegalBasis.CONSENT, consent_withdrawal="lenken i e-posten")},
        ),
        (
            "13-2-e-provision-missing",
            "Personvernforordningen art. 13 nr. 2 bokstav e",
            {"activity": {"provision_required": Fact.NOT_STATED, "sources": FROM_THE_PERSON}},
            {"activity": {"provision_required": Fact.NO, "sources": FROM_THE_PERSON}},
        ),
        (
            "13-2-f-automation-missing",
            "Personvernforordningen art. 13 nr. 2 bokstav f",
            {
                "activity": {"automated_decisions": Fact.NOT_STATED},
                "controller": {"automated_decisions": Fact.NOT_STATED},
            },
            {"activity": {"automated_decisions": Fact.NOT_STATED}, "controller": {"automated_decisions": Fact.NO}},
        ),
        (
            "14-2-f-source-missing",
            "Personvernforordningen art. 14 nr. 2 bokstav f",
            {"activity": {"sources": ()}},
            {"activity": {"sources": (SourceRecord(kind=SourceKind.REFERRER),)}},
        ),
    ],
)
def test_each_part_is_missed_when_it_is_not_stated(code: str, source: str, fires: Facts, holds: Facts) -> None:
    assert codes(**fires) == {code}  # type: ignore[arg-type]
    assert code not in codes(**holds)  # type: ignore[arg-type]
    register = make_register(
        controller=make_controller_record(**fires.get("controller", {})),  # type: ignore[arg-type]
        activities=[make_activity_record(**fires.get("activity", {}))],  # type: ignore[arg-type]
    )
    (finding,) = missing_notice_parts(register)
    assert str(finding.source) == source
    assert finding.subject == ("" if "activity" not in fires else register.activities[0].number)


def test_two_grounds_that_lack_the_same_are_two_findings() -> None:
    activity = make_activity_record(
        legal_grounds=(
            LegalGroundRecord(basis=LegalBasis.CONSENT, purpose="Nyhetsbrev"),
            LegalGroundRecord(basis=LegalBasis.CONSENT, purpose="Måling"),
        )
    )
    findings = missing_notice_parts(make_register(activities=[activity]))
    assert len({finding.key for finding in findings}) == 2


def test_an_empty_register_is_judged_without_a_controller() -> None:
    register = replace(make_register(), controller=None)
    assert "13-2-d-authority-missing" not in {finding.code for finding in missing_notice_parts(register)}
