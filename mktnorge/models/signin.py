"""What the door remembers: who was invited, and which sessions are open."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mktnorge.roles import Role


class Invitation(models.Model):
    """A link that lets one person set a password, once. The code in the link is kept as a keyed hash only."""

    email = models.EmailField(_("e-postadresse"))
    role = models.CharField(_("rolle"), max_length=20, choices=[(role.value, role.value) for role in Role])
    access_until = models.DateField(_("tilgang til og med"), null=True, blank=True)
    code_hash = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField(_("invitert"))
    expires_at = models.DateTimeField(_("gjelder til"))
    used_at = models.DateTimeField(_("brukt"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitasjon")
        verbose_name_plural = _("invitasjoner")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("invited_at")), name="invitation_expires_after_it_is_made"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}, {self.invited_at:%Y-%m-%d}"


class StaffSession(models.Model):
    """An open session of a member of staff, so that it can be seen and ended. No address is stored."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sessions")
    session_key = models.CharField(max_length=40, unique=True)
    device = models.CharField(_("enhet"), max_length=60)
    began_at = models.DateTimeField(_("startet"))
    seen_at = models.DateTimeField(_("sist brukt"))

    class Meta:
        verbose_name = _("økt")
        verbose_name_plural = _("økter")

    def __str__(self) -> str:
        return f"{self.device}, {self.began_at:%Y-%m-%d %H:%M}"
