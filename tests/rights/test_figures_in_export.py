"""The figures of the cases in the auditor's edition of the register: without persons, and the same bytes for ever."""

from datetime import timedelta

import pytest

from mktnorge import figures
from mktnorge.figures import FigureRow, FigureTable, figures_at, figures_from_json, figures_json, register_figures
from processing.exports.register_document.figures import figure_parts
from processing.law.editions import Edition, ExportFormat
from processing.law.rights import Right
from processing.services.exports import export_register, remake_export
from rights.models import RightsRequest
from rights.statistics import case_figures
from tests.builders import make_activity, make_controller
from tests.pdf_reader import TaggedPdf
from tests.processing.spreadsheets import opened, read
from tests.processing.zipped import tables_of
from tests.rights.builders import RECEIVED_AT, make_request

AT = RECEIVED_AT + timedelta(days=1)


def table(title: str) -> FigureTable:
    rows = (
        FigureRow(group="4. kvartal 2026", label="Innsyn", figures=(("Kommet", "4"), ("Besvart", "vises ikke"))),
        FigureRow(group="4. kvartal 2026", label="Sletting", figures=(("Kommet", "3"),)),
        FigureRow(group="3. kvartal 2026", label="Innsyn", figures=(("Kommet", "5"),)),
    )
    return FigureTable(title=title, lead="Slik er det talt.", rows=rows)


def test_figures_come_in_the_order_of_their_sources_and_back_from_the_ledger_as_they_were(monkeypatch):
    monkeypatch.setattr(figures, "_registered", {})
    register_figures(20, lambda at: table("Sist"))
    register_figures(10, lambda at: table(f"Først {at:%Y}"))
    register_figures(15, lambda at: None)
    found = figures_at(AT)
    assert [one.title for one in found] == ["Først 2026", "Sist"]
    assert figures_from_json(figures_json(found)) == found


def test_a_table_is_a_chapter_and_its_groups_stand_in_order():
    [part] = figure_parts([table("Krav")])
    assert [group.title for group in part.groups] == ["4. kvartal 2026", "3. kvartal 2026"]
    assert all(group.addition for group in part.groups)
    assert part.groups[0].rows[0].entries[0].text == "Kommet: 4 · Besvart: vises ikke"
    assert figure_parts([]) == ()


@pytest.mark.django_db
def test_nobody_has_asked_and_nothing_is_counted():
    assert case_figures(AT) is None


@pytest.mark.django_db
def test_the_internal_edition_has_them_and_can_be_made_again_when_the_cases_are_gone():
    make_controller()
    make_activity()
    for _ in range(4):
        make_request(rights=[Right.ACCESS], name="Kanarifugl")
    make_request(rights=[Right.ERASURE])
    issued = {
        edition: export_register(format=ExportFormat.PDF, as_of=AT.date(), edition=edition, by=None, at=AT)
        for edition in Edition
    }
    text = TaggedPdf(issued[Edition.INTERNAL].content).text
    assert "Krav fra personer, i tall" in text
    assert "Kommet: 4 · Besvart: vises ikke" in text
    assert "Kommet: vises ikke" in text
    assert "Kanarifugl" not in text
    assert "Krav fra personer" not in TaggedPdf(issued[Edition.EXTERNAL].content).text
    assert issued[Edition.EXTERNAL].document.figures == []
    RightsRequest.objects.all().update(status="closed", ending="not_a_request", ended_on=AT.date())
    assert case_figures(AT) is None
    document = issued[Edition.INTERNAL].document
    document.refresh_from_db()
    assert remake_export(document=document) == issued[Edition.INTERNAL].content
    other = export_register(format=ExportFormat.JSON, as_of=AT.date(), by=None, at=AT)
    assert other.document.figures == []


@pytest.mark.django_db
def test_the_tables_have_them_too_and_the_workbook_is_read_back_without_them():
    make_controller()
    make_activity()
    for _ in range(4):
        make_request(rights=[Right.ACCESS])
    issued = {
        format: export_register(format=format, as_of=AT.date(), by=None, at=AT)
        for format in (ExportFormat.XLSX, ExportFormat.CSV)
    }
    rows = tables_of(issued[ExportFormat.CSV].content)["vedlegg-1-tall"]
    assert {(row["hva"], row["tall for"], row["tall"]) for row in rows} >= {("Innsyn", "Kommet", "4")}
    sheet = opened(issued[ExportFormat.XLSX].content)["Vedlegg 1 – tall"]
    assert ("Innsyn", "Kommet", "4") in {tuple(row)[2:] for row in sheet.iter_rows(min_row=2, values_only=True)}
    reading = read(issued[ExportFormat.XLSX].content)
    assert reading.problems == ()
    assert not any("Vedlegg" in str(note) for note in reading.notes)
    for export in issued.values():
        export.document.refresh_from_db()
        assert remake_export(document=export.document) == export.content
