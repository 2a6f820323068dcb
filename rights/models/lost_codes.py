"""What is left of a lost follow-up code: a one-time code by mail, for ten minutes."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import UniqueConstraint
from django.utils.translation import gettext_lazy as _

from rights.models.requests import RightsRequest


class LostCodeQuerySet(models.QuerySet["LostCode"]):
    def live(self, at: datetime) -> Self:
        return self.filter(expires_at__gt=at)

    def expired(self, at: datetime) -> Self:
        return self.filter(expires_at__lte=at)


class LostCode(models.Model):
    """That somebody asked for a one-time code. Made whether or not what they typed fits, so that nobody can tell.

    The worker looks it up, and fills in `request` and `code_hash` where it fits. Only the browser that asked has the
    token: nobody else can use the code, or use up its tries.
    """

    token_hash = models.CharField(_("øktens avtrykk"), max_length=64, editable=False)
    case_number = models.CharField(_("saksnummeret som ble skrevet"), max_length=12, editable=False)
    email_hash = models.CharField(_("adressens avtrykk"), max_length=64, editable=False)
    looked_up = models.BooleanField(_("slått opp"), default=False, editable=False)
    request = models.ForeignKey(
        RightsRequest, on_delete=models.CASCADE, null=True, editable=False, related_name="+", verbose_name=_("sak")
    )
    code_hash = models.CharField(_("engangskodens avtrykk"), max_length=64, blank=True, editable=False)
    tries_left = models.PositiveSmallIntegerField(_("forsøk igjen"), editable=False)
    expires_at = models.DateTimeField(_("slettes"), editable=False)

    objects = LostCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("mistet kode")
        verbose_name_plural = _("mistede koder")
        constraints = [
            # Serves the look-up by session.
            UniqueConstraint(fields=["token_hash"], name="rights_lost_code_token_unique"),
        ]
        indexes = [
            # Serves the worker: what is not looked up, and what is expired.
            models.Index(fields=["looked_up", "expires_at"], name="rights_lost_code_waiting"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
