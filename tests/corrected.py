"""The company's register as it would be once every gap is closed: what docs/law.md asks for, gap by gap.

Each correction is a function from register to register, by the number of the gap it closes; it removes the remarks on
that gap too, as the person who settles one would. `ANSWERS` are the facts that no gap asks for. Suppliers, dates and
choices are synthetic: how the company itself will answer is for the company to say.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from processing.law.assessments import BalancingOutcome, SubProcessors
from processing.law.bases import LegalBasis, SpecialCategoryGround
from processing.law.facts import ActivityStatus, Fact, ReviewOutcome, StatementTopic
from processing.law.parties import JointControllerStatus, PartyRole, SourceKind
from processing.law.records import (
    ActivityRecord,
    BalancingTestRecord,
    DataCategoryRecord,
    DataRecord,
    LegalGroundRecord,
    PartyRecord,
    PurposeRecord,
    Register,
    RetentionRecord,
    ReviewRecord,
    SourceRecord,
    SpecialGroundRecord,
    StatementRecord,
    TrackerRecord,
    TransferRecord,
)
from processing.law.regimes import LegalRegime
from processing.law.retention import PeriodUnit, RetentionKind, RetentionTrigger
from processing.law.trackers import LifeUnit, TrackerNeed
from processing.law.transfers import TransferTool

Correction = Callable[[Register], Register]

WITHDRAWAL = "når du vil, ved å skrive til oss"
JOURNAL_DUTY = "Helsepersonelloven §§ 39 og 40"
ABROAD = "email_sending"
"""The one recipient outside the EEA."""


# --- How a register is changed


def change(register: Register, number: str, **values: Any) -> Register:
    """Return the register with these values in the activity."""
    return replace(
        register,
        activities=tuple(
            _under_its_rules(replace(activity, **values)) if activity.number == number else activity
            for activity in register.activities
        ),
    )


def _under_its_rules(activity: ActivityRecord) -> ActivityRecord:
    """Return the activity with every pair of data under one of its own rules, or none: a replaced one is gone."""
    rules = {rule.covers: rule for rule in activity.retention}
    return replace(
        activity,
        data=tuple(
            replace(row, retention=rules.get(row.retention.covers) if row.retention else None)
            if row.retention not in activity.retention
            else row
            for row in activity.data
        ),
    )


def change_company(register: Register, **values: Any) -> Register:
    assert register.controller is not None
    return replace(register, controller=replace(register.controller, **values))


def change_parties(register: Register, changed: Callable[[PartyRecord], PartyRecord]) -> Register:
    """Return the register with every recipient changed, wherever it stands."""

    def transfers(rows: Iterable[TransferRecord]) -> tuple[TransferRecord, ...]:
        return tuple(replace(row, party=changed(row.party) if row.party else None) for row in rows)

    return replace(
        register,
        parties=tuple(changed(party) for party in register.parties),
        transfers=transfers(register.transfers),
        activities=tuple(
            replace(
                activity,
                disclosures=tuple(replace(row, party=changed(row.party)) for row in activity.disclosures),
                transfers=transfers(activity.transfers),
            )
            for activity in register.activities
        ),
    )


def without_remarks_on(register: Register, gap: str) -> Register:
    return replace(
        register,
        remarks=tuple(remark for remark in register.remarks if remark.gap != gap),
        activities=tuple(
            replace(activity, remarks=tuple(remark for remark in activity.remarks if remark.gap != gap))
            for activity in register.activities
        ),
    )


def activity(register: Register, number: str) -> ActivityRecord:
    return next(found for found in register.activities if found.number == number)


def on(basis: LegalBasis, purpose: str = "", **stated: str) -> LegalGroundRecord:
    return LegalGroundRecord(basis=basis, purpose=purpose, **stated)


def kept(
    covers: str,
    trigger: RetentionTrigger,
    period: int | None = None,
    unit: PeriodUnit | None = None,
    *,
    kind: RetentionKind | None = RetentionKind.MAXIMUM,
    statute: str = "",
) -> RetentionRecord:
    return RetentionRecord(covers=covers, trigger=trigger, kind=kind, period=period, unit=unit, statute=statute)


def vouchers(covers: str = "Bilag") -> RetentionRecord:
    return kept(
        covers,
        RetentionTrigger.FINANCIAL_YEAR_END,
        5,
        PeriodUnit.YEARS,
        kind=RetentionKind.MINIMUM,
        statute="Bokføringsloven § 13",
    )


def health_care(law: str = "Pasientjournalloven § 6") -> SpecialGroundRecord:
    return SpecialGroundRecord(condition=SpecialCategoryGround.HEALTH_CARE, national_law=law)


EXPLICIT_CONSENT = SpecialGroundRecord(condition=SpecialCategoryGround.EXPLICIT_CONSENT)


def described(register: Register, number: str, name: str, *, subject: str, data: str, **over: Any) -> Register:
    """Return the register with one more activity, complete, on one kind of data about one group of people."""
    people = next(group for group in register.subject_categories if group.code == subject)
    category = next(kind for kind in register.data_categories if kind.code == data)
    stated: dict[str, Any] = {
        "regime": LegalRegime.GDPR_ONLY,
        "status": ActivityStatus.ACTIVE,
        "special_categories": Fact.NO,
        "provision_required": Fact.NO,
        "automated_decisions": Fact.NO,
        "transfers_outside_eea": Fact.NO,
        "data": (DataRecord(category=category, subject=people, presence=Fact.YES),),
        "sources": (SourceRecord(kind=SourceKind.DATA_SUBJECT),),
        "statements": (StatementRecord(topic=StatementTopic.SHARING, text="Ingen utenfor virksomheten får dette."),),
    }
    record = ActivityRecord(number=number, code=number.lower(), name=name, **stated | over)
    return replace(register, activities=(*register.activities, record))


# --- Gap by gap


def controller_is_the_company(register: Register) -> Register:
    assert register.controller is not None
    return change_company(register, named_as_controller=register.controller.legal_name)


def role_of_therapists_settled(register: Register) -> Register:
    assert register.controller is not None
    therapists, platforms = register.controller.joint_controllers
    agreed = replace(
        therapists,
        status=JointControllerStatus.AGREED,
        contact="Daglig leder",
        arrangement="Avtale etter pasientjournalloven § 9, i mappe 3.",
    )
    return change_company(register, joint_controllers=(agreed, platforms))


def tracking_on_consent(register: Register) -> Register:
    measuring = activity(register, "A11")
    register = change(
        register,
        "A11",
        legal_grounds=tuple(
            on(
                LegalBasis.CONSENT,
                purpose.description,
                consent_withdrawal=WITHDRAWAL,
                national_law="Ekomloven (2024) § 3-15",
            )
            for purpose in measuring.purposes
        ),
        trackers=(
            TrackerRecord(
                name="piksel",
                provider="vi selv",
                reason="viser om e-posten er åpnet",
                life_unit=LifeUnit.SESSION,
                need=TrackerNeed.CONSENT,
            ),
        ),
    )
    run, promote, answer = activity(register, "A13").purposes
    return change(
        register,
        "A13",
        legal_grounds=(
            on(
                LegalBasis.LEGITIMATE_INTEREST,
                run.description,
                legitimate_interest="å ha et nettsted som virker",
                scope="bare det som er strengt nødvendig",
            ),
            on(
                LegalBasis.CONSENT,
                promote.description,
                consent_withdrawal=WITHDRAWAL,
                national_law="Ekomloven (2024) § 3-15",
            ),
            on(LegalBasis.LEGITIMATE_INTEREST, answer.description, legitimate_interest="å kunne svare"),
        ),
        trackers=(
            TrackerRecord(
                name="valg",
                provider="vi selv",
                reason="husker hva du har sagt ja til",
                life=6,
                life_unit=LifeUnit.MONTHS,
                need=TrackerNeed.NECESSARY,
            ),
        ),
        statements=(StatementRecord(topic=StatementTopic.CONSENT, text="Vi spør før vi lagrer noe hos deg."),),
    )


def no_shield(register: Register) -> Register:
    rows = tuple(row for row in register.transfers if row.tool is not TransferTool.PRIVACY_SHIELD)
    return replace(register, transfers=rows)


def countries_named(register: Register) -> Register:
    """One recipient is in the United States; every activity that uses it says so. The rest stay in the EEA."""
    register = change_parties(register, lambda party: replace(party, country="US" if party.code == ABROAD else "NO"))
    register = replace(register, transfers=())
    for found in register.activities:
        receiver = next((row.party for row in found.disclosures if row.party.code == ABROAD), None)
        transfer = TransferRecord(
            party=receiver,
            country="US",
            tool=TransferTool.DPF,
            documentation="Utskrift av listen i mappe 4.",
            checked_on=date(2026, 11, 2),
        )
        register = change(
            register,
            found.number,
            transfers=(transfer,) if receiver else (),
            transfers_outside_eea=Fact.YES if receiver else Fact.NO,
        )
    return register


def journal_rests_on_the_duty(register: Register) -> Register:
    """§ 39 holds the duty, and the duty alone is the basis of the journal."""
    purposes = activity(register, "A03").purposes
    law = f"{JOURNAL_DUTY}. Personopplysningsloven § 12"
    return change(
        register,
        "A03",
        legal_grounds=tuple(
            on(LegalBasis.LEGAL_OBLIGATION, purpose.description, national_law=law) for purpose in purposes
        ),
    )


def conditions_chosen(register: Register) -> Register:
    claims = SpecialGroundRecord(condition=SpecialCategoryGround.LEGAL_CLAIMS)
    public = SpecialGroundRecord(condition=SpecialCategoryGround.MADE_PUBLIC)
    for number, conditions in {
        "A01": (health_care(), claims),
        "A02": (health_care(),),
        "A03": (health_care(f"{JOURNAL_DUTY}, pasientjournalloven §§ 6 og 8"),),
        "A04": (health_care(),),
        "A05": (health_care(),),
        "A06": (EXPLICIT_CONSENT,),
        "A11": (EXPLICIT_CONSENT,),
        "A13": (EXPLICIT_CONSENT,),
        "A14": (public,),
    }.items():
        register = change(register, number, special_grounds=conditions)
    return register


def times_stated(register: Register) -> Register:
    months = PeriodUnit.MONTHS
    stream, chat, _name_and_address = activity(register, "A05").retention
    accounting, _other = activity(register, "A02").retention
    folders = kept("Mappene", RetentionTrigger.LAST_CONTACT, 12, months, kind=RetentionKind.REVIEW)
    for number, rules in {
        "A02": (accounting, kept("Øvrige kundeopplysninger", RetentionTrigger.CONTRACT_ENDED, 12, months)),
        "A04": (folders,),
        "A05": (stream, chat, kept("Navn og IP-adresse", RetentionTrigger.SESSION_ENDED, 30, PeriodUnit.DAYS)),
        "A06": (kept("Opptak", RetentionTrigger.COLLECTED, 3, months),),
        "A07": (
            kept("Søknader", RetentionTrigger.POSITION_FILLED, 6, months),
            kept("Søknader med samtykke", RetentionTrigger.COLLECTED, 12, months),
        ),
        "A08": (kept("", RetentionTrigger.COOPERATION_ENDED, 6, months),),
        "A13": (kept("", RetentionTrigger.COLLECTED, 13, months),),
        "A14": (kept("", RetentionTrigger.COLLECTED, 24, months),),
    }.items():
        register = change(register, number, retention=rules)
    return register


def bookkeeping_times(register: Register) -> Register:
    agreements = replace(vouchers("Avtaler og brev"), period=42, unit=PeriodUnit.MONTHS)
    for number in ("A01", "A02", "A09", "A12"):
        rules = activity(register, number).retention
        lawful = agreements if number == "A12" else vouchers()
        register = change(
            register,
            number,
            retention=tuple(lawful if rule.statute.startswith("Bokføringsloven") else rule for rule in rules),
        )
    return described(
        register,
        "A17",
        "Regnskap",
        subject="contractors",
        data="fee_data",
        regime=LegalRegime.ACCOUNTING,
        purposes=(PurposeRecord(description="Føre regnskap"),),
        legal_grounds=(on(LegalBasis.LEGAL_OBLIGATION, "Føre regnskap", national_law="Bokføringsloven §§ 4 og 13"),),
        retention=(vouchers(),),
    )


def tax_act_named(register: Register) -> Register:
    contract, duty = activity(register, "A02").legal_grounds
    law = "Bokføringsloven § 13 og skatteforvaltningsloven kapittel 8"
    return change(register, "A02", legal_grounds=(contract, replace(duty, national_law=law)))


def journal_is_reviewed(register: Register) -> Register:
    review = kept(
        "Notater i journalen",
        RetentionTrigger.LAST_ENTRY,
        10,
        PeriodUnit.YEARS,
        kind=RetentionKind.REVIEW,
        statute="Pasientjournalloven § 25",
    )
    return change(register, "A03", retention=(review,))


def journal_regime(register: Register) -> Register:
    return change(register, "A03", regime=LegalRegime.HEALTH_RECORD)


def access_log_described(register: Register) -> Register:
    return described(
        register,
        "A18",
        "Tilgangslogg i journalen",
        subject="clients",
        data="name",
        purposes=(PurposeRecord(description="Vise hvem som har sett journalen"),),
        legal_grounds=(
            on(
                LegalBasis.LEGAL_OBLIGATION,
                "Vise hvem som har sett journalen",
                national_law="Pasientjournalloven §§ 18 og 22",
            ),
        ),
        special_categories=Fact.YES,
        special_grounds=(health_care("Pasientjournalloven § 22"),),
        sources=(SourceRecord(kind=SourceKind.OBSERVED),),
        retention=(
            kept(
                "",
                RetentionTrigger.CASE_CLOSED,
                10,
                PeriodUnit.YEARS,
                kind=RetentionKind.REVIEW,
                statute="Pasientjournalloven § 25",
            ),
        ),
    )


def folders_are_health_data(register: Register) -> Register:
    return change(register, "A04", special_categories=Fact.YES, special_grounds=(health_care(),))


def id_number_answered(register: Register) -> Register:
    number = DataCategoryRecord(code="id_number", name="Fødselsnummer")
    journal = activity(register, "A03")
    row = DataRecord(category=number, subject=journal.subjects[0], presence=Fact.YES)
    law = f"{JOURNAL_DUTY}. Personopplysningsloven § 12"
    grounds = tuple(
        replace(ground, national_law=law) if ground.basis is LegalBasis.LEGAL_OBLIGATION else ground
        for ground in journal.legal_grounds
    )
    register = replace(register, data_categories=(*register.data_categories, number))
    return change(register, "A03", data=(*journal.data, row), legal_grounds=grounds)


def minors_answered(register: Register) -> Register:
    minors = next(group for group in register.subject_categories if group.code == "minors")
    journal = activity(register, "A03")
    row = DataRecord(category=journal.data[0].category, subject=minors, presence=Fact.POSSIBLE)
    return change(register, "A03", data=(*journal.data, row))


def sources_named(register: Register) -> Register:
    kinds = (SourceKind.DATA_SUBJECT, SourceKind.REFERRER, SourceKind.RELATIVES)
    return change(register, "A03", sources=tuple(SourceRecord(kind=kind) for kind in kinds))


def sessions_on_contract(register: Register) -> Register:
    online = activity(register, "A05").purposes[0].description
    register = change(register, "A05", legal_grounds=(on(LegalBasis.CONTRACT, online),))
    return change(
        register,
        "A06",
        purposes=(PurposeRecord(description="Veilede behandleren"),),
        legal_grounds=(on(LegalBasis.CONSENT, "Veilede behandleren", consent_withdrawal=WITHDRAWAL),),
    )


def social_media_described(register: Register) -> Register:
    assert register.controller is not None
    therapists, platforms = register.controller.joint_controllers
    agreed = replace(platforms, status=JointControllerStatus.AGREED, arrangement="Plattformens vilkår for sider.")
    register = change_company(register, joint_controllers=(therapists, agreed))
    return described(
        register,
        "A19",
        "Sider i sosiale medier",
        subject="prospects",
        data="sender_content",
        purposes=(PurposeRecord(description="Svare dem som skriver til oss"),),
        legal_grounds=(
            on(
                LegalBasis.LEGITIMATE_INTEREST,
                "Svare dem som skriver til oss",
                legitimate_interest="å kunne svare",
            ),
        ),
        retention=(kept("", RetentionTrigger.LAST_CONTACT, 12, PeriodUnit.MONTHS),),
    )


def contact_named(register: Register) -> Register:
    return change_company(register, phone="00 00 00 00", contact_role="Daglig leder")


def no_conditions_for_working_life(register: Register) -> Register:
    for number in ("A07", "A08", "A09"):
        rows = tuple(row for row in activity(register, number).data if row.category.code != "unspecified_special")
        register = change(register, number, special_categories=Fact.NO, special_grounds=(), data=rows)
    return register


def recipients_named(register: Register) -> Register:
    return change_parties(register, lambda party: replace(party, name=party.name or f"Prøve {party.code} AS"))


def measurements_deleted(register: Register) -> Register:
    at_once = kept("", RetentionTrigger.UNSUBSCRIBED, 0, PeriodUnit.DAYS)
    return change(register, "A11", retention=(at_once,))


def one_basis_for_marketing(register: Register) -> Register:
    statements = tuple(row for row in register.statements if "alt er kunder" not in row.text)
    return replace(register, statements=statements)


def missing_activities_described(register: Register) -> Register:
    events = next(row for row in register.situations if row.code == "events")
    register = described(
        register,
        "A15",
        "Arrangementer",
        subject="event_attendees",
        data="name",
        collection=(events,),
        purposes=(PurposeRecord(description="Gjennomføre arrangementet"),),
        legal_grounds=(on(LegalBasis.CONTRACT, "Gjennomføre arrangementet"),),
        retention=(kept("", RetentionTrigger.CASE_CLOSED, 6, PeriodUnit.MONTHS),),
    )
    return described(
        register,
        "A16",
        "Personaladministrasjon",
        subject="employees",
        data="contact_details",
        purposes=(PurposeRecord(description="Følge opp arbeidsavtalen"),),
        legal_grounds=(on(LegalBasis.CONTRACT, "Følge opp arbeidsavtalen"),),
        retention=(kept("", RetentionTrigger.CONTRACT_ENDED, 12, PeriodUnit.MONTHS),),
    )


def groups_listed(register: Register) -> Register:
    listed = {group.code: replace(group, listed_in_notice=Fact.YES) for group in register.subject_categories}
    activities = tuple(
        replace(found, data=tuple(replace(row, subject=listed[row.subject.code]) for row in found.data))
        for found in register.activities
    )
    return replace(register, subject_categories=tuple(listed.values()), activities=activities)


def contacts_on_interest(register: Register) -> Register:
    purpose = activity(register, "A12").purposes[0].description
    ground = on(LegalBasis.LEGITIMATE_INTEREST, purpose, legitimate_interest="å kunne snakke med partneren")
    return change(register, "A12", legal_grounds=(ground,))


def own_work_described(register: Register) -> Register:
    register = described(
        register,
        "A20",
        "Krav om rettigheter",
        subject="clients",
        data="sender_content",
        purposes=(PurposeRecord(description="Svare på krav"),),
        legal_grounds=(
            on(LegalBasis.LEGAL_OBLIGATION, "Svare på krav", national_law="Personvernforordningen art. 12 til 22"),
        ),
        special_categories=Fact.POSSIBLE,
        special_grounds=(SpecialGroundRecord(condition=SpecialCategoryGround.LEGAL_CLAIMS),),
        retention=(kept("", RetentionTrigger.CASE_CLOSED, 3, PeriodUnit.YEARS),),
    )
    return described(
        register,
        "A21",
        "Avvikslogg",
        subject="clients",
        data="name",
        purposes=(PurposeRecord(description="Dokumentere brudd"),),
        legal_grounds=(
            on(LegalBasis.LEGAL_OBLIGATION, "Dokumentere brudd", national_law="Personvernforordningen art. 33 nr. 5"),
        ),
        retention=(kept("", RetentionTrigger.CASE_CLOSED, 3, PeriodUnit.YEARS),),
    )


def marketing_regime(register: Register) -> Register:
    for number in ("A10", "A11"):
        register = change(register, number, regime=LegalRegime.MARKETING)
    return register


def general_times_struck(register: Register) -> Register:
    """The general rules that give no time go; each activity has its own."""
    statements = tuple(row for row in register.statements if row.topic is not StatementTopic.RETENTION)
    return replace(times_stated(register), statements=statements)


CORRECTIONS: dict[str, Correction] = {
    "G01": controller_is_the_company,
    "G02": role_of_therapists_settled,
    "G03": lambda register: change_company(register, has_dpo=Fact.NO),
    "G04": tracking_on_consent,
    "G05": no_shield,
    "G06": countries_named,
    "G07": journal_rests_on_the_duty,
    "G08": conditions_chosen,
    "G09": general_times_struck,
    "G10": bookkeeping_times,
    "G11": tax_act_named,
    "G12": journal_is_reviewed,
    "G13": journal_rests_on_the_duty,
    "G14": journal_regime,
    "G15": journal_regime,
    "G16": access_log_described,
    "G17": folders_are_health_data,
    "G18": id_number_answered,
    "G19": minors_answered,
    "G20": sources_named,
    "G21": sessions_on_contract,
    "G22": social_media_described,
    "G23": contact_named,
    "G24": no_conditions_for_working_life,
    "G26": recipients_named,
    "G27": measurements_deleted,
    "G28": one_basis_for_marketing,
    "G29": missing_activities_described,
    "G31": groups_listed,
    "G32": contacts_on_interest,
    "G33": own_work_described,
    "G34": lambda register: change_company(register, answer_within_days=28),
    "G35": marketing_regime,
    "G36": journal_regime,
}


def correct(register: Register, gap: str) -> Register:
    """Return the register with one gap closed, and the remarks on it gone."""
    return without_remarks_on(CORRECTIONS[gap](register), gap)


# --- What no gap asks for


def answer_the_rest(register: Register) -> Register:
    """Settle what nobody has stated and no gap names: regimes, tied bases, agreements, screenings, confirmations."""
    register = change_company(
        register,
        processor_for_others=Fact.NO,
        processor_statement_on=date(2026, 11, 1),
        professional_secrecy=Fact.YES,
    )
    register = change_parties(register, _with_agreement)
    for found in register.activities:
        screened = found.dpia_needed if found.dpia_needed is not Fact.NOT_STATED else Fact.NO
        register = change(
            register,
            found.number,
            regime=found.regime or _REGIMES.get(found.number, LegalRegime.GDPR_ONLY),
            special_categories=_stated(found.special_categories),
            provision_required=_stated(found.provision_required),
            dpia_needed=screened,
            dpia_note=found.dpia_note or "Vurdert i november 2026, i mappe 5.",
            screening_owner="Daglig leder",
            screened_on=date(2026, 11, 1),
            screening_review_on=date(2027, 11, 1),
            balancing_tests=(_WEIGHED,),
            disclosures=found.disclosures,
            statements=found.statements if found.disclosures else (*found.statements, _NOBODY),
            remarks=(),
            proposals=(),
            reviews=(_REVIEWED,),
        )
    return _said_clearly(_bases_tied(replace(register, remarks=(), proposals=())))


_REVIEWED = ReviewRecord(
    opened_on=date(2026, 11, 2),
    concluded_on=date(2026, 11, 9),
    outcome=ReviewOutcome.CHANGED,
    reviewer="Test Testesen",
    note="Hullene er tettet.",
)
_NOBODY = StatementRecord(topic=StatementTopic.SHARING, text="Ingen utenfor virksomheten får dette.")
_WEIGHED = BalancingTestRecord(
    interest="Se grunnlaget.",
    necessity="Målet kan ikke nås uten.",
    balance="Personen venter det, og kan si nei.",
    conclusion=BalancingOutcome.INTEREST,
    owner="Daglig leder",
    concluded_on=date(2026, 11, 1),
    next_review_on=date(2027, 11, 1),
    reference="Mappe 5",
)
_REGIMES = {
    "A07": LegalRegime.RECRUITMENT,
    "A09": LegalRegime.ACCOUNTING,
    "A13": LegalRegime.WEBSITE,
    "A14": LegalRegime.WEBSITE,
}


def _stated(fact: Fact) -> Fact:
    return Fact.NO if fact is Fact.NOT_STATED else fact


def _with_agreement(party: PartyRecord) -> PartyRecord:
    if party.role is PartyRole.SUPPORT:
        party = replace(party, role=PartyRole.PROCESSOR)
    if party.role is not PartyRole.PROCESSOR:
        return party
    return replace(
        party,
        has_agreement=Fact.YES,
        agreement_on=date(2026, 10, 1),
        agreement_reference="Mappe 6",
        agreement_owner="Daglig leder",
        agreement_contents=Fact.YES,
        agreement_sub_processors=SubProcessors.SPECIFIC,
        agreement_review_on=date(2027, 10, 1),
    )


def _bases_tied(register: Register) -> Register:
    deliver, sales, customers = (purpose.description for purpose in activity(register, "A02").purposes)
    contract, duty = activity(register, "A02").legal_grounds
    register = change(
        register,
        "A02",
        legal_grounds=(
            replace(contract, purpose=deliver),
            replace(duty, purpose=sales),
            replace(contract, purpose=customers),
        ),
    )
    assess, later = activity(register, "A07").legal_grounds
    register = change(register, "A07", legal_grounds=(assess, replace(later, consent_withdrawal=WITHDRAWAL)))
    notes = activity(register, "A04").purposes[0].description
    register = change(
        register,
        "A04",
        legal_grounds=(on(LegalBasis.CONTRACT, notes),),
    )
    comments = activity(register, "A14").purposes[0].description
    ground = on(LegalBasis.LEGITIMATE_INTEREST, comments, legitimate_interest="å ta vare på samtalen")
    return change(register, "A14", legal_grounds=(ground,))


def _said_clearly(register: Register) -> Register:
    """What the rules on plain language ask for: the words that left something open, settled."""
    first, *rest = activity(register, "A01").retention
    yearly = replace(first, public_wording="Vi ser gjennom henvendelsene hvert år, og sletter dem vi er ferdige med.")
    register = change(register, "A01", retention=(yearly, *rest))
    news, service = activity(register, "A10").purposes
    offers = replace(news, public_description="For å fortelle deg om nyheter og tilbud.")
    register = change(register, "A10", purposes=(offers, replace(service, public_description="For å gi god service.")))
    for number, description in {
        "A04": "Notater på papir ligger i en mappe. Vi beholder dem mens behandlingen varer.",
        "A06": "Vi gjør bare opptak når du har sagt ja på forhånd, med underskrift.",
        "A10": "Nyhetsbrevet kommer på e-post. Du velger selv om du vil ha det.",
    }.items():
        register = change(register, number, public_description=description)
    return register


def corrected(register: Register) -> Register:
    """Return the register with every gap closed and every question answered."""
    for gap in CORRECTIONS:
        register = correct(register, gap)
    return answer_the_rest(register)
