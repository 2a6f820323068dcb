"""From the invitation to the front page in a real browser, and in again with a passkey. Every page is read by axe."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.utils import timezone

from mktnorge.roles import Role
from mktnorge.signin import codes
from mktnorge.signin.invitations import invite
from tests.browser.accessibility import broken_colours, broken_rules, fits
from tests.builders import PASSWORD, make_controller, make_person

pytestmark = pytest.mark.django_db(transaction=True)

EMAIL, NEW = "ny@prove.example", "fire ord som ingen andre har"


@pytest.fixture
def heard(page, live_server):
    """What the console says, and whom the pages talk to."""
    said, asked = [], set()
    # A form with errors answers 422, and Chromium tells of each.
    page.on("console", lambda message: said.extend([message.text] * ("status of 422" not in message.text)))
    page.on("request", lambda request: asked.add(request.url.split("/")[2]))
    make_controller()
    yield said
    assert said == []
    assert asked == {live_server.url.split("/")[2]}


def look(page, heading: str) -> None:
    page.wait_for_selector(f"h1:has-text('{heading}')")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert fits(page), (heading, width)
    assert broken_rules(page) == [], heading
    page.emulate_media(color_scheme="dark")
    assert broken_colours(page) == [], heading
    page.emulate_media(color_scheme="light")


def code_of(secret: str, moment=None) -> str:
    at = moment or timezone.now()
    return format_hotp_value(hotp_value(secret, int(at.timestamp()) // 30))


def test_from_the_invitation_to_the_front_page_and_in_again(page, live_server, heard):
    code = invite(email=EMAIL, role=Role.CASE_HANDLER, access_until=None, at=timezone.now()).code
    page.goto(f"{live_server.url}/admin/invitasjon/#{code}")
    look(page, "Du er invitert")
    assert page.input_value("#id_code") == code
    assert page.url == f"{live_server.url}/admin/invitasjon/"
    page.click("button:has-text('Gå videre')")
    look(page, "Velg et passord")
    page.fill("#id_name", "Test Testesen")
    page.fill("#id_password", "kort")
    page.fill("#id_again", "kort")
    page.click("button:has-text('Gå videre')")
    page.wait_for_selector(".error-summary")
    look(page, "Velg et passord")
    page.fill("#id_password", NEW)
    page.fill("#id_again", NEW)
    page.click("button:has-text('Gå videre')")
    look(page, "Velg et andre trinn")
    page.click("text=Sett opp en app")
    look(page, "Sett opp en app")
    secret = page.text_content(".secret").replace(" ", "")
    page.fill("#id_code", code_of(secret))
    page.click("button:has-text('Sett opp')")
    look(page, "Reservekoder")
    recovery = page.locator(".codes li").first.text_content()
    assert page.locator(".codes li").count() == 10
    page.click("text=Jeg har tatt vare på kodene")
    page.wait_for_url("**/admin/")
    page.click("text=Kontoen din")
    look(page, "Kontoen din")
    page.click("main >> text=Logg ut")

    page.goto(f"{live_server.url}/admin/")
    look(page, "Logg inn")
    page.fill("#id_login", EMAIL)
    page.fill("#id_password", NEW)
    page.click("button:has-text('Gå videre')")
    look(page, "Skriv koden")
    page.fill("#id_code", "000000")
    page.click("button:has-text('Logg inn')")
    page.wait_for_selector(".error-summary")
    look(page, "Skriv koden")
    page.fill("#id_code", recovery)
    page.click("button:has-text('Logg inn')")
    page.wait_for_url("**/admin/")


@pytest.fixture
def keys(page):
    """A device that keeps passkeys, and always knows its owner."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    device = cdp.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return cdp, device["authenticatorId"]


def test_a_passkey_from_the_first_day(page, live_server, heard, keys):
    person = make_person(Role.LEADER)
    page.goto(f"{live_server.url}/admin/")
    page.fill("#id_login", person.email)
    page.fill("#id_password", PASSWORD)
    page.click("button:has-text('Gå videre')")
    page.click("text=Legg til en passnøkkel")
    look(page, "Legg til en passnøkkel")
    page.fill("#id_name", "Jobbtelefonen")
    page.click("text=Lag nøkkelen")
    look(page, "Reservekoder")
    page.goto(f"{live_server.url}/admin/konto/")
    assert "Passnøkkel: Jobbtelefonen" in page.text_content("main")
    page.click("main >> text=Logg ut")

    # Alone, without a password.
    page.goto(f"{live_server.url}/admin/login/?next=/admin/konto/")
    page.click("text=Logg inn med passnøkkel")
    look(page, "Kontoen din")
    page.click("text=Se kodene")
    look(page, "Er det deg?")
    page.click("text=Bruk en passnøkkel")
    look(page, "Er det deg?")
    page.click("button:has-text('Bruk passnøkkel')")
    look(page, "Reservekoder")
    page.goto(f"{live_server.url}/admin/konto/")
    page.click("main >> text=Logg ut")

    # Instead of a code, after the password.
    page.goto(f"{live_server.url}/admin/login/")
    page.fill("#id_login", person.email)
    page.fill("#id_password", PASSWORD)
    page.click("button:has-text('Gå videre')")
    look(page, "Skriv koden")
    page.click("text=Bruk passnøkkel")
    page.wait_for_url("**/admin/")

    # A device that does not know its owner gets nobody in.
    page.goto(f"{live_server.url}/admin/konto/")
    page.click("main >> text=Logg ut")
    cdp, device = keys
    cdp.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.goto(f"{live_server.url}/admin/login/")
    page.click("text=Logg inn med passnøkkel")
    page.wait_for_selector("text=Nettleseren fikk ikke brukt nøkkelen.")


def test_a_session_that_ended_says_so_and_leads_back(page, live_server, time_machine, heard):
    person = make_person(Role.REGISTRAR)
    now = timezone.now()
    time_machine.move_to(now, tick=True)
    secret = "JBSWY3DPEHPK3PXP"
    codes.keep_app(person, secret, step=0)
    for after in (timedelta(0), timedelta(minutes=31)):
        time_machine.move_to(now + after, tick=True)
        page.goto(f"{live_server.url}/admin/komponenter/")
        if after:
            look(page, "Logg inn")
            assert "Du har vært borte i 30 minutter." in page.text_content("main")
        page.fill("#id_login", person.email)
        page.fill("#id_password", PASSWORD)
        page.click("button:has-text('Gå videre')")
        page.fill("#id_code", code_of(secret, now + after))
        page.click("button:has-text('Logg inn')")
        page.wait_for_url(re.compile("/admin/komponenter/$"))
