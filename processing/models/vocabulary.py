"""Words the activities are described with. A stable code each, so that an import finds them again."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from processing.law.bases import SpecialCategory
from processing.models.fields import FactField, TermField
from processing.models.governed import Governed


class Vocabulary(Governed):
    code = models.SlugField(
        _("kode"), max_length=60, unique=True, help_text=_("Fast kode. Den endres ikke, selv om navnet gjør det.")
    )
    position = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)

    class Meta:
        abstract = True


class SubjectCategory(Vocabulary):
    name = models.CharField(_("navn"), max_length=150, help_text=_("Gruppen av personer, i flertall. Art. 30 nr. 1 c."))
    listed_in_notice = FactField(
        _("nevnt i den gamle erklæringen"), help_text=_("Sto gruppen på listen i den publiserte erklæringen? Art. 13.")
    )

    class Meta:
        verbose_name = _("gruppe av personer")
        verbose_name_plural = _("grupper av personer")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class DataCategory(Vocabulary):
    name = models.CharField(
        _("navn"), max_length=200, help_text=_("Slaget opplysninger. Skriv slaget, ikke eksempler. Art. 30 nr. 1 c.")
    )
    public_name = models.CharField(
        _("navn i erklæringen"),
        max_length=200,
        blank=True,
        help_text=_("Med hverdagsord, midt i en setning. Art. 12 nr. 1."),
    )
    special_category = TermField(
        SpecialCategory, _("særlig kategori"), help_text=_("Fylles ut når slaget er en særlig kategori. Art. 9 nr. 1.")
    )

    class Meta:
        verbose_name = _("slag opplysninger")
        verbose_name_plural = _("slag opplysninger")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class Measure(Vocabulary):
    name = models.CharField(
        _("tiltak"), max_length=200, help_text=_("Hva dere gjør for å sikre opplysningene. Art. 30 nr. 1 g.")
    )
    public_name = models.CharField(
        _("tiltaket i erklæringen"), max_length=200, blank=True, help_text=_("Med hverdagsord. Art. 12 nr. 1.")
    )
    general = models.BooleanField(
        _("gjelder alt"), default=False, help_text=_("Krysset av: tiltaket gjelder alle aktiviteter. Art. 32 nr. 1.")
    )

    class Meta:
        verbose_name = _("sikkerhetstiltak")
        verbose_name_plural = _("sikkerhetstiltak")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class CollectionSituation(Vocabulary):
    name = models.CharField(_("situasjon"), max_length=200, help_text=_("Når dere får opplysningene. Art. 13 nr. 1."))

    class Meta:
        verbose_name = _("innsamlingssituasjon")
        verbose_name_plural = _("innsamlingssituasjoner")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name
