"""A registrar mends the register, the leader publishes, and the public reads the new version and can find the old."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from mktnorge.roles import Role
from processing.models import NoticeVersion
from processing.services.notices import publish_demonstration
from tests.builders import OSLO, PASSWORD, make_person
from tests.company import load_company
from tests.processing.admin.pages import fields_of, words_of

NOT_MATERIAL = {"is_material": "nei", "material_reason": "Samme formål, klarere sagt."}
LOADED_AT = datetime(2026, 11, 22, 9, 0, tzinfo=OSLO)
PUBLISHED_AT = datetime(2026, 11, 23, 10, 30, tzinfo=OSLO)
PAGE = "/admin/processing/noticeversion/publiser/"


@pytest.fixture
def company_register(db, time_machine) -> None:
    """The company's own register, with version 1 in force since yesterday."""
    load_company(at=LOADED_AT)
    publish_demonstration(by=make_person(Role.LEADER), at=LOADED_AT)
    time_machine.move_to(PUBLISHED_AT, tick=False)


def signed_in(role: Role) -> Client:
    client = Client()
    assert client.login(username=make_person(role).email, password=PASSWORD)
    return client


def edit_video_purpose(words: str) -> None:
    """Change what the public reads of why there are video sessions, through the admin's own form."""
    client = signed_in(Role.REGISTRAR)
    found = client.get(reverse("admin:processing_activity_changelist"), {"q": "Videosamtale"})
    address = next(part.split('"')[0] for part in found.content.decode().split('href="') if "/change/" in part[:80])
    form = fields_of(client.get(address).content.decode(), "activity_form")
    form |= {"purpose_set-0-public_description": words, "change_reason": "Klarere for klientene"}
    assert "ble endret" in words_of(client.post(address, form, follow=True).content.decode())


def test_from_edit_to_public_text(client: Client, company_register: None) -> None:
    edit_video_purpose("For at du skal kunne ha timen din hjemme.")
    assert "ha timen din hjemme" not in client.get("/personvern/").content.decode()

    # The leader opens the page: what is wrong stands there, once for each kind, and nothing can be published silently.
    leader = signed_in(Role.LEADER)
    page = leader.get(PAGE)
    form = fields_of(page.content.decode(), "publish_form")
    kinds = [name for name in form if name.startswith("reason-")]
    assert kinds
    refused = leader.post(PAGE, form | {"summary": "Klarere tekst om videosamtaler."})
    assert refused.status_code == 422
    assert "Skriv hvorfor dere publiserer likevel" in words_of(refused.content.decode())
    assert NoticeVersion.objects.count() == 1
    form = fields_of(refused.content.decode(), "publish_form")
    assert form["summary"] == "Klarere tekst om videosamtaler."

    # Gives a reason for each kind, and publishes.
    form |= dict.fromkeys(kinds, "Tas opp på ledermøtet i desember.")
    # Says whether people must be told, and is asked for it.
    asked = leader.post(PAGE, form)
    assert "Velg om endringen er vesentlig." in words_of(asked.content.decode())
    form = fields_of(asked.content.decode(), "publish_form") | NOT_MATERIAL
    done = leader.post(PAGE, form, follow=True)
    assert "Utgave 2 er publisert." in words_of(done.content.decode())

    # The public reads it at once; version 1 stands where it stood.
    now = client.get("/personvern/").content.decode()
    assert "ha timen din hjemme" in now
    assert "Utgave 2" in now
    assert "Dette er en demonstrasjon" not in now
    assert "ha timen din hjemme" not in client.get("/personvern/versjon/1/").content.decode()

    # Each finding was frozen with the leader's reason.
    version = NoticeVersion.objects.get(number=2)
    reasons = {finding["reason"] for finding in version.findings if finding["severity"] == "error"}
    assert reasons == {"Tas opp på ledermøtet i desember."}


def test_a_draft_somebody_has_overtaken_is_refused_and_nothing_is_lost(client: Client, company_register: None) -> None:
    leader = signed_in(Role.LEADER)
    form = fields_of(leader.get(PAGE).content.decode(), "publish_form")
    form |= (
        {name: "Tas opp senere." for name in form if name.startswith("reason-")}
        | {"summary": "Rettelser."}
        | NOT_MATERIAL
    )

    edit_video_purpose("For at du skal kunne ha timen din hjemme.")

    refused = leader.post(PAGE, form)
    assert refused.status_code == 422
    words = words_of(refused.content.decode())
    assert "Registeret er endret etter at du åpnet utkastet" in words
    assert "Rettelser." in refused.content.decode()
    assert NoticeVersion.objects.count() == 1

    # The page now holds the new draft: sending it once more is enough.
    again = fields_of(refused.content.decode(), "publish_form")
    assert "Utgave 2 er publisert." in words_of(leader.post(PAGE, again, follow=True).content.decode())


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.CASE_HANDLER, Role.AUDITOR])
def test_only_a_leader_publishes(role: Role, company_register: None) -> None:
    client = signed_in(role)
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {}).status_code == 403
    listed = client.get(reverse("admin:processing_noticeversion_changelist"))
    assert listed.status_code == 200
    assert "Publiser ny utgave" not in words_of(listed.content.decode())


def test_the_list_of_versions_leads_to_each(company_register: None) -> None:
    leader = signed_in(Role.LEADER)
    listed = leader.get(reverse("admin:processing_noticeversion_changelist"))
    assert "Publiser ny utgave" in words_of(listed.content.decode())
    version = NoticeVersion.objects.get()
    shown = leader.get(reverse("admin:processing_noticeversion_change", args=[version.pk]))
    assert "/personvern/versjon/1/" in shown.content.decode()
    assert 'name="_save"' not in shown.content.decode()


def test_a_day_in_the_past_is_refused_at_its_field(company_register: None) -> None:
    leader = signed_in(Role.LEADER)
    form = fields_of(leader.get(PAGE).content.decode(), "publish_form")
    form |= {name: "Tas opp senere." for name in form if name.startswith("reason-")}
    refused = leader.post(PAGE, form | {"summary": "Rettelser.", "in_force_from": "2026-11-01"})
    assert refused.status_code == 422
    assert "Utgaven kan tidligst gjelde fra 23.11.2026." in words_of(refused.content.decode())
