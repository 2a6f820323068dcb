from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from processing.notices.body import NoticeBody, from_payload


class NoticeVersionQuerySet(models.QuerySet["NoticeVersion"]):
    def latest_first(self) -> "NoticeVersionQuerySet":
        return self.order_by("-number")

    def in_force(self, on: date) -> "NoticeVersion | None":
        """Return the version in force on the Oslo date `on`, or None before the first. One query."""
        return self.filter(in_force_from__lte=on).latest_first().first()


class NoticeVersion(models.Model):
    """A published notice. It duplicates what it says and never changes: the database refuses it.

    A mistake is corrected by publishing another version.
    """

    number = models.PositiveIntegerField(_("utgave"), unique=True)
    body = models.JSONField(_("tekst"))
    body_sha256 = models.CharField(_("tekstens SHA-256"), max_length=64)
    register_moment = models.DateTimeField(_("registeret slik det var"))
    register_sha256 = models.CharField(_("registerets SHA-256"), max_length=64)
    findings = models.JSONField(_("åpne funn"))
    summary = models.TextField(_("hva som er endret"), max_length=2000)
    in_force_from = models.DateField(_("gjelder fra"), db_index=True)
    published_at = models.DateTimeField(_("publisert"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("publisert av")
    )
    publisher_name = models.CharField(_("publisert av, navn"), max_length=150)
    is_demonstration = models.BooleanField(_("demonstrasjon"))

    objects = NoticeVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("utgave av erklæringen")
        verbose_name_plural = _("utgaver av erklæringen")

    def __str__(self) -> str:
        return str(_("Utgave {number}")).format(number=self.number)

    def get_absolute_url(self) -> str:
        return reverse("processing:notice_version", args=[self.number])

    @property
    def notice(self) -> NoticeBody:
        """The text as a value. No query."""
        payload: dict[str, Any] = self.body
        return from_payload(payload)
