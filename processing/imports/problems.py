"""What is wrong in a file that somebody wants to import, place by place."""

from collections.abc import Callable
from dataclasses import dataclass, field

SHOWN_PROBLEMS = 100
LONGEST_ECHO = 40


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong. `str()` says where and what in one sentence."""

    place: str
    """Path from the top of the file, rows counted from 0: `activities[3].retention[1].unit`. Empty: the whole file."""
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.text}" if self.place else self.text


@dataclass
class Problems:
    """The first problems of a file in words, and how many there are in all: a file may be wrong a million times."""

    found: list[Problem] = field(default_factory=list)
    count: int = 0

    def add(self, place: str, text: str | Callable[[], str]) -> None:
        """Note a problem. A `text` that takes time to make is a function, called only when it is kept."""
        self.count += 1
        if len(self.found) < SHOWN_PROBLEMS:
            self.found.append(Problem(place, text if isinstance(text, str) else text()))


def echo(text: str) -> str:
    """Return the start of what the file holds, fit for one line on any screen."""
    start = text[: LONGEST_ECHO + 1]
    if not start.isprintable():
        start = ascii(start)[1:-1]
    return f"{start[:LONGEST_ECHO]}…" if len(start) > LONGEST_ECHO else start
