"""Reading what a person wrote. It is logged, and does not disturb whoever works with the case."""

from datetime import datetime

from django.db import transaction

from mktnorge.models import User
from rights.models import RequestEvent, RightsRequest
from rights.workflow import EventKind


@transaction.atomic
def show_person(*, case: int, by: User, at: datetime) -> RightsRequest:
    """Return the case with who asks and what they wrote, and log that `by` read it. A reply that came is read now.

    Raises RightsRequest.DoesNotExist.
    """
    row = RightsRequest.objects.select_for_update(of=("self",)).get(pk=case)
    if row.replied_at is not None and row.reply_read_at is None:
        row.reply_read_at = at
        row.save(update_fields=["reply_read_at"])
    RequestEvent.record(row, EventKind.VIEWED, by=by, at=at)
    return row
