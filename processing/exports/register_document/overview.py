"""The other picture: the activities by regime, basis and findings."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from processing.exports.register_document.chart import FIRST_LINE, LINE_STEP, lines_of, shapes_of
from processing.exports.register_document.parts import Chart, ChartRow, Shape, Word
from processing.exports.register_document.wording import joined, printable, shortened
from processing.law.bases import LegalBasis
from processing.law.findings import Finding, Severity
from processing.law.records import ActivityRecord

LOOKS = {Severity.ERROR: "error", Severity.WARNING: "warn", Severity.INFO: "note"}
REGIME, FIRST_BASIS, BASIS_STEP, NUMBER, BAR, LONGEST_BAR = 268.0, 428.0, 26.0, 592.0, 616.0, 108.0


def overview_of(activities: Sequence[ActivityRecord], findings: Sequence[Finding]) -> Chart:
    """A line an activity: its regime, a square for each basis it stands on, and a bar of its findings."""
    counts = {activity.number: _counts(activity, findings) for activity in activities}
    most = max((sum(found.values()) for found in counts.values()), default=0)
    places: list[tuple[str, float, float]] = []
    bars: dict[str, list[str]] = {}
    rows = []
    for place, activity in enumerate(activities):
        y = FIRST_LINE + place * LINE_STEP
        stated = {ground.basis for ground in activity.legal_grounds}
        places += [
            ("stated" if basis in stated else "missing", FIRST_BASIS + column * BASIS_STEP, y)
            for column, basis in enumerate(LegalBasis)
            if basis in stated or not stated
        ]
        x = BAR
        for severity, count in counts[activity.number].items():
            width = round(count * LONGEST_BAR / most, 2) if most else 0
            if width:
                bars.setdefault(LOOKS[severity], []).append(f"M{x:g} {y + 1:g}h{width:g}v12h-{width:g}z")
            x += width
        words = (
            Word(x=REGIME, text=shortened(_regime(activity), 26)),
            Word(x=NUMBER, text=str(sum(counts[activity.number].values()))),
        )
        rows.append(ChartRow(number=activity.number, name=shortened(printable(activity.name), 34), y=y, words=words))
    return Chart(
        alternative=" ".join(
            [
                _("Bilde av regime, grunnlag og funn, aktivitet for aktivitet."),
                *(_said(activity, counts[activity.number]) for activity in activities),
            ]
        ),
        key=(
            ("stated", _("Grunnlag")),
            ("missing", _("Uten grunnlag")),
            *((LOOKS[severity], _(severity.label)) for severity in Severity),
        ),
        heads=(
            (REGIME + 6, _("Regime")),
            *(
                (FIRST_BASIS + 6 + column * BASIS_STEP, shortened(_(basis.label), 21))
                for column, basis in enumerate(LegalBasis)
            ),
            (NUMBER + 6, _("Funn")),
        ),
        rows=tuple(rows),
        shapes=(
            lines_of(len(rows)),
            *shapes_of(places),
            *(Shape(look=look, path="".join(bars[look])) for look in LOOKS.values() if look in bars),
        ),
        height=FIRST_LINE + len(rows) * LINE_STEP,
    )


def _counts(activity: ActivityRecord, findings: Sequence[Finding]) -> dict[Severity, int]:
    own = [finding.severity for finding in findings if finding.subject == activity.number]
    return {severity: own.count(severity) for severity in Severity}


def _regime(activity: ActivityRecord) -> str:
    return _(activity.regime.label) if activity.regime else _("ikke oppgitt")


def _said(activity: ActivityRecord, counts: dict[Severity, int]) -> str:
    stated = {ground.basis for ground in activity.legal_grounds}
    bases = [_(basis.label).lower() for basis in LegalBasis if basis in stated]
    found = [f"{count} {_(severity.label).lower()}" for severity, count in counts.items() if count]
    return _("{number}: regime {regime}; grunnlag {bases}; funn {found}.").format(
        number=activity.number,
        regime=_regime(activity).lower(),
        bases=joined(bases) or _("ikke oppgitt"),
        found=joined(found) or _("ingen"),
    )
