from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from processing.law.editions import Edition, ExportFormat
from processing.models.fields import TermField


class RegisterExport(models.Model):
    """The ledger of documents made of the register. The database refuses any change to a row.

    The document itself is not kept: `moment`, `law_on`, `exported_at` and the id make the same bytes again, and the
    two hashes tell whether they are the same.
    """

    document_id = models.CharField(_("dokument-id"), max_length=20, unique=True)
    format = TermField(ExportFormat, _("format"), required=True)
    edition = TermField(Edition, _("utgave"), required=True)
    as_of = models.DateField(_("registeret slik det var"))
    moment = models.DateTimeField(
        _("nøyaktig tidspunkt"),
        help_text=_("Slutten av dagen, eller da dokumentet ble laget, om dagen ikke var over."),
    )
    law_on = models.DateField(_("loven slik den var"))

    exported_at = models.DateTimeField(_("laget"))
    exported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("laget av"),
        help_text=_("Tomt: laget fra kommandolinjen."),
    )

    activity_count = models.PositiveIntegerField(_("aktiviteter"))
    finding_count = models.PositiveIntegerField(_("funn"))
    json_version = models.PositiveSmallIntegerField(
        _("versjon av JSON"), help_text=_("Innholdets SHA-256 er av registeret i denne versjonen.")
    )
    figures = models.JSONField(
        _("tall som står i dokumentet"),
        default=list,
        blank=True,
        help_text=_("De hører ikke til registeret, og kan ikke regnes ut igjen når sakene er slettet."),
    )
    content_sha256 = models.CharField(_("innholdets SHA-256"), max_length=64)
    file_sha256 = models.CharField(_("filens SHA-256"), max_length=64)

    class Meta:
        verbose_name = _("eksport")
        verbose_name_plural = _("eksporter")

    def __str__(self) -> str:
        return self.document_id
