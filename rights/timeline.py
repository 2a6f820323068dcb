"""What has happened in a case, as the person it is about reads it. Never for what they asked, or who they are to us."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from rights.law.deadlines import local_date
from rights.models import RequestEvent, RightsRequest
from rights.workflow import Ending, EventKind, RequestStatus

TOLD = {
    EventKind.TAKEN: gettext_noop("Noen hos oss leser det"),
    EventKind.IDENTITY_ASKED: gettext_noop("Vi spurte hvem du er"),
    EventKind.IDENTITY_RECORDED: gettext_noop("Vi vet at det er deg"),
    EventKind.EXTENDED: gettext_noop("Vi sa fra om at vi trenger mer tid"),
    EventKind.PART_DELIVERED: gettext_noop("Du fikk svar på en del"),
    EventKind.CALL_WANTED: gettext_noop("Du ba oss ringe"),
    EventKind.ADDED_TO: gettext_noop("Du la til noe"),
    EventKind.CALLED: gettext_noop("Vi ringte deg"),
    EventKind.QUESTION_ASKED: gettext_noop("Vi spurte deg om noe"),
    EventKind.REPLIED: gettext_noop("Du svarte oss"),
    EventKind.STATUS_SEEN: gettext_noop("Noen så status med en kode fra e-posten din"),
    EventKind.COMPLAINT_RECEIVED: gettext_noop("Vi fikk klagen din"),
    EventKind.COMPLAINT_FORWARDED: gettext_noop("Vi sendte klagen din videre"),
    EventKind.REOPENED: gettext_noop("Saken ble åpnet igjen"),
}
"""The events a person is told of. The others are about how we work."""


@dataclass(frozen=True)
class Happened:
    words: str
    on: date | None = None
    now: bool = False


def timeline_of(case: RightsRequest, events: Iterable[RequestEvent]) -> list[Happened]:
    """Return what has happened, oldest first, and last where the case stands."""
    return list(_happened(case, events))


def _happened(case: RightsRequest, events: Iterable[RequestEvent]) -> Iterator[Happened]:
    if case.state is RequestStatus.RECEIVED and not any(EventKind(event.kind) in TOLD for event in events):
        yield Happened(_("Kravet kom"), case.received_on, now=True)
        return
    yield Happened(_("Kravet kom"), case.received_on)
    for event in events:
        kind = EventKind(event.kind)
        if kind in TOLD:
            yield Happened(_(TOLD[kind]), local_date(event.at))
    if case.state.is_open:
        yield Happened(_(case.state.sentence), now=True)
    else:
        ending = Ending(case.ending) if case.ending else None
        yield Happened(_(ending.plain).rstrip(".") if ending else _(case.state.sentence), case.ended_on, now=True)
