"""The register as of any moment: whole, with what was deleted since, and in a constant number of queries."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import AutoField, BooleanField, CharField, DateField, ForeignKey, IntegerField, TextField
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from processing.exports.editions import edition_of
from processing.exports.json import payload_hash
from processing.law.bases import LegalBasis
from processing.law.editions import Edition
from processing.law.facts import ActivityStatus, Fact
from processing.law.records import Register
from processing.models import (
    Activity,
    ActivityData,
    Collection,
    CollectionSituation,
    Controller,
    DataCategory,
    DataSource,
    Disclosure,
    LegalGround,
    Measure,
    Party,
    Purpose,
    RetentionRule,
    ReviewRoutine,
    Statement,
    SubjectCategory,
    Transfer,
)
from processing.models.governed import Governed, WriteOutsideEdit, register_edit
from processing.register import end_of_day, register_as_of
from tests.sampling import sampled

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 3, 2, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)


def write_activity(number: str, **fields: object) -> Activity:
    activity = Activity(number=number, code=number.lower(), name=f"Aktivitet {number}", **fields)
    activity.save()
    return activity


def test_what_was_written_is_read() -> None:
    with register_edit(at=MORNING):
        Controller(legal_name="Prøve AS").save()
        activity = write_activity("A01", status=ActivityStatus.ACTIVE.value, special_categories=Fact.POSSIBLE.value)
        purpose = Purpose.objects.create(activity=activity, description="Svare")
        LegalGround.objects.create(activity=activity, purpose=purpose, basis="f", legitimate_interest="å svare")
        rule = RetentionRule.objects.create(activity=activity, covers="Alt", period=2, unit="years")
        category = DataCategory.objects.create(code="name", name="Navn")
        subject = SubjectCategory.objects.create(code="clients", name="Klienter")
        ActivityData.objects.create(
            activity=activity, category=category, subject=subject, presence="yes", retention=rule
        )
        party = Party.objects.create(code="mail", role="processor", service="E-post")
        Disclosure.objects.create(activity=activity, party=party)
        Transfer.objects.create(activity=None, tool="scc")
        DataSource.objects.create(activity=activity, kind="data_subject")
        situation = CollectionSituation.objects.create(code="contact", name="Kontakt")
        Collection.objects.create(activity=activity, situation=situation)
        Statement.objects.create(activity=None, topic="sharing", text="Noen ganger.")

    register = register_as_of(MORNING)

    (read,) = register.activities
    assert read.special_categories is Fact.POSSIBLE
    assert read.bases == {LegalBasis.LEGITIMATE_INTEREST}
    assert read.legal_grounds[0].purpose == "Svare"
    assert read.data[0].retention is read.retention[0]
    assert read.subjects == register.subject_categories
    assert read.disclosures[0].party == register.parties[0]
    assert read.collection == register.situations
    assert [transfer.tool for transfer in register.transfers] == ["scc"]
    assert [statement.text for statement in register.statements] == ["Noen ganger."]


def test_before_anything_was_written_the_register_is_empty() -> None:
    with register_edit(at=MORNING):
        Controller(legal_name="Prøve AS").save()
    assert register_as_of(MORNING - timedelta(microseconds=1)).is_empty
    assert not register_as_of(MORNING).is_empty


def test_an_edit_is_read_from_its_moment_on() -> None:
    with register_edit(at=MORNING):
        activity = write_activity("A01")
    with register_edit(at=MORNING + HOUR):
        activity.name = "Nytt navn"
        activity.save()
    assert register_as_of(MORNING + HOUR - timedelta(microseconds=1)).activities[0].name == "Aktivitet A01"
    assert register_as_of(MORNING + HOUR).activities[0].name == "Nytt navn"


def test_a_row_saved_twice_in_one_edit_is_read_once_as_it_was_left() -> None:
    with register_edit(at=MORNING):
        activity = write_activity("A01")
        activity.name = "Sist lagret"
        activity.save()
    assert [read.name for read in register_as_of(MORNING).activities] == ["Sist lagret"]


def test_a_row_made_and_deleted_in_one_edit_never_was() -> None:
    with register_edit(at=MORNING):
        activity = write_activity("A01")
        Purpose.objects.create(activity=activity, description="Angret").delete()
    assert register_as_of(MORNING).activities[0].purposes == ()


def test_a_child_row_deleted_later_is_still_read_for_the_moments_before() -> None:
    with register_edit(at=MORNING):
        activity = write_activity("A01")
        purpose = Purpose.objects.create(activity=activity, description="Gammelt formål")
    with register_edit(at=MORNING + HOUR):
        purpose.delete()
    assert [p.description for p in register_as_of(MORNING).activities[0].purposes] == ["Gammelt formål"]
    assert register_as_of(MORNING + HOUR).activities[0].purposes == ()


def test_a_category_renamed_later_keeps_its_old_name_in_the_past() -> None:
    with register_edit(at=MORNING):
        activity = write_activity("A01")
        category = DataCategory.objects.create(code="name", name="Navn")
        subject = SubjectCategory.objects.create(code="clients", name="Klienter")
        ActivityData.objects.create(activity=activity, category=category, subject=subject, presence="yes")
    with register_edit(at=MORNING + HOUR):
        category.name = "Fullt navn"
        category.save()
    assert register_as_of(MORNING).activities[0].data_categories[0].name == "Navn"
    assert register_as_of(MORNING + HOUR).activities[0].data_categories[0].name == "Fullt navn"


def test_the_rows_of_an_edit_carry_one_moment_person_and_reason() -> None:
    with register_edit(at=MORNING, reason="Årlig gjennomgang"):
        activity = write_activity("A01")
        with register_edit(at=MORNING + HOUR, reason="en indre"):
            Purpose.objects.create(activity=activity, description="Svare")
    for model in (Activity, Purpose):
        (row,) = model.history.all()
        assert (row.history_date, row.history_change_reason) == (MORNING, "Årlig gjennomgang")


def test_an_edit_that_fails_leaves_nothing() -> None:
    class Stop(Exception):
        pass

    def interrupted_edit() -> None:
        with register_edit(at=MORNING):
            write_activity("A01")
            raise Stop

    with pytest.raises(Stop):
        interrupted_edit()
    assert register_as_of(MORNING).is_empty
    assert not Activity.history.exists()


def test_a_write_outside_an_edit_is_refused() -> None:
    with pytest.raises(WriteOutsideEdit, match="Activity was written outside"), transaction.atomic():
        write_activity("A01")
    assert not Activity.objects.exists()


def test_activities_are_read_in_the_order_of_their_numbers() -> None:
    with register_edit(at=MORNING):
        for number in ("A10", "A02", "A100", "A01"):
            write_activity(number)
    assert [activity.number for activity in register_as_of(MORNING).activities] == ["A01", "A02", "A10", "A100"]


def test_rows_are_read_in_the_order_they_are_placed() -> None:
    with register_edit(at=MORNING):
        activity = write_activity("A01")
        Purpose.objects.create(activity=activity, description="Sist", position=2)
        Purpose.objects.create(activity=activity, description="Først", position=1)
    assert [p.description for p in register_as_of(MORNING).activities[0].purposes] == ["Først", "Sist"]


def test_one_query_whatever_the_size() -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            register_as_of(MORNING)
        return len(captured)

    def grow(first: int, last: int) -> None:
        with register_edit(at=MORNING):
            for number in range(first, last + 1):
                activity = write_activity(f"A{number:03}")
                purpose = Purpose.objects.create(activity=activity, description="Svare")
                LegalGround.objects.create(activity=activity, purpose=purpose, basis="f")
                RetentionRule.objects.create(activity=activity)

    grow(1, 14)
    at_14 = queries()
    grow(15, 140)
    assert queries() == at_14
    # One, so that no edit can come in the middle of it either.
    assert at_14 == 1


def test_every_kind_of_column_comes_back_as_it_was_written() -> None:
    """A row travels as JSON: what JSON has no word for must be known."""
    known = {AutoField, BooleanField, CharField, DateField, ForeignKey, IntegerField, TextField}
    for model in apps.get_app_config("processing").get_models():
        if issubclass(model, Governed):
            for field in model._meta.concrete_fields:
                assert any(isinstance(field, kind) for kind in known), field
    text = '«\\"\'\n\t\u2028 č 𝄞 {"a": [1]} \x7f'
    with register_edit(at=MORNING):
        write_activity("A01", valid_from=date(1999, 12, 31), description=text)
        Measure.objects.create(code="a", name="Lås", general=True)
        Measure.objects.create(code="b", name="Nøkkel", general=False)
        ReviewRoutine.objects.create(controller=Controller.objects.create(), code="r", description="", every_months=24)
    register = register_as_of(MORNING)
    (activity,) = register.activities
    assert (activity.valid_from, activity.valid_to, activity.description) == (date(1999, 12, 31), None, text)
    assert [measure.general for measure in register.measures] == [True, False]
    assert register.controller.review_routines[0].every_months == 24


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        (date(2026, 1, 15), datetime(2026, 1, 15, 22, 59, 59, 999999, tzinfo=UTC)),
        (date(2026, 7, 15), datetime(2026, 7, 15, 21, 59, 59, 999999, tzinfo=UTC)),
        # The days the clock changes are 23 and 25 hours long.
        (date(2026, 3, 29), datetime(2026, 3, 29, 21, 59, 59, 999999, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 22, 59, 59, 999999, tzinfo=UTC)),
    ],
)
def test_an_as_of_date_is_the_end_of_that_day_in_oslo(day: date, moment: datetime) -> None:
    assert end_of_day(day) == moment


def test_the_last_day_there_is_has_an_end() -> None:
    assert end_of_day(date.max).year == 9999


WORDS = ["name", "health"]
REMOVED = {"retract": Purpose, "unclassify": ActivityData, "withdraw": Disclosure, "let go": RetentionRule}
EDITS = st.lists(
    st.tuples(
        st.sampled_from(
            ["write", "rename", "delete", "describe", "retract", "classify", "unclassify", "rename word", "disclose",
             "withdraw", "keep", "let go"]
        ),
        st.integers(0, 2),
        st.sampled_from([0, 1]),
        st.text("abc", max_size=3),
    ),
    min_size=4,
    max_size=10,
)  # fmt: skip


@sampled(10, 300)
@given(edits=EDITS)
def test_the_past_reads_as_it_read_when_it_was_the_present(edits: list[tuple[str, int, int, str]]) -> None:
    """Whatever is done, an old moment gives the register that stood in the tables then, in every edition of it.

    What is deleted since is there, what is renamed has its old name, and who was tied to what still is.
    """
    start_empty()
    seen = []
    for step, edit in enumerate(edits):
        at = MORNING + step * HOUR
        with register_edit(at=at):
            apply_edit(*edit)
        register = register_as_of(at)
        seen.append((at, present(), register, payload_hash(register)))
    for at, stood, register, sha256 in seen:
        then = register_as_of(at)
        assert said(then) == stood
        assert then == register
        assert payload_hash(then) == sha256
        for which in Edition:
            assert edition_of(then, which, findings=()) == edition_of(register, which, findings=())
    assert register_as_of(at + timedelta(minutes=59)).activities == register.activities


def start_empty() -> None:
    """Another random history begins in the same test: history is read whole, so it is emptied by hand."""
    with register_edit(at=MORNING):
        for model in (Activity, DataCategory, SubjectCategory, Party):
            for row in model.objects.all():
                row.delete()
    for model in (
        Activity, DataCategory, SubjectCategory, Party, Purpose, ActivityData, Disclosure, RetentionRule,
    ):  # fmt: skip
        model.history.all().delete()
    with register_edit(at=MORNING - HOUR):
        SubjectCategory.objects.create(code="clients", name="Klienter")
        for code in WORDS:
            DataCategory.objects.create(code=code, name=code)
            Party.objects.create(code=code, role="processor", service=code)


def present() -> dict[str, tuple]:
    """What stands in the tables now, read without history: who is tied to what, under which names."""
    return {
        activity.number: (
            activity.name,
            sorted(Purpose.objects.filter(activity=activity).values_list("description", flat=True)),
            sorted(ActivityData.objects.filter(activity=activity).values_list("category__name", "subject__name")),
            sorted(Disclosure.objects.filter(activity=activity).values_list("party__service", flat=True)),
            sorted(RetentionRule.objects.filter(activity=activity).values_list("covers", "period")),
        )
        for activity in Activity.objects.all()
    }


def said(register: Register) -> dict[str, tuple]:
    """The same of a register."""
    return {
        activity.number: (
            activity.name,
            sorted(purpose.description for purpose in activity.purposes),
            sorted((row.category.name, row.subject.name) for row in activity.data),
            sorted(row.party.service for row in activity.disclosures),
            sorted((rule.covers, rule.period) for rule in activity.retention),
        )
        for activity in register.activities
    }


def apply_edit(kind: str, which: int, word: int, text: str) -> None:
    number = f"A0{which}"
    if kind == "rename word":
        rename_word(WORDS[word], text)
        return
    activity = Activity.objects.filter(number=number).first()
    if kind == "write" and activity is None:
        write_activity(number)
    elif activity is None:
        return
    elif kind == "rename":
        activity.name = text or "tom"
        activity.save()
    elif kind == "describe":
        Purpose.objects.create(activity=activity, description=text or "formål")
    elif kind == "classify":
        pair = {"category": DataCategory.objects.get(code=WORDS[word]), "subject": SubjectCategory.objects.get()}
        if not ActivityData.objects.filter(activity=activity, **pair).exists():
            ActivityData.objects.create(activity=activity, presence="yes", **pair)
    elif kind == "disclose":
        party = Party.objects.get(code=WORDS[word])
        if not Disclosure.objects.filter(activity=activity, party=party).exists():
            Disclosure.objects.create(activity=activity, party=party)
    elif kind == "keep":
        RetentionRule.objects.create(activity=activity, covers=text, period=word + 1, unit="years")
    elif kind == "delete":
        activity.delete()
    elif kind in REMOVED:
        for row in REMOVED[kind].objects.filter(activity=activity)[:1]:
            row.delete()


def rename_word(code: str, text: str) -> None:
    category, party = DataCategory.objects.get(code=code), Party.objects.get(code=code)
    category.name, party.service = text or "navnløs", text or "navnløs"
    category.save()
    party.save()
