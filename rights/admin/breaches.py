"""«Avvik»: the log of breaches, the page of one, and what the front page says of those that are open."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from mktnorge.admin_site import ReadOnlyAdmin
from mktnorge.frontpage import Panel, register_panel
from mktnorge.templatetags.look import badge
from mktnorge.templatetags.norwegian import moment
from rights.admin.breach_forms import STEP_FORMS, OpenForm, StepForm, step_form
from rights.clocks import Clock
from rights.law.breaches import (
    AUTHORITYS_FORM,
    LOG_RULE,
    NOTICE_RULE,
    TELLING_RULE,
    BreachFacts,
    BreachKind,
    BreachRefused,
    BreachStep,
    NotToldGround,
    Risk,
    hours_left,
    next_step,
    possible_steps,
)
from rights.models import Breach, RightsRequest
from rights.services.breaches import BreachChanged, open_breach

ADD = "rights.add_breach"
CHANGE = "rights.change_breach"
VIEW = "rights.view_breach"

SHOWN = 5
"""On the front page. More open ones than that are in the list."""
SOON_HOURS = 24


def breach_clock(facts: BreachFacts, *, now: datetime) -> Clock:
    """How long is left to notify, in hours. It stops when that is done, or need not be."""
    if facts.notified_at is not None:
        late = facts.notified_at > facts.due_at
        return Clock(gettext("Meldt for sent"), "warn") if late else Clock(gettext("Meldt i tide"), "ok")
    if not facts.owes_notice:
        return Clock(gettext("Skal ikke meldes"), "quiet")
    hours = hours_left(facts, now=now)
    if hours < 0:
        return Clock(
            ngettext("%(hours)d time for sent", "%(hours)d timer for sent", -hours) % {"hours": -hours}, "error"
        )
    if hours == 0:
        return Clock(gettext("Under en time igjen"), "error")
    kind = "warn" if hours <= SOON_HOURS else "quiet"
    return Clock(ngettext("%(hours)d time igjen", "%(hours)d timer igjen", hours) % {"hours": hours}, kind)


class OpenFilter(admin.SimpleListFilter):
    title = _("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("apne", _("Åpne")), ("avsluttet", _("Avsluttet"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Breach]) -> QuerySet[Breach]:
        if self.value() == "apne":
            return queryset.filter(closed_at=None)
        return queryset.exclude(closed_at=None) if self.value() == "avsluttet" else queryset


@admin.register(Breach)
class BreachAdmin(ReadOnlyAdmin):
    menu_order = 20
    change_list_template = "admin/rights/breaches.html"
    list_display = ["number", "next_step", "due", "risk_word", "told", "responsible", "aware_at"]
    list_filter = [OpenFilter]
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Breach]:
        return super().get_queryset(request).select_related("owner").by_urgency()

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"may_open": request.user.has_perm(ADD), **(extra_context or {})})

    def get_urls(self) -> list[URLPattern]:
        def page(route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
            return path(route, self.admin_site.admin_view(view), name=f"rights_breach_{name}")

        return [
            page("ny/", open_page, "open"),
            page("<int:pk>/change/", breach_page, "change"),
            page("<int:pk>/steg/<str:step>/", step_page, "step"),
            *super().get_urls(),
        ]

    @admin.display(description=_("avvik"))
    def number(self, breach: Breach) -> str:
        return gettext("Avvik %(number)d") % {"number": breach.pk}

    @admin.display(description=_("gjør nå"))
    def next_step(self, breach: Breach) -> str:
        step = next_step(breach.facts)
        return gettext(step.label) if step else gettext("Ingenting")

    @admin.display(description=_("meldes senest"), ordering="due_at")
    def due(self, breach: Breach) -> SafeString:
        clock = breach_clock(breach.facts, now=timezone.now())
        return format_html(
            '{}<br><span class="sub quiet">{}</span>', badge(clock.kind, clock.words, "clock"), moment(breach.due_at)
        )

    @admin.display(description=_("risiko"), ordering="risk")
    def risk_word(self, breach: Breach) -> str:
        risk = Risk.of(breach.risk)
        return gettext(risk.label) if risk else badge("warn", gettext("Ikke vurdert"))

    @admin.display(description=_("de det gjelder"))
    def told(self, breach: Breach) -> str:
        if breach.told_on:
            return gettext("Har fått vite det")
        if breach.facts.owes_telling:
            return badge("warn", gettext("Skal få vite det"))
        return gettext("Får ikke beskjed") if breach.telling_left else gettext("Ikke avgjort")

    @admin.display(description=_("ansvarlig"), ordering="owner__name")
    def responsible(self, breach: Breach) -> str:
        return str(breach.owner) if breach.owner else badge("error", gettext("Ingen"))


@require_http_methods(["GET", "HEAD", "POST"])
def open_page(request: HttpRequest) -> HttpResponse:
    """Write a breach in, by itself or from the case it was seen in (`?sak=`)."""
    _need(request, ADD)
    case = _case_of(request)
    now = timezone.now()
    form = OpenForm(request.POST or None, initial={"aware_on": timezone.localdate(now)})
    if request.method == "POST" and form.is_valid():
        try:
            breach = open_breach(case=case.pk if case else None, by=request.user, at=now, **form.told())
        except BreachRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("admin:rights_breach_change", breach.pk)
    context = {
        **admin.site.each_context(request),
        "opts": Breach._meta,
        "title": gettext("Nytt avvik"),
        "form": form,
        "case": case,
        "rule": NOTICE_RULE,
    }
    return _not_cached(request, "admin/rights/breach_new.html", context, 422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD"])
def breach_page(request: HttpRequest, pk: int) -> HttpResponse:
    _need(request, VIEW)
    return _page(request, _found(pk))


@require_POST
def step_page(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Take a step. What is refused comes back on the page with the words that were typed."""
    _need(request, CHANGE)
    if step not in {known.value for known in STEP_FORMS}:
        raise Http404
    breach, now = _found(pk), timezone.now()
    form = step_form(BreachStep(step), version=breach.version, facts=breach.facts, now=now, data=request.POST)
    if not form.is_valid():
        return _page(request, breach, bound=form, status=422)
    try:
        form.take(breach=pk, by=request.user, at=now)
    except BreachRefused as refused:
        form.add_error(None, str(refused))
        changed = isinstance(refused, BreachChanged)
        fresh = _found(pk)
        if changed:
            # Sent once more, it is the breach as it now stands that is changed: the person has seen it.
            form.data = {**form.data.dict(), "version": fresh.version}  # type: ignore[union-attr]
        return _page(request, fresh, bound=form, status=409 if changed else 422)
    messages.success(request, gettext("Gjort: {step}.").format(step=gettext(form.step.plain).lower()))
    return redirect("admin:rights_breach_change", pk)


def breaches_panel(request: HttpRequest) -> Panel | None:
    """The open breaches, for those who handle them: nothing when there are none. One query, however many."""
    if not request.user.has_perm(VIEW):
        return None
    now = timezone.now()
    opened = list(Breach.objects.open().select_related("owner").by_urgency()[: SHOWN + 1])
    if not opened:
        return None
    rows = [(breach, breach_clock(breach.facts, now=now), next_step(breach.facts)) for breach in opened[:SHOWN]]
    return Panel("admin/rights/breaches_panel.html", {"rows": rows, "more": len(opened) > SHOWN})


def _page(request: HttpRequest, breach: Breach, *, bound: StepForm | None = None, status: int = 200) -> HttpResponse:
    now = timezone.now()
    facts = breach.facts
    may_change = request.user.has_perm(CHANGE)
    mine = breach.owner_id == request.user.pk
    steps = [step for step in possible_steps(facts) if may_change and not (mine and step is BreachStep.TAKE)]
    if bound is not None and bound.step not in steps:
        steps.append(bound.step)
    forms = [
        bound
        if bound is not None and bound.step is step
        else step_form(step, version=breach.version, facts=facts, now=timezone.localtime(now))
        for step in steps
    ]
    first = next_step(facts)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "opts": Breach._meta,
        "title": gettext("Avvik {number}").format(number=breach.pk),
        "breach": breach,
        "facts": facts,
        "kinds": [BreachKind(code) for code in breach.kinds],
        "risk": Risk.of(breach.risk),
        "not_told_ground": NotToldGround.of(breach.not_told_ground),
        "clock": breach_clock(facts, now=now),
        "first": next((form for form in forms if form.step is first), None),
        "others": [form for form in forms if form.step is not first],
        "log": breach.events.select_related("by", "words"),
        "may_change": may_change,
        "authoritys_form": AUTHORITYS_FORM.url,
        "notice_rule": NOTICE_RULE,
        "telling_rule": TELLING_RULE,
        "log_rule": LOG_RULE,
    }
    return _not_cached(request, "admin/rights/breach.html", context, status)


def _not_cached(request: HttpRequest, template: str, context: dict[str, Any], status: int) -> HttpResponse:
    response = TemplateResponse(request, template, context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _found(pk: int) -> Breach:
    breach = Breach.objects.select_related("owner").filter(pk=pk).first()
    if breach is None:
        raise Http404
    return breach


def _case_of(request: HttpRequest) -> RightsRequest | None:
    number = request.GET.get("sak", "")
    if not number:
        return None
    case = RightsRequest.objects.without_personal_text().filter(case_number=number[:12].replace("\0", "")).first()
    if case is None:
        raise Http404
    return case


def _need(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


register_panel(8, breaches_panel)
