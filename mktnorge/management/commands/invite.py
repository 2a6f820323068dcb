"""`manage.py invite`: how a person gets an account, and the way back for whoever has lost the second factor."""

from argparse import ArgumentParser
from datetime import date

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mktnorge.roles import Role
from mktnorge.signin.invitations import InvitationError, invite


class Command(BaseCommand):
    help = "Inviterer en person. Lenken virker én gang, i ett døgn. En konto som finnes, må settes opp på nytt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("--role", required=True, choices=[role.value for role in Role])
        parser.add_argument("--until", type=date.fromisoformat, metavar="DATE", help="Siste dag. Revisor må ha en.")
        parser.add_argument("--mail", action="store_true", help="Send lenken til adressen også.")
        parser.add_argument("--site", default=_site(), help="Nettstedets adresse. Standard: %(default)s")

    def handle(
        self, *args: object, email: str, role: str, until: date | None, mail: bool, site: str, **_o: object
    ) -> None:
        page = f"{site.rstrip('/')}{reverse('invitation')}"
        try:
            invited = invite(
                email=email,
                role=Role(role),
                access_until=until,
                at=timezone.now(),
                mail_to=page if mail else "",
            )
        except InvitationError as error:
            raise CommandError(str(error)) from error
        self.stderr.write(
            _("%(email)s er invitert som %(role)s. Lenken virker én gang, og til %(moment)s:")
            % {
                "email": invited.invitation.email,
                "role": role,
                "moment": timezone.localtime(invited.invitation.expires_at).strftime("%d.%m.%Y kl. %H.%M"),
            },
            lambda line: line,
        )
        self.stdout.write(f"{page}#{invited.code}")


def _site() -> str:
    if settings.HTTPS:
        return f"https://{next(iter(settings.ALLOWED_HOSTS), 'localhost').lstrip('.*')}"
    # Not 127.0.0.1: browsers make passkeys for names only.
    return "http://localhost:8000"
