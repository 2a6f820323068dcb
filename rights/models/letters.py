"""The letters of a case. What they say is sealed; the paper is made from it when somebody asks."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

from mktnorge.fields import SealedTextField
from rights.letters.body import Delivery, LetterKind
from rights.models.requests import RightsRequest


class Letter(models.Model):
    """One letter as it was made. It is not rewritten: a new one takes its place until one is delivered."""

    request = models.ForeignKey(RightsRequest, on_delete=models.CASCADE, related_name="letters", verbose_name=_("sak"))
    kind = models.CharField(_("slag"), max_length=20, choices=LetterKind.choices())
    body = SealedTextField(_("brevet"), max_length=200_000)
    made_at = models.DateTimeField(_("laget"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("laget av")
    )
    delivered_on = models.DateField(_("levert"), null=True, blank=True)
    delivery = models.CharField(_("levert hvordan"), max_length=20, choices=Delivery.choices(), blank=True)

    class Meta:
        verbose_name = _("brev")
        verbose_name_plural = _("brev")
        ordering = ["made_at", "pk"]
        constraints = [
            CheckConstraint(
                condition=Q(delivered_on__isnull=True, delivery="") | Q(delivered_on__isnull=False) & ~Q(delivery=""),
                name="rights_letter_delivered_how",
                violation_error_message=_("Si både når og hvordan brevet ble levert."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
