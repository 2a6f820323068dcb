"""What stands beside the fields: proposals, remarks and statements, a row for each field or topic."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from processing.exports.register_document.parts import Entry, Row
from processing.exports.register_document.rows import entry_of, row_of
from processing.law.bases import LegalBasis, SpecialCategoryGround
from processing.law.facts import Fact, RemarkKind
from processing.law.findings import Finding
from processing.law.records import ProposalRecord, RemarkRecord, StatementRecord
from processing.law.regimes import LegalRegime
from processing.law.retention import RetentionTrigger
from processing.law.terms import LawTerm


def unsaid(remarks: Iterable[RemarkRecord], findings: Iterable[Finding]) -> list[RemarkRecord]:
    """The remarks that do not stand in the margin already, as findings in the same words."""
    said = {finding.message for finding in findings}
    return [remark for remark in remarks if remark.text not in said]


def annotation_rows(
    statements: Sequence[StatementRecord],
    remarks: Sequence[RemarkRecord],
    proposals: Sequence[ProposalRecord],
    label: Callable[[str], str],
) -> list[Row]:
    """What stands beside the fields, a row for each field or topic: proposals, remarks and statements."""
    proposed: dict[str, list[Entry]] = {}
    for proposal in proposals:
        entry = entry_of(_proposed(proposal), proposal.reason, proposal.gap)
        proposed.setdefault(label(proposal.field), []).append(entry)
    remarked: dict[str, list[Entry]] = {}
    for remark in remarks:
        kind = "" if remark.kind is RemarkKind.NOTE else _(remark.kind.label)
        remarked.setdefault(label(remark.field), []).append(entry_of(remark.text, kind, remark.gap))
    stated: dict[str, list[Entry]] = {}
    for statement in statements:
        stated.setdefault(_(statement.topic.label), []).append(entry_of(statement.text))
    return [
        *(row_of("", _("Forslag"), entries, aside=field) for field, entries in proposed.items()),
        *(row_of("", _("Merknad"), entries, aside=field) for field, entries in remarked.items()),
        *(replace(row_of("", _("Utsagn"), entries, aside=topic), run_in=True) for topic, entries in stated.items()),
    ]


PROPOSED_TERMS: dict[str, type[LawTerm]] = {
    "regime": LegalRegime,
    "legal_grounds": LegalBasis,
    "special_grounds": SpecialCategoryGround,
    "retention_trigger": RetentionTrigger,
}


def _proposed(proposal: ProposalRecord) -> str:
    """The proposed value in words, where it is a code of a field that holds codes."""
    term = PROPOSED_TERMS.get(proposal.field, Fact)
    for member in term:
        if member.value == proposal.value:
            return _(member.label)
    return proposal.value
