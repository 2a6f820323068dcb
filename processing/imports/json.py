"""Reads a register back from our own JSON (`processing.exports.json`), of any version, tight or with line breaks.

Nothing in the file is trusted: everything that is wrong is noted with its place, in bounded time and memory, and
there is a register only when nothing is. What the form cannot know (how long a text may be) the caller adds.
"""

import dataclasses
import json
import re
import types
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from difflib import get_close_matches
from enum import StrEnum
from functools import cache, partial
from typing import Any, get_args, get_origin, get_type_hints

from django.utils.translation import gettext as _

from processing.exports.json import OSLO, SCHEMA, SHARED, VERSION, added_after
from processing.imports.problems import Note, Problem, Problems, echo, external_edition
from processing.law.annotated import fields_of_activity, fields_of_company
from processing.law.editions import Edition
from processing.law.records import (
    ActivityRecord,
    DataRecord,
    ProposalRecord,
    Register,
    RemarkRecord,
    RetentionRecord,
)

LARGEST_FILE = 50 * 1024 * 1024
"""Bytes."""
MOST_VALUES = 2_000_000
"""Values of every kind. A register of 1,000 full activities holds about a quarter of it."""
MOST_ROWS = 30_000
"""Rows of every kind together. A position has room for no more than 32,767 in one list."""

# The columns that tell the rows of a list apart, by the list's name. A list of codes needs none.
ONCE: dict[str, tuple[tuple[str, ...], ...]] = {
    **dict.fromkeys(SHARED, (("code",),)),
    "activities": (("number",), ("code",)),
    "review_routines": (("code",),),
    "data": (("category", "subject"),),
    "disclosures": (("party",),),
    "sources": (("kind", "description"),),
    "screening": (("criterion",),),
    "trackers": (("name", "provider"),),
    "translations": (("language", "original"),),
}
# What a text of the register never holds: control characters but tab and line breaks, and half of a pair.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
A_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
HUGE = 10**18
LONGEST_NAME = 60
# Looking for what somebody may have meant takes time for each name it could be.
MOST_COMPARED = 500

Misfits = Callable[[type, Mapping[str, Any]], Iterable[tuple[str, str]]]
"""Takes a kind of record and the values read for it, and yields the fields that cannot hold theirs, with a sentence.

A value that could not be read is left out. The name is empty when the row as a whole is meant.
"""


@dataclass(frozen=True)
class Reading:
    """What a file holds: a register, or what is wrong with it. `problems` are the first of `problem_count`."""

    register: Register | None
    problems: tuple[Problem, ...] = ()
    problem_count: int = 0
    notes: tuple[Note, ...] = ()
    """What was understood, guessed and left out, where the file is not in our own JSON."""


class _Unreadable(Exception):
    """The file cannot be read at all, or no further."""


class _Repeating(dict[str, Any]):
    """An object that gives a key twice, which JSON allows and nobody means."""

    repeated: tuple[str, ...] = ()


# Stands where a value was wrong, so that one mistake is one problem.
_WRONG: Any = object()


def no_misfits(record: type, values: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    return ()


def read_register(content: bytes, *, misfits: Misfits = no_misfits) -> Reading:
    """Return what the bytes of a file hold. Never raises: whatever is wrong is in the reading."""
    try:
        payload = _parsed(content)
    except _Unreadable as unreadable:
        return Reading(register=None, problems=(Problem("", str(unreadable)),), problem_count=1)
    return read_payload(payload, misfits=misfits)


def read_payload(payload: object, *, misfits: Misfits = no_misfits, problems: Problems | None = None) -> Reading:
    """Return what the values of a file hold, as `register_payload` writes them.

    `problems` are those that were seen before the values were in that form: more are added, and there is no register.
    """
    problems = problems if problems is not None else Problems()
    walk = _Walk(misfits, problems)
    try:
        register = walk.register(payload)
    except _Unreadable as unreadable:
        problems.add("", str(unreadable))
    if problems.count:
        return Reading(register=None, problems=tuple(problems.found), problem_count=problems.count)
    return Reading(register=register)


def _parsed(content: bytes) -> object:
    if len(content) > LARGEST_FILE:
        raise _Unreadable(
            _("Filen er for stor: den kan være på høyst {limit} MB.").format(limit=LARGEST_FILE // 1024**2)
        )
    # Each value stands after one of these, so that this is seen before any of them takes room.
    if sum(content.count(mark) for mark in (b",", b":", b"[", b"{")) > MOST_VALUES:
        raise _Unreadable(
            _("Filen holder for mye: den kan ha høyst {limit} verdier.").format(limit=_spaced(MOST_VALUES))
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _Unreadable(_("Linje {line}: Filen er ikke skrevet med tegnsettet UTF-8.").format(line=line)) from error
    if not text.strip():
        raise _Unreadable(_("Filen er tom."))
    try:
        return json.loads(text, object_pairs_hook=_object, parse_int=_whole, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise _Unreadable(
            _("Linje {line}, tegn {column}: Filen er ikke gyldig JSON.").format(line=error.lineno, column=error.colno)
        ) from error
    except RecursionError as error:
        raise _Unreadable(_("Filen er ikke et register: den har for mange nivåer.")) from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    again = _Repeating(found)
    again.repeated = tuple(key for key, times in Counter(key for key, _value in pairs).items() if times > 1)
    return again


def _whole(digits: str) -> int:
    """Read a whole number. One with thousands of digits takes long and fits nowhere: it becomes one that is too big."""
    number = int(digits[:20])
    return max(-HUGE, min(HUGE, number))


def _no_number(name: str) -> object:
    raise _Unreadable(_("Filen er ikke gyldig JSON: {name} er ikke et tall.").format(name=name))


class _Walk:
    """Goes through the values of one file, and notes every problem on the way instead of stopping at the first."""

    def __init__(self, misfits: Misfits, problems: Problems) -> None:
        self.misfits = misfits
        self.problems = problems
        self.rows = 0
        self.later: dict[type, frozenset[str]] = {}
        """Fields that came after the version of the file, by record."""
        self.known: dict[type, dict[str, Any]] = {}
        """Shared rows read so far, by code; `_WRONG` for one that could not be read. None is known of a lost list."""
        self.rules: list[Any] | None = None
        """The retention rules of the activity being read, or None when they could not be read."""

    def register(self, payload: object) -> Any:
        if not isinstance(payload, dict):
            raise _Unreadable(_("Filen er ikke et register: den må være ett objekt."))
        self.later = added_after(_version_of(payload))
        hints = _hints(Register)
        later = self._later(Register)
        expected = (name for name in hints if name != "moment" and name not in later)
        self._keys(payload, ["schema", "version", "as_of", *expected], "")
        values = {"moment": self._moment(payload["as_of"]), **later} if "as_of" in payload else later
        # First what the others name.
        for name in [*SHARED, *(name for name in hints if name not in SHARED and name != "moment")]:
            if name in payload and name not in later:
                values[name] = self._value(hints[name], payload[name], name, shared=name in SHARED)
        return Register(**values) if values.keys() == hints.keys() and _sound(values.values()) else None

    def _moment(self, value: object) -> Any:
        if not isinstance(value, dict):
            return self._wrong("as_of", _("Må være et objekt."))
        self._keys(value, ["moment", "date"], "as_of")
        written = value.get("moment")
        if "moment" not in value:
            return _WRONG
        example = "2026-11-22T10:30:00Z"
        try:
            moment = (
                datetime.fromisoformat(written) if isinstance(written, str) and len(written) < LONGEST_NAME else None
            )
            day = moment.astimezone(OSLO).date().isoformat() if moment and moment.tzinfo else None
        except (ValueError, OverflowError):
            day = None
        if day is None or moment is None:
            return self._wrong(
                "as_of.moment", _("Må være et tidspunkt med tidssone, skrevet slik: {example}.").format(example=example)
            )
        if "date" in value and value["date"] != day:
            return self._wrong("as_of.date", _("Må være dagen i Oslo på tidspunktet: {day}.").format(day=day))
        return moment.astimezone(UTC)

    # Rows

    def _record(self, record: type, row: object, place: str, **given: Any) -> Any:
        if not isinstance(row, dict):
            return self._wrong(place, _("Må være et objekt."))
        hints = _hints(record)
        values = self._later(record)
        self._keys(row, [name for name in hints if name not in values], place)
        for name, hint in hints.items():
            if name in values:
                continue
            if name in given:
                values[name] = given[name]
            elif name not in row:
                continue
            elif record is DataRecord and name == "retention":
                values[name] = self._rule(row[name], f"{place}.{name}")
            else:
                values[name] = self._value(hint, row[name], f"{place}.{name}")
        sound = {name: value for name, value in values.items() if value is not _WRONG}
        for name, text in self.misfits(record, sound):
            self.problems.add(f"{place}.{name}" if name else place, text)
        if (record is RemarkRecord or record is ProposalRecord) and "field" in sound:
            self._check_field(sound["field"], f"{place}.field")
        return record(**sound) if sound.keys() == hints.keys() else _WRONG

    def _check_field(self, name: str, place: str) -> None:
        """Note a field that a remark or a proposal is about, and that does not exist."""
        known = fields_of_activity() if place.startswith("activities[") else fields_of_company()
        if name not in known:
            self.problems.add(
                place, lambda: _("Registeret har ikke noe felt «{name}».").format(name=echo(name)) + _hint(name, known)
            )

    def _activity(self, row: object, place: str) -> Any:
        if not isinstance(row, dict):
            return self._record(ActivityRecord, row, place)
        given = {}
        self.rules = None
        if "retention" in row:
            # Before the data rows, which name them by their place.
            self.rules = self._items(RetentionRecord, row["retention"], f"{place}.retention")
            given["retention"] = _WRONG if self.rules is None or not _sound(self.rules) else tuple(self.rules)
        activity = self._record(ActivityRecord, row, place, **given)
        self._check_purposes(row, place)
        self._check_reviews(row.get("reviews"), place)
        return activity

    def _rule(self, value: object, place: str) -> Any:
        if value is None:
            return None
        if type(value) is not int:
            return self._wrong(place, _("Må være null, eller plassen til en lagringstid, regnet fra 0."))
        if self.rules is None:
            return _WRONG
        if not 0 <= value < len(self.rules):
            return self._wrong(
                place, _("Aktiviteten har ingen lagringstid på plass {place}, regnet fra 0.").format(place=value)
            )
        return self.rules[value]

    def _check_purposes(self, row: Mapping[str, Any], place: str) -> None:
        """Note grounds of a purpose that is not there, and conditions in Art. 9 that stand more than once for one."""
        purposes = row.get("purposes")
        if not isinstance(purposes, list):
            return
        texts = Counter(
            one["description"] for one in purposes if isinstance(one, dict) and isinstance(one.get("description"), str)
        )
        seen: Counter[tuple[str, str]] = Counter()
        for section in ("legal_grounds", "special_grounds", "balancing_tests"):
            for at, ground, purpose in _texts_of(row.get(section), f"{place}.{section}", "purpose"):
                if purpose and purpose not in texts:
                    self.problems.add(f"{at}.purpose", _("Formålet står ikke blant formålene til aktiviteten."))
                condition = ground.get("condition")
                if section == "special_grounds" and isinstance(condition, str):
                    seen[purpose, condition] += 1
                    # Two purposes may read the same, and have the condition each.
                    if seen[purpose, condition] > max(1, texts[purpose]):
                        self.problems.add(at, _("Vilkåret står to ganger for det samme."))

    def _check_reviews(self, rows: object, place: str) -> None:
        """Note a review that is open beside another."""
        listed = enumerate(rows if isinstance(rows, list) else ())
        opened = [number for number, row in listed if isinstance(row, dict) and row.get("concluded_on", "") is None]
        for number in opened[1:]:
            self.problems.add(f"{place}.reviews[{number}]", _("Aktiviteten har en åpen gjennomgang fra før."))

    # Values

    def _value(self, hint: Any, value: object, place: str, *, shared: bool = False) -> Any:
        if get_origin(hint) is types.UnionType:
            if value is None:
                return None
            hint = get_args(hint)[0]
        if value is None:
            return self._wrong(place, _("Kan ikke være null."))
        if get_origin(hint) is tuple:
            items = self._items(get_args(hint)[0], value, place, shared=shared)
            return _WRONG if items is None or not _sound(items) else tuple(items)
        if hint in _SHARED_TYPES:
            return self._shared_row(hint, value, place)
        if dataclasses.is_dataclass(hint):
            return self._record(hint, value, place)  # type: ignore[arg-type]
        if hint is date:
            return self._date(value, place)
        if issubclass(hint, StrEnum):
            return self._term(hint, value, place)
        if type(value) is not hint:
            return self._wrong(place, _type_text(hint))
        if isinstance(value, str) and (found := UNWRITABLE.search(value)):
            return self._wrong(
                place,
                _("Tegn {number} i teksten kan ikke skrives: {code}.").format(
                    number=found.start() + 1, code=f"U+{ord(found[0]):04X}"
                ),
            )
        return value

    def _items(self, item: type, value: object, place: str, *, shared: bool = False) -> list[Any] | None:
        """Return the rows of a list, `_WRONG` for those that could not be read, or None when it is no list."""
        if not isinstance(value, list):
            self._wrong(place, _("Må være en liste."))
            return None
        self.rows += len(value)
        if self.rows > MOST_ROWS:
            raise _Unreadable(
                _("{place}: Filen har for mange rader. Den kan ha høyst {limit}.").format(
                    place=self.problems.where(place), limit=_spaced(MOST_ROWS)
                )
            )
        places = [f"{place}[{number}]" for number in range(len(value))]
        if item is ActivityRecord:
            found = [self._activity(row, at) for row, at in zip(value, places, strict=True)]
        elif shared:
            found = [self._record(item, row, at) for row, at in zip(value, places, strict=True)]
            self.known[item] = {
                row["code"]: record
                for row, record in zip(value, found, strict=True)
                if isinstance(row, dict) and isinstance(row.get("code"), str)
            }
        else:
            found = [self._value(item, row, at) for row, at in zip(value, places, strict=True)]
        self._refuse_repetition(place, value, by_code=item in _SHARED_TYPES and not shared)
        return found

    def _refuse_repetition(self, place: str, rows: list[Any], *, by_code: bool) -> None:
        """Note rows that repeat what may stand once in a list."""
        ways = ((),) if by_code else ONCE.get(place.rpartition(".")[2], ())
        for columns in ways:
            seen: dict[object, int] = {}
            for number, row in enumerate(rows):
                if not columns:
                    key = row
                else:
                    key = tuple(row.get(column) for column in columns) if isinstance(row, dict) else None
                texts = key if isinstance(key, tuple) else (key,)
                if not all(isinstance(text, str) for text in texts):
                    continue
                if (first := seen.setdefault(key, number)) != number:
                    at = f"{place}[{number}]" + (f".{columns[-1]}" if columns else "")
                    self.problems.add(
                        at,
                        partial(
                            _("«{value}» står fra før, i {first}.").format,
                            value=echo(" · ".join(texts)),
                            first=self.problems.where(f"{place}[{first}]"),
                        ),
                    )

    def _shared_row(self, record: type, value: object, place: str) -> Any:
        """Return the row that a code names, from a list that stands once in the file."""
        if not isinstance(value, str):
            return self._wrong(place, _type_text(str))
        if record not in self.known:
            return _WRONG
        rows = self.known[record]
        if value not in rows:
            return self._wrong(
                place,
                lambda: (
                    _("«{code}» står ikke i {section}.").format(
                        code=echo(value), section=self.problems.where(_SHARED_TYPES[record])
                    )
                    + _hint(value, rows)
                ),
            )
        return rows[value]

    def _date(self, value: object, place: str) -> Any:
        if isinstance(value, str) and A_DATE.fullmatch(value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                return self._wrong(place, _("{day} er ingen dato i kalenderen.").format(day=value))
        return self._wrong(place, _type_text(date))

    def _term(self, term: type[StrEnum], value: object, place: str) -> Any:
        if not isinstance(value, str):
            return self._wrong(place, _type_text(str))
        try:
            return term(value)
        except ValueError:
            return self._wrong(place, lambda: unknown_code(value, [member.value for member in term]))

    def _later(self, record: type) -> dict[str, Any]:
        """Return what the fields say that the file is too old to hold: nothing is stated there."""
        names = self.later.get(record, frozenset())
        return {item.name: item.default for item in dataclasses.fields(record) if item.name in names}

    # Problems

    def _wrong(self, place: str, text: str | Callable[[], str]) -> Any:
        self.problems.add(place, text)
        return _WRONG

    def _keys(self, row: dict[str, Any], expected: Iterable[str], place: str) -> None:
        """Note keys that are missing, that nobody knows, and that stand twice."""
        expected = dict.fromkeys(expected)
        for key in expected:
            if key not in row:
                self.problems.add(_at(place, key), _("Mangler."))
        for key in row:
            if key not in expected:
                self.problems.add(_at(place, echo(key)), partial(_unknown_key, key, expected))
        for key in getattr(row, "repeated", ()):
            self.problems.add(_at(place, echo(key)), _("Står to ganger i samme objekt."))


def _version_of(payload: Mapping[str, Any]) -> int:
    version = payload.get("version")
    if payload.get("schema") != SCHEMA or type(version) is not int or version < 1:
        raise _Unreadable(_("Filen er ikke et register i formen {schema}.").format(schema=SCHEMA))
    if payload.get("edition") == Edition.EXTERNAL.value:
        raise _Unreadable(external_edition())
    if version > VERSION:
        raise _Unreadable(
            _(
                "Filen er et register i versjon {version} av formen. Her kan du lese inn versjon {latest} og eldre. "
                "Oppdater løsningen, eller hent filen fra en løsning av samme versjon."
            ).format(version=version, latest=VERSION)
        )
    return version


def unknown_code(value: str, codes: Iterable[str]) -> str:
    """Return the sentence for a code that is none of `codes`."""
    return _("«{code}» finnes ikke. Disse finnes: {codes}.").format(code=echo(value), codes=", ".join(codes))


def _unknown_key(key: str, expected: Iterable[str]) -> str:
    return _("Ukjent felt.") + _hint(key, expected)


def _hint(written: str, known: Iterable[str]) -> str:
    known = list(known)
    comparable = len(written) <= LONGEST_NAME and len(known) <= MOST_COMPARED
    close = get_close_matches(written, known, n=1) if comparable else []
    return " " + _("Mente du «{name}»?").format(name=echo(close[0])) if close else ""


def _texts_of(rows: object, place: str, column: str) -> Iterator[tuple[str, Mapping[str, Any], str]]:
    """Yield place, row and the text of the column, for the rows that have one."""
    for number, row in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(row, dict) and isinstance(row.get(column), str):
            yield f"{place}[{number}]", row, row[column]


def _sound(values: Iterable[Any]) -> bool:
    return all(value is not _WRONG for value in values)


def _at(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", " ")


def _type_text(kind: type) -> str:
    return {
        str: _("Må være tekst."),
        int: _("Må være et helt tall."),
        bool: _("Må være true eller false."),
        date: _("Må være en dato, skrevet slik: 2026-11-22."),
    }[kind]


# What stands once in the file, and the list it stands in.
_SHARED_TYPES = {record: name for name, record in SHARED.items()}


@cache
def _hints(record: type) -> dict[str, Any]:
    return get_type_hints(record)
