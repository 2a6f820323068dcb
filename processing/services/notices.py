"""Publishing the notice: from the register as it is to a version that never changes."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mktnorge.evidence import link_new_rows
from mktnorge.models import User
from processing.exports.json import payload_hash, register_payload
from processing.law.coverage import needs_reason
from processing.law.facts import PublishingRule
from processing.law.findings import Finding
from processing.models import NoticeVersion
from processing.models.governed import hold_register_still
from processing.notices.body import body_hash, to_payload
from processing.register import OSLO
from processing.services.drafts import Draft, draft_notice

LONGEST_TEXT = 2000
"""Characters in what a person writes about a version. The row is frozen, and every later edition prints it."""


class FindingsUnexplained(Exception):
    """Errors, or parts that Art. 13 and 14 ask for and the register lacks, without a reason. `findings` holds them."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        sources = ", ".join(dict.fromkeys(str(finding.source) for finding in findings))
        super().__init__(
            _(
                "Registeret har {count} feil eller mangler uten begrunnelse. "
                "Rett dem, eller skriv for hver hvorfor dere publiserer likevel. Det gjelder {sources}."
            ).format(count=len(findings), sources=sources)
        )
        self.findings = findings


class StaleDraft(Exception):
    """The register has changed since the person read the draft they are publishing, or the day gives another text."""


class VersionOvertaken(Exception):
    """Another version was published after the person read the draft. `version` is that one."""

    def __init__(self, version: NoticeVersion) -> None:
        super().__init__(
            _(
                "Utgave {number} er allerede publisert, av {name} klokka {time}. Ingenting er publisert på nytt. "
                "Nedenfor ser du hva som er endret etter den."
            ).format(
                number=version.number,
                name=version.publisher_name,
                time=version.published_at.astimezone(OSLO).strftime("%H.%M"),
            )
        )
        self.version = version


class InForceTooEarly(Exception):
    """A version cannot come into force in the past, or before the version it follows."""


class VersionIncomplete(Exception):
    """Something a person must state of the version is not stated. `field` is the parameter that lacks it."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class TextTooLong(Exception):
    """What a person wrote of the version is longer than `LONGEST_TEXT`."""


class TwoPeopleNeeded(Exception):
    """The company's rule is that two people stand behind a version, and this person has edited the register."""


@transaction.atomic
def publish_notice(
    *,
    by: User,
    at: datetime,
    in_force_from: date,
    summary: str,
    reasons: Mapping[str, str],
    is_material: bool | None = None,
    material_reason: str = "",
    who_is_told: str = "",
    alone_reason: str = "",
    draft: str | None = None,
    is_demonstration: bool = False,
) -> NoticeVersion:
    """Freeze the register as it is at `at` into the next version of the notice, and return it.

    `in_force_from` is an Oslo date, today or later. `reasons` maps the key of each finding that needs one
    (`needs_reason`) to why the notice is published over it; they are frozen with the findings. `is_material` is asked
    of every version but the first, with its reason, and with who is told and how where it is (R-VER-1).
    `alone_reason` is why one person both edits and publishes. `draft` is the `Draft.token` of what the person read,
    where they read a draft.

    Waits for edits under way and for another who publishes. Raises NothingToPublish, InForceTooEarly,
    VersionOvertaken, StaleDraft, TwoPeopleNeeded, VersionIncomplete or FindingsUnexplained, and then nothing is
    published.
    """
    hold_register_still()
    found = draft_notice(at=at, in_force_from=in_force_from)
    follows = found.follows
    if draft is not None:
        _check_was_read(found, draft)
    today = at.astimezone(OSLO).date()
    earliest = max(today, follows.in_force_from) if follows else today
    if in_force_from < earliest:
        raise InForceTooEarly(_("Utgaven kan tidligst gjelde fra {date}.").format(date=earliest.strftime("%d.%m.%Y")))
    if follows is None:
        is_material, material_reason, who_is_told = None, "", ""
    elif is_material is False:
        who_is_told = ""
    _check_stated(summary, follows, is_material, material_reason, who_is_told)
    alone = found.is_edited_by(by)
    _check_person(found, alone, alone_reason)
    unexplained = tuple(
        finding for finding in found.findings if needs_reason(finding) and not reasons.get(finding.key, "").strip()
    )
    if unexplained:
        raise FindingsUnexplained(unexplained)
    _check_length(summary, material_reason, who_is_told, alone_reason, *reasons.values())
    version = NoticeVersion.objects.create(
        number=follows.number + 1 if follows else 1,
        body=to_payload(found.body),
        body_sha256=body_hash(found.body),
        register_moment=at,
        register_sha256=payload_hash(found.register),
        facts=register_payload(found.register),
        findings=[_frozen(finding, reasons) for finding in found.findings],
        summary=summary.strip(),
        is_material=is_material,
        material_reason=material_reason.strip(),
        who_is_told=who_is_told.strip(),
        in_force_from=in_force_from,
        published_at=at,
        published_by=by,
        publisher_name=by.name,
        changed_by=list(User.objects.filter(pk__in=found.editors).order_by("name").values_list("name", flat=True)),
        alone_reason=alone_reason.strip() if alone else "",
        is_demonstration=is_demonstration,
    )
    link_new_rows(at=at)
    return version


def publish_demonstration(*, by: User, at: datetime) -> NoticeVersion | None:
    """Publish version 1 with the reason «Demonstrasjon» for every finding; None when something is published already.

    The version is marked, and so is the page (decision 27).
    """
    if NoticeVersion.objects.exists():
        return None
    reason = _("Demonstrasjon")
    today = at.astimezone(OSLO).date()
    draft = draft_notice(at=at, in_force_from=today)
    return publish_notice(
        by=by,
        at=at,
        in_force_from=today,
        summary=_("Første utgave."),
        reasons={finding.key: reason for finding in draft.findings},
        alone_reason=reason,
        is_demonstration=True,
    )


def _check_was_read(found: Draft, token: str) -> None:
    if token == found.token:
        return
    if found.follows and not token.startswith(f"{found.follows.number}:"):
        raise VersionOvertaken(found.follows)
    raise StaleDraft(
        _(
            "Registeret er endret etter at du åpnet utkastet, eller teksten blir en annen den dagen du har valgt. "
            "Les forskjellen på nytt. Det du har skrevet, står der fortsatt."
        )
    )


def _check_stated(
    summary: str, follows: NoticeVersion | None, is_material: bool | None, material_reason: str, who_is_told: str
) -> None:
    if not summary.strip():
        raise VersionIncomplete("summary", _("Skriv hva som er endret."))
    if follows is None:
        return
    if is_material is None:
        raise VersionIncomplete("is_material", _("Velg om endringen er vesentlig."))
    if not material_reason.strip():
        raise VersionIncomplete(
            "material_reason", _("Skriv hvorfor endringen er vesentlig, eller hvorfor den ikke er det.")
        )
    if is_material and not who_is_told.strip():
        raise VersionIncomplete("who_is_told", _("Skriv hvem som får beskjed om endringen, og hvordan."))


def _check_length(*texts: str) -> None:
    longest = max(texts, key=len)
    if len(longest) > LONGEST_TEXT:
        raise TextTooLong(
            _("En tekst er for lang: {length} tegn. Den kan ha {most}. Den begynner slik: «{start} …»").format(
                length=len(longest), most=LONGEST_TEXT, start=longest.strip()[:40]
            )
        )


def _check_person(found: Draft, alone: bool, alone_reason: str) -> None:
    controller = found.register.controller
    if not alone or controller is None:
        return
    if controller.publishing_rule is PublishingRule.TWO:
        raise TwoPeopleNeeded(
            _("Du har selv endret registeret siden forrige utgave, og hos dere skal en annen publisere. Be en kollega.")
        )
    if not alone_reason.strip():
        raise VersionIncomplete(
            "alone_reason",
            _("Du har selv endret registeret. Skriv hvorfor du publiserer uten at en annen har sett på."),
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
