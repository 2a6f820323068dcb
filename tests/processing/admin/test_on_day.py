"""The register as it was on a day: what it said, what is narrowed away, and who wrote each field."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mktnorge.roles import Role
from processing.models import Activity, Disclosure, Party
from processing.models.governed import register_edit
from tests.builders import ASKED_AT, OSLO, fill_register, make_activity

CHANGED_AT = datetime(2026, 3, 2, 9, 0, tzinfo=OSLO)
BANNER = "Du ser på. Du kan ikke endre noe."


@pytest.fixture
def ask(sign_in, activity):
    clients = {}

    def page(name="processing_on_day", *args, role=Role.AUDITOR, **asked):
        if role not in clients:
            clients[role] = sign_in(role)
        with time_machine.travel(ASKED_AT, tick=False):
            return clients[role].get(reverse(f"admin:{name}", args=args), asked)

    return page


def listed(response):
    return re.findall(r"protokoll/register/(A\d+)/", response.content.decode())


def change(activity, **fields):
    with register_edit(at=CHANGED_AT, reason="Nytt <i>navn</i>"):
        for name, value in fields.items():
            setattr(activity, name, value)
        activity.save()


def test_it_says_what_the_register_said_then(ask, activity):
    before = activity.name
    change(activity, name="<script>alert(1)</script>")
    assert f"A01 {before}" in ask(dag="2026-02-01").content.decode()
    html = ask(dag="2026-03-02").content.decode()
    assert "A01 &lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script>alert" not in html


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["A01", "A02"]),
        ({"sok": "stille"}, ["A02"]),
        ({"sok": "journalsystem"}, ["A01"]),
        ({"rolle": "clients"}, ["A01"]),
        ({"rolle": "nobody"}, []),
        ({"grunnlag": "c"}, ["A01"]),
        ({"grunnlag": "d"}, []),
        ({"regime": "health_record"}, ["A01"]),
        ({"databehandler": "journal_supplier"}, ["A01"]),
        ({"saerlige": "on"}, ["A01"]),
        ({"overforing": "on", "regime": "health_record"}, ["A01"]),
        ({"funn": "on", "sok": "stille"}, ["A02"]),
    ],
)
def test_it_is_narrowed(ask, activity, asked, found):
    make_activity(number="A02", code="silent", name="Stille", bare=True)
    assert listed(ask(dag="2026-11-23", **asked)) == found


def test_it_is_narrowed_to_what_has_changed_since_a_day(ask, activity):
    """From the first minute of that day in Oslo. What an activity names is changed where it stands."""
    other = make_activity(number="A02", code="silent", name="Stille", bare=True)
    change(other, name="Endret")
    on = CHANGED_AT.astimezone(OSLO).date()
    assert listed(ask(dag="2026-11-23", endret=on.isoformat())) == ["A02"]
    assert listed(ask(dag="2026-11-23", endret=(on + timedelta(days=1)).isoformat())) == []
    # The register of an earlier day does not know of it yet.
    assert listed(ask(dag="2026-02-01", endret=on.isoformat())) == []
    assert listed(ask(dag="2026-11-23", endret="0001-01-01")) == ["A01", "A02"]
    with register_edit(at=CHANGED_AT + timedelta(days=1)):
        party = Party.objects.get(code="journal_supplier")
        party.name = "Nytt navn"
        party.save()
    assert listed(ask(dag="2026-11-23", endret=(on + timedelta(days=1)).isoformat())) == ["A01"]
    assert ask(endret="i går").status_code == 400


@pytest.mark.parametrize("bad", ["2026-02-30", "x", "2027-01-01", "''"])
def test_a_bad_day_is_told(ask, bad):
    assert ask(dag=bad).status_code == 400
    assert ask("processing_activity_on_day", "A01", dag=bad).status_code == 404


@pytest.mark.parametrize("number", ["\x00", "A99", "'", "A01 "])
def test_an_activity_that_is_not_there_is_not_found(ask, number):
    assert ask("processing_activity_on_day", number).status_code == 404


def test_before_the_register_existed_is_said(ask):
    found = ask(dag="2020-01-01")
    assert found.status_code == 200
    assert "Registeret fantes ikke" in found.content.decode()
    assert ask("processing_activity_on_day", "A01", dag="2020-01-01").status_code == 404


def test_the_activity_has_every_field_and_the_history_of_each(ask, activity):
    change(activity, owner="Ny rolle")
    with register_edit(at=CHANGED_AT, reason="Ny mottaker"):
        received = Disclosure.objects.filter(activity=activity).first()
        received.reason = "Spør <oss>"
        received.save()
    whole = ask("processing_activity_on_day", "A01", dag="2026-11-23").content.decode()
    assert "Spør &lt;oss&gt;" in whole
    assert "Ny rolle" in whole
    owner = ask("processing_activity_on_day", "A01", dag="2026-11-23", felt="activities.owner").content.decode()
    log = owner.split('id="historikk"')[1]
    assert "Nytt &lt;i&gt;navn&lt;/i&gt;" in log
    assert "Ny mottaker" not in log
    received = ask("processing_activity_on_day", "A01", dag="2026-11-23", felt="disclosures").content.decode()
    assert "Ny mottaker" in received.split('id="historikk"')[1]
    earlier = ask("processing_activity_on_day", "A01", dag="2026-02-01").content.decode()
    assert "Ny mottaker" not in earlier
    assert ask("processing_activity_on_day", "A01", felt="tull.og.tøys").status_code == 200


def test_the_queries_do_not_grow(ask, activity):
    ask()
    with CaptureQueriesContext(
        connection,
    ) as few:
        ask(dag="2026-11-23", sok="a")
    fill_register(5)
    with CaptureQueriesContext(connection) as many:
        ask(dag="2026-11-23", sok="a")
    assert Activity.objects.count() > 5
    assert len(many) == len(few) <= 15


@pytest.mark.parametrize("role", list(Role))
def test_all_roles_read_it_and_only_the_auditor_is_told_so(ask, role):
    found = ask(role=role)
    assert found.status_code == 200
    assert (BANNER in found.content.decode()) is (role is Role.AUDITOR)


def test_no_edit_control_is_there_for_the_auditor(ask):
    html = ask("processing_activity_on_day", "A01").content.decode()
    assert re.findall(r'<form[^>]*method="post"[^>]*', html) == [
        '<form id="logout-form" method="post" action="/admin/logout/"'
    ]


def test_strangers_are_kept_out(client):
    assert Client().get("/admin/protokoll/register/").status_code == 302
