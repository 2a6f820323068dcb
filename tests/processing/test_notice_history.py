"""What the notice has said: every change in words, and the version that applied on a day."""

import html
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from processing.models import NoticeVersion
from processing.models.governed import register_edit
from processing.views.history import COMPARED
from tests.builders import ASKED_AT, make_activity, make_controller
from tests.processing.test_notice_pages import TODAY, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(time_machine) -> None:
    time_machine.move_to(ASKED_AT, tick=False)


@pytest.fixture
def activity():
    make_controller()
    return make_activity(public_name="Journalen din", public_access="bare behandleren din")


def edited(activity, minutes: int = 1, **values):
    with register_edit(at=ASKED_AT + timedelta(minutes=minutes)):
        for name, value in values.items():
            setattr(activity, name, value)
        activity.save()
    return publish(at=ASKED_AT + timedelta(minutes=minutes, seconds=1))


def read(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


def test_a_change_is_told_with_what_stood_before_and_what_stands_now(client, activity) -> None:
    publish()
    edited(activity, public_access="bare behandleren din og lederen")
    page = client.get("/personvern/endringer/").content.decode()
    assert '<h3 id="endring-2-1">Journalen din</h3>' in page
    assert re.search(r"Før:</span> Hos oss: bare behandleren <del>din\.</del>", page.replace("<br>", ""))
    assert re.search(r"<ins>din og lederen\.</ins>", page.replace("<br>", ""))
    assert "Utgave 1" in page
    assert "Dette er den første utgaven." in page


def test_the_reason_of_a_change_is_told(client, activity) -> None:
    publish()
    text = read(client, "/personvern/endringer/")
    assert "Utgave." in text  # the summary of tests.processing.test_notice_pages.publish


def test_a_version_that_changed_no_word_says_so(client, activity) -> None:
    publish()
    publish(at=ASKED_AT + timedelta(minutes=1))
    assert "Ingen ord i erklæringen er endret." in read(client, "/personvern/endringer/")


def test_a_version_that_is_not_in_force_is_not_told_of(client, activity) -> None:
    publish()
    with register_edit(at=ASKED_AT + timedelta(minutes=1)):
        activity.public_name = "Hemmelig til i morgen"
        activity.save()
    publish(at=ASKED_AT + timedelta(minutes=2), in_force_from=TODAY + timedelta(days=1))
    assert "Hemmelig til i morgen" not in read(client, "/personvern/endringer/")
    assert client.get("/personvern/endringer/?utgave=2").status_code == 404
    assert client.get("/personvern/versjon/2/erklaering.txt").status_code == 404
    assert client.get("/personvern/versjon/2/hele/").status_code == 404


def test_old_comparisons_are_a_link_away(client, activity) -> None:
    publish()
    for number in range(1, COMPARED + 1):
        edited(activity, minutes=number, public_name=f"Navn {number}")
    page = client.get("/personvern/endringer/").content.decode()
    assert 'href="?utgave=1"' in page
    assert 'id="utgave-1"' not in page
    assert 'id="utgave-2"' in page
    alone = client.get("/personvern/endringer/?utgave=2").content.decode()
    assert "Navn 1" in alone
    assert 'id="utgave-3"' not in alone


@pytest.mark.parametrize("wanted", ["9", "0", "x", "1'--", "-1"])
def test_an_unknown_version_to_compare_is_a_clear_page(client, activity, wanted) -> None:
    publish()
    page = client.get("/personvern/endringer/", {"utgave": wanted})
    assert page.status_code == 404
    assert "Utgaven finnes ikke" in page.content.decode()


def test_before_the_first_version_there_is_nothing_to_compare(client) -> None:
    make_controller()
    assert client.get("/personvern/endringer/").status_code == 200


# --- The version of a day


def test_the_form_asks_for_a_day(client) -> None:
    page = client.get("/personvern/paa-dato/")
    assert page.status_code == 200
    assert "Hvilken dag?" in page.content.decode()


@pytest.mark.parametrize("asked", ["2026-11-23", "23.11.2026", "23.11.26", " 23.11.2026 "])
def test_a_day_is_understood_however_it_is_written(client, activity, asked) -> None:
    publish()
    page = client.get("/personvern/paa-dato/", {"dato": asked})
    assert page.status_code == 200
    assert "gjaldt utgave 1." in page.content.decode()


@pytest.mark.parametrize("asked", ["31.02.2026", "i går", "2026-13-01", "0", "<b>", "99999-01-01", "23.11.2026.1"])
def test_what_is_no_day_is_a_clear_page(client, activity, asked) -> None:
    publish()
    page = client.get("/personvern/paa-dato/", {"dato": asked})
    assert page.status_code == 400
    assert "Skriv datoen som dag, måned og år" in page.content.decode()
    assert "gjaldt utgave" not in page.content.decode()
    assert "<b>" not in page.content.decode()


def test_a_day_without_a_version_is_told_as_such(client, activity) -> None:
    publish()
    before = client.get("/personvern/paa-dato/", {"dato": "22.11.2026"})
    assert before.status_code == 404
    assert "ikke publisert" in before.content.decode()
    later = client.get("/personvern/paa-dato/", {"dato": "24.11.2026"})
    assert later.status_code == 404
    assert "ikke kommet ennå" in later.content.decode()


def test_a_day_with_two_versions_tells_when_the_second_came(client, activity, time_machine) -> None:
    publish(at=ASKED_AT - timedelta(days=1), in_force_from=TODAY - timedelta(days=1))
    publish()
    text = read(client, "/personvern/paa-dato/?dato=2026-11-23")
    assert "Da 23. november 2026 begynte, gjaldt utgave 1." in text.replace("\u00a0", " ")
    assert "Fra klokken 12.00 gjaldt utgave 2." in text


DAY = date(2026, 11, 10)


def noon(day: int) -> datetime:
    return datetime(2026, 11, day, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ([], []),
        ([(9, 9)], [1]),
        ([(9, 10)], [1]),
        ([(10, 10)], [1]),
        ([(9, 9), (10, 10)], [1, 2]),
        ([(8, 9), (9, 10)], [2]),
        ([(8, 9), (8, 10), (9, 10)], [3]),
        ([(8, 10), (10, 10)], [1, 2]),
        ([(9, 9), (9, 11)], [1]),
        ([(11, 11)], []),
    ],
)
def test_the_versions_of_a_day_are_those_that_could_be_read_during_it(activity, published, expected) -> None:
    """Each pair: the day in November it was published, at noon, and the day it came into force."""
    for at, in_force_from in published:
        publish(at=noon(at), in_force_from=date(2026, 11, in_force_from))
    assert [version.number for version in NoticeVersion.objects.applied_during(DAY)] == expected
