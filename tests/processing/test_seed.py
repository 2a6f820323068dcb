"""The seed says what the company states, activity by activity, loses none of its gaps, and is easy to read.

The tables here were written from the company's facts, not from the seed: what is expected comes from there.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.db import transaction

from processing.law.facts import Fact, RemarkKind
from processing.law.parties import JointControllerStatus, PartyRole
from processing.law.plain_language import lix, longest_sentence
from processing.law.records import ActivityRecord, Register
from processing.law.retention import PeriodUnit, RetentionKind, RetentionTrigger
from processing.law.transfers import TransferTool
from processing.register import register_as_of
from tests.company import load_company

# The fixture below needs the database, which is made only for tests that say so.
pytestmark = pytest.mark.django_db

LOADED_AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def register(django_db_setup, django_db_blocker) -> Register:
    """The company's register, loaded once: a value, so that no test can change it for another."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_company(at=LOADED_AT)
        found = register_as_of(LOADED_AT)
        transaction.set_rollback(True)
    return found


def activity(register: Register, number: str) -> ActivityRecord:
    return next(record for record in register.activities if record.number == number)


@dataclass(frozen=True)
class Stated:
    """What the company states of an activity, or what is concluded for it and marked so."""

    code: str
    purposes: int
    bases: str
    special: str
    conditions: tuple[str, ...]
    subjects: set[str]
    data: set[str]
    retention: int
    recipients: set[str]
    abroad: str
    transfers: list[str | None]
    sources: set[str]
    measures: set[str]
    gaps: set[str]
    regime: str
    proposed: set[tuple[str, str]]


NONE: set[str] = set()
ARTICLE_9 = ("9-2-b", "9-2-h")
ACCOUNTING = ("retention.statute", "Bokføringsloven § 13")
STATED = {
    "A01": Stated(
        code="enquiries",
        purposes=3,
        bases="f",
        special="possible",
        conditions=(),
        subjects={"clients", "prospects", "site_visitors", "partner_contacts"},
        data={"name", "contact_details", "ip_address", "sender_content", "health"},
        retention=2,
        recipients={"web_hosting", "email_sending", "cloud_storage", "it_and_admin", "it_support"},
        abroad="possible",
        transfers=[],
        sources={"data_subject"},
        measures=NONE,
        gaps={"G08", "G10", "G22", "G25"},
        regime="gdpr_only",
        proposed={("special_grounds", "9-2-h"), ("special_grounds", "9-2-f"), ACCOUNTING},
    ),
    "A02": Stated(
        code="service_purchase",
        purposes=3,
        bases="bc",
        special="possible",
        conditions=(),
        subjects={"clients"},
        data={"name", "contact_details", "order_data", "payment_data", "health"},
        retention=2,
        recipients={"booking_system", "accounting", "payment", "cloud_storage", "advisers", "authorities"},
        abroad="possible",
        transfers=[None, "payment"],
        sources={"data_subject"},
        measures=NONE,
        gaps={"G08", "G09", "G10", "G11"},
        regime="gdpr_only",
        proposed={("special_grounds", "9-2-h"), ACCOUNTING, ("retention.trigger", "financial_year_end")},
    ),
    "A03": Stated(
        code="patient_journal",
        purposes=3,
        bases="bc",
        special="yes",
        conditions=(),
        subjects={"clients", "third_parties"},
        data={
            "journal_content",
            "mental_health",
            "physical_health",
            "sexual_orientation",
            "ethnic_origin",
            "religion",
            "philosophical_belief",
        },
        retention=1,
        recipients={"journal_system", "authorities"},
        abroad="not_stated",
        transfers=[],
        sources={"data_subject"},
        measures={"mfa_app", "access_limited_to_own_therapist", "secure_journal_system"},
        gaps={"G02", "G07", "G08", "G12", "G13", "G14", "G15", "G16", "G18", "G19", "G20"},
        regime="health_record",
        proposed={
            ("special_grounds", "9-2-h"),
            ("retention.statute", "Pasientjournalloven § 25"),
            ("data", "Fødselsnummer"),
            ("data", "Kontaktopplysninger"),
            ("data", "Henvisninger"),
            ("data", "Tilgangslogg"),
            ("sources", "referrer"),
            ("sources", "relatives"),
        },
    ),
    "A04": Stated(
        code="session_notes_folders",
        purposes=1,
        bases="",
        special="no",
        conditions=(),
        subjects={"clients"},
        data={"session_notes"},
        retention=0,
        recipients=NONE,
        abroad="not_stated",
        transfers=[],
        sources={"data_subject", "therapist"},
        measures={"filing_cabinet", "locked_office"},
        gaps={"G09", "G17"},
        regime="gdpr_only",
        proposed={("special_grounds", "9-2-h")},
    ),
    "A05": Stated(
        code="video_consultation",
        purposes=1,
        bases="f",
        special="possible",
        conditions=(),
        subjects={"clients", "prospects"},
        data={"name", "live_sound_and_picture", "ip_address", "chat_messages", "health"},
        retention=3,
        recipients={"video_service"},
        abroad="not_stated",
        transfers=[],
        sources={"data_subject"},
        measures={"secure_streaming_service", "end_to_end_encryption", "no_recording_by_default"},
        gaps={"G08", "G09", "G21"},
        regime="gdpr_only",
        proposed={("legal_grounds", "b"), ("special_grounds", "9-2-h")},
    ),
    "A06": Stated(
        code="session_recording",
        purposes=0,
        bases="",
        special="possible",
        conditions=(),
        subjects={"clients"},
        data={"recordings", "health", "biometric"},
        retention=0,
        recipients=NONE,
        abroad="not_stated",
        transfers=[],
        sources={"data_subject"},
        measures=NONE,
        gaps={"G08", "G09", "G21"},
        regime="gdpr_only",
        proposed={
            ("legal_grounds", "a"),
            ("special_grounds", "9-2-a"),
            ("disclosures", "video_service"),
            ("disclosures", "cloud_storage"),
        },
    ),
    "A07": Stated(
        code="recruitment",
        purposes=2,
        bases="ab",
        special="possible",
        conditions=ARTICLE_9,
        subjects={"applicants"},
        data={"name", "contact_details", "cv", "application_content", "unspecified_special"},
        retention=2,
        recipients=NONE,
        abroad="not_stated",
        transfers=[],
        sources={"data_subject"},
        measures=NONE,
        gaps={"G09", "G20", "G24"},
        regime="recruitment",
        proposed={("sources", "referees"), ("disclosures", "email_sending"), ("disclosures", "cloud_storage")},
    ),
    "A08": Stated(
        code="contractors",
        purposes=1,
        bases="b",
        special="possible",
        conditions=ARTICLE_9,
        subjects={"contractors"},
        data={"name", "contact_details", "cv", "application_content", "cooperation_data", "unspecified_special"},
        retention=1,
        recipients={"it_and_admin", "accounting"},
        abroad="not_stated",
        transfers=[],
        sources={"data_subject"},
        measures=NONE,
        gaps={"G02", "G09", "G24"},
        regime="gdpr_only",
        proposed=set(),
    ),
    "A09": Stated(
        code="contractor_fees",
        purposes=1,
        bases="b",
        special="possible",
        conditions=ARTICLE_9,
        subjects={"contractors"},
        data={"fee_data", "unspecified_special"},
        retention=1,
        recipients={"accounting", "advisers", "authorities"},
        abroad="not_stated",
        transfers=[],
        sources={"data_subject"},
        measures=NONE,
        gaps={"G10", "G24"},
        regime="accounting",
        proposed={("legal_grounds", "c"), ACCOUNTING},
    ),
    "A10": Stated(
        code="newsletter",
        purposes=2,
        bases="a",
        special="not_stated",
        conditions=(),
        subjects={"subscribers", "clients", "prospects"},
        data={"name", "email_address"},
        retention=1,
        recipients={"email_sending"},
        abroad="possible",
        transfers=["email_sending"],
        sources={"data_subject"},
        measures=NONE,
        gaps={"G05", "G28"},
        regime="marketing",
        proposed={("special_categories", "no"), ("legal_grounds.national_law", "Markedsføringsloven § 15")},
    ),
    "A11": Stated(
        code="newsletter_analytics",
        purposes=2,
        bases="f",
        special="possible",
        conditions=(),
        subjects={"subscribers"},
        data={"newsletter_activity", "inferred_health"},
        retention=1,
        recipients={"email_sending"},
        abroad="possible",
        transfers=["email_sending"],
        sources={"observed"},
        measures=NONE,
        gaps={"G04", "G05", "G27"},
        regime="marketing",
        proposed={("legal_grounds", "a"), ("legal_grounds.national_law", "Ekomloven (2024) § 3-15")},
    ),
    "A12": Stated(
        code="partners_processors",
        purposes=1,
        bases="b",
        special="not_stated",
        conditions=(),
        subjects={"partner_contacts"},
        data={"name", "contact_details", "correspondence"},
        retention=1,
        recipients={"email_sending", "cloud_storage", "accounting", "advisers"},
        abroad="possible",
        transfers=[],
        sources={"data_subject", "employer"},
        measures=NONE,
        gaps={"G10", "G32"},
        regime="gdpr_only",
        proposed={("purposes", "Følge opp avtalen"), ("legal_grounds", "f"), ("special_categories", "no")},
    ),
    "A13": Stated(
        code="website_cookies",
        purposes=3,
        bases="a",
        special="possible",
        conditions=(),
        subjects={"site_visitors"},
        data={"cookie_data", "inferred_health"},
        retention=0,
        recipients={"web_hosting", "site_security"},
        abroad="possible",
        transfers=["web_hosting", "site_security"],
        sources={"observed"},
        measures=NONE,
        gaps={"G04", "G05", "G09"},
        regime="website",
        proposed=set(),
    ),
    "A14": Stated(
        code="website_comments",
        purposes=1,
        bases="",
        special="possible",
        conditions=(),
        subjects={"commenters"},
        data={"comments", "health"},
        retention=1,
        recipients={"web_hosting", "public"},
        abroad="possible",
        transfers=[],
        sources={"data_subject"},
        measures=NONE,
        gaps={"G09", "G31"},
        regime="website",
        proposed={("legal_grounds", "f"), ("special_grounds", "9-2-e")},
    ),
}


def test_the_activities_are_the_fourteen(register):
    assert [record.number for record in register.activities] == [f"A{number:02}" for number in range(1, 15)]
    assert register.activities_on(LOADED_AT.date()) == register.activities


@pytest.mark.parametrize("number", STATED)
def test_an_activity_says_what_the_company_states(register, number):
    expected, found = STATED[number], activity(register, number)
    proposals = {(proposal.field, proposal.value) for proposal in found.proposals}
    assert Stated(
        code=found.code,
        purposes=len(found.purposes),
        bases="".join(sorted(found.bases)),
        special=found.special_categories,
        conditions=tuple(ground.condition for ground in found.special_grounds),
        subjects={subject.code for subject in found.subjects},
        data={category.code for category in found.data_categories},
        retention=len(found.retention),
        recipients={row.party.code for row in found.disclosures},
        abroad=found.transfers_outside_eea,
        transfers=[row.party.code if row.party else None for row in found.transfers],
        sources={source.kind.value for source in found.sources},
        measures={measure.code for measure in found.safeguards},
        gaps={note.gap for note in (*found.remarks, *found.proposals) if note.gap},
        regime=next(value for field, value in proposals if field == "regime"),
        proposed={proposal for proposal in proposals if proposal[0] != "regime"},
    ) == Stated(**vars(expected))


@pytest.mark.parametrize("number", STATED)
def test_what_the_company_does_not_state_of_an_activity_is_blank(register, number):
    found = activity(register, number)
    assert found.regime is None
    assert (found.valid_from, found.valid_to, found.owner, found.systems) == (None, None, "", ())
    assert found.automated_decisions is found.dpia_needed is Fact.NOT_STATED
    assert found.provision_required is (Fact.NO if number == "A10" else Fact.NOT_STATED)
    assert {row.reason for row in found.disclosures} <= {""}
    assert {(row.country, row.tool) for row in found.transfers} <= {("", None)}
    assert {ground.national_law for ground in found.special_grounds} <= {""}


RULES = {
    # (activity, what it covers): trigger, kind, period, unit, statute
    ("A01", "Henvendelser"): (RetentionTrigger.REVIEW, RetentionKind.REVIEW, 24, PeriodUnit.MONTHS, ""),
    ("A01", "Regnskapsmateriale"): (None, RetentionKind.MAXIMUM, 5, PeriodUnit.YEARS, "Bokføringsloven"),
    ("A02", "Regnskapsmateriale"): (None, RetentionKind.MAXIMUM, 5, PeriodUnit.YEARS, "Bokføringsloven"),
    ("A02", "Øvrige kundeopplysninger"): (None, None, None, None, ""),
    ("A03", "Notater i journalen"): (RetentionTrigger.LAST_ENTRY, RetentionKind.MINIMUM, 10, PeriodUnit.YEARS, ""),
    ("A05", "Lyd og bilde"): (None, RetentionKind.MAXIMUM, 0, PeriodUnit.DAYS, ""),
    ("A05", "Chatmeldinger"): (RetentionTrigger.ROOM_CLOSED, RetentionKind.MAXIMUM, 0, PeriodUnit.DAYS, ""),
    ("A05", "Navn og IP-adresse"): (None, None, None, None, ""),
    ("A07", "Søknader"): (RetentionTrigger.POSITION_FILLED, None, None, None, ""),
    ("A07", "Søknader vi har samtykke til å beholde"): (None, None, None, None, ""),
    ("A08", ""): (RetentionTrigger.COOPERATION_ENDED, None, None, None, ""),
    ("A09", ""): (None, RetentionKind.MAXIMUM, 5, PeriodUnit.YEARS, "Bokføringsloven"),
    ("A10", ""): (RetentionTrigger.CONSENT_WITHDRAWN, None, None, None, ""),
    ("A11", ""): (RetentionTrigger.UNSUBSCRIBED, RetentionKind.MAXIMUM, 12, PeriodUnit.MONTHS, ""),
    ("A12", ""): (None, RetentionKind.MAXIMUM, 5, PeriodUnit.YEARS, "Bokføringsloven"),
    ("A14", ""): (None, None, None, None, ""),
}
SILENT = {("A02", "Øvrige kundeopplysninger"), ("A05", "Navn og IP-adresse")}


def test_retention_is_as_stated(register):
    rules = {(record.number, rule.covers): rule for record in register.activities for rule in record.retention}
    assert {
        key: (rule.trigger, rule.kind, rule.period, rule.unit, rule.statute) for key, rule in rules.items()
    } == RULES
    assert {key for key, rule in rules.items() if not rule.is_stated} == SILENT
    assert all(rule.public_wording and rule.statement for rule in rules.values() if rule.is_stated)


def test_data_is_tied_to_a_retention_rule_only_where_the_text_names_it(register):
    tied = {
        (record.number, row.category.code, row.retention.covers)
        for record in register.activities
        for row in record.data
        if row.retention
    }
    assert tied == {
        ("A02", "payment_data", "Regnskapsmateriale"),
        ("A05", "live_sound_and_picture", "Lyd og bilde"),
        ("A05", "chat_messages", "Chatmeldinger"),
        ("A05", "name", "Navn og IP-adresse"),
        ("A05", "ip_address", "Navn og IP-adresse"),
    }


# (activity, basis, purpose or None for the whole activity, national law)
GROUNDS = [
    ("A01", "f", "Besvare henvendelser", ""),
    ("A01", "f", "Beholde historikk", ""),
    ("A01", "f", "Ha dokumentasjon ved klage eller krav", ""),
    ("A02", "b", "", ""),
    ("A02", "c", "", "Bokføringsloven og «skatteloven» (begge gitt som eksempler)"),
    ("A03", "b", "", ""),
    ("A03", "c", "", "Helsepersonelloven § 40"),
    ("A05", "f", "Levere tjenester digitalt", ""),
    ("A07", "b", "Vurdere søknad", ""),
    ("A07", "a", "Ha søknaden med tanke på en senere søknad", ""),
    ("A08", "b", "Administrere samarbeidet", ""),
    ("A09", "b", "Utbetale honorar", ""),
    ("A10", "a", "Holde abonnentene orientert om nyheter og tilbud som er relevante", ""),
    ("A10", "a", "Gi god service til kunder og mulige kunder", ""),
    ("A11", "f", "Måle treffsikkerhet", ""),
    ("A11", "f", "Stadig gjøre innholdet bedre og mer relevant for abonnentene", ""),
    ("A12", "b", "Inngå avtale", ""),
    ("A13", "a", "", "Ekomloven § 2-7b"),
]


def test_bases_belong_to_purposes_only_where_the_text_ties_them(register):
    assert [
        (record.number, ground.basis, ground.purpose, ground.national_law)
        for record in register.activities
        for ground in record.legal_grounds
    ] == GROUNDS


def test_interests_and_ways_to_withdraw_stand_where_they_are_stated(register):
    grounds = [(record.number, ground) for record in register.activities for ground in record.legal_grounds]
    assert all(bool(ground.legitimate_interest) == (ground.basis == "f") for _number, ground in grounds)
    assert {number for number, ground in grounds if ground.consent_withdrawal} == {"A10"}
    assert {number for number, ground in grounds if ground.scope} == {"A13"}


def test_the_controller_is_as_stated(register):
    controller = register.controller
    assert (controller.legal_name, controller.trading_name, controller.org_no) == (
        "MKT-Norge AS",
        "Metakognitiv Terapi Oslo",
        "926194569",
    )
    assert controller.address == "Universitetsgata 24, 0162 Oslo"
    assert (controller.country, controller.email) == ("NO", "info@mkt-oslo.no")
    assert controller.website == "https://www.metakognitivterapi-oslo.no"
    assert controller.cookie_page == f"{controller.website}/cookies"
    assert (controller.answer_within_days, controller.supervisory_authority) == (30, "Datatilsynet")
    assert controller.sells_data is controller.automated_decisions is controller.profiling is Fact.NO
    assert controller.agreements_with_processors is controller.transfers_documented_on_request is Fact.YES


def test_what_the_company_does_not_state_of_itself_is_blank(register):
    controller = register.controller
    for name in ("has_dpo", "has_representative", "processor_for_others", "professional_secrecy"):
        assert getattr(controller, name) is Fact.NOT_STATED, name
    for name in ("phone", "contact_person", "contact_role", "dpo_name", "dpo_contact", "representative"):
        assert getattr(controller, name) == "", name


def test_routines_and_candidates_for_joint_control_are_there(register):
    controller = register.controller
    assert {routine.code: routine.every_months for routine in controller.review_routines} == {
        "annual_gdpr_review": 12,
        "enquiry_review": 24,
    }
    assert [joint.status for joint in controller.joint_controllers] == [JointControllerStatus.CANDIDATE] * 2


def test_the_categories_of_people_are_the_twelve(register):
    listed = {subject.code: subject.listed_in_notice for subject in register.subject_categories}
    assert listed == {
        **dict.fromkeys(
            ["clients", "prospects", "site_visitors", "applicants", "contractors", "partner_contacts"], Fact.YES
        ),
        **dict.fromkeys(
            ["subscribers", "commenters", "event_attendees", "employees", "third_parties", "minors"], Fact.NO
        ),
    }


def test_recipients_are_kinds_without_names_countries_or_agreements(register):
    roles = {party.code: party.role for party in register.parties}
    processors = {code for code, role in roles.items() if role is PartyRole.PROCESSOR}
    assert processors == {
        "journal_system",
        "booking_system",
        "it_and_admin",
        "accounting",
        "cloud_storage",
        "web_hosting",
        "email_sending",
        "video_service",
        "backup",
        "site_security",
        "payment",
        "email_provider",
        "pc_security",
    }
    assert {code: roles[code] for code in roles.keys() - processors} == {
        "advisers": PartyRole.ADVISER,
        "it_support": PartyRole.SUPPORT,
        "authorities": PartyRole.AUTHORITY,
        "public": PartyRole.PUBLIC,
    }
    assert {(party.name, party.country, party.has_agreement) for party in register.parties} == {
        ("", "", Fact.NOT_STATED)
    }


def test_measures_and_situations_are_there(register):
    assert [measure.code for measure in register.general_measures] == [
        "strong_passwords",
        "encryption",
        "access_control",
        "backup",
        "mfa",
        "reputable_vendors",
        "need_to_know",
    ]
    assert len(register.measures) == 15
    assert [situation.code for situation in register.situations] == [
        "booking",
        "contact",
        "newsletter",
        "events",
        "website",
    ]


def test_the_tools_for_transfers_stand_for_the_company_as_a_whole(register):
    assert [(transfer.tool, transfer.country, transfer.party) for transfer in register.transfers] == [
        (TransferTool.ADEQUACY, "", None),
        (TransferTool.PRIVACY_SHIELD, "US", None),
        (TransferTool.SCC, "", None),
        (TransferTool.BCR, "", None),
    ]


def test_every_gap_is_to_be_seen(register):
    notes = [*register.remarks, *register.proposals]
    for record in register.activities:
        notes += [*record.remarks, *record.proposals]
    assert {note.gap for note in notes if note.gap} == {f"G{number:02}" for number in range(1, 37)}


COMPANY_GAPS = {
    # What is missing from the register altogether, and what no field of an activity holds.
    *("G01", "G02", "G03", "G05", "G06", "G09", "G10", "G16", "G22", "G23", "G26"),
    *("G28", "G29", "G30", "G31", "G33", "G34", "G35", "G36"),
}


def test_gaps_of_the_company_stand_at_the_company(register):
    assert {note.gap for note in (*register.remarks, *register.proposals) if note.gap} == COMPANY_GAPS
    missing = [remark.gap for remark in register.remarks if remark.field == "activities"]
    assert sorted(missing) == ["G10", "G16", "G22", "G28", "G29", "G29", "G33", "G33"]


CONCLUDED = {
    # field: the activities for which its value is concluded, not stated
    "data": {"A01", "A02", "A03", "A04", "A05", "A06", "A10", "A11", "A12", "A13", "A14"},
    "disclosures": {"A01", "A02", "A03", "A08", "A09", "A12", "A13", "A14"},
    "sources": set(STATED),
    "special_categories": {"A01", "A02", "A05", "A06", "A11", "A13", "A14"},
    "transfers_outside_eea": {"A01", "A12", "A14"},
    "collection": {"A02"},
    "retention": {"A11"},
}


def test_what_is_concluded_is_marked_as_concluded(register):
    marked: dict[str, set[str]] = {}
    for record in register.activities:
        for remark in record.remarks:
            if remark.kind is RemarkKind.INFERRED:
                marked.setdefault(remark.field, set()).add(record.number)
    assert marked == CONCLUDED
    assert {remark.field for remark in register.remarks if remark.kind is RemarkKind.INFERRED} == {
        "trading_name",
        "website",
        "has_representative",
        "parties",
    }


STATEMENTS = {
    "A01": ["channels", "practice", "responsibility", "security"],
    "A03": ["rights", "practice"],
    "A04": ["practice"],
    "A06": ["consent", "practice"],
    "A07": ["practice"],
    "A10": ["practice", "consent"],
    "A11": ["practice", "consent"],
    "A12": ["practice"],
    "A13": ["consent"],
}


def test_facts_without_a_field_of_their_own_stand_as_statements(register):
    found = {record.number: [row.topic for row in record.statements] for record in register.activities}
    assert {number: topics for number, topics in found.items() if topics} == STATEMENTS
    assert Counter(row.topic for row in register.statements) == {
        "notice": 4,
        "practice": 1,
        "rights": 10,
        "complaint": 1,
        "retention": 6,
        "sharing": 2,
        "transfer": 2,
        "security": 2,
    }


def test_contradictions_are_marked(register):
    found = {
        (record.number, remark.field, remark.gap)
        for record in register.activities
        for remark in record.remarks
        if remark.kind is RemarkKind.CONTRADICTORY
    }
    assert found == {
        ("A03", "legal_grounds", "G13"),
        ("A04", "special_categories", "G17"),
        ("A10", "legal_grounds", "G28"),
        ("A14", "retention", "G09"),
    }


# Plain language. A card is what the public reads about one activity (decision 31: LIX 40 at most).


def card(record: ActivityRecord) -> str:
    names = [category.public_name for category in record.data_categories]
    recipients = [row.party.public_service for row in record.disclosures]
    parts = [
        record.public_description,
        *(purpose.public_description for purpose in record.purposes),
        f"{', '.join(names)}.",
        record.public_access,
        *(rule.public_wording for rule in record.retention),
        f"{', '.join(recipients)}.",
        *(f"{measure.public_name}." for measure in record.safeguards),
    ]
    return "\n".join(part for part in parts if part)


@pytest.mark.parametrize("number", STATED)
def test_a_card_is_easy_to_read(register, number):
    text = card(activity(register, number))
    assert lix(text) <= 40
    assert longest_sentence(text) <= 30


@pytest.mark.parametrize("number", STATED)
def test_everything_the_public_reads_has_plain_words(register, number):
    found = activity(register, number)
    assert found.public_name
    assert all(purpose.public_description.startswith("For ") for purpose in found.purposes)
    assert all(purpose.public_description.endswith(".") for purpose in found.purposes)
    assert all(category.public_name for category in found.data_categories)
    assert all(row.party.public_service for row in found.disclosures)
    assert all(measure.public_name for measure in (*found.safeguards, *register.general_measures))
    # A name that stands in the middle of a sentence must not break it.
    for name in (*(c.public_name for c in found.data_categories), *(r.party.public_service for r in found.disclosures)):
        assert not name.endswith("."), name
        assert name[0].islower() or name[:2].isupper(), name


def test_what_the_staff_reads_is_easy_too(register):
    sources = [register, *register.activities]
    statements = [row.text for source in sources for row in source.statements]
    notes = [row.text for source in sources for row in source.remarks]
    notes += [row.reason for source in sources for row in source.proposals]
    for texts in (statements, notes):
        assert lix("\n".join(texts)) <= 40
        assert [text for text in texts if longest_sentence(text) > 30] == []
    assert all(notes), "a remark or a proposal gives no reason"
