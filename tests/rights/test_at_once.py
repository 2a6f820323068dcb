"""Many at the same moment, and many who guess: nothing is lost or doubled, and only the right person gets in.

`make test` tries a few, `make proof` all of them (docs/load.md has the figures).
"""

import contextlib
import random
import threading
from itertools import islice

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from mktnorge.models import OutgoingMail
from mktnorge.sealing import keyed_hash
from processing.law.rights import Right
from rights.law.answers import Answers, Point
from rights.law.codes import ALPHABET, new_code
from rights.law.terms import ContactWay, OnBehalf, Relation
from rights.models import Draft, RequestEvent, RequestPoint, RightsRequest
from rights.services.drafts import start_draft
from rights.services.tracking import UnknownCode, case_by_code
from rights.views.journey import CHECKED_PURPOSE
from rights.workflow import EventKind
from tests.connections import two_connections
from tests.rights.builders import make_receipt
from tests.rights.pages import CASE, CHECK, MY_CASE, RECEIPT, code_on, send
from tests.sampling import PROOF

PAIRS = 1_000 if PROOF else 16
LANES = 8
WRONG_CODES = 100_000 if PROOF else 1_500
# One in so many is typed into the page as well.
TYPED = 100

ANSWERED = Answers(
    rights=(Right.ERASURE, Right.ACCESS),
    relation=Relation.CLIENT,
    on_behalf=OnBehalf.SELF,
    told_of=(Right.ERASURE, Right.ACCESS),
    points=(Point(Right.ERASURE, "Bildet"),),
    name="Test Testesen",
    contact_way=ContactWay.EMAIL,
    email="test@prove.example",
)


@pytest.mark.django_db(transaction=True)
@two_connections
def test_a_thousand_requests_sent_twice_at_the_same_moment_are_a_thousand_cases():
    tokens = [start_draft(answers=ANSWERED, at=timezone.now()) for _ in range(PAIRS)]
    seen = keyed_hash(ANSWERED.to_json(), purpose=CHECKED_PURPOSE)
    answers: list[tuple[int, str, str]] = []

    def click(mine: list[str], together: threading.Barrier) -> None:
        try:
            for token in mine:
                visitor = Client()
                visitor.cookies["krav"] = token
                together.wait()
                sent = send(visitor, CHECK, {"sett": seen})
                answers.append((sent.status_code, sent.get("Location", ""), token))
        finally:
            connection.close()

    threads = []
    for lane in range(LANES):
        together = threading.Barrier(2)
        mine = tokens[lane::LANES]
        threads += [threading.Thread(target=click, args=(mine, together)) for _finger in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(answers) == 2 * PAIRS
    assert {(status, where) for status, where, _token in answers} == {(303, RECEIPT)}
    assert RightsRequest.objects.count() == PAIRS
    assert RightsRequest.objects.values("idempotency_hash").distinct().count() == PAIRS
    assert Draft.objects.exclude(request=None).values("request").distinct().count() == PAIRS
    assert RequestEvent.objects.filter(kind=EventKind.SUBMITTED).count() == PAIRS
    assert RequestPoint.objects.count() == PAIRS
    assert OutgoingMail.objects.filter(kind="receipt").count() == PAIRS
    # Whoever clicked twice is shown a code that opens the case.
    visitor = Client()
    visitor.cookies["krav"] = tokens[-1]
    assert send(visitor, CASE, {"kode": code_on(visitor.get(RECEIPT))})["Location"] == MY_CASE


def wrong_codes(right: str, rng: random.Random):
    """Codes that are not the right one: first all that are one character away, then any."""
    for place, own in enumerate(right):
        yield from (right[:place] + other + right[place + 1 :] for other in ALPHABET if other != own)
    yield from (right[:length] for length in range(1, len(right)))
    while True:
        yield "".join(rng.choice(ALPHABET) for _ in right)


@pytest.mark.django_db
def test_a_hundred_thousand_wrong_codes_open_nothing_and_the_right_one_opens_its_case(client):
    """Every code is looked up as the page looks it up, and some go through the page itself, with the limits raised."""
    mine = make_receipt(code=new_code())
    for _other in range(20):
        make_receipt()
    rng = random.Random(2026)
    hits = 0
    for place, guess in enumerate(islice(wrong_codes(mine.code, rng), WRONG_CODES)):
        if place % TYPED == 0:
            hits += send(client, CASE, {"kode": guess}).status_code != 422
        with contextlib.suppress(UnknownCode):
            hits += bool(case_by_code(guess))
    assert hits == 0
    assert client.get(MY_CASE)["Location"] == CASE
    assert send(client, CASE, {"kode": mine.code})["Location"] == MY_CASE
    assert mine.request.case_number in client.get(MY_CASE).content.decode()
