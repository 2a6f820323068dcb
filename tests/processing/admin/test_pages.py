"""Every page of the register's admin: it opens for those who may see it, in bokmål, under the browser policy."""

import re

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mktnorge.roles import Role
from processing.admin.margin import SIGNS, severity_words
from processing.law.findings import Severity
from processing.models import (
    Activity,
    ActivityData,
    Confirmation,
    Controller,
    DataCategory,
    LegalGround,
    Proposal,
    Purpose,
    Remark,
    ReviewRoutine,
    Statement,
    Transfer,
    TransferAssessment,
)
from processing.models.governed import register_edit
from tests.builders import WRITTEN_AT, fill_register, make_activity
from tests.processing.admin.pages import ENGLISH, words_of


def pages() -> list[str]:
    """The address of every list, form and history of the register, in a register with one of everything."""
    found = []
    for model, model_admin in admin.site._registry.items():
        if model._meta.app_label != "processing" or not hasattr(model_admin, "menu_order"):
            continue
        name = f"admin:processing_{model._meta.model_name}"
        found.append(reverse(f"{name}_changelist"))
        if model not in {Controller, Confirmation}:
            found.append(reverse(f"{name}_add"))
        row = model_admin.get_queryset(_NoRequest()).first()
        if row is not None:
            found += [reverse(f"{name}_{page}", args=[row.pk]) for page in ("change", "history")]
    return found


class _NoRequest:
    resolver_match = None


@pytest.fixture
def one_of_everything(activity):
    with register_edit(at=WRITTEN_AT, reason="Prøve"):
        Statement.objects.create(topic="practice", text="Vi skriver ned det som trengs.")
        Transfer.objects.create(country="US", tool="scc")
        TransferAssessment.objects.create(country="US")
        Proposal.objects.create(field="org_no", value="926194569")
        Remark.objects.create(field="legal_name", kind="vague", text="To navn er oppgitt.")
        ReviewRoutine.objects.create(controller_id=1, code="aarlig", description="Alt leses gjennom.")
        Proposal.objects.create(activity=activity, field="regime", value="accounting", reason="Bokføringsloven § 13")
    return activity


def test_every_page_of_those_who_keep_the_register(one_of_everything, registrar):
    """Each opens, is in bokmål, keeps the browser policy, explains each field, and shows no choice as dashes."""
    addresses = [*pages(), reverse("admin:index"), reverse("admin:app_list", args=["processing"])]
    assert len(addresses) > 40

    wrong = {address: found for address in addresses if (found := faults_of(registrar.get(address, follow=True)))}

    assert not wrong


def test_those_who_look_see_everything_but_the_forms_to_add(one_of_everything, sign_in):
    auditor = sign_in(Role.AUDITOR)
    forms_to_add = {page for page in pages() if page.endswith("/add/")}

    answers = {page: auditor.get(page, follow=True) for page in pages()}

    assert {page for page, answer in answers.items() if answer.status_code != 200} == forms_to_add
    assert not {
        page: faults for page in answers.keys() - forms_to_add if (faults := ENGLISH.findall(readable(answers[page])))
    }


def readable(answer) -> str:
    return words_of(answer.content.decode())


def faults_of(answer) -> list[str]:
    html = answer.content.decode()
    inline_scripts = [tag for tag in re.findall(r"<script\b[^>]*>", html) if "src=" not in tag]
    return [
        *([f"status {answer.status_code}"] if answer.status_code != 200 else []),
        *ENGLISH.findall(readable(answer)),
        *[tag for tag in inline_scripts if 'type="application/json"' not in tag],
        *re.findall(r"<style\b|\sstyle=|\son[a-z]+=", html),
        *re.findall("-----+", html),
        *fields_without_help(answer.context),
    ]


def fields_without_help(context) -> list[str]:
    """The fields a person fills in, rows included, that have no sentence of help."""
    if "adminform" not in context:
        return []
    forms = [context["adminform"].form]
    forms += [formset.formset.empty_form for formset in context["inline_admin_formsets"]]
    return [
        f"{form.prefix or ''} {field.name}"
        for form in forms
        for field in form.visible_fields()
        if field.name != "DELETE" and not str(field.help_text).strip().endswith(".")
    ]


def test_strangers_are_sent_to_the_login(one_of_everything, client):
    for page in pages():
        assert client.get(page).url.startswith("/admin/login/")


def test_silence_is_shown_as_silence(registrar, sign_in):
    silent = make_activity(bare=True)
    page = reverse("admin:processing_activity_change", args=[silent.pk])

    assert "Ikke bekreftet" in words_of(registrar.get(page).content.decode())
    read_only = words_of(sign_in(Role.AUDITOR).get(page).content.decode())
    assert read_only.count("Ikke oppgitt") > 10


def test_parts_stand_in_the_order_of_article_30(activity, registrar):
    page = registrar.get(reverse("admin:processing_activity_change", args=[activity.pk])).content.decode()

    headings = re.findall(r'id="del-\d+-overskrift">([^<]+)<', page)

    assert headings[:8] == [
        "Aktiviteten",
        "Ansvar",
        "Formål",
        "Personer og opplysninger",
        "Mottakere",
        "Overføring",
        "Lagring",
        "Sikring",
    ]
    assert headings[8:] == [
        "Grunnlag",
        "Kilder",
        "Systemer",
        "Kapsler og sporing",
        "Konsekvenser for personen",
        "Automatiserte avgjørelser",
        "Vises til publikum",
        "Andre utsagn",
    ]


def test_notes_stand_beside_the_field_they_are_about(one_of_everything, registrar):
    page = reverse("admin:processing_activity_change", args=[one_of_everything.pk])
    parts = {str(shown.part.heading): shown for shown in registrar.get(page).context["parts"]}

    regime_line, notes = parts["Grunnlag"].lines[0]
    assert regime_line.fields == ["regime"]
    assert [note.text for note in notes] == ["Regnskap"]
    [(_rows, retention_notes)] = parts["Lagring"].groups
    assert [note.gap for note in retention_notes] == ["G12"]


def test_the_list_of_proposals_says_fields_and_codes_in_words(one_of_everything, registrar):
    with register_edit(at=WRITTEN_AT):
        for field, value in [
            ("retention.trigger", "last_contact"),
            ("disclosures", "adviser"),
            ("has_dpo", "no"),
            ("special_grounds", "9-2-h"),
            ("disclosures", "finnes_ikke"),
            ("noe_annet", "tekst"),
        ]:
            Proposal.objects.create(field=field, value=value)

    words = words_of(registrar.get(reverse("admin:processing_proposal_changelist")).content.decode())

    for expected in (
        "Lagringstider: starter når",
        "Siste kontakt",
        "Juridisk rådgivning",
        "Personvernombud",
        "Helsetjenester under taushetsplikt",
        "finnes_ikke",
        "noe_annet",
    ):
        assert expected in words


def test_the_company_is_one_page(activity, registrar):
    answer = registrar.get(reverse("admin:processing_controller_changelist"))

    assert answer.status_code == 302
    assert answer.url == reverse("admin:processing_controller_change", args=[1])


def test_a_new_activity_is_offered_the_next_number(activity, registrar):
    form = registrar.get(reverse("admin:processing_activity_add")).context["adminform"].form

    assert form.initial["number"] == "A02"


LIST = "/admin/processing/activity/"


def queries_of(client, page: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    return len(queries)


def test_the_list_asks_as_much_at_140_activities_as_at_14(registrar):
    fill_register(14)
    registrar.get(LIST)  # the first visit also reads what is kept in memory afterwards
    at_14 = queries_of(registrar, LIST)
    for _ in range(126):
        make_activity(bare=True)

    assert Activity.objects.count() == 140
    assert queries_of(registrar, LIST) == at_14


def test_the_change_page_asks_as_much_for_many_rows_as_for_few(activity, registrar):
    page = reverse("admin:processing_activity_change", args=[activity.pk])
    registrar.get(page)
    with_few = queries_of(registrar, page)
    with register_edit(at=WRITTEN_AT):
        for place in range(20):
            category = DataCategory.objects.create(code=f"slag-{place}", name=f"Slag {place}")
            subject = activity.activitydata_set.first().subject
            ActivityData.objects.create(activity=activity, category=category, subject=subject, presence="yes")
            Purpose.objects.create(activity=activity, description=f"Formål {place}")
            LegalGround.objects.create(activity=activity, basis="c")

    assert queries_of(registrar, page) == with_few


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("q=A02", ["A02"]),
        ("q=helsehjelp", ["A01"]),
        ("q=finnes ikke", []),
        ("regime__exact=health_record", ["A01"]),
        ("regime__exact=", ["A02"]),
        ("grunnlag=c", ["A01"]),
        ("grunnlag=a", []),
        ("special_categories__exact=not_stated", ["A02"]),
        ("transfers_outside_eea__exact=possible", ["A01"]),
        ("status__exact=draft", []),
        ("mangler=lagring", ["A02"]),
        ("mangler=ansvarlig", ["A02"]),
    ],
)
def test_search_and_filters_find_the_right_rows(query, numbers, activity, registrar):
    make_activity(bare=True)

    answer = registrar.get(f"{LIST}?{query}")

    assert answer.status_code == 200
    assert [row.number for row in answer.context["cl"].result_list] == numbers


def test_the_list_counts_the_findings_that_the_page_of_each_activity_shows(registrar):
    fill_register(3)
    with register_edit(at=WRITTEN_AT):
        Activity.objects.create(number="A90", code="ended", name="Avsluttet", status="retired")

    rows = registrar.get(LIST).context["cl"].result_list

    assert rows[0].last_edited_at == WRITTEN_AT
    for row in rows:
        shown = registrar.get(reverse("admin:processing_activity_change", args=[row.pk])).context["tally"]
        in_list = [(SIGNS[kind], severity_words(kind, row.found[kind])) for kind in Severity if row.found[kind]]
        assert in_list == [(sign, said) for sign, said, _anchor in shown]
        assert bool(in_list) == row.is_judged
    assert [row.number for row in rows if not row.is_judged] == ["A90"]
    assert "Blir ikke sjekket" in registrar.get(LIST).content.decode()
