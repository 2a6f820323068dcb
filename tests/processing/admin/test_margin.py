"""The margin of the change pages: every finding beside its field, nothing told twice, and the public card."""

import re
from collections import Counter

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from mktnorge.roles import Role
from processing.law.checks import check_register
from processing.law.findings import Severity
from processing.models import (
    Activity,
    ActivityData,
    Controller,
    DataCategory,
    LegalGround,
    Proposal,
    Purpose,
    Remark,
    SubjectCategory,
)
from processing.models.governed import register_edit
from processing.notices.compose import compose_notice
from processing.register import edits_of, register_as_of, version_of
from tests.builders import WRITTEN_AT, make_activity, make_controller
from tests.company import load_company
from tests.processing.admin.pages import fields_of, words_of


@pytest.fixture
def company_register(db) -> None:
    """The company's register as it is loaded."""
    load_company(at=WRITTEN_AT)


@pytest.fixture
def bare(db) -> Activity:
    make_controller()
    return make_activity(bare=True)


def page_of(row: Activity | Controller) -> str:
    return reverse(f"admin:processing_{row._meta.model_name}_change", args=[row.pk])


def accept_page(row: Activity | Controller) -> str:
    return reverse(f"admin:processing_{row._meta.model_name}_accept", args=[row.pk])


def numbered(number: str) -> Activity:
    return Activity.objects.get(number=number)


def top_of(context) -> list:
    """What stands over the parts: what must be done, and below it, folded, what is only worth noting."""
    return [*context["notes"], *context["quiet_notes"]]


def notes_of(context) -> list:
    """Every note of the page, in the order it is read, with those that stand with another."""
    in_order = [note for _label, note in top_of(context)]
    in_order += [note for part in context["parts"] for note in part.notes]
    return in_order


def beside(context, part: str, place: int = 0) -> list:
    """The notes beside the rows of a part."""
    [shown] = [shown for shown in context["parts"] if shown.part.heading == part]
    return shown.groups[place][1]


def findings_of(subject: str) -> list:
    register = register_as_of(timezone.now())
    return [one for one in check_register(register, law_on=timezone.localdate()) if one.subject == subject]


def propose(row: Activity | None, field: str, value: str, **over: str) -> Proposal:
    with register_edit(at=WRITTEN_AT):
        return Proposal.objects.create(activity=row, field=field, value=value, **over)


def remark(row: Activity, field: str, text: str, kind: str = "vague", gap: str = "") -> Remark:
    with register_edit(at=WRITTEN_AT):
        return Remark.objects.create(activity=row, field=field, text=text, kind=kind, gap=gap)


class TestFindings:
    def test_every_finding_of_the_company_register_stands_once(self, company_register, registrar):
        found = check_register(register_as_of(timezone.now()), law_on=timezone.localdate())
        for row in (Controller.objects.get(), *Activity.objects.all()):
            subject = getattr(row, "number", "")
            expected = Counter((one.code, one.message, one.detail) for one in found if one.subject == subject)
            answer = registrar.get(page_of(row))

            shown = Counter(
                (note.finding.code, note.text, detail)
                for note in notes_of(answer.context)
                if note.finding
                for detail in note.details or ("",)
            )

            assert shown == expected, row
            ids = re.findall(r'\sid="([^"]+)"', answer.content.decode())
            assert [name for name, times in Counter(ids).items() if times > 1 and name.startswith("funn-")] == [], row
            # What the margin leads to is on the page.
            targets = re.findall(r'href="#((?:funn|publikum|del|[a-z]+_set)[^"]*)"', answer.content.decode())
            assert set(targets) <= set(ids), row
            # An activity has a place for every field that a rule names.
            if subject:
                assert [note.text for _label, note in top_of(answer.context) if note.finding] == [], row

    def test_each_stands_beside_its_own_field(self, company_register, registrar):
        context = registrar.get(page_of(numbered("A03"))).context

        assert [note.finding.code for note in beside(context, "Lagring") if note.finding] == ["journal-time-fixed"]
        assert "12-id-number-not-answered" in [
            note.finding.code for note in beside(context, "Personer og opplysninger") if note.finding
        ]
        _regime, notes = next(line for shown in context["parts"] for line in shown.lines if "regime" in line[0].fields)
        assert [note.finding.code for note in notes] == ["regime-journal"]

    def test_a_finding_about_a_column_stands_beside_its_rows(self, bare, registrar):
        with register_edit(at=WRITTEN_AT):
            LegalGround.objects.create(activity=bare, basis="c", national_law="Bokføringsloven § 13")
            LegalGround.objects.create(activity=bare, basis="a", position=1)

        answer = registrar.get(page_of(bare))

        [note] = [note for note in beside(answer.context, "Grunnlag") if note.finding.field == "consent_withdrawal"]
        assert note.rows == (("nr. 2", "#legalground_set-1"),)
        assert 'id="legalground_set-1"' in answer.content.decode()

    def test_kind_comes_first_then_what_to_do_then_law_and_gap(self, company_register, registrar):
        words = words_of(registrar.get(page_of(numbered("A03"))).content.decode())

        order = [
            "Feil",
            "Det kan være med helse eller andre særlige kategorier. Velg vilkåret i artikkel 9.",
            "Personvernforordningen art. 9 nr. 2 (G08)",
            "Helsetjenester under taushetsplikt",
            "Bruk forslaget",
        ]
        place = words.index(order[1]) - len("Feil\n")
        for piece in order:
            place = words.index(piece, place)

    def test_the_gravest_come_first_beside_a_field(self, company_register, registrar):
        order = list(Severity)
        for number in ("A01", "A06", "A13"):
            for shown in registrar.get(page_of(numbered(number))).context["parts"]:
                for _place, notes in (*shown.lines, *shown.groups):
                    gravity = [order.index(note.finding.severity) for note in notes if note.finding]
                    assert gravity == sorted(gravity)

    def test_what_is_elsewhere_stands_first_with_the_way_there(self, company_register, registrar):
        answer = registrar.get(page_of(Controller.objects.get()))

        notes = {note.finding.code: note for _label, note in top_of(answer.context) if note.finding}

        unnamed = notes["15-1-c-recipient-unnamed"]
        assert len(unnamed.rows) == len(unnamed.details) == 15
        words, address = unnamed.rows[0]
        assert words == "Journalsystem"
        assert registrar.get(address).context["original"].service == words
        labels = [label for label, _note in top_of(answer.context)]
        assert "Mottakere og databehandlere" in labels

    def test_the_tally_counts_and_leads_to_the_first_of_each_kind(self, company_register, registrar):
        counts = Counter(one.severity for one in findings_of("A13"))
        answer = registrar.get(page_of(numbered("A13")))

        assert [words for _sign, words, _anchor in answer.context["tally"]] == [
            f"{counts[Severity.ERROR]} feil",
            f"{counts[Severity.WARNING]} ting å sjekke",
            f"{counts[Severity.INFO]} ting å merke seg",
        ]
        for sign, _words, anchor in answer.context["tally"]:
            first = next(note for note in notes_of(answer.context) if note.finding and note.sign == sign)
            assert first.anchor == anchor

    def test_nothing_wrong_is_said_in_words(self, activity, registrar):
        with register_edit(at=WRITTEN_AT):
            Remark.objects.get().delete()
            number = DataCategory.objects.create(code="id_number", name="Fødselsnummer")
            minors = SubjectCategory.objects.create(code="minors", name="Barn og unge")
            ActivityData.objects.create(activity=activity, category=number, subject=minors, presence="no")

        assert findings_of(activity.number) == []
        assert "Reglene har ingen funn her" in words_of(registrar.get(page_of(activity)).content.decode())

    def test_what_has_ended_is_not_called_faultless(self, bare, registrar):
        with register_edit(at=WRITTEN_AT):
            bare.status = "retired"
            bare.save()

        words = words_of(registrar.get(page_of(bare)).content.decode())

        assert "Avsluttet, og blir ikke sjekket" in words
        assert "ingen funn" not in words

    def test_the_page_asks_as_much_whatever_is_wrong_and_however_much_there_is(self, bare, registrar):
        page = page_of(bare)
        registrar.get(page)
        with CaptureQueriesContext(connection) as few:
            registrar.get(page)
        for place in range(20):
            make_activity(bare=True)
            remark(bare, "retention", f"Uklart {place}")
        with register_edit(at=WRITTEN_AT):
            for place in range(10):
                LegalGround.objects.create(activity=bare, basis="f", position=place)
                Purpose.objects.create(activity=bare, description=f"Formål {place}", position=place)

        with CaptureQueriesContext(connection) as many:
            registrar.get(page)

        assert len(many) == len(few)

    def test_the_company_page_asks_as_much_for_many_activities(self, activity, registrar):
        page = page_of(Controller.objects.get())
        registrar.get(page)
        with CaptureQueriesContext(connection) as few:
            registrar.get(page)
        for _place in range(20):
            make_activity(bare=True)

        with CaptureQueriesContext(connection) as many:
            registrar.get(page)

        assert len(many) == len(few)

    def test_a_page_that_is_sent_back_keeps_its_margin(self, company_register, registrar):
        page = page_of(numbered("A03"))
        form = fields_of(registrar.get(page).content.decode(), "activity_form") | {"name": ""}

        answer = registrar.post(page, form)

        assert answer.context["errors"]
        assert len([note for note in notes_of(answer.context) if note.finding]) > 5
        assert "data-unsaved" in answer.content.decode()


class TestNothingIsToldTwice:
    def test_a_finding_that_is_a_remark_leads_to_it(self, bare, registrar):
        doubt = remark(bare, "provision_consequence", "To svar er oppgitt.", kind="contradictory")

        context = registrar.get(page_of(bare)).context

        [note] = [note for note in notes_of(context) if note.text == doubt.text]
        assert note.finding.code == "remark-contradictory"
        assert note.url == reverse("admin:processing_remark_change", args=[doubt.pk])

    def test_a_remark_on_the_same_gap_and_field_stands_with_the_finding(self, bare, registrar):
        remark(bare, "retention", "Det står ikke hvor lenge dere har mappene.", kind="note", gap="G09")

        [note] = beside(registrar.get(page_of(bare)).context, "Lagring")

        assert note.finding.code == "30-1-f-retention-missing"
        assert [told.text for told in note.remarks] == ["Det står ikke hvor lenge dere har mappene."]

    @pytest.mark.parametrize(("field", "gap"), [("retention", "G10"), ("retention", ""), ("purposes", "G09")])
    def test_a_remark_on_something_else_stands_by_itself(self, field, gap, bare, registrar):
        remark(bare, field, "Noe annet.", kind="note", gap=gap)

        context = registrar.get(page_of(bare)).context

        assert [note.kind for note in notes_of(context) if note.text == "Noe annet."] == ["remark"]

    def test_each_remark_goes_to_the_finding_it_speaks_of(self, company_register, registrar):
        notes = {
            note.finding.code: note
            for _label, note in registrar.get(page_of(Controller.objects.get())).context["notes"]
            if note.finding
        }

        assert "Arrangementer" in notes["activity-missing-events"].remarks[0].text
        assert "Personaladministrasjon" in notes["activity-missing-personnel"].remarks[0].text

    def test_the_only_proposal_stands_with_the_only_finding(self, company_register, registrar):
        context = registrar.get(page_of(numbered("A03"))).context

        [note] = next(notes for shown in context["parts"] for line, notes in shown.lines if "regime" in line.fields)
        assert (note.finding.code, note.proposal.text) == ("regime-journal", "Helsejournal")
        assert note.proposal.accept

    def test_of_two_proposals_each_has_its_own_button(self, company_register, registrar):
        notes = beside(registrar.get(page_of(numbered("A01"))).context, "Grunnlag", 1)

        assert [note.kind for note in notes] == ["finding", "proposal", "proposal"]
        assert notes[0].proposal is None
        assert all(note.accept for note in notes[1:])


class TestAccepting:
    def test_a_click_is_one_edit_and_says_what_it_did(self, company_register, registrar):
        row = numbered("A03")
        page = registrar.get(page_of(row)).content.decode()
        form = fields_of(page, "bruk-forslag")
        [button] = re.findall(r'name="forslag" value="(\d+)">Bruk forslaget<span class="sr-only">: Helsejournal<', page)
        before = len(edits_of(row))

        answer = registrar.post(accept_page(row), form | {"forslag": button}, follow=True)

        assert answer.redirect_chain == [(page_of(row), 302)]
        row.refresh_from_db()
        assert row.regime == "health_record"
        assert len(edits_of(row)) == before + 1
        words = words_of(answer.content.decode())
        assert "Forslaget er brukt. Regime: Helsejournal." in words
        assert "regime-journal" not in [note.finding.code for note in notes_of(answer.context) if note.finding]
        assert not Proposal.objects.filter(pk=button).exists()

    def test_the_button_belongs_to_no_field(self, company_register, registrar):
        """Enter in a field presses the first button of its form: that must be «Lagre»."""
        page = registrar.get(page_of(numbered("A03"))).content.decode()

        buttons = re.findall(r"<button[^>]*name=\"forslag\"[^>]*>", page)
        assert buttons
        assert all('form="bruk-forslag"' in button for button in buttons)
        assert page.index('id="bruk-forslag"') > page.index("</form>", page.index('id="activity_form"'))

    def test_what_takes_a_person_has_no_button(self, bare, registrar):
        for field, value in [
            ("retention.statute", "Bokføringsloven § 13"),
            ("data", "Fødselsnummer"),
            ("regime", "finnes_ikke"),
            ("name", "Et annet navn"),
        ]:
            propose(bare, field, value)

        page = registrar.get(page_of(bare)).content.decode()

        assert page.count("Åpne forslaget") == 4
        assert "Bruk forslaget" not in page
        assert "bruk-forslag" not in page

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"version": "0"}, "Noen har lagret noe her"),
            ({"version": ""}, "Noen har lagret noe her"),
            ({"version": "x"}, "Noen har lagret noe her"),
            ({"forslag": "999999"}, "tatt bort av noen andre"),
            ({"forslag": ""}, "tatt bort av noen andre"),
            ({"forslag": "1 OR 1=1"}, "tatt bort av noen andre"),
            ({"forslag": "9" * 400}, "tatt bort av noen andre"),
            ({"forslag": "unfit"}, "passer ikke i feltet"),
            ({"forslag": "stated"}, "Det er alt oppgitt noe her"),
            ({"forslag": "words"}, "kan ikke settes rett inn"),
            ({"forslag": "another"}, "tatt bort av noen andre"),
        ],
    )
    def test_a_refusal_is_said_and_nothing_is_written(self, change, said, bare, registrar):
        other = make_activity(bare=True)
        known = {
            "unfit": propose(bare, "regime", "finnes_ikke"),
            "stated": propose(bare, "name", "Et annet navn"),
            "words": propose(bare, "retention.statute", "Bokføringsloven § 13"),
            "another": propose(other, "regime", "marketing"),
        }
        good = propose(bare, "regime", "accounting")
        number = version_of(bare).number
        sent = {"forslag": str(good.pk), "version": str(number)} | change
        sent["forslag"] = str(known[sent["forslag"]].pk) if sent["forslag"] in known else sent["forslag"]

        answer = registrar.post(accept_page(bare), sent)

        assert answer.status_code == 302
        [message] = get_messages(answer.wsgi_request)
        assert message.level_tag == "error"
        assert said in str(message)
        assert version_of(bare).number == number
        assert Proposal.objects.count() == 5

    def test_the_second_of_two_clicks_is_told(self, bare, registrar, sign_in):
        proposal = propose(bare, "regime", "accounting")
        sent = {"forslag": str(proposal.pk), "version": str(version_of(bare).number)}
        registrar.post(accept_page(bare), sent)

        answer = sign_in(Role.LEADER).post(accept_page(bare), sent, follow=True)

        assert "tatt bort av noen andre" in words_of(answer.content.decode())
        assert len([edit for edit in edits_of(bare) if edit.reason]) == 1

    def test_an_answer_of_the_company_is_a_click_as_well(self, company_register, registrar):
        company = Controller.objects.get()
        page = registrar.get(page_of(company)).content.decode()
        [button] = re.findall(r'name="forslag" value="(\d+)"', page)

        registrar.post(accept_page(company), fields_of(page, "bruk-forslag") | {"forslag": button})

        company.refresh_from_db()
        assert company.has_representative == "no"

    def test_looking_never_writes(self, bare, registrar):
        proposal = propose(bare, "regime", "accounting")
        number = version_of(bare).number

        answer = registrar.get(accept_page(bare), {"forslag": proposal.pk, "version": number})

        assert answer.status_code == 405
        assert version_of(bare).number == number

    @pytest.mark.parametrize("role", [Role.CASE_HANDLER, Role.AUDITOR])
    def test_those_who_look_see_the_margin_and_have_no_button(self, role, company_register, sign_in):
        row, client = numbered("A03"), sign_in(role)
        proposal = Proposal.objects.get(activity=row, field="regime")

        page = client.get(page_of(row))
        answer = client.post(accept_page(row), {"forslag": proposal.pk, "version": version_of(row).number})

        assert "Velg regimet Helsejournal" in words_of(page.content.decode())
        assert "Bruk forslaget" not in page.content.decode()
        assert answer.status_code == 403
        row.refresh_from_db()
        assert row.regime == ""

    def test_strangers_and_forged_forms_are_turned_away(self, bare, client, registrar):
        proposal = propose(bare, "regime", "accounting")
        sent = {"forslag": proposal.pk, "version": version_of(bare).number}
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = registrar.cookies

        assert client.post(accept_page(bare), sent).url.startswith("/admin/login/")
        assert strict.post(accept_page(bare), sent).status_code == 403
        assert registrar.post(accept_page(bare).replace(f"/{bare.pk}/", "/9999/"), sent).status_code == 404
        bare.refresh_from_db()
        assert bare.regime == ""


LIST_OF_FACTS = re.compile(r'<dl class="facts.*?</dl>', re.DOTALL)


class TestPreview:
    def test_the_card_is_that_of_the_notice_byte_for_byte(self, company_register, registrar):
        body = compose_notice(register_as_of(timezone.now()), on=timezone.localdate())
        assert len(body.cards) == 14
        for card in body.cards:
            published = LIST_OF_FACTS.findall(render_to_string("processing/_card.html", {"card": card}))

            page = registrar.get(page_of(numbered(card.number))).content.decode()

            preview = page[page.index('class="preview"') :]
            assert LIST_OF_FACTS.findall(preview) == published, card.number
            assert len(published) == 2
            assert f"<h3>{escape(card.title)}</h3>" in preview

    def test_it_shows_what_is_stored_and_not_what_is_being_typed(self, company_register, registrar):
        page = page_of(numbered("A03"))
        form = fields_of(registrar.get(page).content.decode(), "activity_form")
        typed = form | {"public_name": "Et nytt navn", "name": ""}

        refused = registrar.post(page, typed)
        assert refused.context["preview"].title == "Journal"

        registrar.post(page, typed | {"name": "Pasientjournal", "change_reason": "Klarere"})
        assert registrar.get(page).context["preview"].title == "Et nytt navn"

    def test_what_is_not_in_use_is_shown_and_said_to_be_hidden(self, bare, registrar):
        assert "Folk ser det når neste utgave er publisert" in words_of(registrar.get(page_of(bare)).content.decode())
        with register_edit(at=WRITTEN_AT):
            bare.status = "draft"
            bare.save()

        assert "folk ser det ikke" in words_of(registrar.get(page_of(bare)).content.decode())

    def test_a_new_activity_and_one_without_a_company_have_none(self, registrar, db):
        alone = make_activity(bare=True)

        assert "preview" not in registrar.get(reverse("admin:processing_activity_add")).context
        assert "preview" not in registrar.get(page_of(alone)).context

    def test_nothing_in_it_can_be_pressed_but_the_fold(self, company_register, registrar):
        page = registrar.get(page_of(numbered("A03"))).content.decode()

        preview = page[page.index('class="preview"') : page.index("</section>", page.index('class="preview"'))]
        assert not re.findall(r"<(?:a|button|input|form)\b", preview)
