"""What only a browser does on the change page: Enter saves, and a click on a proposal asks before words are lost."""

import pytest

from mktnorge.roles import Role
from processing.models import Activity, Proposal
from processing.models.governed import register_edit
from tests.builders import WRITTEN_AT, make_activity, make_controller, make_person
from tests.signing_in import bring_in


@pytest.fixture
def opened(transactional_db, live_server, page):
    """The change page of an activity with a proposal, in a browser where a registrar has signed in."""
    make_controller()
    activity = make_activity(bare=True)
    with register_edit(at=WRITTEN_AT):
        Proposal.objects.create(activity=activity, field="regime", value="accounting")
    bring_in(page, live_server, make_person(Role.REGISTRAR))
    page.goto(f"{live_server.url}{activity.get_absolute_url()}")
    page.wait_for_selector("button[name=forslag]")
    return page


def test_a_click_with_nothing_typed_asks_nothing(opened):
    asked = []
    opened.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))

    opened.click("button[name=forslag]")

    opened.wait_for_selector(".messagelist .success")
    assert asked == []
    assert opened.input_value("#id_regime") == "accounting"


def test_a_click_over_typed_words_asks_first_and_keeps_them(opened):
    asked = []
    opened.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    opened.fill("#id_owner", "Fagansvarlig")

    opened.click("button[name=forslag]")

    assert len(asked) == 1
    assert "ikke er lagret" in asked[0]
    assert opened.input_value("#id_owner") == "Fagansvarlig"
    assert Activity.objects.get().regime == ""


def test_enter_in_a_field_saves_the_page_and_accepts_nothing(opened):
    opened.fill("#id_owner", "Fagansvarlig")
    opened.fill("#id_change_reason", "Ny rolle")

    opened.press("#id_change_reason", "Enter")

    opened.wait_for_selector(".messagelist .success")
    assert Activity.objects.get().owner == "Fagansvarlig"
    assert Activity.objects.get().regime == ""
    assert Proposal.objects.count() == 1
