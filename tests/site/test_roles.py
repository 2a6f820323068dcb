"""The roles as the installed apps declare them."""

import pytest
from django.contrib.auth.models import Group

from mktnorge.access import declared_permissions, sync_roles
from mktnorge.roles import Role


@pytest.mark.django_db
def test_every_declared_permission_exists():
    sync_roles()
    assert set(Group.objects.values_list("name", flat=True)) == {"leder", "saksbehandler", "registerfører", "revisor"}


# Taking the register out leaves a row in the ledger of exports, and that row is all an auditor ever adds.
LEDGER = "processing.add_registerexport"


def test_an_auditor_only_looks():
    assert {name for name in declared_permissions(Role.AUDITOR) if ".view_" not in name} <= {LEDGER}


@pytest.mark.parametrize("role", Role)
def test_nobody_becomes_somebody_else(role):
    """Whoever may change people or groups can give themselves every other permission."""
    assert not declared_permissions(role) & {
        "mktnorge.change_user",
        "auth.add_group",
        "auth.change_group",
        "auth.change_permission",
        "auth.add_permission",
    }
