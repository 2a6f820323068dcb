"""Ending a case without an answer on the matter: one case with its letter, or many that were no request at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mktnorge.models import User
from processing.register import register_as_of
from rights.desk import StepRefused, check_can_end, check_can_end_unread, check_same_request
from rights.law.deadlines import local_date
from rights.law.masking import mask_identity_numbers
from rights.law.texts import clean_line, clean_text
from rights.letters import compose
from rights.models import Letter, RequestEvent, RightsRequest
from rights.services.answering import heading_of, keep_letter, whole_or_refused
from rights.services.steps import facts_of, step
from rights.workflow import Action, Ending, EventKind


@dataclass(frozen=True)
class PutAway:
    """The numbers of the cases that were ended, and those that were not with the sentence that says why."""

    ended: tuple[str, ...]
    kept: tuple[tuple[str, str], ...]


def end_case(
    *, case: int, version: int, ending: Ending, words: str = "", same_as: str = "", by: User, at: datetime
) -> Letter | None:
    """End a case without an answer on the matter, with the letter that ending needs, or none.

    `same_as` is the number of the older case, for a duplicate: its clock goes on, and its log tells. Raises
    StepRefused as `check_can_end` and `check_same_request`.
    """
    words = mask_identity_numbers(clean_text(words))
    with step(Action.END, case=case, version=version, by=by, at=at) as row:
        facts = facts_of(row)
        check_can_end(facts, ending, has_words=bool(words))
        if ending is Ending.DUPLICATE:
            _point_to_older(row, same_as, by=by, at=at)
        row.ending, row.ended_on = ending, local_date(at)
        if not ending.needs_words:
            return None
        heading = heading_of(row, register_as_of(at), at)
        with whole_or_refused():
            body = compose.ended(heading, ending=ending, received_on=row.received_on, words=words)
        return keep_letter(row, body, by=by, at=at)


def end_as_no_request(*, cases: Iterable[tuple[int, int]], by: User, at: datetime) -> PutAway:
    """End each of `cases`, row number and the version seen, as no request: spam, or something sent to us by mistake.

    Each is a step of its own, with its own lock, event and refusal. A case that may be about danger, or in which
    something is decided, is left as it is: somebody must read it.
    """
    ended, kept = [], []
    for pk, version in cases:
        number = RightsRequest.objects.filter(pk=pk).values_list("case_number", flat=True).first() or str(pk)
        try:
            with step(Action.END, case=pk, version=version, by=by, at=at) as row:
                facts = facts_of(row)
                check_can_end(facts, Ending.NOT_A_REQUEST, has_words=False)
                check_can_end_unread(facts, speaks_of_danger=row.speaks_of_danger)
                row.ending, row.ended_on = Ending.NOT_A_REQUEST, local_date(at)
        except StepRefused as refused:
            kept.append((number, str(refused)))
        else:
            ended.append(number)
    return PutAway(tuple(ended), tuple(kept))


def _point_to_older(case: RightsRequest, number: str, *, by: User, at: datetime) -> None:
    """Only an older case can be pointed to, so that two cannot end as each other's duplicate."""
    found = RightsRequest.objects.without_personal_text().filter(case_number=clean_line(number).upper()[:12])
    older = found.exclude(pk=case.pk).first()
    is_older = older is not None and (older.received_at, older.pk) < (case.received_at, case.pk)
    check_same_request(facts_of(case), facts_of(older) if older else None, is_older=is_older)
    case.duplicate_of = older
    if older is not None:
        RequestEvent.record(older, EventKind.DUPLICATE_ENDED, by=by, at=at)
