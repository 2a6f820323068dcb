from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from processing.law.facts import ReviewOutcome
from processing.models.activities import Activity
from processing.models.fields import TermField
from processing.models.governed import Governed


class Review(Governed):
    """A look at a whole activity: opened when its time has come, concluded by a person.

    It is not part of what the activity says. So it does not count as an edit of it, and goes with nothing.
    """

    activity = models.ForeignKey(Activity, models.PROTECT, verbose_name=_("aktivitet"))
    opened_on = models.DateField(_("åpnet"), help_text=_("Dagen det ble på tide."))
    concluded_on = models.DateField(_("gått gjennom"), null=True, blank=True, help_text=_("Art. 5 nr. 2."))
    outcome = TermField(ReviewOutcome, _("utfall"), help_text=_("Hva gjennomgangen kom til."))
    reviewer = models.CharField(
        _("gått gjennom av"), max_length=150, blank=True, help_text=_("Den som gikk gjennom aktiviteten.")
    )
    note = models.TextField(_("merknad"), max_length=2000, blank=True, help_text=_("Hva du så på, og hva du endret."))
    position = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)

    class Meta:
        verbose_name = _("gjennomgang")
        verbose_name_plural = _("gjennomganger")
        constraints = [
            UniqueConstraint(
                fields=["activity"],
                condition=Q(concluded_on__isnull=True),
                name="processing_review_one_open",
                violation_error_message=_("Aktiviteten har en åpen gjennomgang fra før."),
            ),
            CheckConstraint(
                condition=Q(concluded_on__isnull=True, outcome="", reviewer="")
                | (Q(concluded_on__isnull=False) & ~Q(outcome="") & ~Q(reviewer="")),
                name="processing_review_concluded_whole",
                violation_error_message=_("En avsluttet gjennomgang har dag, utfall og person."),
            ),
            CheckConstraint(
                condition=Q(concluded_on__isnull=True) | Q(concluded_on__gte=F("opened_on")),
                name="processing_review_opened_first",
                violation_error_message=_("Gjennomgangen kan ikke være avsluttet før den ble åpnet."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity}: {self.concluded_on or self.opened_on}"
