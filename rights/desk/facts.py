"""What the rules of the desk need to know of a case, and not a word of what the person wrote."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from processing.law.regimes import LegalRegime
from processing.law.rights import Right
from processing.law.terms import N_
from rights.law.complaints import ComplaintStage
from rights.law.deadlines import Deadline
from rights.law.identity import level_needed
from rights.law.outcomes import Outcome, RefusalGround
from rights.law.terms import CopyFirst
from rights.workflow import RequestStatus


@dataclass(frozen=True, kw_only=True)
class RightFacts:
    """One point of a right, or the whole right where it has no points, and how far it has come.

    `point` 0 is the whole right. `seconded` is True once another person stands behind the answer. `letter` is the one
    the answer stands in, and `delivered` tells whether that has reached the person. `closed` is True where that letter
    ended the case.
    """

    right: Right
    deadline: Deadline
    point: int = 0
    outcome: Outcome | None = None
    ground: RefusalGround | None = None
    has_reason: bool = False
    seconded: bool = False
    letter: int | None = None
    delivered: bool = False
    closed: bool = False

    @property
    def label(self) -> str:
        label = self.right.label
        return N_("{right}, punkt {number}").format(right=label, number=self.point) if self.point else label

    @property
    def discloses(self) -> bool:
        """True where the answer tells or does something with the person's data.

        A refusal does so too, where its ground says that we have some: whoever reads that a journal is kept, knows
        that there is one.
        """
        if self.outcome is None:
            return False
        return self.outcome is not Outcome.REFUSED or self.ground is None or self.ground.tells_of_data

    @property
    def awaits_second(self) -> bool:
        return self.ground is not None and self.ground.needs_two and not self.seconded


@dataclass(frozen=True, kw_only=True)
class CaseFacts:
    """What the rules need to know of a case, and not a word of what the person wrote.

    `regimes` is empty until a person has confirmed which rules the case follows; no case is decided before that
    (decision 24). `recordings` and `names_only` are as in `level_needed`. `identity_level` is the highest level
    anybody has recorded.
    """

    status: RequestStatus
    received_on: date
    rights: tuple[RightFacts, ...]
    regimes: frozenset[LegalRegime] = frozenset()
    client: bool = False
    recordings: bool = False
    names_only: bool = False
    has_owner: bool = False
    identity_level: int = 0
    extended: bool = False
    call_wanted: bool = False
    asked_person: bool = False
    identity_asked: bool = False
    reply_waits: bool = False
    held: bool = False
    complaint: ComplaintStage | None = None
    copy_first: CopyFirst | None = None
    content_erased: bool = False
    texts_erased: bool = False

    @property
    def identity_needed(self) -> int:
        """The level the whole answer needs: that of the right which needs most."""
        return self.identity_for(self.rights)

    def identity_for(self, parts: Iterable[RightFacts]) -> int:
        """The level that an answer to these needs."""
        return max((self._level_needed(one.right) for one in parts), default=0)

    def _level_needed(self, right: Right) -> int:
        return level_needed(
            right, self.regimes, client=self.client, recordings=self.recordings, names_only=self.names_only
        )

    @property
    def undecided(self) -> tuple[RightFacts, ...]:
        return tuple(one for one in self.rights if one.outcome is None)

    @property
    def unanswered(self) -> tuple[RightFacts, ...]:
        """What no delivered letter has answered."""
        return tuple(one for one in self.rights if not one.delivered)

    @property
    def to_answer(self) -> tuple[RightFacts, ...]:
        """What the next letter answers: all that waits, or everything anew in a case that was opened again."""
        return self.unanswered or self.rights

    @property
    def part_letter(self) -> int | None:
        """The letter about a part that is made and not delivered."""
        return next((one.letter for one in self.rights if one.letter is not None and not one.delivered), None)

    @property
    def reopened(self) -> bool:
        """True where the whole answer was delivered once, and the case is worked again."""
        return self.status.is_open and any(one.closed for one in self.rights)

    @property
    def may_change_what_was_told(self) -> bool:
        """True where an answer that the person has got may be decided anew."""
        return self.reopened or (self.status.is_open and self.complaint is ComplaintStage.CHANGED)

    @property
    def discloses(self) -> bool:
        return any(one.discloses for one in self.rights)

    @property
    def asks_about_copy(self) -> bool:
        """True where nobody has asked yet whether a copy is wanted before something is deleted."""
        return self.copy_first is CopyFirst.ASK and any(one.right is Right.ERASURE for one in self.rights)
