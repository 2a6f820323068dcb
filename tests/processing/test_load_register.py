"""`load_register` fills an empty register at one moment, and does nothing at all when anything is wrong."""

import shutil
import threading
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from mktnorge.models import User
from mktnorge.startup import Start
from processing.models import Activity, Controller, Party, SubjectCategory
from processing.models.governed import Governed, register_edit
from processing.register import register_as_of
from processing.services.loading import SEED_DIR, AlreadyLoaded, SeedInvalid, load_register, read_seed
from processing.startup import load_company_register
from tests.company import load_company

# Reading the seed asks the database too: constraints are checked there.
pytestmark = pytest.mark.django_db

LOADED_AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
LATER = LOADED_AT + timedelta(days=1)
GOVERNED = [model for model in apps.get_app_config("processing").get_models() if issubclass(model, Governed)]

A01 = "activities/A01-henvendelser.toml"
A02 = "activities/A02-kjop-av-tjenester.toml"
A05 = "activities/A05-videosamtale.toml"
A07 = "activities/A07-jobbsokere.toml"


def rows() -> dict[str, tuple[int, int]]:
    """How many rows each table has, and how many its history has."""
    return {
        model.__name__: (model.objects.count(), model.history.count())
        for model in GOVERNED
        if model.objects.exists() or model.history.exists()
    }


@pytest.fixture
def seed(tmp_path: Path) -> Path:
    """A copy of the seed that a test may break."""
    return Path(shutil.copytree(SEED_DIR, tmp_path / "seed"))


def change(seed: Path, file: str, old: str, new: str) -> int:
    """Replace the first `old` in the file, and return its line."""
    path = seed / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def run(**options: object) -> tuple[str, str]:
    """Run the command and return what it wrote to standard output and standard error."""
    out, err = StringIO(), StringIO()
    call_command("load_register", stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


# Filling


def test_assessments_in_the_files_are_read(seed):
    with (seed / A01).open("a", encoding="utf-8") as file:
        file.write("""
[[purposes]]
key = "weighed"
description = "Svare på det folk spør om"

[[balancing_tests]]
purpose = "weighed"
interest = "Å svare"
conclusion = "interest"
concluded_on = 2026-11-01

[[screening]]
criterion = "sensitive"
answer = "possible"

[[impact_assessments]]
risks = "At noen andre leser svaret"

[[transfer_assessments]]
country = "US"
""")
    load_register(at=LOADED_AT, source=seed)
    (activity, *_rest) = register_as_of(LOADED_AT).activities
    assert [(row.purpose, row.conclusion) for row in activity.balancing_tests] == [
        ("Svare på det folk spør om", "interest")
    ]
    assert [(row.criterion, row.answer) for row in activity.screening] == [("sensitive", "possible")]
    assert [row.risks for row in activity.impact_assessments] == ["At noen andre leser svaret"]
    assert [row.country for row in activity.transfer_assessments] == ["US"]


def test_the_register_is_full_from_the_moment_of_loading_and_empty_before():
    loaded = load_register(at=LOADED_AT)
    register = register_as_of(LOADED_AT)
    assert len(register.activities) == loaded.counts["aktiviteter"] == 14
    assert len(register.subject_categories) == loaded.counts["grupper av personer"] == 12
    assert register_as_of(LOADED_AT - timedelta(microseconds=1)).is_empty


def test_every_row_has_one_history_row_of_the_same_moment_person_and_reason():
    leader = User.objects.create_user("leder@test.example", name="Leder")
    loaded = load_register(at=LOADED_AT, by=leader)
    found = rows()
    assert sum(current for current, _history in found.values()) == loaded.total
    assert all(current == history for current, history in found.values())
    history = [row for model in GOVERNED for row in model.history.all()]
    assert {(row.history_date, row.history_user, row.history_type) for row in history} == {(LOADED_AT, leader, "+")}
    assert len({row.history_change_reason for row in history}) == 1
    assert history[0].history_change_reason


def test_rows_stand_in_the_order_of_the_file():
    load_register(at=LOADED_AT)
    recording = next(record for record in register_as_of(LOADED_AT).activities if record.number == "A05")
    assert [rule.covers for rule in recording.retention] == ["Lyd og bilde", "Chatmeldinger", "Navn og IP-adresse"]
    assert [row.category.code for row in recording.data][:3] == ["name", "name", "live_sound_and_picture"]


def test_a_second_load_changes_nothing():
    load_register(at=LOADED_AT)
    before = rows()
    with pytest.raises(AlreadyLoaded, match="alt fylt"):
        load_register(at=LATER)
    assert rows() == before
    assert register_as_of(LATER).activities == register_as_of(LOADED_AT).activities


@pytest.mark.parametrize(
    "row",
    [
        lambda: Controller(legal_name="Prøve AS"),
        lambda: Activity(number="A90", code="prove", name="Prøve"),
    ],
    ids=["a controller", "an activity"],
)
def test_a_register_that_somebody_has_begun_is_left_alone(row):
    with register_edit(at=LOADED_AT):
        row().save()
    before = rows()
    with pytest.raises(AlreadyLoaded):
        load_register(at=LATER)
    assert rows() == before


def test_words_without_activities_do_not_count_as_a_register():
    """A code that is taken stops the load as a whole: nothing is written beside what was there."""
    with register_edit(at=LOADED_AT):
        SubjectCategory(code="others", name="Andre").save()
    load_register(at=LATER)
    assert len(register_as_of(LATER).subject_categories) == 13


@pytest.mark.django_db(transaction=True)
def test_of_two_loads_at_once_one_fills_the_register():
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        # One connection is all an SQLite database in memory has: the two would share a transaction.
        assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        return
    ready, outcomes = threading.Barrier(2), []

    def load() -> None:
        ready.wait(timeout=20)
        try:
            outcomes.append(load_register(at=LOADED_AT).total)
        except AlreadyLoaded:
            outcomes.append(None)
        finally:
            connection.close()

    threads = [threading.Thread(target=load) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert outcomes.count(None) == 1
    assert sum(history for _current, history in rows().values()) == sum(filter(None, outcomes))


# Broken files. Each case: what is replaced by what in which file, and the key and words of the problem.

BROKEN = {
    "unknown key": (A01, 'status = "active"', 'stauts = "active"', "stauts", "Ukjent nøkkel. Mente du «status»?"),
    "unknown key of a row": (A01, 'covers = "Henvendelser"', 'cover = "X"', "retention[1].cover", "Mente du «covers»"),
    "unknown section": ("company.toml", "[[statements]]", "[[statement]]", "statement", "Mente du «statements»?"),
    "unknown code": (A02, 'unit = "years"', 'unit = "aar"', "retention[1].unit", "«aar» finnes ikke"),
    "unknown fact": (A02, '"possible"', '"perhaps"', "special_categories", "yes, no, possible, not_stated"),
    "unknown presence": (A02, 'presence = "yes"', 'presence = "no"', "data[1].presence", "yes, possible"),
    "missing key": (A01, 'name = "Henvendelser og dialog"\n', "", "name", "Mangler."),
    "missing key of a row": (A01, 'basis = "f"\n', "", "legal_grounds[1].basis", "Mangler."),
    "missing list": (A01, 'subjects = ["clients"', 'presense = ["clients"', "data[1].subjects", "Mangler."),
    "empty text": (A01, 'name = "Henvendelser og dialog"', 'name = ""', "name", "kan ikke være blankt"),
    "number for text": (A01, 'name = "Henvendelser og dialog"', "name = 12", "name", "Må være tekst"),
    "text for number": (A01, "period = 24", 'period = "24"', "retention[1].period", "Må være et helt tall"),
    "truth for number": (A01, "period = 24", "period = true", "retention[1].period", "Må være et helt tall"),
    "text for truth": ("vocabulary.toml", "general = true", 'general = "yes"', "measures[1].general", "true eller"),
    "moment for date": (A01, 'status = "a', 'valid_from = 2026-01-01T00:00:00\nstatus = "a', "valid_from", "en dato"),
    "number out of range": (A01, "period = 24", "period = -1", "retention[1].period", "større enn eller lik 0"),
    "code for text": (A01, 'purpose = "answer"', "purpose = 1", "legal_grounds[1].purpose", "Må være tekst"),
    "dangling party": (A01, 'party = "web_hosting"', 'party = "gone"', "disclosures[1].party", "«gone» finnes ikke"),
    "dangling category": (A01, '["name"', '["nme"', "data[1].category", "«nme» finnes ikke"),
    "dangling purpose": (A01, 'purpose = "answer"', 'purpose = "x"', "legal_grounds[1].purpose", "answer, history"),
    "dangling rule": (A05, 'retention = "stream"', 'retention = "x"', "data[2].retention", "stream, chat"),
    "dangling measure": (A05, '["secure_streaming_service"', '["x"', "safeguards[1].measure", "«x» finnes ikke"),
    "purpose of another activity": (A02, 'basis = "b"', 'basis = "b"\npurpose = "answer"', "legal_grounds[1].purpose",
                                    "«answer» finnes ikke"),
    "list instead of tables": (A07, "sources = [", "systems = {}\nsources = [", "systems", "liste av koder"),
    "tables instead of list": (A07, 'kind = "data_subject" }]', 'kind = "data_subject" }, "x"]', "sources",
                               "liste av tabeller"),
    "repeated number": (A02, 'number = "A02"', 'number = "A01"', "number", f"er brukt før, i {A01}"),
    "repeated code": (A02, 'code = "service_purchase"', 'code = "enquiries"', "code", f"er brukt før, i {A01}"),
    "repeated word": ("vocabulary.toml", 'code = "events"', 'code = "contact"', "situations[4].code",
                      "«contact» er brukt før"),
    "repeated key": (A02, 'key = "sales"', 'key = "deliver"', "purposes[2].key", "er brukt før i denne filen"),
    "repeated pair": (A05, '"live_sound_and_picture"', '"name"', "data[2]", "står der allerede"),
    "repeated recipient": (A02, 'party = "payment"', 'party = "accounting"', "disclosures[3]", "står der allerede"),
    "repeated source": (A07, 'kind = "data_subject" }]', 'kind = "data_subject" }, { kind = "data_subject" }]',
                        "sources[2]", "står der allerede"),
    "repeated condition": (A07, 'condition = "9-2-h"', 'condition = "9-2-b"', "special_grounds[2]",
                           "står der allerede"),
    "number of the wrong form": (A01, 'number = "A01"', 'number = "B1"', "number", "Nummeret skrives A"),
    "number that is not the file's": (A01, 'number = "A01"', 'number = "A99"', "number", "Filnavnet må begynne med"),
    "wrong check digit": ("company.toml", '"926194569"', '"926194560"', "controller.org_no", "kontrollsifferet"),
    "wrong address": ("company.toml", '"info@mkt-oslo.no"', '"info"', "controller.email", "gyldig e-postadresse"),
    "wrong country": ("company.toml", 'country = "US"', 'country = "USA"', "transfers[2].country", "to store bok"),
    "period without unit": (A01, 'unit = "months"\n', "", "retention[1]", "Tid og enhet hører sammen"),
    "end before start": (A01, 'status = "a', 'valid_from = 2026-02-01\nvalid_to = 2026-01-01\nstatus = "a', "",
                         "kan ikke være før"),
    "agreement with an adviser": ("vocabulary.toml", 'role = "adviser"', 'role = "adviser"\nhas_agreement = "yes"',
                                  "parties[14]", "Bare databehandlere"),
    "text too long": (A01, 'statute = "Bokf', f'statute = "{"x" * 201}Bokf', "retention[2].statute",
                      "200 eller færre tegn"),
    "remark on no field": (A01, 'field = "special_grounds"', 'field = "grounds"', "remarks[1].field", "«grounds»"),
    "remark on no subfield": (A02, 'field = "retention.trigger"', 'field = "retention.x"', "proposals[4].field",
                              "«retention.x»"),
    "remark on the company's no field": ("company.toml", 'field = "trading_name"', 'field = "title"',
                                         "remarks[2].field", "«title»"),
    "gap of the wrong form": (A01, 'gap = "G08"', 'gap = "G8"', "remarks[1].gap", "for eksempel G09"),
    "proposal of an unknown code": (A01, 'value = "gdpr_only"', 'value = "gdpr"', "proposals[1].value", "«gdpr»"),
    "proposal of an unknown party": ("activities/A06-opptak-av-time.toml", 'value = "video_service"',
                                     'value = "film"', "proposals[4].value", "«film»"),
    "position in the file": (A01, 'key = "history"', 'key = "history"\nposition = 1', "purposes[2].position", "Ukjent"),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_is_named_with_line_and_key_and_nothing_is_written(seed, case):
    file, old, new, key, words = BROKEN[case]
    changed = change(seed, file, old, new)
    with pytest.raises(SeedInvalid) as refusal:
        load_register(at=LOADED_AT, source=seed)
    assert rows() == {}
    problems = refusal.value.problems
    assert {problem.file for problem in problems} == {file}
    found = [problem for problem in problems if problem.key == key and words in problem.text]
    assert len(found) == 1, [str(problem) for problem in problems]
    if found[0].line is None:
        # Only what is missing from, or wrong with, the whole file has no line.
        assert str(found[0]).startswith(f"{file}: " if not key else f"{file}, {key}: ")
        assert "." not in key
    else:
        assert str(found[0]).startswith(f"{file}, linje {found[0].line}, {key}: ")
        assert found[0].line in {changed, *lines_of(seed / file, key)}


def lines_of(path: Path, key: str) -> list[int]:
    """The lines that may be meant by `key`: those with its last word, and those where its row begins."""
    row, _dot, last = key.rpartition(".")
    section = (row or last).partition("[")[0]
    return [
        number
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if line.startswith((f"[[{section}", f"[{section}", f"{section} =")) or f"{last} = " in line
    ]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('status = "active"', "status = active", 6),
        ('number = "A01"', "number = ", 1),
        ('code = "enquiries"', 'number = "A01"', 2),
        ('name = "Henvendelser og dialog"', 'name = "Henvendelser', 3),
    ],
)
def test_a_file_that_is_not_toml_is_named_with_its_line(seed, old, new, line):
    assert change(seed, A01, old, new) == line
    with pytest.raises(SeedInvalid) as refusal:
        load_register(at=LOADED_AT, source=seed)
    (problem,) = refusal.value.problems
    assert (problem.file, problem.line) == (A01, line)
    assert "ikke gyldig TOML" in problem.text
    assert rows() == {}


@pytest.mark.parametrize(
    ("breaks", "file", "line", "words"),
    [
        (lambda seed: (seed / "company.toml").unlink(), "company.toml", None, "finnes ikke"),
        (lambda seed: (seed / "vocabulary.toml").unlink(), "vocabulary.toml", None, "finnes ikke"),
        (lambda seed: shutil.rmtree(seed / "activities"), "activities/", None, "ingen filer"),
        (lambda seed: (seed / A01).write_bytes(b'number = "A01"\nname = "\xe5"'), A01, 2, "UTF-8"),
        (lambda seed: (seed / A01).write_text("x = " + "[" * 5000), A01, None, "for mange nivåer"),
        (lambda seed: (seed / "company.toml").write_text(""), "company.toml", None, "Mangler."),
        (lambda seed: (seed / "company.toml").write_text("controller = 1"), "company.toml", 1, "Må være en tabell"),
    ],
)
def test_a_file_that_cannot_be_used_at_all_is_the_only_problem(seed, breaks, file, line, words):
    breaks(seed)
    with pytest.raises(SeedInvalid) as refusal:
        read_seed(seed)
    (problem,) = refusal.value.problems
    assert (problem.file, problem.line) == (file, line)
    assert words in problem.text


def test_all_problems_are_told_at_once(seed):
    change(seed, A01, 'unit = "months"', 'unit = "m"')
    change(seed, A02, 'basis = "b"', 'basis = "x"')
    change(seed, "company.toml", 'tool = "scc"', 'tool = "sc"')
    with pytest.raises(SeedInvalid) as refusal:
        read_seed(seed)
    assert {(problem.file, problem.key) for problem in refusal.value.problems} == {
        (A01, "retention[1].unit"),
        (A02, "legal_grounds[1].basis"),
        ("company.toml", "transfers[3].tool"),
    }


def test_a_word_that_cannot_be_read_is_one_problem_and_not_one_for_each_use(seed):
    change(seed, "vocabulary.toml", 'role = "processor"', 'role = "helper"')
    with pytest.raises(SeedInvalid) as refusal:
        read_seed(seed)
    (problem,) = refusal.value.problems
    assert (problem.file, problem.key) == ("vocabulary.toml", "parties[1].role")


def test_rows_of_a_list_are_found_on_their_own_lines(seed):
    line = change(seed, A01, 'party = "cloud_storage"', 'party = "cloud"')
    with pytest.raises(SeedInvalid) as refusal:
        read_seed(seed)
    (problem,) = refusal.value.problems
    assert (problem.key, problem.line) == ("disclosures[3].party", line)


def test_lines_are_counted_past_texts_of_many_lines(seed):
    change(seed, A01, 'status = "active"', 'description = """\n[[purposes]]\nname = "no"\n"""\nstatus = "new"')
    with pytest.raises(SeedInvalid) as refusal:
        read_seed(seed)
    (problem,) = refusal.value.problems
    assert (problem.key, problem.line) == ("status", 10)


# The command and the step of `manage.py start`


def test_the_command_tells_what_it_filled_and_the_second_time_that_it_did_not(time_machine):
    time_machine.move_to(LOADED_AT, tick=False)
    out, err = run()
    assert "Registeret er fylt med" in out
    assert "14  aktiviteter" in out
    assert "Leser" in err
    assert len(register_as_of(LOADED_AT).activities) == 14
    before = rows()
    out, _err = run()
    assert out.strip() == "Registeret er alt fylt; ingenting er endret."
    assert rows() == before


def test_the_command_fails_with_every_problem_on_a_line(seed):
    change(seed, A01, 'unit = "months"', 'unit = "m"')
    line = change(seed, A02, 'basis = "b"', 'basis = "x"')
    with pytest.raises(CommandError) as refusal:
        run(source=seed)
    assert refusal.value.returncode == 1
    heading, first, second = str(refusal.value).splitlines()
    assert heading == "Ingenting er lest inn. 2 feil:"
    assert first.startswith(f"  {A01}, linje ")
    assert second.startswith(f"  {A02}, linje {line}, legal_grounds[1].basis: «x» finnes ikke.")
    assert rows() == {}


def test_start_fills_the_register_once_in_the_name_of_the_leader():
    leader = User.objects.create_user("leder@test.example", name="Leder")
    assert load_company_register(Start(at=LOADED_AT, by=leader)).startswith("Registeret er fylt med")
    assert load_company_register(Start(at=LATER, by=leader)) == "Registeret finnes allerede."
    assert {row.history_user for row in Party.history.all()} == {leader}


def test_the_stage_of_other_tests_is_the_register_that_the_loader_writes():
    for _ in range(2):
        with transaction.atomic():
            load_company(at=LOADED_AT)
            staged, staged_rows = register_as_of(LOADED_AT), rows()
            with register_edit(at=LATER):
                SubjectCategory(code="new", name="Får en nøkkel som er ledig").save()
            transaction.set_rollback(True)
    load_register(at=LOADED_AT)
    assert (staged, staged_rows) == (register_as_of(LOADED_AT), rows())
