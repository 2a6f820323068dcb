"""An import writes what differs and nothing else, all or nothing, and the preview says so beforehand."""

import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any, get_origin, get_type_hints

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.db.models.signals import pre_delete, pre_save
from hypothesis import given

from mktnorge.roles import Role
from processing.exports.json import canonical_json, register_payload
from processing.imports.json import ONCE
from processing.law.bases import LegalBasis, SpecialCategoryGround
from processing.law.facts import RemarkKind
from processing.law.records import (
    ActivityRecord,
    ControllerRecord,
    LegalGroundRecord,
    PurposeRecord,
    Register,
    RemarkRecord,
    RetentionRecord,
    SpecialGroundRecord,
)
from processing.law.regimes import LegalRegime
from processing.law.transfers import TransferTool
from processing.models import Activity, ActivityData, Party, Purpose, Remark, RetentionRule
from processing.models.governed import Governed, register_edit
from processing.register import edits_of, register_as_of
from processing.services.columns import columns_of, kept_in, links_of
from processing.services.import_plan import Action
from processing.services.imports import (
    ImportInvalid,
    ImportOvertaken,
    NothingToImport,
    Preview,
    import_register,
    preview_import,
    read_import,
)
from processing.services.loading import OF_ACTIVITY, OF_COMPANY, OF_CONTROLLER, VOCABULARY
from processing.services.matching import FOUND_BY
from tests.builders import make_activity_record, make_controller_record, make_person, make_register
from tests.company import load_company
from tests.processing.registers import registers
from tests.sampling import sampled

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
LATER = AT + timedelta(days=1)
LATEST = AT + timedelta(days=2)
GOVERNED = [model for model in apps.get_app_config("processing").get_models() if issubclass(model, Governed)]


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is not there afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def history() -> list[tuple[str, int, str]]:
    """Every history row there is: model, key of the history row, and what it is about."""
    return [(model.__name__, row.history_id, row.id) for model in GOVERNED for row in model.history.all()]


def tables() -> dict[str, list[dict[str, Any]]]:
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in GOVERNED}


def write(register: Register, at: datetime = AT) -> Preview:
    return import_register(register=register, at=at, by=None, reason="Prøve").preview


def company(at: datetime = AT) -> Register:
    """The company's register as loaded, and a database without it."""
    with undone():
        load_company(at=at)
        register = register_as_of(at)
    assert register_as_of(at).is_empty
    return register


def change(register: Register, number: str, **over: Any) -> Register:
    found = tuple(replace(row, **over) if row.number == number else row for row in register.activities)
    assert found != register.activities
    return replace(register, activities=found)


# There and back


def test_the_companys_register_comes_back_byte_for_byte():
    content = canonical_json(company())
    write(read_import(content=content, at=LATEST).register)
    assert canonical_json(register_as_of(AT)) == content


@sampled(5, 300)
@given(registers())
def test_any_register_comes_back_byte_for_byte(register):
    content = canonical_json(register)
    with undone():
        read = read_import(content=content, at=LATEST).register
        if not (written := preview_import(register=read, at=register.moment).changes):
            assert register_as_of(register.moment) == register
            return
        assert write(read, register.moment).changes == written
        assert canonical_json(register_as_of(register.moment)) == content


@sampled(5, 300)
@given(registers(), registers())
def test_one_register_over_another(first, second):
    """What the file says is what the register says; nothing else is touched; the preview was right; twice is once."""
    with undone():
        if preview_import(register=first, at=AT).changes:
            write(first)
        before, rows_before = register_as_of(AT), set(history())
        preview = preview_import(register=second, at=LATER)
        assert set(history()) == rows_before
        if not preview.changes:
            with pytest.raises(NothingToImport):
                write(second, LATER)
            return
        assert write(second, LATER) == preview

        after = register_as_of(LATER)
        numbers = {row.number for row in second.activities}
        assert [row for row in after.activities if row.number in numbers] == list(second.activities)
        for name in VOCABULARY:
            codes = {row.code for row in getattr(second, name)}
            assert tuple(row for row in getattr(after, name) if row.code in codes) == getattr(second, name)
            kept = {row.code for row in getattr(before, name)} - codes
            assert kept == {row.code for row in getattr(after, name)} - codes
            assert set(preview.left_alone.get(name, ())) == kept
        assert all(getattr(after, name) == getattr(second, name) for name in OF_COMPANY)
        assert after.controller == (second.controller or before.controller)
        left = {row.number for row in before.activities} - numbers
        assert set(preview.left_alone.get("activities", ())) == left
        assert {row.number for row in after.activities} == left | numbers

        new = set(history()) - rows_before
        assert len(new) == len(preview.changes)
        assert len({(model, key) for model, _history, key in new}) == len(preview.changes), "a row was written twice"
        with pytest.raises(NothingToImport):
            write(second, LATEST)
        assert len(set(history()) - rows_before) == len(new)


def test_a_tool_that_is_no_longer_law_is_read():
    transfer = replace(make_activity_record().transfers[0], tool=TransferTool.PRIVACY_SHIELD)
    register = make_register(activities=[make_activity_record(transfers=(transfer,))])
    write(read_import(content=canonical_json(register), at=LATEST).register)
    assert register_as_of(AT).activities[0].transfers == (transfer,)


# What is written


def test_a_changed_field_is_one_row_with_moment_person_and_reason():
    load_company(at=AT)
    register = register_as_of(AT)
    clerk = make_person(Role.REGISTRAR)
    changed = change(register, "A03", regime=LegalRegime.HEALTH_RECORD)
    preview = preview_import(register=changed, at=LATER)
    (only,) = preview.changes
    assert (only.subject, only.section, only.action, only.key) == ("A03", "activities", Action.CHANGED, "A03")
    (field,) = only.fields
    assert (field.name, field.label, field.before, field.after) == ("regime", "regime", "", "health_record")
    assert (field.before_words, field.after_words) == ("ikke bekreftet", LegalRegime.HEALTH_RECORD.label)
    done = import_register(register=changed, at=LATER, by=clerk, reason="Import av protokoll.json")
    assert done.preview == preview
    edit = edits_of(Activity.objects.get(number="A03"))[0]
    assert (edit.at, edit.by, edit.reason) == (LATER, clerk.pk, "Import av protokoll.json")
    assert len(edit.changes) == 1


def test_rows_of_a_list_are_changed_added_moved_and_removed_one_by_one():
    one, two, three = (RemarkRecord(field=name, kind=RemarkKind.NOTE, text=name) for name in ("code", "name", "owner"))
    first = make_register(activities=[make_activity_record(remarks=(one, two, three))])
    write(first)
    keys = dict(Remark.objects.values_list("field", "pk"))
    changed, new = replace(three, text="Rettet"), replace(one, field="regime")
    preview = write(make_register(activities=[make_activity_record(remarks=(changed, two, new))]), LATER)
    assert [(row.action.value, row.name, [field.name for field in row.fields]) for row in preview.changes] == [
        ("changed", "ansvarlig internt", ["text"]),
        ("changed", "navn", ["position"]),
        ("added", "regime", ["field", "kind", "text", "gap", "position"]),
        ("removed", "kode", ["field", "kind", "text", "gap"]),
    ]
    now = dict(Remark.objects.values_list("field", "pk"))
    assert {name: now[name] for name in ("name", "owner")} == {name: keys[name] for name in ("name", "owner")}
    assert register_as_of(LATER).activities[0].remarks == (changed, two, new)
    assert register_as_of(AT).activities[0].remarks == (one, two, three)


def test_a_purpose_in_other_words_stays_the_same_row_and_keeps_its_grounds():
    def activity(words: str) -> ActivityRecord:
        return make_activity_record(
            purposes=(PurposeRecord(description="Føre journal"), PurposeRecord(description=words)),
            legal_grounds=(LegalGroundRecord(basis=LegalBasis.CONTRACT, purpose=words),),
            special_grounds=(SpecialGroundRecord(condition=SpecialCategoryGround.HEALTH_CARE, purpose=words),),
        )

    write(make_register(activities=[activity("Hjelpe")]))
    key = Purpose.objects.get(description="Hjelpe").pk
    preview = write(make_register(activities=[activity("Gi helsehjelp")]), LATER)
    assert [(row.section, row.action) for row in preview.changes] == [("purposes", Action.CHANGED)]
    assert Purpose.objects.get(description="Gi helsehjelp").pk == key


def test_a_retention_rule_goes_with_the_data_that_named_it_left():
    rule = make_activity_record().retention[0]
    other = RetentionRecord(covers="Bilag", statement="Fem år.")
    write(make_register(activities=[make_activity_record(retention=(rule, other))]))
    pair = make_activity_record().data[1]
    moved = make_activity_record(
        retention=(other,), data=(make_activity_record().data[0], replace(pair, retention=other))
    )
    write(make_register(activities=[moved]), LATER)
    assert RetentionRule.objects.get().covers == "Bilag"
    assert ActivityData.objects.get(category__code="health").retention.covers == "Bilag"


def test_rows_go_together_with_those_that_name_them():
    rule = RetentionRecord(covers="Journalen", statement="Ti år.")
    purpose = PurposeRecord(description="Hjelpe")
    full = make_activity_record(
        purposes=(purpose,),
        retention=(rule,),
        legal_grounds=(LegalGroundRecord(basis=LegalBasis.CONTRACT, purpose="Hjelpe"),),
        special_grounds=(SpecialGroundRecord(condition=SpecialCategoryGround.HEALTH_CARE, purpose="Hjelpe"),),
        data=(replace(make_activity_record().data[0], retention=rule),),
    )
    register = make_register(activities=[full])
    write(register)
    # What named them may also stay, for the whole activity.
    loose = replace(
        full,
        purposes=(),
        retention=(),
        legal_grounds=(replace(full.legal_grounds[0], purpose=""),),
        special_grounds=(replace(full.special_grounds[0], purpose=""),),
        data=(replace(full.data[0], retention=None),),
    )
    with undone():
        write(replace(register, activities=(loose,)), LATER)
        assert register_as_of(LATER).activities == (loose,)
    bare = replace(full, purposes=(), retention=(), legal_grounds=(), special_grounds=(), data=())
    preview = write(replace(register, activities=(bare,)), LATER)
    assert [row.action for row in preview.changes] == [Action.REMOVED] * 5
    assert register_as_of(LATER).activities == (bare,)
    assert register_as_of(AT).activities == (full,)


def test_two_purposes_that_read_the_same_may_have_a_condition_each():
    twice = PurposeRecord(description="Det samme")
    ground = SpecialGroundRecord(condition=SpecialCategoryGround.HEALTH_CARE, purpose="Det samme")
    record = make_activity_record(
        purposes=(twice, twice), legal_grounds=(), special_grounds=(ground, replace(ground, national_law="Lov"))
    )
    write(make_register(activities=[record]))
    assert register_as_of(AT).activities == (record,)
    assert len({row.purpose_id for row in Activity.objects.get().specialground_set.all()}) == 2
    again = replace(record, special_grounds=tuple(reversed(record.special_grounds)))
    write(make_register(activities=[again]), LATER)
    assert register_as_of(LATER).activities == (again,)


def test_what_the_file_does_not_name_is_left_as_it_was():
    load_company(at=AT)
    full = register_as_of(AT)
    few = replace(full, activities=full.activities[:2], measures=full.measures[1:])
    with pytest.raises(NothingToImport):
        # General measures belong to nobody, and no activity of the file may name a lost one.
        write(replace(few, measures=full.measures), LATER)
    assert register_as_of(LATER).activities == full.activities


def test_a_file_without_a_controller_leaves_the_company_as_it_is():
    write(make_register())
    register = make_register(controller=None)
    with pytest.raises(NothingToImport):
        write(register, LATER)
    assert register_as_of(LATER).controller == make_controller_record()


def test_the_preview_says_when_the_register_was_edited_after_the_file_was_made():
    load_company(at=AT)
    file = register_as_of(AT)
    assert not preview_import(register=file, at=LATER).edited_since
    with register_edit(at=LATER):
        activity = Activity.objects.get(number="A01")
        activity.owner = "Mottaket"
        activity.save()
    preview = preview_import(register=file, at=LATEST)
    assert preview.edited_since
    assert [(row.subject, row.fields[0].before, row.fields[0].after) for row in preview.changes] == [
        ("A01", "Mottaket", file.activities[0].owner)
    ]
    assert not preview_import(register=replace(file, moment=AT - timedelta(days=1)), at=LATEST).edited_since


# Refusals write nothing


def test_a_number_with_another_code_and_a_code_with_another_number_are_refused():
    write(make_register(activities=[make_activity_record(), make_activity_record(number="A02", code="two")]))
    before = history()
    wrong = make_register(activities=[make_activity_record(code="new"), make_activity_record(number="A03", code="two")])
    for attempt in (lambda: preview_import(register=wrong, at=LATER), lambda: write(wrong, LATER)):
        with pytest.raises(ImportInvalid) as refusal:
            attempt()
        assert [problem.place for problem in refusal.value.problems] == ["activities[0].code", "activities[1].code"]
        assert "health_record" in str(refusal.value)
        assert "A02" in str(refusal.value)
    assert history() == before


def test_a_register_no_table_can_hold_is_refused_whoever_made_it():
    with pytest.raises(ImportInvalid, match=r"activities\[0\]\.owner: Er for lang: 151 tegn"):
        write(make_register(activities=[make_activity_record(owner="x" * 151)]))
    assert history() == []


def test_an_import_before_the_last_edit_is_refused():
    load_company(at=LATER)
    before = history()
    changed = change(register_as_of(LATER), "A01", owner="Mottaket")
    with pytest.raises(ImportOvertaken):
        write(changed, AT)
    assert history() == before


def test_rows_that_somebody_else_makes_first_are_no_trace_but_a_sentence():
    made = []

    def race(sender, instance, **kwargs):
        if sender is Party and not made:
            made.append(instance.code)
            Party.objects.create(code=instance.code, role="adviser", service="Den andres")

    pre_save.connect(race)
    try:
        with pytest.raises(ImportOvertaken, match="Ingenting er skrevet"):
            write(make_register())
    finally:
        pre_save.disconnect(race)
    assert made
    assert history() == []


@pytest.mark.django_db(transaction=True)
def test_of_two_imports_of_one_file_at_the_same_time_one_is_written():
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        # One connection is all an SQLite database in memory has: the two would share a transaction.
        assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        return
    ready, written, refused = threading.Barrier(2), [], []

    def bring_in() -> None:
        ready.wait(timeout=20)
        try:
            written.append(write(make_register()))
        except (ImportOvertaken, NothingToImport) as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=bring_in) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert (len(written), len(refused)) == (1, 1)
    assert len(history()) == len(written[0].changes)
    assert register_as_of(AT).activities == make_register().activities


class Failure(Exception):
    pass


@pytest.mark.parametrize("part", [0, 0.3, 0.9, 1])
def test_a_failure_in_the_middle_leaves_nothing(part):
    load_company(at=AT)
    full = register_as_of(AT)
    changed = replace(
        full,
        remarks=(),
        activities=tuple(
            replace(row, owner="Ny", remarks=(), purposes=(*row.purposes, PurposeRecord(description="Nytt")))
            for row in full.activities
        ),
    )
    total = len(preview_import(register=changed, at=LATER).changes)
    fail_at, written = round(part * (total - 1)), []
    rows, past = tables(), history()

    def fail(sender, instance, **kwargs):
        if issubclass(sender, Governed):
            if len(written) == fail_at:
                raise Failure
            written.append(instance)

    pre_save.connect(fail)
    pre_delete.connect(fail)
    try:
        with pytest.raises(Failure):
            write(changed, LATER)
    finally:
        pre_save.disconnect(fail)
        pre_delete.disconnect(fail)
    assert len(written) == fail_at
    assert tables() == rows
    assert history() == past


# What columns hold


def _lists(record: type) -> set[str]:
    return {name for name, hint in get_type_hints(record).items() if get_origin(hint) is tuple}


def test_every_list_of_the_records_has_its_table_and_its_way_to_find_a_row_again():
    assert _lists(ActivityRecord) == OF_ACTIVITY.keys()
    assert _lists(ControllerRecord) == OF_CONTROLLER.keys()
    assert _lists(Register) == VOCABULARY.keys() | OF_COMPANY.keys() | {"activities"}
    for model in {*OF_ACTIVITY.values(), *OF_CONTROLLER.values(), *VOCABULARY.values()}:
        columns = {*columns_of(model), *links_of(model)}
        assert all(set(way) <= columns for way in FOUND_BY[model]), model


def test_every_column_has_its_field_in_the_record():
    for record, model in kept_in().items():
        assert set(columns_of(model)) <= {field.name for field in fields(record)}, model


def test_what_is_unique_in_the_tables_is_what_the_reader_refuses_twice():
    unique = {}
    for name, model in {**VOCABULARY, **OF_CONTROLLER, **OF_ACTIVITY, "activities": Activity}.items():
        if name == "systems":
            continue  # two lists of one name: codes, and rows that have one
        ways = {(item.name,) for item in model._meta.concrete_fields if item.unique and not item.primary_key}
        for rule in model._meta.constraints:
            if isinstance(rule, models.UniqueConstraint) and rule.condition is None:
                ways.add(tuple(column for column in rule.fields if column != "activity"))
        unique[name] = ways
    # Lists of codes are refused as such, and conditions depend on what the purposes read.
    for name in ("safeguards", "collection", "special_grounds"):
        assert unique.pop(name)
    assert {name: ways for name, ways in unique.items() if ways} == {
        name: set(ways)
        for name, ways in ONCE.items()
        # A text may be longer than PostgreSQL puts in an index: the form refuses it twice, and so does the reader.
        if name not in {"systems", "translations"}
    }


def _places() -> Iterator[tuple[str, str, models.Field]]:
    """A place in the payload of a full register for every column: list, column, field."""
    for name, model in VOCABULARY.items():
        yield from ((f"{name}/0", column, item) for column, item in columns_of(model).items())
    yield from (("controller", column, item) for column, item in columns_of(kept_in()[ControllerRecord]).items())
    for name, model in OF_CONTROLLER.items():
        yield from ((f"controller/{name}/0", column, item) for column, item in columns_of(model).items())
    yield from (("activities/0", column, item) for column, item in columns_of(Activity).items())
    for name, model in OF_ACTIVITY.items():
        yield from ((f"activities/0/{name}/0", column, item) for column, item in columns_of(model).items())


TEXTS = [(at, column, item) for at, column, item in _places() if item.max_length and not item.choices]
NUMBERS = [(at, column) for at, column, item in _places() if isinstance(item, models.IntegerField)]


def _spoilt(at: str, column: str, value: object) -> ImportInvalid:
    payload = register_payload(make_register())
    row: Any = payload
    for step in at.split("/"):
        row = row[int(step) if step.isdigit() else step]
    assert column in row
    row[column] = value
    with pytest.raises(ImportInvalid) as refusal:
        read_import(content=json.dumps(payload).encode(), at=LATEST)
    return refusal.value


def _written(at: str, column: str) -> str:
    place = ""
    for step in at.split("/"):
        place += f"[{step}]" if step.isdigit() else f".{step}"
    return f"{place}.{column}".removeprefix(".")


@pytest.mark.parametrize(("at", "column", "item"), TEXTS, ids=lambda value: value if isinstance(value, str) else "")
def test_a_text_that_is_too_long_is_refused_where_it_stands(at, column, item):
    refusal = _spoilt(at, column, "x" * (item.max_length + 1))
    (problem,) = (found for found in refusal.problems if "for lang" in found.text)
    assert problem.place == _written(at, column)
    assert f"{item.max_length + 1} tegn" in problem.text


@pytest.mark.parametrize(("at", "column"), NUMBERS)
@pytest.mark.parametrize("number", [-1, 32768, 10**30, -(10**5000 - 1)], ids=["-1", "32768", "10^30", "5000 digits"])
def test_a_number_that_is_out_of_range_is_refused_where_it_stands(at, column, number):
    limit = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        refusal = _spoilt(at, column, number)
    finally:
        sys.set_int_max_str_digits(limit)
    assert [(problem.place, problem.text) for problem in refusal.problems] == [
        (_written(at, column), "Må være fra 0 til 32767.")
    ]


@pytest.mark.parametrize(
    ("at", "column", "value", "place", "sentence"),
    [
        ("activities/0", "number", "B01", "activities[0].number", "Nummeret skrives A"),
        ("activities/0", "code", "med mellomrom", "activities[0].code", "slug"),
        ("activities/0", "name", "", "activities[0].name", "Kan ikke stå tomt"),
        ("activities/0", "valid_to", "2019-12-31", "activities[0]", "kan ikke være før"),
        ("activities/0/retention/0", "unit", None, "activities[0].retention[0]", "hører sammen"),
        ("activities/0/data/0", "presence", "no", "activities[0].data[0].presence", "Disse finnes: yes, possible"),
        ("activities/0/transfers/0", "country", "usa", "activities[0].transfers[0].country", "for lang"),
        ("activities/0/transfers/0", "country", "us", "activities[0].transfers[0].country", "to store bokstaver"),
        ("parties/1", "has_agreement", "yes", "parties[1]", "Bare databehandlere"),
        ("parties/0", "has_agreement", "no", "parties[0]", "krever at svaret"),
        ("controller", "org_no", "123456789", "controller.org_no", "kontrollsifferet"),
        ("controller", "email", "ingen", "controller.email", "e-post"),
        ("controller", "website", "javascript:alert(1)", "controller.website", "adresse"),
        ("controller", "processor_for_others", "not_stated", "controller", "dato uten svar"),
        ("controller", "answer_within_days", 0, "controller.answer_within_days", "1"),
        ("controller", "case_content_days", 29, "controller.case_content_days", "30"),
        ("controller", "case_line_years", 21, "controller.case_line_years", "20"),
    ],
)
def test_a_value_the_model_refuses_is_refused_where_it_stands(at, column, value, place, sentence):
    (problem,) = _spoilt(at, column, value).problems
    assert problem.place == place
    assert sentence in problem.text


def test_problems_of_the_form_and_of_the_columns_come_together():
    payload = register_payload(make_register())
    payload["activities"][0]["owner"] = "x" * 151
    payload["activities"][0]["colour"] = "rødt"
    payload["parties"][0]["country"] = "no"
    with pytest.raises(ImportInvalid) as refusal:
        read_import(content=json.dumps(payload).encode(), at=LATEST)
    assert {problem.place for problem in refusal.value.problems} == {
        "activities[0].owner",
        "activities[0].colour",
        "parties[0].country",
    }


def test_what_a_person_may_save_in_the_admin_can_be_imported():
    """The rules of the import are those of the models: neither stricter nor looser, for every row of the company."""
    load_company(at=AT)
    for model in GOVERNED:
        for row in model.objects.all():
            try:
                row.full_clean(validate_unique=False)
            except ValidationError as error:
                pytest.fail(f"{model.__name__}: {error}")
    assert read_import(content=canonical_json(register_as_of(AT)), at=LATEST).register == register_as_of(AT)
