"""Which reminders have been sent, so that each is sent once."""

from django.conf import settings
from django.db import models
from django.db.models import UniqueConstraint
from django.utils.translation import gettext_lazy as _

from rights.models.requests import RightsRequest


class Reminder(models.Model):
    """That one person was reminded of one case. `staff_on` is the date it counted to: an extension begins anew."""

    request = models.ForeignKey(
        RightsRequest, on_delete=models.CASCADE, related_name="reminders", verbose_name=_("sak")
    )
    staff_on = models.DateField(_("fristen den gjaldt"))
    number = models.SmallIntegerField(_("dager før fristen"), help_text=_("Negativt når fristen var passert."))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("sendt til")
    )
    on = models.DateField(_("dag"))

    class Meta:
        verbose_name = _("påminnelse")
        verbose_name_plural = _("påminnelser")
        constraints = [
            # Serves the look-up of what has been sent, and makes a second one impossible.
            UniqueConstraint(fields=["request", "staff_on", "number", "person"], name="rights_reminder_once"),
        ]

    def __str__(self) -> str:
        return str(self.number)
