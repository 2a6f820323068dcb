"""A ready-made activity in two clicks: choose it, add it as a draft. And the refusals in words."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mktnorge.roles import Role
from processing.models import Activity, Controller
from processing.services.templates import templates
from tests.builders import fill_register, make_controller
from tests.processing.admin.pages import words_of


@pytest.fixture
def address():
    return reverse("admin:processing_activity_templates")


@pytest.fixture
def company(db):
    make_controller()


def test_the_list_says_why_and_whether_the_register_has_it(company, registrar, address):
    shown = registrar.get(address)

    words = words_of(shown.content.decode())
    assert len(shown.context["shown"]) == len(templates())
    assert all(one.why in words and one.name in words for one in templates())
    assert words.count("Ikke i registeret") == len(templates())
    assert "<details open" not in shown.content.decode()


def test_two_clicks_from_the_list_to_the_change_page_of_a_draft(company, registrar, address):
    answer = registrar.post(address, {"mal": "events"}, follow=True)

    activity = Activity.objects.get()
    assert answer.redirect_chain == [(reverse("admin:processing_activity_change", args=[activity.pk]), 302)]
    assert (activity.number, activity.status) == ("A01", "draft")
    assert "A01 er lagt til som utkast" in words_of(answer.content.decode())
    assert LogEntry.objects.get().object_id == str(activity.pk)
    again = registrar.get(address)
    assert "A01 Arrangementer og kurs" in words_of(again.content.decode())
    assert again.content.decode().count('name="mal"') == len(templates()) - 1


def test_a_second_click_opens_what_the_first_one_made(company, registrar, address):
    registrar.post(address, {"mal": "events"})

    answer = registrar.post(address, {"mal": "events"}, follow=True)

    assert Activity.objects.count() == 1
    assert "Aktiviteten finnes alt, som A01" in words_of(answer.content.decode())


@pytest.mark.parametrize("code", ["", "finnes-ikke", "vocabulary", "../company", "events\x00"])
def test_a_template_that_does_not_exist_is_refused_in_words(code, company, registrar, address):
    answer = registrar.post(address, {"mal": code}, follow=True)

    assert "Malen finnes ikke" in words_of(answer.content.decode())
    assert not Activity.objects.exists()


def test_a_finding_leads_to_the_template_that_answers_it(company, registrar, sign_in, address):
    company_page = reverse("admin:processing_controller_change", args=[Controller.objects.get().pk])
    fill_register(1)

    way = f"{address}?mal=breach_log#mal-breach_log"
    assert f'href="{way}"' in registrar.get(company_page).content.decode()
    assert way not in sign_in(Role.AUDITOR).get(company_page).content.decode()
    opened = registrar.get(way)
    assert [one.offer.template.code for one in opened.context["shown"] if one.is_open] == ["breach_log"]


@pytest.mark.parametrize(
    ("role", "status"), [(Role.LEADER, 200), (Role.REGISTRAR, 200), (Role.CASE_HANDLER, 403), (Role.AUDITOR, 403)]
)
def test_those_who_may_add_an_activity_may_add_a_template(role, status, company, sign_in, address):
    client = sign_in(role)
    assert client.get(address).status_code == status
    assert ("Legg til fra mal" in client.get(reverse("admin:processing_activity_changelist")).content.decode()) == (
        status == 200
    )
    client.post(address, {"mal": "events"})
    assert Activity.objects.exists() == (status == 200)


def test_the_page_asks_as_much_for_many_activities_as_for_few(registrar, address):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            registrar.get(address)
        return len(asked)

    fill_register(1)
    registrar.get(address)
    few = queries()
    fill_register(12)
    assert queries() == few
