"""Fourteen words typed through a whole journey are found nowhere they should not be (quality.md P1, P4, P8)."""

import logging
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

from mktnorge.models import OutgoingMail
from mktnorge.roles import Role
from rights.models import Draft, LostCode, RequestEvent, RequestPoint, RightsRequest
from rights.services.lost_codes import send_lost_codes
from rights.services.questions import ask_person
from tests.builders import make_controller, make_person
from tests.pdf_reader import TaggedPdf
from tests.rights.pages import (
    ADD,
    CASE,
    CHECK,
    CONTACT,
    COPY_FIRST,
    LEAVE,
    LOST,
    MORE,
    MY_CASE,
    RECEIPT,
    REPLY,
    WHAT,
    WHO,
    code_on,
    press_send,
    send,
)

pytestmark = pytest.mark.django_db

MESSAGE, POINT, POINT_2, POINT_3, FILE_TO, NAME, NAME_2, ADDRESS, ADDRESS_2, MESSAGE_2, MAIL, MAIL_HOST = (
    f"Kanari{letter}fugl" for letter in "abcdefghijkl"
)
# What the desk asks, and what comes back.
QUESTION, REPLIED = "Kanarimfugl", "Kanarinfugl"
CANARIES = (
    MESSAGE,
    POINT,
    POINT_2,
    POINT_3,
    FILE_TO,
    NAME,
    NAME_2,
    ADDRESS,
    ADDRESS_2,
    MESSAGE_2,
    MAIL,
    MAIL_HOST,
    QUESTION,
    REPLIED,
)


class Watched(Client):
    """A client that keeps every address and header it meets."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def request(self, **request):
        response = super().request(**request)
        self.seen += [
            request["PATH_INFO"],
            request.get("QUERY_STRING", ""),
            str(response.headers),
            str(response.cookies),
        ]
        return response


def database() -> str:
    """Return every row of every table, as a dump would hold them."""
    rows = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows += cursor.fetchall()
    return str(rows)


def test_no_canary_is_found_where_it_should_not_be(caplog):
    caplog.set_level(logging.DEBUG)
    for name, rule in settings.LOGGING["loggers"].items():
        caplog.set_level(rule["level"], logger=name)
    make_controller()
    visitor = Watched()
    visitor.get(f"{WHAT}?rolle=klient")
    send(visitor, WHAT, {"rett": ["erasure", "rectification", "portability"]})
    send(visitor, COPY_FIRST, {"kopi_forst": "ask"})
    send(visitor, WHO, {"rolle": "client", "paa_vegne_av": "self"})
    points = {"punkt_erasure_1": POINT, "punkt_erasure_2": POINT_2, "punkt_rectification_1": POINT_3}
    refused = send(
        visitor, MORE, {**points, "melding": f"{MESSAGE} {MESSAGE_2} orker ikke mer" * 200, "fil_til": FILE_TO}
    )
    assert refused.status_code == 422
    send(visitor, MORE, {**points, "melding": f"{MESSAGE} {MESSAGE_2}. Jeg orker ikke mer.", "fil_til": FILE_TO})
    by_mail = {"navn": f"{NAME} {NAME_2}", "kanal": "email", "epost": f"{MAIL}@{MAIL_HOST}.example"}
    send(visitor, CONTACT, by_mail)
    draft = database()
    send(visitor, CONTACT, {**by_mail, "kanal": "letter", "adresse": f"{ADDRESS} 1\n{ADDRESS_2}"})
    check = visitor.get(CHECK)
    assert sum(canary in check.content.decode() for canary in CANARIES) == 10
    assert press_send(visitor, check)["Location"] == RECEIPT
    receipt = visitor.get(RECEIPT)
    code = code_on(receipt)
    text, pdf = (visitor.get(f"/personvern/krav/kvittering.{kind}").content for kind in ("txt", "pdf"))
    read = TaggedPdf(pdf)
    send(visitor, CASE, {"kode": code})
    assert send(visitor, ADD, {"rett": "restriction", "tekst": POINT})["Location"] == MY_CASE
    mine = visitor.get(MY_CASE)

    case = RightsRequest.objects.get()
    desk = Client()
    clerk = make_person(Role.CASE_HANDLER)
    desk.force_login(clerk)
    asked = ask_person(case=case.pk, version=case.version, text=f"Gjelder det {QUESTION}?", by=clerk, at=timezone.now())
    assert QUESTION in visitor.get(REPLY).content.decode()
    assert send(visitor, REPLY, {"svar": f"Ja, {REPLIED}. Jeg orker ikke mer."})["Location"] == MY_CASE
    after = visitor.get(MY_CASE)
    assert send(visitor, LOST, {"saksnummer": case.case_number, "epost": f"{MAIL}@{MAIL_HOST}.example"})
    send_lost_codes(timezone.now())
    assert asked.question_asked_at is not None
    assert NAME in desk.post(f"/admin/rights/rightsrequest/{case.pk}/person/").content.decode()
    visitor.post(LEAVE)

    places = {
        "draft in the database": draft,
        "database": database(),
        "log": caplog.text,
        "addresses, headers and cookies": "\n".join(visitor.seen),
        "receipt": receipt.content.decode() + mine.content.decode() + after.content.decode(),
        "text": text.decode(),
        "PDF": read.text + str({name: str(value) for name, value in read.pdf.docinfo.items()}) + pdf.decode("latin-1"),
        "mail": str(list(OutgoingMail.objects.values())),
        "sessions": str([session.get_decoded() for session in Session.objects.all()]),
        "the admin's log": str(list(LogEntry.objects.values())),
        "names of rows": " ".join(
            str(row) + repr(row)
            for model in (RightsRequest, RequestPoint, RequestEvent, Draft, LostCode)
            for row in model.objects.all()
        ),
        "process list": Path("/proc/self/cmdline").read_text(encoding="utf-8", errors="replace"),
    }
    found = [(place, canary) for place, said in places.items() for canary in CANARIES if canary.lower() in said.lower()]
    assert found == []
    secret = [place for place in places if place not in {"receipt", "text", "PDF"} and code in places[place]]
    assert secret == []


def test_what_was_typed_is_there_to_be_found():
    """The search itself: a canary in clear in a table is found by it."""
    make_controller(contact_person=NAME)
    assert NAME in database()
