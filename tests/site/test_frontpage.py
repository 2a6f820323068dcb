"""The registry of the front page: order, and silence for those it does not concern."""

import pytest
from django.test import RequestFactory

from mktnorge import frontpage
from mktnorge.frontpage import Panel, panels_for, register_panel


@pytest.fixture
def empty_registry(monkeypatch) -> None:
    monkeypatch.setattr(frontpage, "_registered", {})


def panel_of(name: str):
    return lambda request: Panel(f"{name}.html", {"path": request.path})


def test_low_order_stands_first_and_none_is_left_out(empty_registry):
    register_panel(30, panel_of("last"))
    register_panel(10, panel_of("first"))
    register_panel(20, lambda request: None)

    found = panels_for(RequestFactory().get("/admin/"))

    assert found == [Panel("first.html", {"path": "/admin/"}), Panel("last.html", {"path": "/admin/"})]


def test_a_source_that_is_registered_again_moves_and_stands_once(empty_registry):
    source = panel_of("one")
    register_panel(10, panel_of("two"))
    register_panel(5, source)
    register_panel(50, source)

    assert [panel.template for panel in panels_for(RequestFactory().get("/admin/"))] == ["two.html", "one.html"]
