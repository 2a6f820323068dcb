"""The receipt: what it shows, for how long, and to whom."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, connections
from django.test import Client

from processing.law.rights import Right
from rights.law.answers import Answers
from rights.law.terms import ContactWay, OnBehalf, Relation
from rights.models import Draft, RightsRequest
from rights.services.drafts import (
    DraftExpired,
    NotComplete,
    erase_expired_drafts,
    open_draft,
    send_draft,
    start_draft,
)
from tests.builders import make_controller
from tests.connections import two_connections
from tests.pdf_reader import TaggedPdf
from tests.rights.builders import RECEIVED_AT
from tests.rights.pages import CASE, LEAVE, RECEIPT, WHAT, code_on, send, submit, walk, words

pytestmark = pytest.mark.django_db

CANARY = "Kanarifugl"
TEXT_FILE = "/personvern/krav/kvittering.txt"
COMPLETE = Answers(
    rights=(Right.ACCESS,),
    relation=Relation.CLIENT,
    on_behalf=OnBehalf.SELF,
    told_of=(Right.ACCESS,),
    name="Test Testesen",
    contact_way=ContactWay.FOLLOW,
)
PDF_FILE = "/personvern/krav/kvittering.pdf"


@pytest.fixture
def clock():
    with time_machine.travel(RECEIVED_AT, tick=False) as traveller:
        yield traveller


def test_the_receipt_shows_number_date_and_code(client, clock):
    submit(client)
    page = client.get(RECEIPT)
    case = RightsRequest.objects.get()
    text = words(page)
    assert case.case_number in text
    # law.md C4, first row.
    assert "Du får svar senest tirsdag 22. desember 2026" in text
    assert "søndag 22. november 2026 kl. 18.04" in text
    groups = [code_on(page)[start : start + 4] for start in range(0, 26, 4)]
    assert " ".join(groups) in text
    assert "116 117" in text


def test_the_receipt_can_be_reloaded_for_an_hour_and_is_then_gone(client, clock):
    submit(client)
    first = client.get(RECEIPT)
    clock.shift(timedelta(minutes=59, seconds=59))
    assert code_on(client.get(RECEIPT)) == code_on(first)
    clock.shift(timedelta(seconds=1))
    late = client.get(RECEIPT)
    assert late.status_code == 410
    assert "Kvitteringen er ikke lenger her" in words(late)
    assert f'href="{CASE}"' in late.content.decode()
    assert RightsRequest.objects.get().case_number not in late.content.decode()


def test_the_receipt_is_shown_to_nobody_else(client):
    submit(client)
    assert Client().get(RECEIPT).status_code == 410


def test_before_sending_there_is_no_receipt_but_the_next_question(client):
    send(client, WHAT, {"rett": ["access"]})
    assert client.get(RECEIPT)["Location"] == "/personvern/krav/hvem/"


def test_after_sending_the_draft_holds_no_answer_and_the_code_only_sealed(client):
    submit(client, navn=CANARY, melding=CANARY)
    code = code_on(client.get(RECEIPT))
    assert Draft.objects.get().answers == ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM rights_draft")
        row = str(cursor.fetchall())
    assert code not in row
    assert CANARY not in row


def test_an_answer_is_sealed_while_it_is_a_draft(client):
    walk(client, melding=CANARY, navn=CANARY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM rights_draft")
        assert CANARY not in str(cursor.fetchall())


@pytest.mark.parametrize("sent", [True, False])
def test_leaving_deletes_draft_and_receipt(client, sent):
    (submit if sent else walk)(client)
    stolen = Client()
    stolen.cookies["krav"] = client.cookies["krav"].value
    client.post(LEAVE)
    assert not Draft.objects.exists()
    assert client.cookies["krav"].value == ""
    assert stolen.get(RECEIPT).status_code == 410
    assert RightsRequest.objects.count() == sent


def test_the_worker_deletes_drafts_whose_hour_is_over(client, clock):
    walk(client)
    walk(Client())
    assert erase_expired_drafts(RECEIVED_AT + timedelta(minutes=59)) == ""
    assert erase_expired_drafts(RECEIVED_AT + timedelta(minutes=60)) == "2 utkast er slettet."
    assert not Draft.objects.exists()


@pytest.fixture
def receipt(client, clock):
    make_controller(legal_name="Prøveklinikken AS", trading_name="Prøveklinikken", phone="22 00 00 00")
    submit(client, rett=["erasure"], navn=CANARY, melding=CANARY)
    return client.get(RECEIPT)


def test_the_receipt_can_be_kept_as_text(client, receipt):
    file = client.get(TEXT_FILE)
    case = RightsRequest.objects.get()
    assert file["Content-Type"] == "text/plain; charset=utf-8"
    assert file["Content-Disposition"] == f'attachment; filename="kvittering-{case.case_number}.txt"'
    code = code_on(receipt)
    grouped = "-".join(code[start : start + 4] for start in range(0, 26, 4))
    assert file.content.decode() == (
        "Kvittering\n\n"
        f"Saksnummer: {case.case_number}\n"
        "Kom inn: søndag 22. november 2026 kl. 18.04\n"
        "Du får svar senest: tirsdag 22. desember 2026\n"
        f"Følgekode: {grouped}\n"
        "Følg saken på: http://testserver/sak/\n"
        "Sendt til: Prøveklinikken AS\n"
        "Telefon: 22 00 00 00\n"
        "E-post: post@prove.example\n"
        "Postadresse: Prøveveien 1, 0001 Oslo\n\n"
        "Ta vare på koden. Bare du har den.\n"
        "Trenger vi å vite at det er deg, tar vi kontakt slik du valgte.\n"
        "Er du ikke fornøyd med svaret, kan du klage. Svaret forteller hvordan.\n"
    )


def test_the_receipt_can_be_kept_as_a_pdf_that_can_be_read_aloud(client, receipt):
    file = client.get(PDF_FILE)
    case = RightsRequest.objects.get()
    assert file["Content-Disposition"] == f'attachment; filename="kvittering-{case.case_number}.pdf"'
    read = TaggedPdf(file.content)
    text = read.text
    said = ("Kvittering", case.case_number, "tirsdag 22.", "Følgekode", "/sak/", "Ta vare på koden.")
    places = [text.index(words) for words in said]
    assert places == sorted(places)
    assert code_on(receipt)[:4] in text
    assert read.headings == [(1, "Kvittering")]
    assert str(read.pdf.docinfo["/Title"]) == "Kvittering"
    # Neither in the text nor in what surrounds it.
    for word in (CANARY, "slett", "klient"):
        assert word not in text
    assert CANARY.encode() not in file.content
    with read.pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
    assert client.get(PDF_FILE).content == file.content


def test_without_a_receipt_there_is_no_file(client):
    for address in (TEXT_FILE, PDF_FILE):
        assert client.get(address)["Location"] == RECEIPT
    walk(client)
    assert client.get(PDF_FILE)["Location"] == RECEIPT


@pytest.mark.django_db(transaction=True)
@two_connections
def test_ten_clicks_at_once_on_one_draft_are_one_case():
    token = start_draft(answers=COMPLETE, at=RECEIVED_AT)
    start = threading.Barrier(10)
    numbers = []

    def click():
        start.wait()
        try:
            numbers.append(send_draft(token=token, at=RECEIVED_AT).request.case_number)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=click) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert numbers == [RightsRequest.objects.get().case_number] * 10


@pytest.mark.parametrize("missing", ["rights", "relation", "on_behalf", "told_of", "name", "contact_way"])
def test_a_draft_with_a_question_left_is_not_sent_and_keeps_its_answers(missing):
    empty = {"rights": (), "name": ""}.get(missing)
    token = start_draft(answers=replace(COMPLETE, **{missing: empty}), at=RECEIVED_AT)
    with pytest.raises(NotComplete):
        send_draft(token=token, at=RECEIVED_AT)
    assert not RightsRequest.objects.exists()
    assert open_draft(token=token, at=RECEIVED_AT).answers is not None


def test_a_draft_of_an_older_program_is_treated_as_expired():
    token = start_draft(answers=COMPLETE, at=RECEIVED_AT)
    row = Draft.objects.get()
    row.answers = '{"rights": ["access"]}'
    row.save()
    with pytest.raises(DraftExpired, match="begynne på nytt"):
        open_draft(token=token, at=RECEIVED_AT)
