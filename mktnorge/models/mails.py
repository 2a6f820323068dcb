"""Mail on its way: a row in the transaction of what it tells of, sent afterwards by the worker."""

from typing import Self

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from mktnorge.fields import SealedTextField


class MailState(models.TextChoices):
    WAITING = "waiting", _("venter")
    CLAIMED = "claimed", _("sendes nå")
    SENT = "sent", _("sendt")
    UNCERTAIN = "uncertain", _("uvisst om den kom fram")
    FAILED = "failed", _("kom ikke fram")


class MailProblem(models.TextChoices):
    """Why a mail is not there yet. The mail server's own words may name the recipient, and are not kept."""

    UNREACHABLE = "unreachable", _("E-posttjeneren svarte ikke, eller ba oss vente.")
    REFUSED = "refused", _("Mottakerens e-posttjener tok den ikke imot.")
    INTERRUPTED = "interrupted", _("Sendingen ble brutt. Den kan ha kommet fram.")
    GIVEN_UP = "given_up", _("Vi fikk den ikke sendt på tre døgn.")


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def undelivered(self) -> Self:
        """What a person has to see to: the program does nothing more with these."""
        return self.filter(state__in=[MailState.UNCERTAIN, MailState.FAILED])


class OutgoingMail(models.Model):
    """One mail. It says nothing that must be kept from whoever sees the inbox (decision 17).

    `recipient` and `secret` are emptied when the mail is sent (decision 29). `once` names the occasion: the database
    takes only one mail for it. `essential` mails are sent again, once and under the same Message-ID, when nobody knows
    whether the first got through; the others are shown to staff instead.
    """

    kind = models.CharField(_("slag"), max_length=40)
    reference = models.CharField(_("gjelder"), max_length=40, blank=True)
    once = models.CharField(_("anledning"), max_length=120)
    recipient = SealedTextField(_("mottaker"), max_length=320, blank=True)
    subject = models.CharField(_("emne"), max_length=120)
    body = models.TextField(_("tekst"), max_length=4000)
    secret = SealedTextField(
        _("settes inn når den sendes"), max_length=200, blank=True, help_text=_("For eksempel en engangskode.")
    )
    message_id = models.CharField(_("meldings-id"), max_length=120)
    essential = models.BooleanField(_("sendes om igjen ved tvil"), default=False)

    state = models.CharField(_("tilstand"), max_length=12, choices=MailState.choices, default=MailState.WAITING)
    problem = models.CharField(_("problem"), max_length=12, choices=MailProblem.choices, blank=True)
    attempts = models.PositiveSmallIntegerField(_("forsøk"), default=0)
    created_at = models.DateTimeField(_("laget"))
    due_at = models.DateTimeField(_("sendes tidligst"))
    claimed_at = models.DateTimeField(_("tatt av arbeideren"), null=True, blank=True)
    settled_at = models.DateTimeField(_("avgjort"), null=True, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("e-post")
        verbose_name_plural = _("e-poster")
        constraints = [
            UniqueConstraint(fields=["once"], name="mktnorge_mail_once"),
            UniqueConstraint(fields=["message_id"], name="mktnorge_mail_message_id"),
            CheckConstraint(
                condition=~Q(state=MailState.CLAIMED) | Q(claimed_at__isnull=False), name="mktnorge_mail_claimed_when"
            ),
        ]
        indexes = [
            # Serves the worker, which asks for the next one every few seconds.
            models.Index(fields=["state", "due_at"], name="mktnorge_mail_next"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}".strip()
