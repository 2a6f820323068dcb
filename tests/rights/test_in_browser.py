"""What only a browser can tell: accessibility, keys alone, no script, and that leaving works under our policy."""

import json
import re
from dataclasses import replace

import pytest
from django.utils import timezone

from mktnorge.models import OutgoingMail
from mktnorge.roles import Role
from processing.law.regimes import LegalRegime
from processing.law.rights import Right
from processing.models import SubjectCategory
from processing.models.governed import register_edit
from processing.register import register_as_of
from processing.services.drafts import findings_at_publication
from processing.services.notices import publish_notice
from rights.law.answers import Answers, Point, Step
from rights.law.deadlines import local_date
from rights.law.identity import IdentityMethod
from rights.law.outcomes import Outcome
from rights.law.terms import ChildAge, ContactWay, CopyFirst, CopyScope, OnBehalf, Relation
from rights.letters.body import Delivery
from rights.models import Draft, RightsRequest
from rights.services import answering, handling
from rights.services.drafts import start_draft
from rights.services.lost_codes import send_lost_codes
from rights.services.questions import ask_person
from tests.browser.accessibility import broken_colours, broken_rules, fits
from tests.builders import make_activity, make_controller, make_person
from tests.rights.builders import make_receipt
from tests.rights.pages import CASE, CHECK, MORE, MY_CASE, RECEIPT, START

pytestmark = pytest.mark.django_db(transaction=True)

# What a person in a hurry fills in: every question answered, and text everywhere.
FILLED = Answers(
    rights=(Right.ACCESS, Right.RECTIFICATION, Right.ERASURE, Right.PORTABILITY, Right.WITHDRAW_CONSENT),
    unsure=True,
    copy_first=CopyFirst.ASK,
    relation=Relation.CLIENT,
    on_behalf=OnBehalf.CHILD,
    child_age=ChildAge.FROM_12,
    told_of=tuple(Right),
    scope=tuple(CopyScope),
    from_year=2020,
    to_year=2024,
    points=(Point(Right.RECTIFICATION, "Adressen"), Point(Right.ERASURE, "Bildet"), Point(Right.ERASURE, "E-posten")),
    all_consents=True,
    file_to="Ny behandler",
    message="Jeg orker ikke mer.",
    name="Åse Testesen",
    contact_way=ContactWay.LETTER,
    address="Testveien 1\n0001 Oslo",
    no_voicemail=True,
)
LONG = replace(
    FILLED,
    points=(Point(Right.ERASURE, "x" * 1000),),
    message="lang " * 700,
    name="Æ" * 200,
    address="y" * 500,
    file_to="z" * 300,
)
COPY_ASKED = {"rights": (Right.ERASURE,), "told_of": (Right.ERASURE,)}

# What to do on the page, in the browser, to get one error, and all of them.
ERRORS = {
    Step.WHAT: [{}],
    Step.COPY_FIRST: [{}],
    Step.WHO: [{"paa_vegne_av": "self"}, {"paa_vegne_av": "child"}],
    Step.MORE: [{"fra_aar": "23"}, {"fra_aar": "23", "til_aar": "x", "fil_til": "z" * 301, "melding": "m" * 4001}],
    Step.CONTACT: [{"kanal": "follow"}, {"kanal": "email", "epost": "a@"}],
}
BEFORE = {
    Step.WHAT: None,
    Step.COPY_FIRST: Answers(rights=(Right.ERASURE,)),
    Step.WHO: Answers(rights=(Right.ACCESS,)),
    Step.MORE: replace(FILLED, told_of=None, points=(), message="", file_to="", scope=(), from_year=None, to_year=None),
    Step.CONTACT: replace(FILLED, name="", contact_way=None, address="", no_voicemail=False, message=""),
}


def check_accessible(page) -> None:
    """Every rule at both widths; the one rule that sees colours also in the dark."""
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="light")
        assert broken_rules(page) == []
        assert fits(page), (page.url, width)
        page.emulate_media(color_scheme="dark")
        assert broken_colours(page) == []


def carry(page, live_server, answers: Answers | None) -> None:
    """Let the browser come with a draft of `answers`, or with none."""
    page.context.clear_cookies()
    if answers is not None:
        token = start_draft(answers=answers, at=timezone.now())
        page.context.add_cookies([{"name": "krav", "value": token, "url": live_server.url}])


def fill(page, fields: dict[str, str]) -> None:
    for name, value in fields.items():
        control = page.locator(f'[name="{name}"]')
        if control.first.get_attribute("type") in {"radio", "checkbox"}:
            page.locator(f'[name="{name}"][value="{value}"]').check()
        else:
            control.fill(value)


@pytest.mark.parametrize("step", ERRORS)
def test_every_question_is_accessible_in_every_state(page, live_server, step):
    said = []
    page.on("console", lambda message: said.append(message.text))
    address = f"{live_server.url}/personvern/krav/{step.value}/"
    more = COPY_ASKED if step is Step.COPY_FIRST else {}
    for answers in (BEFORE[step], replace(FILLED, **more), replace(LONG, **more)):
        carry(page, live_server, answers)
        page.goto(address)
        assert page.locator("h1").count() == 1
        check_accessible(page)
    for fields in ERRORS[step]:
        carry(page, live_server, BEFORE[step])
        page.goto(address)
        fill(page, fields)
        page.get_by_role("button", name="Fortsett").click()
        assert page.title().startswith("Feil: ")
        assert page.evaluate("document.activeElement.className") == "error-summary"
        check_accessible(page)
    # The browser itself notes every answer over 400; anything else would be a broken policy or script.
    assert [text for text in said if "422" not in text] == []


@pytest.mark.parametrize("answers", [FILLED, LONG], ids=["filled", "long"])
def test_start_check_receipt_and_what_comes_instead_are_accessible(page, live_server, answers):
    page.goto(f"{live_server.url}{START}")
    check_accessible(page)
    carry(page, live_server, answers)
    page.goto(f"{live_server.url}{CHECK}")
    check_accessible(page)
    page.get_by_role("button", name="Send kravet").click()
    page.wait_for_url(f"**{RECEIPT}")
    check_accessible(page)
    Draft.objects.all().delete()
    for address in (RECEIPT, MORE):
        page.goto(f"{live_server.url}{address}")
        check_accessible(page)


def test_the_pages_of_somebody_who_follows_a_case_are_accessible(page, live_server):
    case = make_receipt(at=timezone.now())
    page.goto(f"{live_server.url}{CASE}")
    page.get_by_label("Følgekode").fill(case.code)
    page.get_by_role("button", name="Vis saken").click()
    page.wait_for_url(f"**{MY_CASE}")
    check_accessible(page)
    page.get_by_role("link", name="Legg til noe").click()
    check_accessible(page)
    page.get_by_role("button", name="Legg til").click()
    page.locator(".error-summary:focus").wait_for()
    check_accessible(page)
    page.locator('[value="access"]').check()
    page.get_by_label("Vil du si mer om det?").fill("Alt fra 2024")
    page.get_by_role("button", name="Legg til").click()
    page.wait_for_url(f"**{MY_CASE}")
    page.get_by_role("button", name="Be oss ringe deg").click()
    page.get_by_text("Du har bedt oss ringe.").wait_for()
    check_accessible(page)
    ask_person(
        case=case.request.pk, version=2, text=f"Gjelder det {'alle ' * 150}?", by=make_person(), at=timezone.now()
    )
    page.reload()
    check_accessible(page)
    page.get_by_role("link", name="Les og svar").click()
    check_accessible(page)
    page.get_by_role("button", name="Send svaret").click()
    page.locator(".error-summary:focus").wait_for()
    check_accessible(page)
    page.get_by_label("Svaret ditt").fill("Bare 2024. Jeg orker ikke mer.")
    page.get_by_role("button", name="Send svaret").click()
    page.get_by_role("heading", name="Er du i fare nå?").wait_for()
    check_accessible(page)
    page.get_by_role("link", name="Trekk kravet").click()
    check_accessible(page)
    page.get_by_role("button", name="Ja, trekk kravet").click()
    page.get_by_role("heading", name="Kravet er trukket").wait_for()
    check_accessible(page)


def test_the_pages_of_somebody_who_lost_the_code_are_accessible(page, live_server):
    make_controller(phone="900 00 000", email="post@prove.example")
    case = make_receipt(at=timezone.now(), contact_way=ContactWay.EMAIL, email="test@prove.example").request
    page.goto(f"{live_server.url}{CASE}")
    page.get_by_role("link", name="Jeg har mistet koden").click()
    page.get_by_role("heading", name="Jeg har mistet koden").wait_for()
    check_accessible(page)
    page.get_by_label("Saksnummer").fill(case.case_number)
    for address in ("", "a@"):
        page.get_by_label("E-postadressen du ga oss").fill(address)
        page.get_by_role("button", name="Send meg en engangskode").click()
        page.locator(".error-summary:focus").wait_for()
        check_accessible(page)
    page.get_by_label("E-postadressen du ga oss").fill("test@prove.example")
    page.get_by_role("button", name="Send meg en engangskode").click()
    page.get_by_role("heading", name="Skriv engangskoden").wait_for()
    check_accessible(page)
    send_lost_codes(timezone.now())
    page.get_by_label("Engangskode").fill("0000")
    page.get_by_role("button", name="Vis status").click()
    page.locator(".error-summary:focus").wait_for()
    check_accessible(page)
    page.get_by_label("Engangskode").fill(OutgoingMail.objects.get(kind="one_time_code").secret)
    page.get_by_role("button", name="Vis status").click()
    page.get_by_role("heading", name="Hvorfor ser jeg ikke mer?").wait_for()
    check_accessible(page)


def test_a_letter_on_the_page_of_the_case_is_accessible(page, live_server):
    make_controller()
    make_activity()
    now, by = timezone.now(), make_person(Role.CASE_HANDLER)
    made = make_receipt(at=now, rights=[Right.ACCESS])
    about = {"case": made.request.pk, "by": by, "at": now}
    handling.take_case(version=1, **about)
    handling.confirm_regimes(version=2, regimes={LegalRegime.GDPR_ONLY}, **about)
    handling.record_identity(version=3, method=IdentityMethod.EID, on=local_date(now), **about)
    handling.decide_right(version=4, right=Right.ACCESS, outcome=Outcome.GRANTED, reason="lang " * 300, **about)
    answering.make_answer(version=5, **about)
    answering.record_delivery(version=6, on=local_date(now), delivery=Delivery.CASE_PAGE, **about)
    page.goto(f"{live_server.url}{CASE}")
    page.get_by_label("Følgekode").fill(made.code)
    page.get_by_role("button", name="Vis saken").click()
    page.get_by_role("link", name="Les svaret").wait_for()
    check_accessible(page)
    page.get_by_role("link", name="Les svaret").click()
    page.get_by_role("heading", name="Svaret ditt").wait_for()
    check_accessible(page)


class Keys:
    """Somebody with a keyboard only. Counts the presses that choose or move on: what a thumb would tap."""

    def __init__(self, page):
        self.page = page
        self.taps = 0

    def go_to(self, role: str, name: str):
        """Press Tab until the control has the focus. Radio buttons are one stop, so arrows follow where needed."""
        wanted = self.page.get_by_role(role, name=name, exact=True)
        for _ in range(60):
            self.page.keyboard.press("Tab")
            if wanted.and_(self.page.locator(":focus")).count():
                return
            if role == "radio" and self._in_the_group(wanted):
                for _ in range(10):
                    if wanted.and_(self.page.locator(":focus")).count():
                        return
                    self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"The keyboard never came to {name!r}.")

    def _in_the_group(self, wanted) -> bool:
        name = wanted.get_attribute("name")
        return self.page.locator(f':focus[name="{name}"]').count() > 0

    def choose(self, role: str, name: str):
        self.go_to(role, name)
        self.page.keyboard.press("Space")
        self.taps += 1

    def press(self, role: str, name: str):
        self.go_to(role, name)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.taps += 1


@pytest.fixture
def plain_page(browser):
    """A page without script on the narrowest telephone."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640}, locale="nb-NO")
    yield context.new_page()
    context.close()


@pytest.fixture
def card(db):
    """The address of the notice, with a card about the journals of clients."""
    make_controller()
    activity = make_activity(number="A03", public_name="Journal")
    with register_edit(at=timezone.now()):
        SubjectCategory.objects.update_or_create(code="clients", defaults={"name": "Klienter"})
        clients = SubjectCategory.objects.get(code="clients")
        for row in activity.activitydata_set.all():
            row.subject = clients
            row.save()
    now, today = timezone.now(), timezone.localdate()
    found = findings_at_publication(register_as_of(now), in_force_from=today)
    publish_notice(
        by=make_person(Role.LEADER),
        at=now,
        in_force_from=today,
        summary="Utgave.",
        reasons={finding.key: "Avklares." for finding in found},
    )
    return "/personvern/"


def test_the_shortest_request_by_keys_alone_without_script_is_ten_taps_and_a_name(plain_page, live_server):
    keys = Keys(plain_page)
    plain_page.goto(f"{live_server.url}{START}")
    keys.press("link", "Start")
    keys.choose("checkbox", "Jeg er ikke sikker Skriv med egne ord, så finner vi ut av det sammen")
    keys.press("button", "Fortsett")
    keys.choose("radio", "Jeg er eller har vært klient")
    keys.choose("radio", "Meg selv")
    keys.press("button", "Fortsett")
    keys.press("button", "Fortsett")
    keys.go_to("textbox", "Hva heter du?")
    plain_page.keyboard.type("Test Testesen")
    keys.choose(
        "radio", "Jeg følger med selv, med koden jeg får Da trenger vi ingen adresse. Du får koden når du har sendt."
    )
    keys.press("button", "Fortsett")
    keys.press("button", "Send kravet")
    assert plain_page.url.endswith(RECEIPT)
    # The issue allows 11.
    assert keys.taps == 10
    assert RightsRequest.objects.get().unsure


def test_from_a_card_of_the_notice_it_is_eight_taps_and_a_name(plain_page, live_server, card):
    keys = Keys(plain_page)
    plain_page.goto(f"{live_server.url}{card}")
    keys.press("link", "Be om noe om dette : Journal")
    keys.choose("checkbox", "Se eller få kopi av det dere har om meg Kalles innsyn")
    keys.press("button", "Fortsett")
    keys.choose("radio", "Meg selv")
    keys.press("button", "Fortsett")
    keys.go_to("textbox", "Hva heter du?")
    plain_page.keyboard.type("Test Testesen")
    keys.choose("radio", "Ring meg på nummeret dere har")
    keys.press("button", "Fortsett")
    keys.press("button", "Send kravet")
    assert plain_page.url.endswith(RECEIPT)
    assert keys.taps == 8
    case = RightsRequest.objects.get()
    assert (case.relation, case.activity_number) == ("client", "A03")


def test_a_double_click_sends_one_request_and_shows_its_code(page, live_server):
    carry(page, live_server, FILLED)
    page.goto(f"{live_server.url}{CHECK}")
    page.get_by_role("button", name="Send kravet").dblclick()
    page.wait_for_url(f"**{RECEIPT}")
    assert len(page.locator("#kode-tegn").inner_text().replace(" ", "").replace("\n", "")) == 26
    assert RightsRequest.objects.count() == 1


@pytest.mark.parametrize("by", ["button", "Shift three times", "button without script"])
def test_leaving_leads_to_another_site_and_back_leads_to_nothing_typed(browser, live_server, settings, by):
    # The same server under its other name is another site to the browser, and to our policy for forms.
    here = live_server.url
    elsewhere = here.replace("localhost", "127.0.0.1")
    assert here != elsewhere
    settings.EXIT_URL = f"{elsewhere}/helse/live"
    context = browser.new_context(java_script_enabled="without" not in by)
    page = context.new_page()
    carry(page, live_server, replace(FILLED, message=""))
    page.goto(f"{here}{MORE}")
    page.get_by_label("Vil du fortelle mer?").fill("En tekst")
    if by.startswith("button"):
        page.get_by_role("button", name="Forlat siden").click()
    else:
        for _press in range(3):
            page.keyboard.press("Shift")
    page.wait_for_url(settings.EXIT_URL)
    assert context.cookies(here) == []
    assert not Draft.objects.exists()
    page.go_back()
    assert "En tekst" not in page.content()
    assert page.url.endswith((START, MORE))
    context.close()


def test_what_was_asked_is_found_by_its_name_in_the_answers(page, live_server):
    """The stored answers are what the page shows: nothing is lost between the browser and the draft."""
    carry(page, live_server, replace(FILLED, told_of=None))
    page.goto(f"{live_server.url}{MORE}")
    page.get_by_role("button", name=re.compile("Legg til et punkt.*slette")).click()
    page.get_by_label("Punkt 3").fill("Det tredje")
    page.get_by_role("button", name="Fortsett").click()
    page.wait_for_url(f"**{CHECK}")
    stored = json.loads(Draft.objects.get().answers)
    assert [point["text"] for point in stored["points"]] == ["Adressen", "Bildet", "E-posten", "Det tredje"]
    assert page.get_by_text("3. Det tredje").count() == 1
