"""What has been done of a case's checklist by hand."""

from django.conf import settings
from django.db import models
from django.db.models import UniqueConstraint
from django.utils.translation import gettext_lazy as _

from rights.models.requests import RequestedRight


class ChecklistTick(models.Model):
    """That one step for one right is done. What the program can see for itself has no row."""

    requested_right = models.ForeignKey(
        RequestedRight, on_delete=models.CASCADE, related_name="ticks", verbose_name=_("rett det er bedt om")
    )
    # A step of `rights.law.checklists`, or a recipient that was told (art. 19).
    step = models.SlugField(_("steg"), max_length=120, db_index=False)
    at = models.DateTimeField(_("krysset av"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("av"))

    class Meta:
        verbose_name = _("kryss i sjekklisten")
        verbose_name_plural = _("kryss i sjekklisten")
        constraints = [UniqueConstraint(fields=["requested_right", "step"], name="rights_tick_once")]

    def __str__(self) -> str:
        return self.step
