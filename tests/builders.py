"""Worlds to test in: a realistic one unless told otherwise. Plain functions, keywords only, nothing random.

`make_…_record` and `make_register` build frozen records without a database. `make_controller`, `make_activity` and
`make_person` write rows, each edit at one moment, so that `register_as_of` finds them from `WRITTEN_AT` on.

    register = make_register(activities=[make_activity_record(purposes=())])
    activity = make_activity(number="A02", name="Nyhetsbrev")
    silent = make_activity(bare=True)
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import Group

from mktnorge.access import sync_roles
from mktnorge.models import User
from mktnorge.roles import Role
from processing import models
from processing.law.assessments import (
    BalancingOutcome,
    ImpactOutcome,
    RiskCriterion,
    SubProcessors,
    TransferOutcome,
)
from processing.law.bases import LegalBasis, SpecialCategory, SpecialCategoryGround
from processing.law.facts import ActivityStatus, Fact, RemarkKind, ReviewOutcome, StatementTopic
from processing.law.languages import TextLanguage
from processing.law.parties import JointControllerStatus, PartyRole, SourceKind
from processing.law.records import (
    ActivityRecord,
    BalancingTestRecord,
    CollectionSituationRecord,
    ControllerRecord,
    DataCategoryRecord,
    DataRecord,
    DisclosureRecord,
    ImpactAssessmentRecord,
    JointControllerRecord,
    LegalGroundRecord,
    MeasureRecord,
    PartyRecord,
    ProposalRecord,
    PurposeRecord,
    Register,
    RemarkRecord,
    RetentionRecord,
    ReviewRecord,
    ReviewRoutineRecord,
    ScreeningAnswerRecord,
    SourceRecord,
    SpecialGroundRecord,
    StatementRecord,
    SubjectCategoryRecord,
    SystemRecord,
    TrackerRecord,
    TransferAssessmentRecord,
    TransferRecord,
    TranslationRecord,
)
from processing.law.regimes import LegalRegime
from processing.law.retention import PeriodUnit, RetentionKind, RetentionTrigger
from processing.law.trackers import LifeUnit, TrackerNeed
from processing.law.transfers import TransferTool
from processing.models.governed import register_edit
from processing.register import register_as_of
from processing.services.drafts import findings_at_publication
from processing.services.notices import publish_notice

OSLO = ZoneInfo("Europe/Oslo")
WRITTEN_AT = datetime(2026, 1, 15, 10, 0, tzinfo=OSLO)
"""When builders write, unless `at` says another moment."""

ASKED_AT = datetime(2026, 11, 23, 12, 0, tzinfo=OSLO)
"""When records are asked for, unless `moment` says another."""

PASSWORD = "prøvepassord til prøver"  # only ever in a test database

CLIENTS = SubjectCategoryRecord(code="clients", name="Klienter")
SITE_VISITORS = SubjectCategoryRecord(code="site_visitors", name="Besøkende på nettstedet")
NAME = DataCategoryRecord(code="name", name="Navn", public_name="navn")
HEALTH = DataCategoryRecord(
    code="health", name="Psykisk helse", public_name="hvordan du har det", special_category=SpecialCategory.HEALTH
)
JOURNAL_SUPPLIER = PartyRecord(
    code="journal_supplier",
    role=PartyRole.PROCESSOR,
    service="Journalsystem",
    public_service="leverandøren av journalsystemet",
    name="Prøveleverandøren AS",
    country="NO",
    has_agreement=Fact.YES,
    agreement_on=date(2025, 3, 1),
    agreement_reference="Mappe 7",
    agreement_owner="Daglig leder",
    agreement_contents=Fact.YES,
    agreement_sub_processors=SubProcessors.GENERAL,
    agreement_review_on=date(2027, 3, 1),
)
ADVISER = PartyRecord(code="adviser", role=PartyRole.ADVISER, service="Juridisk rådgivning")
JOURNAL_SYSTEM = SystemRecord(code="journal_system", name="Journalsystemet", party=JOURNAL_SUPPLIER)
TWO_FACTOR = MeasureRecord(code="two_factor", name="Totrinnsinnlogging", public_name="innlogging i to trinn")
LOCKED_DOORS = MeasureRecord(code="locked_doors", name="Låste dører", general=True)
ASSESSED: dict[str, Any] = {
    "owner": "Faglig leder",
    "concluded_on": date(2026, 1, 10),
    "next_review_on": date(2027, 1, 10),
    "reference": "Mappe 9",
}
FIRST_TALK = CollectionSituationRecord(code="first_talk", name="Første samtale")


def make_controller_record(**over: Any) -> ControllerRecord:
    """A company that has stated everything Art. 30(1)(a) asks."""
    stated: dict[str, Any] = {
        "legal_name": "Prøveklinikken AS",
        "trading_name": "Prøveklinikken",
        "org_no": "926194569",
        "street": "Prøveveien 1",
        "postcode": "0001",
        "city": "Oslo",
        "country": "NO",
        "email": "post@prove.example",
        "phone": "00 00 00 00",
        "website": "https://prove.example/",
        "cookie_page": "https://prove.example/kapsler/",
        "contact_person": "Test Testesen",
        "contact_role": "Daglig leder",
        "has_dpo": Fact.NO,
        "has_representative": Fact.NO,
        "processor_for_others": Fact.NO,
        "processor_statement_on": date(2026, 1, 10),
        "sells_data": Fact.NO,
        "professional_secrecy": Fact.YES,
        "agreements_with_processors": Fact.YES,
        "transfers_documented_on_request": Fact.YES,
        "automated_decisions": Fact.NO,
        "profiling": Fact.NO,
        "answer_within_days": 30,
        "supervisory_authority": "Datatilsynet",
        "joint_controllers": (
            JointControllerRecord(name="Nabopraksisen", status=JointControllerStatus.RULED_OUT, contact="Resepsjonen"),
        ),
        "review_routines": (
            ReviewRoutineRecord(code="yearly", description="Hele registeret blir lest gjennom.", every_months=12),
        ),
    }
    return ControllerRecord(**stated | over)


def make_activity_record(**over: Any) -> ActivityRecord:
    """A health record in use: every field stated, one or two rows of each kind, and no error for a rule to find."""
    retention = over.get(
        "retention",
        (
            RetentionRecord(
                covers="Journalen",
                trigger=RetentionTrigger.LAST_ENTRY,
                kind=RetentionKind.REVIEW,
                period=10,
                unit=PeriodUnit.YEARS,
                statute="Pasientjournalloven § 25",
                statement="Vurderes ti år etter siste innføring.",
                public_wording="Vi vurderer journalen ti år etter siste innføring.",
            ),
        ),
    )
    stated: dict[str, Any] = {
        "number": "A01",
        "code": "health_record",
        "name": "Pasientjournal",
        "public_name": "Journalen din",
        "description": "Føres av behandleren samme dag.",
        "public_description": "Vi skriver journal.",
        "regime": LegalRegime.HEALTH_RECORD,
        "status": ActivityStatus.ACTIVE,
        "valid_from": date(2020, 1, 1),
        "owner": "Faglig leder",
        "special_categories": Fact.YES,
        "provision_required": Fact.YES,
        "provision_consequence": "Uten opplysningene kan behandlingen ikke gis.",
        "automated_decisions": Fact.NO,
        "automated_decisions_note": "Ingen maskin avgjør noe.",
        "transfers_outside_eea": Fact.POSSIBLE,
        "internal_access": "Bare egen behandler",
        "public_access": "bare behandleren din",
        "dpia_needed": Fact.YES,
        "dpia_note": "Vurdert i mappe 9.",
        "screening_owner": "Faglig leder",
        "screened_on": date(2026, 1, 5),
        "screening_review_on": date(2027, 1, 5),
        "purposes": (
            PurposeRecord(description="Gi forsvarlig helsehjelp", public_description="For å hjelpe deg."),
            PurposeRecord(description="Dokumentere helsehjelpen"),
        ),
        "legal_grounds": (
            LegalGroundRecord(
                basis=LegalBasis.LEGAL_OBLIGATION,
                purpose="Dokumentere helsehjelpen",
                national_law="Helsepersonelloven §§ 39 og 40",
            ),
            LegalGroundRecord(
                basis=LegalBasis.LEGAL_OBLIGATION,
                purpose="Gi forsvarlig helsehjelp",
                national_law="Helsepersonelloven § 4",
            ),
        ),
        "special_grounds": (
            SpecialGroundRecord(
                condition=SpecialCategoryGround.HEALTH_CARE,
                purpose="Gi forsvarlig helsehjelp",
                national_law="Pasientjournalloven § 6",
            ),
        ),
        "data": (
            DataRecord(category=NAME, subject=CLIENTS, presence=Fact.YES),
            DataRecord(
                category=HEALTH,
                subject=CLIENTS,
                presence=Fact.POSSIBLE,
                retention=retention[0] if retention else None,
            ),
        ),
        "retention": retention,
        "disclosures": (
            DisclosureRecord(party=JOURNAL_SUPPLIER, reason="Drifter systemet."),
            DisclosureRecord(party=ADVISER),
        ),
        "transfers": (
            TransferRecord(
                party=JOURNAL_SUPPLIER,
                country="US",
                tool=TransferTool.SCC,
                documentation="Mappe 8",
                note="Bare ved feilsøking.",
            ),
        ),
        "transfer_assessments": (
            TransferAssessmentRecord(
                party=JOURNAL_SUPPLIER,
                country="US",
                law_and_practice="Myndighetene kan kreve innsyn.",
                measures="Kryptert med egen nøkkel.",
                conclusion=TransferOutcome.WITH_MEASURES,
                **ASSESSED,
            ),
        ),
        "balancing_tests": (
            BalancingTestRecord(
                interest="Å bli bedre.",
                necessity="Tall alene er ikke nok.",
                balance="Klienten kan si nei.",
                conclusion=BalancingOutcome.INTEREST,
                **ASSESSED,
            ),
        ),
        "screening": (
            ScreeningAnswerRecord(criterion=RiskCriterion.SENSITIVE, answer=Fact.YES, note="Helse."),
            ScreeningAnswerRecord(criterion=RiskCriterion.VULNERABLE, answer=Fact.POSSIBLE),
            ScreeningAnswerRecord(criterion=RiskCriterion.LARGE_SCALE, answer=Fact.NO),
        ),
        "impact_assessments": (
            ImpactAssessmentRecord(
                covers="Journalen",
                description="Journal i et fagsystem.",
                necessity="Loven krever den.",
                risks="At andre får se den.",
                measures="Logg over hvem som ser.",
                advice="Behandlerne er spurt.",
                conclusion=ImpactOutcome.ACCEPTABLE,
                **ASSESSED,
            ),
        ),
        "safeguards": (TWO_FACTOR,),
        "systems": (JOURNAL_SYSTEM,),
        "trackers": (
            TrackerRecord(
                name="sessionid",
                provider="vi selv",
                reason="holder deg innlogget",
                life_unit=LifeUnit.SESSION,
                need=TrackerNeed.NECESSARY,
            ),
        ),
        "sources": (SourceRecord(kind=SourceKind.REFERRER, description="Henvisningen"),),
        "collection": (FIRST_TALK,),
        "statements": (StatementRecord(topic=StatementTopic.PRACTICE, text="Journalen føres samme dag."),),
        "remarks": (
            RemarkRecord(field="retention", kind=RemarkKind.VAGUE, text="Ti år er praksis, ikke lov.", gap="G12"),
        ),
        "proposals": (
            ProposalRecord(field="owner", value="Journalansvarlig", reason="Pasientjournalloven § 8", gap="G07"),
        ),
        "reviews": (
            ReviewRecord(
                opened_on=date(2026, 3, 1),
                concluded_on=date(2026, 3, 3),
                outcome=ReviewOutcome.UNCHANGED,
                reviewer="Test Testesen, leder",
                note="Lest sammen med journalansvarlig.",
            ),
        ),
        "translations": (
            TranslationRecord(
                language=TextLanguage.ENGLISH, original="Vi skriver journal.", text="We keep a health record."
            ),
            TranslationRecord(language=TextLanguage.NYNORSK, original="Vi skriver journal.", text="Vi skriv journal."),
        ),
    }
    return ActivityRecord(**stated | over)


def make_bare_activity_record(**over: Any) -> ActivityRecord:
    """An activity of which nobody has stated anything but that it is in use."""
    return ActivityRecord(
        **{"number": "A90", "code": "bare", "name": "Taus aktivitet", "status": ActivityStatus.ACTIVE, **over}
    )


def make_register(*, activities: Iterable[ActivityRecord] | None = None, **over: Any) -> Register:
    """A register of one activity, or of `activities`. The shared lists hold what its rows name."""
    rows = (make_activity_record(),) if activities is None else tuple(activities)
    transfers: tuple[TransferRecord, ...] = over.get("transfers", ())
    assessments: tuple[TransferAssessmentRecord, ...] = over.get("transfer_assessments", ())
    systems = over.get("systems", _each_once(system for row in rows for system in row.systems))
    parties = [
        *(disclosure.party for row in rows for disclosure in row.disclosures),
        *(transfer.party for row in rows for transfer in row.transfers),
        *(transfer.party for transfer in transfers),
        *(assessment.party for row in rows for assessment in row.transfer_assessments),
        *(assessment.party for assessment in assessments),
        *(system.party for system in systems),
    ]
    derived: dict[str, Any] = {
        "moment": ASKED_AT,
        "controller": make_controller_record(),
        "activities": rows,
        "subject_categories": _each_once(pair.subject for row in rows for pair in row.data),
        "data_categories": _each_once(pair.category for row in rows for pair in row.data),
        "parties": _each_once(party for party in parties if party),
        "measures": _each_once([LOCKED_DOORS, *(measure for row in rows for measure in row.safeguards)]),
        "systems": systems,
        "situations": _each_once(situation for row in rows for situation in row.collection),
    }
    return Register(**derived | over)


def make_person(role: Role = Role.REGISTRAR, **over: Any) -> User:
    """A member of staff in `role`, with `PASSWORD`. The same role gives the same person."""
    email = over.pop("email", f"{role.name.lower()}@prove.example")
    if found := User.objects.filter(email=email).first():
        return found
    sync_roles()
    name = {"name": f"Test Testesen, {role.value}", "is_staff": True}
    person = User.objects.create_user(email, PASSWORD, **name | over)
    person.groups.add(Group.objects.get(name=role.value))
    return person


def make_controller(*, at: datetime = WRITTEN_AT, by: User | None = None, **over: Any) -> models.Controller:
    """The company's row, with what `make_controller_record` states. No joint controllers and no routines."""
    with register_edit(at=at, by=by):
        return models.Controller.objects.create(**_values(models.Controller, make_controller_record()) | over)


def make_activity(
    *, at: datetime = WRITTEN_AT, by: User | None = None, bare: bool = False, **over: Any
) -> models.Activity:
    """An activity with the rows of `make_activity_record`, or none of them with `bare`.

    Number and code follow on those already there: A01, A02, … `over` sets the activity's own fields. The shared
    rows (recipients, categories, measures …) are made once and used again.
    """
    place = models.Activity.objects.count() + 1
    record = make_bare_activity_record() if bare else make_activity_record()
    own = {"number": f"A{place:02}", "code": f"activity-{place}"}
    with register_edit(at=at, by=by):
        activity = models.Activity.objects.create(**_values(models.Activity, record) | own | over)
        _write_particulars(activity, record)
    return activity


def make_version(*, by: User | None = None, at: datetime = ASKED_AT, **over: Any) -> models.NoticeVersion:
    """The next version of the notice, in force at once, with an answer to all a publisher is asked for."""
    day = over.pop("in_force_from", at.astimezone(OSLO).date())
    found = findings_at_publication(register_as_of(at), in_force_from=day)
    stated: dict[str, Any] = {
        "summary": "Ny utgave.",
        "reasons": {finding.key: "Avklares i januar." for finding in found},
        "is_material": False,
        "material_reason": "Bare rettelser.",
        "alone_reason": "Daglig leder er alene om dette.",
    }
    return publish_notice(by=by or make_person(Role.LEADER), at=at, in_force_from=day, **stated | over)


def fill_register(count: int, *, at: datetime = WRITTEN_AT) -> list[models.Activity]:
    """The company and `count` full activities."""
    if not models.Controller.objects.exists():
        make_controller(at=at)
    return [make_activity(at=at, name=f"Aktivitet {place}") for place in range(1, count + 1)]


def party(record: PartyRecord = JOURNAL_SUPPLIER) -> models.Party:
    """The row of a recipient, made when it is not there. Within `register_edit`, like every write."""
    return _shared(models.Party, record)


def _write_particulars(activity: models.Activity, record: ActivityRecord) -> None:
    def rows(model: type, found: Iterable[Any], **given: Any) -> list[Any]:
        made = []
        for position, row in enumerate(found, 1):
            links = {name: link(row) for name, link in given.items()}
            made.append(model.objects.create(activity=activity, position=position, **_values(model, row) | links))
        return made

    purposes = {row.description: row for row in rows(models.Purpose, record.purposes)}
    rules = dict(zip(record.retention, rows(models.RetentionRule, record.retention), strict=True))
    rows(models.LegalGround, record.legal_grounds, purpose=lambda row: purposes.get(row.purpose))
    rows(models.SpecialGround, record.special_grounds, purpose=lambda row: purposes.get(row.purpose))
    rows(
        models.ActivityData,
        record.data,
        category=lambda row: _shared(models.DataCategory, row.category),
        subject=lambda row: _shared(models.SubjectCategory, row.subject),
        retention=lambda row: rules.get(row.retention),
    )
    rows(models.Disclosure, record.disclosures, party=lambda row: party(row.party))
    rows(models.Transfer, record.transfers, party=lambda row: party(row.party) if row.party else None)
    rows(
        models.TransferAssessment,
        record.transfer_assessments,
        party=lambda row: party(row.party) if row.party else None,
    )
    rows(models.BalancingTest, record.balancing_tests, purpose=lambda row: purposes.get(row.purpose))
    rows(models.ScreeningAnswer, record.screening)
    rows(models.ImpactAssessment, record.impact_assessments)
    rows(models.Safeguard, record.safeguards, measure=lambda row: _shared(models.Measure, row))
    for measure in (LOCKED_DOORS,) if record.safeguards else ():
        _shared(models.Measure, measure)
    rows(models.SystemUse, record.systems, system=_system)
    rows(models.DataSource, record.sources)
    rows(models.Tracker, record.trackers, party=lambda row: party(row.party) if row.party else None)
    rows(models.Collection, record.collection, situation=lambda row: _shared(models.CollectionSituation, row))
    rows(models.Statement, record.statements)
    rows(models.Remark, record.remarks)
    rows(models.Proposal, record.proposals)
    rows(models.Review, record.reviews)
    rows(models.Translation, record.translations)


def _system(record: SystemRecord) -> models.System:
    supplier = party(record.party) if record.party else None
    return models.System.objects.filter(code=record.code).first() or models.System.objects.create(
        code=record.code, name=record.name, party=supplier
    )


def _shared(model: type, record: Any) -> Any:
    return model.objects.filter(code=record.code).first() or model.objects.create(**_values(model, record))


def _values(model: type, record: Any) -> dict[str, Any]:
    """What `record` says in columns of `model`: no links, and an empty code for a term that is not stated."""
    values = {}
    for field in model._meta.concrete_fields:
        if hasattr(record, field.name) and not field.is_relation:
            value = getattr(record, field.name)
            values[field.name] = "" if value is None and not field.null else value
    return values


def _each_once(rows: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(rows))
