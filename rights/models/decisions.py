"""What was decided about each point and right, how the person was recognised, and when more time was taken."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from mktnorge.fields import SealedTextField
from rights.law import limits
from rights.law.extensions import ExtensionReason
from rights.law.identity import IdentityMethod
from rights.law.outcomes import Outcome, RefusalGround
from rights.models.letters import Letter
from rights.models.requests import RequestedRight, RightsRequest


class Decision(models.Model):
    """The answer to one point of a right, or to the whole right where it has no points.

    It may be written anew until it is in a letter that was delivered. `letter` is the one it was last written in.
    """

    requested_right = models.ForeignKey(
        RequestedRight, on_delete=models.CASCADE, related_name="decisions", verbose_name=_("rett det er bedt om")
    )
    # A number, and no row: what the person wrote is erased long before the answer to it.
    point = models.PositiveSmallIntegerField(_("punkt"), default=0, help_text=_("0 er hele retten."))
    letter = models.ForeignKey(
        Letter, on_delete=models.SET_NULL, related_name="decisions", null=True, blank=True, verbose_name=_("brev")
    )
    outcome = models.CharField(_("utfall"), max_length=20, choices=Outcome.choices())
    ground = models.CharField(_("rettslig grunn"), max_length=40, choices=RefusalGround.choices(), blank=True)
    reason = SealedTextField(_("til personen"), max_length=limits.REASON, blank=True)
    decided_at = models.DateTimeField(_("avgjort"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("avgjort av")
    )
    seconded_at = models.DateTimeField(_("støttet"), null=True, blank=True)
    seconded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("støttet av"),
    )
    alone_because = SealedTextField(
        _("hvorfor ingen annen kunne stå bak"), max_length=limits.REASON, blank=True,
        help_text=_("Bare der virksomheten har én person. Grunnen blir lagret."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("avgjørelse")
        verbose_name_plural = _("avgjørelser")
        constraints = [
            UniqueConstraint(
                fields=["requested_right", "point"],
                name="rights_decision_once_a_point",
                violation_error_message=_("Dette punktet er alt avgjort."),
            ),
            CheckConstraint(
                condition=Q(outcome=Outcome.GRANTED.value, ground="")
                | ~Q(outcome=Outcome.GRANTED.value) & ~Q(ground=""),
                name="rights_decision_refusal_has_ground",
                violation_error_message=_("Et avslag må ha en rettslig grunn, og bare et avslag."),
            ),
            CheckConstraint(
                condition=Q(seconded_at__isnull=True, seconded_by__isnull=True)
                | Q(seconded_at__isnull=False, seconded_by__isnull=False),
                name="rights_decision_seconded_by_whom",
            ),
            CheckConstraint(
                condition=Q(seconded_at__isnull=True) | Q(seconded_at__gte=F("decided_at")),
                name="rights_decision_seconded_after",
            ),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()


class IdentityCheck(models.Model):
    """That somebody was recognised, how and when. Never the document (R-ID-3)."""

    request = models.ForeignKey(
        RightsRequest, on_delete=models.CASCADE, related_name="identity_checks", verbose_name=_("sak")
    )
    method = models.CharField(_("hvordan"), max_length=20, choices=IdentityMethod.choices())
    on = models.DateField(_("når"))
    at = models.DateTimeField(_("skrevet inn"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("av"))

    class Meta:
        verbose_name = _("identitetskontroll")
        verbose_name_plural = _("identitetskontroller")

    def __str__(self) -> str:
        return self.get_method_display()


class Extension(models.Model):
    """That more time was taken, why, and when the person was told (art. 12(3)). At most one a case."""

    request = models.OneToOneField(
        RightsRequest, on_delete=models.CASCADE, related_name="extension", verbose_name=_("sak")
    )
    reason = models.CharField(_("årsak"), max_length=20, choices=ExtensionReason.choices())
    words = SealedTextField(_("begrunnelse til personen"), max_length=limits.REASON)
    told_on = models.DateField(_("personen fikk beskjed"))
    at = models.DateTimeField(_("skrevet inn"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("av"))

    class Meta:
        verbose_name = _("forlengelse")
        verbose_name_plural = _("forlengelser")

    def __str__(self) -> str:
        return self.get_reason_display()


class CaseNote(models.Model):
    """A line to whoever works with the case next. Sealed, and erased with the case's other texts."""

    request = models.ForeignKey(RightsRequest, on_delete=models.CASCADE, related_name="notes", verbose_name=_("sak"))
    text = SealedTextField(_("notat"), max_length=limits.REASON)
    at = models.DateTimeField(_("når"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("av"))

    class Meta:
        verbose_name = _("notat")
        verbose_name_plural = _("notater")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
