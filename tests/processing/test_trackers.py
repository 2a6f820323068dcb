"""Cookies and the like: what the tables refuse, and what the public, the PDF and an old file say of them."""

import json
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from processing.exports.json import canonical_json, register_payload
from processing.imports.json import read_payload, read_register
from processing.law.records import TrackerRecord
from processing.law.trackers import LifeUnit, TrackerNeed
from processing.models import Activity, Tracker
from processing.models.governed import register_edit
from processing.notices.cards import CardComposer
from processing.notices.trackers import tracker_life, tracker_line
from processing.notices.voices import BOKMAL
from processing.register import register_as_of
from tests.builders import (
    ASKED_AT,
    JOURNAL_SUPPLIER,
    WRITTEN_AT,
    make_activity,
    make_activity_record,
    make_controller,
    make_controller_record,
    make_register,
    party,
)
from tests.settings import BASE_DIR

GA = TrackerRecord(
    name="_ga",
    provider="Google",
    reason="teller besøk",
    life=2,
    life_unit=LifeUnit.YEARS,
    need=TrackerNeed.CONSENT,
)


def tracker(activity: Activity, **over) -> Tracker:
    return Tracker(activity=activity, **{"name": "_ga", **over})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("broken", "name"),
    [
        ({"life": 2, "life_unit": ""}, "processing_tracker_life_has_unit"),
        ({"life": None, "life_unit": "years"}, "processing_tracker_life_has_unit"),
        ({"life": 2, "life_unit": "session"}, "processing_tracker_life_has_unit"),
        ({"life": 0, "life_unit": "days"}, "processing_tracker_life_has_unit"),
        ({"party": JOURNAL_SUPPLIER, "provider": "Google"}, "processing_tracker_one_provider"),
        ({"name": "sessionid", "provider": "vi selv"}, "processing_tracker_once"),
    ],
)
def test_the_tables_refuse_what_cannot_be_meant(broken, name):
    make_controller()
    activity = make_activity()
    constraint = next(one for one in Tracker._meta.constraints if one.name == name)
    with register_edit(at=WRITTEN_AT):
        values = broken | ({"party": party(broken["party"])} if "party" in broken else {})
        row = tracker(activity, **values)
        with pytest.raises(ValidationError) as refused:
            row.validate_constraints()
        assert str(constraint.violation_error_message) in refused.value.messages
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()


@pytest.mark.django_db
@pytest.mark.parametrize(("life", "unit"), [(None, ""), (None, "session"), (1, "minutes"), (32767, "days")])
def test_what_is_stated_is_read_back(life, unit):
    make_controller()
    activity = make_activity(bare=True)
    with register_edit(at=WRITTEN_AT):
        tracker(activity, party=party(), life=life, life_unit=unit).save()
    (read,) = register_as_of(WRITTEN_AT).activities[0].trackers
    assert read == TrackerRecord(name="_ga", party=JOURNAL_SUPPLIER, life=life, life_unit=LifeUnit.of(unit), need=None)


@pytest.mark.parametrize(
    ("stated", "line"),
    [
        (GA, "_ga (Google): teller besøk. Blir liggende i 2 år. Den settes bare hvis du sier ja."),
        (
            TrackerRecord(
                name="sessionid",
                provider="vi selv",
                reason="holder deg innlogget.",
                life_unit=LifeUnit.SESSION,
                need=TrackerNeed.NECESSARY,
            ),
            "sessionid (vi selv): holder deg innlogget. Blir borte når du lukker nettleseren. "
            "Nettstedet virker ikke uten den.",
        ),
        (
            TrackerRecord(name="x"),
            "x (leverandør ikke oppgitt): hva den brukes til, er ikke oppgitt. "
            "Hvor lenge den blir liggende, er ikke oppgitt.",
        ),
    ],
)
def test_a_tracker_in_a_sentence_says_what_is_stated_and_what_is_not(stated, line):
    assert tracker_line(BOKMAL, stated) == line


def test_every_length_of_life_has_words():
    for unit, life in product(LifeUnit, (1, 2)):
        number = None if unit is LifeUnit.SESSION else life
        assert tracker_life(TrackerRecord(name="x", life=number, life_unit=unit), str)
    assert tracker_life(TrackerRecord(name="x", life=1, life_unit=LifeUnit.YEARS), str) == "ett år"
    assert tracker_life(TrackerRecord(name="x"), str) == ""


def card_rows(**over):
    composer = CardComposer(make_controller_record(), ASKED_AT.date(), BOKMAL)
    return {row.key: row for row in composer.card(make_activity_record(**over)).details}


def test_the_card_lists_them_and_says_when_none_is_named():
    assert [line.text for line in card_rows(trackers=(GA,))["trackers"].lines] == [tracker_line(BOKMAL, GA)]
    assert "trackers" not in card_rows(trackers=())
    assert card_rows(trackers=(), name="Informasjonskapsler")["trackers"].lines[0].missing


def test_they_go_out_and_in_again_byte_for_byte():
    register = make_register(activities=[make_activity_record(trackers=(GA, TrackerRecord(name="x")))])
    content = canonical_json(register)
    read = read_register(content)
    assert read.problems == ()
    assert canonical_json(read.register) == content


def test_a_file_of_version_1_names_none_and_may_not():
    payload = json.loads((BASE_DIR / "tests" / "data" / "register-version-1.json").read_text())
    assert all(activity.trackers == () for activity in read_payload(payload).register.activities)
    payload["activities"][0]["trackers"] = []
    assert [problem.place for problem in read_payload(payload).problems] == ["activities[0].trackers"]


def test_one_name_and_provider_stands_once_in_a_file():
    payload = register_payload(make_register(activities=[make_activity_record(trackers=(GA, GA))]))
    assert [problem.place for problem in read_payload(payload).problems] == ["activities[0].trackers[1].provider"]
