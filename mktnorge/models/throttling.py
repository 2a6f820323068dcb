"""Buckets of tokens against abuse."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Bucket(models.Model):
    """How many tokens somebody had left, and when that was counted.

    `key` is a keyed hash that changes with the date: mktnorge/throttling.py.
    """

    key = models.CharField(_("nøkkel"), max_length=64, unique=True)
    tokens = models.FloatField(_("igjen"))
    counted_at = models.DateTimeField(_("regnet ut"))

    class Meta:
        verbose_name = _("bøtte mot misbruk")
        verbose_name_plural = _("bøtter mot misbruk")
        indexes = [
            # Serves the sweep that removes those nobody fills from any more.
            models.Index(fields=["counted_at"], name="mktnorge_bucket_old"),
        ]

    def __str__(self) -> str:
        return self.key[:8]
