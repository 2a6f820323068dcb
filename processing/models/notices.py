from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from processing.law.findings import Severity
from processing.notices.body import NoticeBody, from_payload
from processing.notices.log import AcceptedFinding, Publication
from processing.notices.published import PublishedNotice


class NoticeVersionQuerySet(models.QuerySet["NoticeVersion"]):
    def latest_first(self) -> "NoticeVersionQuerySet":
        return self.order_by("-number")

    def light(self) -> "NoticeVersionQuerySet":
        """Without the text and what it rests on: enough to tell versions apart, and to serve one already drawn."""
        return self.defer("body", "facts", "findings")

    def in_force(self, on: date) -> "NoticeVersion | None":
        """Return the version in force on the Oslo date `on`, or None before the first. One query.

        Without the facts: what the public reads is the text, and they are many times its size.
        """
        return self.defer("facts").filter(in_force_from__lte=on).latest_first().first()

    def in_force_at(self, moment: datetime) -> "NoticeVersion | None":
        """Return the version the public could read at `moment` (aware), or None before the first. One query.

        Where two came into force on one day, it is the one that was published by then.
        """
        return self.filter(published_at__lte=moment).in_force(timezone.localdate(moment))

    def log_until(self, moment: datetime) -> tuple[Publication, ...]:
        """Return the versions published at `moment` (aware) or before, in order, without their texts. One query."""
        versions = self.filter(published_at__lte=moment).defer("body", "facts").order_by("number")
        return tuple(version.publication for version in versions)

    def applied_during(self, day: date) -> "list[NoticeVersion]":
        """Return the versions the public could read during the Oslo date `day`, in order. At most two queries.

        Two or more where one came into force in the middle of it: it was published that day, after the day had begun.
        """
        came_that_day = list(self.filter(in_force_from=day).order_by("number"))
        # A version published before its day began was there from the first minute, and took the place of the others.
        at_the_start = [version for version in came_that_day if timezone.localdate(version.published_at) < day]
        if at_the_start:
            return came_that_day[came_that_day.index(at_the_start[-1]) :]
        before = self.filter(in_force_from__lt=day).latest_first().first()
        return [before, *came_that_day] if before else came_that_day


class NoticeVersion(models.Model):
    """A published notice. It duplicates what it says and never changes: the database refuses it.

    A mistake is corrected by publishing another version. `facts` is the register as it was read, so that the text
    can be traced to it whatever becomes of history; `changed_by` are the names of those who had edited the register
    since the version before.
    """

    number = models.PositiveIntegerField(_("utgave"), unique=True)
    body = models.JSONField(_("tekst"))
    body_sha256 = models.CharField(_("tekstens SHA-256"), max_length=64)
    register_moment = models.DateTimeField(_("registeret slik det var"))
    register_sha256 = models.CharField(_("registerets SHA-256"), max_length=64)
    facts = models.JSONField(_("registeret utgaven bygger på"), null=True)
    findings = models.JSONField(_("åpne funn"))

    summary = models.TextField(_("hva som er endret"), max_length=2000)
    # None for the first version: there is nothing it could differ from.
    is_material = models.BooleanField(_("vesentlig endring"), null=True)
    material_reason = models.TextField(_("hvorfor, eller hvorfor ikke"), max_length=1000, blank=True)
    who_is_told = models.TextField(_("hvem får beskjed, og hvordan"), max_length=1000, blank=True)

    in_force_from = models.DateField(_("gjelder fra"), db_index=True)
    published_at = models.DateTimeField(_("publisert"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("publisert av")
    )
    publisher_name = models.CharField(_("publisert av, navn"), max_length=150)
    changed_by = models.JSONField(_("hvem har endret registeret"), default=list)
    alone_reason = models.TextField(_("hvorfor én person alene"), max_length=1000, blank=True)
    is_demonstration = models.BooleanField(_("demonstrasjon"))

    objects = NoticeVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("utgave av erklæringen")
        verbose_name_plural = _("utgaver av erklæringen")
        constraints = [
            CheckConstraint(
                # Without isnull a comparison with nothing is neither true nor false, and the database lets it pass.
                condition=Q(is_material__isnull=True, material_reason="", who_is_told="")
                | (Q(is_material__isnull=False, is_material=False, who_is_told="") & ~Q(material_reason=""))
                | (Q(is_material__isnull=False, is_material=True) & ~Q(material_reason="") & ~Q(who_is_told="")),
                name="processing_noticeversion_material_has_reason",
                violation_error_message=_("Skriv hvorfor endringen er vesentlig eller ikke, og hvem som får beskjed."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Utgave {number}")).format(number=self.number)

    def get_absolute_url(self) -> str:
        return reverse("processing:notice_version", args=[self.number])

    @property
    def notice(self) -> NoticeBody:
        """The text as a value. No query."""
        payload: dict[str, Any] = self.body
        return from_payload(payload)

    @property
    def publication(self) -> Publication:
        """The version as the publication log tells of it. No query."""
        findings: list[dict[str, str]] = self.findings
        return Publication(
            number=self.number,
            published_at=self.published_at,
            in_force_from=self.in_force_from,
            publisher=self.publisher_name,
            summary=self.summary,
            is_material=self.is_material,
            material_reason=self.material_reason,
            who_is_told=self.who_is_told,
            alone_reason=self.alone_reason,
            is_demonstration=self.is_demonstration,
            accepted=tuple(
                AcceptedFinding(
                    code=row["code"],
                    severity=Severity(row["severity"]),
                    subject=row["subject"],
                    field=row["field"],
                    message=row["message"],
                    source=row["source"],
                    reason=row["reason"],
                )
                for row in findings
                if row["reason"].strip()
            ),
        )

    def published_in(self, language: str) -> PublishedNotice:
        """The version as its renderers get it, in one of its languages alone. Raises KeyError. No query."""
        return replace(self.published, body=self.notice.in_language(language))

    @property
    def published(self) -> PublishedNotice:
        """The version as its renderers get it, with every language it is told in. No query."""
        return PublishedNotice(
            number=self.number,
            in_force_from=self.in_force_from,
            published_at=self.published_at,
            sha256=self.body_sha256,
            is_demonstration=self.is_demonstration,
            body=self.notice,
        )


class NoticeFile(models.Model):
    """A version as a file that takes time to make. Made once and kept, so that it is the same bytes for ever."""

    version = models.ForeignKey(NoticeVersion, models.PROTECT, related_name="files", verbose_name=_("utgave"))
    format = models.CharField(_("format"), max_length=8)
    content = models.BinaryField(_("fil"))
    sha256 = models.CharField(_("filens SHA-256"), max_length=64)

    class Meta:
        verbose_name = _("fil av erklæringen")
        verbose_name_plural = _("filer av erklæringen")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "format"],
                name="processing_noticefile_once",
                violation_error_message=_("Filen er laget allerede, og blir ikke laget på nytt."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}.{self.format}"
