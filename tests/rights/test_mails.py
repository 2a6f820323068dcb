"""The mails to the person: written with the case, once, and saying nothing but a number, dates and where to look."""

import pytest

from mktnorge.models import OutgoingMail
from processing.law.rights import Right
from rights.law.terms import ContactWay
from rights.services.intake import ContactMissing
from tests.builders import make_controller
from tests.rights.builders import make_receipt
from tests.rights.pages import submit

pytestmark = pytest.mark.django_db

BY_MAIL = {"contact_way": ContactWay.EMAIL, "email": "test@example.com"}


def test_who_chose_e_mail_gets_a_receipt_with_the_case():
    make_controller(phone="22 00 00 00")
    case = make_receipt(**BY_MAIL, follow_at="https://personvern.example/sak/").request
    mail = OutgoingMail.objects.get()
    assert (mail.recipient, mail.kind, mail.reference) == ("test@example.com", "receipt", case.case_number)
    assert mail.once == f"receipt/{case.case_number}"
    assert not mail.essential
    assert mail.subject == f"Vi har mottatt meldingen din ({case.case_number})"
    assert mail.body.split("\n\n") == [
        "Hei.",
        "Vi har mottatt en melding fra deg søndag 22. november 2026. Du får svar senest tirsdag 22. desember 2026.",
        "Du kan følge saken på https://personvern.example/sak/ med koden du fikk.",
        "Du kan ikke svare på denne e-posten. Ring 22 00 00 00 hvis du lurer på noe.",
        "Har du ikke sendt noe til oss? Da kan du se bort fra denne e-posten.\n",
    ]


@pytest.mark.parametrize("way", [way for way in ContactWay if way is not ContactWay.EMAIL])
def test_nobody_else_gets_mail(way):
    make_receipt(contact_way=way, address="Testveien 1", email="test@example.com")
    assert not OutgoingMail.objects.exists()


def test_two_clicks_are_one_mail():
    for _ in range(2):
        make_receipt(**BY_MAIL, idempotency_key="one")
    assert OutgoingMail.objects.count() == 1


def test_the_mail_never_says_who_or_what(client):
    submit(client, rett=["erasure"], melding="Kanarifugl", navn="Kanarifugl", kanal="email", epost="test@example.com")
    mail = OutgoingMail.objects.get()
    said = (mail.subject + mail.body).lower()
    assert "http://testserver/sak/" in said
    for word in ("kanarifugl", "slett", "klient", "journal", "terapi", "test@", Right.ERASURE.label.lower()):
        assert word not in said


def test_an_address_no_mail_can_go_to_is_refused_before_anything_is_stored():
    with pytest.raises(ContactMissing):
        make_receipt(contact_way=ContactWay.EMAIL, email="ikke en adresse")
