"""The publication log: each version with who, when and why, and the findings it was published over."""

from dataclasses import dataclass
from datetime import date, datetime

from processing.law.findings import Severity


@dataclass(frozen=True, kw_only=True)
class AcceptedFinding:
    """A finding as it stood, and why the notice was published over it. `subject` is empty for the company."""

    code: str
    severity: Severity
    subject: str
    field: str
    message: str
    source: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Publication:
    """A version without its text. `published_at` is aware, `in_force_from` an Oslo date.

    `is_material` is None for the first version: there was nothing it could differ from. `alone_reason` is why one
    person both edited the register and published, and empty where two stood behind it.
    """

    number: int
    published_at: datetime
    in_force_from: date
    publisher: str
    summary: str
    is_material: bool | None
    material_reason: str
    who_is_told: str
    alone_reason: str
    is_demonstration: bool
    accepted: tuple[AcceptedFinding, ...]
