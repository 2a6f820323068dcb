"""Documents that take time: asked for by somebody, made by the worker, and kept for a while."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

from processing.law.editions import Edition, ExportFormat
from processing.models.exports import RegisterExport
from processing.models.fields import TermField


class ExportState(models.TextChoices):
    WAITING = "waiting", _("venter")
    MAKING = "making", _("blir laget")
    DONE = "done", _("ferdig")
    FAILED = "failed", _("ble ikke laget")


class ExportJob(models.Model):
    """What was asked for, and how far it has come. `seen_at` is the last time the worker was seen making it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    format = TermField(ExportFormat, _("format"), required=True)
    edition = TermField(Edition, _("utgave"), required=True)
    as_of = models.DateField(_("registeret slik det var"))
    law_on = models.DateField(_("loven slik den var"))
    asked_at = models.DateTimeField(_("bedt om"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("bedt om av")
    )
    state = models.CharField(_("status"), max_length=10, choices=ExportState, default=ExportState.WAITING)
    begun_at = models.DateTimeField(_("begynt"), null=True)
    seen_at = models.DateTimeField(_("sist sett"), null=True)
    attempts = models.PositiveSmallIntegerField(_("forsøk"), default=0)
    problem = models.CharField(_("hva som gikk galt"), max_length=300, blank=True)
    document = models.OneToOneField(
        RegisterExport, models.PROTECT, null=True, related_name="job", verbose_name=_("dokument")
    )

    class Meta:
        verbose_name = _("bestilt dokument")
        verbose_name_plural = _("bestilte dokumenter")
        constraints = [
            CheckConstraint(
                condition=Q(state=ExportState.DONE, document__isnull=False)
                | (~Q(state=ExportState.DONE) & Q(document__isnull=True)),
                name="processing_exportjob_done_with_document",
                violation_error_message=_("Et bestilt dokument er ferdig når det er ført, og ikke før."),
            ),
            CheckConstraint(
                condition=Q(state=ExportState.FAILED) ^ Q(problem=""),
                name="processing_exportjob_failed_says_why",
                violation_error_message=_("Skriv hvorfor dokumentet ikke ble laget."),
            ),
        ]
        indexes = [
            # Serves the worker, who asks for the oldest that waits.
            models.Index(fields=["state", "asked_at"], name="processing_exportjob_queue"),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def is_under_way(self) -> bool:
        return self.state in {ExportState.WAITING, ExportState.MAKING}


class ExportFile(models.Model):
    """The file of a document, kept to be fetched until its day has come. Its hash is in the ledger, and stays."""

    document = models.OneToOneField(RegisterExport, models.PROTECT, related_name="file", verbose_name=_("dokument"))
    content = models.BinaryField(_("fil"))
    kept_until = models.DateField(_("blir tatt vare på til og med"), db_index=True)

    class Meta:
        verbose_name = _("fil av eksport")
        verbose_name_plural = _("filer av eksporter")

    def __str__(self) -> str:
        return f"{self.document_id}"
