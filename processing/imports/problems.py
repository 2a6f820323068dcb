"""What is said of a file that somebody wants to import, place by place: what is wrong, guessed or left out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _

from processing.law.terms import N_

SHOWN_PROBLEMS = 100
LONGEST_ECHO = 40


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong. `str()` says where and what in one sentence."""

    place: str
    """Where in the file, empty for the whole of it. In JSON the path from the top, rows counted from 0:
    `activities[3].retention[1].unit`. In tables the sheet, the row and the column in words, rows counted from 1."""
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.text}" if self.place else self.text


class NoteKind(StrEnum):
    """How a part of a file came into the register."""

    UNDERSTOOD = "understood"
    GUESSED = "guessed"
    LEFT_OUT = "left_out"


def external_edition() -> str:
    """What is said of an external edition: read as a register it would empty every field it leaves out."""
    return _("Dette er en ekstern utgave. Den mangler det meste, og kan ikke leses inn. Bruk den interne utgaven.")


NOTE_HEADINGS = {
    NoteKind.UNDERSTOOD: N_("Forstått"),
    NoteKind.GUESSED: N_("Gjettet, se over"),
    NoteKind.LEFT_OUT: N_("Ikke lest"),
}


@dataclass(frozen=True)
class Note:
    """How one part of a file was read. `place` is that of a `Problem`."""

    kind: NoteKind
    place: str
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.text}" if self.place else self.text


@dataclass
class Problems:
    """The first problems of a file in words, and how many there are in all: a file may be wrong a million times."""

    found: list[Problem] = field(default_factory=list)
    count: int = 0
    where: Callable[[str], str] = str
    """Says in words what a path means in the file. A path stays as it is in our own JSON."""
    known: set[str] = field(default_factory=set)
    """Paths at which something is wrong already, so that nothing more is said of them."""

    def add(self, place: str, text: str | Callable[[], str]) -> None:
        """Note a problem. A `text` that takes time to make is a function, called only when it is kept."""
        if place not in self.known:
            self.count += 1
            if len(self.found) < SHOWN_PROBLEMS:
                self.found.append(Problem(self.where(place), text if isinstance(text, str) else text()))

    def say(self, place: str, text: str) -> None:
        """Note a problem whose place is in words already."""
        self.count += 1
        if len(self.found) < SHOWN_PROBLEMS:
            self.found.append(Problem(place, text))


def echo(text: str) -> str:
    """Return the start of what the file holds, fit for one line on any screen."""
    start = text[: LONGEST_ECHO + 1]
    if not start.isprintable():
        start = ascii(start)[1:-1]
    return f"{start[:LONGEST_ECHO]}…" if len(start) > LONGEST_ECHO else start
