"""«Ny sak»: a request that came another way than by the form, and the receipt to hand over or send."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mktnorge.sealing import SealingError, seal, unseal
from mktnorge.templatetags.norwegian import groups_of_four
from rights.admin.register_form import RegisterForm
from rights.law.codes import new_code
from rights.models import RightsRequest
from rights.printing import body_pdf
from rights.services.intake import SubmissionRefused
from rights.services.registering import NotReceivedThen, receipt_letter, register_request

ADD = "rights.add_rightsrequest"
SHOWN_FOR = timedelta(minutes=15)

_LABEL = "rights.code of a request written in"
_ENTRY = "written_in"


@require_http_methods(["GET", "HEAD", "POST"])
def register_page(request: HttpRequest) -> HttpResponse:
    """Write a request in. The code is made with the page, so that two clicks are one case with one code."""
    _need_add(request)
    now = timezone.now()
    if request.method != "POST":
        return _form_page(request, RegisterForm(initial={"ticket": seal(new_code(), label=_LABEL)}))
    form = RegisterForm(request.POST)
    if not form.is_valid():
        return _form_page(request, form, status=422)
    try:
        code = unseal(form.cleaned_data["ticket"], label=_LABEL)
        receipt = register_request(
            code=code,
            follow_at=request.build_absolute_uri(reverse("rights:case")),
            by=request.user,
            at=now,
            **form.told(),
        )
    except SealingError:
        form.add_error(None, _("Ingenting er lagret. Siden har stått åpen lenge. Send en gang til."))
        form.data = {**form.data.dict(), "ticket": seal(new_code(), label=_LABEL)}
        return _form_page(request, form, status=422)
    except NotReceivedThen as refused:
        form.add_error("received_on", str(refused))
        return _form_page(request, form, status=422)
    except SubmissionRefused as refused:
        form.add_error(None, str(refused))
        return _form_page(request, form, status=422)
    if receipt.code:
        request.session[_ENTRY] = {
            "case": receipt.request.pk,
            "code": seal(receipt.code, label=_LABEL),
            "until": (now + SHOWN_FOR).isoformat(),
        }
    return redirect("admin:rights_rightsrequest_registered", receipt.request.pk)


@require_safe
def registered_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the code to the one who wrote the request in, for SHOWN_FOR, and afterwards that it cannot be shown."""
    _need_add(request)
    case = RightsRequest.objects.without_personal_text().filter(pk=pk).first()
    if case is None:
        raise Http404
    context = {
        **admin.site.each_context(request),
        "opts": RightsRequest._meta,
        "title": _("Sak {number} er opprettet").format(number=case.case_number),
        "case": case,
        "code": _code_of(request, pk),
    }
    response = TemplateResponse(request, "admin/rights/registered.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def receipt_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt with the code as PDF, while the code can be shown."""
    _need_add(request)
    code = _code_of(request, pk)
    case = RightsRequest.objects.filter(pk=pk).first()
    if case is None:
        raise Http404
    if not code:
        return redirect("admin:rights_rightsrequest_registered", pk)
    now = timezone.now()
    letter = receipt_letter(
        case, code=" ".join(groups_of_four(code)), follow_url=request.build_absolute_uri(reverse("rights:case")), at=now
    )
    pdf = body_pdf(letter, identifier=f"kvittering {case.case_number}", created=now)
    name = f"kvittering-{case.case_number}.pdf"
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"},
    )


@require_POST
def handed_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget the code, and go to the case."""
    _need_add(request)
    request.session.pop(_ENTRY, None)
    return redirect("admin:rights_rightsrequest_change", pk)


def _form_page(request: HttpRequest, form: RegisterForm, *, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "opts": RightsRequest._meta,
        "title": _("Ny sak"),
        "form": form,
    }
    response = TemplateResponse(request, "admin/rights/register.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _code_of(request: HttpRequest, pk: int) -> str:
    entry = request.session.get(_ENTRY)
    if not entry or entry["case"] != pk or timezone.now() >= datetime.fromisoformat(entry["until"]):
        return ""
    return unseal(entry["code"], label=_LABEL)


def _need_add(request: HttpRequest) -> None:
    if not request.user.has_perm(ADD):
        raise PermissionDenied
