"""The CSV of the closed national service: what is taken as stated, what is only proposed, and what is refused."""

# ruff: noqa: E501 (the rows of the tables are whole sentences)

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from processing.imports import delimited
from processing.imports.behandlingsoversikt import MOST_ROWS, read_register
from processing.imports.behandlingsoversikt_columns import HEADINGS
from processing.imports.formats import ImportFormat, recognise
from processing.imports.json import Reading
from processing.imports.problems import NoteKind
from processing.imports.workbook import Unreadable
from processing.law.facts import ActivityStatus, Fact
from processing.law.records import Register
from processing.services.columns import misfits
from tests.builders import make_activity_record, make_controller_record, make_register
from tests.repository.tree import ROOT

pytestmark = pytest.mark.django_db

COLUMNS = json.loads((ROOT / "tests/data/behandlingsoversikt/csv_columns.json").read_text())
SIZES = {
    size: {column["key"]: column["heading_nb"] for column in COLUMNS["head"] + COLUMNS[f"{size}_after_head"]}
    for size in ("minimal", "full")
}
EMPTY = Register(moment=datetime(2026, 11, 22, 9, 30, tzinfo=UTC))
ROW = {
    "organizationName": "Prøve AS",
    "organizationId": "926194569",
    "title": "Lønn",
    "purpose": 'Å betale "rett" lønn\ntil rett tid',
    "categorySubjects": "Ansatte | Pårørende",
    "categoryPersonalData": "Navn | Kontonummer :: Navn",
    "plannedDeletion": "Fem år etter regnskapsåret",
    "recipientCategories": "Skatteetaten | Banken",
    "internationalReceivers": "Ja, USA",
    "guarantees": "EUs standardkontrakter (SCC)",
    "securityMeasures": "Låste skap; Tofaktor",
    "articleSixBasis": "6.1.c",
    "articleSixReference": "bokføringsloven § 13",
    "articleNineLegalityB": "Ja",
    "articleNineBasis": "Ja",
    "articleTenBasis": "Nei",
    "processStatus": "Godkjent",
    "dataProcessorName": "Test Testesen",
    "dpiaConducted": "Nei",
    "personalDataSubjects": "Den registrerte selv",
    "privacyProcessingSystems": "Lønnssystemet",
    "businessAreas": "Personal",
    "commonDataControllerChecked": "Nei",
}


def as_the_service_wrote_it(*rows: dict[str, str], size: str = "full", delimiter: str = ";") -> str:
    lines = [delimiter.join(SIZES[size].values())]
    lines += [delimiter.join(json.dumps(row.get(key, "-"), ensure_ascii=False) for key in SIZES[size]) for row in rows]
    return "\r\n".join(lines)


def as_a_spreadsheet_saves_it(*rows: dict[str, str]) -> str:
    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if set(text) & set('";\n') else text

    lines = [SIZES["full"].values(), *([row.get(key, "-") for key in SIZES["full"]] for row in rows)]
    return "\r\n".join(";".join(cell(text) for text in line) for line in lines) + "\r\n"


def read(content: str | bytes, present: Register = EMPTY) -> Reading:
    return read_register(
        content if isinstance(content, bytes) else content.encode("utf-8-sig"), present=present, misfits=misfits
    )


def problems(content: str | bytes, present: Register = EMPTY) -> list[str]:
    reading = read(content, present)
    assert reading.register is None
    return [str(problem) for problem in reading.problems]


def notes(reading: Reading, kind: NoteKind) -> list[str]:
    assert [str(problem) for problem in reading.problems] == []
    return [str(note) for note in reading.notes if note.kind is kind]


def test_every_column_of_both_sizes_is_known():
    assert {**SIZES["minimal"], **SIZES["full"]} == HEADINGS


def test_what_is_stated_in_words_is_taken_as_stated():
    register = read(as_the_service_wrote_it(ROW)).register
    assert (register.controller.legal_name, register.controller.org_no) == ("Prøve AS", "926194569")
    [activity] = register.activities
    assert (activity.number, activity.name, activity.status) == ("A01", "Lønn", ActivityStatus.DRAFT)
    assert [purpose.description for purpose in activity.purposes] == ['Å betale "rett" lønn\ntil rett tid']
    assert [(row.category.name, row.subject.name) for row in activity.data] == [
        ("Navn", "Ansatte"),
        ("Kontonummer", "Ansatte"),
        ("Navn", "Pårørende"),
    ]
    assert [rule.statement for rule in activity.retention] == ["Fem år etter regnskapsåret"]
    assert [measure.name for measure in activity.safeguards] == ["Låste skap", "Tofaktor"]
    assert [system.name for system in activity.systems] == ["Lønnssystemet"]
    assert activity.transfers_outside_eea is Fact.YES


def test_what_is_read_into_it_is_proposed_and_never_stated():
    [activity] = read(as_the_service_wrote_it(ROW)).register.activities
    assert activity.legal_grounds == activity.special_grounds == activity.transfers == activity.disclosures == ()
    assert activity.sources == ()
    assert activity.regime is None
    assert activity.special_categories is activity.dpia_needed is Fact.NOT_STATED
    assert {(row.field, row.value) for row in activity.proposals} == {
        ("legal_grounds", "c"),
        ("special_grounds", "9-2-b"),
        ("special_categories", "yes"),
        ("transfers.tool", "scc"),
        ("sources", "data_subject"),
    }
    assert {(row.field, row.text) for row in activity.remarks} == {
        ("disclosures", "Mottakere eller kategorier av mottakere: Skatteetaten"),
        ("disclosures", "Mottakere eller kategorier av mottakere: Banken"),
        ("transfers", "Mottakere - tredjeland eller internasjonale organisasjoner: Ja, USA"),
        ("dpia_needed", "Er det gjennomført DPIA?: Nei"),
    }
    assert "Test Testesen" not in repr(activity)


def test_every_row_is_accounted_for_with_its_place():
    reading = read(as_the_service_wrote_it(ROW, ROW | {"title": "Tilgang"}, ROW | {"title": "lønn "}))
    understood, left_out = notes(reading, NoteKind.UNDERSTOOD), notes(reading, NoteKind.LEFT_OUT)
    assert [text.partition(":")[0] for text in understood] == ["Rad 2", "Rad 2", "Rad 3"]
    assert "«Lønn» blir A01, et utkast." in understood[1]
    assert "Rad 4: «lønn» står i registeret fra før, som A01. Raden er ikke lest." in left_out
    assert "Rad 2, kolonne Q («Behandlingstatus»): Nye aktiviteter er utkast til noen har sett over dem." in left_out
    assert any(
        text.startswith("Rad 3, kolonne AD («Behandlingsgrunnlag artikkel 6»): Står som forslag, «c».")
        for text in notes(reading, NoteKind.GUESSED)
    )


WAYS: list[tuple[str, Callable[[], bytes], str]] = [
    ("as the service wrote it", lambda: as_the_service_wrote_it(ROW).encode("utf-8-sig"), ""),
    ("without the mark", lambda: as_the_service_wrote_it(ROW).encode(), ""),
    ("by commas", lambda: as_the_service_wrote_it(ROW, delimiter=",").encode(), ""),
    ("by tabs", lambda: as_the_service_wrote_it(ROW, delimiter="\t").encode(), ""),
    ("saved by a spreadsheet", lambda: as_a_spreadsheet_saves_it(ROW).encode(), ""),
    (
        "in Windows-1252",
        lambda: as_a_spreadsheet_saves_it(ROW).encode("cp1252"),
        "Filen er ikke skrevet med UTF-8. Den er lest som Windows-1252: se over æ, ø og å.",
    ),
    (
        "in UTF-16",
        lambda: as_a_spreadsheet_saves_it(ROW).encode("utf-16"),
        "Filen er skrevet med tegnsettet UTF-16, og er lest slik.",
    ),
]


@pytest.mark.parametrize(("way", "content", "guess"), WAYS, ids=[way for way, _content, _guess in WAYS])
def test_however_the_file_was_saved_it_says_the_same(way, content, guess):
    reading = read(content())
    guessed = notes(reading, NoteKind.GUESSED)
    assert (guess in guessed) == bool(guess)
    assert [activity.name for activity in reading.register.activities] == ["Lønn"]
    if way != "by commas":  # one of the headings has a comma
        assert reading.register == read(as_the_service_wrote_it(ROW)).register


def test_the_small_size_is_read_too():
    [activity] = read(as_the_service_wrote_it(ROW, size="minimal")).register.activities
    assert (activity.name, activity.proposals[0].field) == ("Lønn", "transfers.tool")


def test_what_is_stated_here_is_never_written_over():
    here = make_register(activities=[make_activity_record(name="Lønn")], controller=make_controller_record())
    row = ROW | {"organizationId": here.controller.org_no}
    reading = read(as_the_service_wrote_it(row, row | {"title": "Nytt"}), here)
    assert reading.register.controller == here.controller
    assert reading.register.activities[0] == here.activities[0]
    assert [activity.name for activity in reading.register.activities] == ["Lønn", "Nytt"]


def test_columns_may_be_missing_renamed_or_more():
    text = as_the_service_wrote_it(ROW, size="minimal")
    text = text.replace("Formål med behandlingen", "Formålet med behandlingen").replace(
        "Garantier ved overføring", "Egen kolonne"
    )
    reading = read(text)
    assert notes(reading, NoteKind.GUESSED)[0] == (
        "Rad 1, kolonne Q: «Formålet med behandlingen» er lest som «Formål med behandlingen»."
    )
    assert notes(reading, NoteKind.LEFT_OUT)[:2] == [
        "Rad 1, kolonne Z: Kolonnen «Egen kolonne» er ukjent, og er ikke lest.",
        "Rad 1: Disse kolonnene mangler, og blir «ikke oppgitt»: Garantier ved overføring.",
    ]
    assert reading.register.activities[0].purposes


WRONG: list[tuple[str, str | bytes, str]] = [
    ("empty", b"", "Filen er tom."),
    ("not ours", "navn;alder\r\nx;3", "Filen er ikke et register vi kan lese. Vi leser vår egen JSON, vår egen arbeidsbok (XLSX), og CSV fra Behandlingsoversikt."),
    ("no rows", as_the_service_wrote_it(), "Filen har overskrifter, men ingen rader."),
    ("no names", as_the_service_wrote_it(ROW, size="minimal").replace("Behandlingen gjelder", "Saken"), "Rad 1: Kolonnen «Behandlingen gjelder» mangler. Den har navnet på aktiviteten."),
    ("a name missing", as_the_service_wrote_it(ROW, ROW | {"title": "-"}), "Rad 3, kolonne P («Behandlingen gjelder»): Må fylles ut: aktiviteten mangler navn."),
    ("a long name", as_the_service_wrote_it(ROW | {"title": "ø" * 151}), "Rad 2, kolonne P («Behandlingen gjelder»): Er for lang: 151 tegn. Det er plass til 150."),
    ("two companies", as_the_service_wrote_it(ROW, ROW | {"title": "B", "organizationId": "914782007"}), "Rad 3, kolonne B («Organisasjonsnummer»): Filen gjelder flere virksomheter. Registeret har bare én."),
    ("a wrong number", as_the_service_wrote_it(ROW | {"organizationId": "123456789"}), "Rad 2, kolonne B («Organisasjonsnummer»): "),
    ("ten megabytes", as_the_service_wrote_it(ROW | {"purpose": "ø" * 4_900_000}, size="minimal"), "Rad 2, kolonne Q («Formål med behandlingen»): Teksten er for lang. Det er plass til 32767 tegn."),
    ("a NUL", as_the_service_wrote_it(ROW | {"purpose": "a\0b"}, size="minimal"), "Rad 2, kolonne Q («Formål med behandlingen»): Tegn 2 i teksten kan ikke skrives: U+0000."),
    ("a raw NUL", as_a_spreadsheet_saves_it(ROW | {"title": "a\0b"}), "Rad 2, kolonne P («Behandlingen gjelder»): Tegn 2 i teksten kan ikke skrives: U+0000."),
    ("cells too many", as_the_service_wrote_it(ROW) + ";\"x\"", "Rad 2: Raden har flere celler enn det er overskrifter."),
    ("no known letters", b"Behandlingen gjelder;\x81", "Linje 1: Filen er skrevet med et ukjent tegnsett. Lagre den som CSV UTF-8."),
    ("too large", bytes(delimited.LARGEST_FILE + 1), "Filen er for stor: den kan være på høyst 10 MB."),
]  # fmt: skip


@pytest.mark.parametrize(("what", "content", "sentence"), WRONG, ids=[what for what, _content, _sentence in WRONG])
def test_what_is_wrong_is_said_with_row_and_column(what, content, sentence):
    [problem] = problems(content)
    assert problem.startswith(sentence)


def test_a_hundred_thousand_rows_are_refused_at_the_first_too_many():
    row = ROW | dict.fromkeys(("purpose", "securityMeasures", "guarantees"), "-")
    text = as_the_service_wrote_it(row, size="minimal")
    head, line = text.split("\r\n")
    short = line.replace('"Prøve AS"', '""')
    assert problems("\r\n".join([head, *[short[:60] + '"'] * 100_000])) == [
        f"Rad {MOST_ROWS + 2}: Filen har for mange rader. Den kan ha høyst {MOST_ROWS}."
    ]


def test_a_formula_in_a_cell_is_a_text_and_nothing_else():
    [activity] = read(as_the_service_wrote_it(ROW | {"purpose": "=HYPERLINK(1)"})).register.activities
    assert activity.purposes[0].description == "=HYPERLINK(1)"


def test_another_company_is_refused():
    here = make_register(controller=replace(make_controller_record(), org_no="914782007"))
    assert problems(as_the_service_wrote_it(ROW), here) == [
        "Rad 2, kolonne B («Organisasjonsnummer»): Filen gjelder virksomheten 926194569, og registeret gjelder 914782007."
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b' {"schema": 1}', ImportFormat.JSON),
        (b"\xef\xbb\xbf[]", ImportFormat.JSON),
        (b"PK\x03\x04", ImportFormat.XLSX),
        (b"Behandlingen gjelder;", ImportFormat.CSV),
        (b" \n\t", "Filen er tom."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "Filen er i et gammelt Office-format (.xls), eller låst med passord. Lagre den som .xlsx uten passord."),
        (b"%PDF-1.7", "Filen er en PDF. Den kan ikke leses inn. Bruk filen den ble laget av."),
    ],
)  # fmt: skip
def test_the_format_is_told_from_what_is_in_the_file(content, expected):
    if isinstance(expected, ImportFormat):
        assert recognise(content) is expected
    else:
        with pytest.raises(Unreadable, match="^" + expected.replace("(", r"\(").replace(")", r"\)")):
            recognise(content)
