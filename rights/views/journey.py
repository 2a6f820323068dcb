"""Asking for something: the start, a question a page, the check, and the receipt."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mktnorge.sealing import keyed_hash
from mktnorge.throttling import address_of, take
from mktnorge.views import too_many_requests
from processing.context import current_site_facts
from processing.in_use import activities_in_use
from processing.law.records import ActivityRecord
from processing.law.rights import Right
from rights import allowances
from rights.bodies import typed_words_only
from rights.cookies import draft_token, forget_draft, remember_draft
from rights.forms.journey import FORMS, Asked, MoreForm, QuestionForm
from rights.law.addresses import address_meant
from rights.law.advice import advice_on, concerning, must_keep_some, relation_of_role, relation_suggested
from rights.law.answers import STEPS, Answers, Step
from rights.law.danger import speaks_of_danger
from rights.law.deadlines import local_date
from rights.law.terms import ContactWay
from rights.receipts import receipt_pdf, receipt_rows, receipt_text
from rights.services.drafts import (
    AlreadySent,
    DraftExpired,
    FullForToday,
    NotComplete,
    Opened,
    discard_draft,
    open_draft,
    save_draft,
    send_draft,
    start_draft,
)
from rights.services.intake import SubmissionRefused
from rights.summary import summary_of
from rights.views.answers import NOT_ACCEPTED, SeeOther

TEMPLATES = {
    Step.WHAT: "rights/steps/what.html",
    Step.COPY_FIRST: "rights/steps/copy_first.html",
    Step.WHO: "rights/steps/who.html",
    Step.MORE: "rights/steps/more.html",
    Step.CONTACT: "rights/steps/contact.html",
}

FILE_TYPES = {"txt": "text/plain; charset=utf-8", "pdf": "application/pdf"}

CHECKED_PURPOSE = "rights.checked answers"

CONFLICT = 409
GONE = 410
UNAVAILABLE = 503


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What the form is for, and the way in. Asks nothing and stores nothing."""
    return render(request, "rights/start.html")


@require_http_methods(["GET", "HEAD", "POST"])
@typed_words_only
def question(request: HttpRequest, step: Step) -> HttpResponse:
    """One question. POST keeps the answer and leads to the next that has none; errors come back as 422 with all that
    was typed. A question that cannot be asked yet leads to the one that must be answered first."""
    now = timezone.now()
    token = draft_token(request)
    opened = _opened(token, at=now)
    if opened is None:
        if step is not Step.WHAT:
            return _expired(request) if token or request.method == "POST" else redirect("rights:request")
        answers = Answers()
    elif opened.answers is None:
        if step is not Step.WHAT:
            return _already_sent(request)
        # A new request, from somebody who has just sent one.
        opened, answers = None, Answers()
    else:
        answers = opened.answers
        if step is not Step.WHAT and not _may_be_asked(step, answers):
            return redirect(_url(answers.next_step))

    asked = _asked(step, answers, request, at=now)
    if request.method != "POST":
        return _ask(request, FORMS[step](asked=asked), asked)
    one_more = request.POST.get("legg_til", "")
    if step is Step.MORE and one_more:
        return _ask(request, MoreForm(request.POST, asked=asked, one_more=one_more), asked)
    form = FORMS[step](request.POST, asked=asked)
    if not form.is_valid():
        return _ask(request, form, asked, status=NOT_ACCEPTED)
    answers = form.answered()
    if opened is None:
        allowed = allowances.drafts()
        if not take(allowed, subject=address_of(request), at=now):
            return too_many_requests(request, retry_after_seconds=allowed.seconds_to_next)
        response = SeeOther(_url(answers.next_step))
        remember_draft(response, start_draft(answers=answers, at=now))
        return response
    try:
        save_draft(token=token, answers=answers, at=now)
    except DraftExpired:
        return _expired(request)
    except AlreadySent:
        return _already_sent(request)
    return SeeOther(_url(answers.next_step))


@require_http_methods(["GET", "HEAD", "POST"])
@typed_words_only
def check(request: HttpRequest) -> HttpResponse:
    """Show the answers, and send them on POST: once, however often it is pressed, and only as they were shown."""
    now = timezone.now()
    token = draft_token(request)
    opened = _opened(token, at=now)
    if opened is None:
        return _expired(request) if token or request.method == "POST" else redirect("rights:request")
    if opened.answers is None:
        return SeeOther(reverse("rights:receipt"))
    answers = opened.answers
    if answers.next_step is not Step.CHECK:
        return redirect(_url(answers.next_step))
    if request.method != "POST":
        return _show_answers(request, answers, at=now)
    if request.POST.get("sett") != _seen(answers):
        return _show_answers(request, answers, at=now, changed=True, status=CONFLICT)
    try:
        send_draft(token=token, at=now, follow_at=request.build_absolute_uri(reverse("rights:case")))
    except DraftExpired:
        return _expired(request)
    except NotComplete as missing:
        return SeeOther(_url(missing.step))
    except FullForToday:
        return render(request, "rights/full.html", status=UNAVAILABLE)
    except SubmissionRefused as refusal:
        return _show_answers(request, answers, at=now, refusal=str(refusal), status=NOT_ACCEPTED)
    return SeeOther(reverse("rights:receipt"))


@require_POST
@typed_words_only
def cancel(request: HttpRequest) -> HttpResponse:
    """Delete the answers and go back to the start. What was already sent is a case, and stays."""
    discard_draft(token=draft_token(request))
    response = SeeOther(reverse("rights:request"))
    forget_draft(response)
    return response


@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    """Show the receipt for an hour, as often as it is reloaded. Afterwards, say that it is gone."""
    opened = _opened(draft_token(request), at=timezone.now())
    if opened is not None and opened.answers is not None:
        return redirect(_url(opened.answers.next_step))
    if opened is None or opened.row.request is None:
        return render(request, "rights/receipt_gone.html", status=GONE)
    context = {"case": opened.row.request, "code": opened.row.code, "danger": opened.row.request.speaks_of_danger}
    return render(request, "rights/receipt.html", context)


@require_safe
def receipt_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The receipt to keep, as `txt` or `pdf`, while it can be shown. The file's name tells nothing but the number."""
    opened = _opened(draft_token(request), at=timezone.now())
    case = opened.row.request if opened else None
    if opened is None or case is None:
        return redirect("rights:receipt")
    rows = receipt_rows(
        case,
        code=opened.row.code,
        site=current_site_facts(),
        follow_at=request.build_absolute_uri(reverse("rights:case")),
    )
    content: str | bytes = receipt_text(rows)
    if kind == "pdf":
        content = receipt_pdf(rows, case_number=case.case_number, created=case.received_at)
    response = HttpResponse(content, content_type=FILE_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="kvittering-{case.case_number}.{kind}"'
    return response


def _opened(token: str, *, at: datetime) -> Opened | None:
    try:
        return open_draft(token=token, at=at) if token else None
    except DraftExpired:
        return None


def _may_be_asked(step: Step, answers: Answers) -> bool:
    steps = answers.steps
    return step in steps and all(answers.is_answered(earlier) for earlier in steps[: steps.index(step)])


def _asked(step: Step, answers: Answers, request: HttpRequest, *, at: datetime) -> Asked:
    """Return what the question depends on. The register is read only by the questions that tell of it."""
    today = local_date(at)
    reads = step in {Step.COPY_FIRST, Step.MORE} or (step is Step.WHAT and _names_activity(request, answers))
    activities = activities_in_use(today) if reads else ()
    if step is Step.WHAT and request.GET.keys() & {"rolle", "aktivitet"}:
        answers = _preselected(answers, request.GET, activities)
    return Asked(answers, activities, today.year)


def _names_activity(request: HttpRequest, answers: Answers) -> bool:
    return bool(request.GET.get("aktivitet") or request.POST.get("aktivitet") or answers.activity_number)


def _preselected(answers: Answers, query: Mapping[str, str], activities: Sequence[ActivityRecord]) -> Answers:
    """Return the answers with what an address may choose beforehand. What we do not know is passed over."""
    named = next((activity for activity in activities if activity.number == query.get("aktivitet")), None)
    relation = relation_of_role(query.get("rolle", "")) or (named and relation_suggested(named))
    return replace(answers, activity_number=named.number if named else "", suggested_relation=relation)


def _ask(request: HttpRequest, form: QuestionForm, asked: Asked, *, status: int = 200) -> HttpResponse:
    answers = asked.answers
    before = answers.step_before(form.step)
    told = concerning(asked.activities, answers.relation or answers.suggested_relation)
    context = {
        "form": form,
        "step": form.step,
        "steps": STEPS,
        "here": _url(form.step),
        "back": _url(before) if before else reverse("rights:request"),
        "activity": next((a for a in asked.activities if a.number == answers.activity_number), None),
        "must_keep_some": must_keep_some(told),
        "danger": speaks_of_danger([*answers.texts, *_typed(request)]),
        "asks_for_file_only": answers.rights == (Right.PORTABILITY,),
    }
    return render(request, TEMPLATES[form.step], context, status=status)


def _show_answers(
    request: HttpRequest,
    answers: Answers,
    *,
    at: datetime,
    changed: bool = False,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    activities = activities_in_use(local_date(at))
    before = answers.step_before(Step.CHECK)
    context = {
        "step": Step.CHECK,
        "steps": STEPS,
        "back": _url(before) if before else reverse("rights:request"),
        "rows": summary_of(answers, activities),
        "advice": advice_on(answers.rights, concerning(activities, answers.relation)),
        "copy_first": answers.copy_before_deletion,
        "seen": _seen(answers),
        "unsure": answers.unsure,
        "changed": changed,
        "address_meant": address_meant(answers.email) if answers.contact_way is ContactWay.EMAIL else "",
        "refusal": refusal,
        "danger": speaks_of_danger(answers.texts),
    }
    return render(request, "rights/steps/check.html", context, status=status)


def _typed(request: HttpRequest) -> list[str]:
    """What this very request holds of words: an error page is the next page too."""
    return [value for _name, values in request.POST.lists() for value in values]


def _expired(request: HttpRequest) -> HttpResponse:
    response = render(request, "rights/expired.html", status=GONE)
    forget_draft(response)
    return response


def _already_sent(request: HttpRequest) -> HttpResponse:
    """On GET, somebody came back after sending. On POST, what they just wrote is not in the request: say so."""
    if request.method != "POST":
        return redirect("rights:receipt")
    return render(request, "rights/already_sent.html", status=CONFLICT)


def _seen(answers: Answers) -> str:
    """A mark of the answers as they stand, so that nobody sends what another window has changed."""
    return keyed_hash(answers.to_json(), purpose=CHECKED_PURPOSE)


def _url(step: Step) -> str:
    return reverse(f"rights:{step.name.lower()}")
