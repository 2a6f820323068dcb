"""The request form as a person meets it: what it asks, what it refuses, and what it never shows."""

import html
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse

from mktnorge.sealing import unseal
from processing.law.rights import Right
from processing.models import Activity
from processing.models.governed import register_edit
from rights.forms.journey import RequestForm
from rights.law.terms import ContactWay, Relation
from rights.models import RequestEvent, RightsRequest
from rights.views.journey import FORM_CODE_LABEL
from tests.rights.builders import RECEIVED_AT
from tests.rights.hostile import HOSTILE
from tests.rights.pages import CASE, RECEIPT, REQUEST, answers, code_on, send, submit

pytestmark = pytest.mark.django_db


def errors(response) -> dict[str, list[str]]:
    return {name: list(messages) for name, messages in response.context["form"].errors.items()}


def test_the_form_offers_every_right_in_plain_words_and_not_being_sure(client):
    page = client.get(REQUEST).content.decode()
    for right in Right:
        assert f'value="{right.value}"' in page
        assert html.escape(right.plain) in page
    assert "Jeg er ikke sikker" in page
    assert page.index("eller</p>") < page.index("Jeg er ikke sikker")
    assert page.index("Trekke et samtykke") < page.index("eller</p>")


def test_the_form_asks_for_no_more_than_it_may():
    # R-ID-1: no identity number, no file, no telephone number, no reason; quality.md D4, 63.
    assert list(RequestForm().fields) == [
        "rett",
        "rolle",
        "melding",
        "navn",
        "kanal",
        "epost",
        "adresse",
        "forsiktig",
        "nokkel",
        "aktivitet",
    ]


def test_the_shortest_valid_request_is_three_choices_and_a_name(client):
    response = submit(client)
    assert (response.status_code, response["Location"]) == (303, RECEIPT)
    assert RightsRequest.objects.get().name == "Test Testesen"


def test_what_was_filled_in_is_what_is_stored(client):
    with register_edit(at=RECEIVED_AT):
        Activity.objects.create(number="A03", name="Journal")
    submit(
        client,
        rett=["access", "erasure", "usikker"],
        rolle="relative",
        melding="Punkt 1\r\nPunkt 2",
        navn="Åse Testesen",
        kanal="email",
        epost="ase@example.com",
        adresse="Testveien 1",
        forsiktig=["ingen_beskjed", "noytral_konvolutt"],
        aktivitet="A03",
    )
    case = RightsRequest.objects.get()
    assert sorted(requested.right for requested in case.requested_rights.all()) == ["access", "erasure"]
    assert case.unsure
    assert (case.relation, case.name, case.message) == ("relative", "Åse Testesen", "Punkt 1\nPunkt 2")
    assert (case.contact_way, case.email, case.address) == ("email", "ase@example.com", "")
    assert case.no_voicemail
    assert case.neutral_envelope
    assert case.activity_number == "A03"
    assert case.channel == "web"


@pytest.mark.parametrize("relation", Relation)
@pytest.mark.parametrize("way", ContactWay)
def test_every_relation_and_way_to_be_reached_is_accepted(client, relation, way):
    response = submit(client, rolle=relation.value, kanal=way.value, epost="a@example.com", adresse="Testveien 1")
    assert response["Location"] == RECEIPT
    case = RightsRequest.objects.get()
    assert (case.relation, case.contact_way) == (relation, way)


@pytest.mark.parametrize(
    ("over", "field", "message"),
    [
        ({"rett": None}, "rett", "Velg hva du vil. Er du usikker, velg «Jeg er ikke sikker»."),
        ({"rett": ["alt"]}, "rett", "Velg hva du vil. Er du usikker, velg «Jeg er ikke sikker»."),
        ({"rolle": None}, "rolle", "Velg hva slags kontakt du har hatt med oss. Du kan velge «Noe annet»."),
        ({"rolle": "sjef"}, "rolle", "Velg hva slags kontakt du har hatt med oss. Du kan velge «Noe annet»."),
        ({"navn": ""}, "navn", "Navn må fylles ut. Skriv navnet vi kjenner deg under."),
        ({"navn": " \u200b\x00 "}, "navn", "Navn må fylles ut. Skriv navnet vi kjenner deg under."),
        ({"navn": "a" * 201}, "navn", "Teksten er for lang. Du har brukt 201 tegn, og det er plass til 200."),
        ({"melding": "a" * 4001}, "melding", "Teksten er for lang. Du har brukt 4001 tegn, og det er plass til 4000."),
        ({"kanal": None}, "kanal", "Velg hvordan vi skal svare deg."),
        ({"kanal": "due"}, "kanal", "Velg hvordan vi skal svare deg."),
        ({"kanal": "email"}, "epost", "E-postadresse mangler. Skriv den, eller velg en annen måte å få svar på."),
        ({"kanal": "email", "epost": "a@"}, "epost", "E-postadresse må ha formen navn@eksempel.no."),
        ({"kanal": "email", "epost": "a@b.no\r\nBcc: c@d.no"}, "epost", "E-postadresse må ha formen navn@eksempel.no."),
        (
            {"kanal": "email", "epost": f"{'a' * 250}@example.com"},
            "epost",
            "E-postadresse må ha formen navn@eksempel.no.",
        ),
        ({"kanal": "letter", "adresse": "  "}, "adresse", "Adresse må fylles ut når du velger brev."),
        ({"forsiktig": ["noe"]}, "forsiktig", "Velg blant dem som står her, eller la det stå tomt."),
    ],
)
def test_a_wrong_field_gets_its_message_at_the_field_and_in_the_summary(client, over, field, message):
    response = submit(client, **over)
    assert response.status_code == 422
    assert errors(response)[field][0] == message
    assert list(errors(response)) == [field]
    page = response.content.decode()
    summary, rest = page.split("<h1", 1)
    assert f">{html.escape(message)}</a>" in summary
    assert html.escape(message) in rest
    assert f'href="#id_{field}' in summary
    assert "<title>Feil: " in page
    assert RightsRequest.objects.count() == 0


def test_each_link_of_the_summary_leads_to_a_control_on_the_page(client):
    page = send(client, REQUEST, {}).content.decode()
    summary = page.split("error-summary", 1)[1].split("</div>", 1)[0]
    targets = [part.split('"', 1)[0] for part in summary.split('href="#')[1:]]
    assert len(targets) == 4
    assert all(f'id="{target}"' in page for target in targets)


def test_all_errors_come_at_once_and_nothing_typed_is_lost(client):
    response = submit(
        client,
        rett=None,
        navn="",
        melding="Min <lange> tekst",
        kanal="email",
        epost="feil@",
        forsiktig=["ingen_beskjed"],
    )
    assert list(errors(response)) == ["rett", "navn", "epost"]
    form = response.context["form"]
    assert form["melding"].value() == "Min <lange> tekst"
    assert form["epost"].value() == "feil@"
    page = response.content.decode()
    assert "Min &lt;lange&gt; tekst" in page
    assert 'value="feil@"' in page
    assert page.count("checked") == 3


@pytest.mark.parametrize("way", ["call", "follow", "letter"])
def test_an_address_that_is_not_needed_is_neither_checked_nor_kept(client, way):
    response = submit(client, kanal=way, epost="feil@", adresse="Testveien 1")
    assert response["Location"] == RECEIPT
    assert RightsRequest.objects.get().email == ""


@pytest.mark.parametrize(
    ("query", "relation"),
    [
        ("", None),
        *((f"rolle={relation.slug}", relation.value) for relation in Relation),
        ("rolle=%00", None),
        ("rolle=x&rolle=klient", "client"),
    ],
)
def test_an_address_may_choose_the_relation_beforehand(client, query, relation):
    form = client.get(f"{REQUEST}?{query}").context["form"]
    assert form["rolle"].value() == relation


@pytest.mark.parametrize(
    ("query", "number"),
    [("A03", "A03"), ("A99", ""), ("a03", ""), ("A03%00", ""), ("<b>", ""), ("A0333333333", ""), ("", "")],
)
def test_an_address_may_name_an_activity_of_the_register(client, query, number):
    with register_edit(at=RECEIVED_AT):
        Activity.objects.create(number="A03", name="Journal")
    form = client.get(f"{REQUEST}?aktivitet={query}").context["form"]
    assert form["aktivitet"].value() == number
    submit(client, aktivitet=query)
    assert RightsRequest.objects.get().activity_number == number


def test_a_double_click_is_one_case_and_shows_the_code_both_times(client):
    key = client.get(REQUEST).context["form"]["nokkel"].value()
    other_window = Client()
    send(client, REQUEST, answers(nokkel=key))
    send(other_window, REQUEST, answers(nokkel=key))
    assert RightsRequest.objects.count() == RequestEvent.objects.count() == 1
    code = code_on(client.get(RECEIPT))
    assert len(code) == 26
    assert code_on(other_window.get(RECEIPT)) == code


def test_other_answers_through_the_same_form_are_another_case_with_a_code_of_its_own(client):
    key = client.get(REQUEST).context["form"]["nokkel"].value()
    first_window, second_window = Client(), Client()
    send(first_window, REQUEST, answers(nokkel=key, rett=["access"], melding="Alt fra 2024"))
    send(second_window, REQUEST, answers(nokkel=key, rett=["erasure"], melding="Slett nyhetsbrevet"))
    assert {case.message for case in RightsRequest.objects.all()} == {"Alt fra 2024", "Slett nyhetsbrevet"}
    codes = {code_on(first_window.get(RECEIPT)), code_on(second_window.get(RECEIPT))}
    assert len(codes) == 2
    assert all(len(code) == 26 for code in codes)


def test_a_form_sent_again_the_next_day_shows_no_code(client):
    with time_machine.travel(RECEIVED_AT, tick=False) as clock:
        key = client.get(REQUEST).context["form"]["nokkel"].value()
        send(client, REQUEST, answers(nokkel=key))
        clock.shift(timedelta(days=1))
        later = Client()
        send(later, REQUEST, answers(nokkel=key))
        receipt = later.get(RECEIPT)
    assert RightsRequest.objects.count() == 1
    assert code_on(receipt) == ""
    assert "Dette kravet hadde vi fått før." in receipt.content.decode()


@pytest.mark.parametrize("key", [None, "", "v1.t1.AAAA", "x" * 500, "\x00"])
def test_a_key_that_was_cut_or_made_up_is_replaced_and_the_request_comes_in(client, key):
    assert submit(client, nokkel=key)["Location"] == RECEIPT
    assert len(code_on(client.get(RECEIPT))) == 26


def test_two_forms_are_two_cases(client):
    submit(client)
    submit(client)
    assert RightsRequest.objects.count() == 2


def test_the_form_shows_its_code_to_nobody(client):
    response = client.get(REQUEST)
    code = unseal(response.context["form"]["nokkel"].value(), label=FORM_CODE_LABEL)
    assert code not in response.content.decode()


def test_an_address_that_would_be_masked_away_is_refused_at_its_field(client):
    response = submit(client, kanal="email", epost="01019012345@example.no")
    assert response.status_code == 422
    assert "ser ut som et fødselsnummer" in response.content.decode()
    assert not RightsRequest.objects.exists()


def test_an_identity_number_typed_anywhere_is_not_stored(client):
    submit(client, navn="Test 01019012345", melding="010190 12345", kanal="letter", adresse="Vei 1, 01019012345")
    case = RightsRequest.objects.get()
    assert "12345" not in case.name + case.message + case.address


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_stored_or_refused_with_a_sentence_and_never_runs(client, text):
    for field in ("melding", "navn", "epost", "adresse"):
        way = "letter" if field == "adresse" else "email"
        fields = {"kanal": way, "epost": "a@example.com", "adresse": "Vei 1", field: text}
        response = send(client, REQUEST, answers(**fields))
        assert response.status_code in {303, 422}
        if response.status_code == 422:
            assert list(errors(response)) == [field]
            page = response.content.decode()
            assert text not in page or html.escape(text) == text
        else:
            case = RightsRequest.objects.latest("pk")
            assert not set(case.name + case.message + case.address) & set("\x00\r\u202e\ufeff\u200b")
    refused = send(client, REQUEST, answers(**dict.fromkeys(("rett", "rolle", "kanal", "forsiktig"), text)))
    assert list(errors(refused)) == ["rett", "rolle", "kanal", "forsiktig"]
    assert send(client, REQUEST, answers(aktivitet=text, nokkel=text)).status_code == 303
    assert client.get(REQUEST, {"rolle": text, "aktivitet": text}).status_code == 200
    assert send(client, CASE, {"kode": text}).status_code == 422


def test_bytes_that_are_no_utf8_do_not_break_the_form(client):
    body = b"rett=access&rolle=client&kanal=follow&navn=%ED%A0%80%FF%C3Test"
    response = client.post(REQUEST, body, content_type="application/x-www-form-urlencoded")
    assert response["Location"] == RECEIPT
    assert RightsRequest.objects.get().name.endswith("Test")


def test_a_wrong_charset_is_refused(client):
    kind = "application/x-www-form-urlencoded; charset=utf-16"
    assert client.post(REQUEST, b"rett=access", content_type=kind).status_code == 400


@pytest.mark.parametrize("address", [REQUEST, CASE])
@pytest.mark.parametrize("size", [64 * 1024 + 1, 2_000_000])
def test_a_body_over_64_kb_is_refused_with_words(client, address, size):
    body = b"melding=" + b"a" * (size - 8)
    response = client.post(address, body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 413
    assert "for lang" in response.content.decode()


def test_the_longest_valid_text_fits_in_the_body(client):
    response = submit(client, melding="👩" * 4000, navn="👩" * 200, kanal="letter", adresse="👩" * 500)
    assert response["Location"] == RECEIPT


@pytest.mark.parametrize("address", [REQUEST, CASE])
def test_a_file_is_refused(client, address, tmp_path):
    file = tmp_path / "pass.pdf"
    file.write_bytes(b"%PDF-1.7")
    with file.open("rb") as opened:
        response = client.post(address, {**answers(), "kode": "x", "vedlegg": opened})
    assert response.status_code == 400
    assert RightsRequest.objects.count() == 0


def test_ten_thousand_fields_are_refused(client):
    response = send(client, REQUEST, {f"f{number}": "" for number in range(5000)})
    assert response.status_code == 413


def test_the_last_of_repeated_fields_counts_and_none_gets_past_the_checks(client):
    body = "rett=access&rolle=client&rolle=boss&navn=A&navn=B&kanal=follow"
    response = client.post(REQUEST, body, content_type="application/x-www-form-urlencoded")
    assert list(errors(response)) == ["rolle"]


def test_fields_that_are_not_asked_for_change_nothing(client):
    names = [field.name for field in RightsRequest._meta.concrete_fields]
    submit(client, **dict.fromkeys(names, "1"))
    case = RightsRequest.objects.get()
    assert (case.status, case.message, case.unsure, case.no_voicemail) == ("received", "", False, False)
    assert case.case_number.startswith("P-")


@pytest.mark.parametrize("address", [REQUEST, CASE, "/sak/ut/"])
def test_a_form_without_its_token_stores_nothing(address):
    strict = Client(enforce_csrf_checks=True)
    assert send(strict, address, answers()).status_code == 403
    assert RightsRequest.objects.count() == 0


def test_the_form_is_sent_with_its_token():
    strict = Client(enforce_csrf_checks=True)
    page = strict.get(REQUEST)
    token = page.context["csrf_token"]
    assert send(strict, REQUEST, answers(csrfmiddlewaretoken=str(token)))["Location"] == RECEIPT


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(client, method):
    assert getattr(client, method)(REQUEST).status_code == 405


def test_opening_the_form_asks_little_of_the_database_and_no_session(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        response = client.get(REQUEST)
    assert "okt" not in response.cookies
    assert "sessionid" not in response.cookies


def test_a_submission_asks_little_of_the_database(client, django_assert_max_num_queries):
    fields = answers(nokkel=client.get(REQUEST).context["form"]["nokkel"].value())
    with django_assert_max_num_queries(16):
        send(client, REQUEST, fields)


def test_opening_the_form_stores_nothing(client):
    with connection.execute_wrapper(_refuse_writes):
        assert client.get(REQUEST).status_code == 200


def _refuse_writes(execute, sql, params, many, context):
    assert sql.split(None, 1)[0].upper() in {"SELECT", "SAVEPOINT", "RELEASE", "BEGIN"}, sql
    return execute(sql, params, many, context)


def test_the_addresses_stay_put():
    assert reverse("rights:request") == REQUEST
    assert reverse("rights:receipt") == RECEIPT
    assert reverse("rights:case") == CASE
