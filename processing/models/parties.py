from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

from processing.law.assessments import SubProcessors
from processing.law.facts import Fact
from processing.law.parties import PartyRole
from processing.models.fields import FactField, TermField
from processing.models.validators import validate_country_code, validate_organisation_number
from processing.models.vocabulary import Vocabulary

NO_DETAILS = {
    "agreement_on__isnull": True,
    "agreement_reference": "",
    "agreement_owner": "",
    "agreement_contents": Fact.NOT_STATED.value,
    "agreement_sub_processors": "",
    "agreement_review_on__isnull": True,
}


class Party(Vocabulary):
    """Someone who receives data: a processor, an adviser, an authority. The name may still be unknown."""

    role = TermField(
        PartyRole, _("rolle"), required=True, help_text=_("Databehandlere er også mottakere. Art. 4 nr. 8 og 9.")
    )
    service = models.CharField(_("tjeneste"), max_length=200, help_text=_("Hva mottakeren gjør. Art. 30 nr. 1 d."))
    public_service = models.CharField(
        _("tjenesten i erklæringen"),
        max_length=200,
        blank=True,
        help_text=_("Med hverdagsord, midt i en setning. Art. 12 nr. 1."),
    )
    name = models.CharField(
        _("navn"),
        max_length=200,
        blank=True,
        help_text=_("Virksomhetens navn. Den som ber om innsyn, har rett til å få det. Art. 15 nr. 1 c."),
    )
    org_no = models.CharField(
        _("organisasjonsnummer"),
        max_length=9,
        blank=True,
        validators=[validate_organisation_number],
        help_text=_("Ni siffer, for norske virksomheter."),
    )
    country = models.CharField(
        _("land"),
        max_length=2,
        blank=True,
        validators=[validate_country_code],
        help_text=_("Hvor opplysningene behandles. Landkode med to bokstaver. Art. 30 nr. 1 e."),
    )
    has_agreement = FactField(
        _("databehandleravtale"), help_text=_("Finnes det en skriftlig avtale? Bare for databehandlere. Art. 28 nr. 3.")
    )
    agreement_on = models.DateField(_("avtalen er datert"), null=True, blank=True, help_text=_("Art. 28 nr. 3."))
    agreement_reference = models.CharField(
        _("hvor avtalen ligger"),
        max_length=200,
        blank=True,
        help_text=_("Arkivnummer eller mappe, ikke selve avtalen. Art. 28 nr. 9."),
    )
    agreement_owner = models.CharField(
        _("ansvarlig for avtalen"),
        max_length=150,
        blank=True,
        help_text=_("Rollen som følger opp avtalen, ikke et navn. Art. 5 nr. 2."),
    )
    agreement_contents = FactField(
        _("avtalen har alt den skal"),
        help_text=_(
            "Instrukser, taushet, sikring, underleverandører, hjelp med krav og avvik, sletting og innsyn. "
            "Art. 28 nr. 3 a til h."
        ),
    )
    agreement_sub_processors = TermField(
        SubProcessors, _("underleverandører"), help_text=_("Om databehandleren kan bruke andre. Art. 28 nr. 2 og 4.")
    )
    agreement_review_on = models.DateField(
        _("avtalen ses på igjen"),
        null=True,
        blank=True,
        help_text=_("Senest denne dagen. Art. 24 nr. 1 og 28 nr. 1."),
    )

    class Meta:
        verbose_name = _("mottaker")
        verbose_name_plural = _("mottakere og databehandlere")
        ordering = ["position", "pk"]
        constraints = [
            CheckConstraint(
                condition=Q(role=PartyRole.PROCESSOR.value) | Q(has_agreement=Fact.NOT_STATED.value, **NO_DETAILS),
                name="processing_party_agreement_is_for_processors",
                violation_error_message=_("Bare databehandlere har databehandleravtale."),
            ),
            CheckConstraint(
                condition=Q(has_agreement=Fact.YES.value) | Q(**NO_DETAILS),
                name="processing_party_agreement_details_need_agreement",
                violation_error_message=_("Det som står om en avtale, krever at svaret på om den finnes, er ja."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service}: {self.name}" if self.name else self.service


class System(Vocabulary):
    name = models.CharField(
        _("system"),
        max_length=200,
        help_text=_("Der opplysningene ligger: et program, et arkivskap. Tillegg til art. 30."),
    )
    party = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="systems",
        verbose_name=_("leverandør"),
        help_text=_("Den som leverer systemet. Art. 28."),
    )

    class Meta:
        verbose_name = _("system")
        verbose_name_plural = _("systemer")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name
