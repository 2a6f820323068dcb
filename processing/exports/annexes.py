"""What stands beside the register in the internal edition: tables that no record holds, as finished text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from mktnorge.figures import FigureTable
from processing.law.findings import Finding

FINDINGS = "Funn"
PREFIX = "Vedlegg"
"""What the titles of all the others begin with, so that a workbook can be read back without them."""

Cell = str | int | date | None


@dataclass(frozen=True, kw_only=True)
class Annex:
    """A table. `title` is at most 31 characters, as a sheet's name is. A cell is None where nothing is stated."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def findings_annex(findings: Sequence[Finding]) -> Annex:
    """Return what the rules say, a row a finding."""
    return Annex(
        title=FINDINGS,
        headings=(_("alvor"), _("aktivitet"), _("felt"), _("funn"), _("kilde"), _("kode")),
        rows=tuple(
            (
                _(finding.severity.label),
                finding.subject or _("virksomheten"),
                finding.field,
                _(finding.message),
                str(finding.source),
                finding.code,
            )
            for finding in findings
        ),
    )


def figures_annexes(figures: Sequence[FigureTable]) -> tuple[Annex, ...]:
    """Return the figures of other apps, a row a figure."""
    return tuple(
        Annex(
            title=f"{PREFIX} {place} – {_('tall')}",
            headings=(_("tabell"), _("gruppe"), _("hva"), _("tall for"), _("tall")),
            rows=tuple(
                (table.title, row.group, row.label, label, figure)
                for row in table.rows
                for label, figure in row.figures
            ),
        )
        for place, table in enumerate(figures, start=1)
    )
