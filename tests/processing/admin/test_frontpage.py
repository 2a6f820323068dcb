"""The register on the admin's front page: who sees it, that it counts right, and that it stays cheap."""

import re
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mktnorge.roles import Role
from processing.admin.frontpage import AGREEMENT_MISSING, AGREEMENT_UNDATED
from processing.law.checks import RULES, check_register
from processing.law.findings import Severity
from processing.models import Activity, Controller, Party
from processing.models.governed import register_edit
from processing.register import register_as_of
from processing.services.notices import publish_demonstration
from processing.services.reviews import open_due_reviews
from tests.builders import WRITTEN_AT, fill_register, make_activity, make_controller, make_person
from tests.company import load_company
from tests.processing.admin.pages import ENGLISH, words_of

FRONT = "/admin/"


@pytest.fixture
def company_register(db) -> None:
    load_company(at=WRITTEN_AT)


def panel(client: Client) -> dict:
    """What the register's panel is given."""
    [found] = [panel.content for panel in client.get(FRONT).context["panels"] if "worst" in panel.content]
    return found


@pytest.mark.parametrize("role", list(Role), ids=[role.name for role in Role])
def test_every_role_that_reads_the_register_sees_it(role, company_register, sign_in):
    answer = sign_in(role).get(FRONT)
    words = words_of(answer.content.decode())

    assert "Her er det flest feil" in words
    assert ENGLISH.findall(words) == []
    assert not re.findall(r"<style\b|\sstyle=|\son[a-z]+=", answer.content.decode())


def test_somebody_without_a_role_sees_nothing_of_it(company_register, client):
    person = make_person(email="uten.rolle@prove.example")
    person.groups.clear()
    client.force_login(person)

    assert client.get(FRONT).context["panels"] == []
    assert "Her er det flest feil" not in words_of(client.get(FRONT).content.decode())


def test_an_empty_register_has_no_panel(registrar):
    assert registrar.get(FRONT).context["panels"] == []


def test_it_counts_what_the_rules_find(company_register, registrar):
    findings = check_register(register_as_of(timezone.now()), law_on=timezone.localdate())
    counts = Counter(finding.severity for finding in findings)

    shown = panel(registrar)

    assert shown["activities"] == 14
    assert [count for _sign, count, _words in shown["tally"]] == [counts[severity] for severity in Severity]


def test_it_leads_to_the_pages_with_most_errors(company_register, registrar):
    findings = check_register(register_as_of(timezone.now()), law_on=timezone.localdate())
    errors = Counter(finding.subject for finding in findings if finding.severity is Severity.ERROR)

    worst = panel(registrar)["worst"]

    assert [page.counts[Severity.ERROR] for page in worst] == sorted(errors.values(), reverse=True)[:5]
    for page in worst:
        subject = registrar.get(page.address).context["original"]
        assert page.name in (str(subject), "Virksomheten")
        assert page.counts[Severity.ERROR] == errors[getattr(subject, "number", "")]


def test_processors_without_an_agreement_are_counted(company_register, registrar):
    processors = Party.objects.filter(role="processor").count()
    assert panel(registrar)["agreements_missing"] == 0
    with register_edit(at=WRITTEN_AT):
        company = Controller.objects.get()
        company.agreements_with_processors = "not_stated"
        company.save()
    with_own = Party.objects.filter(role="processor", has_agreement="yes").count()

    shown = panel(registrar)

    assert (shown["processors"], shown["agreements_missing"]) == (processors, processors - with_own)
    assert shown["agreements_missing"] > 0
    assert f"{processors - with_own} av {processors} databehandlere er uten avtale" in words_of(
        registrar.get(FRONT).content.decode()
    )


def test_the_codes_it_counts_are_those_of_rules():
    assert {AGREEMENT_MISSING, AGREEMENT_UNDATED} <= {rule.code for rule in RULES}


class TestPublication:
    def test_before_the_first_version(self, company_register, registrar):
        assert "Den er ikke publisert ennå" in words_of(registrar.get(FRONT).content.decode())

    def test_a_version_that_says_what_the_register_says(self, company_register, registrar):
        publish_demonstration(by=make_person(Role.LEADER), at=timezone.now())

        assert panel(registrar)["drift"] == ""
        assert "Utgave 1 bygger på det som står i registeret nå." in words_of(registrar.get(FRONT).content.decode())

    def test_a_register_that_has_moved_on_and_back(self, company_register, registrar):
        published_at = timezone.now() - timedelta(minutes=5)
        publish_demonstration(by=make_person(Role.LEADER), at=published_at)
        activity = Activity.objects.first()
        before = activity.owner

        moved = "Registeret er endret siden utgave 1: 1 forskjell, ingen synlige for publikum."
        for owner, words in (("Faglig leder", moved), (before, "")):
            with register_edit(at=timezone.now()):
                activity.owner = owner
                activity.save()
            assert panel(registrar)["drift"] == words
            assert ("noticeversion/endringer" in registrar.get(FRONT).content.decode()) is bool(words)

    def test_a_review_says_nothing_new(self, company_register, registrar):
        publish_demonstration(by=make_person(Role.LEADER), at=timezone.now() - timedelta(minutes=5))
        opened = open_due_reviews(at=timezone.now(), by=None)

        shown = panel(registrar)
        assert shown["drift"] == ""
        assert shown["open_reviews"] == shown["due_reviews"] == len(opened) == 14

    def test_only_those_who_publish_are_led_there(self, company_register, sign_in):
        led = [role for role in Role if "noticeversion/publiser" in sign_in(role).get(FRONT).content.decode()]

        assert led == [Role.LEADER]


def test_it_asks_as_much_at_140_activities_as_at_14(registrar):
    fill_register(14)
    registrar.get(FRONT)
    with CaptureQueriesContext(connection) as at_14:
        registrar.get(FRONT)
    for _place in range(126):
        make_activity(bare=True)

    with CaptureQueriesContext(connection) as at_140:
        answer = registrar.get(FRONT)

    assert len(at_140) == len(at_14)
    assert [panel.content["activities"] for panel in answer.context["panels"]] == [140]


def test_activities_that_no_error_is_found_in_are_not_among_the_worst(registrar, db):
    make_controller()
    full = make_activity()
    bare = make_activity(bare=True)

    names = [page.name for page in panel(registrar)["worst"]]

    assert str(bare) in names
    assert str(full) not in names
