"""Answers no browser gives get nobody in, and are no error of ours. Real keys: tests/journeys/test_signing_in.py."""

import json

import pytest
from allauth.mfa.models import Authenticator

from mktnorge.models import User
from mktnorge.roles import Role
from mktnorge.signin import codes
from tests.builders import PASSWORD, make_person

pytestmark = pytest.mark.django_db

ANSWERS = [
    "",
    "x",
    "5",
    "null",
    "[]",
    "{}",
    '"text"',
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}),
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": None}),
    json.dumps(
        {
            "id": "AA",
            "rawId": "AA",
            "type": "public-key",
            "clientExtensionResults": {},
            "response": {
                "clientDataJSON": "e30",
                "authenticatorData": "AA",
                "signature": "AA",
                "userHandle": "MQ",
                "attestationObject": "oA",
            },
        }
    ),
    json.dumps({"id": 1, "rawId": [], "type": {}, "response": {"userHandle": 7, "clientDataJSON": 1}}),
    "[" * 5000,
]


@pytest.fixture
def enrolled() -> User:
    person = make_person(Role.LEADER)
    codes.keep_app(person, "JBSWY3DPEHPK3PXP", step=0)
    return person


@pytest.mark.parametrize("answer", ANSWERS)
def test_instead_of_a_password(client, enrolled, answer):
    client.get("/admin/login/passnokkel/", headers={"accept": "application/json"})
    assert client.post("/admin/login/passnokkel/", {"credential": answer})["Location"] == "/admin/login/"
    assert "ble ikke godtatt" in client.get("/admin/login/").content.decode()
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("answer", ANSWERS)
def test_instead_of_a_code(client, enrolled, answer):
    client.post("/admin/login/", {"login": enrolled.email, "password": PASSWORD})
    assert client.post("/admin/login/kode/", {"credential": answer}).status_code == 200
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("answer", ANSWERS)
def test_to_show_who_one_is_and_to_add_one(client, enrolled, answer):
    client.force_login(enrolled)
    client.post("/admin/bekreft/passnokkel/", {"credential": answer})
    assert client.get("/admin/konto/koder/").status_code == 302
    client.post("/admin/bekreft/", {"password": PASSWORD})
    client.get("/admin/konto/totrinn/passnokkel/")
    made = client.post("/admin/konto/totrinn/passnokkel/", {"name": "Min", "credential": answer})
    assert made.status_code == 422
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_a_question_is_asked_of_programs_only(client):
    assert client.get("/admin/login/passnokkel/")["Location"] == "/admin/login/"
    question = client.get("/admin/login/passnokkel/", headers={"accept": "application/json"}).json()
    assert question["request_options"]["publicKey"]["userVerification"] == "required"


def test_tries_are_counted(client, settings):
    settings.MAX_SIGN_INS_AN_HOUR = 1
    said = []
    for _ in range(2):
        client.post("/admin/login/passnokkel/", {"credential": "{}"})
        said.append(client.get("/admin/login/").content.decode())
    assert "ble ikke godtatt" in said[0]
    assert "Vent en time" in said[1]
