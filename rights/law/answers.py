"""What a person has answered in the form so far, and which question comes next.

The questions are few and each stands alone. An answer that a later change makes needless is not asked of, not shown
and not sent, but it is kept until the draft goes: whoever changes back finds it again.
"""

import json
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any, Self

from processing.law.rights import Right
from rights.law.languages import LetterLanguage
from rights.law.terms import ChildAge, ContactWay, CopyFirst, CopyScope, OnBehalf, Relation

POINTED = (Right.RECTIFICATION, Right.ERASURE, Right.RESTRICTION, Right.OBJECTION)
"""The rights that are asked for point by point, so that each point gets an answer of its own."""


class Step(StrEnum):
    """The questions, in order. The value is the word in the address: neutral, and the same for everybody."""

    WHAT = "hva"
    COPY_FIRST = "kopi-forst"
    WHO = "hvem"
    MORE = "mer"
    CONTACT = "kontakt"
    CHECK = "sjekk"

    @property
    def number(self) -> int:
        """The number the person sees, of STEPS. The copy is a part of the first question."""
        return {Step.WHAT: 1, Step.COPY_FIRST: 1, Step.WHO: 2, Step.MORE: 3, Step.CONTACT: 4, Step.CHECK: 5}[self]


STEPS = 5


@dataclass(frozen=True)
class Point:
    """One thing to correct, delete, stop or object to, in the person's words."""

    right: Right
    text: str


@dataclass(frozen=True)
class Asks:
    """Which parts of «Fortell mer» the chosen rights bring with them."""

    copy: bool
    consents: bool
    file: bool
    points: tuple[Right, ...]


@dataclass(frozen=True, kw_only=True)
class Answers:
    """The answers, cleaned and masked. None, empty or False means not answered yet, or not wanted."""

    rights: tuple[Right, ...] = ()
    unsure: bool = False
    copy_first: CopyFirst | None = None
    relation: Relation | None = None
    on_behalf: OnBehalf | None = None
    child_age: ChildAge | None = None
    # The rights that «Fortell mer» has asked about, or None before the page was seen.
    told_of: tuple[Right, ...] | None = None
    scope: tuple[CopyScope, ...] = ()
    from_year: int | None = None
    to_year: int | None = None
    explain_words: bool = False
    go_through: bool = False
    points: tuple[Point, ...] = ()
    consents: tuple[str, ...] = ()
    all_consents: bool = False
    file_to: str = ""
    message: str = ""
    name: str = ""
    contact_way: ContactWay | None = None
    email: str = ""
    address: str = ""
    language: LetterLanguage = LetterLanguage.BOKMAL
    no_voicemail: bool = False
    neutral_envelope: bool = False
    # The activity of the notice that the form was opened from, and the relation it came with.
    activity_number: str = ""
    suggested_relation: Relation | None = None

    @property
    def asks_about_copy(self) -> bool:
        """Deletion without a copy in the same request: the only case where the copy is a question."""
        return Right.ERASURE in self.rights and Right.ACCESS not in self.rights

    @property
    def copy_before_deletion(self) -> CopyFirst | None:
        """The answer that counts: whoever asks for both gets the copy first. None where nothing is to be deleted."""
        if Right.ERASURE not in self.rights:
            return None
        return CopyFirst.YES if Right.ACCESS in self.rights else self.copy_first

    @property
    def asks(self) -> Asks:
        return Asks(
            copy=Right.ACCESS in self.rights,
            consents=Right.WITHDRAW_CONSENT in self.rights,
            file=Right.PORTABILITY in self.rights,
            points=tuple(right for right in POINTED if right in self.rights),
        )

    @property
    def age_of_child(self) -> ChildAge | None:
        """The child's age, where the request is made for a child."""
        return self.child_age if self.on_behalf is OnBehalf.CHILD else None

    @property
    def points_asked(self) -> tuple[Point, ...]:
        """The points about rights that are still asked for."""
        return tuple(point for point in self.points if point.right in self.rights)

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that was written freely and will be sent."""
        to = self.file_to if self.asks.file else ""
        texts = (self.message, *(point.text for point in self.points_asked), to, self.name, self.address)
        return tuple(text for text in texts if text)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The questions of this request, the last being to check the answers."""
        return tuple(step for step in Step if step is not Step.COPY_FIRST or self.asks_about_copy)

    def is_answered(self, step: Step) -> bool:
        match step:
            case Step.WHAT:
                return bool(self.rights or self.unsure)
            case Step.COPY_FIRST:
                return self.copy_first is not None
            case Step.WHO:
                aged = self.on_behalf is not OnBehalf.CHILD or self.child_age is not None
                return self.relation is not None and self.on_behalf is not None and aged
            case Step.MORE:
                return self._needs_no_more or (self.told_of is not None and set(self.rights) <= set(self.told_of))
            case Step.CONTACT:
                return bool(self.name) and self.contact_way is not None
            case Step.CHECK:
                return False

    @property
    def next_step(self) -> Step:
        """The first question without an answer: the check, when all have one."""
        return next(step for step in self.steps if not self.is_answered(step))

    def step_before(self, step: Step) -> Step | None:
        """Return the question to go back to from `step`, or None at the first."""
        place = self.steps.index(step) if step in self.steps else 0
        return self.steps[place - 1] if place else None

    @property
    def _needs_no_more(self) -> bool:
        """A copy of what one card of the notice tells about: the card has said what, and the rest is voluntary."""
        return (
            self.told_of is None and self.rights == (Right.ACCESS,) and not self.unsure and bool(self.activity_number)
        )

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the answers that `to_json` wrote. Raises ValueError, KeyError or TypeError for anything else."""
        stored: dict[str, Any] = json.loads(text)
        if stored.keys() != {field.name for field in fields(cls)}:
            raise ValueError("The answers are of another version of the form.")
        told_of = stored["told_of"]
        return cls(
            **{
                **stored,
                "rights": _rights(stored["rights"]),
                "copy_first": CopyFirst.of(stored["copy_first"] or ""),
                "relation": Relation.of(stored["relation"] or ""),
                "on_behalf": OnBehalf.of(stored["on_behalf"] or ""),
                "child_age": ChildAge.of(stored["child_age"] or ""),
                "told_of": None if told_of is None else _rights(told_of),
                "scope": tuple(CopyScope(code) for code in stored["scope"]),
                "points": tuple(Point(Right(point["right"]), point["text"]) for point in stored["points"]),
                "consents": tuple(stored["consents"]),
                "contact_way": ContactWay.of(stored["contact_way"] or ""),
                "language": LetterLanguage(stored["language"]),
                "suggested_relation": Relation.of(stored["suggested_relation"] or ""),
            }
        )


def _rights(codes: list[str]) -> tuple[Right, ...]:
    return tuple(Right(code) for code in codes)
