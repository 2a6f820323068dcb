"""A machine where nothing, everything or half is set up."""

import base64
import stat

import pytest

from mktnorge import embedded
from mktnorge.keys import new_keys
from tests.site.checkout import make_checkout, manage


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    return make_checkout(tmp_path_factory.mktemp("checkout"))


def test_new_keys_are_made_without_any_settings(checkout):
    outcome = manage(checkout, "new_keys")
    assert outcome.returncode == 0, outcome.stderr
    assert [line.split("=")[0] for line in outcome.stdout.splitlines()] == ["SECRET_KEY", "DATA_KEYS", "CODE_KEY"]
    assert not (checkout / "var").exists()


def test_new_keys_are_long_enough_and_never_the_same():
    keys, others = new_keys(), new_keys()
    assert len(keys["SECRET_KEY"]) >= 50
    name, data_key = keys["DATA_KEYS"].split(":")
    assert (name, len(base64.urlsafe_b64decode(data_key))) == ("k1", 32)
    assert len(base64.urlsafe_b64decode(keys["CODE_KEY"])) == 32
    assert not set(keys.values()) & set(others.values())


def test_keys_work_as_a_configuration(checkout):
    assert manage(checkout, "check", **new_keys()).returncode == 0


@pytest.mark.parametrize("url", ["personvern", "mysql://site:hemmelig@localhost/site"])
def test_a_database_that_is_neither_of_the_two_is_refused(checkout, url):
    outcome = manage(checkout, "check", **new_keys(), DATABASE_URL=url)
    assert outcome.returncode != 0
    assert "DATABASE_URL must begin with postgres:// or sqlite:///." in outcome.stderr
    assert "hemmelig" not in outcome.stderr


def test_without_keys_the_way_out_is_named(checkout):
    outcome = manage(checkout, "check")
    assert outcome.returncode != 0
    assert "SECRET_KEY" in outcome.stderr
    assert "make start" in outcome.stderr


def test_half_a_configuration_is_refused_and_never_completed(checkout):
    """Keys that were made for a demonstration must not end up encrypting what clients write."""
    outcome = manage(checkout, "start", "--port", "1", SECRET_KEY="x" * 60)
    assert outcome.returncode != 0
    assert "DATA_KEYS" in outcome.stderr
    assert not (checkout / "var").exists()


def test_the_embedded_environment_is_made_once_and_is_its_owners_only(tmp_path, monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.setattr(embedded, "ROOT", tmp_path)
    monkeypatch.setattr(embedded, "VAR", tmp_path / "var")
    monkeypatch.setattr(embedded, "ENVIRONMENT_FILE", tmp_path / "var" / "embedded.env")
    embedded.make_environment()
    first = embedded.ENVIRONMENT_FILE.read_text()
    assert stat.S_IMODE(embedded.ENVIRONMENT_FILE.stat().st_mode) == 0o600
    embedded.make_environment()
    assert embedded.ENVIRONMENT_FILE.read_text() == first
    assert "DEMONSTRATION=true" in first.splitlines()


def test_a_configured_site_gets_no_embedded_environment(tmp_path, monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.setattr(embedded, "ROOT", tmp_path)
    monkeypatch.setattr(embedded, "VAR", tmp_path / "var")
    monkeypatch.setattr(embedded, "ENVIRONMENT_FILE", tmp_path / "var" / "embedded.env")
    (tmp_path / ".env").write_text("SECRET_KEY=x\n")
    embedded.make_environment()
    assert not (tmp_path / "var").exists()
