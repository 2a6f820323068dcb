"""Reads seed files, and remembers on which line of which file everything stands."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

_HEADER = re.compile(r"^\s*(\[\[|\[)\s*([A-Za-z0-9_-]+)\s*\]{1,2}")
_KEY = re.compile(r"^\s*([A-Za-z0-9_-]+)\s*=")
_LINE_IN_ERROR = re.compile(r"\(at line (\d+)")


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in a seed file. `str()` says where and what in one sentence."""

    file: str
    text: str
    key: str = ""
    """Path of the key, rows counted from 1: `retention[2].unit`. Empty when the whole file is meant."""
    line: int | None = None

    def __str__(self) -> str:
        place = self.file
        if self.line is not None:
            place += _(", linje %(line)d") % {"line": self.line}
        if self.key:
            place += f", {self.key}"
        return f"{place}: {self.text}"


@dataclass(frozen=True)
class Table:
    """A table of a seed file: its values, and where each of them stands."""

    file: str
    path: str
    values: Mapping[str, Any]
    lines: Mapping[str, int]

    def key(self, name: str = "") -> str:
        return ".".join(part for part in (self.path, name) if part)

    def line(self, name: str = "") -> int | None:
        """The line of the key, or of the table it should have stood in."""
        key = self.key(name)
        for candidate in (key, self.path, self.path.partition("[")[0]):
            if candidate in self.lines:
                return self.lines[candidate]
        return None

    def problem(self, text: str, name: str = "") -> Problem:
        return Problem(file=self.file, text=text, key=self.key(name), line=self.line(name))

    def child(self, path: str, values: Mapping[str, Any]) -> "Table":
        return Table(file=self.file, path=path, values=values, lines=self.lines)


def read_seed_file(directory: Path, name: str) -> Table | Problem:
    """Return the file as its outermost table, or the problem that makes it unreadable."""
    try:
        text = (directory / name).read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return Problem(file=name, text=_("Filen finnes ikke."))
    except OSError as error:
        return Problem(file=name, text=_("Filen kan ikke leses: %(error)s") % {"error": error.strerror})
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return Problem(file=name, text=_("Filen er ikke skrevet med tegnsettet UTF-8."), line=line)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _LINE_IN_ERROR.search(str(error))
        # An error at the end of the text names no line.
        line = int(found[1]) if found else text.count("\n") + 1
        return Problem(file=name, text=_("Filen er ikke gyldig TOML: %(error)s") % {"error": error}, line=line)
    except RecursionError:
        return Problem(file=name, text=_("Filen er ikke gyldig TOML: Den har for mange nivåer."))
    return Table(file=name, path="", values=values, lines=dict(_lines(text)))


def _lines(text: str) -> Iterator[tuple[str, int]]:
    """Yield the path and the line of every table and key, and of the rows of a list that has one on each line.

    Good enough to point at: what the file means is the parser's to say.
    """
    counts: dict[str, int] = {}
    path = quotes = rows = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if quotes:
            quotes = "" if quotes in line else quotes
        elif rows:
            if line.lstrip().startswith("{"):
                counts[rows] = counts.get(rows, 0) + 1
                yield f"{rows}[{counts[rows]}]", number
            elif line.lstrip().startswith("]"):
                rows = ""
        elif header := _HEADER.match(line):
            path = name = header[2]
            if header[1] == "[[":
                counts[name] = counts.get(name, 0) + 1
                path = f"{name}[{counts[name]}]"
                yield path, number
            if counts.get(name, 1) == 1:
                yield name, number
        elif key := _KEY.match(line):
            place = ".".join(part for part in (path, key[1]) if part)
            yield place, number
            quotes = next((mark for mark in ('"""', "'''") if line.count(mark) == 1), "")
            rows = place if line.rstrip().endswith("[") else ""
