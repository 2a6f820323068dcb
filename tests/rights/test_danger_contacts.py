"""Who is told when a text may be about acute danger, and that nothing of the text goes with it."""

import pytest

from mktnorge.models import OutgoingMail
from mktnorge.roles import Role
from rights.models import DangerContact
from tests.builders import make_person
from tests.rights.builders import make_request

pytestmark = pytest.mark.django_db

DANGER = "Kanarifugl. Jeg orker ikke mer."


def test_each_named_contact_gets_one_mail_that_says_only_the_number():
    for email in ("a@prove.example", "b@prove.example", "left@prove.example"):
        DangerContact.objects.create(person=make_person(Role.LEADER, email=email, is_active=email[0] != "l"))
    case = make_request(message=DANGER)
    mails = sorted(OutgoingMail.objects.all(), key=lambda mail: mail.recipient)
    assert [mail.recipient for mail in mails] == ["a@prove.example", "b@prove.example"]
    for mail in mails:
        assert mail.essential
        assert case.case_number in mail.subject
        for word in ("Kanarifugl", "orker", "Testesen", "klient"):
            assert word not in mail.subject + mail.body


def test_without_danger_or_without_a_contact_no_mail_is_written():
    make_request(message=DANGER)
    DangerContact.objects.create(person=make_person(Role.LEADER))
    make_request(message="Notatet fra mai")
    assert not OutgoingMail.objects.exists()


def test_a_submission_sent_twice_tells_once():
    DangerContact.objects.create(person=make_person(Role.LEADER))
    for _click in range(2):
        make_request(message=DANGER, idempotency_key="same")
    assert OutgoingMail.objects.count() == 1


def test_the_case_says_whom_was_told_or_that_nobody_is_named(client):
    client.force_login(make_person(Role.CASE_HANDLER))
    case = make_request(message=DANGER)
    address = f"/admin/rights/rightsrequest/{case.pk}/change/"
    assert "Kontakt ved akutt fare: ikke oppgitt." in client.get(address).content.decode()
    assert "Les nå" in client.get("/admin/rights/rightsrequest/").content.decode()
    DangerContact.objects.create(person=make_person(Role.LEADER))
    assert "Kontakt ved akutt fare: Test Testesen, leder." in client.get(address).content.decode()
    other = make_request()
    page = client.get(f"/admin/rights/rightsrequest/{other.pk}/change/").content.decode()
    assert "akutt fare" not in page


@pytest.mark.parametrize(("role", "status"), [(Role.LEADER, 200), (Role.CASE_HANDLER, 403), (Role.AUDITOR, 403)])
def test_only_the_leader_names_contacts(client, role, status):
    client.force_login(make_person(role))
    assert client.get("/admin/rights/dangercontact/add/").status_code == status
