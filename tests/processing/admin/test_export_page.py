"""The page that hands out the register: who may, what comes, and what is said when it cannot be made."""

import hashlib
import json
from datetime import date

import pytest
from django.urls import reverse

from mktnorge.roles import Role
from processing.law.editions import Edition, ExportFormat
from processing.models import RegisterExport
from processing.services.exports import remake_export
from processing.services.verifying import verify_exports
from tests.builders import ASKED_AT, fill_register, make_person
from tests.pdf_reader import TaggedPdf

pytestmark = pytest.mark.django_db
PAGE = "/admin/protokoll/eksport/"
LIST = "/admin/processing/registerexport/"


@pytest.fixture(autouse=True)
def today(time_machine) -> None:
    time_machine.move_to(ASKED_AT, tick=False)


@pytest.fixture
def auditor(client):
    person = make_person(Role.AUDITOR)
    client.force_login(person)
    return person


def test_the_address_is_the_auditors_corner():
    assert reverse("admin:processing_export") == PAGE


@pytest.mark.parametrize("role", [Role.LEADER, Role.REGISTRAR, Role.AUDITOR])
def test_those_who_may_get_the_file(client, role):
    person = make_person(role)
    client.force_login(person)
    assert client.get(PAGE).status_code == 200
    answer = client.post(PAGE, {"as_of": "2026-11-23", "format": "json", "edition": "internal"})
    assert answer.status_code == 200
    assert RegisterExport.objects.get().exported_by == person


def test_a_case_handler_may_not(client):
    client.force_login(make_person(Role.CASE_HANDLER))
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"as_of": "2026-11-23", "format": "json", "edition": "internal"}).status_code == 403
    assert "Last ned registeret" not in client.get(LIST).content.decode()
    assert not RegisterExport.objects.exists()


def test_a_stranger_is_asked_to_sign_in(client):
    answer = client.get(PAGE)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/admin/login/")


def test_looking_issues_nothing(client, auditor):
    page = client.get(PAGE).content.decode()
    assert '<input type="date" name="as_of" value="2026-11-23"' in page
    assert not RegisterExport.objects.exists()


def test_a_pdf_comes_as_a_file_with_a_name_of_its_own(client, auditor):
    fill_register(1)
    answer = client.post(PAGE, {"as_of": "2026-06-30", "format": "pdf", "edition": "internal"})
    row = RegisterExport.objects.get()
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="protokoll-2026-06-30-{row.document_id}.pdf"'
    assert "no-store" in answer["Cache-Control"]
    assert row.document_id in TaggedPdf(answer.content).text
    assert row.as_of == date(2026, 6, 30)


def test_the_date_may_be_written_the_norwegian_way(client, auditor):
    answer = client.post(PAGE, {"as_of": "30.06.2026", "format": "json", "edition": "internal"})
    assert json.loads(answer.content)["as_of"]["date"] == "2026-06-30"


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (
            {"as_of": "2026-11-24", "format": "pdf", "edition": "internal"},
            "Datoen er ikke kommet ennå. Velg i dag eller en dag som har vært.",
        ),
        (
            {"as_of": "i går", "format": "pdf", "edition": "internal"},
            "Skriv dagen slik: 2026-06-30. Da står år, måned og dag i rekkefølge.",
        ),
        ({"as_of": "", "format": "pdf", "edition": "internal"}, "Velg en dag."),
        (
            {"as_of": "2026-11-23", "format": "docx", "edition": "internal"},
            "docx er ikke et av de tilgjengelige valgene.",
        ),
        ({"as_of": "2026-11-23", "edition": "internal"}, "Feltet er påkrevet."),
    ],
)
def test_what_is_wrong_stands_at_the_field_and_what_was_written_stays(client, auditor, sent, sentence):
    answer = client.post(PAGE, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Dokumentet er ikke laget. Rett det som står under." in page
    assert sentence in page
    assert page.index('class="errorlist"') < page.index(
        "id_as_of" if "as_of" in str(answer.context["form"].errors) else "id_format"
    )
    assert f'value="{sent["as_of"]}"' in page or not sent["as_of"]
    assert not RegisterExport.objects.exists()


def test_issued_documents_are_listed_for_looking_only(client, auditor):
    client.post(PAGE, {"as_of": "2026-06-30", "format": "json", "edition": "internal"})
    row = RegisterExport.objects.get()
    page = client.get(LIST).content.decode()
    assert row.document_id in page
    assert PAGE in page
    assert client.get(f"{LIST}{row.pk}/change/").status_code == 200
    assert client.post(f"{LIST}{row.pk}/change/", {"document_id": "X"}).status_code == 403
    assert client.get(f"{LIST}{row.pk}/delete/").status_code == 403
    assert client.get(f"{LIST}add/").status_code == 403


@pytest.mark.parametrize("format", ExportFormat)
@pytest.mark.parametrize("edition", Edition)
def test_every_format_of_both_editions_can_be_had(client, auditor, format, edition):
    fill_register(1)
    sent = {"as_of": "2026-06-30", "law_on": "2021-01-01", "format": format.value, "edition": edition.value}
    answer = client.post(PAGE, sent)
    row = RegisterExport.objects.get()
    assert answer.status_code == 200
    assert (row.format, row.edition, row.law_on) == (format.value, edition.value, date(2021, 1, 1))
    assert answer["Content-Disposition"].endswith(f'{row.document_id}.{format.extension}"')
    assert hashlib.sha256(answer.content).hexdigest() == row.file_sha256
    assert (row.finding_count > 0) == (edition is Edition.INTERNAL)
    assert verify_exports() == []
    assert remake_export(document=row) == answer.content


@pytest.mark.parametrize(
    ("sent", "field", "sentence"),
    [
        ({}, "edition", "Feltet er påkrevet."),
        ({"edition": "secret"}, "edition", "secret er ikke et av de tilgjengelige valgene."),
        ({"edition": "internal", "law_on": "i går"}, "law_on", "Skriv dagen slik: 2026-06-30."),
    ],
)
def test_an_edition_is_chosen_and_the_day_of_the_law_is_a_day(client, auditor, sent, field, sentence):
    answer = client.post(PAGE, {"as_of": "2026-11-23", "format": "json", **sent})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert sentence in answer.content.decode()
    assert not RegisterExport.objects.exists()
