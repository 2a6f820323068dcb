"""A registrar comes in the morning, sees where it is worst, and mends a field with one click."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client

from mktnorge.roles import Role
from processing.law.regimes import LegalRegime
from processing.register import register_as_of
from processing.services.notices import publish_demonstration
from tests.builders import OSLO, make_person
from tests.company import load_company
from tests.processing.admin.pages import fields_of, words_of

LOADED_AT = datetime(2026, 11, 22, 9, 0, tzinfo=OSLO)
CLICKED_AT = datetime(2026, 11, 23, 8, 15, tzinfo=OSLO)


def words_at(client: Client, address: str) -> str:
    return words_of(client.get(address).content.decode())


@pytest.mark.django_db
def test_from_the_front_page_to_a_mended_field_and_back(client: Client, time_machine) -> None:
    time_machine.move_to(CLICKED_AT, tick=False)
    load_company(at=LOADED_AT)
    publish_demonstration(by=make_person(Role.LEADER), at=LOADED_AT)
    person = make_person(Role.REGISTRAR)

    # Is signed in, and the front page says how the register stands.
    client.force_login(person)
    front = client.get("/admin/").content.decode()
    assert "Utgave 1 bygger på det som står i registeret nå." in words_of(front)
    [errors] = re.findall(r'class="n">(\d+)</span> <span class="badge badge--error">', front)

    # Goes to one of the pages with most errors. The error says what to do, and has a button.
    [address] = re.findall(r'href="([^"]+)">A06 ', front)
    page = client.get(address).content.decode()
    assert "Bekreft hvilket regelverk som styrer aktiviteten." in words_of(page)
    [button] = re.findall(r'value="(\d+)">Bruk forslaget<span class="sr-only">: Bare personvernforordningen<', page)

    # Presses it.
    [action] = re.findall(r'id="bruk-forslag" action="([^"]+)"', page)
    mended = client.post(action, fields_of(page, "bruk-forslag") | {"forslag": button}, follow=True)
    words = words_of(mended.content.decode())
    assert "Forslaget er brukt. Regime: Bare personvernforordningen." in words
    assert "Bekreft hvilket regelverk" not in words

    # History says who, when and which proposal.
    history = words_at(client, address.replace("/change/", "/history/"))
    for expected in ("23. november 2026 kl. 08.15", str(person), "Forslag brukt. Regime: Bare personvernforordningen."):
        assert expected in history
    number = next(place for place, one in enumerate(register_as_of(CLICKED_AT).activities) if one.number == "A06")
    regimes = [
        register_as_of(moment).activities[number].regime
        for moment in (CLICKED_AT - timedelta(microseconds=1), CLICKED_AT)
    ]
    assert regimes == [None, LegalRegime.GDPR_ONLY]

    # The front page counts one error less, and says that the published version is behind.
    front = client.get("/admin/").content.decode()
    assert re.findall(r'class="n">(\d+)</span> <span class="badge badge--error">', front) == [str(int(errors) - 1)]
    assert "Registeret er endret siden utgave 1" in words_of(front)
