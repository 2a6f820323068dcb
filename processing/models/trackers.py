"""Cookies, pixels and the like that an activity sets in people's devices."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from processing.law.trackers import LifeUnit, TrackerNeed
from processing.models.fields import TermField
from processing.models.particulars import Particular
from processing.models.parties import Party


class Tracker(Particular):
    name = models.CharField(
        _("navn"), max_length=100, help_text=_("Navnet slik det står i nettleseren, for eksempel sessionid.")
    )
    party = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="trackers",
        verbose_name=_("leverandør i registeret"),
        help_text=_("Hvem som setter den, når leverandøren er ført opp. Art. 13 nr. 1 e."),
    )
    provider = models.CharField(
        _("eller hvem som setter den"),
        max_length=150,
        blank=True,
        help_text=_("Når leverandøren ikke er ført opp, for eksempel «vi selv». Art. 13 nr. 1 e."),
    )
    reason = models.CharField(
        _("hva den brukes til"),
        max_length=300,
        blank=True,
        help_text=_("Med hverdagsord, for eksempel «husker hva du har valgt». Art. 13 nr. 1 c."),
    )
    life = models.PositiveSmallIntegerField(
        _("blir liggende"), null=True, blank=True, help_text=_("Et tall. Tomt når den går ut med økten.")
    )
    life_unit = TermField(
        LifeUnit, _("enhet for tiden"), help_text=_("Økten varer til nettleseren lukkes. Art. 13 nr. 2 a.")
    )
    need = TermField(
        TrackerNeed, _("settes når"), help_text=_("Er den strengt nødvendig, eller trengs et ja? Ekomloven § 3-15.")
    )

    class Meta:
        verbose_name = _("informasjonskapsel eller sporing")
        verbose_name_plural = _("informasjonskapsler og sporing")
        constraints = [
            UniqueConstraint(
                fields=["activity", "name", "provider"],
                name="processing_tracker_once",
                violation_error_message=_("Denne står der allerede."),
            ),
            CheckConstraint(
                condition=Q(life__isnull=True, life_unit__in=("", LifeUnit.SESSION.value))
                | (Q(life__isnull=False, life__gt=0) & ~Q(life_unit__in=("", LifeUnit.SESSION.value))),
                name="processing_tracker_life_has_unit",
                violation_error_message=_("Skriv et tall over null og en enhet, eller velg «økten» uten tall."),
            ),
            CheckConstraint(
                condition=Q(party__isnull=True) | Q(provider=""),
                name="processing_tracker_one_provider",
                violation_error_message=_("Velg leverandøren i registeret, eller skriv hvem det er. Ikke begge."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
