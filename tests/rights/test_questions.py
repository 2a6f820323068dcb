"""The form as a person meets it, a question a page: what it asks, what it refuses, and what it never shows."""

import html
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from processing.law.rights import Right
from processing.models import Activity, ActivityData, DataCategory, LegalGround, SubjectCategory
from processing.models.governed import register_edit
from rights.forms.journey import FORMS
from rights.law.terms import ChildAge, ContactWay, CopyFirst, CopyScope, OnBehalf, Relation
from rights.models import Draft, RequestPoint, RightsRequest
from rights.services.drafts import erase_expired_drafts
from tests.rights.builders import RECEIVED_AT
from tests.rights.pages import (
    CANCEL,
    CASE,
    CHECK,
    CONTACT,
    COPY_FIRST,
    MORE,
    QUESTIONS,
    RECEIPT,
    START,
    WHAT,
    WHO,
    answers,
    press_send,
    send,
    submit,
    walk,
    words,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def newsletter():
    """A register with one activity: a newsletter to subscribers, by consent."""
    with register_edit(at=RECEIVED_AT):
        return make_activity("A10", "Nyhetsbrev", "subscribers", "a")


PEOPLE = {"subscribers": "Abonnenter på nyhetsbrev", "clients": "Klienter", "applicants": "Jobbsøkere"}


def make_activity(number: str, name: str, subject: str, basis: str) -> Activity:
    activity = Activity.objects.create(number=number, code=number.lower(), name=name, status="active")
    LegalGround.objects.create(activity=activity, basis=basis)
    category, _ = DataCategory.objects.get_or_create(code="name", defaults={"name": "Navn"})
    people, _ = SubjectCategory.objects.get_or_create(code=subject, defaults={"name": PEOPLE[subject]})
    ActivityData.objects.create(activity=activity, category=category, subject=people, presence="yes")
    return activity


def errors(response) -> dict[str, list[str]]:
    return {name: list(messages) for name, messages in response.context["form"].errors.items()}


def test_the_start_asks_nothing_and_leads_on(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        page = client.get(START)
    assert f'href="{WHAT}"' in page.content.decode()
    assert "116 117" in words(page)
    assert not page.cookies


def test_the_first_question_offers_every_right_in_plain_words_and_not_being_sure(client):
    page = client.get(WHAT).content.decode()
    for right in Right:
        assert f'value="{right.value}"' in page
        assert html.escape(right.plain) in page
    assert page.index("Trekke et samtykke") < page.index("eller</p>") < page.index("Jeg er ikke sikker")


def test_the_form_asks_for_no_more_than_it_may():
    # R-ID-1: no identity number, no file, no telephone number, no reason; quality.md D4, 63.
    asked = {name for form in FORMS.values() for name in form.base_fields}
    assert asked == {
        *("rett", "rolle", "aktivitet", "kopi_forst", "paa_vegne_av", "barn_alder", "omfang", "fra_aar", "til_aar"),
        *("hjelp", "samtykke", "fil_til", "melding", "navn", "kanal", "epost", "adresse", "spraak", "forsiktig"),
    }


def test_the_shortest_valid_request_is_four_choices_and_a_name(client):
    response = submit(client)
    assert (response.status_code, response["Location"]) == (303, RECEIPT)
    case = RightsRequest.objects.get()
    assert (case.name, case.relation, case.on_behalf, case.contact_way) == (
        "Test Testesen",
        "client",
        "self",
        "follow",
    )
    assert [row.right for row in case.requested_rights.all()] == ["access"]


def test_not_being_sure_is_a_full_path(client):
    submit(client, rett=["usikker"], melding="Noen har lest noe om meg.")
    case = RightsRequest.objects.get()
    assert case.unsure
    assert case.message == "Noen har lest noe om meg."
    assert not case.requested_rights.exists()


def test_what_was_filled_in_is_what_is_stored(client, newsletter):
    submit(
        client,
        rett=["access", "rectification", "erasure", "portability", "withdraw_consent", "usikker"],
        rolle="subscriber",
        paa_vegne_av="child",
        barn_alder="from_12",
        omfang=["recipients", "safeguards"],
        fra_aar="2023",
        til_aar="2024",
        hjelp=["forklar_ord", "gjennomgang"],
        samtykke=["A10"],
        fil_til="Ny behandler",
        melding="Linje 1\r\nLinje 2",
        punkt_rectification_1="Adressen",
        punkt_erasure_1="Bildet",
        punkt_erasure_2="E-posten fra mai",
        navn="Åse Testesen",
        kanal="email",
        epost="ase@example.com",
        adresse="Testveien 1",
        forsiktig=["ingen_beskjed", "noytral_konvolutt"],
    )
    case = RightsRequest.objects.get()
    assert (case.relation, case.name, case.message) == ("subscriber", "Åse Testesen", "Linje 1\nLinje 2")
    assert (case.on_behalf, case.child_age, case.copy_first) == ("child", "from_12", "yes")
    assert (case.scope, case.from_year, case.to_year) == (["recipients", "safeguards"], 2023, 2024)
    assert (case.explain_words, case.go_through, case.file_to) == (True, True, "Ny behandler")
    assert (case.consents, case.all_consents) == (["A10"], False)
    assert (case.contact_way, case.email, case.address) == ("email", "ase@example.com", "")
    assert (case.no_voicemail, case.neutral_envelope, case.unsure) == (True, True, True)
    points = RequestPoint.objects.order_by("requested_right__right", "number")
    assert [(point.requested_right.right, point.number, point.text) for point in points] == [
        ("erasure", 1, "Bildet"),
        ("erasure", 2, "E-posten fra mai"),
        ("rectification", 1, "Adressen"),
    ]


@pytest.mark.parametrize(
    ("field", "value", "besides"),
    [
        *(("rolle", relation.value, {}) for relation in Relation),
        *(("paa_vegne_av", whom.value, {"barn_alder": "under_12"}) for whom in OnBehalf),
        *(("barn_alder", age.value, {"paa_vegne_av": "child"}) for age in ChildAge),
        *(("kanal", way.value, {"epost": "a@example.com", "adresse": "Testveien 1"}) for way in ContactWay),
        *(("kopi_forst", choice.value, {"rett": ["erasure"]}) for choice in CopyFirst),
        *(("omfang", [scope.value], {}) for scope in CopyScope),
        *(("rett", [right.value], {}) for right in Right),
    ],
)
def test_every_choice_is_accepted(client, field, value, besides):
    assert submit(client, **{field: value, **besides})["Location"] == RECEIPT


REFUSED = [
    (WHAT, {"rett": None}, "rett", "Velg hva du vil. Er du usikker, velg «Jeg er ikke sikker»."),
    (WHAT, {"rett": ["alt"]}, "rett", "Velg hva du vil. Er du usikker, velg «Jeg er ikke sikker»."),
    (
        COPY_FIRST,
        {"kopi_forst": None},
        "kopi_forst",
        "Velg om du vil ha en kopi først. Er du usikker, velg «Vet ikke».",
    ),
    (WHO, {"rolle": None}, "rolle", "Velg hva slags kontakt du har hatt med oss. Du kan velge «Noe annet»."),
    (WHO, {"rolle": "sjef"}, "rolle", "Velg hva slags kontakt du har hatt med oss. Du kan velge «Noe annet»."),
    (
        WHO,
        {"paa_vegne_av": None},
        "paa_vegne_av",
        "Velg hvem du gjør dette på vegne av. Gjelder det deg, velg «Meg selv».",
    ),
    (WHO, {"paa_vegne_av": "child"}, "barn_alder", "Velg hvor gammelt barnet er."),
    (WHO, {"paa_vegne_av": "child", "barn_alder": "40"}, "barn_alder", "Velg hvor gammelt barnet er."),
    (MORE, {"omfang": ["mer"]}, "omfang", "Velg blant dem som står her, eller la det stå tomt."),
    (MORE, {"samtykke": ["A99"]}, "samtykke", "Velg blant dem som står her, eller la det stå tomt."),
    (MORE, {"fra_aar": "23"}, "fra_aar", "År skrives med fire siffer, for eksempel 2024."),
    (MORE, {"fra_aar": "٢٠٢٣"}, "fra_aar", "År skrives med fire siffer, for eksempel 2024."),
    (MORE, {"til_aar": "2027"}, "til_aar", "Året har ikke vært ennå."),
    (MORE, {"fra_aar": "2024", "til_aar": "2023"}, "til_aar", "«Til år» kan ikke være før «fra år»."),
    (
        MORE,
        {"punkt_erasure_1": "a", "punkt_erasure_2": "a" * 1120},
        "punkt_erasure_2",
        "Punkt 2 er for langt. Du har brukt 1120 tegn, og det er plass til 1000.",
    ),
    (
        MORE,
        {"melding": "a" * 4001},
        "melding",
        "Teksten er for lang. Du har brukt 4001 tegn, og det er plass til 4000.",
    ),
    (CONTACT, {"navn": ""}, "navn", "Navn må fylles ut. Skriv navnet vi kjenner deg under."),
    (CONTACT, {"navn": " \u200b\x00 "}, "navn", "Navn må fylles ut. Skriv navnet vi kjenner deg under."),
    (CONTACT, {"navn": "a" * 201}, "navn", "Teksten er for lang. Du har brukt 201 tegn, og det er plass til 200."),
    (CONTACT, {"kanal": None}, "kanal", "Velg hvordan vi skal svare deg."),
    (CONTACT, {"kanal": "due"}, "kanal", "Velg hvordan vi skal svare deg."),
    (CONTACT, {"kanal": "email"}, "epost", "E-postadresse mangler. Skriv den, eller velg en annen måte å få svar på."),
    (CONTACT, {"kanal": "email", "epost": "a@"}, "epost", "E-postadresse må ha formen navn@eksempel.no."),
    (
        CONTACT,
        {"kanal": "email", "epost": "a@b.no\r\nBcc: c@d.no"},
        "epost",
        "E-postadresse må ha formen navn@eksempel.no.",
    ),
    (
        CONTACT,
        {"kanal": "email", "epost": "01019012345@example.no"},
        "epost",
        "Adressen har et tall som ser ut som et fødselsnummer. Skriv en annen, eller velg en annen måte å få svar på.",
    ),
    (CONTACT, {"kanal": "letter", "adresse": "  "}, "adresse", "Adresse må fylles ut når du velger brev."),
    (CONTACT, {"forsiktig": ["noe"]}, "forsiktig", "Velg blant dem som står her, eller la det stå tomt."),
]


@pytest.mark.parametrize(("address", "over", "field", "message"), REFUSED)
def test_a_wrong_answer_gets_its_message_at_the_field_and_in_the_summary(client, address, over, field, message):
    with time_machine.travel(RECEIVED_AT, tick=False):
        walk(
            client, until=address, rett=["erasure", "withdraw_consent", *(["access"] if address != COPY_FIRST else [])]
        )
        response = send(client, address, answers(address, **over))
    assert response.status_code == 422
    assert errors(response) == {field: [message]}
    page = response.content.decode()
    summary, rest = page.split("<h1", 1)
    assert f">{html.escape(message)}</a>" in summary
    assert html.escape(message) in rest
    target = summary.split('href="#id_')[1].split('"')[0]
    assert f'id="id_{target}"' in page
    assert "<title>Feil: " in page


def test_all_errors_of_a_page_come_at_once_and_nothing_typed_is_lost(client):
    walk(client, until=CONTACT)
    response = send(client, CONTACT, {"navn": "", "kanal": "email", "epost": "<feil>@", "forsiktig": ["ingen_beskjed"]})
    assert list(errors(response)) == ["navn", "epost"]
    page = response.content.decode()
    assert 'value="&lt;feil&gt;@"' in page
    assert page.count("checked") == 2


def test_an_identity_number_is_neither_shown_back_nor_stored(client):
    number = "01019012345"
    walk(client, until=MORE)
    again = send(client, MORE, {"melding": f"Jeg er {number}", "fra_aar": "x"})
    assert again.status_code == 422
    assert number not in again.content.decode()
    assert "[fødselsnummer fjernet]" in again.content.decode()
    check = walk(client, melding=f"Jeg er {number}", navn=f"Test {number}", kanal="letter", adresse=f"Vei, {number}")
    assert number not in check.content.decode()
    press_send(client, check)
    case = RightsRequest.objects.get()
    assert (case.message, case.name) == ("Jeg er [fødselsnummer fjernet]", "Test [fødselsnummer fjernet]")
    assert case.address == "Vei, [fødselsnummer fjernet]"


@pytest.mark.parametrize("way", ["call", "follow", "letter"])
def test_an_address_that_is_not_needed_is_neither_checked_nor_kept(client, way):
    submit(client, kanal=way, epost="feil@", adresse="Testveien 1")
    assert RightsRequest.objects.get().email == ""


@pytest.mark.parametrize(
    ("query", "relation"),
    [
        ("", None),
        *((f"rolle={relation.slug}", relation.value) for relation in Relation),
        ("rolle=%00", None),
        ("rolle=x&rolle=klient", "client"),
        # Roles of the notice that the form has no word of its own for.
        ("rolle=selvstendig", "partner"),
        ("rolle=kommentar", "visitor"),
        ("rolle=mulig-klient", None),
        # The activity says itself whom it is about.
        ("aktivitet=A10", "subscriber"),
    ],
)
def test_an_address_may_choose_the_relation_beforehand(client, newsletter, query, relation):
    form = client.get(f"{WHAT}?{query}").context["form"]
    send(client, WHAT, {"rett": ["access"], "rolle": form["rolle"].value(), "aktivitet": form["aktivitet"].value()})
    assert client.get(WHO).context["form"]["rolle"].value() == relation


@pytest.mark.parametrize(
    ("query", "number"),
    [("A10", "A10"), ("A99", ""), ("a10", ""), ("A10%00", ""), ("<b>", ""), ("A1000000000", ""), ("", "")],
)
def test_an_address_may_name_an_activity_of_the_register(client, newsletter, query, number):
    form = client.get(f"{WHAT}?aktivitet={query}").context["form"]
    assert form["aktivitet"].value() == number
    send(client, WHAT, {"rett": ["erasure"], "aktivitet": query})
    submit(client, rett=["erasure"], aktivitet=query)
    assert RightsRequest.objects.get().activity_number == number


def test_from_a_card_a_copy_needs_no_more_telling(client, newsletter):
    client.get(f"{WHAT}?aktivitet=A10")
    send(client, WHAT, {"rett": ["access"], "aktivitet": "A10"})
    assert send(client, WHO, answers(WHO))["Location"] == CONTACT
    check = walk(client, aktivitet="A10")
    assert "Det gjelder Nyhetsbrev" in words(check)
    # Voluntary, and still there for who wants it.
    assert client.get(MORE).status_code == 200


def test_what_is_asked_follows_from_what_is_chosen(client, newsletter):
    walk(client, until=MORE, rett=["access"], rolle="client")
    assert {"omfang", "fra_aar", "hjelp"} < set(client.get(MORE).context["form"].fields)
    fresh = Client()
    form = walk(fresh, until=MORE, rett=["objection", "withdraw_consent"], rolle="subscriber").context["form"]
    assert list(form.fields) == ["samtykke", "punkt_objection_1", "melding"]
    assert [value for value, _ in form.fields["samtykke"].choices] == ["A10", "alle"]


@pytest.mark.parametrize(
    ("rights", "asked"),
    [(["erasure"], True), (["erasure", "rectification"], True), (["erasure", "access"], False), (["access"], False)],
)
def test_the_copy_is_a_question_only_where_deletion_is_asked_for_without_one(client, rights, asked):
    response = send(client, WHAT, {"rett": rights})
    assert (response["Location"] == COPY_FIRST) is asked
    assert (client.get(COPY_FIRST).status_code == 200) is asked


@pytest.mark.parametrize(("basis", "said"), [("c", True), ("f", False)])
def test_the_duty_to_keep_is_told_only_where_the_register_has_one(client, basis, said):
    with register_edit(at=RECEIVED_AT):
        make_activity("A02", "Timer", "clients", basis)
    send(client, WHAT, {"rett": ["erasure"]})
    assert ("Noe må vi etter loven ta vare på." in words(client.get(COPY_FIRST))) is said


def test_a_point_is_added_by_the_server_and_nothing_typed_is_lost(client):
    walk(client, until=MORE, rett=["erasure"])
    more = {"punkt_erasure_1": "Bildet", "melding": "Hei", "legg_til": "erasure"}
    page = send(client, MORE, more)
    assert page.status_code == 200
    form = page.context["form"]
    assert form["punkt_erasure_1"].value() == "Bildet"
    assert form["melding"].value() == "Hei"
    assert "autofocus" in str(form["punkt_erasure_2"])
    assert "error-summary" not in page.content.decode()


def test_there_is_room_for_ten_points_and_no_more(client):
    walk(client, until=MORE, rett=["erasure", "rectification"])
    points = {f"punkt_erasure_{number}": "x" for number in range(1, 40)}
    form = send(client, MORE, {**points, "legg_til": "erasure"}).context["form"]
    assert len([name for name in form.fields if name.startswith("punkt")]) == 10
    assert "punkt_rectification_1" in form.fields
    assert not form.has_room_for_a_point
    assert send(client, MORE, {"legg_til": "<b>"}).status_code == 200


def test_no_question_is_skipped(client):
    for address in (COPY_FIRST, WHO, MORE, CONTACT, CHECK):
        assert client.get(address)["Location"] == START
    send(client, WHAT, {"rett": ["access"]})
    for address in (COPY_FIRST, MORE, CONTACT, CHECK):
        assert client.get(address)["Location"] == WHO
    assert send(client, CONTACT, answers(CONTACT))["Location"] == WHO
    assert send(client, CHECK, {})["Location"] == WHO


def test_a_change_leads_back_to_the_check_and_asks_only_what_is_new(client):
    walk(client, melding="Det jeg skrev")
    assert send(client, WHO, answers(WHO, rolle="applicant"))["Location"] == CHECK
    # Another right brings its own questions; the answers there stay.
    assert send(client, WHAT, {"rett": ["access", "rectification"]})["Location"] == MORE
    assert client.get(MORE).context["form"]["melding"].value() == "Det jeg skrev"
    assert send(client, MORE, {"melding": "Det jeg skrev"})["Location"] == CHECK


def test_what_was_answered_for_a_right_no_longer_chosen_is_not_sent(client, newsletter):
    walk(client, rett=["erasure", "withdraw_consent"], rolle="subscriber", punkt_erasure_1="Bildet", samtykke=["A10"])
    send(client, WHAT, {"rett": ["access"]})
    send(client, MORE, {})
    check = client.get(CHECK)
    assert "Bildet" not in words(check)
    press_send(client, check)
    case = RightsRequest.objects.get()
    assert (case.copy_first, case.consents) == ("", [])
    assert not RequestPoint.objects.exists()


def test_the_check_shows_every_answer_with_its_way_back(client, newsletter):
    check = walk(
        client,
        rett=["access", "erasure"],
        rolle="subscriber",
        omfang=["everything"],
        fra_aar="2020",
        punkt_erasure_1="Bildet",
        punkt_erasure_2="<E-posten>",
        melding="En melding",
        kanal="letter",
        adresse="Testveien 1\r\n0001 Oslo",
        forsiktig=["noytral_konvolutt"],
    )
    text = words(check)
    for said in (
        *("Kravet er ikke sendt ennå.", "Slette noe om meg", "Jeg får nyhetsbrev fra dere", "Meg selv"),
        *("Alt dere har om meg", "Fra 2020", "1. Bildet", "2. &lt;E-posten&gt;", "En melding", "Test Testesen"),
        *("Testveien 1 0001 Oslo", "Bruk konvolutt uten navnet deres"),
        "Vi sletter ikke noe før du har fått kopien, og sagt at du fortsatt vil.",
    ):
        assert said in text
    page = check.content.decode()
    assert {f'href="{address}"' in page for address in (WHAT, WHO, MORE, CONTACT)} == {True}


def test_the_check_says_what_can_and_cannot_be_done_from_the_register(client):
    with register_edit(at=RECEIVED_AT):
        make_activity("A02", "Timer", "clients", "c")
        make_activity("A10", "Nyhetsbrev", "clients", "a")
        make_activity("A07", "Søknader", "applicants", "f")
    check = walk(client, rett=["erasure"])
    [advice] = check.context["advice"]
    assert (advice.applies, advice.never) == (("Nyhetsbrev",), ("Timer",))
    assert "Som regel ikke Timer" in words(check)
    assert "Søknader" not in words(check)


def test_a_double_click_is_one_case_and_shows_the_same_receipt(client):
    check = walk(client)
    assert press_send(client, check)["Location"] == RECEIPT
    assert press_send(client, check)["Location"] == RECEIPT
    assert RightsRequest.objects.count() == 1
    assert len(client.get(RECEIPT).context["code"]) == 26


def test_answers_changed_in_another_window_are_not_sent_unseen(client):
    check = walk(client)
    send(client, WHAT, {"rett": ["erasure"]})
    send(client, COPY_FIRST, {"kopi_forst": "no"})
    send(client, MORE, {})
    response = press_send(client, check)
    assert response.status_code == 409
    assert "Svarene er endret i et annet vindu." in words(response)
    assert not RightsRequest.objects.exists()
    assert press_send(client, response)["Location"] == RECEIPT


def test_back_after_sending_leads_to_the_receipt_and_what_is_written_then_is_not_silently_lost(client):
    submit(client)
    for address in (WHO, MORE, CONTACT):
        assert client.get(address)["Location"] == RECEIPT
    assert client.get(CHECK)["Location"] == RECEIPT
    late = send(client, MORE, {"melding": "Enda noe"})
    assert late.status_code == 409
    assert "Det du skrev nå, er ikke med." in words(late)


def test_after_sending_a_new_request_may_be_started(client):
    submit(client)
    assert client.get(WHAT).status_code == 200
    submit(client, rett=["erasure"])
    assert RightsRequest.objects.count() == 2


def test_an_hour_without_an_answer_deletes_the_draft_and_says_so_kindly(client):
    with time_machine.travel(RECEIVED_AT, tick=False) as clock:
        walk(client, until=CONTACT)
        clock.shift(timedelta(minutes=59))
        send(client, MORE, {"melding": "En ny time"})
        clock.shift(timedelta(minutes=59))
        assert client.get(CONTACT).status_code == 200
        clock.shift(timedelta(minutes=1))
        late = send(client, CONTACT, answers(CONTACT))
        assert late.status_code == 410
        assert "Svarene er slettet" in words(late)
        assert late.cookies["krav"].value == ""
        erase_expired_drafts(timezone.now())
        assert not Draft.objects.exists()


def test_cancelling_deletes_the_answers(client):
    walk(client)
    response = send(client, CANCEL, {})
    assert (response["Location"], response.cookies["krav"].value) == (START, "")
    assert not Draft.objects.exists()


@pytest.mark.parametrize("token", ["", "x", "\x00", "æ" * 500])
def test_a_made_up_cookie_opens_nothing(client, token):
    client.cookies["krav"] = token
    assert client.get(WHAT).status_code == 200
    assert client.get(MORE).status_code in {302, 410}
    assert send(client, CHECK, {}).status_code == 410
    assert client.get(RECEIPT).status_code == 410


def test_the_cookie_is_for_this_window_and_for_no_script(client):
    response = send(client, WHAT, {"rett": ["access"]})
    cookie = response.cookies["krav"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"], cookie["expires"]) == (True, "Lax", "", "")
    assert "okt" not in response.cookies


DANGER = "Jeg orker ikke mer."


def test_words_of_danger_bring_the_numbers_first_on_every_page_after_and_never_block(client):
    walk(client, until=MORE)
    again = send(client, MORE, {"melding": DANGER, "fra_aar": "x"})
    page = send(client, MORE, {"melding": DANGER})
    check = walk(client, melding=DANGER)
    press_send(client, check)
    for shown in (again, client.get(RECEIPT), check):
        text = words(shown)
        assert text.index("Ring 113") < text.index("112") < 400
    assert page["Location"] == CONTACT
    case = RightsRequest.objects.get()
    assert case.speaks_of_danger
    assert list(case.events.order_by("pk").values_list("kind", flat=True)) == ["submitted", "danger_seen"]


def test_other_words_bring_no_alarm(client):
    assert "Er du i fare nå?" not in words(walk(client, melding="Notatet fra mai"))


def test_bytes_that_are_no_utf8_do_not_break_the_form(client):
    walk(client, until=CONTACT)
    body = b"kanal=follow&navn=%ED%A0%80%FF%C3Test"
    response = client.post(CONTACT, body, content_type="application/x-www-form-urlencoded")
    assert response["Location"] == CHECK


@pytest.mark.parametrize("address", [*QUESTIONS, CHECK, CANCEL, CASE])
def test_a_body_over_64_kb_is_refused_with_words(client, address):
    body = b"melding=" + b"a" * 64 * 1024
    response = client.post(address, body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 413
    assert "Teksten er for lang" in response.content.decode()


@pytest.mark.parametrize("address", [*QUESTIONS, CHECK, CANCEL, CASE, "/sak/ut/"])
def test_a_form_without_its_token_stores_nothing(address):
    strict = Client(enforce_csrf_checks=True)
    assert send(strict, address, {"rett": ["access"]}).status_code == 403
    assert Draft.objects.count() == RightsRequest.objects.count() == 0


def test_the_form_is_sent_with_its_token():
    strict = Client(enforce_csrf_checks=True)
    token = str(strict.get(WHAT).context["csrf_token"])
    assert send(strict, WHAT, {"rett": ["access"], "csrfmiddlewaretoken": token})["Location"] == WHO


def test_a_field_sent_twice_counts_by_its_last_value(client):
    walk(client, until=CONTACT)
    client.post(CONTACT, b"navn=A&navn=B&kanal=email&kanal=follow", content_type="application/x-www-form-urlencoded")
    assert "Navn B" in words(client.get(CHECK))


def test_fields_that_are_not_asked_for_change_nothing(client):
    names = [field.name for field in RightsRequest._meta.concrete_fields]
    for address in QUESTIONS:
        if address != COPY_FIRST:
            send(client, address, {**dict.fromkeys(names, "1"), **answers(address)})
    press_send(client, client.get(CHECK))
    case = RightsRequest.objects.get()
    assert (case.status, case.message, case.unsure, case.no_voicemail) == ("received", "", False, False)


@pytest.mark.parametrize("address", [START, *QUESTIONS, CHECK, RECEIPT])
@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(client, address, method):
    assert getattr(client, method)(address).status_code == 405


@pytest.mark.parametrize("address", [START, *QUESTIONS, CHECK, RECEIPT])
def test_reading_a_page_stores_nothing_and_asks_at_most_six_questions(client, newsletter, address):
    walk(client, rett=["erasure", "withdraw_consent"], until=CHECK)
    if address == RECEIPT:
        press_send(client, client.get(CHECK))
    with connection.execute_wrapper(_refuse_writes) as _, Counting() as asked:
        page = client.get(f"{address}?aktivitet=A10" if address == WHAT else address)
    assert page.status_code == 200
    assert asked.questions <= 6


@pytest.mark.parametrize("address", [*QUESTIONS, CHECK])
def test_sending_a_page_asks_at_most_six_questions(client, newsletter, address):
    """Savepoints are no questions; a test has more of them than a visit."""
    page = walk(client, rett=["erasure", "withdraw_consent"])
    fields = {"sett": page.context["seen"]} if address == CHECK else answers(address, aktivitet="A10")
    if address == WHAT:
        client.cookies.clear()
    with Counting() as asked:
        response = send(client, address, fields)
    assert response.status_code == 303
    assert asked.questions <= 6


class Counting:
    """Counts the statements that ask or change something."""

    def __enter__(self):
        self.questions = 0
        self._wrapper = connection.execute_wrapper(self._count)
        self._wrapper.__enter__()
        return self

    def __exit__(self, *exception):
        self._wrapper.__exit__(*exception)

    def _count(self, execute, sql, params, many, context):
        self.questions += sql.split(None, 1)[0].upper() in {"SELECT", "INSERT", "UPDATE", "DELETE"}
        return execute(sql, params, many, context)


def _refuse_writes(execute, sql, params, many, context):
    assert sql.split(None, 1)[0].upper() in {"SELECT", "SAVEPOINT", "RELEASE", "BEGIN"}, sql
    return execute(sql, params, many, context)


def test_nothing_personal_stands_in_an_address(client):
    response = client.get(WHAT)
    seen = [WHAT]
    for address in (WHAT, WHO, MORE, CONTACT):
        response = send(client, address, answers(address, melding="Kanarifugl", navn="Kanarifugl"))
        seen.append(response["Location"])
    seen.append(press_send(client, client.get(CHECK))["Location"])
    assert seen == [WHAT, WHO, MORE, CONTACT, CHECK, RECEIPT]


@pytest.mark.parametrize(("typed", "asked"), [("test@gmial.com", True), ("test@gmail.com", False)])
def test_a_slip_in_the_address_is_asked_about_and_stops_nothing(client, typed, asked):
    check = walk(client, kanal="email", epost=typed)
    assert ("Mente du test@gmail.com?" in words(check)) is asked
    assert press_send(client, check)["Location"] == RECEIPT
    assert RightsRequest.objects.get().email == typed


def test_an_address_that_is_not_used_is_not_asked_about(client):
    assert "Mente du" not in words(walk(client, kanal="follow", epost="test@gmial.com"))
