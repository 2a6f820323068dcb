"""«I dag» on the front page of the admin: what the desk owes, first what is due first, with the next step as a verb."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mktnorge.frontpage import Panel, register_panel
from mktnorge.templatetags.norwegian import joined
from rights.clocks import SOON_DAYS, Clock, desk_clock
from rights.desk import next_step
from rights.law.complaints import ComplaintStage
from rights.law.deadlines import local_date
from rights.models import Complaint, RightsRequest
from rights.models.requests import URGENCY
from rights.services.steps import facts_of_listed, with_facts
from rights.workflow import RequestStatus

SHOWN = 10
"""A day's work. The list has the rest."""


@dataclass(frozen=True)
class Row:
    number: str
    address: str
    asked: str
    relation: str
    step: str
    clock: Clock
    statutory_on: date
    owner: str
    call_wanted: bool
    danger: bool


def today(request: HttpRequest) -> Panel | None:
    """The panel, for those who may read cases. Six queries, however many cases there are."""
    if not request.user.has_perm("rights.view_rightsrequest"):
        return None
    on = local_date(timezone.now())
    cases = RightsRequest.objects.open()
    counts = cases.aggregate(
        open=Count("pk"),
        overdue=Count("pk", filter=Q(staff_on__lt=on)),
        soon=Count("pk", filter=Q(staff_on__gte=on, staff_on__lte=on + timedelta(days=SOON_DAYS))),
        unowned=Count("pk", filter=Q(owner=None)),
    )
    # What may be about acute danger is read before anything is counted, and never stands below what is shown.
    first = cases.alias(unread=Q(speaks_of_danger=True, status=RequestStatus.RECEIVED)).order_by(
        F("unread").desc(), *URGENCY
    )
    listed = with_facts(first.without_personal_text())[:SHOWN]
    rows = [_row(case, on) for case in listed]
    content = {
        **counts,
        "rows": rows,
        "more": max(0, counts["open"] - SHOWN),
        "may_register": request.user.has_perm("rights.add_rightsrequest"),
        "may_open_breach": request.user.has_perm("rights.add_breach"),
    }
    return Panel("admin/rights/today.html", content)


def complaints(request: HttpRequest) -> Panel | None:
    """The complaints that wait for us, also in cases that are closed. One query, however many there are."""
    if not request.user.has_perm("rights.view_rightsrequest"):
        return None
    came = Subquery(Complaint.objects.filter(request=OuterRef("pk"), settled_on=None).values("received_on")[:1])
    cases = RightsRequest.objects.complaints_to_handle().without_personal_text().select_related("owner")
    waiting = list(cases.annotate(complained_on=came).order_by("complained_on", "pk")[: SHOWN + 1])
    if not waiting:
        return None
    rows = [(case, ComplaintStage(case.complaint_stage), case.complained_on) for case in waiting[:SHOWN]]
    return Panel("admin/rights/complaints_panel.html", {"rows": rows, "more": len(waiting) > SHOWN})


def _row(case: RightsRequest, on: date) -> Row:
    action = next_step(facts_of_listed(case))
    asked = [requested.get_right_display() for requested in case.requested_rights.all()]
    asked = [right if place == 0 else f"{right[:1].lower()}{right[1:]}" for place, right in enumerate(asked)]
    return Row(
        number=case.case_number,
        address=reverse("admin:rights_rightsrequest_change", args=[case.pk]),
        asked=joined(asked or [_("Ikke sikker")]),
        relation=case.get_relation_display(),
        step=_(action.label) if action else _("Ingenting"),
        clock=desk_clock(case, on=on),
        statutory_on=case.statutory_on,
        owner=str(case.owner) if case.owner else "",
        call_wanted=case.call_wanted_at is not None,
        danger=case.speaks_of_danger,
    )


register_panel(9, complaints)
register_panel(10, today)
