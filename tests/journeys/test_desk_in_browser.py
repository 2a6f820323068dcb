"""A clerk with ten minutes, in a real browser: a client's access by telephone, a deletion in a journal that is refused,
and a newsletter that stops. Each from the first page to the letter that is delivered, and every page read by axe.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from mktnorge.people import demonstration_person
from mktnorge.roles import Role
from processing.law.rights import Right
from rights.demonstration.loading import load_demo
from rights.law.answers import Point
from rights.law.terms import Relation
from rights.models import RightsRequest
from rights.workflow import RequestStatus
from tests.browser.accessibility import broken_rules, fits
from tests.builders import make_person
from tests.company import load_company
from tests.rights.builders import make_request
from tests.signing_in import bring_in

pytestmark = pytest.mark.django_db(transaction=True)


def look(page) -> None:
    """Read the page at both widths with everything that can be folded out open."""
    page.wait_for_load_state()
    page.evaluate("document.querySelectorAll('main details, #content details').forEach(one => { one.open = true })")
    for width in (1280, 375):
        page.set_viewport_size({"width": width, "height": 900})
        assert broken_rules(page) == [], page.url
        assert fits(page), (page.url, width)


def take(page, action: str, **values: str) -> None:
    """Fill in the form of a step and press its button."""
    form = page.locator(f"#steg-{action}")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    for name, value in values.items():
        field = form.locator(f"[name={name}]")
        kind = field.first.evaluate("node => node.type")
        if kind in ("radio", "checkbox"):
            (field if value == "on" else form.locator(f"[name={name}][value={value}]")).check()
        elif kind == "select-one":
            field.select_option(value)
        else:
            field.fill(value)
    form.locator("input[type=submit]").click()
    page.wait_for_load_state()
    assert page.locator(".messagelist .success").count() == 1, page.locator("#content").inner_text()


def walk(page, live_server, case: RightsRequest, *steps: tuple[str, dict[str, str]]) -> None:
    page.goto(f"{live_server.url}/admin/rights/rightsrequest/{case.pk}/change/")
    look(page)
    for action, values in steps:
        take(page, action, **values)
    look(page)
    case.refresh_from_db()
    assert case.state is RequestStatus.ANSWERED


def test_three_cases_from_the_first_page_to_the_answer(page, live_server):
    now = timezone.now()
    load_company(at=now - timedelta(days=30))
    clerk = make_person(Role.CASE_HANDLER)
    day = timezone.localdate(now).strftime("%d.%m.%Y")
    bring_in(page, live_server, clerk)
    page.goto(f"{live_server.url}/admin/")

    page.click("text=Ny sak fra telefon")
    look(page)
    page.fill("#id_received_on", timezone.localdate(now - timedelta(days=1)).strftime("%d.%m.%Y"))
    for name, value in {"channel": "phone", "rights": "access", "relation": "client", "contact_way": "call"}.items():
        page.check(f"[name={name}][value={value}]")
    page.fill("#id_name", "Test Testesen")
    page.click("text=Opprett saken")
    look(page)
    assert page.locator(".code span").count() == 7
    page.click("text=Gå til saken")
    access = RightsRequest.objects.get()
    walk(
        page,
        live_server,
        access,
        ("take", {}),
        ("set_regimes", {"regimes": "health_record"}),
        ("record_identity", {"method": "in_person", "on": day}),
        ("decide", {"part": "access-0", "outcome": "granted", "reason": "Du får hele journalen i kopi."}),
        ("make_letter", {}),
        ("deliver", {"on": day, "delivery": "registered"}),
    )

    deletion = make_request(
        rights=[Right.ERASURE], at=now - timedelta(days=2), points=[Point(Right.ERASURE, "Hele journalen min")]
    )
    walk(
        page,
        live_server,
        deletion,
        ("take", {}),
        ("set_regimes", {"regimes": "health_record"}),
        ("record_identity", {"method": "eid", "on": day}),
        ("decide", {"part": "erasure-1", "outcome": "refused", "ground": "journal_kept", "reason": "Alt er vurdert."}),
        ("make_letter", {"journal_noted": "on"}),
        ("deliver", {"on": day, "delivery": "registered"}),
    )

    newsletter = make_request(
        rights=[Right.OBJECTION_MARKETING], relation=Relation.SUBSCRIBER, at=now - timedelta(hours=2)
    )
    walk(
        page,
        live_server,
        newsletter,
        ("take", {}),
        ("set_regimes", {"regimes": "marketing"}),
        ("decide", {"part": "objection_marketing-0", "outcome": "granted", "reason": "Du får ikke flere brev."}),
        ("make_letter", {}),
        ("deliver", {"on": day, "delivery": "email"}),
    )

    for rest in (f"rights/rightsrequest/{access.pk}/hvor/", "rights/rightsrequest/?status=alle", "tall/", ""):
        page.goto(f"{live_server.url}/admin/{rest}")
        look(page)


def test_a_case_in_each_state_can_be_read_by_everyone(page, live_server, settings):
    """The invented cases of a demonstration, as a leader meets them: each status, and what is held or erased."""
    settings.DEMONSTRATION = True
    now = timezone.now()
    load_company(at=now - timedelta(days=60))
    load_demo(at=now)
    bring_in(page, live_server, demonstration_person(Role.LEADER))
    cases = list(RightsRequest.objects.without_personal_text())
    shown = {case.state: case for case in cases}
    shown |= {"held": next(case for case in cases if case.held_on)}
    shown |= {"erased": next(case for case in cases if case.content_erased_on)}
    shown |= {"danger": next(case for case in cases if case.speaks_of_danger)}
    for case in {case.pk: case for case in shown.values()}.values():
        page.goto(f"{live_server.url}/admin/rights/rightsrequest/{case.pk}/change/")
        look(page)
    for rest in (f"rights/rightsrequest/{shown['held'].pk}/hvor/", "rights/rightsrequest/?status=alle", "tall/", ""):
        page.goto(f"{live_server.url}/admin/{rest}")
        look(page)
