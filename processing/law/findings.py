"""What a rule has found: something missing, contradictory or no longer law, and what to do about it."""

from dataclasses import dataclass

from processing.law.sources import LegalSource
from processing.law.terms import N_, LawTerm


class Severity(LawTerm):
    """ERROR stops silent publishing: a person must give a reason to publish over it (decision 14)."""

    ERROR = "error", N_("Feil")
    WARNING = "warning", N_("Sjekk")
    INFO = "info", N_("Merk")


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One finding. `subject` is an activity's number, or empty for the company; `field` is the record's field.

    `code` is stable and says which rule fired. `message` is a source string that says what to do; it is translated
    where it is shown. `detail` is the row it is about, counted from 1, where the field has several. `gaps` are the gap
    numbers of docs/law.md it answers to. `about` tells findings apart that are alike in all this, and is never shown.
    `key` tells one finding from another across runs, so that a reason given for it can be recognised.
    """

    code: str
    severity: Severity
    field: str
    message: str
    source: LegalSource
    subject: str = ""
    gaps: tuple[str, ...] = ()
    detail: str = ""
    about: str = ""

    @property
    def key(self) -> str:
        return ":".join(part for part in (self.subject, self.code, self.detail, self.about) if part)
