"""The page that shows what the program believes the law to be, on any day, and when somebody last checked it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from mktnorge.templatetags.norwegian import day
from processing.law.adequacy import AdequacyDecision
from processing.law.countries import country_name
from processing.law.dated import GDPR_IN_NORWAY_FROM, DatedFact
from processing.law.lawbook import CHAPTERS, Standing
from processing.law.statutes import STATUTES, Provision, Statute

SIGNS = {Standing.HOLDS: "ok", Standing.ENDED: "error", Standing.COMING: "quiet"}
SHARED_NAMES = frozenset(name for name, count in Counter(one.name for one in STATUTES).items() if count > 1)


class LookUpForm(forms.Form):
    dag = forms.DateField(
        label=gettext_lazy("Loven på denne dagen"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "invalid": gettext_lazy("Skriv dagen slik: 2019-05-01. Da står år, måned og dag i rekkefølge.")
        },
    )
    sok = forms.CharField(
        label=gettext_lazy("Finn"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("En lov, en paragraf eller et land."),
    )


@dataclass(frozen=True)
class Entry:
    """One fact of law as it stands on the page. `checked_by` is the day by which a fact must not be old."""

    fact: DatedFact
    on: date
    checked_by: date

    @property
    def is_section(self) -> bool:
        return isinstance(self.fact, Provision)

    @property
    def title(self) -> str:
        if isinstance(self.fact, Provision):
            return f"§ {self.fact.section}"
        if isinstance(self.fact, Statute):
            return _statute_name(self.fact)
        return _(self.fact.name)

    @property
    def text(self) -> str:
        """What it says, or whom it covers, where the title does not."""
        if isinstance(self.fact, Provision):
            return _(self.fact.name)
        return _(self.fact.scope) if isinstance(self.fact, AdequacyDecision) and self.fact.scope else ""

    @property
    def standing(self) -> str:
        return Standing.of_fact(self.fact, on=self.on).label

    @property
    def sign(self) -> str:
        return SIGNS[Standing.of_fact(self.fact, on=self.on)]

    @property
    def period(self) -> str:
        """From its first day to its last, as far as they are known."""
        first, last = self.fact.valid_from, self.fact.valid_to
        if first and last:
            return f"{day(first)} – {day(last)}"
        if last:
            return _("Til {day}").format(day=day(last))
        return _("Fra {day}").format(day=day(first)) if first else _("Alltid")

    @property
    def place(self) -> str:
        """Who publishes the text: the host of the source."""
        return urlsplit(self.fact.source).hostname or ""

    @property
    def is_stale(self) -> bool:
        return self.fact.is_stale(self.checked_by)

    @property
    def full_title(self) -> str:
        """The title where nothing stands around it."""
        if isinstance(self.fact, Provision):
            return f"{_statute_name(self.fact.statute)} {self.title}"
        return self.title

    def has(self, words: str) -> bool:
        """True when each of `words`, in any case, is in what a person would look it up by."""
        looked_up = [self.full_title, self.text]
        if isinstance(self.fact, Statute):
            looked_up += self.fact.names
        if isinstance(self.fact, AdequacyDecision):
            looked_up += [self.fact.country, _(country_name(self.fact.country))]
        text = " ".join(looked_up).casefold()
        return all(word in text for word in words.casefold().split())


@require_safe
def law_page(request: HttpRequest) -> HttpResponse:
    """What the program believes the law to be on `dag`, an Oslo date, or today. For all who may read the register.

    A day that is no date is answered with 400 and what to write. `sok` leaves the entries that have all its words.
    """
    if not request.user.has_perm("processing.view_activity"):
        raise PermissionDenied
    today = timezone.localdate()
    form = LookUpForm({"dag": today.isoformat(), **request.GET.dict()})
    context = {
        **admin.site.each_context(request),
        "title": _("Loven i programmet"),
        "form": form,
        "today": today,
        "gdpr_from": GDPR_IN_NORWAY_FROM,
    }
    if form.has_error("dag"):
        # A date control shows nothing that is not a date, and the person must see what was asked.
        form.fields["dag"].widget.input_type = "text"
    if form.is_valid():
        context |= _looked_up(form.cleaned_data["dag"] or today, form.cleaned_data["sok"], today)
    return TemplateResponse(request, "admin/processing/law.html", context, status=200 if form.is_valid() else 400)


def _looked_up(on: date, words: str, today: date) -> dict[str, object]:
    # What was law years ago is still known no better than when it was last checked.
    checked_by = max(on, today)
    chapters = [(chapter, [Entry(fact, on, checked_by) for fact in chapter.facts]) for chapter in CHAPTERS]
    everything = [entry for _chapter, entries in chapters for entry in entries]
    found = [(chapter, [entry for entry in entries if entry.has(words)]) for chapter, entries in chapters]
    return {
        "on": on,
        "words": words,
        "checked_by": checked_by,
        "chapters": [(chapter, entries) for chapter, entries in found if entries],
        "stale": [entry for entry in everything if entry.is_stale],
        "oldest": min(entry.fact.checked_on for entry in everything),
        "count": len(everything),
        "holding": sum(entry.fact.holds_on(on) for entry in everything),
        "unsure": sum(not entry.fact.certain for entry in everything),
    }


def _statute_name(statute: Statute) -> str:
    return f"{_(statute.name)} ({statute.year})" if statute.name in SHARED_NAMES else _(statute.name)
