"""The messages of tests/data/requests.json, sent through the form with the choices their writers would make.

Asserted is what the program derives by itself: rights, dates, flags, masking, points, and the activities it thinks of.
What a person must decide is not asserted here.
"""

import json
import re
from datetime import date, datetime
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from processing.in_use import activities_in_use
from processing.law.rights import Right
from rights.law.advice import concerning
from rights.law.danger import phrases_in
from rights.law.terms import Relation
from rights.models import RequestPoint, RightsRequest
from rights.workflow import EventKind
from tests.rights.pages import RECEIPT, submit

DATA = Path(__file__).resolve().parents[1] / "data"
MESSAGES = {one["id"]: one for one in json.loads((DATA / "requests.json").read_text())["requests"]}
SENTENCES = json.loads((DATA / "danger_sentences.json").read_text())["sentences"]
DOCUMENT = DATA.parents[1] / "docs" / "danger.md"

ANSWERED_BY_CALL = {"kanal": "call"}

# What a person who wrote this would click. The rest is the message itself, typed into «Fortell mer».
CHOICES = {
    "RQ01": {"rett": ["access"], "omfang": ["record", "dealings", "everything"], "fra_aar": "2023", "til_aar": "2024"},
    "RQ03": {"rett": ["erasure"], "kopi_forst": "no", "punkt_erasure_1": "Hele journalen min"},
    "RQ05": {"rett": ["access_log"]},
    "RQ09": {"rett": ["access"], "omfang": ["record"], "paa_vegne_av": "child", "barn_alder": "from_12"},
    "RQ17": {
        "rett": ["withdraw_consent", "erasure"],
        "kopi_forst": "no",
        "samtykke": ["A06"],
        "punkt_erasure_1": "Opptaket fra timen 3. desember",
    },
    "RQ19": {"rett": ["erasure"], "kopi_forst": "ask"},
    "RQ23": {
        "rett": ["access", "portability", "erasure", "withdraw_consent", "objection"],
        "samtykke": ["alle"],
        "fil_til": "En annen behandler",
        "punkt_objection_1": "Navnet mitt, til noe som helst",
    },
}
# Activities a person would think of and the relation «klient» does not lead to.
NOT_THOUGHT_OF = {"RQ23": {"newsletter_analytics"}}
# A parent of a client chooses «klient»: the child is one. The form asks whom the request is for by itself.
RELATION = "client"


def test_every_message_by_web_form_is_here():
    assert {name for name, one in MESSAGES.items() if one["channel"] == "web_form"} == set(CHOICES)


@pytest.mark.django_db
def test_each_message_becomes_the_case_it_should_be():
    call_command("load_register", verbosity=0)
    with time_machine.travel(datetime(2026, 11, 22, tzinfo=timezone.get_default_timezone()), tick=False) as clock:
        for name, choices in CHOICES.items():
            message, truth = MESSAGES[name], MESSAGES[name]["truth"]
            clock.move_to(datetime.fromisoformat(message["received_at"]))
            sent = submit(Client(), rolle=RELATION, melding=message["message"], **ANSWERED_BY_CALL, **choices)
            assert sent["Location"] == RECEIPT, name
            case = RightsRequest.objects.latest("pk")

            assert {row.right for row in case.requested_rights.all()} == set(truth["rights"]), name
            assert case.message == message["message"], name
            due = truth["due"]
            stored = {
                "received_local_date": case.received_on,
                "nominal_month_date": case.nominal_on,
                "statutory_due": case.statutory_on,
                "promise_plus_30": case.promised_on,
                "show_to_client": case.client_on,
                "show_to_staff_latest": case.staff_on,
                "statutory_due_if_extended": case.extended_on,
            }
            assert stored == {column: date.fromisoformat(due[column]) for column in stored}, name
            at_once = any(Right(row.right).acts_at_once for row in case.requested_rights.all())
            assert at_once is ("withdraw_consent" in truth["rights"]), name

            assert case.speaks_of_danger is ("acute_risk" in truth["sensitive"]), name
            assert case.events.filter(kind=EventKind.DANGER_SEEN).exists() is case.speaks_of_danger, name

            concerned = concerning(activities_in_use(case.received_on), Relation(case.relation))
            register = {activity.code for activity in activities_in_use(case.received_on)}
            thought_of = {activity.code for activity in concerned}
            missing = set(truth["activities"]) & register - thought_of
            assert missing == NOT_THOUGHT_OF.get(name, set()), name

            wanted = {key: value for key, value in choices.items() if key.startswith("punkt")}
            points = RequestPoint.objects.filter(requested_right__request=case)
            assert sorted(point.text for point in points) == sorted(wanted.values()), name
            if "copy_before_delete" in truth["handling"]:
                assert case.copy_first == "yes", name

    by_age = RightsRequest.objects.exclude(child_age="")
    assert [(case.on_behalf, case.child_age) for case in by_age] == [("child", "from_12")]
    assert [case.consents for case in RightsRequest.objects.exclude(consents=[])] == [["A06"]]


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["01019012345", "010190 12345", "410190-12345", "01419012345"])
def test_a_message_with_an_identity_number_loses_it(client, number):
    submit(client, melding=f"{MESSAGES['RQ01']['message']} Mitt nummer er {number}.")
    assert RightsRequest.objects.get().message.endswith("Mitt nummer er [fødselsnummer fjernet].")


def report() -> list[tuple[str, str, str]]:
    """What the word list says of every message and sentence where it and a person disagree, and of every hit."""
    texts = [
        *(
            (name, f"{m['subject']}\n{m['message']}", "acute_risk" in m["truth"]["sensitive"])
            for name, m in MESSAGES.items()
        ),
        *((s["text"], s["text"], s["danger"]) for s in SENTENCES),
    ]
    rows = []
    for name, text, danger in texts:
        found = phrases_in(text)
        if danger or found:
            verdict = "found" if danger and found else "missed" if danger else "false alarm"
            rows.append((name, verdict, ", ".join(found)))
    return rows


def test_the_report_on_the_word_list_is_true():
    page = DOCUMENT.read_text(encoding="utf-8")
    written = re.findall(r"^\| (.+?) \| (found|missed|false alarm) \|(.*?)\|$", page, flags=re.MULTILINE)
    assert [(name, verdict, found.strip()) for name, verdict, found in written] == report()
    counts = {verdict: sum(row[1] == verdict for row in report()) for verdict in ("found", "missed", "false alarm")}
    assert f"{counts['found']} found, {counts['missed']} missed, {counts['false alarm']} false alarms" in page
