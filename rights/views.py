"""The public pages: ask, get a receipt, follow the case, and leave."""

import json

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mktnorge.sealing import SealingError, seal, unseal
from processing.law.rights import Right
from rights import visits
from rights.bodies import typed_words_only
from rights.clocks import waiting_clock
from rights.forms import NEUTRAL_ENVELOPE, NO_VOICEMAIL, UNSURE, CodeForm, RequestForm, known_activity
from rights.law.codes import code_for, new_code
from rights.law.deadlines import local_date
from rights.law.terms import ContactWay, Relation
from rights.services.intake import Receipt, SubmissionRefused, submit_request
from rights.services.tracking import UnknownCode, case_by_code, case_by_public_id

# Nothing was stored, and the same form comes back: a program, a log and a test can tell it from an empty form.
NOT_ACCEPTED = 422

FORM_CODE_LABEL = "rights.views.form code"


class SeeOther(HttpResponseRedirect):
    """303: what was sent is taken care of, and the next page is fetched by GET, so that a reload sends nothing."""

    status_code = 303


@require_http_methods(["GET", "HEAD", "POST"])
@typed_words_only
def request_form(request: HttpRequest) -> HttpResponse:
    """Ask for something. POST stores the case and leads to the receipt; errors come back as 422 with all that was
    typed."""
    if request.method != "POST":
        return render(request, "rights/request_form.html", {"form": RequestForm(initial=_initial(request))})
    form = RequestForm(request.POST)
    if form.is_valid():
        try:
            receipt = _submit(form)
        except SubmissionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            visits.remember_receipt(request.session, receipt, at=timezone.now())
            return SeeOther(reverse("rights:receipt"))
    return render(request, "rights/request_form.html", {"form": form}, status=NOT_ACCEPTED)


@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    """Show the receipt for an hour, as often as it is reloaded. Afterwards, say that it is gone."""
    remembered = visits.remembered_receipt(request.session, at=timezone.now())
    case = case_by_public_id(remembered.public_id) if remembered else None
    if remembered is None or case is None:
        return render(request, "rights/receipt_gone.html", status=410)
    return render(request, "rights/receipt.html", {"case": case, "code": remembered.code})


@require_http_methods(["GET", "HEAD", "POST"])
@typed_words_only
def case(request: HttpRequest) -> HttpResponse:
    """Ask for the follow-up code, by POST only: it must never stand in an address."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            found = case_by_code(form.cleaned_data["kode"])
        except UnknownCode as unknown:
            form.add_error("kode", str(unknown))
        else:
            visits.open_case(request.session, found, at=timezone.now())
            return SeeOther(reverse("rights:my_case"))
    status = NOT_ACCEPTED if request.method == "POST" else 200
    return render(request, "rights/case.html", {"form": form}, status=status)


@require_safe
def my_case(request: HttpRequest) -> HttpResponse:
    """Show where the case stands: number, status and dates. Never who asked, or for what."""
    now = timezone.now()
    public_id = visits.opened_case(request.session, at=now)
    found = case_by_public_id(public_id) if public_id else None
    if found is None:
        return SeeOther(reverse("rights:case"))
    context = {"case": found, "clock": waiting_clock(found, on=local_date(now))}
    return render(request, "rights/my_case.html", context)


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
    response = render(request, "rights/leave.html", {"exit_url": settings.EXIT_URL})
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    response["Refresh"] = f"0; url={settings.EXIT_URL}"
    return response


def _initial(request: HttpRequest) -> dict[str, object]:
    """Return what an address may choose beforehand. What it names and we do not know is passed over."""
    relation = Relation.by_slug(request.GET.get("rolle", ""))
    return {
        "rolle": relation.value if relation else None,
        "aktivitet": known_activity(request.GET.get("aktivitet", "")),
        "nokkel": _new_form_key(),
    }


def _new_form_key() -> str:
    """Return the key of one form: a secret, sealed. With the answers it makes the submission's key and code.

    A form that is sent twice, by a double click or after a lost answer, is then one case and shows the same code both
    times, although the database keeps only the code's hash. Changed answers are another request and another case:
    nobody's words are dropped because the page was older than they are.
    """
    return seal(new_code(), label=FORM_CODE_LABEL)


def _submit(form: RequestForm) -> Receipt:
    answers = form.cleaned_data
    key = answers["nokkel"]
    try:
        secret = unseal(key, label=FORM_CODE_LABEL)
    except SealingError:
        key = _new_form_key()
        secret = unseal(key, label=FORM_CODE_LABEL)
    said = json.dumps({name: value for name, value in answers.items() if name != "nokkel"}, sort_keys=True)
    return submit_request(
        rights=[Right(value) for value in answers["rett"] if value != UNSURE],
        unsure=UNSURE in answers["rett"],
        relation=Relation(answers["rolle"]),
        name=answers["navn"],
        contact_way=ContactWay(answers["kanal"]),
        email=answers["epost"],
        address=answers["adresse"],
        no_voicemail=NO_VOICEMAIL in answers["forsiktig"],
        neutral_envelope=NEUTRAL_ENVELOPE in answers["forsiktig"],
        message=answers["melding"],
        activity_number=answers["aktivitet"],
        idempotency_key=f"{key}\0{said}",
        code=code_for(secret, said),
        at=timezone.now(),
    )
