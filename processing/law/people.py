"""The people behind the data: children, identity numbers, those who did not give the data themselves, and the contact.

Nobody can tell from silence whether a clinic treats children. A row that says no is an answer, and ends the question.
"""

from processing.law.facts import Fact
from processing.law.findings import Severity
from processing.law.kinds import (
    ID_NUMBER,
    MINORS,
    THIRD_PERSONS,
    answers_for_data,
    cites,
    is_about,
    keeps_journal,
    names_data,
)
from processing.law.records import ActivityRecord
from processing.law.rules import (
    ActivityRule,
    CompanyRule,
    ControllerRule,
    Reading,
    RegisterRule,
    Where,
    once,
    positions,
)
from processing.law.sources import gdpr, statute
from processing.law.statutes import PATIENTS_RIGHTS, PERSONAL_DATA
from processing.law.terms import N_

SHORTEST_MONTH = 28


def _children_not_answered(activity: ActivityRecord, reading: Reading) -> Where:
    answered = any(row.presence is not Fact.NOT_STATED and MINORS.search(row.subject.name) for row in activity.data)
    return once(keeps_journal(activity) and not answered)


def _third_persons_without_source(activity: ActivityRecord, reading: Reading) -> Where:
    return once(
        is_about(activity, THIRD_PERSONS)
        and bool(activity.sources)
        and all(source.kind.is_the_person for source in activity.sources)
    )


def _groups_not_listed(reading: Reading) -> Where:
    used = {
        row.subject.code
        for activity in reading.register.activities
        for row in activity.data
        if row.presence is not Fact.NO
    }
    return positions(
        group.code in used and group.listed_in_notice is Fact.NO for group in reading.register.subject_categories
    )


COMPANY_RULES: tuple[CompanyRule, ...] = (
    ControllerRule(
        code="12-2-contact-missing",
        severity=Severity.INFO,
        field="contact_person",
        message=N_("Før opp telefon og en kontakt for personvern. Ingen skal måtte bruke et skjema for å nå dere."),
        source=gdpr("art. 12 nr. 2"),
        gaps=("G23",),
        where=lambda company, reading: once(not company.phone or not (company.contact_person or company.contact_role)),
    ),
    RegisterRule(
        code="30-1-c-group-not-listed",
        severity=Severity.WARNING,
        field="subject_categories",
        message=N_("Dere har opplysninger om disse, men de mangler i listen over personer. Før dem opp."),
        source=gdpr("art. 30 nr. 1 bokstav c"),
        gaps=("G31",),
        where=_groups_not_listed,
    ),
    ControllerRule(
        code="12-3-promise-too-long",
        severity=Severity.WARNING,
        field="answer_within_days",
        message=N_(
            "Loven sier én måned, og den kan være så kort som 28 dager. Lov høyst det, eller skriv «innen en måned»."
        ),
        source=gdpr("art. 12 nr. 3"),
        gaps=("G34",),
        where=lambda company, reading: once((company.answer_within_days or 0) > SHORTEST_MONTH),
    ),
)

ACTIVITY_RULES = (
    ActivityRule(
        code="12-id-number-not-answered",
        severity=Severity.WARNING,
        field="data",
        message=N_("Svar på om journalen har fødselsnummer. Før opp en rad for det, også når svaret er nei."),
        source=statute("Personopplysningsloven", "§ 12", PERSONAL_DATA.source),
        gaps=("G18",),
        where=lambda activity, reading: once(keeps_journal(activity) and not answers_for_data(activity, ID_NUMBER)),
    ),
    ActivityRule(
        code="12-id-number-without-need",
        severity=Severity.WARNING,
        field="data",
        message=N_(
            "Fødselsnummer krever saklig behov. Vis til personopplysningsloven § 12 ved grunnlaget, eller slett det."
        ),
        source=statute("Personopplysningsloven", "§ 12", PERSONAL_DATA.source),
        where=lambda activity, reading: once(
            names_data(activity, ID_NUMBER) and not cites(activity, PERSONAL_DATA, "12")
        ),
    ),
    ActivityRule(
        code="minors-not-answered",
        severity=Severity.WARNING,
        field="data",
        message=N_(
            "Svar på om dere tar imot klienter under 18 år. Før opp en rad for barn og unge, også når svaret er nei. "
            "Er svaret ja, trengs en egen, enkel tekst for dem."
        ),
        source=statute("Pasient- og brukerrettighetsloven", "§§ 3-4 og 4-3", PATIENTS_RIGHTS.source),
        gaps=("G19",),
        where=_children_not_answered,
    ),
    ActivityRule(
        code="14-source-of-third-persons",
        severity=Severity.WARNING,
        field="sources",
        message=N_(
            "Her er det opplysninger om andre enn den som gir dem. Før opp alle kilder, også henviser og pårørende. "
            "Da gjelder art. 14."
        ),
        source=gdpr("art. 14 nr. 1 og nr. 2 bokstav f"),
        gaps=("G20",),
        where=_third_persons_without_source,
    ),
)
