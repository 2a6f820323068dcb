"""What Art. 30(1)(a)–(g) asks a controller's register to state, and what else every activity must state to be read.

One row a rule: where it stands, what to do, the provision. Nothing here judges what *is* stated; the rules that do
have rooms of their own.
"""

from processing.law.bases import SpecialCategory
from processing.law.dated import a_year_after
from processing.law.facts import Fact, StatementTopic
from processing.law.findings import Finding, Severity
from processing.law.kinds import SOCIAL_MEDIA, is_direct_marketing, keeps_journal
from processing.law.parties import JointControllerStatus
from processing.law.records import ActivityRecord, JointControllerRecord, Register
from processing.law.regimes import LegalRegime
from processing.law.rules import (
    ONCE,
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
from processing.law.statutes import HEALTH_PERSONNEL
from processing.law.terms import N_
from processing.law.transfers import TransferTool, is_outside_eea

COUNTRY_MISSING = N_("Oppgi hvilket land opplysningene kan komme til. Utenfor EØS trengs også et overføringsgrunnlag.")
HEALTH_PERSONNEL_ON_JOURNALS = statute("Helsepersonelloven", "§§ 42–44", HEALTH_PERSONNEL.source)


def missing_particulars(activity: ActivityRecord, register: Register) -> tuple[Finding, ...]:
    """Return what the activity does not state, in the order of Art. 30(1).

    What `register` states for all of the company's activities (general measures, transfers) counts for this one.
    """
    reading = Reading(register=register, law_on=register.moment.date())
    return tuple(finding for rule in ACTIVITY_RULES for finding in rule.findings(activity, reading))


def has_special_categories(activity: ActivityRecord) -> bool:
    """True when the activity states, or a data category it names shows, that Art. 9 data is or may be there."""
    return activity.special_categories in {Fact.YES, Fact.POSSIBLE} or names_special_categories(activity)


def names_special_categories(activity: ActivityRecord) -> bool:
    """True when a data category that is or may be there is one of Art. 9(1)."""
    return any(
        row.presence is not Fact.NO and row.category.special_category not in {None, SpecialCategory.CRIMINAL_OFFENCE}
        for row in activity.data
    )


def _countries_missing(activity: ActivityRecord, reading: Reading) -> Where:
    if activity.transfers:
        return positions(not row.country for row in activity.transfers)
    said = activity.transfers_outside_eea in {Fact.YES, Fact.POSSIBLE}
    return once(said and not any(row.country for row in reading.register.transfers))


def _safeguards_undocumented(activity: ActivityRecord, reading: Reading) -> Where:
    return positions(row.tool is TransferTool.DEROGATION and not row.documentation for row in activity.transfers)


def _retention_missing(activity: ActivityRecord, reading: Reading) -> Where:
    if not activity.retention:
        return ONCE
    return positions(not rule.is_stated for rule in activity.retention)


def _recipients_missing(activity: ActivityRecord, reading: Reading) -> Where:
    # That nobody receives anything has no field of its own: it is stated in words.
    in_words = any(statement.topic is StatementTopic.SHARING for statement in activity.statements)
    return once(not activity.disclosures and not in_words)


ACTIVITY_RULES = (
    ActivityRule(
        code="30-1-b-purpose-missing",
        field="purposes",
        message=N_("Skriv hvorfor dere bruker opplysningene. Ett formål i hver rad."),
        source=gdpr("art. 30 nr. 1 bokstav b"),
        where=lambda activity, reading: once(not activity.purposes),
    ),
    ActivityRule(
        code="30-1-c-data-missing",
        field="data",
        message=N_("Skriv hvilke opplysninger det er, og hvem de handler om."),
        source=gdpr("art. 30 nr. 1 bokstav c"),
        where=lambda activity, reading: once(not activity.data),
    ),
    ActivityRule(
        code="30-1-c-special-not-stated",
        severity=Severity.WARNING,
        field="special_categories",
        message=N_("Svar på om det er med opplysninger om helse, tro eller lignende. Nei er også et svar."),
        source=gdpr("art. 9 nr. 1"),
        where=lambda activity, reading: once(
            activity.special_categories is Fact.NOT_STATED and not has_special_categories(activity)
        ),
    ),
    ActivityRule(
        code="30-1-d-recipients-missing",
        field="disclosures",
        message=N_("Skriv hvem som får opplysningene. Får ingen dem, skriver du det som et utsagn om deling."),
        source=gdpr("art. 30 nr. 1 bokstav d"),
        where=_recipients_missing,
    ),
    ActivityRule(
        code="30-1-e-transfer-not-stated",
        severity=Severity.WARNING,
        field="transfers",
        message=N_("Svar på om opplysningene kan komme til et land utenfor EØS. Nei er også et svar."),
        source=gdpr("art. 30 nr. 1 bokstav e"),
        where=lambda activity, reading: once(
            activity.transfers_outside_eea is Fact.NOT_STATED and not activity.transfers
        ),
    ),
    ActivityRule(
        code="30-1-e-country-missing",
        severity=Severity.WARNING,
        field="transfers",
        message=COUNTRY_MISSING,
        source=gdpr("art. 30 nr. 1 bokstav e"),
        gaps=("G06",),
        where=_countries_missing,
    ),
    ActivityRule(
        code="30-1-e-documentation-missing",
        field="transfers",
        message=N_("Overføringen bruker et unntak. Oppgi hvor garantiene er dokumentert."),
        source=gdpr("art. 30 nr. 1 bokstav e"),
        where=_safeguards_undocumented,
    ),
    ActivityRule(
        code="30-1-f-retention-missing",
        field="retention",
        message=N_("Oppgi hvor lenge opplysningene blir tatt vare på, eller hva som avgjør det."),
        source=gdpr("art. 30 nr. 1 bokstav f"),
        gaps=("G09",),
        where=_retention_missing,
    ),
    ActivityRule(
        code="30-1-g-measures-missing",
        severity=Severity.WARNING,
        field="safeguards",
        message=N_("Beskriv hvordan opplysningene er sikret."),
        source=gdpr("art. 30 nr. 1 bokstav g"),
        where=lambda activity, reading: once(not activity.safeguards and not reading.register.general_measures),
    ),
    ActivityRule(
        code="6-1-basis-missing",
        field="legal_grounds",
        message=N_("Velg grunnlaget i artikkel 6. Uten grunnlag kan dere ikke bruke opplysningene."),
        source=gdpr("art. 6 nr. 1"),
        where=lambda activity, reading: once(not activity.legal_grounds),
    ),
    ActivityRule(
        code="9-2-condition-missing",
        field="special_grounds",
        message=N_("Det kan være med helse eller andre særlige kategorier. Velg vilkåret i artikkel 9."),
        source=gdpr("art. 9 nr. 2"),
        gaps=("G08",),
        where=lambda activity, reading: once(has_special_categories(activity) and not activity.special_grounds),
    ),
    ActivityRule(
        code="regime-journal",
        field="regime",
        message=N_(
            "Dette er en journal. Velg regimet Helsejournal, så innsyn, retting, sletting og klage følger helselovene."
        ),
        source=HEALTH_PERSONNEL_ON_JOURNALS,
        gaps=("G14", "G15", "G36"),
        where=lambda activity, reading: once(
            keeps_journal(activity) and activity.regime is not LegalRegime.HEALTH_RECORD
        ),
    ),
    ActivityRule(
        code="regime-marketing",
        field="regime",
        message=N_(
            "Dette er markedsføring. Velg regimet Markedsføring, så erklæringen sier at folk alltid kan si nei til den."
        ),
        source=gdpr("art. 21 nr. 2 til 4"),
        gaps=("G35",),
        where=lambda activity, reading: once(
            is_direct_marketing(activity) and activity.regime is not LegalRegime.MARKETING
        ),
    ),
    ActivityRule(
        code="regime-not-confirmed",
        field="regime",
        message=N_("Bekreft hvilket regelverk som styrer aktiviteten. Det avgjør hvilke rettigheter folk har."),
        source=gdpr("art. 5 nr. 2"),
        where=lambda activity, reading: once(
            activity.regime is None and not keeps_journal(activity) and not is_direct_marketing(activity)
        ),
    ),
)


def _is_platform(joint: JointControllerRecord) -> bool:
    return bool(SOCIAL_MEDIA.search(joint.name))


COMPANY_RULES: tuple[CompanyRule, ...] = (
    RegisterRule(
        code="30-1-a-controller-missing",
        field="legal_name",
        message=N_("Legg inn virksomheten som har ansvaret, med det juridiske navnet."),
        source=gdpr("art. 30 nr. 1 bokstav a"),
        where=lambda reading: once(reading.register.controller is None or not reading.register.controller.legal_name),
    ),
    ControllerRule(
        code="4-7-controller-is-another",
        field="named_as_controller",
        message=N_("Det er virksomheten som har ansvaret, ikke en person. Før opp personen som kontaktperson."),
        source=gdpr("art. 4 nr. 7"),
        gaps=("G01",),
        where=lambda company, reading: once(company.named_as_controller not in {"", company.legal_name}),
    ),
    ControllerRule(
        code="30-1-a-org-no-missing",
        severity=Severity.WARNING,
        field="org_no",
        message=N_("Oppgi organisasjonsnummeret, så ingen tar feil av hvem som har ansvaret."),
        source=gdpr("art. 30 nr. 1 bokstav a"),
        gaps=("G01",),
        where=lambda company, reading: once(not company.org_no),
    ),
    ControllerRule(
        code="30-1-a-contact-missing",
        field="email",
        message=N_("Oppgi minst én måte å nå virksomheten på: e-post, telefon eller adresse."),
        source=gdpr("art. 30 nr. 1 bokstav a"),
        where=lambda company, reading: once(not (company.email or company.phone or company.address)),
    ),
    ControllerRule(
        code="26-joint-controller-undecided",
        field="joint_controllers",
        message=N_("Avklar om dere har felles ansvar med denne. Har dere det, trengs en ordning mellom dere."),
        source=gdpr("art. 26 nr. 1"),
        gaps=("G02",),
        where=lambda company, reading: positions(
            joint.status is JointControllerStatus.CANDIDATE and not _is_platform(joint)
            for joint in company.joint_controllers
        ),
    ),
    ControllerRule(
        code="26-platform-undecided",
        severity=Severity.WARNING,
        field="joint_controllers",
        message=N_("Dere har del i ansvaret for statistikken på sidene deres. Før opp ordningen med plattformen."),
        source=gdpr("art. 26 nr. 1"),
        gaps=("G22",),
        where=lambda company, reading: positions(
            joint.status is JointControllerStatus.CANDIDATE and _is_platform(joint)
            for joint in company.joint_controllers
        ),
    ),
    ControllerRule(
        code="26-arrangement-missing",
        severity=Severity.WARNING,
        field="joint_controllers",
        message=N_("Ansvaret er felles. Skriv hvem som gjør hva, og hvor ordningen ligger."),
        source=gdpr("art. 26 nr. 1 og 2"),
        where=lambda company, reading: positions(
            joint.status is JointControllerStatus.AGREED and not joint.arrangement
            for joint in company.joint_controllers
        ),
    ),
    ControllerRule(
        code="30-1-a-dpo-not-stated",
        severity=Severity.WARNING,
        field="has_dpo",
        message=N_("Vurder om dere må ha personvernombud, og svar. Nei er også et svar."),
        source=gdpr("art. 37 nr. 1"),
        gaps=("G03",),
        where=lambda company, reading: once(company.has_dpo is Fact.NOT_STATED),
    ),
    ControllerRule(
        code="30-1-a-dpo-contact-missing",
        field="has_dpo",
        message=N_("Oppgi navnet på personvernombudet og hvordan ombudet kan nås."),
        source=gdpr("art. 30 nr. 1 bokstav a"),
        where=lambda company, reading: once(
            company.has_dpo is Fact.YES and not (company.dpo_name and company.dpo_contact),
        ),
    ),
    ControllerRule(
        code="30-1-a-representative-missing",
        field="has_representative",
        message=N_("Oppgi navn og adresse til representanten i EØS."),
        source=gdpr("art. 27 nr. 1"),
        where=lambda company, reading: once(
            (company.has_representative is Fact.YES or is_outside_eea(company.country, on=reading.law_on))
            and not company.representative
        ),
    ),
    ControllerRule(
        code="30-2-processor-not-stated",
        severity=Severity.WARNING,
        field="processor_for_others",
        message=N_("Svar på om dere er databehandler for andre. Er svaret ja, trengs en egen protokoll."),
        source=gdpr("art. 30 nr. 2"),
        where=lambda company, reading: once(company.processor_for_others is Fact.NOT_STATED),
    ),
    ControllerRule(
        code="30-2-register-missing",
        severity=Severity.WARNING,
        field="processor_for_others",
        message=N_("Dere er databehandler for andre. Da trengs en protokoll til, og den kan ikke føres her."),
        source=gdpr("art. 30 nr. 2"),
        where=lambda company, reading: once(company.processor_for_others in {Fact.YES, Fact.POSSIBLE}),
    ),
    ControllerRule(
        code="30-2-statement-undated",
        severity=Severity.INFO,
        field="processor_for_others",
        message=N_("Sett dato på svaret om at dere ikke er databehandler for andre."),
        source=gdpr("art. 30 nr. 2"),
        where=lambda company, reading: once(
            company.processor_for_others is Fact.NO and company.processor_statement_on is None
        ),
    ),
    ControllerRule(
        code="30-2-statement-old",
        severity=Severity.INFO,
        field="processor_for_others",
        message=N_(
            "Svaret om at dere ikke er databehandler for andre, er over tolv måneder gammelt. "
            "Se på det igjen, og sett ny dato."
        ),
        source=gdpr("art. 30 nr. 2"),
        where=lambda company, reading: once(
            company.processor_for_others is Fact.NO
            and company.processor_statement_on is not None
            and a_year_after(company.processor_statement_on) < reading.law_on
        ),
    ),
    RegisterRule(
        code="30-1-e-country-missing",
        severity=Severity.WARNING,
        field="transfers",
        message=COUNTRY_MISSING,
        source=gdpr("art. 30 nr. 1 bokstav e"),
        gaps=("G06",),
        where=lambda reading: positions(not row.country for row in reading.register.transfers),
    ),
)
