"""Complaints about our answers. Where the last one stands is kept on the case itself, for lists and rules."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q
from django.utils.translation import gettext_lazy as _

from mktnorge.fields import SealedTextField
from rights.law import limits
from rights.law.complaints import Complainant, ComplaintResult
from rights.law.outcomes import ComplaintBody
from rights.models.requests import RightsRequest


class Complaint(models.Model):
    """One complaint, from the day it came to the day it was settled. While it lives, nothing of the case is erased."""

    request = models.ForeignKey(
        RightsRequest, on_delete=models.CASCADE, related_name="complaints", verbose_name=_("sak")
    )
    received_on = models.DateField(_("kom"))
    complainant = models.CharField(_("hvem som klager"), max_length=20, choices=Complainant.choices())
    body = models.CharField(_("til"), max_length=30, choices=ComplaintBody.choices())
    text = SealedTextField(_("det klagen sier"), max_length=limits.REASON, blank=True)
    reason = SealedTextField(_("vår vurdering"), max_length=limits.REASON, blank=True)
    reconsidered_on = models.DateField(_("vurdert på nytt"), null=True, blank=True)
    forwarded_on = models.DateField(_("sendt videre"), null=True, blank=True)
    result = models.CharField(_("slik gikk det"), max_length=20, choices=ComplaintResult.choices(), blank=True)
    settled_on = models.DateField(_("ferdig behandlet"), null=True, blank=True)
    at = models.DateTimeField(_("skrevet inn"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("av"))

    class Meta:
        verbose_name = _("klage")
        verbose_name_plural = _("klager")
        ordering = ["pk"]
        constraints = [
            CheckConstraint(
                condition=Q(settled_on__isnull=True, result="") | Q(settled_on__isnull=False) & ~Q(result=""),
                name="rights_complaint_settled_how",
                violation_error_message=_("Skriv både når klagen ble avgjort, og hvordan det gikk."),
            ),
            CheckConstraint(
                condition=Q(forwarded_on__isnull=True)
                | Q(reconsidered_on__isnull=False, forwarded_on__gte=F("reconsidered_on")),
                name="rights_complaint_reconsidered_first",
                violation_error_message=_("En klage blir vurdert på nytt før den sendes videre."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_body_display()

    @property
    def to(self) -> ComplaintBody:
        return ComplaintBody(self.body)
