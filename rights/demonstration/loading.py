"""Filling an empty desk with the invented cases, by the services and never by rows."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from mktnorge.access import sync_roles
from mktnorge.models import User
from mktnorge.people import Login, NotADemonstration, demonstration_person, make_demonstration_people
from mktnorge.roles import Role
from processing.models import Controller
from processing.register import edits_of
from rights.demonstration.acts import Stage
from rights.demonstration.cases import CASES, DemoCase
from rights.law.codes import new_code
from rights.law.terms import Channel
from rights.models import RightsRequest
from rights.services.erasing import erase_expired
from rights.services.intake import submit_request
from rights.services.registering import register_request

INTAKE_LOG = logging.getLogger("rights.services.intake")


class DeskNotEmpty(Exception):
    """There are cases already, and invented ones are never mixed with those of people."""


class RegisterEmpty(Exception):
    """No answer can be written: the register says nothing of the company."""


@dataclass(frozen=True)
class Loaded:
    """How many cases were made, and the logins of those who work with them where they were made too."""

    cases: int
    logins: tuple[Login, ...] = ()


@transaction.atomic
def load_demo(*, at: datetime) -> Loaded:
    """Make a case in every state there is, with the past it would have had on the day `at` is in Oslo.

    The same cases on the same day; their numbers and follow-up codes are random, as everywhere. Letters are dated
    when the register begins where they would be older. Raises NotADemonstration where DEMONSTRATION is false,
    DeskNotEmpty and RegisterEmpty.
    """
    if not settings.DEMONSTRATION:
        raise NotADemonstration(_("Oppdiktede saker lages bare der DEMONSTRATION er satt til true."))
    if RightsRequest.objects.exists():
        raise DeskNotEmpty(_("Det finnes allerede saker her. Oppdiktede saker lages bare der det ikke er noen."))
    register_from = _register_from()
    if register_from is None or register_from > at:
        raise RegisterEmpty(_("Registeret er tomt. Fyll det først: manage.py load_register"))
    sync_roles()
    logins = make_demonstration_people()
    people = {role: demonstration_person(role) for role in (Role.LEADER, Role.CASE_HANDLER)}
    stage = Stage(people=people, at=at, register_from=register_from)
    with _not_logged():
        for number, case in enumerate(CASES, start=1):
            _make(case, number, stage)
    # What was taken back long ago has lost its text, as it would have by now.
    erase_expired(at=at)
    return Loaded(cases=len(CASES), logins=tuple(logins))


@contextmanager
def _not_logged() -> Iterator[None]:
    """Keep a line for each invented case out of the log: nobody sent one in."""
    before = INTAKE_LOG.level
    INTAKE_LOG.setLevel(logging.WARNING)
    try:
        yield
    finally:
        INTAKE_LOG.setLevel(before)


def _register_from() -> datetime | None:
    """Return when the register first said who the company is, or None while it says nothing."""
    controller = Controller.objects.first()
    return min(edit.at for edit in edits_of(controller)) if controller else None


def _make(demo: DemoCase, number: int, stage: Stage) -> None:
    received_at = stage.morning(demo.days_ago)
    asked = {
        "rights": demo.rights,
        "unsure": not demo.rights,
        "relation": demo.relation,
        "name": demo.name,
        "contact_way": demo.contact_way,
        "email": demo.email,
        "address": demo.address,
        "particulars": demo.particulars,
    }
    if demo.channel is Channel.WEB:
        case = submit_request(**asked, idempotency_key=f"demonstration {number}", at=received_at).request
    else:
        clerk: User = stage.people[Role.CASE_HANDLER]
        case = register_request(
            **asked, received_at=received_at, channel=demo.channel, code=new_code(), by=clerk, at=received_at
        ).request
    stage.play(case, demo.acts, after=received_at)
