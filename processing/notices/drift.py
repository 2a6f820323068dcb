"""How far the register has moved from the one a notice was made from: each difference, and whether the public sees it.

A difference is one field of one activity, of the company, or of a row that several share; a row that came or went is
one. It is visible when the text changes with that one field changed.
"""

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from processing.law.languages import TextLanguage
from processing.law.records import ActivityRecord, Register
from processing.notices.compose import compose_notice

SHARED = ("subject_categories", "data_categories", "parties", "measures", "systems", "situations")
"""Rows that activities share, in the order in which they name each other."""

OF_COMPANY = tuple(
    field.name
    for field in dataclasses.fields(Register)
    if field.name not in {"moment", "controller", "activities", *SHARED}
)
"""Lists of the company's own rows. One that differs is one difference."""

SAYS_NOTHING = frozenset({"reviews"})
"""That somebody has looked an activity over, or is asked to, is no difference in what it says."""

ANY = dict.fromkeys(TextLanguage, str)
"""Every language a text has a version in. What is fixed is the same in both registers, whatever it reads."""

ORDER = "order"
"""The field of a difference that is only where a row stands among the others."""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Where the register differs: a list of the register (or `controller`), the row, and its field.

    `row` is an activity's number or a code, and empty for the company. `field` is empty where the row itself is new
    (`before` is None) or gone (`after` is None); otherwise they are the two values.
    """

    section: str
    row: str
    field: str
    before: Any
    after: Any
    is_visible: bool


MATERIAL = {
    "controller": frozenset({"legal_name", "email", "phone", "street", "has_dpo", "dpo_contact"}),
    "activities": frozenset({"", "purposes", "disclosures", "transfers", "transfers_outside_eea"}),
    "transfers": frozenset({"transfers"}),
}
"""Fields whose change people must hear of: who is responsible, what for, who receives it, how rights are used.

Source: WP260 rev.01, paragraphs 29 to 31 (R-VER-1). A person decides.
"""


def is_likely_material(difference: "Difference") -> bool:
    return difference.is_visible and difference.field in MATERIAL.get(difference.section, ())


def differences_between(before: Register, after: Register, *, on: date) -> tuple[Difference, ...]:
    """Return every difference, the company's first, then the shared rows', then activity by activity.

    Visible is what a notice for the Oslo date `on` would show. Both registers must have a controller.
    """
    return tuple(_differences(before, after, on))


def _differences(before: Register, after: Register, on: date) -> Iterator[Difference]:
    def text(register: Register) -> Any:
        return compose_notice(register, on=on, translators=ANY)

    # Each step leaves `now` closer to `after`, so that a change is told where it was made and nowhere else.
    now = before
    assert before.controller is not None
    assert after.controller is not None
    for name, old, new in _fields(before.controller, after.controller):
        changed = replace(now, controller=replace(before.controller, **{name: new}))
        yield _difference("controller", "", name, old, new, is_visible=text(changed) != text(before))
    now = replace(now, controller=after.controller)
    for section in SHARED:
        for difference, moved in _shared(section, now, after, text):
            now = moved
            yield difference
    for section in OF_COMPANY:
        old, new = getattr(now, section), getattr(after, section)
        if old != new:
            moved = _set(now, section, new)
            yield _difference(section, "", section, old, new, is_visible=text(moved) != text(now))
            now = moved
    yield from _of_activities(now, after, text)


def _shared(
    section: str, now: Register, after: Register, text: Callable[[Register], Any]
) -> Iterator[tuple[Difference, Register]]:
    old = {row.code: row for row in getattr(now, section)}
    new = {row.code: row for row in getattr(after, section)}
    for code in dict.fromkeys([*old, *new]):
        was, is_now = old.get(code), new.get(code)
        if was is None or is_now is None:
            # Whoever names the row has a difference of its own; alone it is in no text but a general measure's.
            rows = tuple(row for row in getattr(now, section) if row.code != code) + ((is_now,) if is_now else ())
            moved = _set(now, section, rows)
            yield _difference(section, code, "", was, is_now, is_visible=text(moved) != text(now)), moved
            now = moved
            continue
        for name, value, other in _fields(was, is_now):
            changed = replace(was, **{name: other})
            moved = _with_row(now, was, changed)
            yield _difference(section, code, name, value, other, is_visible=text(moved) != text(now)), moved
            now, was = moved, changed
    rows = getattr(after, section)
    if tuple(row.code for row in getattr(now, section)) != tuple(row.code for row in rows):
        by_code = {row.code: row for row in getattr(now, section)}
        moved = _set(now, section, tuple(by_code[row.code] for row in rows))
        if tuple(code for code in old if code in new) != tuple(code for code in new if code in old):
            yield _difference(section, "", ORDER, None, None, is_visible=text(moved) != text(now)), moved


def _of_activities(now: Register, after: Register, text: Callable[[Register], Any]) -> Iterator[Difference]:
    old = {activity.number: activity for activity in now.activities}
    new = {activity.number: activity for activity in after.activities}

    def alone(activity: ActivityRecord | None) -> Any:
        return text(replace(now, activities=(activity,) if activity else ()))

    for number in sorted({*old, *new}, key=lambda number: (len(number), number)):
        was, is_now = old.get(number), new.get(number)
        if was is None or is_now is None:
            visible = alone(was) != alone(is_now)
            yield _difference("activities", number, "", was, is_now, is_visible=visible)
            continue
        for name, value, other in _fields(was, is_now):
            # Against what it was and against what it becomes: a text for a draft is seen once it is in use.
            visible = alone(was) != alone(replace(was, **{name: other})) or alone(is_now) != alone(
                replace(is_now, **{name: value})
            )
            yield _difference("activities", number, name, value, other, is_visible=visible)


def _set(register: Register, name: str, value: Any) -> Register:
    return replace(register, **{name: value})


def _difference(section: str, row: str, field: str, before: Any, after: Any, *, is_visible: bool) -> Difference:
    return Difference(section=section, row=row, field=field, before=before, after=after, is_visible=is_visible)


def _fields(before: Any, after: Any) -> Iterator[tuple[str, Any, Any]]:
    for field in dataclasses.fields(before):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if old != new and field.name not in SAYS_NOTHING:
            yield field.name, old, new


def _with_row(value: Any, old: Any, new: Any) -> Any:
    """Return `value` with the record `old` changed to `new`, wherever it stands in it."""
    if value == old and type(value) is type(old):
        return new
    if isinstance(value, tuple):
        return tuple(_with_row(item, old, new) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed: dict[str, Any] = {}
        for field in _holders(value):
            item = getattr(value, field.name)
            found = _with_row(item, old, new)
            if found != item:
                changed[field.name] = found
        return replace(value, **changed) if changed else value
    return value


def _holders(record: Any) -> Iterable[dataclasses.Field[Any]]:
    """The fields that may hold other records."""
    return (field for field in dataclasses.fields(record) if not isinstance(getattr(record, field.name), str))
