"""Whom the company has named to be told when a text may be about acute danger (R-ID-10)."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class DangerContactQuerySet(models.QuerySet["DangerContact"]):
    def at_work(self) -> Self:
        """Those who can sign in: whoever has left is told nothing."""
        return self.filter(person__is_active=True).select_related("person").order_by("pk")


class DangerContact(models.Model):
    """One member of staff who gets a mail at once. None is named from the start, and no response time is promised."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("person"),
        help_text=_("Får e-post med saksnummeret når en tekst kan handle om akutt fare. Velg en som leser den ofte."),
    )

    objects = DangerContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("kontakt ved akutt fare")
        verbose_name_plural = _("kontakter ved akutt fare")

    def __str__(self) -> str:
        return str(self.person)
