"""A request, and the rights asked for in it."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from mktnorge.fields import SealedTextField
from processing.law.regimes import LegalRegime
from processing.law.rights import Right
from rights.law import limits
from rights.law.complaints import ComplaintStage
from rights.law.keeping import HoldReason
from rights.law.languages import LetterLanguage
from rights.law.terms import Channel, ChildAge, ContactWay, CopyFirst, OnBehalf, Relation
from rights.models.dates import Dated, dates_in_order
from rights.workflow import OPEN_STATUSES, Ending, RequestStatus

SEALED = ("name", "email", "address", "message", "file_to", "question", "reply")
URGENCY = ("staff_on", "received_at", "pk")


class RightsRequestQuerySet(models.QuerySet["RightsRequest"]):
    def open(self) -> Self:
        """Cases we still owe an answer."""
        return self.filter(status__in=[status.value for status in OPEN_STATUSES])

    def overdue(self, on: date) -> Self:
        """Open cases whose staff date was before `on`. The law's own day may still lie ahead."""
        return self.open().filter(staff_on__lt=on)

    def answer_due_by(self, on: date) -> Self:
        """Open cases to answer on or before `on`, the overdue among them."""
        return self.open().filter(staff_on__lte=on)

    def complaints_to_handle(self) -> Self:
        """Cases where a complaint waits for us, and not for somebody else."""
        return self.filter(complaint_stage__in=[stage.value for stage in ComplaintStage if stage.waits_for_us])

    def by_urgency(self) -> Self:
        return self.order_by(*URGENCY)

    def without_personal_text(self) -> Self:
        """Leave what the person wrote in the database, sealed: for lists, and for pages that may not show it."""
        return self.defer(*SEALED)


class RightsRequest(Dated):
    """One case: what one person asked for, once. Its own dates are those of the right that is due first."""

    public_id = models.UUIDField(_("offentlig id"), default=uuid.uuid4, editable=False)
    case_number = models.CharField(
        _("saksnummer"),
        max_length=12,
        help_text=_("Tilfeldig, så ingen kan telle sakene. Det kan sies på telefonen. Det gir ingen tilgang."),
    )
    status = models.CharField(_("status"), max_length=20, choices=RequestStatus.choices())
    channel = models.CharField(_("kom som"), max_length=20, choices=Channel.choices())
    received_at = models.DateTimeField(_("mottatt"))

    relation = models.CharField(
        _("kontakt med oss"), max_length=20, choices=Relation.choices(), help_text=_("Personens egne ord. Ikke bevist.")
    )
    unsure = models.BooleanField(
        _("usikker på hva"),
        default=False,
        help_text=_("Personen vet ikke hvilken rett det gjelder. Fristen går likevel."),
    )
    activity_number = models.CharField(
        _("aktivitet"), max_length=8, blank=True, help_text=_("Aktiviteten i erklæringen som kravet ble startet fra.")
    )

    on_behalf = models.CharField(
        _("på vegne av"),
        max_length=20,
        choices=OnBehalf.choices(),
        blank=True,
        help_text=_("Den som handler for en annen, viser det senere. Vi lagrer ikke kopi."),
    )
    child_age = models.CharField(_("barnets alder"), max_length=20, choices=ChildAge.choices(), blank=True)
    copy_first = models.CharField(
        _("kopi før sletting"),
        max_length=20,
        choices=CopyFirst.choices(),
        blank=True,
        help_text=_("Skal personen ha kopi først, eller spørres, slettes ingenting før det er gjort."),
    )
    scope = models.JSONField(
        _("innsynet gjelder"), default=list, blank=True, help_text=_("Det personen krysset av. Tomt betyr alt.")
    )
    from_year = models.PositiveSmallIntegerField(_("fra år"), null=True, blank=True)
    to_year = models.PositiveSmallIntegerField(_("til år"), null=True, blank=True)
    explain_words = models.BooleanField(_("vil ha vanskelige ord forklart"), default=False)
    go_through = models.BooleanField(_("vil gå gjennom journalen sammen med noen"), default=False)
    all_consents = models.BooleanField(_("trekker alle samtykker"), default=False)
    consents = models.JSONField(
        _("trekker samtykke til"), default=list, blank=True, help_text=_("Numre på aktiviteter i registeret.")
    )
    speaks_of_danger = models.BooleanField(
        _("kan handle om akutt fare"),
        default=False,
        help_text=_("Satt av et søk etter ord i teksten. Les saken med en gang. Søket kan ta feil begge veier."),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("ansvarlig"),
    )
    version = models.PositiveIntegerField(
        _("versjon"), default=1, help_text=_("Så to som lagrer samtidig, får vite det.")
    )
    regimes = models.JSONField(
        _("regler saken følger"), default=list, blank=True, help_text=_("Tom til en person har bekreftet det.")
    )
    activities = models.JSONField(
        _("aktiviteter saken gjelder"),
        default=list,
        blank=True,
        help_text=_("Numre i registeret, valgt av den som behandler saken."),
    )
    about_recordings = models.BooleanField(
        _("gjelder opptak"), default=False, help_text=_("Da må vi være like sikre på hvem det er, som for journalen.")
    )
    identity_asked_on = models.DateField(_("spurte om identitet"), null=True, blank=True)
    ending = models.CharField(_("slik endte saken"), max_length=20, choices=Ending.choices(), blank=True)
    ended_on = models.DateField(_("avsluttet"), null=True, blank=True)
    duplicate_of = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        related_name="duplicates",
        null=True,
        blank=True,
        verbose_name=_("samme krav som"),
        help_text=_("Den eldre saken, der personen får svar. Fristen der går videre."),
    )
    held_for = models.CharField(
        _("slettes ikke fordi"),
        max_length=20,
        choices=HoldReason.choices(),
        blank=True,
        help_text=_("En klage eller en tvist stanser all sletting i saken."),
    )
    held_on = models.DateField(_("sletting stanset"), null=True, blank=True)
    complaint_stage = models.CharField(
        _("klage"),
        max_length=20,
        choices=ComplaintStage.choices(),
        blank=True,
        help_text=_("Hvor langt klagen på svaret har kommet. Tomt når det ikke er noen."),
    )
    content_erased_on = models.DateField(_("innholdet slettet"), null=True, blank=True)
    answers_erased_on = models.DateField(_("brev og notater slettet"), null=True, blank=True)

    call_wanted_at = models.DateTimeField(
        _("ba oss ringe"), null=True, blank=True, help_text=_("Tom igjen når noen har ringt.")
    )

    contact_way = models.CharField(_("vil ha svar ved"), max_length=20, choices=ContactWay.choices())
    language = models.CharField(
        _("språk i brevene"),
        max_length=2,
        choices=LetterLanguage.choices(),
        default=LetterLanguage.BOKMAL.value,
        help_text=_("Valgt av personen, eller av den som behandler saken."),
    )
    no_voicemail = models.BooleanField(_("ikke legg igjen beskjed på telefon"), default=False)
    neutral_envelope = models.BooleanField(_("bruk konvolutt uten navnet vårt"), default=False)

    name = SealedTextField(_("navn"), max_length=limits.NAME * limits.MASKED_GROWTH)
    email = SealedTextField(_("e-post"), max_length=limits.EMAIL * limits.MASKED_GROWTH, blank=True)
    address = SealedTextField(_("adresse"), max_length=limits.ADDRESS * limits.MASKED_GROWTH, blank=True)
    message = SealedTextField(_("melding"), max_length=limits.MESSAGE * limits.MASKED_GROWTH, blank=True)

    file_to = SealedTextField(
        _("filen skal til"),
        max_length=limits.FILE_TO * limits.MASKED_GROWTH,
        blank=True,
        help_text=_("Tomt betyr seg selv."),
    )

    question = SealedTextField(
        _("spørsmålet til personen"),
        max_length=limits.QUESTION * limits.MASKED_GROWTH,
        blank=True,
        help_text=_("Ett i hver sak. Fristen går mens vi venter på svaret."),
    )
    question_asked_at = models.DateTimeField(_("spurte personen"), null=True, blank=True)
    reply = SealedTextField(_("svaret fra personen"), max_length=limits.REPLY * limits.MASKED_GROWTH, blank=True)
    replied_at = models.DateTimeField(_("personen svarte"), null=True, blank=True)
    reply_read_at = models.DateTimeField(
        _("svaret ble lest"), null=True, blank=True, help_text=_("Første gang en av oss åpnet det.")
    )

    code_hash = models.CharField(
        _("følgekodens avtrykk"), max_length=64, editable=False, help_text=_("Nøklet hash. Koden selv finnes ikke her.")
    )
    idempotency_hash = models.CharField(
        _("innsendingens avtrykk"), max_length=64, editable=False, help_text=_("Så to klikk blir én sak.")
    )

    objects = RightsRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("sak")
        verbose_name_plural = _("saker")
        permissions = [("view_figures", _("Kan se tall om saker"))]
        constraints = [
            UniqueConstraint(fields=["public_id"], name="rights_request_public_id_unique"),
            UniqueConstraint(fields=["case_number"], name="rights_request_case_number_unique"),
            # Serves the look-up of a case by its code.
            UniqueConstraint(fields=["code_hash"], name="rights_request_code_unique"),
            UniqueConstraint(fields=["idempotency_hash"], name="rights_request_submitted_once"),
            CheckConstraint(
                condition=~Q(case_number="") & ~Q(code_hash="") & ~Q(idempotency_hash=""),
                name="rights_request_identified",
                violation_error_message=_("En sak må ha saksnummer og følgekode."),
            ),
            CheckConstraint(
                condition=Q(child_age="") | Q(on_behalf="child"),
                name="rights_request_age_of_a_child",
                violation_error_message=_("Alder oppgis bare når kravet gjelder barnet til den som spør."),
            ),
            CheckConstraint(
                condition=Q(from_year__isnull=True) | Q(to_year__isnull=True) | Q(from_year__lte=F("to_year")),
                name="rights_request_years_in_order",
                violation_error_message=_("«Fra år» kan ikke være etter «til år»."),
            ),
            CheckConstraint(
                condition=Q(status__in=[status.value for status in OPEN_STATUSES], ending="", ended_on__isnull=True)
                | Q(ended_on__isnull=False)
                & ~Q(ending="")
                & Q(status__in=[status.value for status in RequestStatus if not status.is_open]),
                name="rights_request_ended_how_and_when",
                violation_error_message=_("En sak som er ferdig, må si hvordan den endte, og når."),
            ),
            CheckConstraint(
                condition=Q(held_on__isnull=True, held_for="") | Q(held_on__isnull=False) & ~Q(held_for=""),
                name="rights_request_held_why",
                violation_error_message=_("Skriv hvorfor saken ikke skal slettes."),
            ),
            CheckConstraint(
                condition=Q(replied_at__isnull=True) | Q(question_asked_at__isnull=False),
                name="rights_request_reply_to_a_question",
                violation_error_message=_("Et svar må ha et spørsmål."),
            ),
            CheckConstraint(
                condition=Q(reply_read_at__isnull=True) | Q(replied_at__isnull=False),
                name="rights_request_read_what_came",
                violation_error_message=_("Bare et svar som er kommet, kan være lest."),
            ),
            CheckConstraint(
                condition=Q(complaint_stage="") | Q(held_on__isnull=False),
                name="rights_request_complaint_is_held",
                violation_error_message=_("Ingenting slettes i en sak med en klage som ikke er avgjort."),
            ),
            dates_in_order(name="rights_request_dates_in_order"),
        ]
        indexes = [
            # Serves the desk's list: open cases by urgency.
            models.Index(fields=["status", "staff_on"], name="rights_request_desk"),
            # Serves the erasure of what has ended long ago.
            models.Index(fields=["ended_on"], name="rights_request_ended"),
        ]

    def __str__(self) -> str:
        return self.case_number

    @property
    def state(self) -> RequestStatus:
        return RequestStatus(self.status)

    @property
    def waits_for_reply(self) -> bool:
        """True while there is a question that the person can still answer."""
        return self.state.is_open and self.question_asked_at is not None and self.replied_at is None

    @property
    def regime_set(self) -> frozenset[LegalRegime]:
        return frozenset(LegalRegime(code) for code in self.regimes)

    @regime_set.setter
    def regime_set(self, regimes: Iterable[LegalRegime]) -> None:
        self.regimes = sorted(regimes)


class RequestedRight(Dated):
    """One right in a request. A right added later has its own receipt date, and so its own deadline (R-DL-11)."""

    request = models.ForeignKey(
        RightsRequest, on_delete=models.CASCADE, related_name="requested_rights", verbose_name=_("sak")
    )
    right = models.CharField(_("rett"), max_length=30, choices=Right.choices())

    class Meta:
        verbose_name = _("rett det er bedt om")
        verbose_name_plural = _("retter det er bedt om")
        constraints = [
            UniqueConstraint(
                fields=["request", "right"],
                name="rights_requested_right_once",
                violation_error_message=_("Denne retten er allerede med i saken."),
            ),
            dates_in_order(name="rights_requested_right_dates_in_order"),
        ]

    def __str__(self) -> str:
        return self.get_right_display()

    @property
    def as_right(self) -> Right:
        return Right(self.right)
