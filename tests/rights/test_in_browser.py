"""What only a browser can tell: that leaving works under our policy, and that the pages are accessible."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from rights.models import RightsRequest

pytestmark = pytest.mark.django_db(transaction=True)

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def broken_rules(page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{rule['id']}: {node['html']}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_journey_is_accessible_and_fits(page, live_server, width, colours):
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=colours)

    def check():
        assert broken_rules(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    page.goto(f"{live_server.url}/personvern/krav/")
    check()
    page.get_by_role("radio", name="E-post").check()
    page.get_by_role("button", name="Send kravet").click()
    assert page.title().startswith("Feil: ")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    check()
    page.get_by_label("Jeg er ikke sikker").check()
    page.get_by_label("Noe annet").check()
    page.get_by_label("Hva heter du?").fill("Test Testesen")
    page.get_by_label("Jeg følger med selv, med koden jeg får").check()
    page.get_by_role("button", name="Send kravet").click()
    page.wait_for_url("**/krav/kvittering/")
    check()
    code = page.locator("#kode-tegn").inner_text()
    page.get_by_role("link", name="Følg saken", exact=True).click()
    check()
    page.get_by_label("Følgekode").fill(code)
    page.get_by_role("button", name="Vis saken").click()
    page.wait_for_url("**/sak/min/")
    check()
    # The browser itself notes every answer over 400; anything else would be a broken policy or script.
    assert [text for text in said if "422" not in text] == []


def test_a_double_click_sends_one_request_and_shows_its_code(page, live_server):
    page.goto(f"{live_server.url}/personvern/krav/?rolle=annet")
    page.get_by_label("Jeg er ikke sikker").check()
    page.get_by_label("Hva heter du?").fill("Test Testesen")
    page.get_by_label("Jeg følger med selv, med koden jeg får").check()
    page.get_by_role("button", name="Send kravet").dblclick()
    page.wait_for_url("**/krav/kvittering/")
    assert len(page.locator("#kode-tegn").inner_text().replace(" ", "").replace("\n", "")) == 26
    assert RightsRequest.objects.count() == 1


@pytest.mark.parametrize("by", ["button", "Shift three times"])
def test_leaving_leads_to_another_site_and_back_leads_to_nothing_typed(page, live_server, settings, by):
    # The same server under its other name is another site to the browser, and to our policy for forms.
    here = live_server.url
    elsewhere = here.replace("localhost", "127.0.0.1")
    assert here != elsewhere
    settings.EXIT_URL = f"{elsewhere}/helse/live"
    page.goto(f"{here}/personvern/krav/")
    page.get_by_label("Hva heter du?").fill("Test Testesen")
    page.get_by_label("Vil du fortelle mer?").fill("En tekst")
    page.get_by_label("Slette noe om meg").check()
    if by == "button":
        page.get_by_role("button", name="Forlat siden").click()
    else:
        for _press in range(3):
            page.keyboard.press("Shift")
    page.wait_for_url(settings.EXIT_URL)
    assert page.context.cookies(here) == []
    page.go_back()
    assert page.get_by_label("Hva heter du?").input_value() == ""
    assert page.get_by_label("Vil du fortelle mer?").input_value() == ""
    assert not page.get_by_label("Slette noe om meg").is_checked()


def test_without_script_back_gives_no_message_and_no_choice(browser, live_server, settings):
    settings.EXIT_URL = f"{live_server.url.replace('localhost', '127.0.0.1')}/helse/live"
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/personvern/krav/")
    page.get_by_label("Vil du fortelle mer?").fill("En tekst")
    page.get_by_label("Slette noe om meg").check()
    page.get_by_role("button", name="Forlat siden").click()
    page.wait_for_url(settings.EXIT_URL)
    page.go_back()
    assert page.get_by_label("Vil du fortelle mer?").input_value() == ""
    assert not page.get_by_label("Slette noe om meg").is_checked()
    context.close()
