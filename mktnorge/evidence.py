"""Rows that prove something, and the chain that shows whether one of them was changed behind our back.

An app says in `ready()` which of its tables are evidence, rows that are added and never changed or taken away:

    watch(RegisterExport, NoticeVersion, hold=hold_register_still)

`link_new_rows` adds a frozen `ChainLink` with the hash of every row that has come since the link before it, and of
that link. `verify_links` reads every row again, and names the one that is not what it was. Which columns were hashed
stands in the link, so that a column that is added later is no alarm.

Who can write to the database without the program can make the whole chain anew. The hash of the last link is
therefore told outside it, in the log of the worker: keep that log where the database's owner cannot write.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import transaction
from django.db.models import CharField, Max, Model, Value
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mktnorge.gates import hold_writers, join_writers
from mktnorge.models.links import ChainLink

FIRST_LINK = "0" * 64
MOST_ROWS = 5_000
"""A link holds no more rows than this: the first one of a full database would be too large to read at once."""

MOST_NAMED = 20
"""So many rows of a table are named; of the rest verify_links tells how many they are."""

_GATE = 5_2
"""The gate of those who write evidence (Art. 5(2): to be able to show it)."""

Row = dict[str, Any]

_watched: dict[str, type[Model]] = {}
_names: dict[str, Callable[[Any], str]] = {}
_holds: list[Callable[[], None]] = []


def _kind_and_row(row: Model) -> str:
    return f"{capfirst(row._meta.verbose_name)} {row}"


def watch(
    *models: type[Model], hold: Callable[[], None] | None = None, name: Callable[[Any], str] = _kind_and_row
) -> None:
    """Take the rows of `models` into the chain. They have one key that only grows, and nobody changes them.

    `name` is what to call a row that was changed. While a link is made nobody may have a row on its way in: `hold`
    waits for those who write and lets no other begin, or else they call `join_evidence` first.
    """
    _watched.update({model._meta.db_table: model for model in models})
    _names.update({model._meta.db_table: name for model in models})
    if hold and hold not in _holds:
        _holds.append(hold)


def watched() -> Mapping[str, type[Model]]:
    """Return the watched models by the names of their tables."""
    return dict(sorted(_watched.items()))


def join_evidence() -> None:
    """Write a row of evidence beside others, but not while a link is made. In a transaction."""
    join_writers(_GATE)


@dataclass(frozen=True)
class _Linked:
    """What a link holds of a row."""

    columns: tuple[str, ...]
    digest: str


@transaction.atomic
def link_new_rows(*, at: datetime) -> list[ChainLink]:
    """Add links for the rows that have come since the last one, and return them: none where nothing has come."""
    if not _tables_with_new_rows():
        return []
    for hold in _holds:
        hold()
    hold_writers(_GATE)
    made: list[ChainLink] = []
    waiting: dict[str, dict[str, str]] = defaultdict(dict)
    for count, (table, key, digest) in enumerate(_new_rows(), start=1):
        waiting[table][key] = digest
        if count % MOST_ROWS == 0:
            made.append(_add_link(waiting, at))
            waiting = defaultdict(dict)
    if waiting:
        made.append(_add_link(waiting, at))
    return made


def _add_link(rows: Mapping[str, Mapping[str, str]], at: datetime) -> ChainLink:
    last = ChainLink.objects.order_by("-number").defer("tables").first()
    last_keys = {table: max(map(int, hashes)) for table, hashes in rows.items()}
    link = ChainLink(
        number=last.number + 1 if last else 1,
        at=at,
        tables={table: {"columns": _columns(_watched[table]), "rows": hashes} for table, hashes in rows.items()},
        last_keys=(last.last_keys if last else {}) | last_keys,
        previous=last.link if last else FIRST_LINK,
    )
    link.link = _link_of(link)
    link.save(force_insert=True)
    return link


def sweep_new_rows(at: datetime) -> str:
    """The sweep: link what is new, and tell the last hash, so that the log of the worker holds it too."""
    made = link_new_rows(at=at)
    if not made:
        return ""
    return _("Ledd {number} i kjeden er {hash}.").format(number=made[-1].number, hash=made[-1].link)


def verify_links() -> list[str]:
    """Return a sentence for each link or row that is not what it was, and for each row that is gone or has come late.

    One query for the links, and two for each table.
    """
    problems = []
    linked: dict[str, dict[str, _Linked]] = defaultdict(dict)
    previous, number = FIRST_LINK, 0
    for link in ChainLink.objects.order_by("number").iterator(chunk_size=50):
        if link.number != number + 1 or link.previous != previous:
            problems.append(_("Ledd {number} i kjeden følger ikke det forrige.").format(number=link.number))
        if link.link != _link_of(link):
            problems.append(_("Ledd {number} i kjeden er endret.").format(number=link.number))
        previous, number = link.link, link.number
        for table, said in link.tables.items():
            columns = tuple(said["columns"])
            linked[table].update({key: _Linked(columns, digest) for key, digest in said["rows"].items()})
    for table in sorted(linked):
        if table not in _watched:
            problems.append(_("Tabellen {table} er borte.").format(table=table))
            continue
        model = _watched[table]
        problems += _few(_problems_of(model, linked[table]), model)
    return problems


def _problems_of(model: type[Model], linked: Mapping[str, "_Linked"]) -> Iterator[tuple[str, str]]:
    """What is wrong, as a sentence with a place for the name of a row, and the key of that row."""
    there = set(map(str, model._default_manager.values_list("pk", flat=True)))
    last = max(map(int, linked))
    for key in sorted(linked.keys() - there, key=int):
        yield _("{row} er borte."), key
    for key in sorted((key for key in there - linked.keys() if int(key) <= last), key=int):
        yield _("{row} er satt inn i ettertid."), key
    known = _columns(model)
    for columns in sorted({one.columns for one in linked.values()}):
        if lost := [column for column in columns if column not in known]:
            yield (
                _("{table}: kolonnen {column} er borte.").format(table=model._meta.db_table, column=", ".join(lost)),
                "",
            )
            continue
        for row in model._default_manager.order_by("pk").values("pk", *columns).iterator():
            key = str(row.pop("pk"))
            if key in linked and linked[key] != _Linked(columns, _digest(row)) and linked[key].columns == columns:
                yield _("{row} er endret."), key


def _few(problems: Iterator[tuple[str, str]], model: type[Model]) -> list[str]:
    found = list(problems)
    said = [text.format(row=_name(model, key)) if key else text for text, key in found[:MOST_NAMED]]
    if more := len(found) - len(said):
        text = ngettext("… og {count} til i {table}.", "… og {count} til i {table}.", more)
        said.append(text.format(count=more, table=model._meta.db_table))
    return said


def _name(model: type[Model], key: str) -> str:
    table = model._meta.db_table
    place = _("rad {key} i {table}").format(key=key, table=table)
    row = model._default_manager.filter(pk=key).first()
    return f"{_names[table](row)} ({place})" if row else capfirst(place)


def _new_rows() -> Iterator[tuple[str, str, str]]:
    """Table, key and hash of each row that no link holds yet, table by table."""
    for table, after in _tables_with_new_rows().items():
        model = _watched[table]
        for row in model._default_manager.filter(pk__gt=after).order_by("pk").values("pk", *_columns(model)):
            yield table, str(row.pop("pk")), _digest(row)


def _tables_with_new_rows() -> dict[str, int]:
    """The tables that hold rows no link has, each with the last key that one has. Two queries."""
    first, *rest = (
        model._default_manager.order_by()
        .annotate(_table=Value(table, output_field=CharField()))
        .values_list("_table")
        .annotate(Max("pk"))
        for table, model in watched().items()
    )
    linked = ChainLink.objects.order_by("-number").values_list("last_keys", flat=True).first() or {}
    last_keys = {table: last or 0 for table, last in first.union(*rest, all=True)}
    return {table: linked.get(table, 0) for table, last in last_keys.items() if last > linked.get(table, 0)}


def _columns(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def _digest(row: Row) -> str:
    return hashlib.sha256(_canonical(row)).hexdigest()


def _link_of(link: ChainLink) -> str:
    return hashlib.sha256(_canonical([link.number, link.at, link.previous, link.tables, link.last_keys])).hexdigest()


def _canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain).encode()


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return hashlib.sha256(value).hexdigest()
    return str(value)
