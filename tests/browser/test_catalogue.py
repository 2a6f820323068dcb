"""The component page: every component is on it, staff alone see it, and it is accessible in both colour schemes."""

import pytest
from django.test import Client

from mktnorge.catalogue import COLOURS
from mktnorge.roles import Role
from tests.browser.accessibility import broken_colours, broken_rules, fits
from tests.builders import make_person
from tests.repository.test_templates import mentioned, templates
from tests.repository.tree import ROOT
from tests.signing_in import bring_in
from tests.site.test_look import colours

# The parts of a page's frame, and what another component holds.
ELSEWHERE = {"_help", "_footer_nav", "_error_summary"}


def test_every_component_and_every_colour_is_on_the_page() -> None:
    known = templates(ROOT)
    shown, waiting = set(), {"catalogue.html"}
    while waiting:
        new = {name for name in mentioned(known[waiting.pop()]) if name.startswith("components/")} - shown
        shown |= new
        waiting |= new
    components = {name for name in known if name.startswith("components/")}
    missing = {name.removeprefix("components/").removesuffix(".html") for name in components - shown}
    assert missing <= ELSEWHERE
    tokens = colours((ROOT / "mktnorge/static/mktnorge/tokens.css").read_text())
    assert set(COLOURS) == set(tokens) - {"on-spruce"}


@pytest.mark.django_db
def test_only_those_who_may_sign_in_see_it(client: Client) -> None:
    assert client.get("/admin/komponenter/").status_code == 302
    client.force_login(make_person(Role.AUDITOR))
    assert client.get("/admin/komponenter/").status_code == 200
    assert client.post("/admin/komponenter/").status_code == 405


@pytest.mark.django_db(transaction=True)
def test_the_components_are_accessible_and_fit(page, live_server) -> None:
    bring_in(page, live_server, make_person(Role.REGISTRAR))
    page.goto(f"{live_server.url}/admin/komponenter/")
    for width in (320, 375, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="light")
        assert broken_rules(page) == [], width
        page.emulate_media(color_scheme="dark")
        assert broken_colours(page) == [], (width, "dark")
        assert fits(page), width
