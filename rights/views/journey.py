"""Asking for something: the form and the receipt."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from mktnorge.sealing import SealingError, seal, unseal
from processing.law.rights import Right
from rights import visits
from rights.bodies import typed_words_only
from rights.forms.journey import NEUTRAL_ENVELOPE, NO_VOICEMAIL, UNSURE, RequestForm, known_activity
from rights.law.codes import code_for, new_code
from rights.law.terms import ContactWay, Relation
from rights.services.intake import Receipt, SubmissionRefused, submit_request
from rights.services.tracking import case_by_public_id
from rights.views.answers import NOT_ACCEPTED, SeeOther

FORM_CODE_LABEL = "rights.views.form code"


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
