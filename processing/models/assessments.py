"""What was thought through and written down: balancing tests, screenings, impact and transfer assessments.

A row is the register's entry about the assessment: who answers for it, what came out, and when it is looked at again.
A longer document lies where `reference` says. The agreement with a processor is part of the processor's own row.
"""

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from processing.law.assessments import BalancingOutcome, ImpactOutcome, RiskCriterion, TransferOutcome
from processing.law.countries import country_name
from processing.law.facts import Fact
from processing.models.activities import Activity
from processing.models.fields import TermField
from processing.models.particulars import Particular, Purpose
from processing.models.parties import Party
from processing.models.validators import validate_country_code


class Assessment(Particular):
    """What every assessment has: who, when, when next, and where it lies. Each kind has its own `conclusion`."""

    owner = models.CharField(
        _("ansvarlig for vurderingen"),
        max_length=150,
        blank=True,
        help_text=_("Rollen som svarer for den, ikke et navn. Art. 5 nr. 2."),
    )
    concluded_on = models.DateField(
        _("konkludert"), null=True, blank=True, help_text=_("Dagen konklusjonen ble trukket. Art. 5 nr. 2.")
    )
    next_review_on = models.DateField(
        _("ses på igjen"),
        null=True,
        blank=True,
        help_text=_("Senest denne dagen, og før det når noe endrer seg. Art. 24 nr. 1."),
    )
    reference = models.CharField(
        _("hvor den ligger"),
        max_length=300,
        blank=True,
        help_text=_("Arkivnummer eller mappe, når det finnes et eget dokument. Art. 5 nr. 2."),
    )

    class Meta:
        abstract = True
        constraints = [
            CheckConstraint(
                condition=Q(conclusion="", concluded_on__isnull=True)
                | (~Q(conclusion="") & Q(concluded_on__isnull=False)),
                name="processing_%(class)s_conclusion_has_day",
                violation_error_message=_("Konklusjonen og dagen hører sammen: fyll ut begge, eller ingen."),
            ),
            CheckConstraint(
                condition=Q(concluded_on__isnull=True)
                | Q(next_review_on__isnull=True)
                | Q(next_review_on__gt=F("concluded_on")),
                name="processing_%(class)s_review_after_conclusion",
                violation_error_message=_("Dagen den ses på igjen, må komme etter dagen den ble konkludert."),
            ),
        ]


class BalancingTest(Assessment):
    """A legitimate interest weighed against the people it touches (R-LIA)."""

    purpose = models.ForeignKey(
        Purpose,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="balancing_tests",
        verbose_name=_("gjelder formålet"),
        help_text=_("Tomt: alt i aktiviteten som bygger på berettiget interesse. Art. 6 nr. 1 f."),
    )
    interest = models.TextField(
        _("interessen"),
        max_length=2000,
        blank=True,
        help_text=_("Steg 1. Hva dere vil oppnå, og hvorfor det er lovlig og viktig nok. Art. 6 nr. 1 f."),
    )
    necessity = models.TextField(
        _("om den er nødvendig"),
        max_length=2000,
        blank=True,
        help_text=_("Steg 2. Hvorfor dere ikke kan nå målet på en mindre inngripende måte. Art. 6 nr. 1 f."),
    )
    balance = models.TextField(
        _("avveiningen"),
        max_length=4000,
        blank=True,
        help_text=_("Steg 3. Hva personen kan vente, hva det gjør med dem, og hva dere gjør for dem. Art. 6 nr. 1 f."),
    )
    conclusion = TermField(
        BalancingOutcome, _("konklusjon"), help_text=_("Tomt: ikke konkludert ennå. Art. 6 nr. 1 f.")
    )

    class Meta(Assessment.Meta):
        verbose_name = _("interesseavveining")
        verbose_name_plural = _("interesseavveininger, art. 6 nr. 1 f")

    def __str__(self) -> str:
        return str(_("Interesseavveining"))

    def clean(self) -> None:
        self.check_same_activity("purpose")


class ScreeningAnswer(Particular):
    """The answer to one of the nine criteria of risk. A criterion without a row is not answered."""

    criterion = TermField(
        RiskCriterion,
        _("kriterium"),
        required=True,
        help_text=_("Svar på alle ni. Er to svar ja, trengs oftest en DPIA. WP248."),
    )
    answer = models.CharField(
        _("svar"),
        max_length=12,
        choices=[(f.value, f.label) for f in (Fact.YES, Fact.NO, Fact.POSSIBLE)],
        help_text=_("Ja, nei, eller kan forekomme. Art. 35 nr. 1."),
    )
    note = models.CharField(
        _("hvorfor"), max_length=300, blank=True, help_text=_("Det svaret bygger på. Art. 35 nr. 1.")
    )

    class Meta:
        verbose_name = _("svar om risiko")
        verbose_name_plural = _("svar om risiko, art. 35")
        constraints = [
            UniqueConstraint(
                fields=["activity", "criterion"],
                name="processing_screeninganswer_once",
                violation_error_message=_("Dette kriteriet er besvart."),
            )
        ]

    def __str__(self) -> str:
        return RiskCriterion(self.criterion).label


class ImpactAssessment(Assessment):
    """A data protection impact assessment (DPIA), with the four parts of Art. 35(7)."""

    covers = models.CharField(
        _("gjelder"), max_length=200, blank=True, help_text=_("Tomt: hele aktiviteten. Art. 35 nr. 1.")
    )
    description = models.TextField(
        _("beskrivelse"),
        max_length=4000,
        blank=True,
        help_text=_("Hva dere gjør, og hvorfor. Kort, når det finnes et dokument. Art. 35 nr. 7 a."),
    )
    necessity = models.TextField(
        _("om det er nødvendig"),
        max_length=4000,
        blank=True,
        help_text=_("Om det trengs for formålet og står i forhold til det. Art. 35 nr. 7 b."),
    )
    risks = models.TextField(
        _("risiko"), max_length=4000, blank=True, help_text=_("Hva som kan skje med personen. Art. 35 nr. 7 c.")
    )
    measures = models.TextField(
        _("tiltak"), max_length=4000, blank=True, help_text=_("Det som gjør risikoen mindre. Art. 35 nr. 7 d.")
    )
    advice = models.TextField(
        _("råd og synspunkter"),
        max_length=2000,
        blank=True,
        help_text=_("Fra personvernombudet og dem det gjelder. Art. 35 nr. 2 og 9."),
    )
    conclusion = TermField(
        ImpactOutcome, _("konklusjon"), help_text=_("Tomt: ikke konkludert ennå. Art. 35 nr. 7 og 36 nr. 1.")
    )
    consulted_on = models.DateField(
        _("sendt til Datatilsynet"),
        null=True,
        blank=True,
        help_text=_("Når dere ba om forhåndsdrøfting. Må gjøres når risikoen er høy. Art. 36 nr. 1."),
    )

    class Meta(Assessment.Meta):
        verbose_name = _("vurdering av personvernkonsekvenser (DPIA)")
        verbose_name_plural = _("vurderinger av personvernkonsekvenser (DPIA), art. 35")

    def __str__(self) -> str:
        return self.covers or str(_("Hele aktiviteten"))


class TransferAssessment(Assessment):
    """Whether a promise protects data in a country (TIA). A row without an activity counts for all of them."""

    activity = models.ForeignKey(
        Activity,
        models.CASCADE,
        null=True,
        blank=True,
        verbose_name=_("aktivitet"),
        help_text=_("Tomt: gjelder alle overføringer til mottakeren og landet."),
    )
    party = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="transfer_assessments",
        verbose_name=_("mottaker"),
        help_text=_("Den som får opplysningene. Tomt: alle mottakere i landet. Art. 46 nr. 1."),
    )
    country = models.CharField(
        _("land"),
        max_length=2,
        validators=[validate_country_code],
        help_text=_("Landkode med to bokstaver. Art. 46 nr. 1."),
    )
    law_and_practice = models.TextField(
        _("lov og praksis i landet"),
        max_length=4000,
        blank=True,
        help_text=_("Om myndighetene der kan få tilgang, og om folk kan klage. Art. 46 nr. 1."),
    )
    measures = models.TextField(
        _("ekstra tiltak"),
        max_length=2000,
        blank=True,
        help_text=_("Det som må til utover avtalen, som kryptering. Art. 46 nr. 1."),
    )
    conclusion = TermField(TransferOutcome, _("konklusjon"), help_text=_("Tomt: ikke konkludert ennå. Art. 44 og 46."))

    class Meta(Assessment.Meta):
        verbose_name = _("vurdering av overføring (TIA)")
        verbose_name_plural = _("vurderinger av overføring (TIA), art. 46")

    def __str__(self) -> str:
        return str(_(country_name(self.country)))
