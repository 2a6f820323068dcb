"""Findings, beside the field they concern."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from django.utils.translation import gettext as _

from processing.exports.register_document.parts import Entry, Mark, Row
from processing.exports.register_document.wording import law_words, printable
from processing.law.facts import RemarkKind
from processing.law.findings import Finding, Severity
from processing.law.records import RemarkRecord

# Where a mark stands when the field it names is a part of a row, or has two names.
BESIDE = {
    "transfers_outside_eea": "transfers",
    "legitimate_interest": "legal_grounds",
    "consent_withdrawal": "legal_grounds",
    "national_law": "legal_grounds",
    "provision_consequence": "provision_required",
    "automated_decisions_note": "automated_decisions",
    "public_access": "internal_access",
    "dpia_note": "dpia_needed",
    "screening": "dpia_needed",
    "screening_owner": "dpia_needed",
    "screened_on": "dpia_needed",
    "screening_review_on": "dpia_needed",
    "valid_from": "status",
    "valid_to": "status",
    "name": "public_name",
    "code": "status",
    "number": "status",
    "postcode": "street",
    "city": "street",
    "country": "street",
    "contact_role": "contact_person",
    "dpo_name": "has_dpo",
    "dpo_contact": "has_dpo",
    "representative": "has_representative",
    "processor_statement_on": "processor_for_others",
}


def mark_of(finding: Finding, remarks: Iterable[RemarkRecord]) -> Mark:
    """The finding in full. One that says what somebody has remarked says also what kind of remark it is."""
    kind = next((_(remark.kind.label) for remark in remarks if remark.text == finding.message), "")
    law = [kind, law_words(finding.source), *finding.gaps]
    return Mark(
        kind={Severity.ERROR: "error", Severity.WARNING: "warn", Severity.INFO: "note"}[finding.severity],
        word=_(finding.severity.label),
        law=printable(" · ".join(part for part in law if part)),
        text=printable(_(finding.message)),
    )


class Margin:
    """The marks of one part, given to the rows they belong to. None is lost: `left` has those without a row.

    `numbered` are the marks that stand in full in the summary, by their number there; here they are short.
    """

    def __init__(
        self,
        findings: Iterable[Finding],
        remarks: Sequence[RemarkRecord],
        numbered: Mapping[Mark, int] = MappingProxyType({}),
    ) -> None:
        doubts = {RemarkKind.VAGUE, RemarkKind.CONTRADICTORY}
        self._doubted = {BESIDE.get(remark.field, remark.field) for remark in remarks if remark.kind in doubts}
        self._by_field: dict[str, list[tuple[str, Mark]]] = {}
        for finding in findings:
            mark = mark_of(finding, remarks)
            if mark in numbered:
                mark = _shortened(mark, numbered[mark])
            self._by_field.setdefault(BESIDE.get(finding.field, finding.field), []).append((finding.detail, mark))

    def beside(self, row: Row) -> Row:
        found = self._by_field.pop(row.field, [])
        return replace(row, marks=_gathered(found, len(row.entries) > 1), doubted=row.field in self._doubted)

    def left(self) -> list[Row]:
        """A row for each field that has none of its own: what is missing is the answer there."""
        return [
            Row(
                field=field,
                label=WITHOUT_A_ROW[field]() if field in WITHOUT_A_ROW else field,
                entries=() if field in WITHOUT_A_ROW else (Entry(missing=True),),
                marks=_gathered(found, several=False),
                under=field in WITHOUT_A_ROW,
            )
            for field, found in self._by_field.items()
        ]


WITHOUT_A_ROW: dict[str, Callable[[], str]] = {
    "activities": lambda: _("Aktiviteter"),
    "statements": lambda: _("Utsagn"),
    "parties": lambda: _("Mottakere"),
    "systems": lambda: _("Systemer"),
    "measures": lambda: _("Sikkerhetstiltak"),
    "subject_categories": lambda: _("Grupper av personer"),
    "data_categories": lambda: _("Slag opplysninger"),
    "situations": lambda: _("Når opplysninger samles inn"),
}
"""Fields of the register that have no row in a part, by what they are called there."""


def _gathered(found: Iterable[tuple[str, Mark]], several: bool) -> tuple[Mark, ...]:
    """The marks of a row, one for each thing that is found, with the places it is found in where there are several."""
    places: dict[Mark, list[str]] = {}
    for detail, mark in found:
        places.setdefault(mark, []).append(detail)
    return tuple(
        _numbered(mark, ", ".join(detail for detail in details if detail)) if several and any(details) else mark
        for mark, details in places.items()
    )


def _shortened(mark: Mark, number: int) -> Mark:
    """The first sentence, and where the rest is. «art. 9» ends no sentence."""
    first = re.split(r"(?<=\w\w[.?]) (?=[A-ZÆØÅ])", mark.text, maxsplit=1)[0]
    return replace(mark, law=_("Felles funn {number}").format(number=number), text=first)


def _numbered(mark: Mark, place: str) -> Mark:
    return replace(mark, text=_("Nr. {place}: {text}").format(place=place, text=mark.text))
