"""Somebody who has lost the follow-up code: the same answer to everybody, and a one-time code to those it fits."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mktnorge.throttling import address_of, give_back, take
from mktnorge.views import too_many_requests
from rights import allowances, visits
from rights.bodies import typed_words_only
from rights.forms.following import LostCodeForm, OneTimeCodeForm
from rights.services.lost_codes import LIFE, WrongOneTimeCode, ask_for_code, case_by_one_time_code
from rights.views.answers import NOT_ACCEPTED, SeeOther


@require_http_methods(["GET", "HEAD", "POST"])
@typed_words_only
def lost_code(request: HttpRequest) -> HttpResponse:
    """Take a case number and an address, and lead on, whether or not they fit: that is found out later."""
    form = LostCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        now, allowed = timezone.now(), allowances.lost_codes()
        if not take(allowed, subject=address_of(request), at=now):
            return too_many_requests(request, retry_after_seconds=allowed.seconds_to_next)
        token = ask_for_code(case_number=form.cleaned_data["saksnummer"], email=form.cleaned_data["epost"], at=now)
        visits.wait_for_code(request.session, token, life=LIFE, at=now)
        return SeeOther(reverse("rights:one_time_code"))
    return render(request, "rights/lost_code.html", {"form": form}, status=NOT_ACCEPTED if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@typed_words_only
def one_time_code(request: HttpRequest) -> HttpResponse:
    """Say what always is said, and take the code from the mail. It opens status and dates."""
    now = timezone.now()
    token = visits.token_of_lost_code(request.session, at=now)
    if not token:
        return SeeOther(reverse("rights:lost_code"))
    form = OneTimeCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        address, allowed = address_of(request), allowances.codes()
        if not take(allowed, subject=address, at=now):
            return too_many_requests(request, retry_after_seconds=allowed.seconds_to_next)
        try:
            case = case_by_one_time_code(token=token, code=form.cleaned_data["kode"], at=now)
        except WrongOneTimeCode as wrong:
            form.add_error("kode", str(wrong))
        else:
            give_back(allowed, subject=address, at=now)
            visits.open_case(request.session, case, status_only=True, at=now)
            return SeeOther(reverse("rights:my_case"))
    return render(request, "rights/one_time_code.html", {"form": form}, status=NOT_ACCEPTED if form.is_bound else 200)
