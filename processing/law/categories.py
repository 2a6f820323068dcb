"""Special categories and criminal offences (Art. 9 and 10): whether the stated condition can carry what is there."""

from processing.law.bases import SpecialCategory, SpecialCategoryGround
from processing.law.completeness import names_special_categories
from processing.law.facts import Fact
from processing.law.findings import Severity
from processing.law.kinds import APPLICANTS, EMPLOYEES, SELF_EMPLOYED, cites, people_in
from processing.law.parties import SourceKind
from processing.law.records import ActivityRecord, SpecialGroundRecord
from processing.law.rules import ActivityRule, CompanyRule, Reading, RegisterRule, Where, once, positions
from processing.law.sources import gdpr, statute
from processing.law.statutes import PERSONAL_DATA, WORKING_ENVIRONMENT, recognise
from processing.law.terms import N_


def _misfit(activity: ActivityRecord, ground: SpecialGroundRecord) -> bool:
    people = people_in(activity)
    if ground.condition is SpecialCategoryGround.EMPLOYMENT_LAW:
        if any(SELF_EMPLOYED.search(group.name) for group in people):
            return True
        leans_on_labour_law = any(
            citation.cites(PERSONAL_DATA, "6") or citation.cites(WORKING_ENVIRONMENT)
            for citation in recognise(ground.national_law)
        )
        return not leans_on_labour_law and not any(EMPLOYEES.search(group.name) for group in people)
    if ground.condition is SpecialCategoryGround.HEALTH_CARE:
        return bool(people) and all(
            SELF_EMPLOYED.search(group.name) or APPLICANTS.search(group.name) or EMPLOYEES.search(group.name)
            for group in people
        )
    return False


def _misfits(activity: ActivityRecord, reading: Reading) -> Where:
    return positions(_misfit(activity, ground) for ground in activity.special_grounds)


def _law_missing(activity: ActivityRecord, reading: Reading) -> Where:
    return positions(
        ground.condition.needs_national_law and not ground.national_law and not _misfit(activity, ground)
        for ground in activity.special_grounds
    )


def _secrecy_not_stated(reading: Reading) -> Where:
    company = reading.register.controller
    used = any(
        ground.condition is SpecialCategoryGround.HEALTH_CARE
        for activity in reading.register.activities
        for ground in activity.special_grounds
    )
    return once(used and company is not None and company.professional_secrecy is not Fact.YES)


def _offences_without_law(activity: ActivityRecord, reading: Reading) -> Where:
    there = any(
        row.category.special_category is SpecialCategory.CRIMINAL_OFFENCE and row.presence is not Fact.NO
        for row in activity.data
    )
    return once(there and not cites(activity, PERSONAL_DATA, "11"))


COMPANY_RULES: tuple[CompanyRule, ...] = (
    RegisterRule(
        code="9-3-secrecy-not-stated",
        severity=Severity.WARNING,
        field="professional_secrecy",
        message=N_("Vilkåret om helsetjenester krever taushetsplikt. Bekreft at alle som bruker det, har det."),
        source=gdpr("art. 9 nr. 3"),
        where=_secrecy_not_stated,
    ),
)

ACTIVITY_RULES = (
    ActivityRule(
        code="9-1-contradicted",
        severity=Severity.WARNING,
        field="special_categories",
        message=N_("Svaret er nei, men radene viser opplysninger om helse, tro eller lignende. Rett det ene."),
        source=gdpr("art. 9 nr. 1"),
        where=lambda activity, reading: once(
            activity.special_categories is Fact.NO and names_special_categories(activity)
        ),
    ),
    ActivityRule(
        code="9-1-notes-of-therapist",
        severity=Severity.WARNING,
        field="special_categories",
        message=N_(
            "Dette kommer fra behandleren. Kan noen hos dere vite hvem det gjelder, er det opplysninger om helse."
        ),
        source=gdpr("art. 4 nr. 1 og art. 9 nr. 1"),
        gaps=("G17",),
        where=lambda activity, reading: once(
            activity.special_categories is Fact.NO
            and not names_special_categories(activity)
            and any(source.kind is SourceKind.THERAPIST for source in activity.sources)
        ),
    ),
    ActivityRule(
        code="9-2-working-life",
        severity=Severity.WARNING,
        field="special_grounds",
        message=N_(
            "Vilkåret passer ikke for disse personene. Bokstav b gjelder plikter i arbeidsretten, "
            "og bokstav h bedriftshelse. Se personopplysningsloven § 6, eller la være å samle inn slikt."
        ),
        source=gdpr("art. 9 nr. 2 bokstav b og h"),
        gaps=("G24",),
        where=_misfits,
    ),
    ActivityRule(
        code="9-2-law-missing",
        severity=Severity.WARNING,
        field="special_grounds",
        message=N_("Vilkåret trenger en norsk lov å bygge på. Skriv lov og paragraf."),
        source=gdpr("art. 9 nr. 2"),
        where=_law_missing,
    ),
    ActivityRule(
        code="10-offences-without-law",
        field="special_grounds",
        message=N_("Det er med straffbare forhold. Vis at personopplysningsloven § 11 gir lov til det."),
        source=statute("Personopplysningsloven", "§ 11", PERSONAL_DATA.source),
        where=_offences_without_law,
    ),
)
