"""The page that reads a file: who may, what is shown first, and that only what was seen is written."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mktnorge.roles import Role
from processing.admin.importing import AROUND_THE_FILE, LARGEST_FILE
from processing.exports.json import canonical_json
from processing.models import Activity
from processing.models.governed import register_edit
from processing.register import edits_of, register_as_of
from tests.builders import ASKED_AT, WRITTEN_AT, make_activity, make_controller
from tests.processing.spreadsheets import filled, opened, template

pytestmark = pytest.mark.django_db
PAGE = "/admin/protokoll/import/"
TEMPLATE = "/admin/protokoll/import/mal.xlsx"


@pytest.fixture(autouse=True)
def today(time_machine) -> None:
    time_machine.move_to(ASKED_AT, tick=False)


def upload(content: bytes, name: str = "protokoll.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def new_activity() -> bytes:
    return filled({"Aktiviteter": [{"navn": "Venteliste"}]}, template())


def second(client, content: bytes, **over: object) -> dict[str, object]:
    """What the second form sends: what the first answer holds, the file again and a reason."""
    form = client.post(PAGE, {"file": upload(content)}).context["form"]
    return {**form.initial, "step": "apply", "file": upload(content), "reason": "Ny aktivitet"} | over


@pytest.mark.parametrize("role", Role)
def test_those_who_keep_the_register_may_and_nobody_else(sign_in, role):
    client = sign_in(role)
    expected = 200 if role in {Role.LEADER, Role.REGISTRAR} else 403
    assert client.get(PAGE).status_code == expected
    assert client.get(TEMPLATE).status_code == expected
    assert client.post(PAGE, {"file": upload(new_activity())}).status_code == expected
    assert ("Les inn en fil" in client.get("/admin/processing/activity/").content.decode()) == (expected == 200)


def test_the_first_step_shows_and_writes_nothing(registrar):
    page = registrar.post(PAGE, {"file": upload(new_activity())})
    text = page.content.decode()
    assert page.status_code == 200
    assert "Arket «Aktiviteter»: 1 rad er lest." in text
    assert "«Venteliste» er ny, og fikk nummeret A01." in text
    assert "Aktivitet «Venteliste» kommer til" in text
    assert "Gjennomfør" in text
    assert not Activity.objects.exists()


def test_the_second_step_is_one_dated_edit_with_a_reason(registrar):
    answer = registrar.post(PAGE, second(registrar, new_activity()))
    assert answer.status_code == 302
    activity = Activity.objects.get()
    [edit] = edits_of(activity)
    assert (edit.at, edit.reason) == (ASKED_AT, "Ny aktivitet")
    assert edit.by is not None
    assert "1 rader er skrevet." in registrar.get(PAGE).content.decode()


def test_another_file_is_shown_anew_and_not_written(registrar):
    other = filled({"Aktiviteter": [{"navn": "En annen"}]}, template())
    answer = registrar.post(PAGE, second(registrar, new_activity(), file=upload(other)))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Dette er ikke den samme filen." in text
    assert "Aktivitet «En annen» kommer til" in text
    assert not Activity.objects.exists()


def test_a_register_that_moved_on_is_shown_anew_and_not_written_over(registrar):
    make_controller()
    activity = make_activity()
    register = register_as_of(ASKED_AT)
    changed = replace(register, activities=(replace(register.activities[0], owner="Fagansvarlig"),))
    data = second(registrar, canonical_json(changed))
    with register_edit(at=ASKED_AT, reason="Annet"):
        activity.refresh_from_db()
        activity.owner = "Noen andre"
        activity.save()
    answer = registrar.post(PAGE, data)
    assert answer.status_code == 422
    assert "Registeret er endret etter at du så på filen." in answer.content.decode()
    activity.refresh_from_db()
    assert activity.owner == "Noen andre"


def test_a_reason_is_asked_for(registrar):
    answer = registrar.post(PAGE, second(registrar, new_activity(), reason=""))
    assert answer.status_code == 422
    assert not Activity.objects.exists()


def test_the_same_register_changes_nothing(registrar):
    make_controller(at=WRITTEN_AT)
    page = registrar.post(PAGE, {"file": upload(canonical_json(register_as_of(ASKED_AT)), "protokoll.json")})
    assert "Registeret sier det samme som filen." in page.content.decode()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Filen er tom."),
        (b"%PDF-1.7", "Filen er en PDF."),
        (b"navn;alder", "Filen er ikke et register vi kan lese."),
        (filled({"Aktiviteter": [{"navn": "=1+1"}]}, template()), "rad 2, kolonne C («navn»): Her står en formel."),
        (bytes(LARGEST_FILE + 1), "Filen er for stor. Den kan være på høyst 10 MB."),
    ],
    ids=["empty", "pdf", "other", "formula", "large"],
)
def test_what_is_wrong_is_said_and_nothing_is_written(registrar, content, sentence):
    answer = registrar.post(PAGE, {"file": upload(content)})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Activity.objects.exists()


def test_a_body_that_is_too_large_is_refused_before_it_is_read(registrar):
    answer = registrar.post(PAGE, {"file": upload(bytes(LARGEST_FILE + AROUND_THE_FILE))})
    assert answer.status_code == 413
    assert answer.content.decode() == "Filen er for stor. Den kan være på høyst 10 MB. Ingenting er lest."
    assert registrar.post(PAGE, CONTENT_LENGTH="mange").status_code == 413


def test_the_form_of_another_site_is_refused(sign_in):
    client = sign_in(Role.REGISTRAR)
    client.handler.enforce_csrf_checks = True
    assert client.post(PAGE, {"file": upload(new_activity())}).status_code == 403


def test_the_template_is_a_workbook(registrar):
    answer = registrar.get(TEMPLATE)
    assert answer["Content-Disposition"] == 'attachment; filename="protokoll-mal.xlsx"'
    assert "Aktiviteter" in opened(answer.content).sheetnames
