"""The public texts of the register in other languages."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from processing.law.languages import TextLanguage
from processing.models.annotations import Annotation
from processing.models.fields import TermField


class Translation(Annotation):
    """A public text of an activity, or without one a text that several share, in another language.

    It belongs to the words it translates and to no row: when they change, it is of what nobody says any longer.
    """

    language = TermField(
        TextLanguage, _("språk"), required=True, help_text=_("Språket oversettelsen er skrevet på. Art. 12 nr. 1.")
    )
    original = models.TextField(
        _("teksten på bokmål"),
        max_length=2000,
        help_text=_("Ord for ord slik den står i registeret. Endres den, må den oversettes på nytt."),
    )
    text = models.TextField(
        _("oversettelsen"), max_length=3000, help_text=_("Det samme, med like enkle ord. Art. 12 nr. 1.")
    )

    class Meta:
        verbose_name = _("oversettelse")
        verbose_name_plural = _("oversettelser")

    def __str__(self) -> str:
        return self.text
