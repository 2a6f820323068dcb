"""Handling a breach: every step is one transaction with the row locked, the version compared and an event written."""

import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mktnorge.evidence import join_evidence
from mktnorge.models import User
from mktnorge.sealing import keyed_hash
from rights.law.breaches import (
    BreachKind,
    BreachRefused,
    BreachStep,
    NotToldGround,
    Risk,
    check_became_aware,
    check_can_close,
    check_can_leave_notice,
    check_can_leave_telling,
    check_can_notify,
    check_can_take_step,
    check_can_tell,
)
from rights.law.deadlines import breach_deadline, local_date
from rights.law.masking import mask_identity_numbers
from rights.law.texts import clean_text
from rights.models import Breach, BreachEvent, BreachWords, RequestEvent, RightsRequest
from rights.workflow import EventKind

LINK_PURPOSE = "rights.breach event"
FIRST_LINK = "0" * 64


class BreachChanged(BreachRefused):
    """Somebody else saved the breach after this person opened it. Nothing of this step is stored."""


class BreachGone(BreachRefused):
    """There is no such breach."""


@transaction.atomic
def open_breach(
    *,
    aware_at: datetime,
    kinds: Collection[BreachKind],
    text: str,
    people: int | None = None,
    case: int | None = None,
    by: User,
    at: datetime,
) -> Breach:
    """Begin the log of a possible breach that we became aware of at `aware_at`. The 72 hours count from there.

    `case` is the case it was seen in, and its log tells so. `by` answers for the breach until somebody else takes it.
    Raises BreachRefused for a moment to come, without a kind, or without words.
    """
    check_became_aware(aware_at, now=at)
    if not kinds:
        raise BreachRefused(_("Velg hva som har skjedd. Er du usikker, velg det som ligner mest."))
    text = _needed(text, missing=_("Skriv kort hva som har skjedd."))
    seen_in = RightsRequest.objects.without_personal_text().filter(pk=case).first() if case is not None else None
    breach = Breach(request=seen_in, aware_at=aware_at, due_at=breach_deadline(aware_at), owner=by)
    breach.kinds, breach.people = sorted(kinds), people
    breach.save()
    _record(breach, BreachStep.OPEN, _state(breach), text, by=by, at=at)
    if seen_in is not None:
        RequestEvent.record(seen_in, EventKind.BREACH_SEEN, by=by, at=at)
    return breach


def take_breach(*, breach: int, version: int, by: User, at: datetime) -> Breach:
    """Make `by` the one who answers for the breach."""
    with _step(BreachStep.TAKE, breach=breach, version=version, by=by, at=at) as row:
        if row.owner_id == by.pk:
            raise BreachRefused(_("Du har alt ansvaret for avviket."))
        row.owner = by
    return row


def assess_risk(*, breach: int, version: int, risk: Risk, text: str, by: User, at: datetime) -> Breach:
    """Say how great the risk to the people is, and why. A decision that the new risk does not allow falls away."""
    with _step(BreachStep.ASSESS, breach=breach, version=version, text=text, by=by, at=at) as row:
        _needed(text, missing=_("Skriv hva som kan skje med dem det gjelder, og hvor sannsynlig det er."))
        row.risk = risk
        if risk.must_be_notified:
            row.notice_left = False
        if risk.must_be_told is not bool(row.not_told_ground):
            row.telling_left, row.not_told_ground = False, ""
    return row


def record_notice(
    *, breach: int, version: int, notified_at: datetime, text: str = "", by: User, at: datetime
) -> Breach:
    """Write down when Datatilsynet was notified. After 72 hours `text` says why it is late. Raises BreachRefused."""
    with _step(BreachStep.NOTIFY, breach=breach, version=version, text=text, by=by, at=at) as row:
        check_can_notify(row.facts, notified_at=notified_at, now=at, has_words=bool(text.strip()))
        row.notified_at, row.notice_left = notified_at, False
    return row


def leave_notice(*, breach: int, version: int, text: str, by: User, at: datetime) -> Breach:
    """Decide that Datatilsynet is not notified, since a risk is unlikely. `text` says why. Raises BreachRefused."""
    with _step(BreachStep.LEAVE_NOTICE, breach=breach, version=version, text=text, by=by, at=at) as row:
        check_can_leave_notice(row.facts, has_words=bool(text.strip()))
        row.notice_left = True
    return row


def record_telling(*, breach: int, version: int, told_on: date, text: str, by: User, at: datetime) -> Breach:
    """Write down when, how and what the people were told (art. 34(2)). Raises BreachRefused."""
    with _step(BreachStep.TELL, breach=breach, version=version, text=text, by=by, at=at) as row:
        check_can_tell(row.facts, told_on=told_on, today=local_date(at))
        _needed(text, missing=_("Skriv hvordan de fikk vite det, og hva de fikk vite."))
        row.told_on, row.telling_left, row.not_told_ground = told_on, False, ""
    return row


def leave_telling(
    *, breach: int, version: int, ground: NotToldGround | None = None, text: str, by: User, at: datetime
) -> Breach:
    """Decide that the people are not told, and why. Raises BreachRefused as `check_can_leave_telling`."""
    with _step(BreachStep.LEAVE_TELLING, breach=breach, version=version, text=text, by=by, at=at) as row:
        check_can_leave_telling(row.facts, ground=ground, has_words=bool(text.strip()))
        row.telling_left, row.not_told_ground = True, ground or ""
    return row


def record_measures(*, breach: int, version: int, text: str, by: User, at: datetime) -> Breach:
    """Write down what was done against the breach and its effects."""
    with _step(BreachStep.ACT, breach=breach, version=version, text=text, by=by, at=at) as row:
        _needed(text, missing=_("Skriv hva dere har gjort."))
        row.has_measures = True
    return row


def add_to_breach(*, breach: int, version: int, people: int | None = None, text: str, by: User, at: datetime) -> Breach:
    """Add what has become known since, also to send on to Datatilsynet in phases (art. 33(4))."""
    with _step(BreachStep.ADD, breach=breach, version=version, text=text, by=by, at=at) as row:
        _needed(text, missing=_("Skriv hva dere har funnet ut."))
        if people is not None:
            row.people = people
    return row


def close_breach(*, breach: int, version: int, text: str = "", by: User, at: datetime) -> Breach:
    """Close the breach. Raises BreachRefused while the log lacks what art. 33(5) asks for."""
    with _step(BreachStep.CLOSE, breach=breach, version=version, text=text, by=by, at=at) as row:
        check_can_close(row.facts)
        row.closed_at = at
    return row


def reopen_breach(*, breach: int, version: int, text: str, by: User, at: datetime) -> Breach:
    """Take the breach up again. Its hours are those it always had."""
    with _step(BreachStep.REOPEN, breach=breach, version=version, text=text, by=by, at=at) as row:
        _needed(text, missing=_("Skriv hvorfor avviket må åpnes igjen."))
        row.closed_at = None
    return row


def verify_breaches() -> list[str]:
    """Return a sentence for each breach whose log is not what it was when written. Three queries in all."""
    problems = []
    words = dict(_words())
    logs: dict[int, list[BreachEvent]] = {}
    for event in BreachEvent.objects.order_by("pk"):
        logs.setdefault(event.breach_id, []).append(event)
    for breach in Breach.objects.order_by("pk"):
        previous, told = FIRST_LINK, dict[str, Any]()
        whole = True
        for event in logs.get(breach.pk, []):
            previous = _link(previous, event, words.get(event.pk, ""))
            whole = whole and event.link == previous
            told |= event.told
        if not whole:
            problems.append(_("Loggen i avvik %(number)d er endret.") % {"number": breach.pk})
        if told != _state(breach):
            problems.append(_("Avvik %(number)d er ikke slik loggen sier.") % {"number": breach.pk})
    return problems


@contextmanager
def _step(step: BreachStep, *, breach: int, version: int, text: str = "", by: User, at: datetime) -> Iterator[Breach]:
    """Give the breach, locked, to whoever takes `step`, and log what they change in it. Refused, it leaves nothing."""
    with transaction.atomic():
        row = Breach.objects.select_for_update(of=("self",)).filter(pk=breach).first()
        if row is None:
            raise BreachGone(_("Avviket finnes ikke."))
        if row.version != version:
            raise BreachChanged(
                _("Noen andre lagret avviket etter at du åpnet det. Det du skrev, er ikke lagret. Se, og send på nytt.")
            )
        check_can_take_step(step, row.facts)
        before = _state(row)
        yield row
        told = {name: value for name, value in _state(row).items() if before[name] != value}
        row.version += 1
        row.save()
        _record(row, step, told, mask_identity_numbers(clean_text(text)), by=by, at=at)


def _record(breach: Breach, step: BreachStep, told: dict[str, Any], text: str, *, by: User, at: datetime) -> None:
    join_evidence()
    last = breach.events.order_by("-pk").first()
    event = BreachEvent(breach=breach, step=step, at=at, by=by, told=told)
    event.link = _link(last.link if last else FIRST_LINK, event, text)
    event.save()
    if text:
        BreachWords.objects.create(event=event, text=text)


def _state(breach: Breach) -> dict[str, Any]:
    """What can be chosen of a breach, as plain values that are the same from every database."""
    return {
        "aware_at": _moment(breach.aware_at),
        "due_at": _moment(breach.due_at),
        "kinds": list(breach.kinds),
        "people": breach.people,
        "risk": str(breach.risk),
        "notified_at": _moment(breach.notified_at),
        "notice_left": breach.notice_left,
        "told_on": breach.told_on and breach.told_on.isoformat(),
        "telling_left": breach.telling_left,
        "not_told_ground": str(breach.not_told_ground),
        "has_measures": breach.has_measures,
        "closed_at": _moment(breach.closed_at),
        "owner": breach.owner_id,
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="microseconds") if moment else None


def _link(previous: str, event: BreachEvent, text: str) -> str:
    said = [previous, event.breach_id, str(event.step), _moment(event.at), event.by_id, event.told, text]
    return keyed_hash(json.dumps(said, sort_keys=True, ensure_ascii=False), purpose=LINK_PURPOSE)


def _words() -> Iterator[tuple[int, str]]:
    for words in BreachWords.objects.all():
        yield words.event_id, words.text


def _needed(text: str, *, missing: str) -> str:
    text = mask_identity_numbers(clean_text(text))
    if not text:
        raise BreachRefused(missing)
    return text
