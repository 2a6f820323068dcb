"""Logging what an auditor sees, so that the leader can see it too."""

import re
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from mktnorge.evidence import join_evidence
from mktnorge.models import User
from mktnorge.models.viewings import Viewing
from mktnorge.roles import Role

_FILE_NAME = re.compile(r'filename="?([^";]+)')
_REMEMBERED = "_only_looks"


def only_looks(user: User | AnonymousUser) -> bool:
    """Tell whether `user` has the role that reads everything and changes nothing, and no other. One query a request."""
    if not user.is_authenticated or user.is_superuser:
        return False
    if not hasattr(user, _REMEMBERED):
        setattr(user, _REMEMBERED, list(user.groups.values_list("name", flat=True)) == [Role.AUDITOR.value])
    return bool(getattr(user, _REMEMBERED))


@transaction.atomic
def record_viewing(*, request: HttpRequest, response: HttpResponseBase, by: User, at: datetime) -> Viewing:
    """Log that `by` asked for a page and what the answer was. A page that cannot be logged is not shown."""
    join_evidence()
    found = _FILE_NAME.search(response.headers.get("Content-Disposition", ""))
    return Viewing.objects.create(
        at=at,
        by=by,
        address=request.get_full_path()[:500],
        file=found[1][:100] if found else "",
        status=response.status_code,
    )
