"""Registers by the hundred: strategies over the records, within what the tables can hold.

Words come from small pools too, so that rows repeat each other and lists of two registers overlap.
"""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from processing.law import records as r
from processing.law.assessments import (
    BalancingOutcome,
    ImpactOutcome,
    RiskCriterion,
    SubProcessors,
    TransferOutcome,
)
from processing.law.bases import LegalBasis, SpecialCategory, SpecialCategoryGround
from processing.law.case_periods import CASE_PERIODS
from processing.law.facts import ActivityStatus, Fact, RemarkKind, ReviewOutcome, StatementTopic
from processing.law.languages import TextLanguage
from processing.law.parties import JointControllerStatus, PartyRole, SourceKind
from processing.law.regimes import LegalRegime
from processing.law.retention import PeriodUnit, RetentionKind, RetentionTrigger
from processing.law.trackers import LifeUnit, TrackerNeed
from processing.law.transfers import TransferTool

FIRST_MOMENT = datetime(1999, 1, 1, tzinfo=UTC)

letters = st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\r\tæøå«»\\\"'/𝄞\u2028")
facts = st.sampled_from(Fact)
days = st.none() | st.dates()
countries = st.sampled_from(["", "NO", "US", "GB"])
org_numbers = st.sampled_from(["", "926194569"])
addresses = st.sampled_from(["", "https://prove.example/", "https://prove.example/kapsler/?a=1&b=2"])
POOL = ["Navn", "Helse", "Å svare", "Samme tekst"]


def text(limit: int = 40, *, empty: bool = True) -> st.SearchStrategy[str]:
    anything = st.text(letters, min_size=0 if empty else 1, max_size=min(limit, 12))
    full = st.sampled_from(["ø" * limit])
    return anything | st.sampled_from(POOL) | full if limit >= 12 else anything


def none_or(terms: type) -> st.SearchStrategy:
    return st.none() | st.sampled_from(terms)


def some(of: st.SearchStrategy, most: int = 3, **unique: object) -> st.SearchStrategy[tuple]:
    return st.lists(of, max_size=most, **unique).map(tuple)


def of_pool(rows: tuple, most: int = 3) -> st.SearchStrategy[tuple]:
    """Some of the rows, each once, in any order."""
    return some(st.sampled_from(rows), most, unique=True) if rows else st.just(())


@st.composite
def shared(draw: st.DrawFn, record: type, prefix: str, **fields: st.SearchStrategy) -> tuple:
    codes = draw(st.permutations([f"{prefix}-{number}" for number in range(4)]))[: draw(st.integers(0, 4))]
    return tuple(record(code=code, **{name: draw(strategy) for name, strategy in fields.items()}) for code in codes)


@st.composite
def parties(draw: st.DrawFn) -> tuple[r.PartyRecord, ...]:
    found = []
    for plain in draw(
        shared(
            r.PartyRecord,
            "party",
            role=st.sampled_from(PartyRole),
            service=text(200, empty=False),
            public_service=text(200),
            name=text(200),
            org_no=org_numbers,
            country=countries,
        )
    ):
        stated = {}
        if plain.role is PartyRole.PROCESSOR:
            stated["has_agreement"] = draw(facts)
            if stated["has_agreement"] is Fact.YES:
                stated |= {
                    "agreement_on": draw(days),
                    "agreement_reference": draw(text(200)),
                    "agreement_owner": draw(text(150)),
                    "agreement_contents": draw(facts),
                    "agreement_sub_processors": draw(none_or(SubProcessors)),
                    "agreement_review_on": draw(days),
                }
        found.append(r.PartyRecord(**vars(plain) | stated))
    return tuple(found)


@st.composite
def retention_rules(draw: st.DrawFn) -> r.RetentionRecord:
    period = draw(st.none() | st.integers(0, 32767))
    return r.RetentionRecord(
        covers=draw(text(200)),
        trigger=draw(none_or(RetentionTrigger)),
        kind=draw(none_or(RetentionKind)),
        period=period,
        unit=None if period is None else draw(st.sampled_from(PeriodUnit)),
        statute=draw(text(200)),
        statement=draw(text(1000)),
        public_wording=draw(text(1000)),
    )


@st.composite
def controllers(draw: st.DrawFn) -> r.ControllerRecord:
    processor = draw(facts)
    facts_of = [name for name, kind in r.ControllerRecord.__annotations__.items() if kind in (Fact, "Fact")]
    limits = {"legal_name": 200, "named_as_controller": 300, "postcode": 10, "city": 100, "phone": 20}
    joint = st.builds(
        r.JointControllerRecord,
        name=text(200, empty=False),
        status=st.sampled_from(JointControllerStatus),
        contact=text(200),
        arrangement=text(300),
    )
    routine = st.builds(
        r.ReviewRoutineRecord,
        code=st.sampled_from(["yearly", "monthly", "never"]),
        description=text(1000, empty=False),
        every_months=st.none() | st.integers(1, 32767),
    )
    return r.ControllerRecord(
        **{name: draw(facts) for name in facts_of if name != "processor_for_others"},
        **{name: draw(text(limit)) for name, limit in limits.items()},
        processor_for_others=processor,
        processor_statement_on=None if processor is Fact.NOT_STATED else draw(days),
        org_no=draw(org_numbers),
        country=draw(countries),
        email=draw(st.sampled_from(["", "post@prove.example"])),
        website=draw(addresses),
        cookie_page=draw(addresses),
        answer_within_days=draw(st.none() | st.integers(1, 32767)),
        **{name: draw(st.none() | st.integers(period.least, period.most)) for name, period in CASE_PERIODS.items()},
        joint_controllers=draw(some(joint)),
        review_routines=draw(some(routine, unique_by=lambda row: row.code)),
    )


@st.composite
def activities(draw: st.DrawFn, number: str, given: dict[str, tuple]) -> r.ActivityRecord:
    purposes = draw(
        some(st.builds(r.PurposeRecord, description=text(2000, empty=False), public_description=text(1000)), 4)
    )
    texts = [purpose.description for purpose in purposes]
    of_purpose = st.sampled_from(["", *texts])
    rules = draw(some(retention_rules(), 4))
    if rules and draw(st.booleans()):
        rules = (*rules, rules[0])
    conditions = draw(
        some(
            st.builds(
                r.SpecialGroundRecord,
                condition=st.sampled_from(list(SpecialCategoryGround)[:3]),
                purpose=of_purpose,
                national_law=text(300),
            ),
            5,
        )
    )
    pairs = draw(
        some(
            st.builds(
                r.DataRecord,
                category=st.sampled_from(given["data_categories"]),
                subject=st.sampled_from(given["subject_categories"]),
                presence=st.sampled_from([Fact.YES, Fact.POSSIBLE]),
                retention=st.none() | (st.sampled_from(rules) if rules else st.none()),
            ),
            5,
            unique_by=lambda row: (row.category.code, row.subject.code),
        )
        if given["data_categories"] and given["subject_categories"]
        else st.just(())
    )
    from_day, to_day = sorted([draw(st.dates()), draw(st.dates())])
    facts_of = [name for name, kind in r.ActivityRecord.__annotations__.items() if kind in (Fact, "Fact")]
    return r.ActivityRecord(
        number=number,
        code=f"code-{number}",
        name=draw(text(150, empty=False)),
        public_name=draw(text(150)),
        description=draw(text(5000)),
        public_description=draw(text(2000)),
        regime=draw(none_or(LegalRegime)),
        status=draw(st.sampled_from(ActivityStatus)),
        valid_from=draw(st.sampled_from([None, from_day])),
        valid_to=draw(st.sampled_from([None, to_day])),
        owner=draw(text(150)),
        provision_consequence=draw(text(1000)),
        dpia_note=draw(text(2000)),
        screening_owner=draw(text(150)),
        screened_on=draw(days),
        screening_review_on=draw(days),
        **{name: draw(facts) for name in facts_of},
        purposes=purposes,
        legal_grounds=draw(
            some(
                st.builds(
                    r.LegalGroundRecord,
                    basis=st.sampled_from(LegalBasis),
                    purpose=of_purpose,
                    national_law=text(300),
                    legitimate_interest=text(1000),
                    consent_withdrawal=text(300),
                    scope=text(300),
                ),
                4,
            )
        ),
        special_grounds=_as_often_as_allowed(conditions, texts),
        data=pairs,
        retention=rules,
        disclosures=tuple(
            r.DisclosureRecord(party=party, reason=draw(text(300))) for party in draw(of_pool(given["parties"]))
        ),
        transfers=draw(some(transfers(given["parties"]))),
        transfer_assessments=draw(some(transfer_assessments(given["parties"]))),
        balancing_tests=draw(
            some(
                assessed(
                    r.BalancingTestRecord,
                    BalancingOutcome,
                    purpose=of_purpose,
                    interest=text(2000),
                    necessity=text(2000),
                    balance=text(4000),
                )
            )
        ),
        screening=draw(
            some(
                st.builds(
                    r.ScreeningAnswerRecord,
                    criterion=st.sampled_from(RiskCriterion),
                    answer=st.sampled_from([Fact.YES, Fact.NO, Fact.POSSIBLE]),
                    note=text(300),
                ),
                unique_by=lambda row: row.criterion,
            )
        ),
        impact_assessments=draw(
            some(
                assessed(
                    r.ImpactAssessmentRecord,
                    ImpactOutcome,
                    covers=text(200),
                    description=text(4000),
                    necessity=text(4000),
                    risks=text(4000),
                    measures=text(4000),
                    advice=text(2000),
                    consulted_on=days,
                )
            )
        ),
        safeguards=draw(of_pool(given["measures"])),
        systems=draw(of_pool(given["systems"])),
        sources=draw(
            some(
                st.builds(r.SourceRecord, kind=st.sampled_from(SourceKind), description=text(300)),
                unique_by=lambda row: (row.kind, row.description),
            )
        ),
        collection=draw(of_pool(given["situations"])),
        trackers=draw(some(trackers(given["parties"]), unique_by=lambda row: (row.name, row.provider))),
        **{name: draw(rows) for name, rows in annotations("regime", "retention", "owner", "data.presence").items()},
        reviews=draw(reviews()),
        translations=draw(translations()),
    )


def translations() -> st.SearchStrategy[tuple[r.TranslationRecord, ...]]:
    return some(
        st.builds(
            r.TranslationRecord,
            language=st.sampled_from(TextLanguage),
            original=text(2000, empty=False),
            text=text(3000, empty=False),
        ),
        unique_by=lambda row: (row.language, row.original),
    )


@st.composite
def reviews(draw: st.DrawFn) -> tuple[r.ReviewRecord, ...]:
    """Concluded ones, and at most one that is open, in any order."""
    rows = []
    for _number in range(draw(st.integers(0, 3))):
        opened_on, concluded_on = sorted([draw(st.dates()), draw(st.dates())])
        rows.append(
            r.ReviewRecord(
                opened_on=opened_on,
                concluded_on=concluded_on,
                outcome=draw(st.sampled_from(ReviewOutcome)),
                reviewer=draw(text(150, empty=False)),
                note=draw(text(2000)),
            )
        )
    if draw(st.booleans()):
        rows.insert(draw(st.integers(0, len(rows))), r.ReviewRecord(opened_on=draw(st.dates()), note=draw(text(2000))))
    return tuple(rows)


def _as_often_as_allowed(
    conditions: tuple[r.SpecialGroundRecord, ...], texts: list[str]
) -> tuple[r.SpecialGroundRecord, ...]:
    """A condition stands once for a purpose, and two purposes may read the same."""
    kept: list[r.SpecialGroundRecord] = []
    for row in conditions:
        same = sum(other.condition is row.condition and other.purpose == row.purpose for other in kept)
        if same < max(1, texts.count(row.purpose)):
            kept.append(row)
    return tuple(kept)


def transfers(of: tuple[r.PartyRecord, ...]) -> st.SearchStrategy[r.TransferRecord]:
    return st.builds(
        r.TransferRecord,
        party=st.sampled_from([None, *of]),
        country=countries,
        tool=none_or(TransferTool),
        documentation=text(300),
        checked_on=days,
        note=text(300),
    )


def trackers(of: tuple[r.PartyRecord, ...]) -> st.SearchStrategy[r.TrackerRecord]:
    lives = st.one_of(
        st.sampled_from([(None, None), (None, LifeUnit.SESSION)]),
        st.tuples(st.integers(1, 32767), st.sampled_from([unit for unit in LifeUnit if unit is not LifeUnit.SESSION])),
    )
    providers = st.one_of(st.tuples(st.sampled_from([None, *of]), st.just("")), st.tuples(st.none(), text(150)))
    return st.builds(
        lambda name, by, reason, life, need: r.TrackerRecord(
            name=name, party=by[0], provider=by[1], reason=reason, life=life[0], life_unit=life[1], need=need
        ),
        name=text(100, empty=False),
        by=providers,
        reason=text(300),
        life=lives,
        need=none_or(TrackerNeed),
    )


@st.composite
def assessed(draw: st.DrawFn, record: type, outcomes: type, **fields: st.SearchStrategy) -> object:
    """An assessment that is concluded on a day, or not concluded."""
    concluded, again = sorted(draw(st.lists(st.dates(), min_size=2, max_size=2, unique=True)))
    conclusion = draw(none_or(outcomes))
    return record(
        owner=draw(text(150)),
        concluded_on=concluded if conclusion else None,
        next_review_on=draw(st.sampled_from([None, again])),
        reference=draw(text(300)),
        conclusion=conclusion,
        **{name: draw(strategy) for name, strategy in fields.items()},
    )


def transfer_assessments(of: tuple[r.PartyRecord, ...]) -> st.SearchStrategy:
    return assessed(
        r.TransferAssessmentRecord,
        TransferOutcome,
        party=st.sampled_from([None, *of]),
        country=st.sampled_from(["NO", "US", "GB"]),
        law_and_practice=text(4000),
        measures=text(2000),
    )


def annotations(*names: str) -> dict[str, st.SearchStrategy[tuple]]:
    fields = st.sampled_from(names)
    gaps = st.sampled_from(["", "G01", "G12"])
    return {
        "statements": some(
            st.builds(r.StatementRecord, topic=st.sampled_from(StatementTopic), text=text(2000, empty=False))
        ),
        "remarks": some(
            st.builds(
                r.RemarkRecord,
                field=fields,
                kind=st.sampled_from(RemarkKind),
                text=text(2000, empty=False),
                gap=gaps,
            )
        ),
        "proposals": some(
            st.builds(r.ProposalRecord, field=fields, value=text(500, empty=False), reason=text(2000), gap=gaps)
        ),
    }


@st.composite
def registers(draw: st.DrawFn) -> r.Register:
    """A register that the tables can hold, with up to three activities: A01, A02 and A100."""
    given = {
        "subject_categories": draw(
            shared(r.SubjectCategoryRecord, "subject", name=text(150, empty=False), listed_in_notice=facts)
        ),
        "data_categories": draw(
            shared(
                r.DataCategoryRecord,
                "data",
                name=text(200, empty=False),
                public_name=text(200),
                special_category=none_or(SpecialCategory),
            )
        ),
        "parties": draw(parties()),
        "measures": draw(
            shared(
                r.MeasureRecord,
                "measure",
                name=text(200, empty=False),
                public_name=text(200),
                general=st.booleans(),
            )
        ),
        "situations": draw(shared(r.CollectionSituationRecord, "situation", name=text(200, empty=False))),
    }
    given["systems"] = draw(
        shared(
            r.SystemRecord,
            "system",
            name=text(200, empty=False),
            party=st.sampled_from([None, *given["parties"]]),
        )
    )
    numbers = draw(st.lists(st.sampled_from(["A01", "A02", "A100"]), max_size=3, unique=True))
    return r.Register(
        moment=FIRST_MOMENT + timedelta(microseconds=draw(st.integers(0, 10**15))),
        controller=draw(st.none() | controllers()),
        activities=tuple(
            draw(activities(number, given)) for number in sorted(numbers, key=lambda number: (len(number), number))
        ),
        **given,
        transfers=draw(some(transfers(given["parties"]))),
        transfer_assessments=draw(some(transfer_assessments(given["parties"]))),
        **{name: draw(rows) for name, rows in annotations("has_dpo", "parties", "joint_controllers").items()},
        translations=draw(translations()),
    )
