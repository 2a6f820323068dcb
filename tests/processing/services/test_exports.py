"""Issuing the register: as it was on a day, entered in the ledger, and the same bytes whenever it is made again."""

import hashlib
import json
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mktnorge.evidence import link_new_rows
from mktnorge.roles import Role
from processing import models
from processing.exports.json import canonical_json
from processing.imports.json import read_register
from processing.law.editions import ExportFormat
from processing.models import RegisterExport
from processing.models.governed import register_edit
from processing.register import end_of_day, register_as_of
from processing.services import exports
from processing.services.exports import AsOfInFuture, RegisterChanged, export_register, remake_export
from tests.builders import ASKED_AT, OSLO, WRITTEN_AT, fill_register, make_activity, make_controller, make_person
from tests.company import load_company
from tests.pdf_reader import TaggedPdf

pytestmark = pytest.mark.django_db
TODAY = ASKED_AT.date()
JSON, PDF = ExportFormat.JSON, ExportFormat.PDF


def issue(**over) -> exports.Export:
    return export_register(**{"format": JSON, "as_of": TODAY, "by": None, "at": ASKED_AT, **over})


def payload(**over) -> dict:
    return json.loads(issue(**over).content)


# --- The ledger


def test_the_ledger_holds_what_was_issued_and_to_whom():
    fill_register(2)
    auditor = make_person(Role.AUDITOR)
    export = issue(format=PDF, as_of=date(2026, 6, 30), law_on=date(2026, 7, 1), by=auditor)
    row = RegisterExport.objects.get()
    assert row == export.document
    assert (row.format, row.edition, row.as_of, row.law_on) == ("pdf", "internal", date(2026, 6, 30), date(2026, 7, 1))
    assert row.moment == end_of_day(date(2026, 6, 30))
    assert (row.exported_at, row.exported_by) == (ASKED_AT, auditor)
    assert row.activity_count == 2
    assert row.file_sha256 == hashlib.sha256(export.content).hexdigest()
    assert row.content_sha256 == hashlib.sha256(canonical_json(register_as_of(row.moment))).hexdigest()
    assert export.filename == f"protokoll-2026-06-30-{row.document_id}.pdf"
    assert export.content_type == "application/pdf"


def test_the_file_of_a_json_export_is_its_own_content_hash():
    make_controller()
    row = issue().document
    assert row.file_sha256 == row.content_sha256


def test_what_the_pdf_says_of_itself_is_what_the_ledger_says():
    fill_register(1)
    export = issue(format=PDF)
    cover = TaggedPdf(export.content).root.all("Sect")[0].text
    assert f"Dokument-id {export.document.document_id}" in cover
    assert export.document.content_sha256 in cover.replace(" ", "")
    assert f"Reglene har {export.document.finding_count} funn" in cover


def test_ids_tell_the_year_and_cannot_be_counted():
    ids = [issue().document.document_id for _time in range(20)]
    assert len(set(ids)) == 20
    assert all(identity.startswith("MKT-2026-") and len(identity) == 15 for identity in ids)
    assert not any(letter in identity[9:] for identity in ids for letter in "01IO")
    # New year comes to Oslo an hour before it comes to UTC.
    new_year = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert issue(as_of=TODAY, at=new_year).document.document_id.startswith("MKT-2027-")


# --- The day


def test_a_day_to_come_is_refused_and_nothing_is_issued():
    with pytest.raises(AsOfInFuture, match="ikke kommet ennå"):
        issue(as_of=TODAY + timedelta(days=1))
    assert not RegisterExport.objects.exists()


def test_today_is_today_in_oslo():
    late = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    assert issue(as_of=date(2026, 11, 24), at=late).document.as_of == date(2026, 11, 24)


def test_a_day_before_the_register_is_an_empty_document():
    make_controller()
    export = issue(format=PDF, as_of=date(1999, 1, 1))
    assert (export.document.activity_count, export.document.finding_count) == (0, 0)
    assert "Registeret var tomt." in TaggedPdf(export.content).text


@pytest.mark.parametrize("day", [date.min, date(1, 1, 2)])
def test_the_first_days_there_are_are_days_before_the_register(day):
    assert payload(as_of=day)["controller"] is None


def test_an_edit_after_the_day_does_not_appear():
    activity = make_activity()
    with register_edit(at=datetime(2026, 7, 1, 0, 0, tzinfo=OSLO)):
        activity.owner = "Senere eier"
        activity.save()
    assert payload(as_of=date(2026, 6, 30))["activities"][0]["owner"] == "Faglig leder"
    assert payload(as_of=date(2026, 7, 1))["activities"][0]["owner"] == "Senere eier"
    assert "Senere eier" not in TaggedPdf(issue(format=PDF, as_of=date(2026, 6, 30)).content).text


def test_a_row_deleted_later_is_there_before():
    activity = make_activity()
    with register_edit(at=datetime(2026, 7, 1, 12, 0, tzinfo=OSLO)):
        models.Disclosure.objects.get(activity=activity, party__code="adviser").delete()
    before, after = (payload(as_of=day)["activities"][0]["disclosures"] for day in (date(2026, 6, 30), TODAY))
    assert [row["party"] for row in before] == ["journal_supplier", "adviser"]
    assert [row["party"] for row in after] == ["journal_supplier"]
    assert "Juridisk rådgivning" in TaggedPdf(issue(format=PDF, as_of=date(2026, 6, 30)).content).section(
        "A01 Pasientjournal"
    )


def test_a_category_renamed_later_keeps_its_old_name_before():
    make_activity()
    with register_edit(at=datetime(2026, 7, 1, 12, 0, tzinfo=OSLO)):
        category = models.DataCategory.objects.get(code="name")
        category.name = "Fullt navn"
        category.save()
    before = TaggedPdf(issue(format=PDF, as_of=date(2026, 6, 30)).content).section("A01 Pasientjournal")
    after = TaggedPdf(issue(format=PDF).content).section("A01 Pasientjournal")
    assert "Fullt navn" in after
    assert "Fullt navn" not in before


def test_the_day_of_the_export_is_shown_as_far_as_it_had_come():
    activity = make_activity()
    first = issue(format=PDF)
    with register_edit(at=ASKED_AT + timedelta(hours=1)):
        activity.owner = "Senere samme dag"
        activity.save()
    assert first.document.moment == ASKED_AT
    assert "kl. 12.00" in TaggedPdf(first.content).root.all("Sect")[0].text
    assert remake_export(document=first.document) == first.content


# --- The same bytes


@pytest.mark.parametrize("format", ExportFormat)
def test_a_document_can_be_made_again(format):
    fill_register(1)
    export = issue(format=format, as_of=date(2026, 6, 30))
    again = remake_export(document=RegisterExport.objects.get())
    assert hashlib.sha256(again).hexdigest() == export.document.file_sha256
    assert RegisterExport.objects.count() == 1


def test_an_edit_while_the_document_is_made_stops_it():
    """A slow writer whose moment lies before ours may come through while we lay out pages."""
    activity = make_activity()

    def slow(_drawing):
        with register_edit(at=ASKED_AT - timedelta(seconds=1)):
            activity.owner = "Kom i mellom"
            activity.save()
        return b"%PDF"

    with pytest.raises(RegisterChanged, match="Prøv en gang til"):
        issue(format=PDF, drawn_by=slow)
    assert not RegisterExport.objects.exists()


# --- The company's own register


@pytest.fixture
def loaded():
    load_company(at=WRITTEN_AT)


def test_the_json_of_the_companys_register_loses_nothing(loaded):
    export = issue()
    assert read_register(export.content).register == register_as_of(ASKED_AT)
    assert export.document.activity_count == 14


def test_the_pdf_of_the_companys_register_has_every_activity_and_every_field_of_article_30(loaded):
    export = issue(format=PDF)
    read = TaggedPdf(export.content)
    for activity in register_as_of(ASKED_AT).activities:
        section = read.section(f"{activity.number} {activity.name}").replace("\u00a0", " ")
        places = [section.index(f"{label} nr. 1 {letter}") for label, letter in (
            ("Ansvarlig", "a"), ("Formål", "b"), ("Hvem det gjelder", "c"), ("Opplysninger", "c"),
            ("Særlige kategorier", "c"), ("Mottakere", "d"), ("Overføring ut av EØS", "e"),
            ("Lagring og sletting", "f"), ("Sikring", "g"))]  # fmt: skip
        assert places == sorted(places), activity.number
        assert places[-1] < section.index("Tillegg – ikke krevd av art. 30")
    levels = [level for level, _text in read.headings]
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


# --- Speed


@pytest.mark.parametrize("format", ExportFormat)
def test_queries_do_not_grow_with_the_register(format):
    counts = []
    for size in (1, 6):
        make_more = size - models.Activity.objects.count()
        fill_register(make_more)
        link_new_rows(at=ASKED_AT)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            issue(format=format)
        counts.append(len(queries))
    assert counts[0] == counts[1]
