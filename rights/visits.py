"""What a visitor's session remembers: an opened case, for a quarter of an hour.

Nothing a person wrote is kept here. The entry carries its own time, so that a session that lives longer, such as that
of somebody signed in to the desk, shows nothing longer.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase

from rights.models import RightsRequest

CASE_IDLE = timedelta(minutes=15)

CASE = "case"


def open_case(session: SessionBase, case: RightsRequest, *, at: datetime) -> None:
    """Let this visitor follow the case until the page has not been touched for CASE_IDLE."""
    session.cycle_key()
    _keep_case_open(session, str(case.public_id), at=at)


def opened_case(session: SessionBase, *, at: datetime) -> UUID | None:
    """Return the id of the case this visitor follows and start its quarter of an hour anew, or None when it is over.

    The visitor's own session row is the only thing a page that is only read ever writes.
    """
    entry = _current(session, CASE, at=at)
    if entry is None:
        return None
    _keep_case_open(session, entry["case"], at=at)
    return UUID(entry["case"])


def forget(session: SessionBase) -> None:
    """Drop the case. The whole session goes, unless somebody is signed in to the desk with it."""
    if SESSION_KEY in session:
        session.pop(CASE, None)
    else:
        session.flush()


def _keep_case_open(session: SessionBase, public_id: str, *, at: datetime) -> None:
    session[CASE] = {"case": public_id, "until": (at + CASE_IDLE).isoformat()}
    _expire(session, CASE_IDLE)


def _current(session: SessionBase, name: str, *, at: datetime) -> dict[str, str] | None:
    entry = session.get(name)
    return entry if entry and at < datetime.fromisoformat(entry["until"]) else None


def _expire(session: SessionBase, life: timedelta) -> None:
    """End the row and the cookie with what they hold, but leave the session of somebody signed in as it is."""
    if SESSION_KEY not in session:
        session.set_expiry(int(life.total_seconds()))
