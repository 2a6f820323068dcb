"""Facts that must be true together, as database constraints."""

from django.db.models import CheckConstraint, Q


def all_or_none(*fields: str, name: str, message: str) -> CheckConstraint:
    """Return a constraint under which the nullable `fields` are all null or all set.

    `message` is the sentence a person reads when a form breaks it.
    """
    nothing = Q(*((f"{field}__isnull", True) for field in fields))
    everything = Q(*((f"{field}__isnull", False) for field in fields))
    return CheckConstraint(condition=nothing | everything, name=name, violation_error_message=message)
