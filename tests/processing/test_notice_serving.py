"""The public pages are served like files: from memory, with validators, right on the second, and in few queries."""

import gzip
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from mktnorge.pages import Page, Pages, send
from tests.builders import ASKED_AT, fill_register, make_activity, make_controller
from tests.processing.test_notice_pages import TODAY, publish

ADDRESSES = [
    "/personvern/",
    "/personvern/?rolle=klient",
    "/personvern/hele/",
    "/personvern/endringer/",
    "/personvern/versjon/1/",
    "/personvern/versjon/1/hele/",
    "/personvern/erklaering.json",
    "/personvern/erklaering.txt",
    "/klage/",
]


@pytest.fixture
def published(db, time_machine):
    time_machine.move_to(ASKED_AT, tick=False)
    make_controller()
    make_activity()
    return publish()


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_visitor_who_has_the_page_is_told_so(client: Client, published, address) -> None:
    first = client.get(address)
    assert first.status_code == 200
    assert first["Cache-Control"] == "public, no-cache"
    assert first["Last-Modified"] == "Mon, 23 Nov 2026 11:00:00 GMT"
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304
    assert client.get(address, headers={"if-modified-since": first["Last-Modified"]}).status_code == 304
    assert client.get(address, headers={"if-none-match": '"another"'}).status_code == 200
    assert client.head(address)["ETag"] == first["ETag"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_compressed_and_plain_are_the_same_text_and_tell_themselves_apart(client, published, address) -> None:
    plain = client.get(address)
    packed = client.get(address, headers={"accept-encoding": "br, gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed["ETag"] != plain["ETag"]
    assert plain["Vary"] == packed["Vary"] == "Accept-Encoding"
    refused = client.get(address, headers={"accept-encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refused


def test_a_new_version_is_seen_the_second_it_comes_into_force(client: Client, published, time_machine) -> None:
    publish(in_force_from=TODAY + timedelta(days=1))
    before = client.get("/personvern/")
    validators = {"if-none-match": before["ETag"], "if-modified-since": before["Last-Modified"]}
    # Midnight in Oslo is 23.00 UTC in November.
    time_machine.move_to(datetime(2026, 11, 23, 22, 59, 59, tzinfo=UTC), tick=False)
    assert client.get("/personvern/", headers=validators).status_code == 304
    time_machine.move_to(datetime(2026, 11, 23, 23, 0, 0, tzinfo=UTC), tick=False)
    after = client.get("/personvern/", headers=validators)
    assert after.status_code == 200
    assert "Utgave 2" in after.content.decode()
    assert after["Last-Modified"] == "Mon, 23 Nov 2026 23:00:00 GMT"
    only_date = {"if-modified-since": before["Last-Modified"]}
    assert client.get("/personvern/", headers=only_date).status_code == 200
    # The old version's own page changes too: it now says that it is old.
    assert client.get("/personvern/versjon/1/", headers=only_date).status_code == 200


@pytest.mark.parametrize("address", ADDRESSES)
def test_at_most_three_queries_whatever_the_size_of_the_register_and_fewer_once_drawn(client, published, address):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    small, again = queries(), queries()
    assert again <= 2
    fill_register(10)
    publish()
    assert queries() <= 3
    assert small <= 3


def test_the_first_page_is_light_on_a_phone(client: Client, published) -> None:
    """service.md C3: at most 60 kB for the first page; the style sheets are 10 kB of it and the fonts come after."""
    fill_register(14)
    publish()
    page = client.get("/personvern/", headers={"accept-encoding": "gzip"})
    assert len(page.content) < 40_000


# --- The pages of a process


def page(text: str) -> Page:
    return Page.of(text.encode(), "text/plain; charset=utf-8")


def test_a_page_is_drawn_once_a_key() -> None:
    pages, drawn = Pages(), []

    def draw() -> Page:
        drawn.append(1)
        return page("a")

    assert pages.get("k", draw) is pages.get("k", draw)
    assert drawn == [1]


def test_the_least_used_pages_go_when_there_is_no_room() -> None:
    pages = Pages(limit=10)
    kept = pages.get("a", lambda: page("1234"))
    pages.get("b", lambda: page("1234"))
    assert pages.get("a", lambda: page("drawn again")) is kept
    pages.get("c", lambda: page("1234"))
    assert pages.get("a", lambda: page("drawn again")) is kept
    assert pages.get("b", lambda: page("new")).content == b"new"


def test_a_page_larger_than_all_the_room_is_sent_and_not_kept() -> None:
    pages = Pages(limit=3)
    assert pages.get("a", lambda: page("1234")).content == b"1234"
    assert pages.get("a", lambda: page("4321")).content == b"4321"


def test_a_short_page_is_not_compressed() -> None:
    request = RequestFactory().get("/", headers={"accept-encoding": "gzip"})
    answer = send(request, page("kort"), last_modified=ASKED_AT)
    assert answer.content == b"kort"
    assert "Content-Encoding" not in answer
