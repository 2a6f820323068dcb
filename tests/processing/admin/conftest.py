from collections.abc import Callable

import pytest
from django.test import Client

from mktnorge.roles import Role
from processing.models import Activity
from tests.builders import make_activity, make_controller, make_person


@pytest.fixture
def activity(db) -> Activity:
    """The full activity of the builders, in a register that has a company."""
    make_controller()
    return make_activity()


@pytest.fixture
def sign_in(db) -> Callable[[Role], Client]:
    def client_of(role: Role) -> Client:
        client = Client()
        client.force_login(make_person(role))
        return client

    return client_of


@pytest.fixture
def registrar(sign_in) -> Client:
    return sign_in(Role.REGISTRAR)
