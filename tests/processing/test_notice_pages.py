"""The public notice: the version in force, each version for ever, and nothing that follows the reader."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from processing.models import NoticeVersion
from processing.models.governed import register_edit
from processing.notices.body import to_payload
from processing.notices.compose import compose_notice
from tests.builders import (
    ASKED_AT,
    fill_register,
    make_activity,
    make_activity_record,
    make_controller,
    make_register,
    make_version,
)

pytestmark = pytest.mark.django_db

TODAY = ASKED_AT.date()


@pytest.fixture(autouse=True)
def today(time_machine) -> None:
    time_machine.move_to(ASKED_AT, tick=False)


def publish(*, at: datetime = ASKED_AT, in_force_from: date = TODAY) -> NoticeVersion:
    return make_version(at=at, in_force_from=in_force_from, summary="Utgave.")


@pytest.mark.parametrize("address", ["/", "/personvern/"])
def test_the_version_in_force_is_shown(client: Client, address: str) -> None:
    make_controller(trading_name="Prøveklinikken")
    make_activity(public_name="Journalen din")
    publish()
    page = client.get(address)
    assert page.status_code == 200
    assert "Journalen din" in page.content.decode()
    assert "Utgave 1" in page.content.decode()
    assert "<title>Slik bruker vi opplysninger om deg – Prøveklinikken</title>" in page.content.decode()


def test_before_the_first_version_the_page_says_who_is_responsible_and_where_the_form_is(client: Client) -> None:
    make_controller(legal_name="Prøveklinikken AS", email="post@prove.example")
    page = client.get("/personvern/").content.decode()
    assert "Prøveklinikken AS har ansvaret for opplysningene om deg." in page
    assert "post@prove.example" in page
    assert 'href="/personvern/krav/"' in page


def test_before_there_is_a_register_the_page_still_answers(client: Client) -> None:
    assert client.get("/personvern/").status_code == 200


def test_an_edit_of_the_register_changes_nothing_public(client: Client) -> None:
    make_controller()
    activity = make_activity(public_name="Som publisert")
    publish()
    before = client.get("/personvern/").content
    with register_edit(at=ASKED_AT + timedelta(minutes=1)):
        activity.public_name = "Som redigert"
        activity.save()
    assert client.get("/personvern/").content == before


def test_a_version_comes_into_force_on_its_day_and_the_old_one_says_so(client: Client, time_machine) -> None:
    make_controller()
    make_activity()
    publish()
    publish(in_force_from=TODAY + timedelta(days=1))
    assert "Utgave 1" in client.get("/personvern/").content.decode()
    assert client.get("/personvern/versjon/2/").status_code == 404

    # One second before and one after midnight in Oslo.
    time_machine.move_to(datetime(2026, 11, 23, 22, 59, 59, tzinfo=UTC), tick=False)
    assert "Utgave 1" in client.get("/personvern/").content.decode()
    time_machine.move_to(datetime(2026, 11, 23, 23, 0, 0, tzinfo=UTC), tick=False)
    assert "Utgave 2" in client.get("/personvern/").content.decode()
    old = client.get("/personvern/versjon/1/")
    assert old.status_code == 200
    assert "Dette er en gammel utgave." in old.content.decode()
    assert "Dette er en gammel utgave." not in client.get("/personvern/versjon/2/").content.decode()


@pytest.mark.parametrize("address", ["/personvern/versjon/2/", "/personvern/versjon/0/", "/personvern/versjon/x/"])
def test_a_version_that_is_not_is_a_clear_page_and_never_another(client: Client, address: str) -> None:
    make_controller()
    make_activity(public_name="Journalen din")
    publish()
    page = client.get(address)
    assert page.status_code == 404
    assert re.search("(Siden|Utgaven) finnes ikke", page.content.decode())
    assert "Journalen din" not in page.content.decode()


def test_a_number_beyond_the_database_is_a_clear_page(client: Client) -> None:
    assert client.get(f"/personvern/versjon/{10**30}/").status_code == 404


def test_the_version_as_data(client: Client) -> None:
    make_controller()
    make_activity(public_name="Journalen din")
    version = publish()
    answer = client.get("/personvern/erklaering.json")
    assert answer.status_code == 200
    assert answer.json()["version"] == 1
    assert answer.json()["sha256"] == version.body_sha256
    assert answer.json()["body"]["cards"][0]["title"] == "Journalen din"
    assert "Journalen din" in answer.content.decode()


def test_no_version_as_data_is_a_404_with_a_reason(client: Client) -> None:
    answer = client.get("/personvern/erklaering.json")
    assert answer.status_code == 404
    assert "publisert" in answer.json()["error"]


def test_the_page_asks_at_most_three_times_whatever_the_size_of_the_register(client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/personvern/")
        return len(captured)

    fill_register(2)
    publish()
    small = queries()
    for number in range(3, 12):
        make_activity(number=f"A{number:02}", code=f"a{number}")
    publish()
    assert queries() == small <= 3


@pytest.mark.parametrize("address", ["/personvern/", "/personvern/versjon/1/", "/personvern/erklaering.json"])
def test_nothing_follows_the_reader(client: Client, address: str) -> None:
    make_controller()
    make_activity()
    publish()
    page = client.get(address)
    assert not page.cookies
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    assert page.headers["Referrer-Policy"] in {"no-referrer", "same-origin"}
    loaded = re.findall(r'(?:src|srcset)="([^"]+)"|<link[^>]+href="([^"]+)"', page.content.decode())
    assert all(address.startswith("/") for pair in loaded for address in pair if address)


def test_markup_typed_into_the_register_is_shown_as_typed(client: Client) -> None:
    make_controller()
    make_activity(public_name="<b>Journal</b>", public_description="<script>alert(1)</script>")
    publish()
    page = client.get("/personvern/").content.decode()
    assert "&lt;b&gt;Journal&lt;/b&gt;" in page
    assert "<script>alert" not in page


def test_reading_writes_nothing(client: Client) -> None:
    make_controller()
    make_activity()
    publish()
    with CaptureQueriesContext(connection) as captured:
        client.get("/personvern/")
    assert all(query["sql"].lstrip().upper().startswith("SELECT") for query in captured)


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_only_reading_is_allowed(client: Client, method: str) -> None:
    assert getattr(client, method)("/personvern/").status_code == 405


# --- The cards of one role


@pytest.fixture
def two_roles():
    make_controller()
    make_activity(number="A03", public_name="Journalen din")
    make_activity(bare=True, number="A09", public_name="Uten personer")
    return publish()


def cards(page: str) -> dict[str, bool]:
    """The names of the cards, and whether each is shown on a screen."""
    found = re.findall(r'<article class="activity spread"[^>]*?( hidden)?>\s*<h3[^>]*>(.*?)</h3>', page)
    return {title: not hidden for hidden, title in found}


def test_a_role_shows_its_cards_says_so_and_leads_back_to_all(client: Client, two_roles) -> None:
    assert cards(client.get("/personvern/").content.decode()) == {"Journalen din": True, "Uten personer": True}
    page = client.get("/personvern/?rolle=klient").content.decode()
    assert cards(page) == {"Journalen din": True, "Uten personer": False}
    assert "Du ser det som gjelder klienter: 1 av 2 bruksområder." in page
    assert ">Vis alt</a>" in page
    assert 'aria-current="true">Klient' in page


def test_a_card_leads_to_the_form_with_role_and_activity_chosen(client: Client, two_roles) -> None:
    page = client.get("/personvern/?rolle=klient").content.decode()
    assert 'href="/personvern/krav/hva/?rolle=klient&amp;aktivitet=A03"' in page
    # Without a role chosen: the card's own, where it has only one.
    everything = client.get("/personvern/").content.decode()
    assert 'href="/personvern/krav/hva/?rolle=klient&amp;aktivitet=A03"' in everything
    assert 'href="/personvern/krav/hva/?aktivitet=A09"' in everything


@pytest.mark.parametrize("role", ["clients", "x", "KLIENT", "<b>", "klient ", "a" * 5000])
@pytest.mark.parametrize("address", ["/personvern/", "/personvern/versjon/1/"])
def test_an_unknown_role_is_a_clear_page_with_the_roles_there_are(client: Client, two_roles, address, role) -> None:
    page = client.get(address, {"rolle": role})
    assert page.status_code == 404
    text = page.content.decode()
    assert "Den rollen kjenner vi ikke" in text
    assert 'href="?rolle=klient"' in text
    assert "Journalen din" not in text
    assert "<b>" not in text


# --- One place, and where to complain


def test_the_whole_notice_is_in_the_order_of_the_articles_with_nothing_folded(client: Client, two_roles) -> None:
    page = client.get("/personvern/hele/").content.decode()
    assert re.findall(r'<h2 id="([^"]+)"', page) == [
        "innhold-tittel",
        "ansvarlig",
        "bruk",
        "mottakere",
        "land",
        "rettigheter",
        "si-nei",
        "klage",
        "sikring",
        "utgaver",
    ]
    assert "<details" not in page
    card = page.split("<article")[1]
    labels = re.findall(r"<dt>(.*?)(?: <span|</dt>)", card)
    assert labels[:4] == ["Hvorfor", "Derfor har vi lov", "Grunnlag", "Vilkår for følsomme opplysninger"]
    assert "art. 13 nr. 2 bokstav a" in card


def test_where_to_complain_is_told_by_situation(client: Client, two_roles) -> None:
    page = client.get("/klage/").content.decode()
    for label in ("Gjelder det journalen?", "Gjelder det noe annet?", "Til domstolen"):
        assert f"<dt>{label}</dt>" in page
    assert "Statsforvalteren" in page
    assert "Datatilsynet" in page
    assert 'href="/klage/">Slik klager du</a>' in page


def test_before_the_first_version_one_can_still_complain(client: Client) -> None:
    assert "Datatilsynet" in client.get("/klage/").content.decode()


def test_paragraphs_and_lists_of_the_register_are_paragraphs_and_lists(client: Client) -> None:
    make_controller()
    make_activity(public_description="Først.\r\n\r\nSå:\r\n- det <i>ene</i>\r\n- det andre")
    publish()
    for address in ("/personvern/", "/personvern/hele/"):
        page = client.get(address).content.decode()
        assert '<ul class="said"><li>det &lt;i&gt;ene&lt;/i&gt;</li><li>det andre</li></ul>' in page


def test_a_register_of_many_long_activities_is_still_a_page_with_folded_contents(client: Client) -> None:
    """The contents of 41 cards are folded; the cards themselves are all there. bench/notice.py measures 300."""
    long = ("Et langt avsnitt. " * 300)[:5000]
    body = compose_notice(
        make_register(
            activities=[
                make_activity_record(
                    number=f"A{n:02}", code=f"a{n}", public_name=f"Nummer {n}", public_description=long
                )
                for n in range(1, 42)
            ]
        ),
        on=TODAY,
    )
    make_controller()
    make_activity()
    first = publish()
    fields = {field.attname: getattr(first, field.attname) for field in NoticeVersion._meta.concrete_fields}
    NoticeVersion.objects.create(**fields | {"id": None, "number": 2, "body": to_payload(body), "body_sha256": "2"})
    page = client.get("/personvern/").content.decode()
    assert len(cards(page)) == 41
    assert "Vis 41 bruksområder" in page
