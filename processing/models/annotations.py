"""What stands beside the fields: statements no field holds, remarks on what is stated, and proposals for what is not.

A row without an activity is about the company as a whole.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from processing.law.annotated import fields_of_activity, fields_of_company
from processing.law.facts import RemarkKind, StatementTopic
from processing.models.activities import Activity
from processing.models.fields import TermField
from processing.models.governed import Governed


class Annotation(Governed):
    activity = models.ForeignKey(
        Activity,
        models.CASCADE,
        null=True,
        blank=True,
        verbose_name=_("aktivitet"),
        help_text=_("Tomt: gjelder virksomheten generelt."),
    )
    position = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)

    class Meta:
        abstract = True

    def check_field(self, name: str) -> None:
        """Raise ValidationError when neither the activity, or the company without one, has a field of that name."""
        is_of_company = self.activity_id is None and self.activity is None
        if name not in (fields_of_company() if is_of_company else fields_of_activity()):
            raise ValidationError(
                {"field": ValidationError(_("Registeret har ikke noe felt «%(name)s»."), params={"name": name})}
            )


class Statement(Annotation):
    topic = TermField(StatementTopic, _("om"), required=True, help_text=_("Hva utsagnet handler om."))
    text = models.TextField(
        _("utsagn"), max_length=2000, help_text=_("Det virksomheten oppgir, med registerets ord. Art. 5 nr. 2.")
    )

    class Meta:
        verbose_name = _("utsagn")
        verbose_name_plural = _("utsagn")

    def __str__(self) -> str:
        return self.text


class Remark(Annotation):
    """A doubt about a stated field that no rule can see, with the gap it belongs to."""

    field = models.CharField(_("felt"), max_length=60, help_text=_("Feltet merknaden gjelder."))
    kind = TermField(RemarkKind, _("slag"), required=True, help_text=_("Hvorfor feltet ikke kan tas på ordet."))
    text = models.TextField(
        _("merknad"), max_length=2000, help_text=_("Hva som er uklart, og hva som må avklares. Art. 5 nr. 2.")
    )
    gap = models.CharField(
        _("mangel"), max_length=4, blank=True, help_text=_("Nummeret på mangelen, for eksempel G09.")
    )

    class Meta:
        verbose_name = _("merknad")
        verbose_name_plural = _("merknader")

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        self.check_field(self.field)


class Proposal(Annotation):
    """A value somebody proposes. It becomes the field's value only by an edit that a person makes (decision 24)."""

    field = models.CharField(_("felt"), max_length=60, help_text=_("Feltet forslaget gjelder."))
    value = models.CharField(_("forslag"), max_length=500, help_text=_("Verdien som foreslås."))
    reason = models.TextField(_("hvorfor"), max_length=2000, blank=True, help_text=_("Grunnen, med lov og paragraf."))
    gap = models.CharField(
        _("mangel"), max_length=4, blank=True, help_text=_("Nummeret på mangelen, for eksempel G08.")
    )

    class Meta:
        verbose_name = _("forslag")
        verbose_name_plural = _("forslag")

    def __str__(self) -> str:
        return f"{self.field}: {self.value}"

    def clean(self) -> None:
        self.check_field(self.field)
