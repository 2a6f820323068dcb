"""Invitations: one link, one person, one day; and the way back for whoever has lost everything."""

from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client

from mktnorge.models import Invitation, OutgoingMail, StaffSession, User
from mktnorge.outbox import send_next
from mktnorge.roles import Role
from mktnorge.signin import codes
from mktnorge.signin.invitations import (
    InvitationError,
    accept_invitation,
    find_invitation,
    forget_old_invitations,
    invite,
)
from tests.builders import ASKED_AT, PASSWORD, make_person

pytestmark = pytest.mark.django_db

EMAIL = "ny@prove.example"
NEW = "fire ord som ingen andre har"


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(ASKED_AT, tick=False)
    return time_machine


def invited(email: str = EMAIL, role: Role = Role.CASE_HANDLER, access_until: date | None = None) -> str:
    return invite(email=email, role=role, access_until=access_until, at=ASKED_AT).code


def take(client: Client, code: str, **over: str):
    """Give the code, and then a name and a password."""
    answer = client.post("/admin/invitasjon/", {"code": code})
    if answer.status_code != 302:
        return answer
    return client.post(answer["Location"], {"name": "Test Testesen", "password": NEW, "again": NEW} | over)


def test_an_invitation_leads_to_the_second_factor(client):
    assert take(client, invited())["Location"] == "/admin/konto/totrinn/"
    person = User.objects.get(email=EMAIL)
    assert (person.name, person.is_staff, person.is_superuser, person.access_until) == (
        "Test Testesen",
        True,
        False,
        None,
    )
    assert person.check_password(NEW)
    assert [group.name for group in person.groups.all()] == ["saksbehandler"]
    assert client.get("/admin/")["Location"] == "/admin/konto/totrinn/"


def test_nothing_is_made_before_the_password(client):
    client.post("/admin/invitasjon/", {"code": invited()})
    page = client.get("/admin/invitasjon/passord/").content.decode()
    assert EMAIL in page
    assert "saksbehandler" in page
    assert not User.objects.exists()


def test_the_code_lies_nowhere_in_clear():
    code = invited()
    row = Invitation.objects.values().get()
    assert code not in str(row)
    assert len(row["code_hash"]) == 64


@pytest.mark.parametrize("typed", ["", "feil", "x" * 101, "\x00", "' OR 1=1", "æøå"])
def test_a_wrong_code_is_told(client, typed):
    invited()
    answer = client.post("/admin/invitasjon/", {"code": typed})
    assert answer.status_code == 422
    assert client.get("/admin/invitasjon/passord/")["Location"] == "/admin/invitasjon/"


def test_it_works_once(client):
    code = invited()
    take(client, code)
    assert "Invitasjonen er brukt." in take(Client(), code).content.decode()


def test_of_two_who_have_given_the_code_one_gets_the_account(client):
    code = invited()
    other = Client()
    other.post("/admin/invitasjon/", {"code": code})
    take(client, code)
    answer = other.post("/admin/invitasjon/passord/", {"name": "B", "password": "et annet passord her", "again": "x"})
    assert answer.status_code == 410
    assert User.objects.get().check_password(NEW)
    with pytest.raises(InvitationError, match="brukt"):
        accept_invitation(pk=Invitation.objects.get().pk, name="B", password=NEW, at=ASKED_AT)


def test_it_works_for_a_day_and_not_a_second_more(client, clock):
    code = invited()
    clock.shift(timedelta(hours=24) - timedelta(seconds=1))
    client.post("/admin/invitasjon/", {"code": code})
    clock.shift(1)
    assert "gått ut" in client.get("/admin/invitasjon/passord/").content.decode()
    with pytest.raises(InvitationError, match="gått ut"):
        find_invitation(code, at=ASKED_AT + timedelta(hours=24))


def test_a_newer_one_voids_the_one_before(client):
    old, new = invited(), invited(role=Role.LEADER)
    assert "nyere" in take(client, old).content.decode()
    take(client, new)
    assert User.objects.get().groups.get().name == "leder"


def test_a_bad_password_leaves_the_invitation_open(client):
    code = invited()
    for over in ({"password": "kort", "again": "kort"}, {"again": "noe annet"}, {"name": ""}, {"name": "N" * 151}):
        assert take(client, code, **over).status_code == 422
    assert "for likt" in take(client, code, name=NEW).content.decode()
    assert take(client, code).status_code == 302


def test_somebody_who_lost_everything_starts_anew(client):
    person = make_person(Role.LEADER)
    codes.keep_app(person, "JBSWY3DPEHPK3PXP", step=0)
    codes.new_recovery_codes(person)
    thief = Client()
    thief.force_login(person)
    code = invited(person.email, Role.REGISTRAR)
    # Until it is taken, nothing is changed: an invitation that is not answered shuts nobody out.
    assert thief.get("/admin/").status_code == 200
    assert codes.factors(person)
    client.post("/admin/invitasjon/", {"code": code})
    assert "Du har hatt en konto før." in client.get("/admin/invitasjon/passord/").content.decode()
    take(client, code)
    person.refresh_from_db()
    assert person.check_password(NEW)
    assert not person.check_password(PASSWORD)
    assert [group.name for group in person.groups.all()] == ["registerfører"]
    assert not Authenticator.objects.exists()
    assert thief.get("/admin/")["Location"].startswith("/admin/login/")
    assert StaffSession.objects.get().session_key == client.session.session_key


@pytest.mark.parametrize(
    ("over", "sentence"),
    [
        ({"email": "ingen adresse"}, "er ikke en e-postadresse"),
        ({"email": "leder@demo.example"}, "laget for demonstrasjoner"),
        ({"role": Role.AUDITOR}, "siste dag"),
        ({"role": Role.AUDITOR, "access_until": date(2026, 11, 22)}, "Siste dag har vært"),
    ],
)
def test_whom_one_cannot_invite(over, sentence):
    with pytest.raises(InvitationError, match=sentence):
        invite(**{"email": EMAIL, "role": Role.LEADER, "access_until": None, "at": ASKED_AT} | over)
    assert not Invitation.objects.exists()


def test_an_auditor_is_out_when_the_last_day_is_over(client, clock):
    take(client, invited(role=Role.AUDITOR, access_until=ASKED_AT.date()))
    assert client.get("/admin/konto/totrinn/").status_code == 200
    clock.move_to(ASKED_AT.replace(hour=23, minute=59) + timedelta(minutes=1), tick=False)
    answer = client.post("/admin/login/", {"login": EMAIL, "password": NEW}, follow=True)
    assert "Tilgangen din gikk ut 23. november 2026." in answer.content.decode()


def test_the_command_prints_the_link_alone(capsys):
    call_command("invite", EMAIL, role="revisor", until=date(2026, 12, 31))
    said = capsys.readouterr()
    page, code = said.out.strip().split("#")
    assert page == "http://localhost:8000/admin/invitasjon/"
    assert find_invitation(code, at=ASKED_AT).access_until == date(2026, 12, 31)
    assert "til 24.11.2026 kl. 12.00" in said.err
    assert not OutgoingMail.objects.exists()


def test_the_command_says_what_is_wrong():
    with pytest.raises(CommandError, match="siste dag"):
        call_command("invite", EMAIL, role="revisor")


@pytest.mark.django_db(transaction=True)
def test_the_mail_carries_the_link_and_the_database_does_not(capsys, mailoutbox):
    call_command("invite", EMAIL, "--role", "leder", "--mail", "--site", "https://personvern.example.no/")
    link = capsys.readouterr().out.strip()
    code = link.partition("#")[2]
    queued = OutgoingMail.objects.get()
    assert code not in queued.body
    send_next(at=ASKED_AT)
    (mail,) = mailoutbox
    assert link in mail.body
    assert mail.to == [EMAIL]
    queued.refresh_from_db()
    assert (queued.recipient, queued.secret) == ("", "")


def test_old_invitations_are_forgotten():
    invited()
    forget_old_invitations(ASKED_AT + timedelta(days=30))
    assert Invitation.objects.exists()
    forget_old_invitations(ASKED_AT + timedelta(days=30, seconds=1))
    assert not Invitation.objects.exists()
