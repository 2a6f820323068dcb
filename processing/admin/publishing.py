"""The page that publishes the notice: what changes, what is missing, and a reason for what is published over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from processing.admin.drift import changed_rows
from processing.law.coverage import needs_reason
from processing.law.facts import PublishingRule
from processing.law.findings import Finding, Severity
from processing.models import NoticeVersion
from processing.services.drafts import Draft, NothingToPublish, draft_notice
from processing.services.notices import (
    FindingsUnexplained,
    InForceTooEarly,
    StaleDraft,
    TwoPeopleNeeded,
    VersionIncomplete,
    VersionOvertaken,
    publish_notice,
)


@dataclass(frozen=True)
class Group:
    """Findings that say the same. A reason given for the group is recorded on each of them."""

    findings: tuple[Finding, ...]

    @property
    def field(self) -> str:
        first = self.findings[0]
        # Remarks are one rule, and each is a text of its own.
        return "-".join(part for part in ("reason", first.code, first.about) if part)

    @property
    def is_error(self) -> bool:
        return self.findings[0].severity is Severity.ERROR

    @property
    def message(self) -> str:
        return _(self.findings[0].message)

    @property
    def source(self) -> str:
        return str(self.findings[0].source)

    @property
    def subjects(self) -> str:
        return ", ".join(dict.fromkeys(finding.subject or _("virksomheten") for finding in self.findings))


class PublishForm(forms.Form):
    """When, what and why, and one reason for each kind of error. What must be stated is for the service to say."""

    draft = forms.CharField(widget=forms.HiddenInput, max_length=80, required=False)
    in_force_from = forms.DateField(
        label=gettext_lazy("Gjelder fra"),
        widget=AdminDateWidget,
        help_text=gettext_lazy("Dagen utgaven tar over. I dag eller senere."),
    )
    summary = forms.CharField(
        label=gettext_lazy("Hva er endret"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=gettext_lazy(
            "En eller to setninger som alle forstår. De står på siden om endringer, åpent for alle."
        ),
    )
    is_material = forms.TypedChoiceField(
        label=gettext_lazy("Er endringen vesentlig?"),
        widget=forms.RadioSelect,
        choices=[("ja", gettext_lazy("Ja, folk må få beskjed")), ("nei", gettext_lazy("Nei"))],
        coerce=lambda answer: answer == "ja",
        empty_value=None,
        required=False,
        help_text=gettext_lazy(
            "Vesentlig er for eksempel en ny ansvarlig, et nytt formål, nye mottakere eller et nytt land. "
            "Det er også en ny måte å bruke rettighetene på."
        ),
    )
    material_reason = forms.CharField(
        label=gettext_lazy("Hvorfor, eller hvorfor ikke"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        required=False,
        help_text=gettext_lazy("Blir lagret med utgaven. Art. 5 nr. 2."),
    )
    who_is_told = forms.CharField(
        label=gettext_lazy("Hvem får beskjed, og hvordan"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        required=False,
        help_text=gettext_lazy("Bare når endringen er vesentlig. Det er ikke nok at den står på siden. Art. 12 nr. 1."),
    )
    alone_reason = forms.CharField(
        label=gettext_lazy("Hvorfor én person alene"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        required=False,
        help_text=gettext_lazy(
            "Du har selv endret registeret siden forrige utgave, og ingen andre har sett på teksten."
        ),
    )

    def __init__(self, *args: object, draft: Draft, alone: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.groups = _groups(finding for finding in draft.findings if needs_reason(finding))
        if draft.follows is None:
            for name in ("is_material", "material_reason", "who_is_told"):
                del self.fields[name]
        if not alone:
            del self.fields["alone_reason"]
        for group in self.groups:
            self.fields[group.field] = forms.CharField(
                label=_("Hvorfor publisere likevel"),
                widget=forms.Textarea(attrs={"rows": 2}),
                max_length=1000,
                error_messages={"required": _("Skriv hvorfor dere publiserer likevel, eller rett feilen først.")},
            )

    @property
    def reasons(self) -> dict[str, str]:
        """The reason for each finding, by its key."""
        return {finding.key: self.cleaned_data[group.field] for group in self.groups for finding in group.findings}

    @property
    def stated(self) -> dict[str, object]:
        names = ("in_force_from", "summary", "is_material", "material_reason", "who_is_told", "alone_reason", "draft")
        return {name: self.cleaned_data[name] for name in names if name in self.fields}

    def own_fields(self) -> list[forms.BoundField]:
        """The fields of the version itself, in order."""
        names = ("in_force_from", "summary", "is_material", "material_reason", "who_is_told", "alone_reason")
        return [self[name] for name in names if name in self.fields]

    def grouped_fields(self) -> list[tuple[Group, forms.BoundField]]:
        return [(group, self[group.field]) for group in self.groups]


@require_http_methods(["GET", "HEAD", "POST"])
def publish_page(request: HttpRequest) -> HttpResponse:
    """GET shows the draft and asks; POST publishes. Needs the permission to add a version."""
    if not request.user.has_perm("processing.add_noticeversion"):
        raise PermissionDenied
    now = timezone.now()
    day = _asked_day(request.POST.get("in_force_from", "")) or timezone.localdate(now)
    context = {
        **admin.site.each_context(request),
        "opts": NoticeVersion._meta,
        "title": _("Publiser erklæringen"),
    }
    try:
        draft = draft_notice(at=now, in_force_from=day)
    except NothingToPublish as refusal:
        context["refusal"] = str(refusal)
        return TemplateResponse(request, "admin/processing/publish_notice.html", context)
    edited = draft.is_edited_by(request.user)
    needs_another = edited and draft.register.controller.publishing_rule is PublishingRule.TWO
    asked = {"draft": draft, "alone": edited and not needs_another}
    if request.method == "POST":
        form = PublishForm(request.POST, **asked)
        if form.is_valid() and _publish(request, form, now):
            return redirect("admin:processing_noticeversion_changelist")
        # What is shown again is the draft as it is now: sending it once more publishes that.
        form.data = form.data.copy()
        form.data["draft"] = draft.token
    else:
        before = draft.follows.alone_reason if draft.follows else ""
        initial = {"in_force_from": day, "draft": draft.token, "alone_reason": before}
        form = PublishForm(initial=initial, **asked)
    differences = draft.differences
    context |= {
        "form": form,
        "draft": draft,
        "needs_another": needs_another,
        "changes": draft.changes,
        "differences": differences,
        "visible": sum(difference.is_visible for difference in differences),
        "changed_rows": changed_rows(differences, draft.register),
        "lacking": [part for part in draft.coverage if part.missing],
        "covered": [part for part in draft.coverage if not part.missing],
        "others": _groups(
            finding for finding in draft.findings if finding.severity is Severity.WARNING and not needs_reason(finding)
        ),
    }
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "admin/processing/publish_notice.html", context, status=status)


def _publish(request: HttpRequest, form: PublishForm, at: datetime) -> bool:
    """Publish, or put the refusal where the person can act on it."""
    try:
        version = publish_notice(by=request.user, at=at, reasons=form.reasons, **form.stated)
    except InForceTooEarly as refusal:
        form.add_error("in_force_from", str(refusal))
        return False
    except VersionIncomplete as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    except (NothingToPublish, StaleDraft, VersionOvertaken, TwoPeopleNeeded, FindingsUnexplained) as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Utgave {number} er publisert.").format(number=version.number))
    return True


def _asked_day(written: str) -> date | None:
    """The day the version is to take effect, as far as it can be read: it decides the text, and which law is asked."""
    try:
        return forms.DateField().clean(written)
    except forms.ValidationError:
        return None


def _groups(findings: Iterable[Finding]) -> tuple[Group, ...]:
    """The findings by what they say, in the order in which it is first said."""
    alike: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        alike.setdefault((finding.code, finding.message), []).append(finding)
    return tuple(Group(tuple(found)) for found in alike.values())
