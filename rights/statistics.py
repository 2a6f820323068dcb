"""The cases as figures: what the desk's page shows, and what goes out with the auditor's edition of the register."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _

from mktnorge.figures import FigureRow, FigureTable
from processing.law.rights import Right
from rights.law.figures import LEAST, AnsweredRight, figures
from rights.law.figures import FigureRow as CountedRight
from rights.law.outcomes import Outcome
from rights.models import RequestedRight
from rights.workflow import Ending


def asked_rights() -> Iterator[AnsweredRight]:
    """Return every right asked for. What was no request, or the same as another, is counted nowhere. One query."""
    rows = RequestedRight.objects.exclude(request__ending__in=[Ending.NOT_A_REQUEST, Ending.DUPLICATE])
    rows = rows.annotate(
        told_on=Max("decisions__letter__delivered_on"),
        decided=Count("decisions"),
        refusals=Count("decisions", filter=Q(decisions__outcome=Outcome.REFUSED.value)),
    )
    columns = ("right", "received_on", "statutory_on", "request__ending", "request__ended_on",
               "request__extension", "told_on", "decided", "refusals")  # fmt: skip
    for right, received_on, due_on, ending, ended_on, extension, told_on, decided, refusals in rows.values_list(
        *columns
    ):
        yield AnsweredRight(
            right=Right(right),
            received_on=received_on,
            due_on=due_on,
            # A part that was answered earlier stopped the clock of its own right, and of no other.
            answered_on=(told_on or ended_on) if ending == Ending.ANSWERED else None,
            extended=extension is not None,
            refused=0 < decided == refusals,
        )


def case_figures(at: datetime) -> FigureTable | None:
    """Return the figures as they are now, in words; None before anybody has asked for anything.

    They are of the day the document is made: a case that is erased is counted no more, so no earlier day can be shown.
    """
    rows = figures(asked_rights())
    if not rows:
        return None
    return FigureTable(
        title=_("Krav fra personer, i tall"),
        lead=_(
            "Tallene er fra den dagen dokumentet ble laget, etter kvartalet kravet kom i. Tall under %(least)d vises "
            "ikke, for de kan peke på noen. Det samme gjelder et tall som ville røpe et slikt. «I tide» er innen "
            "lovens siste dag, og dager er medianen fra kravet kom til svaret var levert."
        )
        % {"least": LEAST},
        rows=tuple(_in_words(row) for row in rows),
    )


def _in_words(row: CountedRight) -> FigureRow:
    counts = (
        (_("Kommet"), row.received),
        (_("Besvart"), row.answered),
        (_("I tide"), row.in_time),
        (_("Dager"), row.median_days),
        (_("Forlenget"), row.extended),
        (_("Avslått"), row.refused),
    )
    return FigureRow(
        group=_("%(quarter)d. kvartal %(year)d") % {"quarter": row.quarter, "year": row.year},
        label=_(row.right.label),
        figures=tuple((label, _("vises ikke") if count is None else str(count)) for label, count in counts),
    )
