"""The log of a case: rows that are added, and never changed or taken away."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mktnorge.models import User
from rights.models.requests import RightsRequest
from rights.workflow import EventKind


class RequestEvent(models.Model):
    """That something happened, when, and who did it. `by` is empty for what the person or the program did.

    Holds no free text, so that nothing here is erased before the case itself. The database refuses UPDATE, and DELETE
    but for a case that a frozen `ErasedLine` says is gone.
    """

    request = models.ForeignKey(
        RightsRequest, on_delete=models.PROTECT, related_name="events", verbose_name=_("sak"), editable=False
    )
    kind = models.CharField(_("hendelse"), max_length=40, choices=EventKind.choices(), editable=False)
    at = models.DateTimeField(_("når"), editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("av"),
        editable=False,
    )

    class Meta:
        verbose_name = _("hendelse")
        verbose_name_plural = _("hendelser")
        indexes = [
            # Serves the log of one case, in order.
            models.Index(fields=["request", "at"], name="rights_event_log"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @classmethod
    def record(cls, request: RightsRequest, kind: EventKind, *, by: User | None, at: datetime) -> Self:
        return cls._default_manager.create(request=request, kind=kind, by=by, at=at)
