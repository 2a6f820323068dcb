"""A registrar mends the purpose of the health record, and reads in history what was done."""

import re
from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from mktnorge.roles import Role
from processing.register import register_as_of
from tests.builders import OSLO, make_person
from tests.company import load_company
from tests.processing.admin.pages import fields_of, words_of

LOADED_AT = datetime(2026, 11, 22, 9, 0, tzinfo=OSLO)
EDITED_AT = datetime(2026, 11, 23, 10, 30, tzinfo=OSLO)
MENDED = "Gi klienten forsvarlig helsehjelp"


@pytest.mark.django_db
def test_a_registrar_edits_a_purpose_and_finds_it_in_history(client, time_machine):
    time_machine.move_to(EDITED_AT, tick=False)
    load_company(at=LOADED_AT)
    person = make_person(Role.REGISTRAR)

    # Is signed in.
    client.force_login(person)
    assert "Aktiviteter" in words_of(client.get("/admin/").content.decode())

    # Finds the health record in the list, by searching for it.
    found = client.get(reverse("admin:processing_activity_changelist"), {"q": "Pasientjournal"})
    [address] = set(re.findall(r'href="([^"]+/change/)[^"]*">A03<', found.content.decode()))

    # Opens it: what is doubtful stands beside the fields.
    form_page = client.get(address)
    assert [
        (note.heading, note.proposal.text)
        for part in form_page.context["parts"]
        for line, notes in part.lines
        for note in notes
        if line.fields == ["regime"]
    ] == [("Feil", "Helsejournal")]
    form = fields_of(form_page.content.decode(), "activity_form")
    before = form["purpose_set-0-description"]

    # Forgets to say why, is told, and finds the words still there.
    form["purpose_set-0-description"] = MENDED
    again = client.post(address, form)
    assert "Feltet er påkrevet." in words_of(again.content.decode())
    form = fields_of(again.content.decode(), "activity_form")
    assert form["purpose_set-0-description"] == MENDED

    # Says why, and saves.
    saved = client.post(address, form | {"change_reason": "Sagt mer presist"}, follow=True)
    assert "ble endret" in words_of(saved.content.decode())

    # Reads it in history.
    history = words_of(client.get(address.replace("/change/", "/history/")).content.decode())
    for expected in ("23. november 2026 kl. 10.30", str(person), "«Sagt mer presist»", before, MENDED):
        assert expected in history

    # The register says the new thing from that moment on, and the old one before it.
    purposes = [
        register_as_of(moment).activities[2].purposes[0].description
        for moment in (EDITED_AT - timedelta(microseconds=1), EDITED_AT)
    ]
    assert purposes == [before, MENDED]
