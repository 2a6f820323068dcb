"""The points of a request, each of which gets an answer of its own."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from mktnorge.fields import SealedTextField
from rights.law import limits
from rights.models.requests import RequestedRight


class RequestPoint(models.Model):
    """One thing the person wants corrected, deleted, stopped or not used, in their own words."""

    requested_right = models.ForeignKey(
        RequestedRight, on_delete=models.CASCADE, related_name="points", verbose_name=_("rett")
    )
    number = models.PositiveSmallIntegerField(_("nummer"), help_text=_("Nummeret personen så. Begynner på 1."))
    text = SealedTextField(_("det personen skrev"), max_length=limits.POINT * limits.MASKED_GROWTH)

    class Meta:
        verbose_name = _("punkt")
        verbose_name_plural = _("punkter")
        constraints = [
            UniqueConstraint(
                fields=["requested_right", "number"],
                name="rights_point_numbered_once",
                violation_error_message=_("Det finnes allerede et punkt med dette nummeret."),
            ),
            CheckConstraint(
                condition=Q(number__gte=1),
                name="rights_point_counts_from_one",
                violation_error_message=_("Punktene nummereres fra 1."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)
