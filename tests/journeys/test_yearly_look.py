"""A year has passed. The leader sees what the register said then and says now, and who changed what, and why.

The review itself, with its outcome and its signature, is not built yet; this is the ground it stands on.
"""

import json
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from mktnorge.roles import Role
from processing.models import Activity, Purpose
from processing.models.governed import register_edit
from tests.builders import OSLO, PASSWORD, make_person
from tests.company import load_company
from tests.processing.admin.pages import fields_of, words_of

LOADED_AT = datetime(2025, 11, 20, 9, 0, tzinfo=OSLO)
CONFIRMED_AT = datetime(2026, 3, 3, 14, 15, tzinfo=OSLO)
REVIEWED_AT = datetime(2026, 11, 23, 10, 30, tzinfo=OSLO)


def register_on(client: Client, day: str) -> dict:
    """The register as the page hands it out for `day`."""
    answer = client.post("/admin/protokoll/eksport/", {"as_of": day, "format": "json"})
    assert answer.status_code == 200
    return json.loads(answer.content)


def changed_paths(before: object, after: object, path: str = "") -> list[str]:
    """Where two registers differ, as paths into their JSON."""
    if type(before) is not type(after):
        return [path]
    if isinstance(before, dict) and isinstance(after, dict):
        keys = sorted(before.keys() | after.keys())
        return [found for key in keys for found in changed_paths(before.get(key), after.get(key), f"{path}.{key}")]
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        pairs = enumerate(zip(before, after, strict=True))
        return [found for place, (old, new) in pairs for found in changed_paths(old, new, f"{path}[{place}]")]
    return [] if before == after else [path]


@pytest.mark.django_db
def test_the_leader_sees_what_a_year_has_changed(client: Client, time_machine) -> None:
    load_company(at=LOADED_AT)
    registrar, leader = make_person(Role.REGISTRAR), make_person(Role.LEADER)

    # In March a registrar confirms the regime of the health record, and takes out a purpose, by the admin's own form.
    time_machine.move_to(CONFIRMED_AT, tick=False)
    record = Activity.objects.get(number="A03")
    page = reverse("admin:processing_activity_change", args=[record.pk])
    assert client.login(username=registrar.email, password=PASSWORD)
    form = fields_of(client.get(page).content.decode(), "activity_form")
    form |= {"regime": "health_record", "change_reason": "Journalen føres av helsepersonell"}
    assert "ble endret" in words_of(client.post(page, form, follow=True).content.decode())
    with register_edit(at=CONFIRMED_AT, by=registrar, reason="Formålet dekkes av de andre"):
        Purpose.objects.filter(activity=record).order_by("position").last().delete()  # type: ignore[union-attr]

    # In November the leader takes the register out as it was a year ago, and as it is.
    time_machine.move_to(REVIEWED_AT, tick=False)
    assert client.login(username=leader.email, password=PASSWORD)
    then, now = register_on(client, "2025-11-23"), register_on(client, "2026-11-23")
    places = changed_paths(then["activities"], now["activities"])
    assert places == ["[2].purposes", "[2].regime"]
    assert (then["activities"][2]["regime"], now["activities"][2]["regime"]) == (None, "health_record")
    assert len(then["activities"][2]["purposes"]) == len(now["activities"][2]["purposes"]) + 1

    # The history of the activity says who, when and why.
    history = words_of(client.get(reverse("admin:processing_activity_history", args=[record.pk])).content.decode())
    for expected in (
        "3. mars 2026 kl. 14.15",
        str(registrar),
        "«Journalen føres av helsepersonell»",
        "«Formålet dekkes av de andre»",
        "Helsejournal",
    ):
        assert expected in history

    # A day before there was a register gives an empty one, and a day to come is refused with a sentence.
    assert register_on(client, "2025-11-19")["activities"] == []
    tomorrow = client.post("/admin/protokoll/eksport/", {"as_of": "2026-11-24", "format": "json"})
    assert tomorrow.status_code == 422
