"""The people of a demonstration: one for each role, with a password that is shown once."""

import secrets
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _

from mktnorge.models import User
from mktnorge.roles import Role

ADDRESSES = {
    Role.LEADER: "leder@demo.example",
    Role.CASE_HANDLER: "saksbehandler@demo.example",
    Role.REGISTRAR: "registerforer@demo.example",
    Role.AUDITOR: "revisor@demo.example",
}
# Without letters and digits that look alike: the password is read off a screen and typed.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


class NotADemonstration(Exception):
    """Somebody asked for demonstration logins on a site that is not a demonstration."""


@dataclass(frozen=True)
class Login:
    """A new login. The password exists here and on the screen; the database holds only its hash."""

    role: Role
    email: str
    password: str


@transaction.atomic
def make_demonstration_people() -> list[Login]:
    """Make the login of each role that has none, and return the new ones only.

    Needs the groups that `sync_roles` makes. Raises NotADemonstration where DEMONSTRATION is false.
    """
    if not settings.DEMONSTRATION:
        raise NotADemonstration(_("Demonstrasjonsbrukere lages bare der DEMONSTRATION er satt til true."))
    made = []
    for role, email in ADDRESSES.items():
        if User.objects.filter(email=email).exists():
            continue
        password = _new_password()
        person = User.objects.create_user(
            email, password, name=_("%(role)s (demonstrasjon)") % {"role": role.capitalize()}, is_staff=True
        )
        person.groups.add(Group.objects.get(name=role.value))
        made.append(Login(role, email, password))
    return made


def demonstration_leader() -> User:
    """The person in whose name a demonstration is set up."""
    return demonstration_person(Role.LEADER)


def demonstration_person(role: Role) -> User:
    return User.objects.get(email=ADDRESSES[role])


def _new_password() -> str:
    """About 99 bits, in four groups of five."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(5)) for _ in range(4))
