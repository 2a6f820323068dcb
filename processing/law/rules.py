"""What a rule is: a code, what it is about, what to do, the provision, and the question it asks of a register.

The rooms beside this one hold the rules. A rule answers with *where* it fires: nowhere, for the field as a whole
(`ONCE`), or for rows of the field, counted from 1. It knows the register and the day whose law is asked, and nothing
else: no clock, no database.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from processing.law.findings import Finding, Severity
from processing.law.records import ActivityRecord, ControllerRecord, Register
from processing.law.sources import LegalSource

Where = Iterable[str]

ONCE = ("",)
"""Where a rule fires when it is about the field as a whole."""


def once(fires: bool) -> Where:
    """Return where a yes-or-no rule fires."""
    return ONCE if fires else ()


def positions(rows: Iterable[object]) -> Where:
    """Return the places, counted from 1, of the rows that are true."""
    return [str(place) for place, fires in enumerate(rows, 1) if fires]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A register read under the law of one day, an Oslo date."""

    register: Register
    law_on: date


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What every finding of one rule has in common. `message` is a source string that says what to do.

    `tells_of_vagueness` is for a rule that says by itself what a remark would, when somebody calls the field vague.
    """

    code: str
    field: str
    message: str
    source: LegalSource
    severity: Severity = Severity.ERROR
    gaps: tuple[str, ...] = ()
    tells_of_vagueness: bool = False

    def finding(self, detail: str = "", *, subject: str = "") -> Finding:
        return Finding(
            code=self.code,
            severity=self.severity,
            field=self.field,
            message=self.message,
            source=self.source,
            subject=subject,
            detail=detail,
            gaps=self.gaps,
        )


@dataclass(frozen=True, kw_only=True)
class ActivityRule(Rule):
    """A rule about one activity, read among the others."""

    where: Callable[[ActivityRecord, Reading], Where]

    def findings(self, activity: ActivityRecord, reading: Reading) -> Iterator[Finding]:
        return (self.finding(detail, subject=activity.number) for detail in self.where(activity, reading))


@dataclass(frozen=True, kw_only=True)
class ControllerRule(Rule):
    """A rule about what the company says of itself. It is not asked of a register without a company."""

    where: Callable[[ControllerRecord, Reading], Where]

    def findings(self, reading: Reading) -> Iterator[Finding]:
        company = reading.register.controller
        return (self.finding(detail) for detail in self.where(company, reading)) if company else iter(())


@dataclass(frozen=True, kw_only=True)
class RegisterRule(Rule):
    """A rule about the register as a whole. Its findings are the company's."""

    where: Callable[[Reading], Where]

    def findings(self, reading: Reading) -> Iterator[Finding]:
        return (self.finding(detail) for detail in self.where(reading))


CompanyRule = ControllerRule | RegisterRule
