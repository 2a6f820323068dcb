"""How sure we must be of who is asking before anything about them leaves the house (R-ID-1 to R-ID-8, decision 30)."""

from collections.abc import Collection, Iterable

from processing.law.facts import Fact
from processing.law.records import ActivityRecord
from processing.law.regimes import LegalRegime
from processing.law.rights import Right
from processing.law.terms import N_, LawTerm
from rights.law.outcomes import JOURNAL_RIGHTS


class IdentityMethod(LawTerm):
    """How somebody was recognised. The document itself is never kept (R-ID-3)."""

    KNOWN_ADDRESS = "known_address", N_("Svar til adressen eller nummeret vi hadde fra før")
    CALL_BACK = "call_back", N_("Ringt tilbake på nummeret vi hadde, med et kontrollspørsmål")
    EID = "eid", N_("BankID eller annen e-ID")
    IN_PERSON = "in_person", N_("Møtte opp og viste legitimasjon")
    KNOWN_IN_PERSON = "known_in_person", N_("Møtte opp og er kjent for behandleren")
    REPRESENTATIVE = "representative", N_("Fullmakt eller vergeattest er kontrollert, og den som møter er kjent igjen")

    @property
    def level(self) -> int:
        """From 0, nothing known, to 3, as sure as a bank."""
        return _LEVELS[self]


_LEVELS = {
    IdentityMethod.KNOWN_ADDRESS: 1,
    IdentityMethod.CALL_BACK: 2,
    IdentityMethod.EID: 3,
    IdentityMethod.IN_PERSON: 3,
    IdentityMethod.KNOWN_IN_PERSON: 3,
    IdentityMethod.REPRESENTATIVE: 3,
}

LEVEL_WORDS = {
    0: N_("Ingen kontroll trengs"),
    1: N_("Svar bare dit vi hadde adressen fra før"),
    2: N_("Ring tilbake på kjent nummer, med et kontrollspørsmål"),
    3: N_("E-ID, eller oppmøte med legitimasjon"),
}

DISCLOSING_RIGHTS = frozenset({Right.ACCESS, Right.ACCESS_LOG, Right.PORTABILITY})
"""The rights whose answer is itself information about the person."""

RECORDINGS = "recordings"
"""The code of the data category that makes an activity one of recordings."""

_STOPPED_FREELY = frozenset({LegalRegime.MARKETING, LegalRegime.WEBSITE})
_STOPPING = frozenset({Right.OBJECTION, Right.ERASURE})


def holds_recordings(activity: ActivityRecord) -> bool:
    return any(data.category.code == RECORDINGS and data.presence is not Fact.NO for data in activity.data)


def level_needed(
    right: Right,
    regimes: Collection[LegalRegime],
    *,
    client: bool,
    recordings: bool = False,
    names_only: bool = False,
) -> int:
    """Return the level an answer to `right` needs before it discloses anything (decision 30).

    3 for the journal, its log and recordings; 2 for other data about somebody who may be a client; 1 where no such
    relation shows; 0 for acts that disclose nothing and harm nobody: stopping marketing or tracking, ending a consent.

    `recordings`: the case is about recordings of somebody's sessions. `names_only`: the person asks who has been given
    the data, or how they are guarded abroad, and for no copy of them.
    """
    if right.acts_at_once or (right in _STOPPING and regimes and _STOPPED_FREELY.issuperset(regimes)):
        return 0
    if right is Right.ACCESS and names_only:
        return 2 if client else 1
    if right is Right.ACCESS_LOG or recordings:
        return 3
    if LegalRegime.HEALTH_RECORD in regimes and right in JOURNAL_RIGHTS:
        return 3
    return 2 if client else 1


def highest_level(methods: Iterable[IdentityMethod]) -> int:
    return max((method.level for method in methods), default=0)
