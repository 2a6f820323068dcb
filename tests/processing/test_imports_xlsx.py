"""A workbook that somebody filled in: what it becomes, what is guessed, and what is said of one that is wrong."""

# ruff: noqa: E501 (the rows of the tables are whole sentences)

from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from processing.imports import workbook
from processing.imports.problems import NoteKind
from processing.law.bases import LegalBasis
from processing.law.facts import ActivityStatus, Fact
from tests.builders import make_activity_record, make_controller_record, make_register
from tests.processing.spreadsheets import (
    EMPTY,
    exported,
    filled,
    opened,
    part_of,
    problems,
    read,
    saved,
    template,
    with_part,
)

pytestmark = pytest.mark.django_db

ACTIVITY = {"nummer": "A15", "kode": "venteliste", "navn": "Venteliste"}
HERE = make_register()


def said(content: bytes, kind: NoteKind, present=EMPTY) -> list[str]:
    reading = read(content, present)
    assert [str(problem) for problem in reading.problems] == []
    return [str(note) for note in reading.notes if note.kind is kind]


def test_a_clerk_fills_in_what_is_known_and_the_rest_is_not_stated():
    content = filled(
        {
            "Aktiviteter": [{"navn": "Venteliste", "særlige kategorier": "Ja", "i bruk fra": "1.2.2026"}],
            "Formål": [{"aktivitet": "Venteliste", "formål": "Å gi time når noen får plass"}],
            "Grunnlag art. 6": [{"aktivitet": "A01", "grunnlag": "avtale"}],
            "Lagringstider": [{"aktivitet": "A01", "regel": "Til du har fått time", "tid": "3", "enhet": "måneder"}],
            "Grupper av personer": [{"navn": "Folk på venteliste"}],
            "Slag opplysninger": [{"navn": "Ønsket time"}],
            "Opplysninger": [
                {"aktivitet": "A01", "opplysninger": "Ønsket time", "om hvem": "folk-pa-venteliste", "finnes": "Ja"}
                | {"lagringstid": 1}
            ],
        }
    )
    reading = read(content)
    assert [str(problem) for problem in reading.problems] == []
    [activity] = reading.register.activities
    assert (activity.number, activity.code, activity.name) == ("A01", "venteliste", "Venteliste")
    assert activity.special_categories is Fact.YES
    assert activity.valid_from == date(2026, 2, 1)
    assert activity.status is ActivityStatus.DRAFT
    assert activity.automated_decisions is Fact.NOT_STATED
    assert activity.regime is None
    assert activity.bases == {LegalBasis.CONTRACT}
    assert activity.data[0].retention == activity.retention[0]
    assert activity.data[0].subject.name == "Folk på venteliste"
    guessed = [str(note) for note in reading.notes if note.kind is NoteKind.GUESSED]
    assert guessed == [
        "Arket «Opplysninger», rad 2, kolonne B («opplysninger»): «Ønsket time» er lest som koden «onsket-time».",
        "Arket «Formål», rad 2, kolonne A («aktivitet»): «Venteliste» er lest som A01.",
    ]


def test_a_new_activity_gets_the_number_after_the_last_and_others_stay():
    content = filled({"Aktiviteter": [{"navn": "Venteliste"}]}, template(HERE))
    register = read(content, HERE).register
    last = max(activity.number for activity in HERE.activities)
    assert [activity.number for activity in register.activities] == [f"A{int(last[1:]) + 1:02d}"]
    assert register.controller == HERE.controller
    assert (register.transfers, register.remarks) == (HERE.transfers, HERE.remarks)


def test_an_empty_company_leaves_the_company_as_it_is_and_a_filled_one_is_the_company():
    changed = make_register(controller=make_controller_record(legal_name="Prøve AS"), remarks=(), transfers=())
    assert read(exported(changed), HERE).register == changed
    assert read(template(HERE), HERE).register.controller == HERE.controller
    book = opened(exported(HERE))
    book["Virksomheten"].delete_rows(2)
    for title in ("Felles ansvar", "Rutiner", "Overføringer", "Utsagn", "Merknader", "Forslag"):
        for row in reversed(list(book[title].iter_rows(min_row=2))):
            if title in {"Felles ansvar", "Rutiner"} or not row[0].value:
                book[title].delete_rows(row[0].row)
    assert read(saved(book), HERE).register == HERE


def test_a_row_of_the_company_is_not_lost_when_its_sheet_is_empty():
    content = filled({"Utsagn": [{"om": "Samtykke", "utsagn": "Vi spør alltid"}]})
    assert problems(content, HERE) == [
        "Arket «Utsagn», rad 2: Raden gjelder virksomheten, men arket «Virksomheten» er tomt. Fyll ut det også."
    ]


def test_a_sheet_that_is_not_there_leaves_what_it_holds_as_it_is():
    book = opened(exported(HERE))
    del book["Merknader"], book["Mottakere"]
    assert read(saved(book), HERE).register == HERE


def test_headings_in_other_words_are_guessed_and_columns_of_their_own_are_left_out():
    book = opened(exported(HERE))
    sheet = book["Formål"]
    sheet["B1"].value = "Formaal"
    sheet["D1"].value = "Min egen kolonne"
    sheet["D2"].value = "Noe"
    book.create_sheet("Notater")["A1"].value = "Husk"
    book["Kilder"].title = "Kildar"
    content = saved(book)
    assert said(content, NoteKind.GUESSED, HERE) == [
        "Arket «Formål», kolonne B: «Formaal» er lest som «formål».",
        "Arket «Kildar»: Lest som arket «Kilder».",
    ]
    assert said(content, NoteKind.LEFT_OUT, HERE) == [
        "Arket «Formål», kolonne D: Kolonnen «Min egen kolonne» er ikke en av våre, og er ikke lest.",
        "Arket «Notater»: Arket er ikke et av våre, og er ikke lest.",
    ]
    assert read(content, HERE).register == HERE


WRONG = [
    ({"status": "I bruk nå"}, "rad 2, kolonne H («status»): «I bruk nå» er ikke et av svarene. Velg ett av disse: Utkast, I bruk, Avsluttet."),
    ({"i bruk fra": "31.02.2026"}, "rad 2, kolonne I («i bruk fra»): «31.02.2026» er ingen dato. Skriv den slik: 22.11.2026."),
    ({"i bruk fra": "i fjor"}, "rad 2, kolonne I («i bruk fra»): «i fjor» er ingen dato. Skriv den slik: 22.11.2026."),
    ({"nummer": "15"}, "rad 2, kolonne A («nummer»): Nummeret skrives A og minst to siffer, for eksempel A15."),
    ({"navn": None}, "rad 2, kolonne C («navn»): Kan ikke stå tomt."),
    ({"navn": "=A2"}, "rad 2, kolonne C («navn»): Her står en formel. Skriv svaret selv i stedet."),
    ({"navn": "=HYPERLINK(\"https://prove.example\")"}, "rad 2, kolonne C («navn»): Her står en formel. Skriv svaret selv i stedet."),
    ({"navn": "#REF!"}, "rad 2, kolonne C («navn»): Cellen viser en feil: #REF!"),
    ({"navn": "ø" * 151}, "rad 2, kolonne C («navn»): Er for lang: 151 tegn. Det er plass til 150."),
    ({"i bruk fra": date(2026, 2, 2), "i bruk til": date(2026, 2, 1)}, "rad 2: «I bruk til» kan ikke være før «i bruk fra»."),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "sentence"), WRONG)
def test_what_is_wrong_is_said_with_sheet_row_and_column(cells, sentence):
    assert problems(filled({"Aktiviteter": [ACTIVITY | cells]})) == [f"Arket «Aktiviteter», {sentence}"]


ROWS_WRONG = [
    ("Formål", {"aktivitet": "A99", "formål": "x"}, "rad 2, kolonne A («aktivitet»): «A99» står ikke i arket «Aktiviteter»."),
    ("Formål", {"formål": "x"}, "rad 2, kolonne A («aktivitet»): Må fylles ut med nummeret til en aktivitet."),
    ("Grunnlag art. 6", {"aktivitet": "A15"}, "rad 2, kolonne B («grunnlag»): Må fylles ut. Velg ett av disse: Samtykke, Avtale, Rettslig forpliktelse, Vitale interesser, Oppgave i allmennhetens interesse, Berettiget interesse."),
    ("Grunnlag art. 6", {"aktivitet": "A15", "grunnlag": "Avtale", "gjelder formålet": "Et annet"}, "rad 2, kolonne C («gjelder formålet»): Formålet står ikke blant formålene til aktiviteten."),
    ("Hvem som får", {"aktivitet": "A15", "mottaker": "ingen"}, "rad 2, kolonne B («mottaker»): «ingen» står ikke i arket «Mottakere»."),
    ("Lagringstider", {"aktivitet": "A15", "tid": 1.5, "enhet": "år"}, "rad 2, kolonne F («tid»): Må være et helt tall."),
    ("Lagringstider", {"aktivitet": "A15", "tid": 40000, "enhet": "år"}, "rad 2, kolonne F («tid»): Må være fra 0 til 32767."),
    ("Lagringstider", {"aktivitet": "A15", "tid": 1}, "rad 2: Tid og enhet hører sammen: fyll ut begge, eller ingen."),
    ("Lagringstider", {"aktivitet": "A15", "nr.": 2}, "rad 2, kolonne B («nr.»): Må være 1: radene telles i den orden de står."),
    ("Merknader", {"aktivitet": "A15", "felt": "ownr", "slag": "Uklart", "merknad": "Hvem?"}, "rad 2, kolonne B («felt»): Registeret har ikke noe felt «ownr». Mente du «owner»?"),
    ("Aktiviteter", ACTIVITY | {"kode": "annen"}, "rad 3, kolonne A («nummer»): «A15» står fra før, i Arket «Aktiviteter», rad 2."),
]  # fmt: skip


@pytest.mark.parametrize(("title", "cells", "sentence"), ROWS_WRONG)
def test_what_is_wrong_in_a_row_of_an_activity_is_said_with_its_place(title, cells, sentence):
    rows = {"Aktiviteter": [ACTIVITY]}
    rows[title] = [*rows.get(title, []), cells]
    assert problems(filled(rows)) == [f"Arket «{title}», {sentence}"]


def test_a_column_that_is_missing_is_named():
    book = opened(exported(HERE))
    book["Formål"].delete_cols(3)
    assert problems(saved(book), HERE) == [
        "Arket «Formål», rad 1: Kolonnen «formålet i erklæringen» mangler. Legg den til. Den kan være tom."
    ]


def test_a_heading_that_stands_twice_is_named():
    book = opened(exported(HERE))
    book["Formål"]["D1"].value = "formål"
    assert problems(saved(book), HERE) == ["Arket «Formål», rad 1, kolonne D: Overskriften «formål» står to ganger."]


def test_a_new_activity_that_is_called_the_same_needs_its_number():
    name = HERE.activities[0].name
    assert problems(filled({"Aktiviteter": [{"navn": name}]}, template(HERE)), HERE) == [
        f"Arket «Aktiviteter», rad 2, kolonne A («nummer»): Aktiviteten heter det samme som "
        f"{HERE.activities[0].number}. Skriv nummeret, eller gi den et annet navn."
    ]


def test_a_number_in_a_field_for_text_is_text_and_said_to_be_guessed():
    content = filled({"Virksomheten": [{"juridisk navn": "Prøve AS", "postnummer": 150}]})
    assert read(content).register.controller.postcode == "150"
    assert said(content, NoteKind.GUESSED) == [
        "Arket «Virksomheten», rad 2, kolonne F («postnummer»): Tallet er lest som teksten «150»."
    ]


# Files that are no workbook, or are meant to do harm


def packed(**parts: bytes) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04", "Filen er ødelagt eller låst med passord. Åpne den, og lagre den på nytt."),
        (packed(**{"word/document.xml": b"<x/>"}), "Filen er ikke en arbeidsbok i XLSX. Åpne den i et regneark, og lagre den som .xlsx."),
        (packed(**{"xl/workbook.xml": b"<workbook"}), "Filen er ødelagt. Åpne den, og lagre den på nytt."),
        (packed(**{"xl/workbook.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><workbook/>"}), "Filen er ikke en vanlig arbeidsbok. Åpne den i et regneark, og lagre den på nytt."),
        (template()[:-40_000], "Filen er ødelagt eller låst med passord. Åpne den, og lagre den på nytt."),
        (b"PK\x03\x04" + bytes(workbook.LARGEST_FILE), "Filen er for stor: den kan være på høyst 10 MB."),
        (saved(__import__("openpyxl").Workbook()), "Filen er en arbeidsbok, men ingen av arkene er våre. Last ned malen, og fyll ut den i stedet."),
    ],
    ids=["cut", "word", "broken", "entities", "half", "large", "other"],
)  # fmt: skip
def test_what_is_no_workbook_of_ours_is_refused_in_a_sentence(content, sentence):
    assert problems(content) == [sentence]


def test_a_bomb_is_seen_before_it_is_unpacked():
    content = with_part(template(), "xl/media/image1.png", lambda _old: bytes(workbook.LARGEST_UNPACKED + 1))
    assert len(content) < workbook.LARGEST_FILE
    assert problems(content) == ["Filen er for stor når den pakkes ut: den kan være på høyst 50 MB."]


def in_sheet(title: str, cells: str) -> bytes:
    content = template()
    return with_part(
        content, part_of(content, title), lambda old: old.replace(b"</sheetData>", f"{cells}</sheetData>".encode())
    )


def test_too_many_rows_are_refused_where_they_begin_to_be():
    row = '<row r="{0}"><c r="C{0}" t="inlineStr"><is><t>x</t></is></c></row>'
    content = in_sheet("Aktiviteter", "".join(row.format(number) for number in range(2, 100_002)))
    [sentence] = problems(content)
    assert sentence.startswith("Arket «Aktiviteter», rad 2")
    assert sentence.endswith("Filen har for mange rader. Den kan ha høyst 30 000.")
    assert problems(in_sheet("Aktiviteter", row.format(9_999_999)))[0].endswith("Den kan ha høyst 30 000.")


def test_a_cell_of_ten_megabytes_is_named_and_not_repeated():
    content = in_sheet("Aktiviteter", f'<row r="2"><c r="C2" t="inlineStr"><is><t>{"ø" * 5_000_000}</t></is></c></row>')
    assert problems(content) == [
        "Arket «Aktiviteter», rad 2, kolonne C («navn»): Teksten er for lang. Det er plass til 32767 tegn."
    ]


@pytest.mark.parametrize("code", ["0000", "0007", "FFFF"])
def test_letters_that_no_text_holds_are_named_or_read(code):
    content = in_sheet("Aktiviteter", f'<row r="2"><c r="C2" t="inlineStr"><is><t>a_x{code}_b</t></is></c></row>')
    if code == "FFFF":
        assert read(content).register.activities[0].name == "a\uffffb"
    else:
        assert problems(content)[0] == (
            f"Arket «Aktiviteter», rad 2, kolonne C («navn»): Tegn 2 i teksten kan ikke skrives: U+{code}."
        )


@pytest.mark.parametrize("serial", ["9999999999", "-99999999", "1e300", "46000.5"])
def test_a_day_out_of_range_is_named(serial):
    book = opened(filled({"Aktiviteter": [ACTIVITY | {"i bruk fra": date(2026, 1, 1)}]}))
    content = saved(book)
    part = part_of(content, "Aktiviteter")
    content = with_part(content, part, lambda old: old.replace(b"<v>46023</v>", f"<v>{serial}</v>".encode()))
    [sentence] = problems(content)
    assert sentence.startswith("Arket «Aktiviteter», rad 2, kolonne I («i bruk fra»):")


def test_a_register_of_the_past_is_read_with_its_moment():
    register = make_register(activities=[make_activity_record()])
    assert read(exported(register), EMPTY).register.moment == register.moment
    assert read(template()).register.moment == EMPTY.moment
