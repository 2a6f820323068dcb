"""Impact assessments (Art. 35): where two criteria of risk meet, the register holds a reasoned answer (R-35)."""

from processing.law.completeness import names_special_categories
from processing.law.facts import Fact
from processing.law.findings import Severity
from processing.law.kinds import CLIENTS, is_about, is_recording, is_tracking, is_video, keeps_journal
from processing.law.records import ActivityRecord
from processing.law.rules import ActivityRule, once
from processing.law.sources import gdpr
from processing.law.terms import N_


def calls_for_screening(activity: ActivityRecord) -> bool:
    """True for sensitive data together with another criterion: patients, recording, live video, or tracking."""
    if not names_special_categories(activity):
        return False
    of_patients = keeps_journal(activity) and is_about(activity, CLIENTS)
    return of_patients or is_recording(activity) or is_video(activity) or is_tracking(activity)


ACTIVITY_RULES = (
    ActivityRule(
        code="35-screening-missing",
        severity=Severity.WARNING,
        field="dpia_needed",
        message=N_("Vurder om dere må gjøre en vurdering av personvernkonsekvenser, og skriv svaret og grunnen."),
        source=gdpr("art. 35 nr. 1"),
        where=lambda activity, reading: once(activity.dpia_needed is Fact.NOT_STATED and calls_for_screening(activity)),
    ),
    ActivityRule(
        code="35-reason-missing",
        severity=Severity.WARNING,
        field="dpia_needed",
        message=N_("Svaret på om det trengs en vurdering av personvernkonsekvenser, mangler en grunn. Skriv den."),
        source=gdpr("art. 35 nr. 1"),
        where=lambda activity, reading: once(
            activity.dpia_needed is not Fact.NOT_STATED and not activity.dpia_note and calls_for_screening(activity)
        ),
    ),
)
