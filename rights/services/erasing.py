"""Erasing our own cases when their time is over (decisions 18 and 29, R-CASE-1 to R-CASE-5).

What goes is told by the class of each field in `rights.personal_data`, so that a new field is erased without a word
here. Each rule leaves a proof, and each case a line in its own log.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import CharField, Model, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import ngettext

from mktnorge.outbox import forget_addresses, forget_mails
from mktnorge.scrubbing import scrub_on_commit
from processing.register import register_as_of
from rights.law.deadlines import local_date
from rights.law.keeping import ErasureRule, KeepingPeriods, KeptCase, due_for_erasure, periods_of, soonest
from rights.models import (
    CaseNote,
    ChecklistTick,
    Complaint,
    Decision,
    Draft,
    ErasedLine,
    Extension,
    IdentityCheck,
    Letter,
    RequestEvent,
    RequestPoint,
    RightsRequest,
)
from rights.personal_data import CLASSIFIED, DataClass
from rights.services.proofs import record_proof
from rights.services.reminders import MAIL_KIND
from rights.workflow import Ending, EventKind


@dataclass(frozen=True)
class Erased:
    """How many cases each rule was carried out for."""

    content: int = 0
    answers: int = 0
    lines: int = 0


@transaction.atomic
def erase_expired(*, at: datetime) -> Erased:
    """Erase what is due on the day `at` is in Oslo, and prove it. What a complaint or a dispute holds, stays.

    Run as often as you like: a late run erases all that is due, by the periods the company states at `at`. Cases that
    ended before the company changed them are no exception: a shorter one takes them at the next run.
    """
    periods = periods_of(register_as_of(at).controller)
    # Mails that list cases by number; one of them names many, so none can wait for its case.
    forget_mails(kind=MAIL_KIND, before=at - timedelta(days=periods.content_days))
    content = _carry_out(ErasureRule.CONTENT, Q(content_erased_on=None), _erase_content, periods=periods, at=at)
    answers = _carry_out(ErasureRule.ANSWERS, Q(answers_erased_on=None), _erase_answers, periods=periods, at=at)
    lines = _carry_out(ErasureRule.LINE, Q(), _erase_lines, periods=periods, at=at)
    if content or answers or lines:
        scrub_on_commit()
    return Erased(content, answers, lines)


def erase(at: datetime) -> str:
    """The sweep: erase what is due, and say it in a sentence for staff."""
    return sentence(erase_expired(at=at))


def sentence(erased: Erased) -> str:
    """Return what a run did, or nothing where there was nothing to do."""
    said = []
    if erased.content:
        said.append(
            ngettext("Innholdet i %(count)d sak er slettet.", "Innholdet i %(count)d saker er slettet.", erased.content)
            % {"count": erased.content}
        )
    if erased.answers:
        said.append(
            ngettext(
                "Brev og notater i %(count)d sak er slettet.",
                "Brev og notater i %(count)d saker er slettet.",
                erased.answers,
            )
            % {"count": erased.answers}
        )
    if erased.lines:
        said.append(
            ngettext("%(count)d sak er slettet helt.", "%(count)d saker er slettet helt.", erased.lines)
            % {"count": erased.lines}
        )
    return " ".join(said)


def kept(case: RightsRequest) -> KeptCase:
    """Return what the rules of keeping ask of `case`."""
    return KeptCase(
        ended_on=case.ended_on,
        withdrawn=case.ending == Ending.WITHDRAWN,
        unproven=case.ending in {Ending.NOT_A_REQUEST, Ending.NOT_IDENTIFIED, Ending.NOT_ENTITLED},
        held=case.held_on is not None,
    )


def _carry_out(
    rule: ErasureRule,
    not_done: Q,
    erase_cases: Callable[[Collection[RightsRequest], datetime], None],
    *,
    periods: KeepingPeriods,
    at: datetime,
) -> int:
    """Find the cases due under `rule` by the day they ended, lock them, erase and prove."""
    on = local_date(at)
    found = RightsRequest.objects.filter(not_done, ended_on__lte=on - soonest(rule, periods=periods), held_on=None)
    found = found.only("case_number", "ended_on", "ending", "held_on").select_for_update().order_by("pk")
    due = [case for case in found if rule in due_for_erasure(kept(case), on=on, periods=periods)]
    if due:
        erase_cases(due, at)
    return len(due)


def _erase_content(cases: Collection[RightsRequest], at: datetime) -> None:
    record_proof(rule=ErasureRule.CONTENT, cases=[case.pk for case in cases], at=at)
    gone = {DataClass.WRITTEN, DataClass.ABOUT}
    rows = RightsRequest.objects.filter(pk__in=[case.pk for case in cases])
    rows.update(
        **_emptied(RightsRequest, gone),
        content_erased_on=local_date(at),
        # No code and no form makes such a hash, and the database wants each to be one of a kind.
        **{
            name: Concat(Value("erased "), Cast("pk", CharField()))
            for name in _fields(RightsRequest, {DataClass.SECRET})
        },
    )
    RequestPoint.objects.filter(requested_right__request__in=cases).delete()
    ChecklistTick.objects.filter(requested_right__request__in=cases).delete()
    Draft.objects.filter(request__in=cases).delete()
    for model in (IdentityCheck, Complaint):
        model._default_manager.filter(request__in=cases).update(**_emptied(model, gone))
    forget_addresses(references=[case.case_number for case in cases])
    _log(cases, EventKind.CONTENT_ERASED, at)


def _erase_answers(cases: Collection[RightsRequest], at: datetime) -> None:
    record_proof(rule=ErasureRule.ANSWERS, cases=[case.pk for case in cases], at=at)
    gone = {DataClass.ANSWER}
    Decision.objects.filter(requested_right__request__in=cases).update(**_emptied(Decision, gone))
    for model in (Extension, Letter, CaseNote, Complaint):
        model._default_manager.filter(request__in=cases).update(**_emptied(model, gone))
    rows = RightsRequest.objects.filter(pk__in=[case.pk for case in cases])
    rows.update(**_emptied(RightsRequest, gone), answers_erased_on=local_date(at))
    _log(cases, EventKind.ANSWERS_ERASED, at)


def _erase_lines(cases: Collection[RightsRequest], at: datetime) -> None:
    proof = record_proof(rule=ErasureRule.LINE, cases=[case.pk for case in cases], at=at)
    # The database lets the log go only with this row beside it.
    ErasedLine.objects.bulk_create(ErasedLine(case_pk=case.pk, proof=proof) for case in cases)
    RequestEvent.objects.filter(request__in=cases).delete()
    RightsRequest.objects.filter(pk__in=[case.pk for case in cases]).delete()
    forget_mails(references=[case.case_number for case in cases])


def _log(cases: Collection[RightsRequest], kind: EventKind, at: datetime) -> None:
    RequestEvent.objects.bulk_create(RequestEvent(request=case, kind=kind, at=at) for case in cases)


def _fields(model: type[Model], classes: Collection[DataClass]) -> list[str]:
    return [name for name, kind in CLASSIFIED[model.__name__].items() if kind in classes]


def _emptied(model: type[Model], classes: Collection[DataClass]) -> dict[str, object]:
    """Return the empty value of every field of `model` in `classes`: its default, nothing, or no text."""
    fields = [field for field in model._meta.concrete_fields if field.name in _fields(model, classes)]
    return {field.name: field.get_default() if field.has_default() else None if field.null else "" for field in fields}
