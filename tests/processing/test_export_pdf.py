"""The PDF of the register: everything that is stated, «Ikke oppgitt» for everything that is not, for every reader."""

import dataclasses
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

import pytest

from processing.exports.json import payload_hash
from processing.exports.ledger import ExportLedger
from processing.exports.pdf import register_pdf
from processing.exports.register_document import CHARTED, register_document
from processing.law.checks import check_register
from processing.law.facts import ActivityStatus, Fact, RemarkKind, StatementTopic
from processing.law.findings import Finding, Severity
from processing.law.records import (
    ControllerRecord,
    ProposalRecord,
    Register,
    RemarkRecord,
    StatementRecord,
    TransferRecord,
)
from processing.law.sources import gdpr
from processing.law.transfers import TransferTool
from processing.register import end_of_day
from tests.builders import (
    ASKED_AT,
    JOURNAL_SUPPLIER,
    OSLO,
    make_activity_record,
    make_bare_activity_record,
    make_controller_record,
    make_register,
)
from tests.pdf_reader import TaggedPdf

DAY = ASKED_AT.date()
LEDGER = ExportLedger(document_id="MKT-2026-7K4QZ2", as_of=DAY, law_on=DAY, printed_at=ASKED_AT)


def findings_of(register: Register) -> tuple[Finding, ...]:
    return check_register(register, law_on=DAY)


def printed(register: Register, **over) -> TaggedPdf:
    ledger = replace(LEDGER, **over)
    return TaggedPdf(register_pdf(register, ledger=ledger, findings=findings_of(register)))


FULL = make_register(
    controller=make_controller_record(has_dpo=Fact.YES, dpo_name="Ombudet", dpo_contact="ombud@prove.example"),
    transfers=(TransferRecord(country="GB", tool=TransferTool.ADEQUACY, note="For alt."),),
    statements=(StatementRecord(topic=StatementTopic.SECURITY, text="Vi låser dørene."),),
    remarks=(RemarkRecord(field="org_no", kind=RemarkKind.NOTE, text="Sjekket i registeret.", gap="G01"),),
    proposals=(ProposalRecord(field="contact_role", value="Personvernkontakt", reason="Klarere.", gap="G23"),),
)
BARE = make_register(controller=ControllerRecord(), activities=[make_bare_activity_record()], measures=())


@pytest.fixture(scope="module")
def full() -> TaggedPdf:
    return printed(FULL)


@pytest.fixture(scope="module")
def bare() -> TaggedPdf:
    return printed(BARE)


# --- For every reader


def test_the_document_is_tagged_and_titled(full):
    root = full.pdf.Root
    assert str(root.Lang) == "nb"
    assert bool(root.MarkInfo.Marked)
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert str(full.pdf.docinfo["/Title"]) == "Protokoll over behandlingsaktiviteter – Prøveklinikken AS"
    with full.pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


def test_headings_nest(full):
    levels = [level for level, _text in full.headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_the_outline_has_the_cover_and_every_part(full):
    expected = [
        "Innhold",
        "Sammendrag: hva som er oppgitt",
        "Virksomheten",
        "A01 Pasientjournal",
        "Felles for aktivitetene",
        "Publiserte utgaver av erklæringen",
    ]
    assert full.outline == ["Protokoll over behandlingsaktiviteter", *expected]


def test_lists_hold_list_items_and_nothing_else(full):
    for element in full.root.walk():
        kids = {child.tag for child in element.children}
        if element.tag == "L":
            assert kids <= {"LI", "L"}, element.text[:80]
        elif "LI" in kids:
            raise AssertionError(f"LI in {element.tag}: {element.text[:80]}")


def test_every_picture_has_words(full):
    pictures = full.root.all("Figure")
    assert pictures[0].alternative.startswith("Bilde av hva som er oppgitt, felt for felt. Av 9 felt er")
    assert all(picture.alternative for picture in pictures)


def test_fonts_are_ours_and_embedded(full):
    names = {str(font.BaseFont) for font in full.fonts}
    assert names
    assert all("Literata" in name or "Hyperlegible" in name for name in names), names
    for font in full.fonts:
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor


def test_links_lead_inside_the_document_only(full):
    for page in full.pdf.pages:
        for annotation in page.get("/Annots", []):
            assert "/A" not in annotation or str(annotation.A.S) == "/GoTo"


def test_pages_are_numbered(full):
    count = len(full.pdf.pages)
    assert count >= 6
    for number, page in enumerate(full.pdf.pages, 1):
        assert (f"Side {number} av {count}" in whole_text(page)) is (number > 1)


def whole_text(page) -> str:
    """All text of a page in the order it is drawn, running heads included."""
    from tests import pdf_reader

    found: dict[int, str] = {}
    pdf_reader._read_stream(page, page.Resources, [0], found)
    return " ".join(" ".join(found.values()).split())


def test_every_page_says_which_document_it_is(full):
    for page in list(full.pdf.pages)[1:]:
        assert "MKT-2026-7K4QZ2 · slik registeret var 23. november 2026 kl. 12.00" in whole_text(page)


# --- The cover


def test_the_cover_says_what_when_and_how_much(full):
    cover = full.root.all("Sect")[0].text
    for said in (
        "Prøveklinikken AS, som driver Prøveklinikken. Slik registeret var 23. november 2026 kl. 12.00.",
        "Ansvarlig Prøveklinikken AS, org.nr. 926 194 569 Prøveveien 1, 0001 Oslo post@prove.example",
        "Personvernforordningen art. 30 nr. 1, slik loven var 23. november 2026",
        "Innhold 1 aktivitet. Reglene har ",
        "Laget 23. november 2026 kl. 12.00",
        "Dokument-id MKT-2026-7K4QZ2",
    ):
        assert said in cover
    assert payload_hash(FULL) in cover.replace(" ", "")


FINDING = Finding(code="x", severity=Severity.ERROR, field="owner", message="Rett dette.", source=gdpr("art. 5"))
WARNING, NOTE = replace(FINDING, severity=Severity.WARNING), replace(FINDING, severity=Severity.INFO)


@pytest.mark.parametrize(
    ("findings", "said"),
    [
        ([], "1 aktivitet. Reglene har ingen funn."),
        ([FINDING], "1 aktivitet. Reglene har 1 funn: 1 feil."),
        ([FINDING, WARNING, WARNING], "1 aktivitet. Reglene har 3 funn: 1 feil og 2 ting å sjekke."),
        ([NOTE, FINDING, WARNING], "1 aktivitet. Reglene har 3 funn: 1 feil, 1 ting å sjekke og 1 opplysning."),
        ([NOTE, NOTE], "1 aktivitet. Reglene har 2 funn: 2 opplysninger."),
    ],
)
def test_the_cover_counts_the_findings(findings, said):
    document = register_document(FULL, ledger=LEDGER, findings=findings)
    assert [entry.text for row in document.cover if row.field == "content" for entry in row.entries] == [said]


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (end_of_day(DAY), "Slik registeret var 23. november 2026."),
        (ASKED_AT, "Slik registeret var 23. november 2026 kl. 12.00."),
        (end_of_day(DAY) - timedelta(microseconds=1), "Slik registeret var 23. november 2026 kl. 23.59."),
    ],
)
def test_a_day_that_was_not_over_is_given_with_its_time(moment, said):
    document = register_document(make_register(moment=moment), ledger=LEDGER, findings=())
    assert document.lead[-1] == said


def test_the_law_may_be_of_another_day():
    document = register_document(FULL, ledger=replace(LEDGER, law_on=date(2019, 5, 1)), findings=())
    assert "slik loven var 1. mai 2019" in str(document.cover)


def test_an_empty_register_says_so_on_the_cover_and_has_no_more_pages():
    empty = Register(moment=datetime(1999, 12, 31, 22, 59, tzinfo=UTC))
    read = TaggedPdf(register_pdf(empty, ledger=replace(LEDGER, as_of=date(1999, 12, 31)), findings=()))
    assert len(read.pdf.pages) == 1
    assert "Registeret var tomt. Det inneholdt verken virksomheten eller noen aktivitet." in read.text
    assert "0 aktiviteter" in read.text


def test_a_company_without_activities_is_printed():
    read = TaggedPdf(register_pdf(make_register(activities=[]), ledger=LEDGER, findings=()))
    assert "Prøveveien 1, 0001 Oslo" in read.section("Virksomheten")


# --- What stands in it

STATUTORY = ["Ansvarlig", "Formål", "Hvem det gjelder", "Opplysninger", "Særlige kategorier", "Mottakere",
             "Overføring ut av EØS", "Lagring og sletting", "Sikring"]  # fmt: skip
LETTERS = ["a", "b", "c", "c", "c", "d", "e", "f", "g"]


@pytest.mark.parametrize("register", [FULL, BARE], ids=["stated", "silent"])
def test_the_fields_of_article_30_stand_first_and_in_its_order(register):
    part = next(part for part in register_document(register, ledger=LEDGER, findings=()).parts if part.anchor[0] == "a")
    by_law, additions = part.groups[:2]
    assert [row.label for row in by_law.rows] == STATUTORY
    assert [row.aside.split("\u00a0")[-1] for row in by_law.rows] == LETTERS
    assert not by_law.addition
    assert additions.addition
    assert additions.title == "Tillegg – ikke krevd av art. 30"


def test_silence_is_printed_field_by_field(bare):
    section = bare.section("A90 Taus aktivitet")
    for label, letter in zip(STATUTORY, LETTERS, strict=True):
        assert f"{label} nr. 1 {letter} Ikke oppgitt" in section.replace("\u00a0", " ")
    for label in ("Regime", "Grunnlag, art. 6"):
        assert f"{label} Ikke oppgitt" in section
    company = bare.section("Virksomheten").replace("\u00a0", " ")
    for label in (
        "Virksomhet",
        "Adresse",
        "Kontaktperson",
        "Felles ansvarlige",
        "Representant i EØS",
        "Personvernombud",
    ):
        assert f"{label} nr. 1 a Ikke oppgitt" in company
    assert "Sikring, for alt nr. 1 g Ikke oppgitt" in company


def leaves(value: object) -> list[object]:
    """Every fact in a record, and in the records it holds."""
    if dataclasses.is_dataclass(value):
        return [leaf for field in dataclasses.fields(value) for leaf in leaves(getattr(value, field.name))]
    if isinstance(value, tuple):
        return [leaf for item in value for leaf in leaves(item)]
    return [value]


def in_print(leaf: object) -> str:
    """How a fact is printed; empty for one that says nothing."""
    if leaf is None or leaf in {"", Fact.NOT_STATED} or isinstance(leaf, bool | datetime):
        return ""
    if isinstance(leaf, StrEnum):
        return leaf.label
    if isinstance(leaf, date):
        months = ["januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober",
                  "november", "desember"]  # fmt: skip
        return f"{leaf.day}. {months[leaf.month - 1]} {leaf.year}"
    if isinstance(leaf, str) and leaf.isdigit() and len(leaf) == 9:
        return f"{leaf[:3]} {leaf[3:6]} {leaf[6:]}"
    return str(leaf)


def squeezed(text: str) -> str:
    """Without white space, which a line break may take or give, and without case and soft hyphens."""
    return "".join(text.split()).replace("\u00ad", "").lower()


def test_every_fact_of_the_register_is_printed(full):
    text = squeezed(full.text)
    facts = {in_print(leaf) for leaf in leaves(FULL)} - {""}
    assert len(facts) > 80
    # The name of a field stands as its label; the rest as it is in the register.
    labels = {"retention", "org_no", "contact_role", "owner"}
    assert [fact for fact in sorted(facts - labels) if squeezed(fact) not in text] == []


def test_each_text_of_an_activity_is_in_its_own_section(full):
    section = squeezed(full.section("A01 Pasientjournal"))
    activity = FULL.activities[0]
    shared = ("disclosures", "transfers", "transfer_assessments", "safeguards", "systems", "data", "collection")
    own = leaves(replace(activity, **dict.fromkeys(shared, ())))
    facts = {in_print(leaf) for leaf in own} - {"", "retention", "owner"}
    assert [fact for fact in sorted(facts) if squeezed(fact) not in section] == []


def test_who_each_category_is_about_can_be_read():
    document = register_document(FULL, ledger=LEDGER, findings=())
    row = next(row for part in document.parts for group in part.groups for row in group.rows if row.field == "data")
    assert [(entry.text, entry.note) for entry in row.entries] == [
        ("Navn", "Om: Klienter"),
        ("Psykisk helse", "Om: Klienter. Kan forekomme. Lagring: Journalen"),
    ]


# --- Findings and remarks


def test_a_finding_stands_beside_its_field():
    document = register_document(BARE, ledger=LEDGER, findings=findings_of(BARE))
    part = next(part for part in document.parts if part.title == "A90 Taus aktivitet")
    rows = {row.field: row for group in part.groups for row in group.rows}
    (mark,) = rows["purposes"].marks
    assert (mark.kind, mark.word, mark.law) == ("error", "Feil", "Art. 30 nr. 1 bokstav b")
    assert mark.text == "Skriv hvorfor dere bruker opplysningene. Ett formål i hver rad."
    assert rows["retention"].marks[0].law.endswith("G09")
    assert rows["transfers"].marks[0].kind == "warn"


def test_a_finding_is_read_after_the_answer_it_is_about(bare):
    section = bare.section("A90 Taus aktivitet")
    finding = "Feil Art. 30 nr. 1 bokstav b Skriv hvorfor dere bruker opplysningene. Ett formål i hver rad."
    assert f"Ikke oppgitt {finding}" in section.replace("\u00a0", " ")


def test_no_finding_is_lost():
    stray = Finding(code="x", severity=Severity.INFO, field="colour", message="Helt ny regel.", source=gdpr("art. 5"))
    findings = [*findings_of(BARE), replace(stray, subject="A90"), stray]
    document = register_document(BARE, ledger=LEDGER, findings=findings)
    marks = [mark for part in document.parts for group in part.groups for row in group.rows for mark in row.marks]
    assert len(marks) == len(findings)
    assert [mark.text for mark in marks].count("Helt ny regel.") == 2


def test_a_finding_about_one_of_several_rows_says_which():
    activity = make_activity_record(transfers=(TransferRecord(country="US"), TransferRecord(party=JOURNAL_SUPPLIER)))
    register = make_register(activities=[activity])
    read = TaggedPdf(register_pdf(register, ledger=LEDGER, findings=findings_of(register)))
    assert "Nr. 2: Oppgi hvilket land" not in read.text or len(activity.transfers) == 2
    document = register_document(register, ledger=LEDGER, findings=findings_of(register))
    marks = [mark.text for part in document.parts for group in part.groups for row in group.rows for mark in row.marks]
    assert any(text.startswith("Nr. 2: Oppgi hvilket land") for text in marks)


def test_a_remark_that_is_a_finding_is_said_once():
    doubt = RemarkRecord(field="purposes", kind=RemarkKind.VAGUE, text="Hva menes med forsvarlig?")
    register = make_register(activities=[make_activity_record(remarks=(doubt, replace(doubt, kind=RemarkKind.NOTE)))])
    finding = replace(FINDING, subject="A01", field="purposes", message=doubt.text)
    for findings, group in (([finding], 0), ([], 2)):
        read = TaggedPdf(register_pdf(register, ledger=LEDGER, findings=findings))
        assert read.text.count(doubt.text) == (1 if findings else 2)
        document = register_document(register, ledger=LEDGER, findings=findings)
        (part,) = (part for part in document.parts if part.anchor == "a01")
        assert doubt.text in str(part.groups[group])


def marks_of(document) -> list:
    return [mark for part in document.parts for group in part.groups for row in group.rows for mark in row.marks]


def repeated_findings(count: int) -> tuple:
    activities = [make_activity_record(number=f"A{place:02}") for place in range(1, count + 1)]
    finding = replace(FINDING, message="Rett art. 9 nr. 2 her. Skriv så hvorfor.", gaps=("G03",))
    findings = [replace(finding, subject=activity.number) for activity in activities]
    return make_register(activities=activities), findings


def test_what_is_found_in_many_activities_is_said_in_full_once():
    register, findings = repeated_findings(3)
    document = register_document(register, ledger=LEDGER, findings=findings)
    (row,) = document.summary.repeated
    (entry,) = row.entries
    assert (row.label, entry.text) == ("Felles funn 1", "Rett art. 9 nr. 2 her. Skriv så hvorfor.")
    assert entry.note == "Feil · Art. 5 · G03 · Gjelder 3: A01, A02, A03"
    assert [(mark.kind, mark.law, mark.text) for mark in marks_of(document)] == [
        ("error", "Felles funn 1", "Rett art. 9 nr. 2 her.")
    ] * 3


def test_what_is_found_in_two_activities_stands_in_full_beside_both():
    register, findings = repeated_findings(2)
    document = register_document(register, ledger=LEDGER, findings=findings)
    assert document.summary.repeated == ()
    assert [mark.text for mark in marks_of(document)] == ["Rett art. 9 nr. 2 her. Skriv så hvorfor."] * 2


def test_the_gravest_and_commonest_is_the_first_of_what_many_have():
    _three, errors = repeated_findings(3)
    more, notes = repeated_findings(4)
    findings = [replace(note, severity=Severity.INFO, message="Se her.") for note in notes] + [
        replace(error, message="Sjeldnest.") for error in errors] + [
        replace(error, message="Oftest.") for error in notes]  # fmt: skip
    repeated = register_document(more, ledger=LEDGER, findings=findings).summary.repeated
    assert [row.entries[0].text for row in repeated] == ["Oftest.", "Sjeldnest.", "Se her."]


def test_a_shared_finding_is_read_in_the_summary_and_by_number_beside_its_field():
    register, findings = repeated_findings(3)
    read = TaggedPdf(register_pdf(register, ledger=LEDGER, findings=findings))
    summary = read.section("Sammendrag: hva som er oppgitt")
    assert "Felles funn 1 Rett art. 9 nr. 2 her. Skriv så hvorfor. Feil · Art. 5 · G03 · Gjelder 3: A01" in summary
    assert read.text.count("Skriv så hvorfor.") == 1
    assert read.text.count("Feil Felles funn 1 Rett art. 9 nr. 2 her.") == 3


# --- The chart


@pytest.mark.parametrize(
    ("activity", "states"),
    [
        (make_bare_activity_record(), {"missing"}),
        (make_activity_record(remarks=()), {"stated"}),
    ],
)
def test_the_chart_tells_stated_from_missing(activity, states):
    register = make_register(activities=[activity], measures=())
    (chart,) = register_document(register, ledger=LEDGER, findings=()).summary.charts
    assert {square.state for square in chart.rows[0].squares} == states
    assert len(chart.rows[0].squares) == len(CHARTED)


def test_the_chart_shows_a_doubted_answer_as_unclear():
    summary = register_document(FULL, ledger=LEDGER, findings=()).summary
    states = dict(zip(CHARTED, [square.state for square in summary.charts[0].rows[0].squares], strict=True))
    assert states == dict.fromkeys(CHARTED, "stated") | {"retention": "unclear"}
    assert summary.words == ("A01 Pasientjournal. Uklart: lagring.",)
    assert summary.sentences[0] == "Av 9 felt er 8 oppgitt, 1 uklare og 0 ikke oppgitt."


def test_a_long_register_is_charted_over_several_pictures():
    activities = [make_bare_activity_record(number=f"A{place:03}") for place in range(1, 62)]
    summary = register_document(make_register(activities=activities), ledger=LEDGER, findings=()).summary
    assert [len(chart.rows) for chart in summary.charts] == [30, 30, 1]


def test_the_overview_shows_regime_basis_and_findings():
    from processing.law.bases import LegalBasis

    errors = [replace(FINDING, subject="A01"), replace(FINDING, subject="A01", severity=Severity.INFO)]
    activities = [make_activity_record(), make_bare_activity_record(number="A02")]
    register = make_register(activities=activities)
    (overview,) = register_document(register, ledger=LEDGER, findings=errors).summary.overviews
    stated = [ground.basis for ground in activities[0].legal_grounds]
    paths = {shape.look: shape.path for shape in overview.shapes}
    assert paths["stated"].count("M") == len(set(stated))
    assert paths["missing-edge"].count("M") == len(LegalBasis)  # A02 states none: all are empty
    assert (paths["error"].count("M"), paths["note"].count("M"), "warn" in paths) == (1, 1, False)
    assert [[word.text for word in row.words] for row in overview.rows] == [
        [activities[0].regime.label, "2"],
        ["ikke oppgitt", "0"],
    ]
    assert "funn 1 feil og 1 merk." in overview.alternative
    assert "A02: regime ikke oppgitt; grunnlag ikke oppgitt; funn ingen." in overview.alternative


def test_the_overview_has_words_for_those_who_do_not_see_it(full):
    assert any(
        picture.alternative.startswith("Bilde av regime, grunnlag og funn, aktivitet for aktivitet. A01: regime ")
        for picture in full.root.all("Figure")
    )


# --- Validity


@pytest.mark.parametrize(
    ("over", "said"),
    [
        ({"status": ActivityStatus.DRAFT}, "Ikke i bruk 23. november 2026. Den er et utkast."),
        ({"status": ActivityStatus.RETIRED}, "Ikke i bruk 23. november 2026. Den er avsluttet."),
        ({"valid_from": date(2027, 1, 1)}, "Ikke i bruk 23. november 2026. Den tas i bruk 1. januar 2027."),
        ({"valid_to": date(2026, 11, 22)}, "Ikke i bruk 23. november 2026. Siste dag i bruk var 22. november 2026."),
        ({"valid_to": DAY}, ""),
        ({"valid_from": DAY}, ""),
    ],
)
def test_an_activity_out_of_use_is_printed_and_marked(over, said):
    register = make_register(activities=[make_activity_record(**over)])
    document = register_document(register, ledger=LEDGER, findings=())
    (part,) = (part for part in document.parts if part.anchor == "a01")
    assert part.caution == said
    assert part.groups[0].rows[1].is_stated


# --- Hostile and long texts

HOSTILE = (
    "<script>alert(1)</script><img src='http://127.0.0.1:9/x'>{{ 7|add:7 }}&amp;\u202eegnl\u202c \x07 =2+2 ]]> č đ ŋ ž"
)


def hostile(value: object) -> object:
    """The record with HOSTILE after each of its texts; codes stay, since they are links."""
    if dataclasses.is_dataclass(value):
        kept = {"code", "number", "org_no", "country", "postcode", "field", "gap", "moment", "purpose"}
        return replace(
            value,
            **{
                field.name: hostile(getattr(value, field.name))
                for field in dataclasses.fields(value)
                if field.name not in kept
            },
        )
    if isinstance(value, tuple):
        return tuple(hostile(item) for item in value)
    return f"{value} {HOSTILE}" if isinstance(value, str) and not isinstance(value, StrEnum) and value else value


def test_hostile_texts_come_out_as_text():
    register = hostile(FULL)
    read = printed(register)
    text = squeezed(read.text)
    shown = squeezed(HOSTILE.replace("\u202e", "\ufffd").replace("\u202c", "\ufffd").replace("\x07", "\ufffd"))
    facts = {in_print(leaf) for leaf in leaves(FULL)}
    assert text.count(shown) > 50
    assert "14" not in shown
    assert [
        fact for fact in facts if len(fact) > 12 and squeezed(fact) not in text and fact not in {"contact_role"}
    ] == []
    assert not [annotation for page in read.pdf.pages for annotation in page.get("/Annots", []) if "/A" in annotation]


def test_a_cell_of_ten_thousand_characters_flows_over_pages():
    long = " ".join(f"ord{place}" for place in range(1, 1300))
    assert len(long) > 9_000
    activity = make_activity_record(
        description=long,
        statements=(StatementRecord(topic=StatementTopic.PRACTICE, text=long.replace("ord", "utsagn")),),
    )
    read = printed(make_register(activities=[activity]))
    assert squeezed(long) in squeezed(read.text)
    assert squeezed(long.replace("ord", "utsagn")) in squeezed(read.text)
    assert all(_fits(page) for page in read.pdf.pages)


def test_long_answers_and_long_margins_stand_over_each_other_and_flow_over_pages():
    """What stands side by side cannot be divided between pages, so it must be short on both sides."""
    long = " ".join(f"ord{place}" for place in range(1, 1300))
    remarks = tuple(
        RemarkRecord(field="owner", kind=RemarkKind.VAGUE, text=f"Merknad {place}: {long[:400]}.", gap="G08")
        for place in range(30)
    )
    register = make_register(activities=[make_activity_record(description=long, owner="Kort", remarks=remarks)])
    about = [replace(FINDING, subject="A01", field="description", message="Dette er for langt.")]
    crowded = [replace(FINDING, subject="A01", field="owner", message=remark.text) for remark in remarks]
    document = register_document(register, ledger=LEDGER, findings=[*about, *crowded])
    rows = {row.field: row for part in document.parts for group in part.groups for row in group.rows if row.marks}
    assert not rows["description"].has_margin
    assert not rows["owner"].has_margin
    assert replace(rows["owner"], marks=rows["owner"].marks[:1]).has_margin
    read = TaggedPdf(register_pdf(register, ledger=LEDGER, findings=[*about, *crowded]))
    text = squeezed(read.text)
    assert squeezed(f"{long} Feil") in text.replace(squeezed("Intern beskrivelse"), "")
    assert [remark.text for remark in remarks if squeezed(remark.text) not in text] == []
    assert all(_fits(page) for page in read.pdf.pages)


def test_a_word_without_end_is_broken():
    word = "x" * 10_000
    read = printed(make_register(activities=[make_activity_record(owner=word)]))
    assert word in read.text.replace(" ", "")
    assert all(_fits(page) for page in read.pdf.pages)


A4_WIDTH, A4_HEIGHT = 794, 1123  # in CSS pixels, the unit texts are placed in


def _fits(page) -> bool:
    """True when no text begins outside the sheet: what would be drawn there is lost."""
    import pikepdf

    at = [0.0, 0.0]
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tm":
            at = [float(operands[4]), float(operands[5])]
            if not (0 <= abs(at[0]) <= A4_WIDTH and 0 <= abs(at[1]) <= A4_HEIGHT):
                return False
    return True


def test_no_heading_stands_last_on_its_page():
    activities = [
        make_activity_record(number=f"A{place:02}", description="Fyll. " * place * 20) for place in range(1, 9)
    ]
    read = printed(make_register(activities=activities))
    for number in range(1, len(read.pdf.pages) + 1):
        marked = [text for _mcid, text in sorted(read._pages[number - 1].items())]
        headings = {text for _level, text in read.headings}
        assert marked[-1].strip() not in headings, (number, marked[-1])


# --- The same bytes


def test_the_same_input_gives_the_same_bytes():
    findings = findings_of(FULL)
    once, twice = (register_pdf(FULL, ledger=LEDGER, findings=findings) for _time in range(2))
    assert once == twice


def test_the_language_of_whoever_asks_changes_nothing():
    from django.utils import translation

    with translation.override("en"):
        english = register_pdf(FULL, ledger=LEDGER, findings=())
    assert english == register_pdf(FULL, ledger=LEDGER, findings=())


def test_another_ledger_row_gives_another_file():
    assert register_pdf(FULL, ledger=LEDGER, findings=()) != register_pdf(
        FULL, ledger=replace(LEDGER, printed_at=datetime(2026, 11, 23, 12, 1, tzinfo=OSLO)), findings=()
    )


def test_a_text_is_broken_where_the_line_is_full_and_not_after_its_first_word():
    """WeasyPrint breaks a text after its first word when the box behind it does not fit and the space is outside it."""
    remarks = tuple(
        RemarkRecord(
            field="purposes", kind=RemarkKind.NOTE, text=f"Førsteord {'ord ' * words}{'i' * letters}.", gap="G08"
        )
        for words in range(12, 30)
        for letters in (1, 3, 5, 7)
    )
    read = printed(make_register(activities=[make_activity_record(remarks=remarks)]))
    lines = [line.strip() for page in read._pages for line in page.values()]
    assert len([line for line in lines if line.startswith("Førsteord")]) == len(remarks)
    assert "Førsteord" not in lines
