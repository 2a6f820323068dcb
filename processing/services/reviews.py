"""The yearly review: opened for each activity when its time has come, and concluded by a person with an outcome."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mktnorge.models import User
from processing.exports.review_report import ReportedChange, ReportedReview, ReviewReport
from processing.law.checks import check_register, is_judged
from processing.law.facts import ReviewOutcome
from processing.law.findings import Severity
from processing.law.records import ControllerRecord, Register
from processing.law.reviews import is_review_due, next_review_on, review_months
from processing.models import Activity, Review
from processing.models.governed import register_edit
from processing.register import OSLO, edits_of, end_of_day, last_edits, register_as_of, version_of
from processing.services.history import ShownEdit, shown_edits


class ReviewConcluded(Exception):
    """Somebody has concluded the review already."""

    def __init__(self) -> None:
        super().__init__(_("Noen har avsluttet denne gjennomgangen. Ingenting er lagret."))


class ChangedMeanwhile(Exception):
    """The activity was changed after the person opened the page, so that they have not seen what they sign for."""

    def __init__(self) -> None:
        super().__init__(_("Aktiviteten er endret etter at du åpnet siden. Se over det som står nå, og avslutt så."))


class NoteMissing(Exception):
    """A review that leaves errors standing, or finds that something is to be done, says why."""


class NothingChanged(Exception):
    """The review says that the activity was changed, and nothing was since the last one."""

    def __init__(self) -> None:
        super().__init__(_("Ingenting er endret siden sist. Rett aktiviteten først, eller velg at den er som før."))


@dataclass(frozen=True)
class OpenReview:
    """An open review on the list. `last_on` is when the activity was last reviewed; None where nobody has."""

    review: Review
    last_on: date | None
    has_changed: bool
    errors: int


def open_due_reviews(*, at: datetime, by: User | None) -> tuple[Review, ...]:
    """Open a review for each activity whose time has come, and return those opened, by number.

    The time is what the company's routine states, else twelve months after the last review or after the activity
    began. What is retired or has ended is not reviewed, and an activity with an open review gets no other: this may be
    run as often as one likes. `by` is None for a command.
    """
    on = at.astimezone(OSLO).date()
    with register_edit(at=at, by=by, reason=_("Åpnet fordi det er på tide.")):
        # Whoever else opens reviews waits here, and then finds these.
        rows = {row.number: row for row in Activity.objects.select_for_update().order_by("number")}
        register = register_as_of(at)
        months = review_months(register.controller)
        busy = set(Review.objects.filter(concluded_on=None).values_list("activity_id", flat=True))
        opened = []
        for record in register.activities:
            row = rows.get(record.number)
            if row is None or row.pk in busy or not is_judged(record, law_on=on):
                continue
            if is_review_due(record, months=months, on=on):
                review = Review(activity=row, opened_on=on, position=len(record.reviews))
                review.save()
                opened.append(review)
    return tuple(opened)


def conclude_review(
    *, review: Review, outcome: ReviewOutcome, note: str, by: User, at: datetime, seen: int | None = None
) -> Review:
    """Conclude an open review in the name of `by`, and return it.

    `seen` is the number of the activity's version that the person looked at (`version_of`), where they looked at one.
    The activity itself is not changed: one that is to be ended is ended on its own page.

    Raises ReviewConcluded, ChangedMeanwhile, NothingChanged or NoteMissing; then nothing is written.
    """
    with register_edit(at=at, by=by, reason=_("Gjennomgang avsluttet.")):
        # An edit of the activity and a review of it take turns.
        activity = Activity.objects.select_for_update().get(pk=review.activity_id)
        current = Review.objects.get(pk=review.pk)
        if current.concluded_on is not None:
            raise ReviewConcluded
        if seen is not None and seen != version_of(activity).number:
            raise ChangedMeanwhile
        if outcome is ReviewOutcome.CHANGED and not changes_since_last(current):
            raise NothingChanged
        if not note.strip():
            _check_needs_no_note(activity, outcome, at)
        current.concluded_on = at.astimezone(OSLO).date()
        current.outcome = outcome.value
        current.reviewer = by.name
        current.note = note.strip()
        current.save()
    return current


def _check_needs_no_note(activity: Activity, outcome: ReviewOutcome, at: datetime) -> None:
    if outcome is ReviewOutcome.TO_BE_ENDED:
        raise NoteMissing(_("Skriv hvorfor aktiviteten skal avsluttes, og når."))
    if outcome is ReviewOutcome.CHANGED:
        raise NoteMissing(_("Skriv kort hva som er endret."))
    errors = errors_of(activity.number, register_as_of(at), on=at.astimezone(OSLO).date())
    if errors:
        raise NoteMissing(
            ngettext(
                "Reglene har {count} feil her. Rett den først, eller skriv hva dere gjør med den.",
                "Reglene har {count} feil her. Rett dem først, eller skriv hva dere gjør med dem.",
                errors,
            ).format(count=errors)
        )


def errors_of(number: str, register: Register, *, on: date) -> int:
    """Return how many errors the rules find in an activity."""
    findings = check_register(register, law_on=on)
    return sum(finding.subject == number and finding.severity is Severity.ERROR for finding in findings)


def changes_since_last(review: Review) -> list[ShownEdit]:
    """Return the edits of the activity that the review is of since the review before it, the newest first.

    Where there is none before it, since the activity was entered. Up to when it was concluded, where it is.
    """
    after = _last_moment(review)
    edits = shown_edits(review.activity, after=after, until=_moment_of(review) if review.concluded_on else None)
    return edits if after else edits[:-1]


def _last_moment(review: Review) -> datetime | None:
    before = (
        Review.objects.filter(activity_id=review.activity_id, concluded_on__isnull=False, position__lt=review.position)
        .order_by("-position", "-pk")
        .first()
    )
    return _moment_of(before) if before else None


def _moment_of(review: Review) -> datetime:
    """The moment a review was concluded. One that came in by import was, at the latest, at the end of its day."""
    written = edits_of(review)[0].at
    return min(written, end_of_day(review.concluded_on)) if review.concluded_on else written


def open_reviews(*, register: Register, on: date) -> tuple[OpenReview, ...]:
    """Return the open reviews, by activity. `register` is the register on `on`. Four queries, whatever their number."""
    records = {record.number: record for record in register.activities}
    errors: dict[str, int] = {}
    for finding in check_register(register, law_on=on):
        errors[finding.subject] = errors.get(finding.subject, 0) + (finding.severity is Severity.ERROR)
    edited, reviewed = last_edits(Activity), last_edits(Review)
    concluded = Review.objects.exclude(concluded_on=None).values("activity_id").annotate(last=Max("pk")).order_by()
    last_of = {row["activity_id"]: row["last"] for row in concluded}
    found = []
    for review in Review.objects.filter(concluded_on=None).select_related("activity"):
        number, key = review.activity.number, review.activity_id
        before = reviewed.get(last_of[key]) if key in last_of else None
        last = edited.get(key)
        record = records.get(number)
        found.append(
            OpenReview(
                review=review,
                last_on=record.last_reviewed_on if record else None,
                has_changed=bool(before and last and last > before),
                errors=errors.get(number, 0),
            )
        )
    return tuple(sorted(found, key=lambda one: (len(one.review.activity.number), one.review.activity.number)))


def review_report(*, first: date, last: date, at: datetime) -> ReviewReport:
    """Return what was reviewed from `first` to `last`, Oslo dates, both included, and what is still open at `at`.

    What changed is read activity by activity: a report is made now and then, of a handful of reviews.
    """
    register = register_as_of(at)
    company = register.controller or ControllerRecord()
    months = review_months(company)
    on = at.astimezone(OSLO).date()
    rows = Review.objects.select_related("activity").filter(concluded_on__range=(first, last))
    reviewed = sorted(rows, key=lambda row: (len(row.activity.number), row.activity.number, row.position))
    waiting = Review.objects.select_related("activity").filter(concluded_on=None)
    return ReviewReport(
        company=company.legal_name or company.trading_name,
        first=first,
        last=last,
        printed_at=at,
        reviews=tuple(
            ReportedReview(
                activity=str(row.activity),
                opened_on=row.opened_on,
                concluded_on=row.concluded_on or row.opened_on,
                outcome=ReviewOutcome(row.outcome),
                reviewer=row.reviewer,
                note=row.note,
                changes=_reported(changes_since_last(row)),
            )
            for row in reviewed
        ),
        open=tuple(
            (str(row.activity), row.opened_on)
            for row in sorted(waiting, key=lambda row: (len(row.activity.number), row.activity.number))
        ),
        never=tuple(
            f"{record.number} {record.name}"
            for record in register.activities
            if is_judged(record, law_on=on) and record.last_reviewed_on is None
        ),
        next_on=min(
            (
                due
                for record in register.activities
                if is_judged(record, law_on=on) and (due := next_review_on(record, months=months)) and due > on
            ),
            default=None,
        ),
    )


def _reported(edits: Iterable[ShownEdit]) -> tuple[ReportedChange, ...]:
    return tuple(
        ReportedChange(
            at=edit.at,
            by=edit.by,
            reason=edit.reason,
            fields=tuple(
                (f"{change.kind}: {field.label}" if change.kind else field.label, field.before, field.after)
                for change in edit.changes
                for field in change.fields
            ),
        )
        for edit in edits
    )
