"""The page that publishes the notice: the draft, what is wrong with it, and a reason for each kind of error."""

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

from processing.law.findings import Finding, Severity
from processing.models import NoticeVersion
from processing.register import register_as_of
from processing.services.notices import (
    FindingsUnexplained,
    InForceTooEarly,
    NothingToPublish,
    StaleDraft,
    draft_hash,
    findings_at_publication,
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
    def message(self) -> str:
        return _(self.findings[0].message)

    @property
    def source(self) -> str:
        return str(self.findings[0].source)

    @property
    def subjects(self) -> str:
        return ", ".join(dict.fromkeys(finding.subject or _("virksomheten") for finding in self.findings))


class PublishForm(forms.Form):
    """When and why, and one reason for each kind of error."""

    draft_sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    in_force_from = forms.DateField(
        label=gettext_lazy("Gjelder fra"),
        widget=AdminDateWidget,
        help_text=gettext_lazy("Dagen utgaven tar over. I dag eller senere."),
    )
    summary = forms.CharField(
        label=gettext_lazy("Hva er endret"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=gettext_lazy("En eller to setninger som alle forstår. De blir stående i listen over utgaver."),
    )

    def __init__(self, *args: object, groups: tuple[Group, ...], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.groups = groups
        for group in groups:
            self.fields[group.field] = forms.CharField(
                label=_("Hvorfor publisere likevel"),
                widget=forms.Textarea(attrs={"rows": 2}),
                max_length=1000,
                error_messages={"required": _("Skriv hvorfor dere publiserer likevel, eller rett feilen først.")},
            )

    def reasons(self) -> dict[str, str]:
        """The reason for each finding, by its key."""
        return {finding.key: self.cleaned_data[group.field] for group in self.groups for finding in group.findings}

    def grouped_fields(self) -> list[tuple[Group, forms.BoundField]]:
        return [(group, self[group.field]) for group in self.groups]


@require_http_methods(["GET", "HEAD", "POST"])
def publish_page(request: HttpRequest) -> HttpResponse:
    """GET shows the draft and asks; POST publishes. Needs the permission to add a version."""
    if not request.user.has_perm("processing.add_noticeversion"):
        raise PermissionDenied
    now = timezone.now()
    register = register_as_of(now)
    in_force_from = _asked_day(request.POST.get("in_force_from", "")) or timezone.localdate(now)
    findings = findings_at_publication(register, in_force_from=in_force_from)
    groups = _groups(finding for finding in findings if finding.severity is Severity.ERROR)
    if request.method == "POST":
        form = PublishForm(request.POST, groups=groups)
        if form.is_valid() and _publish(request, form, now):
            return redirect("admin:processing_noticeversion_changelist")
        # What is shown again is the draft as it is now: sending it once more publishes that.
        form.data = form.data.copy()
        form.data["draft_sha256"] = draft_hash(register, on=timezone.localdate(now))
    else:
        today = timezone.localdate(now)
        form = PublishForm(
            groups=groups, initial={"in_force_from": today, "draft_sha256": draft_hash(register, on=today)}
        )
    context = {
        **admin.site.each_context(request),
        "opts": NoticeVersion._meta,
        "title": _("Publiser erklæringen"),
        "form": form,
        "latest": NoticeVersion.objects.latest_first().first(),
        "activities": register.activities_on(timezone.localdate(now)),
        "warnings": _groups(finding for finding in findings if finding.severity is Severity.WARNING),
    }
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "admin/processing/publish_notice.html", context, status=status)


def _publish(request: HttpRequest, form: PublishForm, at: datetime) -> bool:
    """Publish, or put the refusal where the person can act on it."""
    try:
        version = publish_notice(
            by=request.user,
            at=at,
            in_force_from=form.cleaned_data["in_force_from"],
            summary=form.cleaned_data["summary"],
            reasons=form.reasons(),
            draft_sha256=form.cleaned_data["draft_sha256"] or None,
        )
    except InForceTooEarly as refusal:
        form.add_error("in_force_from", str(refusal))
        return False
    except (NothingToPublish, StaleDraft, FindingsUnexplained) as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Utgave {number} er publisert.").format(number=version.number))
    return True


def _asked_day(written: str) -> date | None:
    """The day the version is to take effect, as far as it can be read: it decides which law is asked."""
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
