"""«Til sletting eller gjennomgang»: what the company's own rules have come to, who may confirm, and what is refused."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mktnorge.roles import Role
from processing.law.due import RetentionOutcome
from processing.models import Confirmation, RetentionRule
from processing.models.governed import register_edit
from processing.services.loading import load_register
from tests.builders import ASKED_AT, WRITTEN_AT, make_activity, make_controller
from tests.processing.admin.pages import ENGLISH, words_of

PAGE = "/admin/protokoll/sletting/"
VOUCHERS = {"covers": "Bilag", "trigger": "financial_year_end", "kind": "minimum", "period": 5, "unit": "years"}
JOURNAL = {"covers": "Notater", "trigger": "last_entry", "kind": "minimum", "period": 10, "unit": "years"}


@pytest.fixture(autouse=True)
def today(time_machine) -> None:
    time_machine.move_to(ASKED_AT, tick=False)


def keep(*rules: dict, **about):
    activity = make_activity(bare=True, **about)
    with register_edit(at=WRITTEN_AT):
        for position, rule in enumerate(rules):
            RetentionRule.objects.create(activity=activity, position=position, **rule)
    return activity


@pytest.fixture
def vouchers(db):
    make_controller()
    return keep(VOUCHERS, owner="Regnskapsansvarlig")


def test_the_companys_own_rules(db, registrar):
    """Four rules of bookkeeping, the clean-up of enquiries, the journal and the newsletter's measuring; the rest why
    not."""
    load_register(at=WRITTEN_AT)
    page = registrar.get(PAGE)
    words = words_of(page.content.decode()).replace("\u00a0", " ")

    shown = {
        section.heading: [row.holdings.what.replace("\u00a0", " ") for row in section.rows]
        for section in page.context["sections"]
    }
    assert shown == {
        "Til sletting": [
            "Regnskapsmateriale fra 2020 og før",
            "Regnskapsmateriale fra 2020 og før",
            "Honorar fra 2020 og før",
            "Måling av åpning og klikk i nyhetsbrev. Avmelding fra nyhetsbrevet: 23. mai 2026 eller før",
            "Samarbeidspartnere og databehandlere fra 2020 og før",
        ],
        "Til gjennomgang": [
            "Henvendelser",
            "Notater i journalen. Siste innføring i journalen: 22. november 2016 eller før",
        ],
    }
    assert "Kan slettes etter 31. desember 2025. Til da krever bokføringsloven § 13" in words
    assert "Se gjennom det minst hvert 2. år, og slett det dere ikke trenger lenger." in words
    assert "Ingenting blir slettet herfra. Pasientjournalloven § 25." in words
    assert "Regelen sier ikke hvor lenge." in words
    assert ENGLISH.findall(words) == []


def test_a_person_confirms_and_it_is_gone(vouchers, registrar):
    words = words_of(registrar.get(PAGE).content.decode())
    assert "Regnskapsansvarlig" in words

    answer = registrar.post(PAGE, {"key": "A01:0:2020", "outcome": "deleted", "note": "Makulert"}, follow=True)

    words = words_of(answer.content.decode())
    assert "Bekreftet: Bilag fra 2020 og før." in words
    assert "Ingenting er til sletting eller gjennomgang i dag" in words
    assert Confirmation.objects.get().note == "Makulert"


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Velg hva du gjorde."),
        ({"outcome": "kept", "note": " "}, "Skriv hvorfor det er beholdt, og når dere ser på det igjen."),
        ({"outcome": "burnt"}, "burnt er ikke et av de tilgjengelige valgene."),
        ({"outcome": "deleted", "note": "x" * 1001}, "1000"),
    ],
)
def test_what_is_wrong_stands_in_the_form_that_stays_open(vouchers, registrar, sent, sentence):
    answer = registrar.post(PAGE, {"key": "A01:0:2020", "note": "Mitt notat", **sent})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Ingenting er bekreftet." in page
    assert sentence in page
    assert "<details open>" in page
    assert not Confirmation.objects.exists()


def test_what_somebody_else_has_confirmed_is_told(vouchers, registrar):
    answer = registrar.post(PAGE, {"key": "A01:0:2019", "outcome": "deleted"}, follow=True)
    assert "Dette står ikke på listen lenger." in words_of(answer.content.decode())


def test_a_journal_cannot_be_deleted_whatever_is_sent(db, registrar):
    make_controller()
    keep(JOURNAL)
    page = registrar.get(PAGE).content.decode()
    assert f'value="{RetentionOutcome.DELETED}"' not in page
    answer = registrar.post(PAGE, {"key": "A01:0:", "outcome": "deleted"})
    assert answer.status_code == 422
    assert not Confirmation.objects.exists()


@pytest.mark.parametrize(
    ("role", "may"),
    [(Role.LEADER, True), (Role.REGISTRAR, True), (Role.CASE_HANDLER, False), (Role.AUDITOR, False)],
)
def test_who_may_confirm(vouchers, sign_in, role, may):
    client = sign_in(role)
    page = client.get(PAGE)
    assert page.status_code == 200
    assert "Bilag fra 2020 og før" in words_of(page.content.decode())
    assert ('name="outcome"' in page.content.decode()) is may
    answer = client.post(PAGE, {"key": "A01:0:2020", "outcome": "deleted"})
    assert answer.status_code == (302 if may else 403)
    assert Confirmation.objects.exists() is may


def test_a_stranger_is_asked_to_sign_in(client, db):
    assert client.get(PAGE)["Location"].startswith("/admin/login/")


def test_confirmations_are_listed_for_looking_only(vouchers, registrar):
    registrar.post(PAGE, {"key": "A01:0:2020", "outcome": "deleted"})
    row = Confirmation.objects.get()
    assert "Bilag fra 2020 og før" in words_of(
        registrar.get(reverse("admin:processing_confirmation_changelist")).content.decode()
    )
    change = reverse("admin:processing_confirmation_change", args=[row.pk])
    assert registrar.get(change).status_code == 200
    assert registrar.post(change, {"note": "x"}).status_code == 403


def test_the_front_page_counts_what_is_due(vouchers, registrar):
    assert "1 til sletting, 0 til gjennomgang." in words_of(registrar.get("/admin/").content.decode())
    registrar.post(PAGE, {"key": "A01:0:2020", "outcome": "nothing"})
    assert "Ingenting er til sletting eller gjennomgang i dag." in words_of(registrar.get("/admin/").content.decode())


def test_the_page_asks_as_many_queries_for_twenty_as_for_one(vouchers, registrar):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert registrar.get(PAGE).status_code == 200
        return len(captured)

    registrar.get(PAGE)
    one = queries()
    for _number in range(19):
        keep(VOUCHERS)
    assert queries() == one
