"""What Art. 30(1)(a)–(g) asks a controller's register to state, and what else every activity must state to be read.

One row a rule: where it stands, what to do, the provision. Nothing here judges what *is* stated; the rules that do
have rooms of their own.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from processing.law.bases import SpecialCategory
from processing.law.facts import Fact, StatementTopic
from processing.law.findings import Finding, Severity
from processing.law.parties import JointControllerStatus
from processing.law.records import ActivityRecord, ControllerRecord, Register
from processing.law.sources import LegalSource, gdpr
from processing.law.terms import N_
from processing.law.transfers import TransferTool, is_outside_eea

ONCE = ("",)
"""What a rule returns when it fires for the field as a whole."""

Where = Iterable[str]


def missing_particulars(activity: ActivityRecord, register: Register) -> tuple[Finding, ...]:
    """Return what the activity does not state, in the order of Art. 30(1).

    What `register` states for all of the company's activities (general measures, transfers) counts for this one.
    """
    return tuple(
        rule.finding(detail, subject=activity.number)
        for rule in ACTIVITY_RULES
        for detail in rule.missing(activity, register)
    )


def missing_controller_particulars(register: Register) -> tuple[Finding, ...]:
    """Return what Art. 30(1)(a) asks about the company and the register does not state."""
    if register.controller is None:
        return (NO_CONTROLLER.finding(""),)
    return tuple(rule.finding(detail) for rule in CONTROLLER_RULES for detail in rule.missing(register.controller))


def has_special_categories(activity: ActivityRecord) -> bool:
    """True when the activity states, or a data category it names shows, that Art. 9 data is or may be there."""
    if activity.special_categories in {Fact.YES, Fact.POSSIBLE}:
        return True
    return any(
        category.special_category not in {None, SpecialCategory.CRIMINAL_OFFENCE}
        for category in activity.data_categories
    )


@dataclass(frozen=True, kw_only=True)
class _Rule:
    code: str
    field: str
    message: str
    source: LegalSource
    severity: Severity = Severity.ERROR
    gaps: tuple[str, ...] = ()

    def finding(self, detail: str, *, subject: str = "") -> Finding:
        return Finding(
            code=self.code,
            severity=self.severity,
            field=self.field,
            message=self.message,
            source=self.source,
            subject=subject,
            detail=detail,
            gaps=self.gaps,
        )


@dataclass(frozen=True, kw_only=True)
class ActivityRule(_Rule):
    """`missing` returns the rows that lack the particular: none, `ONCE`, or positions counted from 1."""

    missing: Callable[[ActivityRecord, Register], Where]


@dataclass(frozen=True, kw_only=True)
class ControllerRule(_Rule):
    missing: Callable[[ControllerRecord], Where]


def _once(lacking: bool) -> Where:
    return ONCE if lacking else ()


def _countries_missing(activity: ActivityRecord, register: Register) -> Where:
    if activity.transfers:
        return [str(position) for position, row in enumerate(activity.transfers, 1) if not row.country]
    said = activity.transfers_outside_eea in {Fact.YES, Fact.POSSIBLE}
    return _once(said and not any(row.country for row in register.transfers))


def _safeguards_undocumented(activity: ActivityRecord, register: Register) -> Where:
    return [
        str(position)
        for position, row in enumerate(activity.transfers, 1)
        if row.tool is TransferTool.DEROGATION and not row.documentation
    ]


def _retention_missing(activity: ActivityRecord, register: Register) -> Where:
    if not activity.retention:
        return ONCE
    return [str(position) for position, rule in enumerate(activity.retention, 1) if not rule.is_stated]


def _recipients_missing(activity: ActivityRecord, register: Register) -> Where:
    # That nobody receives anything has no field of its own: it is stated in words.
    in_words = any(statement.topic is StatementTopic.SHARING for statement in activity.statements)
    return _once(not activity.disclosures and not in_words)


ACTIVITY_RULES = (
    ActivityRule(
        code="30-1-b-purpose-missing",
        field="purposes",
        message=N_("Skriv hvorfor dere bruker opplysningene. Ett formål i hver rad."),
        source=gdpr("art. 30 nr. 1 bokstav b"),
        missing=lambda activity, register: _once(not activity.purposes),
    ),
    ActivityRule(
        code="30-1-c-data-missing",
        field="data",
        message=N_("Skriv hvilke opplysninger det er, og hvem de handler om."),
        source=gdpr("art. 30 nr. 1 bokstav c"),
        missing=lambda activity, register: _once(not activity.data),
    ),
    ActivityRule(
        code="30-1-c-special-not-stated",
        severity=Severity.WARNING,
        field="special_categories",
        message=N_("Svar på om det er med opplysninger om helse, tro eller lignende. Nei er også et svar."),
        source=gdpr("art. 9 nr. 1"),
        missing=lambda activity, register: _once(
            activity.special_categories is Fact.NOT_STATED and not has_special_categories(activity)
        ),
    ),
    ActivityRule(
        code="30-1-d-recipients-missing",
        field="disclosures",
        message=N_("Skriv hvem som får opplysningene. Får ingen dem, skriver du det som et utsagn om deling."),
        source=gdpr("art. 30 nr. 1 bokstav d"),
        missing=_recipients_missing,
    ),
    ActivityRule(
        code="30-1-e-transfer-not-stated",
        severity=Severity.WARNING,
        field="transfers",
        message=N_("Svar på om opplysningene kan komme til et land utenfor EØS. Nei er også et svar."),
        source=gdpr("art. 30 nr. 1 bokstav e"),
        missing=lambda activity, register: _once(
            activity.transfers_outside_eea is Fact.NOT_STATED and not activity.transfers
        ),
    ),
    ActivityRule(
        code="30-1-e-country-missing",
        severity=Severity.WARNING,
        field="transfers",
        message=N_("Oppgi hvilket land opplysningene kan komme til."),
        source=gdpr("art. 30 nr. 1 bokstav e"),
        gaps=("G06",),
        missing=_countries_missing,
    ),
    ActivityRule(
        code="30-1-e-documentation-missing",
        field="transfers",
        message=N_("Overføringen bruker et unntak. Oppgi hvor garantiene er dokumentert."),
        source=gdpr("art. 30 nr. 1 bokstav e"),
        missing=_safeguards_undocumented,
    ),
    ActivityRule(
        code="30-1-f-retention-missing",
        field="retention",
        message=N_("Oppgi hvor lenge opplysningene blir tatt vare på, eller hva som avgjør det."),
        source=gdpr("art. 30 nr. 1 bokstav f"),
        gaps=("G09",),
        missing=_retention_missing,
    ),
    ActivityRule(
        code="30-1-g-measures-missing",
        severity=Severity.WARNING,
        field="safeguards",
        message=N_("Beskriv hvordan opplysningene er sikret."),
        source=gdpr("art. 30 nr. 1 bokstav g"),
        missing=lambda activity, register: _once(not activity.safeguards and not register.general_measures),
    ),
    ActivityRule(
        code="6-1-basis-missing",
        field="legal_grounds",
        message=N_("Velg grunnlaget i artikkel 6. Uten grunnlag kan dere ikke bruke opplysningene."),
        source=gdpr("art. 6 nr. 1"),
        missing=lambda activity, register: _once(not activity.legal_grounds),
    ),
    ActivityRule(
        code="9-2-condition-missing",
        field="special_grounds",
        message=N_("Det kan være med helse eller andre særlige kategorier. Velg vilkåret i artikkel 9."),
        source=gdpr("art. 9 nr. 2"),
        gaps=("G08",),
        missing=lambda activity, register: _once(has_special_categories(activity) and not activity.special_grounds),
    ),
    ActivityRule(
        code="regime-not-confirmed",
        field="regime",
        message=N_("Bekreft hvilket regelverk som styrer aktiviteten. Det avgjør hvilke rettigheter folk har."),
        source=gdpr("art. 5 nr. 2"),
        missing=lambda activity, register: _once(activity.regime is None),
    ),
)


NO_CONTROLLER = _Rule(
    code="30-1-a-controller-missing",
    field="legal_name",
    message=N_("Legg inn virksomheten som har ansvaret."),
    source=gdpr("art. 30 nr. 1 bokstav a"),
)

CONTROLLER_RULES = (
    ControllerRule(
        code="30-1-a-controller-missing",
        field="legal_name",
        message=N_("Oppgi det juridiske navnet på virksomheten som har ansvaret."),
        source=gdpr("art. 30 nr. 1 bokstav a"),
        missing=lambda company: _once(not company.legal_name),
    ),
    ControllerRule(
        code="4-7-controller-is-another",
        field="named_as_controller",
        message=N_("Det er virksomheten som har ansvaret, ikke en person. Før opp personen som kontaktperson."),
        source=gdpr("art. 4 nr. 7"),
        gaps=("G01",),
        missing=lambda company: _once(company.named_as_controller not in {"", company.legal_name}),
    ),
    ControllerRule(
        code="30-1-a-org-no-missing",
        severity=Severity.WARNING,
        field="org_no",
        message=N_("Oppgi organisasjonsnummeret, så ingen tar feil av hvem som har ansvaret."),
        source=gdpr("art. 30 nr. 1 bokstav a"),
        gaps=("G01",),
        missing=lambda company: _once(not company.org_no),
    ),
    ControllerRule(
        code="30-1-a-contact-missing",
        field="email",
        message=N_("Oppgi minst én måte å nå virksomheten på: e-post, telefon eller adresse."),
        source=gdpr("art. 30 nr. 1 bokstav a"),
        missing=lambda company: _once(not (company.email or company.phone or company.address)),
    ),
    ControllerRule(
        code="26-joint-controller-undecided",
        field="joint_controllers",
        message=N_("Avklar om dere har felles ansvar med denne. Har dere det, trengs en ordning mellom dere."),
        source=gdpr("art. 26 nr. 1"),
        gaps=("G02", "G22"),
        missing=lambda company: [
            str(position)
            for position, joint in enumerate(company.joint_controllers, 1)
            if joint.status is JointControllerStatus.CANDIDATE
        ],
    ),
    ControllerRule(
        code="30-1-a-dpo-not-stated",
        severity=Severity.WARNING,
        field="has_dpo",
        message=N_("Vurder om dere må ha personvernombud, og svar. Nei er også et svar."),
        source=gdpr("art. 37 nr. 1"),
        gaps=("G03",),
        missing=lambda company: _once(company.has_dpo is Fact.NOT_STATED),
    ),
    ControllerRule(
        code="30-1-a-dpo-contact-missing",
        field="has_dpo",
        message=N_("Oppgi navnet på personvernombudet og hvordan ombudet kan nås."),
        source=gdpr("art. 30 nr. 1 bokstav a"),
        missing=lambda company: _once(
            company.has_dpo is Fact.YES and not (company.dpo_name and company.dpo_contact),
        ),
    ),
    ControllerRule(
        code="30-1-a-representative-missing",
        field="has_representative",
        message=N_("Oppgi navn og adresse til representanten i EØS."),
        source=gdpr("art. 27 nr. 1"),
        missing=lambda company: _once(
            (company.has_representative is Fact.YES or is_outside_eea(company.country)) and not company.representative
        ),
    ),
    ControllerRule(
        code="30-2-processor-not-stated",
        severity=Severity.WARNING,
        field="processor_for_others",
        message=N_("Svar på om dere er databehandler for andre. Er svaret ja, trengs en egen protokoll."),
        source=gdpr("art. 30 nr. 2"),
        missing=lambda company: _once(company.processor_for_others is Fact.NOT_STATED),
    ),
)
