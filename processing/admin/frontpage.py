"""The register on the front page of the admin: how it stands, what is wrong, and where to begin."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mktnorge.frontpage import Panel
from processing.admin.drift import drift_words
from processing.admin.margin import SIGNS, kind_words, severity_words
from processing.law.checks import check_register, is_judged
from processing.law.findings import Finding, Severity
from processing.law.lawbook import stale_facts
from processing.law.parties import PartyRole
from processing.law.records import Register
from processing.law.reviews import is_review_due, review_months
from processing.models import Activity, Controller, NoticeVersion, Review
from processing.register import register_as_of
from processing.services.drafts import drift_since
from processing.services.retention import due_holdings

WORST = 5
"""How many pages the panel leads to: a morning's work, not the whole list."""

AGREEMENT_MISSING = "28-agreement-missing"
AGREEMENT_UNDATED = "28-agreement-undated"


@dataclass(frozen=True)
class Page:
    """A page with findings: what it is about, its address, and how many there are of each kind."""

    name: str
    address: str
    counts: Counter[Severity]

    @property
    def words(self) -> list[tuple[str, str]]:
        return [
            (SIGNS[severity], severity_words(severity, self.counts[severity]))
            for severity in (Severity.ERROR, Severity.WARNING)
            if self.counts[severity]
        ]


def summary(request: HttpRequest) -> Panel | None:
    """The panel, for those who may read the register and once there is one."""
    if not request.user.has_perm("processing.view_activity"):
        return None
    now = timezone.now()
    register = register_as_of(now)
    if register.is_empty:
        return None
    findings = check_register(register, law_on=timezone.localdate(now))
    counts = Counter(finding.severity for finding in findings)
    codes = Counter(finding.code for finding in findings)
    return Panel(
        "admin/processing/summary.html",
        {
            "activities": len(register.activities),
            "in_use": len(register.activities_on(timezone.localdate(now))),
            "tally": [
                (SIGNS[severity], counts[severity], kind_words(severity, counts[severity])) for severity in Severity
            ],
            "worst": _worst(register, findings),
            "processors": sum(party.role is PartyRole.PROCESSOR for party in register.parties),
            "agreements_missing": codes[AGREEMENT_MISSING],
            "agreements_undated": codes[AGREEMENT_UNDATED],
            "stale_law": len(stale_facts(timezone.localdate(now))),
            "due": Counter(one.item.action for one in due_holdings(register, on=timezone.localdate(now))),
            "open_reviews": Review.objects.filter(concluded_on=None).count(),
            "due_reviews": _due_reviews(register, timezone.localdate(now)),
            **_publication(register),
            "may_publish": request.user.has_perm("processing.add_noticeversion"),
        },
    )


def _worst(register: Register, findings: Iterable[Finding]) -> list[Page]:
    """The pages with most errors, of the company and of activities, the worst first. Two queries."""
    counts: dict[str, Counter[Severity]] = {}
    for finding in findings:
        counts.setdefault(finding.subject, Counter())[finding.severity] += 1
    addresses = {
        number: reverse("admin:processing_activity_change", args=[key])
        for number, key in Activity.objects.values_list("number", "pk")
    }
    company = Controller.objects.values_list("pk", flat=True).first()
    if company is not None:
        addresses[""] = reverse("admin:processing_controller_change", args=[company])
    names = {activity.number: f"{activity.number} {activity.name}" for activity in register.activities}
    names[""] = _("Virksomheten")
    pages = [
        Page(names[subject], addresses[subject], found)
        for subject, found in counts.items()
        if found[Severity.ERROR] and subject in addresses
    ]
    return sorted(pages, key=lambda page: (-page.counts[Severity.ERROR], -page.counts[Severity.WARNING]))[:WORST]


def _due_reviews(register: Register, on: date) -> int:
    """How many activities somebody should have looked over by `on`, whether or not a review of them is open."""
    months = review_months(register.controller)
    return sum(
        is_judged(activity, law_on=on) and is_review_due(activity, months=months, on=on)
        for activity in register.activities
    )


def _publication(register: Register) -> dict[str, object]:
    """The latest version, and how far the register has moved from it. One query."""
    latest = NoticeVersion.objects.latest_first().first()
    if latest is None:
        return {"latest": None, "drift": ""}
    drift = drift_since(latest, register, on=timezone.localdate(register.moment))
    return {"latest": latest, "drift": drift_words(drift) if drift else ""}
