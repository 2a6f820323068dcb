"""The summary: which fields are stated, as a picture and in words, and what is found in many activities."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from processing.exports.register_document.chart import CHARTED, ROWS_A_CHART, chart_of, state_of
from processing.exports.register_document.cover import counted
from processing.exports.register_document.overview import overview_of
from processing.exports.register_document.parts import Part, Row, Summary
from processing.exports.register_document.wording import joined
from processing.law.findings import Finding
from processing.law.records import Register


def summary_of(
    register: Register, parts: Sequence[Part], findings: Sequence[Finding], repeated: tuple[Row, ...]
) -> Summary:
    states = [
        {row.field: state_of(row) for group in part.groups for row in group.rows if row.field in CHARTED}
        for part in parts
    ]
    every = [state for row in states for state in row.values()]
    counts = {state: every.count(state) for state in ("stated", "unclear", "missing")}
    fields = _("Av {total} felt er {stated} oppgitt, {unclear} uklare og {missing} ikke oppgitt.").format(
        total=len(every), **counts
    )
    words = []
    for part, row in zip(parts, states, strict=True):
        missing = [_label(field) for field, state in row.items() if state == "missing"]
        unclear = [_label(field) for field, state in row.items() if state == "unclear"]
        said = [
            _("Ikke oppgitt: {fields}.").format(fields=joined(missing)) if missing else "",
            _("Uklart: {fields}.").format(fields=joined(unclear)) if unclear else "",
        ]
        words.append(
            " ".join(
                [f"{part.title}.", *(line for line in said if line)]
                if any(said)
                else [_("{activity}. Alt er oppgitt.").format(activity=part.title)]
            )
        )
    rows = list(zip(register.activities, states, strict=True))
    count = len(rows)
    return Summary(
        sentences=(fields, counted(findings)),
        charts=tuple(chart_of(rows[start : start + ROWS_A_CHART], fields) for start in range(0, count, ROWS_A_CHART)),
        overviews=tuple(
            overview_of(register.activities[start : start + ROWS_A_CHART], findings)
            for start in range(0, count, ROWS_A_CHART)
        ),
        words=tuple(words),
        repeated=repeated,
    )


def _label(field: str) -> str:
    return _(CHARTED[field]).lower()
