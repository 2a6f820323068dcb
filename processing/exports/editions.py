"""How much of a register one document holds: a frozen edition, which every format writes out.

What an edition leaves out is taken away before any format sees it, so that none of them can let it slip.
"""

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import MISSING, dataclass
from functools import cache
from typing import Any

from processing.exports.annexes import Annex, findings_annex
from processing.exports.json import SHARED
from processing.law.article_30 import asked_for
from processing.law.editions import Edition
from processing.law.findings import Finding
from processing.law.records import Register


@dataclass(frozen=True, kw_only=True)
class RegisterEdition:
    """What a document says. `register` lacks what the edition leaves out; `annexes` stand beside it, findings first."""

    which: Edition
    register: Register
    findings: tuple[Finding, ...] = ()
    annexes: tuple[Annex, ...] = ()


def edition_of(
    register: Register, which: Edition, *, findings: Sequence[Finding] = (), annexes: Sequence[Annex] = ()
) -> RegisterEdition:
    """Return an edition of `register`.

    The external one has no findings and no annexes. It holds the fields Art. 30(1) asks for and those of the shared
    rows that an activity, or the company as a whole, names.
    """
    if which is Edition.INTERNAL:
        said = (findings_annex(findings), *annexes)
        return RegisterEdition(which=which, register=register, findings=tuple(findings), annexes=said)
    cut: Register = _cut(register)
    used = set(_shared_rows(cut.activities)) | set(_shared_rows(cut.transfers))
    used |= {measure for measure in cut.measures if measure.general}
    kept: dict[str, Any] = {name: tuple(row for row in getattr(cut, name) if row in used) for name in SHARED}
    return RegisterEdition(which=which, register=dataclasses.replace(cut, **kept))


def _cut(value: Any) -> Any:
    """Return a record in which the fields that the law does not ask for say nothing."""
    if isinstance(value, tuple):
        return tuple(_cut(row) for row in value)
    if not dataclasses.is_dataclass(value):
        return value
    record: Any = type(value)
    kept, silent = _fields(record)
    return record(**silent, **{name: _cut(getattr(value, name)) for name in kept})


@cache
def _fields(record: type) -> tuple[tuple[str, ...], dict[str, Any]]:
    """The fields that are kept, and what the others say when they say nothing. A code that must stand is empty."""
    fields = dataclasses.fields(record)
    kept = tuple(field.name for field in fields if asked_for(record, field.name))
    others = {field.name: "" if field.default is MISSING else field.default for field in fields}
    return kept, {name: default for name, default in others.items() if name not in kept}


def _shared_rows(value: Any) -> Iterator[Any]:
    if isinstance(value, tuple):
        for row in value:
            yield from _shared_rows(row)
    elif dataclasses.is_dataclass(value):
        if isinstance(value, tuple(SHARED.values())):
            yield value
        for field in dataclasses.fields(value):
            yield from _shared_rows(getattr(value, field.name))
