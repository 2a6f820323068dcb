"""The picture: which fields of each activity are stated."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from processing.exports.register_document.parts import Chart, ChartRow, Row, Shape, Square
from processing.exports.register_document.wording import printable, shortened
from processing.law.records import ActivityRecord
from processing.law.terms import N_

ROWS_A_CHART = 30
"""Activities in one chart, so that it fits on a page with its head and its key."""

CHARTED = {
    "purposes": N_("Formål"),
    "legal_grounds": N_("Grunnlag"),
    "special_categories": N_("Særlige kategorier"),
    "subjects": N_("Personer"),
    "data": N_("Opplysninger"),
    "disclosures": N_("Mottakere"),
    "transfers": N_("Overføring"),
    "retention": N_("Lagring"),
    "safeguards": N_("Sikring"),
}
FIRST_SQUARE, SQUARE_STEP, FIRST_LINE, LINE_STEP = 308.0, 48.0, 96.0, 23.0


def shapes_of(places: Iterable[tuple[str, float, float]]) -> tuple[Shape, ...]:
    """Squares of 14 by 14 at (state, x, y), as one shape for each look."""
    paths: dict[str, list[str]] = {}
    for state, x, y in places:
        if state == "stated":
            paths.setdefault("stated", []).append(f"M{x:g} {y:g}h14v14h-14z")
            continue
        paths.setdefault(f"{state}-edge", []).append(f"M{x + 0.75:g} {y + 0.75:g}h12.5v12.5h-12.5z")
        if state == "unclear":
            paths.setdefault("unclear", []).append(f"M{x:g} {y + 14:g}l14-14v14z")
    return tuple(Shape(look=look, path="".join(paths[look])) for look in sorted(paths))


def lines_of(count: int) -> Shape:
    """The hairline under each row."""
    return Shape(
        look="line", path="".join(f"M0 {FIRST_LINE + place * LINE_STEP + 18.5:g}H724" for place in range(count))
    )


def chart_of(rows: Sequence[tuple[ActivityRecord, dict[str, str]]], fields: str) -> Chart:
    return Chart(
        alternative=_("Bilde av hva som er oppgitt, felt for felt. {fields} Det samme står i ord etter bildet.").format(
            fields=fields
        ),
        key=(("stated", _("Oppgitt")), ("unclear", _("Uklart")), ("missing", _("Ikke oppgitt"))),
        heads=tuple((FIRST_SQUARE + 6 + place * SQUARE_STEP, _(label)) for place, label in enumerate(CHARTED.values())),
        rows=tuple(
            ChartRow(
                number=activity.number,
                name=shortened(printable(activity.name), 44),
                y=FIRST_LINE + place * LINE_STEP,
                squares=tuple(
                    Square(x=FIRST_SQUARE + column * SQUARE_STEP, state=states[field])
                    for column, field in enumerate(CHARTED)
                ),
            )
            for place, (activity, states) in enumerate(rows)
        ),
        shapes=(
            lines_of(len(rows)),
            *shapes_of(
                (states[field], FIRST_SQUARE + column * SQUARE_STEP, FIRST_LINE + place * LINE_STEP)
                for place, (_activity, states) in enumerate(rows)
                for column, field in enumerate(CHARTED)
            ),
        ),
        height=FIRST_LINE + len(rows) * LINE_STEP,
    )


def state_of(row: Row) -> str:
    """stated, unclear or missing."""
    if not row.is_stated:
        return "missing"
    return "unclear" if row.is_unclear else "stated"
