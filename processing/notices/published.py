"""A published notice as its renderers get it: the frozen text, and what tells this version from every other."""

from dataclasses import dataclass
from datetime import date, datetime

from processing.notices.body import NoticeBody


@dataclass(frozen=True, kw_only=True)
class PublishedNotice:
    """`in_force_from` is an Oslo date; `published_at` is aware; `sha256` is the hash of the text as it was frozen."""

    number: int
    in_force_from: date
    published_at: datetime
    sha256: str
    is_demonstration: bool
    body: NoticeBody
