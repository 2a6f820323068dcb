"""What a visitor's session remembers: a receipt for an hour, an opened case for a quarter of an hour.

Nothing a person wrote is kept here. The code lies sealed in the row, and both entries carry their own time, so that
a session that lives longer, such as that of somebody signed in to the desk, shows nothing longer.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase

from mktnorge.sealing import seal, unseal
from rights.models import RightsRequest
from rights.services.intake import RECEIPT_LIFE, Receipt

CASE_IDLE = timedelta(minutes=15)

RECEIPT = "receipt"
CASE = "case"
CODE_LABEL = "rights.visits.code"


@dataclass(frozen=True)
class RememberedReceipt:
    public_id: UUID
    code: str


def remember_receipt(session: SessionBase, receipt: Receipt, *, at: datetime) -> None:
    """Keep the receipt for RECEIPT_LIFE, under a new session key, so that a planted key never comes to hold one."""
    session.cycle_key()
    session[RECEIPT] = {
        "case": str(receipt.request.public_id),
        "code": seal(receipt.code, label=CODE_LABEL) if receipt.code else "",
        "until": (at + RECEIPT_LIFE).isoformat(),
    }
    _expire(session, RECEIPT_LIFE)


def remembered_receipt(session: SessionBase, *, at: datetime) -> RememberedReceipt | None:
    """Return the receipt, with an empty code where it cannot be shown again, or None when its hour is over."""
    entry = _current(session, RECEIPT, at=at)
    if entry is None:
        return None
    return RememberedReceipt(UUID(entry["case"]), unseal(entry["code"], label=CODE_LABEL) if entry["code"] else "")


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
    """Drop the case and the receipt. The whole session goes, unless somebody is signed in to the desk with it."""
    if SESSION_KEY in session:
        session.pop(CASE, None)
        session.pop(RECEIPT, None)
    else:
        session.flush()


def _keep_case_open(session: SessionBase, public_id: str, *, at: datetime) -> None:
    session[CASE] = {"case": public_id, "until": (at + CASE_IDLE).isoformat()}
    _expire(session, CASE_IDLE if RECEIPT not in session else RECEIPT_LIFE)


def _current(session: SessionBase, name: str, *, at: datetime) -> dict[str, str] | None:
    entry = session.get(name)
    return entry if entry and at < datetime.fromisoformat(entry["until"]) else None


def _expire(session: SessionBase, life: timedelta) -> None:
    """End the row and the cookie with what they hold, but leave the session of somebody signed in as it is."""
    if SESSION_KEY not in session:
        session.set_expiry(int(life.total_seconds()))
