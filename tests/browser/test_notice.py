"""The notice in a real browser: every page and state, in both colour schemes, from a small phone to a desk.

One browser, and many states in one test: a page is opened once and then looked at in each scheme.
"""

import re
from datetime import timedelta

import pytest

from processing.models.governed import register_edit
from tests.browser.accessibility import broken_colours, broken_rules, fits
from tests.builders import ASKED_AT, make_activity, make_controller
from tests.processing.test_notice_pages import publish

pytestmark = pytest.mark.django_db(transaction=True)

STATES = {
    "/personvern/": 200,
    "/personvern/?rolle=klient": 200,
    "/personvern/?rolle=ukjent": 404,
    "/personvern/?sprak=en": 200,
    "/personvern/hele/": 200,
    "/personvern/endringer/": 200,
    "/personvern/versjon/1/": 200,
    "/personvern/versjon/9/": 404,
    "/personvern/paa-dato/": 200,
    "/personvern/paa-dato/?dato=23.11.2026": 200,
    "/personvern/paa-dato/?dato=31.02": 400,
    "/klage/": 200,
}
FOCUSED = """(() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  if (one === document.body) return null;
  return [one.innerText.trim(), getComputedStyle(one).outlineStyle, box.width, box.height, !!one.closest("p")];
})()"""
LONG = "Personopplysningssikkerhetsforskriftsendringsforslag " * 3


@pytest.fixture
def notice(time_machine):
    """Two versions of a notice with a full card, a silent one, and the longest words somebody may write."""
    time_machine.move_to(ASKED_AT + timedelta(minutes=5), tick=True)
    make_controller()
    full = make_activity(public_name="Journalen din")
    make_activity(bare=True, public_name=LONG)
    publish(at=ASKED_AT)
    with register_edit(at=ASKED_AT + timedelta(minutes=1)):
        full.public_access = "bare behandleren din og lederen"
        full.public_description = "Først.\n\nSå:\n- det ene\n- det <b>andre</b>"
        full.save()
    return publish(at=ASKED_AT + timedelta(minutes=2))


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_every_page_is_accessible_and_fits_in_light_and_dark(page, live_server, notice, width) -> None:
    said, asked = [], set()
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.add(request.url.split("/")[2]))
    page.set_viewport_size({"width": width, "height": 800})
    for address, status in STATES.items():
        assert page.goto(live_server.url + address).status == status, address
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        page.emulate_media(color_scheme="light")
        assert broken_rules(page) == [], address
        page.emulate_media(color_scheme="dark")
        assert broken_colours(page) == [], (address, "dark")
        assert fits(page), address
    # The browser itself notes every answer over 400; anything else would be a broken policy or a missing file.
    assert [text for text in said if not re.search("40[04]", text)] == []
    assert asked == {live_server.url.split("/")[2]}
    assert page.context.cookies() == []


def test_the_pages_hold_with_larger_text_and_more_air(page, live_server, notice) -> None:
    """WCAG 2.2: 1.4.4 (text twice as large), 1.4.10 (400 % zoom is 320 px of a 1280 px window), 1.4.12 (spacing)."""
    page.set_viewport_size({"width": 320, "height": 256})
    for address in ("/personvern/", "/personvern/hele/", "/personvern/endringer/", "/klage/"):
        page.goto(live_server.url + address)
        sheet = (
            "const s = new CSSStyleSheet(); s.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em "
            "!important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`); "
            "document.adoptedStyleSheets = [s]"
        )
        page.evaluate(sheet)
        assert fits(page), address
    page.set_viewport_size({"width": 640, "height": 800})
    for address in ("/personvern/", "/personvern/hele/"):
        page.goto(live_server.url + address)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert fits(page), address


def test_without_script_and_without_styles_everything_is_there_in_order(browser, live_server, notice) -> None:
    context = browser.new_context(java_script_enabled=False, locale="nb-NO")
    context.route("**/*.css", lambda route: route.abort())
    page = context.new_page()
    page.goto(f"{live_server.url}/personvern/")
    first = page.locator("main").inner_text()
    for earlier, later in (("Slik bruker vi", "Be om noe"), ("Du kan si nei", "Hva gjelder for meg?")):
        assert first.index(earlier) < first.index(later)
    page.get_by_role("link", name="Klient 1").click()
    assert page.url.endswith("?rolle=klient#bruk")
    assert page.get_by_role("heading", name="Journalen din").is_visible()
    assert not page.get_by_role("heading", name=LONG.strip()).is_visible()
    assert page.get_by_text("Du ser det som gjelder klienter: 1 av 2 bruksområder.").is_visible()
    page.get_by_role("link", name="Vis alt").click()
    assert page.get_by_role("heading", name=LONG.strip()).is_visible()
    page.get_by_text("Regler og leverandører: Journalen din").click()
    assert page.get_by_text("Rettslig forpliktelse").first.is_visible()
    context.close()


def test_paper_shows_all_of_it_whatever_role_was_chosen(page, live_server, notice) -> None:
    page.goto(f"{live_server.url}/personvern/?rolle=klient")
    silent = page.locator("article", has_text=LONG.strip())
    assert not silent.is_visible()
    page.emulate_media(media="print")
    assert silent.is_visible()
    assert page.locator("article .more dt", has_text="Grunnlag").first.is_visible()
    assert page.locator(".roles:visible").count() == 0
    assert not page.locator(".roles-note").is_visible()


def test_everything_is_reached_by_keyboard_and_seen_when_it_is(page, live_server, notice) -> None:
    page.set_viewport_size({"width": 375, "height": 700})
    page.goto(f"{live_server.url}/personvern/?rolle=klient")
    expected = page.locator("a:visible, summary:visible, button:visible").count()
    reached = []
    for _press in range(expected + 1):
        page.keyboard.press("Tab")
        seen = page.evaluate(FOCUSED)
        if seen is None:
            break
        reached.append(seen)
    assert reached[0][0] == "Hopp til innholdet"
    assert len(reached) == expected
    assert all(style == "solid" for _text, style, *_size in reached)
    # WCAG 2.5.8 leaves out links within a sentence: their height is the line's.
    small = [text for text, _style, width, height, in_text in reached if min(width, height) < 24 and not in_text]
    assert small == []


def test_a_card_leads_to_the_form_with_role_chosen(page, live_server, notice) -> None:
    page.goto(f"{live_server.url}/personvern/?rolle=klient")
    page.locator("article", has_text="Journalen din").get_by_role("link", name="Be om noe om dette").click()
    page.wait_for_url(lambda address: "/personvern/krav/" in address)
    assert page.url.endswith("?rolle=klient&aktivitet=A01")
    assert page.get_by_text("Det gjelder: Journalen din").is_visible()
