"""Documents that take time: asked for on a page, made by the worker one at a time, kept until their day has come."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mktnorge.apart import Limits, StoppedApart, TookTooLong, TooMuchMemory, run_apart
from mktnorge.clock import database_now
from mktnorge.gates import hold_writers
from mktnorge.models import User
from processing.law.editions import Edition, ExportFormat
from processing.models import Activity, ExportFile, ExportJob, ExportState, RegisterExport
from processing.register import OSLO
from processing.services.export_files import Drawing
from processing.services.exports import AsOfInFuture, RegisterChanged, export_register

log = logging.getLogger(__name__)

SMALL = {
    ExportFormat.PDF: 25,
    ExportFormat.XLSX: 300,
    ExportFormat.CSV: 300,
    ExportFormat.JSON: 1_000,
    ExportFormat.JSONLD: 300,
}
"""Up to so many activities a document is made while the person waits: a few seconds."""

DRAW = "processing.services.export_files:draw"
LIMITS = Limits(seconds=15 * 60, megabytes=2_048)

KEPT_DAYS = 30
"""So long a file can be fetched. The ledger keeps its hash, and the document can be made anew."""

MOST_ATTEMPTS = 2
"""A worker that was stopped has its work done over, but not for ever: the work may be what stopped it."""

LOST_AFTER = timedelta(minutes=1)
"""The worker tells every few seconds that it is still at it. When it has been quiet so long, it is gone."""

_SEEN_EVERY_SECONDS = 5
_GATE = 30_2


@dataclass(frozen=True)
class Progress:
    """How far a job has come. `ahead` are those that come before it, `seconds` how long it has been worked on."""

    job: ExportJob
    ahead: int
    seconds: int


def takes_time(*, format: ExportFormat) -> bool:
    """Tell whether a document of the register as it is now is left to the worker. One query."""
    return Activity.objects.count() > SMALL[format]


@transaction.atomic
def ask_for_export(
    *,
    format: ExportFormat,
    as_of: date,
    law_on: date | None = None,
    edition: Edition = Edition.INTERNAL,
    by: User,
    at: datetime,
) -> ExportJob:
    """Have the worker make a document, and return what was asked for. Dates are as in `export_register`.

    Whoever asks again for what they wait for already, gets that. Raises AsOfInFuture.
    """
    if as_of > at.astimezone(OSLO).date():
        raise AsOfInFuture(_("Datoen er ikke kommet ennå. Velg i dag eller en dag som har vært."))
    hold_writers(_GATE)
    asked = {"format": format, "edition": edition, "as_of": as_of, "law_on": law_on or as_of, "asked_by": by}
    waiting = ExportJob.objects.filter(state__in=[ExportState.WAITING, ExportState.MAKING], **asked).first()
    return waiting or ExportJob.objects.create(**asked, asked_at=at)


def progress_of(job: ExportJob, *, at: datetime) -> Progress:
    """Return how far `job` has come at `at`. One query."""
    before = ExportJob.objects.filter(state__in=[ExportState.WAITING, ExportState.MAKING], pk__lt=job.pk)
    seconds = (at - job.begun_at).total_seconds() if job.begun_at and job.state == ExportState.MAKING else 0
    return Progress(job, before.count() if job.state == ExportState.WAITING else 0, max(0, int(seconds)))


def make_next_export(at: datetime) -> str:
    """Make the document that has waited longest, and return a sentence for the log; empty when there is none.

    One at a time, however many workers there are. A failure is written to the job, and nothing of it is kept.
    """
    job = _claimed(at)
    if job is None:
        return ""
    try:
        export = export_register(
            format=ExportFormat(job.format),
            as_of=job.as_of,
            law_on=job.law_on,
            edition=Edition(job.edition),
            by=job.asked_by,
            at=at,
            drawn_by=_apart(job),
            kept_by=_finish(job, at),
        )
    except (StoppedApart, RegisterChanged) as failure:
        _fail(job, _sentence(failure))
        return _("Dokumentet ble ikke laget: {why}").format(why=_sentence(failure))
    except Exception as failure:
        # The trace is for the log: an error may quote what was read.
        log.exception("An export failed")
        _fail(job, _sentence(failure))
        return _("Dokumentet ble ikke laget. Se i loggen.")
    return _("Dokument {document} er laget.").format(document=export.document.document_id)


def remove_old_files(at: datetime) -> str:
    """The sweep: let go of files whose day has passed. The ledger still tells their hash."""
    removed, _each = ExportFile.objects.filter(kept_until__lt=at.astimezone(OSLO).date()).delete()
    if not removed:
        return ""
    return ngettext("%(count)d fil er tatt bort.", "%(count)d filer er tatt bort.", removed) % {"count": removed}


@transaction.atomic
def _claimed(at: datetime) -> ExportJob | None:
    """Take the oldest that waits, when nobody is at work. What a lost worker left is put back, or given up."""
    hold_writers(_GATE)
    for lost in ExportJob.objects.filter(state=ExportState.MAKING):
        if lost.seen_at and lost.seen_at > at - LOST_AFTER:
            return None
        if lost.attempts >= MOST_ATTEMPTS:
            _fail(lost, _("Lagingen stoppet to ganger. Prøv et annet format, eller spør den som drifter løsningen."))
        else:
            ExportJob.objects.filter(pk=lost.pk).update(state=ExportState.WAITING)
    job = (
        ExportJob.objects.filter(state=ExportState.WAITING)
        .select_related("asked_by")
        .order_by("asked_at", "pk")
        .first()
    )
    if job:
        job.state, job.begun_at, job.seen_at = ExportState.MAKING, at, at
        job.attempts += 1
        job.save(update_fields=["state", "begun_at", "seen_at", "attempts"])
    return job


def _apart(job: ExportJob) -> Callable[[Drawing], bytes]:
    def draw(drawing: Drawing) -> bytes:
        told = 0.0

        def tell(seconds: float) -> None:
            nonlocal told
            if seconds - told >= _SEEN_EVERY_SECONDS:
                told = seconds
                ExportJob.objects.filter(pk=job.pk).update(seen_at=database_now())

        return run_apart(DRAW, drawing, limits=LIMITS, meanwhile=tell)

    return draw


def _finish(job: ExportJob, at: datetime) -> Callable[[RegisterExport, bytes], None]:
    """Keep the file, and end the job, in the transaction that issues the document."""

    def keep(document: RegisterExport, content: bytes) -> None:
        until = at.astimezone(OSLO).date() + timedelta(days=KEPT_DAYS)
        ExportFile.objects.create(document=document, content=content, kept_until=until)
        job.state, job.document = ExportState.DONE, document
        job.save(update_fields=["state", "document"])

    return keep


def _fail(job: ExportJob, problem: str) -> None:
    job.state, job.problem = ExportState.FAILED, problem
    job.save(update_fields=["state", "problem"])


def _sentence(failure: Exception) -> str:
    if isinstance(failure, TookTooLong):
        minutes = LIMITS.seconds // 60
        return _("Det tok mer enn {minutes} minutter. Prøv XLSX eller CSV, som går fortere.").format(minutes=minutes)
    if isinstance(failure, TooMuchMemory):
        return _("Dokumentet trengte mer minne enn det kan få. Prøv XLSX eller CSV, som trenger mindre.")
    if isinstance(failure, RegisterChanged):
        return str(failure)
    return _("Noe gikk galt da dokumentet ble laget. Prøv en gang til, eller spør den som drifter løsningen.")
