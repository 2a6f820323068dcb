"""One neutral mail for every change of how somebody signs in, so that nobody's door is changed unseen."""

from datetime import datetime
from enum import Enum

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mktnorge.models import User
from mktnorge.outbox import queue_mail


class Change(Enum):
    PASSWORD = gettext_lazy("Passordet ditt er endret.")
    APP = gettext_lazy("En app for koder er satt opp på kontoen din.")
    PASSKEY = gettext_lazy("En passnøkkel er lagt til på kontoen din.")
    REMOVED = gettext_lazy("En app eller passnøkkel er fjernet fra kontoen din.")
    RECOVERY_CODES = gettext_lazy("Du har fått nye reservekoder. De gamle virker ikke lenger.")


def tell(user: User, change: Change, *, at: datetime) -> None:
    """Queue the mail, in the transaction of the change it tells of."""
    queue_mail(
        to=user.email,
        subject=_("Innloggingen din er endret"),
        body=_(
            "%(what)s Det skjedde %(moment)s.\n\n"
            "Var det deg, trenger du ikke gjøre noe.\n"
            "Var det ikke deg, si fra til lederen din med en gang.\n"
        )
        % {"what": change.value, "moment": date_format(timezone.localtime(at), r"j. F Y \k\l. H.i")},
        kind="sign-in",
        once=f"sign-in/{change.name}/{user.pk}/{at.isoformat()}",
        at=at,
    )
