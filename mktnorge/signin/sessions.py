"""Sessions of staff: when they end, and ending them.

What decides stands in the session itself, so that a page costs no query more. `StaffSession` is the list of them.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.auth import logout
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from mktnorge.models import StaffSession, User

IDLE = timedelta(minutes=30)
AT_MOST = timedelta(hours=10)
TO_SET_UP = timedelta(minutes=15)
"""How long the password alone keeps the page open where the second factor is set up."""
SEEN_EVERY = timedelta(minutes=1)
"""A session is written at most this often because somebody looks at pages."""

BEGAN_AT, SEEN_AT, SECOND_FACTOR = "staff_began_at", "staff_seen_at", "staff_second_factor"


def begin(request: HttpRequest, user: User, *, second_factor: bool, at: datetime) -> None:
    """Note that a session begins now. The key has been changed by the sign-in: nobody brought it along."""
    session = request.session
    session[BEGAN_AT] = session[SEEN_AT] = at.isoformat()
    session[SECOND_FACTOR] = second_factor
    session.set_expiry(0)  # the cookie goes with the browser window
    if session.session_key is None:
        session.save()
    StaffSession.objects.update_or_create(
        session_key=session.session_key,
        defaults={"user": user, "device": device(request), "began_at": at, "seen_at": at},
    )


def why_ended(request: HttpRequest, *, half_open: bool, at: datetime) -> str:
    """Return the sentence that says why the session has ended at `at`; empty while it lasts.

    `half_open`: the second factor is still to be set up.
    """
    try:
        began_at = datetime.fromisoformat(request.session[BEGAN_AT])
        seen_at = datetime.fromisoformat(request.session[SEEN_AT])
    except (KeyError, ValueError):
        return _("Logg inn på nytt.")
    if half_open and at - began_at >= TO_SET_UP:
        return _("Det gikk for lang tid. Logg inn på nytt, og sett opp det andre trinnet.")
    if at - began_at >= AT_MOST:
        return _("Du har vært logget inn i 10 timer. Logg inn på nytt.")
    if at - seen_at >= IDLE:
        return _("Du har vært borte i 30 minutter. Logg inn på nytt. Det du skrev uten å lagre, er ikke tatt vare på.")
    return ""


def seen(request: HttpRequest, *, at: datetime) -> None:
    """Note that the person is here."""
    session = request.session
    if at - datetime.fromisoformat(session[SEEN_AT]) >= SEEN_EVERY:
        session[SEEN_AT] = at.isoformat()
        StaffSession.objects.filter(session_key=session.session_key).update(seen_at=at)


def has_second_factor(request: HttpRequest) -> bool:
    return bool(request.session.get(SECOND_FACTOR))


def proved_second_factor(request: HttpRequest) -> None:
    """The person has just shown that the new factor is theirs."""
    request.session[SECOND_FACTOR] = True


def moved(request: HttpRequest, *, before: str | None) -> None:
    """The session has got a new key (after a new password): have the list follow."""
    if request.session.session_key is None:
        request.session.save()
    StaffSession.objects.filter(session_key=before).update(session_key=request.session.session_key)


def open_sessions(user: User, *, at: datetime) -> list[StaffSession]:
    """Return the sessions that would be let in at `at`, last used first."""
    mine = StaffSession.objects.filter(user=user, began_at__gt=at - AT_MOST, seen_at__gt=at - IDLE - SEEN_EVERY)
    keys = list(mine.values_list("session_key", flat=True))
    alive = set(Session.objects.filter(session_key__in=keys).values_list("session_key", flat=True))
    return [one for one in mine.order_by("-seen_at", "-pk") if one.session_key in alive]


def end(sessions: Iterable[StaffSession]) -> int:
    """End them at once: whoever holds the cookie has to sign in again. Returns how many."""
    keys = [one.session_key for one in sessions]
    Session.objects.filter(session_key__in=keys).delete()
    StaffSession.objects.filter(session_key__in=keys).delete()
    return len(keys)


def end_this(request: HttpRequest) -> None:
    """Sign out, and take the session off the list."""
    StaffSession.objects.filter(session_key=request.session.session_key).delete()
    logout(request)


def end_all(user: User, *, but: str | None = None) -> int:
    """End every session of a person, except the one whose key is `but`."""
    return end(StaffSession.objects.filter(user=user).exclude(session_key=but or ""))


def forget_expired_sessions(at: datetime) -> str:
    """Delete the rows of sessions that ended before `at`. A sweep; there is nothing to tell staff."""
    end(StaffSession.objects.filter(Q(began_at__lt=at - AT_MOST) | Q(seen_at__lt=at - 2 * IDLE)))
    Session.objects.filter(expire_date__lt=at).delete()
    return ""


BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


def device(request: HttpRequest) -> str:
    """Return «Firefox på Windows»: enough to know one's own, and nothing more of what the browser tells."""
    agent = request.headers.get("User-Agent", "")
    browser = next((name for sign, name in BROWSERS.items() if sign in agent), _("Ukjent nettleser"))
    system = next((name for sign, name in SYSTEMS.items() if sign in agent), "")
    return _("%(browser)s på %(system)s") % {"browser": browser, "system": system} if system else browser
