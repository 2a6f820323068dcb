"""Following a case with its code, and leaving."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import wraps

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mktnorge.throttling import address_of, give_back, take
from mktnorge.views import too_many_requests
from processing.register import register_as_of
from rights import allowances, visits
from rights.bodies import View, typed_words_only
from rights.clocks import waiting_clock
from rights.cookies import draft_token, forget_draft
from rights.desk import StepRefused
from rights.forms.following import AddForm, CodeForm, ReplyForm
from rights.law.danger import speaks_of_danger
from rights.law.deadlines import local_date
from rights.law.keeping import periods_of
from rights.letters.body import letter_from_json
from rights.models import RightsRequest
from rights.printing import letter_pdf
from rights.services.drafts import discard_draft
from rights.services.following import add_to_own_case, want_call, withdraw_own_case
from rights.services.questions import reply_to_question
from rights.services.showing import letters_to_read
from rights.services.tracking import UnknownCode, case_by_code, case_by_public_id
from rights.timeline import timeline_of
from rights.views.answers import NOT_ACCEPTED, SeeOther
from rights.workflow import EventKind


def for_own_case(view: Callable[..., HttpResponse]) -> View:
    """Give the view the case, and the moment, for whoever came with its follow-up code.

    A one-time code leads to no page but «Min sak», and no code to the page that asks for one.
    """

    @wraps(view)
    def followed(request: HttpRequest, **parts: object) -> HttpResponse:
        now = timezone.now()
        visit = visits.opened_case(request.session, at=now)
        if visit and visit.status_only:
            return SeeOther(reverse("rights:my_case"))
        found = case_by_public_id(visit.case) if visit else None
        return view(request, found, now, **parts) if found else SeeOther(reverse("rights:case"))

    return followed


@require_http_methods(["GET", "HEAD", "POST"])
@typed_words_only
def case(request: HttpRequest) -> HttpResponse:
    """Ask for the follow-up code, by POST only: it must never stand in an address."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now, address, allowed = timezone.now(), address_of(request), allowances.codes()
        if not take(allowed, subject=address, at=now):
            return too_many_requests(request, retry_after_seconds=allowed.seconds_to_next)
        try:
            found = case_by_code(form.cleaned_data["kode"])
        except UnknownCode as unknown:
            everybody = allowances.wrong_codes()
            if not take(everybody, subject=allowances.EVERYBODY, at=now):
                return too_many_requests(request, retry_after_seconds=everybody.seconds_to_next)
            form.add_error("kode", str(unknown))
        else:
            give_back(allowed, subject=address, at=now)
            visits.open_case(request.session, found, at=now)
            return SeeOther(reverse("rights:my_case"))
    status = NOT_ACCEPTED if request.method == "POST" else 200
    return render(request, "rights/case.html", {"form": form}, status=status)


@require_safe
def my_case(request: HttpRequest) -> HttpResponse:
    """Show where the case stands: number, status and dates. Never who asked, or for what.

    Whoever came with a one-time code from a mail sees no more than that, and can do nothing.
    """
    now = timezone.now()
    visit = visits.opened_case(request.session, at=now)
    found = case_by_public_id(visit.case) if visit else None
    if visit is None or found is None:
        return SeeOther(reverse("rights:case"))
    if visit.status_only:
        context = {"case": found, "clock": waiting_clock(found, on=local_date(now))}
        return render(request, "rights/status_only.html", context)
    events = list(found.events.order_by("at", "pk"))
    delivered = any(event.kind in {EventKind.DELIVERED, EventKind.PART_DELIVERED} for event in events)
    context = {
        "case": found,
        "clock": waiting_clock(found, on=local_date(now)),
        "timeline": timeline_of(found, events),
        "has_letters": delivered and bool(letters_to_read(found)),
        "danger": visits.danger_to_show(request.session),
    }
    return render(request, "rights/my_case.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@typed_words_only
@for_own_case
def withdraw(request: HttpRequest, found: RightsRequest, now: datetime) -> HttpResponse:
    """Ask whether they are sure, and take the request back on POST. Pressed twice, it is withdrawn once."""
    if not found.state.is_open:
        return SeeOther(reverse("rights:my_case"))
    if request.method != "POST":
        periods = periods_of(register_as_of(now).controller)
        context = {"case": found, "withdrawn_erased_after_days": periods.withdrawn_days}
        return render(request, "rights/withdraw.html", context)
    with suppress(StepRefused):
        withdraw_own_case(case=found.public_id, at=now)
    return SeeOther(reverse("rights:my_case"))


@require_http_methods(["GET", "HEAD", "POST"])
@typed_words_only
@for_own_case
def add(request: HttpRequest, found: RightsRequest, now: datetime) -> HttpResponse:
    """Take one thing more into the case. It gets its own day and its own deadline."""
    form = AddForm(request.POST if request.method == "POST" else None)
    danger = speaks_of_danger([request.POST.get("tekst", "")])
    if form.is_valid():
        try:
            add_to_own_case(
                case=found.public_id, right=form.cleaned_data["rett"], text=form.cleaned_data["tekst"], at=now
            )
        except StepRefused as refused:
            form.add_error(None, str(refused))
        else:
            return _back_to_case(request, danger=danger)
    context = {"form": form, "danger": danger}
    return render(request, "rights/add.html", context, status=NOT_ACCEPTED if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@typed_words_only
@for_own_case
def reply(request: HttpRequest, found: RightsRequest, now: datetime) -> HttpResponse:
    """Show what we ask, and take the one reply. Pressed twice, it is stored once."""
    if request.method != "POST" and not found.waits_for_reply:
        return SeeOther(reverse("rights:my_case"))
    form = ReplyForm(request.POST if request.method == "POST" else None)
    danger = speaks_of_danger([request.POST.get("svar", "")])
    if form.is_valid():
        try:
            reply_to_question(case=found.public_id, text=form.cleaned_data["svar"], at=now)
        except StepRefused as refused:
            form.add_error(None, str(refused))
        else:
            return _back_to_case(request, danger=danger)
    context = {"form": form, "question": found.question, "danger": danger}
    return render(request, "rights/reply.html", context, status=NOT_ACCEPTED if form.is_bound else 200)


@require_safe
@for_own_case
def letters(request: HttpRequest, found: RightsRequest, now: datetime) -> HttpResponse:
    """Show the letters that were delivered here, for whoever came with the follow-up code. Never what was copied."""
    shown = [letter_from_json(letter.body) for letter in letters_to_read(found)]
    if not shown:
        return SeeOther(reverse("rights:my_case"))
    return render(request, "rights/letters.html", {"letters": shown})


@require_safe
@for_own_case
def letter_file(request: HttpRequest, found: RightsRequest, now: datetime, number: int) -> HttpResponse:
    """One of those letters as PDF, by its place among them. The file's name tells nothing but the case number."""
    shown = letters_to_read(found)
    if not 0 < number <= len(shown):
        return SeeOther(reverse("rights:my_case"))
    response = HttpResponse(letter_pdf(shown[number - 1]), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="brev-{found.case_number}-{number}.pdf"'
    return response


@require_POST
@typed_words_only
@for_own_case
def call_me(request: HttpRequest, found: RightsRequest, now: datetime) -> HttpResponse:
    """Ask us to call. The page says that we will, and that it is asked for."""
    # A case that ended in the meantime says so itself.
    with suppress(StepRefused):
        want_call(case=found.public_id, at=now)
    return SeeOther(reverse("rights:my_case"))


@require_POST
@typed_words_only
def sign_out(request: HttpRequest) -> HttpResponse:
    visits.forget(request.session)
    response = SeeOther(reverse("rights:case"))
    response["Clear-Site-Data"] = '"cache"'
    return response


@require_POST
@csrf_exempt
def leave(request: HttpRequest) -> HttpResponse:
    """Forget the visit and go somewhere harmless. Works without a token, since it must never answer with an error.

    Another site may not log our visitors out with it, where the browser tells us that it tries. The answer is a page
    that moves on by itself: our policy lets forms lead to our own pages only, also after a redirect.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        raise PermissionDenied
    request.session.flush()
    discard_draft(token=draft_token(request))
    response = render(request, "rights/leave.html", {"exit_url": settings.EXIT_URL})
    forget_draft(response)
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    response["Refresh"] = f"0; url={settings.EXIT_URL}"
    return response


def _back_to_case(request: HttpRequest, *, danger: bool) -> HttpResponse:
    """Lead to the case after something was stored. The emergency numbers come first there, once."""
    if danger:
        visits.show_danger(request.session)
    return SeeOther(reverse("rights:my_case"))
