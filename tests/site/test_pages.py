"""The site's own pages: errors with words and the right status, and whether the site is up."""

import logging
from datetime import UTC, date, datetime

import pytest
from django import forms
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError, connection
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.test import Client, override_settings
from django.urls import path
from django.utils import translation

from mktnorge import urls as site_urls
from mktnorge.templatetags import norwegian
from mktnorge.views import too_many_requests

FAILURES = {
    "404": Http404("x"),
    "403": PermissionDenied("x"),
    "400": SuspiciousOperation("x"),
    "413": RequestDataTooBig("x"),
    "500": RuntimeError("x"),
}


def fail(request, name):
    raise FAILURES[name]


def accept(request):
    return HttpResponse("ok")


handler400 = site_urls.handler400
handler500 = site_urls.handler500
urlpatterns = [
    path("fail/<name>/", fail),
    path("accept/", accept),
    path("many/", lambda request: too_many_requests(request, retry_after_seconds=90)),
    *site_urls.urlpatterns,
]


@pytest.fixture
def visitor():
    with override_settings(ROOT_URLCONF=__name__):
        yield Client(raise_request_exception=False, enforce_csrf_checks=True)


@pytest.mark.parametrize(
    ("name", "status", "words"),
    [
        ("404", 404, "Siden finnes ikke"),
        ("403", 403, "Du har ikke tilgang"),
        ("400", 400, "Vi forsto ikke det som ble sendt"),
        ("413", 413, "Teksten er for lang"),
        ("500", 500, "Det er ikke din feil."),
    ],
)
def test_failures_have_words_and_a_status(visitor, db, name, status, words):
    response = visitor.get(f"/fail/{name}/")
    assert response.status_code == status
    page = response.content.decode()
    assert words in page
    assert "<title></title>" not in page
    assert page.count("<h1>") == 1


@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded; charset=utf-16", "multipart/form-data"])
@pytest.mark.parametrize("address", ["/personvern/krav/hva/", "/sak/", "/admin/login/"])
def test_a_body_that_cannot_be_read_is_400(visitor, db, address, content_type):
    visitor.get(address)  # Without the form's cookie it would be refused before it is read.
    response = visitor.generic("POST", address, b"melding=%E5", content_type=content_type)
    assert response.status_code == 400
    assert "Vi forsto ikke det som ble sendt" in response.content.decode()


def test_an_unknown_address_is_404(visitor, db):
    response = visitor.get("/finnes-ikke/")
    assert response.status_code == 404
    assert "Kanskje er adressen skrevet feil" in response.content.decode()


def test_server_error_asks_no_database_and_gives_a_number_that_is_in_the_log(visitor, caplog):
    """No `db` fixture: a query would be refused and fail the test."""
    with caplog.at_level(logging.ERROR, logger="mktnorge.views"):
        response = visitor.get("/fail/500/?hemmelig=1")
    assert response.status_code == 500
    number = response.content.decode().split('translate="no">')[-1].split("<")[0]
    line = next(record.getMessage() for record in caplog.records if record.name == "mktnorge.views")
    assert line == f"Error {number}: RuntimeError on GET /fail/500/"


def test_server_error_speaks_of_what_was_sent_only_where_something_was(visitor):
    client = Client(raise_request_exception=False)
    assert "Vi vet ikke om det du sendte, kom fram." in client.post("/fail/500/").content.decode()
    assert "det du sendte" not in client.get("/fail/500/").content.decode()


def test_server_error_survives_a_missing_static_manifest(visitor):
    storages = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}}
    with override_settings(STORAGES=storages, STATIC_ROOT="/nonexistent"):
        response = visitor.get("/fail/500/")
    assert response.status_code == 500
    assert "Feilnummer" in response.content.decode()


def test_a_form_without_its_token_is_refused_kindly(visitor, db):
    response = visitor.post("/accept/", {"a": "b"})
    assert response.status_code == 403
    page = response.content.decode()
    assert "Siden har stått åpen lenge" in page
    assert 'href="/accept/"' in page


def test_a_form_of_our_own_page_is_accepted():
    """A browser names the origin of a form only when the referrer policy lets it, so this pair must hold."""
    from django.conf import settings

    assert settings.SECURE_REFERRER_POLICY == "same-origin"


def test_too_many_requests_says_when_to_come_back(visitor, db):
    response = visitor.get("/many/")
    assert response.status_code == 429
    assert response["Retry-After"] == "90"
    assert "Vent 2 minutter" in response.content.decode()


def test_live_asks_nothing(client):
    """No `db` fixture: a query would be refused and fail the test."""
    response = client.get("/helse/live")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert not response.cookies


def test_ready_asks_the_database(client, db):
    assert client.get("/helse/klar").status_code == 200


def test_not_ready_without_a_database(client, db):
    def refuse(*args):
        raise OperationalError("the server is gone")

    with connection.execute_wrapper(refuse):
        response = client.get("/helse/klar")
    assert (response.status_code, response.content) == (503, b"not ready\n")


def test_favicon_leads_to_the_drawing(client):
    response = client.get("/favicon.ico")
    assert response.status_code == 302
    assert response["Location"].endswith("mktnorge/favicon.svg")


@pytest.mark.parametrize("site", [{}, {"legal_name": "Eksempel AS", "email": "post@example.no"}])
def test_a_missing_fact_prints_nothing(site):
    """No phone, no «Ring»; nothing at all, no heading that promises help."""
    page = render_to_string("site.html", {"site": site} if site else {})
    assert "Ring" not in page
    assert ("Trenger du hjelp?" in page) == bool(site)
    assert "Org.nr." not in page
    assert "driver" not in page


def test_site_facts_stand_in_the_footer():
    site = {
        "name": "Eksempelklinikken",
        "legal_name": "Eksempel AS",
        "org_no": "123456785",
        "address": "Gata 1, 0001 Oslo",
        "email": "post@example.no",
        "phone": "22 00 00 00",
    }
    page = render_to_string("site.html", {"site": site})
    assert "Eksempel AS driver Eksempelklinikken." in page
    assert "123\u00a0456\u00a0785" in page
    assert 'href="tel:22000000"' in page
    assert "Eksempel AS</span>, Gata 1, 0001 Oslo." in page


class SampleForm(forms.Form):
    rights = forms.MultipleChoiceField(
        label="Hva vil du?",
        choices=[("access", "Se"), ("unsure", "Jeg er ikke sikker")],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Velg hva du vil"},
    )
    name = forms.CharField(label="Navn", help_text="Slik vi kjenner deg", error_messages={"required": "Navn mangler"})
    note = forms.CharField(label="Merknad", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rights"].choice_hints = {"access": "Kalles innsyn"}


def test_field_stands_in_order_label_hint_message_control():
    form = SampleForm({"name": ""})
    markup = render_to_string("components/_field.html", {"field": form["name"]})
    places = [markup.index(part) for part in ("<label", 'id="id_name_helptext"', 'id="id_name_error"', "<input")]
    assert places == sorted(places)
    assert 'aria-describedby="id_name_helptext id_name_error"' in markup
    assert 'aria-invalid="true"' in markup
    assert '<span class="sr-only">Feil: </span>Navn mangler' in markup
    assert 'class="input"' in markup


def test_only_what_is_voluntary_is_marked():
    form = SampleForm()
    assert "valgfritt" in render_to_string("components/_field.html", {"field": form["note"]})
    assert "valgfritt" not in render_to_string("components/_field.html", {"field": form["note"], "conditional": True})
    assert "valgfritt" not in render_to_string("components/_field.html", {"field": form["name"]})


def test_choices_have_a_legend_hints_and_one_that_stands_alone():
    form = SampleForm()
    markup = render_to_string("components/_choices.html", {"field": form["rights"], "heading": True, "alone": "unsure"})
    assert "<h1>Hva vil du?</h1></legend>" in markup
    assert "<em>Kalles innsyn</em>" in markup
    assert markup.index("Kalles innsyn") < markup.index("eller") < markup.index("Jeg er ikke sikker")
    assert '<label class="choice" for="id_rights_0"><input type="checkbox"' in markup


def test_error_summary_links_to_each_field():
    markup = render_to_string("components/_error_summary.html", {"form": SampleForm({})})
    assert '<a href="#id_rights_0">Velg hva du vil</a>' in markup
    assert '<a href="#id_name">Navn mangler</a>' in markup
    assert 'role="alert"' in markup
    assert "<" not in render_to_string("components/_error_summary.html", {"form": SampleForm()}).strip()


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("nb", "tirsdag 22.\u00a0desember\u00a02026"),
        ("nn", "tysdag 22.\u00a0desember\u00a02026"),
        ("en", "Tuesday 22\u00a0December\u00a02026"),
    ],
)
def test_dates_carry_their_weekday(language, expected):
    with translation.override(language):
        assert norwegian.weekday(date(2026, 12, 22)) == expected
        markup = render_to_string("components/_date.html", {"on": date(2026, 12, 22)})
    assert markup.strip() == f'<time datetime="2026-12-22">{expected}</time>'


def test_moments_are_told_in_oslo_time():
    at = datetime(2026, 11, 22, 23, 4, tzinfo=UTC)
    assert norwegian.moment(at) == "mandag 23.\u00a0november\u00a02026 kl.\u00a000.04"
    assert norwegian.iso_date(at) == "2026-11-23"


@pytest.mark.parametrize(
    ("given", "expected"),
    [("926194569", "926\u00a0194\u00a0569"), ("926 194 569", "926\u00a0194\u00a0569"), ("NO123", "NO123"), ("", "")],
)
def test_organisation_numbers(given, expected):
    assert norwegian.org_number(given) == expected


@pytest.mark.parametrize(("given", "expected"), [([], ""), (["a"], "a"), (["a", "b"], "a og b"), ("abc", "a, b og c")])
def test_lists(given, expected):
    assert norwegian.joined(given) == expected


def test_codes_are_grouped():
    assert norwegian.groups_of_four("7KQ2-M9XA 4T") == ["7KQ2", "M9XA", "4T"]
