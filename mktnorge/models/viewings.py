"""The log of what an auditor has looked at."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Viewing(models.Model):
    """That somebody who only looks asked for a page or took a file, and when. Frozen, and in the chain of evidence.

    `address` is the path with what was asked of it. Nothing personal is in an address.
    """

    at = models.DateTimeField(_("når"), db_index=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("hvem"), editable=False
    )
    address = models.CharField(_("side"), max_length=500, editable=False)
    file = models.CharField(_("fil som ble hentet"), max_length=100, blank=True, editable=False)
    status = models.PositiveSmallIntegerField(_("svar"), editable=False)

    class Meta:
        verbose_name = _("visning")
        verbose_name_plural = _("hva revisoren har sett")

    def __str__(self) -> str:
        return self.address
