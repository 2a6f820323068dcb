"""The logins of a demonstration."""

import pytest
from django.contrib.auth.password_validation import validate_password

from mktnorge.access import sync_roles
from mktnorge.models import User
from mktnorge.people import NotADemonstration, demonstration_leader, make_demonstration_people
from mktnorge.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def demonstration(settings):
    settings.DEMONSTRATION = True
    sync_roles()


def test_each_role_gets_a_login_that_works(demonstration, client):
    logins = make_demonstration_people()
    assert [login.role for login in logins] == list(Role)
    for login in logins:
        person = User.objects.get(email=login.email)
        assert client.login(username=login.email, password=login.password)
        assert [group.name for group in person.groups.all()] == [login.role.value]
        assert person.is_staff
        assert not person.is_superuser
    assert demonstration_leader().email == logins[0].email


def test_passwords_meet_our_own_rules_and_differ(demonstration):
    passwords = [login.password for login in make_demonstration_people()]
    for password in passwords:
        validate_password(password)
    assert len(set(passwords)) == len(passwords) == 4


def test_a_login_is_made_once(demonstration):
    make_demonstration_people()
    before = set(User.objects.values_list("email", "password"))
    assert make_demonstration_people() == []
    assert set(User.objects.values_list("email", "password")) == before


def test_a_login_that_is_gone_is_made_again_alone(demonstration):
    make_demonstration_people()
    User.objects.get(email="revisor@demo.example").delete()
    assert [login.role for login in make_demonstration_people()] == [Role.AUDITOR]


def test_nobody_is_made_outside_a_demonstration(settings):
    settings.DEMONSTRATION = False
    with pytest.raises(NotADemonstration, match="DEMONSTRATION"):
        make_demonstration_people()
    assert not User.objects.exists()
