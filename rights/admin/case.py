"""The page of one case: what to do now, what has been decided, what was sent, and what has happened."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mktnorge.templatetags.norwegian import joined
from processing.law.rights import Right
from rights.admin.checklist import Checklist, shown_checklist, ticks_of
from rights.admin.forms import STEP_FORMS, StepForm, step_form
from rights.admin.wishes import points_of, wishes_of
from rights.clocks import Clock, desk_clock
from rights.desk import (
    CaseFacts,
    RightFacts,
    StepRefused,
    bodies_open_to,
    next_step,
    possible_steps,
    refusal_warning,
    refusals_late_on,
)
from rights.law.complaints import ComplaintStage, explain_complaint
from rights.law.deadlines import REFUSAL_RULE, Step, explain, local_date
from rights.law.identity import LEVEL_WORDS
from rights.law.waiting import wait_for_identity
from rights.models import Complaint, DangerContact, Decision, Letter, RightsRequest
from rights.printing import letter_pdf
from rights.services.complaints import told_on
from rights.services.looking import show_person
from rights.services.steps import CaseChanged, CaseGone, facts_of
from rights.services.ticking import tick_steps
from rights.workflow import Action

CHANGE = "rights.change_rightsrequest"
VIEW = "rights.view_rightsrequest"


@dataclass(frozen=True)
class ShownPart:
    """One point of a right, or the whole of it: what was answered, by whom, and whether the person has it."""

    facts: RightFacts
    decision: Decision | None


@dataclass(frozen=True)
class ShownRight:
    """One right as the page shows it: what was asked, and the answer to each part of it."""

    right: Right
    parts: tuple[ShownPart, ...]
    checklist: Checklist


@require_http_methods(["GET", "HEAD"])
def case_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the case without who asks and what they wrote. That is asked for, and logged."""
    _need(request, VIEW)
    return _page(request, _found(pk))


@require_POST
def show_person_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the case with the person. The log tells that somebody did."""
    _need(request, VIEW)
    try:
        case = show_person(case=pk, by=request.user, at=timezone.now())
    except RightsRequest.DoesNotExist:
        raise Http404 from None
    return _page(request, case, person=True)


@require_POST
def step_page(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Take a step. What is refused comes back on the page with the words that were typed."""
    _need(request, CHANGE)
    if action not in {known.value for known in STEP_FORMS}:
        raise Http404
    case, now = _found(pk), timezone.now()
    facts = facts_of(case)
    form = step_form(Action(action), case, facts, today=local_date(now), data=request.POST)
    if not form.is_valid():
        return _page(request, case, facts=facts, bound=form, status=422)
    try:
        form.take(case=pk, by=request.user, at=now, follow_at=request.build_absolute_uri(reverse("rights:case")))
    except StepRefused as refused:
        form.add_error(None, str(refused))
        changed = isinstance(refused, CaseChanged)
        fresh = _found(pk)
        if changed:
            # Sent once more, it is the case as it now stands that is changed: the person has seen it.
            form.data = {**form.data.dict(), "version": fresh.version}  # type: ignore[union-attr]
        return _page(request, fresh, bound=form, status=409 if changed else 422)
    messages.success(request, _("Gjort: {step}.").format(step=_(form.action.label).lower()))
    return redirect("admin:rights_rightsrequest_change", pk)


@require_POST
def tick_page(request: HttpRequest, pk: int, right: str) -> HttpResponse:
    """Keep the checklist of one right as it was ticked."""
    _need(request, CHANGE)
    version = request.POST.get("version", "")
    if right not in {known.value for known in Right} or not version.isascii() or not version.isdigit():
        raise Http404
    try:
        tick_steps(
            case=pk,
            version=int(version),
            right=Right(right),
            steps=request.POST.getlist("step"),
            by=request.user,
            at=timezone.now(),
        )
    except CaseGone:
        raise Http404 from None
    except StepRefused as refused:
        messages.error(request, str(refused))
        return _page(request, _found(pk), status=409 if isinstance(refused, CaseChanged) else 422)
    messages.success(request, _("Sjekklisten er lagret."))
    return redirect("admin:rights_rightsrequest_change", pk)


@require_safe
def letter_page(request: HttpRequest, pk: int, letter: int) -> HttpResponse:
    """The letter as PDF, made from what was stored when it was written. Its name tells nobody anything."""
    _need(request, VIEW)
    row = Letter.objects.filter(pk=letter, request_id=pk).select_related("request").first()
    if row is None or not row.body:
        raise Http404
    number = row.request.case_number
    return HttpResponse(
        letter_pdf(row),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="brev-{number}-{row.pk}.pdf"', "Cache-Control": "no-store"},
    )


def _page(
    request: HttpRequest,
    case: RightsRequest,
    *,
    facts: CaseFacts | None = None,
    bound: StepForm | None = None,
    person: bool = False,
    status: int = 200,
) -> HttpResponse:
    today = local_date(timezone.now())
    facts = facts or facts_of(case)
    may_change = request.user.has_perm(CHANGE)
    first = next_step(facts) if may_change else None
    steps = possible_steps(facts) if may_change else ()
    forms = [
        bound if bound is not None and bound.action is action else step_form(action, case, facts, today=today)
        for action in steps
        if action in STEP_FORMS and _is_worth_showing(action, facts)
    ]
    checks = list(case.identity_checks.select_related("by").order_by("at"))
    complaint = case.complaints.filter(settled_on=None).defer("text").last() if facts.complaint else None
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "opts": RightsRequest._meta,
        "title": _("Sak {number}").format(number=case.case_number),
        "case": case,
        "facts": facts,
        "person": case if person else None,
        "points": points_of(case) if person else (),
        "complaint": complaint,
        "complaint_stage": facts.complaint,
        "complaint_days": _days_of_complaint(case, complaint),
        "wishes": wishes_of(case),
        "contacts": joined(DangerContact.objects.at_work()) if case.speaks_of_danger else "",
        "bound": bound,
        "first": next((form for form in forms if form.action is first), None),
        "read_reply": first is Action.READ_REPLY,
        "question": _question_of(case),
        "others": [form for form in forms if form.action is not first],
        "clock": desk_clock(case, on=today),
        "law_clock": _law_clock(case, today),
        "defended": wait_for_identity(
            case.deadline,
            asked_on=case.identity_asked_on,
            recognised_on=[check.on for check in checks],
            until=case.ended_on or today,
        ),
        "refusal_warning": refusal_warning(facts, on=today),
        "refusal_rule": REFUSAL_RULE,
        "steps_of_deadline": explain(case.deadline) + _late_refusals(facts, today),
        "rights": _shown_rights(case, facts),
        "may_change": may_change,
        "may_open_breach": request.user.has_perm("rights.add_breach"),
        "identity_needed": LEVEL_WORDS[facts.identity_needed],
        "checks": checks,
        "letters": case.letters.defer("body").select_related("made_by"),
        "notes": case.notes.select_related("by"),
        "log": case.events.select_related("by").order_by("at", "pk"),
    }
    response = TemplateResponse(request, "admin/rights/case.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _question_of(case: RightsRequest) -> str:
    """Our own question, which every reader of the case may see. What came back is asked for."""
    return case.question if case.question_asked_at else ""


def _is_worth_showing(action: Action, facts: CaseFacts) -> bool:
    """A step that starts from here, but has nothing to do, is left out."""
    if action is Action.SECOND:
        return any(one.awaits_second for one in facts.rights)
    if action is Action.ANSWER_PART:
        return len(facts.unanswered) > 1 and any(one.outcome for one in facts.unanswered) and not facts.part_letter
    if action is Action.DELIVER_PART:
        return facts.part_letter is not None
    if action is Action.ANSWER_COPY:
        return facts.asks_about_copy
    if action in {Action.DECIDE, Action.MAKE_LETTER}:
        return bool(facts.rights) and bool(facts.regimes)
    if action is Action.CALLED:
        return facts.call_wanted
    if action is Action.ASK_PERSON:
        return not facts.asked_person
    if action is Action.EXTEND:
        return not facts.extended
    if action is Action.RECEIVE_COMPLAINT:
        return facts.complaint is None and bool(bodies_open_to(facts))
    if action in {Action.UPHOLD, Action.CHANGE}:
        return facts.complaint is ComplaintStage.RECEIVED
    if action is Action.FORWARD:
        return facts.complaint is ComplaintStage.TO_FORWARD
    if action is Action.SETTLE:
        return facts.complaint is not None
    if action is Action.HOLD:
        return not facts.held
    if action is Action.LIFT_HOLD:
        return facts.held and facts.complaint is None
    if action is Action.REOPEN:
        return not facts.content_erased
    if action is Action.NOTE:
        return not facts.texts_erased or facts.held
    return True


def _shown_rights(case: RightsRequest, facts: CaseFacts) -> list[ShownRight]:
    found = Decision.objects.filter(requested_right__request=case).defer("letter__body")
    decisions = {
        (decision.requested_right.as_right, decision.point): decision
        for decision in found.select_related("requested_right", "decided_by", "seconded_by", "letter")
    }
    ticks = ticks_of(case)
    return [
        ShownRight(
            right,
            tuple(ShownPart(one, decisions.get((right, one.point))) for one in parts),
            shown_checklist(right, facts, ticks),
        )
        for right, parts in groupby(facts.rights, key=lambda one: one.right)
    ]


def _law_clock(case: RightsRequest, today: date) -> Clock:
    days = (case.statutory_on - today).days
    if not case.state.is_open:
        kept = case.ended_on is not None and case.deadline.keeps_law(case.ended_on)
        return Clock(_("Holdt") if kept else _("Ikke holdt"), "ok" if kept else "error")
    if days < 0:
        return Clock(_("Loven er brutt"), "error")
    return Clock(_("{days} dager igjen").format(days=days) if days != 1 else _("1 dag igjen"), "quiet")


def _days_of_complaint(case: RightsRequest, complaint: Complaint | None) -> tuple[Step, ...]:
    if complaint is None:
        return ()
    return explain_complaint(received_on=complaint.received_on, body=complaint.to, answered_on=told_on(case))


def _late_refusals(facts: CaseFacts, today: date) -> tuple[Step, ...]:
    return tuple(
        Step(_("Avslaget på «{right}» skulle vært sendt innen en måned.").format(right=right.label), REFUSAL_RULE)
        for right in refusals_late_on(facts, on=today)
    )


def _found(pk: int) -> RightsRequest:
    case = RightsRequest.objects.without_personal_text().select_related("owner", "duplicate_of").filter(pk=pk).first()
    if case is None:
        raise Http404
    return case


def _need(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied
