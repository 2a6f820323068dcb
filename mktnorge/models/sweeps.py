"""When the work that comes round was last done."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SweepRun(models.Model):
    """The last run of one sweep, and what it did. The row is also the lock that lets one worker at a time run it."""

    name = models.CharField(_("oppgave"), max_length=40, unique=True)
    ran_at = models.DateTimeField(_("sist utført"), null=True, blank=True)
    due_at = models.DateTimeField(_("neste gang"))
    outcome = models.CharField(_("hva den gjorde"), max_length=300, blank=True)
    failures = models.PositiveIntegerField(_("feil på rad"), default=0)

    class Meta:
        verbose_name = _("oppgave som går av seg selv")
        verbose_name_plural = _("oppgaver som går av seg selv")

    def __str__(self) -> str:
        return self.name
