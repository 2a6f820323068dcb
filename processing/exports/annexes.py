"""What stands beside the register in the internal edition: tables that no record holds, as finished text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from mktnorge.figures import FigureTable
from processing.exports.json import OSLO
from processing.law.findings import Finding
from processing.notices.log import Publication

FINDINGS = "Funn"
PREFIX = "Vedlegg"
"""What the titles of all the others begin with, so that a workbook can be read back without them."""

Cell = str | int | date | None


@dataclass(frozen=True, kw_only=True)
class Annex:
    """A table. `title` is at most 31 characters, as a sheet's name is. A cell is None where nothing is stated.

    `empty` is the sentence for a reader who finds no rows.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str = ""


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


def publication_annexes(publications: Sequence[Publication]) -> tuple[Annex, ...]:
    """Return the publication log, a row a version, and what was published over, a row a finding with its reason."""
    return (
        Annex(
            title=f"{PREFIX} – {_('utgaver')}",
            headings=(
                _("utgave"),
                _("publisert"),
                _("gjelder fra"),
                _("publisert av"),
                _("hva som er endret"),
                _("vesentlig endring"),
                _("hvorfor, eller hvorfor ikke"),
                _("hvem får beskjed, og hvordan"),
                _("hvorfor én person alene"),
                _("demonstrasjon"),
            ),
            rows=tuple(
                (
                    version.number,
                    version.published_at.astimezone(OSLO).strftime("%Y-%m-%d %H.%M"),
                    version.in_force_from,
                    version.publisher,
                    version.summary,
                    None if version.is_material is None else _yes_or_no(version.is_material),
                    version.material_reason or None,
                    version.who_is_told or None,
                    version.alone_reason or None,
                    _yes_or_no(version.is_demonstration),
                )
                for version in publications
            ),
            empty=_("Ingen utgave av personvernerklæringen var publisert."),
        ),
        Annex(
            title=f"{PREFIX} – {_('funn med begrunnelse')}",
            headings=(
                _("utgave"),
                _("alvor"),
                _("aktivitet"),
                _("felt"),
                _("funn"),
                _("kilde"),
                _("kode"),
                _("begrunnelse"),
                _("begrunnet av"),
            ),
            rows=tuple(
                (
                    version.number,
                    _(finding.severity.label),
                    finding.subject or _("virksomheten"),
                    finding.field,
                    _(finding.message),
                    finding.source,
                    finding.code,
                    finding.reason,
                    version.publisher,
                )
                for version in publications
                for finding in version.accepted
            ),
            empty=_("Ingen utgave er publisert med funn som noen har begrunnet."),
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


def _yes_or_no(holds: bool) -> str:
    return _("Ja") if holds else _("Nei")
