"""From the notice's link to the desk: a person asks, gets a code, follows the case; staff see it by its due date."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

from mktnorge.access import sync_roles
from mktnorge.roles import Role
from tests.rights.builders import RECEIVED_AT
from tests.rights.pages import (
    CASE,
    CHECK,
    CONTACT,
    COPY_FIRST,
    LEAVE,
    MORE,
    MY_CASE,
    RECEIPT,
    SIGN_OUT,
    WHAT,
    WHO,
    press_send,
    send,
)

pytestmark = pytest.mark.django_db


def staff(role: Role) -> Client:
    sync_roles()
    person = get_user_model().objects.create_user(f"{role.name}@example.com", name=role.value, is_staff=True)
    person.groups.add(Group.objects.get(name=role.value))
    client = Client()
    client.force_login(person)
    return client


def test_a_person_asks_and_follows_and_staff_see_the_case_in_time():
    person = Client()
    with time_machine.travel(RECEIVED_AT, tick=False) as clock:
        # The person comes from the notice, answers question by question, forgets a name, and changes their mind.
        form = person.get(WHAT, {"rolle": "klient"}).context["form"]
        assert send(person, WHAT, {"rett": ["erasure"], "rolle": form["rolle"].value()})["Location"] == COPY_FIRST
        assert send(person, COPY_FIRST, {"kopi_forst": "yes"})["Location"] == WHO
        relation = person.get(WHO).context["form"]["rolle"].value()
        assert send(person, WHO, {"rolle": relation, "paa_vegne_av": "self"})["Location"] == MORE
        points = {"punkt_erasure_1": "Notatet fra mai, 01019012345", "punkt_erasure_2": "Bildet"}
        assert send(person, MORE, points)["Location"] == CONTACT
        refused = send(person, CONTACT, {"navn": "", "kanal": "call"})
        assert refused.status_code == 422
        assert send(person, CONTACT, {"navn": "Test Testesen", "kanal": "call"})["Location"] == CHECK
        assert send(person, WHAT, {"rett": ["access", "erasure"]})["Location"] == MORE
        assert send(person, MORE, points)["Location"] == CHECK
        check = person.get(CHECK)
        assert "Vi sletter ikke noe før du har fått kopien" in check.content.decode()
        sent = press_send(person, check)
        assert (sent.status_code, sent["Location"]) == (303, RECEIPT)

        # The receipt gives number, date and code, and may be reloaded.
        receipt = person.get(RECEIPT)
        assert person.get(RECEIPT).context["code"] == receipt.context["code"]
        page = receipt.content.decode()
        number = re.search(r"P-\d+", page)[0]
        code = "".join(re.findall(r"<span>(\w+)</span>", page.split('id="kode-tegn"')[1].split("</p>")[0]))
        assert len(code) == 26
        assert "22.\u00a0desember\u00a02026" in page
        person.post(LEAVE)
        assert person.get(RECEIPT).status_code == 410

        # Two weeks later she follows the case from another device, with the code as she wrote it down.
        clock.shift(timedelta(days=14))
        phone = Client()
        assert send(phone, CASE, {"kode": "0" * 26}).status_code == 422
        opened = send(phone, CASE, {"kode": "-".join(code.lower()[start : start + 4] for start in range(0, 26, 4))})
        assert opened["Location"] == MY_CASE
        mine = phone.get(MY_CASE).content.decode()
        assert number in mine
        assert "16 dager igjen" in mine
        assert "Testesen" not in mine
        send(phone, SIGN_OUT, {})
        assert phone.get(MY_CASE)["Location"] == CASE

        # The case handler sees it on the list without a name, and reads it on its own page.
        desk = staff(Role.CASE_HANDLER)
        listed = desk.get("/admin/rights/rightsrequest/").content.decode()
        assert number in listed
        assert "16 dager igjen (22. des.)" in listed
        assert "Testesen" not in listed
        address = re.search(r"/admin/rights/rightsrequest/\d+/change/", listed)[0]
        assert "Testesen" not in desk.get(address).content.decode()
        read = desk.post(address.replace("change", "person")).content.decode()
        assert "Test Testesen" in read
        assert "Notatet fra mai, [fødselsnummer fjernet]" in read

        # On the day after, the case is overdue, and still nobody else than the desk may see it.
        clock.move_to(RECEIVED_AT + timedelta(days=31))
        assert "Forfalt for 1 dag siden" in staff(Role.LEADER).get("/admin/rights/rightsrequest/").content.decode()
        for role in (Role.REGISTRAR, Role.AUDITOR):
            outsider = staff(role)
            assert outsider.get("/admin/rights/rightsrequest/").status_code == 403
            assert outsider.get(address).status_code == 403
