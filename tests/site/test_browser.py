"""The browser of the tests works, and meets our pages as a person's does."""

import pytest


@pytest.mark.django_db(transaction=True)
def test_the_browser_gets_a_page_with_its_style(live_server, page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{live_server.url}/admin/login/")
    assert page.locator("html").get_attribute("lang") == "nb"
    assert page.locator("input[name=password]").is_visible()
    assert asked
    assert {url.split("/")[2] for url in asked} == {live_server.url.split("/")[2]}
