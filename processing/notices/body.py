"""The text of a notice as a frozen value: what is published, stored, shown and compared.

The body holds finished sentences in one language, and within it the same notice in the others. A page, a PDF and a
JSON file only lay them out, so that a version says the same for ever, whatever becomes of the register or of the
templates.
"""

import dataclasses
import hashlib
import json
import re
import types
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")

SCHEMA = 3
"""Version of the stored form. What a later one adds has a default here, so that every older version is still read."""

LATER = {"later": True}
"""Marks a field that is stored only where it says something, so that an older version keeps its form and its hash."""


@dataclass(frozen=True)
class Block:
    """A paragraph, or the items of a list."""

    items: tuple[str, ...]
    is_list: bool = False


@dataclass(frozen=True, kw_only=True)
class Line:
    """A sentence, or a fact that is not stated. With `missing`, `text` names what is missing, and may be empty.

    What the register says may be longer: paragraphs with an empty line between, and lists whose lines begin with «- ».
    `language` is that of the text where it is another than the notice's: it has no version in that one.
    """

    text: str = ""
    missing: bool = False
    language: str = field(default="", metadata=LATER)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The text as paragraphs and lists. Nothing else in it is markup."""
        found: list[Block] = []
        if not self.text.strip():
            return ()
        for paragraph in re.split(r"\n\s*\n", self.text.replace("\r\n", "\n").strip()):
            for is_item, group in groupby(paragraph.split("\n"), key=lambda line: line.lstrip().startswith("- ")):
                texts = [line.strip() for line in group]
                if is_item:
                    found.append(Block(tuple(text[2:].strip() for text in texts), is_list=True))
                else:
                    found.append(Block((" ".join(texts),)))
        return tuple(found)


@dataclass(frozen=True, kw_only=True)
class Row:
    """A label and the lines that answer it.

    `key` names the row for programs, and `source` the provision that asks for it, as a lawyer writes it in Norwegian.
    """

    label: str
    lines: tuple[Line, ...]
    key: str = ""
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Card:
    """One activity as the public reads it. `roles` are the codes of the roles it concerns.

    The languages are stated as in a line.
    """

    number: str
    anchor: str
    title: str
    intro: str
    rows: tuple[Row, ...]
    details: tuple[Row, ...]
    roles: tuple[str, ...]
    title_language: str = field(default="", metadata=LATER)
    intro_language: str = field(default="", metadata=LATER)

    @property
    def introduction(self) -> Line:
        return Line(text=self.intro, language=self.intro_language)


@dataclass(frozen=True, kw_only=True)
class RightEntry:
    """A right that at least one activity gives, and the titles of the activities that do."""

    code: str
    plain: str
    label: str
    text: str
    cards: tuple[str, ...]
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of the notice outside the cards. `source` is the provision that asks for it, if one does."""

    anchor: str
    title: str
    lines: tuple[Line, ...] = ()
    rows: tuple[Row, ...] = ()
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class SiteFacts:
    """How to reach the controller. Empty where the register says nothing: then the page says nothing either."""

    name: str = ""
    legal_name: str = ""
    org_no: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class Role:
    """Who a reader may be, and how many cards concern them. `code` stands in addresses: «klient».

    `people` are the same in the middle of a sentence, in the plural: «klienter».
    """

    code: str
    title: str
    cards: int
    people: str = ""


@dataclass(frozen=True, kw_only=True)
class NoticeBody:
    schema: int
    language: str
    title: str
    site: SiteFacts
    lead: tuple[str, ...]
    roles: tuple[Role, ...]
    cards: tuple[Card, ...]
    controller: Section
    rights: tuple[RightEntry, ...]
    objection: Section | None
    recipients: Section
    transfers: Section
    security: Section
    complaint: Section
    translations: tuple["NoticeBody", ...] = field(default=(), metadata=LATER)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages the notice can be read in, its own first."""
        return (self.language, *(body.language for body in self.translations))

    def in_language(self, language: str) -> "NoticeBody":
        """Return the notice in one of its `languages`, alone. Raises KeyError for another."""
        for body in (self, *self.translations):
            if body.language == language:
                return replace(body, translations=())
        raise KeyError(language)

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections after the rights, in the order they are read."""
        return (self.recipients, self.transfers, self.security, self.complaint, self.controller)


def to_payload(body: NoticeBody) -> dict[str, Any]:
    """Return the body as JSON values."""
    return _stored(body)  # type: ignore[no-any-return]


def from_payload(payload: Mapping[str, Any]) -> NoticeBody:
    """Return the body stored as `payload`. Raises KeyError or TypeError when it is not one."""
    return _build(NoticeBody, payload)  # type: ignore[no-any-return]


def body_hash(body: NoticeBody) -> str:
    """Return the SHA-256 of the body's canonical JSON, in hexadecimal."""
    text = json.dumps(to_payload(body), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _stored(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_stored(item) for item in value]
    if not dataclasses.is_dataclass(value):
        return value
    return {
        item.name: _stored(getattr(value, item.name))
        for item in dataclasses.fields(value)
        if not (item.metadata.get("later") and getattr(value, item.name) == item.default)
    }


def _build(hint: Any, value: Any) -> Any:
    origin = get_origin(hint)
    if origin is tuple:
        return tuple(_build(get_args(hint)[0], item) for item in value)
    if origin is types.UnionType:
        return None if value is None else _build(get_args(hint)[0], value)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        hints = get_type_hints(hint)
        given = [item.name for item in dataclasses.fields(hint) if item.name in value or not _has_default(item)]
        return hint(**{name: _build(hints[name], value[name]) for name in given})
    return value


def _has_default(item: dataclasses.Field[Any]) -> bool:
    return item.default is not dataclasses.MISSING
