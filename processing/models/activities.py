from django.core.validators import RegexValidator
from django.db import models
from django.db.models import CheckConstraint, F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from processing.law.facts import ActivityStatus
from processing.law.regimes import LegalRegime
from processing.models.fields import FactField, TermField
from processing.models.governed import Governed


class ActivityQuerySet(models.QuerySet["Activity"]):
    def next_number(self) -> str:
        """Return the first number after the highest: a number is never used again. One query."""
        return f"A{max((int(number[1:]) for number in self.values_list('number', flat=True)), default=0) + 1:02}"


class Activity(Governed):
    """A processing activity: something the company does with personal data, for a purpose (Art. 30(1))."""

    number = models.CharField(
        _("nummer"),
        max_length=5,
        unique=True,
        validators=[RegexValidator(r"\AA\d{2,4}\Z", _("Nummeret skrives A og minst to siffer, for eksempel A15."))],
        help_text=_("Fast nummer, for eksempel A15. Det brukes aldri om igjen."),
    )
    code = models.SlugField(
        _("kode"), max_length=60, unique=True, help_text=_("Fast kort navn, brukt i adresser og eksport.")
    )
    name = models.CharField(_("navn"), max_length=150, help_text=_("Navnet dere bruker selv. Tillegg til art. 30."))
    public_name = models.CharField(
        _("navn i erklæringen"),
        max_length=150,
        blank=True,
        help_text=_("Navnet klientene forstår. Tomt: samme navn. Art. 12 nr. 1."),
    )
    description = models.TextField(
        _("intern beskrivelse"),
        max_length=5000,
        blank=True,
        help_text=_("Det en kollega må vite. Vises ikke for publikum."),
    )
    public_description = models.TextField(
        _("beskrivelse i erklæringen"),
        max_length=2000,
        blank=True,
        help_text=_("En eller to setninger før resten. Kan stå tomt. Art. 12 nr. 1."),
    )

    status = TermField(
        ActivityStatus,
        _("status"),
        required=True,
        default=ActivityStatus.DRAFT.value,
        help_text=_("Bare aktiviteter i bruk står i erklæringen."),
    )
    valid_from = models.DateField(
        _("i bruk fra"), null=True, blank=True, help_text=_("Første dag. Tomt: ikke oppgitt.")
    )
    valid_to = models.DateField(
        _("i bruk til"), null=True, blank=True, help_text=_("Siste dag. En aktivitet avsluttes, den slettes ikke.")
    )
    owner = models.CharField(
        _("ansvarlig internt"),
        max_length=150,
        blank=True,
        help_text=_("Rollen som eier aktiviteten, ikke et navn. Art. 5 nr. 2."),
    )
    regime = TermField(
        LegalRegime,
        _("regime"),
        help_text=_("Loven som styrer opplysningene. Avgjør rettigheter og hvor en klage går. Tomt: ikke bekreftet."),
    )

    special_categories = FactField(
        _("særlige kategorier"), help_text=_("Er det med opplysninger om helse, tro eller lignende? Art. 9 nr. 1.")
    )
    provision_required = FactField(
        _("må personen gi opplysningene"),
        help_text=_("Ja: lov eller avtale krever det. Nei: det er frivillig. Art. 13 nr. 2 e."),
    )
    provision_consequence = models.TextField(
        _("hva som skjer uten"),
        max_length=1000,
        blank=True,
        help_text=_("Følgen av ikke å gi opplysningene. Art. 13 nr. 2 e."),
    )
    automated_decisions = FactField(
        _("automatiserte avgjørelser"),
        help_text=_("Avgjør en maskin noe som betyr mye for personen? Art. 22 og 13 nr. 2 f."),
    )
    automated_decisions_note = models.TextField(
        _("om avgjørelsene"),
        max_length=1000,
        blank=True,
        help_text=_("Logikken bak, og hva den fører til. Art. 13 nr. 2 f."),
    )
    transfers_outside_eea = FactField(
        _("overføring ut av EØS"), help_text=_("Kan opplysningene komme til et land utenfor EØS? Art. 30 nr. 1 e.")
    )
    internal_access = models.CharField(
        _("tilgang internt"),
        max_length=300,
        blank=True,
        help_text=_("Hvem hos dere som kommer til opplysningene. Art. 32."),
    )
    public_access = models.CharField(
        _("tilgang internt, i erklæringen"),
        max_length=300,
        blank=True,
        help_text=_("Det samme med hverdagsord. Art. 12 nr. 1."),
    )
    dpia_needed = FactField(_("trengs DPIA"), help_text=_("Må personvernkonsekvensene vurderes? Art. 35."))
    dpia_note = models.TextField(
        _("om vurderingen"), max_length=2000, blank=True, help_text=_("Hvorfor, eller hvorfor ikke. Art. 35 nr. 1.")
    )
    screening_owner = models.CharField(
        _("ansvarlig for svaret"),
        max_length=150,
        blank=True,
        help_text=_("Rollen som svarte på om det trengs DPIA. Art. 5 nr. 2."),
    )
    screened_on = models.DateField(
        _("vurdert"), null=True, blank=True, help_text=_("Dagen dere svarte på om det trengs DPIA. Art. 35 nr. 1.")
    )
    screening_review_on = models.DateField(
        _("svaret ses på igjen"),
        null=True,
        blank=True,
        help_text=_("Senest denne dagen, og før det når risikoen endrer seg. Art. 35 nr. 11."),
    )

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("aktivitet")
        verbose_name_plural = _("aktiviteter")
        ordering = ["number"]
        constraints = [
            CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="processing_activity_valid_to_after_from",
                violation_error_message=_("«I bruk til» kan ikke være før «i bruk fra»."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("admin:processing_activity_change", args=[self.pk])
