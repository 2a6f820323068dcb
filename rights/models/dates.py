"""The dates of a request and of each right in it, computed once by `rights.law.deadlines` and stored."""

from datetime import date

from django.db import models
from django.db.models import CheckConstraint, F, Q
from django.utils.translation import gettext_lazy as _

from rights.law.deadlines import Deadline

DATES = ("received_on", "nominal_on", "statutory_on", "promised_on", "client_on", "staff_on", "extended_on")


class Dated(models.Model):
    """The seven dates of a `Deadline`, under the same names. They are stored so that a later change of the law, or of
    the program, cannot move a date that a person has been given (R-30-5)."""

    received_on = models.DateField(_("mottatt dato"), help_text=_("Dagen kravet kom, i Norge. Teller ikke med."))
    nominal_on = models.DateField(_("månedens slutt"), help_text=_("Før den flyttes for helg og fridag."))
    statutory_on = models.DateField(_("lovens siste dag"), help_text=_("Personvernforordningen art. 12 nr. 3."))
    promised_on = models.DateField(_("lovet dag"), help_text=_("Mottatt dato og 30 dager. Flyttes aldri."))
    client_on = models.DateField(_("dagen personen ser"), help_text=_("Den første av lovet dag og lovens siste dag."))
    staff_on = models.DateField(_("frist"), help_text=_("Siste virkedag som holder det personen er lovet."))
    extended_on = models.DateField(
        _("lovens siste dag ved forlengelse"), help_text=_("Tre måneder fra kravet kom. Aldri senere.")
    )

    class Meta:
        abstract = True

    @property
    def deadline(self) -> Deadline:
        return Deadline(**{name: getattr(self, name) for name in DATES})

    @deadline.setter
    def deadline(self, deadline: Deadline) -> None:
        for name in DATES:
            setattr(self, name, getattr(deadline, name))

    def days_left(self, on: date) -> int:
        """Return the calendar days from `on` to `staff_on`: 0 on the day itself, negative when it has passed."""
        return self.deadline.days_left(on)


def dates_in_order(*, name: str) -> CheckConstraint:
    """Return the constraint that holds for every deadline, extended or not: the dates follow each other."""
    return CheckConstraint(
        condition=Q(received_on__lt=F("staff_on"))
        & Q(staff_on__lte=F("client_on"))
        & Q(client_on__lte=F("statutory_on"))
        & Q(nominal_on__lte=F("statutory_on"))
        & Q(statutory_on__lte=F("extended_on"))
        & Q(received_on__lt=F("promised_on")),
        name=name,
        violation_error_message=_("Datoene i saken står ikke i riktig rekkefølge."),
    )
