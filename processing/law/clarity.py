"""Whether what the public will read of an activity is clear and plain (Art. 12(1), R-PLAIN-1).

None of it stops a publication. A field has one finding at most, on the first row with what matters most there: the
rest shows when that is put right.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from processing.law.findings import Finding, Severity
from processing.law.plain_language import Snag, worst_snag
from processing.law.records import ActivityRecord
from processing.law.rules import ActivityRule, Reading, Where
from processing.law.sources import gdpr

Texts = Callable[[ActivityRecord], Iterable[str]]

PUBLIC_TEXTS: dict[str, Texts] = {
    "public_name": lambda activity: [activity.title],
    "public_description": lambda activity: [activity.public_description],
    "purposes": lambda activity: [row.public_description or row.description for row in activity.purposes],
    "legitimate_interest": lambda activity: [row.legitimate_interest for row in activity.legal_grounds],
    "consent_withdrawal": lambda activity: [row.consent_withdrawal for row in activity.legal_grounds],
    "sources": lambda activity: [row.description for row in activity.sources],
    "public_access": lambda activity: [activity.public_access or activity.internal_access],
    "retention": lambda activity: [row.public_wording or row.statement for row in activity.retention],
    "provision_consequence": lambda activity: [activity.provision_consequence],
    "automated_decisions_note": lambda activity: [activity.automated_decisions_note],
}
"""The fields whose words the notice prints, each with the text of each row as it is printed."""

ROWS = frozenset({"purposes", "legitimate_interest", "consent_withdrawal", "sources", "retention"})


@dataclass(frozen=True, kw_only=True)
class WordingRule(ActivityRule):
    """Asked of several fields in the same words, so the field tells its findings apart."""

    def findings(self, activity: ActivityRecord, reading: Reading) -> Iterator[Finding]:
        return (replace(finding, about=self.field) for finding in super().findings(activity, reading))


def _rule(field: str, texts: Texts, snag: Snag) -> WordingRule:
    def where(activity: ActivityRecord, reading: Reading) -> Where:
        worst = worst_snag(tuple(texts(activity)))
        if worst is None or worst[0] is not snag:
            return ()
        return [str(worst[1])] if field in ROWS else [""]

    return WordingRule(
        code=f"12-1-{snag.value}",
        severity=Severity.INFO,
        field=field,
        message=snag.label,
        source=gdpr("art. 12 nr. 1"),
        where=where,
    )


ACTIVITY_RULES = tuple(_rule(field, texts, snag) for field, texts in PUBLIC_TEXTS.items() for snag in Snag)
