"""People who sign in. The domain's own rows live in `processing` and `rights`."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True, **fields})


class User(AbstractUser):
    """A member of staff or an auditor. Clients never get an account."""

    username = None
    first_name = None
    last_name = None
    email = models.EmailField(_("e-postadresse"), unique=True)
    name = models.CharField(
        _("navn"),
        max_length=150,
        help_text=_("Slik det skal stå i historikken: hvem som endret, og hvem som publiserte."),
    )

    access_until = models.DateField(
        _("tilgang til og med"),
        null=True,
        blank=True,
        help_text=_("Siste dag personen slipper inn. Tom: til noen tar tilgangen bort."),
    )

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("bruker")
        verbose_name_plural = _("brukere")

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name
