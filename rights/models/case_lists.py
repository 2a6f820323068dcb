"""The ledger of lists of cases that have been handed out."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseListExport(models.Model):
    """A «saksliste for tilsyn» that was handed out: when, to whom, of which days, and the hash of the file. Frozen.

    The list itself is not kept: the cases in it are erased in their time, and it would outlive them.
    """

    document_id = models.CharField(_("dokument-id"), max_length=20, unique=True, editable=False)
    format = models.CharField(_("format"), max_length=8, editable=False)
    received_from = models.DateField(_("krav mottatt fra"), editable=False)
    received_to = models.DateField(_("krav mottatt til"), editable=False)
    exported_at = models.DateTimeField(_("laget"), editable=False)
    exported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("laget av"), editable=False
    )
    row_count = models.PositiveIntegerField(_("rader"), editable=False)
    file_sha256 = models.CharField(_("filens SHA-256"), max_length=64, editable=False)

    class Meta:
        verbose_name = _("saksliste")
        verbose_name_plural = _("sakslister for tilsyn")

    def __str__(self) -> str:
        return self.document_id
