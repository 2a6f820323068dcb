from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from processing.law.due import DueAction, RetentionOutcome
from processing.models.fields import TermField


class Confirmation(models.Model):
    """What a person did with holdings that a retention rule had come to. The database refuses any change to a row.

    It names the activity and the rule by what they were called, since both may change, and nobody whose data it was.
    """

    activity_number = models.CharField(_("aktivitet"), max_length=5)
    covers = models.CharField(_("gjelder"), max_length=200, blank=True)
    action = TermField(DueAction, _("hva"), required=True)
    period = models.CharField(
        _("hvilken gang"), max_length=10, blank=True, help_text=_("Regnskapsåret, eller dagen det sist ble gjort.")
    )
    due_on = models.DateField(_("på listen fra"), null=True)
    what = models.CharField(_("det det gjaldt"), max_length=400)

    outcome = TermField(RetentionOutcome, _("utfall"), required=True)
    note = models.TextField(_("merknad"), max_length=1000, blank=True)
    confirmed_at = models.DateTimeField(_("bekreftet"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("bekreftet av")
    )
    confirmer_name = models.CharField(_("bekreftet av, navn"), max_length=150)

    class Meta:
        verbose_name = _("bekreftelse")
        verbose_name_plural = _("bekreftelser")
        constraints = [
            UniqueConstraint(
                fields=["activity_number", "covers", "action", "period"],
                name="processing_confirmation_is_one_a_time",
                violation_error_message=_("Dette er bekreftet fra før."),
            ),
            CheckConstraint(
                condition=~Q(outcome=RetentionOutcome.KEPT.value) | ~Q(note=""),
                name="processing_confirmation_kept_for_a_reason",
                violation_error_message=_("Skriv hvorfor det er beholdt."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_number}: {self.what}"
