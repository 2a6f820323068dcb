"""Impact assessments (Art. 35 and 36): where two criteria of risk meet, there is a reasoned answer, and what follows.

What is asked first is whether an assessment is needed: `dpia_needed`, with `dpia_note` for the reason and the answers
to the nine criteria of WP248 as what it rests on (R-35).
"""

from processing.law.assessments import CRITERIA_THAT_MEET, ImpactOutcome
from processing.law.completeness import names_special_categories
from processing.law.facts import Fact
from processing.law.findings import Severity
from processing.law.kinds import CLIENTS, is_about, is_recording, is_tracking, is_video, keeps_journal
from processing.law.records import ActivityRecord
from processing.law.rules import ActivityRule, Reading, Where, once
from processing.law.sources import gdpr
from processing.law.standing import of_part, where_standing
from processing.law.terms import N_


def calls_for_screening(activity: ActivityRecord) -> bool:
    """True where two criteria meet: as answered, or as sensitive data of patients, on record, on video or in tracking.

    A criterion that may be met counts as met.
    """
    met = [answer for answer in activity.screening if answer.answer in {Fact.YES, Fact.POSSIBLE}]
    if len(met) >= CRITERIA_THAT_MEET:
        return True
    if not names_special_categories(activity):
        return False
    of_patients = keeps_journal(activity) and is_about(activity, CLIENTS)
    return of_patients or is_recording(activity) or is_video(activity) or is_tracking(activity)


def _not_consulted(activity: ActivityRecord, reading: Reading) -> Where:
    return where_standing(
        activity.impact_assessments,
        of_part,
        lambda found: found.conclusion is ImpactOutcome.HIGH and found.consulted_on is None,
    )


def _parts_missing(activity: ActivityRecord, reading: Reading) -> Where:
    return where_standing(
        activity.impact_assessments,
        of_part,
        lambda found: (
            found.concluded_on is not None
            and not found.reference
            and not all((found.description, found.necessity, found.risks, found.measures))
        ),
    )


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
    ActivityRule(
        code="35-assessment-missing",
        field="dpia_needed",
        message=N_(
            "Svaret er at konsekvensene må vurderes, og det skal skje før bruken begynner. "
            "Gjør vurderingen, og før den opp med konklusjon."
        ),
        source=gdpr("art. 35 nr. 1"),
        where=lambda activity, reading: once(
            activity.dpia_needed is Fact.YES
            and all(assessment.concluded_on is None for assessment in activity.impact_assessments)
        ),
    ),
    ActivityRule(
        code="35-7-part-missing",
        severity=Severity.WARNING,
        field="impact_assessments",
        message=N_(
            "En vurdering har fire deler: beskrivelse, nødvendighet, risiko og tiltak. "
            "Skriv dem, eller skriv hvor dokumentet ligger."
        ),
        source=gdpr("art. 35 nr. 7"),
        where=_parts_missing,
    ),
    ActivityRule(
        code="36-consultation-missing",
        field="impact_assessments",
        message=N_("Risikoen er fortsatt høy. Be Datatilsynet om forhåndsdrøfting før dere går videre, eller stans."),
        source=gdpr("art. 36 nr. 1"),
        where=_not_consulted,
    ),
)
