"""What each role may do. The apps declare it, this module writes it to the groups."""

from collections.abc import Iterable, Mapping

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext as _

from mktnorge.roles import Role

_declared: dict[Role, set[str]] = {role: set() for role in Role}


class UnknownPermission(Exception):
    """An app grants a permission that no model has, most often a misspelled one."""


def register_permissions(grants: Mapping[Role, Iterable[str]]) -> None:
    """Add an app's grants: `{Role.AUDITOR: ["processing.view_activity"]}`. Called from its `ready()`."""
    for role, permissions in grants.items():
        _declared[role].update(permissions)


def declared_permissions(role: Role) -> frozenset[str]:
    return frozenset(_declared[role])


@transaction.atomic
def sync_roles() -> list[str]:
    """Give each role's group exactly the declared permissions, and return one sentence per change.

    A permission that somebody added by hand is taken away: the code is the whole truth about access.
    Raises UnknownPermission, with every unknown name in it, before anything is written.
    """
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    if unknown := sorted(set().union(*_declared.values()) - known.keys()):
        raise UnknownPermission(_("Disse tillatelsene finnes ikke: %(names)s.") % {"names": ", ".join(unknown)})
    changes = []
    for role in Role:
        group, _created = Group.objects.get_or_create(name=role.value)
        held = {
            f"{permission.content_type.app_label}.{permission.codename}"
            for permission in group.permissions.select_related("content_type")
        }
        if held == _declared[role]:
            continue
        group.permissions.set(known[name] for name in _declared[role])
        changes.append(
            _("Rollen %(role)s: %(added)d tillatelser lagt til, %(removed)d tatt bort.")
            % {"role": role, "added": len(_declared[role] - held), "removed": len(held - _declared[role])}
        )
    return changes
