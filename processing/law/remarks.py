"""Doubts that people have noted and no rule can see: each is a finding until somebody has settled and removed it.

A remark is not told twice. Where a rule has found the same gap for the same activity, or says by itself that the
field is vague, the rule's finding stands alone.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256

from processing.law.facts import RemarkKind
from processing.law.findings import Finding, Severity
from processing.law.gaps import GAPS
from processing.law.records import RemarkRecord
from processing.law.sources import gdpr

CODES = {
    RemarkKind.VAGUE: "remark-vague",
    RemarkKind.CONTRADICTORY: "remark-contradictory",
    RemarkKind.INFERRED: "remark-inferred",
}
ACCOUNTABILITY = gdpr("art. 5 nr. 2")


def doubts(
    remarks: Iterable[RemarkRecord], *, subject: str, found: Iterable[Finding], vague_fields: frozenset[str]
) -> Iterator[Finding]:
    """Yield the doubts of one subject that `found`, what the rules found there, does not tell already.

    `vague_fields` are the fields that a rule has called vague.
    """
    told = {gap for finding in found for gap in finding.gaps}
    for remark in remarks:
        field = remark.field.partition(".")[0]
        if remark.kind not in CODES or remark.gap in told:
            continue
        if remark.kind is not RemarkKind.INFERRED and not remark.gap and field in vague_fields:
            continue
        yield Finding(
            code=CODES[remark.kind],
            severity=_severity(remark),
            field=field,
            message=remark.text,
            source=GAPS[remark.gap].source if remark.gap in GAPS else ACCOUNTABILITY,
            subject=subject,
            gaps=(remark.gap,) if remark.gap else (),
            about=sha256(f"{field}\n{remark.text}".encode()).hexdigest()[:8],
        )


def _severity(remark: RemarkRecord) -> Severity:
    if remark.kind is RemarkKind.INFERRED:
        return Severity.INFO
    return GAPS[remark.gap].severity if remark.gap in GAPS else Severity.WARNING
