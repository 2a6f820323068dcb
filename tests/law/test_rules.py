"""Every rule: a register for which it fires, one almost like it for which it does not, and the provision it cites."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from processing.law.assessments import (
    BalancingOutcome,
    ImpactOutcome,
    RiskCriterion,
    SubProcessors,
    TransferOutcome,
)
from processing.law.bases import LegalBasis, SpecialCategory, SpecialCategoryGround
from processing.law.checks import RULES, check_register
from processing.law.facts import Fact, StatementTopic
from processing.law.languages import TextLanguage
from processing.law.parties import JointControllerStatus, PartyRole, SourceKind
from processing.law.records import (
    ActivityRecord,
    BalancingTestRecord,
    CollectionSituationRecord,
    DataCategoryRecord,
    DataRecord,
    DisclosureRecord,
    ImpactAssessmentRecord,
    JointControllerRecord,
    LegalGroundRecord,
    PartyRecord,
    PurposeRecord,
    Register,
    RetentionRecord,
    ReviewRecord,
    ReviewRoutineRecord,
    ScreeningAnswerRecord,
    SourceRecord,
    SpecialGroundRecord,
    StatementRecord,
    SubjectCategoryRecord,
    TrackerRecord,
    TransferAssessmentRecord,
    TransferRecord,
    TranslationRecord,
)
from processing.law.regimes import LegalRegime
from processing.law.retention import PeriodUnit, RetentionKind, RetentionTrigger
from processing.law.trackers import LifeUnit, TrackerNeed
from processing.law.transfers import TransferTool
from tests.builders import ASSESSED, CLIENTS, HEALTH, NAME, make_activity_record, make_controller_record, make_register

TODAY = date(2026, 11, 23)
World = tuple[Register, date]

REVIEWED = make_activity_record().reviews
OPENED = ReviewRecord(opened_on=date(2026, 11, 1))

GDPR = "Personvernforordningen art. "

UNCLEAR = [
    ("maybe-word", "Vi kan sende brevet til andre.", "Du kan be oss la være."),
    ("some-word", "Noen opplysninger får vi fra andre.", "Vi svarer hvis noen spør."),
    ("sometimes-word", "Vi sletter dem ved behov.", "Vi sletter dem hver måned."),
    ("stiff-word", "Dette er herunder påkrevd.", "Dette må vi ha."),
    (
        "long-sentence",
        "Vi tar vare på " + "det du skrev og " * 6 + "det.",
        "Vi tar vare på det du skrev. Så svarer vi.",
    ),
    (
        "hard-text",
        "Virksomheten oppbevarer opplysningene elektronisk. Behandlingen forutsetter samtykkeerklæring fra "
        "journalføringspliktige helsearbeidere. Henvendelsene dokumenteres.",
        "Vi skriver opp det du sier. Så leser den som skal svare deg, det vi har skrevet, og da er det gjort.",
    ),
]


def purpose(text: str) -> PurposeRecord:
    return PurposeRecord(description=text)


def ground(basis: str, purpose: str = "Følge opp avtalen", **stated: str) -> LegalGroundRecord:
    return LegalGroundRecord(basis=LegalBasis(basis), purpose=purpose, **stated)


def condition(letter: str, law: str = "") -> SpecialGroundRecord:
    return SpecialGroundRecord(condition=SpecialCategoryGround(f"9-2-{letter}"), national_law=law)


def kept(**stated: Any) -> RetentionRecord:
    usual = {"trigger": RetentionTrigger.LAST_CONTACT, "kind": RetentionKind.MAXIMUM}
    return RetentionRecord(**{**usual, "period": 6, "unit": PeriodUnit.MONTHS, **stated})


def people(name: str, code: str = "people") -> SubjectCategoryRecord:
    return SubjectCategoryRecord(code=code, name=name)


def data(
    name: str = "Navn", about: str = "Klienter", presence: Fact = Fact.YES, special: SpecialCategory | None = None
) -> DataRecord:
    category = DataCategoryRecord(code=name.lower(), name=name, special_category=special)
    return DataRecord(category=category, subject=people(about), presence=presence)


def party(**stated: Any) -> PartyRecord:
    return PartyRecord(
        **{"code": "someone", "role": PartyRole.CONTROLLER, "service": "Tjeneste", "name": "Prøve", **stated}
    )


def transfer(country: str, tool: TransferTool | None, documentation: str = "", **stated: Any) -> TransferRecord:
    return TransferRecord(country=country, tool=tool, documentation=documentation, **stated)


def plain_activity(**over: Any) -> ActivityRecord:
    """Follow-up of customers on a contract, with nothing special about it and nothing for a rule to find."""
    stated: dict[str, Any] = {
        "name": "Kundeoppfølging",
        "regime": LegalRegime.GDPR_ONLY,
        "special_categories": Fact.NO,
        "transfers_outside_eea": Fact.NO,
        "purposes": (purpose("Følge opp avtalen"),),
        "legal_grounds": (ground("b"),),
        "special_grounds": (),
        "data": (data(),),
        "retention": (kept(),),
        "disclosures": (DisclosureRecord(party=party()),),
        "transfers": (),
        "transfer_assessments": (),
        "balancing_tests": (),
        "screening": (),
        "impact_assessments": (),
        "dpia_needed": Fact.NO,
        "sources": (SourceRecord(kind=SourceKind.DATA_SUBJECT),),
        "remarks": (),
    }
    return make_activity_record(**stated | over)


def a(law_on: date = TODAY, **over: Any) -> World:
    """A register of the plain activity, changed like this."""
    return make_register(activities=[plain_activity(**over)], systems=()), law_on


def journal(law_on: date = TODAY, **over: Any) -> World:
    """A register of a journal, changed like this."""
    return make_register(activities=[make_activity_record(**{"remarks": (), **over})]), law_on


def company(law_on: date = TODAY, **over: Any) -> World:
    return make_register(activities=[plain_activity()], controller=make_controller_record(**over)), law_on


def routine(months: int, code: str = "annual_gdpr_review") -> ReviewRoutineRecord:
    return ReviewRoutineRecord(code=code, description="Vi ser gjennom alt.", every_months=months)


def register(law_on: date = TODAY, *more: ActivityRecord, **over: Any) -> World:
    return make_register(activities=[plain_activity(), *more], **over), law_on


def with_party(*, silent_company: bool = False, **stated: Any) -> World:
    """A register with one recipient, of a company that says it has agreements with all, or says nothing of them."""
    says = Fact.NOT_STATED if silent_company else Fact.YES
    return register(parties=(party(**stated),), controller=make_controller_record(agreements_with_processors=says))


def joint(name: str, status: JointControllerStatus, arrangement: str = "") -> World:
    return company(joint_controllers=(JointControllerRecord(name=name, status=status, arrangement=arrangement),))


def both(law_on: date, row: TransferRecord, *assessments: TransferAssessmentRecord) -> World:
    """The transfer as the company's own and as the activity's, so that both rules of the pair are asked."""
    sends = plain_activity(transfers=(row,), transfers_outside_eea=Fact.YES, transfer_assessments=())
    return make_register(activities=[sends], transfers=(row,), transfer_assessments=assessments), law_on


def tia(country: str = "US", **stated: Any) -> TransferAssessmentRecord:
    """A transfer assessment that found the protection adequate, changed like this."""
    usual = {"conclusion": TransferOutcome.ADEQUATE, **ASSESSED}
    return TransferAssessmentRecord(country=country, **usual | stated)


def lia(**stated: Any) -> BalancingTestRecord:
    """A balancing test that the interest won, changed like this."""
    steps = {"interest": "å svare", "necessity": "ingen annen måte", "balance": "de venter det"}
    return BalancingTestRecord(**{**steps, "conclusion": BalancingOutcome.INTEREST, **ASSESSED, **stated})


def dpia(**stated: Any) -> ImpactAssessmentRecord:
    """An impact assessment that ends in a risk that can be borne, changed like this."""
    return ImpactAssessmentRecord(**{"conclusion": ImpactOutcome.ACCEPTABLE, **ASSESSED, **stated})


def risks(*criteria: RiskCriterion, answer: Fact = Fact.YES) -> tuple[ScreeningAnswerRecord, ...]:
    return tuple(ScreeningAnswerRecord(criterion=criterion, answer=answer) for criterion in criteria)


def on_interest(*tests: BalancingTestRecord, law_on: date = TODAY, **over: Any) -> World:
    """An activity that rests on legitimate interest, with these balancing tests."""
    return a(law_on, **{"legal_grounds": (ground("f", **INTEREST),), "balancing_tests": tests, **over})


def situation(name: str) -> CollectionSituationRecord:
    return CollectionSituationRecord(code=name.lower(), name=name)


def said(topic: StatementTopic, text: str) -> StatementRecord:
    return StatementRecord(topic=topic, text=text)


def another(name: str, **over: Any) -> ActivityRecord:
    return plain_activity(number="A02", code="another", name=name, **over)


def english(original: str) -> TranslationRecord:
    return TranslationRecord(language=TextLanguage.ENGLISH, original=original, text="In English.")


def tracker(**over: Any) -> TrackerRecord:
    """A necessary cookie of our own of which everything is said, changed like this."""
    stated = {"provider": "vi selv", "reason": "husker valget ditt", "life": 6, "life_unit": LifeUnit.MONTHS}
    return TrackerRecord(**{"name": "valg", "need": TrackerNeed.NECESSARY, **stated, **over})


COOKIES = "Ekomloven (2024) § 3-15"
CANDIDATE, AGREED = JointControllerStatus.CANDIDATE, JointControllerStatus.AGREED
FROM_THE_PERSON = (SourceRecord(kind=SourceKind.DATA_SUBJECT),)
INTEREST = {"legitimate_interest": "å nå fram"}
HEALTH_ROW = data("Helse", special=SpecialCategory.HEALTH)
OFFENCES = data("Straffbare forhold", special=SpecialCategory.CRIMINAL_OFFENCE)
ID_NUMBER = data("Fødselsnummer")
FIVE_YEARS_FROM_YEAR_END = {
    "trigger": RetentionTrigger.FINANCIAL_YEAR_END,
    "kind": RetentionKind.MINIMUM,
    "period": 5,
    "unit": PeriodUnit.YEARS,
    "statute": "Bokføringsloven § 13",
}
TWO = (purpose("Følge opp avtalen"), purpose("Føre regnskap"))
YEAR = date(2027, 6, 1)
REVIEW_DAY, DAY_AFTER = date(2027, 1, 10), date(2027, 1, 11)
TO_US = transfer("US", TransferTool.SCC)
NO_CONCLUSION = {"conclusion": None, "concluded_on": None}
PROCESSOR = {
    "role": PartyRole.PROCESSOR,
    "has_agreement": Fact.YES,
    "agreement_on": date(2026, 1, 1),
    "agreement_reference": "Mappe 6",
    "agreement_owner": "Daglig leder",
    "agreement_contents": Fact.YES,
    "agreement_sub_processors": SubProcessors.SPECIFIC,
    "agreement_review_on": REVIEW_DAY,
}
VULNERABLE_AND_NEW = (RiskCriterion.VULNERABLE, RiskCriterion.INNOVATIVE)
SCREENED = {"dpia_needed": Fact.NO, "dpia_note": "Vurdert."}
UNSCREENED = {"dpia_needed": Fact.NOT_STATED, "dpia_note": "", "screening": ()}
TRACKED = data("Åpninger og klikk, per abonnent", "Abonnenter")
THIRD = data("Navn", "Omtalte tredjepersoner")

# code, provision, a register for which it fires, one for which it does not
ROWS: list[tuple[str, str, Callable[[], World], Callable[[], World]]] = [
    # Completeness: Art. 30(1)(a), the company
    (
        "30-1-a-controller-missing",
        f"{GDPR}30 nr. 1 bokstav a",
        lambda: company(legal_name=""),
        lambda: company(legal_name="Prøveklinikken AS"),
    ),
    (
        "4-7-controller-is-another",
        f"{GDPR}4 nr. 7",
        lambda: company(named_as_controller="Test Testesen"),
        lambda: company(named_as_controller="Prøveklinikken AS"),
    ),
    ("30-1-a-org-no-missing", f"{GDPR}30 nr. 1 bokstav a", lambda: company(org_no=""), lambda: company()),
    (
        "30-1-a-contact-missing",
        f"{GDPR}30 nr. 1 bokstav a",
        lambda: company(email="", phone="", street="", postcode="", city=""),
        lambda: company(email="", phone=""),
    ),
    (
        "26-joint-controller-undecided",
        f"{GDPR}26 nr. 1",
        lambda: joint("Nabopraksisen", CANDIDATE),
        lambda: joint("Nabopraksisen", JointControllerStatus.RULED_OUT),
    ),
    (
        "26-platform-undecided",
        f"{GDPR}26 nr. 1",
        lambda: joint("Plattformer for sosiale medier", CANDIDATE),
        lambda: joint("Nabopraksisen", CANDIDATE),
    ),
    (
        "26-arrangement-missing",
        f"{GDPR}26 nr. 1 og 2",
        lambda: joint("Nabopraksisen", AGREED),
        lambda: joint("Nabopraksisen", AGREED, "Avtale i mappe 3"),
    ),
    ("30-1-a-dpo-not-stated", f"{GDPR}37 nr. 1", lambda: company(has_dpo=Fact.NOT_STATED), lambda: company()),
    (
        "30-1-a-dpo-contact-missing",
        f"{GDPR}30 nr. 1 bokstav a",
        lambda: company(has_dpo=Fact.YES),
        lambda: company(has_dpo=Fact.YES, dpo_name="Ombudet", dpo_contact="ombud@prove.example"),
    ),
    (
        "30-1-a-representative-missing",
        f"{GDPR}27 nr. 1",
        lambda: company(country="US"),
        lambda: company(country="US", representative="Prøve AS, Oslo"),
    ),
    (
        "30-2-processor-not-stated",
        f"{GDPR}30 nr. 2",
        lambda: company(processor_for_others=Fact.NOT_STATED),
        lambda: company(),
    ),
    ("30-2-register-missing", f"{GDPR}30 nr. 2", lambda: company(processor_for_others=Fact.YES), lambda: company()),
    ("30-2-statement-undated", f"{GDPR}30 nr. 2", lambda: company(processor_statement_on=None), lambda: company()),
    # Completeness: Art. 30(1)(b)–(g), 6 and 9
    (
        "30-1-b-purpose-missing",
        f"{GDPR}30 nr. 1 bokstav b",
        lambda: a(purposes=()),
        lambda: a(),
    ),
    (
        "30-2-statement-old",
        f"{GDPR}30 nr. 2",
        lambda: company(date(2027, 1, 11), processor_statement_on=date(2026, 1, 10)),
        lambda: company(date(2027, 1, 10), processor_statement_on=date(2026, 1, 10)),
    ),
    ("30-1-c-data-missing", f"{GDPR}30 nr. 1 bokstav c", lambda: a(data=()), lambda: a()),
    (
        "30-1-c-special-not-stated",
        f"{GDPR}9 nr. 1",
        lambda: a(special_categories=Fact.NOT_STATED),
        lambda: a(special_categories=Fact.NOT_STATED, data=(HEALTH_ROW,)),
    ),
    (
        "30-1-d-recipients-missing",
        f"{GDPR}30 nr. 1 bokstav d",
        lambda: a(disclosures=()),
        lambda: a(disclosures=(), statements=(said(StatementTopic.SHARING, "Ingen får dem."),)),
    ),
    (
        "30-1-e-transfer-not-stated",
        f"{GDPR}30 nr. 1 bokstav e",
        lambda: a(transfers_outside_eea=Fact.NOT_STATED),
        lambda: a(transfers_outside_eea=Fact.NO),
    ),
    (
        "30-1-e-country-missing",
        f"{GDPR}30 nr. 1 bokstav e",
        lambda: both(TODAY, transfer("", TransferTool.SCC)),
        lambda: both(TODAY, transfer("US", TransferTool.SCC, "Mappe 8")),
    ),
    (
        "30-1-e-documentation-missing",
        f"{GDPR}30 nr. 1 bokstav e",
        lambda: a(transfers=(transfer("US", TransferTool.DEROGATION),), transfers_outside_eea=Fact.YES),
        lambda: a(transfers=(transfer("US", TransferTool.DEROGATION, "Mappe 8"),), transfers_outside_eea=Fact.YES),
    ),
    (
        "30-1-f-retention-missing",
        f"{GDPR}30 nr. 1 bokstav f",
        lambda: a(retention=(kept(), RetentionRecord(covers="Resten"))),
        lambda: a(retention=(kept(),)),
    ),
    (
        "30-1-g-measures-missing",
        f"{GDPR}30 nr. 1 bokstav g",
        lambda: (make_register(activities=[plain_activity(safeguards=())], measures=()), TODAY),
        lambda: (make_register(activities=[plain_activity(safeguards=())]), TODAY),
    ),
    ("6-1-basis-missing", f"{GDPR}6 nr. 1", lambda: a(legal_grounds=()), lambda: a()),
    (
        "9-2-condition-missing",
        f"{GDPR}9 nr. 2",
        lambda: a(special_categories=Fact.POSSIBLE),
        lambda: a(special_categories=Fact.POSSIBLE, special_grounds=(condition("f"),)),
    ),
    (
        "regime-journal",
        "Helsepersonelloven §§ 42–44",
        lambda: journal(regime=None),
        lambda: journal(regime=LegalRegime.HEALTH_RECORD),
    ),
    (
        "regime-marketing",
        f"{GDPR}21 nr. 2 til 4",
        lambda: a(name="Nyhetsbrev", regime=LegalRegime.GDPR_ONLY),
        lambda: a(name="Nyhetsbrev", regime=LegalRegime.MARKETING),
    ),
    ("regime-not-confirmed", f"{GDPR}5 nr. 2", lambda: a(regime=None), lambda: journal(regime=None)),
    # Lawfulness
    (
        "6-1-purpose-without-basis",
        f"{GDPR}6 nr. 1",
        lambda: a(purposes=TWO),
        lambda: a(purposes=TWO, legal_grounds=(ground("b"), ground("b", "Føre regnskap"))),
    ),
    (
        "6-1-basis-without-purpose",
        f"{GDPR}13 nr. 1 bokstav c",
        lambda: a(purposes=TWO, legal_grounds=(ground("b", ""), ground("f", "", **INTEREST))),
        lambda: a(purposes=TWO, legal_grounds=(ground("b", ""),)),
    ),
    (
        "6-1-scope-leaves-rest",
        f"{GDPR}6 nr. 1",
        lambda: a(purposes=TWO, legal_grounds=(ground("b", "", scope="bare kjøp"),)),
        lambda: a(purposes=TWO, legal_grounds=(ground("b", ""),)),
    ),
    (
        "6-3-law-missing",
        f"{GDPR}6 nr. 3",
        lambda: a(legal_grounds=(ground("c"),)),
        lambda: a(legal_grounds=(ground("c", national_law="Bokføringsloven § 13"),)),
    ),
    (
        "6-1-b-not-a-party",
        f"{GDPR}6 nr. 1 bokstav b",
        lambda: a(data=(data(about="Kontakter hos samarbeidspartnere"),)),
        lambda: a(data=(data(about="Kontakter hos samarbeidspartnere"), data())),
    ),
    (
        "6-1-f-delivery",
        f"{GDPR}6 nr. 1 bokstav b",
        lambda: a(
            purposes=(purpose("Levere tjenester digitalt"),),
            legal_grounds=(ground("f", "Levere tjenester digitalt", **INTEREST),),
        ),
        lambda: a(
            purposes=(purpose("Besvare henvendelser"),),
            legal_grounds=(ground("f", "Besvare henvendelser", **INTEREST),),
        ),
    ),
    (
        "6-1-recording-without-consent",
        f"{GDPR}6 nr. 1 bokstav a og art. 9 nr. 2 bokstav a",
        lambda: a(data=(data("Opptak av lyd"),)),
        lambda: a(data=(data("Opptak av lyd"),), legal_grounds=(ground("a", consent_withdrawal="når du vil"),)),
    ),
    (
        "6-1-journal-on-contract",
        f"{GDPR}20 nr. 1",
        lambda: journal(legal_grounds=(ground("b", "Gi forsvarlig helsehjelp"),)),
        lambda: a(legal_grounds=(ground("b"),)),
    ),
    (
        "journal-duty-misplaced",
        "Helsepersonelloven §§ 3, 39 og 40",
        lambda: a(legal_grounds=(ground("c", national_law="Helsepersonelloven § 40"),)),
        lambda: a(legal_grounds=(ground("c", national_law="Helsepersonelloven §§ 39–40"),)),
    ),
    (
        "tax-act-imprecise",
        "Skatteforvaltningsloven kapittel 7 og 8",
        lambda: a(legal_grounds=(ground("c", national_law="Bokføringsloven og «skatteloven»"),)),
        lambda: a(legal_grounds=(ground("c", national_law="Skatteloven og skatteforvaltningsloven"),)),
    ),
    # Laws that are cited, on a day
    (
        "law-ended-cookies",
        "Ekomloven (2003) § 2-7b",
        lambda: a(date(2025, 1, 1), legal_grounds=(ground("a", national_law="Ekomloven § 2-7b"),)),
        lambda: a(date(2024, 12, 31), legal_grounds=(ground("a", national_law="Ekomloven § 2-7b"),)),
    ),
    (
        "law-ended-journal-regulation",
        "Forskrift om pasientjournal (2000) § 14",
        lambda: journal(retention=(kept(statute="Forskrift om pasientjournal § 14"),)),
        lambda: journal(date(2019, 6, 30), retention=(kept(statute="Forskrift om pasientjournal § 14"),)),
    ),
    (
        "law-not-in-force",
        f"{GDPR}6 nr. 3",
        lambda: a(date(2024, 12, 31), legal_grounds=(ground("a", national_law="Ekomloven (2024) § 3-15"),)),
        lambda: a(date(2025, 1, 1), legal_grounds=(ground("a", national_law="Ekomloven (2024) § 3-15"),)),
    ),
    (
        "law-not-in-force",
        f"{GDPR}9 nr. 2",
        lambda: a(special_grounds=(condition("h", "Ekomloven (2003) § 1-1"),)),
        lambda: a(special_grounds=(condition("h", "Pasientjournalloven § 6"),)),
    ),
    (
        "law-not-in-force",
        f"{GDPR}5 nr. 1 bokstav e",
        lambda: a(retention=(kept(statute="Ekomloven (2003)"),)),
        lambda: a(retention=(kept(statute="Bokføringsloven § 13"),)),
    ),
    # Cookies, pixels and the like, by name
    (
        "3-15-trackers-not-named",
        COOKIES,
        lambda: a(data=(TRACKED,), legal_grounds=(ground("a"),), trackers=()),
        lambda: a(data=(TRACKED,), legal_grounds=(ground("a"),), trackers=(tracker(),)),
    ),
    (
        "3-15-trackers-not-named",
        COOKIES,
        lambda: a(date(2025, 1, 1), name="Måling", trackers=()),
        lambda: a(date(2024, 12, 31), name="Måling", trackers=()),
    ),
    (
        "3-15-tracker-need-not-stated",
        COOKIES,
        lambda: a(trackers=(tracker(need=None),)),
        lambda: a(trackers=(tracker(need=TrackerNeed.NECESSARY),)),
    ),
    (
        "3-15-tracker-unasked",
        COOKIES,
        lambda: a(date(2025, 1, 1), trackers=(tracker(need=TrackerNeed.UNASKED),)),
        lambda: a(date(2024, 12, 31), trackers=(tracker(need=TrackerNeed.UNASKED),)),
    ),
    (
        "6-1-a-tracker-without-basis",
        f"{GDPR}6 nr. 1 bokstav a",
        lambda: a(trackers=(tracker(need=TrackerNeed.CONSENT),)),
        lambda: a(trackers=(tracker(need=TrackerNeed.CONSENT),), legal_grounds=(ground("a"),)),
    ),
    (
        "13-1-c-tracker-purpose-missing",
        f"{GDPR}13 nr. 1 bokstav c",
        lambda: a(trackers=(tracker(reason=""),)),
        lambda: a(trackers=(tracker(),)),
    ),
    (
        "13-1-e-tracker-provider-missing",
        f"{GDPR}13 nr. 1 bokstav e",
        lambda: a(trackers=(tracker(provider=""),)),
        lambda: a(trackers=(tracker(provider="", party=party()),)),
    ),
    (
        "13-2-a-tracker-life-missing",
        f"{GDPR}13 nr. 2 bokstav a",
        lambda: a(trackers=(tracker(life=None, life_unit=None),)),
        lambda: a(trackers=(tracker(life=None, life_unit=LifeUnit.SESSION),)),
    ),
    # Tracking
    (
        "3-15-tracking-without-consent",
        "Ekomloven (2024) § 3-15",
        lambda: a(data=(TRACKED,), legal_grounds=(ground("f", **INTEREST),)),
        lambda: a(data=(TRACKED,), legal_grounds=(ground("f", scope="bare det som er strengt nødvendig", **INTEREST),)),
    ),
    (
        "3-15-consent-by-browser",
        "Ekomloven (2024) § 3-15",
        lambda: a(statements=(said(StatementTopic.CONSENT, "Standardvalget i nettleseren er samtykke."),)),
        lambda: a(statements=(said(StatementTopic.CONSENT, "Innstillinger i nettleseren er ikke samtykke."),)),
    ),
    (
        "7-3-kept-after-stop",
        f"{GDPR}7 nr. 3 og 4 og art. 21 nr. 3",
        lambda: a(data=(TRACKED,), retention=(kept(trigger=RetentionTrigger.UNSUBSCRIBED, period=12),)),
        lambda: a(data=(TRACKED,), retention=(kept(trigger=RetentionTrigger.UNSUBSCRIBED, period=0),)),
    ),
    (
        "3-15-tracking-without-consent",
        "Ekomloven (2024) § 3-15",
        lambda: a(legal_grounds=(ground("f", scope="informasjonskapsler", **INTEREST), ground("b"))),
        lambda: a(legal_grounds=(ground("f", scope="brev", **INTEREST), ground("b"))),
    ),
    # Special categories and offences
    (
        "9-1-contradicted",
        f"{GDPR}9 nr. 1",
        lambda: a(special_categories=Fact.NO, data=(HEALTH_ROW,)),
        lambda: a(special_categories=Fact.NO, data=(data("Helse", presence=Fact.NO, special=SpecialCategory.HEALTH),)),
    ),
    (
        "9-1-notes-of-therapist",
        f"{GDPR}4 nr. 1 og art. 9 nr. 1",
        lambda: a(sources=(*FROM_THE_PERSON, SourceRecord(kind=SourceKind.THERAPIST))),
        lambda: a(
            sources=(SourceRecord(kind=SourceKind.THERAPIST),),
            special_categories=Fact.YES,
            special_grounds=(condition("h", "Pasientjournalloven § 6"),),
        ),
    ),
    (
        "9-2-working-life",
        f"{GDPR}9 nr. 2 bokstav b og h",
        lambda: a(data=(data(about="Jobbsøkere"),), special_grounds=(condition("b"),)),
        lambda: a(data=(data(about="Jobbsøkere"),), special_grounds=(condition("b", "Personopplysningsloven § 6"),)),
    ),
    (
        "9-2-working-life",
        f"{GDPR}9 nr. 2 bokstav b og h",
        lambda: a(data=(data(about="Selvstendig næringsdrivende"),), special_grounds=(condition("h", "Loven § 1"),)),
        lambda: a(data=(data(about="Klienter"),), special_grounds=(condition("h", "Loven § 1"),)),
    ),
    (
        "9-2-law-missing",
        f"{GDPR}9 nr. 2",
        lambda: a(special_grounds=(condition("h"),)),
        lambda: a(special_grounds=(condition("f"),)),
    ),
    (
        "9-3-secrecy-not-stated",
        f"{GDPR}9 nr. 3",
        lambda: (
            make_register(controller=make_controller_record(professional_secrecy=Fact.NOT_STATED)),
            TODAY,
        ),
        lambda: company(professional_secrecy=Fact.NOT_STATED),
    ),
    (
        "10-offences-without-law",
        "Personopplysningsloven § 11",
        lambda: a(data=(OFFENCES,)),
        lambda: a(data=(OFFENCES,), legal_grounds=(ground("c", national_law="Personopplysningsloven § 11"),)),
    ),
    (
        "9-2-working-life",
        f"{GDPR}9 nr. 2 bokstav b og h",
        lambda: a(
            data=(data(about="Jobbsøkere"), data(about="Ansatte")), special_grounds=(condition("h", "Loven § 1"),)
        ),
        lambda: a(data=(data(about="Jobbsøkere"), data()), special_grounds=(condition("h", "Loven § 1"),)),
    ),
    (
        "9-2-working-life",
        f"{GDPR}9 nr. 2 bokstav b og h",
        lambda: a(
            data=(data(about="Ansatte"), data(about="Selvstendige")),
            special_grounds=(condition("b", "Personopplysningsloven § 6"),),
        ),
        lambda: a(data=(data(about="Ansatte"),), special_grounds=(condition("b", "Arbeidsmiljøloven § 4-6"),)),
    ),
    # People
    (
        "12-2-contact-missing",
        f"{GDPR}12 nr. 2",
        lambda: company(contact_person="", contact_role=""),
        lambda: company(contact_role=""),
    ),
    (
        "12-2-contact-missing",
        f"{GDPR}12 nr. 2",
        lambda: company(phone=""),
        lambda: company(contact_person="", contact_role="Daglig leder"),
    ),
    (
        "12-3-promise-too-long",
        f"{GDPR}12 nr. 3",
        lambda: company(answer_within_days=30),
        lambda: company(answer_within_days=28),
    ),
    (
        "30-1-c-group-not-listed",
        f"{GDPR}30 nr. 1 bokstav c",
        lambda: register(
            subject_categories=(SubjectCategoryRecord(code="people", name="Klienter", listed_in_notice=Fact.NO),)
        ),
        lambda: register(
            subject_categories=(SubjectCategoryRecord(code="unused", name="Klienter", listed_in_notice=Fact.NO),)
        ),
    ),
    (
        "12-id-number-not-answered",
        "Personopplysningsloven § 12",
        lambda: journal(data=(data(),)),
        lambda: journal(data=(data(), data("Fødselsnummer", presence=Fact.NO))),
    ),
    (
        "12-id-number-without-need",
        "Personopplysningsloven § 12",
        lambda: a(data=(ID_NUMBER,)),
        lambda: a(data=(ID_NUMBER,), legal_grounds=(ground("c", national_law="Personopplysningsloven § 12"),)),
    ),
    (
        "minors-not-answered",
        "Pasient- og brukerrettighetsloven §§ 3-4 og 4-3",
        lambda: journal(data=(data(),)),
        lambda: journal(data=(data(), data(about="Barn og unge", presence=Fact.NO))),
    ),
    (
        "14-source-of-third-persons",
        f"{GDPR}14 nr. 1 og nr. 2 bokstav f",
        lambda: a(data=(data(), THIRD)),
        lambda: a(data=(data(), THIRD), sources=(*FROM_THE_PERSON, SourceRecord(kind=SourceKind.RELATIVES))),
    ),
    # Recipients
    (
        "28-agreement-missing",
        f"{GDPR}28 nr. 3",
        lambda: with_party(role=PartyRole.PROCESSOR, has_agreement=Fact.NO),
        lambda: with_party(role=PartyRole.PROCESSOR, has_agreement=Fact.NOT_STATED),
    ),
    (
        "28-agreement-missing",
        f"{GDPR}28 nr. 3",
        lambda: with_party(
            silent_company=True, role=PartyRole.PROCESSOR, has_agreement=Fact.NOT_STATED, agreement_on=None
        ),
        lambda: with_party(silent_company=True, role=PartyRole.CONTROLLER, has_agreement=Fact.NOT_STATED),
    ),
    (
        "28-agreement-undated",
        f"{GDPR}28 nr. 3 og 9",
        lambda: with_party(role=PartyRole.PROCESSOR, has_agreement=Fact.NOT_STATED),
        lambda: with_party(
            role=PartyRole.PROCESSOR,
            has_agreement=Fact.YES,
            agreement_on=date(2026, 1, 1),
            agreement_reference="Mappe 6",
        ),
    ),
    (
        "28-contents-missing",
        f"{GDPR}28 nr. 3",
        lambda: with_party(**PROCESSOR | {"agreement_contents": Fact.NO}),
        lambda: with_party(**PROCESSOR | {"agreement_contents": Fact.NOT_STATED}),
    ),
    (
        "28-contents-not-confirmed",
        f"{GDPR}28 nr. 3",
        lambda: with_party(**PROCESSOR | {"agreement_contents": Fact.NOT_STATED}),
        lambda: with_party(**PROCESSOR | {"agreement_contents": Fact.NOT_STATED, "agreement_on": None}),
    ),
    (
        "28-sub-processors-not-stated",
        f"{GDPR}28 nr. 2",
        lambda: with_party(**PROCESSOR | {"agreement_sub_processors": None}),
        lambda: with_party(**PROCESSOR | {"agreement_sub_processors": SubProcessors.NONE}),
    ),
    (
        "28-review-overdue",
        f"{GDPR}28 nr. 1",
        lambda: register(DAY_AFTER, parties=(party(**PROCESSOR),)),
        lambda: register(REVIEW_DAY, parties=(party(**PROCESSOR),)),
    ),
    (
        "28-review-unplanned",
        f"{GDPR}28 nr. 1",
        lambda: with_party(**PROCESSOR | {"agreement_owner": ""}),
        lambda: with_party(**PROCESSOR | {"agreement_owner": "", "agreement_on": None}),
    ),
    (
        "28-support-is-processor",
        f"{GDPR}28 nr. 3",
        lambda: with_party(role=PartyRole.SUPPORT),
        lambda: with_party(role=PartyRole.ADVISER),
    ),
    (
        "15-1-c-recipient-unnamed",
        f"{GDPR}15 nr. 1 bokstav c",
        lambda: with_party(role=PartyRole.ADVISER, name=""),
        lambda: with_party(role=PartyRole.AUTHORITY, name=""),
    ),
    # Transfers, on a day
    (
        "46-tool-missing",
        f"{GDPR}44",
        lambda: both(TODAY, transfer("IN", None)),
        lambda: both(TODAY, transfer("SE", None)),
    ),
    (
        "45-adequacy-not-named",
        f"{GDPR}45",
        lambda: both(TODAY, transfer("CH", None)),
        lambda: both(TODAY, transfer("CH", TransferTool.ADEQUACY)),
    ),
    (
        "45-tool-ended",
        f"{GDPR}44",
        lambda: both(date(2020, 7, 16), transfer("US", TransferTool.PRIVACY_SHIELD)),
        lambda: both(date(2020, 7, 15), transfer("US", TransferTool.PRIVACY_SHIELD)),
    ),
    (
        "45-dpf-may-replace",
        f"{GDPR}45",
        lambda: both(date(2023, 7, 10), transfer("US", TransferTool.PRIVACY_SHIELD)),
        lambda: both(date(2023, 7, 9), transfer("US", TransferTool.PRIVACY_SHIELD)),
    ),
    (
        "45-dpf-may-replace",
        f"{GDPR}45",
        lambda: both(TODAY, transfer("", TransferTool.SAFE_HARBOR)),
        lambda: both(TODAY, transfer("CA", TransferTool.PRIVACY_SHIELD)),
    ),
    (
        "45-tool-not-yet",
        f"{GDPR}44",
        lambda: both(date(2023, 7, 9), transfer("US", TransferTool.DPF)),
        lambda: both(date(2023, 7, 10), transfer("US", TransferTool.DPF)),
    ),
    (
        "45-wrong-country",
        f"{GDPR}45",
        lambda: both(TODAY, transfer("IN", TransferTool.DPF)),
        lambda: both(TODAY, transfer("US", TransferTool.DPF)),
    ),
    (
        "45-wrong-country",
        f"{GDPR}45",
        lambda: both(date(2032, 1, 1), transfer("GB", TransferTool.ADEQUACY)),
        lambda: both(date(2031, 12, 1), transfer("GB", TransferTool.ADEQUACY)),
    ),
    (
        "45-scope-unchecked",
        f"{GDPR}45",
        lambda: both(TODAY, transfer("CA", TransferTool.ADEQUACY)),
        lambda: both(TODAY, transfer("CA", TransferTool.ADEQUACY, "Sjekket i mappe 4")),
    ),
    (
        "45-list-unchecked",
        f"{GDPR}45",
        lambda: both(TODAY, transfer("US", TransferTool.DPF)),
        lambda: both(TODAY, transfer("US", TransferTool.DPF, checked_on=date(2026, 11, 2))),
    ),
    (
        "45-list-check-overdue",
        f"{GDPR}45",
        lambda: both(TODAY, transfer("US", TransferTool.DPF, checked_on=date(2025, 11, 22))),
        lambda: both(TODAY, transfer("US", TransferTool.DPF, checked_on=date(2025, 11, 23))),
    ),
    (
        "46-assessment-missing",
        f"{GDPR}46 nr. 1",
        lambda: both(date(2020, 7, 16), transfer("US", TransferTool.SCC)),
        lambda: both(date(2020, 7, 15), transfer("US", TransferTool.SCC)),
    ),
    (
        "46-assessment-missing",
        f"{GDPR}46 nr. 1",
        lambda: both(TODAY, TO_US, tia("IN"), tia(party=party()), tia(**NO_CONCLUSION)),
        lambda: both(TODAY, TO_US, tia()),
    ),
    (
        "46-assessment-missing",
        f"{GDPR}46 nr. 1",
        lambda: a(transfers=(replace(TO_US, party=party(code="another")),), transfer_assessments=(tia(party=party()),)),
        lambda: a(transfers=(replace(TO_US, party=party()),), transfer_assessments=(tia(party=party()),)),
    ),
    (
        "46-not-adequate",
        f"{GDPR}46 nr. 1",
        lambda: both(TODAY, TO_US, tia(conclusion=TransferOutcome.NOT_ADEQUATE)),
        lambda: both(
            TODAY,
            TO_US,
            tia(conclusion=TransferOutcome.WITH_MEASURES, concluded_on=date(2026, 5, 1)),
            tia(conclusion=TransferOutcome.NOT_ADEQUATE),
        ),
    ),
    (
        "46-not-adequate",
        f"{GDPR}46 nr. 1",
        lambda: a(
            transfers=(replace(TO_US, party=party()),),
            transfer_assessments=(
                tia(party=party(), conclusion=TransferOutcome.NOT_ADEQUATE),
                tia(concluded_on=date(2026, 5, 1)),
            ),
        ),
        lambda: a(
            transfers=(transfer("US", TransferTool.DPF),),
            transfer_assessments=(tia(conclusion=TransferOutcome.NOT_ADEQUATE),),
        ),
    ),
    (
        "46-review-overdue",
        f"{GDPR}24 nr. 1",
        lambda: register(DAY_AFTER, transfer_assessments=(tia(),)),
        lambda: register(REVIEW_DAY, transfer_assessments=(tia(),)),
    ),
    (
        "46-review-unplanned",
        f"{GDPR}24 nr. 1",
        lambda: register(transfer_assessments=(tia(owner=""),)),
        lambda: register(transfer_assessments=(tia(owner="", **NO_CONCLUSION),)),
    ),
    (
        "46-review-overdue",
        f"{GDPR}24 nr. 1",
        lambda: a(DAY_AFTER, transfer_assessments=(tia(),)),
        lambda: a(REVIEW_DAY, transfer_assessments=(tia(),)),
    ),
    (
        "46-review-unplanned",
        f"{GDPR}24 nr. 1",
        lambda: a(transfer_assessments=(tia(next_review_on=None),)),
        lambda: a(transfer_assessments=(tia(),)),
    ),
    (
        "44-not-a-transfer",
        f"{GDPR}44",
        lambda: both(TODAY, transfer("DE", TransferTool.SCC)),
        lambda: both(TODAY, transfer("US", TransferTool.SCC)),
    ),
    (
        "44-recipient-abroad",
        f"{GDPR}30 nr. 1 bokstav e",
        lambda: a(disclosures=(DisclosureRecord(party=party(country="US")),)),
        lambda: a(
            disclosures=(DisclosureRecord(party=party(country="US")),),
            transfers=(transfer("US", TransferTool.DPF, party=party(country="US")),),
        ),
    ),
    (
        "44-answer-contradicted",
        f"{GDPR}30 nr. 1 bokstav e",
        lambda: a(transfers_outside_eea=Fact.NO, transfers=(transfer("US", TransferTool.DPF),)),
        lambda: a(transfers_outside_eea=Fact.YES, transfers=(transfer("US", TransferTool.DPF),)),
    ),
    # How long
    (
        "5-1-e-retention-vague",
        f"{GDPR}5 nr. 1 bokstav e",
        lambda: a(retention=(RetentionRecord(statement="Så lenge det trengs"),)),
        lambda: a(
            retention=(RetentionRecord(statement="Til du melder deg av", trigger=RetentionTrigger.UNSUBSCRIBED),)
        ),
    ),
    (
        "5-1-e-retention-vague",
        f"{GDPR}5 nr. 1 bokstav e",
        lambda: a(retention=(kept(period=None, unit=None, statement="Som regel når avtalen er slutt"),)),
        lambda: a(retention=(kept(statement="Som regel når avtalen er slutt"),)),
    ),
    (
        "5-1-e-period-missing",
        f"{GDPR}5 nr. 1 bokstav e",
        lambda: a(retention=(kept(trigger=RetentionTrigger.POSITION_FILLED, period=None, unit=None),)),
        lambda: a(retention=(kept(trigger=RetentionTrigger.CONSENT_WITHDRAWN, period=None, unit=None),)),
    ),
    (
        "5-1-e-trigger-missing",
        f"{GDPR}5 nr. 1 bokstav e",
        lambda: a(retention=(kept(trigger=None),)),
        lambda: a(retention=(kept(trigger=None, period=0),)),
    ),
    (
        "bookkeeping-time-wrong",
        "Bokføringsloven § 13",
        lambda: a(retention=(kept(**FIVE_YEARS_FROM_YEAR_END | {"kind": RetentionKind.MAXIMUM}),)),
        lambda: a(retention=(kept(**FIVE_YEARS_FROM_YEAR_END),)),
    ),
    (
        "bookkeeping-time-wrong",
        "Bokføringsloven § 13",
        lambda: a(retention=(kept(**FIVE_YEARS_FROM_YEAR_END | {"period": 4}),)),
        lambda: a(retention=(kept(**FIVE_YEARS_FROM_YEAR_END | {"period": 42, "unit": PeriodUnit.MONTHS}),)),
    ),
    (
        "bookkeeping-time-wrong",
        "Bokføringsloven § 13",
        lambda: a(retention=(kept(**FIVE_YEARS_FROM_YEAR_END | {"trigger": None}),)),
        lambda: a(retention=(kept(**FIVE_YEARS_FROM_YEAR_END | {"trigger": None, "statute": "Loven § 1"}),)),
    ),
    (
        "bookkeeping-time-wrong",
        "Bokføringsloven § 13",
        lambda: a(retention=(kept(**FIVE_YEARS_FROM_YEAR_END | {"period": 1827, "unit": PeriodUnit.DAYS}),)),
        lambda: a(retention=(kept(**FIVE_YEARS_FROM_YEAR_END | {"kind": None}),)),
    ),
    (
        "bookkeeping-time-exceeded",
        "Bokføringsloven § 13",
        lambda: a(retention=(kept(**FIVE_YEARS_FROM_YEAR_END | {"period": 10}),)),
        lambda: a(retention=(kept(**FIVE_YEARS_FROM_YEAR_END),)),
    ),
    (
        "journal-time-fixed",
        "Pasientjournalloven § 25",
        lambda: journal(retention=(kept(trigger=RetentionTrigger.LAST_ENTRY, kind=RetentionKind.MINIMUM),)),
        lambda: journal(retention=(kept(trigger=RetentionTrigger.LAST_ENTRY, kind=RetentionKind.REVIEW),)),
    ),
    # The notice: Art. 13 and 14
    (
        "13-1-d-interest-missing",
        f"{GDPR}13 nr. 1 bokstav d",
        lambda: a(legal_grounds=(ground("f"),)),
        lambda: a(legal_grounds=(ground("f", **INTEREST),)),
    ),
    (
        "13-2-c-withdrawal-missing",
        f"{GDPR}13 nr. 2 bokstav c",
        lambda: a(legal_grounds=(ground("a"),)),
        lambda: a(legal_grounds=(ground("a", consent_withdrawal="når du vil"),)),
    ),
    (
        "13-2-c-explicit-withdrawal-missing",
        f"{GDPR}13 nr. 2 bokstav c",
        lambda: a(special_grounds=(condition("a"),)),
        lambda: a(special_grounds=(condition("a"),), legal_grounds=(ground("a", consent_withdrawal="når du vil"),)),
    ),
    (
        "13-2-d-authority-missing",
        f"{GDPR}13 nr. 2 bokstav d",
        lambda: company(supervisory_authority=""),
        lambda: company(),
    ),
    (
        "13-1-f-copy-missing",
        f"{GDPR}13 nr. 1 bokstav f",
        lambda: register(
            controller=make_controller_record(transfers_documented_on_request=Fact.NOT_STATED),
            transfers=(transfer("US", TransferTool.SCC, "Mappe 8"),),
        ),
        lambda: register(
            controller=make_controller_record(transfers_documented_on_request=Fact.NOT_STATED),
            transfers=(transfer("US", TransferTool.DPF, "Mappe 8"),),
        ),
    ),
    (
        "13-2-e-provision-missing",
        f"{GDPR}13 nr. 2 bokstav e",
        lambda: a(provision_required=Fact.NOT_STATED),
        lambda: a(provision_required=Fact.NOT_STATED, sources=(SourceRecord(kind=SourceKind.REFERRER),)),
    ),
    (
        "13-2-e-provision-unclear",
        f"{GDPR}13 nr. 2 bokstav e",
        lambda: (
            make_register(
                activities=[plain_activity(provision_required=Fact.NOT_STATED)],
                statements=(said(StatementTopic.PRACTICE, "Det er frivillig å gi oss noe."),),
            ),
            TODAY,
        ),
        lambda: a(provision_required=Fact.NOT_STATED),
    ),
    (
        "13-2-e-consequence-missing",
        f"{GDPR}13 nr. 2 bokstav e",
        lambda: a(provision_required=Fact.YES, provision_consequence=""),
        lambda: a(provision_required=Fact.NO, provision_consequence=""),
    ),
    (
        "13-2-f-automation-missing",
        f"{GDPR}13 nr. 2 bokstav f",
        lambda: (
            make_register(
                activities=[plain_activity(automated_decisions=Fact.NOT_STATED)],
                controller=make_controller_record(automated_decisions=Fact.NOT_STATED),
            ),
            TODAY,
        ),
        lambda: a(automated_decisions=Fact.NOT_STATED),
    ),
    (
        "13-2-f-logic-missing",
        f"{GDPR}13 nr. 2 bokstav f",
        lambda: a(automated_decisions=Fact.YES, automated_decisions_note=""),
        lambda: a(automated_decisions=Fact.YES, automated_decisions_note="Slik teller den."),
    ),
    ("14-2-f-source-missing", f"{GDPR}14 nr. 2 bokstav f", lambda: a(sources=()), lambda: a()),
    # Impact assessments
    (
        "35-screening-missing",
        f"{GDPR}35 nr. 1",
        lambda: a(data=(HEALTH_ROW, data("Lyd og bilde i sanntid")), **UNSCREENED),
        lambda: a(data=(HEALTH_ROW,), **UNSCREENED),
    ),
    (
        "35-reason-missing",
        f"{GDPR}35 nr. 1",
        lambda: a(data=(HEALTH_ROW, data("Lyd og bilde i sanntid")), dpia_needed=Fact.NO, dpia_note=""),
        lambda: a(data=(HEALTH_ROW, data("Lyd og bilde i sanntid")), **SCREENED),
    ),
    (
        "35-screening-missing",
        f"{GDPR}35 nr. 1",
        lambda: journal(**UNSCREENED),
        lambda: journal(data=(data(about="Klienter"),), **UNSCREENED),
    ),
    (
        "35-screening-missing",
        f"{GDPR}35 nr. 1",
        lambda: a(data=(HEALTH_ROW, data("Opptak")), **UNSCREENED),
        lambda: a(data=(data("Opptak"),), **UNSCREENED),
    ),
    (
        "35-screening-missing",
        f"{GDPR}35 nr. 1",
        lambda: a(data=(HEALTH_ROW, TRACKED), **UNSCREENED),
        lambda: a(data=(OFFENCES, TRACKED), **UNSCREENED),
    ),
    (
        "35-screening-missing",
        f"{GDPR}35 nr. 1",
        lambda: a(**UNSCREENED | {"screening": risks(*VULNERABLE_AND_NEW, answer=Fact.POSSIBLE)}),
        lambda: a(**UNSCREENED | {"screening": risks(RiskCriterion.INNOVATIVE)}),
    ),
    (
        "35-reason-missing",
        f"{GDPR}35 nr. 1",
        lambda: a(screening=risks(*VULNERABLE_AND_NEW), dpia_needed=Fact.NO, dpia_note=""),
        lambda: a(screening=risks(*VULNERABLE_AND_NEW, answer=Fact.NO), dpia_needed=Fact.NO, dpia_note=""),
    ),
    (
        "35-assessment-missing",
        f"{GDPR}35 nr. 1",
        lambda: a(dpia_needed=Fact.YES, impact_assessments=(dpia(**NO_CONCLUSION),)),
        lambda: a(dpia_needed=Fact.YES, impact_assessments=(dpia(),)),
    ),
    (
        "35-assessment-missing",
        f"{GDPR}35 nr. 1",
        lambda: a(dpia_needed=Fact.YES, impact_assessments=()),
        lambda: a(dpia_needed=Fact.NO, impact_assessments=()),
    ),
    (
        "35-7-part-missing",
        f"{GDPR}35 nr. 7",
        lambda: a(impact_assessments=(dpia(reference=""),)),
        lambda: a(impact_assessments=(dpia(),)),
    ),
    (
        "36-consultation-missing",
        f"{GDPR}36 nr. 1",
        lambda: a(impact_assessments=(dpia(conclusion=ImpactOutcome.HIGH),)),
        lambda: a(impact_assessments=(dpia(conclusion=ImpactOutcome.HIGH, consulted_on=date(2026, 2, 1)),)),
    ),
    (
        "36-consultation-missing",
        f"{GDPR}36 nr. 1",
        lambda: a(impact_assessments=(dpia(conclusion=ImpactOutcome.HIGH), dpia(covers="Opptak"))),
        lambda: a(impact_assessments=(dpia(conclusion=ImpactOutcome.HIGH), dpia())),
    ),
    (
        "35-screening-review-overdue",
        f"{GDPR}35 nr. 11",
        lambda: a(DAY_AFTER, screening_review_on=REVIEW_DAY),
        lambda: a(REVIEW_DAY, screening_review_on=REVIEW_DAY),
    ),
    (
        "35-screening-unplanned",
        f"{GDPR}24 nr. 1",
        lambda: journal(screened_on=None),
        lambda: a(screened_on=None, screening=(), **SCREENED),
    ),
    (
        "35-review-overdue",
        f"{GDPR}35 nr. 11",
        lambda: a(DAY_AFTER, impact_assessments=(dpia(),)),
        lambda: a(REVIEW_DAY, impact_assessments=(dpia(),)),
    ),
    (
        "35-review-unplanned",
        f"{GDPR}35 nr. 11",
        lambda: a(impact_assessments=(dpia(next_review_on=None),)),
        lambda: a(impact_assessments=(dpia(),)),
    ),
    # Balancing tests
    (
        "6-1-f-test-missing",
        f"{GDPR}6 nr. 1 bokstav f",
        lambda: on_interest(),
        lambda: a(legal_grounds=(ground("b"),), balancing_tests=()),
    ),
    (
        "6-1-f-test-missing",
        f"{GDPR}6 nr. 1 bokstav f",
        lambda: on_interest(lia(**NO_CONCLUSION), lia(purpose="Føre regnskap"), purposes=TWO),
        lambda: on_interest(lia(purpose="Følge opp avtalen")),
    ),
    (
        "6-1-f-test-missing",
        f"{GDPR}6 nr. 1 bokstav f",
        lambda: on_interest(lia(purpose="Føre regnskap"), purposes=TWO, legal_grounds=(ground("f", "", **INTEREST),)),
        lambda: on_interest(lia(), purposes=TWO, legal_grounds=(ground("f", "", **INTEREST),)),
    ),
    (
        "6-1-f-person-prevails",
        f"{GDPR}6 nr. 1 bokstav f",
        lambda: on_interest(lia(), lia(conclusion=BalancingOutcome.PERSON)),
        lambda: on_interest(lia(conclusion=BalancingOutcome.PERSON), lia()),
    ),
    (
        "6-1-f-person-prevails",
        f"{GDPR}6 nr. 1 bokstav f",
        lambda: on_interest(
            lia(purpose="Følge opp avtalen", conclusion=BalancingOutcome.PERSON), lia(concluded_on=date(2026, 5, 1))
        ),
        lambda: on_interest(lia(conclusion=BalancingOutcome.PERSON), legal_grounds=(ground("b"),)),
    ),
    (
        "6-1-f-step-missing",
        f"{GDPR}6 nr. 1 bokstav f",
        lambda: on_interest(lia(necessity="")),
        lambda: on_interest(lia(necessity="", **NO_CONCLUSION)),
    ),
    (
        "6-1-f-review-overdue",
        f"{GDPR}24 nr. 1",
        lambda: on_interest(lia(), law_on=DAY_AFTER),
        lambda: on_interest(lia(), law_on=REVIEW_DAY),
    ),
    (
        "6-1-f-review-overdue",
        f"{GDPR}24 nr. 1",
        lambda: on_interest(lia(), lia(**NO_CONCLUSION | {"next_review_on": None}), law_on=DAY_AFTER),
        lambda: on_interest(lia(), lia(concluded_on=REVIEW_DAY, next_review_on=YEAR), law_on=DAY_AFTER),
    ),
    (
        "6-1-f-review-unplanned",
        f"{GDPR}24 nr. 1",
        lambda: on_interest(lia(owner="")),
        lambda: on_interest(lia()),
    ),
    # Activities nobody described
    (
        "activity-missing-events",
        f"{GDPR}30 nr. 1",
        lambda: register(situations=(situation("Påmelding til egne arrangementer"),)),
        lambda: register(TODAY, another("Arrangementer"), situations=(situation("Påmelding til egne arrangementer"),)),
    ),
    (
        "activity-missing-personnel",
        f"{GDPR}30 nr. 1",
        lambda: register(subject_categories=(people("Ansatte", "staff"),)),
        lambda: register(TODAY, another("Personaladministrasjon"), subject_categories=(people("Ansatte", "staff"),)),
    ),
    (
        "activity-missing-for-situation",
        f"{GDPR}30 nr. 1",
        lambda: register(situations=(situation("Spørreundersøkelse"),)),
        lambda: register(
            TODAY,
            another("Undersøkelser", collection=(situation("Spørreundersøkelse"),)),
        ),
    ),
    (
        "activity-missing-for-group",
        f"{GDPR}30 nr. 1 bokstav c",
        lambda: register(subject_categories=(people("Vikarer", "locums"),)),
        lambda: register(subject_categories=(people("Vikarer"),)),
    ),
    (
        "activity-missing-existing-customers",
        "Markedsføringsloven § 15",
        lambda: register(statements=(said(StatementTopic.RETENTION, "Reklame til dem som alt er kunder."),)),
        lambda: register(statements=(said(StatementTopic.RETENTION, "Reklame til abonnenter."),)),
    ),
    (
        "activity-missing-access-log",
        "Pasientjournalloven §§ 18, 22 og 25",
        lambda: journal(),
        lambda: (make_register(activities=[make_activity_record(), another("Tilgangslogg i journalen")]), TODAY),
    ),
    (
        "activity-missing-social-media",
        f"{GDPR}26",
        lambda: a(statements=(said(StatementTopic.CHANNELS, "Du når oss i sosiale medier."),)),
        lambda: register(
            TODAY,
            another(
                "Sider i sosiale medier", statements=(said(StatementTopic.CHANNELS, "Du når oss i sosiale medier."),)
            ),
        ),
    ),
    (
        "activity-missing-social-media",
        f"{GDPR}26",
        lambda: register(situations=(situation("Kontakt på sosiale medier"), situation("Besøk"))),
        lambda: register(situations=(situation("Besøk"),)),
    ),
    (
        "activity-missing-accounts",
        f"{GDPR}30 nr. 1",
        lambda: (
            make_register(
                activities=[
                    plain_activity(number=f"A0{place}", retention=(kept(**FIVE_YEARS_FROM_YEAR_END),))
                    for place in (1, 2, 3)
                ]
            ),
            TODAY,
        ),
        lambda: (
            make_register(
                activities=[
                    plain_activity(number=f"A0{place}", retention=(kept(**FIVE_YEARS_FROM_YEAR_END),))
                    for place in (1, 2)
                ]
            ),
            TODAY,
        ),
    ),
    (
        "activity-missing-rights-requests",
        f"{GDPR}30 nr. 1",
        lambda: a(),
        lambda: a(name="Krav om rettigheter"),
    ),
    (
        "activity-missing-breach-log",
        f"{GDPR}33 nr. 5",
        lambda: a(),
        lambda: a(name="Avvikslogg"),
    ),
    # The yearly look, from the last one or from when the activity began
    ("5-2-review-overdue", f"{GDPR}5 nr. 2", lambda: a(date(2027, 3, 4)), lambda: a(date(2027, 3, 3))),
    ("5-2-review-overdue", f"{GDPR}5 nr. 2", lambda: a(reviews=()), lambda: a(date(2021, 1, 1), reviews=())),
    ("5-2-review-overdue", f"{GDPR}5 nr. 2", lambda: a(reviews=(OPENED,)), lambda: a(reviews=(*REVIEWED, OPENED))),
    ("5-2-review-overdue", f"{GDPR}5 nr. 2", lambda: a(valid_from=None, reviews=()), lambda: a(valid_from=None)),
    (
        "5-2-review-overdue",
        f"{GDPR}5 nr. 2",
        lambda: company(review_routines=(routine(6),)),
        lambda: company(review_routines=(routine(1, "backups"), routine(24))),
    ),
    # The words the public reads
    *(
        (
            f"12-1-{code}",
            f"{GDPR}12 nr. 1",
            lambda text=unclear: a(public_description=text),
            lambda text=clear: a(public_description=text),
        )
        for code, unclear, clear in UNCLEAR
    ),
    # A translation of what nobody says any longer
    (
        "12-1-translation-stale",
        f"{GDPR}12 nr. 1",
        lambda: a(public_description="Vi fører journal.", translations=(english("Vi skriver journal."),)),
        lambda: a(public_description="Vi skriver journal.", translations=(english(" Vi skriver journal.\r\n"),)),
    ),
    (
        "12-1-translation-stale",
        f"{GDPR}12 nr. 1",
        lambda: register(translations=(english("adresse"),)),
        lambda: register(translations=(english("Følge opp avtalen"), english("Vi skriver journal."))),
    ),
    # The law itself
    ("law-not-checked", f"{GDPR}5 nr. 2", lambda: a(YEAR), lambda: a(date(2027, 5, 31))),
]


def found(world: World, code: str, source: str) -> list[str]:
    """The subjects of the findings of one rule, as often as it fires."""
    asked, law_on = world
    return [
        finding.subject
        for finding in check_register(asked, law_on=law_on)
        if (finding.code, str(finding.source)) == (code, source)
    ]


@pytest.mark.parametrize(
    ("code", "source", "fires", "quiet"), ROWS, ids=[f"{code}-{n}" for n, (code, *_) in enumerate(ROWS)]
)
def test_the_rule_fires_and_is_quiet(
    code: str, source: str, fires: Callable[[], World], quiet: Callable[[], World]
) -> None:
    assert found(fires(), code, source)
    assert found(quiet(), code, source) == []


def test_every_rule_has_a_row() -> None:
    assert {(rule.code, str(rule.source)) for rule in RULES} == {(code, source) for code, source, *_ in ROWS}


@pytest.mark.parametrize(
    "code", sorted({rule.code for rule in RULES if rule.field == "transfers"} - {"44-answer-contradicted"})
)
def test_a_rule_on_transfers_asks_the_company_and_the_activity_alike(code: str) -> None:
    pairs = [(fires, source) for its, source, fires, _quiet in ROWS if its == code]
    fires, source = pairs[0]
    subjects = found(fires(), code, source)
    expected = {"A01"} if code in {"30-1-e-transfer-not-stated", "30-1-e-documentation-missing"} else {"", "A01"}
    assert set(subjects) == expected


def test_what_is_complete_and_plain_has_no_errors_and_no_warnings() -> None:
    asked, law_on = a()
    assert {finding.code for finding in check_register(asked, law_on=law_on)} <= {
        "12-3-promise-too-long",
        "activity-missing-rights-requests",
        "activity-missing-breach-log",
    }


def test_data_that_is_said_not_to_be_there_is_not_there() -> None:
    absent = DataRecord(category=HEALTH, subject=CLIENTS, presence=Fact.NO)
    named = DataRecord(category=NAME, subject=CLIENTS, presence=Fact.YES)
    assert found(a(data=(named, absent)), "9-2-condition-missing", f"{GDPR}9 nr. 2") == []
