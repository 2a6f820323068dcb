"""What somebody is filling in, for an hour."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Count, Subquery, UniqueConstraint
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from mktnorge.fields import SealedTextField
from rights.law.terms import Channel
from rights.models.requests import RightsRequest


class DraftQuerySet(models.QuerySet["Draft"]):
    def expired(self, at: datetime) -> Self:
        """Drafts whose hour was over at `at`. What is expired may not be shown, and is deleted at the next chance."""
        return self.filter(expires_at__lte=at)

    def with_cases_of(self, day: date) -> Self:
        """Drafts with `cases_today`: how many cases the form opened on `day`. In the same query as the draft itself."""
        opened = RightsRequest.objects.filter(channel=Channel.WEB, received_on=day).order_by()
        counted = opened.values("channel").annotate(count=Count("pk")).values("count")
        return self.annotate(cases_today=Coalesce(Subquery(counted), 0))


class Draft(models.Model):
    """One visit to the form. Until it is sent it holds the answers; then it holds the receipt, and no answer.

    Found by the token in the visitor's cookie, of which only a keyed hash is here. The follow-up code is made with the
    draft, so that a form that is sent twice shows the same code both times; it is kept sealed, and goes with the row.
    """

    token_hash = models.CharField(_("informasjonskapselens avtrykk"), max_length=64, editable=False)
    answers = SealedTextField(_("svar"), blank=True, editable=False)
    code = SealedTextField(_("følgekode"), editable=False)
    request = models.OneToOneField(
        RightsRequest, on_delete=models.CASCADE, null=True, editable=False, related_name="+", verbose_name=_("sak")
    )
    expires_at = models.DateTimeField(_("slettes"), editable=False)

    cases_today: int
    """Only on drafts of `with_cases_of`."""

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("utkast")
        verbose_name_plural = _("utkast")
        constraints = [
            # Serves the look-up by cookie.
            UniqueConstraint(fields=["token_hash"], name="rights_draft_token_unique"),
        ]
        indexes = [
            # Serves the deletion of what is expired.
            models.Index(fields=["expires_at"], name="rights_draft_expiry"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
