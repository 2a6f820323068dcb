"""The register of one day beside that of another: what differs, word by word, and who wrote it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO

import pikepdf
import pytest
import time_machine
from django.urls import reverse

from mktnorge.roles import Role
from processing.exports.cells import CellReader
from processing.exports.comparison import Happened, compare
from processing.exports.tables import rows_of, tables
from processing.law.records import PurposeRecord
from processing.models import Activity, Disclosure, Party
from processing.models.governed import register_edit
from processing.register import writings_between
from processing.services.comparison import DayInFuture, DaysReversed, compare_days, found_by
from processing.services.table_words import table_words
from tests.builders import (
    ASKED_AT,
    OSLO,
    WRITTEN_AT,
    fill_register,
    make_activity,
    make_activity_record,
    make_controller,
    make_person,
    make_register,
)
from tests.pdf_reader import TaggedPdf

BEFORE = WRITTEN_AT.date()
CHANGED_AT = datetime(2026, 3, 2, 9, 0, tzinfo=OSLO)
AFTER = date(2026, 3, 31)


def differences(before, after):
    return compare(before, after, words=table_words(), ways=found_by())


def texts(pieces, *, changed):
    return [piece.text for piece in pieces if piece.changed is changed]


def test_the_same_register_differs_in_nothing():
    register = make_register()
    assert differences(register, replace(register, moment=register.moment + timedelta(days=1))) == ()


def test_only_the_words_that_changed_are_marked():
    before = make_activity_record(purposes=(PurposeRecord(description="Gi helsehjelp til den som ber om det"),))
    after = replace(before, purposes=(PurposeRecord(description="Gi god helsehjelp til den som ber om det"),))
    found = differences(make_register(activities=[before]), make_register(activities=[after]))
    (subject,) = found
    assert (subject.section, subject.key, subject.happened) == ("activities", "A01", Happened.CHANGED)
    row = next(row for row in subject.rows if row.table == "purposes")
    (field,) = row.fields
    assert texts(field.before, changed=True) == []
    assert texts(field.after, changed=True) == ["god"]


def test_what_comes_and_goes_is_told_with_all_it_states():
    first, second = make_activity_record(), make_activity_record(number="A02", code="second", name="Nyhetsbrev")
    added = differences(make_register(activities=[first]), make_register(activities=[first, second]))
    removed = differences(make_register(activities=[first, second]), make_register(activities=[first]))
    assert [(one.title, one.happened) for one in added] == [("A02 Nyhetsbrev", Happened.ADDED)]
    assert [(one.title, one.happened) for one in removed] == [("A02 Nyhetsbrev", Happened.REMOVED)]
    assert added[0].field_count == removed[0].field_count > 20
    assert not any(field.before for row in added[0].rows for field in row.fields)


def test_every_field_of_every_record_is_compared():
    """An empty register beside a full one tells every text of the full one, each in its place."""
    full = make_register()
    told = {
        (row.table, field.label)
        for subject in differences(replace(make_register(activities=[]), controller=None), full)
        for row in subject.rows
        for field in row.fields
    }
    words = table_words()
    reader = CellReader(full, words)
    stated = {
        (table.name, words.columns[table.name, name].heading)
        for table in tables()
        for row in rows_of(full, table)
        for name, text in reader.said(table, row).items()
        if text and (table.name == "activities" or row.get("activity"))
    }
    assert len(stated) > 60
    assert stated <= told


@pytest.mark.django_db
class TestDays:
    @pytest.fixture
    def history(self):
        leader = make_person(Role.LEADER)
        make_controller()
        activity = make_activity()
        with register_edit(at=CHANGED_AT, by=leader, reason="Ny leverandør"):
            activity.name = "Behandling og journal"
            activity.save()
            Disclosure.objects.filter(activity=activity).first().delete()
            supplier = Party.objects.get(code="journal_supplier")
            supplier.name = "Den nye leverandøren AS"
            supplier.save()
        return leader, activity

    def test_each_difference_has_who_when_and_why(self, history):
        leader, activity = history
        found = compare_days(first=BEFORE, last=AFTER, at=ASKED_AT)
        by_key = {(subject.section, subject.key): (subject, edits) for subject, edits in found.subjects}
        assert set(by_key) == {("activities", activity.number), ("parties", "journal_supplier")}
        for _subject, edits in by_key.values():
            assert [(edit.at, edit.by, edit.reason) for edit in edits] == [(CHANGED_AT, str(leader), "Ny leverandør")]
        rows = {(row.table, row.happened) for row in by_key["activities", activity.number][0].rows}
        assert {("activities", Happened.CHANGED), ("disclosures", Happened.REMOVED)} <= rows
        assert found.written == 1

    def test_a_row_of_an_activity_counts_as_the_activity(self, history):
        _leader, activity = history
        found = writings_between(WRITTEN_AT, ASKED_AT)
        assert {(writing.model, writing.key) for writing in found} == {
            (Activity, activity.number),
            (Party, "journal_supplier"),
        }

    def test_the_queries_do_not_grow(self, history, django_assert_max_num_queries):
        fill_register(4, at=CHANGED_AT)
        with django_assert_max_num_queries(70):
            compare_days(first=BEFORE, last=AFTER, at=ASKED_AT)

    def test_a_register_that_did_not_exist_is_empty(self, history):
        found = compare_days(first=date(2020, 1, 1), last=AFTER, at=ASKED_AT)
        assert found.before.is_empty
        assert {subject.happened for subject, _edits in found.subjects} == {Happened.ADDED}

    def test_what_cannot_be_compared_is_refused(self, history):
        with pytest.raises(DayInFuture):
            compare_days(first=BEFORE, last=ASKED_AT.date() + timedelta(days=1), at=ASKED_AT)
        with pytest.raises(DaysReversed):
            compare_days(first=AFTER, last=BEFORE, at=ASKED_AT)


@pytest.mark.django_db
class TestPage:
    @pytest.fixture
    def page(self, sign_in, activity):
        with register_edit(at=CHANGED_AT, by=None, reason="<b>Retting</b>"):
            activity.name = "<script>alert(1)</script>"
            activity.save()

        def ask(role=Role.AUDITOR, name="processing_comparison", **asked):
            with time_machine.travel(ASKED_AT, tick=False):
                return sign_in(role).get(reverse(f"admin:{name}"), asked)

        return ask

    @pytest.mark.parametrize("role", list(Role))
    def test_all_who_may_read_the_register_see_it(self, page, role):
        found = page(role, fra="2026-01-20", til="2026-03-31")
        assert found.status_code == 200
        html = found.content.decode()
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
        assert "<script>alert" not in html
        assert "«&lt;b&gt;Retting&lt;/b&gt;»" in html
        assert "Aktiviteter: 0 ny, 1 endret, 0 fjernet." in html

    def test_it_asks_for_days_first(self, page):
        assert page().status_code == 200

    @pytest.mark.parametrize(
        ("fra", "til", "said"),
        [
            ("i fjor", "2026-03-31", "Skriv dagen slik"),
            ("2026-02-30", "2026-03-31", "Skriv dagen slik"),
            ("2026-01-01", "", "Velg en dag."),
            ("2026-04-01", "2026-03-31", "Bytt dem om"),
            ("2026-01-01", "2027-01-01", "ikke kommet ennå"),
        ],
    )
    @pytest.mark.parametrize("name", ["processing_comparison", "processing_comparison_file"])
    def test_bad_days_are_told(self, page, name, fra, til, said):
        found = page(name=name, fra=fra, til=til)
        assert found.status_code == 400
        assert said in found.content.decode()

    def test_before_the_register_existed_is_said(self, page):
        assert "Registeret fantes ikke" in page(fra="2020-01-01", til="2026-03-31").content.decode()
        both = page(fra="2019-01-01", til="2020-01-01").content.decode()
        assert "Det er ingenting å sammenligne." in both

    def test_nothing_differs(self, page):
        assert "Registeret sier det samme" in page(fra="2026-04-01", til="2026-05-01").content.decode()

    def test_the_pdf_is_tagged_and_says_the_same(self, page):
        found = page(name="processing_comparison_file", fra="2026-01-20", til="2026-03-31")
        assert found["Content-Type"] == "application/pdf"
        text = TaggedPdf(found.content).root.text
        assert "<script>alert(1)</script>" in text
        assert "Retting" in text
        with pikepdf.open(BytesIO(found.content)) as pdf:
            assert pdf.Root.MarkInfo.Marked
            assert str(pdf.Root.Lang) == "nb"
        again = page(name="processing_comparison_file", fra="2026-01-20", til="2026-03-31")
        assert again.content == found.content
