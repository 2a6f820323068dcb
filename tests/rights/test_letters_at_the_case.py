"""The answer on «Min sak»: with the follow-up code, once the person is known well enough, and never the copy."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from mktnorge.models import OutgoingMail
from mktnorge.roles import Role
from processing.law.regimes import LegalRegime
from processing.law.rights import Right
from rights.desk import NotOnThatDay, StepRefused
from rights.law.identity import IdentityMethod
from rights.law.outcomes import Outcome, RefusalGround
from rights.law.terms import ContactWay
from rights.letters.body import Delivery
from rights.models import IdentityCheck, Letter
from rights.services import answering, handling
from rights.services.lost_codes import send_lost_codes
from tests.builders import make_activity, make_controller, make_person
from tests.pdf_reader import TaggedPdf
from tests.rights.at_the_desk import GENERAL, JOURNAL, NOON, Desk
from tests.rights.pages import CASE, LETTERS, MY_CASE, ONE_TIME, send, words

pytestmark = pytest.mark.django_db

CODE = "7KQ2M9XA4TDF0WPEHJ3R8CVN5S"
LETTER_1 = "/sak/min/brev-1.pdf"
TOLD = "Vi har ringt og gått gjennom det med deg."


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def handler(db):
    make_controller()
    make_activity()
    return make_person(Role.CASE_HANDLER)


def desk_with_code(handler, **over) -> Desk:
    return Desk(handler, code=CODE, contact_way=ContactWay.EMAIL, email="test@prove.example", **over)


def answered(handler, *, delivery=Delivery.CASE_PAGE, rights=(Right.ACCESS,), regimes=GENERAL) -> Desk:
    desk = desk_with_code(handler, rights=rights).ready_to_answer(regimes=regimes)
    for right in rights:
        desk.do(handling.decide_right, right=right, outcome=Outcome.GRANTED, reason=TOLD)
    desk.do(answering.make_answer)
    OutgoingMail.objects.all().delete()
    desk.do(answering.record_delivery, on=NOON.date(), delivery=delivery, follow_at="https://personvern.example/sak/")
    return desk


def enter(client) -> None:
    assert send(client, CASE, {"kode": CODE})["Location"] == MY_CASE


def test_the_answer_is_read_on_the_screen_and_as_a_file(client, handler):
    desk = answered(handler)
    enter(client)
    page = words(client.get(MY_CASE))
    assert "Svaret ligger her" in page
    assert TOLD not in page
    letter = words(client.get(LETTERS))
    assert TOLD in letter
    assert "Her står bare brevet. Har du bedt om kopi, får du den på en annen måte." in letter
    file = client.get(LETTER_1)
    assert file["Content-Type"] == "application/pdf"
    assert file["Content-Disposition"] == f'attachment; filename="brev-{desk.case.case_number}-1.pdf"'
    assert file["Cache-Control"] == "no-store"
    assert TOLD in " ".join(TaggedPdf(file.content).text.split())


def test_whoever_gave_an_address_is_told_that_something_is_new(handler):
    answered(handler)
    mail = OutgoingMail.objects.get()
    assert mail.kind == "news"
    assert "https://personvern.example/sak/" in mail.body
    assert "svar" not in mail.body.lower().replace("svare på denne", "")


@pytest.mark.parametrize("delivery", [way for way in Delivery if way not in {Delivery.CASE_PAGE, Delivery.EMAIL}])
def test_a_letter_that_came_another_way_is_not_shown(client, handler, delivery):
    answered(handler, delivery=delivery)
    enter(client)
    assert "Svaret ligger her" not in words(client.get(MY_CASE))
    assert client.get(LETTERS)["Location"] == MY_CASE
    assert client.get(LETTER_1)["Location"] == MY_CASE
    assert not OutgoingMail.objects.exists()


def test_a_letter_that_is_made_and_not_delivered_is_not_shown(client, handler):
    desk = desk_with_code(handler, rights=[Right.ACCESS]).ready_to_answer()
    desk.do(handling.decide_right, right=Right.ACCESS, outcome=Outcome.GRANTED, reason=TOLD)
    desk.do(answering.make_answer)
    enter(client)
    assert client.get(LETTERS)["Location"] == MY_CASE
    assert TOLD not in client.get(MY_CASE).content.decode()


def test_a_one_time_code_never_shows_a_letter(handler):
    desk = answered(handler)
    visitor = Client()
    send(visitor, "/sak/ny-kode/", {"saksnummer": desk.case.case_number, "epost": "test@prove.example"})
    send_lost_codes(NOON)
    code = OutgoingMail.objects.get(kind="one_time_code").secret
    assert send(visitor, ONE_TIME, {"kode": code})["Location"] == MY_CASE
    assert "Svaret er sendt" in words(visitor.get(MY_CASE))
    for address in (LETTERS, LETTER_1):
        assert visitor.get(address)["Location"] == MY_CASE
    assert TOLD not in visitor.get(MY_CASE).content.decode()


def test_without_a_code_there_is_no_letter(client, handler):
    answered(handler)
    for address in (LETTERS, LETTER_1):
        assert client.get(address)["Location"] == CASE


# What must be recorded before the answer lies on the page.
@pytest.mark.parametrize(
    ("right", "regimes", "method", "shown"),
    [
        (Right.ACCESS, JOURNAL, IdentityMethod.CALL_BACK, False),
        (Right.ACCESS, JOURNAL, IdentityMethod.EID, True),
        (Right.ACCESS, GENERAL, IdentityMethod.KNOWN_ADDRESS, False),
        (Right.ACCESS, GENERAL, IdentityMethod.CALL_BACK, True),
        (Right.OBJECTION_MARKETING, {LegalRegime.MARKETING}, IdentityMethod.KNOWN_ADDRESS, True),
    ],
)
def test_the_level_the_answer_needs_is_asked_at_the_page_too(client, handler, right, regimes, method, shown):
    """The desk makes no such letter without it. The page does not rely on that."""
    desk = answered(handler, rights=(right,), regimes=regimes)
    IdentityCheck.objects.filter(request=desk.pk).update(method=method)
    enter(client)
    assert (client.get(LETTERS).status_code == 200) is shown
    assert (client.get(LETTER_1).status_code == 200) is shown
    assert ("Svaret ligger her" in words(client.get(MY_CASE))) is shown


def test_the_desk_may_not_put_it_there_before_the_person_is_known(handler):
    desk = desk_with_code(handler, rights=[Right.ACCESS]).ready_to_answer()
    desk.do(handling.decide_right, right=Right.ACCESS, outcome=Outcome.GRANTED, reason=TOLD)
    desk.do(answering.make_answer)
    IdentityCheck.objects.filter(request=desk.pk).delete()
    with pytest.raises(StepRefused, match="Vi vet ikke sikkert nok hvem dette er"):
        desk.do(answering.record_delivery, on=NOON.date(), delivery=Delivery.CASE_PAGE)
    assert Letter.objects.get().delivered_on is None


def test_it_is_delivered_there_the_day_it_is_put_there(handler):
    desk = desk_with_code(handler, rights=[Right.ACCESS]).ready_to_answer()
    desk.do(handling.decide_right, right=Right.ACCESS, outcome=Outcome.GRANTED, reason=TOLD)
    desk.do(answering.make_answer)
    with pytest.raises(NotOnThatDay, match="Velg dagen i dag"):
        desk.do(
            answering.record_delivery,
            at=NOON + timedelta(days=2),
            on=NOON.date() + timedelta(days=1),
            delivery=Delivery.CASE_PAGE,
        )


def test_a_part_can_be_read_before_the_rest(client, handler):
    desk = desk_with_code(handler, rights=[Right.ACCESS, Right.RECTIFICATION]).ready_to_answer()
    desk.do(handling.decide_right, right=Right.ACCESS, outcome=Outcome.GRANTED, reason=TOLD)
    desk.do(answering.answer_part, parts=[(Right.ACCESS, 0)])
    desk.do(answering.record_part_delivery, on=NOON.date(), delivery=Delivery.CASE_PAGE)
    enter(client)
    assert TOLD in words(client.get(LETTERS))
    desk.do(
        handling.decide_right,
        right=Right.RECTIFICATION,
        outcome=Outcome.REFUSED,
        ground=RefusalGround.ACCURATE,
        reason="Det står riktig.",
    )
    desk.do(answering.make_answer)
    assert "Det står riktig." not in words(client.get(LETTERS))
    desk.do(answering.record_delivery, on=NOON.date(), delivery=Delivery.CASE_PAGE)
    both = words(client.get(LETTERS))
    assert both.index(TOLD) < both.index("Det står riktig.")
    assert client.get("/sak/min/brev-2.pdf").status_code == 200
    assert client.get("/sak/min/brev-3.pdf")["Location"] == MY_CASE
    assert client.get("/sak/min/brev-0.pdf")["Location"] == MY_CASE


def test_what_a_new_answer_takes_the_place_of_is_no_longer_shown(client, handler):
    desk = answered(handler)
    desk.do(answering.reopen_case)
    enter(client)
    assert TOLD in words(client.get(LETTERS))
    desk.do(handling.decide_right, right=Right.ACCESS, outcome=Outcome.GRANTED, reason="Et nytt svar.")
    desk.do(answering.make_answer)
    assert client.get(LETTERS)["Location"] == MY_CASE


def test_what_is_written_in_a_letter_is_shown_as_text(client, handler):
    desk = desk_with_code(handler, rights=[Right.ACCESS]).ready_to_answer()
    desk.do(handling.decide_right, right=Right.ACCESS, outcome=Outcome.GRANTED, reason="<script>alert(1)</script>")
    desk.do(answering.make_answer)
    desk.do(answering.record_delivery, on=NOON.date(), delivery=Delivery.CASE_PAGE)
    enter(client)
    page = client.get(LETTERS).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_reading_it_writes_nothing_in_the_case(client, handler):
    desk = answered(handler)
    enter(client)
    before = (desk.case.version, desk.log())
    client.get(LETTERS)
    client.get(LETTER_1)
    assert (desk.case.version, desk.log()) == before


def test_the_page_of_a_letter_asks_little_of_the_database(client, handler, django_assert_max_num_queries):
    answered(handler)
    enter(client)
    with django_assert_max_num_queries(12):
        client.get(LETTERS)
