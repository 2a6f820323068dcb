"""What is sealed opens with the right key, in the right place, and in no other way."""

import base64

import pytest
from django.core.checks import run_checks
from django.core.exceptions import FieldError, ValidationError
from django.db import models
from django.test.utils import isolate_apps
from hypothesis import given
from hypothesis import strategies as st

from mktnorge.fields import SealedTextField
from mktnorge.keys import new_keys
from mktnorge.sealing import (
    BadKey,
    Tampered,
    UnknownKey,
    check_keys,
    key_id_of,
    keyed_hash,
    seal,
    unseal,
)

KEYS = {name: base64.b64encode(bytes([byte]) * 32).decode() for name, byte in [("a", 251), ("b", 2), ("c", 3)]}
TEXT = "Jeg vil gjerne ha en kopi. Æøå, 日本語, 👩‍👧"


@pytest.fixture(autouse=True)
def keys(settings):
    settings.DATA_KEYS = [f"a:{KEYS['a']}", f"b:{KEYS['b']}"]
    settings.CODE_KEY = KEYS["c"]
    return settings


@given(st.text(st.characters(codec="utf-8"), max_size=300), st.text(st.characters(codec="utf-8"), max_size=40))
def test_unseal_gives_back_what_was_sealed(text, label):
    assert unseal(seal(text, label=label), label=label) == text


def test_a_token_shows_its_key_and_nothing_of_the_text():
    token = seal(TEXT, label="place")
    assert token.startswith("v1.a.")
    assert key_id_of(token) == "a"
    assert "kopi" not in token
    assert base64.b64encode(b"kopi").decode().rstrip("=") not in token


def test_the_same_text_never_gives_the_same_token():
    assert len({seal(TEXT, label="place") for _ in range(100)}) == 100


def test_a_token_opens_only_in_its_place():
    with pytest.raises(Tampered):
        unseal(seal(TEXT, label="rights.request.name"), label="rights.request.email")


def test_one_changed_bit_anywhere_refuses_the_token():
    version, key_id, body = seal("hei", label="place").split(".")
    raw = base64.urlsafe_b64decode(body)
    for place in range(len(raw) * 8):
        changed = bytearray(raw)
        changed[place // 8] ^= 1 << place % 8
        with pytest.raises(Tampered):
            unseal(f"{version}.{key_id}.{base64.urlsafe_b64encode(bytes(changed)).decode()}", label="place")


@pytest.mark.parametrize(
    "token", ["", "hei", "v1", "v1.a", "v1.a.", "v1.a.AAAA", "v1.a.ikke base64", "v2.a.AAAA", "v1..AAAA"]
)
def test_what_is_no_token_is_refused(token):
    with pytest.raises(Tampered):
        unseal(token, label="place")


def test_an_old_key_still_opens_and_the_first_key_seals(keys):
    old = seal(TEXT, label="place")
    keys.DATA_KEYS = [f"b:{KEYS['b']}", f"a:{KEYS['a']}"]
    assert unseal(old, label="place") == TEXT
    assert key_id_of(seal(TEXT, label="place")) == "b"


def test_a_key_that_is_gone_is_named(keys):
    token = seal(TEXT, label="place")
    keys.DATA_KEYS = [f"b:{KEYS['b']}"]
    with pytest.raises(UnknownKey, match="«a»"):
        unseal(token, label="place")


def test_another_key_under_the_same_id_opens_nothing(keys):
    token = seal(TEXT, label="place")
    keys.DATA_KEYS = [f"a:{KEYS['b']}"]
    with pytest.raises(Tampered):
        unseal(token, label="place")


def test_relabelling_a_token_with_another_known_key_id_opens_nothing(keys):
    keys.DATA_KEYS = [f"a:{KEYS['a']}", f"b:{KEYS['a']}"]
    _version, _key_id, body = seal(TEXT, label="place").split(".")
    with pytest.raises(Tampered):
        unseal(f"v1.b.{body}", label="place")


@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode])
@pytest.mark.parametrize("ending", ["", "="])
def test_a_key_may_be_written_in_either_base64_with_or_without_padding(keys, encode, ending):
    token = seal(TEXT, label="place")
    encoded = encode(bytes([251]) * 32).decode().rstrip("=") + ending
    keys.DATA_KEYS = [f"a:{encoded}"]
    assert unseal(token, label="place") == TEXT


@pytest.mark.parametrize(
    ("entries", "sentence"),
    [
        ([], "DATA_KEYS er tom"),
        (["uten-kolon"], "nummer 1"),
        ([f"a:{KEYS['a']}", f":{KEYS['b']}"], "nummer 2"),
        ([f"a b:{KEYS['a']}"], "nummer 1"),
        (["a:ikke!base64"], "«a» er ikke gyldig base64"),
        (["a:" + base64.b64encode(b"kort").decode()], "har 4 byte"),
        ([f"a:{KEYS['a']}", f"a:{KEYS['b']}"], "samme id, «a»"),
    ],
)
def test_wrong_data_keys_are_refused_and_named_at_start(keys, entries, sentence):
    keys.DATA_KEYS = entries
    with pytest.raises(BadKey, match=sentence):
        seal(TEXT, label="place")
    assert [message.id for message in check_keys(None)] == ["mktnorge.E011"]
    assert sentence in str(check_keys(None)[0].msg)


@pytest.mark.parametrize("code_key", ["", "abc", "ikke!base64"])
def test_a_wrong_code_key_is_refused_and_named_at_start(keys, code_key):
    keys.CODE_KEY = code_key
    with pytest.raises(BadKey, match="CODE_KEY"):
        keyed_hash("K", purpose="code")
    assert [message.id for message in check_keys(None)] == ["mktnorge.E012"]


def test_manage_py_check_asks_about_the_keys(keys):
    assert run_checks(tags=["keys"]) == []
    keys.DATA_KEYS, keys.CODE_KEY = [], ""
    assert [message.id for message in run_checks(tags=["keys"])] == ["mktnorge.E011", "mktnorge.E012"]


def test_new_keys_are_keys_that_work(keys):
    made = new_keys()
    keys.DATA_KEYS, keys.CODE_KEY = [made["DATA_KEYS"]], made["CODE_KEY"]
    assert unseal(seal(TEXT, label="place"), label="place") == TEXT
    assert check_keys(None) == []


def test_a_keyed_hash_is_hmac_sha256_of_purpose_and_value(keys):
    # The expected digits: printf 'code\0K' | openssl dgst -sha256 -mac HMAC -macopt hexkey:0303…03 (32 bytes).
    assert keyed_hash("K", purpose="code") == "a20dddddf93366fdf8fc6c24eb9c114906facb030f7cfd0718ad46c0f06d348e"


def test_a_keyed_hash_differs_by_value_purpose_and_key(keys):
    first = keyed_hash("K", purpose="code")
    others = {keyed_hash("L", purpose="code"), keyed_hash("K", purpose="mail")}
    keys.CODE_KEY = KEYS["a"]
    others.add(keyed_hash("K", purpose="code"))
    assert first not in others
    assert len(others) == 3


@pytest.fixture
def letter():
    with isolate_apps("mktnorge"):

        class Letter(models.Model):
            body = SealedTextField(max_length=5, blank=True)

            class Meta:
                app_label = "mktnorge"

            def __str__(self):
                return "letter"

        yield Letter


def prepared(model, value):
    return model._meta.get_field("body").get_db_prep_save(value, connection=None)


def test_a_sealed_field_stores_a_token_and_gives_the_text(letter):
    token = prepared(letter, "hei")
    assert unseal(token, label="mktnorge.letter.body") == "hei"
    assert letter._meta.get_field("body").from_db_value(token, None, None) == "hei"


def test_an_empty_sealed_field_stays_empty(letter):
    assert prepared(letter, "") == ""
    assert letter._meta.get_field("body").from_db_value("", None, None) == ""


def test_a_sealed_field_counts_the_plain_text(letter):
    letter(body="fem æ").clean_fields()
    with pytest.raises(ValidationError):
        letter(body="seks æ").clean_fields()


def test_a_fixture_gets_the_token(letter):
    written = letter._meta.get_field("body").value_to_string(letter(body="hei"))
    assert unseal(written, label="mktnorge.letter.body") == "hei"


@pytest.mark.parametrize("lookup", ["body", "body__exact", "body__contains", "body__isnull", "body__in", "body__lower"])
def test_a_sealed_field_refuses_every_lookup(letter, lookup):
    with pytest.raises(FieldError, match=r"mktnorge\.letter\.body is encrypted"):
        letter._default_manager.filter(**{lookup: "hei"})


def test_a_sealed_field_is_written_into_migrations_as_itself(letter):
    _name, path, args, kwargs = letter._meta.get_field("body").deconstruct()
    assert (path, args, kwargs) == ("mktnorge.fields.SealedTextField", [], {"max_length": 5, "blank": True})
