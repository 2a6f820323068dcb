from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

from processing.law.case_periods import CASE_PERIODS
from processing.law.facts import Fact, PublishingRule
from processing.law.parties import JointControllerStatus
from processing.models.fields import FactField, TermField
from processing.models.governed import Governed
from processing.models.validators import validate_country_code, validate_organisation_number


def _validators(field: str) -> list[MinValueValidator]:
    period = CASE_PERIODS[field]
    return [MinValueValidator(period.least), MaxValueValidator(period.most)]


def _bounded(field: str, sentence: str) -> CheckConstraint:
    """The period is not stated, or within what may be stated."""
    period = CASE_PERIODS[field]
    within = Q(**{f"{field}__range": (period.least, period.most)})
    return CheckConstraint(
        condition=Q(**{f"{field}__isnull": True}) | within,
        name=f"processing_controller_{field}_bounded",
        violation_error_message=sentence,
    )


class Controller(Governed):
    """The company itself: one row, since one register has one controller (Art. 30(1)(a))."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)

    legal_name = models.CharField(
        _("juridisk navn"),
        max_length=200,
        blank=True,
        help_text=_("Virksomheten som har ansvaret, slik den står i Enhetsregisteret. Art. 30 nr. 1 a."),
    )
    trading_name = models.CharField(
        _("navn utad"), max_length=200, blank=True, help_text=_("Navnet klientene kjenner. Art. 13 nr. 1 a.")
    )
    named_as_controller = models.CharField(
        _("oppgitt som ansvarlig"),
        max_length=300,
        blank=True,
        help_text=_("Hvem virksomheten selv oppgir som behandlingsansvarlig, om det er en annen. Art. 4 nr. 7."),
    )
    org_no = models.CharField(
        _("organisasjonsnummer"),
        max_length=9,
        blank=True,
        validators=[validate_organisation_number],
        help_text=_("Ni siffer uten mellomrom. Art. 30 nr. 1 a."),
    )

    street = models.CharField(_("gateadresse"), max_length=200, blank=True, help_text=_("Art. 30 nr. 1 a."))
    postcode = models.CharField(_("postnummer"), max_length=10, blank=True, help_text=_("Art. 30 nr. 1 a."))
    city = models.CharField(_("poststed"), max_length=100, blank=True, help_text=_("Art. 30 nr. 1 a."))
    country = models.CharField(
        _("land"),
        max_length=2,
        blank=True,
        validators=[validate_country_code],
        help_text=_("Landkode med to bokstaver, for eksempel NO. Art. 30 nr. 1 a."),
    )
    email = models.EmailField(_("e-post"), blank=True, help_text=_("Adressen folk kan skrive til. Art. 13 nr. 1 a."))
    phone = models.CharField(
        _("telefon"),
        max_length=20,
        blank=True,
        help_text=_("Står den tom, ber ingen side folk om å ringe. Art. 12 nr. 2."),
    )
    website = models.URLField(_("nettsted"), blank=True, help_text=_("Full adresse med https. Art. 13 nr. 1 a."))
    cookie_page = models.URLField(
        _("side om informasjonskapsler"), blank=True, help_text=_("Full adresse med https. Ekomloven § 3-15.")
    )
    contact_person = models.CharField(
        _("kontaktperson"),
        max_length=200,
        blank=True,
        help_text=_("Den som svarer på spørsmål om personvern. Art. 30 nr. 1 a."),
    )
    contact_role = models.CharField(
        _("kontaktpersonens rolle"),
        max_length=200,
        blank=True,
        help_text=_("For eksempel daglig leder. Art. 30 nr. 1 a."),
    )

    has_dpo = FactField(
        _("personvernombud"), help_text=_("Har virksomheten et personvernombud? Art. 37 og 30 nr. 1 a.")
    )
    dpo_name = models.CharField(_("ombudets navn"), max_length=200, blank=True, help_text=_("Art. 30 nr. 1 a."))
    dpo_contact = models.CharField(
        _("slik når du ombudet"), max_length=200, blank=True, help_text=_("E-post eller telefon. Art. 13 nr. 1 b.")
    )
    has_representative = FactField(
        _("representant i EØS"), help_text=_("Bare for virksomheter utenfor EØS. Art. 27 og 30 nr. 1 a.")
    )
    representative = models.CharField(
        _("representantens navn og adresse"), max_length=300, blank=True, help_text=_("Art. 27.")
    )

    processor_for_others = FactField(
        _("databehandler for andre"),
        help_text=_("Behandler virksomheten opplysninger på vegne av andre? Art. 30 nr. 2."),
    )
    processor_statement_on = models.DateField(
        _("svart den"),
        null=True,
        blank=True,
        help_text=_("Dagen noen tok stilling til spørsmålet over. Art. 30 nr. 2."),
    )
    sells_data = FactField(
        _("kjøper, leier eller selger opplysninger"),
        help_text=_("Står i erklæringen når svaret er nei. Art. 5 nr. 1 a."),
    )
    professional_secrecy = FactField(
        _("taushetsplikt"), help_text=_("Har alle som ser klientenes opplysninger, taushetsplikt? Art. 9 nr. 3.")
    )
    agreements_with_processors = FactField(
        _("avtale med alle databehandlere"), help_text=_("Slik virksomheten selv oppgir det. Art. 28 nr. 3.")
    )
    transfers_documented_on_request = FactField(
        _("viser overføringsgrunnlag på forespørsel"),
        help_text=_("Kan folk få se garantiene for overføring ut av EØS? Art. 13 nr. 1 f."),
    )
    automated_decisions = FactField(
        _("automatiserte avgjørelser"), help_text=_("Slik virksomheten oppgir det for alt den gjør. Art. 22.")
    )
    profiling = FactField(_("profilering"), help_text=_("Slik virksomheten oppgir det for alt den gjør. Art. 4 nr. 4."))
    answer_within_days = models.PositiveSmallIntegerField(
        _("lovet svar innen"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Dager virksomheten lover å svare innen. Lovens frist gjelder uansett. Art. 12 nr. 3."),
    )
    supervisory_authority = models.CharField(
        _("tilsynsmyndighet"), max_length=100, blank=True, help_text=_("Den folk kan klage til. Art. 13 nr. 2 d.")
    )
    publishing_rule = TermField(
        PublishingRule,
        _("hvem kan publisere"),
        help_text=_("Regelen dere følger når erklæringen blir publisert. Art. 24 nr. 1."),
    )

    case_content_days = models.PositiveSmallIntegerField(
        _("det personen skrev, dager"),
        null=True,
        blank=True,
        validators=_validators("case_content_days"),
        help_text=_("Dager fra saken er lukket, 30 til 1095. Tomt: forslaget, 90. Art. 5 nr. 1 e."),
    )
    case_withdrawn_days = models.PositiveSmallIntegerField(
        _("det personen skrev i et trukket krav, dager"),
        null=True,
        blank=True,
        validators=_validators("case_withdrawn_days"),
        help_text=_(
            "Dager fra kravet ble trukket, 7 til 1095. Personen får vite tallet. Setter du det opp, holder vi ikke "
            "det vi sa til dem som alt har trukket et krav. Tomt: forslaget, 30. Art. 5 nr. 1 e."
        ),
    )
    case_answers_months = models.PositiveSmallIntegerField(
        _("brev og begrunnelser, måneder"),
        null=True,
        blank=True,
        validators=_validators("case_answers_months"),
        help_text=_("Måneder fra saken er lukket, 3 til 36. Tomt: forslaget, 12. Art. 5 nr. 1 e."),
    )
    case_line_years = models.PositiveSmallIntegerField(
        _("saken selv, år"),
        null=True,
        blank=True,
        validators=_validators("case_line_years"),
        help_text=_(
            "År fra saken er lukket, 3 til 20. Tomt: forslaget, 3, da et krav om erstatning som regel er foreldet. "
            "Art. 5 nr. 1 e og foreldelsesloven § 9."
        ),
    )

    class Meta:
        verbose_name = _("virksomheten")
        verbose_name_plural = _("virksomheten")
        constraints = [
            CheckConstraint(
                condition=Q(id=1),
                name="processing_controller_is_one",
                violation_error_message=_("Registeret har én behandlingsansvarlig."),
            ),
            CheckConstraint(
                condition=~Q(processor_for_others=Fact.NOT_STATED.value) | Q(processor_statement_on__isnull=True),
                name="processing_controller_processor_statement_has_answer",
                violation_error_message=_("En dato uten svar: velg ja eller nei på om virksomheten er databehandler."),
            ),
            _bounded("case_content_days", _("Det personen skrev, kan dere ta vare på i 30 til 1095 dager.")),
            _bounded("case_withdrawn_days", _("Et trukket krav kan dere ta vare på i 7 til 1095 dager.")),
            _bounded("case_answers_months", _("Brev og begrunnelser kan dere ta vare på i 3 til 36 måneder.")),
            _bounded("case_line_years", _("Saken selv kan dere ta vare på i 3 til 20 år.")),
        ]

    def __str__(self) -> str:
        return self.legal_name or self.trading_name or str(_("Virksomheten"))


class JointController(Governed):
    controller = models.ForeignKey(
        Controller, models.CASCADE, related_name="joint_controllers", verbose_name=_("virksomhet")
    )
    name = models.CharField(
        _("hvem"), max_length=200, help_text=_("Virksomheten det kan være felles ansvar med. Art. 26.")
    )
    status = TermField(
        JointControllerStatus, _("status"), required=True, help_text=_("Er ansvaret avklart? Art. 26 nr. 1.")
    )
    contact = models.CharField(_("kontakt"), max_length=200, blank=True, help_text=_("Art. 30 nr. 1 a."))
    arrangement = models.CharField(
        _("ordning"), max_length=300, blank=True, help_text=_("Hvor avtalen om ansvar ligger. Art. 26 nr. 1 og 2.")
    )
    position = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)

    class Meta:
        verbose_name = _("felles behandlingsansvarlig")
        verbose_name_plural = _("felles behandlingsansvarlige")

    def __str__(self) -> str:
        return self.name


class ReviewRoutine(Governed):
    """A routine by which the company looks over its data, as it states it."""

    controller = models.ForeignKey(
        Controller, models.CASCADE, related_name="review_routines", verbose_name=_("virksomhet")
    )
    code = models.SlugField(_("kode"), max_length=50, unique=True)
    description = models.TextField(
        _("rutine"), max_length=1000, help_text=_("Hva som blir gjennomgått, og hva som kan skje. Art. 5 nr. 2.")
    )
    every_months = models.PositiveSmallIntegerField(
        _("minst hver"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Måneder mellom hver gang. Art. 5 nr. 1 e."),
    )
    position = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)

    class Meta:
        verbose_name = _("rutine for gjennomgang")
        verbose_name_plural = _("rutiner for gjennomgang")

    def __str__(self) -> str:
        return self.description
