"""The reader of our own JSON says everything that is wrong, where it is, and never more than that."""

import copy
import json
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processing.exports.json import ADDED, VERSION, added_after, canonical_json, register_payload
from processing.imports.json import LARGEST_FILE, MOST_ROWS, MOST_VALUES, Reading, read_register
from processing.imports.problems import LONGEST_ECHO, SHOWN_PROBLEMS
from processing.law.records import ControllerRecord, PurposeRecord, Register
from tests.builders import ASKED_AT, make_activity_record, make_bare_activity_record, make_register
from tests.sampling import sampled

PAYLOAD = register_payload(make_register(activities=[make_activity_record(), make_bare_activity_record()]))
ACTIVITY = ("activities", 0)


def payload() -> dict[str, Any]:
    return copy.deepcopy(PAYLOAD)


def read(values: object) -> Reading:
    return read_register(json.dumps(values).encode())


def put(value: object, *path: str | int) -> Callable[[dict], None]:
    def spoil(values: Any) -> None:
        *way, last = path
        for step in way:
            values = values[step]
        values[last] = value

    return spoil


def drop(*path: str | int) -> Callable[[dict], None]:
    def spoil(values: Any) -> None:
        *way, last = path
        for step in way:
            values = values[step]
        del values[last]

    return spoil


def repeat(*path: str | int) -> Callable[[dict], None]:
    """Put the first row of a list at its end too."""

    def spoil(values: Any) -> None:
        for step in path:
            values = values[step]
        values.append(copy.deepcopy(values[0]))

    return spoil


# What is right


@pytest.mark.parametrize(
    "register",
    [
        make_register(),
        make_register(controller=ControllerRecord(), activities=[make_bare_activity_record()]),
        Register(moment=ASKED_AT),
    ],
    ids=["everything stated", "nothing stated", "empty"],
)
@pytest.mark.parametrize(
    "written",
    [
        canonical_json,
        lambda register: json.dumps(register_payload(register), indent=2, ensure_ascii=True).encode(),
        lambda register: b"\xef\xbb\xbf" + canonical_json(register) + b"\r\n",
    ],
    ids=["canonical", "pretty", "with a byte order mark"],
)
def test_a_register_is_read_however_it_is_laid_out(register, written):
    assert read_register(written(register)) == Reading(register=register)


def test_tabs_and_line_breaks_are_text():
    purpose = PurposeRecord(description="Å svare\r\n\tog å hjelpe 𝄞")
    register = make_register(activities=[make_bare_activity_record(purposes=(purpose,))])
    assert read_register(canonical_json(register)).register == register


# What an older program wrote

VERSION_1 = Path(__file__).parents[1] / "data" / "register-version-1.json"


def later_than_1(record: type) -> set[str]:
    return set(added_after(1).get(record, ()))


def test_a_file_of_version_1_is_read_as_silent_about_what_came_later():
    """Fails when a field was added and not named in ADDED."""
    reading = read_register(VERSION_1.read_bytes())
    assert reading.problems == ()
    assert reading.register is not None
    assert (len(reading.register.activities), len(reading.register.parties)) == (2, 2)
    for record in (reading.register, reading.register.controller, *reading.register.activities):
        for item in fields(record):
            if item.name in later_than_1(type(record)):
                assert getattr(record, item.name) == item.default


def test_a_file_of_version_2_has_every_text_in_bokmål_only():
    register = read_register((VERSION_1.parent / "register-version-2.json").read_bytes()).register
    assert (register.translations, *(activity.translations for activity in register.activities)) == ((), (), ())


def test_a_file_of_version_1_must_have_what_it_could_hold():
    values = json.loads(VERSION_1.read_bytes())
    drop(*ACTIVITY, "owner")(values)
    assert [str(problem) for problem in read(values).problems] == ["activities[0].owner: Mangler."]


def test_a_file_of_this_version_must_have_what_it_added(monkeypatch):
    values = payload() | {"version": 1}
    monkeypatch.setitem(ADDED, 2, ADDED[2] | {PurposeRecord: frozenset({"public_description"})})
    places = {problem.place for problem in read(values).problems}
    assert "activities[0].purposes[0].public_description" in places, "version 1 had no such field"
    drop(*ACTIVITY, "purposes", 0, "public_description")(values)
    values["version"] = VERSION
    assert [str(problem) for problem in read(values).problems] == [
        "activities[0].purposes[0].public_description: Mangler."
    ]


# What is wrong with a file as a whole

ANOTHER_FORM = "Filen er ikke et register i formen mktnorge/register."
A_LATER_FORM = (
    "Filen er et register i versjon {} av formen. Her kan du lese inn versjon 4 og eldre. "
    "Oppdater løsningen, eller hent filen fra en løsning av samme versjon."
)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Filen er tom."),
        (b" \n ", "Filen er tom."),
        (b"navn;nummer\n", "Linje 1, tegn 1: Filen er ikke gyldig JSON."),
        (b'{\n"schema": }', "Linje 2, tegn 11: Filen er ikke gyldig JSON."),
        ('{\n"navn": "Æ"}'.encode("latin-1"), "Linje 2: Filen er ikke skrevet med tegnsettet UTF-8."),
        ('{"schema": 1}'.encode("utf-16"), "Linje 1: Filen er ikke skrevet med tegnsettet UTF-8."),
        (b'{"a": NaN}', "Filen er ikke gyldig JSON: NaN er ikke et tall."),
        (b'{"a": -Infinity}', "Filen er ikke gyldig JSON: -Infinity er ikke et tall."),
        (b"[" * 900_000, "Filen er ikke et register: den har for mange nivåer."),
        (b'{"a":' * 900_000, "Filen er ikke et register: den har for mange nivåer."),
        (b"[]", "Filen er ikke et register: den må være ett objekt."),
        (b"7", "Filen er ikke et register: den må være ett objekt."),
        (b"{}", ANOTHER_FORM),
        (b'{"schema":"another","version":1}', ANOTHER_FORM),
        (b'{"schema":"mktnorge/register","version":5}', A_LATER_FORM.format(5)),
        (b'{"schema":"mktnorge/register","version":0}', ANOTHER_FORM),
        (b'{"schema":"mktnorge/register"}', ANOTHER_FORM),
        (b'{"schema":"mktnorge/register","version":true}', ANOTHER_FORM),
        (b'{"schema":"mktnorge/register","version":"1"}', ANOTHER_FORM),
    ],
)
def test_a_file_that_is_no_register_is_refused_in_one_sentence(content, sentence):
    reading = read_register(content)
    assert reading.register is None
    assert [str(problem) for problem in reading.problems] == [sentence]


# What is wrong in a place

A_DATE = "Må være en dato, skrevet slik: 2026-11-22."
A_MOMENT = "Må være et tidspunkt med tidssone, skrevet slik: 2026-11-22T10:30:00Z."


@pytest.mark.parametrize(
    ("spoil", "place", "text"),
    [
        # Keys
        (drop("activities"), "activities", "Mangler."),
        (drop("as_of"), "as_of", "Mangler."),
        (drop("as_of", "date"), "as_of.date", "Mangler."),
        (drop(*ACTIVITY, "owner"), "activities[0].owner", "Mangler."),
        (drop(*ACTIVITY, "retention", 0, "unit"), "activities[0].retention[0].unit", "Mangler."),
        (put(1, "remark"), "remark", "Ukjent felt. Mente du «remarks»?"),
        (put(1, *ACTIVITY, "colour"), "activities[0].colour", "Ukjent felt."),
        (put(1, "x" * 99), "x" * LONGEST_ECHO + "…", "Ukjent felt."),
        (put(1, "\x1b[2J"), "\\x1b[2J", "Ukjent felt."),
        # Types
        (put(None, "parties"), "parties", "Kan ikke være null."),
        (put({}, "parties"), "parties", "Må være en liste."),
        (put([], "as_of"), "as_of", "Må være et objekt."),
        (put("x", "controller"), "controller", "Må være et objekt."),
        (put(7, "measures", 0), "measures[0]", "Må være et objekt."),
        (put(7, "activities", 1), "activities[1]", "Må være et objekt."),
        (put(7, *ACTIVITY, "owner"), "activities[0].owner", "Må være tekst."),
        (put(None, *ACTIVITY, "owner"), "activities[0].owner", "Kan ikke være null."),
        (put(True, *ACTIVITY, "retention", 0, "period"), "activities[0].retention[0].period", "Må være et helt tall."),
        (put(10.0, *ACTIVITY, "retention", 0, "period"), "activities[0].retention[0].period", "Må være et helt tall."),
        (put("10", *ACTIVITY, "retention", 0, "period"), "activities[0].retention[0].period", "Må være et helt tall."),
        (put(1, "measures", 0, "general"), "measures[0].general", "Må være true eller false."),
        (put({}, *ACTIVITY, "purposes"), "activities[0].purposes", "Må være en liste."),
        # Codes
        (
            put("z", *ACTIVITY, "legal_grounds", 0, "basis"),
            "activities[0].legal_grounds[0].basis",
            "«z» finnes ikke. Disse finnes: a, b, c, d, e, f.",
        ),
        (put("", *ACTIVITY, "status"), "activities[0].status", "«» finnes ikke. Disse finnes: draft, active, retired."),
        (put([], *ACTIVITY, "status"), "activities[0].status", "Må være tekst."),
        (put(None, *ACTIVITY, "special_categories"), "activities[0].special_categories", "Kan ikke være null."),
        # Dates
        (put("2026-02-30", *ACTIVITY, "valid_to"), "activities[0].valid_to", "2026-02-30 er ingen dato i kalenderen."),
        (put("0000-01-01", *ACTIVITY, "valid_to"), "activities[0].valid_to", "0000-01-01 er ingen dato i kalenderen."),
        (put("10000-01-01", *ACTIVITY, "valid_to"), "activities[0].valid_to", A_DATE),
        (put("20261122", *ACTIVITY, "valid_to"), "activities[0].valid_to", A_DATE),
        (put("٢٠٢٦-11-22", *ACTIVITY, "valid_to"), "activities[0].valid_to", A_DATE),
        (put("22.11.2026", *ACTIVITY, "valid_to"), "activities[0].valid_to", A_DATE),
        (put(20261122, *ACTIVITY, "valid_to"), "activities[0].valid_to", A_DATE),
        (put("i går", "as_of", "moment"), "as_of.moment", A_MOMENT),
        (put("2026-11-22T10:30:00", "as_of", "moment"), "as_of.moment", A_MOMENT),
        (put("9999-12-31T23:59:59Z", "as_of", "moment"), "as_of.moment", A_MOMENT),
        (put("2026-11-24", "as_of", "date"), "as_of.date", "Må være dagen i Oslo på tidspunktet: 2026-11-23."),
        # Text
        (put("a\x00b", *ACTIVITY, "name"), "activities[0].name", "Tegn 2 i teksten kan ikke skrives: U+0000."),
        (put("\x1b[31m", *ACTIVITY, "name"), "activities[0].name", "Tegn 1 i teksten kan ikke skrives: U+001B."),
        (put("\x85", *ACTIVITY, "name"), "activities[0].name", "Tegn 1 i teksten kan ikke skrives: U+0085."),
        (put("ab\ud800", *ACTIVITY, "name"), "activities[0].name", "Tegn 3 i teksten kan ikke skrives: U+D800."),
        (
            put("\udc00", *ACTIVITY, "purposes", 1, "public_description"),
            "activities[0].purposes[1].public_description",
            "Tegn 1 i teksten kan ikke skrives: U+DC00.",
        ),
        # References
        (
            put("journal_suplier", *ACTIVITY, "disclosures", 0, "party"),
            "activities[0].disclosures[0].party",
            "«journal_suplier» står ikke i parties. Mente du «journal_supplier»?",
        ),
        (
            put("nobody", *ACTIVITY, "data", 0, "subject"),
            "activities[0].data[0].subject",
            "«nobody» står ikke i subject_categories.",
        ),
        (put(["nobody"], *ACTIVITY, "safeguards"), "activities[0].safeguards[0]", "«nobody» står ikke i measures."),
        (put([{}], *ACTIVITY, "collection"), "activities[0].collection[0]", "Må være tekst."),
        (put("nobody", "systems", 0, "party"), "systems[0].party", "«nobody» står ikke i parties."),
        (
            put(1, *ACTIVITY, "data", 1, "retention"),
            "activities[0].data[1].retention",
            "Aktiviteten har ingen lagringstid på plass 1, regnet fra 0.",
        ),
        (
            put(-1, *ACTIVITY, "data", 1, "retention"),
            "activities[0].data[1].retention",
            "Aktiviteten har ingen lagringstid på plass -1, regnet fra 0.",
        ),
        (
            put("0", *ACTIVITY, "data", 1, "retention"),
            "activities[0].data[1].retention",
            "Må være null, eller plassen til en lagringstid, regnet fra 0.",
        ),
        (
            put(False, *ACTIVITY, "data", 1, "retention"),
            "activities[0].data[1].retention",
            "Må være null, eller plassen til en lagringstid, regnet fra 0.",
        ),
        (
            put("Noe annet", *ACTIVITY, "legal_grounds", 0, "purpose"),
            "activities[0].legal_grounds[0].purpose",
            "Formålet står ikke blant formålene til aktiviteten.",
        ),
        (
            put("Noe annet", *ACTIVITY, "special_grounds", 0, "purpose"),
            "activities[0].special_grounds[0].purpose",
            "Formålet står ikke blant formålene til aktiviteten.",
        ),
        # Twice
        (put("A01", "activities", 1, "number"), "activities[1].number", "«A01» står fra før, i activities[0]."),
        (
            put("health_record", "activities", 1, "code"),
            "activities[1].code",
            "«health_record» står fra før, i activities[0].",
        ),
        (repeat("parties"), "parties[2].code", "«journal_supplier» står fra før, i parties[0]."),
        (
            repeat("subject_categories"),
            "subject_categories[1].code",
            "«clients» står fra før, i subject_categories[0].",
        ),
        (repeat("data_categories"), "data_categories[2].code", "«name» står fra før, i data_categories[0]."),
        (repeat("measures"), "measures[2].code", "«locked_doors» står fra før, i measures[0]."),
        (repeat("systems"), "systems[1].code", "«journal_system» står fra før, i systems[0]."),
        (repeat("situations"), "situations[1].code", "«first_talk» står fra før, i situations[0]."),
        (
            repeat("controller", "review_routines"),
            "controller.review_routines[1].code",
            "«yearly» står fra før, i controller.review_routines[0].",
        ),
        (
            repeat(*ACTIVITY, "data"),
            "activities[0].data[2].subject",
            "«name · clients» står fra før, i activities[0].data[0].",
        ),
        (
            repeat(*ACTIVITY, "disclosures"),
            "activities[0].disclosures[2].party",
            "«journal_supplier» står fra før, i activities[0].disclosures[0].",
        ),
        (
            repeat(*ACTIVITY, "safeguards"),
            "activities[0].safeguards[1]",
            "«two_factor» står fra før, i activities[0].safeguards[0].",
        ),
        (
            repeat(*ACTIVITY, "systems"),
            "activities[0].systems[1]",
            "«journal_system» står fra før, i activities[0].systems[0].",
        ),
        (
            repeat(*ACTIVITY, "collection"),
            "activities[0].collection[1]",
            "«first_talk» står fra før, i activities[0].collection[0].",
        ),
        (
            repeat(*ACTIVITY, "sources"),
            "activities[0].sources[1].description",
            "«referrer · Henvisningen» står fra før, i activities[0].sources[0].",
        ),
        (
            repeat(*ACTIVITY, "special_grounds"),
            "activities[0].special_grounds[1]",
            "Vilkåret står to ganger for det samme.",
        ),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence_with_its_place(spoil, place, text):
    values = payload()
    assert read(values).problems == ()
    spoil(values)
    reading = read(values)
    assert reading.register is None
    assert [(problem.place, problem.text) for problem in reading.problems] == [(place, text)]
    assert reading.problem_count == 1


@pytest.mark.parametrize("section", ["purposes", "legal_grounds", "retention", "transfers", "statements", "remarks"])
def test_what_may_stand_twice_is_read(section):
    values = payload()
    repeat(*ACTIVITY, section)(values)
    assert read(values).problems == ()


def test_a_key_that_stands_twice_in_one_object_is_refused():
    text = json.dumps(PAYLOAD).replace('"number": "A01"', '"number": "A01", "number": "A77"')
    assert [str(found) for found in read_register(text.encode()).problems] == [
        "activities[0].number: Står to ganger i samme objekt."
    ]


def test_one_mistake_is_one_problem_and_every_mistake_is_named():
    values = payload()
    values["parties"][0]["role"] = "wizard"
    values["subject_categories"] = None
    values["activities"][0]["retention"][0]["kind"] = "forever"
    values["activities"][0]["purposes"] = 7
    values["activities"][1]["owner"] = 3
    assert {problem.place for problem in read(values).problems} == {
        "parties[0].role",
        "subject_categories",
        "activities[0].retention[0].kind",
        "activities[0].purposes",
        "activities[1].owner",
    }


# What is too much


def bounded(content: bytes, *, seconds: float, megabytes: float) -> Reading:
    tracemalloc.start()
    began = time.process_time()
    try:
        reading = read_register(content)
        spent, peak = time.process_time() - began, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert spent < seconds
    assert peak < megabytes * 1024**2
    assert reading.register is None
    assert all(len(str(problem)) < 300 for problem in reading.problems)
    return reading


def test_a_file_that_is_too_large_is_not_read():
    reading = bounded(b" " * (LARGEST_FILE + 1), seconds=1, megabytes=1)
    assert [str(problem) for problem in reading.problems] == ["Filen er for stor: den kan være på høyst 50 MB."]


@pytest.mark.parametrize("filler", [b"[]", b"{}", b"0", b'"x"', b'{"a":0}'])
def test_a_file_of_countless_values_is_not_read(filler):
    content = b"[" + filler + (b"," + filler) * MOST_VALUES + b"]"
    reading = bounded(content, seconds=2, megabytes=1)
    assert [str(problem) for problem in reading.problems] == [
        "Filen holder for mye: den kan ha høyst 2 000 000 verdier."
    ]


def test_a_hundred_thousand_rows_are_refused_with_their_list():
    values = payload()
    values["activities"] = [{}] * 100_000
    reading = bounded(json.dumps(values).encode(), seconds=20, megabytes=200)
    assert [str(problem) for problem in reading.problems] == [
        "activities: Filen har for mange rader. Den kan ha høyst 30 000."
    ]
    assert MOST_ROWS < 32767, "a position has no room for more"


def test_rows_are_counted_over_all_lists():
    values = payload()
    values["activities"][0]["safeguards"] = ["two_factor"] * 20_000
    values["activities"][1]["collection"] = ["first_talk"] * 20_000
    reading = read(values)
    assert reading.problem_count > 20_000 - 1
    assert len(reading.problems) == SHOWN_PROBLEMS


def test_only_the_first_problems_are_kept_and_all_are_counted():
    values = payload()
    values["statements"] = [7] * 5_000
    reading = read(values)
    assert (len(reading.problems), reading.problem_count) == (SHOWN_PROBLEMS, 5_000)
    assert str(reading.problems[-1]) == f"statements[{SHOWN_PROBLEMS - 1}]: Må være et objekt."


@pytest.mark.parametrize(
    "path",
    [(*ACTIVITY, "data", 0, "subject"), (*ACTIVITY, "status"), (*ACTIVITY, "valid_to"), (*ACTIVITY, "owner", "x")],
)
def test_a_value_of_ten_megabytes_is_not_repeated_in_the_sentence(path):
    values = payload()
    huge = "x" * 10 * 1024**2
    if path[-1] == "x":
        values["activities"][0][huge] = 1
    else:
        put(huge, *path)(values)
    assert bounded(json.dumps(values).encode(), seconds=10, megabytes=150).problem_count == 1


def test_numbers_of_countless_digits_take_no_time():
    text = json.dumps(PAYLOAD).replace('"period": 10', '"period": ' + "9" * 1_000_000)
    assert read_register(text.encode()).register.activities[0].retention[0].period == 10**18


def test_countless_unknown_keys_take_no_time():
    values = payload()
    values["activities"][0] |= {f"owner{number}": 1 for number in range(100_000)}
    assert bounded(json.dumps(values).encode(), seconds=20, megabytes=200).problem_count == 100_000


# Anything at all

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=9)
    | st.sampled_from(["A01", "name", "yes"]),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=5), children, max_size=3),
    max_leaves=8,
)
some = sampled(100, 5000)


@some
@given(st.data())
def test_any_value_anywhere_is_read_or_refused_with_its_place(data):
    values = payload()
    at: Any = values
    place = ""
    while True:
        step = data.draw(st.sampled_from(sorted(at)) if isinstance(at, dict) else st.integers(0, len(at) - 1))
        place += f"[{step}]" if isinstance(step, int) else f".{step}"
        if not (isinstance(at[step], dict | list) and at[step] and data.draw(st.booleans())):
            break
        at = at[step]
    at[step] = data.draw(json_values)
    reading = read_register(json.dumps(values).encode())
    assert (reading.register is None) == bool(reading.problems)
    if place in {".schema", ".version"}:
        return
    # What stands elsewhere is wrong only because it names, or repeats, what was changed.
    elsewhere = [problem.text for problem in reading.problems if not problem.place.startswith(place[1:])]
    because = ("står ikke", "ingen lagringstid", "fra før", "dagen i Oslo", "Vilkåret")
    assert all(any(words in text for words in because) for text in elsewhere)


@some
@given(st.binary(max_size=200) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_refused_in_one_sentence(content):
    reading = read_register(content)
    assert reading.register is None
    assert reading.problem_count == len(reading.problems) == 1


@some
@given(st.integers(0, len(canonical_json(make_register()))), st.binary(max_size=3), st.integers(0, 3))
def test_a_damaged_file_is_read_or_refused(start, put_in, taken_out):
    content = canonical_json(make_register())
    reading = read_register(content[:start] + put_in + content[start + taken_out :])
    assert (reading.register is None) == bool(reading.problems)
