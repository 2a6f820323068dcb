"""What the document is made of: values that the templates print, and nothing else."""

from dataclasses import dataclass

LABEL_LINE = 25
"""Characters that always fit on a line of the label's column."""

LONGEST_WHOLE_ROW = 700
"""Characters of a row that is never divided between two pages: about ten lines."""


LONGEST_MARGIN = 2000
"""Characters of marks beside a row, as many as half a page holds. More than that stand under the answers."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One answer, with what belongs to it in smaller print. `missing` is an answer nobody has given."""

    text: str = ""
    note: str = ""
    missing: bool = False


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A finding, in the right margin. `kind` is error, warn or note."""

    kind: str
    word: str
    law: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """A label in the left margin, answers, and marks beside them.

    `aside` stands after the label: «nr. 1 b» where the law asks. `doubted` is true when somebody has remarked that
    the answer is vague or contradicts another. Answers that are `run_in` follow each other on the line. Marks that
    stand `under` the answers have the whole width, and not the margin.
    """

    field: str
    label: str
    entries: tuple[Entry, ...]
    aside: str = ""
    marks: tuple[Mark, ...] = ()
    doubted: bool = False
    run_in: bool = False
    under: bool = False

    @property
    def has_margin(self) -> bool:
        """True where the marks stand to the right of the answers: both must go on one page."""
        beside = sum(len(mark.text) for mark in self.marks)
        return bool(self.marks) and not self.under and not self.may_break and beside <= LONGEST_MARGIN

    @property
    def label_lines(self) -> int:
        """How many lines the label takes in its column, at the most."""
        return -(-len(f"{self.label} {self.aside}") // LABEL_LINE)

    @property
    def may_break(self) -> bool:
        """True for a row that would leave too much of a page empty if it were kept in one piece."""
        return sum(len(entry.text) + len(entry.note) for entry in self.entries) > LONGEST_WHOLE_ROW

    @property
    def is_stated(self) -> bool:
        return any(not entry.missing for entry in self.entries)

    @property
    def is_unclear(self) -> bool:
        return self.is_stated and (self.doubted or any(mark.kind != "note" for mark in self.marks))


@dataclass(frozen=True, kw_only=True)
class Group:
    """Rows under a heading. `addition` is true for what Art. 30 does not ask for, `compact` for smaller print."""

    title: str
    rows: tuple[Row, ...]
    addition: bool = False

    compact: bool = False


@dataclass(frozen=True, kw_only=True)
class Part:
    """A chapter that begins on a page of its own. `caution` is a sentence nobody should overlook."""

    anchor: str
    title: str
    lead: str = ""
    caution: str = ""
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Square:
    """Whether a field is stated, in the chart. `state` is stated, unclear or missing."""

    x: float
    state: str


@dataclass(frozen=True, kw_only=True)
class Shape:
    """Everything in a chart that looks alike, as one SVG path: a path each would cost WeasyPrint a drawing each."""

    look: str
    path: str


@dataclass(frozen=True, kw_only=True)
class Word:
    x: float
    text: str


@dataclass(frozen=True, kw_only=True)
class ChartRow:
    number: str
    name: str
    y: float
    squares: tuple[Square, ...] = ()
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A picture with a line for each activity, drawn from these numbers. `alternative` says what it shows."""

    alternative: str
    key: tuple[tuple[str, str], ...]
    heads: tuple[tuple[float, str], ...]
    rows: tuple[ChartRow, ...]
    shapes: tuple[Shape, ...]
    height: float


@dataclass(frozen=True, kw_only=True)
class Summary:
    """`repeated` is what is found in many activities, in full, a row for each."""

    sentences: tuple[str, ...]
    charts: tuple[Chart, ...]
    overviews: tuple[Chart, ...]
    words: tuple[str, ...]
    repeated: tuple[Row, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RegisterDocument:
    title: str
    identity: str
    lead: tuple[str, ...]
    caution: str
    cover: tuple[Row, ...]
    summary: Summary | None
    parts: tuple[Part, ...]
