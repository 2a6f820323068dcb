"""Inviting somebody: a link that works once, for a day, with which the person sets a password.

It is also the way back for whoever has lost the password or every second factor. Nobody resets a password by mail:
whoever reads the mailbox would then be in.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mktnorge.access import sync_roles
from mktnorge.models import Invitation, User
from mktnorge.outbox import SECRET_PLACE, queue_mail
from mktnorge.roles import Role
from mktnorge.sealing import keyed_hash
from mktnorge.signin import sessions
from mktnorge.signin.door import DEMONSTRATION_ADDRESSES

LIVES = timedelta(hours=24)
FORGOTTEN_AFTER = timedelta(days=30)
PURPOSE = "invitation"


class InvitationError(Exception):
    """Somebody cannot be invited so, or an invitation lets nobody in. The message is a sentence to act on."""


@dataclass(frozen=True)
class Invited:
    """The code exists here, in the link and in the mail; the database holds its keyed hash."""

    invitation: Invitation
    code: str


@transaction.atomic
def invite(*, email: str, role: Role, access_until: date | None, at: datetime, mail_to: str = "") -> Invited:
    """Make an invitation, and void earlier ones to the same address. `access_until` is the last day, inclusive.

    It is made on the machine, by whoever may run commands there. With `mail_to`, the address of the page where the
    code is used, the link is also mailed. Raises InvitationError.
    """
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise InvitationError(_("%(email)s er ikke en e-postadresse.") % {"email": email}) from error
    if email in DEMONSTRATION_ADDRESSES:
        raise InvitationError(_("%(email)s er laget for demonstrasjoner. Bruk en ekte adresse.") % {"email": email})
    if role is Role.AUDITOR and access_until is None:
        raise InvitationError(_("En revisor må ha en siste dag: --until 2026-12-31"))
    if access_until is not None and access_until < timezone.localdate(at):
        raise InvitationError(_("Siste dag har vært. Velg en dag som kommer."))
    code = secrets.token_urlsafe(24)
    Invitation.objects.filter(email=email, used_at=None).delete()
    invitation = Invitation.objects.create(
        email=email,
        role=role.value,
        access_until=access_until,
        code_hash=keyed_hash(code, purpose=PURPOSE),
        invited_at=at,
        expires_at=at + LIVES,
    )
    if mail_to:
        queue_mail(
            to=email,
            subject=_("Du er invitert"),
            body=_(
                "Du får tilgang til et verktøy for personvern.\n\n"
                "Åpne denne lenken innen ett døgn, og velg passord:\n%(address)s\n\n"
                "Lenken virker én gang. Kjenner du ikke til dette, kan du se bort fra e-posten.\n"
            )
            % {"address": f"{mail_to}#{SECRET_PLACE}"},
            kind="invitation",
            once=f"invitation/{invitation.pk}",
            secret=code,
            at=at,
        )
    return Invited(invitation, code)


def find_invitation(code: str, *, at: datetime) -> Invitation:
    """Return the invitation a code belongs to. Raises InvitationError when it no longer lets anybody in."""
    invitation = Invitation.objects.filter(code_hash=keyed_hash(code.strip(), purpose=PURPOSE)).first()
    if invitation is None:
        raise InvitationError(_("Koden er feil, eller du har fått en nyere. Se i den siste invitasjonen."))
    return check_open(invitation, at=at)


def check_open(invitation: Invitation, *, at: datetime) -> Invitation:
    """Return the invitation when it can be used at `at`. Raises InvitationError."""
    if invitation.used_at:
        raise InvitationError(_("Invitasjonen er brukt. Logg inn, eller be om en ny."))
    if at >= invitation.expires_at:
        raise InvitationError(_("Invitasjonen gjaldt i ett døgn, og er gått ut. Be om en ny."))
    return invitation


@transaction.atomic
def accept_invitation(*, pk: int, name: str, password: str, at: datetime) -> User:
    """Make the account, or set an old one right: role, last day, password, no second factor yet, no open session.

    The password has been validated. Raises InvitationError, also for the second of two who come at once.
    """
    invitation = Invitation.objects.select_for_update().filter(pk=pk).first()
    if invitation is None:
        raise InvitationError(_("Koden er feil, eller du har fått en nyere. Se i den siste invitasjonen."))
    check_open(invitation, at=at)
    invitation.used_at = at
    invitation.save(update_fields=["used_at"])
    user = User.objects.select_for_update().filter(email=invitation.email).first() or User(email=invitation.email)
    user.name, user.is_staff, user.is_active, user.is_superuser = name, True, True, False
    user.access_until = invitation.access_until
    user.set_password(password)
    user.save()
    if not Group.objects.filter(name=invitation.role).exists():
        sync_roles()
    user.user_permissions.clear()
    user.groups.set([Group.objects.get(name=invitation.role)])
    Authenticator.objects.filter(user=user).delete()
    sessions.end_all(user)
    return user


def forget_old_invitations(at: datetime) -> str:
    """Delete invitations of more than 30 days ago. A sweep; there is nothing to tell staff."""
    Invitation.objects.filter(invited_at__lt=at - FORGOTTEN_AFTER).delete()
    return ""
