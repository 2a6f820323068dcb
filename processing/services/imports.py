"""Bringing a register from a file into this one: first all of it is checked, then all of it is written, or nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import IntegrityError
from django.utils.translation import gettext as _

from mktnorge.models import User
from processing.exports.json import register_payload
from processing.imports import behandlingsoversikt, json, xlsx
from processing.imports.formats import ImportFormat, recognise
from processing.imports.json import Reading, read_payload
from processing.imports.problems import Note, Problem
from processing.imports.workbook import Unreadable
from processing.law.records import Register
from processing.models.governed import register_edit
from processing.register import end_of_day, register_as_of
from processing.services.columns import misfits
from processing.services.differences import plan_import
from processing.services.import_plan import Plan, RowChange
from processing.services.loading import OF_COMPANY, VOCABULARY
from processing.services.table_words import table_words


class ImportInvalid(Exception):
    """The file cannot be imported; nothing was written. `problems` are the first of `problem_count`."""

    def __init__(self, problems: Iterable[Problem], problem_count: int) -> None:
        self.problems = tuple(problems)
        self.problem_count = problem_count
        super().__init__("\n".join(str(problem) for problem in self.problems))


class NothingToImport(Exception):
    """The register says what the file says, so nothing was written."""


class ImportOvertaken(Exception):
    """The register holds an edit that is later than this one, or written beside it, so nothing was written."""


@dataclass(frozen=True)
class Preview:
    """What an import writes: one history row a change, in the order of `changes`."""

    changes: tuple[RowChange, ...]
    left_alone: Mapping[str, tuple[str, ...]]
    """What the register has and the file does not name, by list: numbers of activities, codes of shared rows."""
    edited_since: bool
    """The register was edited after the moment of the file, so that the file may put back what it said before."""


@dataclass(frozen=True)
class Imported:
    """What was written."""

    preview: Preview


@dataclass(frozen=True)
class ImportFile:
    """What a file holds. In a format that does not hold all there is, the rest is the register as it was."""

    format: ImportFormat
    register: Register
    notes: tuple[Note, ...] = ()
    """What was understood, guessed and left out, where the format is not our own JSON."""


def read_import(*, content: bytes, at: datetime) -> ImportFile:
    """Return what a file holds, whichever of our formats it is in. Raises ImportInvalid with all that is wrong in it.

    The moment of the register is that of the file, or `at` where the file has none; it is not imported.
    """
    try:
        format = recognise(content)
    except Unreadable as unreadable:
        raise ImportInvalid([Problem("", str(unreadable))], 1) from unreadable
    reading = _reading(format, content, at)
    if reading.register is None:
        raise ImportInvalid(reading.problems, reading.problem_count)
    return ImportFile(format=format, register=reading.register, notes=reading.notes)


def _reading(format: ImportFormat, content: bytes, at: datetime) -> Reading:
    if format is ImportFormat.JSON:
        return json.read_register(content, misfits=misfits)
    present = register_as_of(at)
    if format is ImportFormat.XLSX:
        return xlsx.read_register(content, words=table_words(), present=present, misfits=misfits)
    return behandlingsoversikt.read_register(content, present=present, misfits=misfits)


def preview_import(*, register: Register, at: datetime) -> Preview:
    """Return what an import of `register` at `at` would write. Writes nothing. Raises ImportInvalid."""
    _check_fits(register)
    return _preview(_sound(plan_import(register)), edited_since=_edited_since(register, at))


def import_register(
    *, register: Register, at: datetime, by: User | None, reason: str, seen: tuple[RowChange, ...] | None = None
) -> Imported:
    """Write what differs from `register`, as one edit at `at` by `by` (None for a command), and return what it was.

    `seen` are the changes that a person looked at, where somebody did: nothing else is written.
    Raises ImportInvalid, NothingToImport or ImportOvertaken; then nothing is written.
    """
    _check_fits(register)
    edited_since = _edited_since(register, at)
    try:
        with register_edit(at=at, by=by, reason=reason):
            plan = _sound(plan_import(register, lock=True))
            if not plan.writes:
                raise NothingToImport(_("Registeret sier det samme som filen. Ingenting er endret."))
            if seen is not None and plan.changes != seen:
                raise _overtaken()
            for write in plan.writes:
                write.carry_out()
            _check_written(register)
    except IntegrityError as error:
        # The rows are sound, so it is most likely that another edit made the same ones first.
        raise _overtaken() from error
    return Imported(preview=_preview(plan, edited_since=edited_since))


def _preview(plan: Plan, *, edited_since: bool) -> Preview:
    return Preview(changes=plan.changes, left_alone=plan.left_alone, edited_since=edited_since)


def _sound(plan: Plan) -> Plan:
    if plan.problems:
        raise ImportInvalid(plan.problems, len(plan.problems))
    return plan


def _overtaken() -> ImportOvertaken:
    return ImportOvertaken(
        _("Registeret ble endret samtidig, eller har en endring fra et senere tidspunkt. Ingenting er skrevet.")
    )


def _check_fits(register: Register) -> None:
    """Raise ImportInvalid unless the register could be read back from a file, and every row kept in its table."""
    reading = read_payload(register_payload(register), misfits=misfits)
    if reading.problem_count:
        raise ImportInvalid(reading.problems, reading.problem_count)


def _edited_since(register: Register, at: datetime) -> bool:
    then = register_as_of(register.moment)
    return not then.is_empty and replace(then, moment=at) != register_as_of(at)


def _check_written(register: Register) -> None:
    """Raise ImportOvertaken unless history, read to its end, says what the file says."""
    now = register_as_of(end_of_day(date.max))
    numbers = {activity.number for activity in register.activities}
    same = (
        tuple(activity for activity in now.activities if activity.number in numbers)
        == tuple(sorted(register.activities, key=lambda activity: (len(activity.number), activity.number)))
        and (register.controller is None or now.controller == register.controller)
        and all(getattr(now, name) == getattr(register, name) for name in OF_COMPANY)
    )
    for name in VOCABULARY:
        codes = {row.code for row in getattr(register, name)}
        same &= tuple(row for row in getattr(now, name) if row.code in codes) == getattr(register, name)
    if not same:
        raise _overtaken()
