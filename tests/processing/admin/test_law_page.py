"""The page that shows what the program believes the law to be: on which day, how old, and who may look."""

import re

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from mktnorge.roles import Role
from processing.law.lawbook import CHAPTERS, LAWBOOK
from processing.law.least_times import VOUCHERS
from tests.builders import ASKED_AT
from tests.processing.admin.pages import words_of

ROW = re.compile(r"<tr.*?</tr>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")


@pytest.fixture
def look_up(registrar):
    def page(**asked):
        with time_machine.travel(ASKED_AT, tick=False):
            return registrar.get(reverse("admin:processing_law"), asked)

    return page


def row(page, start: str) -> str:
    """The words of the first row that begins so."""
    rows = [" ".join(TAG.sub(" ", found).split()) for found in ROW.findall(page.content.decode())]
    return next(words for words in rows if words.startswith(start))


def test_the_chapters_hold_the_whole_lawbook_and_each_fact_once():
    shown = [fact for chapter in CHAPTERS for fact in chapter.facts]
    assert len(shown) == len(LAWBOOK)
    assert all(any(fact is one for one in shown) for fact in LAWBOOK)


@pytest.mark.parametrize(
    ("day", "entry", "standing", "source"),
    [
        ("2019-05-01", "USA: Privacy Shield", "Gjelder ", "(EU) 2016/1250"),
        ("2021-05-01", "USA: Privacy Shield", "Gjelder ikke lenger", "CJEU C-311/18"),
        ("2021-05-01", "USA: EU–US Data Privacy Framework", "Gjelder ikke ennå", "(EU) 2023/1795"),
        ("2026-11-23", "USA: EU–US Data Privacy Framework", "Gjelder ", "(EU) 2023/1795"),
        ("2024-12-31", "Ekomloven (2003) § 2-7b", "Gjelder ", "LOV-2003-07-04-83"),
        ("2025-01-01", "Ekomloven (2003) § 2-7b", "Gjelder ikke lenger", "LOV-2024-12-13-76 in force"),
        ("2024-12-31", "Ekomloven (2024) § 3-15", "Gjelder ikke ennå", "LOV-2024-12-13-76"),
        ("2025-01-01", "Ekomloven (2024) § 3-15", "Gjelder ", "LOV-2024-12-13-76"),
        ("01.01.2025", "Ekomloven (2024) § 3-15", "Gjelder ", "a day written the Norwegian way"),
    ],
)
def test_a_fact_stands_as_it_did_on_the_day(look_up, day, entry, standing, source):
    words = row(look_up(dag=day), entry)
    assert re.search(rf"{standing}(?! ikke)", words), (source, words)
    if standing == "Gjelder ":
        assert "Gjelder ikke" not in words, source


def test_a_row_says_from_when_to_when_where_and_when_it_was_checked(look_up):
    words = row(look_up(dag="2019-05-01"), "USA: Privacy Shield").replace("\u00a0", " ").replace("&nbsp;", " ")
    assert "12. juli 2016 – 15. juli 2020" in words
    assert "eur-lex.europa.eu" in words
    assert "22. november 2026" in words


def test_today_is_asked_when_no_day_is(look_up):
    page = look_up()
    assert page.status_code == 200
    assert page.context["on"].isoformat() == "2026-11-23"
    assert not page.context["stale"]


@pytest.mark.parametrize(
    ("day", "names"),
    [
        ("2027-05-31", set()),
        ("2027-06-01", {"Bokføringsloven", "Pasientjournalloven § 25"}),
        ("2027-11-23", {"Bokføringsloven", "Andorra"}),
    ],
)
def test_what_nobody_has_checked_for_a_year_is_named(look_up, day, names):
    stale = {entry.full_title for entry in look_up(dag=day).context["stale"]}
    assert names <= stale
    assert bool(names) == bool(stale)


def test_a_day_long_ago_does_not_make_our_knowledge_fresh(sign_in):
    with time_machine.travel("2028-01-10T12:00+01:00", tick=False):
        page = sign_in(Role.AUDITOR).get(reverse("admin:processing_law"), {"dag": "2019-05-01"})
    assert len(page.context["stale"]) == len(LAWBOOK)


@pytest.mark.parametrize("day", ["2019-02-31", "i går", "2019", "99999-01-01", "2019-05-01'--", "\x00"])
def test_a_day_that_is_no_day_is_refused_with_what_to_write(look_up, day):
    page = look_up(dag=day)
    assert page.status_code == 400
    assert "Skriv dagen slik: 2019-05-01" in words_of(page.content.decode())
    assert "law-table" not in page.content.decode()


def test_a_word_too_long_to_look_for_is_refused(look_up):
    assert look_up(sok="a" * 101).status_code == 400


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ekom 3-15", {"Ekomloven (2024) § 3-15"}),
        ("Sveits", {"Sveits"}),
        ("hpl. ", {"Helsepersonelloven"}),
        ("BILAG", {"Bokføringsloven § 13", VOUCHERS.name}),
        ("finnesikke", set()),
    ],
)
def test_a_thing_is_found_by_the_words_people_use(look_up, words, found):
    chapters = look_up(sok=words).context["chapters"]
    assert {entry.full_title for _chapter, entries in chapters for entry in entries} == found


@pytest.mark.parametrize("role", list(Role))
def test_every_role_may_look(role, sign_in):
    assert sign_in(role).get(reverse("admin:processing_law")).status_code == 200


def test_nobody_else_may(sign_in, db):
    assert Client().get(reverse("admin:processing_law")).status_code == 302
    client = sign_in(Role.AUDITOR)
    Group.objects.all().delete()
    assert client.get(reverse("admin:processing_law")).status_code == 403


def test_the_page_only_reads(registrar):
    assert registrar.post(reverse("admin:processing_law")).status_code == 405
