"""The draft of the next version: what publishing would freeze, and what it would change. Nothing is written here."""

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from django.utils.translation import gettext as _

from mktnorge.models import User
from processing.exports.json import payload_hash
from processing.imports.json import read_payload
from processing.law.checks import check_register
from processing.law.coverage import Coverage, notice_coverage
from processing.law.findings import Finding
from processing.law.records import Register
from processing.models import NoticeVersion
from processing.notices.body import NoticeBody, body_hash
from processing.notices.changes import PlaceChanged, changes_between
from processing.notices.compose import compose_notice
from processing.notices.drift import Difference, differences_between
from processing.register import editors_since, register_as_of
from processing.services.languages import translators

_NO_MOMENT = datetime(1970, 1, 1, tzinfo=UTC)


class NothingToPublish(Exception):
    """The register has no controller or no activity in use, so there is nothing to tell."""


def findings_at_publication(register: Register, *, in_force_from: date) -> tuple[Finding, ...]:
    """Return all findings on what the notice tells when `register` is published, by the law of the day it takes effect.

    A draft, or an activity that begins later, is absent from the notice: its errors ask for no reason here, and it
    counts as not described.
    """
    return check_register(replace(register, activities=register.activities_on(in_force_from)), law_on=in_force_from)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """The notice as the register gives it at a moment, in force from the Oslo date `on`, after the version `follows`.

    `findings` are those that stand by the law of that day, and `editors` the ids of those who edited the register
    since `follows`.
    """

    on: date
    register: Register
    body: NoticeBody
    findings: tuple[Finding, ...]
    follows: NoticeVersion | None
    editors: frozenset[int]

    @property
    def token(self) -> str:
        """What tells one draft from another: the version it follows, the text, and all that the register states."""
        facts = payload_hash(replace(self.register, moment=_NO_MOMENT))
        number = self.follows.number if self.follows else 0
        return f"{number}:{hashlib.sha256(f'{body_hash(self.body)}{facts}'.encode()).hexdigest()}"

    @property
    def changes(self) -> tuple[PlaceChanged, ...]:
        """What the public will read otherwise than in the version it follows. Nothing for the first version."""
        return changes_between(self.follows.notice, self.body, _) if self.follows else ()

    @property
    def coverage(self) -> tuple[Coverage, ...]:
        return notice_coverage(self.findings)

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What the register states otherwise than when the version it follows was frozen, the public or not."""
        return differences_between(facts_of(self.follows), self.register, on=self.on) if self.follows else ()

    def is_edited_by(self, person: User) -> bool:
        return person.pk in self.editors


def draft_notice(*, at: datetime, in_force_from: date) -> Draft:
    """Return the draft of the register as it is at `at`, for the Oslo date `in_force_from`.

    Raises NothingToPublish.
    """
    register = register_as_of(at)
    if register.controller is None or not register.activities_on(in_force_from):
        raise NothingToPublish(_("Registeret har ingen aktiviteter i bruk. Fyll det først."))
    follows = NoticeVersion.objects.latest_first().first()
    return Draft(
        on=in_force_from,
        register=register,
        body=compose_notice(register, on=in_force_from, translators=translators()),
        findings=findings_at_publication(register, in_force_from=in_force_from),
        follows=follows,
        editors=editors_since(follows.register_moment if follows else None, until=at),
    )


def facts_of(version: NoticeVersion) -> Register:
    """Return the register a version was made from: the frozen facts, or history where they were not yet frozen."""
    if version.facts is not None:
        found = read_payload(version.facts).register
        if found is not None:
            return found
    return register_as_of(version.register_moment)


@dataclass(frozen=True, kw_only=True)
class Drift:
    """How far the register has moved from a version: its differences, and how many of them the public would see.

    `reads_otherwise` is true where the text of today is another, also when the register is the same: an activity may
    have ended, a law may have changed, or a sentence of ours.
    """

    version: NoticeVersion
    count: int
    visible: int
    reads_otherwise: bool


def drift_since(version: NoticeVersion, register: Register, *, on: date) -> Drift | None:
    """Return how far `register` has moved from `version` on the Oslo date `on`; None where there is no company left.

    No query where the version has its facts.
    """
    if register.controller is None:
        return None
    differences = differences_between(facts_of(version), register, on=on)
    return Drift(
        version=version,
        count=len(differences),
        visible=sum(difference.is_visible for difference in differences),
        reads_otherwise=bool(
            changes_between(version.notice, compose_notice(register, on=on, translators=translators()), _)
        ),
    )
