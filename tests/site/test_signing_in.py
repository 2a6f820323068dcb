"""The door: what lets somebody in, and everything that does not."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from mktnorge.checks import demonstration_in_the_open
from mktnorge.models import OutgoingMail, StaffSession, User
from mktnorge.roles import Role
from mktnorge.signin import codes, sessions
from tests.builders import ASKED_AT, PASSWORD, make_person

pytestmark = pytest.mark.django_db

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(ASKED_AT, tick=False)
    return time_machine


@pytest.fixture
def person() -> User:
    return make_person(Role.CASE_HANDLER)


@pytest.fixture
def enrolled(person) -> User:
    """Somebody whose app holds SECRET, and who has recovery codes."""
    codes.keep_app(person, SECRET, step=0)
    codes.new_recovery_codes(person)
    return person


def code_of(secret: str, moment=None) -> str:
    """What the app shows."""
    at = moment or timezone.now()
    return format_hotp_value(hotp_value(secret, int(at.timestamp()) // 30))


def give_password(client: Client, person: User, password: str = PASSWORD, **headers):
    return client.post("/admin/login/", {"login": person.email, "password": password}, **headers)


def enter(client: Client, person: User) -> None:
    """The whole way in."""
    give_password(client, person)
    assert client.post("/admin/login/kode/", {"code": code_of(SECRET)}).status_code == 302


def test_a_password_and_a_code_let_one_in(client, enrolled):
    answer = client.post("/admin/login/?next=/admin/komponenter/", {"login": enrolled.email, "password": PASSWORD})
    assert answer["Location"].startswith("/admin/login/kode/")
    assert client.get("/admin/").status_code == 302
    answer = client.post("/admin/login/kode/", {"code": code_of(SECRET)})
    assert answer["Location"] == "/admin/komponenter/"
    assert client.get("/admin/").status_code == 200


def test_the_first_time_leads_to_the_second_factor_and_nowhere_else(client, person):
    give_password(client, person)
    for address in ("/admin/", "/admin/konto/", "/admin/konto/koder/", "/admin/konto/passord/", "/admin/komponenter/"):
        assert client.get(address)["Location"] == "/admin/konto/totrinn/", address
    page = client.get("/admin/konto/totrinn/app/").content.decode()
    secret = re.search(r'class="secret"[^>]*>([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    assert "Koden stemmer ikke" in client.post("/admin/konto/totrinn/app/", {"code": "000000"}).content.decode()
    answer = client.post("/admin/konto/totrinn/app/", {"code": code_of(secret)})
    assert answer["Location"] == "/admin/konto/koder/"
    assert len(re.findall(r"<li>\d{4} \d{4} \d{4}</li>", client.get("/admin/konto/koder/").content.decode())) == 10
    assert client.get("/admin/").status_code == 200
    assert OutgoingMail.objects.get().subject == "Innloggingen din er endret"
    # The code that set the app up is spent.
    other = Client()
    give_password(other, person)
    assert "brukt før" in other.post("/admin/login/kode/", {"code": code_of(secret)}).content.decode()


def test_a_code_is_right_once(client, enrolled):
    enter(client, enrolled)
    other = Client()
    give_password(other, enrolled)
    assert "brukt før" in other.post("/admin/login/kode/", {"code": code_of(SECRET)}).content.decode()
    assert other.get("/admin/").status_code == 302


def test_the_code_before_a_spent_one_is_spent_too(client, enrolled, clock):
    before = code_of(SECRET)
    clock.shift(30)
    enter(client, enrolled)
    other = Client()
    give_password(other, enrolled)
    assert "brukt før" in other.post("/admin/login/kode/", {"code": before}).content.decode()


@pytest.mark.parametrize("typed", ["{} {}", " {}{} ", "{}-{}"])
def test_a_code_may_be_typed_in_groups(client, enrolled, typed):
    give_password(client, enrolled)
    code = code_of(SECRET)
    answer = client.post("/admin/login/kode/", {"code": typed.format(code[:3], code[3:])})
    assert answer["Location"] == "/admin/"


@pytest.mark.parametrize("wrong", ["", "000000", "12345", "abcdef", "0" * 12, "æøå", "1" * 41, "\x00", "٠٠٠٠٠٠"])
def test_a_wrong_code_lets_nobody_in(client, enrolled, wrong):
    give_password(client, enrolled)
    answer = client.post("/admin/login/kode/", {"code": wrong})
    assert answer.status_code == 200
    assert "Feil: " in answer.content.decode()
    assert client.get("/admin/").status_code == 302


def test_a_recovery_code_is_right_once(client, enrolled):
    code = codes.recovery_codes_left(enrolled)[0]
    give_password(client, enrolled)
    assert client.post("/admin/login/kode/", {"code": code})["Location"] == "/admin/"
    assert len(codes.recovery_codes_left(enrolled)) == 9
    other = Client()
    give_password(other, enrolled)
    assert "brukt før" in other.post("/admin/login/kode/", {"code": code}).content.decode()


def test_secrets_lie_sealed(enrolled):
    stored = [str(one.data) for one in Authenticator.objects.all()]
    assert len(stored) == 2
    assert all("v1.t1." in one for one in stored)
    assert not any(SECRET in one for one in stored)


def test_wrong_address_and_wrong_password_are_told_in_one_sentence(client, person):
    said = {
        re.search(r"<ul>\s*<li>(.+?)</li>", give_password(client, *tried).content.decode(), re.DOTALL)[1]
        for tried in [(person, "feil passord"), (User(email="ingen@prove.example"), PASSWORD)]
    }
    assert said == {"Feil e-postadresse eller passord. Prøv igjen."}


def test_the_admins_own_login_is_no_way_around(client, enrolled):
    """The stock form posts `username`; its view is never reached."""
    answer = client.post("/admin/login/", {"username": enrolled.email, "password": PASSWORD, "next": "/admin/"})
    assert answer.status_code == 200
    assert client.get("/admin/")["Location"] == "/admin/login/?next=/admin/"
    from django.contrib import admin
    from django.test import RequestFactory

    assert admin.site.login(RequestFactory().get("/admin/login/"))["Location"].startswith("/admin/login/?next=")


def test_a_session_from_before_the_second_factor_is_not_let_in_with_it(client, person):
    """Somebody who has the password sits in a session that waits, while the person sets up the app elsewhere."""
    give_password(client, person)
    codes.keep_app(person, SECRET, step=0)
    assert client.get("/admin/")["Location"] == "/admin/konto/totrinn/"


class TestDemonstration:
    """Passwords that are printed on a newcomer's screen open a demonstration, and nothing else."""

    @pytest.fixture
    def visitor(self, settings) -> User:
        settings.DEMONSTRATION = True
        return make_person(Role.LEADER, email="leder@demo.example")

    def test_its_people_come_in_with_a_password_and_are_told_so(self, client, visitor):
        assert "Dette er en demonstrasjon." in client.get("/admin/login/").content.decode()
        give_password(client, visitor)
        page = client.get("/admin/").content.decode()
        assert "uten et andre trinn" in page

    def test_anybody_else_needs_a_second_factor_there_too(self, client, visitor, person):
        give_password(client, person)
        assert client.get("/admin/")["Location"] == "/admin/konto/totrinn/"

    def test_its_people_come_in_nowhere_else(self, client, visitor, settings):
        settings.DEMONSTRATION = False
        answer = give_password(client, visitor)
        assert answer.status_code == 403
        assert "virker bare på en demonstrasjon" in answer.content.decode()

    def test_those_who_are_in_are_out_when_it_ends(self, client, visitor, settings):
        give_password(client, visitor)
        settings.DEMONSTRATION = False
        assert client.get("/admin/").status_code == 403
        assert client.get("/admin/")["Location"].startswith("/admin/login/")


class TestWhoMayComeIn:
    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"is_active": False}, "Feil e-postadresse eller passord"),
            ({"is_staff": False}, "Denne kontoen er stengt"),
            ({"access_until": ASKED_AT.date() - timedelta(days=1)}, "Tilgangen din gikk ut 22. november 2026."),
        ],
    )
    def test_the_password_alone_gets_a_sentence(self, client, enrolled, change, sentence):
        User.objects.filter(pk=enrolled.pk).update(**change)
        assert sentence in give_password(client, enrolled).content.decode()
        assert client.get("/admin/login/kode/")["Location"] == "/admin/login/"

    def test_the_last_day_is_a_day_in_oslo(self, client, enrolled, clock):
        User.objects.filter(pk=enrolled.pk).update(access_until=ASKED_AT.date())
        clock.move_to(ASKED_AT.replace(hour=23, minute=50), tick=False)
        enter(client, enrolled)
        assert client.get("/admin/").status_code == 200
        clock.shift(timedelta(minutes=11))
        answer = client.get("/admin/")
        assert answer.status_code == 403
        assert "Tilgangen din gikk ut 23. november 2026." in answer.content.decode()
        assert not StaffSession.objects.exists()


class TestSessions:
    @pytest.fixture
    def signed_in(self, client, enrolled) -> Client:
        enter(client, enrolled)
        return client

    def test_it_ends_after_thirty_idle_minutes(self, signed_in, clock):
        for _ in range(3):
            clock.shift(timedelta(minutes=29))
            assert signed_in.get("/admin/").status_code == 200
        clock.shift(timedelta(minutes=30))
        answer = signed_in.get("/admin/komponenter/?a=1", follow=True)
        assert answer.redirect_chain == [("/admin/login/?next=%2Fadmin%2Fkomponenter%2F%3Fa%3D1", 302)]
        assert "Du har vært borte i 30 minutter." in answer.content.decode()
        assert not StaffSession.objects.exists()

    def test_it_ends_after_ten_hours_however_busy(self, signed_in, clock):
        for _ in range(23):
            clock.shift(timedelta(minutes=26))
            assert signed_in.get("/admin/").status_code == 200
        clock.shift(timedelta(minutes=2))
        assert "logget inn i 10 timer" in signed_in.get("/admin/", follow=True).content.decode()

    def test_a_form_sent_too_late_is_not_sent_again_by_itself(self, signed_in, clock):
        clock.shift(timedelta(hours=1))
        assert signed_in.post("/admin/konto/koder/")["Location"] == "/admin/login/?next=%2Fadmin%2F"

    def test_only_a_session_that_came_through_the_door_counts(self, enrolled):
        """Signed in by other means, such as a view somebody adds later: nothing in it says when it began."""
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

        client = Client()
        session = client.session
        session[SESSION_KEY] = str(enrolled.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = enrolled.get_session_auth_hash()
        session.save()
        assert client.get("/admin/")["Location"].startswith("/admin/login/")

    def test_looking_at_pages_writes_at_most_once_a_minute(self, signed_in, clock, django_assert_num_queries):
        signed_in.get("/admin/komponenter/")
        with django_assert_num_queries(4):  # the session, the person, whether an auditor, the controller in the foot
            signed_in.get("/admin/komponenter/")

    def test_the_key_is_another_after_each_step(self, client, enrolled):
        client.get("/admin/login/")
        give_password(client, enrolled)
        before = client.session.session_key
        client.post("/admin/login/kode/", {"code": code_of(SECRET)})
        assert client.session.session_key != before

    def test_one_sees_and_ends_ones_own(self, signed_in, enrolled, clock):
        clock.shift(60)
        other = Client(headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"})
        enter(other, enrolled)
        page = signed_in.get("/admin/konto/").content.decode()
        assert "Firefox på Linux" in page
        theirs = StaffSession.objects.get(device="Firefox på Linux")
        signed_in.post("/admin/konto/okter/avslutt/", {"session": theirs.pk})
        assert other.get("/admin/")["Location"].startswith("/admin/login/")
        assert signed_in.get("/admin/").status_code == 200

    def test_all_others_end_at_once(self, signed_in, enrolled, clock):
        others = [Client(), Client()]
        for other in others:
            clock.shift(60)
            enter(other, enrolled)
        signed_in.post("/admin/konto/okter/avslutt/")
        assert [other.get("/admin/").status_code for other in (signed_in, *others)] == [200, 302, 302]

    @pytest.mark.parametrize("chosen", ["999999", "x", "' OR 1=1"])
    def test_nobody_ends_anothers(self, signed_in, chosen):
        other = Client()
        other.force_login(make_person(Role.LEADER))
        theirs = StaffSession.objects.get(user__email="leader@prove.example")
        for tried in (chosen, theirs.pk):
            signed_in.post("/admin/konto/okter/avslutt/", {"session": tried})
        assert other.get("/admin/").status_code == 200

    def test_signing_out_takes_it_off_the_list(self, signed_in, enrolled):
        cookie = signed_in.cookies["okt"].value
        signed_in.post("/admin/logout/")
        signed_in.cookies["okt"] = cookie
        assert signed_in.get("/admin/").status_code == 302
        assert sessions.open_sessions(enrolled, at=timezone.now()) == []


class TestTheAccount:
    NEW = "fire ord som ingen andre har"

    @pytest.fixture
    def signed_in(self, client, enrolled) -> Client:
        enter(client, enrolled)
        return client

    def change(self, client: Client, **over: str):
        given = {"current": PASSWORD, "password": self.NEW, "again": self.NEW} | over
        return client.post("/admin/konto/passord/", given)

    def test_a_new_password_ends_every_other_session(self, signed_in, enrolled):
        other = Client()
        other.force_login(enrolled)
        assert self.change(signed_in)["Location"] == "/admin/konto/"
        assert signed_in.get("/admin/konto/").status_code == 200
        assert "her du er nå" in signed_in.get("/admin/konto/").content.decode()
        assert other.get("/admin/").status_code == 302
        assert OutgoingMail.objects.get().body.startswith("Passordet ditt er endret.")
        assert "Feil" in give_password(Client(), enrolled).content.decode()

    @pytest.mark.parametrize(
        ("over", "sentence"),
        [
            ({"current": "feil"}, "Feil passord."),
            ({"again": "noe annet enn det første"}, "ikke like"),
            ({"password": "fjorten tegn !", "again": "fjorten tegn !"}, "minst 15 tegn"),
            ({"password": "123456789987654321"}, "for vanlig"),
            ({"password": "case_handler@prove.example"}, "for likt"),
            ({"password": ""}, "Passord mangler"),
        ],
    )
    def test_a_bad_new_password_is_refused_in_a_sentence(self, signed_in, over, sentence, enrolled):
        answer = self.change(signed_in, **over)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        enrolled.refresh_from_db()
        assert enrolled.check_password(PASSWORD)

    def test_what_changes_the_door_asks_first_who_it_is(self, signed_in, enrolled):
        for address in ("/admin/konto/koder/", "/admin/konto/koder/tekst/", "/admin/konto/totrinn/app/"):
            assert signed_in.get(address)["Location"].startswith("/admin/bekreft/?next="), address
        signed_in.post("/admin/bekreft/?next=/admin/konto/koder/", {"password": "feil"})
        assert signed_in.get("/admin/konto/koder/").status_code == 302
        answer = signed_in.post("/admin/bekreft/?next=/admin/konto/koder/", {"password": PASSWORD})
        assert answer["Location"] == "/admin/konto/koder/"
        assert signed_in.get("/admin/konto/koder/").status_code == 200

    def test_who_it_is_is_forgotten_after_five_minutes(self, signed_in, clock):
        signed_in.post("/admin/bekreft/?next=/admin/konto/koder/", {"password": PASSWORD})
        clock.shift(timedelta(minutes=5, seconds=1))
        assert signed_in.get("/admin/konto/koder/").status_code == 302

    def test_new_codes_void_the_old(self, signed_in, enrolled):
        old = codes.recovery_codes_left(enrolled)
        signed_in.post("/admin/bekreft/", {"password": PASSWORD})
        assert signed_in.post("/admin/konto/koder/")["Location"] == "/admin/konto/koder/"
        assert not set(old) & set(codes.recovery_codes_left(enrolled))
        text = signed_in.get("/admin/konto/koder/tekst/").content.decode().replace(" ", "").split()
        assert text == codes.recovery_codes_left(enrolled)

    def test_a_new_phone_takes_the_place_of_the_old(self, signed_in, enrolled, clock):
        signed_in.post("/admin/bekreft/", {"password": PASSWORD})
        page = signed_in.get("/admin/konto/totrinn/app/").content.decode()
        secret = re.search(r'class="secret"[^>]*>([A-Z2-7 ]+)<', page)[1].replace(" ", "")
        clock.shift(30)
        assert signed_in.post("/admin/konto/totrinn/app/", {"code": code_of(secret)})["Location"] == "/admin/konto/"
        clock.shift(30)
        other = Client()
        give_password(other, enrolled)
        assert "brukt før" in other.post("/admin/login/kode/", {"code": code_of(SECRET)}).content.decode()
        assert other.post("/admin/login/kode/", {"code": code_of(secret)})["Location"] == "/admin/"

    def test_the_last_second_factor_is_not_removed(self, signed_in, enrolled):
        signed_in.post("/admin/bekreft/", {"password": PASSWORD})
        app = Authenticator.objects.get(type="totp")
        answer = signed_in.post(f"/admin/konto/totrinn/{app.pk}/fjern/", follow=True)
        assert "det eneste andre trinnet" in answer.content.decode()
        assert codes.factors(enrolled) == [app]

    def test_nobody_removes_anothers(self, signed_in):
        leader = make_person(Role.LEADER)
        codes.keep_app(leader, SECRET, step=0)
        signed_in.post("/admin/bekreft/", {"password": PASSWORD})
        theirs = Authenticator.objects.get(user=leader)
        assert signed_in.post(f"/admin/konto/totrinn/{theirs.pk}/fjern/").status_code == 404


class TestLimits:
    @pytest.fixture(autouse=True)
    def three_tries(self, settings):
        settings.MAX_SIGN_INS_AN_HOUR = 3

    HERE, ELSEWHERE = {"REMOTE_ADDR": "192.0.2.1"}, {"REMOTE_ADDR": "192.0.2.2"}

    def test_guessing_stops_and_shuts_nobody_else_out(self, client, enrolled, clock):
        for _ in range(3):
            assert "Feil e-postadresse" in give_password(client, enrolled, "feil", **self.HERE).content.decode()
        assert "Vent en time" in give_password(client, enrolled, "feil", **self.HERE).content.decode()
        assert "Vent en time" in give_password(client, enrolled, **self.HERE).content.decode()
        assert give_password(client, make_person(Role.LEADER), **self.HERE).status_code == 302
        assert give_password(Client(), enrolled, **self.ELSEWHERE).status_code == 302
        clock.shift(timedelta(hours=1))
        assert give_password(Client(), enrolled, **self.HERE).status_code == 302

    def test_many_accounts_from_one_address_stop_too(self, client):
        said = [
            give_password(client, User(email=f"a{number}@prove.example"), "feil", **self.HERE).content.decode()
            for number in range(16)
        ]
        assert [number for number, page in enumerate(said) if "Vent en time" in page] == [15]

    def test_a_right_password_costs_nothing(self, enrolled):
        for _ in range(5):
            assert give_password(Client(), enrolled).status_code == 302

    def test_codes_are_counted_and_a_new_sign_in_gives_no_new_tries(self, client, enrolled):
        for _ in range(3):
            give_password(client, enrolled)
            assert "brukt før" in client.post("/admin/login/kode/", {"code": "000000"}).content.decode()
        client = Client()
        give_password(client, enrolled)
        assert "Vent en time" in client.post("/admin/login/kode/", {"code": code_of(SECRET)}).content.decode()

    def test_codes_from_everywhere_are_counted_together_and_a_recovery_code_still_works(self, enrolled, settings):
        settings.MAX_SIGN_INS_AN_HOUR = 10
        for number in range(31):
            client = Client(REMOTE_ADDR=f"192.0.2.{number}")
            give_password(client, enrolled)
            said = client.post("/admin/login/kode/", {"code": "000000"}).content.decode()
        assert "Vent en time" in said
        code = codes.recovery_codes_left(enrolled)[0]
        assert client.post("/admin/login/kode/", {"code": code})["Location"] == "/admin/"

    def test_who_one_is_may_not_be_guessed_either(self, client, enrolled):
        client.force_login(enrolled)
        for _ in range(3):
            client.post("/admin/bekreft/", {"password": "feil"})
        assert "Vent en time" in client.post("/admin/bekreft/", {"password": PASSWORD}).content.decode()


def test_a_new_data_key_seals_the_secrets_anew_and_the_old_may_go(client, enrolled, settings, capsys):
    old, new = settings.DATA_KEYS[0], "t2:Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA="
    left = codes.recovery_codes_left(enrolled)
    settings.DATA_KEYS = [new, old]
    call_command("rotate_keys")
    assert "mfa.authenticator.data: 2 kryptert på nytt" in capsys.readouterr().out
    settings.DATA_KEYS = [new]
    assert codes.recovery_codes_left(enrolled) == left
    enter(client, enrolled)
    assert client.get("/admin/").status_code == 200


def test_a_secret_that_no_key_opens_is_named(enrolled, settings):
    settings.DATA_KEYS = ["t2:Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA="]
    with pytest.raises(CommandError, match=r"mfa\.authenticator\.data, rad \d+"):
        call_command("rotate_keys")


def test_the_leader_ends_the_sessions_of_a_lost_machine(enrolled, django_assert_max_num_queries):
    lost, leader = Client(), Client()
    enter(lost, enrolled)
    leader.force_login(make_person(Role.LEADER))
    for number in range(5):
        make_person(Role.REGISTRAR, email=f"p{number}@prove.example")
    with django_assert_max_num_queries(15):
        assert "saksbehandler" in leader.get("/admin/mktnorge/user/").content.decode()
    chosen = {"action": "end_sessions", "_selected_action": [enrolled.pk]}
    answer = leader.post("/admin/mktnorge/user/", chosen, follow=True)
    assert "1 økt er avsluttet." in answer.content.decode()
    assert lost.get("/admin/")["Location"].startswith("/admin/login/")
    assert leader.get("/admin/").status_code == 200


@pytest.mark.parametrize("role", [Role.CASE_HANDLER, Role.REGISTRAR, Role.AUDITOR])
def test_nobody_else_ends_them(enrolled, role):
    other, staff = Client(), Client()
    enter(other, enrolled)
    staff.force_login(make_person(role, email="annen@prove.example"))
    chosen = {"action": "end_sessions", "_selected_action": [enrolled.pk]}
    assert staff.post("/admin/mktnorge/user/", chosen).status_code == 403
    assert other.get("/admin/").status_code == 200


@pytest.mark.parametrize(("demonstration", "https", "found"), [(True, True, 1), (True, False, 0), (False, True, 0)])
def test_a_demonstration_in_the_open_stops_the_deployment_check(settings, demonstration, https, found):
    settings.DEMONSTRATION, settings.HTTPS = demonstration, https
    assert len(demonstration_in_the_open(None)) == found
