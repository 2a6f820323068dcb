"""The chain over rows that prove something (`mktnorge.evidence`)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ChainLink(models.Model):
    """What the evidence was when this link was made: the hash of each row that had come since the one before. Frozen.

    `tables` holds, by the name of the table, which columns were hashed and the hash of each row by its key. Whoever
    changes a row, a link or the order of them must make every later link anew, and the last one is known outside.
    `last_keys` is the last key of each table that this link or one before it holds.
    """

    number = models.PositiveIntegerField(_("ledd nummer"), unique=True, editable=False)
    at = models.DateTimeField(_("når"), editable=False)
    tables = models.JSONField(_("radene"), editable=False)
    last_keys = models.JSONField(_("siste rad"), editable=False)
    previous = models.CharField(_("forrige ledd"), max_length=64, unique=True, editable=False)
    link = models.CharField(_("dette leddet"), max_length=64, editable=False)

    class Meta:
        verbose_name = _("ledd i kjeden")
        verbose_name_plural = _("ledd i kjeden")

    def __str__(self) -> str:
        return str(_("Ledd {number}")).format(number=self.number)
