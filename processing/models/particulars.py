"""What the register says about an activity, one row a fact.

Scalars and child rows only, no bare many-to-many: history keeps a row as it was, and a link only as it is.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from processing.law.bases import LegalBasis, SpecialCategoryGround
from processing.law.facts import Fact
from processing.law.parties import SourceKind
from processing.law.retention import PeriodUnit, RetentionKind, RetentionTrigger
from processing.law.transfers import TransferTool
from processing.models.activities import Activity
from processing.models.fields import TermField
from processing.models.governed import Governed
from processing.models.parties import Party, System
from processing.models.validators import validate_country_code
from processing.models.vocabulary import CollectionSituation, DataCategory, Measure, SubjectCategory


class Particular(Governed):
    """A fact about one activity. `position` is the order in which it is printed."""

    activity = models.ForeignKey(Activity, models.CASCADE, verbose_name=_("aktivitet"))
    position = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)

    class Meta:
        abstract = True

    def check_same_activity(self, field: str) -> None:
        """Raise ValidationError when the row that `field` names belongs to another activity."""
        other = getattr(self, field)
        if other is not None and other.activity_id != self.activity_id:
            raise ValidationError({field: _("Velg en rad som hører til denne aktiviteten.")})


class Purpose(Particular):
    description = models.TextField(
        _("formål"),
        max_length=2000,
        help_text=_("Hvorfor dere bruker opplysningene. Ett formål i hver rad. Art. 30 nr. 1 b."),
    )
    public_description = models.TextField(
        _("formålet i erklæringen"),
        max_length=1000,
        blank=True,
        help_text=_("En hel setning med hverdagsord, helst «For å …». Art. 13 nr. 1 c."),
    )

    class Meta:
        verbose_name = _("formål")
        verbose_name_plural = _("formål")

    def __str__(self) -> str:
        return self.description


class LegalGround(Particular):
    purpose = models.ForeignKey(
        Purpose,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="legal_grounds",
        verbose_name=_("gjelder formålet"),
        help_text=_("Tomt: oppgitt for hele aktiviteten, ikke knyttet til ett formål. Art. 13 nr. 1 c."),
    )
    basis = TermField(LegalBasis, _("grunnlag"), required=True, help_text=_("Art. 6 nr. 1."))
    national_law = models.CharField(
        _("nasjonal lov"),
        max_length=300,
        blank=True,
        help_text=_("Lov og paragraf, når grunnlaget er plikt eller oppgave. Art. 6 nr. 3."),
    )
    legitimate_interest = models.TextField(
        _("berettiget interesse"),
        max_length=1000,
        blank=True,
        help_text=_("Interessen, når grunnlaget er bokstav f. Art. 13 nr. 1 d."),
    )
    consent_withdrawal = models.CharField(
        _("slik trekkes samtykket"),
        max_length=300,
        blank=True,
        help_text=_("Når grunnlaget er samtykke. Like lett som å gi det. Art. 7 nr. 3."),
    )
    scope = models.CharField(
        _("gjelder bare"),
        max_length=300,
        blank=True,
        help_text=_("Når grunnlaget bare dekker en del av aktiviteten. Art. 13 nr. 1 c."),
    )

    class Meta:
        verbose_name = _("grunnlag")
        verbose_name_plural = _("grunnlag, art. 6")

    def __str__(self) -> str:
        return LegalBasis(self.basis).label

    def clean(self) -> None:
        self.check_same_activity("purpose")


class SpecialGround(Particular):
    purpose = models.ForeignKey(
        Purpose,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="special_grounds",
        verbose_name=_("gjelder formålet"),
        help_text=_("Tomt: oppgitt for hele aktiviteten. Art. 9 nr. 2."),
    )
    condition = TermField(
        SpecialCategoryGround,
        _("vilkår"),
        required=True,
        help_text=_("Når det er med særlige kategorier. Art. 9 nr. 2."),
    )
    national_law = models.CharField(
        _("nasjonal lov"),
        max_length=300,
        blank=True,
        help_text=_("Lov og paragraf, når vilkåret krever det. Art. 9 nr. 2 b, g, h, i og j."),
    )

    class Meta:
        verbose_name = _("vilkår for særlige kategorier")
        verbose_name_plural = _("vilkår for særlige kategorier, art. 9")
        constraints = [
            # Two rules, since a database tells two missing purposes apart.
            UniqueConstraint(
                fields=["activity", "purpose", "condition"],
                name="processing_specialground_once_a_purpose",
                violation_error_message=_("Dette vilkåret står der allerede."),
            ),
            UniqueConstraint(
                fields=["activity", "condition"],
                condition=Q(purpose__isnull=True),
                name="processing_specialground_once_an_activity",
                violation_error_message=_("Dette vilkåret står der allerede."),
            ),
        ]

    def __str__(self) -> str:
        return SpecialCategoryGround(self.condition).label

    def clean(self) -> None:
        self.check_same_activity("purpose")


class RetentionRule(Particular):
    covers = models.CharField(
        _("gjelder"),
        max_length=200,
        blank=True,
        help_text=_("Hva regelen gjelder, for eksempel bilag. Tomt: hele aktiviteten. Art. 30 nr. 1 f."),
    )
    trigger = TermField(RetentionTrigger, _("starter når"), help_text=_("Hendelsen tiden regnes fra. Art. 30 nr. 1 f."))
    kind = TermField(
        RetentionKind, _("betyr"), help_text=_("Minst, høyst, eller hvor ofte det vurderes. Art. 5 nr. 1 e.")
    )
    period = models.PositiveSmallIntegerField(
        _("tid"), null=True, blank=True, help_text=_("Et tall. 0 betyr at det slettes med en gang. Art. 30 nr. 1 f.")
    )
    unit = TermField(PeriodUnit, _("enhet"), help_text=_("Dager, måneder eller år."))
    statute = models.CharField(
        _("lov"),
        max_length=200,
        blank=True,
        help_text=_("Lov og paragraf som styrer tiden, om noen gjør det. Art. 13 nr. 2 a."),
    )
    statement = models.TextField(
        _("regel"), max_length=1000, blank=True, help_text=_("Regelen slik virksomheten oppgir den. Art. 30 nr. 1 f.")
    )
    public_wording = models.TextField(
        _("regelen i erklæringen"),
        max_length=1000,
        blank=True,
        help_text=_("En hel setning med hverdagsord. Art. 13 nr. 2 a."),
    )

    class Meta:
        verbose_name = _("lagringstid")
        verbose_name_plural = _("lagringstider")
        constraints = [
            CheckConstraint(
                condition=Q(period__isnull=True, unit="") | (Q(period__isnull=False) & ~Q(unit="")),
                name="processing_retentionrule_period_has_unit",
                violation_error_message=_("Tid og enhet hører sammen: fyll ut begge, eller ingen."),
            )
        ]

    def __str__(self) -> str:
        return self.covers or self.statement or str(_("Hele aktiviteten"))


class ActivityData(Particular):
    """One category of data about one category of people."""

    category = models.ForeignKey(
        DataCategory, models.PROTECT, verbose_name=_("opplysninger"), help_text=_("Art. 30 nr. 1 c.")
    )
    subject = models.ForeignKey(
        SubjectCategory, models.PROTECT, verbose_name=_("om hvem"), help_text=_("Art. 30 nr. 1 c.")
    )
    presence = models.CharField(
        _("finnes"),
        max_length=12,
        choices=[(f.value, f.label) for f in (Fact.YES, Fact.POSSIBLE)],
        help_text=_("Ja, eller kan forekomme. Art. 30 nr. 1 c."),
    )
    retention = models.ForeignKey(
        RetentionRule,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="data",
        verbose_name=_("lagringstid"),
        help_text=_("Regelen som gjelder dette paret. Tomt: reglene for hele aktiviteten. Art. 30 nr. 1 f."),
    )

    class Meta:
        verbose_name = _("opplysning")
        verbose_name_plural = _("opplysninger og personer")
        constraints = [
            UniqueConstraint(
                fields=["activity", "category", "subject"],
                name="processing_activitydata_pair_once",
                violation_error_message=_("Dette paret av opplysninger og personer står der allerede."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.category_id}/{self.subject_id}"

    def clean(self) -> None:
        self.check_same_activity("retention")


class Disclosure(Particular):
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="disclosures", verbose_name=_("mottaker"), help_text=_("Art. 30 nr. 1 d.")
    )
    reason = models.CharField(
        _("hvorfor"), max_length=300, blank=True, help_text=_("Hva mottakeren trenger dem til. Art. 30 nr. 1 d.")
    )

    class Meta:
        verbose_name = _("mottaker")
        verbose_name_plural = _("mottakere")
        constraints = [
            UniqueConstraint(
                fields=["activity", "party"],
                name="processing_disclosure_party_once",
                violation_error_message=_("Denne mottakeren står der allerede."),
            )
        ]

    def __str__(self) -> str:
        return str(self.party_id)


class Transfer(Particular):
    """A transfer out of the EEA. A row without an activity is what the company says of all it does."""

    activity = models.ForeignKey(
        Activity,
        models.CASCADE,
        null=True,
        blank=True,
        verbose_name=_("aktivitet"),
        help_text=_("Tomt: gjelder virksomheten generelt."),
    )
    party = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="transfers",
        verbose_name=_("mottaker"),
        help_text=_("Den som får opplysningene. Art. 30 nr. 1 e."),
    )
    country = models.CharField(
        _("land"),
        max_length=2,
        blank=True,
        validators=[validate_country_code],
        help_text=_("Landkode med to bokstaver. Tomt: ikke oppgitt. Art. 30 nr. 1 e."),
    )
    tool = TermField(
        TransferTool, _("overføringsgrunnlag"), help_text=_("Det som gjør overføringen lovlig. Art. 44–49.")
    )
    documentation = models.CharField(
        _("dokumentasjon"),
        max_length=300,
        blank=True,
        help_text=_("Hvor garantiene ligger, og hvordan man får kopi. Art. 13 nr. 1 f."),
    )
    checked_on = models.DateField(
        _("sist sjekket"),
        null=True,
        blank=True,
        help_text=_("Når dere sist så at mottakeren står på listen, for eksempel DPF. Art. 45."),
    )
    note = models.CharField(
        _("om overføringen"), max_length=300, blank=True, help_text=_("Når og hvorfor den skjer. Art. 30 nr. 1 e.")
    )

    class Meta:
        verbose_name = _("overføring")
        verbose_name_plural = _("overføringer ut av EØS")

    def __str__(self) -> str:
        return TransferTool(self.tool).label if self.tool else str(_("Overføring"))

    def clean(self) -> None:
        """A blank row of an activity says that something leaves the EEA. Of the whole company it says nothing."""
        stated = (self.party_id, self.country, self.tool, self.documentation, self.checked_on, self.note)
        if self.activity_id is None and not any(stated):
            raise ValidationError(_("Skriv minst én ting om overføringen, eller velg hvilken aktivitet den gjelder."))


class Safeguard(Particular):
    measure = models.ForeignKey(
        Measure,
        models.PROTECT,
        related_name="safeguards",
        verbose_name=_("tiltak"),
        help_text=_("Tiltak særlig for denne aktiviteten. Art. 32 nr. 1."),
    )

    class Meta:
        verbose_name = _("eget sikkerhetstiltak")
        verbose_name_plural = _("egne sikkerhetstiltak")
        constraints = [
            UniqueConstraint(
                fields=["activity", "measure"],
                name="processing_safeguard_measure_once",
                violation_error_message=_("Dette tiltaket står der allerede."),
            )
        ]

    def __str__(self) -> str:
        return str(self.measure_id)


class SystemUse(Particular):
    system = models.ForeignKey(
        System,
        models.PROTECT,
        related_name="uses",
        verbose_name=_("system"),
        help_text=_("Der opplysningene ligger. Tillegg til art. 30."),
    )

    class Meta:
        verbose_name = _("system i bruk")
        verbose_name_plural = _("systemer i bruk")
        constraints = [
            UniqueConstraint(
                fields=["activity", "system"],
                name="processing_systemuse_system_once",
                violation_error_message=_("Dette systemet står der allerede."),
            )
        ]

    def __str__(self) -> str:
        return str(self.system_id)


class DataSource(Particular):
    kind = TermField(
        SourceKind, _("kilde"), required=True, help_text=_("Hvor opplysningene kommer fra. Art. 14 nr. 2 f.")
    )
    description = models.CharField(_("nærmere om kilden"), max_length=300, blank=True, help_text=_("Art. 14 nr. 2 f."))

    class Meta:
        verbose_name = _("kilde")
        verbose_name_plural = _("kilder")
        constraints = [
            UniqueConstraint(
                fields=["activity", "kind", "description"],
                name="processing_datasource_once",
                violation_error_message=_("Denne kilden står der allerede."),
            )
        ]

    def __str__(self) -> str:
        return SourceKind(self.kind).label


class Collection(Particular):
    situation = models.ForeignKey(
        CollectionSituation,
        models.PROTECT,
        related_name="collections",
        verbose_name=_("situasjon"),
        help_text=_("Når opplysningene samles inn. Art. 13 nr. 1."),
    )

    class Meta:
        verbose_name = _("innsamling")
        verbose_name_plural = _("innsamling")
        constraints = [
            UniqueConstraint(
                fields=["activity", "situation"],
                name="processing_collection_situation_once",
                violation_error_message=_("Denne situasjonen står der allerede."),
            )
        ]

    def __str__(self) -> str:
        return str(self.situation_id)
