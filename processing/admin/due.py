"""The page «Til sletting eller gjennomgang», and the list of what has been confirmed there."""

from dataclasses import dataclass, field

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from mktnorge.admin_site import ReadOnlyAdmin
from processing.law.due import DueAction, RetentionOutcome, Undated, undated
from processing.models import Activity, Confirmation
from processing.register import register_as_of
from processing.services.retention import (
    Holdings,
    JournalNotDeleted,
    NoLongerDue,
    ReasonMissing,
    confirm_retention,
    due_holdings,
)

LATEST = 10
"""How many confirmations the page shows; the list has them all."""


class ConfirmForm(forms.Form):
    key = forms.CharField(widget=forms.HiddenInput, max_length=40)
    outcome = forms.ChoiceField(
        label=gettext_lazy("Hva gjorde du"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Velg hva du gjorde.")},
    )
    note = forms.CharField(
        label=gettext_lazy("Merknad"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        required=False,
        help_text=gettext_lazy("Hva og hvor mye. Skriv ikke navn på klienter. Den kan ikke endres etterpå."),
    )

    def __init__(self, data: object = None, *, holdings: Holdings) -> None:
        key = holdings.item.key
        super().__init__(data, auto_id=f"id_{slugify(key.replace(':', '-'))}_%s", initial={"key": key})
        choices = [(outcome.value, _(outcome.plain)) for outcome in RetentionOutcome if holdings.item.accepts(outcome)]
        if holdings.item.action is DueAction.DELETE:
            choices = [choice for choice in choices if choice[0] != RetentionOutcome.REVIEWED.value]
        self.fields["outcome"].choices = choices  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Shown:
    """Holdings on the page, with the form that confirms them for those who may."""

    holdings: Holdings
    address: str
    form: ConfirmForm | None

    @property
    def anchor(self) -> str:
        return slugify(self.holdings.item.key.replace(":", "-"))


@dataclass
class Section:
    heading: str
    about: str
    rows: list[Shown] = field(default_factory=list)


@require_http_methods(["GET", "HEAD", "POST"])
def due_page(request: HttpRequest) -> HttpResponse:
    """GET shows what is due today to all who may read the register; POST confirms one of them.

    Confirming needs the permission to add a confirmation.
    """
    if not request.user.has_perm("processing.view_activity"):
        raise PermissionDenied
    may_confirm = request.user.has_perm("processing.add_confirmation")
    if request.method == "POST" and not may_confirm:
        raise PermissionDenied
    now = timezone.now()
    register = register_as_of(now)
    found = due_holdings(register, on=timezone.localdate(now))
    sent = None
    if request.method == "POST":
        holdings = next((one for one in found if one.item.key == request.POST.get("key")), None)
        if holdings is None:
            messages.error(request, str(NoLongerDue()))
            return redirect("admin:processing_due")
        sent = ConfirmForm(request.POST, holdings=holdings)
        if sent.is_valid() and _confirmed(request, sent, holdings):
            return redirect("admin:processing_due")
    addresses = {
        number: reverse("admin:processing_activity_change", args=[key])
        for number, key in Activity.objects.values_list("number", "pk")
    }
    sections = {
        DueAction.DELETE: Section(_("Til sletting"), _("Tiden som regelen gir, er ute. Slett det der det ligger.")),
        DueAction.REVIEW: Section(_("Til gjennomgang"), _("Noen må se på det. Journaler blir aldri slettet herfra.")),
    }
    for one in found:
        form = None
        if may_confirm:
            form = sent if sent and sent.data.get("key") == one.item.key else ConfirmForm(holdings=one)
        sections[one.item.action].rows.append(Shown(one, addresses.get(one.item.activity.number, ""), form))
    context = {
        **admin.site.each_context(request),
        "title": _("Til sletting eller gjennomgang"),
        "opts": Confirmation._meta,
        "sections": [section for section in sections.values() if section.rows],
        "undated": [(one, addresses.get(one.activity.number, "")) for one in _in_order(undated(register))],
        "confirmations": Confirmation.objects.order_by("-pk")[:LATEST],
        "failed": sent,
    }
    return TemplateResponse(request, "admin/processing/due.html", context, status=422 if sent else 200)


def _confirmed(request: HttpRequest, form: ConfirmForm, holdings: Holdings) -> bool:
    """Confirm, or put the refusal where the person can act on it."""
    try:
        confirm_retention(
            key=form.cleaned_data["key"],
            outcome=RetentionOutcome(form.cleaned_data["outcome"]),
            note=form.cleaned_data["note"],
            by=request.user,
            at=timezone.now(),
        )
    except ReasonMissing as refusal:
        form.add_error("note", str(refusal))
    except (NoLongerDue, JournalNotDeleted) as refusal:
        form.add_error(None, str(refusal))
    else:
        messages.success(request, _("Bekreftet: {what}.").format(what=holdings.what))
        return True
    return False


def _in_order(found: tuple[Undated, ...]) -> list[Undated]:
    """What somebody should put right comes before what is as it should be."""
    return sorted(found, key=lambda one: one.reason == "at_once")


@admin.register(Confirmation)
class ConfirmationAdmin(ReadOnlyAdmin):
    """What has been confirmed, for looking. It is done on the page «Til sletting eller gjennomgang»."""

    menu_order = 70
    list_display = ["activity_number", "what", "outcome", "confirmed_at", "confirmer_name"]
    list_display_links = ["what"]
    list_filter = ["outcome", "activity_number"]
    search_fields = ["what", "note"]
    ordering = ["-confirmed_at", "-pk"]
    change_list_template = "admin/processing/confirmation_list.html"
    fields = ["activity_number", "what", "action", "due_on", "outcome", "note", "confirmed_at", "confirmer_name"]
