"""Edits through the real forms: what they write to history, what they refuse, and what they say."""

import re
from datetime import datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mktnorge.roles import Role
from processing.models import (
    Activity,
    ActivityData,
    DataCategory,
    Disclosure,
    LegalGround,
    Measure,
    Party,
    Purpose,
    Remark,
    SpecialGround,
    Statement,
)
from processing.models.governed import register_edit
from processing.register import edits_of, last_edits, register_as_of, version_of
from tests.builders import OSLO, WRITTEN_AT, make_activity, make_person
from tests.processing.admin.pages import ENGLISH, fields_of, words_of

EDITED_AT = datetime(2026, 11, 23, 14, 5, tzinfo=OSLO)
REASON = "Formålet var for vidt"


@pytest.fixture
def page(activity) -> str:
    return reverse("admin:processing_activity_change", args=[activity.pk])


def form_at(client, page: str) -> dict[str, str]:
    return fields_of(client.get(page).content.decode(), "activity_form")


def add_row(form: dict[str, str], prefix: str, **values: object) -> None:
    """Fill in a new row, as the stock script does when somebody presses the button."""
    place = int(form[f"{prefix}-TOTAL_FORMS"])
    form[f"{prefix}-TOTAL_FORMS"] = str(place + 1)
    form |= {f"{prefix}-{place}-{name}": str(value) for name, value in values.items()}


def errors_of(answer) -> str:
    assert answer.status_code == 200
    return words_of(answer.content.decode())


class TestOneEdit:
    def test_every_changed_row_gets_the_moment_the_person_and_the_reason(self, activity, page, registrar, time_machine):
        time_machine.move_to(EDITED_AT, tick=False)
        form = form_at(registrar, page)
        form |= {
            "owner": "Fagansvarlig",
            "purpose_set-0-description": "Gi forsvarlig og trygg helsehjelp",
            "retentionrule_set-0-period": "15",
            "disclosure_set-1-DELETE": "on",
            "change_reason": REASON,
        }
        add_row(form, "datasource_set", kind="relatives", description="Mor eller far")

        answer = registrar.post(page, form)

        assert answer.status_code == 302, errors_of(answer)
        edit, *_earlier = edits_of(activity)
        assert (edit.at, edit.by, edit.reason) == (EDITED_AT, make_person(Role.REGISTRAR).pk, REASON)
        written = {change.model._meta.model_name: (change.before, change.after) for change in edit.changes}
        assert set(written) == {"activity", "purpose", "retentionrule", "disclosure", "datasource"}
        assert written["disclosure"][1] is None
        assert written["datasource"][0] is None
        assert written["retentionrule"][1]["period"] == 15
        before, after = (register_as_of(at).activities[0] for at in (WRITTEN_AT, EDITED_AT))
        assert (before.owner, after.owner) == ("Faglig leder", "Fagansvarlig")
        assert after.purposes[0].description == "Gi forsvarlig og trygg helsehjelp"
        assert [source.description for source in after.sources] == ["Henvisningen", "Mor eller far"]

    def test_a_changed_row_leaves_the_rest_unwritten(self, activity, page, registrar):
        form = form_at(registrar, page) | {"purpose_set-1-description": "Føre journal", "change_reason": REASON}

        registrar.post(page, form)

        [change] = edits_of(activity)[0].changes
        assert change.model is Purpose

    def test_saving_without_a_change_writes_nothing_and_says_so(self, activity, page, registrar):
        number = version_of(activity).number

        answer = registrar.post(page, form_at(registrar, page) | {"change_reason": REASON}, follow=True)

        assert version_of(activity).number == number
        assert "Ingenting var endret" in words_of(answer.content.decode())
        assert not LogEntry.objects.exists()

    def test_line_breaks_of_a_browser_are_no_change(self, activity, page, registrar):
        with register_edit(at=WRITTEN_AT):
            activity.description = "Første linje.\nAndre linje."
            activity.save()
        form = form_at(registrar, page)
        assert form["description"] == "Første linje.\r\nAndre linje."

        registrar.post(page, form | {"owner": "Ny", "change_reason": REASON})

        activity.refresh_from_db()
        assert activity.description == "Første linje.\nAndre linje."

    def test_new_rows_come_after_those_there(self, activity, page, registrar):
        form = form_at(registrar, page) | {"change_reason": REASON}
        add_row(form, "purpose_set", description="Lære opp nye behandlere")
        add_row(form, "purpose_set", description="Måle kvalitet")

        registrar.post(page, form)

        record = register_as_of(datetime.max.replace(tzinfo=OSLO)).activities[0]
        assert [purpose.description for purpose in record.purposes][2:] == ["Lære opp nye behandlere", "Måle kvalitet"]

    def test_a_new_activity_needs_no_reason(self, activity, registrar):
        page = reverse("admin:processing_activity_add")
        form = form_at(registrar, page) | {"name": "Kurs", "code": "kurs"}
        add_row(form, "purpose_set", description="Holde kurs")

        answer = registrar.post(page, form)

        assert answer.status_code == 302, errors_of(answer)
        new = Activity.objects.get(number="A02")
        assert new.purpose_set.get().description == "Holde kurs"
        [edit] = edits_of(new)
        assert edit.by == make_person(Role.REGISTRAR).pk


class TestRefusals:
    def test_a_change_needs_a_reason(self, activity, page, registrar):
        answer = registrar.post(page, form_at(registrar, page) | {"owner": "Ny eier"})

        assert "Feltet er påkrevet." in errors_of(answer)
        assert 'value="Ny eier"' in answer.content.decode()
        activity.refresh_from_db()
        assert activity.owner == "Faglig leder"

    @pytest.mark.parametrize(
        ("field", "value", "sentence"),
        [
            ("name", "", "Feltet er påkrevet."),
            ("valid_to", "2019-01-01", "«I bruk til» kan ikke være før «i bruk fra»."),
            ("valid_from", "i går", "Oppgi en gyldig dato."),
            ("regime", "finnes_ikke", "Velg et gyldig valg."),
            ("transfer_set-0-country", "no", "Land skrives med to store bokstaver"),
            ("retentionrule_set-0-unit", "", "Tid og enhet hører sammen"),
            ("retentionrule_set-0-period", "-1", "Verdien må være større enn eller lik 0."),
            ("disclosure_set-1-party", "9999", "Velg et gyldig valg."),
            ("change_reason", "x" * 301, "Sørg for at denne verdien har 300 eller færre tegn"),
        ],
    )
    def test_a_wrong_field_says_what_is_wrong_and_keeps_what_was_typed(
        self, field, value, sentence, activity, page, registrar
    ):
        number = version_of(activity).number
        form = form_at(registrar, page) | {"change_reason": REASON, "owner": "Skrevet nå", field: value}

        answer = registrar.post(page, form)

        assert sentence in errors_of(answer)
        assert 'value="Skrevet nå"' in answer.content.decode()
        assert version_of(activity).number == number

    def test_a_summary_leads_to_each_wrong_field(self, activity, page, registrar):
        wrong = {"name": "", "retentionrule_set-0-period": "-1", "change_reason": ""}

        html = registrar.post(page, form_at(registrar, page) | wrong).content.decode()

        assert "Rett opp feilene under. Ingenting er lagret ennå." in words_of(html)
        for field in wrong:
            assert f'<a href="#id_{field}">' in html
            assert re.search(rf'id="id_{field}"', html)
        assert not ENGLISH.findall(words_of(html))

    def test_a_row_of_another_activity_is_no_choice(self, activity, page, registrar):
        other = make_activity().purpose_set.first()
        form = form_at(registrar, page) | {"legalground_set-0-purpose": str(other.pk), "change_reason": REASON}

        answer = registrar.post(page, form)

        assert "Velg et gyldig valg." in errors_of(answer)
        kept = LegalGround.objects.filter(activity=activity)
        assert {ground.purpose.activity_id for ground in kept} == {activity.pk}

    def test_two_equal_conditions_in_one_edit_are_refused(self, activity, page, registrar):
        form = form_at(registrar, page) | {"change_reason": REASON}
        for _ in range(2):
            add_row(form, "specialground_set", condition="9-2-a", purpose="")

        answer = registrar.post(page, form)

        assert "Denne raden står der allerede." in errors_of(answer)
        assert SpecialGround.objects.count() == 1

    def test_a_purpose_that_a_ground_leans_on_stays(self, activity, page, registrar):
        form = form_at(registrar, page) | {"purpose_set-1-DELETE": "on", "change_reason": REASON}

        answer = registrar.post(page, form)

        assert "«Dokumentere helsehjelpen» er i bruk og kan ikke slettes. Fjern den først her: grunnlag." in errors_of(
            answer
        )
        assert Purpose.objects.filter(activity=activity).count() == 2

    def test_a_transfer_that_says_nothing_is_refused(self, activity, registrar):
        page = reverse("admin:processing_transfer_add")

        answer = registrar.post(page, {})

        assert "Skriv minst én ting om overføringen" in errors_of(answer)
        assert registrar.post(page, {"country": "US"}).status_code == 302

    def test_an_activity_that_is_not_there_leads_back_with_a_sentence(self, activity, registrar):
        answer = registrar.get(reverse("admin:processing_activity_change", args=[4711]), follow=True)

        assert "eksisterer ikke" in words_of(answer.content.decode())
        assert registrar.get("/admin/processing/activity/tull/change/", follow=True).status_code == 200
        assert registrar.get("/admin/processing/activity/4711/history/", follow=True).status_code == 200


class TestTwoPeople:
    def test_the_second_one_is_told_who_was_first_and_keeps_the_words(
        self, activity, page, sign_in, registrar, time_machine
    ):
        leader = sign_in(Role.LEADER)
        time_machine.move_to(EDITED_AT, tick=False)
        first, second = form_at(registrar, page), form_at(leader, page)
        registrar.post(page, first | {"owner": "Den første", "change_reason": REASON})

        answer = leader.post(page, second | {"owner": "Den andre", "change_reason": "Også jeg"})

        assert "Test Testesen, registerfører lagret denne aktiviteten kl. 14.05, etter at du åpnet siden. " in (
            errors_of(answer)
        )
        assert 'value="Den andre"' in answer.content.decode()
        activity.refresh_from_db()
        assert activity.owner == "Den første"

    def test_a_change_in_a_row_counts_as_well(self, activity, page, sign_in, registrar):
        leader = sign_in(Role.LEADER)
        first, second = form_at(registrar, page), form_at(leader, page)
        registrar.post(page, first | {"purpose_set-0-description": "Nytt formål", "change_reason": REASON})

        answer = leader.post(page, second | {"owner": "Den andre", "change_reason": "Også jeg"})

        assert "Endringene dine er ikke lagret." in errors_of(answer)

    def test_saving_twice_with_the_back_button_is_refused(self, activity, page, registrar):
        form = form_at(registrar, page) | {"owner": "Ny", "change_reason": REASON}
        assert registrar.post(page, form).status_code == 302

        assert "Endringene dine er ikke lagret." in errors_of(registrar.post(page, form))

    @pytest.mark.parametrize("version", ["", "tull", "-1"])
    def test_a_form_without_its_version_is_refused(self, version, activity, page, registrar):
        form = form_at(registrar, page) | {"owner": "Ny", "change_reason": REASON, "version": version}

        assert "Endringene dine er ikke lagret." in errors_of(registrar.post(page, form))


class TestWords:
    """The shared words of the register: parties, categories, measures."""

    def test_one_that_is_in_use_says_where(self, activity, registrar):
        party = Party.objects.get(code="journal_supplier")
        page = reverse("admin:processing_party_delete", args=[party.pk])
        sentence = (
            "«Journalsystem: Prøveleverandøren AS» er i bruk og kan ikke slettes. "
            "Fjern den først her: system «Journalsystemet» og A01 Pasientjournal."
        )

        for answer in (registrar.get(page), registrar.post(page, {"post": "yes", "change_reason": "Feil"})):
            assert sentence in errors_of(answer)
        assert Party.objects.filter(pk=party.pk).exists()

    def test_one_that_is_not_in_use_goes_with_a_reason_and_stays_in_history(self, activity, registrar):
        with register_edit(at=WRITTEN_AT):
            spare = Measure.objects.create(code="feil", name="Skrivefeil")
        page = reverse("admin:processing_measure_delete", args=[spare.pk])

        registrar.post(page, {"post": "yes", "change_reason": " "})
        assert Measure.objects.filter(pk=spare.pk).exists()

        assert registrar.post(page, {"post": "yes", "change_reason": "Skrevet feil"}).status_code == 302
        assert not Measure.objects.filter(code="feil").exists()
        edit, _made = edits_of(spare)
        assert (edit.reason, edit.changes[0].after) == ("Skrevet feil", None)

    def test_a_new_one_comes_last(self, activity, registrar):
        page = reverse("admin:processing_datacategory_add")

        answer = registrar.post(page, {"name": "Stemme", "code": "stemme", "public_name": "", "special_category": ""})

        assert answer.status_code == 302, errors_of(answer)
        assert DataCategory.objects.order_by("position").last().code == "stemme"

    def test_only_a_processor_has_an_agreement(self, activity, registrar):
        page = reverse("admin:processing_party_change", args=[Party.objects.get(code="adviser").pk])
        form = fields_of(registrar.get(page).content.decode(), "party_form")

        answer = registrar.post(page, form | {"has_agreement": "yes", "change_reason": "Avtale inngått"})

        assert "Bare databehandlere har databehandleravtale." in errors_of(answer)


class TestHistory:
    def test_it_shows_each_field_before_and_after(self, activity, page, registrar):
        form = form_at(registrar, page)
        form |= {"regime": "accounting", "purpose_set-0-description": "Hjelpe", "change_reason": REASON}
        registrar.post(page, form)

        words = words_of(
            registrar.get(reverse("admin:processing_activity_history", args=[activity.pk])).content.decode()
        )

        for expected in (f"«{REASON}»", "Helsejournal", "Regnskap", "Gi forsvarlig helsehjelp", "Hjelpe"):
            assert expected in words
        assert "Test Testesen, registerfører" in words

    def test_a_row_that_is_gone_is_still_told(self, activity, page, registrar):
        form = form_at(registrar, page) | {"disclosure_set-1-DELETE": "on", "change_reason": "Brukes ikke"}
        registrar.post(page, form)
        assert not Disclosure.objects.filter(party__code="adviser").exists()

        html = registrar.get(reverse("admin:processing_activity_history", args=[activity.pk])).content.decode()

        assert "Mottaker fjernet" in words_of(html)
        assert "<del>Juridisk rådgivning</del>" in html

    def test_auditors_read_it(self, activity, sign_in):
        page = reverse("admin:processing_activity_history", args=[activity.pk])

        assert sign_in(Role.AUDITOR).get(page).status_code == 200

    def test_it_is_only_read(self, activity, registrar):
        page = reverse("admin:processing_activity_history", args=[activity.pk])

        assert registrar.post(page).status_code == 405


class TestReadingHistory:
    """What processing.register tells about edits, the pages above being its only readers."""

    def test_a_row_written_twice_in_one_edit_changed_once(self, activity):
        with register_edit(at=EDITED_AT, reason=REASON):
            for owner in ("Først", "Så"):
                activity.owner = owner
                activity.save()

        [change] = edits_of(activity)[0].changes
        assert (change.before["owner"], change.after["owner"]) == ("Faglig leder", "Så")

    def test_the_version_counts_rows_of_every_part(self, activity):
        start = version_of(activity).number
        with register_edit(at=EDITED_AT, reason=REASON):
            Statement.objects.create(activity=activity, topic="practice", text="Slik.")
            ActivityData.objects.filter(activity=activity).first().delete()

        now = version_of(activity)
        assert (now.number, now.at, now.by) == (start + 2, EDITED_AT, None)

    def test_last_edits_see_the_parts(self, activity):
        other = make_activity()
        with register_edit(at=EDITED_AT):
            Remark.objects.create(activity=other, field="owner", kind="note", text="Hvem?")

        assert last_edits(Activity) == {activity.pk: WRITTEN_AT, other.pk: EDITED_AT}

    def test_edits_are_read_in_as_many_queries_however_many_there_are(self, activity, django_assert_num_queries):
        with CaptureQueriesContext(connection) as few:
            edits_of(activity)
        for place in range(5):
            with register_edit(at=EDITED_AT.replace(minute=place)):
                Purpose.objects.create(activity=activity, description=f"Formål {place}")

        with django_assert_num_queries(len(few)):
            assert len(edits_of(activity)) == 6
