"""Publishing the notice: from the register as it is to a version that never changes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mktnorge.models import User
from processing.exports.json import payload_hash, register_payload
from processing.law.checks import check_register
from processing.law.findings import Finding, Severity
from processing.law.records import Register
from processing.models import Controller, NoticeVersion
from processing.notices.body import body_hash, to_payload
from processing.notices.compose import compose_notice
from processing.register import OSLO, register_as_of


class NothingToPublish(Exception):
    """The register has no controller or no activity in use, so there is nothing to tell."""


class FindingsUnexplained(Exception):
    """Error-level findings are open, and no reason was given for them. `findings` holds those without one."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(
            _(
                "Registeret har {count} feil uten begrunnelse. "
                "Rett dem, eller skriv for hver hvorfor dere publiserer likevel."
            ).format(count=len(findings))
        )
        self.findings = findings


class StaleDraft(Exception):
    """The register has changed since the person read the draft they are publishing."""


class InForceTooEarly(Exception):
    """A version cannot come into force in the past, or before the version it follows."""


def findings_at_publication(register: Register, *, in_force_from: date) -> tuple[Finding, ...]:
    """Return all findings on what the notice tells when `register` is published, by the law of the day it takes effect.

    A draft, or an activity that begins later, is absent from the notice: its errors ask for no reason here, and it
    counts as not described.
    """
    return check_register(replace(register, activities=register.activities_on(in_force_from)), law_on=in_force_from)


@transaction.atomic
def publish_notice(
    *,
    by: User,
    at: datetime,
    in_force_from: date,
    summary: str,
    reasons: Mapping[str, str],
    draft_sha256: str | None = None,
    is_demonstration: bool = False,
) -> NoticeVersion:
    """Freeze the register as it is at `at` into the next version of the notice, and return it.

    `in_force_from` is an Oslo date, today or later. `reasons` maps the key of each error-level finding to why the
    notice is published over it; they are frozen with the findings. `draft_sha256` is the `draft_hash` of what
    the person read, where they read a draft.

    Raises NothingToPublish, InForceTooEarly, StaleDraft or FindingsUnexplained, and then nothing is published.
    """
    # The one row every publisher passes: the next one waits here and then sees this version.
    Controller.objects.select_for_update().first()
    register = register_as_of(at)
    today = at.astimezone(OSLO).date()
    if register.controller is None or not register.activities_on(in_force_from):
        raise NothingToPublish(_("Registeret har ingen aktiviteter i bruk. Fyll det først."))
    latest = NoticeVersion.objects.latest_first().first()
    earliest = max(today, latest.in_force_from) if latest else today
    if in_force_from < earliest:
        raise InForceTooEarly(_("Utgaven kan tidligst gjelde fra {date}.").format(date=earliest.strftime("%d.%m.%Y")))
    body = compose_notice(register, on=in_force_from)
    if draft_sha256 is not None and draft_sha256 != draft_hash(register, on=today):
        raise StaleDraft(_("Registeret er endret etter at du åpnet utkastet. Les det på nytt før du publiserer."))
    findings = findings_at_publication(register, in_force_from=in_force_from)
    unexplained = tuple(
        finding
        for finding in findings
        if finding.severity is Severity.ERROR and not reasons.get(finding.key, "").strip()
    )
    if unexplained:
        raise FindingsUnexplained(unexplained)
    return NoticeVersion.objects.create(
        number=latest.number + 1 if latest else 1,
        body=to_payload(body),
        body_sha256=body_hash(body),
        register_moment=at,
        register_sha256=payload_hash(register),
        facts=register_payload(register),
        findings=[_frozen(finding, reasons) for finding in findings],
        summary=summary,
        in_force_from=in_force_from,
        published_at=at,
        published_by=by,
        publisher_name=by.name,
        is_demonstration=is_demonstration,
    )


def draft_hash(register: Register, *, on: date) -> str:
    """Return what tells one draft from another: the hash of the text as it would be on the Oslo date `on`."""
    return body_hash(compose_notice(register, on=on)) if register.controller else ""


def publish_demonstration(*, by: User, at: datetime) -> NoticeVersion | None:
    """Publish version 1 with the reason «Demonstrasjon» for every finding; None when something is published already.

    The version is marked, and so is the page (decision 27).
    """
    if NoticeVersion.objects.exists():
        return None
    reason = _("Demonstrasjon")
    today = at.astimezone(OSLO).date()
    findings = findings_at_publication(register_as_of(at), in_force_from=today)
    return publish_notice(
        by=by,
        at=at,
        in_force_from=today,
        summary=_("Første utgave."),
        reasons={finding.key: reason for finding in findings},
        is_demonstration=True,
    )


def _frozen(finding: Finding, reasons: Mapping[str, str]) -> dict[str, str]:
    return {
        "key": finding.key,
        "code": finding.code,
        "severity": finding.severity.value,
        "subject": finding.subject,
        "field": finding.field,
        "message": finding.message,
        "source": str(finding.source),
        "reason": reasons.get(finding.key, ""),
    }
