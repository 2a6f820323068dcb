"""The log of breaches (art. 33(5)): what is known of each, and every step that was taken, in rows nobody can change."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q
from django.utils.translation import gettext_lazy as _

from mktnorge.fields import SealedTextField
from rights.law import limits
from rights.law.breaches import BreachFacts, BreachStep, NotToldGround, Risk
from rights.models.requests import RightsRequest


class BreachQuerySet(models.QuerySet["Breach"]):
    def open(self) -> Self:
        return self.filter(closed_at=None)

    def by_urgency(self) -> Self:
        """What nobody has notified first, by the hour; then the rest of the open ones."""
        return self.order_by(F("closed_at").asc(nulls_first=True), F("notified_at").asc(nulls_first=True), "due_at")


class Breach(models.Model):
    """One possible breach, as it is known now. Words stand in its events: this row holds only what can be chosen."""

    request = models.ForeignKey(
        RightsRequest,
        on_delete=models.SET_NULL,
        related_name="breaches",
        null=True,
        blank=True,
        verbose_name=_("sak"),
        help_text=_("Saken det ble oppdaget i. Tom når saken er slettet."),
    )
    aware_at = models.DateTimeField(_("ble klar over det"), help_text=_("De 72 timene regnes herfra (art. 33 nr. 1)."))
    due_at = models.DateTimeField(_("meldes senest"), help_text=_("72 timer senere. Helg og netter teller."))
    kinds = models.JSONField(_("hva slags"), default=list)
    people = models.PositiveIntegerField(
        _("omtrent hvor mange personer"), null=True, blank=True, help_text=_("Tomt betyr ikke kjent.")
    )
    risk = models.CharField(_("risiko"), max_length=20, choices=Risk.choices(), blank=True)
    notified_at = models.DateTimeField(_("Datatilsynet varslet"), null=True, blank=True)
    notice_left = models.BooleanField(_("skal ikke meldes"), default=False)
    told_on = models.DateField(_("de det gjelder, fikk vite det"), null=True, blank=True)
    telling_left = models.BooleanField(_("de det gjelder, får ikke beskjed"), default=False)
    not_told_ground = models.CharField(
        _("unntak fra å si fra"), max_length=20, choices=NotToldGround.choices(), blank=True
    )
    has_measures = models.BooleanField(_("tiltak er skrevet inn"), default=False)
    closed_at = models.DateTimeField(_("avsluttet"), null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("ansvarlig"),
    )
    version = models.PositiveIntegerField(_("versjon"), default=1)

    objects = BreachQuerySet.as_manager()

    class Meta:
        verbose_name = _("avvik")
        verbose_name_plural = _("avvik")
        constraints = [
            CheckConstraint(
                condition=Q(due_at__gt=F("aware_at")),
                name="rights_breach_due_after_awareness",
                violation_error_message=_("Fristen må være etter at avviket ble kjent."),
            ),
            CheckConstraint(
                condition=Q(notified_at__isnull=True) | Q(notified_at__gte=F("aware_at"), notice_left=False),
                name="rights_breach_notified_or_not",
                violation_error_message=_("Et avvik er meldt etter at det ble kjent, eller ikke meldt."),
            ),
            CheckConstraint(
                condition=Q(notice_left=False) | Q(risk=Risk.UNLIKELY.value),
                name="rights_breach_risk_is_notified",
                violation_error_message=_("Et avvik med risiko skal meldes."),
            ),
            CheckConstraint(
                condition=Q(told_on__isnull=True) | Q(telling_left=False),
                name="rights_breach_told_or_not",
            ),
            CheckConstraint(
                condition=Q(telling_left=False)
                | ~Q(risk=Risk.HIGH.value) & Q(not_told_ground="")
                | Q(risk=Risk.HIGH.value) & ~Q(not_told_ground=""),
                name="rights_breach_high_risk_is_told",
                violation_error_message=_("Er risikoen høy, må ett av unntakene i loven gjelde."),
            ),
        ]
        indexes = [
            # Serves the front page: the open ones by the hour.
            models.Index(fields=["closed_at", "due_at"], name="rights_breach_open"),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def facts(self) -> BreachFacts:
        return BreachFacts(
            aware_at=self.aware_at,
            due_at=self.due_at,
            has_owner=self.owner_id is not None,
            risk=Risk.of(self.risk),
            notified_at=self.notified_at,
            notice_left=self.notice_left,
            told_on=self.told_on,
            telling_left=self.telling_left,
            has_measures=self.has_measures,
            closed=self.closed_at is not None,
        )


class BreachEvent(models.Model):
    """That a step was taken, when and by whom, with what it set. Frozen.

    `link` is a keyed hash of the event before it in the same breach, of this one, and of the words written with it.
    """

    breach = models.ForeignKey(
        Breach, on_delete=models.PROTECT, related_name="events", verbose_name=_("avvik"), editable=False
    )
    step = models.CharField(_("steg"), max_length=20, choices=BreachStep.choices(), editable=False)
    at = models.DateTimeField(_("når"), editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("av"), editable=False
    )
    told = models.JSONField(_("det som ble valgt"), default=dict, editable=False)
    link = models.CharField(_("avtrykk"), max_length=64, editable=False)

    class Meta:
        verbose_name = _("hendelse i avvik")
        verbose_name_plural = _("hendelser i avvik")
        ordering = ["pk"]

    def __str__(self) -> str:
        return BreachStep(self.step).plain


class BreachWords(models.Model):
    """What was written with a step. Sealed, so that a new key can seal it anew: that is why it is not frozen.

    It is never rewritten: what is wrong is put right by a later step. The event's link tells if it was.
    """

    event = models.OneToOneField(
        BreachEvent, on_delete=models.PROTECT, related_name="words", verbose_name=_("hendelse"), editable=False
    )
    text = SealedTextField(_("det som ble skrevet"), max_length=limits.REASON)

    class Meta:
        verbose_name = _("ord i avvik")
        verbose_name_plural = _("ord i avvik")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
