"""The publication log in the auditor's edition: every version up to the day, what it was published over, and why."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from processing.exports.register_document.publications import publications_part
from processing.law.editions import Edition, ExportFormat
from processing.law.findings import Severity
from processing.notices.log import AcceptedFinding, Publication
from processing.services import exports
from processing.services.exports import RegisterChanged, export_register, remake_export
from processing.services.verifying import verify_exports
from tests.builders import ASKED_AT, OSLO, make_activity, make_controller, make_version
from tests.pdf_reader import TaggedPdf
from tests.processing.spreadsheets import opened, read
from tests.processing.zipped import files_of, tables_of

FIRST_AT = ASKED_AT - timedelta(days=30)
SECOND_AT = ASKED_AT - timedelta(days=10)
BETWEEN = (ASKED_AT - timedelta(days=20)).date()
PDF, XLSX, CSV = ExportFormat.PDF, ExportFormat.XLSX, ExportFormat.CSV

FINDING = AcceptedFinding(
    code="6-1-basis-missing",
    severity=Severity.ERROR,
    subject="A01",
    field="legal_grounds",
    message="Velg grunnlag.",
    source="Personvernforordningen art. 6 nr. 1",
    reason="Avklares i januar.",
)
VERSION = Publication(
    number=2,
    published_at=ASKED_AT,
    in_force_from=ASKED_AT.date(),
    publisher="Test Testesen",
    summary="Ny mottaker.",
    is_material=True,
    material_reason="Flere får opplysninger.",
    who_is_told="Alle klienter, i brev.",
    alone_reason="",
    is_demonstration=False,
    accepted=(FINDING,),
)


def issue(format: ExportFormat, **over) -> exports.Export:
    return export_register(**{"format": format, "as_of": ASKED_AT.date(), "by": None, "at": ASKED_AT, **over})


def said(part) -> dict[str, str]:
    """What each row of the only version says, by its label."""
    [group] = part.groups
    return {row.label: " | ".join(f"{one.text} ({one.note})" for one in row.entries) for row in group.rows}


def sheet(content: bytes, title: str) -> list[dict]:
    heads, *rows = opened(content)[title].iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


@pytest.fixture
def two_versions(db):
    """Two versions, over errors with a reason of their own each. The second is material."""
    make_controller(at=FIRST_AT - timedelta(days=1))
    make_activity(at=FIRST_AT - timedelta(days=1), bare=True)
    first = make_version(at=FIRST_AT, summary="Aller først.")
    material = {"is_material": True, "material_reason": "Ny mottaker.", "who_is_told": "Alle klienter, i brev."}
    return first, make_version(at=SECOND_AT, summary="Så denne.", **material, by=first.published_by)


# --- In words


def test_a_version_is_told_with_who_when_and_why():
    rows = said(publications_part([VERSION], "i dag"))
    assert rows["Publisert"] == "23. november 2026 kl. 12.00 (Av: Test Testesen)"
    assert rows["Gjelder fra"] == "23. november 2026 ()"
    assert rows["Hva som er endret"] == "Ny mottaker. ()"
    assert rows["Vesentlig endring"] == "Ja (Flere får opplysninger.)"
    assert rows["Hvem får beskjed, og hvordan"] == "Alle klienter, i brev. ()"
    assert rows["Publisert med funn"] == (
        "Velg grunnlag. (Personvernforordningen art. 6 nr. 1 · Gjelder: A01 · Begrunnelse: Avklares i januar.)"
    )
    assert "Hvorfor én person alene" not in rows


def test_the_first_version_differs_from_nothing_and_a_demonstration_is_marked():
    first = replace(VERSION, is_material=None, is_demonstration=True, alone_reason="Ferie.", accepted=())
    rows = said(publications_part([first], "i dag"))
    assert rows["Vesentlig endring"].startswith("Ikke aktuelt.")
    assert rows["Publisert"].endswith("Demonstrasjon)")
    assert rows["Hvorfor én person alene"] == "Ferie. ()"
    assert rows["Publisert med funn"].startswith("Ingen funn")


def test_what_is_found_and_explained_alike_is_said_once_and_another_reason_for_itself():
    other = replace(FINDING, subject="A02")
    company = replace(FINDING, subject="")
    explained = replace(FINDING, subject="A03", reason="Gjelder ikke oss.")
    part = publications_part([replace(VERSION, accepted=(FINDING, other, explained, company))], "i dag")
    entries = part.groups[0].rows[-1].entries
    assert ["A01, A02, virksomheten" in entry.note for entry in entries] == [True, False]
    assert "Gjelder: A03 · Begrunnelse: Gjelder ikke oss." in entries[1].note


def test_errors_come_before_what_is_only_noted():
    noted = replace(FINDING, severity=Severity.INFO)
    part = publications_part([replace(VERSION, accepted=(noted, FINDING))], "i dag")
    assert [row.aside for row in part.groups[0].rows if row.label == "Publisert med funn"] == ["Feil", "Merk"]


# --- In the documents


def test_the_pdf_tells_each_version_and_the_reason_for_each_finding(two_versions):
    text = TaggedPdf(issue(PDF).content).text
    assert "Publiserte utgaver av erklæringen" in text
    assert text.index("Aller først.") < text.index("Så denne.")
    assert "Alle klienter, i brev." in text
    assert "Begrunnelse: Avklares i januar." in text


def test_the_tables_hold_a_row_a_version_and_a_row_a_finding(two_versions):
    first, second = two_versions
    content = issue(XLSX).content
    versions = sheet(content, "Vedlegg – utgaver")
    assert [row["utgave"] for row in versions] == [1, 2]
    assert [row["publisert"] for row in versions] == [
        moment.astimezone(OSLO).strftime("%Y-%m-%d %H.%M") for moment in (FIRST_AT, SECOND_AT)
    ]
    assert [row["gjelder fra"].date() for row in versions] == [first.in_force_from, second.in_force_from]
    assert [row["vesentlig endring"] for row in versions] == [None, "Ja"]
    assert versions[1]["hvem får beskjed, og hvordan"] == "Alle klienter, i brev."
    assert {row["publisert av"] for row in versions} == {first.publisher_name}
    found = sheet(content, "Vedlegg – funn med begrunnelse")
    frozen = [(version.number, row["code"]) for version in two_versions for row in version.findings if row["reason"]]
    assert frozen
    assert [(row["utgave"], row["kode"]) for row in found] == frozen
    assert {row["begrunnelse"] for row in found} == {"Avklares i januar."}
    tables = tables_of(issue(CSV).content)
    assert [row["hva som er endret"] for row in tables["vedlegg-utgaver"]] == ["Aller først.", "Så denne."]
    assert [(int(row["utgave"]), row["kode"]) for row in tables["vedlegg-funn-med-begrunnelse"]] == frozen


def test_a_workbook_with_the_log_is_read_back_without_it(two_versions):
    reading = read(issue(XLSX).content)
    assert reading.problems == ()
    assert not any("Vedlegg" in str(note) for note in reading.notes)


def test_a_version_published_after_the_day_is_left_out(two_versions):
    text = TaggedPdf(issue(PDF, as_of=BETWEEN).content).text
    assert "Aller først." in text
    assert "Så denne." not in text
    assert [row["utgave"] for row in sheet(issue(XLSX, as_of=BETWEEN).content, "Vedlegg – utgaver")] == [1]
    assert [row["utgave"] for row in tables_of(issue(CSV, as_of=BETWEEN).content)["vedlegg-utgaver"]] == ["1"]


@pytest.mark.django_db
def test_that_nothing_was_published_is_said():
    make_controller()
    make_activity()
    assert "Ingen utgave av personvernerklæringen var publisert 23. november" in TaggedPdf(issue(PDF).content).text
    book = opened(issue(XLSX).content)
    assert book["Vedlegg – utgaver"]["A2"].value == "Ingen utgave av personvernerklæringen var publisert."
    assert book["Vedlegg – funn med begrunnelse"]["A2"].value.startswith("Ingen utgave er publisert med funn")
    content = issue(CSV).content
    assert tables_of(content)["vedlegg-utgaver"] == []
    readme = files_of(content)["LESMEG.txt"]
    assert "0 rader. Nøkkel: nr.. Ingen utgave av personvernerklæringen var publisert." in readme


def test_the_external_edition_and_the_pure_register_are_without_it(two_versions):
    text = TaggedPdf(issue(PDF, edition=Edition.EXTERNAL).content).text
    assert "Publiserte utgaver" not in text
    assert "Avklares i januar." not in text
    assert "Vedlegg – utgaver" not in opened(issue(XLSX, edition=Edition.EXTERNAL).content).sheetnames
    assert not [name for name in tables_of(issue(CSV, edition=Edition.EXTERNAL).content) if "vedlegg" in name]
    for format in (ExportFormat.JSON, ExportFormat.JSONLD):
        assert "Avklares i januar." not in issue(format).content.decode()


@pytest.mark.parametrize("format", [PDF, XLSX, CSV])
def test_the_document_is_made_again_as_it_was_when_more_is_published(two_versions, format):
    issued = issue(format)
    make_version(at=ASKED_AT + timedelta(days=1), summary="Enda en.", by=two_versions[0].published_by)
    issued.document.refresh_from_db()
    assert remake_export(document=issued.document) == issued.content
    assert verify_exports() == []


def test_a_version_published_while_the_document_is_made_stops_it(two_versions):
    def publish_meanwhile(drawing):
        make_version(at=ASKED_AT, summary="Samtidig.", by=two_versions[0].published_by)
        return b"fil"

    with pytest.raises(RegisterChanged):
        issue(CSV, drawn_by=publish_meanwhile)


def test_queries_do_not_grow_with_the_versions(two_versions):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            issue(CSV)
        return len(queries)

    before = count()
    for days in range(1, 4):
        make_version(at=SECOND_AT + timedelta(days=days), by=two_versions[0].published_by)
    assert count() == before
