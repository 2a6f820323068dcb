"""What a visitor's session remembers: an opened case, for a quarter of an hour, or that a lost code was asked for.

Nothing a person wrote is kept here. The entry carries its own time, so that a session that lives longer, such as that
of somebody signed in to the desk, shows nothing longer.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase

from rights.models import RightsRequest

CASE_IDLE = timedelta(minutes=15)

CASE = "case"
LOST = "lost"


@dataclass(frozen=True)
class Visit:
    """The case somebody follows. `status_only`: they came with a one-time code, not with the follow-up code."""

    case: UUID
    status_only: bool = False


def open_case(session: SessionBase, case: RightsRequest, *, status_only: bool = False, at: datetime) -> None:
    """Let this visitor follow the case until the page has not been touched for CASE_IDLE."""
    session.cycle_key()
    session.pop(LOST, None)
    _keep_open(session, {"case": str(case.public_id), **({"status_only": "yes"} if status_only else {})}, at=at)


def opened_case(session: SessionBase, *, at: datetime) -> Visit | None:
    """Return the case this visitor follows and start its quarter of an hour anew, or None when it is over.

    The visitor's own session row is the only thing a page that is only read ever writes.
    """
    entry = _current(session, CASE, at=at)
    if entry is None:
        return None
    _keep_open(session, entry, at=at)
    return Visit(UUID(entry["case"]), status_only="status_only" in entry)


def wait_for_code(session: SessionBase, token: str, *, life: timedelta, at: datetime) -> None:
    """Remember that this visitor asked for a one-time code, with the token it works with."""
    session[LOST] = {"token": token, "until": (at + life).isoformat()}
    _expire(session, life)


def token_of_lost_code(session: SessionBase, *, at: datetime) -> str:
    """Return the token of `wait_for_code`, or nothing when its time is over."""
    entry = _current(session, LOST, at=at)
    return entry["token"] if entry else ""


def show_danger(session: SessionBase) -> None:
    """Have the next page of the case begin with the emergency numbers."""
    session[CASE] = {**session[CASE], "danger": "yes"}


def danger_to_show(session: SessionBase) -> bool:
    """Tell whether the page that is drawn now begins with them. Asked once, it is forgotten."""
    entry = dict(session[CASE])
    told = bool(entry.pop("danger", ""))
    session[CASE] = entry
    return told


def forget(session: SessionBase) -> None:
    """Drop the case. The whole session goes, unless somebody is signed in to the desk with it."""
    if SESSION_KEY in session:
        session.pop(CASE, None)
        session.pop(LOST, None)
    else:
        session.flush()


def _keep_open(session: SessionBase, entry: dict[str, str], *, at: datetime) -> None:
    session[CASE] = {**entry, "until": (at + CASE_IDLE).isoformat()}
    _expire(session, CASE_IDLE)


def _current(session: SessionBase, name: str, *, at: datetime) -> dict[str, str] | None:
    entry = session.get(name)
    return entry if entry and at < datetime.fromisoformat(entry["until"]) else None


def _expire(session: SessionBase, life: timedelta) -> None:
    """End the row and the cookie with what they hold, but leave the session of somebody signed in as it is."""
    if SESSION_KEY not in session:
        session.set_expiry(int(life.total_seconds()))
