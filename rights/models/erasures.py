"""That something was erased, and that nobody has rewritten it since. Nothing here points at a person."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from rights.law.keeping import ErasureRule


class ErasureProof(models.Model):
    """One rule carried out in one run. Frozen, and chained: each row holds the hash of the one before it.

    `digest` is the SHA-256 of the sorted keyed hashes of the erased cases, so that only who has the key can show that
    a certain case was among them.
    """

    at = models.DateTimeField(_("når"), editable=False)
    rule = models.CharField(_("regel"), max_length=20, choices=ErasureRule.choices(), editable=False)
    count = models.PositiveIntegerField(_("antall saker"), editable=False)
    digest = models.CharField(_("sakenes avtrykk"), max_length=64, editable=False)
    previous = models.CharField(_("forrige ledd"), max_length=64, editable=False)
    link = models.CharField(_("dette leddet"), max_length=64, editable=False)

    class Meta:
        verbose_name = _("bevis for sletting")
        verbose_name_plural = _("bevis for sletting")
        constraints = [
            # Two runs at once cannot both continue from the same link.
            UniqueConstraint(fields=["previous"], name="rights_proof_one_chain"),
            CheckConstraint(condition=Q(count__gte=1), name="rights_proof_of_something"),
        ]

    def __str__(self) -> str:
        return self.get_rule_display()


class ErasedLine(models.Model):
    """That the log of one case may go, because the case went. Frozen.

    The database lets no event go without this row. `case_pk` was the number of a row that is gone.
    """

    case_pk = models.BigIntegerField(_("raden som er borte"), editable=False)
    proof = models.ForeignKey(
        ErasureProof, on_delete=models.PROTECT, related_name="lines", verbose_name=_("bevis"), editable=False
    )

    class Meta:
        verbose_name = _("slettet sak")
        verbose_name_plural = _("slettede saker")
        constraints = [
            # Serves the trigger that guards the log.
            UniqueConstraint(fields=["case_pk"], name="rights_erased_line_once"),
        ]

    def __str__(self) -> str:
        return str(self.case_pk)
