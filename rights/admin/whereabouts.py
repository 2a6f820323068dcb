"""Where the person's data may lie and who has been given it, read from the register when somebody asks."""

from dataclasses import dataclass

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from processing.law.facts import Fact
from processing.law.records import ActivityRecord, PartyRecord
from processing.law.rights import Entitlement, Right, rights_for
from processing.law.terms import N_
from processing.models import NoticeVersion
from processing.register import register_as_of
from rights.admin.checklist import Ticks, ticks_of
from rights.desk import StepRefused
from rights.law.deadlines import local_date
from rights.models import ChecklistTick, RightsRequest
from rights.services.steps import CaseChanged
from rights.services.ticking import TOLD, activities_for, granted_to_tell_of, recipients_of, tick_recipients

# Support for whoever decides, and never the decision: the regime may be unconfirmed, and the case may differ.
REACHES = {
    Fact.YES: N_("Gjelder"),
    Fact.POSSIBLE: N_("Gjelder i noen tilfeller"),
    Fact.NO: N_("Gjelder ikke"),
    Fact.NOT_STATED: N_("Kan ikke sies"),
}

VIEW = "rights.view_rightsrequest"
CHANGE = "rights.change_rightsrequest"


@dataclass(frozen=True)
class Place:
    """An activity to search, with whom it goes to. `recipients` are the parties given data, processors first.

    `entitlements` are the rights that were asked for, each with a word for how far it reaches here (matrix C3).
    """

    activity: ActivityRecord
    recipients: tuple[PartyRecord, ...]
    entitlements: tuple[tuple[Entitlement, str], ...]


@dataclass(frozen=True)
class Telling:
    """Who must know what was done for one right, and who does."""

    right: Right
    recipients: tuple[tuple[PartyRecord, ChecklistTick | None], ...]


@require_http_methods(["GET", "HEAD", "POST"])
def whereabouts_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the systems to search, the recipients to tell and the notice that applied; tick who was told on POST."""
    if not request.user.has_perm(CHANGE if request.method == "POST" else VIEW):
        raise PermissionDenied
    case = RightsRequest.objects.without_personal_text().filter(pk=pk).first()
    if case is None:
        raise Http404
    if request.method != "POST":
        return _page(request, case)
    right = request.POST.get("right", "")
    version = request.POST.get("version", "")
    if right not in {one.value for one in Right} or not version.isascii() or not version.isdigit():
        raise Http404
    try:
        tick_recipients(
            case=pk,
            version=int(version),
            right=Right(right),
            told=request.POST.getlist("told"),
            by=request.user,
            at=timezone.now(),
        )
    except StepRefused as refused:
        messages.error(request, str(refused))
        case.refresh_from_db(fields=["version", "status"])
        return _page(request, case, status=409 if isinstance(refused, CaseChanged) else 422)
    messages.success(request, _("Lagret."))
    return redirect("admin:rights_rightsrequest_whereabouts", pk)


def _page(request: HttpRequest, case: RightsRequest, *, status: int = 200) -> HttpResponse:
    now = timezone.now()
    activities = activities_for(register_as_of(now), case, on=local_date(now))
    recipients = recipients_of(activities)
    asked = {requested.as_right for requested in case.requested_rights.all()}
    ticks = ticks_of(case)
    context = {
        **admin.site.each_context(request),
        "opts": RightsRequest._meta,
        "title": _("Hvor opplysningene kan ligge, sak {number}").format(number=case.case_number),
        "case": case,
        "places": [Place(activity, recipients_of([activity]), _reach(activity, asked)) for activity in activities],
        "tellings": [Telling(right, _told(right, recipients, ticks)) for right in granted_to_tell_of(case)],
        "notices": NoticeVersion.objects.applied_during(case.received_on),
        "may_change": request.user.has_perm(CHANGE),
    }
    response = TemplateResponse(request, "admin/rights/whereabouts.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _reach(activity: ActivityRecord, asked: set[Right]) -> tuple[tuple[Entitlement, str], ...]:
    return tuple((one, REACHES[one.applies]) for one in rights_for(activity) if one.right in asked)


def _told(
    right: Right, recipients: tuple[PartyRecord, ...], ticks: Ticks
) -> tuple[tuple[PartyRecord, ChecklistTick | None], ...]:
    return tuple((party, ticks.get((right, f"{TOLD}{party.code}"))) for party in recipients)
