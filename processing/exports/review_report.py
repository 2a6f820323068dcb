"""The report of the yearly reviews: what was looked at, by whom, what it came to, and what had changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mktnorge.pdf import render_pdf
from processing.exports.register_document.parts import Entry, Row
from processing.exports.register_document.rows import entry_of, row_of
from processing.exports.register_document.wording import day_words, joined, moment_words, printable
from processing.law.facts import ReviewOutcome

LANGUAGE = "nb"


@dataclass(frozen=True, kw_only=True)
class ReportedChange:
    """One edit: when, by whom, why, and each field with what it said before and after."""

    at: datetime
    by: str
    reason: str
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, kw_only=True)
class ReportedReview:
    """A concluded review. `changes` are the edits since the one before it, the newest first."""

    activity: str
    opened_on: date
    concluded_on: date
    outcome: ReviewOutcome
    reviewer: str
    note: str
    changes: tuple[ReportedChange, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReviewReport:
    """What was reviewed from `first` to `last`, Oslo dates, both included.

    `open` are the activities whose review is open, with the day it was opened, and `never` those that nobody has
    reviewed. `next_on` is when the next review is due.
    """

    company: str
    first: date
    last: date
    printed_at: datetime
    reviews: tuple[ReportedReview, ...] = ()
    open: tuple[tuple[str, date], ...] = ()
    never: tuple[str, ...] = ()
    next_on: date | None = None


@dataclass(frozen=True)
class Section:
    """A heading with rows under it."""

    anchor: str
    title: str
    rows: tuple[Row, ...]


def review_report_pdf(report: ReviewReport) -> bytes:
    """Return the report as PDF/UA-1. The same report gives the same bytes. Raises what `render_pdf` raises."""
    with translation.override(LANGUAGE):
        title = _("Rapport fra gjennomgangen")
        period = _("{first} til {last}").format(first=day_words(report.first), last=day_words(report.last))
        context = {
            "identity": f"{title} · {period}",
            "lead": [line for line in (printable(report.company), period) if line],
            "cover": _cover(report),
            "left": _left(report),
            "sections": [_section(place, review) for place, review in enumerate(report.reviews, 1)],
        }
        full_title = f"{title} {period}"
    return render_pdf(
        "pdf/reviews.html",
        context,
        title=full_title,
        language=LANGUAGE,
        identifier=f"reviews {report.first} {report.last} {report.printed_at.isoformat()}",
        created=report.printed_at,
    )


def _cover(report: ReviewReport) -> tuple[Row, ...]:
    return (
        row_of("content", _("Gått gjennom"), [entry_of(_counted(report.reviews))]),
        *(
            [
                row_of(
                    "reviewers",
                    _("Av"),
                    [entry_of(joined(list(dict.fromkeys(row.reviewer for row in report.reviews))))],
                )
            ]
            if report.reviews
            else []
        ),
        row_of("waiting", _("Venter"), [entry_of(_waiting(report))]),
        *([row_of("next", _("Neste gang"), [entry_of(day_words(report.next_on))])] if report.next_on else []),
        row_of("law", _("Lov"), [entry_of(_("Personvernforordningen art. 5 nr. 2 og art. 24 nr. 1"))]),
        row_of("printed", _("Laget"), [entry_of(moment_words(report.printed_at))]),
    )


def _counted(reviews: Sequence[ReportedReview]) -> str:
    if not reviews:
        return _("Ingen aktiviteter ble gått gjennom i denne tiden.")
    outcomes = [
        f"{count} {_(outcome.label).lower()}"
        for outcome in ReviewOutcome
        if (count := sum(row.outcome is outcome for row in reviews))
    ]
    return ngettext("{count} gjennomgang: {outcomes}.", "{count} gjennomganger: {outcomes}.", len(reviews)).format(
        count=len(reviews), outcomes=joined(outcomes)
    )


def _waiting(report: ReviewReport) -> str:
    if not report.open and not report.never:
        return _("Ingen gjennomganger er åpne. Alle er gått gjennom minst én gang.")
    waiting = ngettext("{count} gjennomgang er åpen.", "{count} gjennomganger er åpne.", len(report.open))
    never = ngettext(
        "{count} aktivitet er aldri gått gjennom.", "{count} aktiviteter er aldri gått gjennom.", len(report.never)
    )
    return " ".join([waiting.format(count=len(report.open)), never.format(count=len(report.never))])


def _left(report: ReviewReport) -> tuple[Row, ...]:
    """The activities that wait, and those that nobody has looked at."""
    rows = []
    if report.open:
        entries = [entry_of(name, _("Åpnet {day}").format(day=day_words(day))) for name, day in report.open]
        rows.append(row_of("open", _("Åpne gjennomganger"), entries))
    if report.never:
        rows.append(row_of("never", _("Aldri gått gjennom"), [entry_of(name) for name in report.never]))
    return tuple(rows)


def _section(place: int, review: ReportedReview) -> Section:
    return Section(
        anchor=f"gjennomgang-{place}",
        title=printable(review.activity),
        rows=(
            row_of("outcome", _("Utfall"), [entry_of(_(review.outcome.plain))]),
            row_of(
                "concluded",
                _("Gått gjennom"),
                [entry_of(f"{day_words(review.concluded_on)}, {review.reviewer}", _opened(review))],
            ),
            row_of("note", _("Merknad"), [entry_of(review.note or _("Ingen merknad."))]),
            row_of(
                "changes",
                _("Endret siden sist"),
                [_change(change) for change in review.changes] or [entry_of(_("Ingenting er endret siden sist."))],
            ),
        ),
    )


def _opened(review: ReportedReview) -> str:
    return _("Åpnet {day}").format(day=day_words(review.opened_on))


def _change(change: ReportedChange) -> Entry:
    said = f"{moment_words(change.at)}, {change.by}"
    fields = [
        _("{field}: fra «{before}» til «{after}»").format(field=field, before=before, after=after)
        if before and after
        else f"{field}: {after or _('fjernet: ') + before}"
        for field, before, after in change.fields
    ]
    return entry_of(f"{said}: «{change.reason}»" if change.reason else said, *fields)
