"""docs/access.md is what the running site does: every model, action, page and role, neither less nor more.

When this fails, decide first which of the two is wrong. Then change the app's `access.py`, or the line it prints.
"""

import difflib
import re
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from mktnorge.access import sync_roles
from mktnorge.models import User
from mktnorge.roles import Role
from mktnorge.signin import sessions
from mktnorge.signin.middleware import WITHOUT_SECOND_FACTOR
from tests.access_matrix import (
    OPEN_TO_ALL,
    address,
    may_open,
    model_lines,
    patterns,
    permission_lines,
    public_pages,
    staff_pages,
)
from tests.builders import make_activity, make_controller, make_person, make_version
from tests.rights.builders import make_request

pytestmark = pytest.mark.django_db

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
PAGE = (settings.BASE_DIR / "docs" / "access.md").read_text()


def written(heading: str) -> list[str]:
    """Return the rows of the table under a heading, without its head."""
    section = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    return [line for line in section.splitlines() if line.startswith("|")][2:]


def differing(heading: str, lines: list[str]) -> list[str]:
    """Return the rows that stand in the page and not in the site (-), or in the site and not in the page (+)."""
    return [line for line in difflib.ndiff(written(heading), lines) if line[0] in "-+"]


def cells(line: str) -> list[str]:
    return [cell.strip().strip("`") for cell in line.strip("|").split("|")]


@pytest.fixture
def people() -> dict[Role, User]:
    sync_roles()
    return {role: User.objects.get(pk=make_person(role).pk) for role in Role}


@pytest.fixture
def values() -> dict[str, object]:
    """An object behind every address, so that nobody is refused for want of one."""
    company = make_controller()
    activity = make_activity()
    return {
        "rightsrequest.pk": make_request().pk,
        "activity.pk": activity.pk,
        "controller.pk": company.pk,
        "noticeversion.pk": make_version().pk,
        "number": activity.number,
        "public_id": uuid4(),  # who may not ask for documents is refused whatever it is
        "right": "access",
        "action": "take",
        "step": "assess",
    }


def test_models_and_actions(people, values):
    """With a company in the register: there is one, and then nobody adds another."""
    assert differing("Models in the admin", model_lines(people)) == []


def test_permissions_on_what_stands_in_no_list(people):
    assert differing("Other models", permission_lines(people)) == []


def test_every_page_is_written_down():
    for heading, pages in (("Staff pages", staff_pages()), ("Public pages", public_pages())):
        said = [cells(line)[0] for line in written(heading)]
        assert (set(pages) - set(said), set(said) - set(pages), len(said)) == (set(), set(), len(set(pages)))


@pytest.mark.parametrize("role", Role)
def test_each_role_opens_the_pages_that_are_written_down(role, people, values):
    column = 1 + list(Role).index(role)
    client = Client()
    client.force_login(people[role])
    found = {page: may_open(client, address(page, values)) for page in staff_pages()}
    said = {cells(line)[0]: cells(line)[column] == "yes" for line in written("Staff pages")}
    assert {page for page in found if found[page] != said[page]} == set()


def test_nobody_else_opens_a_staff_page(values):
    client = Client()
    open_to_all = {cells(line)[0] for line in written("Staff pages") if cells(line)[5] == OPEN_TO_ALL}
    for route, _name in patterns():
        if route.startswith("admin/") and route not in open_to_all:
            path = address(route, values) if "(?P" not in route else "/admin/processing/"
            for answer in (client.get(path), client.post(path)):
                assert answer.status_code in (302, 405), route
                assert answer.status_code == 405 or answer["Location"].startswith("/admin/login/")


def test_the_password_alone_opens_the_way_to_the_second_factor_and_nothing_more(people, values):
    client = Client()
    client.force_login(people[Role.LEADER])
    session = client.session
    session[sessions.SECOND_FACTOR] = False
    session[sessions.BEGAN_AT] = timezone.now().isoformat()
    session.save()
    for route, name in patterns():
        views = {name, f"admin:{name}"}
        if route.startswith("admin/") and route != "admin/login/" and not views & WITHOUT_SECOND_FACTOR:
            path = address(route, values) if "(?P" not in route else "/admin/processing/"
            for answer in (client.get(path), client.post(path)):
                assert answer.status_code == 302, route
                assert answer["Location"] in ("/admin/konto/totrinn/", "/admin/login/"), route


def test_no_public_page_knows_who_is_signed_in(people, values):
    """Staff meet the same pages as everybody: nothing outside /admin/ asks who one is."""
    staff = Client()
    staff.force_login(people[Role.LEADER])
    for page in ("/personvern/", "/personvern/krav/", "/sak/", "/verifiser/", "/klage/"):
        shown = [TOKEN.sub("", client.get(page).content.decode()) for client in (staff, Client())]
        assert shown[0] == shown[1], page
