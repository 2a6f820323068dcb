"""What the list of activities shows of each that is no column of its own."""

from collections import Counter

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mktnorge.templatetags.look import badge
from mktnorge.templatetags.norwegian import day
from processing.admin.activity_filters import UNCONFIRMED
from processing.admin.margin import SIGNS, severity_words
from processing.law.checks import check_register, is_judged
from processing.law.facts import ActivityStatus, Fact
from processing.law.findings import Severity
from processing.law.regimes import LegalRegime
from processing.law.reviews import is_review_due, review_months
from processing.models import Activity
from processing.register import last_edits, register_as_of


class ActivityList(ChangeList):
    """The list, with what each row shows that is not a column of its own, read for all rows at once."""

    def get_results(self, request):
        super().get_results(request)
        edited = last_edits(Activity)
        now = timezone.now()
        register, today = register_as_of(now), timezone.localdate(now)
        found: dict[str, Counter[Severity]] = {}
        for finding in check_register(register, law_on=today):
            found.setdefault(finding.subject, Counter())[finding.severity] += 1
        judged = {record.number: record for record in register.activities if is_judged(record, law_on=today)}
        reviewed = {record.number: record.last_reviewed_on for record in register.activities}
        months = review_months(register.controller)
        for activity in self.result_list:
            activity.last_edited_at = edited.get(activity.pk)
            activity.is_judged = activity.number in judged
            activity.found = found.get(activity.number, Counter())
            activity.last_reviewed_on = reviewed.get(activity.number)
            activity.needs_review = activity.is_judged and is_review_due(
                judged[activity.number], months=months, on=today
            )


class ActivityColumns:
    """Columns of the list. What they read stands on each row of `ActivityList`."""

    @admin.display(description=gettext_lazy("navn"), ordering="name")
    def title(self, activity):
        return activity.name

    @admin.display(description=gettext_lazy("regime"), ordering="regime")
    def regime_words(self, activity):
        regime = LegalRegime.of(activity.regime)
        return regime.label if regime else badge("error", UNCONFIRMED)

    @admin.display(description=gettext_lazy("grunnlag"))
    def bases(self, activity):
        stated = sorted({ground.basis for ground in activity.legalground_set.all()})
        return ", ".join(stated) or badge("quiet", _("Ikke oppgitt"))

    @admin.display(description=gettext_lazy("særlige kategorier"), ordering="special_categories")
    def special(self, activity):
        fact = Fact(activity.special_categories)
        return badge("quiet", fact.label) if fact is Fact.NOT_STATED else fact.label

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def state(self, activity):
        return ActivityStatus(activity.status).label

    @admin.display(description=gettext_lazy("funn"))
    def findings(self, activity):
        """How many findings there are of each kind, as on the page of the activity."""
        if not activity.is_judged:
            return badge("quiet", _("Blir ikke sjekket"))
        shown = [
            badge(SIGNS[severity], severity_words(severity, count), "info" if severity is Severity.INFO else "")
            for severity in Severity
            if (count := activity.found[severity])
        ]
        return format_html_join(" ", "{}", ((one,) for one in shown)) if shown else badge("ok", _("Ingen"))

    @admin.display(description=gettext_lazy("gjennomgang"))
    def reviewed(self, activity):
        """When somebody last looked over all of it, whether it is time again, and when it was last edited."""
        if activity.last_reviewed_on is None:
            words = _("Aldri gått gjennom")
        else:
            words = _("Gått gjennom {day}").format(day=day(activity.last_reviewed_on))
        shown = badge("warn", words) if activity.needs_review else words
        if activity.last_edited_at is None:
            return shown
        return format_html(
            '{}<span class="sub">{}</span>', shown, _("Endret {day}").format(day=day(activity.last_edited_at))
        )
