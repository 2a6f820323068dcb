"""How every step of the desk is taken: the row locked, the version compared, the rule asked, the event written.

All of it is one transaction. A step that is refused leaves nothing behind.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Prefetch, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mktnorge.models import User
from rights.desk import CaseFacts, RightFacts, StepRefused, check_can
from rights.law.complaints import ComplaintStage
from rights.law.deadlines import case_deadline
from rights.law.identity import IdentityMethod, highest_level
from rights.law.outcomes import Outcome, RefusalGround
from rights.law.terms import NO_COPY, CopyFirst, Relation
from rights.letters.body import LetterKind
from rights.models import (
    Decision,
    Extension,
    IdentityCheck,
    RequestedRight,
    RequestEvent,
    RightsRequest,
)
from rights.workflow import TRANSITIONS, Action


class CaseChanged(StepRefused):
    """Somebody else saved the case after this person opened it. Nothing of this step is stored."""


class CaseGone(StepRefused):
    """There is no such case any more."""


def facts_of(case: RightsRequest) -> CaseFacts:
    """Return what the rules need to know of `case`: four queries, however much there is in it."""
    rights = _rights_with_parts().filter(request=case).order_by("pk")
    return _facts(case, rights, case.identity_checks.all(), extended=Extension.objects.filter(request=case).exists())


def with_facts(cases: QuerySet[RightsRequest]) -> QuerySet[RightsRequest]:
    """Fetch with `cases` what `facts_of_listed` reads: three queries more, however many there are."""
    rights = Prefetch("requested_rights", _rights_with_parts())
    return cases.select_related("owner", "extension").prefetch_related(rights, "identity_checks")


def facts_of_listed(case: RightsRequest) -> CaseFacts:
    """As `facts_of`, for a case that `with_facts` has fetched."""
    rights = sorted(case.requested_rights.all(), key=lambda requested: requested.pk)
    return _facts(case, rights, case.identity_checks.all(), extended=getattr(case, "extension", None) is not None)


def _facts(
    case: RightsRequest, rights: Iterable[RequestedRight], checks: Iterable[IdentityCheck], *, extended: bool
) -> CaseFacts:
    return CaseFacts(
        status=case.state,
        received_on=case.received_on,
        rights=tuple(part for requested in rights for part in _parts(requested)),
        regimes=case.regime_set,
        client=case.relation in {Relation.CLIENT, Relation.RELATIVE},
        recordings=case.about_recordings,
        names_only=bool(case.scope) and NO_COPY.issuperset(case.scope),
        has_owner=case.owner_id is not None,
        # How is erased with what the person wrote; that it was done stays.
        identity_level=highest_level(IdentityMethod(check.method) for check in checks if check.method),
        extended=extended,
        call_wanted=case.call_wanted_at is not None,
        identity_asked=case.identity_asked_on is not None,
        asked_person=case.question_asked_at is not None,
        reply_waits=case.replied_at is not None and case.reply_read_at is None,
        held=case.held_on is not None,
        complaint=ComplaintStage.of(case.complaint_stage),
        copy_first=CopyFirst.of(case.copy_first),
        content_erased=case.content_erased_on is not None,
        texts_erased=case.answers_erased_on is not None,
    )


def _rights_with_parts() -> QuerySet[RequestedRight]:
    """With the decisions and their letters, and how many points there are: no word that anybody wrote."""
    decisions = Decision.objects.select_related("letter").defer("letter__body")
    return RequestedRight.objects.annotate(asked_points=Count("points")).prefetch_related(
        Prefetch("decisions", decisions)
    )


def _parts(requested: Any) -> Iterator[RightFacts]:
    """One for each point, or one for the right. What was decided stays one also when the point's text is erased."""
    decisions = {decision.point: decision for decision in requested.decisions.all()}
    # The points of a right are numbered from 1 without a gap.
    numbers = decisions.keys() | set(range(1, requested.asked_points + 1))
    for number in sorted(numbers or {0}):
        yield _part_facts(requested, number, decisions.get(number))


def _part_facts(requested: RequestedRight, point: int, decision: Decision | None) -> RightFacts:
    if decision is None:
        return RightFacts(right=requested.as_right, deadline=requested.deadline, point=point)
    letter = decision.letter
    delivered = letter is not None and letter.delivered_on is not None
    return RightFacts(
        right=requested.as_right,
        deadline=requested.deadline,
        point=point,
        letter=decision.letter_id,
        delivered=delivered,
        closed=delivered and letter is not None and letter.kind == LetterKind.ANSWER,
        outcome=Outcome(decision.outcome),
        ground=RefusalGround.of(decision.ground),
        has_reason=bool(decision.reason.strip()),
        seconded=decision.seconded_at is not None,
    )


@contextmanager
def step(action: Action, *, case: int, version: int | None, by: User | None, at: datetime) -> Iterator[RightsRequest]:
    """Give the case, locked, to whoever takes `action`, and write what they leave in it.

    Inside, the case may be changed and `StepRefused` raised: then nothing is stored. `version` is the one the person
    saw. Whoever the case is about has none, and no `by`: what they decide stands, whatever we did meanwhile. Raises
    CaseGone, CaseChanged, and OutOfOrder where the step does not start from here.
    """
    with transaction.atomic():
        # Only the case itself: PostgreSQL cannot lock the far side of an outer join.
        row = RightsRequest.objects.select_for_update(of=("self",)).filter(pk=case).first()
        if row is None:
            raise CaseGone(_("Saken finnes ikke lenger."))
        if version is not None and row.version != version:
            raise CaseChanged(_changed_by(row))
        check_can(action, facts_of(row))
        yield row
        transition = TRANSITIONS[action]
        if transition.target is not None:
            row.status = transition.target
        row.version += 1
        row.save()
        RequestEvent.record(row, transition.event, by=by, at=at)


def locked_case(case: UUID, *, with_texts: bool = False) -> RightsRequest:
    """Return the case of the person who acts in it, locked. Must be in a transaction. Raises CaseGone."""
    rows = RightsRequest.objects.all() if with_texts else RightsRequest.objects.without_personal_text()
    row = rows.select_for_update(of=("self",)).filter(public_id=case).first()
    if row is None:
        raise CaseGone(_("Saken finnes ikke lenger."))
    return row


def work_by_what_is_open(case: RightsRequest) -> None:
    """Give the case the dates of the right that must be answered first, of those that are not (R-DL-10, R-DL-11)."""
    if first := case_deadline(one.deadline for one in facts_of(case).unanswered):
        case.deadline = first


def _changed_by(case: RightsRequest) -> str:
    event = case.events.filter(by__isnull=False).select_related("by").order_by("-at", "-pk").first()
    if event is None:
        return _("Saken er endret etter at du åpnet den. Det du skrev, er ikke lagret.")
    return _(
        "{name} lagret denne saken kl. {time}, etter at du åpnet den. Det du skrev, er ikke lagret. "
        "Under står saken slik den er nå, og det du hadde skrevet."
    ).format(name=event.by, time=date_format(timezone.localtime(event.at), "H.i"))
