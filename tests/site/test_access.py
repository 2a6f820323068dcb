"""Roles: what the apps declare is what the groups hold, neither less nor more."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command

from mktnorge import access
from mktnorge.access import UnknownPermission, declared_permissions, register_permissions, sync_roles
from mktnorge.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def declarations(monkeypatch):
    """Start from nothing declared, and leave the real declarations as they were."""
    monkeypatch.setattr(access, "_declared", {role: set() for role in Role})


def held(role: Role) -> set[str]:
    permissions = Group.objects.get(name=role.value).permissions.select_related("content_type")
    return {f"{permission.content_type.app_label}.{permission.codename}" for permission in permissions}


def test_each_role_is_a_group_with_what_is_declared():
    register_permissions({Role.LEADER: ["mktnorge.view_user"], Role.AUDITOR: ["auth.view_group"]})
    register_permissions({Role.LEADER: ["mktnorge.change_user"]})
    sync_roles()
    assert {role: held(role) for role in Role} == {
        Role.LEADER: {"mktnorge.view_user", "mktnorge.change_user"},
        Role.CASE_HANDLER: set(),
        Role.REGISTRAR: set(),
        Role.AUDITOR: {"auth.view_group"},
    }


def test_the_second_time_changes_nothing():
    register_permissions({Role.LEADER: ["mktnorge.view_user"]})
    assert sync_roles() == ["Rollen leder: 1 tillatelser lagt til, 0 tatt bort."]
    assert sync_roles() == []


def test_a_permission_added_by_hand_is_taken_away():
    sync_roles()
    Group.objects.get(name=Role.AUDITOR.value).permissions.add(Permission.objects.get(codename="delete_user"))
    assert sync_roles() == ["Rollen revisor: 0 tillatelser lagt til, 1 tatt bort."]
    assert held(Role.AUDITOR) == set()


def test_a_misspelled_permission_is_named_and_nothing_is_written():
    register_permissions({Role.LEADER: ["mktnorge.view_user", "mktnorge.veiw_user"], Role.AUDITOR: ["nowhere.view_x"]})
    with pytest.raises(UnknownPermission, match=r"finnes ikke: mktnorge\.veiw_user, nowhere\.view_x\."):
        sync_roles()
    assert not Group.objects.exists()
    with pytest.raises(CommandError, match="veiw_user"):
        call_command("sync_roles")


def test_the_command_says_what_it_did(capsys):
    register_permissions({Role.REGISTRAR: ["mktnorge.view_user"]})
    call_command("sync_roles")
    call_command("sync_roles")
    assert capsys.readouterr().out.splitlines() == [
        "Rollen registerfører: 1 tillatelser lagt til, 0 tatt bort.",
        "Rollene er som de skal være.",
    ]


def test_declared_permissions_cannot_be_changed_from_outside():
    register_permissions({Role.LEADER: ["mktnorge.view_user"]})
    assert declared_permissions(Role.LEADER) == frozenset({"mktnorge.view_user"})
