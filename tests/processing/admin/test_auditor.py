"""Whoever only looks meets no control that changes anything, and all they look at is logged for the leader."""

import re

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, reverse
from django.utils import timezone

from mktnorge.evidence import link_new_rows, verify_links
from mktnorge.models import Viewing
from mktnorge.roles import Role
from processing.law.editions import ExportFormat
from processing.services.exports import export_register
from processing.services.notices import publish_demonstration
from tests.builders import ASKED_AT, fill_register, make_controller, make_person

pytestmark = pytest.mark.django_db

BANNER = "Du ser på. Du kan ikke endre noe."

# To leave, and to take a document: all that an auditor sends.
SENT = {"logout-form", "export_form"}

# Stock Django puts what can only be looked at in a form as well. It has nothing to write in and no button.
CONTROL = re.compile(r'<button|<select|<textarea|<input(?![^>]*type="hidden")')


@pytest.fixture
def world():
    make_controller()
    fill_register(1)
    publish_demonstration(by=make_person(), at=ASKED_AT)
    export_register(format=ExportFormat.JSON, as_of=ASKED_AT.date(), by=None, at=ASKED_AT)


def addresses() -> list[str]:
    """Every page of the admin that can be asked for: those without a key, and the first row of each list."""
    found = []
    for pattern in admin.site.get_urls():
        if isinstance(pattern, URLPattern) and pattern.name:
            for args in ([], ["A01"]):
                try:
                    found.append(reverse(f"admin:{pattern.name}", args=args))
                except NoReverseMatch:
                    continue
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        found += [reverse(f"{name}_changelist"), reverse(f"{name}_add")]
        if row := model._default_manager.first():
            found += [reverse(f"{name}_{page}", args=[row.pk]) for page in ("change", "history", "delete")]
    # The catalogue shows what a page can be made of: its forms are pictures, and are sent nowhere.
    return sorted(set(found) - {reverse("admin:logout"), reverse("admin:catalogue")})


def test_no_page_shows_an_auditor_a_way_to_change_anything(world, sign_in):
    client = sign_in(Role.AUDITOR)
    seen = 0
    for address in addresses():
        answer = client.get(address)
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        seen += 1
        html = answer.content.decode()
        assert BANNER in html, address
        for tag, inside in re.findall(r"(<form[^>]*>)(.*?)</form>", html, re.DOTALL):
            name = re.search(r'id="([^"]+)"', tag)
            if 'method="post"' in tag and not (name and name[1] in SENT):
                assert not CONTROL.search(inside), f"{address}: {tag}"
        assert not re.findall(
            r'(?:name="_(?:save|continue|addanother)|class="(?:addlink|deletelink|changelink))', html
        ), address
        assert not re.findall(r'name="(?:action|_selected_action|_save)"', html), address
        assert not re.findall(r'href="[^"]*/(?:add|delete)/', html), address
    assert seen >= 30


def test_each_page_and_file_is_logged_for_the_leader_to_see(world, sign_in):
    client = sign_in(Role.AUDITOR)
    client.get("/admin/protokoll/register/", {"dag": "2026-06-30", "sok": "journal"})
    client.post(
        "/admin/protokoll/eksport/", {"as_of": "2026-06-30", "format": "json", "edition": "internal", "law_on": ""}
    )
    last, first = Viewing.objects.order_by("-pk")[:2]
    assert (first.by.email, first.address) == (
        "auditor@prove.example",
        "/admin/protokoll/register/?dag=2026-06-30&sok=journal",
    )
    assert re.fullmatch(r"protokoll-2026-06-30-MKT-\d{4}-\w{6}\.json", last.file)
    page = sign_in(Role.LEADER).get(reverse("admin:mktnorge_viewing_changelist"))
    assert page.status_code == 200
    assert "dag=2026-06-30&amp;sok=journal" in page.content.decode()
    assert last.file in page.content.decode()


def test_others_are_not_logged_and_do_not_read_the_log(world, sign_in):
    for role in (Role.LEADER, Role.REGISTRAR, Role.CASE_HANDLER):
        assert sign_in(role).get("/admin/protokoll/register/").status_code == 200
    assert not Viewing.objects.exists()
    for role in (Role.REGISTRAR, Role.CASE_HANDLER, Role.AUDITOR):
        assert sign_in(role).get(reverse("admin:mktnorge_viewing_changelist")).status_code == 403
    assert Client().get(reverse("admin:mktnorge_viewing_changelist")).status_code == 302


def test_an_address_as_long_as_it_can_be_is_logged(sign_in):
    client = sign_in(Role.AUDITOR)
    assert client.get("/admin/protokoll/register/", {"sok": "x\x00" * 400}).status_code in {200, 400}
    assert len(Viewing.objects.latest("pk").address) == 500


def test_the_log_is_in_the_chain(world, sign_in):
    sign_in(Role.AUDITOR).get("/admin/protokoll/register/")
    (link,) = link_new_rows(at=timezone.now())
    assert len(link.tables["mktnorge_viewing"]["rows"]) == 1
    assert verify_links() == []
